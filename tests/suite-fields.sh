#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The list of fields compared with the reference and doc/fields.md, and fields
# whose value depends on several events.
build=$1
spoor=$build/spoor
shared=../shared
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

"$spoor" fields --markdown | cmp -s - doc/fields.md
verdict $? "doc/fields.md is what spoor fields --markdown prints"
[ "$("$spoor" fields proc.aname)" = "proc.aname or [N]  (CHARBUF)
    name of an ancestor" ]
verdict $? "fields PREFIX"
[ "$("$spoor" fields --list -N | wc -l)" = "$("$spoor" fields --json |
	wc -l)" ]
verdict $? "fields --list -N"

# In a pid namespace of its own, that of a process which was there before the
# recording.  The kernel tells it in hundredths of a second since the boot, and
# the boot in seconds.
if unshare -pf --mount-proc true 2> /dev/null; then
	since=$(date +%s)
	# shellcheck disable=SC2016
	unshare -pf --mount-proc sh -c '"$0" record -o "$1" -- true; exit' \
		"$spoor" "$dir/ns.scap.zst" > /dev/null 2>&1
	"$spoor" print "$dir/ns.scap.zst" -n 1 \
		-p '%proc.pidns_init_start_ts' | cut -c 1-10 |
		awk -v t="$since" '{ exit $1 < t - 2 || $1 > t + 30 }
			END { if (!NR) exit 1 }'
	verdict $? "proc.pidns_init_start_ts is a time since 1970"
else
	echo "SKIP proc.pidns_init_start_ts: no pid namespace can be made here"
fi

if [ -f $shared/reference/fields.tsv ]; then
	"$spoor" fields --json | jq -r '[.name, .type,
		(if .list then "yes" else "no" end),
		(.flags | sort | join(",") | if . == "" then "-" else . end)
		] | @tsv' | sort > "$dir/ours"
	awk -F '\t' '!/^#/ && $1 != "field"' $shared/reference/fields.tsv |
		cut -f 1,3,4,6 | jq -rR 'split("\t") |
		.[3] |= (split(",") | sort | join(",")) | @tsv' |
		sort > "$dir/theirs"
	diff "$dir/ours" "$dir/theirs"
	verdict $? "all $(wc -l < "$dir/theirs") fields, with type and flags"
else
	echo "SKIP fields of the reference: no $shared/reference"
fi

capture=$shared/captures/sysdig-inspect__capture-samples_502Error.scap
if [ ! -f $capture ]; then
	echo "SKIP fields over events of old captures: no $shared/captures"
	exit
fi

# Arguments as sysdig 0.29 prints them, of calls it knows: a line each.
if sysdig --version > /dev/null 2>&1; then
	filter='evt.type in (socket, fcntl, lseek, dup, listen, munmap, chdir,
		prctl, kill, getsockopt, setsockopt, pipe, openat, futex)'
	sysdig -r $capture "evt.dir=< and $filter" -p '%evt.rawtime %evt.args' \
		2> /dev/null | sed 's/ *$//' | sort > "$dir/theirs"
	"$spoor" print $capture "$filter" -p '%evt.rawtime %evt.args' |
		sort > "$dir/ours"
	# The enter event's arguments follow those of the exit here.
	paste -d '\n' "$dir/theirs" "$dir/ours" | awk 'NR % 2 { want = $0; next }
		substr($0, 1, length(want)) != want { print want; print; bad++ }
		END { exit bad > 0 || NR < 100 }' > "$dir/out"
	verdict $? "evt.args of $(wc -l < "$dir/ours") events as sysdig prints it"
	head -n 4 "$dir/out"
else
	echo "SKIP evt.args beside sysdig: no sysdig"
fi

# shows FORMAT FILTER WANT: the first line
shows() {
	got=$("$spoor" print $capture "$2" -n 1 -p "$1")
	[ "$got" = "$3" ] || echo "got $got"
	[ "$got" = "$3" ]
	verdict $? "$1 where $2"
}
# On processor 0 events 88 and 102 are the first two switches: their times'
# difference is the slice.
shows '%thread.exectime %thread.totexectime' 'evt.num = 102' '151854 151854'
shows '%thread.exectime' 'evt.num = 103' 0
shows '%thread.cpu %thread.cpu.user' 'thread.cpu > 0' '1.0 0.0'
shows '%evt.deltatime' 'evt.num = 102' 0
ts=$("$spoor" print $capture 'evt.num = 102' -p %evt.rawtime)
near=$("$spoor" print $capture "evt.around[$ts] = 5" -p %evt.rawtime |
	awk -v t="$ts" '{ d = $1 - t; if (d < 0) d = -d; if (d > 5e6) bad = 1 }
		END { print ((NR > 1 && !bad) ? "near" : "far") }')
[ "$near" = near ]
verdict $? "evt.around"
"$spoor" print $capture "evt.around[$ts] > 5" 2>&1 |
	grep -q "supports only '='"
verdict $? "evt.around knows = alone"
