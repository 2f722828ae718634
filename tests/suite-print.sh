#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Captures as lines, in the formats that users of sysdig and tcpdump know.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

mkdir "$dir/all"
for name in a b; do
	"$spoor" record -o "$dir/all/$name.scap.zst" -- \
		sh -c 'echo some data; printf "\0\1\nend"' \
		> /dev/null 2> "$dir/log" || cat "$dir/log"
done
one=$dir/all/a.scap.zst
count() {
	"$spoor" print "$@" 2> "$dir/err" | wc -l
}

lines=$(count "$one")
[ "$lines" -gt 20 ] && [ "$(count -r "$one")" = "$lines" ]
verdict $? "-r FILE is FILE: $lines lines"
[ "$(count "$dir/all")" = $((lines + $(count "$dir/all/b.scap.zst"))) ]
verdict $? "a folder: the lines of all captures in it"
[ "$(count - < "$one")" = "$lines" ]
verdict $? "-: standard input"
[ "$(count "$one" -n 3)" = 3 ]
verdict $? "-n: so many lines"
"$spoor" print "$one" -n 1 | grep -Eq \
	'^1 [0-9:]{8}\.[0-9]{9} [0-9]+ sh \([0-9]+\) < execve res=0'
verdict $? "sysdig's shape"
"$spoor" print "$one" -n 1 -t r | grep -q '^1 0\.000000000 '
verdict $? "-t r: time since the first event"
"$spoor" print "$one" -n 1 -t a | grep -Eq '^1 [0-9]{10}\.[0-9]{9} '
verdict $? "-t a: time since the epoch"
"$spoor" print "$one" -n 1 -p c | grep -Eq ' \([^ ]*\) sh \([0-9]+:[0-9]+\) <'
verdict $? "-p c: with the container"
[ "$(count "$one" -p '%evt.type %evt.arg.fd2')" -lt "$lines" ]
verdict $? "-p: lines whose fields are not there are left out"
[ "$(count "$one" -p '*%evt.type %evt.arg.fd2')" = "$lines" ]
verdict $? "-p *: and are not"
"$spoor" print "$one" 'evt.type=write' -X |
	grep -q '0x0000:  736f 6d65 2064 6174 610a *some data\.$'
verdict $? "-X: the data in hexadecimal and text"
"$spoor" print "$one" 'evt.type=write' -A | tail -n 3 | grep -qx '\.\.'
verdict $? "-A: the data as text, nothing steers the terminal"
"$spoor" print "$one" --json | jq -es 'length > 20 and
	.[0]["evt.num"] == 1' > /dev/null
verdict $? "--json: one object a line"
"$spoor" print "$one" > /dev/full 2> "$dir/err"
[ $? = 1 ] && grep -q 'No space left' "$dir/err"
verdict $? "a full disk is said"
for words in "-n x" "-t q" "-p %nope.nope" "evt.typ=read" "-Z"; do
	# shellcheck disable=SC2086
	"$spoor" print "$one" $words > "$dir/out" \
		2> "$dir/err"
	[ $? = 1 ] && grep -q '^spoor print: ' "$dir/err" &&
		[ ! -s "$dir/out" ]
	verdict $? "refused: $words"
done

# What a capture holds.
"$spoor" info "$one" > "$dir/out"
grep -q '^Engine:     [a-z]' "$dir/out" && grep -q '^Lost:       0 ' "$dir/out"
verdict $? "info: the engine, and what was lost"
"$spoor" info --json "$one" | jq -e --argjson lines "$lines" '
	.events == $lines and .types.write == 2 and
	.health.events == $lines and .processes > 0' > /dev/null
verdict $? "info --json: counts, types, the recorder's own words"
[ "$("$spoor" info "$dir/all" | grep -c '^Span:')" = 2 ]
verdict $? "info: a folder"
