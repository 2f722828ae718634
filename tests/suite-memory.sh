#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The memory that the inject engine adds to programs gives no process power over
# another: what one process can write there, no other process executes or
# trusts; a program that removes the memory is recorded by stops; a recorder
# that is killed while processes are created harms none.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh
. tests/servers.sh

# child_of PID: of timeout(1), its program
child_of() {
	while ! child=$(cat "/proc/$1/task/$1/children") || [ -z "$child" ]; do
		sleep 0.02
	done
	echo "${child%% *}"
}

# recorded NAME ARGUMENT...: a workload, by inject
recorded() {
	name=$1
	shift
	timeout -k 5 300 "$spoor" record --force --engine inject \
		-o "$dir/m.scap.zst" -- "$build/workloads/$name" "$@" \
		> "$dir/out" 2> "$dir/log"
}

notes() {
	"$spoor" print "$dir/m.scap.zst" 'evt.type = notification' \
		-p '%evt.args' 2> /dev/null
}

recorded power
code=$?
if [ $code = 77 ] || grep -q 'needs Linux' "$dir/log"; then
	echo "SKIP memory: nothing is recorded that way here, or not as root"
	exit
fi
[ $code = 0 ] || cat "$dir/log"
verdict $code "memory: a worker without privileges, and its master"
while IFS=: read -r way what; do
	[ "$what" = " held" ] || echo "     $way:$what"
	[ "$what" = " held" ]
	verdict $? "memory: $way gives no power"
done < "$dir/out"
[ "$(wc -l < "$dir/out")" = 18 ]
verdict $? "memory: all ways were tried"

# Who takes away what records it: says so, and all calls are there.
for how in unmaps covers moves threads; do
	recorded unmaps $how
	code=$?
	[ $code = 0 ] || cat "$dir/log"
	verdict $code "memory, $how: the program works on"
	notes | grep -Eq 'unmap(s|ping) the code that records'
	verdict $? "memory, $how: the capture says so"
	same "memory, $how: calls" "$("$spoor" print "$dir/m.scap.zst" \
		'evt.type = getppid' | wc -l)" 200
done

# Who opens it before it is sealed: the program goes by stops.
recorded peeps
code=$?
read -r _ kept _ used < "$dir/out"
if [ "$code" = 0 ] && [ "$kept" = 0 ]; then
	echo "SKIP memory, opened before it is sealed: never came to that"
else
	[ "$code" = 0 ] && [ "$used" = 0 ] ||
		echo "     code $code, of $kept mappings kept used: $used"
	[ "$code" = 0 ] && [ "$used" = 0 ]
	verdict $? "memory, opened before it is sealed: no program uses it"
	notes | grep -q 'by stops: .* kept from others'
	verdict $? "memory, opened before it is sealed: the capture says so"
fi

# What cannot have its memory goes by stops, which is said once.
# by_stops NAME PATTERN: of a shell's four programs, all calls are there
by_stops() {
	same "memory, $1: programs" "$("$spoor" print "$dir/m.scap.zst" \
		'evt.type = execve and proc.name = true' | wc -l)" 3
	same "memory, $1: notes" "$(notes | grep -c "$2")" 1
}

# shellcheck disable=SC2016
"$spoor" record --force --engine inject -o "$dir/m.scap.zst" -- \
	sh -c 'ulimit -v 40000; for i in 1 2 3; do /bin/true; done' \
	2> "$dir/log"
by_stops "little room" 'by stops: its limit of memory'
# shellcheck disable=SC2016
(
	ulimit -f 8000
	"$spoor" record --force --engine inject -o "$dir/m.scap.zst" -- \
		sh -c 'for i in 1 2 3; do /bin/true; done' 2> "$dir/log"
)
by_stops "short files" 'by stops: .* kept from others'

# beside CALL WHAT: a program that forks, attached to by a recorder of which
# strace makes WHAT at its CALL; $code is the program's
beside() {
	rm -f "$dir/go"
	timeout -k 5 120 "$build/workloads/families" "$dir/go" \
		> "$dir/out" 2>&1 &
	program=$!
	timeout "${3:-15}" strace -f -qq -o "$dir/st" -e trace="$1" \
		-e inject="$1:$2" "$spoor" record --force \
		--engine inject -o "$dir/m.scap.zst" -p "$(child_of $program)" \
		> /dev/null 2> "$dir/log"
	: > "$dir/go"
	wait $program
	code=$?
}

# born CALL NTH: the recorder is killed at its NTH CALL
born() {
	beside "$1" "signal=KILL:when=$2"
	if ! grep -q 'killed by SIGKILL' "$dir/st"; then
		echo "     not killed at $1 $2"
	elif [ $code != 0 ]; then
		echo "     code $code, killed at $1 $2: $(tail -n 1 "$dir/out")"
	else
		echo whole
	fi
}

# More threads than the kernel lets go as the recorder dies: they notice.
# shellcheck disable=SC2016
timeout -k 5 120 "$spoor" record --force --engine inject \
	-o "$dir/m.scap.zst" -- sh -c '"$0" 2100 "$1/all" > "$1/whole"
	echo "code $?" > "$1/code"' "$build/workloads/orphans" "$dir" \
	2> "$dir/log" &
recorder=$!
comes test -e "$dir/all"
# timeout(1) is what was started
kill -KILL "$(child_of $recorder)"
rm -f "$dir/all"
comes test -s "$dir/code"
same "memory, 2100 orphans that fork" "$(cat "$dir/whole")" 2100
wait $recorder 2> /dev/null

if ! command -v strace > /dev/null; then
	echo "SKIP memory, no seal, and killed as processes are born: no strace"
	exit
fi

# A kernel that does not know the seal.
beside fcntl error=EINVAL 5
verdict $code "memory, no seal: the program ends as natively"
notes | grep -q 'by stops: .* kept from others'
verdict $? "memory, no seal: the capture says so"

for nth in 2 3 4 5; do
	born pidfd_getfd $nth
	born fcntl $nth
	born process_vm_writev $nth
done > "$dir/kills"
for nth in $(seq 300 17 555); do born ptrace "$nth"; done >> "$dir/kills"
grep -v whole "$dir/kills"
! grep -q code "$dir/kills" && [ "$(grep -c whole "$dir/kills")" -ge 20 ]
verdict $? "memory, killed as processes are born: all end as natively"
