#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Rules, events and verdicts as data: tests/rules/*.test (README.md there).
# First the runner itself: what is wrong fails, and what crashes is not passed.
build=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

# fails NAME LINE...: each line is one failure, and nothing passes
fails() {
	name=$1
	shift
	{
		echo 'thread tid=10 comm=cat'
		echo 'event close tid=10 res=0 fd=3'
		printf '%s\n' "$@"
	} > "$dir/x.test"
	"$build/vectors" --cases "$dir/x.test" > "$dir/out"
	[ $? = 1 ] && [ "$(grep -c '^FAIL ' "$dir/out")" = $# ] &&
		! grep -q '^PASS' "$dir/out"
	verdict $? "$name"
}

fails "a wrong verdict fails" 'true proc.name = dog' 'false proc.name = cat' \
	'prints %proc.name => dog' 'silent %proc.name' 'absent proc.name' \
	'json proc.name => "dog"' 'hidden' 'refused proc.name = cat => x' \
	'refused proc.nam = cat => another error' 'badformat %proc.name => x' \
	'unparsed a and b => x' 'canonical a and b => a and b' \
	'types evt.type = open => close' 'doubted a' 'escaped a => b' \
	'undoubted ka.x = <NA>' 'alerts => x' 'output => x' 'enabled => x' \
	'enable x => 1' 'disable x => 1' 'priority x => Error'
fails "what is no statement fails" 'truly proc.name = cat' 'prints %proc.name' \
	'event nothing' 'event close fg=3' 'event close fd=three' 'thread tod=1'
printf '%s\n' '| - rule: x' 'loads' 'enabled =>' > "$dir/y.test"
! "$build/vectors" --cases "$dir/y.test" > "$dir/out" &&
	[ "$(grep -c '^FAIL .*rules are rejected' "$dir/out")" = 2 ]
verdict $? "rules that are rejected, and nobody says so, fail"
echo 'true proc.name = x' > "$dir/y.test"
! "$build/vectors" --cases "$dir/y.test" > "$dir/out"
verdict $? "a check of no event fails"
! "$build/vectors" --cases "$dir/none.test" > "$dir/out"
verdict $? "a file that is not there fails"

"$build/vectors" --cases tests/rules/*.test

if [ -x "$build/san/vectors" ]; then
	UBSAN_OPTIONS=halt_on_error=1 "$build/san/vectors" --cases \
		tests/rules/*.test > "$dir/out" 2>&1
	verdict $? "the same under ASan and UBSan"
	grep -v '^PASS' "$dir/out" | head -n 20
else
	echo "SKIP cases under ASan and UBSan: no $build/san/vectors"
fi

# Each operator is true of something and false of something, and each
# transformer is used.
sed -n 's/^\t{ "\([^"]*\)", OP_.*/\1/p' replay/rules/ops.c > "$dir/operators"
while read -r operator; do
	for verdict in true false; do
		grep -q "^$verdict [^ ]* $operator\( \|$\)" tests/rules/*.test ||
			echo "$operator is never $verdict"
	done
done < "$dir/operators" > "$dir/untested"
sed -n 's/^\t{ "\([a-z0-9]*\)", [0-9].*/\1/p' replay/fields/transform.c \
	> "$dir/transformers"
while read -r transformer; do
	grep -qE "^(true|prints) .*$transformer\\(" tests/rules/*.test ||
		echo "$transformer is never used"
done < "$dir/transformers" >> "$dir/untested"
cat "$dir/untested"
[ ! -s "$dir/untested" ] && [ "$(wc -l < "$dir/operators")" -gt 15 ] &&
	[ "$(wc -l < "$dir/transformers")" -gt 5 ]
verdict $? "each operator and transformer has cases"
