#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Options: all options in --help are in the man page and in the completion,
# defaults are as documented, and for mistyped options the intended one is
# suggested.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

commands=$("$spoor" --help | sed -n 's/^  \([a-z]*\) .*/\1/p')

# All names of options in a --help text, one a line.
names() {
	grep '^  -' | sed 's/  [^ -].*//' | grep -oE -- '-(-[a-z0-9-]+|[A-Za-z])\b'
}

sh doc/man.sh "$spoor" "$dir/man"
"$spoor" completion bash > "$dir/spoor.bash"
"$spoor" completion zsh > "$dir/_spoor"
for command in $commands; do
	"$spoor" "$command" --help > "$dir/help"
	names < "$dir/help" > "$dir/names"
	awk -v c="$command" '$0 == "\t" c ")" { on = 1 }
		on { print } on && /;;$/ { exit }' "$dir/_spoor" > "$dir/zsh"
	sed -n "/^	$command)/,/^		esac ;;/p" "$dir/spoor.bash" > "$dir/bash"
	sed 's/\\-/-/g' "$dir/man/spoor-$command.1" > "$dir/page"
	missing=
	while read -r name; do
		for file in page bash zsh; do
			grep -qE -- "(^|[^a-z-])$name([^a-z-]|\$)" "$dir/$file" ||
				missing="$missing $name ($file)"
		done
	done < "$dir/names"
	[ -z "$missing" ] && grep -qx -- --help "$dir/names"
	verdict $? "$command: $(wc -l < "$dir/names") names of options are in the man page and the completion$missing"
	awk 'length($0) > 80' "$dir/help" > "$dir/long"
	[ ! -s "$dir/long" ]
	verdict $? "$command: --help fits 80 columns"
done

# What bash offers: complete WORDS..., the last being completed.
cat > "$dir/complete.bash" << 'END'
. "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_spoor
printf '%s\n' "${COMPREPLY[@]}"
END
offers() { # offers NAME WANTED WORDS...
	name=$1
	wanted=$2
	shift 2
	got=$(cd "$dir/files" && bash "$dir/complete.bash" \
		"$dir/spoor.bash" "$@" | tr '\n' ' ')
	[ "$got" = "$wanted " ] || echo "offered: $got"
	[ "$got" = "$wanted " ]
	verdict $? "bash: $name"
}
mkdir "$dir/files"
touch "$dir/files/one.scap.zst" "$dir/files/rules.yaml"
if command -v bash > /dev/null; then
	offers "a command" "record replay report" spoor re
	offers "an option" "--engine" spoor record --en
	offers "the values of an option" "inject" spoor record --engine in
	offers "the values of an option behind =" "csv" \
		spoor query --mode = c
	offers "a file" "one.scap.zst" spoor replay one
	offers "a file as a value" "rules.yaml" spoor replay -r ru
	offers "nothing where a number is wanted" "" spoor record -n ''
	offers "a question" "outbound" spoor query outb
	offers "a parameter of questions" "--since" spoor query outbound --si
	offers "a field" "proc.pname" spoor fields proc.pnam
	offers "a shell" "zsh" spoor completion z
else
	echo "SKIP what bash completes: no bash here"
fi

# zsh is asked as a user would: a line typed at its prompt, and a tab.
cat > "$dir/complete.zsh" << 'END'
zmodload zsh/zpty
line=$3
zpty z zsh -f -i
zpty -w z "PS1='' ; autoload -Uz compinit; compinit -u -d $1/dump; . $2; cd $1/files; bindkey '^I' complete-word; echo REA''DY"
zpty -r -m z reply '*READY*'
zpty -w -n z "$line"$'\t'
sleep 1
zpty -w -n z $'\x05 ; echo EN\'\'D\n'
zpty -r -m z reply '*END*'
print -r -- "$reply"
END
types() { # types NAME WANTED LINE: what the line becomes
	timeout 30 zsh -f "$dir/complete.zsh" "$dir" "$dir/_spoor" "$3" \
		2>&1 | tr -d '\r' | sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g' \
		> "$dir/typed"
	grep -qF -- "$2" "$dir/typed" || cat "$dir/typed"
	grep -qF -- "$2" "$dir/typed"
	verdict $? "zsh: $1"
}
if command -v zsh > /dev/null; then
	zsh -n "$dir/_spoor"
	verdict $? "zsh reads its completion"
	types "a command" "spoor completion" "spoor compl"
	types "an option" "record --on-overflow" "spoor record --on-ov"
	types "the values of an option" "--engine=inject" \
		"spoor record --engine=inj"
	types "a question" "query outbound" "spoor query outb"
else
	echo "SKIP what zsh completes: no zsh here"
fi

# Typing errors: what was meant is said.
"$spoor" recrod 2> "$dir/err"
[ $? = 1 ] && grep -q "no command 'recrod'; did you mean record?" "$dir/err"
verdict $? "a command"
refused "an option" "no option --fail-no; did you mean --fail-on?" \
	"$spoor" replay --fail-no WARNING
refused "a long option with one dash" "no option -json; did you mean --json?" \
	"$spoor" info -json x
refused "an option like none" "no option --colour$" "$spoor" print --colour x
refused "an option of query" "no option --tiemout; did you mean --timeout?" \
	"$spoor" query x.db 'SELECT 1' --tiemout 5
refused "a value where none is taken" "info: --json takes no value" \
	"$spoor" info --json=yes x
refused "no value where one is wanted" "load: -o needs a value" \
	"$spoor" load x -o
refused "a word that is not among the values" \
	"record: --inodes some: must be one of written,all,none" \
	"$spoor" record -o x.scap.zst --inodes some -- true

# Names of fields, questions, parameters, tables and columns, likewise.
"$spoor" record -o "$dir/c.scap.zst" -- ls "$dir" > "$dir/out" 2> "$dir/err"
c=$dir/c.scap.zst
refused "a field of a filter" "field proc.nmae; did you mean proc.name?" \
	"$spoor" print "$c" proc.nmae=ls
refused "a field of a format" "token evt.tiem; did you mean evt.time?" \
	"$spoor" print "$c" -p '%evt.tiem'
refused "a field of convert's filter" "fd.nam; did you mean fd.name?" \
	"$spoor" convert "$c" -o "$dir/d.scap" fd.nam=x
refused "fields that begin so" "begins with 'prco'; did you mean proc?" \
	"$spoor" fields prco
printf '%s\n' '- rule: a' '  desc: a' '  condition: proc.nmae = ls' \
	'  output: x' '  priority: INFO' > "$dir/r.yaml"
refused "a field of a rule" "proc.nmae (a); did you mean proc.name?" \
	"$spoor" replay "$c" -r "$dir/r.yaml"
"$spoor" check --json "$dir/r.yaml" | grep -q 'field proc.nmae"'
verdict $? "a field of a rule in JSON: Falco's message alone"
refused "an event type of a filter" \
	"unknown event type opne; did you mean open?" \
	"$spoor" print "$c" 'evt.type = opne'
refused "one of a list" "unknown event type clsoe; did you mean close?" \
	"$spoor" convert "$c" -o "$dir/n.scap" 'evt.type in (open, clsoe)'
refused "an engine" "engine injct: must be one of .*; did you mean inject?" \
	"$spoor" record --engine injct -o "$dir/n.scap" -- true
refused "a system call" "call 'opneat'; did you mean openat?" \
	"$spoor" record --syscalls close,opneat -o "$dir/n.scap" -- true
refused "a format of export" "json,.*; did you mean json?" \
	"$spoor" export "$c" --format jsno
refused "a kind of rows" "rows 'evnets'; did you mean events?" \
	"$spoor" export "$c" --only processes,evnets
refused "a form of rows" "markdown; did you mean csv?" \
	"$spoor" query "$c" -m cvs "SELECT 1"
refused "a priority" "debug; did you mean warning?" \
	"$spoor" replay "$c" --priority warnign
refused "a table of load" "no table 'evnets' to load; did you mean events?" \
	"$spoor" load "$c" -o "$dir/n.db" --only evnets
refused "a value like none" "ocsf$" "$spoor" export "$c" --format x
refused "a question" "no question 'outbund'; did you mean outbound?" \
	"$spoor" query outbund "$c"
refused "a question before a database" "no question 'outbund'" \
	"$spoor" query outbund x.db
refused "neither a file nor a question" "xyzzy: no such file, nor a question" \
	"$spoor" query xyzzy
refused "a parameter" "outbound has no --sinse; did you mean --since?" \
	"$spoor" query outbound "$c" --sinse 5
refused "a column" "no such column: p.cmdlin; did you mean cmdline?" \
	"$spoor" query "$c" 'SELECT p.cmdlin FROM processes p'
refused "a table" "no such table: proceses; did you mean processes?" \
	"$spoor" query "$c" 'SELECT * FROM proceses'

# Commands of the prompt in a pipe, and as sqlite3 takes them.
piped() { # piped NAME CODE PATTERN < LINES: a line of both streams matches
	"$spoor" query "$c" --csv > "$dir/out" 2>&1
	code=$?
	grep -q "$3" "$dir/out" || head -n 3 "$dir/out"
	[ $code = "$2" ] && grep -q "$3" "$dir/out" &&
		! grep -q 'syntax error' "$dir/out"
	verdict $? "piped: $1"
}
echo .tables | piped .tables 0 '^processes,table'
printf 'SELECT 6 * 7;\n.tables\n' | piped "a command behind SQL" 0 '^dns,'
printf '.schema dns\n' | piped .schema 0 'CREATE TABLE dns'
printf '  .help\n' | piped ".help, indented" 0 '\.quit'
printf 'SELECT 7;\n.quit\nSELECT broken;\n' | piped ".quit ends it" 0 '^7'
printf '.tabels\n' | piped "a command mistyped" 1 'did you mean .tables?'
printf '.import x y\n' | piped "a command that is not there" 1 \
	'there is no command .import'
printf 'ran\n' | piped "a question" 0 "ls $dir"
printf 'rna\n' | piped "a question mistyped" 1 'did you mean ran?'
printf 'ran --sinse 5\n' | piped "its parameter mistyped" 1 'no --sinse'
printf '.mode nonsense\n' | piped "a form that is not there" 1 \
	"unknown output format 'nonsense'"
printf "SELECT '\n.tables' AS x;\n" | piped "a dot in a text of SQL" 0 \
	'^\.tables'
"$spoor" query "$c" .tables > "$dir/out" && grep -q '^dns ' "$dir/out"
verdict $? "query FILE .tables"

# Tables fit: cut on a terminal or with --width, whole in a pipe.
widest() {
	sed 's/…/./' | awk '{ if (length($0) > n) n = length($0) } END { print n + 0 }'
}
long="SELECT printf('%.*c', 300, 'x') AS a, 1 AS b"
same "a table in a pipe is whole" \
	"$("$spoor" query "$c" "$long" | widest)" 303
same "--width cuts its lines" \
	"$("$spoor" query "$c" "$long" --width 60 | widest)" 60
if command -v script > /dev/null; then
	COLUMNS=50 script -qec "$spoor query $c \"$long\"" /dev/null \
		< /dev/null | tr -d '\r' > "$dir/out"
	same "on a terminal they fit COLUMNS" \
		"$(widest < "$dir/out")" 50
	COLUMNS=50 script -qec "$spoor query $c \"$long\" --width 0" \
		/dev/null < /dev/null | tr -d '\r' > "$dir/out"
	same "unless --width 0" "$(widest < "$dir/out")" 303
else
	echo "SKIP tables on a terminal: no script(1) here"
fi
