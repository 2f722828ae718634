#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Hostile processes together with well-behaved ones (tests/workloads/chaos.c),
# recorded by a recorder under ASan and UBSan: the recording completes without a
# finding, and has everything that the well-behaved processes did.  CHAOS_ROUNDS
# (20) and CHAOS_SEED select the number and kind of attacks, SANITIZED
# (build/tsan/spoor) the program.
build=$1
rounds=${CHAOS_ROUNDS:-20}
seed=${CHAOS_SEED:-$$}
sanitized=${SANITIZED:-$build/san/spoor}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# chaos ENGINE ROUNDS: in recordings of at most 50 rounds each
chaos() {
	left=$2
	part=0
	while [ "$left" -gt 0 ]; do
		count=$((left > 50 ? 50 : left))
		record_chaos "$1" "$count" $((seed + part)) || return
		left=$((left - count))
		part=$((part + 1))
	done
	echo "PASS $1: $2 rounds of chaos (seed $seed): no finding"
	echo "PASS $1: all calls of the $2 honest processes are there"
}

# record_chaos ENGINE ROUNDS SEED: false, having said so, if it is not as it
# must be.  A hung recorder is a failure, not a wait.
record_chaos() {
	timeout -k 5 $((60 + $2 * 15)) "$sanitized" record --force \
		--engine "$1" -o "$dir/c.scap.zst" -- \
		"$build/workloads/chaos" "$2" "$3" > "$dir/out" 2> "$dir/log"
	code=$?
	if grep -q 'needs Linux' "$dir/log"; then
		echo "SKIP $1: chaos: this engine does not run here"
		return 1
	fi
	if [ $code != 0 ] || grep -q 'Sanitizer\|runtime error' "$dir/log"; then
		head -n 40 "$dir/log"
		echo "FAIL $1: chaos, $2 rounds, seed $3: code $code"
		return 1
	fi
	whole=$("$build/spoor" print "$dir/c.scap.zst" 'evt.type = getppid' \
		-p '%thread.tid' 2> /dev/null | sort | uniq -c |
		awk '$1 >= 200 {n++} END {print n + 0}')
	if [ "$whole" -lt "$2" ]; then
		echo "FAIL $1: chaos, seed $3: $whole of $2 honest" \
			"processes are whole"
		return 1
	fi
}

chaos inject "$rounds"
chaos ptrace $(((rounds + 9) / 10))
