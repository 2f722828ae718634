#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The report of ten million events (a recorded mix, ten times over): seconds
# and peak memory to make it, its size, and how long Chromium takes until the
# page answers.  Beside it the export of the same rows.
set -eu
build=$1
spoor=$build/release/spoor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
rules=../shared/rules/falco_rules.yaml
[ -f "$rules" ] || rules=replay/policies/spoor_rules.yaml
sections=${SECTIONS:-10}

# A million events in which there is something to see: alerts, short
# processes, files, connections.
# The variables are for the shell that is recorded.
# shellcheck disable=SC2016
work='i=0; while [ $i -lt 240 ]; do i=$((i + 1))
	ls -lR /usr/share/doc/libc6 /etc/apt > /dev/null
	dd if=/dev/zero of=/dev/null bs=512 count=1500 2> /dev/null
	cat /etc/passwd /etc/shadow | grep -c root > /dev/null
	cp /bin/true "'"$dir"'"/bench-$i; "'"$dir"'"/bench-$i
	rm "'"$dir"'"/bench-$i
	'"$build"'/report/talk > /dev/null; done'
"$spoor" record -o "$dir/part.scap.zst" -- sh -c "$work" > /dev/null 2>&1
i=0
while [ $i -lt "$sections" ]; do
	i=$((i + 1))
	cat "$dir/part.scap.zst"
done > "$dir/big.scap.zst"

measure() {
	what=$1
	shift
	/usr/bin/time -o "$dir/time" -f '%M %e' "$@" > /dev/null 2> "$dir/err" ||
		cat "$dir/err"
	read -r kib seconds < "$dir/time"
	printf '  %-22s %8s s %8d KiB peak\n' "$what" "$seconds" "$kib"
}

rm -f "$dir/big.db"
measure "load, for a database" "$spoor" load "$dir/big.scap.zst" -r "$rules" \
	-o "$dir/big.db"
measure "report of the capture" "$spoor" report "$dir/big.scap.zst" \
	-r "$rules" -o "$dir/a.html"
measure "report of the database" "$spoor" report "$dir/big.db" -o "$dir/b.html"
measure "export --format json" "$spoor" export "$dir/big.db"
measure "export --format ecs" "$spoor" export "$dir/big.db" --format ecs
sqlite3 "$dir/big.db" "SELECT '  ' || (SELECT sum(events) FROM captures) ||
	' events, ' || (SELECT count(*) FROM processes) || ' programs, ' ||
	(SELECT count(*) FROM raw_files) || ' file events, ' ||
	(SELECT count(*) FROM alerts) || ' alerts, ' ||
	(SELECT count(*) FROM connections) || ' connections'"
printf '  the page: %d bytes\n' "$(stat -c %s "$dir/b.html")"

chromium=$(command -v chromium-headless-shell || command -v chromium) || exit 0
# From the start of the navigation until it is drawn and has answered a key.
cat > "$dir/steps" << 'END'
eval document.querySelector('canvas').focus()
key +
eval new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(Math.round(performance.now())))))
eval Math.round(performance.getEntriesByType('navigation')[0].domComplete)
eval performance.now()
key -
eval new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(performance.now()))))
END
"$build/report/browser" "$chromium" "$dir/b.html" < "$dir/steps" > "$dir/page"
awk 'NR == 2 { answers = $1 } NR == 3 { drawn = $1 } NR == 4 { before = $1 }
	NR == 5 { printf "  Chromium: drawn after %d ms, has answered a key " \
		"after %d ms; a new window takes %d ms\n", drawn, answers,
		$1 - before }' "$dir/page"
