#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Programs behave the same under every engine as without: same exit code and
# output, for workloads that check themselves and for ordinary programs.  And
# every engine records everything: the events of each thread equal those of the
# ptrace engine, in the same order, and the numbers of calls equal those of
# strace.  Events that depend on time are excluded: "Depends on time" in the
# head comment of a workload names them.  ENGINES and ONLY (names) select a
# part; UNDER is a command prefix for spoor.
. tests/alone.sh
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export TMPDIR="$dir/temp"
mkdir "$TMPDIR"

engines=
for engine in ${ENGINES:-ptrace inject}; do
	if "$spoor" record --help | grep -q "auto.*$engine"; then
		engines="$engines $engine"
	else
		echo "SKIP engine $engine: this spoor has none"
	fi
done

. tests/checks.sh
. tests/servers.sh

wanted() {
	case " ${ONLY:-$1} " in *" $1 "*) ;; *) return 1 ;; esac
}

# run OUT COMMAND...: its output and exit code in OUT; while it runs, the names
# of its files are the same for all
run() {
	out=$1
	shift
	timeout -k 5 300 "$@" > "$dir/out" 2> "$dir/err" < /dev/null
	echo "exit code $?" >> "$dir/out"
	mv "$dir/out" "$out"
	mv "$dir/err" "$out.err"
}

# recorded ENGINE COMMAND...
recorded() {
	engine=$1
	shift
	# shellcheck disable=SC2086
	run "$dir/$engine" ${UNDER:-} "$spoor" record --force --inodes all \
		--engine "$engine" -o "$dir/$engine.scap.zst" -- "$@"
}

# same_behaviour NAME COMMAND...
same_behaviour() {
	name=$1
	shift
	run "$dir/native" "$@"
	for engine in $engines; do
		recorded "$engine" "$@"
		sound "$name ($engine)" "$dir/$engine.scap.zst"
		cmp -s "$dir/native" "$dir/$engine"
		same=$?
		[ $same = 0 ] || {
			diff "$dir/native" "$dir/$engine" | head -n 8
			grep -E '^(harmed|spoor)' "$dir/$engine.err"
		}
		sed -n "s/^differs:/     $name ($engine) sees:/p" \
			"$dir/$engine.err"
		verdict $same "$name ($engine): as natively"
	done
}

# printed ENGINE
printed() {
	"$spoor" print "$dir/$1.scap.zst" \
		-p '%thread.tid %evt.type %evt.args' > "$dir/$1.printed"
}

# canonical MINE OTHER SKIP: the printed events of MINE, comparable with OTHER's
canonical() {
	awk -v skip="$3" -v temp="$TMPDIR" -f tests/engines/canonical.awk \
		pass=1 "$1" pass=2 "$2" pass=3 "$2" pass=4 "$1"
}

# same_events NAME SKIP: what each engine recorded, and what ptrace did.  How
# often a wait begins again, because a child's SIGCHLD came, is left out.
same_events() {
	skip="$2 wait4 restart_syscall"
	case "$engines" in *ptrace*) printed ptrace ;; *) return ;; esac
	for engine in $engines; do
		[ "$engine" != ptrace ] || continue
		printed "$engine"
		canonical "$dir/ptrace.printed" "$dir/$engine.printed" "$skip" \
			> "$dir/ptrace.events"
		canonical "$dir/$engine.printed" "$dir/ptrace.printed" "$skip" \
			> "$dir/$engine.events"
		cmp -s "$dir/ptrace.events" "$dir/$engine.events"
		same=$?
		[ $same = 0 ] ||
			diff "$dir/ptrace.events" "$dir/$engine.events" |
			awk -f tests/engines/difference.awk | head -n 8
		verdict $same "$1 ($engine): $(wc -l < "$dir/$engine.events") events, as ptrace"
	done
}

# counts SKIP: calls by name, of lines that begin with one
counts() {
	grep -vxE "$(echo "$1" | tr ' ' '|')" | sort | uniq -c
}

# same_calls NAME SKIP COMMAND...: finished calls by name, and strace's.
# execve goes on in another thread, and strace shows exit without an end.
same_calls() {
	name=$1
	skip="$2 restart_syscall"
	shift 2
	run "$dir/straced" strace -f -qq -o "$dir/strace" "$@"
	sed -n 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/p' "$dir/strace" |
		counts "$skip" > "$dir/theirs"
	for engine in $engines; do
		"$spoor" print "$dir/$engine.scap.zst" 'evt.type != procexit and
			evt.type != signaldeliver and not (evt.rawres = 0 and
			evt.type in (clone, clone3, fork, vfork))' \
			-p '%evt.type' | sed 's/^pread$/pread64/
			s/^pwrite$/pwrite64/; s/^prlimit$/prlimit64/
			s/^umount$/umount2/' | counts "$skip" > "$dir/ours"
		cmp -s "$dir/theirs" "$dir/ours"
		same=$?
		[ $same = 0 ] ||
			diff "$dir/theirs" "$dir/ours" | head -n 8
		verdict $same "$name ($engine): $(awk '{n += $1} END {
			print n}' "$dir/ours") calls, as strace"
	done
}

# program NAME SKIP COMMAND...: an ordinary program, in all respects
program() {
	wanted "$1" || return
	program_name=$1
	program_skip=$2
	shift 2
	same_behaviour "$program_name" "$@"
	same_events "$program_name" "$program_skip"
	same_calls "$program_name" "$program_skip" "$@"
}

time_of() {
	sed -n 's/.*Depends on time: \([a-z0-9_ ]*[a-z0-9]\).*/\1/p' "$1"
}

for source in tests/workloads/*.c; do
	name=$(basename "$source" .c)
	if wanted "$name" && [ ! -e "$build/workloads/$name" ]; then
		echo "FAIL $name is not built (make workloads)"
	fi
	for program in "$build/workloads/$name" "$build/workloads/$name"-*; do
		[ -e "$program" ] || continue
		wanted "$(basename "$program")" || continue
		grep -qE 'check.h|expect.h' "$source" || continue
		if grep -q 'check.h' "$source"; then
			same_behaviour "$(basename "$program")" "$program"
		else
			for engine in $engines; do
				recorded "$engine" "$program"
			done
		fi
		[ "$(time_of "$source")" = all ] ||
			same_events "$(basename "$program")" "$(time_of "$source")"
	done
done

cat > "$dir/hello.c" << 'C'
#include <stdio.h>
int main(void) { return printf("hello\n") != 6; }
C
seq 200000 | awk '{print 10000000 + $1 * 7919 % 200003}' > "$dir/numbers"
(git init -q "$dir/repo" && cp "$dir/hello.c" "$dir/repo" &&
	git -C "$dir/repo" add . && git -C "$dir/repo" -c user.name=a \
	-c user.email=a commit -q -m a && touch -d yesterday "$dir/repo/hello.c" &&
	git -C "$dir/repo" status) > /dev/null 2>&1

program ls "" ls -lR /etc
program tar "" tar cf "$dir/t.tar" /etc
program find "" find /usr/share/doc -name 'c*' -newer /etc/hostname
program static-shell "wait4 rt_sigreturn" busybox sh -c \
	'i=0; while [ $i -lt 20 ]; do i=$((i+1)); busybox true; done; busybox ls /'
program shell "wait4 rt_sigreturn" sh -c 'i=0
	while [ $i -lt 20 ]; do i=$((i+1)); /bin/true; done
	cat /etc/passwd | sort | head -n 3; echo $(ls /); exit 3'
program bash "wait4 rt_sigreturn" bash -c 'for i in {1..9}; do
	(exec 3< /etc/passwd; /bin/echo $i); echo $(echo $i); done; exit 5'
program compiler "wait4 getrandom newfstatat openat brk" \
	gcc -O1 -o "$dir/hello" "$dir/hello.c"
program sort "futex getrandom" sort --parallel=2 -n -S 2M "$dir/numbers"
program perl "wait4" perl -e 'print `echo $_` for 1..5; exit 4'
if command -v git > /dev/null; then
	program git "" git -C "$dir/repo" log --stat
else
	echo "SKIP git: not installed"
fi

# A planted difference must be found.
if wanted planted && [ -e "$dir/ptrace.scap.zst" ]; then
	printed ptrace
	sed '20d' "$dir/ptrace.printed" > "$dir/fewer"
	canonical "$dir/ptrace.printed" "$dir/fewer" "" > "$dir/all.events"
	canonical "$dir/fewer" "$dir/ptrace.printed" "" > "$dir/fewer.events"
	! cmp -s "$dir/all.events" "$dir/fewer.events"
	verdict $? "one event less is found"
fi

# alike MINE OTHER: lines that are the same but for the ids of threads
alike() {
	echo "$1" > "$dir/mine"
	echo "$2" > "$dir/other"
	canonical "$dir/mine" "$dir/other" "" > "$dir/mine.events"
	canonical "$dir/other" "$dir/mine" "" | cmp -s - "$dir/mine.events"
}
if wanted planted; then
	alike '4711 write res=9(9) data=I am 4711' \
		'32767 write res=9(9) data=I am 32767'
	verdict $? "ids in texts are compared by who they are"
	! alike '4711 write res=9(9) data=I am 4711' \
		'32767 write res=9(9) data=I am 32766'
	verdict $? "and others are not the same"
	alike '4711 write res=9(9) data=4711 bytes' \
		'32767 write res=9(9) data=4711 bytes'
	verdict $? "a number that happens to be an id is that number"
fi

# Runtimes with schedulers, stacks, faults and code of their own.
if [ -x "$build/workloads/work" ]; then
	wanted go && same_behaviour go "$build/workloads/work"
else
	echo "SKIP go: not installed"
fi
if [ -e "$build/workloads/Work.class" ]; then
	wanted java && same_behaviour java java -cp "$build/workloads" Work
else
	echo "SKIP java: no javac"
fi

# Servers: their clients run natively, and print what must be the same.
# served OUT CLIENT RECORDER... -- SERVER...
served() {
	out=$1
	client=$2
	shift 2
	timeout -k 5 300 "$@" > "$out.log" 2>&1 < /dev/null &
	server=$!
	$client > "$out" 2>&1
	wait $server
	echo "exit code $?" >> "$out"
}

# same_service NAME CLIENT SERVER...
same_service() {
	wanted "$1" || return
	name=$1
	client=$2
	shift 2
	if ! command -v "$1" > /dev/null; then
		echo "SKIP $name: not installed"
		return
	fi
	served "$dir/native" "$client" "$@"
	for engine in $engines; do
		served "$dir/$engine" "$client" "$spoor" record --force \
			--engine "$engine" -o "$dir/$engine.scap.zst" -- "$@"
		cmp -s "$dir/native" "$dir/$engine"
		same=$?
		[ $same = 0 ] || diff "$dir/native" "$dir/$engine" | head -n 8
		verdict $same "$name ($engine): serves as natively"
	done
}

ask_redis() {
	comes redis-cli -p 17133 ping || echo "no answer"
	redis-benchmark -p 17133 -n 5000 -c 20 -t set,get,lpush -q > /dev/null
	for i in 1 2 3 4 5; do
		redis-cli -p 17133 set "key$i" "value$i"
		redis-cli -p 17133 get "key$i"
	done
	redis-cli -p 17133 save
	redis-cli -p 17133 llen mylist
	redis-cli -p 17133 shutdown nosave
	rm -f "$dir/dump.rdb"
}

ask_nginx() {
	comes busybox wget -q -O - http://127.0.0.1:17134/ || echo "no answer"
	for i in 1 2 3 4 5 6 7 8 9 10; do
		busybox wget -q -O - http://127.0.0.1:17134/hello.c
		busybox wget -q -O - http://127.0.0.1:17134/numbers | cksum
	done
	kill -HUP "$(cat "$dir/nginx.pid")"
	sleep 0.5
	busybox wget -q -O - http://127.0.0.1:17134/hello.c
	kill -QUIT "$(cat "$dir/nginx.pid")"
}

nginx_serves 17134 2 "autoindex on;"
with_redis 17133 same_service redis ask_redis
with_nginx same_service nginx ask_nginx
