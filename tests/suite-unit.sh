#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Unit tests, plain and under ASan and UBSan.
set -u
build=$1

for program in "$build/unit" "$build/san/unit"; do
	if "$program" > "$build/unit.log" 2>&1; then
		sed -n "s|^  Test: \(.*\) \.\.\.passed|PASS $program \1|p" \
			"$build/unit.log"
	else
		cat "$build/unit.log"
		echo "FAIL $program"
	fi
done
