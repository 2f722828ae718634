#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What recording costs: the same work natively, under spoor record and under
# strace -f -o /dev/null, in one run; medians of RUNS (3).
build=$1
spoor=$build/spoor
runs=${RUNS:-3}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

median() {
	i=0
	while [ "$i" -lt "$runs" ]; do
		"$@"
		i=$((i + 1))
	done | sort -n | sed -n "$(((runs + 1) / 2))p"
}

wall_ns() {
	begin=$(date +%s%N)
	"$@" > /dev/null 2>&1
	echo $(($(date +%s%N) - begin))
}

record() {
	"$spoor" record --force -o "$dir/b.scap.zst" -- "$@" 2> /dev/null
}

traced() {
	strace -f -o /dev/null "$@" 2> /dev/null
}

echo "made by: tests/workloads/getppid.c (20000 calls; ns a call) and" \
	"tar cf - /usr/share/doc > /dev/null (wall clock)"
loop=$build/workloads/getppid
native=$(median "$loop" 1000000)
ours=$(median record "$loop" 20000)
peer=$(median traced "$loop" 20000)
awk -v n="$native" -v o="$ours" -v p="$peer" 'BEGIN {
	printf "getppid   native %d ns, spoor %d ns, strace %d ns: ", n, o, p
	printf "spoor is %.1f x faster than strace, %.0f x native\n", p/o, o/n }'
tar_native=$(median wall_ns tar cf "$dir/t.tar" /usr/share/doc)
tar_ours=$(median wall_ns record tar cf "$dir/t.tar" /usr/share/doc)
tar_peer=$(median wall_ns traced tar cf "$dir/t.tar" /usr/share/doc)
events=$("$spoor" info --json "$dir/b.scap.zst" |
	sed 's/.*"events":\([0-9]*\).*/\1/')
awk -v n="$tar_native" -v o="$tar_ours" -v p="$tar_peer" -v e="$events" \
	'BEGIN {
	printf "tar       native %.2f s, spoor %.2f s, strace %.2f s: ",
		n/1e9, o/1e9, p/1e9
	printf "spoor is %.1f x faster than strace (%d events)\n", p/o, e }'
