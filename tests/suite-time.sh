#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The wall clock is set forwards and backwards during a recording: the workload
# does not stop, no event is lost or out of order, and the capture records when
# and by how much the clock was set.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh
. tests/servers.sh

cc -shared -fPIC -O1 -o "$dir/step.so" tests/clock/step.c || {
	echo "FAIL time: tests/clock/step.c does not compile"
	exit
}

# set_clock SECONDS: it is, for spoor alone
set_clock() {
	echo "$1" > "$dir/step.new"
	mv "$dir/step.new" "$dir/step"
	sleep 0.6
}

# stepped ENGINE SECONDS: a shell counts while the clock goes there and back
stepped() {
	set_clock 0
	rm -f "$dir/go" "$dir/count"
	# shellcheck disable=SC2016
	STEP=$dir/step LD_PRELOAD=$dir/step.so timeout -k 5 60 "$spoor" record \
		--force --engine "$1" -o "$dir/t.scap.zst" -- \
		env -u LD_PRELOAD sh -c 'i=0
		while [ ! -e "$0/go" ] || [ $i -lt 300 ]; do
			i=$((i + 1)); echo $i > "$0/count"; done' "$dir" \
		2> "$dir/log" &
	recorder=$!
	comes test -s "$dir/count"
	set_clock "$2"
	set_clock 0
	: > "$dir/go"
	wait $recorder
	code=$?
	if grep -q 'needs Linux' "$dir/log"; then
		echo "SKIP $1: clock steps: this engine does not run here"
		return
	fi
	[ $code = 0 ]
	verdict $? "$1, clock set by $2 s and back: all goes on"
	same "$1, clock set by $2 s and back: both steps are told" \
		"$("$spoor" print "$dir/t.scap.zst" \
			'evt.type = notification' -p '%evt.args' |
			sed -n 's/.*was set by \([-+0-9.]*\) s.*/\1/p' |
			awk '{ printf "%+.0f\n", $1 }' | sort -n | tr '\n' ' ')" \
		"$(printf '%+d\n%+d\n' "$2" "$((-$2))" | sort -n | tr '\n' ' ')"
	# What the shell wrote is there, whole and in order.
	"$spoor" print "$dir/t.scap.zst" 'evt.type = write and
		fd.name endswith /count' -p '%evt.buffer' | tr -d '. ' \
		> "$dir/written"
	count=$(cat "$dir/count")
	seq "$count" | cmp -s - "$dir/written"
	verdict $? "$1, clock set by $2 s and back: all writes, in order"
	# Times are those of the wall clock: some far away, first and last not.
	"$spoor" print "$dir/t.scap.zst" -p '%evt.rawtime' |
		awk -v by="$2" 'NR == 1 { first = $1 }
		{ d = ($1 - first) / 1e9 - by; if (d > -300 && d < 300) far++
		  last = ($1 - first) / 1e9 }
		END { exit !(far > 0 && last < 300 && last > -1) }'
	verdict $? "$1, clock set by $2 s and back: times are the wall clock's"
	reads "info" "$1" "$2"
	reads "query ran" "$1" "$2"
	reads "replay -j 2 -r $dir/r.yaml" "$1" "$2"
}

# rotated ENGINE SECONDS: a file a second, whatever the clock says
rotated() {
	set_clock 0
	rm -rf "$dir/files" "$dir/count"
	mkdir "$dir/files"
	# shellcheck disable=SC2016
	STEP=$dir/step LD_PRELOAD=$dir/step.so timeout -k 5 60 "$spoor" record \
		--engine "$1" -o "$dir/files/g.scap.zst" -G 1 -- \
		env -u LD_PRELOAD sh -c 'i=0
		while [ $i -lt 100 ]; do
			i=$((i + 1)); echo $i > "$0/count"; sleep 0.04; done' \
		"$dir" 2> "$dir/log" &
	recorder=$!
	comes test -s "$dir/count"
	set_clock "$2"
	wait $recorder
	grep -q 'needs Linux' "$dir/log" && return
	find "$dir/files" -type f | wc -l > "$dir/files.count"
	# A hundred times 0.04 s, and a machine with more to do.
	awk '{ exit !($1 >= 3 && $1 <= 40) }' "$dir/files.count"
	verdict $? "$1, clock set by $2 s: -G 1 goes on ($(cat "$dir/files.count"))"
	"$spoor" print "$dir"/files/g.scap.zst* 'evt.type = write and
		fd.name endswith /count' -p '%evt.buffer' | tr -d '. ' \
		> "$dir/written"
	seq 100 | cmp -s - "$dir/written"
	verdict $? "$1, clock set by $2 s: the files have all, in order"
}

# copied ENGINE SECONDS: of what was recorded (stepped) by the events' times;
# forth one file ends, and back another
copied() {
	[ -e "$dir/t.scap.zst" ] || return
	rm -rf "$dir/files"
	mkdir "$dir/files"
	"$spoor" convert "$dir/t.scap.zst" -o "$dir/files/c.scap.zst" -G 3000 \
		> "$dir/log"
	same "$1, clock set by $2 s and back: convert -G 3000: files" \
		"$(find "$dir/files" -type f | wc -l)" 3
	"$spoor" print "$dir/t.scap.zst" > "$dir/whole"
	"$spoor" print "$dir"/files/c.scap.zst* | cmp -s "$dir/whole" -
	verdict $? "$1, clock set by $2 s and back: they are read as one"
}

# reads COMMAND ENGINE SECONDS
reads() {
	# shellcheck disable=SC2086
	"$spoor" $1 "$dir/t.scap.zst" > "$dir/out" 2>&1
	verdict $? "$2, clock set by $3 s and back: spoor ${1%% -*} reads it"
}

cat > "$dir/r.yaml" << 'RULES'
- rule: writes
  desc: all of them
  condition: evt.type = write
  output: written %fd.name
  priority: INFO
RULES
for engine in inject ptrace; do
	for seconds in 3600 -64800; do
		stepped $engine $seconds
		copied $engine $seconds
		rotated $engine $seconds
	done
done
