#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Replay against Debian's sysdig on the same events, in one run.  Records a
# mixed workload once (kept in the build folder), in the dialect that sysdig
# 0.29 reads, then times both on it; medians of RUNS (5).
set -eu
build=$1
spoor=$build/spoor
runs=${RUNS:-5}
dir=$build/bench
capture=$dir/replay.scap.zst
mkdir -p "$dir"

if [ ! -f "$capture" ]; then
	"$spoor" record --compat sysdig-0.29 -o "$capture" -- sh -c '
		tar cf /dev/null /usr/share/doc /usr/lib/python3* /etc
		find /usr /etc -name "*.so" > /dev/null
		for i in $(seq 300); do cat /etc/passwd | grep -c root; done
		dd if=/dev/zero of=/dev/null bs=64 count=100000
	' > /dev/null 2> "$dir/record.log"
fi
zstd -qdf "$capture" -o "$dir/replay.scap"
events=$("$spoor" info --json "$capture" |
	sed -n 's/.*"events": *\([0-9]*\).*/\1/p' | head -n 1)
echo "made by: spoor record --compat sysdig-0.29 (tar, find, cat|grep, dd);" \
	"$events events, $(stat -c %s "$capture") bytes compressed," \
	"$(stat -c %s "$dir/replay.scap") plain"

now() {
	date +%s%N
}

# median_ns COMMAND...: of $runs runs; output thrown away
median_ns() {
	i=0
	while [ "$i" -lt "$runs" ]; do
		begin=$(now)
		"$@" > /dev/null 2>&1 || true
		echo $(($(now) - begin))
		i=$((i + 1))
	done | sort -n | sed -n "$(((runs + 1) / 2))p"
}

report() {
	awk -v name="$1" -v ns="$2" -v events="$events" -v peer="$3" 'BEGIN {
		printf "%-44s %7.1f ns/event %6.2f M events/s  %5.2f x sysdig\n",
			name, ns / events, events * 1000 / ns, peer / ns }'
}

peer=$(median_ns sysdig -r "$dir/replay.scap" 'proc.name=nosuchname')
report "sysdig 0.29 -r, a filter without a match" "$peer" "$peer"
report "spoor print, the same filter" \
	"$(median_ns "$spoor" print "$capture" 'proc.name=nosuchname')" "$peer"
rules=
for kind in falco falco-incubating falco-sandbox; do
	file=../shared/rules/${kind}_rules.yaml
	[ -f "$file" ] || file=replay/policies/spoor_rules.yaml
	case "$rules" in *"$file"*) continue ;; esac
	rules="$rules -r $file"
	# shellcheck disable=SC2086
	report "spoor replay $(echo "$rules" | wc -w | awk '{print $1/2}') rule file(s)" \
		"$(median_ns "$spoor" replay "$capture" $rules)" "$peer"
done
/usr/bin/env time -f "peak memory of replay: %M KiB" \
	"$spoor" replay "$capture" $rules 2>&1 > /dev/null | tail -n 1
