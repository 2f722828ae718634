#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Captures in, text out: each line of tests/golden/TESTLIST is a command, run in
# tests/corpus, whose output is tests/golden/NAME and whose exit code is the
# wanted one.  With UPDATE=1 (make golden-update) the output is written there.
build=$(realpath "$1")
golden=$PWD/tests/golden
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

mkdir "$dir/bin" "$dir/tmp"
ln -s "$build/spoor" "$dir/bin/spoor"
cd tests/corpus || exit 1

# run COMMAND: its output, what it says on stderr behind "2> ", and its code;
# whoever runs it, wherever
run() {
	rm -rf "$dir/tmp"
	mkdir "$dir/tmp"
	env -i PATH="$dir/bin:/usr/sbin:/usr/bin:/sbin:/bin" HOME="$dir/tmp" \
		TMPDIR="$dir/tmp" TZ=UTC LC_ALL=C tmp="$dir/tmp" \
		timeout 120 sh -c "$1" > "$dir/out" 2> "$dir/err" < /dev/null
	code=$?
	sed 's/^/2> /' "$dir/err" >> "$dir/out"
}

tab=$(printf '\t')
while IFS="$tab" read -r name want command; do
	case $name in
	'' | '#'*) continue ;;
	esac
	run "$command"
	[ -z "${UPDATE:-}" ] || cp "$dir/out" "$golden/$name"
	cp "$dir/out" "$dir/out.$name"
	if [ "$code" = "$want" ] && cmp -s "$golden/$name" "$dir/out"; then
		echo "PASS golden $name"
	else
		[ "$code" = "$want" ] || echo "exit code $code, not $want"
		diff "$golden/$name" "$dir/out" | head -n 10
		echo "FAIL golden $name: $command"
	fi
done < "$golden/TESTLIST"

# Of the fields, one by one.
for name in fields fields-json; do
	awk -v name="$name" '
		NR == FNR { want[$1] = $0; next }
		want[$1] == $0 { print "PASS golden " name ": " $1 }
		want[$1] != $0 {
			print "not " want[$1]
			print "FAIL golden " name ": " $0
		}' "$golden/$name" "$dir/out.$name"
	[ "$(wc -l < "$golden/$name")" = "$(wc -l < "$dir/out.$name")" ]
	verdict $? "golden: no field is missing in $name"
done

# Each file belongs to a test, and each capture is in one.
cut -f 1 "$golden/TESTLIST" | grep -v '^#' | sort > "$dir/names"
find "$golden" -type f ! -name TESTLIST -exec basename {} \; | sort |
	comm -13 "$dir/names" - > "$dir/left"
[ ! -s "$dir/left" ] || cat "$dir/left"
[ ! -s "$dir/left" ]
verdict $? "golden: no file is left over"
for capture in good/*.scap* bad/*; do
	grep -qF "$capture" "$golden/TESTLIST" || echo "$capture"
done | grep -v 'series.scap.zst[0-9]' > "$dir/unused"
[ ! -s "$dir/unused" ] || cat "$dir/unused"
[ ! -s "$dir/unused" ]
verdict $? "golden: each capture of tests/corpus is tested"

# The fields: what share of them has a value in one of our captures.
spoor=$dir/bin/spoor
all=$("$spoor" fields -N | wc -l)
empty=$(grep -c ' <NA> 0$' "$golden/fields")
some=$((all - empty))
# All but evt.around, which conditions alone have, and a sum.
[ "$(grep -cv '^[0-9]' "$golden/fields")" = $((all - 1)) ] &&
	[ $((some * 100)) -ge $((all * 80)) ]
verdict $? "golden: $some of $all fields have a value in a capture"
