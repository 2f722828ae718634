#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The demo: a container is served from, attacked and searched while spoor
# records it and alerts live; then the capture is replayed against the Falco
# rules, loaded into SQLite, and asked five questions.
#
# RULES (files) picks the rules; by default the public Falco files if they are
# found (../shared/rules, /etc/falco), else the rules that spoor ships.
set -eu
build=$1
spoor=$build/spoor
dir=$(mktemp -d "${TMPDIR:-/tmp}/spoor-demo.XXXXXX")
out=$build/demo
capture=$out/demo.scap.zst

if [ "$(id -u)" != 0 ]; then
	echo "make demo starts a container with runc: run it as root." >&2
	exit 1
fi

find_rules() {
	for folder in ../shared/rules /etc/falco; do
		[ -f "$folder/falco_rules.yaml" ] || continue
		for kind in falco falco-incubating falco-sandbox; do
			[ -f "$folder/${kind}_rules.yaml" ] &&
				echo "$folder/${kind}_rules.yaml"
		done
		return
	done
	echo replay/policies/spoor_rules.yaml
}
rules=${RULES:-$(find_rules)}
rule_options=$(for file in $rules; do printf ' -r %s' "$file"; done)

title() {
	printf '\n\033[1m== %s\033[0m\n' "$*"
}

rm -rf "$out"
mkdir -p "$out"
"${CC:-cc}" -static -O1 -o "$dir/hostile" tests/demo/hostile.c

title "1. Record: a container serves, is attacked, is searched"
echo "rules: $rules"
# shellcheck disable=SC2086
"$spoor" record $rule_options --alerts "$out/live.jsonl" -o "$capture" \
	-- sh tests/demo/scenario.sh "$dir" "$dir/hostile" 2> "$out/record.log"
echo "the first live alert, while it happened:"
head -n 1 "$out/live.jsonl" | cut -c 1-300
echo "live alerts: $(wc -l < "$out/live.jsonl")"
tail -n 3 "$out/record.log"

title "2. The capture"
"$spoor" info "$capture" | head -n 24

title "3. Replay against the rules"
# shellcheck disable=SC2086
"$spoor" replay "$capture" $rule_options --json > "$out/alerts.jsonl" \
	2> "$out/replay.log"
cat "$out/replay.log"

title "4. Load into SQLite"
# shellcheck disable=SC2086
"$spoor" load "$capture" $rule_options -o "$out/demo.db"

title "5. Each step of the attack, and the rule that saw it"
sh tests/demo/steps.sh "$dir/steps" "$out/alerts.jsonl" || true

title "6. Five questions"
sh tests/demo/questions.sh "$spoor" "$out/demo.db"

cp "$dir/steps" "$out/steps"
rm -rf "$dir"
title "Done. Go on with:"
echo "$spoor query $out/demo.db --list"
echo "$spoor print $capture 'evt.type = execve and container.id != host'"
