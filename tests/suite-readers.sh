#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What other tools read: numbers in full width, in captures that spoor records
# and converts, also from old captures of spoor that left numbers empty.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

# le WIDTH NUMBER...: numbers as little endian bytes
le() {
	width=$1
	shift
	for n; do
		for _ in $(seq "$width"); do
			# shellcheck disable=SC2059
			printf "\\$(printf %03o $((n & 255)))"
			n=$((n >> 8))
		done
	done
}

# event CODE BYTE LENGTH...: an event whose parameters have these lengths, and
# whose bytes are all BYTE
event() {
	code=$1
	byte=$2
	shift 2
	sum=0
	for length; do sum=$((sum + length)); done
	len=$((26 + 2 * $# + sum))
	block=$(((8 + 2 + len + 3) / 4 * 4 + 4))
	le 4 534 $block # 0x216
	le 2 0
	le 8 1000000000 77
	le 4 $len
	le 2 "$code"
	le 4 $#
	le 2 "$@"
	# shellcheck disable=SC2046
	le 1 $(yes "$byte" | head -n $sum) \
		$(yes 0 | head -n $((block - 14 - len)))
	le 4 $block
}

section() {
	le 4 168627466 28 439041101 # 0x0A0D0D0A, 0x1A2B3C4D
	le 2 1 2
	le 8 -1
	le 4 28
}

# What spoor wrote before: prlimit and getrlimit without limits, a failed
# open_by_handle_at without a device, an open without an inode, mmap without
# sizes.
{
	section
	event 145 0 8 0 0 8 8 8 1
	event 141 255 8 0 0 1
	event 337 255 8 8 4 0 0 0
	event 307 0 8 8 1 4 4 0 0
	event 161 0 8 0 0 0 8 8 4 4 8 8
} > "$dir/old.scap"
"$build/scapcheck" < "$dir/old.scap" 2> "$dir/faults"
[ $? = 1 ] && [ "$(grep -c 'number .* is empty' "$dir/faults")" = 8 ]
verdict $? "numbers left empty are found"
"$spoor" convert --force -o "$dir/new.scap" "$dir/old.scap" > "$dir/log" 2>&1
verdict $? "a capture of ours from before is converted"
"$build/scapcheck" < "$dir/new.scap"
verdict $? "and has no empty numbers then"
same "and when it is read" "$("$spoor" print "$dir/old.scap" -p \
	'%evt.type %evt.args' | sed -n 's/\(newcur=[^ ]*\).*/\1/p
	s/.* \(cur=-*[0-9]*\).*/\1/p; s/.*\(dev=.*\)/\1/p
	s/.*\(vm_size=[^ ]*\) .*/\1/p' | tr '\n' ' ')" \
	"prlimit res=0 newcur=0 cur=-1 dev=0 ino=0 dev=0 ino=0 vm_size=<NA> "

# The width of a number, a text without end, a wrong length of a block.
{
	section
	event 145 0 8 4 8 8 8 8 1
	event 307 65 8 8 2 4 4 4 8
} | "$build/scapcheck" 2> "$dir/faults"
[ $? = 1 ] && grep -q 'newcur has 4 bytes' "$dir/faults" &&
	grep -q 'name has 2 bytes' "$dir/faults"
verdict $? "and other widths and texts without end"
! section | "$build/scapcheck" 2> /dev/null
verdict $? "and a capture without events"
! head -c -4 "$dir/new.scap" | "$build/scapcheck" 2> /dev/null
verdict $? "and one that is cut"

# What a process does that calls with bad arguments, for sysdig 0.29 too.
for engine in ptrace inject; do
	timeout 60 "$spoor" record --force --engine "$engine" \
		--compat sysdig-0.29 -o "$dir/compat.scap.zst" -- \
		"$build/workloads/failing" > "$dir/out" 2> "$dir/log"
	if grep -q 'inject: needs' "$dir/log"; then
		echo "SKIP --compat: no engine $engine here"
		continue
	fi
	zstd -dc "$dir/compat.scap.zst" | "$build/scapcheck" --compat
	verdict $? "--compat ($engine): no number is empty"
done

# A memfd's program has the path that rules of others except.
for name in runc_cloned:/proc/self/exe payload; do
	"$spoor" record --force -o "$dir/m.scap.zst" -- \
		"$build/workloads/unfiled" $name > "$dir/out" 2> "$dir/log"
	"$spoor" replay "$dir/m.scap.zst" -r replay/policies/spoor_rules.yaml \
		2> "$dir/log" | sed -n 's/.* exe=\([^ ]*\) .*/\1/p'
done > "$dir/from"
same "of programs from memory, runc's copy of itself is none" \
	"$(tr '\n' ' ' < "$dir/from")" "memfd:payload "
