# SPDX-License-Identifier: Apache-2.0
# The first lines of diff(1), short: of a line that changed, the words that did.
function short(line) {
	return length(line) > 150 ? substr(line, 1, 150) "..." : line
}

function flush() {
	if (!was)
		return
	print short(was)
	was = ""
}

/^[0-9]/ {
	flush()
}

/^</ {
	flush()
	was = $0
	next
}

/^>/ && was {
	n = split(was, old, " ")
	line = "  " $2 " " $3 " " $4 ":"
	for (i = 2; i <= NF || i <= n; i++)
		if (old[i] != $i)
			line = line " " old[i] " -> " $i
	print short(line)
	was = ""
	next
}

/^>/ {
	print short($0)
}

END {
	flush()
}
