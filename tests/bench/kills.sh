#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# kills.sh BUILD [TIMES]: recordings of each engine whose recorder is killed
# (SIGKILL) at a random moment, TIMES (200) in all.  The program that is
# recorded must end as it does natively, no spoor may be left, and what is
# recorded must be readable and called unfinished.  Prints counts; the exit code
# is 1 after a failure.
build=$1
spoor=$build/spoor
times=${2:-200}
if [ -z "${KILLS_DIR:-}" ] && [ "$(id -u)" = 0 ]; then
	. tests/apart.sh
	KILLS_DIR=$apart
	export KILLS_DIR
	apart $((600 + times * 60)) sh "$0" "$@"
	exit
fi
dir=${KILLS_DIR:-$(mktemp -d)}
trap 'rm -rf "$dir"' EXIT
export TMPDIR="$dir"

. tests/servers.sh

# Seconds of processes, pipes, files and signals; it tells its own end.
cat > "$dir/work.sh" << 'WORK'
work() {
	trap 'told=$((told + 1))' USR1
	i=0
	while [ $i -lt 40 ]; do
		i=$((i + 1))
		echo "$i" | cat | (read -r n && [ "$n" = "$i" ]) || echo wrong
		kill -USR1 $$
		echo "$i" > "$1.file" && read -r n < "$1.file" && echo "$n"
		(exit "$i")
		echo $?
		sleep 0.05
	done
	echo "$told signals"
	rm "$1.file"
}
work "$1" > "$1.out" 2>&1
echo $? > "$1.code"
WORK
sh "$dir/work.sh" "$dir/native"

# The spoor processes of a recording.
spoors() {
	pgrep -f "^$spoor record .*$dir/$1[.]scap"
}

none_left() {
	[ -z "$(spoors "$1")" ]
}

failed=0
fails() {
	failed=$((failed + 1))
	echo "$engine, $who killed after $ms ms: $1"
}

# What is said of the capture of a recording that was killed.
judge_file() {
	file=$dir/k.scap.zst
	if [ ! -e "$file" ]; then
		early=$((early + 1))
		return
	fi
	events=$("$spoor" print "$file" -p '%evt.num' 2> "$dir/err" | wc -l)
	"$spoor" print "$file" -n 1 > /dev/null 2>&1 ||
		fails "print ends with an error"
	state=$("$spoor" info --json "$file" 2> /dev/null | jq -r .state)
	case $state in
	unfinished)
		unfinished=$((unfinished + 1))
		grep -q 'unfinished: ' "$dir/err" || fails "print says nothing"
		;;
	whole) whole=$((whole + 1)) ;; # it had ended before
	*) fails "the capture is ${state:-not readable}" ;;
	esac
	total=$((total + events))
}

# A recording, and its end.
kill_one() {
	rm -f "$dir"/k.*
	"$spoor" record --engine "$engine" -o "$dir/k.scap.zst" -- \
		setsid sh "$dir/work.sh" "$dir/k" > "$dir/log" 2>&1 < /dev/null &
	recorder=$!
	sleep "$(echo "$ms" | awk '{ printf "%.3f", $1 / 1000 }')"
	victims=$(spoors k)
	[ "$who" = all ] || victims=$(echo "$victims" | shuf -n 1)
	# shellcheck disable=SC2086
	[ -z "$victims" ] || kill -KILL $victims 2> /dev/null
	wait $recorder 2> /dev/null
	[ -n "$victims" ] && kills=$((kills + 1))
	comes none_left k || fails "a spoor is left"
	# Killed before it started the program: there is none.
	[ -e "$dir/k.out" ] || pgrep -f "$dir/work.sh" > /dev/null || return
	if ! comes test -s "$dir/k.code"; then
		fails "the program does not end"
		pgrep -af "$dir"
		return
	fi
	if [ "$(cat "$dir/k.code")" != 0 ] ||
		! cmp -s "$dir/k.out" "$dir/native.out"; then
		fails "the program ends otherwise than natively"
	fi
	programs=$((programs + 1))
}

for engine in ${ENGINES:-ptrace inject}; do
	"$spoor" record --engine "$engine" -o "$dir/probe.scap.zst" --force \
		-- true > "$dir/err" 2>&1 || {
		echo "SKIP $engine: $(cat "$dir/err")"
		continue
	}
	kills=0 programs=0 early=0 unfinished=0 whole=0 total=0
	while [ $kills -lt $((times / 2)) ]; do
		ms=$(shuf -n 1 -i 0-2500)
		who=$(shuf -n 1 -e all all one)
		kill_one
		judge_file
	done
	echo "kills: $engine: $kills recorders killed; $programs programs" \
		"ended as natively (the others had not begun); captures:" \
		"$unfinished unfinished, $whole whole (ended before)," \
		"$early not begun; $total events read; $failed failures"
done
[ $failed = 0 ]
