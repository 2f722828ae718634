#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Invalid input is normal: one clear message, a non-zero exit code, and nothing
# lost that was readable.  Runs the program built with ASan and UBSan.
build=$1
spoor=$build/san/spoor
dir=$(mktemp -d)
trap 'umount "$dir/full" 2> /dev/null; rm -rf "$dir"' EXIT
export UBSAN_OPTIONS=halt_on_error=1

. tests/checks.sh

"$build/spoor" record -o "$dir/good.scap.zst" -- sh -c '
	ls -lR /etc/apt; i=0
	while [ $i -lt 60 ]; do i=$((i + 1)); cat /etc/hostname; done' \
	> /dev/null 2> "$dir/log" || cat "$dir/log"
zstd -qdf "$dir/good.scap.zst" -o "$dir/good.scap"
gzip -k -c "$dir/good.scap" > "$dir/good.scap.gz"
all=$("$spoor" print "$dir/good.scap" -p '%evt.num' | wc -l)
[ "$all" -gt 1000 ]
verdict $? "a good capture of $all events to damage"

mkdir "$dir/void"
: > "$dir/empty"
echo 'this is no capture, but it is long enough to be read as one' \
	> "$dir/text"
cat > "$dir/rules.yaml" << 'END'
- rule: any
  desc: any
  condition: evt.type=execve
  output: x
  priority: INFO
END
for command in info print "replay -r $dir/rules.yaml"; do
	word=${command%% *}
	# shellcheck disable=SC2086
	for file in empty text; do
		refused "$word: $file" "$dir/$file.*not a capture" \
			"$spoor" $command "$dir/$file"
	done
	# shellcheck disable=SC2086
	refused "$word: no such file" "$dir/none" "$spoor" $command "$dir/none"
	# shellcheck disable=SC2086
	refused "$word: a folder without captures" "$dir/void" \
		"$spoor" $command "$dir/void"
done
rest=' and then as many bytes as a block has'
printf '\3757zXZ\0%s' "$rest" > "$dir/x.xz"
printf '\004\042\115\030%s' "$rest" > "$dir/x.lz4"
printf 'BZh9%s' "$rest" > "$dir/x.bzip2"
printf 'PK\003\004%s' "$rest" > "$dir/x.zip"
for name in xz lz4 bzip2 zip; do
	refused "info: the packer is told: $name" "compressed with $name," \
		"$spoor" info "$dir/x.$name"
done
refused "load: no capture" "$dir/text.*not a capture" \
	"$spoor" load "$dir/text" -o "$dir/t.db"
[ ! -e "$dir/t.db" ]
verdict $? "load: leaves no database of what is no capture"

# Cut files: everything before the cut is printed, and the cut is said.  (Not
# between two blocks, which begin at multiples of 4, or two frames: what ends
# there is whole.)
cut() { # cut FILE PERCENT
	at=$(($(stat -c %s "$1") * $2 / 100 | 1))
	head -c $at "$1"
}
for kind in scap scap.gz scap.zst; do
	for part in 10 35 60 85 99; do
		cut "$dir/good.$kind" $part > "$dir/cut.$kind"
		zstd -tqq "$dir/cut.$kind" 2> /dev/null &&
			truncate -s -1 "$dir/cut.$kind"
		"$spoor" print "$dir/cut.$kind" -p '%evt.num' \
			> "$dir/out" 2> "$dir/err"
		code=$?
		kept=$(wc -l < "$dir/out")
		if [ $code = 1 ] && [ "$kept" -le "$all" ] &&
			grep -q "cut.$kind.*at byte" "$dir/err"; then
			echo "PASS cut at $part % ($kind): $kept of $all events"
		else
			cat "$dir/err"
			echo "FAIL cut at $part % ($kind): code $code, $kept"
		fi
	done
done
cut "$dir/good.scap" 85 > "$dir/cut.scap"
kept=$("$spoor" print "$dir/cut.scap" -p '%evt.num' 2> /dev/null | wc -l)
[ "$kept" -gt $((all * 7 / 10)) ]
verdict $? "what stands before a cut is kept: $kept of $all events"
"$spoor" load "$dir/cut.scap" -o "$dir/cut.db" 2> "$dir/err"
[ $? = 1 ] && grep -q 'cut.scap: at byte' "$dir/err" &&
	[ "$("$spoor" query "$dir/cut.db" 'SELECT count(*) FROM events' \
		--format csv | tail -n 1 | tr -d '\r')" = "$kept" ]
verdict $? "load: the events before a cut, and exit code 1"

# Flipped bytes, always the same ones: an error or other events, no crash.
flip() { # flip FILE OFFSET BYTE
	printf "%b" "\\0$(printf '%o' "$3")" |
		dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
crashes=0
for kind in scap scap.zst; do
	size=$(stat -c %s "$dir/good.$kind")
	i=0
	while [ $i -lt 60 ]; do
		i=$((i + 1))
		cp "$dir/good.$kind" "$dir/flip.$kind"
		flip "$dir/flip.$kind" $((size * i / 61)) $((i * 37 % 256))
		flip "$dir/flip.$kind" $((i * 7 % 600)) $((i * 91 % 256))
		timeout 120 "$spoor" replay "$dir/flip.$kind" \
			-r "$dir/rules.yaml" > /dev/null 2> "$dir/err"
		code=$?
		if [ $code -gt 1 ]; then
			crashes=$((crashes + 1))
			echo "code $code: $kind, flip $i"
			head -n 5 "$dir/err"
		fi
	done
done
[ $crashes = 0 ]
verdict $? "120 captures with flipped bytes: no crash, no hang"

# Rules: file, line, column, and what is wrong.
bad_rules() { # bad_rules NAME PATTERN < RULES
	cat > "$dir/bad.yaml"
	"$spoor" replay "$dir/good.scap" -r "$dir/bad.yaml" \
		> /dev/null 2> "$dir/err"
	code=$?
	if [ $code = 1 ] && grep -q "bad.yaml:$2" "$dir/err"; then
		echo "PASS rules: $1"
	else
		cat "$dir/err"
		echo "FAIL rules: $1 (code $code)"
	fi
}
bad_rules "YAML that does not parse" '3:1: error: LOAD_ERR_YAML_PARSE' \
	<< 'END'
- rule: a
  desc: "no end
END
bad_rules "an unknown field" '3:[0-9]*: error.*nonexistent field proc.nope' \
	<< 'END'
- rule: a
  desc: a
  condition: evt.type=open and proc.nope=1
  output: x
  priority: INFO
END
bad_rules "an unknown operator" '3:[0-9]*: error.*expected a valid check' \
	<< 'END'
- rule: a
  desc: a
  condition: proc.name resembles cat
  output: x
  priority: INFO
END
bad_rules "a regular expression that is none" '3:[0-9]*: error.*regex' << 'END'
- rule: a
  desc: a
  condition: proc.name regex "a(b"
  output: x
  priority: INFO
END
refused "rules: no such file" "$dir/none.yaml" \
	"$spoor" replay "$dir/good.scap" -r "$dir/none.yaml"
printf 'a' > "$dir/locked.yaml"
refused "rules: not YAML items" "locked.yaml" \
	"$spoor" replay "$dir/good.scap" -r "$dir/locked.yaml"

# Growth: lists and macros that double, loops, 10,000 terms, hard patterns.
i=0
while [ $i -lt 40 ]; do
	j=$((i + 1))
	echo "- list: l$i"
	echo "  items: [l$j, l$j]"
	i=$j
done > "$dir/doubling.yaml"
timeout 120 "$spoor" check "$dir/doubling.yaml" > /dev/null 2>&1
[ $? -le 1 ]
verdict $? "rules: 40 lists that double each other end"
awk 'BEGIN {
	for (i = 40; i >= 0; i--) {
		printf "- macro: m%d\n  condition: ", i
		print i == 40 ? "proc.name=a" : "(m" i+1 " or m" i+1 ")" }
	print "- rule: r\n  desc: r\n  condition: m0\n  output: x\n  priority: INFO"
}' > "$dir/macros.yaml"
timeout 120 "$spoor" check "$dir/macros.yaml" > /dev/null 2>&1
[ $? -le 1 ]
verdict $? "rules: 40 macros that double each other end"
awk 'BEGIN {
	printf "- rule: r\n  desc: r\n  output: x\n  priority: INFO\n  condition: evt.type=open"
	for (i = 0; i < 10000; i++) printf " or proc.name=p%d", i
	print "" }' > "$dir/terms.yaml"
timeout 120 "$spoor" replay "$dir/good.scap" -r "$dir/terms.yaml" \
	> /dev/null 2>&1
verdict $? "rules: a condition of 10,000 terms"
cat > "$dir/regex.yaml" << 'END'
- rule: r
  desc: r
  condition: evt.type=openat and fd.name regex "(((a*)*)*)*(x+x+)+y"
  output: x
  priority: INFO
END
timeout 120 "$spoor" replay "$dir/good.scap" -r "$dir/regex.yaml" \
	> /dev/null 2>&1
verdict $? "rules: a regular expression that explodes elsewhere"

# A full disk: the command goes on, what was recorded stays readable, and the
# disk is used to its end (less than that would hang on how much is gathered
# before it is written).  What is read cannot be compressed: 640 kB.
mkdir "$dir/full"
if mount -t tmpfs -o size=256k tmpfs "$dir/full" 2> /dev/null; then
	"$build/spoor" record -o "$dir/full/c.scap.zst" -- sh -c '
		dd if=/dev/urandom of=/dev/null bs=80 count=8000 2> /dev/null
		echo done > '"$dir"'/finished' 2> "$dir/err"
	[ $? = 1 ] && grep -q 'No space left' "$dir/err"
	verdict $? "a full disk is said"
	i=0
	while [ ! -e "$dir/finished" ] && [ $i -lt 600 ]; do
		i=$((i + 1))
		sleep 0.1
	done
	[ -e "$dir/finished" ]
	verdict $? "a full disk: the command goes on to its end"
	kept=$("$spoor" print "$dir/full/c.scap.zst" -p '%evt.num' \
		2> /dev/null | wc -l)
	[ "$kept" -gt 500 ]
	verdict $? "a full disk: $kept events stay readable"
	len=$(stat -c %s "$dir/full/c.scap.zst")
	[ "$len" -gt 250000 ]
	verdict $? "a full disk: it is used to its end ($len bytes)"
	umount "$dir/full"
else
	echo "SKIP a full disk: no tmpfs can be mounted here"
fi
