#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every command in README.md runs as shown, in a folder with stand-ins for its
# names: a suspect, rules, captures, a process 4711, a container 3f2a9c81b7de,
# an interface eth0.  tests/fresh.sh runs `make demo' and `make test'.
build=$1

. tests/checks.sh

# commands: those of README, one a line ("\n" in them as \001): indented by four;
# deeper lines go on with the one before.
commands() {
	awk '
	/^    [^ ]/ { if (held) print held
		held = $1 ~ /^(build\/spoor|sqlite3|sysdig|zstd)$/ ? \
			substr($0, 5) : ""; next }
	/^     / && held { held = held "\001" substr($0, 5); next }
	{ if (held) print held; held = "" }' README.md
}

# With the process and the container that commands name; they end by themselves.
cast() {
	echo 4710 > /proc/sys/kernel/ns_last_pid
	sleep 3 &
	[ $! = 4711 ] || echo "FAIL README: process 4711 is $!"
	for group in /sys/fs/cgroup /sys/fs/cgroup/*; do
		[ -e "$group/cgroup.procs" ] && mkdir "$group/$container" &&
			echo 4711 > "$group/$container/cgroup.procs"
	done 2> /dev/null
}

uncast() {
	kill 4711
	wait 4711
	rmdir /sys/fs/cgroup/"$container" /sys/fs/cgroup/*/"$container"
} 2> /dev/null

# What is there before the first command.
props() {
	mkdir captures archive
	ln -s "$build" build
	printf '#!/bin/sh\ncat /etc/passwd > /dev/null\nls /\n./nginx\n' > suspect
	printf '#!/bin/sh\necho served\n' > nginx
	chmod 755 suspect nginx
	cat > falco_rules.yaml << 'END'
- rule: Terminal shell in container
  desc: a stand-in
  condition: evt.type = execve and proc.name = ls
  output: started %proc.cmdline
  priority: NOTICE
END
	sed 's/in container/of mine/; s/= ls/= suspect/' falco_rules.yaml \
		> my_rules.yaml
	for name in old live captures/a archive/a archive/b; do
		build/spoor record -o $name.scap.zst -- ./suspect
	done > log 2>&1 || cat log
	cp falco_rules.yaml captures
	cat > captures/a.yaml << 'END'
- test: a stand-in
  capture: a.scap.zst
  rules: [falco_rules.yaml]
  expect:
    - rule: Terminal shell in container
END
	busybox brctl addbr eth0
	busybox ip link set eth0 up
}

# run_one COMMAND: alternatives in README write the same file
run_one() {
	case $1 in
	*'spoor record'*)
		rm -f "$(echo "$1" | sed -n 's/.* -o \([^ ]*\).*/\1/p')"* \
			incident.pcapng.zst
		;;
	esac
	case $1 in
	*4711* | *--container*) cast ;;
	esac
	timeout -k 5 60 sh -c "$1" > out 2> err < /dev/null
	code=$?
	case $1 in # 2: alerts, differences
	*--fail-on* | *--diff*) [ $code != 2 ] || code=0 ;;
	esac
	uncast
	if [ $code != 0 ]; then
		echo "exit code $code:"
		head -n 5 out err
	fi
	verdict $code "README: $(echo "$1" | tr -s '\n\t ' ' ')"
}

inside() {
	container=3f2a9c81b7de$(od -An -N26 -tx1 /dev/urandom | tr -d ' \n')
	mkdir "$1/work"
	commands > "$1/commands"
	cd "$1/work" || exit 1
	props
	while IFS= read -r line; do
		run_one "$(echo "$line" | tr '\001' '\n')"
	done < "$1/commands"
	[ "$(wc -l < "$1/commands")" -gt 30 ]
	verdict $? "README shows $(wc -l < "$1/commands") commands"
}

if [ "${2:-}" = --inside ]; then
	inside "$3"
	exit 0
fi
if [ "$(id -u)" != 0 ] || [ ! -e /proc/sys/kernel/ns_last_pid ]; then
	echo "SKIP README: needs root and a kernel that names the next process"
	exit 0
fi
. tests/apart.sh
apart 600 unshare --net sh "$0" "$(realpath "$build")" --inside "$apart"
