#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# steps.sh STEPS ALERTS.jsonl: for each step of the scenario, did the rule
# that is meant for it fire while it ran?  Prints a table; exit 1 if one of
# the steps was not seen.  (awk's numbers round nanoseconds: harmless here.)
awk -F'\t' '
function field(name,    at, rest) {
	at = index($0, "\"" name "\":")
	if (!at) return ""
	rest = substr($0, at + length(name) + 3)
	if (substr(rest, 1, 1) == "\"") {
		rest = substr(rest, 2)
		return substr(rest, 1, index(rest, "\"") - 1)
	}
	sub(/[,}].*/, "", rest)
	return rest
}
BEGIN { steps = 0 }
FILENAME == ARGV[1] {
	start[steps] = $1; rule[steps] = $2; what[steps] = $3; steps++
	next
}
{
	t = field("evt.time") + 0
	name = field("rule")
	for (i = 0; i + 1 < steps; i++)
		if (t >= start[i] + 0 && t < start[i + 1] + 0) {
			seen[i, name]++
			if (rule[i] == "-" && what[i] ~ /benign/)
				early[name]++
		}
}
END {
	for (i = 0; i + 1 < steps; i++) {
		if (rule[i] == "-") continue
		ok = seen[i, rule[i]] > 0
		printf "  %-4s %-34s %s\n", ok ? "yes" : "NO", what[i], rule[i]
		total++; fired += ok
	}
	printf "%d of %d steps seen by the rule meant for them\n", fired, total
	for (name in early) {
		printf "fired in the benign half: %s (%d)\n", name, early[name]
		bad = 1
	}
	if (!bad) print "nothing fired in the benign half"
	exit fired != total
}' "$1" "$2"
