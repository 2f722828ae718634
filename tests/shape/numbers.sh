#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# numbers.sh KNOWN FILE...: what numbers.awk finds to be too long in these
# files, beyond what the list KNOWN says ("KIND FILE COUNT"), which may only get
# shorter; exit code 1 if there is more, or less.
known=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

awk -f tests/shape/numbers.awk "$@" > "$scratch/found"
awk -v known="$known" '
	FILENAME == known { if ($0 !~ /^#/) allowed[$1 " " $2] = $3; next }
	{ count[$1 " " $2]++; lines[$1 " " $2] = lines[$1 " " $2] $0 "\n" }
	END {
		for (x in count)
			if (count[x] > allowed[x]) printf "%s", lines[x]
		for (x in allowed)
			if (count[x] < allowed[x])
				print known ": " x " has " count[x] + 0
	}' "$known" "$scratch/found" > "$scratch/wrong"
cat "$scratch/wrong"
[ ! -s "$scratch/wrong" ]
