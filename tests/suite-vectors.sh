#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The runner of test vectors, with vectors made here: a crashing vector does not
# hide others, and unexpected members are not compared.  Then the test vectors
# of Falco's suites, where the shelf with them is present.
build=$1
shelf=../shared/vectors
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

cat > "$dir/format.jsonl" << 'END'
{"id": "f-1", "input": {"format": "%proc.name"}, "expected": {}}
{"id": "f-2", "input": {"format": "%proc.name"}, "expected": {"output": "init"}}
{"id": "f-3", "input": {"format": "%proc.name"}, "expected": {"output": "x"}}
END
"$build/vectors" "$dir" > "$dir/log"
[ $? = 1 ] && grep -q '^2 passed, 1 failed, 0 skipped$' "$dir/log" &&
	grep -q "^FAIL format f-3: 'init'$" "$dir/log"
verdict $? "vectors: what is not expected is not compared"
cat > "$dir/plugin_requirements.jsonl" << 'END'
{"id": "r-1", "input": {"loaded_plugins": "{}", "requirements": "[]"}, "expected": {"ok": true}}
{"id": "r-2", "expected": {"ok": true}}
{"id": "r-3", "input": {"loaded_plugins": "{}", "requirements": "[]"}, "expected": {"ok": true}}
END
"$build/vectors" "$dir" plugin_requirements > "$dir/log" 2> /dev/null
[ $? = 1 ] && grep -q '^2 passed, 1 failed, 0 skipped$' "$dir/log" &&
	grep -q '^FAIL plugin_requirements r-2: ended by ' "$dir/log"
verdict $? "vectors: one that crashes hides no other"
for i in 1 2; do
	echo "{\"id\": \"c-$i\", \"input\": {\"capture\": \"captures/$i\"}}"
done > "$dir/capture_users.jsonl"
"$build/vectors" "$dir" capture_users > "$dir/log"
[ $? = 0 ] && grep -q '^0 passed, 0 failed, 2 skipped$' "$dir/log" &&
	[ "$(grep -c 'there is no .*/captures$' "$dir/log")" = 1 ] &&
	[ "$(wc -l < "$dir/log")" = 2 ]
verdict $? "vectors: a folder without captures is said once"
cat > "$dir/first.yaml" << 'END'
- macro: first
  condition: evt.num > 0
  colour: red
END
echo '[]' > "$dir/last.yaml"
echo '{"id": "w-1", "input": {"rules_files": ["first.yaml", "last.yaml"]},
	"expected": {"validate_warnings": [{"code": "LOAD_UNKNOWN_KEY"}]}}' |
	tr -d '\n' > "$dir/falco_regression.jsonl"
"$build/vectors" "$dir" falco_regression | grep -q '^1 passed, 0 failed'
verdict $? "vectors: the warnings of every file count"

if [ ! -d "$shelf" ]; then
	echo "SKIP vectors: $shelf is not here"
	exit 0
fi
"$build/vectors" "$shelf" > "$build/vectors.log"
grep -E '^(FAIL|SKIP) ' "$build/vectors.log"
passed=$(sed -n 's/^\([0-9]*\) passed.*/\1/p' "$build/vectors.log")
# Each vector is passed, failed or skipped, and all that are not are told.
given=$(cat "$shelf"/given/*.jsonl | wc -l)
told=$(grep -cE '^(FAIL|SKIP) ' "$build/vectors.log")
same "vectors: so many are told of" "$((${passed:-0} + told))" "$given"
i=0
while [ "$i" -lt "${passed:-0}" ]; do
	i=$((i + 1))
	echo "PASS vector $i"
done
[ -n "$passed" ] || echo "FAIL vectors: the runner did not finish"
