#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One million recorded events (and ten times the tenth of them, for the
# comparison): bytes an event in the file, and the peak memory of record,
# replay and load.  Memory must not grow with the number of events.
set -eu
build=$1
spoor=$build/release/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
rules=../shared/rules/falco_rules.yaml
[ -f "$rules" ] || rules=replay/policies/spoor_rules.yaml

# peak NAME COMMAND...: its memory in KiB
peak() {
	what=$1
	shift
	/usr/bin/time -o "$dir/time" -f '%M %e' "$@" > /dev/null 2> "$dir/err" ||
		cat "$dir/err"
	read -r kib seconds < "$dir/time"
	printf '  %-8s %8d KiB peak, %s s\n' "$what" "$kib" "$seconds"
}

for events in 100000 1000000; do
	work="seq $((events / 3800)) | while read -r i; do
		ls -lR /usr/share/doc/libc6 /etc/apt > /dev/null
		dd if=/dev/zero of=/dev/null bs=512 count=1500 2> /dev/null
		cat /etc/passwd | grep -c root; done"
	echo "made by: spoor record -- sh (ls -lR, dd of 1,500 blocks, cat |" \
		"grep; $((events / 3800)) times)"
	peak record "$spoor" record --force -o "$dir/c.scap.zst" -- \
		sh -c "$work"
	"$spoor" info --json "$dir/c.scap.zst" | jq -r '"  \(.events) events, " +
		"\(.file_bytes) bytes: \(.file_bytes / .events * 100 | floor / 100)" +
		" bytes an event in the file, " +
		"\(.scap_bytes / .events | floor) decompressed"'
	peak replay "$spoor" replay "$dir/c.scap.zst" -r "$rules"
	rm -f "$dir/c.db"
	peak load "$spoor" load "$dir/c.scap.zst" -o "$dir/c.db"
done
