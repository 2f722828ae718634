#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How each command that reads captures reads one.  To be sourced; $spoor is the
# program, $dir the script's own folder.

# shellcheck disable=SC2154
cat > "$dir/rules.yaml" << 'RULES'
- rule: any
  desc: a test
  condition: evt.type = openat
  output: opened by %proc.name
  priority: INFO
RULES
cat > "$dir/test.yaml" << 'TEST'
- test: opened
  capture: t.scap.zst
  rules: [rules.yaml]
  expect:
    - rule: any
TEST

# Those of read_by, and those of which events_of knows the number of events.
# shellcheck disable=SC2034
readers="print pipe replay parallel diff test info load query question
	report export convert"
# shellcheck disable=SC2034
counted="print pipe replay parallel info load query export convert"

# read_by READER FILE: what it says is in $dir/out and $dir/err
read_by() {
	case $1 in
	print) "$spoor" print "$2" -p '%evt.num' ;;
	pipe) "$spoor" print - -p '%evt.num' < "$2" ;;
	replay) "$spoor" replay "$2" -r "$dir/rules.yaml" ;;
	parallel) "$spoor" replay "$2" -r "$dir/rules.yaml" -j 2 ;;
	diff) "$spoor" replay --diff "$dir/rules.yaml" "$dir/rules.yaml" "$2" ;;
	test)
		cp "$2" "$dir/t.scap.zst"
		"$spoor" test "$dir/test.yaml"
		;;
	info) "$spoor" info "$2" ;;
	load) "$spoor" load "$2" -o "$dir/run.db" --force ;;
	query) "$spoor" query "$2" 'SELECT num FROM events' -m csv ;;
	question) "$spoor" query ran "$2" ;;
	report) "$spoor" report "$2" -o "$dir/run.html" --force ;;
	export) "$spoor" export "$2" --format json --only events ;;
	convert) "$spoor" convert "$2" -o "$dir/run.scap.zst" --force ;;
	index)
		cp "$2" "$dir/i.scap.zst"
		"$spoor" index "$dir/i.scap.zst"
		;;
	esac > "$dir/out" 2> "$dir/err"
}

# events_of READER FILE: how many it got; the exit code is in $dir/code
events_of() {
	rm -f "$dir/run.db" "$dir/run.scap.zst"
	read_by "$1" "$2"
	echo $? > "$dir/code"
	case $1 in
	print | pipe | export) wc -l < "$dir/out" ;;
	query) tail -n +2 "$dir/out" | wc -l ;;
	replay | parallel) sed -n 's/^Events: //p' "$dir/err" ;;
	info) sed -n 's/^Events: *\([0-9]*\) .*/\1/p' "$dir/out" ;;
	load) [ ! -e "$dir/run.db" ] || sqlite3 "$dir/run.db" \
		'SELECT count(*) FROM events' ;;
	convert) "$spoor" print "$dir/run.scap.zst" -p '%evt.num' \
		2> /dev/null | wc -l ;;
	esac
}

# flip FILE OFFSET BIT
flip() {
	byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	# shellcheck disable=SC2059
	printf "\\$(printf '%o' $((byte ^ (1 << $3))))" |
		dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
