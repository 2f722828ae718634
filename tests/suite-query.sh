#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Questions to captures where they lie, and to databases: the same answers.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

verdict() {
	if [ "$1" = 0 ]; then echo "PASS $2"; else echo "FAIL $2"; fi
}

# plain SQL...: sqlite3 with the extension
plain() {
	sqlite3 -cmd ".load $build/spoor" :memory: "$@"
}

# Frames end each second: a capture of several, with keyframes.
"$spoor" record -o "$dir/c.scap.zst" -- sh -c '
	for i in 1 2 3 4 5; do
		for k in $(seq 40); do cat /etc/hostname; done
		[ $i != 3 ] || head -c 1 /etc/shells
		sleep 1.1
	done; ls -lR /etc' > /dev/null 2> "$dir/log" || cat "$dir/log"
"$spoor" index --every 500 "$dir/c.scap.zst" > /dev/null
c=$dir/c.scap.zst

# 1. In place, in plain sqlite3.
all=$("$spoor" print "$c" -p '%evt.num' | wc -l)
[ "$(plain "SELECT count(*) FROM capture('$c')")" = "$all" ] &&
	[ "$all" -gt 5000 ]
verdict $? "capture() in sqlite3: all $all events"
plain -separator ' ' "SELECT event_id, type, pid, process, container_id,
	coalesce(fd_name, ''), cmdline FROM capture('$c')" > "$dir/sql"
"$spoor" print "$c" -p '*%evt.num %evt.type %proc.pid %proc.name %container.id %fd.name %proc.cmdline' |
	sed 's/<NA>//' > "$dir/print"
cmp -s "$dir/sql" "$dir/print"
verdict $? "capture() has what spoor print prints"

# same NAME WHERE PLAIN-WHERE: with limits that reach the index, and without
same() {
	plain "SELECT event_id, pid, process, fd_name FROM capture('$c')
		WHERE $2" > "$dir/pushed"
	plain "SELECT event_id, pid, process, fd_name FROM capture('$c')
		WHERE $3" > "$dir/filtered"
	[ -s "$dir/pushed" ] && cmp -s "$dir/pushed" "$dir/filtered"
	verdict $? "the index changes no answer: $1 ($(wc -l \
		< "$dir/pushed") rows)"
}
ns() {
	plain "SELECT ts_ns FROM capture('$c') WHERE event_id = $1"
}
a=$(ns $((all / 3)))
b=$(ns $((all / 2)))
iso=$(plain "SELECT time FROM capture('$c') WHERE ts_ns = $a LIMIT 1")
pid=$(plain "SELECT pid FROM capture('$c') WHERE process = 'head' LIMIT 1")
same "time" "ts_ns BETWEEN $a AND $b" "+ts_ns BETWEEN $a AND $b"
same "time, open" "ts_ns > $a AND ts_ns < $b" "+ts_ns > $a AND +ts_ns < $b"
same "time as text" "time >= '$iso'" "+time >= '$iso'"
same "time as text, cut" "time < '${iso%.*}'" "+time < '${iso%.*}'"
same "number" "event_id BETWEEN 700 AND 900" "+event_id BETWEEN 700 AND 900"
same "type" "type = 'procexit'" "+type = 'procexit'"
same "types" "type IN ('execve', 'getrandom', 'nosuch')" \
	"+type IN ('execve', 'getrandom')"
same "process" "pid = $pid" "+pid = $pid"
same "processes" "pid IN ($pid, 1, -7)" "+pid IN ($pid, 1)"
same "container" "container_id <> '' AND container_id = (SELECT container_id
	FROM capture('$c') LIMIT 1) AND type = 'clone'" "+type = 'clone'"
same "all at once" "ts_ns >= $a AND type = 'read' AND pid >= 0" \
	"+ts_ns >= $a AND +type = 'read'"
same "a filter of sysdig" "filter = 'proc.name = head'" "+process = 'head'"
[ -z "$(plain "SELECT 1 FROM capture('$c') WHERE pid = 999999999")" ] &&
	[ -z "$(plain "SELECT 1 FROM capture('$c') WHERE ts_ns < 5")" ]
verdict $? "limits that nothing meets"

# Other files: plain, gzip, folders, without index.
zstd -qdf "$c" -o "$dir/plain.scap"
gzip -c "$dir/plain.scap" > "$dir/zipped.scap.gz"
zstd -qf "$dir/plain.scap" -o "$dir/bare.scap.zst"
for file in plain.scap zipped.scap.gz bare.scap.zst; do
	plain "SELECT event_id, ts_ns, type, process FROM capture('$dir/$file')
		WHERE ts_ns BETWEEN $a AND $b" > "$dir/out"
	plain "SELECT event_id, ts_ns, type, process FROM capture('$c')
		WHERE ts_ns BETWEEN $a AND $b" | cmp -s - "$dir/out"
	verdict $? "the same from $file"
done
[ "$(plain "SELECT group_concat(n) FROM (SELECT capture_id, count(*) AS n
	FROM capture('$dir') GROUP BY 1)")" = "$all,$all,$all,$all" ]
verdict $? "a folder: all captures in it"
plain "SELECT count(*) FROM capture('$dir/none')" 2>&1 |
	grep -q 'none: cannot open'
verdict $? "a file that is not there is an error"
plain "SELECT count(*) FROM capture" 2>&1 | grep -q 'which capture'
verdict $? "no file at all is an error"
plain "SELECT count(*) FROM capture('$c', 'proc.nam = x')" 2>&1 |
	grep -q 'filter: .*nonexistent field'
verdict $? "a filter that is none is an error"

# Damage.
size=$(stat -c %s "$c")
cp "$c" "$dir/cut"
truncate -s $((size * 2 / 3)) "$dir/cut"
plain "SELECT count(*) FROM capture('$dir/cut')" > "$dir/out" 2> "$dir/err"
grep -q 'ends too early' "$dir/err"
verdict $? "a cut capture is an error"
n=$(plain "SELECT count(*) FROM capture('$dir/cut')
	WHERE on_damage = 'partial'")
[ "$n" -gt 0 ] && [ "$n" -lt "$all" ]
verdict $? "on_damage = 'partial': $n of $all events of a cut capture"
