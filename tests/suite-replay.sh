#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Replay as users run it: keyframes and several cores give the same output as
# one core; settings, tags, exit codes, checks.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

"$spoor" record -o "$dir/c.scap.zst" -- sh -c '
	i=0; while [ $i -lt 300 ]; do i=$((i + 1)); cat /etc/hostname; done
	ls -lR /usr/lib > /dev/null' > /dev/null 2> "$dir/log"
cat > "$dir/r.yaml" << 'END'
- rule: starts
  desc: A program starts
  condition: evt.type in (execve, clone, vfork, procexit, openat)
  output: >
    %evt.num %evt.time %evt.deltatime %evt.reltime %proc.name %proc.pname
    %proc.aname[2] %proc.aname %fd.name %proc.cmdline %evt.args %user.name
    %proc.sid %proc.env %proc.duration %thread.vtid %proc.exe_ino
    %proc.pid.ts %container.id %proc.fdopencount %proc.cwd
  priority: NOTICE
  tags: [a, b]
- rule: reads
  desc: A read
  condition: evt.type=read
  output: read %fd.name
  priority: DEBUG
  tags: [b]
END
zstd -qdc "$dir/c.scap.zst" > "$dir/before.scap"
"$spoor" index --every 1500 "$dir/c.scap.zst" > "$dir/out"
grep -q 'keyframes' "$dir/out" && zstd -qdc "$dir/c.scap.zst" |
	cmp -s - "$dir/before.scap"
verdict $? "index adds keyframes and leaves the events alone"
"$spoor" info --json "$dir/c.scap.zst" | jq -e '.keyframes >= 1' > /dev/null
verdict $? "info counts the keyframes"
"$spoor" replay "$dir/before.scap" -r "$dir/r.yaml" --json > "$dir/one" \
	2> "$dir/one.err"
shown=$("$spoor" print "$dir/c.scap.zst" -p x | wc -l)
[ "$("$spoor" info "$dir/c.scap.zst" | sed -n 's/^Events: *\([0-9]*\) .*/\1/p')" \
	= "$shown" ] && grep -q "^Events: $shown$" "$dir/one.err" &&
	"$spoor" load "$dir/c.scap.zst" -o "$dir/n.db" 2>&1 |
	grep -q ": $shown events of"
verdict $? "info, print, replay and load count the same events ($shown)"
for threads in 2 3 5; do
	"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" --json \
		-j $threads > "$dir/many" 2> "$dir/many.err"
	cmp -s "$dir/one" "$dir/many" && cmp -s "$dir/one.err" "$dir/many.err"
	verdict $? "-j $threads prints what one core prints ($(wc -l \
		< "$dir/many") alerts)"
done
cat "$dir/one" "$dir/one" > "$dir/twice"
"$spoor" replay "$dir/c.scap.zst" "$dir/before.scap" -r "$dir/r.yaml" -j 2 \
	--json 2> /dev/null | cmp -s - "$dir/twice"
verdict $? "-j 2 over two files keeps their order"
for threads in 1 3; do
	"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" -T a --json \
		-j $threads > "$dir/tags.$threads" 2> "$dir/tags.err.$threads"
done
[ -s "$dir/tags.1" ] && ! cmp -s "$dir/one" "$dir/tags.1" &&
	cmp -s "$dir/tags.1" "$dir/tags.3" &&
	cmp -s "$dir/tags.err.1" "$dir/tags.err.3"
verdict $? "-j 3 leaves out the rules that -j 1 leaves out"
# A machine that has no thread for us.
cat > "$dir/nothread.c" << 'END'
#include <errno.h>
int pthread_create(void *thread, const void *attributes, void *start, void *user)
{
	(void)thread, (void)attributes, (void)start, (void)user;
	return EAGAIN;
}
END
cc -shared -fPIC -o "$dir/nothread.so" "$dir/nothread.c" &&
	LD_PRELOAD=$dir/nothread.so timeout 60 "$spoor" replay \
		"$dir/c.scap.zst" -r "$dir/r.yaml" --json -j 3 > "$dir/many" \
		2> "$dir/many.err"
cmp -s "$dir/one" "$dir/many" && cmp -s "$dir/one.err" "$dir/many.err"
verdict $? "-j 3 without any thread"
# Beside a recording, which goes on: by the engine that needs no thread, either.
LD_PRELOAD=$dir/nothread.so "$spoor" record -o "$dir/nothread.scap.zst" \
	--engine ptrace -r "$dir/r.yaml" -- true > "$dir/out" 2>&1 &&
	grep -q '0 live alerts' "$dir/out" &&
	grep -Eq ' [1-9][0-9]* events were not evaluated live' "$dir/out"
verdict $? "record: rules that get no thread cost no recording"
# A pipe can be read only once: a file as standard input would not do.
# shellcheck disable=SC2002
cat "$dir/r.yaml" | "$spoor" replay "$dir/c.scap.zst" -r /dev/stdin --json \
	-j 3 > "$dir/many" 2> "$dir/many.err"
cmp -s "$dir/one" "$dir/many" && cmp -s "$dir/one.err" "$dir/many.err"
verdict $? "-j 3 with rules from a pipe"

"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" --fail-on warning \
	> /dev/null 2>&1
verdict $? "--fail-on: no alert is that severe"
"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" --fail-on notice \
	> /dev/null 2>&1
[ $? = 2 ]
verdict $? "--fail-on: an alert is that severe"
"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" --priority notice \
	-o json_output=true 2> /dev/null | jq -r .rule | sort -u > "$dir/out"
[ "$(cat "$dir/out")" = starts ]
verdict $? "--priority and -o json_output"
"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" -T a --json \
	2> /dev/null | jq -r .rule | sort -u > "$dir/out"
[ "$(cat "$dir/out")" = reads ]
verdict $? "-T leaves out a tag"
"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" --append-output \
	'user=%user.uid' 2> /dev/null | head -n 1 | grep -q 'user=0$'
verdict $? "--append-output"
"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" -p k |
	grep -q 'container_id=.* container_name=.* k8s_ns=.* k8s_pod_name='
verdict $? "-p k: fields of the container and of Kubernetes"
mkdir -p "$dir/folder"
cp "$dir/c.scap.zst" "$dir/folder/a.scap.zst"
zstd -qdf "$dir/c.scap.zst" -o "$dir/folder/b.scap"
one=$("$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" | wc -l)
both=$("$spoor" replay "$dir/folder" -r "$dir/r.yaml" | wc -l)
[ "$one" -gt 0 ] && [ "$both" = $((2 * one)) ]
verdict $? "a folder: all captures in it"
"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" -o nonsense=1 \
	> /dev/null 2> "$dir/err"
[ $? = 1 ] && grep -q 'no such setting' "$dir/err"
verdict $? "an unknown setting is refused"
"$spoor" check --json "$dir/r.yaml" |
	jq -e '.falco_load_results[0].successful' > /dev/null
verdict $? "check --json"
"$spoor" check --list "$dir/r.yaml" | jq -e '.rules | length == 2' > /dev/null
verdict $? "check --list"

# What Falco's users type.
"$spoor" replay -A -U -v -e "$dir/c.scap.zst" -r "$dir/r.yaml" --json \
	2> /dev/null | cmp -s - "$dir/one"
verdict $? "-e names a capture; -A, -U and -v change no alert"
first=$("$spoor" print "$dir/c.scap.zst" -n 1 -p %evt.rawtime)
"$spoor" print "$dir/c.scap.zst" -p %evt.rawtime > "$dir/times"
whole=$(wc -l < "$dir/times")
# As texts: awk's numbers are not as exact as these.
want=$(awk -v end="$((first + 1000000000))" '($1 "") < (end "")' \
	"$dir/times" | wc -l)
cat > "$dir/all.yaml" << 'END'
- rule: all
  desc: All
  condition: evt.num > 0
  output: x
  priority: INFO
END
got=$("$spoor" replay "$dir/c.scap.zst" -r "$dir/all.yaml" -M 1 -j 2 \
	2> /dev/null | wc -l)
[ "$got" = "$want" ]
verdict $? "-M 1: the first second ($got of $whole events)"
cat > "$dir/data.yaml" << 'END'
- rule: data
  desc: Data
  condition: >
    evt.type=write and evt.buffer startswith "0123" and
    evt.arg.data contains "0123" and evt.arg[1] contains "0123"
  output: <%evt.buffer> <%evt.arg.data>
  priority: INFO
END
"$spoor" record -o "$dir/w.scap.zst" -- \
	sh -c 'printf "0123\001\n"' > /dev/null 2>&1
"$spoor" replay "$dir/w.scap.zst" -r "$dir/data.yaml" -b 2> /dev/null |
	grep -q '<MDEyMwEK> <MDEyMwEK>$'
verdict $? "-b: data in base64, and the same matches"
"$spoor" replay "$dir/w.scap.zst" -r "$dir/data.yaml" \
	-o buffer_format_base64=true 2> /dev/null |
	grep -q '<MDEyMwEK> <MDEyMwEK>$'
verdict $? "-o buffer_format_base64=true: data in base64"
# append NAME FILTER ENTRY...: what jq says of the alert with the entries
append() {
	name=$1
	wanted=$2
	shift 2
	"$spoor" replay "$dir/w.scap.zst" -r "$dir/data.yaml" --json "$@" \
		2> "$dir/log" | jq -e "$wanted" > /dev/null
	verdict $? "$name"
}
append "-o append_output: text, fields and formats for rules that match" \
	'.output_fields["evt.cpu"] as $cpu |
	(.output | endswith("> on CPU \($cpu)")) and
	.output_fields["proc.name"] == "sh" and
	.output_fields.who == "<sh>"' \
	-o 'append_output[]={"match": {"source": "syscall"},
		"extra_output": "on CPU %evt.cpu",
		"extra_fields": ["proc.name", {"who": "<%proc.name>"}]}'
append "-o append_output: suggested fields, and -p behind them" \
	'.output | endswith(" k8s_ns_name=<NA> last")' \
	-o 'append_output=[{suggested_output: true}]' -p last
append "-o append_output: other rules are left alone" \
	'(.output | endswith(">")) and (.output_fields | has("who") | not)' \
	-o 'append_output[]={match: {tags: [none]}, extra_output: no,
		extra_fields: [{who: no}]}'
for entry in '{mach: {}}' '[' '{extra_fields: no}' '{match: {tags: [null]}}'; do
	refused "-o append_output: $entry" 'append_output: ' "$spoor" replay \
		"$dir/w.scap.zst" -r "$dir/data.yaml" \
		-o "append_output[]=$entry"
done
FALCO_HOSTNAME=elsewhere "$spoor" replay "$dir/w.scap.zst" \
	-r "$dir/data.yaml" -j 2 --json 2> /dev/null |
	jq -e '.hostname == "elsewhere"' > /dev/null
verdict $? "FALCO_HOSTNAME names the host"
"$spoor" replay "$dir/w.scap.zst" -c falco.yaml > /dev/null 2> "$dir/err"
[ $? = 1 ] && grep -q 'falco.yaml, which is not read' "$dir/err" &&
	"$spoor" replay -V x 2>&1 | grep -q 'spoor check RULES' &&
	"$spoor" replay --list 2>&1 | grep -q 'spoor fields' &&
	"$spoor" replay -r 2>&1 | grep -q '^spoor replay: -r needs a value' &&
	"$spoor" replay --nix=1 2>&1 | grep -q 'there is no option --nix$'
verdict $? "options of Falco that are none here, and others"
"$spoor" check -V "$dir/r.yaml" -l reads | grep -q '^reads  *A read$' &&
	[ "$("$spoor" check -L -r "$dir/r.yaml" | wc -l)" = 4 ] &&
	! "$spoor" check -l nix "$dir/r.yaml" > /dev/null 2>&1 &&
	"$spoor" check -o json_output=true "$dir/r.yaml" |
	jq -e '.falco_load_results[0].successful' > /dev/null
verdict $? "check -V, -L, -l"

# What is wrong with rules files is said by all commands alike.
rule='- {rule: r, desc: d, condition: evt.type=open, output: o, priority: INFO'
cat > "$dir/plugin.yaml" << END
- required_plugin_versions:
  - {name: k8saudit, version: 0.7.0, alternatives: [{name: x, version: 1.0.0}]}
$rule}
END
missing='must load one of: k8saudit (>= 0.7.0), x (>= 1.0.0)$'
refused "check: a plugin is missing" "$missing" \
	"$spoor" check "$dir/plugin.yaml"
cat "$dir/plugin.yaml" > "$dir/worse.yaml"
echo "- {rule: s, desc: d, condition: nix = 1, output: o, priority: INFO}" \
	>> "$dir/worse.yaml"
refused "replay: a missing plugin is the first reason" "$missing" \
	"$spoor" replay "$dir/c.scap.zst" -r "$dir/worse.yaml"
refused "check: a plugin is missing after the first of two files" "$missing" \
	"$spoor" check "$dir/plugin.yaml" "$dir/r.yaml"
"$spoor" check --json "$dir/plugin.yaml" 2> /dev/null |
	jq -e '.falco_load_results[0].successful == false' > /dev/null
verdict $? "check --json: a plugin is missing"
for command in replay load report query; do
	words="$dir/c.scap.zst"
	[ $command = query ] && words="alerts $words"
	[ $command = load ] && words="$words -o $dir/x.db"
	[ $command = report ] && words="$words -o $dir/x.html"
	# shellcheck disable=SC2086
	refused "$command: a plugin is missing" "$missing" \
		"$spoor" $command $words -r "$dir/plugin.yaml"
done
cat > "$dir/source.yaml" << END
$rule, source: k8s_audit}
- {rule: r, condition: evt.type=open, override: {condition: replace},
  source: syscall}
END
"$spoor" check "$dir/source.yaml" |
	grep -q 'LOAD_ERR_VALIDATE: .* re-defined with a different source'
verdict $? "check: an override with another source"
sed -i 's/condition: replace/condition: append/' "$dir/source.yaml"
"$spoor" check "$dir/source.yaml" |
	grep -q 'LOAD_ERR_VALIDATE: .* re-defined with a different source'
verdict $? "check: an appended condition with another source"
sed -i 's/source: syscall/source: k8s_audit/' "$dir/source.yaml"
"$spoor" check "$dir/source.yaml" > /dev/null
verdict $? "check: an override with the same source"
for word in null '~' ''; do
	printf '%s\n' '- list: l' '  items:' "    - $word" '    - x' \
		> "$dir/null.yaml"
	"$spoor" check "$dir/null.yaml" |
		grep -q 'YAML_VALIDATE: sequence value is not scalar (l)'
	verdict $? "check: '$word' in a list is no text"
	echo "$rule, tags: [a, $word]}" > "$dir/null.yaml"
	[ -z "$word" ] || "$spoor" check "$dir/null.yaml" |
		grep -q 'YAML_VALIDATE: sequence value is not scalar (r)'
	verdict $? "check: '$word' among tags is no text"
	printf '%s\n' "$rule, exceptions: [{name: e, " \
		'  fields: [container.image.repository, fd.name],' \
		"  comps: [=, =], values: [[${word:-null}, /etc/hosts]]}]}" \
		> "$dir/null.yaml"
	"$spoor" check "$dir/null.yaml" | grep -q LOAD_ERR_COMPILE_CONDITION
	verdict $? "check: '$word' as the value of an exception is no text"
done
cat > "$dir/star.yaml" << 'END'
- rule: star
  desc: Star
  condition: evt.type=openat and fd.name=/etc/hostname
  output: "*open of %fd.name by %proc.name"
  priority: INFO
END
"$spoor" replay "$dir/c.scap.zst" -r "$dir/star.yaml" 2> /dev/null |
	grep -q ': Informational open of /etc/hostname by cat$'
verdict $? "a star at the start of an output is not printed"

# Why, and what would change.
"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" --explain starts@1 \
	> "$dir/out"
grep -q 'the rule matches' "$dir/out" &&
	grep -q 'yes evt.type in .* is "' "$dir/out"
verdict $? "--explain at an event that matches"
cat > "$dir/never.yaml" << 'END'
- rule: never
  desc: Never
  condition: >
    evt.type=openat and evt.is_open_read=true and
    fd.name=/nowhere and proc.name in (cat, ls)
  output: x
  priority: INFO
END
"$spoor" replay "$dir/c.scap.zst" -r "$dir/never.yaml" --explain never \
	> "$dir/out"
grep -q 'holds at 0 of' "$dir/out" && grep -q '3 of 4 conditions' "$dir/out" &&
	grep -q 'no *fd.name = /nowhere *is "/' "$dir/out"
verdict $? "--explain of a rule that never matches: the nearest events"
sed 's/evt.type=read/evt.type=read and proc.name=cat/; s/NOTICE/ERROR/' \
	"$dir/r.yaml" > "$dir/new.yaml"
"$spoor" replay --diff "$dir/r.yaml" "$dir/new.yaml" "$dir/c.scap.zst" \
	> "$dir/out" 2> "$dir/err"
code=$?
lost=$("$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" --json 2> /dev/null |
	jq -c 'select(.rule == "reads")' | wc -l)
kept=$("$spoor" replay "$dir/c.scap.zst" -r "$dir/new.yaml" --json \
	2> /dev/null | jq -c 'select(.rule == "reads")' | wc -l)
[ $code = 2 ] && [ "$(grep -c '^- reads' "$dir/out")" = $((lost - kept)) ] &&
	[ "$(grep -c '^< starts' "$dir/out")" -gt 1000 ] &&
	! grep -q '^+' "$dir/out"
verdict $? "--diff: $((lost - kept)) alerts lost, others changed"
"$spoor" replay --diff "$dir/r.yaml" "$dir/r.yaml" "$dir/c.scap.zst" \
	2> /dev/null | cmp -s - /dev/null
verdict $? "--diff of equal rules: nothing"
"$spoor" replay "$dir/c.scap.zst" -r "$dir/never.yaml" --stats \
	2>&1 > /dev/null | grep -q 'fd.name$'
verdict $? "--stats measures fields"

# The same for programs.
"$spoor" replay "$dir/c.scap.zst" -r "$dir/never.yaml" --explain never --json |
	jq -e '.matches == 0 and .shown[0].hold == 3 and
		.shown[0].conditions == 4 and (.shown[0].tree.all |
		map(select(.holds | not)) | .[0].check == "fd.name = /nowhere")
		' > /dev/null
verdict $? "--explain --json"
"$spoor" replay --diff "$dir/r.yaml" "$dir/new.yaml" "$dir/c.scap.zst" --json |
	jq -se --argjson lost $((lost - kept)) '
		(map(select(.change == "lost" and .new == null and
			.old.rule == "reads")) | length) == $lost and
		(map(select(.change == "changed")) | .[0] |
			.old.priority == "Notice" and
			.new.priority == "Error") and
		(last.rules | map(select(.rule == "reads")) | .[0].lost
			== $lost)' > /dev/null
verdict $? "--diff --json"
"$spoor" replay "$dir/c.scap.zst" -r "$dir/r.yaml" --stats --json \
	2>&1 > /dev/null | jq -e '.hits[0].hits > 100 and .events > 1000 and
		(.fields | map(.name) | index("evt.type")) != null and
		(.rules | length) == 2' > /dev/null
verdict $? "--stats --json"
cat > "$dir/long.yaml" << 'END'
- rule: long
  desc: A list
  condition: evt.type=openat and proc.name in (a, b, c, d, e, f, g, h, i, j)
  output: x
  priority: INFO
END
"$spoor" replay "$dir/c.scap.zst" -r "$dir/long.yaml" --explain long |
	grep -q 'proc.name in (a, b, c, d, e, f, g, h, and 2 more)   is "'
verdict $? "--explain shortens long lists"

# spoor test
mkdir "$dir/t"
cp "$dir/r.yaml" "$dir/c.scap.zst" "$dir/t"
cat > "$dir/t/good.yaml" << 'END'
- test: programs start
  capture: c.scap.zst
  rules: [r.yaml]
  expect:
    - rule: starts
      contains: /etc/hostname
    - rule: reads
END
"$spoor" test "$dir/t" > "$dir/out"
[ $? = 0 ] && grep -q '^PASS programs start' "$dir/out"
verdict $? "spoor test: a test that passes"
cat > "$dir/t/bad.yaml" << 'END'
- test: too many <reads>
  capture: c.scap.zst
  rules: [r.yaml]
  expect:
    - rule: reads
      count: 3
  only: true
END
"$spoor" test --tap "$dir/t" > "$dir/out"
[ $? = 2 ] && grep -q '^not ok 1 - too many' "$dir/out" &&
	grep -q '^ok 2' "$dir/out" && grep -q '^1..2' "$dir/out"
verdict $? "spoor test --tap: a test that fails"
"$spoor" test --junit "$dir/t" > "$dir/out"
[ $? = 2 ] && grep -q 'tests="2" failures="1"' "$dir/out" &&
	grep -q 'name="too many &lt;reads&gt;"' "$dir/out"
verdict $? "spoor test --junit"
"$spoor" test "$dir/r.yaml" > "$dir/out" 2> "$dir/err"
[ $? = 1 ] && grep -q 'holds no tests' "$dir/err"
verdict $? "spoor test: a file without tests is refused"
