#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Do the tests bite?  mutate.sh [COUNT [SEED]]: makes COUNT (60) small changes,
# one at a time, to code of replay, db, query and core/file, and prints for each
# whether a test notices: the unit tests, the rules, or the suites of its folder,
# the fastest first.  Works in JOBS (2) copies of the last commit.  What is left,
# "survived", is to be read: a test is missing, or the change means nothing;
# those that mean nothing are listed in tests/mutate-equivalent, and not tried.
set -u
count=${1:-60}
seed=${2:-$$}
jobs=${JOBS:-2}
declare -A suites=(
	[replay]="cases unit golden vectors questions"
	[db]="unit golden questions db query"
	[query]="unit golden questions query export"
	[core]="unit golden vectors rotation"
)
scratch=$(mktemp -d)
trap 'git worktree remove --force "$scratch/tree"; rm -rf "$scratch"' EXIT

# Suites that end early leave their files.
mkdir "$scratch/tmp"
export TMPDIR=$scratch/tmp
git worktree add -q --detach "$scratch/tree" HEAD || exit 2
# The shelf's tests look beside the checkout.
[ ! -d ../shared ] || ln -s "$(realpath ../shared)" "$scratch/shared"
cd "$scratch/tree" || exit 2

# What is changed into what: sed's s command.
changes=(
	's/ == / != /' 's/ != / == /' 's/ < / <= /' 's/ <= / < /'
	's/ > / >= /' 's/ >= / > /' 's/ && / || /' 's/ || / \&\& /'
	's/ + 1\b/ + 2/' 's/ - 1\b/ - 2/' 's/\btrue\b/false/'
	's/\bfalse\b/true/' 's/ + / - /' 's/= 0;/= 1;/' 's/return 0;/return 1;/'
	's/if (!/if (/' 's/^\([[:space:]]*\)[a-z_]*(.*);$/\1;/'
)

# candidates: "file:line:change" of all changes that fit somewhere; comments,
# directives and lines of text are no code
candidates() {
	for change in "${changes[@]}"; do
		pattern=${change#s/}
		git grep -n -e "${pattern%%/*}" -- 'replay/*.c' 'db/*.c' \
			'query/*.c' 'core/file/*.c' |
			grep -vE '^[^:]*:[^:]*:\s*(\*|/\*|//|#|")' |
			while IFS=: read -r file line _; do
				printf '%s:%s:%s\n' "$file" "$line" "$change"
			done
	done
}

# The unit tests of what this machine does know nothing of these folders.
mapfile -t units < <(sed -n 's/^\t{ "\([a-z0-9_]*\)".*/\1/p' \
	tests/unit/suites.c |
	grep -vE '^(packets|remote|ring|encode|snapshot|tsc_clock)$')

build() {
	make OPT=-O1 -s "-j$1" programs build/unit build/vectors
}

# failures SUITE: prints each test that fails, as it fails, but not those that
# fail here without any change, which are in known.SUITE
failures() {
	case $1 in
	unit) timeout 120 build/unit "${units[@]}" || echo FAIL ;;
	cases) timeout 120 build/vectors --cases tests/rules/*.test || echo FAIL ;;
	*) timeout 300 sh "tests/suite-$1.sh" build || echo FAIL ;;
	esac 2>&1 | grep --line-buffered -a '^FAIL' |
		grep --line-buffered -avFxf "$scratch/known.$1"
}

# noticed FILE: by which suite; asked twice of those that record, as on a busy
# machine some fail by themselves
noticed() {
	for suite in ${suites[${1%%/*}]}; do
		failures "$suite" | grep -q . || continue
		case $suite in
		unit | cases | golden | vectors) return 0 ;;
		esac
		! failures "$suite" | grep -q . || return 0
	done
	return 1
}

# try FILE LINE CHANGE: makes the change, prints what came of it
try() {
	cp "$1" original
	sed -i "$2$3" "$1"
	changed=$(sed -n "$2s/^\s*//p" original)
	changed="$changed => $(sed -n "$2s/^\s*//p" "$1")"
	where="$1:$2: $changed"
	if grep -qFx "$1: $changed" tests/mutate-equivalent; then
		echo "means nothing: $where"
	elif ! build 1 > build.log 2>&1; then
		echo "not built: $where"
	elif noticed "$1"; then
		echo "noticed by $suite: $where"
	else
		echo "survived: $where"
	fi
	cp original "$1"
}

# work JOB: makes the changes of the list that are this job's, in a copy
work() {
	cp -a "$scratch/tree" "$scratch/$1"
	cd "$scratch/$1" || exit
	made=0
	while IFS=: read -r file line change; do
		try "$file" "$line" "$change" > tried
		cat tried
		! grep -qE '^(not built|means)' tried || continue
		made=$((made + 1))
		[ $((made * jobs)) -lt "$count" ] || break
	done < <(sed -n "$1~${jobs}p" "$scratch/list")
}

ulimit -t 120 -v 8000000
build "$jobs" > build.log 2>&1 || { tail -n 5 build.log; exit 2; }
make OPT=-O1 -s "-j$jobs" test-programs > build.log 2>&1
# Suites that want a sanitized build get none.
for suite in $(tr " " "\n" <<< "${suites[*]}" | sort -u); do
	: > "$scratch/known.$suite"
	failures "$suite" > known
	cp known "$scratch/known.$suite"
	sed "s/^/mutate.sh: $suite, without any change: /" known
done
candidates | shuf --random-source=<(openssl enc -aes-256-ctr -nosalt \
	-pass "pass:$seed" < /dev/zero 2> /dev/null) > "$scratch/list"
echo "seed $seed, of $(wc -l < "$scratch/list") changes:"
for job in $(seq "$jobs"); do
	work "$job" &
done | tee "$scratch/results"
awk '/^noticed/ { n++ } !/^(not built|means)/ { all++ }
	END { print n " of " all " changes were noticed" }' "$scratch/results"
