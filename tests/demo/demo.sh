#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# demo.sh BUILD [FOLDER]: a container is served from, attacked and searched while spoor
# records it and alerts live; then the capture is replayed against rules, loaded
# into SQLite, asked five questions, and shown as a page.  What it makes is put
# into the folder, BUILD/demo by default.
#
# The rules are those that spoor ships, and the files in RULES, as
# RULES="falco_rules.yaml my_rules.yaml".  The exit code is 1 if a step of the
# attack was not seen, or one of our rules fired on something else.
set -eu
build=$1
spoor=$build/spoor
out=${2:-$build/demo}
capture=$out/demo.scap.zst
ours=replay/policies/spoor_rules.yaml
id=
recorder=

fail() {
	echo "make demo: $*" >&2
	exit 1
}

[ "$(id -u)" = 0 ] || fail "it starts a container with runc: run it as root"
for tool in runc busybox script "${CC:-cc}"; do
	command -v "$tool" > /dev/null || fail "there is no $tool"
done
rules=$ours
for file in ${RULES:-}; do
	[ -r "$file" ] || fail "RULES: cannot read $file"
	cmp -s "$file" $ours || rules="$rules $file"
done
# shellcheck disable=SC2086
rule_options=$(printf -- ' -r %s' $rules)

dir=$(mktemp -d "${TMPDIR:-/tmp}/spoor-demo.XXXXXX")
. tests/demo/container.sh

# Whatever happened: nothing of the demo stays.  The container may come up while
# the recorder is told to end, so it is stopped until that has ended.
# shellcheck disable=SC2317
clean_up() {
	code=$?
	trap '' INT TERM HUP
	set +e
	tries=0
	while [ -n "$recorder" ] && kill -TERM "$recorder" 2> /dev/null; do
		container_stop
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || kill -KILL "$recorder"
		sleep 0.1
	done
	[ -z "$id" ] || container_stop
	rm -rf --one-file-system "$dir"
	exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

title() {
	printf '\n\033[1m== %s\033[0m\n' "$*"
}

rm -rf "$out"
mkdir -p "$out"
TMPDIR=$dir "${CC:-cc}" -static -O1 -o "$dir/hostile" tests/demo/hostile.c
container_make "$dir/hostile" || fail "the container's files cannot be made"

title "1. Record: a container serves, is attacked, is searched"
echo "rules: $rules"
# In the background, so that Ctrl-C is handled at once.
# shellcheck disable=SC2086
"$spoor" record $rule_options --alerts "$out/live.jsonl" -o "$capture" \
	-- sh tests/demo/scenario.sh "$dir" "$id" \
	2> "$out/record.log" < /dev/null &
recorder=$!
if ! wait $recorder; then
	recorder=
	cat "$out/record.log" >&2
	fail "the container did not run to its end: see above"
fi
recorder=
container=$(echo "$id" | cut -c 1-12)
echo "the first live alert from the container:"
sed -n "/\"container.id\":\"$container\"/{s/.*\"output\":\"\([^\"]*\)\".*/  \1/p;q}" \
	"$out/live.jsonl"
grep '^spoor record:' "$out/record.log"

title "2. The capture"
"$spoor" info "$capture" | head -n 24

title "3. Replay against the rules"
# shellcheck disable=SC2086
"$spoor" replay "$capture" $rule_options --all-matches --json > "$out/alerts.jsonl" \
	2> "$out/replay.log"
cat "$out/replay.log"

title "4. Load into SQLite"
# shellcheck disable=SC2086
"$spoor" load "$capture" $rule_options -o "$out/demo.db"

title "5. Each step of the attack, and the rule that saw it"
code=0
# shellcheck disable=SC2086
sh tests/demo/steps.sh "$dir/steps" "$out/alerts.jsonl" $rules || code=1
cp "$dir/steps" "$out/steps"

title "6. Five questions"
sh tests/demo/questions.sh "$spoor" "$out/demo.db" "$container"

title "7. The report"
"$spoor" report "$out/demo.db" -o "$out/demo.html"
echo "All of it as one page, for a browser:"
echo "file://$(realpath "$out/demo.html")"

title "Done. Go on with:"
echo "$spoor query $out/demo.db --list"
echo "$spoor print $capture 'evt.type = execve and container.id = $container'"
exit $code
