#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fulldisks.sh BUILD [TIMES]: every command that writes a file, on TIMES (20)
# disks with room for random parts of what it writes (root).  It must exit with
# 1 and one line that says so, and leave nothing that is cut: no file under the
# name, none beside it.  Recordings keep what there was room for, readable, and
# count that; what they record ends as it does natively.  Prints counts; the
# exit code is 1 after a failure.
build=$1
spoor=$build/spoor
times=${2:-20}
if [ -z "${DISKS_DIR:-}" ]; then
	[ "$(id -u)" = 0 ] || {
		echo "SKIP full disks: only root can mount a tmpfs"
		exit 0
	}
	. tests/apart.sh
	DISKS_DIR=$apart
	export DISKS_DIR
	apart $((600 + times * 300)) sh "$0" "$@"
	exit
fi
dir=$DISKS_DIR
mount -t tmpfs none "$dir" || exit 1
mkdir "$dir/disk"
disk=$dir/disk
export TMPDIR="$dir"
cat > "$dir/rules.yaml" << 'RULES'
- rule: any
  desc: a test
  condition: evt.type in (read, write)
  output: "%proc.name %evt.buffer %evt.args"
  priority: INFO
RULES
# Random bytes, which no compression makes small.
"$spoor" record -o "$dir/c.scap.zst" -- sh -c \
	'dd if=/dev/urandom of=/dev/null bs=64 count=3000' > /dev/null 2>&1 ||
	exit 1
zstd -qdc "$dir/c.scap.zst" > "$dir/c.scap"

# write_by COMMAND FOLDER: its files go there; text in out and err
write_by() {
	case $1 in
	convert) "$spoor" convert "$dir/c.scap.zst" -o "$2/x.scap.zst" ;;
	plain) "$spoor" convert "$dir/c.scap.zst" -o "$2/x.scap" ;;
	load) "$spoor" load "$dir/c.scap.zst" -o "$2/x.db" ;;
	report) "$spoor" report "$dir/c.scap.zst" -o "$2/x.html" ;;
	export) "$spoor" export "$dir/c.scap.zst" --only events -o "$2/x" ;;
	stdout) "$spoor" print "$dir/c.scap.zst" > "$2/x" ;;
	alerts) "$spoor" replay "$dir/c.scap" -r "$dir/rules.yaml" \
		> "$2/x" ;;
	index)
		[ -e "$2/x.scap.zst" ] || cp "$dir/c.scap.zst" "$2/x.scap.zst"
		"$spoor" index --every 20 "$2/x.scap.zst"
		;;
	ptrace | inject) noisy "$1" -o "$2/x.scap.zst" ;;
	recordplain) noisy ptrace -o "$2/x.scap" ;;
	rotate) noisy inject -e 1000 -o "$2/x.scap.zst" ;;
	recordalerts) noisy inject -o "$dir/r.scap.zst" --force \
		-r "$dir/rules.yaml" --alerts "$2/x" ;;
	esac > "$dir/out" 2> "$dir/err"
}

# noisy ENGINE OPTION...: a recording of noise
noisy() {
	engine=$1
	shift
	# shellcheck disable=SC2016
	"$spoor" record --engine "$engine" "$@" -- sh -c \
		'dd if=/dev/urandom of=/dev/null bs=64 count=3000 2> /dev/null
		echo ended'
}

failed=0
fails() {
	failed=$((failed + 1))
	echo "$command, $room of $need kB: $1: $(head -n 1 "$dir/err")"
}

# What stays of what is not a recording.
judge_file() {
	left=$(ls "$disk")
	case $command in
	stdout | alerts) [ "$left" = "rest
x" ] || fails "left: $left" ;;
	index)
		cmp -s "$dir/c.scap.zst" "$disk/x.scap.zst" ||
			fails "the capture is not as it was"
		[ "$left" = "rest
x.scap.zst" ] || fails "left: $left"
		;;
	*) [ "$left" = rest ] || fails "left: $left" ;;
	esac
}

# What stays of a recording: all its files are readable, and counted.
judge_recording() {
	[ "$(tail -n 1 "$dir/out")" = ended ] ||
		fails "the program does not end as natively"
	said=$(sed -n 's/^spoor record: \([0-9]*\) events.*/\1/p' "$dir/err")
	rm -f "$disk/rest"
	[ "$(find "$disk" -size 0 | wc -l)" = 0 ] || fails "an empty file"
	[ -n "$(ls "$disk")" ] || return
	events=$("$spoor" print "$disk" -p '%evt.num' 2> "$dir/err2" | wc -l)
	[ "${said:-0}" = "$events" ] ||
		fails "$events events are there, ${said:-none} said"
	kept=$((kept + events))
}

# fill ROOM: a disk with so many kB left
fill() {
	umount "$disk" 2> /dev/null
	mount -t tmpfs -o "size=$((need + 1000))k" none "$disk" || exit 1
	[ "$command" != index ] || cp "$dir/c.scap.zst" "$disk/x.scap.zst"
	free=$(df -k --output=avail "$disk" | tail -n 1)
	head -c $(((free - $1) * 1024)) /dev/zero > "$disk/rest"
}

try() {
	room=$(shuf -n 1 -i 0-$((need * 9 / 10)))
	fill "$room"
	write_by "$command" "$disk"
	code=$?
	if [ $code = 0 ]; then
		enough=$((enough + 1))
		return
	fi
	full=$((full + 1))
	[ $code = 1 ] || fails "code $code"
	grep -qE 'No space left|disk is full|cannot be written' "$dir/err" ||
		fails "the reason is not said"
	case $command in
	ptrace | inject | recordplain | rotate) judge_recording ;;
	recordalerts) ;;
	*) judge_file ;;
	esac
}

for command in convert plain load report export stdout alerts index ptrace \
	inject recordplain rotate recordalerts; do
	full=0 enough=0 kept=0
	mkdir -p "$dir/probe"
	if ! write_by "$command" "$dir/probe"; then
		echo "SKIP $command: $(head -n 1 "$dir/err")"
		continue
	fi
	need=$(du -ks --apparent-size "$dir/probe" | cut -f 1)
	# It goes into the capture that is there.
	[ "$command" != index ] || need=$((need - $(du -k --apparent-size \
		"$dir/c.scap.zst" | cut -f 1)))
	rm -rf "$dir/probe"
	while [ $full -lt "$times" ] && [ $enough -lt $((times * 2)) ]; do
		try
	done
	echo "full disks: $command: $full, each with room for 0 to 90 % of" \
		"$need kB; $enough had room; $kept events kept"
done
umount "$disk"
echo "full disks: $failed failures"
[ $failed = 0 ]
