#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Special to the inject engine: a program that writes to the memory in which its
# calls are recorded can harm neither the recorder nor the records of other
# programs, and the capture reports that it did so.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh
. tests/servers.sh

# the thread that wrote
first() {
	"$spoor" print "$dir/s.scap.zst" 'evt.type = execve' \
		-p '%thread.tid' 2> /dev/null | tail -n 1
}

# said HOW PATTERN: losses are noted once a second, all else once
said() {
	"$spoor" print "$dir/s.scap.zst" 'evt.type = notification' \
		-p '%evt.args' > "$dir/notes" 2> /dev/null
	grep -Eq "$2" "$dir/notes" && grep -q "thread $(first)" "$dir/notes" &&
		[ "$(wc -l < "$dir/notes")" -le $((8 + took)) ]
	said=$?
	[ $said = 0 ] || head -n 10 "$dir/notes"
	verdict $said "inject, scribble $1: the capture says so"
}

# others HOW
others() {
	others=$("$spoor" print "$dir/s.scap.zst" "evt.type = getppid and
		thread.tid != $(first)" -p '%thread.tid' 2> /dev/null |
		sort | uniq -c | awk '{ printf "%s ", $1 }')
	[ "$others" = "1000 1000 " ]
	same=$?
	[ $same = 0 ] || echo "     calls of the others: $others"
	verdict $same "inject, scribble $1: all calls of the others are there"
}

# scribbled HOW [PATTERN]: what the capture must say of the thread that did
scribbled() {
	began=$(date +%s)
	timeout -k 5 300 "$spoor" record --force --engine inject \
		-o "$dir/s.scap.zst" -- "$build/workloads/scribble" "$1" \
		> /dev/null 2> "$dir/log"
	code=$?
	took=$(($(date +%s) - began))
	if [ $code = 3 ] || grep -q 'needs Linux' "$dir/log"; then
		echo "SKIP inject, scribble $1: nothing is recorded that way here"
		return
	fi
	[ $code = 0 ] || cat "$dir/log"
	verdict $code "inject, scribble $1: all goes on"
	others "$1"
	[ $# = 1 ] || said "$1" "$2"
}

scribbled none > "$dir/none"
cat "$dir/none"
if grep -q SKIP "$dir/none"; then
	exit
fi
"$spoor" print "$dir/s.scap.zst" 'evt.type = notification' > "$dir/notes"
[ ! -s "$dir/notes" ]
verdict $? "inject: nothing is said of who writes nothing"
scribbled zero 'thread .* ring was damaged'
scribbled ones 'thread .* ring was damaged'
scribbled random 'thread .* ring was damaged'
scribbled heads 'thread .* ring was damaged'
scribbled sequence 'records of thread .* lost'
scribbled code 'thread .* disturbed'
scribbled cut

# What one process of a family has patched, the others patch too.
"$spoor" record --force --engine inject -o "$dir/s.scap.zst" \
	-- "$build/workloads/siblings" run > /dev/null
verdict $? "inject: forked processes all make their calls without stops"

# Threads of a further arena, which is far from the libraries, patch them too.
"$spoor" record --force --engine inject -o "$dir/s.scap.zst" \
	-- "$build/workloads/far" run > /dev/null
verdict $? "inject: more threads than an arena has room for make calls without stops"

# start COMMAND...: $program, which is $waiter's child
start() {
	rm -f "$dir/go" "$dir/pid"
	# shellcheck disable=SC2016
	timeout -k 5 120 sh -c 'echo $$ > "$0.new"; mv "$0.new" "$0"
		exec "$@"' "$dir/pid" "$@" > "$dir/attached" 2>&1 < /dev/null &
	waiter=$!
	until [ -s "$dir/pid" ]; do sleep 0.05; done
	program=$(cat "$dir/pid")
}

# attach: $recorder has begun to record it
attach() {
	"$spoor" record --force --engine inject -o "$dir/a.scap.zst" \
		-p "$program" 2> "$dir/log" &
	recorder=$!
	while grep -q '^TracerPid:.0$' "/proc/$program/status" &&
		kill -0 $recorder 2> /dev/null; do
		sleep 0.05
	done
}

has_code() {
	grep -q memfd:spoor "/proc/$program/maps"
}

# attached NAME FILTER COMMAND...: a program that checks itself and works until
# $dir/go is there ends as it does natively when it is attached to meanwhile;
# what it does from then on is recorded, by code in it, what FILTER says of it,
# too
attached() {
	name=$1
	filter=$2
	shift 2
	start "$@"
	attach
	comes has_code
	has_code=$?
	: > "$dir/go"
	wait $recorder
	recorded=$?
	wait $waiter
	code=$?
	if grep -q 'needs Linux' "$dir/log"; then
		echo "SKIP inject, attached to $name: not recorded that way here"
		return
	fi
	[ $code = 0 ] && [ $recorded = 0 ]
	whole=$?
	[ $whole = 0 ] || cat "$dir/attached" "$dir/log"
	verdict $whole "inject, attached to $name: ends as natively"
	verdict $has_code "inject, attached to $name: by code in it"
	"$spoor" print "$dir/a.scap.zst" "$filter" -p '%evt.type' |
		grep -q .
	verdict $? "inject, attached to $name: its calls are recorded"
}

# left NAME COMMAND...: the same, but the recorder is killed meanwhile
left() {
	name=$1
	shift
	start "$@"
	attach
	kill -KILL $recorder
	wait $recorder 2> /dev/null
	: > "$dir/go"
	wait $waiter
	code=$?
	[ $code = 0 ] || cat "$dir/attached"
	verdict $code "inject, attached to $name and killed: it ends as natively"
}

# is_idle PID: it uses less than a tenth of a CPU
ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
is_idle() {
	before=$(ticks "$1")
	sleep 0.5
	[ $(($(ticks "$1") - before)) -lt 5 ]
}

# let_go SIGNAL NAME COMMAND...: the same, but the recorder, which has attached to
# all threads, gets a signal
let_go() {
	signal=$1
	name=$2
	shift 2
	start "$@"
	attach
	comes has_code
	sleep 1
	comes is_idle $recorder
	kill -"$signal" $recorder
	wait $recorder 2> /dev/null
	: > "$dir/go"
	wait $waiter
	code=$?
	[ $code = 0 ] || cat "$dir/attached" "$dir/log"
	verdict $code "inject, attached to $name, let go by $signal: ends as natively"
}

attached threads 'evt.type = getppid' "$build/workloads/attached" "$dir/go"
for i in 1 2 3; do
	left "threads ($i)" "$build/workloads/attached" "$dir/go"
done

# More threads than a program's arena has slots: each waits in a call as it is
# attached to, which ends as natively.
for each in 6 35; do
	attached "$each threads in each call that waits" 'evt.type = getppid' \
		"$build/workloads/waiting" "$dir/go" $each
	for signal in TERM KILL; do
		let_go $signal "$each threads in each call that waits" \
			"$build/workloads/waiting" "$dir/go" $each
	done
done

# killed CALL NTH: a program is attached to by a recorder that is killed at its
# thread's NTH CALL, and ends as natively
killed() {
	start "$build/workloads/attached" "$dir/go"
	timeout 15 strace -f -qq -o "$dir/st" -e trace="$1" \
		-e inject="$1:signal=KILL:when=$2" "$spoor" record --force \
		--engine inject -o "$dir/a.scap.zst" -p "$program" \
		> /dev/null 2>&1
	: > "$dir/go"
	wait $waiter
	code=$?
	if ! grep -q 'killed by SIGKILL' "$dir/st"; then
		echo "     not killed at $1 $2"
	elif [ $code != 0 ]; then
		echo "     code $code, killed at $1 $2:" \
			"$(grep -v differs "$dir/attached" | head -n 1)"
	else
		echo whole
	fi
}

# Writing the code, a page that has it, or its arena; or in a call of a thread.
# Not each recorder comes to its last steps.
if grep -q 'needs Linux' "$dir/log"; then
	echo "SKIP inject, killed at its steps: it cannot attach here"
else
	for nth in $(seq 16); do killed pwrite64 "$nth"; done > "$dir/kills"
	for nth in $(seq 150 9 285); do killed ptrace "$nth"; done >> "$dir/kills"
	grep -v whole "$dir/kills"
	! grep -q code "$dir/kills" && [ "$(grep -c whole "$dir/kills")" -ge 20 ]
	verdict $? "inject, killed at its steps as it patches: all end as natively"
fi

# shellcheck disable=SC2016
attached "a shell" 'evt.type = execve and proc.name = true' sh -c '
	i=100; while [ $i -gt 0 ]; do
		/bin/true || exit
		[ ! -e "$0" ] || i=$((i - 1))
	done' "$dir/go"

for i in 1 2 3 4 5; do
	attached "who lends memory ($i)" 'evt.type = getppid' \
		"$build/workloads/lends" "$dir/go"
done

# What a process does that is not attached to, but has the same descriptors.
attached "who shares descriptors" 'evt.type = recvfrom' \
	"$build/workloads/rejoined" "$dir/go"
grep '^[0-9]' "$dir/attached" > "$dir/expected"
while read -r count filter; do
	got=$("$spoor" print "$dir/a.scap.zst" "$filter" -p '%evt.num' | wc -l)
	[ "$got" = "$count" ]
	verdict $? "inject, attached: $got, not $count, of $filter"
done < "$dir/expected" > "$dir/verdicts"
! grep FAIL "$dir/verdicts" && [ -s "$dir/verdicts" ]
verdict $? "inject, attached: their ends are those of the time"

# What the first programs of a recording teach of their libraries' code, the
# next have patched as they map it; %gs as a program's own ends that.
for name in registers signals; do
	"$build/workloads/$name" 2> /dev/null | grep -v evt > "$dir/native"
	"$spoor" record --force --engine inject -o "$dir/s.scap" -- \
		sh -c 'for i in 1 2 3 4; do "$0" > "$1.$i"; done' \
		"$build/workloads/$name" "$dir/again" 2> "$dir/log"
	for i in 1 2 3 4; do
		grep -v evt "$dir/again.$i" | cmp -s "$dir/native" -
		verdict $? "inject, $name again ($i): as natively"
	done
done

# Stopped and let go on again and again, a shell gets its other signals too.
rm -f "$dir/pid" "$dir/told"
# shellcheck disable=SC2016
timeout -k 5 120 "$spoor" record --force --engine inject \
	-o "$dir/a.scap.zst" -- sh -c 'echo $$ > "$0/new"; mv "$0/new" "$0/pid"
	i=200; while [ $i -gt 0 ]; do echo $i | cat > /dev/null; i=$((i - 1)); done
	trap "echo told > $0/told" USR1; kill -USR1 $$' "$dir" 2> "$dir/log" &
recorder=$!
comes test -s "$dir/pid"
while kill -STOP "$(cat "$dir/pid")" 2> /dev/null; do
	kill -CONT "$(cat "$dir/pid")"
done
wait $recorder
[ -s "$dir/told" ]
verdict $? "inject: a shell that is stopped often gets its other signals"

# What is held of threads that live on is freed at the end.
if [ -x "$build/san/spoor" ]; then
	"$build/workloads/sleepers" &
	program=$!
	sleep 1
	ASAN_OPTIONS=detect_leaks=1 timeout -k 5 60 "$build/san/spoor" record \
		--engine inject -M 1 -p $program -o "$dir/leak.scap" \
		2> "$dir/log"
	code=$?
	[ $code = 0 ] && ! grep 'LeakSanitizer' "$dir/log" &&
		kill -0 $program
	verdict $? "inject: nothing is leaked of threads that live on"
	kill $program
else
	echo "SKIP inject: leaks: there is no $build/san/spoor"
fi
