#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What spoor engines says of this machine is what record does: where something
# is missing (calls denied by seccomp filters, files of /proc as other machines
# have them), each names the one reason, and record gives the same.
build=$1
spoor=$build/spoor
denied=$build/workloads/denied
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

# answer FILTER COMMAND...: what jq makes of the JSON that the command prints
answer() {
	filter=$1
	shift
	timeout 20 "$@" > "$dir/json" 2> "$dir/err"
	echo $? > "$dir/code"
	jq -r "$filter" "$dir/json"
}

# without NAME ENGINE USE PATTERN PREFIX...: spoor, run by the prefix, names this
# reason why the engine does not work, and record fails with the same
without() {
	what="$1: $2, $3"
	engine=$2
	use=$3
	pattern=$4
	shift 4
	reason=$(answer ".[] | select(.engine == \"$engine\").$use |
		select(.works == false and .auto == false).why_not" \
		"$@" "$spoor" engines --json)
	echo "$reason" | grep -q "$pattern"
	found=$?
	[ $found = 0 ] || cat "$dir/json" "$dir/err"
	verdict $found "$what: $reason"
	set -- timeout 20 "$@" "$spoor" record --engine "$engine" \
		-o "$dir/n.scap"
	if [ "$use" = attach ]; then
		sleep 60 &
		sleeper=$!
		"$@" -M 1 -p $sleeper 2> "$dir/err"
		code=$?
		kill $sleeper
		wait $sleeper 2> /dev/null
	else
		"$@" -- true 2> "$dir/err"
		code=$?
	fi
	same "$what: record says the same" "$code $(cat "$dir/err")" \
		"1 spoor record: engine $engine: $reason"
	[ ! -e "$dir/n.scap" ]
	verdict $? "$what: record writes nothing"
	rm -f "$dir/n.scap"
}

# limited NAME ENGINE USE PATTERN PREFIX...: it works, but for this
limited() {
	name=$1
	pattern=$4
	filter=".[] | select(.engine == \"$2\").$3 |
		select(.works and .why_not == null).limits[]"
	shift 4
	answer "$filter" "$@" "$spoor" engines --json > "$dir/limits"
	grep -q "$pattern" "$dir/limits" && [ "$(cat "$dir/code")" = 0 ]
	code=$?
	[ $code = 0 ] || cat "$dir/limits" "$dir/err"
	verdict $code "$name: $(grep -m 1 "$pattern" "$dir/limits")"
}

# works ENGINE USE PREFIX...: it does
works() {
	filter=".[] | select(.engine == \"$1\").$2.works"
	shift 2
	answer "$filter" "$@" "$spoor" engines --json
}

"$spoor" engines > "$dir/text" 2> "$dir/err"
same "engines: exit code, nothing on stderr" "$?$(cat "$dir/err")" 0
same "lines longer than 80 columns" "$(awk 'length > 80' "$dir/text" | wc -l)" 0
same "the table has each engine, and auto" \
	"$(grep -oE '^[a-z]+' "$dir/text" | tr '\n' ' ')" "inject ptrace auto "
same "all members are there" "$(answer 'map(select(.needs and .trust and .cost
	and .help and (.command.limits | type) == "array")) | length' \
	"$spoor" engines --json)" 2
refused "a word too much" "takes no argument: 'x'" "$spoor" engines x

# What works by its answer records, and what auto takes is the first of those.
for engine in inject ptrace; do
	[ "$(works $engine command env)" = true ]
	says=$?
	timeout 20 "$spoor" record --force --engine $engine \
		-o "$dir/r.scap" -- true 2> "$dir/err"
	same "record --engine $engine succeeds as it says" \
		"$(($? != 0))" "$says"
done
auto=$(answer '.[] | select(.command.auto).engine' "$spoor" engines --json)
timeout 20 "$spoor" record --force -o "$dir/r.scap" -- true 2> "$dir/err"
same "auto takes what it says" \
	"$(sed -n 's/.*, engine \([a-z]*\) .*/\1/p' "$dir/err")" "$auto"
timeout 20 "$spoor" engines > "$dir/again"
cmp -s "$dir/text" "$dir/again"
verdict $? "two answers are the same"

if ! "$denied" seccomp true; then
	echo "SKIP engines where calls are denied: no seccomp filter can be set"
	exit
fi
for engine in inject ptrace; do
	for use in command attach; do
		without "no ptrace" "$engine" "$use" \
			'ptrace(2) is forbidden by a seccomp filter' \
			"$denied" ptrace
		without "no process_vm_readv" "$engine" "$use" \
			'process_vm_readv(2) is forbidden by a seccomp filter' \
			"$denied" process_vm_readv
	done
	limited "no pidfd_open" "$engine" command 'pidfd_getfd.* needed' \
		"$denied" pidfd_open
	limited "no pidfd_getfd" "$engine" attach 'pidfd_getfd.* needed' \
		"$denied" pidfd_getfd
done
# peers ENGINE PREFIX...: of connections that were accepted, those with an address
peers() {
	engine=$1
	shift
	timeout 60 "$@" "$spoor" record --force --engine "$engine" \
		-o "$dir/r.scap" -- "$build/workloads/sockets" \
		> "$dir/out" 2>&1
	"$spoor" print "$dir/r.scap" 'evt.type in (accept, accept4)' |
		grep -c 'tuple=[0-9]'
}
all=$(peers ptrace env)
[ "$all" -gt 0 ]
verdict $? "addresses of peers are recorded: $all"
same "no pidfd_getfd: not where calls stop" \
	"$(peers ptrace "$denied" pidfd_getfd)" 0
if [ "$(works inject command env)" = true ]; then
	same "no pidfd_getfd: but by inject" \
		"$(peers inject "$denied" pidfd_getfd)" "$all"
fi

"$denied" ptrace "$spoor" engines > "$dir/text"
same "no engine works: exit code" $? 1
"$denied" seccomp "$spoor" record --engine ptrace --syscalls openat --seccomp \
	-o "$dir/n.scap" -- true 2> "$dir/err"
same "no seccomp: record --seccomp says so" "$? $(cat "$dir/err")" "1 spoor \
record: engine ptrace: a seccomp filter needs seccomp(2): Operation not permitted"
refused "no engine works: record names all reasons" \
	'engine inject: .*; engine ptrace: ' \
	"$denied" ptrace "$spoor" record -o "$dir/n.scap" -- true
limited "no seccomp" ptrace command 'not with --seccomp: .*seccomp(2)' \
	"$denied" seccomp
limited "no memfd_create" inject command 'by stops.*memfd_create(2)' \
	"$denied" memfd_create
"$denied" memfd_create "$spoor" record --force --engine inject \
	-o "$dir/r.scap" -- true 2> "$dir/err" &&
	"$spoor" print "$dir/r.scap" | grep -q 'recorded by stops'
verdict $? "no memfd_create: inject records by stops"

without "no dispatch" inject command \
	'needs Linux 5.11 .*(this is Linux .*Invalid argument)' \
	"$denied" dispatch
same "no dispatch: ptrace works, and auto takes it" "$(answer \
	'.[] | select(.command.auto and .attach.auto).engine' \
	"$denied" dispatch "$spoor" engines --json)" ptrace
"$denied" dispatch "$spoor" engines > "$dir/text"
sed -n '/^auto/,$p' "$dir/text" | tr -s ' \n' ' ' |
	grep -q 'command ptrace (.*; not engine inject: needs Linux 5.11'
verdict $? "no dispatch: the line of auto says why not inject"
"$denied" dispatch "$spoor" record --force -o "$dir/r.scap" -- true \
	2> "$dir/err"
grep -q 'engine ptrace (.*; not engine inject: needs Linux 5.11' "$dir/err"
verdict $? "no dispatch: record tells why not inject"

if setarch --uname-2.6 true 2> /dev/null; then
	without "an older kernel" inject attach 'needs Linux 6.4 .* to attach' \
		setarch --uname-2.6
fi

# Other machines' files, in a mount namespace of its own.
if ! unshare -m true 2> /dev/null; then
	echo "SKIP engines on other machines: no mount namespace here"
	exit
fi

# on SCRIPT COMMAND...: after the script has changed what is mounted
cat > "$dir/on" << 'END'
#!/bin/sh
script=$1
shift
exec unshare -m sh -c "$script"' && exec "$@"' sh "$@"
END
sed 's/ nonstop_tsc//' /proc/cpuinfo > "$dir/cpuinfo"
without "a counter that is not steady" inject command \
	'needs a time stamp counter that is steady' \
	sh "$dir/on" "mount --bind '$dir/cpuinfo' /proc/cpuinfo"
without "no /proc" inject command 'needs /proc/cpuinfo: No such file' \
	sh "$dir/on" "umount -l /proc"

yama() {
	echo "mount -t tmpfs none /proc/sys/kernel &&
		mkdir /proc/sys/kernel/yama &&
		echo $1 > /proc/sys/kernel/yama/ptrace_scope"
}
drop="setpriv --bounding-set=-sys_ptrace --inh-caps=-sys_ptrace"
# shellcheck disable=SC2086
if ! $drop true 2> /dev/null; then
	echo "SKIP engines without CAP_SYS_PTRACE: it cannot be dropped here"
	exit
fi
# shellcheck disable=SC2086
{
	limited "no capability" ptrace attach 'the same user.*CAP_SYS_PTRACE' \
		$drop
	limited "no capability, Yama" inject attach \
		'only descendants.*ptrace_scope is 1' \
		sh "$dir/on" "$(yama 1)" $drop
	without "Yama 3" ptrace attach 'ptrace_scope is 3: no process' \
		sh "$dir/on" "$(yama 3)" "$denied" ptrace
	without "Yama 2, no capability" inject command \
		'ptrace_scope is 2, and spoor has no CAP_SYS_PTRACE' \
		sh "$dir/on" "$(yama 2)" $drop "$denied" ptrace
}
