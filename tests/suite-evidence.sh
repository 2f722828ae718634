#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The state of the evidence: what is missing from a capture is said by every
# command in the same way, and never called complete.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh
. tests/readers.sh

csv() { # csv CAPTURE SQL: the first row
	"$spoor" query "$1" "$2" -m csv 2> /dev/null | tail -n 1 | tr -d '\r'
}
status() {
	csv "$1" "SELECT status, (SELECT group_concat(kind) FROM gaps)
		FROM captures"
}

# all_say CODE PATTERN FILE NAME: every command, with that exit code and line
all_say() {
	bad=
	for command in $readers; do
		read_by "$command" "$3"
		code=$?
		if [ $code != "$1" ]; then
			bad="$bad $command: code $code;"
		elif [ -n "$2" ] && [ "$(grep -c "^spoor [a-z]*: .*$2" \
			"$dir/err")" != 1 ]; then
			bad="$bad $command: $(head -n 1 "$dir/err");"
		elif [ -z "$2" ] && grep -qE '(whole|unfinished|damaged): ' \
			"$dir/err"; then
			bad="$bad $command: $(head -n 1 "$dir/err");"
		fi
	done
	[ -z "$bad" ] || echo "$bad"
	[ -z "$bad" ]
	verdict $? "$4"
}

in_place() { # in_place FILE: what query and print say is the same
	read_by question "$1"
	asked=$(sed -n 's/^spoor query: //p' "$dir/err")
	read_by query "$1"
	[ "$asked" = "$(sed -n 's/^spoor query: //p' "$dir/err")" ] || {
		cat "$dir/err"
		return 1
	}
	read_by print "$1"
	[ "$asked" = "$(sed -n 's/^spoor print: //p' "$dir/err")" ]
}

# A frame a second: several, of which some can be damaged.
timeout 60 "$spoor" record -o "$dir/a.scap.zst" -- sh -c 'i=0
	while [ $i -lt 5 ]; do
		i=$((i + 1)); ls /etc/apt; cat /etc/hostname; sleep 1.05
	done' > /dev/null 2> "$dir/log" || cat "$dir/log"
frames=$("$spoor" info --json "$dir/a.scap.zst" | jq .frames)
all=$("$spoor" print "$dir/a.scap.zst" -p '%evt.num' | wc -l)
[ "$frames" -gt 3 ] && [ "$all" -gt 200 ]
verdict $? "a recording of $all events in $frames frames"
all_say 0 '' "$dir/a.scap.zst" "a whole capture: exit code 0, not a word"
same "it is whole" "$(status "$dir/a.scap.zst")" 'whole,'
"$spoor" info "$dir/a.scap.zst" | grep -q '^Checksums:  zstd'
verdict $? "info: it has checksums"
zstd -qdf "$dir/a.scap.zst" -o "$dir/a.scap"
gzip -kf "$dir/a.scap"
"$spoor" info "$dir/a.scap" > "$dir/out"
grep -q '^Checksums:  none' "$dir/out" && grep -q '^Lost:       unknown' \
	"$dir/out" && "$spoor" info "$dir/a.scap.gz" |
	grep -q '^Checksums:  gzip'
verdict $? "info: a plain capture has no checksums, gzip has"
same "trust: the same" "$("$spoor" query trust "$dir/a.scap" -m json |
	jq -r '.rows[0].checksums')" none

# The recorder is killed: nothing says that the recording was ended.
for engine in inject ptrace; do
	mkdir "$dir/$engine"
	"$spoor" record --engine $engine -o "$dir/$engine/k.scap.zst" -- \
		sh -c 'echo $$ > '"$dir/$engine"'/pid
		while :; do cat /etc/hostname; done' > /dev/null 2> "$dir/log" &
	recorder=$!
	k=$dir/$engine/k.scap.zst
	i=0
	while [ $i -lt 100 ] && [ "$(stat -c %s "$k" 2> /dev/null || echo 0)" \
		-lt 4000 ]; do
		i=$((i + 1))
		sleep 0.1
	done
	if ! kill -0 $recorder 2> /dev/null; then
		echo "SKIP $engine: does not record here"
		continue
	fi
	read_by print "$k"
	[ $? = 0 ] && grep -q 'unfinished: the recording goes on' "$dir/err"
	verdict $? "$engine: while it is recorded, it is not damaged"
	kill -9 $recorder
	wait $recorder 2> /dev/null
	kill -9 "$(cat "$dir/$engine/pid")" 2> /dev/null
	same "$engine: killed" "$(status "$k" | cut -d , -f 1)" unfinished
	[ $engine = inject ] || continue
	all_say 0 'unfinished: ' "$k" "killed: every command says unfinished"
	"$spoor" query ran "$k" 2> /dev/null | tail -n 1 |
		grep -q '^incomplete: .*unfinished'
	verdict $? "killed: the line below a ready question"
	for copy in copy.scap.zst copy.scap; do
		"$spoor" convert "$k" -o "$dir/$copy" > /dev/null 2>&1
		same "killed: $copy says so" "$(status "$dir/$copy")" \
			'unfinished,unfinished'
		"$spoor" info "$dir/$copy" 2> /dev/null |
			grep -q '^Lost:       unknown'
		verdict $? "killed: $copy does not know what was lost"
	done
	read_by index "$k"
	[ $? = 1 ] && grep -q 'not a capture that spoor finished' "$dir/err"
	verdict $? "killed: it gets no index"
done

# Killed before there is any event: the head of the file is there.
i=0
good=0
while [ $i -lt 5 ]; do
	i=$((i + 1))
	rm -f "$dir/h.scap.zst"
	"$spoor" record -o "$dir/h.scap.zst" -- sleep 0.4 > /dev/null 2>&1 &
	recorder=$!
	while [ ! -e "$dir/h.scap.zst" ] && kill -0 $recorder 2> /dev/null; do
		:
	done
	sleep 0.0$i
	kill -9 $recorder 2> /dev/null
	wait $recorder 2> /dev/null
	read_by print "$dir/h.scap.zst" && grep -q 'unfinished: ' "$dir/err" &&
		[ "$(status "$dir/h.scap.zst" | cut -d , -f 1)" = unfinished ] &&
		good=$((good + 1))
done
same "killed at once: readable, and unfinished" "$good" 5

# Files of a rotated recording.
mkdir "$dir/s"
"$spoor" record -o "$dir/s/r.scap.zst" -e 500 -- sh -c 'i=0
	while [ $i -lt 20 ]; do
		i=$((i + 1)); cat /etc/hostname; ls /usr/bin
	done' > /dev/null 2>&1
files=$(find "$dir/s" -name 'r.scap.zst*' | wc -l)
total=$(csv "$dir/s" 'SELECT count(*) FROM events')
[ "$files" -gt 5 ] && same "a series is whole" "$(status "$dir/s")" 'whole,'
last=$((files - 1))
# Facts of containers begin each file, too, but count once.
greatest=$(csv "$dir/s" 'SELECT max(num) FROM events')
num_of() { # num_of NUMBER...: of the last event in those files
	for number; do
		shift
		set -- "$@" "$dir/s/r.scap.zst$number"
	done
	"$spoor" print "$@" -p '%evt.num' 2> /dev/null | tail -n 1
}
before2=$(num_of 0 1)
before3=$(num_of 0 1 2)
third=$(($(num_of 0 1 2 3) - before3))
same "-e 500: events that are new in a file" "$third" 500
copy_series() { # copy_series [FILE...]: without these
	rm -rf "$dir/m"
	cp -r "$dir/s" "$dir/m"
	for number; do rm "$dir/m/r.scap.zst$number"; done
}
missing() {
	read_by print "$dir/m"
	echo "$? $(grep -o 'file[^:]*: not here: [0-9a-z]*' "$dir/err")"
}
copy_series 3
same "a file in the middle" "$(missing)" \
	"1 file 3 of the recording: not here: $third"
same "its place" "$(csv "$dir/m" "SELECT kind, count, num FROM gaps")" \
	"missing,$third,$before3"
same "numbers of events are those of the recording" \
	"$(csv "$dir/m" 'SELECT max(num), count(*) FROM events')" \
	"$greatest,$((total - third))"
same "the same loaded" "$("$spoor" load -q "$dir/m" -o "$dir/m.db" \
	2> /dev/null; sqlite3 "$dir/m.db" 'SELECT status, count(*), max(num)
	FROM captures JOIN events USING (capture_id)')" \
	"incomplete|$((total - third))|$greatest"
in_place "$dir/m"
verdict $? "a file in the middle: read in place, the same line"
copy_series 0 1
in_place "$dir/m"
verdict $? "the first files: read in place, the same line"
same "the first files" "$(missing)" \
	"1 files 0 to 1 of the recording: not here: $before2"
copy_series $last
same "the last file" "$(missing)" \
	"1 files after number $((last - 1)) of the recording: not here: how"
[ "$(csv "$dir/m" 'SELECT status FROM captures')" = incomplete ]
verdict $? "the database says incomplete"
copy_series
head -c 3000 "$dir/s/r.scap.zst$last" > "$dir/m/r.scap.zst$last"
same "the last file is cut" "$(status "$dir/m")" 'damaged,truncated'

# One file that is given alone is a capture of its own.
for number in 0 3 $last; do
	cp "$dir/s/r.scap.zst$number" "$dir/one.scap.zst"
	all_say 0 "alone: file $number of a recording; its other files were not given" \
		"$dir/one.scap.zst" "file $number alone: every command says so"
	same "file $number alone: its state" "$(status "$dir/one.scap.zst")" \
		whole,alone
done
in_place "$dir/one.scap.zst"
verdict $? "a file alone: read in place, the same line"
head -c 3000 "$dir/s/r.scap.zst3" > "$dir/one.scap.zst"
same "a file alone that is cut" "$(status "$dir/one.scap.zst")" \
	'damaged,"truncated,alone"'

# -W: the recorder removed them; in a folder, the oldest has not the first name.
mkdir "$dir/w"
"$spoor" record -o "$dir/w/r.scap.zst" -e 500 -W 3 \
	-n $((third * 9 / 2)) -- sh -c 'i=0
	while [ $i -lt 20 ]; do
		i=$((i + 1)); cat /etc/hostname; ls /usr/bin
	done' > /dev/null 2>&1
read_by print "$dir/w"
[ $? = 0 ] && grep -q 'files 0 to 1 .*removed while recording (-W): [0-9]* events' \
	"$dir/err"
verdict $? "-W: what the recorder removed is no damage"
shown=$(wc -l < "$dir/out")
one="SELECT count(DISTINCT capture_id), min(capture_id), count(*),
	min(ts_ns) = (SELECT ts_ns FROM events ORDER BY num LIMIT 1)
	FROM events"
same "-W: a folder is one capture, in order" "$(csv "$dir/w" "$one")" \
	"1,1,$shown,1"
same "-W: files named in any order, too" "$("$spoor" query "$dir/w/r.scap.zst0" \
	"$dir/w/r.scap.zst2" "$dir/w/r.scap.zst1" "$one" -m csv 2> /dev/null |
	tail -n 1 | tr -d '\r')" "1,1,$shown,1"
joined="SELECT count(DISTINCT e.capture_id), count(*), sum(p.name IS NOT NULL)
	FROM events e JOIN processes p ON p.process_id = e.process_id"
[ "$(csv "$dir/w" "$joined" | cut -d , -f 1)" = 1 ]
verdict $? "-W: events and their processes are of one capture"
rm "$dir/w/r.scap.zst2"
read_by print "$dir/w"
[ $? = 1 ] && grep -q 'file 2 of the recording: not here' "$dir/err"
verdict $? "-W: the oldest that was kept is missing"

# What was left out on purpose.
"$spoor" record --syscalls execve,openat -o "$dir/f.scap.zst" -- \
	cat /etc/hostname > /dev/null 2>&1
all_say 0 'filtered: not recorded: connect, .*execve,openat' "$dir/f.scap.zst" \
	"--syscalls: every command says what was not recorded"
"$spoor" query outbound "$dir/f.scap.zst" 2> /dev/null | tail -n 1 |
	grep -q '^incomplete: .*not recorded: connect'
verdict $? "--syscalls: the line below a ready question"
for copy in part.scap.zst part.scap; do
	"$spoor" convert "$dir/a.scap.zst" -o "$dir/$copy" \
		'proc.name = cat' > /dev/null 2>&1
	[ "$(status "$dir/$copy")" = whole,filtered ] &&
		"$spoor" info "$dir/$copy" 2>&1 |
		grep -q 'only events were kept that match: proc.name = cat'
	verdict $? "convert: $copy says its filter"
done
"$spoor" convert "$dir/part.scap.zst" -o "$dir/parts.scap.zst" \
	'evt.type = openat' > /dev/null 2>&1
same "convert twice: both filters" "$(csv "$dir/parts.scap.zst" \
	'SELECT count(*) FROM gaps')" 2
"$spoor" convert "$dir/a.scap.zst" -o "$dir/old.scap" --compat sysdig-0.29 \
	> /dev/null 2>&1
same "--compat says what it left out" "$(status "$dir/old.scap")" whole,compat
head -c -1000 "$dir/part.scap" > "$dir/short.scap"
read_by print "$dir/short.scap"
[ $? = 1 ]
verdict $? "a converted capture that was cut is damaged"

# Damage: every command gets all whole frames, and says the same.
sh tests/bench/damage.sh "$build" 8 > "$dir/out" 2>&1
result=$?
[ $result = 0 ] || head -n 20 "$dir/out"
verdict $result "$(tail -n 1 "$dir/out")"
size=$(stat -c %s "$dir/a.scap.zst")
cp "$dir/a.scap.zst" "$dir/d.scap.zst"
flip "$dir/d.scap.zst" $((size / 4)) 3
all_say 1 ': at byte [0-9]*: damaged: .* bytes, [0-9]* events*$' \
	"$dir/d.scap.zst" "a flipped bit: every command says where"
in_place "$dir/d.scap.zst"
verdict $? "a flipped bit: read in place, the same place and number"
kept=$(events_of print "$dir/d.scap.zst")
lost=$(sed -n 's/.* bytes, \([0-9]*\) events*$/\1/p' "$dir/err")
# In the first frame: facts that are not shown are missing, too.
same "a flipped bit: what is missing is counted" "$((kept + lost))" \
	"$("$spoor" print "$dir/a.scap.zst" -p '%evt.num' | tail -n 1)"
read_by index "$dir/d.scap.zst"
[ $? = 1 ] && grep -q 'damaged: ' "$dir/err"
verdict $? "a damaged capture gets no index"
# A bit that zstd does not look at: the mark of the frame tells.
frame=$(sed -n 's/.*: at byte \([0-9]*\): .*/\1/p' "$dir/err")
cp "$dir/a.scap.zst" "$dir/d.scap.zst"
flip "$dir/d.scap.zst" $((frame + 4)) 4
zstd -qt "$dir/d.scap.zst"
verdict $? "a flipped bit that zstd does not look at"
for command in $counted; do
	echo "$(events_of "$command" "$dir/d.scap.zst") $(cat "$dir/code")"
done | sort -u > "$dir/got"
same "every command notices it, and gets the same" "$(cat "$dir/got")" \
	"$kept 1"
in_place "$dir/d.scap.zst"
verdict $? "it is told with the same place and number"

# Files that are no captures, among others: what could be read is used.
mkdir "$dir/mixed"
cp "$dir/a.scap.zst" "$dir/mixed/a.scap.zst"
echo 'no capture' > "$dir/mixed/b.scap"
: > "$dir/mixed/e.scap.zst"
events=$("$spoor" print "$dir/a.scap.zst" -p '%evt.num' | wc -l)
for command in print replay load query report export; do
	read_by $command "$dir/mixed" > "$dir/out" 2> "$dir/err"
	[ $? = 1 ] && grep -q 'b.scap: .*not a capture' "$dir/err" &&
		grep -q 'e.scap.zst: .*not a capture' "$dir/err"
	verdict $? "$command of a folder with other files: names them, exit 1"
done
same "in place, of such a folder, all events that are there" \
	"$(csv "$dir/mixed" 'SELECT count(*) FROM events')" "$events"
"$spoor" load --force "$dir/mixed" -o "$dir/mixed.db" 2> "$dir/err"
same "loaded, each file has its status" \
	"$("$spoor" query "$dir/mixed.db" 'SELECT group_concat(status ||
		events) FROM captures' -m csv 2> /dev/null | tail -n 1 |
		tr -d '"\r')" "whole$events,damaged0,damaged0"

# Captures that were joined to one file, as sections of it.
cat "$dir/a.scap.zst" "$dir/a.scap.zst" > "$dir/joined.scap.zst"
"$spoor" print "$dir/joined.scap.zst" -p '%evt.num' > "$dir/out" 2> "$dir/err"
same "captures joined to one file: all is read, nothing is missing" \
	"$? $(wc -l < "$dir/out") $(grep -c damaged "$dir/err")" \
	"0 $((2 * events)) 0"
