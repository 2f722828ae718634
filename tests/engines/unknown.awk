# SPDX-License-Identifier: Apache-2.0
# Which parameters are unknown in every event of their type.  Input: spoor print
# -p '%evt.type %evt.args'.  Output: event, parameter, events.  (args: programs
# need not have any.)  Numbers that are not known are 0 or -1: those of `found',
# which the recorder has to look for, never are.
BEGIN {
	found = " dev ino fd1 fd2 vm_size vm_rss queuemax cur max oldcur " \
		"sq_entries cq_entries cap_permitted exe_ino exe_ino_mtime "
}

{
	for (i = 2; i <= NF; i++) {
		if (!match($i, /^[a-z_0-9]+=/) || $i ~ /^args=/)
			continue
		param = substr($i, 1, RLENGTH - 1)
		value = substr($i, RLENGTH + 1)
		name = $1 " " param
		seen[name]++
		unknown[name] += value ~ /^(<NA>|NULL)$/ ||
			(index(found, " " param " ") && value ~ /^(0|-1)($|\()/)
	}
}

END {
	for (name in seen)
		if (seen[name] == unknown[name])
			print name, seen[name]
}
