#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The report: its figures equal those of SQL, names chosen by attackers remain
# text, the page is small, and Chromium draws it without errors or requests.
build=$1
spoor=$build/spoor
# The generator with ASan and UBSan, where make test has built it.
report=$build/san/spoor
[ -x "$report" ] || report=$spoor
export UBSAN_OPTIONS=halt_on_error=1
dir=$(mktemp -d)
trap 'umount "$dir/small" 2> /dev/null; rm -rf "$dir"' EXIT

. tests/checks.sh

cat > "$dir/rules.yaml" << 'END'
- rule: Hostname </script><script>pwned=1</script> was read
  desc: any
  condition: evt.type in (open, openat) and fd.name endswith hostname
  output: read %fd.name (%proc.cmdline %proc.name)
  priority: WARNING
  tags: [container, T1059, mitre_execution]
- rule: Dropped file ran
  desc: any
  condition: evt.type=execve and proc.exepath endswith /dropped
  output: "%proc.exepath"
  priority: CRITICAL
END

# What an attacker may name: markup, invalid UTF-8, newline, escape, bidi.
cat > "$dir/attack.sh" << 'END'
cd "$1" || exit 1
touch '<img src=x onerror=pwned=1>' '"><script>pwned=1<' '<!--'
touch "$(printf 'bad\377\376\n\033[31m\302')" "$(printf 'rtl\342\200\256gpj')"
touch "$(printf 'line\342\200\250end')"
sh -c 'cat /etc/hostname; : "</script><svg onload=pwned=1>"' > /dev/null
cp /bin/true dropped && ./dropped && rm dropped
i=0
while [ $i -lt 80 ]; do i=$((i + 1)); cat /etc/hostname > /dev/null; done
sh -c 'kill -9 $$'
cat /no/such/file
END
mkdir "$dir/play"
"$spoor" record -o "$dir/a.scap.zst" -- sh "$dir/attack.sh" "$dir/play" \
	> /dev/null 2>&1
"$spoor" load "$dir/a.scap.zst" -r "$dir/rules.yaml" -o "$dir/a.db"
"$report" report "$dir/a.scap.zst" -r "$dir/rules.yaml" -o "$dir/a.html"
verdict $? "a report of a capture"
"$report" report "$dir/a.db" -o "$dir/db.html"
verdict $? "a report of a database"
[ "$(stat -c %s "$dir/a.html")" -lt 5000000 ]
verdict $? "it is below 5 MB"

# The data, as a browser takes it out of the page.
data_of() {
	sed -n '/<script type="application\/json"/,/<\/script>/p' "$1" |
		sed '1s/.*id="data">//; $s/<\/script>.*//'
}
data_of "$dir/a.html" > "$dir/a.json"
data_of "$dir/db.html" > "$dir/db.json"
jq -e .views.alerts "$dir/a.json" > /dev/null
verdict $? "its data is JSON"
same "both have the same rows" \
	"$(jq -S '.views | map_values(.rows)' "$dir/a.json" | sha256sum)" \
	"$(jq -S '.views | map_values(.rows)' "$dir/db.json" | sha256sum)"
same "it says the file's SHA-256" "$(jq -r '.custody[0].sha256' "$dir/a.json")" \
	"$(sha256sum "$dir/a.scap.zst" | cut -d ' ' -f 1)"

# Figures, asked of the database in other words than the page's.
sql() {
	sqlite3 -cmd ".load $build/spoor" "$dir/a.db" "$1"
}
total() {
	jq -r ".views.$1.total" "$dir/db.json"
}
same "alerts are as many as in SQL" "$(total alerts)" \
	"$(sql 'SELECT count(*) FROM alerts')"
[ "$(total alerts)" -gt 80 ]
verdict $? "there are alerts"
same "events are as many" "$(jq '[.views.histogram.rows[][2]] | add' \
	"$dir/db.json")" "$(sql 'SELECT count(*) FROM raw_events')"
same "alerts over time are as many" \
	"$(jq '[.views.alert_density.rows[][2]] | add' "$dir/db.json")" \
	"$(sql 'SELECT count(*) FROM alerts')"
same "processes are as many" "$(jq '.views.totals.rows[0][2]' \
	"$dir/db.json")" \
	"$(sql "SELECT count(*) FROM processes WHERE origin <> 'exec'")"
same "programs are as many" "$(jq '.views.totals.rows[0][1]' "$dir/db.json")" \
	"$(sql 'SELECT count(*) FROM process_events')"
same "folded processes add up" "$(jq '.views.processes |
	(.columns | index("n")) as $n | (.columns | index("process")) as $p |
	[.rows | group_by(.[$p])[] | .[0][$n]] | add' "$dir/db.json")" \
	"$(sql "SELECT count(*) FROM processes WHERE origin <> 'exec'")"
same "gaps are as many" "$(total gaps)" "$(sql 'SELECT count(*) FROM gaps')"
same "the dropped file is told" "$(jq -r '.views.files |
	(.columns | index("dropped")) as $d | [.rows[] | select(.[$d] == 1) |
	.[0] | split("/") | last] | join(" ")' "$dir/db.json")" dropped
for name in $(jq -r '.views | keys[]' "$dir/db.json"); do
	query=$(jq -r ".views.$name.sql" "$dir/db.json" | sed '$s/;$//')
	same "the query of $name, run again" \
		"$(sql "SELECT count(*) FROM ($query)")" "$(total "$name")"
done

# A visit: a request that is hostile, what it starts, a file of which only a
# part fits, one that is refused and one that is not there; then nothing.
printf 'GET /<script>pwned=1</script>\033[31m\342\200\256 HTTP/1.1\r\nHost: a' \
	> "$dir/request"
head -c 20000 /dev/zero | tr '\0' x > "$dir/play/long"
cat > "$dir/visit.sh" << 'END'
"$1/report/talk" "$(cat "$2/request")" 'cat /etc/hostname > /dev/null; :'
dd if="$2/play/long" of="$2/play/copy" bs=1000
cat "$2/no/such"
[ "$(id -u)" != 0 ] || setpriv --reuid 65534 --clear-groups cat /etc/shadow
sleep 4
END
"$spoor" record -s 4000 -o "$dir/v.scap.zst" -- \
	sh "$dir/visit.sh" "$build" "$dir" > /dev/null 2>&1
"$spoor" load "$dir/v.scap.zst" -r "$dir/rules.yaml" -o "$dir/v.db"
"$report" report "$dir/v.scap.zst" -r "$dir/rules.yaml" -o "$dir/v.html"
verdict $? "a report of a visit"
data_of "$dir/v.html" > "$dir/v.json"
# rows VIEW FILTER: those of the visit, as objects
rows() {
	jq -r ".views.$1 as \$v | [\$v.rows[] | [\$v.columns, .] | transpose |
		map({(.[0]): .[1]}) | add] | $2" "$dir/v.json"
}
same "what was read is what was sent" "$(rows payload "(map(select(.kind ==
	\"connection\" and .out == 0)) | .[0].data)")" \
	"$(base64 -w 0 "$dir/request")"
same "of a long file 8 KiB are there" "$(rows payload "
	(map(select(.name // \"\" | endswith(\"/play/long\"))) | .[0].stream) as \$s |
	map(select(.stream == \$s) | .data | @base64d | length) | add")" 8192
same "who came in is told" "$(rows inbound "map(.process) | join(\" \")")" talk
same "and what that started" "$(rows inbound ".[0].programs")" \
	"sh -c cat /etc/hostname > /dev/null; :
cat /etc/hostname"
cp "$dir/v.db" "$dir/fork.db"
sqlite3 "$dir/fork.db" "INSERT INTO connections (capture_id, process_id,
	role, family, protocol, local_address, local_port, remote_address,
	remote_port, first_ns, last_ns, bytes_sent, bytes_received, sends,
	receives) SELECT n.capture_id, p.parent_id, n.role, n.family, n.protocol,
	local_address, local_port, remote_address, remote_port, first_ns,
	last_ns, 0, 0, 0, 0 FROM connections n JOIN processes p USING (process_id)
	WHERE role = 'server'"
"$report" report "$dir/fork.db" -o "$dir/fork.html"
same "who forks for each is one server" "$(data_of "$dir/fork.html" |
	jq -c '.views.inbound | [.total, (.columns | index("times")) as $t |
	.rows[0][$t]]')" "[1,1]"
same "no such file is not refused" "$(rows files "map(select(.path | endswith(
	\"/no/such\")) | [.refused, .absent]) | tostring")" "[[0,1]]"
if [ "$(id -u)" = 0 ]; then
	same "who may not is refused" "$(rows files "map(select(.path ==
		\"/etc/shadow\") | [.refused, .absent]) | tostring")" "[[1,0]]"
else
	echo "SKIP who may not is refused: needs root"
fi
same "around an alert: its event" "$(rows alert_events "map(select(.name ==
	\"/etc/hostname\" and .type == \"openat\")) | length")" \
	"$(sqlite3 "$dir/v.db" "SELECT count(*) FROM alerts")"
same "all events around an alert are of its process, and near" "$(rows \
	alert_events "length")" "$(sqlite3 "$dir/v.db" "SELECT count(*)
	FROM alerts a JOIN processes p ON p.process_id = a.process_id
	JOIN processes i ON i.pid = p.pid JOIN raw_events e
	ON e.process_id = i.process_id AND e.event_id BETWEEN
	coalesce((SELECT x.event_id FROM raw_events x JOIN processes j
		USING (process_id) WHERE j.pid = p.pid AND
		x.event_id < a.event_id ORDER BY x.event_id DESC LIMIT 1 OFFSET 24), 0) AND
	a.event_id + 1000 AND abs(e.ts_ns - a.ts_ns) <= 5000000000")"
# The data are the capture's: without it, or with another in its place, none.
mv "$dir/v.scap.zst" "$dir/kept"
"$report" report "$dir/v.db" -o "$dir/gone.html"
verdict $? "a report without its capture"
same "has no data" "$(data_of "$dir/gone.html" |
	jq '[.views.payload.total, .readable] | tostring')" '"[0,[]]"'
"$report" report "$dir/kept" --no-data -o "$dir/bare.html" &&
	! grep -q R0VUIC88c2NyaXB0 "$dir/bare.html" &&
	grep -q R0VUIC88c2NyaXB0 "$dir/v.html"
verdict $? "--no-data leaves out the request"
(cat "$dir/kept" && echo) > "$dir/v.scap.zst"
"$report" report "$dir/v.db" -o "$dir/other.html"
same "another in its place: no data" "$(data_of "$dir/other.html" |
	jq '[.views.payload.total, .readable] | tostring')" '"[0,[]]"'
mv "$dir/kept" "$dir/v.scap.zst"

ask=$(jq -r .ask "$dir/a.json")
PATH=$PWD/$build:$build:$PATH
same "the page's command asks the capture" \
	"$(eval "$ask 'SELECT count(*) FROM alerts' --mode csv" | tail -n 1 |
		tr -d '\r')" "$(sql 'SELECT count(*) FROM alerts')"
"$report" report "$dir/a.scap.zst" -o "$dir/half.html"
same "without rules there is no alert" \
	"$(data_of "$dir/half.html" | jq '.views.alerts.total')" 0

refused "an existing file is kept" "exists already" \
	"$report" report "$dir/a.db" -o "$dir/a.html"
"$report" report "$dir/a.db" -o "$dir/a.html" --force
verdict $? "--force replaces it"
refused "no output named" "where to" "$report" report "$dir/a.db"
refused "nothing to report" "of what" "$report" report -o "$dir/x.html"
refused "rules for a database" "is a database" \
	"$report" report "$dir/a.db" -r "$dir/rules.yaml" -o "$dir/x.html"
refused "no such file" "no/such" "$report" report /no/such -o "$dir/x.html"
sqlite3 "$dir/other.db" 'CREATE TABLE t (a)'
refused "another application's database" "other.db" \
	"$report" report "$dir/other.db" -o "$dir/x.html"
refused "no such folder" "/no/such/x.html" \
	"$report" report "$dir/a.db" -o /no/such/x.html
refused "a device that is full" "No space" \
	"$report" report "$dir/a.db" -o /dev/full --force
[ -c /dev/full ]
verdict $? "a device stays one"
mkdir "$dir/small"
if mount -t tmpfs -o size=64k none "$dir/small" 2> /dev/null; then
	refused "a full disk" "No space" \
		"$report" report "$dir/a.db" -o "$dir/small/x.html"
	[ -z "$(ls "$dir/small")" ]
	verdict $? "nothing is left on it"
else
	echo "SKIP a full disk: needs mount"
fi
head -c $(($(stat -c %s "$dir/a.scap.zst") / 2)) "$dir/a.scap.zst" \
	> "$dir/cut.scap.zst"
"$report" report "$dir/cut.scap.zst" -o "$dir/cut.html" 2> "$dir/err"
data_of "$dir/cut.html" | jq -e '.views.gaps.total > 0' > /dev/null
verdict $? "a cut capture: a report with a gap"

# More than a page holds, all of it hostile: rows are cut, not the page.
cp "$dir/a.db" "$dir/huge.db"
sqlite3 "$dir/huge.db" "
	CREATE TEMP TABLE n AS WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL
		SELECT i + 1 FROM i WHERE i < 20000) SELECT i FROM i;
	CREATE TEMP TABLE t AS SELECT (SELECT group_concat('<&' || char(8238), '')
		FROM n WHERE i < 400) AS bad;
	INSERT INTO alerts (capture_id, event_id, ts_ns, rule, priority, severity,
		output, fields) SELECT 1, i, first_ns, bad || i % 900, bad, i % 8,
		bad, bad FROM n, t, captures;
	INSERT INTO processes (process_id, capture_id, parent_id, origin,
		start_ns, pid, name, path, cmdline, container_id)
		SELECT 1000000 + i, 1, 1000000 + i - 1, 'exec', first_ns + i, i,
		bad, bad || i, bad || i, 'host' FROM n, t, captures;
	INSERT INTO connections (capture_id, family, role, local_address,
		remote_address, local_port, first_ns, last_ns, bytes_sent,
		bytes_received, sends, receives) SELECT 1, 'ipv4', bad, bad, bad, i,
		first_ns, last_ns, i, i, 1, 1 FROM n, t, captures;
	INSERT INTO sessions (capture_id, root_process_id, kind, start_ns,
		process_count, alert_count)
		SELECT 1, 1000000 + i, bad, first_ns, 0, 1 FROM n, t, captures;
	INSERT INTO gaps (capture_id, kind, start_ns, detail)
		SELECT 1, bad, first_ns, bad FROM n, t, captures;
	INSERT INTO dns (capture_id, ts_ns, direction, name, type)
		SELECT 1, first_ns, 'query', bad || i, bad FROM n, t, captures;
	ANALYZE;"
"$report" report "$dir/huge.db" -o "$dir/huge.html"
verdict $? "a report of too much"
[ "$(stat -c %s "$dir/huge.html")" -lt 5000000 ]
verdict $? "is below 5 MB: $(stat -c %s "$dir/huge.html")"
same "and says how much there is" \
	"$(data_of "$dir/huge.html" | jq .views.gaps.total)" 20000

for chromium in chromium-headless-shell chromium google-chrome ''; do
	[ -n "$chromium" ] || break
	command -v "$chromium" > /dev/null && break
done
if [ -z "$chromium" ]; then
	echo "SKIP THE PAGE WAS NOT TESTED: no chromium (make test-deps)"
	exit 0
fi

# The steps of a reader: looks, by keyboard selects a part and all again, opens
# the first alert; then the page tries to reach out.  SETTLE: it has drawn,
# which it does in a frame.
settle() {
	sed 's/SETTLE/eval new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(r))))/'
}
settle > "$dir/steps" << 'END'
eval document.body.className
eval typeof pwned + document.querySelectorAll('img, svg').length
eval document.querySelector('#total-alerts').textContent
eval document.querySelector('#total-processes').textContent
eval document.querySelector('#total-events').textContent
eval document.querySelector('#verdict b').textContent
eval document.body.textContent.includes('bad\\xff\\xfe\\u000a\\u001b[31m\\xc2')
eval document.body.textContent.includes('rtl\\u202egpj')
eval document.body.textContent.includes('<img src=x onerror=pwned=1>')
eval document.querySelector('.window').textContent.split(',')[0]
eval document.querySelector('canvas').focus()
key +
SETTLE
eval document.querySelector('.window').textContent.includes(' to ')
eval [...document.querySelectorAll('[role=status]')].some(n => n.textContent.includes(' of '))
key Escape
SETTLE
eval document.querySelector('.window').textContent.split(',')[0]
eval document.querySelector('#alerts').closest('section').querySelector('.scroll').focus()
key ArrowDown
key Enter
eval document.querySelector('#detail h3').textContent
key Escape
eval document.querySelector('#detail').hidden
eval document.documentElement.scrollWidth <= innerWidth
eval fetch('http://127.0.0.1:9/').then(() => 'fetched', () => 'refused')
END
echo "pdf $dir/a.pdf" >> "$dir/steps"
"$build/report/browser" "$chromium" "$dir/a.html" 1400 900 light < "$dir/steps" \
	> "$dir/page"
verdict $? "chromium shows the page"
answer() {
	sed -n "$1p" "$dir/page" | sed 's/^"//; s/"$//'
}
comma() {
	echo "$1" | sed ':a; s/\([0-9]\)\([0-9]\{3\}\)\($\|,\)/\1,\2\3/; ta'
}
same "it draws itself" "$(answer 1)" drawn
same "no markup of an attacker is there" "$(answer 2)" undefined0
same "the page's alerts" "$(answer 3)" \
	"$(comma "$(sql 'SELECT count(*) FROM alerts')")"
same "the page's processes" "$(answer 4)" \
	"$(comma "$(sql "SELECT count(*) FROM processes WHERE origin <> 'exec'")")"
same "the page's events" "$(answer 5)" \
	"$(comma "$(sql 'SELECT sum(events) FROM captures')")"
same "the page's verdict" "$(answer 6)" Complete
same "invalid UTF-8 and controls are told" "$(answer 7)" true
same "bidi is told" "$(answer 8)" true
same "markup is text" "$(answer 9)" true
same "the whole capture is selected" "$(answer 10)" "Whole capture"
same "+ selects a part" "$(answer 13)" true
same "the views follow" "$(answer 14)" true
same "Escape selects all" "$(answer 16)" "Whole capture"
same "Enter opens the first alert" "$(answer 18)" \
	"$(sql 'SELECT rule FROM alerts ORDER BY event_id LIMIT 1')"
same "Escape closes it" "$(answer 19)" true
same "nothing is wider than the window" "$(answer 20)" true
[ -s "$dir/a.pdf" ]
verdict $? "it prints"
same "the page can reach nothing" "$(answer 21)" refused
same "requests other than the page's own" "$(grep '^request' "$dir/page" |
	grep -vc "^request file://$dir/a.html$")" 0
grep '^problem' "$dir/page" | grep -v '127.0.0.1:9/' > "$dir/problems"
cat "$dir/problems"
[ ! -s "$dir/problems" ]
verdict $? "no error on its console"

# Dark, and narrow.
settle << 'END' > "$dir/steps"
eval getComputedStyle(document.body).backgroundColor.match(/\d+/g).every(n => n < 64)
eval document.documentElement.scrollWidth <= innerWidth
eval document.querySelector('#verdict b').textContent
eval scrollTo({ top: 1e6, behavior: 'instant' })
SETTLE
drag 200 110 400 110
SETTLE
eval document.querySelector('.window').textContent.includes(' to ')
END
"$build/report/browser" "$chromium" "$dir/cut.html" 800 900 dark \
	< "$dir/steps" > "$dir/page"
"$build/report/browser" "$chromium" "$dir/huge.html" > "$dir/page.huge" \
	<< 'END'
eval document.body.className
eval document.querySelectorAll('.more').length > 4
END
grep -v '^request' "$dir/page.huge" | tr '\n' ' ' > "$dir/page.line"
same "too much is drawn, and told" "$(cat "$dir/page.line")" '"drawn" true '
same "it can be dark" "$(answer 1)" true
same "and narrow" "$(answer 2)" true
same "a cut capture is told" "$(answer 3)" Incomplete
same "dragging selects a part" "$(answer 7)" true
if grep '^problem' "$dir/page"; then verdict 1 "no error"; fi

# The views of the visit.  eyes NAME JAVASCRIPT: must be true on the page;
# does STEP: anything else.
eyes() {
	echo "$1" >> "$dir/names"
	does "eval !!($2)"
}
does() {
	printf '%s' "$1" | tr '\n' ' ' | settle >> "$dir/steps"
	echo >> "$dir/steps"
}
# look WIDTH SCHEME PAGE: takes the steps, and says what was seen.
look() {
	(echo SETTLE | settle && cat "$dir/steps") |
		"$build/report/browser" "$chromium" "$3" "$1" 900 "$2" \
			> "$dir/page"
	grep -E '^(true|false|exception)' "$dir/page" | paste - "$dir/names" \
		> "$dir/seen"
	while IFS='	' read -r answer name; do
		[ "$answer" = true ]
		verdict $? "page, $1 px, $2: $name"
	done < "$dir/seen"
	grep '^problem' "$dir/page"
	verdict $((1 - $?)) "page, $1 px, $2: no error on its console"
	[ "$(grep '^request' "$dir/page" | grep -vc "^request file://$3$")" = 0 ]
	verdict $? "page, $1 px, $2: no request"
	: > "$dir/steps"
	: > "$dir/names"
}
of() {
	echo "document.querySelector('#$1').closest('section')"
}
: > "$dir/steps"
: > "$dir/names"
clicks="tbody tr:not(.spacer)"
eyes "each tile has the number of its section" \
	"[...document.querySelectorAll('.tiles a')].slice(1).every(t =>
	t.querySelector('b').textContent === document.querySelector(
	t.hash + ' .count').textContent)"
eyes "custody is folded" "!document.querySelector('.custody').open"
eyes "sessions that ran nothing are folded" \
	"![...document.querySelectorAll('.session')].some(s => s.open &&
	s.textContent.includes('that ran no program'))"
eyes "the strip is drawn where something happened" \
	"document.querySelector('.window').textContent.includes('; drawn are ')"
eyes "root is told from others" "document.querySelector('.legend .root')"
eyes "no such file is not found, not refused" "[...$(of files).querySelectorAll(
	'.tag')].every(t => t.textContent !== 'refused' ||
	t.closest('tr').textContent.includes('/etc/shadow'))"
eyes "the first request is shown, as text" "$(of inbound).textContent.includes(
	'GET /<script>pwned=1</script>\\\\u001b[31m\\\\u202e HTTP/1.1')"
does "eval void $(of inbound).querySelector('.scroll').focus()"
does "key ArrowDown"
does "key Enter"
does SETTLE
eyes "Enter opens who came in" \
	"document.querySelector('#detail h3').textContent.includes('talk')"
eyes "with what was started" "document.querySelector('#detail').textContent
	.includes('cat /etc/hostname')"
eyes "with the data, read and written told apart" \
	"document.querySelector('#detail pre.in').textContent.includes('Host: a') &&
	getComputedStyle(document.querySelector('#detail pre.in')).borderColor !==
	getComputedStyle(document.querySelector('#detail pre.out')).borderColor"
does "eval void [...document.querySelectorAll('#detail button')].find(b =>
	b.textContent === 'Hex').focus()"
does "key Enter"
eyes "and in hex, by keyboard" "document.querySelector('#detail pre.in')
	.textContent.startsWith('0000  47 45 54 20 2f 3c 73 63')"
eyes "no markup of the data is there" "typeof pwned === 'undefined' &&
	!document.querySelector('#detail script')"
does "key Escape"
does "eval $(of files).querySelector('input').value = '/play/long'"
does "eval $(of files).querySelector('input').dispatchEvent(
	new Event('input')) && 0"
does "eval void $(of files).querySelector('.rows $clicks').click()"
does SETTLE
eyes "how much of a file is left out is said" \
	"document.querySelector('#detail').textContent.includes(
	'8,192 of 20,000 bytes shown')"
does "key Escape"
does "eval void $(of alerts).querySelector('.rows $clicks').click()"
does SETTLE
eyes "an alert shows the events around it" \
	"document.querySelector('#detail .around .chosen').textContent.includes(
	'openat') && document.querySelectorAll('#detail .around tr').length > 5"
eyes "and what was read" "document.querySelector('#detail pre.in').textContent
	.trim() === '$(cat /etc/hostname)'"
does "key Escape"
does "eval void $(of alerts).querySelector('.chip').focus()"
does "key Enter"
does SETTLE
eyes "a priority can be left out" \
	"!$(of alerts).querySelectorAll('.rows $clicks').length"
look 1440 light "$dir/v.html"

eyes "nothing is wider than the window" \
	"document.documentElement.scrollWidth <= innerWidth"
eyes "names of processes can be read" \
	"[...document.querySelectorAll('.lane .who')].every(w => w.clientWidth -
	parseFloat(getComputedStyle(w).paddingLeft) > 180)"
eyes "rules can be read" "$(of alerts).querySelector('td:nth-child(3)')
	.clientWidth > 180"
look 500 dark "$dir/v.html"

eyes "requests can be read" "$(of inbound).querySelector('td.mono:not(.roomy)')
	.clientWidth > 180"
look 1024 light "$dir/v.html"

eyes "rules can be read" "$(of alerts).querySelector('td:nth-child(3)')
	.clientWidth > 120"
eyes "where all is root's, nothing is coloured for it" \
	"$(id -u) || !document.querySelector('.legend .root, .life .root')"
look 1024 dark "$dir/a.html"

eyes "that there is no data is told" "$(of inbound).textContent.includes(
	'not shown')"
look 1024 light "$dir/gone.html"
