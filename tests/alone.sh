#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sourced by suites that use ports: runs them again in a network of their own,
# where root may make one.  No other server or client has ports there.
if [ -z "${ALONE:-}" ] && unshare -n true 2> /dev/null; then
	ALONE=1
	export ALONE
	# shellcheck disable=SC2016
	exec unshare -n sh -c 'busybox ip link set lo up; exec sh "$@"' \
		sh "$0" "$@"
fi
