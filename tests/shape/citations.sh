#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# citations.sh [FOLDER]: prints each mention of a document, or of a section of
# it ("doc/state.md 4.2", "state.md section 2"), that leads nowhere; ends with
# 1 if there is one.  A document is in doc/, or beside who mentions it.
cd "${1:-.}" || exit 2
export LC_ALL=C

# sections FILE: the numbers of its headings
sections() {
	sed -n 's/^##* \([0-9][0-9.]*\)[. ].*/\1/p' "$1" | sed 's/\.$//'
}

found=$(mktemp)
git ls-files --cached --others --exclude-standard |
	grep -E '\.(c|h|S|sh|sql|js|css|md|awk|html|yaml)$|^Makefile$' |
	xargs grep -noE \
		'[$A-Za-z0-9_./<>-]*[A-Za-z0-9_-]+\.md( (sections? )?[0-9]+(\.[0-9]+)*)?' |
	while IFS=: read -r from line cited; do
		name=${cited%% *}
		number=${cited##* }
		file=doc/$(basename "$name")
		[ -e "$file" ] || file=$(dirname "$from")/$name
		[ -e "$file" ] || file=$name
		case $name in *[\<\$]*) continue ;; esac
		if [ ! -e "$file" ]; then
			echo "$from:$line: there is no $name"
		elif [ "$number" != "$cited" ] &&
			! sections "$file" | grep -qxF "$number"; then
			echo "$from:$line: $file has no section $number"
		fi
	done > "$found"
cat "$found"
[ ! -s "$found" ]
code=$?
rm -f "$found"
exit $code
