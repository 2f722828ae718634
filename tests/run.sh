#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh BUILD [NAME...]: runs tests/suite-NAME.sh, or all of them, JOBS at a
# time (a job for each CPU), the longest first.  Each suite prints lines that
# begin with PASS, FAIL or SKIP; when it ends, its time and all that is no PASS
# are shown; with V=1 each test, and the seconds since the one before.  The
# closing line is 'N passed, N failed, N skipped'.
set -u

# one BUILD NAME RESULTS: runs a suite and tells its outcome in one piece.
one() {
	out=$3/$2
	start=$(date +%s)
	{ sh "tests/suite-$2.sh" "$1" 2>&1 ||
		echo "FAIL suite-$2.sh ended with code $?"; } |
		awk -v all="${V:+1}" 'BEGIN { last = systime() }
		all && /^PASS/ { $0 = $0 " (" systime() - last " s)" }
		/^(PASS|FAIL|SKIP)/ { last = systime() }
		{ print; fflush() }' > "$out.raw"
	grep -qE '^(PASS|FAIL|SKIP)' "$out.raw" ||
		echo "FAIL suite-$2.sh ran no test" >> "$out.raw"
	{
		echo "== $2: $(($(date +%s) - start)) s," \
			"$(grep -c '^PASS' "$out.raw") passed"
		if [ "${V:-}" ]; then cat "$out.raw"
		else grep -Ev '^PASS' "$out.raw"; fi
	} > "$out.shown"
	mv "$out.raw" "$out.lines"
	flock "$3" cat "$out.shown"
}

if [ "$1" = --one ]; then
	one "$2" "$4" "$3"
	exit 0
fi

build=$1
shift
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
if [ $# = 0 ]; then
	# A suite's length tells roughly how long it runs.
	# shellcheck disable=SC2012,SC2046
	set -- $(ls -S tests/suite-*.sh | sed 's|.*suite-||; s|\.sh$||')
fi
for name in "$@"; do
	[ -e "tests/suite-$name.sh" ] && continue
	echo "run.sh: there is no tests/suite-$name.sh" >&2
	exit 2
done
printf '%s\n' "$@" |
	xargs -n 1 -P "${JOBS:-$(nproc)}" sh "$0" --one "$build" "$results"
for name in "$@"; do
	[ -e "$results/$name.lines" ] ||
		echo "FAIL suite-$name.sh did not end" | tee "$results/$name.lines"
done
count() { cat "$results"/*.lines | grep -c "^$1"; }
passed=$(count PASS)
failed=$(count FAIL)
echo "$passed passed, $failed failed, $(count SKIP) skipped"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
