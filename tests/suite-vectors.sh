#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The field's own test vectors, where the shelf with them is present.
build=$1
shelf=../shared/vectors

if [ ! -d "$shelf" ]; then
	echo "SKIP vectors: $shelf is not here"
	exit 0
fi
"$build/vectors" "$shelf" > "$build/vectors.log"
grep -E '^(FAIL|SKIP) ' "$build/vectors.log"
passed=$(sed -n 's/^\([0-9]*\) passed.*/\1/p' "$build/vectors.log")
i=0
while [ "$i" -lt "${passed:-0}" ]; do
	i=$((i + 1))
	echo "PASS vector $i"
done
[ -n "$passed" ] || echo "FAIL vectors: the runner did not finish"
