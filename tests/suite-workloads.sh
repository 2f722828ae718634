#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Hard cases: each workload prints the trace that it expects (lines "COUNT
# FILTER"), and exits with 99 if the recording changed its behaviour.  Over all
# events together, no parameter is always unknown.
. tests/alone.sh
build=$1
spoor=$build/spoor
engines=${ENGINES:-ptrace}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh
. tests/servers.sh

# run_one ENGINE WORKLOAD
run_one() {
	hard="$2 ($1)"
	timeout 300 "$spoor" record --force --inodes all --engine "$1" \
		-o "$dir/w.scap.zst" -- "$build/workloads/$2" \
		> "$dir/expected" 2> "$dir/log"
	code=$?
	if [ $code != 0 ]; then
		cat "$dir/log"
		echo "FAIL workload $hard: exit code $code"
		return
	fi
	sound "workload $hard" "$dir/w.scap.zst"
	[ -s "$dir/expected" ] || echo "SKIP workload $hard: not possible here"
	while read -r count filter; do
		got=$("$spoor" print "$dir/w.scap.zst" "$filter" \
			-p '%evt.num' | wc -l)
		if [ "$got" = "$count" ]; then
			echo "PASS workload $hard: $count of $filter"
		else
			echo "FAIL workload $hard: $got, not $count, of $filter"
		fi
	done < "$dir/expected"
	[ "$2" = failing ] || # by its nature
		"$spoor" print "$dir/w.scap.zst" -p '%evt.type %evt.args' \
		>> "$dir/$1.events"
}

# Natively, as nohup and services start programs: in a group whose parent has
# ended, with the signals of terminals ignored.
grep -lE 'SIG(TSTP|TTIN|TTOU|STOP)' tests/workloads/*.c > "$dir/stopping"
while read -r source; do
	workload=$(basename "$source" .c)
	rm -f "$dir/code"
	# shellcheck disable=SC2016
	(
		trap '' HUP INT TSTP TTIN TTOU
		setsid -f sh -c '"$1" > "$0.out" 2> "$0.err" < /dev/null
			echo $? > "$0.new"; mv "$0.new" "$0"' \
			"$dir/code" "$build/workloads/$workload"
	)
	comes test -s "$dir/code"
	same "$workload in an orphaned process group: exit code" \
		"$(cat "$dir/code" "$dir/code.err")" 0
done < "$dir/stopping"

for engine in $engines; do
	for source in tests/workloads/*.c; do
		workload=$(basename "$source" .c)
		grep -q 'expect.h' "$source" && run_one "$engine" "$workload"
	done
	[ "$engine" = ptrace ] || continue
	awk -f tests/engines/unknown.awk "$dir/$engine.events" \
		> "$dir/unknown" 2>&1
	if [ -s "$dir/unknown" ] || [ ! -s "$dir/$engine.events" ]; then
		cat "$dir/unknown"
		echo "FAIL parameters ($engine): these are always unknown"
	else
		echo "PASS parameters ($engine): none is always unknown"
	fi
done
