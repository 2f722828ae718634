#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Do the tests bite?  mutate.sh [COUNT [SEED]]: makes COUNT (60) small changes,
# one at a time, to code of replay, db, query and core/file, and prints for each
# whether a test notices: the unit tests, or the suites of its folder, the fastest
# first.  Works in a copy of the last commit.  What is left, "survived", is to be
# read: a test is missing, or the change means nothing; those that mean nothing
# are listed in tests/mutate-equivalent.
set -u
count=${1:-60}
RANDOM=${2:-$$}
declare -A suites=(
	[replay]="rules vectors golden fields text replay questions"
	[db]="golden questions db query"
	[query]="golden questions query export"
	[core]="golden vectors rotation evidence badinput"
)
scratch=$(mktemp -d)
trap 'git worktree remove --force "$scratch/tree"; rm -rf "$scratch"' EXIT

git worktree add -q --detach "$scratch/tree" HEAD || exit 2
# The shelf's tests look beside the checkout.
[ ! -d ../shared ] || ln -s "$(realpath ../shared)" "$scratch/shared"
cd "$scratch/tree" || exit 2
# Suites that want a sanitized build get this one.
mkdir build && ln -s . build/san
flags='OPT=-O1 -s -j'$(nproc)

# What is changed into what: sed's s command; the first that fits a line at
# random.
changes=(
	's/ == / != /' 's/ != / == /' 's/ < / <= /' 's/ <= / < /'
	's/ > / >= /' 's/ >= / > /' 's/ && / || /' 's/ || / \&\& /'
	's/ + 1\b/ + 2/' 's/ - 1\b/ - 2/' 's/\btrue\b/false/'
	's/\bfalse\b/true/' 's/ + / - /' 's/= 0;/= 1;/' 's/return 0;/return 1;/'
	's/if (!/if (/' 's/^\(\t*\)\([a-z_]*(.*);\)$/\1;/'
)

# propose: changes one line of one file; false if nothing came of it
propose() {
	file=${files[RANDOM % ${#files[@]}]}
	line=$((RANDOM % $(wc -l < "$file") + 1))
	change=${changes[RANDOM % ${#changes[@]}]}
	# Comments and tables of texts are no code.
	sed -n "${line}p" "$file" | grep -qE '^\s*(\*|/\*|//|#|")' && return 1
	sed -i "${line}$change" "$file"
	! git diff --quiet
}

mapfile -t files < <(git ls-files 'replay/*.c' 'db/*.c' 'query/*.c' \
	'core/file/*.c')
# Packets come from a network that others use, too.
mapfile -t units < <(sed -n 's/^\t{ "\([a-z0-9]*\)".*/\1/p' \
	tests/unit/suites.c | grep -v packets)

build() {
	# shellcheck disable=SC2086
	make $flags programs build/unit > "$scratch/build.log" 2>&1
}

# fails SUITE
fails() {
	if [ "$1" = unit ]; then
		! (ulimit -t 60; timeout 600 build/unit "${units[@]}")
	else
		! timeout 300 sh tests/run.sh build "$1"
	fi > "$scratch/log" 2>&1
}

# is_sound SUITE: passes without any change; asked once
is_sound() {
	[ -n "${sound[$1]:-}" ] && return
	git diff > "$scratch/change"
	git checkout -q .
	build && ! fails "$1" && sound[$1]=yes
	git apply "$scratch/change"
	[ -n "${sound[$1]:-}" ]
}

# noticed FILE: by which suite, twice in a row; on a busy machine some fail by
# themselves
noticed() {
	for suite in unit ${suites[${1%%/*}]}; do
		[ -e "tests/suite-$suite.sh" ] || continue
		if ! fails "$suite" || ! fails "$suite"; then
			continue
		fi
		is_sound "$suite" && return 0
		echo "mutate.sh: suite $suite fails without any change" >&2
		exit 2
	done
	return 1
}

build || { tail -n 5 "$scratch/build.log"; exit 2; }
# shellcheck disable=SC2086
make $flags test-programs > /dev/null 2>&1
declare -A sound
killed=0
made=0
while [ $made -lt "$count" ]; do
	git checkout -q .
	propose || continue
	build || continue
	made=$((made + 1))
	where="$file:$line  $(git diff -U0 | sed -n 's/^+\s*//p' | tail -n 1)"
	if noticed "$file"; then
		killed=$((killed + 1))
		echo "noticed by $suite: $where"
	else
		echo "survived: $where"
	fi
done
echo "$killed of $made changes were noticed"
