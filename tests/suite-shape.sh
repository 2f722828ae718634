#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The shape of the tree: include layers (with planted violations, so that the
# check itself is tested), exports and circles, headers that compile alone,
# generated tables.
build=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

. tests/checks.sh

sh tests/shape/layers.sh
verdict $? "include layers"

mkdir -p "$scratch/capture" "$scratch/replay" "$scratch/core/file"
echo '#include "replay/replay.h"' > "$scratch/capture/bad.c"
sh tests/shape/layers.sh "$scratch" > /dev/null
[ $? = 1 ]
verdict $? "a planted folder violation is found"
rm "$scratch/capture/bad.c"
mkdir -p "$scratch/query"
echo '#include "db/loader_private.h"' > "$scratch/query/bad.c"
sh tests/shape/layers.sh "$scratch" > /dev/null
[ $? = 1 ]
verdict $? "a planted face violation is found"
rm "$scratch/query/bad.c"
mkdir -p "$scratch/flow" "$scratch/cmd"
echo '#include "db/db.h"' > "$scratch/flow/bad.c"
echo '#include "capture/trace.h"' > "$scratch/cmd/bad.c"
[ "$(sh tests/shape/layers.sh "$scratch" | wc -l)" = 2 ]
verdict $? "planted violations in flow/ and cmd/ are found"
! grep -n 'pthread' cmd/*.[ch]
verdict $? "no thread runs in cmd/"

sh tests/shape/citations.sh
verdict $? "each mention of a document or its section leads there"
document=a.m # with a `d' behind: this file is looked at, too
git init -q "$scratch/cites" && mkdir "$scratch/cites/doc"
printf '# A\n\n## 2. B\n\n### 2.1 C\n' > "$scratch/cites/doc/${document}d"
echo "/* doc/${document}d 2.1; ${document}d section 2 */" > "$scratch/cites/good.c"
sh tests/shape/citations.sh "$scratch/cites"
verdict $? "mentions of sections that are there are none of these"
echo "/* ${document}d 2.2 */" > "$scratch/cites/bad.c"
sh tests/shape/citations.sh "$scratch/cites" > /dev/null
[ $? = 1 ]
verdict $? "a planted mention of no section is found"
echo "/* b${document}d */" > "$scratch/cites/bad.c"
sh tests/shape/citations.sh "$scratch/cites" > /dev/null
[ $? = 1 ]
verdict $? "a planted mention of no document is found"

# Who needs whom, by the objects; what is planted is found.
sh tests/shape/links.sh "$build/obj"
verdict $? "no export that nobody uses, no circle of files or folders"
mkdir -p "$scratch/links/a" "$scratch/links/b" "$scratch/links/tests/shape"
# planted FOLDER/FILE DEFINES CALLS...: a file that exports one, and needs others
planted() {
	file=$scratch/links/$1
	name=$2
	shift 2
	for callee; do echo "void $callee(void);"; done > "$file.c"
	echo "void $name(void) { ${*:+$(printf '%s();' "$@")} }" >> "$file.c"
	cc -c -o "$file.o" "$file.c"
}
linked() {
	sh tests/shape/links.sh "$scratch/links" "$scratch/links"
}
planted a/one main two
planted a/two two three
planted b/three three two
linked > "$scratch/out"
[ $? = 1 ] && grep -qx 'folders need each other: [ab] [ab]' "$scratch/out" &&
	[ "$(wc -l < "$scratch/out")" = 1 ]
verdict $? "a planted circle of folders is found"
planted a/three three four
planted a/four four two
rm "$scratch/links"/b/three.*
linked > "$scratch/out"
[ $? = 1 ] && [ "$(grep -c '^circle a/' "$scratch/out")" = 3 ]
verdict $? "a planted circle of three files is found"
for file in two three four; do
	echo "circle a/$file"
done > "$scratch/links/tests/shape/known-links"
linked
verdict $? "a circle that is known is let be"
planted a/four four
linked > "$scratch/out"
[ $? = 1 ] && [ "$(grep -c 'no longer so: circle' "$scratch/out")" = 3 ]
verdict $? "a circle that is no more must leave the list"
rm "$scratch/links/tests/shape/known-links"
planted b/five five
linked > "$scratch/out"
[ $? = 1 ] && [ "$(cat "$scratch/out")" = "unused five in b/five" ]
verdict $? "a planted export that nobody uses is found"
echo 'void five(void);' > "$scratch/links/tests/test.c"
linked > "$scratch/out"
[ $? = 1 ] && grep -q '^b/five: five is used by tests only' "$scratch/out"
verdict $? "a planted export that only tests use is found"
echo five > "$scratch/links/tests/shape/exports-for-tests"
linked
verdict $? "an export for tests that is listed is let be"

# Sizes, and that each kind of what is too long is found.
git ls-files '*.[ch]' | xargs awk -f tests/shape/numbers.awk > "$scratch/out"
cat "$scratch/out"
[ ! -s "$scratch/out" ]
verdict $? "files, functions, parameters and lines are short enough"
too_long() { # too_long KIND FILE: is in what is found there, and nothing else
	[ "$(awk -f tests/shape/numbers.awk "$2" | cut -d ' ' -f 1)" = "$1" ]
	verdict $? "planted: too much of $1 is found"
}
yes '' | head -n 601 > "$scratch/long.c"
too_long file "$scratch/long.c"
{ printf 'static int f(int a)\n{\n'; yes '	a++;' | head -n 58; echo '}'; } \
	> "$scratch/long.c"
too_long function "$scratch/long.c"
printf 'static int f(int a, int b, int c,\n\t     int d, int e, int f)\n{\n}\n' \
	> "$scratch/long.c"
too_long parameters "$scratch/long.c"
printf 'int f(int a, int b,\n      int c, int d, int e, void (*f)(int g));\n' \
	> "$scratch/long.h"
too_long parameters "$scratch/long.h"
printf '\t/* %s */\n' "$(printf '%066d' 0)" > "$scratch/fits.c"
printf '\t/* %s */\n' "$(printf '%067d' 0)" > "$scratch/long.c"
too_long columns "$scratch/long.c"
{ cat "$scratch/fits.c"; echo 'int g(int a, int (*f)(int, int, int), int b);'
	printf 'int f(int a)\n{\n'; yes '	a++;' | head -n 57; echo '}'
	printf "/*\n * The library's prototype (\n */\n"
	printf 'int h(int a, int b, int c,\n\tint d, int e, int f)\n{\n}\n'
	echo '	puts("A message stays in one piece, so that one can find it by a search: %s");'
} > "$scratch/short.c"
[ -z "$(awk -f tests/shape/numbers.awk "$scratch/short.c")" ]
verdict $? "what is just short enough is none of that"

# A value's type decides which member of its union is read: only constructors
# set it (replay/fields/value.h).
made_by_hand() { # made_by_hand FILE...: lines that make a value in another way
	grep -nE '\(struct value\) *\{|struct value [a-z]+ = \{|(^|[^a-z_])(v|value|ret_value)(->|\.)(type|is_list|items) = ' \
		"$@" /dev/null
}
printf 'v->type = ref->type;\n*v = (struct value){ 0 };\n' > "$scratch/by_hand.c"
[ "$(made_by_hand "$scratch/by_hand.c" | wc -l)" = 2 ]
verdict $? "a planted value that is made by hand is found"
# shellcheck disable=SC2046
! made_by_hand $(git ls-files 'replay/*.c' 'db/*.c' 'cmd/*.c' |
	grep -v '^replay/fields/value.c$')
verdict $? "values are made by their constructors"

flags=$(pkg-config --cflags yaml-0.1 sqlite3 jansson libpcap)
for header in $(git ls-files '*.h'); do
	printf '#include "%s"\n' "$header" > "$scratch/alone.c"
	# shellcheck disable=SC2086
	cc -std=c17 -D_GNU_SOURCE -Wall -Werror -I. $flags -fsyntax-only \
		"$scratch/alone.c" || echo "$header does not compile alone"
done > "$scratch/alone"
cat "$scratch/alone"
[ ! -s "$scratch/alone" ]
verdict $? "headers compile alone"

mkdir "$scratch/tables"
sh core/event/generate.sh core/event/reference "$scratch/tables"
for file in "$scratch"/tables/*; do
	cmp -s "$file" "core/event/$(basename "$file")"
	verdict $? "generated $(basename "$file") is current"
done

# Goals that call make again, beside others: nothing is made twice at a time.
# The compiler is a stand-in that says what it makes; the stub is there already.
cat > "$scratch/cc" << 'END'
#!/bin/sh
while [ $# -gt 1 ]; do
	case $1 in
	-o) out=$2 ;;
	*.a) out=${out:-$1} ;;
	esac
	shift
done
sleep 0.01
echo "$out" >> "$LOG"
: > "$out"
END
chmod 755 "$scratch/cc"
# stand_in GOAL...: makes these with the stand-in
stand_in() {
	for kind in . release; do
		stub=$scratch/b/$kind/obj/capture/stub/linked.o
		mkdir -p "$(dirname "$stub")"
		[ -e "$stub" ] || : > "$stub"
	done
	LOG=$scratch/log MAKEFLAGS='' ${MAKE:-make} -s -j4 BUILD="$scratch/b" \
		CC="$scratch/cc" AR="$scratch/cc" "$@" \
		> "$scratch/out" 2>&1 || cat "$scratch/out"
}
for goals in "all $scratch/b/unit" "$scratch/b/unit all" \
	"programs $scratch/b/spoor.so $scratch/b/unit"; do
	rm -rf "$scratch/b" "$scratch/log"
	# shellcheck disable=SC2086
	stand_in $goals
	grep -q '/unit$' "$scratch/log" &&
		[ -z "$(sort "$scratch/log" | uniq -d)" ]
	verdict $? "make -j4 $(echo "$goals" | sed "s,$scratch/b/,,g") makes each file once"
	sort "$scratch/log" | uniq -d | head -n 3
done
stand_in RELEASE=1 programs
grep -q 'release/spoor$' "$scratch/log" && : > "$scratch/log"
stand_in programs "$scratch/b/unit"
stand_in RELEASE=1 programs
[ ! -s "$scratch/log" ]
verdict $? "from one build to the other, nothing is made again"
