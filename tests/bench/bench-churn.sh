#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Does the state stay small?  24 simulated hours in which PROCESSES (10 million)
# are born, run a program, open a file and a socket and end, one in ten in a
# container of its own; and a hundredth of that, to
# compare with.
build=$1
processes=${PROCESSES:-10000000}
dir=$build/bench
mkdir -p "$dir"

replay() {
	"$build/release/bench/churn" "$dir/churn.scap.zst" "$1" 24
	command time -f '%M KiB peak, %e s' "$build/release/spoor" replay \
		"$dir/churn.scap.zst" -r "$dir/none.yaml" 2>&1 | tail -n 1
	rm -f "$dir/churn.scap.zst"
}

echo "made by: tests/bench/churn.c, 5 events a process, 2 more a container, over 24 hours"
printf -- '- rule: none\n  desc: d\n  condition: evt.type = reboot\n%s' \
	'  output: o
  priority: INFO
' > "$dir/none.yaml"
for n in $((processes / 100)) "$processes"; do
	echo "$n processes: replay $(replay "$n")"
done
