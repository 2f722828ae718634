#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Limits: queries, filters and files cannot use unlimited time, memory, or read
# arbitrary files.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

c=$dir/c.scap.zst
"$spoor" record -o "$c" -- ls -lR /etc > "$dir/out" 2> "$dir/err" ||
	cat "$dir/err"
mkdir "$dir/folder"
cp "$c" "$dir/folder/in.scap.zst"
cp "$c" "$dir/other.scap.zst"
"$spoor" load -q "$c" -o "$dir/c.db"

# SQL ends in time, also within one step of SQLite.
many='WITH RECURSIVE x(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM x)'
while read -r sql; do
	for source in "$c" "$dir/c.db"; do
		begin=$(date +%s)
		timeout 60 "$spoor" query "$source" --timeout 300 \
			"$(echo "$sql" | sed "s/MANY/$many/")" \
			> "$dir/out" 2> "$dir/err"
		code=$?
		took=$(($(date +%s) - begin))
		[ $code -le 1 ] && [ $took -le 15 ]
		verdict $? "--timeout: $sql (code $code)"
	done
done << 'SQL'
SELECT length(printf('%.*c', 2000000000, 'x'))
SELECT length(printf('%2000000000d', 1))
SELECT instr(hex(zeroblob(30000000)), hex(zeroblob(1000000)) || '1')
SELECT length(zeroblob(2000000000))
SELECT replace(hex(zeroblob(30000000)), '0', 'aaaaaaaaaaaaaaaaaaaaaaaaaa')
MANY SELECT length(group_concat(hex(zeroblob(1000000)))) FROM x
MANY SELECT count(*) FROM x
SELECT count(*) FROM events a, events b, events c
SELECT count(*) FROM events a, events b WHERE a.fd_name LIKE '%a%' || b.num
SQL
timeout 60 "$spoor" query "$c" --timeout 300 \
	"SELECT length(printf('%.*c', 2000000000, 'x'))" \
	> "$dir/out" 2> "$dir/err"
same "and says so once" "$? $(cat "$dir/err")" \
	"1 spoor query: the query took longer than 300 ms"
"$spoor" query "$c" --timeout 60000 'SELECT count(*) > 100 FROM events' \
	-m csv | grep -qx '1.'
verdict $? "what ends in time is answered"

# Files that were not named are not read.
all=$("$spoor" query "$c" -m csv 'SELECT count(*) FROM events' | tail -n 1)
may() {
	name=$1
	shift
	same "capture(): $name" \
		"$("$spoor" query "$@" -m csv 2>&1 | tail -n 1)" "$all"
}
may_not() {
	name=$1
	shift
	refused "capture(): $name is not read" 'not named' "$spoor" query "$@"
}
may "the file itself" "$c" "SELECT count(*) FROM capture('$c')"
may "the same file by another path" "$c" \
	"SELECT count(*) FROM capture('$dir/folder/../c.scap.zst')"
may "a file in a folder" "$dir/folder" \
	"SELECT count(*) FROM capture('$dir/folder/in.scap.zst')"
may "another with --allow-files" "$c" --allow-files \
	"SELECT count(*) FROM capture('$dir/other.scap.zst')"
may_not "another" "$c" "SELECT count(*) FROM capture('$dir/other.scap.zst')"
may_not "a folder" "$c" "SELECT count(*) FROM capture('$dir')"
may_not "no file" "$c" "SELECT count(*) FROM capture('$dir/none')"
may_not "/etc/passwd" "$c" "SELECT * FROM capture('/etc/passwd')"
if [ -e "$build/spoor.so" ]; then
	same "the extension reads what its user names" "$(sqlite3 -cmd \
		".load $build/spoor" :memory: \
		"SELECT count(*) FROM capture('$dir/other.scap.zst')")" \
		"$(echo "$all" | tr -d '\r')"
else
	echo "SKIP the extension reads what its user names: no $build/spoor.so"
fi

# Plain captures are read piece by piece, and may be cut meanwhile.
for i in $(seq 40); do
	cat "$dir/other.scap.zst"
done | zstd -dqc > "$dir/plain.scap"
len=$(stat -c %s "$dir/plain.scap")
most=$(/usr/bin/time -f %M "$spoor" replay "$dir/plain.scap" -r /dev/stdin \
	2>&1 > "$dir/out" << 'YAML' | tail -n 1
- rule: none
  desc: d
  condition: evt.type = nothing
  output: o
  priority: INFO
YAML
)
[ "$most" -lt 20000 ]
verdict $? "a plain capture of $((len / 1024)) kB takes $most kB"
same "a plain capture has all events" \
	"$("$spoor" print "$dir/plain.scap" -p '%evt.num' | wc -l)" \
	$((40 * $(echo "$all" | tr -d '\r')))
# Behind few events, blocks that nobody knows: 64 MB in all.
{
	printf '\357\276\0\0\0\0\020\0'
	head -c 1048564 /dev/zero
	printf '\0\0\020\0'
} > "$dir/block"
zstd -dqc "$dir/other.scap.zst" > "$dir/padded.scap"
peak() { # peak COMMAND...: its most memory, in kB
	/usr/bin/time -f %M "$@" 2>&1 > /dev/null | tail -n 1
}
few=$(peak "$spoor" load -q "$dir/padded.scap" -o "$dir/few.db")
for i in $(seq 64); do cat "$dir/block"; done >> "$dir/padded.scap"
most=$(peak "$spoor" load -q "$dir/padded.scap" -o "$dir/padded.db")
[ "$most" -lt $((few + 8000)) ]
verdict $? "load: a plain capture of 64 MB takes $most kB, a small one $few"
rm "$dir/padded.scap" "$dir/padded.db"
mkfifo "$dir/slow"
"$spoor" print "$dir/plain.scap" > "$dir/slow" 2> "$dir/err" &
printing=$!
# Its first lines are taken, and the others when the file is short.
exec 7< "$dir/slow"
head -n 1 <&7 > "$dir/out"
truncate -s 400000 "$dir/plain.scap"
cat <&7 > "$dir/out"
wait $printing
same "a file that is cut while it is read is damaged" \
	"$? $(grep -c 'was cut while it was read' "$dir/err")" "1 1"
exec 7<&-
"$spoor" record -o "$dir/mapped.scap.zst" -- sh -c 'i=0
	while [ $i -lt 40 ]; do
		i=$((i + 1)); head -c 100000 /dev/urandom > /dev/null
		cat /dev/urandom | head -c 300000 > "$0"; done' "$dir/noise" \
	2> "$dir/log"
"$spoor" print "$dir/mapped.scap.zst" > "$dir/slow" 2> "$dir/err" &
printing=$!
exec 7< "$dir/slow"
head -n 1 <&7 > "$dir/out"
truncate -s 4096 "$dir/mapped.scap.zst"
cat <&7 > "$dir/out"
wait $printing
same "so is one in zstd" "$? $(grep -c 'was cut while it was read' \
	"$dir/err")" "1 1"
exec 7<&-

# Filters of packets are compiled in bounds.
if "$spoor" record --packets lo 'port 1' -o "$dir/p.scap" -- true \
	2> "$dir/err"; then
	refused "a packet filter that is none" "unknown port" "$spoor" record \
		--packets lo 'port no-such-port' -o "$dir/q.scap" -- true
	[ ! -e "$dir/q.scap" ] && [ ! -e "$dir/q.pcapng.zst" ]
	verdict $? "and leaves no file"
	filter=$(for i in $(seq 2400); do
		[ "$i" = 1 ] || printf ' or '
		printf '(ip[%d]&%d=%d and port %d)' $((i % 20)) $((i % 255)) \
			$((i % 7)) "$i"
	done)
	begin=$(date +%s)
	refused "a packet filter that takes minutes" "too complex\|malloc" timeout 60 \
		"$spoor" record --packets lo "$filter" -o "$dir/q.scap" -- true
	[ $(($(date +%s) - begin)) -le 30 ]
	verdict $? "is refused soon"
else
	echo "SKIP packets: $(head -n 1 "$dir/err")"
fi
