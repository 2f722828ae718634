#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every engine leaves programs as they are natively: the same exit code and
# output, for the workloads that check themselves.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# The engines that are built; one that is not is said.
engines=
for engine in ${ENGINES:-ptrace inject}; do
	if "$spoor" record --help | grep -q "auto.*$engine"; then
		engines="$engines $engine"
	else
		echo "SKIP engine $engine: this spoor has none"
	fi
done

verdict() {
	if [ "$1" = 0 ]; then echo "PASS $2"; else echo "FAIL $2"; fi
}

# run OUT COMMAND...: its output and exit code in OUT
run() {
	out=$1
	shift
	timeout -k 5 60 "$@" > "$out" 2> "$out.err" < /dev/null
	echo "exit code $?" >> "$out"
}

# same_behaviour NAME COMMAND...
same_behaviour() {
	name=$1
	shift
	run "$dir/native" "$@"
	for engine in $engines; do
		run "$dir/$engine" "$spoor" record --force --engine "$engine" \
			-o "$dir/$engine.scap.zst" -- "$@"
		cmp -s "$dir/native" "$dir/$engine"
		same=$?
		[ $same = 0 ] || {
			diff "$dir/native" "$dir/$engine" | head -n 8
			grep -E '^harmed' "$dir/$engine.err"
		}
		sed -n "s/^differs:/     $name ($engine) sees:/p" \
			"$dir/$engine.err"
		verdict $same "$name ($engine): as natively"
	done
}

for source in tests/workloads/*.c; do
	grep -q '"check.h"' "$source" || continue
	name=$(basename "$source" .c)
	for program in "$build/workloads/$name" "$build/workloads/$name"-*; do
		[ -e "$program" ] || continue
		same_behaviour "$(basename "$program")" "$program"
	done
done
