#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# spoor load on one core: events a second with decoding and state, bytes an
# event before indices, time of the indices, peak memory; in ratio to SQLite
# alone, which inserts as many rows of ten integers in the same run.  Records
# a mixed workload once (kept in the build folder); COPIES (17) of it make the
# input.  CPU seconds tell more than wall clock where others use the cores.
set -eu
build=$1
spoor=$build/release/spoor
copies=${COPIES:-17}
runs=${RUNS:-3}
dir=$build/bench
capture=$dir/load.scap.zst
mkdir -p "$dir"

if [ ! -f "$capture" ]; then
	# shellcheck disable=SC2016
	"$spoor" record --force -o "$capture" -- sh -c '
		tar cf /dev/null /usr/share/doc /usr/lib/python3* /etc
		find /usr /etc -name "*.so" > /dev/null
		for i in $(seq 300); do cat /etc/passwd | grep -c root; done
		dd if=/dev/zero of=/dev/null bs=64 count=100000
	' > /dev/null 2> "$dir/record.log"
fi
# Sections follow each other in one file.
i=0
while [ $i -lt "$copies" ]; do
	i=$((i + 1))
	cat "$capture"
done > "$dir/load-big.scap.zst"
events=$(($("$spoor" info --json "$capture" | jq .events) * copies))
echo "made by: spoor record (tar, find, cat|grep, dd), $copies times in one" \
	"file: $events events, $(stat -c %s "$dir/load-big.scap.zst") bytes;" \
	"on one core, into a new file, medians of $runs; rates by CPU time"

# cpu COMMAND...: its CPU seconds, wall seconds and peak KiB
cpu() {
	/usr/bin/time -o "$dir/time" -f '%U %S %e %M' taskset -c 0 "$@"
	awk '{ printf "%.2f %s %s\n", $1 + $2, $3, $4 }' "$dir/time"
}

# median COMMAND...: the line with the median CPU time
median() {
	i=0
	while [ "$i" -lt "$runs" ]; do
		i=$((i + 1))
		rm -f "$dir/load.db"
		cpu "$@"
	done | sort -n | sed -n "$(((runs + 1) / 2))p"
}

# report NAME CPU WALL KIB [BYTES]
report() {
	awk -v name="$1" -v cpu="$2" -v wall="$3" -v kib="$4" \
		-v bytes="${5:-0}" -v n="$events" -v peer="$peer" 'BEGIN {
		printf "%-34s %5.2f M/s (wall %.2f)  %5.2f x SQLite, %d MB peak%s\n",
			name, n / cpu / 1e6, n / wall / 1e6, peer / cpu,
			kib / 1024, bytes ? sprintf(", %.1f B/event",
			bytes / n) : "" }'
}

one=$(median "$build/release/bench/insert" "$dir/load.db" "$events" 1)
one_len=$(stat -c %s "$dir/load.db")
many=$(median "$build/release/bench/insert" "$dir/load.db" "$events" 50)
peer=${many%% *}
# shellcheck disable=SC2086
report "SQLite alone, row by row" $one "$one_len"
# shellcheck disable=SC2086
report "SQLite alone, 50 rows a statement" $many "$(stat -c %s "$dir/load.db")"
rows=$(median "$spoor" load -q --no-indices "$dir/load-big.scap.zst" \
	-o "$dir/load.db")
# shellcheck disable=SC2086
report "spoor load, rows of all tables" $rows "$(stat -c %s "$dir/load.db")"
all=$(median "$spoor" load -q "$dir/load-big.scap.zst" -o "$dir/load.db")
# shellcheck disable=SC2086
report "spoor load with indices and FTS" $all "$(stat -c %s "$dir/load.db")"
echo "$rows $all" | awk '{ printf "indices, full text, statistics: " \
	"%.1f s of CPU, %.1f s wall\n", $4 - $1, $5 - $2 }'
rm -f "$dir/load.db" "$dir/load-big.scap.zst"
