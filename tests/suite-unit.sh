#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Unit tests, plain and under ASan and UBSan.
set -u
build=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

for program in "$build/unit" "$build/san/unit"; do
	if "$program" > "$build/unit.log" 2>&1; then
		sed -n "s|^  Test: \(.*\) \.\.\.passed|PASS $program \1|p
			s|^  Test: .* \.\.\.\(SKIP .*\)|\1|p" \
			"$build/unit.log" | tee "$dir/lines"
		all=$(sed -n 's/^ *tests *\([0-9]*\) .*/\1/p' "$build/unit.log")
		[ "$(wc -l < "$dir/lines")" = "$all" ]
		verdict $? "$program: each of its $all tests has a line"
	else
		cat "$build/unit.log"
		echo "FAIL $program"
	fi
done
