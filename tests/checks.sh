#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What suites say, one line a test: PASS, FAIL or SKIP and its name.  To be
# sourced; $dir is the suite's own folder.

# verdict CODE NAME: 0 passed
verdict() {
	if [ "$1" = 0 ]; then echo "PASS $2"; else echo "FAIL $2"; fi
}

# same NAME A B: they are, and not empty
same() {
	if [ "$2" = "$3" ] && [ -n "$2" ]; then
		echo "PASS $1: $2"
	else
		echo "FAIL $1: '$2' is not '$3'"
	fi
}

# refused NAME PATTERN COMMAND...: exit code 1, and one line that matches
# shellcheck disable=SC2154
refused() {
	name=$1
	pattern=$2
	shift 2
	"$@" > "$dir/out" 2> "$dir/err"
	code=$?
	if [ $code = 1 ] && grep -q "$pattern" "$dir/err" &&
		[ "$(grep -c '^spoor ' "$dir/err")" = 1 ]; then
		echo "PASS $name"
	else
		echo "code $code:"
		head -n 3 "$dir/err"
		echo "FAIL $name"
	fi
}

# sound NAME FILE...: other tools can read these captures
# shellcheck disable=SC2154
sound() {
	sound=$1
	shift
	for capture; do
		zstd -dc "$capture" 2> /dev/null | "$build/scapcheck" ||
			echo "in $capture"
	done > "$dir/unsound" 2>&1
	[ ! -s "$dir/unsound" ] || head -n 5 "$dir/unsound"
	[ -e "$capture" ] && [ ! -s "$dir/unsound" ]
	verdict $? "$sound: numbers and texts as readers expect them"
}
