#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# damage.sh BUILD [TIMES]: a capture of ours in which one bit is changed, TIMES
# (1000) times at random, and which is cut as often, read by every command.
# Each must give the events of all frames that are whole (what these are is
# taken from the seek table and from zstd, not from spoor's reading of frames),
# unchanged, say what is missing, and exit with 0 or 1.  SEED: another row of
# places.  Prints counts; the exit code is 1 after a failure.
build=$1
spoor=$build/spoor
times=${2:-1000}
seed=${SEED:-1}
# In namespaces of its own, where root may make them, files are in memory.
if [ -z "${DAMAGE_DIR:-}" ] && [ "$(id -u)" = 0 ]; then
	. tests/apart.sh
	DAMAGE_DIR=$apart
	export DAMAGE_DIR
	apart $((600 + times * 60)) sh "$0" "$@"
	exit
fi
dir=${DAMAGE_DIR:-$(mktemp -d)}
if [ -n "${DAMAGE_DIR:-}" ]; then
	mount -t tmpfs none "$dir" || exit 1
else
	trap 'rm -rf "$dir"' EXIT
fi
export TMPDIR="$dir"

. tests/readers.sh

whole=$dir/whole.scap.zst
damaged=$dir/damaged.scap.zst
# What is in an event, without what is known of others.
line='%evt.num %evt.rawtime %evt.cpu %thread.tid %evt.type %evt.buffer'

# A frame a second.
"$spoor" record -o "$whole" -- sh -c 'i=0
	while [ $i -lt 5 ]; do
		i=$((i + 1)); ls /etc/apt; cat /etc/hostname; sleep 1.05
	done' > /dev/null 2> "$dir/err" || {
	cat "$dir/err"
	exit 1
}
"$spoor" print "$whole" -p "*$line" > "$dir/lines"
size=$(stat -c %s "$whole")

# frames: "END EVENTS LINES" of each, from the seek table: the events in it, and
# those in all up to its end.
seek_count=$(od -An -tu4 -j $((size - 9)) -N 4 "$whole" | tr -d ' ')
end=0
before=0
od -An -v -w8 -tu4 -j $((size - 9 - 8 * seek_count)) -N $((8 * seek_count)) \
	"$whole" | while read -r len content; do
	end=$((end + len))
	now=$before
	[ "$content" = 0 ] || now=$(head -c $end "$whole" | zstd -dqc |
		"$spoor" print - -p '%evt.num' 2> /dev/null | wc -l)
	echo "$end $((now - before)) $now"
	before=$now
done > "$dir/frames"
all=$(tail -n 1 "$dir/frames" | cut -d ' ' -f 3)
full=$(awk '$2 > 0' "$dir/frames" | wc -l)
if [ "$full" -lt 4 ] || [ "$all" != "$(wc -l < "$dir/lines")" ]; then
	echo "damage.sh: $all events in $full frames: too few to damage"
	exit 1
fi

# Lines of $dir/want: what is whole after a bit at that byte is changed ...
want_flipped() {
	more=
	awk -v at="$1" 'NR == FNR { if (at >= begin && at < $1 && $2) {
			from = $3 - $2; to = $3 }
			begin = $1; next }
		FNR <= from || FNR > to' "$dir/frames" "$dir/lines" > "$dir/want"
}

# ... and after the file is cut to that length.  Of the frame that is cut, the
# events before the cut may be given, too: all commands must give as many.
more=
want_cut() {
	more=may
	awk -v len="$1" 'NR == FNR { if ($1 <= len) n = $3; next }
		FNR <= n' "$dir/frames" "$dir/lines" > "$dir/want"
}

# wrong WHAT READER WHY
wrong() {
	echo "$1: $2: $3: $(head -n 1 "$dir/err")"
	echo "$3" >> "$dir/wrong"
}

# look WHAT READER: what it says of the damaged file
look() {
	got=$(events_of "$2" "$damaged")
	code=$(cat "$dir/code")
	[ "$code" -le 1 ] || wrong "$1" "$2" "crash: code $code"
	grep -qE 'AddressSanitizer|runtime error' "$dir/err" &&
		wrong "$1" "$2" "a sanitizer's report"
	case " $counted " in
	*" $2 "*) [ "${got:-0}" = "$want" ] ||
		wrong "$1" "$2" "${got:-0} events of $want" ;;
	esac
	# test compares alerts with what it expects; it may fail for that.
	[ "$want" = "$all" ] || [ "$code" != 0 ] ||
		grep -q 'unfinished: ' "$dir/err" ||
		wrong "$1" "$2" "nothing is said"
	if [ "$want" != "$all" ]; then lost=$((lost + 1)); fi
	looks=$((looks + 1))
}

# read_all WHAT: by all commands
read_all() {
	want=$(wc -l < "$dir/want")
	"$spoor" print "$damaged" -p "*$line" > "$dir/got" 2> "$dir/err"
	if [ -n "$more" ] && [ "$(wc -l < "$dir/got")" -gt "$want" ]; then
		want=$(wc -l < "$dir/got")
		head -n "$want" "$dir/lines" > "$dir/want"
	fi
	cmp -s "$dir/want" "$dir/got" ||
		wrong "$1" print "other events than those of whole frames"
	for reader in $readers; do
		look "$1" "$reader"
	done
}

looks=0
lost=0
: > "$dir/wrong"
awk -v seed="$seed" -v times="$times" -v size="$size" 'BEGIN {
	srand(seed)
	while (times--)
		print int(rand() * size), int(rand() * 8), 1 + int(rand() * size)
}' > "$dir/places"
while read -r at bit len; do
	cp "$whole" "$damaged"
	flip "$damaged" "$at" "$bit"
	want_flipped "$at"
	read_all "bit $bit of byte $at"
	head -c "$len" "$whole" > "$damaged"
	want_cut "$len"
	read_all "cut to $len bytes"
done < "$dir/places"
echo "damage: $times flipped bits and $times cuts of a capture of $size bytes" \
	"($all events in $full frames), read by $(echo "$readers" | wc -w)" \
	"commands: $looks readings, $lost of them with events missing;" \
	"$(grep -c crash "$dir/wrong") crashes," \
	"$(grep -c 'nothing is said' "$dir/wrong") silent," \
	"$(grep -c events "$dir/wrong") with other events"
[ ! -s "$dir/wrong" ]
