#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs every kind of test and prints one closing line:
# 'N passed, N failed, N skipped'.  Each tests/suite-*.sh prints lines that
# begin with PASS, FAIL or SKIP; nothing is skipped silently.
set -u
build=$1
results=$(mktemp)
trap 'rm -f "$results"' EXIT

for suite in tests/suite-*.sh; do
	echo "== $suite"
	sh "$suite" "$build" > "$results.one" 2>&1 ||
		echo "FAIL $suite ended with code $?" >> "$results.one"
	grep -Ev '^PASS' "$results.one"
	cat "$results.one" >> "$results"
	rm -f "$results.one"
done
passed=$(grep -c '^PASS' "$results")
failed=$(grep -c '^FAIL' "$results")
skipped=$(grep -c '^SKIP' "$results")
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
