#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Queries of captures in place and of databases: the same answers.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

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
plain -separator ' ' "SELECT num, type, pid, process, container_id,
	coalesce(fd_type, ''), cmdline FROM capture('$c')" > "$dir/sql"
"$spoor" print "$c" -p '*%evt.num %evt.type %proc.pid %proc.name %container.id %fd.type %proc.cmdline' \
	--raw | sed 's/<NA>//' > "$dir/print"
cmp -s "$dir/sql" "$dir/print"
verdict $? "capture() has what spoor print prints"

data=$(plain "SELECT hex(data) FROM capture('$c')
	WHERE type = 'read' AND res > 0 AND fd_name = '/etc/hostname' LIMIT 1")
[ -n "$data" ] && [ "$data" = "$(head -c 80 /etc/hostname |
	od -An -v -tx1 | tr -d ' \n' | tr a-f A-F)" ]
verdict $? "data is the bytes that were read"

# same NAME WHERE PLAIN-WHERE: with limits that reach the index, and without
same() {
	plain "SELECT num, pid, process, fd_name FROM capture('$c')
		WHERE $2" > "$dir/pushed"
	plain "SELECT num, pid, process, fd_name FROM capture('$c')
		WHERE $3" > "$dir/filtered"
	[ -s "$dir/pushed" ] && cmp -s "$dir/pushed" "$dir/filtered"
	verdict $? "the index changes no answer: $1 ($(wc -l \
		< "$dir/pushed") rows)"
}
ns() {
	plain "SELECT ts_ns FROM capture('$c') WHERE num = $1"
}
a=$(ns $((all / 3)))
b=$(ns $((all / 2)))
iso=$(plain "SELECT time FROM capture('$c') WHERE ts_ns = $a LIMIT 1")
pid=$(plain "SELECT pid FROM capture('$c') WHERE process = 'head' LIMIT 1")
same "time" "ts_ns BETWEEN $a AND $b" "+ts_ns BETWEEN $a AND $b"
same "time, open" "ts_ns > $a AND ts_ns < $b" "+ts_ns > $a AND +ts_ns < $b"
same "time as text" "time >= '$iso'" "+time >= '$iso'"
same "time as text, cut" "time < '${iso%.*}'" "+time < '${iso%.*}'"
same "number" "num BETWEEN 700 AND 900" "+num BETWEEN 700 AND 900"
same "numbers" "num IN (8000, 700, 12, -1)" "+num IN (700, 12, 8000)"
same "event id" "event_id > (1 << 40) + 9000" "+num > 9000"
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
"$spoor" query "$c" "SELECT num FROM events WHERE num IN (12, 700)" --stats \
	2> "$dir/stats" > /dev/null
[ "$(sed 's/.*in place: \([0-9]*\) of.*/\1/' "$dir/stats")" -le 2 ]
verdict $? "numbers: only their frames are read"
# Counted values, and rows that SQLite groups itself.
for column in type pid process cpu container_id fd; do
	plain "SELECT $column, count(*) FROM capture('$c') GROUP BY 1
		ORDER BY 1" > "$dir/counted"
	plain "SELECT DISTINCT $column FROM capture('$c')" |
		sort > "$dir/distinct"
	plain "SELECT +$column, count(*) FROM capture('$c') GROUP BY 1
		ORDER BY 1" > "$dir/grouped"
	[ -s "$dir/counted" ] && cmp -s "$dir/counted" "$dir/grouped" &&
		sed 's/|[0-9]*$//' "$dir/grouped" | sort |
		cmp -s - "$dir/distinct" || echo "FAIL counted: $column"
done
[ "$(plain "SELECT sum(n) FROM (SELECT process, count(*) AS n
	FROM capture('$c') WHERE process = 'cat' GROUP BY process)")" = \
	"$(plain "SELECT count(*) FROM capture('$c') WHERE process = 'cat'")" ]
verdict $? "values counted by the table are those that SQLite counts"
# The same of several columns, and with others that are read besides.
while IFS=';' read -r select group rest; do
	plain "SELECT $select FROM capture('$c') $rest GROUP BY $group
		ORDER BY 1, 2, 3" > "$dir/counted"
	plain "SELECT $select FROM (SELECT * FROM capture('$c')
		LIMIT 1000000000) $rest GROUP BY $group
		ORDER BY 1, 2, 3" > "$dir/grouped"
	[ -s "$dir/counted" ] && cmp -s "$dir/counted" "$dir/grouped"
	verdict $? "counted: $select ($(wc -l < "$dir/counted") rows)"
done << 'END'
type, process, count(*);1, 2
process, type, fd, count(*), sum(fd);1, 2, 3;WHERE cpu >= 0
type, count(DISTINCT pid), max(cpu), min(uid);1
container_id, user, count(process), count(fd_type);container_id, user
pid, capture_id, count(*);pid, capture_id;WHERE type = 'openat'
type, max(ts_ns), count(*);type;WHERE process = 'cat'
END
[ "$(plain "SELECT DISTINCT process, type FROM capture('$c')" | sort)" = \
	"$(plain "SELECT +process, +type FROM capture('$c') GROUP BY 1, 2" |
	sort)" ]
verdict $? "counted: DISTINCT of two columns"
[ -z "$(plain "SELECT 1 FROM capture('$c') WHERE pid = 999999999")" ] &&
	[ -z "$(plain "SELECT 1 FROM capture('$c') WHERE ts_ns < 5")" ]
verdict $? "limits that nothing meets"

# Other files: plain, gzip, folders, without index.
zstd -qdf "$c" -o "$dir/plain.scap"
gzip -c "$dir/plain.scap" > "$dir/zipped.scap.gz"
zstd -qf "$dir/plain.scap" -o "$dir/bare.scap.zst"
for file in plain.scap zipped.scap.gz bare.scap.zst; do
	plain "SELECT num, ts_ns, type, process FROM capture('$dir/$file')
		WHERE ts_ns BETWEEN $a AND $b" > "$dir/out"
	plain "SELECT num, ts_ns, type, process FROM capture('$c')
		WHERE ts_ns BETWEEN $a AND $b" | cmp -s - "$dir/out"
	verdict $? "the same from $file"
done
[ "$(plain "SELECT group_concat(n) FROM (SELECT capture_id, count(*) AS n
	FROM capture('$dir') GROUP BY 1)")" = "$all,$all,$all,$all" ] &&
	[ "$(plain "SELECT min(path) < max(path), count(DISTINCT path)
	FROM capture('$dir') WHERE type = 'execve' GROUP BY type")" = '1|4' ]
verdict $? "a folder: all captures in it"
plain "SELECT count(*) FROM capture('$dir/none')" 2>&1 |
	grep -q 'none: cannot open'
verdict $? "a file that is not there is an error"
plain "SELECT count(*) FROM capture" 2>&1 | grep -q 'name a capture'
verdict $? "no file at all is an error"
plain "SELECT count(*) FROM capture('$c', 'proc.nam = x')" 2>&1 |
	grep -q 'filter: .*nonexistent field'
verdict $? "a filter that is none is an error"

# Damage.
size=$(stat -c %s "$c")
cp "$c" "$dir/cut"
truncate -s $((size / 4)) "$dir/cut"
plain "SELECT count(*) FROM capture('$dir/cut')" > "$dir/out" 2> "$dir/err"
grep -q 'truncated: the file ends inside a frame' "$dir/err"
verdict $? "a cut capture is an error"
cut=$(plain "SELECT count(*) FROM capture('$dir/cut')
	WHERE on_damage = 'partial'")
[ "$cut" -gt 0 ] && [ "$cut" -lt "$all" ]
verdict $? "on_damage = 'partial': $cut of $all events of a cut capture"

# 2. Ready questions: the same of a capture and of a database.
rules=replay/policies/spoor_rules.yaml
# answers NAME CAPTURE DATABASE
answers() {
	bad=
	good=0
	for file in query/saved/*.sql; do
		q=$(basename "$file" .sql)
		case $q in
		search) set -- "$1" "$2" "$3" --text 'sh OR hostname' ;;
		ioc) set -- "$1" "$2" "$3" \
			--values '/etc/shadow, 127.0.0.1,cat,/etc/hostname' ;;
		ancestry) set -- "$1" "$2" "$3" --pid "$(sqlite3 "$3" \
			'SELECT max(pid) FROM processes')" ;;
		compare) set -- "$1" "$2" "$3" --good 0 --bad 1 ;;
		*) set -- "$1" "$2" "$3" ;;
		esac
		name=$1 capture=$2 database=$3
		shift 3
		if "$spoor" query "$q" "$capture" "$@" -r $rules -m csv \
			> "$dir/of_capture" 2> "$dir/e1" &&
			"$spoor" query "$database" "$q" "$@" -m csv \
				> "$dir/of_database" 2> "$dir/e2" &&
			cmp -s "$dir/of_capture" "$dir/of_database" &&
			grep -q complete "$dir/e1"
		then
			good=$((good + 1))
		else
			bad="$bad $q"
			head -n 2 "$dir/e1" "$dir/e2"
			diff "$dir/of_capture" "$dir/of_database" | head -n 4
		fi
		set -- "$name" "$capture" "$database"
	done
	[ -z "$bad" ]
	verdict $? "$good questions answer the same of a capture and a database: $1$bad"
}
"$spoor" load "$c" -r $rules -o "$dir/c.db" > "$dir/log" 2>&1
answers "a recorded shell" "$c" "$dir/c.db"
demo=$dir/demo/demo.scap.zst
if [ "$(id -u)" = 0 ] && command -v runc > /dev/null; then
	sh tests/demo/demo.sh "$build" "$dir/demo" > "$dir/log" 2>&1 ||
		tail -n 20 "$dir/log"
	"$spoor" load "$demo" -r $rules -o "$dir/demo.db" > "$dir/log" 2>&1
	answers "the demo" "$demo" "$dir/demo.db"
	n=$("$spoor" query dropped "$demo" -m csv 2> /dev/null |
		grep -c '^/dev/shm/x,')
	[ "$n" = 1 ]
	verdict $? "the demo's dropped program is found in its capture"
else
	echo "SKIP questions to the demo's capture: needs root and runc"
fi
for sql in 'SELECT event_id, capture_id, num, ts_ns, time, type, cpu,
		pid, tid, container_id, fd, fd_name, res FROM events' \
	'SELECT * FROM process_file_events' \
	'SELECT count(*) FROM processes p JOIN events e ON e.num =
		p.event_id & 0xffffffffff' \
	'SELECT * FROM events WHERE num < 300' \
	'SELECT kind, process_count FROM sessions'; do
	"$spoor" query "$c" "$sql" -m csv > "$dir/of_capture" 2> "$dir/e1"
	"$spoor" query "$dir/c.db" "$sql" -m csv > "$dir/of_database"
	[ "$(wc -l < "$dir/of_capture")" -gt 1 ] &&
		cmp -s "$dir/of_capture" "$dir/of_database"
	verdict $? "the same of both: $(echo "$sql" | tr -s '\n\t ' ' ' |
		cut -c 1-60)"
done
first=$("$spoor" query "$c" ran -m csv 2> /dev/null | sed -n 2p)
"$spoor" query ran --since "${first%%,*}" --until "${first%%,*}" "$c" \
	-m csv 2> /dev/null | grep -c , | grep -qx 2
verdict $? "--since and --until"
sqlite3 "$dir/c.db" "$("$spoor" query ran --since 2001-01-01 --sql)" \
	> "$dir/out" && [ "$(wc -l < "$dir/out")" -gt 100 ]
verdict $? "--sql prints what sqlite3 runs on the database"
"$spoor" query ran --help | grep -q -- '--since TIME *only after this time'
verdict $? "a question's --help"
"$spoor" query --list | grep -c '^  [a-z]' | grep -qx \
	"$(find query/saved -name '*.sql' | wc -l)"
verdict $? "--list has them all"
"$spoor" query ran "$c" --sence 5 2>&1 | grep -q 'has no --sence'
verdict $? "a parameter that a question does not have is refused"
"$spoor" query ran "$c" --since yesterday 2>&1 | grep -q 'is not a time'
verdict $? "a time that is none is refused"
"$spoor" query ran "$c" -m json |
	jq -e '(.rows | length > 100) and .gaps == [] and .complete' > /dev/null
verdict $? "json: rows, gaps, complete"
"$spoor" query ran "$c" -m jsonl | tail -n 1 | jq -e .complete > /dev/null
verdict $? "jsonl: the last line tells the gaps"
"$spoor" query ran "$dir/cut" > "$dir/out" 2> "$dir/err"
[ $? = 1 ] && grep -q '^incomplete: .*truncated' "$dir/out" &&
	grep -q '^spoor query: .*/cut: at byte .*truncated' "$dir/err" &&
	[ "$(wc -l < "$dir/out")" -gt 10 ]
verdict $? "a cut capture: what is there, and that it is not all"
"$spoor" query ran "$dir/cut" -m json 2> /dev/null |
	jq -e '(.gaps | length == 1) and (.complete | not)' > /dev/null
verdict $? "a cut capture: gaps in JSON"
"$spoor" query "$dir/cut" 'SELECT count(*) AS n FROM events' -m csv \
	> "$dir/out" 2> "$dir/err"
[ $? = 1 ] && grep -q 'truncated: the file ends inside a frame' "$dir/err" &&
	[ "$(tr -d '\r' < "$dir/out" | tail -n 1)" = "$cut" ]
verdict $? "a cut capture: events up to there, and an error"

# While it is recorded: what is there.  The recording goes on until the file
# "seen" is there, and then for one more program.
programs() {
	"$spoor" query "$dir/live.scap.zst" "SELECT count(*) FROM events
		WHERE type = 'execve'" -m csv > "$dir/out" 2> "$dir/err" &&
		tail -n 1 "$dir/out" | tr -d '\r'
}
timeout 120 "$spoor" record -o "$dir/live.scap.zst" -- sh -c '
	while [ ! -e '"$dir"'/seen ]; do cat /etc/hostname; sleep 0.1; done
	cat /etc/hostname' > /dev/null 2>&1 &
recorder=$!
n=0
while [ "${n:-0}" = 0 ] && kill -0 $recorder 2> /dev/null; do
	sleep 0.1
	n=$(programs)
done
kill -0 $recorder
code=$?
: > "$dir/seen"
wait $recorder
later=$(programs)
[ $code = 0 ] && [ "$n" -gt 0 ] && [ "$n" -lt "$later" ]
verdict $? "a capture still being written: $n of $later programs so far"

# A window touches its frames only.
"$spoor" query "$c" "SELECT count(*) FROM events WHERE ts_ns BETWEEN $a AND $b
	AND type = 'execve'" --stats > "$dir/out" 2> "$dir/err"
frames=$(sed -n 's/.*: \([0-9]*\) of \([0-9]*\) frames.*/\1 \2/p' "$dir/err")
[ "${frames% *}" -lt "${frames#* }" ]
verdict $? "a window reads some frames only: ${frames% *} of ${frames#* }"

# 3. Forms, and text of strangers.
strange="SELECT NULL AS n, 'NULL' AS t, char(27) || '[31m' || char(10) AS c,
	'a' || char(0x202e) || 'b' AS bidi, CAST(x'ff41' AS TEXT) AS bad,
	x'00ff' AS blob, 'q\"|' AS q, 1.5 AS f, '' AS e"
ask() {
	"$spoor" query "$dir/c.db" "$@"
}
ask "$strange" > "$dir/out"
grep -q "NULL  'NULL'  .x1b\[31m.n  a.u202eb  .xffA  x'00ff'  q\"|  1.5" \
	"$dir/out"
verdict $? "table: NULL, escapes, blobs"
ask "$strange" -m json | jq -e '.[0] | .n == null and .t == "NULL" and
	.c == "\u001b[31m\n" and .bad == "\\xffA" and .blob == "00ff" and
	.f == 1.5' > /dev/null
verdict $? "json: the same"
ask "$strange" -m jsonl | jq -e '.q == "q\"|"' > /dev/null
verdict $? "jsonl: the same"
ask "SELECT NULL, '', 'a,b', 'c\"d', 5" -m csv | tail -n 1 |
	tr -d '\r' | grep -qxF ',"","a,b","c""d",5'
verdict $? "csv: NULL is nothing, an empty text is not"
ask "$strange" -m line | grep -q "^ *c = .x1b\[31m.n$"
verdict $? "line: a value a line"
ask "SELECT 'a|b' AS x" -m markdown | tail -n 1 | grep -qxF '| a\|b |'
verdict $? "markdown: bars are escaped"
ask "$strange" | LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')"
[ $? = 1 ]
verdict $? "no control character reaches a table"
ask "SELECT printf('%.300c', 'x') AS x, 1 AS y" > "$dir/out"
[ "$(tail -n 1 "$dir/out" | wc -c)" -gt 300 ]
verdict $? "lines are not cut where there is no terminal"
ask 'SELECT @a + 1 AS x, :b AS y' --param a=41 --param b=text -m csv |
	grep -q '^42,text'
verdict $? "--param"
ask 'SELECT @a' > /dev/null 2> "$dir/err"
[ $? = 1 ] && grep -q 'parameter @a has no value' "$dir/err"
verdict $? "a parameter without a value is an error"
echo 'SELECT 6 * 7; SELECT 1' | ask -m csv | tr -d '\r' | tr '\n' ' ' |
	grep -q '42 .*1 1 $'
verdict $? "SQL from standard input"
ask 'SELECT pid FROM processes' --max-rows 3 -m csv > "$dir/out" 2> "$dir/err"
[ "$(wc -l < "$dir/out")" = 4 ] && grep -q 'more than 3 rows' "$dir/err"
verdict $? "--max-rows"

# 4. SQL that is not trusted.
sum=$(sha256sum < "$dir/c.db")
for sql in "DELETE FROM processes" "DROP TABLE processes" \
	"CREATE TABLE x (a)" "CREATE TEMP TABLE x (a)" \
	"ATTACH '$dir/new.db' AS x" "VACUUM INTO '$dir/new.db'" \
	"PRAGMA writable_schema = 1" "PRAGMA user_version = 9" \
	"PRAGMA journal_mode = WAL" "SELECT load_extension('x')" \
	"UPDATE sqlite_master SET sql = ''" "REINDEX" "BEGIN IMMEDIATE" \
	"INSERT INTO process_search (process_search) VALUES ('rebuild')" \
	"SELECT writefile('$dir/new.db', 'x')" "DETACH main"; do
	for source in "$dir/c.db" "$c"; do
		if "$spoor" query "$source" "$sql" > "$dir/out" 2>&1; then
			echo "FAIL refused: $sql"
			cat "$dir/out"
		fi
	done
done
[ "$sum" = "$(sha256sum < "$dir/c.db")" ] && [ ! -e "$dir/new.db" ]
verdict $? "statements that write, attach or load are refused"
forever='WITH RECURSIVE x(i) AS (SELECT 1 UNION ALL SELECT i FROM x)
	SELECT count(*) FROM x'
ask "$forever" --timeout 200 > /dev/null 2> "$dir/err"
[ $? = 1 ] && grep -q 'longer than 200 ms' "$dir/err"
verdict $? "--timeout ends what never ends"
"$spoor" query "$dir/c.db" "$forever" > /dev/null 2> "$dir/err" &
asking=$!
# Once it catches the signal (2, and SIGBUS, 40; not the 17 of a shell).
until grep -q '^SigCgt:[[:space:]]*0*4\{0,1\}2$' /proc/$asking/status 2> /dev/null; do
	kill -0 $asking || break
	sleep 0.1
done
kill -INT $asking
wait $asking
grep -q 'query: stopped' "$dir/err"
verdict $? "Ctrl-C ends it, too"
ask "SELECT length(zeroblob(2000000000))" > /dev/null 2>&1
[ $? = 1 ]
verdict $? "a value of two gigabytes is refused"
ask "SELECT count(*) FROM processes; SELECT nosuch FROM processes" \
	> "$dir/out" 2> "$dir/err"
[ $? = 1 ] && grep -q 'no such column: nosuch' "$dir/err"
verdict $? "a mistake in SQL is told"
sqlite3 "$dir/other.db" 'CREATE TABLE x (a)'
"$spoor" query "$dir/other.db" 'SELECT 1' > /dev/null 2> "$dir/err"
[ $? = 1 ] && grep -q 'not a database that spoor load made' "$dir/err"
verdict $? "a database of another is refused"
"$spoor" query "$dir/nowhere.db" ran > /dev/null 2> "$dir/err"
[ $? = 1 ] && grep -q 'nowhere.db: no such file' "$dir/err"
verdict $? "a file that is not there is told"
echo 'this is no capture, but long enough' > "$dir/text"
"$spoor" query "$dir/text" ran > /dev/null 2> "$dir/err"
[ $? = 1 ] && grep -q 'not a capture' "$dir/err"
verdict $? "a file that is no capture is told"
printf '.mode csv\n.tables\nSELECT 6 * 7\n AS answer' |
	"$spoor" query "$dir/c.db" | tr -d '\r' > "$dir/out"
grep -qx 'alerts,table' "$dir/out" && [ "$(tail -n 1 "$dir/out")" = 42 ]
verdict $? "commands on standard input, as at the prompt"
! echo .nothing | "$spoor" query "$dir/c.db" 2> "$dir/err" &&
	grep -q 'there is no command .nothing' "$dir/err"
verdict $? "one that there is not is told"

# 5. The prompt, at a terminal.
printf 'SELECT 6 * 7\n AS answer;\n.mode csv\nran --since 2100-01-01\n.quit\n' |
	HOME=$dir script -qec "$spoor query $dir/c.db" /dev/null > "$dir/out" 2>&1
grep -q '^ *42' "$dir/out" && grep -q 'time,pid,ppid' "$dir/out" &&
	[ -s "$dir/.spoor_history" ]
verdict $? "the prompt: statements, questions, history"
