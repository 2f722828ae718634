#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Untrusted text: whatever names, arguments and data contain, no command lets
# them control a terminal, forge a line or break JSON.
build=$1
spoor=$build/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

# The bytes of core/text.h that no output may have; lines end with a newline.
controls='[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f\xad]|\xd8\x9c'
marks='\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf'

# clean NAME FILE: none of them is in it, it is UTF-8 and not empty
clean() {
	if [ ! -s "$2" ]; then
		echo "FAIL $1: nothing was printed"
	elif LC_ALL=C grep -Pq "$controls|$marks" "$2"; then
		LC_ALL=C grep -Pm 1 "$controls|$marks" "$2" | cat -v
		echo "FAIL $1: steers a terminal"
	elif ! iconv -f utf-8 -t utf-8 "$2" > "$dir/utf8" 2>&1; then
		echo "FAIL $1: is not UTF-8"
	else
		echo "PASS $1"
	fi
}

# forged FILE: lines that only a forger begins so
forged() {
	grep -c '^999 00:00' "$1"
}

cp "$build/workloads/hostile" "$dir/hostile"
cat > "$dir/rules.yaml" << 'YAML'
- rule: any
  desc: all that has a text of the workload in it
  condition: evt.type != close and proc.name exists
  output: >
    o %evt.type %evt.args|%evt.buffer|%fd.name|%fd.filename|%fd.directory|
    %proc.name|%proc.exe|%proc.exepath|%proc.cmdline|%proc.args|%proc.cwd|
    %proc.env|%proc.pname|%proc.pcmdline|%fs.path.name|%fs.path.source|
    %fs.path.target|%proc.aname[1]|%thread.tid
  priority: NOTICE
YAML
names=$("$spoor" fields --json | jq -r 'select(.argument == "").name')

# all_texts ENGINE: texts of the recording of one engine
all_texts() {
	engine=$1
	cap=$dir/$engine.scap.zst
	rm -rf "$dir/play"
	mkdir "$dir/play"
	if ! "$spoor" record --engine "$engine" -o "$cap" --snaplen 400 \
		-r "$dir/rules.yaml" -- "$dir/hostile" "$dir/play" \
		> "$dir/out" 2> "$dir/err"; then
		cat -v "$dir/err"
		echo "SKIP hostile text ($engine): it does not record here"
		return
	fi
	clean "live alerts ($engine)" "$dir/err"
	print_texts
	replay_texts
	query_texts
}

print_texts() {
	"$spoor" print "$cap" > "$dir/out"
	clean "print ($engine)" "$dir/out"
	events=$("$spoor" info --json "$cap" | jq .events)
	same "print: a line an event ($engine)" "$(wc -l < "$dir/out")" \
		"$events"
	same "print: no forged line ($engine)" "$(forged "$dir/out")" 0
	grep -q 'line.n999 00:00' "$dir/out" && grep -q 'gpj..u202eexe' \
		"$dir/out" && grep -q 'csi .x9b.31m raw' "$dir/out" &&
		grep -q 'csi .u009b.31m C1' "$dir/out" &&
		grep -q 'cut .xe2.x82' "$dir/out"
	verdict $? "print: what is hidden is shown ($engine)"
	"$spoor" print "$cap" -p '%proc.name:%fd.name' --raw > "$dir/out"
	[ "$(forged "$dir/out")" -gt 0 ] && grep -q 'over' "$dir/out"
	verdict $? "print --raw: text as it is ($engine)"
	for way in -X -A -x; do
		"$spoor" print "$cap" $way > "$dir/out"
		clean "print $way ($engine)" "$dir/out"
	done
	"$spoor" print "$cap" -p '*%20fd.name|%3proc.name|%7proc.cmdline' \
		> "$dir/out"
	clean "print: values of a width ($engine)" "$dir/out"
	# shellcheck disable=SC2086
	"$spoor" print "$cap" -p "*$(printf '%%%s|' $names)" > "$dir/out"
	clean "print: all fields ($engine)" "$dir/out"
	same "print: all fields, a line an event ($engine)" \
		"$(wc -l < "$dir/out")" "$events"
	# shellcheck disable=SC2086
	"$spoor" print "$cap" -j -p "*$(printf '%%%s|' $names)" > "$dir/out"
	clean "print --json: all fields ($engine)" "$dir/out"
	same "print --json: objects ($engine)" \
		"$(jq -c . "$dir/out" | wc -l)" "$events"
	"$spoor" info "$cap" > "$dir/out"
	clean "info ($engine)" "$dir/out"
	"$spoor" info --json "$cap" > "$dir/out"
	clean "info --json ($engine)" "$dir/out"
}

replay_texts() {
	"$spoor" replay "$cap" -r "$dir/rules.yaml" > "$dir/out" 2> "$dir/err"
	clean "replay ($engine)" "$dir/out"
	clean "replay, its summary ($engine)" "$dir/err"
	alerts=$(sed -n 's/^Alerts: //p' "$dir/err")
	same "replay: a line an alert ($engine)" "$(wc -l < "$dir/out")" \
		"$alerts"
	"$spoor" replay "$cap" -r "$dir/rules.yaml" --json > "$dir/out" 2> \
		"$dir/err"
	clean "replay --json ($engine)" "$dir/out"
	same "replay --json: objects ($engine)" \
		"$(jq -c . "$dir/out" | wc -l)" "$alerts"
	jq -r '.output_fields."fd.name" // ""' "$dir/out" |
		LC_ALL=C grep -q "$(printf '/gpj.\342\200\256exe')"
	verdict $? "replay --json: the value is unchanged ($engine)"
	jq -r '.output_fields."fd.name" // ""' "$dir/out" |
		LC_ALL=C grep -qx "$(printf '.*/cut \357\277\275')"
	verdict $? "replay --json: one U+FFFD for what is cut ($engine)"
	"$spoor" replay "$cap" -r "$dir/rules.yaml" --explain any \
		> "$dir/out" 2> "$dir/err"
	clean "replay --explain ($engine)" "$dir/out"
	sed 's/o %evt.type/p %evt.type/' "$dir/rules.yaml" > "$dir/new.yaml"
	"$spoor" replay --diff "$dir/rules.yaml" "$dir/new.yaml" "$cap" \
		> "$dir/out" 2> "$dir/err"
	clean "replay --diff ($engine)" "$dir/out"
	"$spoor" replay --diff "$dir/rules.yaml" "$dir/new.yaml" "$cap" \
		--json > "$dir/out" 2> "$dir/err"
	clean "replay --diff --json ($engine)" "$dir/out"
}

query_texts() {
	db=$dir/$engine.db
	"$spoor" load "$cap" -r "$dir/rules.yaml" -o "$db" 2> "$dir/err"
	for table in raw_processes processes files connections alerts raw_files; do
		for form in table line markdown json jsonl; do
			"$spoor" query "$db" "SELECT * FROM $table" \
				-m $form > "$dir/out" 2>&1
			[ -s "$dir/out" ] || continue
			clean "query -m $form: $table ($engine)" "$dir/out"
		done
	done
	for kind in processes files alerts connections; do
		"$spoor" export "$db" --only $kind > "$dir/out"
		[ -s "$dir/out" ] || continue
		clean "export: $kind ($engine)" "$dir/out"
	done
	"$spoor" export "$db" --format ecs > "$dir/out"
	clean "export: ecs ($engine)" "$dir/out"
	"$spoor" report "$db" -o "$dir/$engine.html" 2> "$dir/err"
	tr -d '\t' < "$dir/$engine.html" > "$dir/out"
	clean "report ($engine)" "$dir/out"
}

for engine in ptrace inject; do
	all_texts $engine
done

# CSV in a file is data, unchanged, as sqlite3 reads and writes it; on a terminal
# it is text.
sql="SELECT 'a' || char(27, 10, 13, 155) || '\",x' AS t, 'y' AS u, '' AS v"
"$spoor" query "$dir/ptrace.scap.zst" "$sql" -m csv > "$dir/csv" 2> "$dir/err"
same "CSV: sqlite3 reads the same values" "$(sqlite3 :memory: \
	".import --csv $dir/csv t" 'SELECT hex(t), u, v FROM t')" \
	"$(sqlite3 :memory: "SELECT hex(t), u, v FROM ($sql)")"
if command -v script > "$dir/out"; then
	script -qec "'$spoor' query '$dir/ptrace.scap.zst' \"$(echo "$sql" |
		sed 's/"/\\\\"/g')\" -m csv" /dev/null < /dev/null 2> "$dir/err" |
		tr -d '\r' > "$dir/csv"
	clean "CSV on a terminal" "$dir/csv"
fi

# Names that the user's own line gives: of rules, of files, of what is in them.
bad=$(printf 'bad\n\033[2J\342\200\256name')
cat > "$dir/$bad.yaml" << 'YAML'
- rule: "odd \e[2J name\u202e"
  desc: "two\nlines \e[31m"
  condition: evt.type = "\x1b[31m" and nope.nope = 1
  output: o
  priority: INFO
YAML
messages() {
	"$spoor" replay "$dir/ptrace.scap.zst" -r "$dir/$bad.yaml"
	"$spoor" check "$dir/$bad.yaml"
	"$spoor" check --json "$dir/$bad.yaml"
	sed -i 's/ and nope.nope = 1//' "$dir/$bad.yaml"
	"$spoor" check "$dir/$bad.yaml" -L
	"$spoor" check "$dir/$bad.yaml"
	"$spoor" replay "$dir/ptrace.scap.zst" -r "$dir/$bad.yaml" --stats
	"$spoor" print "$dir/$bad"
	"$spoor" info "$dir/$bad"
	"$spoor" load "$dir/$bad" -o "$dir/x.db"
	"$spoor" query "$dir/$bad" 'SELECT 1'
	"$spoor" replay "$bad" -r "$dir/rules.yaml"
	"$spoor" print "$dir/ptrace.scap.zst" -p "%$bad"
	"$spoor" print "$dir/ptrace.scap.zst" "$bad = 1"
	"$spoor" test "$dir/$bad"
	"$spoor" "$bad"
}
cp "$dir/rules.yaml" "$dir/$bad" 2> /dev/null
if [ -s "$dir/ptrace.scap.zst" ]; then
	messages > "$dir/out" 2>&1
	clean "messages that quote names of files, rules and fields" "$dir/out"
fi
