#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What recording costs: the same work natively, under each engine (ENGINES) and
# under strace -f -o /dev/null, by turns in one run, RUNS times (3); medians.
# Servers are measured twice: with all cores free, and "shared": server and
# recorder on one core, their client on another.  ROWS picks some.
build=$1
spoor=$build/release/spoor
runs=${RUNS:-3}
seconds=${LOAD_SECONDS:-1}
micro=$build/workloads/micro
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/servers.sh

engines=
for engine in ${ENGINES:-inject ptrace}; do
	if "$spoor" record --help | grep -q "auto.*$engine"; then
		engines="$engines $engine"
	else
		echo "engine $engine: this spoor has none"
	fi
done
sides="native$engines strace"

# under SIDE COMMAND...
under() {
	side=$1
	shift
	case $side in
	native) "$@" ;;
	strace) strace -f -o /dev/null "$@" 2> /dev/null ;;
	*) "$spoor" record --force --engine "$side" \
		-o "$dir/$side.scap.zst" -- "$@" 2>> "$dir/$side.log" ;;
	esac
}

# Lines "SIDE FIGURE", the first one native: figures and ratios to native.
compare() {
	awk -v name="$1" -v unit="$2" '
	NR == 1 {
		printf "%-15s native %s %s", name, native = $2, unit
		next
	}
	!native || !$2 { printf ", %s none", $1; next }
	unit ~ /^[num]s$/ { printf ", %s %s (%.2fx)", $1, $2, $2 / native; next }
	{ printf ", %s %s (%.0f %%)", $1, $2, 100 * $2 / native }
	END { print "" }'
}

# row NAME UNIT FUNCTION ARGUMENT...: FUNCTION SIDE ARGUMENT... is a figure
row() {
	name=$1
	unit=$2
	measure=$3
	shift 3
	case " ${ROWS:-$name} " in *" $name "*) ;; *) return ;; esac
	: > "$dir/figures"
	run=0
	while [ "$run" -lt "$runs" ]; do
		run=$((run + 1))
		for each in $sides; do
			echo "$each $("$measure" "$each" "$@")" >> "$dir/figures"
		done
	done
	for each in $sides; do
		grep "^$each " "$dir/figures" | sort -n -k 2,2 |
			sed -n "$(((runs + 1) / 2))p"
	done | compare "$name" "$unit"
}

# cost SIDE CALL: ns; fewer calls where each costs more
cost() {
	case $1 in
	native | inject) under "$1" "$micro" "$2" 500000 ;;
	*) under "$1" "$micro" "$2" 10000 ;;
	esac
}

# wall SIDE COMMAND...: ms of the command itself
wall() {
	# shellcheck disable=SC2016
	side=$1
	shift
	under "$side" sh -c 'out=$0; begin=$(date +%s%N); "$@" > /dev/null 2>&1
		echo $((($(date +%s%N) - begin) / 1000000)) > "$out"' \
		"$dir/wall" "$@" > /dev/null 2>&1
	cat "$dir/wall"
}

# start SIDE: us until a recording has begun and ended
start() {
	begin=$(date +%s%N)
	under "$1" true > /dev/null 2>&1
	echo $((($(date +%s%N) - begin) / 1000))
}

redis_calls() {
	redis-cli -p 17141 info stats |
		sed -n 's/total_commands_processed:\([0-9]*\).*/\1/p'
}

load_redis() {
	comes redis-cli -p 17141 ping
	redis-benchmark -p 17141 -n 100000000 -c 50 -t get -q > /dev/null 2>&1 &
	loader=$!
	sleep 0.5
	before=$(redis_calls)
	sleep "$seconds"
	echo $((($(redis_calls) - before) / seconds))
	kill $loader
	wait $loader 2> /dev/null
}

# load_http PORT [SECONDS]: warms up, then counts
load_http() {
	url=http://127.0.0.1:$1/
	comes busybox wget -q -O - "$url"
	[ -z "${2:-}" ] || wrk -t 1 -c 16 -d "${2}s" "$url" > /dev/null
	wrk -t 1 -c 16 -d "${seconds}s" "$url" |
		awk '/^Requests.sec/ { printf "%.0f\n", $2 }'
}

# rate SIDE WHERE LOAD SERVER...: requests a second; WHERE: free or shared
rate() {
	side=$1
	where=$2
	load=$3
	shift 3
	rm -f "$dir/pid"
	# This shell's other children are not moved; the server says who it is.
	(
		[ "$where" = free ] || taskset -p -c 0 "$(sh -c 'echo $PPID')"
		# shellcheck disable=SC2016
		under "$side" sh -c 'echo $$ > "$0"; exec "$@"' "$dir/pid" "$@"
	) > /dev/null 2>&1 < /dev/null &
	server=$!
	comes test -s "$dir/pid"
	(
		[ "$where" = free ] ||
			taskset -p -c 1 "$(sh -c 'echo $PPID')" > /dev/null
		$load
	)
	kill -TERM "$(cat "$dir/pid")"
	wait $server
}

# The recorder's own memory while COUNT threads of the command are held.
recorder_kb() {
	mkfifo "$dir/in" "$dir/out"
	under "$1" "$micro" threads "$2" < "$dir/in" > "$dir/out" &
	exec 3> "$dir/in"
	read -r ready < "$dir/out"
	# shellcheck disable=SC2154
	[ "$ready" = ready ] && pgrep -f "^$spoor record.*$dir/$1.scap" |
		while read -r pid; do
			sed -n 's/VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status"
		done | awk '{ kb += $1 } END { print kb + 0 }'
	exec 3>&-
	wait $!
	rm "$dir/in" "$dir/out"
}

serve_rows() {
	with_redis 17141 row "redis-$1" get/s rate "$1" load_redis
	with_nginx row "nginx-$1" req/s rate "$1" "load_http 17142"
	[ ! -x "$build/workloads/work" ] ||
		row "go-$1" req/s rate "$1" "load_http 17143" \
			"$build/workloads/work" 127.0.0.1:17143
	[ ! -e "$build/workloads/Work.class" ] ||
		row "java-$1" req/s rate "$1" "load_http 17144 2" \
			java -Xmx256m -Dsun.net.httpserver.nodelay=true \
			-cp "$build/workloads" Work 17144
}

nginx_serves 17142 1 "index index.html;"
head -c 600 /etc/services > "$dir/index.html"

echo "made by: tests/workloads/micro.c (ns a call); wall clock (ms); redis-" \
	"benchmark -c 50 -t get, wrk -c 16 for $seconds s (calls a second);" \
	"$runs runs, medians; load average $(cut -d ' ' -f 1 /proc/loadavg)." \
	"pdig is in no Debian package, and not compared."
row getppid ns cost getppid
row read64 ns cost read
row open+close ns cost open
row start us start
tar cf "$dir/t.tar" /usr/share/doc /usr/include 2> /dev/null
row tar ms wall tar cf "$dir/t.tar" /usr/share/doc /usr/include
row find ms wall find /usr -size +1
# shellcheck disable=SC2016
row shell ms wall sh -c 'i=0; while [ $i -lt 1000 ]; do /bin/true; i=$((i+1)); done'
serve_rows free
serve_rows shared
for engine in $engines; do
	[ ! -s "$dir/$engine.log" ] || awk -v engine="$engine" '
		match($0, /[0-9]+ events/) { events += substr($0, RSTART) + 0 }
		match($0, /[0-9]+ drops/) { drops += substr($0, RSTART) + 0 }
		END { printf "%-15s %s: %d events, %d drops\n", "drops",
			engine, events, drops }' "$dir/$engine.log"
	case " ${ROWS:-memory} " in *" memory "*) ;; *) continue ;; esac
	one=$(recorder_kb "$engine" 1)
	many=$(recorder_kb "$engine" 1000)
	echo "memory          $engine: recorder $one KiB with 1 thread, $many" \
		"with 1000: $(((many - one) / 1000)) KiB a thread"
done
