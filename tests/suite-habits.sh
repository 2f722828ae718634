#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Command lines that users of sysdig, tcpdump and strace are used to: captures
# on standard output, file names that determine the format, messages when
# attaching, recordings without events, and info about what was recorded.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'kill $pids 2> /dev/null; rm -rf "$dir"' EXIT
pids=

. tests/checks.sh

# The format of a file by its first bytes.  A capture in zstd frames begins with
# a frame that other tools skip.
format() {
	case $(head -c 4 "$1" | od -An -tx1 | tr -d ' ') in
	0a0d0d0a) echo plain ;;
	28b52ffd | 5?2a4d18) echo zstd ;;
	*) echo unknown ;;
	esac
}

# Standard output is the capture, and the command's own output is elsewhere.
"$spoor" record -o - -- sh -c 'echo from the command; id -u' \
	> "$dir/out.scap" 2> "$dir/err"
verdict $? "record -o -"
same "a capture, not compressed, on standard output" \
	"$(format "$dir/out.scap")" plain
"$spoor" print "$dir/out.scap" 'evt.type = execve' -p '%proc.cmdline' \
	> "$dir/lines" && grep -qx 'id -u' "$dir/lines"
verdict $? "which holds what the command did"
grep -qx 'from the command' "$dir/err"
verdict $? "the command's output is on stderr"
"$spoor" record -o - -- id -u 2> "$dir/err" |
	"$spoor" print - 'evt.type = execve' -p '%proc.cmdline' > "$dir/lines"
grep -qx 'id -u' "$dir/lines"
verdict $? "record -o - | print -"
"$spoor" record -z -w - -- id -u 2> "$dir/err" > "$dir/z"
same "-z: standard output in zstd" "$(format "$dir/z")" zstd
"$spoor" convert "$dir/z" -o - 2> "$dir/err" |
	"$spoor" print - 'evt.type = execve' -p '%proc.cmdline' > "$dir/lines"
grep -qx 'id -u' "$dir/lines"
verdict $? "convert -o - | print -"
"$spoor" record -o - -- sh -c 'exit 7' > "$dir/out" 2> "$dir/err"
same "the command's exit code" $? 7
if [ -e "$dir/-" ] || [ -e - ]; then
	echo "FAIL a file named - was made"
else
	echo "PASS no file named - was made"
fi
if command -v script > /dev/null; then
	script -qec "$spoor record -o - -- true" /dev/null > "$dir/err" \
		< /dev/null
	[ $? = 1 ] && grep -q 'standard output is a terminal' "$dir/err"
	verdict $? "no capture goes to a terminal"
else
	echo "SKIP no capture goes to a terminal: no script(1) here"
fi
"$spoor" record -o - -- true > /dev/full 2> "$dir/err"
[ $? = 1 ] && grep -q 'standard output: cannot be written: No space' "$dir/err"
verdict $? "standard output that is full is an error"
refused "-o - with several files" "need a file, not standard output" \
	"$spoor" record -o - -C 1 -- true
refused "-o - with packets" "needs a capture file" \
	"$spoor" record -o - --packets lo -- true

# Names say what is in the file.
for command in record convert; do
	write() { # write NAME OPTIONS...
		if [ $command = record ]; then
			"$spoor" record -o "$@" -- true
		else
			"$spoor" convert "$dir/out.scap" -o "$@"
		fi
	}
	for name in a.scap a.scap.zst a.zst a; do
		wanted=zstd
		[ $name = a.scap ] && wanted=plain
		write "$dir/$command-$name" > "$dir/out" 2> "$dir/err" ||
			cat "$dir/err"
		"$spoor" print "$dir/$command-$name" > "$dir/out" ||
			echo "FAIL $command: $name cannot be read"
		same "$command: $name" \
			"$(format "$dir/$command-$name")" $wanted
	done
	for name in a.scap.gz a.gz a.pcap a.scap.xz; do
		refused "$command: $name" "captures are written as .scap.zst" \
			write "$dir/$command-$name"
		[ ! -e "$dir/$command-$name" ]
		verdict $? "$command: $name is not made"
	done
	refused "$command: -z with the name of a plain capture" \
		"are not compressed; use" write "$dir/b.scap" -z
done
"$spoor" record -o "$dir/r.scap" -e 20 -- ls "$dir" > "$dir/out" 2> "$dir/err"
same "files of a rotated plain capture" "$(format "$dir/r.scap1")" plain

# Attaching: it says to what, with names, and how to end it.
attach() { # attach ENGINE OPTIONS...: records what is running for a second
	engine=$1
	shift
	timeout -k 5 20 "$spoor" record --force --engine "$engine" -M 1 \
		-o "$dir/attached.scap.zst" "$@" > "$dir/out" 2> "$dir/err"
}
cp /bin/sleep "$dir/a sleeper"
"$dir/a sleeper" 600 &
one=$!
sleep 600 &
two=$!
pids="$one $two"
for engine in inject ptrace; do
	attach $engine -p $one -p $two
	code=$?
	if grep -q 'inject: needs' "$dir/err"; then
		echo "SKIP attaching: no engine $engine here"
		continue
	fi
	same "$engine: attaching to what does nothing" $code 0
	grep -qE "attached to $one \(a sleeper\), 1 thread(,|\$)" "$dir/err" &&
		grep -qE "attached to $two \(sleep\), 1 thread(,|\$)" "$dir/err"
	verdict $? "$engine: it says to what"
	grep -qE 'Ctrl-C or kill [0-9]+ ends the recording; the processes go on' \
		"$dir/err"
	verdict $? "$engine: and how to end it"
	"$spoor" info "$dir/attached.scap.zst" > "$dir/info"
	same "$engine: info: the events of an idle process" \
		"$(sed -n 's/^Events: *//p' "$dir/info")" "0 in 0 blocks"
	grep -qE "^ +$one a sleeper \(1 thread" "$dir/info" &&
		grep -q '^Recorded: *2 running processes' "$dir/info" &&
		grep -qE "^By: .*--engine $engine .*-p $one -p $two" "$dir/info"
	verdict $? "$engine: info says what was recorded"
	# Nothing happened: a fact, for every reader.
	echo '[]' > "$dir/none.yaml"
	idle=$dir/attached.scap.zst
	for reader in "print $idle" "replay $idle -r $dir/none.yaml" \
		"load $idle --force -o $dir/idle.db" "query ran $idle" \
		"convert $idle --force -o $dir/copy.scap" \
		"convert $idle --force -o $dir/copy.scap.zst" \
		"report $idle --force -o $dir/idle.html" "export $idle" \
		"print $dir/copy.scap" "info $dir/copy.scap" \
		"print $dir/copy.scap.zst" "index $idle"; do
		# shellcheck disable=SC2086
		"$spoor" $reader > "$dir/out" 2> "$dir/err" || {
			cat "$dir/err"
			echo "FAIL $engine: nothing happened: $reader"
		}
	done
	verdict 0 "$engine: a recording in which nothing happened is read"
done

# Signals end it, as the message says.
"$spoor" record --force -o "$dir/i.scap.zst" -p $two 2> "$dir/err" &
recorder=$!
pids="$pids $recorder"
i=0
until grep -q 'or kill' "$dir/err" || [ $i -gt 100 ]; do
	i=$((i + 1))
	sleep 0.1
done
said=$(sed -n 's/.*or kill \([0-9]*\).*/\1/p' "$dir/err")
kill "$said"
timeout 20 tail --pid=$recorder -f /dev/null || kill -9 $recorder
wait $recorder
same "kill as told ends the recording" $? 0
kill -0 $two
verdict $? "and the process goes on"

# What was recorded, of a command, with hostile words in it.
"$spoor" record --force -o "$dir/c.scap.zst" --inodes all -- \
	sh -c 'true "$0"' "it's
here" > "$dir/out" 2> "$dir/err"
"$spoor" info "$dir/c.scap.zst" > "$dir/info"
grep -qF "Recorded:   sh -c 'true \"\$0\"' 'it'\\''s\\nhere'" "$dir/info"
verdict $? "info: the command, in one line"
grep -qE '^By: +spoor record --force -o .* --inodes all -- sh -c' "$dir/info"
verdict $? "info: the options"
"$spoor" info --json "$dir/c.scap.zst" |
	grep -qF '"command":["sh","-c","true \"$0\"","it'\''s\nhere"]'
verdict $? "info --json: the words"
"$spoor" convert "$dir/c.scap.zst" -o "$dir/copied.scap.zst" > "$dir/out"
same "a copy says it, too" \
	"$("$spoor" info "$dir/copied.scap.zst" | grep -c '^Recorded: *sh -c')" 1
"$spoor" record --force -o "$dir/rot.scap.zst" -e 20 -- ls "$dir" \
	> "$dir/out" 2> "$dir/err"
same "each file of a rotated recording says it" \
	"$("$spoor" info "$dir/rot.scap.zst1" | sed -n 's/^Recorded: *//p')" \
	"ls $dir"
