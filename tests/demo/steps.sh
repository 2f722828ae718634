#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# steps.sh STEPS ALERTS.jsonl OURS.yaml [RULES.yaml...]: for each step of the
# scenario, did the rule that is meant for it fire while it ran?  Prints a table
# of our rules and, where further files are given, of Falco's that are in them.
# Exit code 1 if one of these did not fire in its step, or if one of ours fired
# outside of the attack.  (awk's numbers round nanoseconds: harmless here.)
steps=$1
alerts=$2
shift 2
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
# The name of a rule as the table shows it; counts those that fired.
function verdict(i, name, files,    fired) {
	if (!((files, name) in known)) return ""
	fired = (i, name) in seen
	total[files]++
	hits[files] += fired
	if (fired) return name
	missed = 1
	return name " (DID NOT FIRE)"
}
BEGIN { count = 0 }
FNR == 1 { file++ }
file == 1 { start[count] = $1; ours[count] = $2; falcos[count] = $3
	what[count++] = $4; next }
file < last {
	if (sub(/^- rule: */, "")) known[file == 2 ? "spoor" : "Falco", $0] = 1
	next
}
{
	t = field("evt.time") + 0
	for (i = count - 1; i >= 0 && t < start[i] + 0; i--)
		;
	name = field("rule")
	seen[i, name]++
	if (i < 0 || ours[i] == "-")
		others[name "\t" (i < 0 ? "before it" : what[i])]++
}
END {
	title = "  %-4s %-36s %-40s %s\n"
	printf title, "seen", "step", "rule of spoor",
		(last > 4 ? "rule of Falco" : "")
	for (i = 0; i < count; i++) {
		if (ours[i] == "-") continue
		missed = 0
		of_spoor = verdict(i, ours[i], "spoor")
		of_falco = verdict(i, falcos[i], "Falco")
		printf title, missed || of_spoor == "" ? "NO" : "yes", what[i],
			of_spoor, of_falco
		bad += missed || of_spoor == ""
		attack++
	}
	printf "%d of %d steps seen by the rule of spoor meant for them\n",
		hits["spoor"], attack
	if (last > 4)
		printf "%d of %d steps seen by the rule of Falco meant for " \
			"them (%d have none in these files)\n", hits["Falco"],
			total["Falco"], attack - total["Falco"]
	quiet = "nothing fired outside of the attack"
	for (key in others) {
		split(key, part, "\t")
		printf "fired outside of the attack (%s): %s (%d)\n", part[2],
			part[1], others[key]
		quiet = ""
		bad += ("spoor", part[1]) in known
	}
	if (quiet) print quiet
	exit bad || !attack
}' last=$(($# + 2)) "$steps" "$@" "$alerts"
