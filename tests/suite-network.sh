#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Connections, sockets that wait and names: tests/workloads/network.c writes
# down what it does; what SQL and the ready questions say of its recordings by
# every engine is compared with that, and so is what strace -f -y saw.
build=$1
spoor=$build/spoor
engines=${ENGINES:-ptrace inject}
dir=$(mktemp -d)
pids=
trap 'kill $pids 2> /dev/null; rm -rf "$dir"' EXIT

. tests/checks.sh
. tests/servers.sh

sql() {
	sqlite3 -separator ' ' "$dir/$engine.db" "$1"
}

# agree NAME: what was told of it is what happened
agree() {
	sort "$dir/wanted" > "$dir/wanted.sorted"
	sort "$dir/got" > "$dir/got.sorted"
	[ -s "$dir/wanted" ] && cmp -s "$dir/wanted.sorted" "$dir/got.sorted"
	code=$?
	[ $code = 0 ] || diff "$dir/wanted.sorted" "$dir/got.sorted" | head -40
	verdict $code "$engine: $1 ($(wc -l < "$dir/wanted") facts)"
}

end="iif(n.family = 'ipv6', '[' || %.address || ']', %.address) || ':' || %.port"
local=$(echo "$end" | sed 's/%./n.local_/g')
remote=$(echo "$end" | sed 's/%./n.remote_/g')

# Whose pids the workload told.
compare() {
	grep '^connection' "$dir/facts" > "$dir/wanted"
	sql "SELECT 'connection', p.pid, n.role, coalesce(n.protocol, n.family),
		coalesce(n.path, $local, '-'), coalesce($remote, '-'),
		coalesce(n.res, '-'), n.bytes_sent, n.bytes_received
		FROM connections n JOIN processes p USING (process_id)
		WHERE p.name = 'network' AND n.made_by IS NOT 'start' AND
		(n.path IS NOT NULL OR n.remote_address IS NOT NULL)" \
		> "$dir/got"
	agree "connections"
	grep '^listening' "$dir/facts" > "$dir/wanted"
	"$spoor" query listening "$dir/$engine.db" --csv 2> "$dir/err" |
		tr -d '\r' | awk -F, '$6 == "network" && $2 != "start" {
			if ($3 ~ /:/) $3 = "[" $3 "]"
			print "listening", $7, $5, $3 ":" $4 }' > "$dir/got"
	agree "listening"
	grep '^scan' "$dir/facts" > "$dir/wanted"
	"$spoor" query scans "$dir/$engine.db" --least 8 --csv 2> "$dir/err" |
		tr -d '\r' | awk -F, '$2 == "network" {
			print "scan", $3, $1, $4, $5, $6, $8 }' > "$dir/got"
	agree "scans"
}

# Of the processes that asked; -s 80 is what is recorded of other data.
compare_names() {
	grep '^name' "$dir/facts" > "$dir/wanted"
	sql "SELECT 'name', p.pid, d.direction, d.question, d.name, d.type,
		coalesce(d.answer, '-') FROM dns d JOIN processes p
		USING (process_id) WHERE p.pid IN
		($(awk '{ print $2 }' "$dir/wanted" | sort -u | paste -sd,))" \
		> "$dir/got"
	agree "names looked up"
	grep '^called' "$dir/facts" > "$dir/wanted"
	sql "SELECT 'called', ProcessId, DestinationIp,
		coalesce(DestinationHostname, '-') FROM network_connection
		WHERE Initiated = 'true' AND Protocol = 'tcp' AND
		DestinationPort <> 53 AND Image LIKE '%/resolving'" > "$dir/got"
	agree "names of connections"
	same "$engine: no message is cut" "$(sql 'SELECT count(*) > 100,
		sum(is_cut) FROM dns')" "1 0"
	same "$engine: other data is" "$("$spoor" print "$dir/$engine.scap.zst" \
		'evt.is_io_write = true and evt.buflen > 80 and
		fd.sport != 53 and evt.type = send' | wc -l)" 0
}

# The same run again, without a recorder: calls and what came of them.
as_strace() {
	mkdir "$dir/strace.$engine"
	strace -f -y -qq -o "$dir/strace" \
		-e trace=connect,bind,listen,accept,accept4,sendto,recvfrom \
		"$build/workloads/network" "$dir/strace.$engine" > "$dir/out"
	sed -n 's/^[0-9]* *\([a-z0-9]*\)(.* = \(-\{0,1\}[0-9]*\).*/\1 \2/p' \
		"$dir/strace" | awk '{ n = $2 < 0 ? "failed" : "done"
			count[$1 " " n]++
			if ($1 ~ /^(send|recv)/ && $2 > 0) bytes[$1] += $2
		} END { for (c in count) print c, count[c]
			for (b in bytes) print b, "bytes", bytes[b] }' \
		> "$dir/wanted"
	sql "SELECT type, iif(res < 0, 'failed', 'done'), count(*) FROM events
		WHERE process = 'network' AND type IN ('connect', 'bind',
		'listen', 'accept', 'accept4', 'sendto', 'recvfrom')
		GROUP BY 1, 2 UNION ALL SELECT type, 'bytes', sum(res)
		FROM events WHERE process = 'network' AND res > 0
		AND type IN ('sendto', 'recvfrom') GROUP BY 1" > "$dir/got"
	agree "as strace -f -y tells it"
	# All that was sent and received is in a connection.
	same "$engine: no byte of sockets is in none" "$(sql "SELECT
		(SELECT sum(res) FROM events WHERE process = 'network' AND
		res > 0 AND type IN ('sendto', 'sendmsg', 'sendmmsg')),
		(SELECT sum(res) FROM events WHERE process = 'network' AND
		res > 0 AND type IN ('recvfrom', 'recvmsg', 'recvmmsg'))" |
		tr ' ' '|')" "$(sql "SELECT sum(bytes_sent) - (SELECT sum(res)
		FROM events e WHERE process = 'network' AND type = 'write' AND
		fd_name LIKE '%/stream%'  OR type = 'write' AND
		fd_name LIKE '%@abstract%'), sum(bytes_received) -
		(SELECT sum(res) FROM events WHERE process = 'network' AND
		type = 'read' AND fd_name LIKE '127.%')
		FROM connections JOIN processes p USING (process_id)
		WHERE p.name = 'network'" | tr ' ' '|')"
}

# story WORKLOAD COMPARE ARGUMENTS...
story() {
	workload=$1
	compares=$2
	shift 2
	timeout 120 "$spoor" record --force --engine "$engine" \
		-o "$dir/$engine.scap.zst" -- "$build/workloads/$workload" \
		"$@" > "$dir/facts" 2> "$dir/log"
	code=$?
	[ $code = 0 ] || cat "$dir/log"
	verdict $code "$engine: $workload is as without a recorder"
	if [ ! -s "$dir/facts" ]; then
		echo "SKIP $workload ($engine): no network namespaces here"
		return
	fi
	"$spoor" load -q --force "$dir/$engine.scap.zst" -o "$dir/$engine.db"
	$compares
}

for engine in $engines; do
	mkdir "$dir/$engine"
	story network compare "$dir/$engine"
	if [ ! -s "$dir/facts" ] || ! command -v strace > "$dir/log"; then
		echo "SKIP $engine: strace of a network"
	else
		as_strace
	fi
	story resolving compare_names
done

# Who listened before the recording began, and goes on.
"$build/workloads/network" listen > "$dir/port" &
waiting=$!
pids=$waiting
comes test -s "$dir/port"
for engine in $engines; do
	"$spoor" record --engine "$engine" -o "$dir/before.$engine.scap.zst" \
		-- true 2> "$dir/log"
	same "$engine: a port that was open before" "$("$spoor" query listening \
		"$dir/before.$engine.scap.zst" --csv 2> "$dir/err" |
		tr -d '\r' | grep "127.0.0.1,$(cat "$dir/port"),tcp,network" |
		cut -d , -f 2,7)" "start,$waiting"
done
kill $waiting
pids=

# What an answer stands on: it is told what of that is not in the capture.
below() {
	"$spoor" query "$@" 2> /dev/null | tail -n 1 | cut -d ' ' -f 1,5-9
}
"$spoor" record --syscalls execve,execveat,openat -s 80 \
	-o "$dir/part.scap.zst" -- cat /etc/hostname > "$dir/out" 2> "$dir/log"
"$spoor" load -q "$dir/part.scap.zst" -o "$dir/part.db" 2> "$dir/log"
for of in "$dir/part.scap.zst" "$dir/part.db"; do
	form=${of##*.}
	same "$form: what ran is complete" "$(below ran "$of")" \
		"complete: known in this window"
	same "$form: connections are not" "$(below outbound "$of")" \
		"incomplete: not recorded: connect, socket, sendto,"
	same "$form: nor are files" "$(below removed "$of")" \
		"incomplete: not recorded: open, openat2, open_by_handle_at,"
	same "$form: nor is what needs all" "$(below failed "$of" |
		cut -d ' ' -f 1-3)" "incomplete: not recorded:"
	"$spoor" query "$of" 'SELECT count(*) FROM connections' \
		> "$dir/out" 2> "$dir/err"
	grep -q '^incomplete: .*not recorded: connect' "$dir/err"
	verdict $? "$form: SQL is told what its tables stand on"
	"$spoor" query "$of" 'SELECT count(*) FROM processes' \
		> "$dir/out" 2> "$dir/err"
	! grep -q '^incomplete' "$dir/err"
	verdict $? "$form: and only that"
done
