#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Recording: the same calls as strace sees, exit codes, refused command lines,
# and a recorder that is killed.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh
. tests/servers.sh

# Calls by name, finished ones only; strace and spoor name some differently.
same_calls() {
	name=$1
	shift
	strace -f -qq -o "$dir/st" "$@" > /dev/null 2>&1
	"$spoor" record --force -o "$dir/c.scap.zst" -- "$@" > /dev/null \
		2> "$dir/log" || { cat "$dir/log"; }
	sed -n 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/p' "$dir/st" |
		sort | uniq -c > "$dir/theirs"
	"$spoor" print "$dir/c.scap.zst" 'evt.type != procexit and
		evt.type != signaldeliver and not (evt.rawres = 0 and
		evt.type in (clone, clone3, fork, vfork))' -p '%evt.type' |
		sed 's/^pread$/pread64/; s/^pwrite$/pwrite64/;
		s/^prlimit$/prlimit64/; s/^umount$/umount2/' |
		sort | uniq -c > "$dir/ours"
	if cmp -s "$dir/ours" "$dir/theirs"; then
		echo "PASS $name: $(awk '{n += $1} END {print n}' "$dir/ours")" \
			"calls, as strace"
	else
		diff "$dir/theirs" "$dir/ours" | head -n 8
		echo "FAIL $name: other calls than strace (<) sees"
	fi
}

# What signals do to the command is what they do without us.
"$spoor" record --force -o "$dir/c.scap.zst" -- \
	grep '^SigIgn' /proc/self/status > "$dir/ignored" 2> "$dir/log"
grep '^SigIgn' /proc/self/status | cmp -s - "$dir/ignored"
verdict $? "the command ignores the signals it ignores without spoor"
(trap '' INT QUIT
	"$spoor" record --force -o "$dir/c.scap.zst" -- \
		grep '^SigIgn' /proc/self/status > "$dir/ignored" 2> "$dir/log"
	grep '^SigIgn' /proc/self/status | cmp -s - "$dir/ignored")
verdict $? "and those that were ignored before"

same_calls ls ls -lR /etc
same_calls "a program that starts others" sh -c '/bin/true; /bin/cat /etc/passwd'
same_calls tar tar cf "$dir/t.tar" /etc/apt

# inodes ENGINE WHICH EXPECTED: of which opened files the inode is told
inodes() {
	# shellcheck disable=SC2016
	"$spoor" record --force --engine "$1" --inodes "$2" \
		-o "$dir/i.scap.zst" -- sh -c 'echo > "$0/made"; cat "$0/made"' \
		"$dir" > /dev/null 2> "$dir/log"
	if grep -q 'inject: needs' "$dir/log"; then
		echo "SKIP --inodes: no engine $1 here"
		return
	fi
	ino=$(stat -c %i "$dir/made")
	told=$("$spoor" print "$dir/i.scap.zst" "evt.type = openat and
		evt.arg.name = $dir/made" -p '%evt.arg.ino' |
		sed "s/^$ino\$/it/" | tr '\n' ' ')
	[ "$told" = "$3" ]
	verdict $? "--inodes $2 ($1): $told"
}

for engine in ptrace inject; do
	inodes $engine written "it 0 "
	inodes $engine all "it it "
	inodes $engine none "0 0 "
done
"$spoor" record --inodes some -o "$dir/i.scap.zst" --force -- true 2> "$dir/log"
[ $? = 1 ] && grep -q -- '--inodes some' "$dir/log"
verdict $? "an option's bad word is told"

"$spoor" record -o "$dir/e.scap.zst" -- sh -c 'exit 7' 2> /dev/null
[ $? = 7 ]
verdict $? "the command's exit code is passed on"
"$spoor" record --force -o "$dir/e.scap.zst" -- sh -c 'kill -9 $$' 2> /dev/null
[ $? = 137 ]
verdict $? "a signal's exit code is 128 and its number"
"$spoor" record -o "$dir/e.scap.zst" -- true 2> "$dir/log"
[ $? = 1 ] && grep -q 'exists already' "$dir/log"
verdict $? "an existing file is refused"
"$spoor" record -o "$dir/n.scap.zst" -p 4194303 2> "$dir/log"
[ $? = 1 ] && grep -q 'does not exist' "$dir/log" && [ ! -e "$dir/n.scap.zst" ]
verdict $? "a process that does not exist is refused"

# What cannot be run or understood is said in one sentence.
printf 'exit 5\n' > "$dir/script"
chmod +x "$dir/script"
"$spoor" record --force -o "$dir/e.scap.zst" -- "$dir/script" 2> /dev/null
[ $? = 5 ]
verdict $? "a script without #! is run by the shell, as execvp does"
printf '#!/nonesuch\n' > "$dir/script"
"$spoor" record --force -o "$dir/e.scap.zst" -- "$dir/script" 2> "$dir/log"
[ $? = 1 ] && grep -q "script: No such file" "$dir/log"
verdict $? "a command that cannot become its program is said"
for words in "-- $dir" "-- $dir/none" "-- nonesuch-command" "-p abc" \
	"-s abc -- true" "-n -1 -- true" "--container nonesuch-container" \
	"--container $$" "-p 1 -- true"; do
	# shellcheck disable=SC2086
	"$spoor" record -o "$dir/n.scap.zst" $words 2> "$dir/log"
	[ $? = 1 ] && grep -q '^spoor record: ' "$dir/log" &&
		[ ! -e "$dir/n.scap.zst" ]
	verdict $? "refused, and nothing written: $(echo "$words" |
		sed "s|$dir|DIR|; s|$$|PID|")"
done
timeout 60 strace -f -o /dev/null "$spoor" record -o "$dir/n.scap.zst" \
	-- true 2> "$dir/log"
[ $? = 1 ] && grep -q 'spoor is traced itself' "$dir/log"
verdict $? "a recorder that is traced says so, and ends"

# Limits: the recording ends, the command does not.
"$spoor" record --force -w "$dir/e.scap.zst" -n 50 -- \
	sh -c 'ls -lR /etc > /dev/null; exit 6' 2> /dev/null
[ $? = 6 ] && [ "$("$spoor" print "$dir/e.scap.zst" | wc -l)" = 50 ]
verdict $? "-n: so many events, and the command goes on to its end"

# Wherever it is then: at a fork, at an exec, as its memory is made ready.
for engine in auto ptrace; do
	count=35
	while [ $count -lt 60 ]; do
		timeout 20 "$spoor" record --force --engine "$engine" \
			-w "$dir/e.scap.zst" -n $count -- \
			sh -c 'ls -l / > "$0"; exit 6' "$dir/listing" \
			2> /dev/null
		code=$?
		[ $code = 6 ] || break
		[ -s "$dir/listing" ] || break
		count=$((count + 1))
	done
	[ $count = 60 ]
	verdict $? "-n ($engine): the command goes on from any place"
done
timeout 60 "$spoor" record --force -w "$dir/e.scap.zst" -M 1 -- sh -c '
	while grep -q "^TracerPid:.*[1-9]" /proc/self/status; do
		sleep 0.1
	done; /bin/true; exit 7' 2> /dev/null
[ $? = 7 ] && [ -z "$("$spoor" print "$dir/e.scap.zst" 'proc.name=true')" ]
verdict $? "-M: so many seconds, and the command goes on to its end"

# A signal for the recorder is one for the command.
"$spoor" record --force -o "$dir/e.scap.zst" -- sh -c '
	trap "exit 9" TERM
	: > '"$dir"'/ready
	while :; do sleep 0.1; done' 2> /dev/null &
recorder=$!
comes test -e "$dir/ready"
kill -TERM $recorder
wait $recorder
[ $? = 9 ]
verdict $? "a signal sent to spoor is passed on"

# All processes of a container, attached to from outside; 500 events hold the
# beginnings of several of its programs.
if unshare -pf --mount-proc true 2> /dev/null; then
	unshare -pf --mount-proc sh -c 'sleep 1000 &
		while :; do /bin/true; sleep 0.1; done' > /dev/null 2>&1 &
	outer=$!
	comes grep -q . "/proc/$outer/task/$outer/children"
	inner=$(cat "/proc/$outer/task/$outer/children")
	inner=${inner%% *}
	timeout 60 "$spoor" record --force -o "$dir/e.scap.zst" -n 500 \
		--container "$inner" 2> "$dir/log"
	code=$?
	[ $code = 0 ] && grep -q 'events' "$dir/log" &&
		[ -n "$("$spoor" print "$dir/e.scap.zst" \
			'evt.type=execve and proc.name=true')" ]
	verdict $? "--container PID: who is in its pid namespace"
	kill -9 "$inner"
	wait $outer 2> /dev/null
	for engine in ptrace inject; do
		"$spoor" record --force --engine $engine -o "$dir/n.scap" -- \
			unshare -pf sh -c '/bin/true; /bin/true' 2> "$dir/log"
		"$spoor" print "$dir/n.scap" 'evt.dir=< and evt.rawres=0
			and evt.type in (fork, clone, clone3, vfork)' \
			-p '%evt.rawarg.vpid' | xargs > "$dir/ids"
		[ "$(cat "$dir/ids")" = '1 2 3' ]
		verdict $? "$engine: ids of a new pid namespace"
	done
else
	echo "SKIP --container: no pid namespace can be made here"
fi

# The recorder dies: the command goes on, the capture is readable.
written() {
	events=$("$spoor" print "$dir/k.scap.zst" -p '%evt.num' \
		2> /dev/null | wc -l)
	[ "$events" -gt 500 ]
}
"$spoor" record -o "$dir/k.scap.zst" -- sh -c '
	while [ ! -e '"$dir"'/killed ]; do sleep 0.1; done
	echo done > '"$dir"'/finished' 2> /dev/null &
recorder=$!
comes written
kill -9 $recorder
wait $recorder 2> /dev/null
written
verdict $? "a killed recorder leaves a readable capture"
: > "$dir/killed"
comes test -e "$dir/finished"
verdict $? "the command of a killed recorder goes on unharmed"

# Who does nothing while it is recorded is there all the same.
sleep 60 &
idle=$!
timeout -k 5 -s INT 1 "$spoor" record --force -o "$dir/idle.scap.zst" -p $idle \
	2> "$dir/log"
kill $idle
for command in print "replay -r /dev/null" "load --force -o $dir/idle.db" info; do
	# shellcheck disable=SC2086
	"$spoor" $command "$dir/idle.scap.zst" > "$dir/out" 2> "$dir/log" ||
		{ cat "$dir/log"; false; }
	verdict $? "${command%% *}: a capture without events"
done
grep -q '^Events: *0 ' "$dir/out" && grep -q '^At start: *[1-9]' "$dir/out"
verdict $? "info: its start state"

# A command that leaves a daemon behind.  Once it has ended, signals are ours:
# one ends the recording, the daemon goes on.
cat > "$dir/daemon" << 'SCRIPT'
echo $$ > "$1/pid"
while [ -e "$1/pid" ]; do echo >> "$1/ticks"; sleep 0.05; done
SCRIPT
ticks_are() { # more than so many
	[ "$(wc -l < "$dir/ticks")" -gt "$1" ]
}
counts() { # does the daemon, while we look?
	comes ticks_are $(($(wc -l < "$dir/ticks") + 5))
}
ends() { # within twenty seconds, by itself
	timeout 20 tail --pid="$1" -f /dev/null || kill -9 "$1"
}
# daemonize ENGINE COMMAND OPTIONS...: in the background, as $recorder
daemonize() {
	engine=$1
	command=$2
	shift 2
	rm -f "$dir/pid" "$dir/ticks"
	# A shell's job in the background has SIGINT ignored.
	job=--default-signal=INT
	[ "$signal" != INT-to-a-job ] || job=
	# shellcheck disable=SC2086
	env $job "$spoor" record --engine "$engine" "$@" -- \
		sh -c 'setsid sh "$0/daemon" "$0" < /dev/null > /dev/null 2>&1 &
		'"$command" "$dir" 2> "$dir/log" &
	recorder=$!
}
mkfifo "$dir/pipe"
for engine in inject ptrace; do
	for signal in INT TERM HUP INT-to-a-job; do
		daemonize "$engine" 'exit 7' --force -o "$dir/d.scap.zst"
		comes grep -q 'has ended' "$dir/log"
		if grep -q 'inject: needs' "$dir/log"; then
			echo "SKIP a daemon is left: no engine $engine here"
			continue 2
		fi
		grep -Eq 'the command has ended, [12] of its processes goe?s? on' \
			"$dir/log"
		verdict $? "$engine, a daemon is left: it is said"
		kill -${signal%-to-a-job} $recorder
		ends $recorder
		wait $recorder
		same "$engine, $signal, a daemon is left: the command's code" \
			$? 7
		"$spoor" print "$dir/d.scap.zst" > "$dir/out" 2> "$dir/log" &&
			[ ! -s "$dir/log" ]
		verdict $? "$engine, $signal, a daemon is left: a whole capture"
		counts
		verdict $? "$engine, $signal: the daemon goes on"
	done
	# Stops of the command are not its end.
	timeout 60 "$spoor" record --engine "$engine" --force \
		-o "$dir/d.scap.zst" -- sh -c 'for i in 1 2 3 4; do
		timeout 1 dd if=/dev/zero of=/dev/null bs=1; done; true' \
		> "$dir/out" 2> "$dir/log"
	! grep 'has ended' "$dir/log"
	verdict $? "$engine: a command that runs has not ended"
	# While the command runs, a signal is its own affair.
	daemonize "$engine" 'trap "echo > \"$0/trapped\"" TERM
		until [ -e "$0/trapped" ]; do sleep 0.1; done
		sleep 0.5; exit 8' --force -o "$dir/d.scap.zst"
	rm -f "$dir/trapped"
	comes test -s "$dir/ticks"
	kill -TERM $recorder
	comes grep -q 'has ended' "$dir/log"
	verdict $? "$engine: a signal to the command does not end the recording"
	kill -TERM $recorder
	ends $recorder
	wait $recorder
	same "$engine: and the next one does, the command having ended" $? 8
	# Nobody reads: the first signal waits for that, a second one does not.
	exec 9<> "$dir/pipe"
	daemonize "$engine" 'exit 7' -o - --snaplen 4096 > "$dir/pipe" 9>&-
	comes test -s "$dir/ticks"
	sleep 1.5
	kill -TERM $recorder
	sleep 1
	kill -0 $recorder
	verdict $? "$engine, output blocks: the first signal does not lose it"
	kill -HUP $recorder
	ends $recorder
	wait $recorder 2> /dev/null
	same "$engine, output blocks: a second one ends it all the same" $? 129
	exec 9>&-
	counts
	verdict $? "$engine, output blocks: the daemon goes on"
done
rm -f "$dir/pid"
