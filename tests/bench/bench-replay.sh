#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Replay against Debian's sysdig on the same events, in one run.  Records a
# mixed workload once (kept in the build folder) and converts it into the
# dialect that sysdig 0.29 reads, uncompressed; spoor reads its own compressed
# file.  COPIES (10) of the file make the input; the least of RUNS (5): what
# else runs on the machine only adds.
set -eu
build=$1
spoor=$build/release/spoor
runs=${RUNS:-5}
copies=${COPIES:-10}
dir=$build/bench
capture=$dir/replay.scap.zst
mkdir -p "$dir"

if [ ! -f "$dir/replay-0.29.scap" ]; then
	"$spoor" record --force -o "$capture" -- sh -c '
		tar cf /dev/null /usr/share/doc /usr/lib/python3* /etc
		find /usr /etc -name "*.so" > /dev/null
		for i in $(seq 300); do cat /etc/passwd | grep -c root; done
		dd if=/dev/zero of=/dev/null bs=64 count=100000
	' > /dev/null 2> "$dir/record.log"
	"$spoor" index "$capture" > /dev/null
	"$spoor" convert "$capture" -o "$dir/replay-0.29.scap" \
		--compat sysdig-0.29 --force > /dev/null
fi
one=$("$spoor" info --json "$capture" | jq .events)
events=$((one * copies))
captures=
i=0
while [ $i -lt "$copies" ]; do
	i=$((i + 1))
	captures="$captures $capture"
done
# Sections follow each other in one file, too.
i=0
while [ $i -lt "$copies" ]; do
	i=$((i + 1))
	cat "$dir/replay-0.29.scap"
done > "$dir/peer.scap"
peer_events=$(($("$spoor" info --json "$dir/replay-0.29.scap" |
	jq .events) * copies))
zstd -qdf "$capture" -o "$dir/replay.scap"
plain=$(echo "$captures" | sed 's/replay.scap.zst/replay.scap/g')
echo "made by: spoor record (tar, find, cat|grep, dd), $copies times;" \
	"$events events, $(($(stat -c %s "$capture") * copies)) bytes" \
	"compressed; sysdig 0.29 knows $peer_events of them," \
	"$(stat -c %s "$dir/peer.scap") bytes plain; ns per event each knows"

now() {
	date +%s%N
}

# least_ns COMMAND...: of $runs runs; output thrown away
least_ns() {
	i=0
	while [ "$i" -lt "$runs" ]; do
		begin=$(now)
		"$@" > /dev/null 2>&1 || true
		echo $(($(now) - begin))
		i=$((i + 1))
	done | sort -n | head -n 1
}

# report NAME NS [EVENTS]: against the peer's time per event
report() {
	awk -v name="$1" -v ns="$2" -v events="${3:-$events}" \
		-v peer="$peer" -v theirs="$peer_events" 'BEGIN {
		printf "%-44s %7.1f ns/event %6.2f M events/s  %5.2f x sysdig\n",
			name, ns / events, events * 1000 / ns,
			(peer / theirs) / (ns / events) }'
}

peer=$(least_ns sysdig -r "$dir/peer.scap" 'proc.name=nosuchname')
report "sysdig 0.29 -r, a filter without a match" "$peer" "$peer_events"
echo '[]' > "$dir/none.yaml"
# shellcheck disable=SC2086
report "spoor replay, no rules: decode and state" \
	"$(least_ns "$spoor" replay $captures -r "$dir/none.yaml")"
rules=
for kind in falco falco-incubating falco-sandbox; do
	file=../shared/rules/${kind}_rules.yaml
	[ -f "$file" ] || file=replay/policies/spoor_rules.yaml
	case "$rules" in *"$file"*) continue ;; esac
	rules="$rules -r $file"
	for threads in 1 2; do
		# shellcheck disable=SC2086
		report "spoor replay -j $threads, $(echo "$rules" | wc -w |
			awk '{print $1/2}') rule file(s)" "$(least_ns \
			"$spoor" replay -j $threads $captures $rules)"
	done
done
# shellcheck disable=SC2086
report "spoor replay -j 1, the same from plain files" \
	"$(least_ns "$spoor" replay $plain $rules)"
# shellcheck disable=SC2086
"$spoor" replay $captures $rules --stats 2>&1 > /dev/null |
	sed -n '/Time:/p; /rule, on its own/,+3p; / field$/,+3p'
# shellcheck disable=SC2086
/usr/bin/env time -f "peak memory of replay: %M KiB" \
	"$spoor" replay $captures $rules 2>&1 > /dev/null | tail -n 1
