#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes a man page for the program and one for each command, from what
# --help prints, so that the two never differ.   usage: man.sh SPOOR FOLDER
set -eu
spoor=$1
folder=$2
version=$("$spoor" --version | head -n 1)
mkdir -p "$folder"

# page NAME 'WHAT IT IS': --help on standard input, the page on standard output
page() {
	awk -v name="$1" -v what="$2" -v version="$version" '
	function plain(s) {
		gsub(/\\/, "\\e", s); gsub(/-/, "\\-", s)
		return s ~ /^[.\x27]/ ? "\\&" s : s
	}
	function section(s) {
		if (s != now) {
			if (now == "SYNOPSIS")
				print ".fi"
			print ".SH " s
			if (s == "SYNOPSIS")
				print ".nf"
		}
		now = s
	}
	BEGIN {
		printf ".TH %s 1 \"\" \"%s\" \"User Commands\"\n",
			toupper(name), version
		print ".SH NAME\n" name " \\- " plain(what)
		section("SYNOPSIS")
	}
	NR == 1 { sub(/^usage: /, "") }
	/^$/ {
		print ".PP"; if (now == "SYNOPSIS") section("DESCRIPTION"); next
	}
	now == "SYNOPSIS" { sub(/^ +/, ""); print plain($0); next }
	# An option: its name, then its text after two blanks or more.
	/^  [^ ]/ {
		line = substr($0, 3)
		at = match(line, /  +/)
		print ".TP"
		print ".B " plain(at ? substr(line, 1, at - 1) : line)
		if (at)
			print plain(substr(line, at + RLENGTH))
		next
	}
	/^   / { sub(/^ +/, ""); print plain($0); next }
	{ print plain($0) }
	END {
		print ".SH SEE ALSO"
		print ".BR spoor (1), sysdig (8), strace (1), tcpdump (8), " \
			"sqlite3 (1), zstd (1)"
	}'
}

"$spoor" --help | page spoor 'record, replay and query what a container does' \
	> "$folder/spoor.1"
"$spoor" --help | sed -n 's/^  \([a-z]*\)  *\(.*\)/\1 \2/p' |
while read -r command what; do
	"$spoor" "$command" --help | page "spoor-$command" "$what" \
		> "$folder/spoor-$command.1"
done
