#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the benchmarks of BUILD/release, each of which says how it was made and
# prints ratios to a peer in the same run.  BENCH=name picks one (capture,
# replay, db ...).
build=$1
echo "# $(uname -sr), $(nproc) cores, $(sed -n 's/model name.*: //p' \
	/proc/cpuinfo | head -n 1), $(date -u +%F)"
echo "# $build/release/spoor: $(sed 's/ -std.*//' "$build/release/flags")," \
	"$(git describe --always --dirty 2> /dev/null)"
for bench in tests/bench/bench-*.sh; do
	name=$(basename "$bench" .sh)
	[ -z "${BENCH:-}" ] || [ "bench-$BENCH" = "$name" ] || continue
	echo "== $name"
	sh "$bench" "$build"
done
