# SPDX-License-Identifier: Apache-2.0
# numbers.awk FILE...: what is too long in C sources that clang-format has laid
# out: a file of more than 600 lines (tables that are generated may be longer), a
# function of more than 60, more than 5 parameters, a line of more than 80
# columns (but for the text of a message, which stays whole to be found).
# A prototype that a library prescribes has "library's prototype" before it.

# Prints "KIND FILE LINE: what".
function report(kind, line, what) {
	print kind, FILENAME, line ": " what
}

function end_file() {
	if (lines > 600 && !generated)
		print "file", name, lines ": lines"
}

# The columns of a line: a tab goes to the next multiple of 8.
function columns(text,   part, count, i, n) {
	count = split(text, part, "\t")
	for (i = 1; i <= count; i++) {
		n += length(part[i])
		if (i < count)
			n += 8 - n % 8
	}
	return n
}

# How many parameters has the function whose head this is?
function parameters(head,   depth, count, i, c) {
	count = 1
	for (i = 1; i <= length(head); i++) {
		c = substr(head, i, 1)
		depth += (c == "(") - (c == ")")
		if (c == "," && depth == 1)
			count++
	}
	return count
}

FNR == 1 {
	end_file()
	name = FILENAME
	generated = in_body = prescribed = 0
	head = ""
}

{
	lines = FNR
	if (/^\/\* Generated: / && FNR == 2)
		generated = 1
	if (columns($0) > 80 && !/"/ && !generated)
		report("columns", FNR, columns($0) " columns")
	if (/library's prototype/)
		prescribed = 1
}

/^(\/\*| \*)/ { next }

# The head of a function begins in column 1 and ends in the line before "{".
/^([a-z]|__attribute__).*[^;]$/ && !in_body {
	if (head == "")
		begin = FNR
}

!in_body && /^([a-z \t(]|__attribute__)/ { head = head " " $0 }
!in_body && (/^$/ || /;$/ || /^[\/#}]/ || /\*\/$/) {
	if (head ~ /\(.*\);$/ && head !~ /=/ && parameters(head) > 5 &&
	    !prescribed)
		report("parameters", FNR, parameters(head) " parameters")
	if (head != "")
		prescribed = 0
	head = ""
}

/^\{$/ && head ~ /\(/ {
	in_body = 1
	if (parameters(head) > 5 && !prescribed)
		report("parameters", begin, parameters(head) " parameters")
	prescribed = 0
}

/^\}/ && in_body {
	if (FNR - begin + 1 > 60)
		report("function", begin, "a function of " FNR - begin + 1 " lines")
	in_body = 0
	head = ""
}

END { end_file() }
