#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Truth: a small world (tests/workloads/world.c) writes down what it does;
# tables, views, questions and exports must agree with that, whichever engine
# recorded it, and so must strace of another run.
. tests/alone.sh
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
chmod 755 "$dir"
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

ask() {
	sqlite3 -batch "$db" "$1"
}

# told NAME KIND SQL: the lines of the truth of that kind, as SQL gives them
told() {
	grep "^$2|" "$truth" | sort > "$dir/wanted"
	ask "$3" | sort > "$dir/got"
	cmp -s "$dir/wanted" "$dir/got" && [ -s "$dir/wanted" ]
	code=$?
	[ $code = 0 ] || diff "$dir/wanted" "$dir/got" | head -n 12
	verdict $code "$engine: $1 ($(wc -l < "$dir/wanted"))"
}

# answered NAME WANTED QUESTION COLUMNS: lines of these columns, as CSV
answered() {
	"$spoor" query "$3" "$db" --csv 2> /dev/null | tr -d '\r' |
		cut -d , -f "$4" | grep "$world" | sort > "$dir/got"
	sort "$dir/wanted" > "$dir/sorted"
	cmp -s "$dir/sorted" "$dir/got" && [ -s "$dir/got" ]
	code=$?
	[ $code = 0 ] || diff "$dir/sorted" "$dir/got" | head -n 12
	verdict $code "$engine: $1 ($(wc -l < "$dir/got"))"
}

tables() {
	told "what was done to files, and as whom" file "SELECT 'file', pid,
		operation, path, coalesce(target, ''), res, uid, ruid
		FROM files WHERE $mine"
	told "the same in process_file_events" file "SELECT 'file', pid,
		operation, path, coalesce(dest_path, ''), res, euid, uid
		FROM process_file_events WHERE $mine"
	told "bytes read and written" io "SELECT 'io', p.pid, s.text,
		sum(bytes_read), sum(bytes_written) FROM file_io
		JOIN strings s ON string_id = path_id
		JOIN processes p USING (process_id) WHERE s.text IN ($(grep \
		'^io|' "$truth" | cut -d '|' -f 3 | sed "s/.*/'&'/" |
		paste -sd ,)) GROUP BY 2, 3 HAVING sum(reads + writes)"
	told "bytes mapped" mapped "SELECT 'mapped', p.pid, s.text,
		sum(mapped) FROM file_io JOIN strings s ON string_id = path_id
		JOIN processes p USING (process_id) WHERE mapped AND
		s.text GLOB '$world/*' GROUP BY 2, 3"
	told "what paths mean" means "SELECT 'means', pid, path,
		coalesce(object, '') FROM files WHERE operation = 'openat' AND
		$mine AND pid IN ($(grep '^means|' "$truth" |
		cut -d '|' -f 2 | sort -u))"
	told "programs: arguments, directory, users" exec "SELECT 'exec', pid,
		cmdline, cwd, uid, ruid FROM processes WHERE origin = 'exec'
		AND name IN ('true', 'script.sh')"
	told "the same in process_events" exec "SELECT 'exec', pid, cmdline,
		cwd, euid, uid FROM process_events
		WHERE name IN ('true', 'script.sh')"
	told "programs that could not be run" vain "SELECT 'vain', pid,
		fd_name, res FROM events WHERE type GLOB 'exec*' AND res < 0"
	told "how processes ended" exit "SELECT 'exit', pid, coalesce(
		exit_code, 'signal ' || exit_signal) FROM processes
		WHERE pid IN ($(grep '^exit|' "$truth" | cut -d '|' -f 2 |
		paste -sd ,)) AND coalesce(exit_code, exit_signal) IS NOT NULL"
	same "$engine: bytes of files by second" "$(ask "SELECT (SELECT sum(
		bytes) FROM timeline WHERE class = 'file read'), (SELECT
		sum(bytes) FROM timeline WHERE class = 'file write')")" \
		"$(ask "SELECT sum(bytes_read), sum(bytes_written)
		FROM file_io")"
	told "who became whom" user "SELECT 'user', pid, call, uid_before,
		uid_after, ruid_before, ruid_after, u.res FROM user_changes u
		JOIN processes USING (process_id) WHERE call GLOB 'set*'"
}

# What is derived from the same facts: views and questions.
answers() {
	grep -E '^file\|[0-9]+\|((rename|unlink|rmdir|f?truncate)|openat.*/cut.*\|5\|)' \
		"$truth" | awk -F '|' -v OFS=, '{ print $4, $5 }' > "$dir/wanted"
	answered "removed" "$dir/wanted" removed 4,5
	ask "SELECT target_path, action FROM file_events
		WHERE target_path GLOB '$world/*' AND action LIKE 'MOVED%'" |
		sort > "$dir/got"
	grep -E '^file\|[0-9]+\|rename' "$truth" |
		awk -F '|' -v OFS='|' '{ print $4, "MOVED_FROM"
			print $5, "MOVED_TO" }' | sort > "$dir/wanted"
	cmp -s "$dir/wanted" "$dir/got" && [ -s "$dir/got" ]
	verdict $? "$engine: file_events: both ends of $(wc -l < "$dir/got")"
	grep '^file|.*|/etc/shadow|' "$truth" |
		awk -F '|' -v OFS=, '{ print $4, $2, $6 }' > "$dir/wanted"
	"$spoor" query credentials "$db" --csv 2> /dev/null | tr -d '\r' |
		awk -F , -v OFS=, '/world/ && $2 ~ /shadow/ {
			print $2, $4, $7 }' > "$dir/got"
	same "$engine: credentials" "$(cat "$dir/got")" "$(cat "$dir/wanted")"
	same "$engine: dropped" "$("$spoor" query dropped "$db" --csv \
		2> /dev/null | tr -d '\r' | grep "^$world" |
		awk -F , '{ print $5 "|" $7 }')" \
		"$(sed -n 's/^dropped|//p' "$truth")"
	same "$engine: privileges" "$("$spoor" query privileges "$db" --csv \
		2> /dev/null | tr -d '\r' | grep -c ',set[a-z]*id,')" \
		"$(grep -c '^user|' "$truth")"
	same "$engine: no gap" "$(ask "SELECT count(*) || ' gaps' FROM gaps")" \
		'0 gaps'
	for form in ecs ocsf; do
		"$spoor" export "$db" --format $form --only files |
			jq -r 'select((.file.path // "") |
			startswith("'"$world"'")) | .user.id //
			.actor.process.user.uid' | sort | uniq -c | paste -sd ";" - > "$dir/got"
		grep '^file|' "$truth" | awk -F '|' -v w="$world" '
			index($4, w) == 1 { print $7 }' | sort |
			uniq -c | paste -sd ";" - > "$dir/wanted"
		same "$engine: $form: users of files" "$(cat "$dir/got")" \
			"$(cat "$dir/wanted")"
	done
}

# The calls of the world as strace -y gives them: operation, path, target, res.
# Paths are made whole by what strace says of descriptors and directories.
traced() {
	world=$dir/traced
	mkdir -m 755 "$world"
	truth=$dir/truth.traced
	engine=strace
	strace -f -y -qq -s 1000 -e signal=none \
		-e trace=%file,fchmod,fchdir,ftruncate -o "$dir/strace" \
		"$build/workloads/world" "$world" "$truth"
	awk -f tests/engines/paths.awk "$dir/strace" | grep "$world/" |
		grep -v /proc/ | grep -v "|$world/jail/" | sort > "$dir/got"
	grep '^file|' "$truth" | grep "$world" | grep -v '/proc/' |
		grep -v "|$world/jail/" |
		awk -F '|' -v OFS='|' '{ print $3, $4, $5, $6 }' |
		sort > "$dir/wanted"
	cmp -s "$dir/wanted" "$dir/got" && [ -s "$dir/got" ]
	code=$?
	[ $code = 0 ] || diff "$dir/wanted" "$dir/got" | head -n 12
	verdict $code "strace tells the same of $(wc -l < "$dir/got") calls"
}

# What only programs do: users by su, applets, long lines, merged folders.
programs() {
	mkdir -m 755 "$dir/p"
	cat > "$dir/p.sh" << 'END'
cd "$1" || exit 1
busybox sh -c 'cat /etc/hostname; sleep 0' > /dev/null
su -s /bin/sh nobody -c 'passwd -S nobody' > /dev/null
perl -e 'exec { "/bin/true" } "true", "A" x 9000, "end"'
cp /bin/true got.part; mv got.part got; ./got
printf 'echo hello\n' > told.part; mv told.part told; sh told > /dev/null
ln -s /etc/shadow way; cat way > /dev/null
# On the file system of its target: over another one mv(1) copies.
echo line > /etc/spoor-line; mv /etc/spoor-line /etc/cron.d/spoor-truth
rm /etc/cron.d/spoor-truth
cp told /lib/systemd/system/spoor-truth.service
rm /lib/systemd/system/spoor-truth.service
END
	"$spoor" record -o "$dir/p.scap.zst" -- sh "$dir/p.sh" "$dir/p" \
		> "$dir/log" 2>&1 || cat "$dir/log"
	db=$dir/p.db
	engine=programs
	"$spoor" load -q "$dir/p.scap.zst" -o "$db" 2> "$dir/log" ||
		cat "$dir/log"
	same "applets by their names" "$(ask "SELECT group_concat(cmdline, ';')
		FROM processes WHERE origin = 'exec' AND exe IN ('cat', 'sleep')
		AND path GLOB '*/busybox'")" 'cat /etc/hostname;sleep 0'
	same "su, then a set-uid program: real and effective user" \
		"$(ask "SELECT uid || ' ' || euid FROM process_events
		WHERE path GLOB '*/passwd'")" '65534 0'
	same "a command line that is cut is told" "$(ask "SELECT overflows ||
		(cmdline_size IS NULL) FROM process_events
		WHERE cmdline GLOB 'true AAA*'; SELECT kind, count FROM gaps
		WHERE kind = 'cut'" | paste -sd ' ' -)" 'cmdline1 cut|1'
	same "what was written, then ran by any name" \
		"$("$spoor" query dropped "$db" --csv 2> /dev/null |
		tr -d '\r' | grep "^$dir/p/" | cut -d , -f 1,6 |
		sed "s|$dir/p/||" | paste -sd ';' -)" 'got.part,./got;told.part,sh told'
	same "credentials by a link" "$("$spoor" query credentials "$db" \
		--csv 2> /dev/null | tr -d '\r' | grep ',cat way,' |
		cut -d , -f 2,7,9)" "/etc/shadow,3,$dir/p/way"
	same "persistence by a rename, and below /lib" "$("$spoor" query \
		persistence "$db" --csv 2> /dev/null | grep -c spoor-truth)" 4
}

# Who enters a container, by its runtime or by its namespaces, and who does not.
entered() {
	command -v runc busybox > /dev/null || {
		echo "SKIP who entered a container: no runc or busybox here"
		return
	}
	engine=entered
	db=$dir/n.db
	id=$(printf '%064x' $$)
	root=$dir/n/rootfs
	mkdir -p "$root/bin" "$root/proc" "$root/tmp"
	cp "$(command -v busybox)" "$root/bin/"
	for applet in sh sleep; do
		ln -s busybox "$root/bin/$applet"
	done
	(cd "$dir/n" && runc spec)
	jq '.process.terminal = false | .process.args = ["sleep", "30"] |
		.linux.cgroupsPath = "/docker/'"$id"'"' "$dir/n/config.json" \
		> "$dir/n/new" && mv "$dir/n/new" "$dir/n/config.json"
	cat > "$dir/n.sh" << 'END'
cd "$1" || exit 1
runc run -d "$2" < /dev/null > /dev/null 2>&1 || exit 1
pid=$(runc state "$2" | jq .pid)
runc exec "$2" sh -c 'echo > /tmp/by-exec'
nsenter -t "$pid" -a /bin/sh -c 'echo > /tmp/by-nsenter'
nsenter -t "$pid" -n sh -c ': by the network alone'
unshare -m sh -c ': in namespaces of its own'
runc kill "$2" KILL
sleep 0.3
runc delete -f "$2"
END
	if ! "$spoor" record -o "$dir/n.scap.zst" -- sh "$dir/n.sh" \
		"$dir/n" "$id" > "$dir/log" 2>&1; then
		echo "SKIP who entered a container: runc cannot run here"
		return
	fi
	"$spoor" load -q "$dir/n.scap.zst" -o "$db" 2> "$dir/log" ||
		cat "$dir/log"
	same "runc exec and nsenter come from outside, unshare does not" \
		"$(ask "SELECT group_concat(cmdline || '|' ||
		iif(session_id = (SELECT session_id FROM processes
		WHERE cmdline GLOB 'sh *n.sh *' AND origin = 'exec'), 'own',
		kind) ||
		coalesce(' ' || (coalesce(entered, container_id) =
		'$(echo "$id" | cut -c 1-12)'), ''), ';') FROM (SELECT * FROM
		processes JOIN sessions USING (session_id) WHERE origin =
		'exec' AND path GLOB '*sh' AND (cmdline GLOB '*by*' OR cmdline
		GLOB '*own') AND cmdline NOT GLOB 'nsenter*'
		AND cmdline NOT GLOB 'unshare*' AND cmdline NOT GLOB '*n.sh*'
		OR path GLOB '*/busybox' AND cmdline GLOB '*by-*'
		ORDER BY process_id)")" \
		"sh -c echo > /tmp/by-exec|outside 1;$(
		)/bin/sh -c echo > /tmp/by-nsenter|outside 1;$(
		)sh -c : by the network alone|own 0;$(
		)sh -c : in namespaces of its own|own 0"
	same "what it wrote there is a file of the container" "$(ask "SELECT
		container_id = '$(echo "$id" | cut -c 1-12)' FROM files
		WHERE path = '/tmp/by-nsenter'")" 1
}

# Of old captures: sendfile sends what it reads; how processes ended.
old_captures() {
	old=$(echo ../shared/captures/*example5_nginx*)
	[ ! -f "$old" ] || same "sendfile by second, on both sides" \
		"$("$spoor" query "$old" "SELECT (SELECT sum(bytes) FROM
		timeline WHERE class = 'net out') - (SELECT sum(bytes_sent)
		FROM connections), (SELECT sum(bytes) FROM timeline WHERE
		class = 'file read')" --csv 2> /dev/null | tail -n 1 |
		tr -d '\r')" 0,20480000
	old=$(echo ../shared/captures/troubleshooting*)
	if [ ! -f "$old" ]; then
		echo "SKIP exit codes of an old capture: it is not here"
		return
	fi
	"$spoor" print "$old" 'evt.type = procexit' \
		-p '%thread.tid %proc.pid %evt.arg.status' |
		awk '$1 == $2 { print $2, $3 }' > "$dir/ends"
	"$spoor" query "$old" "SELECT pid, coalesce(exit_code * 256,
		exit_signal) AS status FROM processes WHERE exit_code IS NOT NULL
		OR exit_signal IS NOT NULL ORDER BY end_ns" --csv 2> /dev/null |
		tr -d '\r' | tail -n +2 | tr , ' ' > "$dir/got"
	cmp -s "$dir/ends" "$dir/got" && [ -s "$dir/got" ]
	verdict $? "exit codes of an old capture ($(wc -l < "$dir/got"))"
}

if [ "$(id -u)" != 0 ]; then
	echo "SKIP the truth: the world sets users, which only root may"
	exit
fi
for engine in ${ENGINES:-inject ptrace}; do
	world=$dir/$engine
	truth=$dir/truth.$engine
	db=$dir/$engine.db
	mkdir -m 755 "$world"
	timeout 120 "$spoor" record --engine "$engine" -o "$dir/c.scap.zst" -- \
		"$build/workloads/world" "$world" "$truth" 2> "$dir/log" ||
		cat "$dir/log"
	"$spoor" load -q "$dir/c.scap.zst" -o "$db" 2> "$dir/log" ||
		cat "$dir/log"
	# Files of libc and the truth itself are not told of.
	mine="(path GLOB '$world/*' OR path GLOB '/proc/self/*'
		OR path = '/etc/shadow')"
	tables
	answers
	rm -f "$dir/c.scap.zst"
done
if command -v strace > /dev/null; then
	traced
else
	echo "SKIP strace tells the same: it is not here"
fi
programs
entered
old_captures
