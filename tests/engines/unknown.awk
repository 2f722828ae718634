# SPDX-License-Identifier: Apache-2.0
# Which parameters are unknown in every event of their type.  Input: spoor print
# -p '%evt.type %evt.args'.  Output: event, parameter, events.  (args: programs
# need not have any.)
{
	for (i = 2; i <= NF; i++) {
		if (!match($i, /^[a-z_0-9]+=/) || $i ~ /^args=/)
			continue
		name = $1 " " substr($i, 1, RLENGTH - 1)
		seen[name]++
		unknown[name] += substr($i, RLENGTH + 1) ~ /^(<NA>|NULL)$/
	}
}

END {
	for (name in seen)
		if (seen[name] == unknown[name])
			print name, seen[name]
}
