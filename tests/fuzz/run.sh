#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds every fuzz target with clang's libFuzzer, ASan and UBSan, and runs each
# for FUZZ_SECONDS (60) from its seeds, as many at a time as there are CPUs.
# fuzz_NAME.c is the target; fuzz_NAME.seeds, if present, is a script that prints
# the seed files' names; FUZZ_ONLY=fuzz_NAME picks one.  The closing line is
# 'N passed, N failed, 0 skipped'.
set -u

# build NAME
build() {
	target=tests/fuzz/$1.c
	flags=$(pkg-config --cflags --libs libzstd zlib sqlite3 libpcap \
		yaml-0.1 jansson libpcre2-8 capstone libcrypto)
	extra=$(sed -n 's/.*fuzz-libs: \(.*\) \*\//\1/p' "$target")
	# shellcheck disable=SC2086
	clang -std=c17 -D_GNU_SOURCE -DSPOOR_VERSION='"fuzz"' -O1 -g -I. -w \
		-fsanitize=fuzzer,$sanitizers -o "$build/fuzz/$1" \
		"$target" $extra "$build/fuzz/lib/libspoor.a" $flags \
		-lpthread -lm
}

# fuzz NAME
fuzz() {
	corpus=$build/fuzz/$1.corpus
	mkdir -p "$corpus"
	if [ -f "tests/fuzz/$1.seeds" ]; then
		sh "tests/fuzz/$1.seeds" | while read -r seed; do
			cp "$seed" "$corpus/" 2> /dev/null
		done
	fi
	options=$(sed -n 's/.*fuzz-options: //p' "tests/fuzz/$1.c")
	# shellcheck disable=SC2086
	"$build/fuzz/$1" -max_total_time="$seconds" -timeout=10 \
		-rss_limit_mb=2048 ${options:--max_len=65536} \
		-print_final_stats=1 -artifact_prefix="$build/fuzz/$1-" \
		"$corpus" > "$build/fuzz/$1.log" 2>&1
	code=$?
	tried=$(sed -n 's/.*number_of_executed_units: *//p' "$build/fuzz/$1.log")
	if [ $code = 0 ]; then
		echo "PASS $1: ${tried:-no} inputs in $seconds s"
	else
		grep SUMMARY "$build/fuzz/$1.log"
		echo "FAIL $1: code $code, see $build/fuzz/$1.log"
	fi
}

sanitizers='address,undefined -fno-sanitize-recover=all'
seconds=${FUZZ_SECONDS:-60}
build=$1
if [ $# = 2 ]; then
	if build "$2"; then fuzz "$2"; else echo "FAIL $2: is not built"; fi
	exit
fi
mkdir -p "$build/fuzz"
${MAKE:-make} -s -j"$(nproc)" BUILD="$build/fuzz/lib" CC=clang OPT='-O1 -w' \
	CFLAGS="-fsanitize=fuzzer-no-link,$sanitizers" \
	"$build/fuzz/lib/libspoor.a" || exit 1
for target in tests/fuzz/fuzz_*.c; do
	name=$(basename "$target" .c)
	[ "${FUZZ_ONLY:-$name}" != "$name" ] || echo "$name"
done | xargs -n 1 -P "$(nproc)" sh "$0" "$build" | tee "$build/fuzz/results"
failed=$(grep -c '^FAIL' "$build/fuzz/results")
passed=$(grep -c '^PASS' "$build/fuzz/results")
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
