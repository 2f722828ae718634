#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Files that commands create, and standard output: no existing file is lost, no
# link followed, no incomplete file left, and failed writes are errors.
# shellcheck disable=SC2086,SC2094
build=$(cd "$1" && pwd)
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

cd "$dir" || exit 1
cat > r.yaml << 'YAML'
- rule: any
  desc: d
  condition: evt.type in (open, openat)
  output: o %fd.name
  priority: INFO
YAML
cat > r2.yaml << 'YAML'
- rule: other
  desc: d
  condition: evt.type in (open, openat)
  output: o %fd.name
  priority: INFO
YAML
"$spoor" record -o c.scap.zst -- ls / > /dev/null 2> err || cat err

# The commands that make a file: make COMMAND OUT [OPTIONS].
make() {
	command=$1
	out=$2
	shift 2
	case $command in
	record) "$spoor" record -o "$out" "$@" -- true ;;
	convert) "$spoor" convert c.scap.zst -o "$out" "$@" ;;
	load) "$spoor" load -q c.scap.zst -o "$out" "$@" ;;
	report) "$spoor" report c.scap.zst -o "$out" "$@" ;;
	export) "$spoor" export c.scap.zst -o "$out" "$@" ;;
	alerts) "$spoor" record -r r.yaml --alerts "$out" -o /dev/null "$@" \
		-- ls / ;;
	packets)
		if [ -e "$out" ] || [ -L "$out" ]; then
			mv "$out" p.pcapng.zst
		fi
		rm -f p.scap
		"$spoor" record --packets lo -o p.scap "$@" -- true
		made=$?
		mv p.pcapng.zst "$out" 2> /dev/null
		return $made
		;;
	esac > made 2> err
}
mode() {
	stat -c %a "$1"
}

umask 022
for command in record convert load report export alerts packets; do
	if [ $command = packets ] && ! make packets x.new; then
		echo "SKIP packets: $(head -n 1 err)"
		continue
	fi
	rm -f x.new
	make $command x.new
	same "$command: nobody else reads it" "$? $(mode x.new)" "0 600"
	[ "$(find . -name '*part*' | wc -l)" = 0 ]
	verdict $? "$command: no other file is left"
	if [ $command = alerts ]; then
		lines=$(wc -l < x.new)
		make alerts x.new
		[ "$lines" -gt 0 ] && [ "$(wc -l < x.new)" -gt "$lines" ]
		verdict $? "alerts: go behind those that are there"
	elif [ $command != load ]; then
		echo precious > x.old
		make $command x.old
		same "$command: an existing file is refused" \
			"$? $(grep -c 'exists already' err) $(cat x.old)" \
			"1 1 precious"
		make $command x.old --force
		[ $? = 0 ] && ! grep -q precious x.old &&
			[ "$(mode x.old)" = 600 ]
		verdict $? "$command: --force replaces it"
	fi
	# A link, and its target.
	echo precious > victim
	ln -sf victim link
	make $command link
	same "$command: a symbolic link is refused" "$? $(cat victim)" \
		"1 precious"
	rm -f link
	ln -s victim link
	if [ $command != alerts ]; then
		make $command link --force
		[ $? = 0 ] && [ ! -L link ] && [ "$(cat victim)" = precious ]
		verdict $? "$command: --force replaces the link, not its target"
	fi
	for part in part spoor-part; do
		rm -f x.new
		ln -sf victim x.new.$part
		make $command x.new
		same "$command: nothing goes through x.$part" "$(cat victim)" \
			precious
		rm -f x.new.$part
	done
	rm -rf x.old x.new folder
	[ $command = packets ] && continue
	mkdir folder
	make $command folder --force
	[ $? = 1 ] && [ -d folder ] && [ "$(grep -c '^spoor' err)" = 1 ]
	verdict $? "$command: a folder is refused"
done

# What is no file: written to as it is, or refused; never replaced.
for command in record convert load report export; do
	rm -f fifo
	mkfifo fifo
	wait_for=0
	if [ $command != load ]; then
		timeout 20 cat fifo > through &
		wait_for=$!
	fi
	make $command fifo
	code=$?
	[ $wait_for = 0 ] || wait $wait_for
	if [ $command = load ]; then
		[ $code = 1 ] && [ -p fifo ]
		verdict $? "load: a pipe is refused"
	else
		[ $code = 0 ] && [ -p fifo ] && [ -s through ]
		verdict $? "$command: a pipe is written to"
	fi
	# Not for load, which once replaced it.
	[ $command = load ] && continue
	make $command /dev/stdout
	[ $? = 0 ] && [ -s made ] && [ -L /dev/stdout ]
	verdict $? "$command: /dev/stdout"
done
same "what came through a pipe is whole" \
	"$("$spoor" convert c.scap.zst -o - 2> err | "$spoor" print - | wc -l)" \
	"$("$spoor" print c.scap.zst | wc -l)"
# Alerts go behind those of a file that is ours, and of nobody else.
echo theirs > theirs
ln theirs other
make alerts other
same "alerts: not behind a file with another name" \
	"$? $(cat theirs) $(grep -c 'other: is not ours' err)" "1 theirs 1"
rm other
if chown 1 theirs 2> err && [ "$(id -u)" = 0 ]; then
	make alerts theirs
	same "alerts: not behind those of another user" \
		"$? $(cat theirs) $(grep -c 'theirs: is not ours' err)" \
		"1 theirs 1"
fi
mkdir dev
if unshare -m true 2> err && [ "$(id -u)" = 0 ]; then
	for command in record convert load report export alerts; do
		for force in "" --force; do
			# The nodes are on a file system of their own.
			out=$(export command force dir spoor &&
				unshare -m sh -c '
			mount -t tmpfs none "$dir/dev" || exit 9
			mknod -m 666 "$dir/dev/null" c 1 3
			case $command in
			record) "$spoor" record $force -o dev/null -- true ;;
			convert) "$spoor" convert $force c.scap.zst -o dev/null ;;
			load) "$spoor" load $force c.scap.zst -o dev/null ;;
			report) "$spoor" report $force c.scap.zst -o dev/null ;;
			export) "$spoor" export $force c.scap.zst -o dev/null ;;
			alerts) "$spoor" record $force -r r.yaml \
				--alerts dev/null -o c2.scap -- ls / ;;
			esac > /dev/null 2>&1
			echo "$? $(stat -c "%F %a" dev/null) $(ls dev)"')
			rm -f c2.scap
			want="0 character special file 666 null"
			[ $command != load ] ||
				want="1 character special file 666 null"
			same "$command $force: /dev/null stays" "$out" "$want"
		done
	done
else
	echo "SKIP device nodes: no namespace of mounts here"
fi

"$spoor" load c.scap.zst -o - > made 2> err
same "load: a database cannot be standard output" \
	"$? $(grep -c 'cannot be written to standard output' err) $(ls ./- 2> /dev/null)" \
	"1 1 "

# A full disk leaves nothing that is cut.
mkdir full
if mount -t tmpfs -o size=1m none full 2> err; then
	# Random bytes, which no compression makes small.
	"$spoor" record -o big.scap.zst -- dd if=/dev/urandom of=/dev/null \
		bs=64 count=4000 > made 2> err
	dd if=/dev/zero of=full/rest bs=1k count=1000 2> /dev/null
	for command in "convert big.scap.zst" "load big.scap.zst" \
		"report big.scap.zst" "export big.scap.zst"; do
		# shellcheck disable=SC2086
		"$spoor" $command -o full/x > made 2> err
		same "${command% *}: a full disk" \
			"$? $(grep -c '^spoor' err) $(ls full)" "1 1 rest"
	done
	# A disk with room for a part of a write: the reason is told, too.
	dd if=/dev/zero of=full/rest bs=1k count=950 2> /dev/null
	"$spoor" export big.scap.zst --only events -o full/x > made 2> err
	same "export: a disk that gets full says so" \
		"$? $(grep -c 'cannot be written: No space' err) $(ls full)" \
		"1 1 rest"
	# A recording keeps what there was room for, and counts that.
	"$spoor" record -o full/r.scap.zst -- sh -c \
		'ls -lR /usr/share/doc /usr/lib' > made 2> err
	code=$?
	said=$(sed -n 's/^spoor record: \([0-9]*\) events.*/\1/p' err)
	"$spoor" print full/r.scap.zst > printed 2> err2
	[ -s printed ] || said=none
	same "record: a full disk: the summary counts what is in the file" \
		"$code $said" "1 $(wc -l < printed)"
	# The same of a plain one, which ends with a whole block.
	rm -f full/*
	dd if=/dev/zero of=full/rest bs=1k count=100 2> /dev/null
	"$spoor" record -o full/r.scap -- ls -lR /usr/share/doc /usr/lib \
		> made 2> err
	code=$?
	said=$(sed -n 's/^spoor record: \([0-9]*\) events.*/\1/p' err)
	"$spoor" print full/r.scap > printed 2> err2
	[ -s printed ] || said=none
	same "record: a full disk: a plain capture, too" \
		"$code $said 0" "1 $(wc -l < printed) $(grep -c truncated err2)"
	rm -f full/*
	dd if=/dev/zero of=full/rest bs=1k count=900 2> /dev/null
	"$spoor" record -o full/s.scap.zst -e 500 -- ls -lR /usr/share/doc \
		/usr/lib > made 2> err
	same "record -e: a full disk: no file is empty" \
		"$? $(find full -size 0 | wc -l)" "1 0"
	rm -f full/*
	"$spoor" record -o full/i.scap.zst -- ls \
		> made 2> err
	dd if=/dev/zero of=full/rest bs=1k 2> /dev/null
	before=$(sha256sum < full/i.scap.zst)
	"$spoor" index --every 10 full/i.scap.zst > made 2> err
	same "index: a full disk leaves the capture as it was" \
		"$? $(sha256sum < full/i.scap.zst)" "1 $before"
	umount full
else
	echo "SKIP full disks: cannot mount a tmpfs here"
fi

# Ended by a signal, nothing is left; killed, the next one cleans up.
for signal in INT TERM HUP; do
	mkfifo slow
	"$spoor" convert - -o ended.scap.zst < slow > made 2> err &
	pid=$!
	exec 7> slow
	head -c 3000 c.scap.zst >&7
	tries=50
	while [ ! -e ended.scap.zst.spoor-part ] && [ $tries -gt 0 ]; do
		sleep 0.1
		tries=$((tries - 1))
	done
	[ -e ended.scap.zst.spoor-part ]
	was_there=$?
	# A job of a script ignores SIGINT: there it goes on, and ends.
	kill -$signal $pid
	sleep 0.2
	exec 7>&-
	wait $pid 2> /dev/null
	[ $was_there = 0 ] && [ ! -e ended.scap.zst.spoor-part ]
	verdict $? "SIG$signal: nothing is left"
	rm -f slow ended.scap.zst
done
mkfifo slow
"$spoor" convert - -o killed.scap.zst < slow > made 2> err &
pid=$!
exec 7> slow
head -c 3000 c.scap.zst >&7
tries=50
while [ ! -e killed.scap.zst.spoor-part ] && [ $tries -gt 0 ]; do
	sleep 0.1
	tries=$((tries - 1))
done
"$spoor" convert c.scap.zst -o killed.scap.zst > made 2> err
same "what another writes is left alone" \
	"$? $(grep -c 'another spoor is writing it' err)" "1 1"
kill -9 $pid
exec 7>&-
wait $pid 2> /dev/null
"$spoor" convert c.scap.zst -o killed.scap.zst > made 2> err
same "what a killed one left does not stand in the way" \
	"$? $(find . -name '*part' | wc -l)" "0 0"

# Standard output that takes nothing.
"$spoor" load -q c.scap.zst -o c.db 2> err
while read -r words; do
	name=$(echo "$words" | sed 's/ c\.scap\.zst//; s/ -r r.yaml//')
	# shellcheck disable=SC2086
	"$spoor" $words > /dev/full 2> err
	same "/dev/full: $name" \
		"$? $(grep -c 'standard output' err)" "1 1"
	# shellcheck disable=SC2086
	"$spoor" $words >&- 2> err
	same "closed: $name" "$? $(grep -c 'standard output' err)" "1 1"
	# Nobody reads, and SIGPIPE is ignored, as children of Python have it.
	rm -f unread
	mkfifo unread
	exec 8<> unread 9> unread 8<&-
	# shellcheck disable=SC2086
	code=$(trap '' PIPE; "$spoor" $words 2> err >&9; echo $?)
	exec 9>&-
	same "no reader: $name" "$code $(grep -ci pipe err)" "1 0"
done << 'LIST'
replay c.scap.zst -r r.yaml
replay c.scap.zst -r r.yaml --json
replay c.scap.zst -r r.yaml -U
replay c.scap.zst -r r.yaml -j 2
replay c.scap.zst -r r.yaml --explain any
replay --diff r.yaml r2.yaml c.scap.zst
info c.scap.zst
info --json c.scap.zst
print c.scap.zst
print --json c.scap.zst
check r.yaml
check --json r.yaml
check -L r.yaml
fields proc
fields --markdown
query --list
query ran c.scap.zst
query c.db -m json SELECT*FROM(processes)
query c.db -m csv SELECT*FROM(processes)
query c.db -m markdown SELECT*FROM(processes)
query c.db SELECT*FROM(processes)
query ran --help
export c.scap.zst
report c.scap.zst -o -
convert c.scap.zst -o -
load --schema
load --help
record --help
--help
--version
LIST
"$spoor" print c.scap.zst 2> err | head -n 1 > out
same "a pipe that ends early" "$(wc -l < out) $(wc -c < err)" "1 0"
"$spoor" convert c.scap.zst -o closed.scap.zst >&- 2> err
"$spoor" print closed.scap.zst > printed 2> err
same "a closed standard output is not the file that is written" \
	"$(wc -l < printed)" "$("$spoor" print c.scap.zst | wc -l)"
