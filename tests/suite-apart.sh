#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Processes that run apart (the soak, the fresh Debian) leave no process and no
# file, no matter how the script that started them ends.
build=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export TMPDIR="$dir/temp"
mkdir "$TMPDIR"

. tests/checks.sh
. tests/servers.sh

if [ "$(id -u)" != 0 ]; then
	echo "SKIP apart: needs root for namespaces"
	exit 0
fi

# A server that nobody waits for, and a file; the long number is its mark.
mark=9$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
cat > "$dir/script.sh" << END
. tests/apart.sh
apart "\$1" sh -c 'setsid -f sleep $mark; touch "$TMPDIR/began"
	sleep $mark'
END
runs() {
	grep -q "[9]${mark#9}" /proc/[0-9]*/cmdline 2> /dev/null
}
gone() {
	! runs
}

for signal in TERM INT HUP KILL; do
	env --default-signal=INT sh "$dir/script.sh" 600 &
	pid=$!
	comes test -e "$TMPDIR/began" && runs
	verdict $? "a program runs apart"
	kill -$signal $pid
	wait $pid 2> /dev/null
	comes gone
	verdict $? "SIG$signal to its script ends it, and what it started"
	rm "$TMPDIR/began"
	[ $signal = KILL ] || [ -z "$(ls "$TMPDIR")" ]
	verdict $? "and leaves no file (SIG$signal)"
done
rm -rf "${TMPDIR:?}"/*
sh "$dir/script.sh" 1 2> /dev/null
code=$?
[ $code = 124 ] || [ $code = 137 ]
verdict $? "it has no more than its time: exit code $code"
comes gone && [ "$(ls "$TMPDIR")" = began ]
verdict $? "and nothing is left then"

# The soak, killed in the middle.
if ! command -v wrk > /dev/null; then
	echo "SKIP soak: wrk is not installed (make bench-deps)"
	exit 0
fi
soak_runs() {
	grep -q "$dir/soak/[s]poor-apart" /proc/[0-9]*/cmdline 2> /dev/null
}
soak_gone() {
	! soak_runs
}
mkdir "$dir/soak"
TMPDIR="$dir/soak" sh tests/bench/soak.sh "$build" 60 > "$dir/log" 2>&1 &
pid=$!
comes soak_runs
sleep 3
kill $pid
wait $pid 2> /dev/null
comes soak_gone && [ -z "$(ls "$dir/soak")" ]
verdict $? "a soak that is killed leaves no server, recorder or file"
