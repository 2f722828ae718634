#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sourced by what starts programs that must not outlive it (root).
#
#	apart SECONDS COMMAND...
#
# runs it in process and mount namespaces of its own.  All that it started has
# ended when this shell ends, however it does, and after so many seconds (then
# apart returns 124 or 137).  Signals end it within a second; then, and at the shell's
# end, the folder $apart is removed: the command's, for its files.
apart() {
	seconds=$1
	shift
	setpriv --pdeathsig KILL timeout -k 1 "$seconds" \
		setpriv --pdeathsig KILL unshare --mount --pid --ipc --uts \
		--fork --kill-child --mount-proc "$@" < /dev/null &
	apart_pid=$!
	wait $apart_pid
	apart_code=$?
	apart_pid=
	return $apart_code
}

apart_end() {
	trap '' INT TERM HUP
	[ -z "$apart_pid" ] || kill "$apart_pid"
	wait
	# What is killed there may still be ending, and writing.
	tries=0
	until rm -rf --one-file-system "$apart" 2> /dev/null ||
		[ $tries = 50 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
}
apart_pid=
apart=$(mktemp -d "${TMPDIR:-/tmp}/spoor-apart.XXXXXX")
trap apart_end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
