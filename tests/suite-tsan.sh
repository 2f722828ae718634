#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tracer and the recorder are threads that share slots and rings: they have
# no data race under ThreadSanitizer.
build=$1
spoor=$build/tsan/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

if [ ! -x "$spoor" ]; then
	echo "SKIP data races: make SAN=thread $spoor"
	exit
fi
for name in siblings storm threads signals power; do
	timeout -k 5 120 "$spoor" record --force --engine inject \
		-o "$dir/t.scap.zst" -- "$build/workloads/$name" run \
		> "$dir/out" 2> "$dir/err"
	code=$?
	if grep -q 'needs Linux' "$dir/err"; then
		echo "SKIP data races: inject does not run here"
		exit
	fi
	[ $code = 0 ] && ! grep -q 'ThreadSanitizer' "$dir/err"
	verdict $? "$name: no data race"
	grep -A 12 'WARNING: Thread' "$dir/err" | head -n 30
done
