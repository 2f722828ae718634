#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# soak.sh BUILD [SECONDS]: recordings without a pause, in lanes beside each
# other: the workloads that check themselves, builds, shells, servers under
# load, programs attached to.  At random workers are killed, get signals that do
# nothing, or are stopped for a moment; and in half of the rounds the recorder,
# its tracer, or both are killed (of the inject engine these are threads of one
# process, which SIGKILL ends together).  Each program must end as it does
# natively, and no spoor may be left behind.  Prints counts; the exit code is 1
# after a failure.
build=$1
seconds=${2:-1800}
deadline=$(($(date +%s) + seconds))
spoor=$build/spoor
# Again in namespaces of its own, where root may make them: however this script
# ends, servers, workers and recorders end with it.
if [ -z "${SOAK_DIR:-}" ] && [ "$(id -u)" = 0 ]; then
	. tests/apart.sh
	SOAK_DIR=$apart
	export SOAK_DIR
	apart $((seconds + 600)) sh "$0" "$@"
	exit
fi
dir=${SOAK_DIR:-$(mktemp -d)}
trap 'rm -rf "$dir"' EXIT
export TMPDIR="$dir"

. tests/servers.sh

engines=
for engine in ${ENGINES:-ptrace inject}; do
	! "$spoor" record --help | grep -q "auto.*$engine" ||
		engines="$engines $engine"
done

# pick WORD...: one of them
pick() {
	shift $(($(od -An -N2 -tu2 /dev/urandom) % $#))
	echo "$1"
}

# pause MS: up to that time
pause() {
	sleep "$(echo "$(od -An -N2 -tu2 /dev/urandom) $1" |
		awk '{ printf "%.3f", $1 / 65536 * $2 / 1000 }')"
}

# The spoor processes of a lane: the recorder, and what it forks.
spoors() {
	pgrep -f "^$spoor record .*$dir/$1[.]scap"
}

none_left() {
	[ -z "$(spoors "$1")" ]
}

# Kills some of a lane's spoor processes, or none; says which.
harm() {
	how=$(pick none none none one all one)
	case $how in
	one) victims=$(spoors "$1" | shuf -n 1) ;;
	all) victims=$(spoors "$1") ;;
	*) victims= ;;
	esac
	# shellcheck disable=SC2086
	[ -z "$victims" ] || kill -KILL $victims 2> /dev/null
}

# pester LANE [stops]: signals that do nothing, to some of what runs there; or
# that stop it for a moment, where nobody looks at the stops of others
pester() {
	for i in $(pick 1 "1 2 3" "1 2 3 4 5 6"); do
		victim=$(pgrep -s "$(cat "$dir/$1.began")" | shuf -n 1)
		[ -n "$victim" ] || return
		pause $((50 + i))
		if [ $# = 1 ] || [ "$(pick 0 1)" = 0 ]; then
			kill -URG "$victim" 2> /dev/null
		else
			kill -STOP "$victim" 2> /dev/null
			pause 50
			kill -CONT "$victim" 2> /dev/null
		fi
	done
}

# result LANE GOOD WHAT
result() {
	if [ "$2" = 0 ]; then
		echo "ok $engine $how $3" >> "$dir/results"
	else
		echo "FAILED $engine $how $3" >> "$dir/results"
		echo "$(date +%T) FAILED $3 ($engine, killed: $how)"
		[ -z "${KEEP:-}" ] || cp -r "$dir" "$KEEP"
	fi
}

# no_spoor_left LANE: the recorder ends, and what it forked
no_spoor_left() {
	wait "$recorder" 2> /dev/null
	comes none_left "$1"
	result "$1" $? "the recorder's end"
	spoors "$1" | xargs -r kill -KILL
}

# begin LANE COMMAND...: records it, and waits until it runs, in a session of
# which it writes the id.  It writes its own output and exit code, as its
# recorder may not live to tell.
begin() {
	lane=$1
	shift
	rm -f "$dir/$lane.code" "$dir/$lane.began"
	# shellcheck disable=SC2016
	"$spoor" record --force --engine "$engine" -o "$dir/$lane.scap" -- \
		setsid sh -c 'to=$0; echo $$ > "$to.new"; mv "$to.new" "$to.began"
		"$@" > "$to.out" 2> "$to.err" < /dev/null
		echo $? > "$to.code"' "$dir/$lane" "$@" \
		> "$dir/$lane.log" 2>&1 < /dev/null &
	recorder=$!
	comes test -e "$dir/$lane.began"
}

# job LANE STOPS NAME COMMAND...: one program, its output as natively
job() {
	lane=$1
	stops=$2
	name=$3
	shift 3
	[ -e "$dir/native.$name" ] ||
		"$@" > "$dir/native.$name" 2> /dev/null < /dev/null
	begin "$lane" "$@"
	pause 700
	# shellcheck disable=SC2086
	pester "$lane" $stops
	pause 700
	harm "$lane"
	comes test -s "$dir/$lane.code"
	[ "$(cat "$dir/$lane.code")" = 0 ] &&
		cmp -s "$dir/$lane.out" "$dir/native.$name"
	good=$?
	[ $good = 0 ] || grep -h harmed "$dir/$lane.err"
	result "$lane" $good "$name"
	no_spoor_left "$lane"
}

workload() {
	# shellcheck disable=SC2046
	name=$(basename "$(pick "$build"/workloads/*-* $(grep -l '"check.h"' \
		tests/workloads/*.c | sed 's/[.]c$//'))")
	job "$1" "" "$name" "$build/workloads/$name"
}

build_something() {
	# shellcheck disable=SC2016
	job "$1" stops "a build" sh -c 'd=$(mktemp -d) && for i in 1 2 3; do
		gcc -I. -D_GNU_SOURCE -O1 -c -o "$d/$i.o" core/error.c || exit 1
		done; cd "$d" && ls && rm -r "$d"'
}

shells() {
	# shellcheck disable=SC2016
	job "$1" stops "shells" sh -c 'i=0; while [ $i -lt 100 ]; do
		i=$((i + 1)); echo $i | cat | (read -r n; [ "$n" = $i ]) || exit 1
		done; echo $i; trap "echo told" USR1; kill -USR1 $$'
}

# Workers of which some are killed: their parent is told of just those.
workers() {
	lane=$1
	rm -f "$dir/$lane.pids"
	# shellcheck disable=SC2016
	begin "$lane" sh -c 'for i in 1 2 3 4 5 6; do
			"$0" getppid 200000000 > /dev/null & pids="$pids $!"
		done
		echo $pids > "$1.new"; mv "$1.new" "$1"
		for pid in $pids; do wait $pid; echo $?; done' \
		"$build/workloads/micro" "$dir/$lane.pids"
	comes test -s "$dir/$lane.pids"
	for pid in $(tr ' ' '\n' < "$dir/$lane.pids" | shuf); do
		pause 200
		kill "-$(pick KILL TERM)" "$pid"
		[ "$(pick 1 2 3)" != 1 ] || harm "$lane"
	done
	comes test -s "$dir/$lane.code"
	[ "$(grep -cxE '137|143' "$dir/$lane.out")" = 6 ]
	result "$lane" $? "workers that are killed"
	no_spoor_left "$lane"
}

# attach LANE COMMAND...: begins it, and a recorder that attaches to it
attach() {
	lane=$1
	shift
	"$@" > "$dir/$lane.out" 2> "$dir/$lane.err" < /dev/null &
	program=$!
	pause 300
	"$spoor" record --force --engine "$engine" -o "$dir/$lane.scap" \
		-p $program > "$dir/$lane.log" 2>&1 < /dev/null &
	recorder=$!
}

# A program with threads, signals and handlers of its own, attached to.
attached() {
	rm -f "$dir/$1.go"
	attach "$1" "$build/workloads/attached" "$dir/$1.go"
	pause 300
	harm "$1"
	pause 300
	touch "$dir/$1.go"
	wait $program
	good=$?
	[ $good = 0 ] || grep -h harmed "$dir/$1.err"
	result "$1" $good "a program attached to"
	no_spoor_left "$1"
}

go_server() {
	lane=$1
	url=http://127.0.0.1:17153/soak
	[ -x "$build/workloads/work" ] || return
	attach "$lane" "$build/workloads/work" 127.0.0.1:17153
	comes busybox wget -q -O - $url
	wrk -t 1 -c 8 -d 3s $url > "$dir/wrk.go" &
	loader=$!
	pause 2000
	harm "$lane"
	wait $loader
	! grep -qE 'Non-2xx|Socket errors' "$dir/wrk.go" &&
		[ "$(busybox wget -q -O - $url)" = "hello /soak" ]
	result "$lane" $? "a Go server attached to"
	kill -TERM $program
	wait $program 2> /dev/null
	[ $? = 143 ]
	result "$lane" $? "and its end"
	no_spoor_left "$lane"
}

# asks URL CKSUM: the answer is right
asks() {
	[ "$(busybox wget -q -O - "$1" | cksum)" = "$2" ]
}

server() {
	lane=$1
	url=http://127.0.0.1:17151/index.html
	sum=$(cksum < "$dir/index.html")
	with_nginx begin "$lane"
	comes asks "$url" "$sum"
	wrk -t 1 -c 8 -d 4s "$url" > "$dir/wrk" &
	loader=$!
	pause 1000
	kill "-$(pick KILL TERM)" "$(pgrep -P "$(cat "$dir/nginx.pid")" | shuf -n 1)"
	pause 1000
	harm "$lane"
	wait $loader
	! grep -q 'Non-2xx' "$dir/wrk" && asks "$url" "$sum"
	result "$lane" $? "nginx serves"
	kill -QUIT "$(cat "$dir/nginx.pid")"
	comes test -s "$dir/$lane.code"
	[ "$(cat "$dir/$lane.code")" = 0 ]
	result "$lane" $? "nginx ends"
	no_spoor_left "$lane"
}

redis() {
	lane=$1
	rm -f "$dir/dump.rdb"
	with_redis 17152 begin "$lane"
	comes redis-cli -p 17152 ping
	redis-benchmark -p 17152 -n 40000 -c 20 -t set,lpush -q \
		> /dev/null 2>&1 &
	loader=$!
	pause 1000
	harm "$lane"
	wait $loader
	[ "$(redis-cli -p 17152 llen mylist)" = 40000 ] &&
		[ "$(redis-cli -p 17152 bgsave)" = "Background saving started" ]
	result "$lane" $? "redis serves"
	redis-cli -p 17152 shutdown nosave
	comes test -s "$dir/$lane.code"
	[ "$(cat "$dir/$lane.code")" = 0 ]
	result "$lane" $? "redis ends"
	no_spoor_left "$lane"
}

# lane NAME ROUND...: one of the rounds after the other
lane() {
	lane=$1
	shift
	while [ "$(date +%s)" -lt "$deadline" ]; do
		# shellcheck disable=SC2086
		engine=$(pick $engines)
		how=none
		"$(pick "$@")" "$lane"
	done
}

nginx_serves 17151 3
head -c 3000 /etc/services > "$dir/index.html"

lane jobs workload workload build_something shells &
lane servers server redis workers attached go_server &
wait
sort "$dir/results" | uniq -c
! grep -q '^FAILED' "$dir/results"
