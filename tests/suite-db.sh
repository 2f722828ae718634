#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# spoor load: tables agree with spoor print, keys are valid, views have the
# columns of other tools, hostile names survive, and a load that ends early
# leaves a complete database.
. tests/alone.sh
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'umount "$dir/full" 2> /dev/null; rm -rf "$dir"' EXIT

. tests/checks.sh

sql() {
	sqlite3 -batch "$@"
}

# is NAME GOT WANTED
is() {
	[ "$2" = "$3" ]
	code=$?
	[ $code = 0 ] || printf 'got    %s\nwanted %s\n' "$2" "$3"
	verdict $code "$1"
}

# equal NAME CAPTURE FILTER FORMAT SQL: print and the database say the same.
# What a field does not have is <NA> in print and NULL in the database; so is
# the fd -1 of opens that failed.
# The directory of a relative path that fields do not know is in the database;
# targets of symbolic links are there as they were given.
equal() {
	sql "$dir/equal.db" "$5" > "$dir/stored"
	"$spoor" print "$2" "$3" -p "*$4" --raw |
		sed 's/<NA>//g; s/|fd-1|/|fd|/' | awk -F '|' -v OFS='|' '
		NR == FNR { stored[$1] = $0; next }
		/<UNKNOWN>/ {
			split(stored[$1], whole, OFS)
			for (i = 2; i <= NF; i++) {
				rest = "/" substr($i, 10)
				at = length(whole[i]) - length(rest) + 1
				if ($i ~ /^<UNKNOWN>/ && at > 0 &&
				    substr(whole[i], at) == rest ||
				    $i == "<UNKNOWN>" whole[i])
					$i = whole[i]
			}
		}
		{ print }' "$dir/stored" - > "$dir/printed"
	cmp -s "$dir/printed" "$dir/stored"
	code=$?
	[ $code = 0 ] || diff "$dir/printed" "$dir/stored" | head -n 5
	verdict $code "$1 ($(wc -l < "$dir/stored") rows)"
}

opens="'open', 'openat', 'openat2', 'creat'"
others="'unlink', 'unlinkat', 'rename', 'renameat', 'renameat2', 'mkdir',
	'mkdirat', 'rmdir', 'chmod', 'fchmodat', 'symlink', 'symlinkat',
	'link', 'linkat'"

# same CAPTURE: all of it, table by table
same() {
	name=$(basename "$1")
	rm -f "$dir/equal.db"
	"$spoor" load -q "$1" -o "$dir/equal.db"
	verdict $? "$name: loaded"
	equal "$name: events" "$1" 'evt.num > 0' \
		'%evt.num|%evt.rawtime|%evt.type|%evt.cpu|%thread.tid|%proc.pid|fd%fd.num|%evt.rawres' \
		"SELECT num, ts_ns, type, cpu, tid, pid,
		'fd' || coalesce(fd, ''), res FROM events ORDER BY event_id"
	equal "$name: names of fds" "$1" 'fd.name exists' \
		'%evt.num|%fd.name' "SELECT num, fd_name FROM events
		WHERE event_id IN (SELECT event_id FROM raw_events e WHERE
		fd IS NOT NULL OR type IN (SELECT type FROM event_types WHERE
		name IN ($opens))) AND fd_name IS NOT NULL ORDER BY event_id"
	equal "$name: opens" "$1" "evt.type in ($opens)" \
		'%evt.num|%fd.name|%evt.is_open_write|%evt.is_open_create|%proc.pid|%proc.exepath' \
		"SELECT num, path, iif(is_write, 'true', 'false'),
		iif(is_new, 'true', 'false'), pid, executable FROM files WHERE operation IN ($opens) ORDER BY num"
	equal "$name: other file calls" "$1" \
		"evt.type in ($others) and evt.rawres = 0" \
		'%evt.num|%fs.path.name%fs.path.source|%fs.path.target|%proc.pid' \
		"SELECT num, path, target, pid FROM files
		WHERE operation IN ($others) AND res = 0 ORDER BY num"
	# Fields know nothing of a call that failed, nor what is bound to a port
	# that is not known, and put numbers before the paths of unix sockets.
	equal "$name: sockets" "$1" \
		'evt.type in (connect, accept, accept4, bind, listen) and
		(evt.rawres >= 0 or evt.rawres = -115) and fd.type != unix and
		not fd.name endswith ":0"' \
		'%evt.num|%evt.type|%fd.name|%fd.type|%fd.l4proto|%evt.rawres' \
		"SELECT num, action, connection, family, protocol, res
		FROM sockets WHERE family <> 'unix' AND
		coalesce(connection, '') NOT GLOB '*:0' AND
		(res >= 0 OR res = -115) ORDER BY num"
	equal "$name: ends of sockets" "$1" \
		'evt.type in (connect, accept, accept4) and fd.lport exists' \
		'%evt.num|%fd.lip|%fd.lport|%fd.rip|%fd.rport' \
		"SELECT num, local_address, local_port, remote_address,
		remote_port FROM sockets WHERE action NOT IN ('bind', 'listen')
		AND local_port IS NOT NULL ORDER BY num"
	equal "$name: programs" "$1" \
		'evt.type in (execve, execveat) and evt.rawres = 0' \
		'%evt.num|%evt.rawtime|%proc.pid|%proc.ppid|%proc.name|%proc.pname|%proc.exepath|%proc.exeline|%proc.cwd|%user.uid|%user.name|%user.loginuid|%proc.tty|%proc.sid|%container.id' \
		"SELECT event_id & 0xFFFFFFFFFF, start_ns, pid, ppid, name,
		parent, path, iif(args_size, cmdline, exe || ' '),
		iif(cwd = '/', cwd, cwd || '/'), uid, user, auid, tty, sid,
		container_id FROM processes
		WHERE origin = 'exec' ORDER BY 1"
	is "$name: keys and pages hold" "$(sql "$dir/equal.db" \
		'PRAGMA foreign_key_check; PRAGMA integrity_check')" ok
	is "$name: the timeline counts every event" "$(sql "$dir/equal.db" \
		'SELECT sum(events) = (SELECT count(*) FROM events)
		FROM timeline')" 1
}

mkdir "$dir/work"
hostile=$(printf "it's \"x\"\\n\\tm\\303\\251 \\342\\200\\256 \\033[31m;--")
bad=$(printf 'bad\377\376utf')
cat > "$dir/work.sh" << 'END'
cd "$1" || exit 1
echo one > "$2"
cat "$2" > "$3"
mv "$3" moved
ln -s moved link
rm moved link "$2"
cat missing 2> /dev/null
busybox nc 127.0.0.1 1 < /dev/null 2> /dev/null
timeout 3 busybox nslookup spoor.example 127.0.0.1 > /dev/null 2>&1
setsid sh -c 'exit 3'
sh -c 'kill -9 $$'
cp /bin/true ./true && ./true
exit 0
END
"$spoor" record -o "$dir/c.scap.zst" -- sh "$dir/work.sh" "$dir/work" \
	"$hostile" "$bad" > /dev/null 2> "$dir/log" || cat "$dir/log"
same "$dir/c.scap.zst"
for capture in attack.scap.zst sysdig-0.29.scap sockets.scap.zst gzip.scap.gz; do
	same "tests/corpus/good/$capture"
done
if [ -d ../shared/captures ]; then
	for capture in ../shared/captures/*preforked_full* \
		../shared/captures/*objectstore_download* \
		../shared/captures/*502Error* \
		../shared/captures/troubleshooting*; do
		same "$capture"
	done
else
	echo "SKIP captures of others: ../shared/captures is not here"
fi

db=$dir/c.db
cat > "$dir/rules.yaml" << 'END'
- rule: copied and run
  desc: any
  condition: evt.type = execve and proc.exe = ./true
  output: ran %proc.exepath
  priority: WARNING
  tags: [one, two]
END
"$spoor" load -q "$dir/c.scap.zst" -r "$dir/rules.yaml" -o "$db"
verdict $? "loaded with rules"
is "the directory of what rm removed" "$(sql "$db" "SELECT DISTINCT path
	FROM files WHERE operation GLOB 'unlink*' AND path GLOB '*/moved'")" \
	"$dir/work/moved"
if command -v perl > /dev/null && [ "$(uname -m)" = x86_64 ]; then
	mkdir "$dir/work/x" "$dir/work/y"
	"$spoor" record -o "$dir/at.scap.zst" -- perl -e '
		chdir $ARGV[0]; open($x, "<", "x"); open($y, "<", "y");
		my ($a, $b, $c) = ("secret", "hidden", "again");
		open($s, ">", "x/secret");
		syscall(264, fileno($x), $a, fileno($y), $b);
		syscall(265, fileno($y), $b, fileno($x), $c, 0)' \
		"$dir/work" > "$dir/out" 2> "$dir/log"
	"$spoor" load -q "$dir/at.scap.zst" -o "$dir/at.db"
	is "paths of renameat and linkat with directories" "$(sql "$dir/at.db" "
		SELECT operation, path, target FROM files WHERE res = 0 AND
		operation IN ('renameat', 'linkat') ORDER BY event_id")" \
		"renameat|$dir/work/x/secret|$dir/work/y/hidden
linkat|$dir/work/x/again|$dir/work/y/hidden"
else
	echo "SKIP renameat and linkat with directories: no perl of x86-64"
fi
is "no path is of an unknown directory" "$(sql "$db" "SELECT count(*)
	FROM files WHERE path GLOB '*UNKNOWN*' OR target GLOB '*UNKNOWN*'")" 0
is "a hostile name survives" "$(sql "$db" "SELECT count(*) FROM files
	WHERE is_new AND path = '$dir/work/' || '$(echo "$hostile" |
	sed "s/'/''/g")'")" 1
is "a name that is no UTF-8 survives" "$(sql "$db" "SELECT count(*)
	FROM files WHERE operation LIKE 'rename%' AND
	hex(path) LIKE '%626164FFFE757466'")" 1
is "an alert, with its process and fields" "$(sql "$db" "SELECT rule, priority,
	severity, tags, json_extract(fields, '\$.\"proc.exepath\"') = path,
	output = 'ran ' || path FROM alerts JOIN processes
	USING (process_id)")" 'copied and run|Warning|4|one two|1|1'
is "its session counts it" "$(sql "$db" "SELECT sum(alert_count)
	FROM sessions")" 1
is "exit codes and signals" "$(sql "$db" "SELECT exit_code, exit_signal
	FROM processes WHERE exit_code = 3 OR exit_signal = 9
	ORDER BY 1 DESC")" "3|
|9"
is "setsid made a session" "$(sql "$db" "SELECT s.kind, p.exit_code
	FROM sessions s JOIN processes p ON p.session_id = s.session_id
	WHERE p.exit_code = 3")" 'setsid|3'
is "who a program's parent is" "$(sql "$db" "SELECT q.pid = p.ppid
	FROM processes p JOIN processes q ON q.process_id = p.parent_id
	WHERE p.exe = './true'")" 1
is "what was refused" "$(sql "$db" "SELECT protocol, role,
	remote_address, remote_port, res FROM connections
	WHERE family = 'ipv4' AND res < 0 ORDER BY protocol")" \
	'tcp|client|127.0.0.1|1|-111
udp|client|127.0.0.1|53|-111'
"$spoor" record --force -o "$dir/m.scap.zst" -- "$build/workloads/meetings" \
	> "$dir/meetings" 2> "$dir/log"
if [ -s "$dir/meetings" ]; then
	"$spoor" load --force -o "$dir/m.db" "$dir/m.scap.zst" 2> "$dir/log"
	is "local is the end of the process, remote the other" \
		"$(sql "$dir/m.db" "SELECT role, local_address, CASE role
		WHEN 'client' THEN remote_port ELSE local_port END AS port,
		remote_address, count(*) FROM connections
		WHERE role IN ('client', 'server') GROUP BY 1, 2, 3, 4
		ORDER BY 1, 3" | tr '\n' ' ')" \
		"client|10.77.0.2|443|10.77.0.3|2 client|10.77.0.2|5353|10.77.0.3|1 server|10.77.0.3|443|10.77.0.2|2 server|10.77.0.3|5353|10.77.0.2|1 "
	is "what was contacted" "$("$spoor" query outbound "$dir/m.db" \
		--csv 2> /dev/null | cut -d , -f 1,2 | tail -n +2 | sort |
		tr '\n' ' ')" "10.77.0.3,443 10.77.0.3,5353 "
	"$spoor" convert --force -o "$dir/m2.scap.zst" "$dir/m.scap.zst" \
		'evt.type in (socket, recvfrom)' > "$dir/log" 2>&1
	is "of whom nothing else is known, who receives first is the server" \
		"$("$spoor" print "$dir/m2.scap.zst" 'evt.rawres = 3 and
		fd.name endswith 5353' -p '%fd.cip %fd.sip:%fd.sport')" \
		"10.77.0.2 10.77.0.3:5353"
else
	echo "SKIP ends of connections: no network namespaces here"
fi
is "a name that was looked up" "$(sql "$db" "SELECT DISTINCT direction, name,
	server_address FROM dns")" 'query|spoor.example|127.0.0.1'
is "bytes of files add up" "$(sql "$db" "SELECT sum(bytes_read),
	sum(bytes_written) FROM file_io" | tr '|' ' ')" "$(for way in read write
	do
		"$spoor" print "$dir/c.scap.zst" "evt.is_io_$way = true and
			fd.type = file and evt.rawres > 0" -p '%evt.rawres' |
			awk '{ n += $1 } END { printf "%d ", n }'
	done | sed 's/ $//')"
is "full text finds a command line" "$(sql "$db" "SELECT count(*) > 0
	FROM process_search WHERE process_search MATCH 'nslookup'")" 1
is "full text finds a path" "$(sql "$db" "SELECT count(*) > 0
	FROM string_search WHERE string_search MATCH 'missing'")" 1

# columns VIEW NAMES: it has them all, and gives rows
columns() {
	missing=$(for c in $2; do
		sql "$db" "SELECT $c FROM $1 LIMIT 1" > /dev/null 2>&1 ||
			echo "$c"
	done)
	is "$1 has its columns" "$missing" ''
	is "$1 has rows" "$(sql "$db" "SELECT count(*) > 0 FROM $1")" 1
}
columns process_events "pid path mode cmdline cmdline_size env env_count
	env_size cwd auid uid euid gid egid owner_uid owner_gid atime mtime
	ctime btime overflows parent time uptime eid status fsuid suid fsgid
	sgid syscall ntime cid container_id capture_id seq unix_time"
columns socket_events "action pid path fd auid family protocol local_address
	remote_address local_port remote_port socket time uptime eid success
	status container_id capture_id seq"
columns process_file_events "operation pid ppid time executable partial cwd
	path dest_path uid gid auid euid egid fsuid fsgid suid sgid uptime eid
	container_id capture_id seq"
columns file_events "target_path category action transaction_id inode uid gid
	mode size atime mtime ctime md5 sha1 sha256 hashed time eid"
columns process_creation "Image CommandLine ParentImage ParentCommandLine User
	CurrentDirectory ProcessId ParentProcessId ProcessGuid
	ParentProcessGuid UtcTime LogonId IntegrityLevel Hashes
	OriginalFileName Product Company Description"
columns network_connection "Image DestinationIp DestinationPort
	DestinationHostname SourceIp SourcePort Protocol Initiated User"
columns dns_query "QueryName QueryResults QueryStatus Image ProcessId"
columns file_event "TargetFilename Image User CommandLine"
columns v_timeseries "time unix_time class events failed bytes capture_id"
# One form of time in all tables and views: text, that sorts as time does.
times=$(for view in $(sql "$db" "SELECT name FROM sqlite_schema WHERE type IN
	('table', 'view') AND sql NOT LIKE 'CREATE VIRTUAL%'"); do
	for column in time start_time end_time first_time last_time; do
		sql "$db" "SELECT '$view.$column', $column FROM $view
			WHERE $column IS NOT NULL LIMIT 1" 2> /dev/null
	done
done)
is "columns of time are ISO text" "$(echo "$times" | grep -vE \
	'[|]2[0-9]{3}-[01][0-9]-[0-3][0-9]T[0-9:]{8}[.][0-9]{9}Z$')" ''
is "in so many tables and views" "$(($(echo "$times" | wc -l) >= 16))" 1
is "unix_time is their seconds" "$(sql "$db" "SELECT count(*) > 0,
	sum(unix_time <> CAST(strftime('%s', time) AS INTEGER))
	FROM process_events")" '1|0'
# The shapes of SQL that pySigma's SQLite backend prints: a table in place of
# its <TABLE_NAME>, LIKE with ESCAPE, GLOB for |cased, REGEXP for |re, lists,
# numbers, null, quoted names, not and brackets.  sqlite3's own answer beside.
while read -r condition; do
	sql="SELECT count(*) FROM process_creation WHERE $condition"
	ours=$("$spoor" query --csv "$db" "$sql" 2>&1 | tail -n 1 | tr -d '\r')
	is "Sigma: $condition" "$((ours > 0)) $ours" "1 $(sql "$db" "$sql")"
done << 'END'
Image LIKE '%/true' ESCAPE '\'
Image LIKE '/%' ESCAPE '\' AND CommandLine LIKE '%true%' ESCAPE '\'
(Image LIKE '%/true' ESCAPE '\' OR Image LIKE '%/no\_such' ESCAPE '\') AND NOT (ParentImage LIKE '%/nosuch' ESCAPE '\')
CommandLine IN ('./true', 'nosuch') OR Image='nosuch'
Image GLOB '*/true' AND NOT Image GLOB '*/TRUE'
CommandLine REGEXP '^./tr.e$' AND CommandLine REGEXP '[a-z]+'
Hashes IS NULL AND NOT Image IS NULL
ProcessId>0 AND ProcessId>=1 AND NOT ProcessId<1
`Image` LIKE '%true' ESCAPE '\' AND (User='root' OR User LIKE '%' ESCAPE '\')
END
is "Sigma: a pattern that explodes ends" "$("$spoor" query "$db" \
	"SELECT printf('%.*c', 40, 'a') || '!' REGEXP '(a+)+\$'" 2>&1 | tail -n 1)" \
	'spoor query: REGEXP: match limit exceeded'

# One database, many captures.
cp "$dir/c.scap.zst" "$dir/again.scap.zst"
"$spoor" record -o "$dir/d.scap.zst" -- sh -c 'cat /etc/hostname' \
	> /dev/null 2>&1
"$spoor" load "$dir/again.scap.zst" "$dir/d.scap.zst" -o "$db" 2> "$dir/err"
is "what is in it is passed over" "$? $(grep -c 'of 1 capture; 1 in it' \
	"$dir/err")" '0 1'
is "two captures, each with its events" "$(sql "$db" "SELECT count(*),
	sum(c.events = (SELECT count(*) FROM events e WHERE
	e.capture_id = c.capture_id)) FROM captures c")" '2|2'
is "keys hold after adding" "$(sql "$db" \
	'PRAGMA foreign_key_check; PRAGMA integrity_check')" ok
is "full text of what was added" "$(sql "$db" "SELECT count(DISTINCT
	capture_id) FROM process_search s JOIN processes p ON p.process_id =
	s.rowid WHERE process_search MATCH 'cat'")" 2
"$spoor" load -q "$dir/d.scap.zst" --force -o "$db"
is "--force replaces" "$(sql "$db" 'SELECT count(*) FROM captures')" 1

i=0
while [ $i -lt 12 ]; do
	i=$((i + 1))
	cat "$dir/c.scap.zst"
done > "$dir/long.scap.zst"

# Damage: what can be read is there, and the gap is told.
head -c $(($(stat -c %s "$dir/long.scap.zst") * 5 / 9)) "$dir/long.scap.zst" \
	> "$dir/cut.scap.zst"
"$spoor" load "$dir/cut.scap.zst" -o "$dir/cut.db" 2> "$dir/err"
is "a cut capture: exit 1, rows, a gap" "$? $(sql "$dir/cut.db" "SELECT
	status, events > 100, (SELECT count(*) FROM gaps WHERE capture_id = 1
	AND start_ns = last_ns AND num = events) FROM captures")" \
	'1 damaged|1|1'
cp "$dir/long.scap.zst" "$dir/cut.scap.zst"
"$spoor" load -q "$dir/cut.scap.zst" -o "$dir/cut.db"
is "the whole takes the place of a part" "$? $(sql "$dir/cut.db" "SELECT
	status, events = (SELECT count(*) FROM raw_events) FROM captures;
	SELECT count(*) FROM gaps; PRAGMA foreign_key_check;
	PRAGMA integrity_check")" '0 whole|1
0
ok'

# Killed at any moment, a load leaves what was there.
"$spoor" load -q "$dir/d.scap.zst" -o "$dir/k.db"
before=$(sql "$dir/k.db" .dump | cksum)
kept=0
for pause in 0.02 0.05 0.1 0.2 0.3; do
	"$spoor" load -q "$dir/long.scap.zst" -o "$dir/k.db" &
	sleep $pause
	kill -9 $! 2> /dev/null
	wait $! 2> /dev/null
	now=$(sql "$dir/k.db" 'SELECT count(*) FROM captures')
	[ "$now" = 2 ] && break # it was faster than the signal
	[ "$(sql "$dir/k.db" .dump | cksum)" = "$before" ] || kept=1
done
verdict $kept "a killed load leaves the old state"
"$spoor" load -q "$dir/long.scap.zst" -o "$dir/killed.db" &
sleep 0.05
kill -9 $! 2> /dev/null
wait $! 2> /dev/null
[ ! -e "$dir/killed.db" ] || is "a database that is there is whole" \
	"$(sql "$dir/killed.db" 'PRAGMA integrity_check')" ok
"$spoor" load -q "$dir/long.scap.zst" -o "$dir/killed.db"
code=$?
[ $code = 0 ] && [ ! -e "$dir/killed.db.part" ]
verdict $? "and does not stand in the way of the next"
mkdir "$dir/full"
if mount -t tmpfs -o size=600k none "$dir/full" 2> /dev/null; then
	"$spoor" load "$dir/long.scap.zst" -o "$dir/full/x.db" 2> "$dir/err"
	is "a full disk" "$? $(grep -c 'database or disk is full' \
		"$dir/err") $(ls "$dir/full")" '1 1 '
	umount "$dir/full"
else
	echo "SKIP a full disk: mount is not allowed here"
fi

# While it is recorded, until the file "seen" is there, and one program more.
timeout 120 "$spoor" record -o "$dir/live.scap.zst" -- sh -c '
	while [ ! -e '"$dir"'/seen ]; do cat /etc/hostname; sleep 0.1; done
	cat /etc/hostname' > /dev/null 2>&1 &
recorder=$!
while [ ! -s "$dir/live.scap.zst" ]; do sleep 0.05; done
timeout 120 "$spoor" load -q --follow "$dir/live.scap.zst" \
	-o "$dir/live.db" &
follower=$!
seen=0
while [ "${seen:-0}" = 0 ] && kill -0 $recorder; do
	sleep 0.1
	seen=$(sql "$dir/live.db" "SELECT count(*) FROM raw_events")
done 2> /dev/null
: > "$dir/seen"
wait $follower
is "a load that follows ends with the recording" "$? $(sql "$dir/live.db" \
	"SELECT status, events = $("$spoor" info --json "$dir/live.scap.zst" |
	jq .events), ${seen:-0} > 0 AND ${seen:-0} < events FROM captures")" \
	'0 whole|1|1'
"$spoor" load "$dir/live.scap.zst" -o "$dir/live.db" 2> "$dir/err"
is "and is known afterwards" "$(grep -c '1 in it already' "$dir/err")" 1
head -c 100000 "$dir/long.scap.zst" > "$dir/slow.scap.zst"
"$spoor" load -q --follow "$dir/slow.scap.zst" -o "$dir/slow.db" &
follower=$!
while [ "$(sql "$dir/slow.db" 'SELECT count(*) FROM raw_events' \
	2> /dev/null || echo 0)" = 0 ] && kill -0 $follower; do sleep 0.1; done
kill -INT $follower
wait $follower
is "Ctrl-C ends it; what came is kept" "$? $(sql "$dir/slow.db" \
	"SELECT status, events > 0 FROM captures")" '0 loading|1'

# What was loaded, for custody; version 2 did not say it.
is "the hash of what was loaded" "$(sql "$db" "SELECT sha256 FROM captures
	WHERE path LIKE '%/d.scap.zst'")" \
	"$(sha256sum < "$dir/d.scap.zst" | cut -d ' ' -f 1)"
cp "$db" "$dir/v2.db"
sql "$dir/v2.db" 'ALTER TABLE captures DROP COLUMN sha256;
	DROP VIEW process_events;
	CREATE VIEW process_events AS SELECT start_ns / 1000000000 AS time
	FROM processes; PRAGMA user_version = 2'
"$spoor" load --migrate -o "$dir/v2.db"
is "version 2 is migrated" "$? $(sql "$dir/v2.db" "PRAGMA user_version;
	SELECT count(*) > 0, count(sha256) FROM captures;
	SELECT DISTINCT typeof(time) FROM process_events" | tr '\n' ' ')" \
	'0 6 1|0 text '
"$spoor" load "$dir/d.scap.zst" -o "$dir/v2.db" 2> "$dir/err"
is "a capture loaded by version 2 is known" "$(grep -c '1 in it' \
	"$dir/err")" 1

cp "$db" "$dir/v4.db"
sql "$dir/v4.db" 'ALTER TABLE connections DROP COLUMN first_line;
	PRAGMA user_version = 4'
"$spoor" load "$dir/d.scap.zst" -o "$dir/v4.db" 2> "$dir/err"
is "version 4 is migrated by a load into it" "$? $(sql "$dir/v4.db" "PRAGMA
	user_version; SELECT count(*) FROM pragma_table_info('connections')
	WHERE name = 'first_line'" | tr '\n' ' ')" '0 6 1 '

cp "$db" "$dir/v5.db"
sql "$dir/v5.db" 'DROP VIEW remote_names; DROP VIEW network_connection;
	ALTER TABLE connections DROP COLUMN made_by;
	ALTER TABLE dns DROP COLUMN is_cut; ALTER TABLE gaps DROP COLUMN calls;
	PRAGMA user_version = 5'
"$spoor" load --migrate -o "$dir/v5.db"
is "version 5 is migrated" "$? $("$spoor" query "$dir/v5.db" --csv \
	"SELECT count(made_by), (SELECT count(is_cut) FROM dns),
	(SELECT count(calls) FROM gaps) FROM connections" 2> "$dir/err" |
	tail -n 1 | tr -d '\r')" "0 0,0,0"

# Thousands of short containers, which the state forgets meanwhile.
if [ -x "$build/bench/churn" ]; then
	"$build/bench/churn" "$dir/churn.scap.zst" 60000 24
	"$spoor" load -q "$dir/churn.scap.zst" -o "$dir/churn.db"
	is "containers that came and went" "$? $(sql "$dir/churn.db" "SELECT
		(SELECT count(*) - count(name) FROM containers),
		(SELECT count(*) FROM containers),
		(SELECT count(*) FROM processes WHERE end_ns IS NULL)")" \
		'0 1|6001|0'
else
	echo "SKIP short containers: no $build/bench/churn"
fi

# Other versions, other files.
sql "$dir/v1.db" < tests/data/database-v1.sql
cp "$dir/v1.db" "$dir/v1b.db"
"$spoor" load --migrate -o "$dir/v1.db"
is "version 1 is migrated" "$? $(sql "$dir/v1.db" "PRAGMA user_version;
	PRAGMA foreign_key_check; PRAGMA integrity_check;
	SELECT count(*), sum(pid IS NOT NULL) FROM events;
	SELECT rule, pid = (SELECT pid FROM processes p WHERE p.process_id =
	a.process_id) FROM alerts a; SELECT action, pid FROM sockets;
	SELECT cmdline FROM process_events WHERE name = 'cat';
	SELECT count(*) > 0 FROM files WHERE path = '/etc/hostname'")" \
	'0 6
ok
104|104
any exec|1
connect|26054
cat /etc/hostname
1'
"$spoor" load -q "$dir/d.scap.zst" -o "$dir/v1b.db"
is "and by a load into it" "$? $(sql "$dir/v1b.db" \
	'SELECT count(*) FROM captures; PRAGMA integrity_check')" '0 2
ok'
sql "$dir/v1b.db" 'PRAGMA user_version = 99'
sql "$dir/other.db" 'CREATE TABLE t (a)'
echo 'this is not a database, as anyone can see' > "$dir/text.db"
# refused NAME PATTERN ARGUMENTS...
refused() {
	name=$1
	pattern=$2
	shift 2
	"$spoor" load "$@" > /dev/null 2> "$dir/err"
	is "$name" "$? $(grep -c "$pattern" "$dir/err")" '1 1'
}
refused "a newer version" 'made by a newer spoor' \
	"$dir/d.scap.zst" -o "$dir/v1b.db"
refused "a database of others" 'not a database that spoor' \
	"$dir/d.scap.zst" -o "$dir/other.db"
is "which stays as it was" "$(sql "$dir/other.db" .schema)" \
	'CREATE TABLE t (a);'
refused "a text file" 'not a database' "$dir/d.scap.zst" -o "$dir/text.db"
is "which stays, too" "$(cat "$dir/text.db")" \
	'this is not a database, as anyone can see'
refused "a folder" 'not a regular file' "$dir/d.scap.zst" -o "$dir"
refused "no such table" "no table 'nosuch'" "$dir/d.scap.zst" \
	--only nosuch -o "$dir/n.db"
refused "no such folder" 'No such file' "$dir/d.scap.zst" \
	-o "$dir/nosuch/x.db"

"$spoor" load --schema > "$dir/schema.md"
cmp "$dir/schema.md" doc/database.md
verdict $? "doc/database.md is current"
"$spoor" load -q --no-indices "$dir/c.scap.zst" -o "$dir/bare.db"
is "--no-indices" "$(sql "$dir/bare.db" "SELECT count(*) FROM sqlite_schema
	WHERE type = 'index' AND sql IS NOT NULL")" 0
"$spoor" load -q --only processes,dns "$dir/c.scap.zst" -o "$dir/only.db"
is "--only" "$(sql "$dir/only.db" "SELECT (SELECT count(*) FROM raw_events),
	(SELECT count(*) > 0 FROM dns), (SELECT count(*) > 0 FROM processes);
	PRAGMA foreign_key_check")" '0|1|1'
