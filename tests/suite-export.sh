#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Exports: each format has the rows that SQL returns, and the members that
# readers of ECS and OCSF need.
build=$1
spoor=$build/spoor
# The exporter with ASan and UBSan, where make test has built it.
export=$build/san/spoor
[ -x "$export" ] || export=$spoor
export UBSAN_OPTIONS=halt_on_error=1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

. tests/checks.sh

cat > "$dir/rules.yaml" << 'END'
- rule: Hostname was "read"
  desc: any
  condition: evt.type in (open, openat) and fd.name endswith hostname
  output: read %fd.name (%proc.cmdline)
  priority: ERROR
  tags: [container, T1003.008, mitre_credential_access]
END
cat > "$dir/work.sh" << 'END'
cd "$1" || exit 1
touch "$(printf 'bad\377\n"quoted",name')" '<&>'
cat /etc/hostname; rm -- '<&>'; cat /no/such/file
touch before; mv before after; ln after other; ln -s after link; rm link
"$2"
END
mkdir "$dir/play"
"$spoor" record -o "$dir/a.scap.zst" -- sh "$dir/work.sh" "$dir/play" \
	"$(cd "$build" && pwd)/report/talk" > "$dir/out" 2> "$dir/err"
port=$(tail -n 1 "$dir/out")
"$spoor" load "$dir/a.scap.zst" -r "$dir/rules.yaml" -o "$dir/a.db"

sql() {
	sqlite3 "$dir/a.db" "$1"
}
export_as() {
	form=$1
	shift
	"$export" export "$dir/a.db" --format "$form" "$@"
}

# Rows as they are.
export_as json > "$dir/rows"
jq -e .table "$dir/rows" > /dev/null
verdict $? "JSON lines are JSON"
for pair in alerts:alerts processes:processes files:raw_files \
	connections:connections sessions:sessions captures:captures; do
	same "JSON lines of ${pair#*:}" \
		"$(jq -c "select(.table == \"${pair%:*}\")" "$dir/rows" |
			wc -l)" "$(sql "SELECT count(*) FROM ${pair#*:}")"
done
same "an alert's fields are an object" "$(jq -r 'select(.table == "alerts") |
	.fields."fd.name"' "$dir/rows" | head -n 1)" /etc/hostname
export_as json --only events > "$dir/events"
same "JSON lines of events" "$(wc -l < "$dir/events")" \
	"$(sql 'SELECT count(*) FROM raw_events')"
grep -q 'bad\\\\xff\\n\\"quoted\\",name' "$dir/rows"
verdict $? "a hostile name is told in ASCII"
"$export" export "$dir/a.scap.zst" -r "$dir/rules.yaml" > "$dir/direct"
same "of a capture as of a database" \
	"$(jq -cS 'del(.capture_id)' "$dir/direct" | sha256sum)" \
	"$(jq -cS 'del(.capture_id)' "$dir/rows" | sha256sum)"
export_as csv --only files > "$dir/files.csv"
sqlite3 "$dir/csv.db" ".import --csv $dir/files.csv t" 2> "$dir/err"
same "SQLite reads the CSV of files" \
	"$(sqlite3 "$dir/csv.db" 'SELECT count(*) FROM t')" \
	"$(sql 'SELECT count(*) FROM raw_files')"

# A window.
middle=$(sql 'SELECT (first_ns + last_ns) / 2 FROM captures')
since=$(printf '%d.%09d' $((middle / 1000000000)) $((middle % 1000000000)))
iso=$(sql "SELECT strftime('%Y-%m-%dT%H:%M:%S', $middle / 1000000000,
	'unixepoch') || printf('.%09dZ', $middle % 1000000000)")
same "--since" "$(export_as json --only files --since "$since" | wc -l)" \
	"$(sql "SELECT count(*) FROM raw_files WHERE ts_ns >= $middle")"
same "--until" "$(export_as json --only files --until "$iso" | wc -l)" \
	"$(sql "SELECT count(*) FROM raw_files WHERE ts_ns <= $middle")"

# ECS: what is in every document, then by kind.
export_as ecs > "$dir/ecs"
same "ECS documents" "$(jq -c . "$dir/ecs" | wc -l)" "$(sql "SELECT
	(SELECT count(*) FROM alerts) +
	(SELECT count(*) FROM processes WHERE origin = 'exec') +
	(SELECT count(*) FROM files WHERE path IS NOT NULL) +
	(SELECT count(*) FROM connections WHERE family IN ('ipv4', 'ipv6'))")"

# all FORM NAME CONDITION: of every document; SELECT: which ones.
all_of() {
	jq -e -s "map(select($3)) | length > 0 and all(.[]; $4)" \
		"$dir/$1" > /dev/null
	verdict $? "$1: $2"
}
# The braces and quotes are jq's.
# shellcheck disable=SC2016
{
is_time='test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.][0-9]{9}Z$")'
all_of ecs "every document" true '(."@timestamp" | '"$is_time"') and
	.ecs.version == "9.0.0" and (.event.kind | IN("alert", "event")) and
	(.event.category | type == "array") and
	(.event.type | type == "array") and
	(.event.id | length > 0) and .host.name != null'
all_of ecs "alerts" '.event.kind == "alert"' '
	.rule.name == "Hostname was \"read\"" and .event.severity == 3 and
	.threat.framework == "MITRE ATT&CK" and
	.threat.tactic.id == ["TA0006"] and
	.threat.tactic.name == ["Credential Access"] and
	.threat.technique.id == ["T1003.008"] and
	(.tags | contains(["container"])) and .process.pid > 0 and
	.process.entity_id != null and .process.parent.name != null and
	(.message | startswith("read /etc/hostname"))'
all_of ecs "processes" '.event.category == ["process"]' '
	.process.command_line != null and .process.executable != null and
	.event.type == ["start"] and .user.id != null'
all_of ecs "files" '.event.category == ["file"]' '
	.file.path != null and .process.pid > 0 and
	(.event.type[0] | IN("access", "change", "creation", "deletion"))'
all_of ecs "a failed open" '.file.path == "/no/such/file"' '
	.event.outcome == "failure"'
all_of ecs "the client's connection" '.network.direction == "egress"' '
	.network.transport == "tcp" and .network.type == "ipv4" and
	.source.ip == "127.0.0.1" and .destination.port == '"$port"' and
	.source.bytes == 5000 and .destination.bytes == 300 and
	.network.bytes == 5300'
all_of ecs "the server's connection" '.network.direction == "ingress"' '
	.source.bytes == 5000 and .destination.bytes == 300'

# OCSF: the members that the schema requires, by class.
export_as ocsf > "$dir/ocsf"
all_of ocsf "every event" true '.type_uid == .class_uid * 100 + .activity_id
	and (.class_uid / 1000 | floor) == .category_uid and
	(.severity_id | . >= 1 and . <= 6) and .time > 1600000000000 and
	.metadata.version == "1.3.0" and .metadata.product.name == "spoor" and
	.metadata.product.vendor_name == "spoor" and .device.type_id == 0'
all_of ocsf "detection findings" '.class_uid == 2004' '.severity_id == 4 and
	(.finding_info.uid | length > 0) and
	.finding_info.title == "Hostname was \"read\"" and
	.evidences[0].process.pid > 0'
all_of ocsf "process activity" '.class_uid == 1007' '.process.pid > 0 and
	.actor.process.pid != null and .activity_id == 1 and
	.process.cmd_line != null'
all_of ocsf "file system activity" '.class_uid == 1001' '
	(.file.name | type == "string") and .file.type_id != null and
	.actor.process.pid > 0'
all_of ocsf "a deletion" '.class_uid == 1001 and .activity_id == 4' '
	.file.name | length > 0'
all_of ocsf "network activity" '.class_uid == 4001' '
	(.src_endpoint != null or .dst_endpoint != null or .activity_id == 7 or
	 .connection_info.direction_id == 0) and
	.traffic.bytes_in >= 0 and .traffic.bytes_out >= 0'
all_of ocsf "the client's connection" '.connection_info.direction_id == 2' '
	.activity_id == 6 and .traffic.bytes_out == 5000 and
	.traffic.bytes_in == 300 and .dst_endpoint.port == '"$port"
}

# Timesketch: what its importer must have; the times are the same.
export_as timesketch > "$dir/timesketch"
same "timeline lines" "$(wc -l < "$dir/timesketch")" \
	"$(jq -c . "$dir/ecs" | wc -l)"
# shellcheck disable=SC2016
all_of timesketch "every line" true '(.message | length > 0) and
	(.timestamp_desc | length > 0) and (.datetime | '"$is_time"') and
	(.datetime | sub("[.].*"; "Z") | fromdate) ==
	(.timestamp / 1000000 | floor) and
	(.datetime | capture("[.](?<us>[0-9]{6})").us | tonumber) ==
	.timestamp % 1000000'
all_of timesketch "a connection" '.src_ip != null and
	.dst_port == '"$port" '.bytes == 5300 and .src_ip == "127.0.0.1"'

# All of it, against the schemas: fields, types, allowed values, what must be
# there.  Wrong documents show that it is looked at.
valid() {
	jq -r --argjson schema "$(cat "tests/export/$1.json")" \
		-f tests/export/validate.jq "$2" > "$dir/wrong" 2>&1
	head -n 5 "$dir/wrong" | cut -c 1-300
	[ -s "$2" ] && [ ! -s "$dir/wrong" ]
}
wrong() {
	jq -c "$3" "$dir/$1" | head -n 1 > "$dir/spoiled"
	! valid "$1" "$dir/spoiled" > "$dir/log" && grep -q "$2" "$dir/wrong"
	verdict $? "$1: the validator sees $2"
}
for form in ecs ocsf; do
	valid $form "$dir/$form"
	verdict $? "$form: every document is valid"
done
wrong ecs 'event.kind: x is not allowed' '.event.kind = "x"'
wrong ecs '@timestamp: 1 is no date' '."@timestamp" = 1'
wrong ecs 'ecs.version is missing' 'del(.ecs)'
wrong ecs 'nothing: no such field' '.nothing = 1'
wrong ecs 'event.type' '.event.category = ["file"] | .event.type = ["start"]'
wrong ocsf 'severity_id: 9 is not allowed' '.severity_id = 9'
wrong ocsf 'metadata.version is missing' 'del(.metadata.version)'
wrong ocsf 'time: "yesterday" is no timestamp' '.time = "\"yesterday\""'
wrong ocsf 'type_uid' '.type_uid = 1'
# Of a network that has all kinds of ends.
mkdir "$dir/net"
"$spoor" record -o "$dir/n.scap.zst" -- "$build/workloads/network" \
	"$dir/net" > "$dir/facts" 2> "$dir/err"
for form in ecs ocsf; do
	"$export" export "$dir/n.scap.zst" --format $form \
		--only connections > "$dir/net.$form" 2> "$dir/err"
	valid $form "$dir/net.$form"
	verdict $? "$form: every connection is valid"
done
if [ -s "$dir/facts" ]; then
	same "what was refused is a failure" "$(jq -s 'map(select(
		.destination.port == 9 and .network.transport == "tcp") |
		.event.outcome) | unique | join(",")' "$dir/net.ecs")" \
		'"failure"'
	same "and refused" "$(jq -s 'map(select(.dst_endpoint.port == 9 and
		.connection_info.protocol_name == "tcp") | .activity_id) |
		unique' "$dir/net.ocsf" | tr -d ' \n')" '[5]'
fi

refused "an unknown format" "format xml: must be one of json,csv,timesketch,ecs,ocsf" export_as xml
refused "an unknown table" "unknown kind of rows 'nothing'" \
	export_as json --only files,nothing
refused "ECS without a shape" "sessions cannot be exported" \
	export_as ecs --only sessions
refused "CSV of several tables" "one table" export_as csv
refused "a bad time" "is not a time" export_as json --since yesterday
refused "an existing file" "exists already" export_as json -o "$dir/rows"
refused "a full disk" "No space" export_as json -o /dev/full --force
refused "no database" "not a capture" \
	"$export" export "$dir/rules.yaml"
