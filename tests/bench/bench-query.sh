#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Questions to an hour of 10 million events: in place beside sysdig with a
# filter, and on the loaded database beside sqlite3.  Records a mixed workload
# once (kept in the build folder), and stretches COPIES (20) of it over an hour.
# Medians of RUNS (3); user CPU time beside the wall clock, for busy machines.
set -eu
build=$1
spoor=$build/release/spoor
runs=${RUNS:-3}
copies=${COPIES:-20}
dir=$build/bench
hour=$dir/hour.scap.zst
db=$dir/hour.db
mkdir -p "$dir"

if [ ! -f "$hour" ]; then
	"$spoor" record --force -o "$dir/minute.scap.zst" -- sh -c '
		tar cf /dev/null /usr/share/doc /etc
		find /usr /etc -name "*.so" > /dev/null
		for i in $(seq 100); do cat /etc/passwd | grep -c root; done
		dd if=/dev/zero of=/dev/null bs=64 count=100000
	' > /dev/null 2> "$dir/record.log"
	"$build/release/bench/stretch" "$dir/minute.scap.zst" "$hour" "$copies" 3600
	"$spoor" index "$hour"
	rm -f "$db" "$dir/hour-0.29.scap"
fi
[ -f "$db" ] || "$spoor" load "$hour" -r replay/policies/spoor_rules.yaml \
	-o "$db" > "$dir/load.log" 2>&1
[ -f "$dir/hour-0.29.scap" ] || "$spoor" convert "$hour" \
	-o "$dir/hour-0.29.scap" --compat sysdig-0.29 --force > /dev/null
events=$("$spoor" info --json "$hour" | jq .events)
echo "made by: spoor record (tar, find, cat|grep, dd), $copies copies over" \
	"an hour (tests/bench/stretch.c); $events events," \
	"$(stat -c %s "$hour") bytes, database $(stat -c %s "$db")"

# median COMMAND...: wall and user seconds of the run in the middle
median() {
	i=0
	while [ "$i" -lt "$runs" ]; do
		/usr/bin/time -o "$dir/time" -f '%e %U' "$@" > /dev/null 2>&1
		tail -n 1 "$dir/time"
		i=$((i + 1))
	done | sort -n | sed -n "$(((runs + 1) / 2))p"
}

# report NAME COMMAND...: of all events, if $all is set, also how many a second
report() {
	name=$1
	shift
	median "$@" | awk -v name="$name" -v events="${all:+$events}" '{
		printf "%-52s %6.2f s %6.2f s CPU", name, $1, $2
		if (events && $2 > 0)
			printf " %6.1f M events/s CPU", events / $2 / 1e6
		print "" }'
}

echo "-- all events, in place"
all=yes
report "sysdig 0.29 -r FILE (plain), a filter, counted" \
	sh -c "sysdig -r '$dir/hour-0.29.scap' proc.name=nosuch | wc -l"
report "capture(): count(*), max(ts_ns)" "$spoor" query "$hour" \
	'SELECT count(*), max(ts_ns) FROM events'
report "capture(): type, count(*) GROUP BY type" "$spoor" query "$hour" \
	'SELECT type, count(*) FROM events GROUP BY 1'
report "capture(): with state: count(DISTINCT pid)" "$spoor" query "$hour" \
	'SELECT count(DISTINCT pid) FROM events'
report "sqlite3, loaded: type, count(*) GROUP BY type" sqlite3 "$db" \
	'SELECT t.name, count(*) FROM raw_events e JOIN event_types t
	ON t.type = e.type GROUP BY e.type'

from=$(sqlite3 "$db" "SELECT min(ts_ns) + 1200000000000 FROM raw_events")
window="ts_ns BETWEEN $from AND $((from + 60000000000))"
echo "-- one minute of the hour, in place"
all=
report "sysdig, the same window, counted" sh -c \
	"sysdig -r '$dir/hour-0.29.scap' 'evt.rawtime >= $from and \
	evt.rawtime <= $((from + 60000000000))' | wc -l"
for select in 'count(*), max(ts_ns)' 'process, count(*)'; do
	sql="SELECT $select FROM events WHERE $window"
	report "capture(): $select" "$spoor" query "$hour" "$sql"
	"$spoor" query "$hour" "$sql" --stats 2>&1 > /dev/null |
		sed 's/^/    /'
done

echo "-- ready questions, loaded"
for file in query/saved/*.sql; do
	q=$(basename "$file" .sql)
	given=
	case $q in
	search) given='--text nosuch' ;;
	ioc) given='--values /etc/shadow,10.1.2.3' ;;
	esac
	# shellcheck disable=SC2086
	median "$spoor" query "$q" "$db" $given |
		awk -v name="$q" '{ printf "%-20s %6.2f s %6.2f s CPU\n",
			name, $1, $2 }'
done
