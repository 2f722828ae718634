#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sourced by suites that use ports: reruns them in a network namespace of their
# own, if root may create one, so that no other program uses the ports.
if [ -z "${ALONE:-}" ] && unshare -n true 2> /dev/null; then
	ALONE=1
	export ALONE
	# shellcheck disable=SC2016
	exec unshare -n sh -c 'busybox ip link set lo up; exec sh "$@"' \
		sh "$0" "$@"
fi
