#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The demo as a test: a real container, recorded and replayed; and the demo
# where it cannot run, or is interrupted.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

if [ "$(id -u)" != 0 ]; then
	echo "SKIP demo: needs root for runc"
	exit 0
fi
if ! command -v runc > /dev/null; then
	echo "SKIP demo: runc is not installed (make demo-deps)"
	exit 0
fi

id=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')

# demo LOG COMMAND...: with a folder of its own for what must not stay
demo() {
	log=$1
	shift
	mkdir -p "$dir/tmp"
	DEMO_ID=$id TMPDIR=$dir/tmp "$@" sh tests/demo/demo.sh "$build" "$dir/out" \
		> "$log" 2>&1
}

is_clean() {
	{
		find "$dir/tmp" -mindepth 1
		grep "$dir/tmp" /proc/mounts
		grep -l "$dir/tmp" /proc/[0-9]*/cmdline
		find /sys/fs/cgroup -maxdepth 2 -name "$id"
	} > "$dir/left" 2> /dev/null
	[ ! -s "$dir/left" ]
}

# nothing_left NAME: no file, mount, process or control group of the demo's;
# what the same signal ended, as a compiler, may take a moment to be gone
nothing_left() {
	tries=0
	until is_clean || [ $tries = 30 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	is_clean
	verdict $? "$1 leaves no file, mount, process or control group"
	head -n 5 "$dir/left"
}

# 1. With the rules that ship; the Falco files, where they are, further down.
demo "$dir/demo.log" env RULES=
code=$?
[ $code = 0 ] || tail -n 30 "$dir/demo.log"
verdict $code "make demo ends with exit code 0"
steps_of() {
	grep -E '^  (yes|NO ) ' "$1" | while read -r seen what; do
		[ "$seen" = yes ]
		verdict $? "step $(echo "$what" | tr -s ' ')"
	done
}
steps_of "$dir/demo.log"
grep -qx '22 of 22 steps seen by the rule of spoor meant for them' \
	"$dir/demo.log"
verdict $? "all 22 steps are seen by the rules that ship"
grep -qx 'nothing fired outside of the attack' "$dir/demo.log"
verdict $? "no rule that ships fires on set-up or service"
container=$(sed -n "s/.* container.id = \(.*\)'$/\1/p" "$dir/demo.log")
sed -n '/first live alert/{n;p}' "$dir/demo.log" |
	grep -q "Shell with a terminal.* container=$container"
verdict $? "the first live alert is of the attack in $container"
sed -n '/What ran/,/^$/p' "$dir/demo.log" > "$dir/ran"
grep -q 'rm /root/.bash_history' "$dir/ran" &&
	! grep -qE 'runc|date|umount|sleep' "$dir/ran"
verdict $? "what ran in the container: its programs, not the host's"
page=$(sed -n 's,^file://,,p' "$dir/demo.log")
grep -q '</html>' "$page"
verdict $? "it says where the report is: ${page##*/}"
nothing_left "the demo"

# 2. The table tells the truth: an alert less, or one elsewhere.
ours=replay/policies/spoor_rules.yaml
table() {
	sh tests/demo/steps.sh "$1" "$2" $ours > "$dir/table"
}
grep -v '"rule":"Packet socket"' "$dir/out/alerts.jsonl" > "$dir/fewer"
! table "$dir/out/steps" "$dir/fewer" &&
	grep -q '^  NO   sniff packets' "$dir/table" &&
	grep -q '^21 of 22' "$dir/table"
verdict $? "a step that no rule saw is told, with exit code 1"
: > "$dir/none"
! table "$dir/out/steps" "$dir/none" && grep -q '^0 of 22' "$dir/table"
verdict $? "and if nothing fired"
sed 's/	[^	]*	[^	]*	sniff packets$/	-	-	benign/' \
	"$dir/out/steps" > "$dir/steps"
! table "$dir/steps" "$dir/out/alerts.jsonl" &&
	grep -q 'fired outside of the attack (benign): Packet' "$dir/table"
verdict $? "a rule that fires where nothing is wrong is told, too"

# 3. Where it cannot run, and Ctrl-C.
mkdir "$dir/bin"
cannot() {
	printf '#!/bin/sh\necho "no %s today" >&2\nexit 1\n' "$1" \
		> "$dir/bin/$1"
	chmod 755 "$dir/bin/$1"
	demo "$dir/log" env PATH="$dir/bin:$PATH"
	same "no $1: exit code" $? 1
	grep -q "^no $1 today" "$dir/log" &&
		grep -q '^make demo: .*container' "$dir/log"
	verdict $? "no $1: the reason is shown"
	nothing_left "a demo without $1"
	rm "$dir/bin/$1"
}
cannot runc
cannot mount
for seconds in 0.6 1 1.4; do
	demo "$dir/log" env --default-signal=INT timeout -s INT $seconds
	same "Ctrl-C after $seconds s: exit code" $? 124
	nothing_left "Ctrl-C after $seconds s"
done

# 4. Programs in memory: the runtime's copy of itself, and those that only have
# its name, in a process namespace of their own.
"${CC:-cc}" -static -o "$dir/hostile" tests/demo/hostile.c
in_memory() {
	"$spoor" record --force -o "$dir/memory.scap.zst" -- "$@" \
		> /dev/null 2>&1
	"$spoor" replay "$dir/memory.scap.zst" -r $ours 2> /dev/null |
		grep -c 'Program without a file'
}
for runtime in runc crun; do
	name=${runtime}_cloned:/proc/self/exe
	same "$runtime's own copy is no alert" \
		"$(in_memory "$dir/hostile" memfd $name)" 0
	same "one in a container that calls itself $runtime's is" \
		"$(in_memory unshare -pf "$dir/hostile" memfd $name)" 1
done
same "any other program in memory is" "$(in_memory "$dir/hostile" memfd)" 1

# 5. With Falco's own files.
if [ ! -d ../shared/rules ]; then
	echo "SKIP demo with Falco's rules: no ../shared/rules"
	exit 0
fi
demo "$dir/log" env "RULES=$(echo ../shared/rules/falco*_rules.yaml)"
verdict $? "the demo with Falco's rules beside ours"
steps_of "$dir/log" | sed "s/ step / step with Falco's rules: /"
grep -q '^22 of 22 steps seen by the rule of Falco' "$dir/log" &&
	! grep 'fired outside.*benign' "$dir/log"
verdict $? "Falco's rules see 22 steps, and nothing while the shop serves"
