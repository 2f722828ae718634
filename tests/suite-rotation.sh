#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Rotated captures: each file is complete on its own, and together they are one
# capture.  convert splits the same events, because it rotates as record does.
. tests/alone.sh
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

cat > "$dir/rules.yaml" << 'RULES'
- rule: Secret read
  desc: a test
  condition: evt.type = openat and fd.name = /etc/shadow
  output: read by %proc.cmdline, child of %proc.pname at %evt.time
  priority: WARNING
RULES
"$spoor" record -o "$dir/one.scap.zst" -- sh -c 'i=0
	while [ $i -lt 10 ]; do
		i=$((i + 1)); ls -lR /etc/apt; cat /etc/shadow
	done' > /dev/null 2>&1
"$spoor" convert "$dir/one.scap.zst" -o "$dir/r.scap.zst" -e 500 > "$dir/log"
files=$(find "$dir" -name 'r.scap.zst*' | wc -l)
[ "$files" -gt 3 ] && [ -e "$dir/r.scap.zst0" ] && [ -e "$dir/r.scap.zst2" ]
verdict $? "-e: $files files, with numbers from 0"

# as_one NAME COMMAND OPTIONS...: of all files as of one; shuffled, too
as_one() {
	name=$1
	command=$2
	shift 2
	# shellcheck disable=SC2046
	"$spoor" "$command" "$@" "$dir/one.scap.zst" > "$dir/whole" 2>&1 &&
		"$spoor" "$command" "$@" "$dir"/r.scap.zst* \
			> "$dir/joined" 2>&1 &&
		"$spoor" "$command" "$@" \
			$(printf '%s\n' "$dir"/r.scap.zst* | sort -r) \
			> "$dir/reversed" 2>&1 &&
		[ -s "$dir/whole" ] && cmp -s "$dir/whole" "$dir/joined" &&
		cmp -s "$dir/whole" "$dir/reversed"
	verdict $? "$name: the same from all files as from one, in any order"
}
as_one print print
as_one replay replay -r "$dir/rules.yaml"
as_one "replay --json -j 2" replay -r "$dir/rules.yaml" --json -j 2
as_one "replay --diff" replay --diff "$dir/rules.yaml" "$dir/rules.yaml"

"$spoor" convert "$dir"/r.scap.zst* -o "$dir/again.scap.zst" > /dev/null
"$spoor" print "$dir/one.scap.zst" > "$dir/whole"
"$spoor" print "$dir/again.scap.zst" | cmp -s "$dir/whole" -
verdict $? "convert makes one of them again"

# All rows but those of the files themselves.
rows() {
	sqlite3 "$1" .dump | grep -v 'INTO captures'
}
"$spoor" load "$dir/one.scap.zst" -o "$dir/one.db" 2> /dev/null
"$spoor" load "$dir/r.scap.zst0" "$dir/r.scap.zst1" -o "$dir/all.db" \
	2> /dev/null
"$spoor" load "$dir"/r.scap.zst* -o "$dir/all.db" 2> /dev/null
rows "$dir/one.db" > "$dir/whole"
count="SELECT count(*), count(DISTINCT capture_id) FROM events"
[ "$(sqlite3 "$dir/one.db" "$count")" = "$(sqlite3 "$dir/all.db" "$count")" ]
verdict $? "load: files that come later make a capture whole"
rm "$dir/all.db"
"$spoor" load "$dir"/r.scap.zst* -o "$dir/all.db" 2> /dev/null
rows "$dir/all.db" | cmp -s "$dir/whole" -
verdict $? "load: the same rows from all files as from one"
mkdir "$dir/folder"
cp "$dir"/r.scap.zst* "$dir/folder"
"$spoor" load "$dir/folder" -o "$dir/all.db" > /dev/null 2> "$dir/log"
grep -q '0 captures; 1 in it already' "$dir/log"
verdict $? "load: a series that is in the database is known, in a folder"

# Each file alone: what is shown of its events does not depend on the others.
fields='%evt.time %evt.type %proc.cmdline %proc.pname %fd.name %user.name'
"$spoor" print "$dir/one.scap.zst" -p "$fields" > "$dir/whole"
for file in $(printf '%s\n' "$dir"/r.scap.zst* | sort -V); do
	"$spoor" print "$file" -p "$fields"
done > "$dir/alone"
cmp -s "$dir/whole" "$dir/alone"
verdict $? "each file has the state at its start"
"$spoor" replay "$dir/r.scap.zst1" -r "$dir/rules.yaml" > "$dir/one_core" 2>&1
"$spoor" replay "$dir/r.scap.zst1" -r "$dir/rules.yaml" -j 2 2>&1 |
	cmp -s "$dir/one_core" -
verdict $? "each file is replayed on two cores as on one"
"$spoor" info "$dir/r.scap.zst1" | grep -q '^Events: *500 '
verdict $? "each file has as many events as -e says"
if command -v sysdig > /dev/null; then
	"$spoor" convert "$dir/one.scap.zst" -o "$dir/old.scap" -e 500 \
		--compat sysdig-0.29 > /dev/null
	sysdig -r "$dir/old.scap1" -p '%evt.time %proc.name' 'evt.dir = <' \
		> "$dir/theirs" 2>&1
	"$spoor" print "$dir/old.scap1" 'evt.dir = <' -p '%evt.time %proc.name' |
		cmp -s "$dir/theirs" -
	verdict $? "sysdig reads a file from the middle"
else
	echo "SKIP sysdig: not installed"
fi

# A file that is missing or damaged costs no other.
mkdir "$dir/gap"
cp "$dir"/r.scap.zst? "$dir/gap"
rm "$dir/gap/r.scap.zst1"
"$spoor" print "$dir"/gap/r.scap.zst? -p '%evt.time' > "$dir/gap/out"
head -c 6000 "$dir/r.scap.zst1" > "$dir/gap/r.scap.zst1"
"$spoor" print "$dir"/gap/r.scap.zst? -p '%evt.time' > "$dir/gap/cut" \
	2> "$dir/log"
[ $? = 1 ] && grep -q 'r.scap.zst1: at byte' "$dir/log" &&
	[ "$(sort -u "$dir/gap/out" | wc -l)" -gt 1000 ] &&
	[ "$(tail -n 1 "$dir/gap/cut")" = "$(tail -n 1 "$dir/gap/out")" ]
verdict $? "one file is missing, or damaged: the others are read"

# Series among other captures: on several cores as on one, whatever is damaged.
mkdir "$dir/many"
cp "$dir"/r.scap.zst? "$dir/many"
cp "$dir/one.scap.zst" "$dir/many/a.scap.zst"
cp "$dir/one.scap.zst" "$dir/many/s.scap.zst"
"$spoor" convert "$dir/one.scap.zst" -o "$dir/many/b.scap.zst" -e 1500 \
	> "$dir/log"
cores() { # cores NAME CODE OPTIONS...
	name=$1
	wanted=$2
	shift 2
	"$spoor" replay "$dir/many" -r "$dir/rules.yaml" "$@" > "$dir/whole" \
		2> "$dir/whole.log"
	first=$?
	"$spoor" replay "$dir/many" -r "$dir/rules.yaml" "$@" -j 3 \
		> "$dir/parts" 2> "$dir/parts.log"
	[ $? = $first ] && cmp "$dir/whole" "$dir/parts" &&
		cmp "$dir/whole.log" "$dir/parts.log" && [ -s "$dir/whole" ]
	verdict $? "$name: series and others on three cores as on one"
	same "$name: the exit code" $first "$wanted"
}
cores whole 0
cores "whole, --json" 0 --json
same "four captures, of which two are series: alerts" \
	"$(wc -l < "$dir/whole")" 40
rm "$dir/many/b.scap.zst1"
head -c 6000 "$dir/r.scap.zst1" > "$dir/many/r.scap.zst1"
cores "a file missing, another cut" 1
: > "$dir/many/r.scap.zst3"
echo nothing > "$dir/many/c.scap.zst"
cores "one empty, one of another kind" 1

# As it is recorded: the oldest goes, and names are in order.
"$spoor" record -o "$dir/w.scap.zst" -e 100 -W 12 -- ls -lR /etc \
	> /dev/null 2> "$dir/log"
[ $? = 0 ] && [ "$(find "$dir" -name 'w.scap.zst*' | wc -l)" = 12 ] &&
	[ -e "$dir/w.scap.zst00" ] && [ -e "$dir/w.scap.zst11" ] &&
	grep -q 'in [0-9]* files, the last is .*w.scap.zst' "$dir/log"
verdict $? "-W: the last 12 are kept, 00 to 11"
"$spoor" print "$dir"/w.scap.zst* -p '%evt.rawtime' > "$dir/out"
[ "$(wc -l < "$dir/out")" -gt 1100 ] && sort -cn "$dir/out" 2> /dev/null
verdict $? "-W: they are read in the order of their time"
"$spoor" record -o "$dir/c.scap.zst" -C 16K -- sh -c \
	'ls -lR /etc; sleep 1.2; ls -lR /etc; sleep 1.2; ls /' > /dev/null 2>&1
[ -e "$dir/c.scap.zst1" ] && [ "$(stat -c %s "$dir/c.scap.zst0")" -ge 16384 ]
verdict $? "-C: another file after so many bytes"
"$spoor" record -o "$dir/g-%Y-%H%M%S.scap.zst" -G 1 -- \
	sh -c 'ls /; sleep 1.2; ls /; sleep 1.2; ls /' > /dev/null 2>&1
[ "$(find "$dir" -name "g-20??-??????.scap.zst" | wc -l)" -ge 3 ]
verdict $? "-G: another file after so long, named by its time"

# Packets lie beside each file, and go with it.
port=29617
cat > "$dir/send" << 'SCRIPT'
i=0
while [ $i -lt 30 ]; do
	i=$((i + 1)); echo $i > /dev/udp/127.0.0.1/$1; sleep 0.1
done
SCRIPT
name=
# packets NAME OPTIONS...: records thirty of them into a folder of that name
packets() {
	folder=$dir/$1
	shift
	mkdir -p "$folder"
	"$spoor" record -o "$folder/${name:-p.scap.zst}" "$@" \
		--packets lo "udp dst port $port" -- \
		bash "$dir/send" $port > "$dir/out" 2> "$dir/log"
}
# dump FILE...: their packets' times
dump() {
	for file; do
		zstd -dqc "$file" | tcpdump -ttnr - 2> "$dir/dump"
		[ $? = 0 ] || cat "$dir/dump"
	done | cut -d ' ' -f 1
}
names() { # files of that end: their numbers
	find "$folder" -name "p.$1*" | sed 's/.*zst//' | sort -n | tr '\n' ' '
}
# beside FILE: were its packets sent while it was written?
beside() {
	"$spoor" print "$folder/p.scap.zst$1" -p '%evt.rawtime' |
		sed -n '1s/.\{9\}$/.&/p; $s/.\{9\}$/.&/p' > "$dir/span"
	dump "$folder/p.pcapng.zst$1" | cat "$dir/span" - |
		awk 'NR == 1 { first = $1 } NR == 2 { last = $1 }
		NR > 2 && ($1 < first - 0.5 || $1 > last + 0.5) { exit 1 }'
}
packets G -G 1
code=$?
if grep -q 'packets: lo: .*permission' "$dir/log"; then
	echo "SKIP packets: $(head -n 1 "$dir/log")"
else
	verdict $code "packets, -G: the recording ends well"
	same "packets, -G: a file beside each" "$(names pcapng)" "$(names scap)"
	[ -e "$folder/p.pcapng.zst2" ]
	verdict $? "packets, -G: of three at least"
	same "packets, -G: all are there" "$(dump "$folder"/p.pcapng* | wc -l)" 30
	same "packets, -G: their number is said" \
		"$(sed -n 's/.*: \([0-9]*\) packets, .*/\1/p' "$dir/log")" 30
	for number in $(names scap); do
		beside "$number"
		verdict $? "packets, -G: those of file $number are of its time"
	done
	name=p-%H%M%S.scap.zst
	packets named -G 1 -W 2
	name=
	same "packets, -G -W 2, named by the time: two of each are kept" \
		"$(find "$folder" -name 'p-*.pcapng.zst' | wc -l)" 2
	find "$folder" -name 'p-*.scap.zst' | sort > "$dir/captures"
	find "$folder" -name 'p-*.pcapng.zst' | sed 's/pcapng/scap/' | sort |
		cmp -s "$dir/captures" -
	verdict $? "packets, -G -W 2, named by the time: with the same names"
	packets e -e 500 -W 2
	same "packets, -W 2: two are kept" "$(names pcapng)" "0 1 "
	same "packets, -W 2: as of the capture" "$(names scap)" "0 1 "
	left=$(dump "$folder"/p.pcapng.zst? | wc -l)
	[ "$left" -gt 0 ] && [ "$left" -lt 30 ]
	verdict $? "packets, -W 2: those of then ($left)"
	rm "$folder"/p.scap*
	packets e -e 500
	[ $? = 1 ] && grep -q 'p.pcapng.zst0: exists already' "$dir/log"
	verdict $? "packets, -e: those of before are not replaced"
	packets e -e 500 --force
	verdict $? "packets, -e: by --force they are"
fi

# record_refuses TEXT OPTIONS...
record_refuses() {
	text=$1
	shift
	"$spoor" record "$@" -- true > /dev/null 2> "$dir/log"
	[ $? = 1 ] && grep -q "^spoor record: .*$text" "$dir/log"
	verdict $? "refused: $(echo "$*" | sed "s|$dir/||")"
}
record_refuses 'exists already' -o "$dir/w.scap.zst" -e 100
record_refuses 'W needs' -o "$dir/n.scap.zst" -W 3
record_refuses 'at least 1' -o "$dir/n.scap.zst" -C 0
record_refuses 'must be a number' -o "$dir/n.scap.zst" -C 5X
[ ! -e "$dir/n.scap.zst" ]
verdict $? "and nothing is written then"
