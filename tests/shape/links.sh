#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# links.sh OBJECTS [FOLDER]: what object files (of a build without link-time
# optimisation) say of the sources under FOLDER.  Prints
#  - exports that no other file uses: to be static, or to go;
#  - exports that only tests use and tests/shape/exports-for-tests lacks;
#  - circles of folders, and of more than two files, that need each other;
# and exits with 1 if there is one.  tests/shape/known-links has those that are
# still there ("unused NAME", "circle FILE"): it may only get shorter.
objects=$1
cd "${2:-.}" || exit 2
for_tests=tests/shape/exports-for-tests
known=tests/shape/known-links
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# listed FILE: the names in it, without comments
listed() {
	[ ! -e "$1" ] || sed 's/ *#.*//; /^$/d' "$1"
}

# Of tests there is no need; of removed files there may still be objects.
(cd "$objects" && find . -name '*.o' -not -path './tests/*') |
sed 's|^\./||; s|\.o$||' | while read -r source; do
	[ "${source#gen/}" = "$source" ] && [ ! -e "$source.c" ] &&
		[ ! -e "$source.S" ] || echo "$source.o"
done > "$scratch/objects"
(cd "$objects" && xargs nm -A) < "$scratch/objects" | awk '{
	file = $1
	sub(/\.o:.*/, "", file)
	type = $(NF - 1)
	if (type == "U") print "uses", file, $NF
	else if (type ~ /^[A-TV-Z]$/) print "has", file, $NF
}' | sort > "$scratch/symbols"

awk '$1 == "has" { has[$3] = $2; next }
	{ used[$3] }
	$3 in has { print $2, has[$3] > edges }
	END { for (name in has)
		if (!(name in used) && name != "main")
			print name, has[name] }' \
	edges="$scratch/edges" "$scratch/symbols" | sort > "$scratch/unused"
touch "$scratch/edges"

# What tests name is exported for them.
find tests -name '*.c' -exec cat {} + 2> /dev/null |
	grep -oE '[A-Za-z_][A-Za-z_0-9]*' | sort -u |
	join - "$scratch/unused" > "$scratch/by-tests"
listed "$for_tests" | sort > "$scratch/allowed"
join -v 1 "$scratch/by-tests" "$scratch/allowed" |
	sed "s,^\(.*\) \(.*\),\2: \1 is used by tests only: see $for_tests," \
	> "$scratch/found"
join -v 2 "$scratch/by-tests" "$scratch/allowed" |
	sed "s,^,$for_tests: not used by tests alone: ," >> "$scratch/found"
join -v 1 "$scratch/unused" "$scratch/by-tests" |
	sed 's/ / in /; s/^/unused /' > "$scratch/wrong"

# circles: lines of what can be reached from each other, of pairs FROM TO
circles() {
	awk '$1 != $2 && !(($1, $2) in seen) {
		seen[$1, $2]
		next_of[$1] = next_of[$1] " " $2
		all[$1]
	}
	function walk(from, n, i, j, count, to) {
		queue[n = 1] = from
		for (i = 1; i <= n; i++) {
			count = split(next_of[queue[i]], to, " ")
			for (j = 1; j <= count; j++)
				if (!((from, to[j]) in reaches)) {
					reaches[from, to[j]]
					queue[++n] = to[j]
				}
		}
	}
	END {
		for (x in all) walk(x)
		for (x in all) {
			if (x in told || !((x, x) in reaches)) continue
			line = ""
			for (y in all)
				if ((x, y) in reaches && (y, x) in reaches) {
					told[y]
					line = line " " y
				}
			print line
		}
	}'
}
circles < "$scratch/edges" | awk 'NF > 2' > "$scratch/circles"
awk '{ for (i = 1; i <= NF; i++) print "circle", $i }' "$scratch/circles" \
	>> "$scratch/wrong"
sed 's|/[^/]* | |; s|/[^/]*$||' "$scratch/edges" | circles |
	sed 's/^/folders need each other:/' >> "$scratch/found"

sort -o "$scratch/wrong" "$scratch/wrong"
listed "$known" | sort > "$scratch/known"
sed 's/ in .*//' "$scratch/wrong" | comm -13 - "$scratch/known" |
	sed "s,^,$known: no longer so: ," >> "$scratch/found"
grep -vxFf "$scratch/known" "$scratch/wrong" |
	while read -r what name where; do
		grep -qxF "$what $name" "$scratch/known" ||
			echo "$what $name $where"
	done > "$scratch/new"
cat "$scratch/new" >> "$scratch/found"
! grep -q ^circle "$scratch/new" ||
	sed 's/^/need each other:/' "$scratch/circles" >> "$scratch/found"

[ -s "$scratch/objects" ] || echo "no objects in $objects" >> "$scratch/found"
cat "$scratch/found"
[ ! -s "$scratch/found" ]
