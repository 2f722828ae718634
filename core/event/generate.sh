#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# generate.sh REFERENCE OUT: writes the event tables, as C, from the facts in
# core/event/reference/.
#
#	sh core/event/generate.sh core/event/reference core/event
#
# tests/suite-shape.sh checks that what is committed is what this writes.
set -eu
ref=$1
out=$2
head='/* SPDX-License-Identifier: Apache-2.0 */
/* Generated: sh core/event/generate.sh core/event/reference core/event */
'

# emit FILE: writes standard input after the common head, with rows of more than
# 80 columns continued on further lines
emit() {
	{
		printf '%s/* clang-format off */\n' "$head"
		awk '
		# Where a line of at most len bytes can end: after a comma or a bar.
		function cut(line, len,   i) {
			for (i = len; i > 20; i--)
				if (substr(line, i, 2) ~ /^[,|] $/)
					return i
			return 0
		}
		{
			line = $0
			room = line ~ /^\t/ ? 73 : 80
			while (length(line) > room && (at = cut(line, room))) {
				print substr(line, 1, at)
				line = "\t  " substr(line, at + 2)
				room = 73
			}
			print line
		}'
	} > "$out/$1"
}

awk -F'\t' '
BEGIN { print "#ifndef SPOOR_CORE_EVENT_EVENT_CODES_H"
	print "#define SPOOR_CORE_EVENT_EVENT_CODES_H\n\nenum event_code {" }
/^[0-9]/ { printf "\t%s = %d,\n", $2, $1; n = $1 }
END { printf "\tEVENT_KIND_COUNT = %d,\n};\n\n#endif\n", n + 1 }
' "$ref/events.tsv" | emit event_codes.h

awk -F'\t' '
# enumerators PREFIX NAMES: a|b as PREFIX_A | PREFIX_B
function enumerators(prefix, names,   n, i, part, text) {
	if (names == "none") return 0
	n = split(toupper(names), part, "|")
	for (i = 1; i <= n; i++)
		text = text (i > 1 ? " | " : "") prefix part[i]
	return text
}
function close_params() { if (nparams) print "};\n" }
BEGIN { print "#include \"core/event/tables.h\"\n" }
FILENAME ~ /dyn/ && /^[a-z_]+\t[0-9]/ {
	if ($1 != dyn) { if (dyn) print "};\n"
		printf "static const struct param_kind %s[] = {\n", $1 }
	dyn = $1
	printf "\t{ .name = \"%s\", .type = PT_%s, .format = PF_%s },\n", \
		$3, $4, $5
	next
}
FILENAME ~ /events/ && /^[0-9]/ {
	if (dyn) { print "};\n"; dyn = "" }
	close_params(); nparams = 0; code = $1
	kinds[++count] = sprintf("[%d] = { \"%s\", \"%s\", %s, %s", code, $2, \
		$3, enumerators("EC_", $4), enumerators("EF_", $5))
	codes[count] = code
	next
}
FILENAME ~ /events/ && /^\t/ {
	if (!nparams++)
		printf "static const struct param_kind params_%d[] = {\n", code
	params[count] = nparams
	type = $3 == "CHARBUF_PAIR_ARRAY" ? "PAIR_ARRAY" : $3
	printf "\t{ .name = \"%s\", .type = PT_%s, .format = PF_%s", \
		$2, type, $4
	if ($5 ~ /^dirfd_param:/) {
		sub(/.*:/, "", $5)
		printf ", .dirfd_param = %d + 1", $5
	} else if ($5 ~ /^dyn:/) {
		split($5, d, ":")
		printf ", .dyn = %s, .dyn_count = %d", d[2], d[3]
	} else if ($5 != "")
		printf ", .flags = flag_names_%s", $5
	print " },"
}
END {
	close_params()
	print "const struct event_kind event_kinds[EVENT_KIND_COUNT] = {"
	for (i = 1; i <= count; i++)
		printf "\t%s, %d, %s },\n", kinds[i], params[i], \
			params[i] ? "params_" codes[i] : "NULL"
	print "};"
}' "$ref/dyn-params.tsv" "$ref/events.tsv" | emit event_kinds.c

awk -F'\t' '
BEGIN { print "#include \"core/event/tables.h\"\n" }
/^[0-9]/ {
	m = split($6, steps, " ")
	if (m > 0) {
		printf "static const struct converter_step steps_%d_%d[] = {\n", \
			$1, $3
		for (i = 1; i <= m; i++) {
			k = split(steps[i], q, ":")
			arg = 0; empty = 0
			for (j = 2; j <= k; j++)
				if (q[j] == "or_empty") empty = 1
				else arg = q[j]
			printf "\t{ CONVERT_%s, %d, %d },\n", q[1], arg, empty
		}
		print "};"
	}
	rules[count++] = sprintf("\t{ %d, %d, CONVERT_%s, %d, %d, %s },", \
		$1, $3, $4, $5 == "-" ? 0 : $5, m, \
		m > 0 ? "steps_" $1 "_" $3 : "NULL")
}
END {
	printf "\nconst struct converter_rule converter_rules[] = {\n"
	for (i = 0; i < count; i++) print rules[i]
	print "};"
	printf "\nconst unsigned int converter_rule_count = %d;\n", count
}' "$ref/converter.tsv" | emit converter_rules.c

awk -F'\t' '
BEGIN { print "#ifndef SPOOR_CORE_EVENT_FLAG_NAMES_H"
	print "#define SPOOR_CORE_EVENT_FLAG_NAMES_H\n\n#include <stdint.h>\n"
	print "/* One name of a flag table; tables end with a NULL name. */"
	print "struct flag_name {\n\tconst char *name;\n\tuint32_t value;\n};\n" }
/^[a-z]/ && !($1 in seen) {
	seen[$1] = 1
	printf "extern const struct flag_name flag_names_%s[];\n", $1 }
END { print "\n#endif" }' "$ref/flags.tsv" | emit flag_names.h

awk -F'\t' '
BEGIN { print "#include \"core/event/tables.h\"" }
/^[a-z]/ {
	if ($1 != last) { if (last) print "\t{ NULL, 0 },\n};"
		printf "\nconst struct flag_name flag_names_%s[] = {\n", $1 }
	last = $1
	printf "\t{ \"%s\", 0x%xu },\n", $2, $3 }
END { print "\t{ NULL, 0 },\n};" }' "$ref/flags.tsv" | emit flag_names.c

awk -F'\t' '
BEGIN { print "#ifndef SPOOR_CORE_EVENT_PPM_CONSTANTS_H"
	print "#define SPOOR_CORE_EVENT_PPM_CONSTANTS_H\n" }
$1 == "=" && !($2 in seen) { seen[$2] = 1
	printf "#define %s (%s)\n", $2, $3 }
END { print "\n#endif" }' "$ref/flags.tsv" | emit ppm_constants.h

awk -F'\t' '
BEGIN { print "#include \"core/event/tables.h\"\n"
	print "const struct ppm_sc ppm_scs[PPM_SC_COUNT] = {" }
/^[0-9]/ {
	a = "PPME_GENERIC_E"; b = "PPME_GENERIC_X"
	if (split($4, e, ",") == 2) { a = e[1]; b = e[2] }
	printf "\t[%d] = { \"%s\", %d, %s, %s },\n", $1, $2, \
		$3 == "-" ? -1 : $3, a, b }
END { print "};" }' "$ref/syscalls.tsv" | emit ppm_sc.c
