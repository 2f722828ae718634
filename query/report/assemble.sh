#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The report as C, from page/ and views/.  Its script and style are put into
# page.html and allowed there by their hashes, and nothing else is.  The
# generator writes report_head, the data, report_tail.  With --html DATA prints
# a whole page.
#     assemble.sh query/report/page > page_text.c
set -eu
data=
if [ "$1" = --html ]; then
	data=$2
	shift 2
fi
page=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
	printf '"use strict";\n(() => {\n'
	for part in base table detail overview tree stream alerts files network \
		inbound page; do
		cat "$page/$part.js"
	done
	printf '})();\n'
} > "$work/SCRIPT"
cp "$page/page.css" "$work/STYLE"

# SHA-256 in base64, as in a Content-Security-Policy.
hash_of() {
	env printf "$(sha256sum "$1" | cut -c 1-64 | sed 's/../\\x&/g')" | base64
}

# Prints standard input with @NAME@ replaced by the bytes of a file.
put() {
	awk -v mark="@$1@" -v file="$2" '{
		at = index($0, mark)
		if (!at) { print; next }
		printf "%s", substr($0, 1, at - 1)
		while ((getline line < file) > 0) print line
		print substr($0, at + length(mark))
	}'
}

sed -e "s|@SCRIPT_HASH@|$(hash_of "$work/SCRIPT")|" \
	-e "s|@STYLE_HASH@|$(hash_of "$work/STYLE")|" "$page/page.html" |
	put STYLE "$work/STYLE" | put SCRIPT "$work/SCRIPT" > "$work/page"
if [ -n "$data" ]; then
	put DATA "$data" < "$work/page"
	exit
fi

# Standard input as the numbers of an array: a string of C has a greatest length.
numbers() {
	od -An -v -tu1 | sed 's/  */,/g; s/^,//; s/$/,/'
}

sed '/@DATA@/,$d' "$work/page" > "$work/head"
printf '%s' "$(sed -n 's/@DATA@.*//p' "$work/page")" >> "$work/head"
printf '%s\n' "$(sed -n 's/.*@DATA@//p' "$work/page")" > "$work/tail"
sed '1,/@DATA@/d' "$work/page" >> "$work/tail"
echo '/* Made by query/report/assemble.sh. */'
echo '#include "query/report/page.h"'
for part in head tail; do
	echo "const unsigned char report_${part}[] = {"
	numbers < "$work/$part"
	echo "};"
	echo "const size_t report_${part}_len = sizeof(report_$part);"
done

# A view's file: below two comments, its help and its limits, is its SQL.
views=$(dirname "$page")/views
for file in "$views"/*.sql; do
	name=$(basename "$file" .sql)
	echo "static const char sql_${name#*-}[] = {"
	sed 1,2d "$file" | numbers
	echo "0 };"
done

view_row() {
	name=$(basename "$1" .sql)
	sed -n '1s/^-- /\t{ "'"${name#*-}"'", "/; 1s/$/",/p' "$1"
	sed -n '2s/^-- at most \([0-9]*\) rows, \([0-9]*\) bytes$/\t  \1, \2,/p' "$1"
	echo "	  sql_${name#*-} },"
}

echo "const struct report_view report_views[] = {"
for file in "$views"/*.sql; do
	view_row "$file"
done
echo "	{ NULL, NULL, 0, 0, NULL },"
echo "};"
