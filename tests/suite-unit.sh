#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The unit tests of BUILD: each has passed, or says why it is skipped.
build=$1
. tests/alone.sh

"$build/unit" > "$build/unit.log" 2>&1 || {
	cat "$build/unit.log"
	echo "FAIL $build/unit"
}
awk -v program="$build/unit" '
	/^  Test: / {
		name = substr($0, 9)
		sub(/ *\.\.\..*/, "", name)
		skipped = 0
	}
	/^SKIP |\.\.\.SKIP / {
		sub(/.*SKIP/, "SKIP " program " " name ":")
		print
		skipped = 1
	}
	/passed$/ && !skipped { print "PASS", program, name }
	/passed$/ || skipped { told[name] }
	/^ *tests / { all = $2 }
	END { for (name in told) n++
		if (n != all) print "FAIL", program ": a line for each test:",
			n + 0, "of", all }' "$build/unit.log"
