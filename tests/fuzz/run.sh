#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds every fuzz target with clang's libFuzzer, ASan and UBSan, and runs
# each for FUZZ_SECONDS (60) from its seeds.  fuzz_NAME.c is the target;
# fuzz_NAME.seeds, if present, is a script that prints the seed files' names.
set -u
build=$1
seconds=${FUZZ_SECONDS:-60}
only=${FUZZ_ONLY:-}
flags=$(pkg-config --cflags --libs libzstd zlib sqlite3 libpcap yaml-0.1 \
	jansson libpcre2-8 capstone libcrypto)
failed=0

sanitizers='address,undefined -fno-sanitize-recover=all'
mkdir -p "$build/fuzz"
${MAKE:-make} -s BUILD="$build/fuzz/lib" CC=clang OPT='-O1 -w' V=1 \
	CFLAGS="-fsanitize=fuzzer-no-link,$sanitizers" \
	"$build/fuzz/lib/libspoor.a" || exit 1
for target in tests/fuzz/fuzz_*.c; do
	name=$(basename "$target" .c)
	[ -z "$only" ] || [ "$only" = "$name" ] || continue
	extra=$(sed -n 's/.*fuzz-libs: \(.*\) \*\//\1/p' "$target")
	# shellcheck disable=SC2086
	clang -std=c17 -D_GNU_SOURCE -O1 -g -I. -w \
		-fsanitize=fuzzer,$sanitizers -o "$build/fuzz/$name" \
		"$target" $extra "$build/fuzz/lib/libspoor.a" $flags \
		-lpthread -lm || { failed=1; continue; }
	corpus=$build/fuzz/$name.corpus
	mkdir -p "$corpus"
	if [ -f "tests/fuzz/$name.seeds" ]; then
		sh "tests/fuzz/$name.seeds" | while read -r seed; do
			cp "$seed" "$corpus/" 2> /dev/null
		done
	fi
	options=$(sed -n 's/.*fuzz-options: //p' "$target")
	echo "== $name, $seconds s"
	# shellcheck disable=SC2086
	"$build/fuzz/$name" -max_total_time="$seconds" -timeout=10 \
		-rss_limit_mb=2048 ${options:--max_len=65536} -print_final_stats=1 \
		-artifact_prefix="$build/fuzz/$name-" "$corpus" \
		> "$build/fuzz/$name.log" 2>&1
	code=$?
	grep -E 'number_of_executed_units|average_exec_per_sec|new_units_added|SUMMARY' \
		"$build/fuzz/$name.log"
	[ $code = 0 ] || { echo "FAIL $name: code $code"; failed=1; }
done
exit $failed
