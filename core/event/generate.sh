#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes the generated event tables from the reference TSV files:
#
#	sh core/event/generate.sh ../shared/reference core/event
#
# makes event_codes.h, event_kinds.c, converter_rules.c, flag_names.h,
# flag_names.c, ppm_constants.h and ppm_sc.c in the second folder.  The tests
# run it into a scratch folder and compare, where the reference is present.
set -eu
ref=$1
out=$2
head='/* SPDX-License-Identifier: Apache-2.0 */
/* Generated: sh core/event/generate.sh ../shared/reference core/event */
'

# Each generated file is wrapped: the banner, clang-format off, a body.
emit() {
	{
		printf '%s/* clang-format off */\n' "$head"
		cat
	} > "$out/$1"
}

awk -F'\t' '
BEGIN { print "#ifndef SPOOR_CORE_EVENT_EVENT_CODES_H"
	print "#define SPOOR_CORE_EVENT_EVENT_CODES_H\n\nenum event_code {" }
/^[0-9]/ { printf "\t%s = %d,\n", $2, $1; n = $1 }
END { printf "\tEVENT_KIND_COUNT = %d,\n};\n\n#endif\n", n + 1 }
' "$ref/scap-events.tsv" | emit event_codes.h

awk -F'\t' '
function tables(name) { gsub(/-/, "_", name); return name }
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
	n = $9
	if (n > 0) printf "static const struct param_kind params_%d[] = {\n", $1
	for (i = 0; i < n; i++) {
		split($(10 + i), p, "|")
		type = p[2]; if (type == "CHARBUF_PAIR_ARRAY") type = "PAIR_ARRAY"
		fmt = p[3]; if (fmt == "") fmt = "NA"
		printf "\t{ .name = \"%s\", .type = PT_%s, .format = PF_%s", \
			p[1], type, fmt
		info = p[4]
		if (info ~ /^dirfd_param:/) {
			sub(/.*:/, "", info)
			printf ", .dirfd_param = %d + 1", info
		} else if (info ~ /^dyn:/) {
			split(info, d, ":")
			printf ", .dyn = %s, .dyn_count = %d", d[2], d[3]
		} else if (info != "")
			printf ", .flags = flag_names_%s", info
		print " },"
	}
	if (n > 0) print "};\n"
	rows[count++] = sprintf("\t[%d] = { \"%s\", \"%s\", %d, %d, %d, %s },", \
		$1, $2, $3, $5, $7, n, n > 0 ? "params_" $1 : "NULL")
}
END {
	print "const struct event_kind event_kinds[EVENT_KIND_COUNT] = {"
	for (i = 0; i < count; i++) print rows[i]
	print "};"
}' "$ref/scap-dyn-params.tsv" "$ref/scap-events.tsv" | emit event_kinds.c

awk -F'\t' '
BEGIN { print "#include \"core/event/tables.h\"\n" }
/^[0-9]/ {
	m = split($7, ins, " ")
	if (m > 0) {
		printf "static const struct converter_step steps_%d_%d[] = {\n", \
			$1, $3
		for (i = 1; i <= m; i++) {
			k = split(ins[i], q, ":")
			arg = 0; empty = 0
			for (j = 2; j <= k; j++)
				if (q[j] == "or_empty") empty = 1
				else arg = q[j]
			printf "\t{ CONVERT_%s, %d, %d },\n", q[1], arg, empty
		}
		print "};"
	}
	rows[count++] = sprintf("\t{ %d, %d, CONVERT_%s, %d, %d, %s },", \
		$1, $3, $4, $5 == "" ? 0 : $5, m, \
		m > 0 ? "steps_" $1 "_" $3 : "NULL")
}
END {
	printf "\nconst struct converter_rule converter_rules[] = {\n"
	for (i = 0; i < count; i++) print rows[i]
	print "};"
	printf "\nconst unsigned int converter_rule_count = %d;\n", count
}' "$ref/scap-converter.tsv" | emit converter_rules.c

awk -F'\t' '
BEGIN { print "#ifndef SPOOR_CORE_EVENT_FLAG_NAMES_H"
	print "#define SPOOR_CORE_EVENT_FLAG_NAMES_H\n\n#include <stdint.h>\n"
	print "/* One name of a flag table; tables end with a NULL name. */"
	print "struct flag_name {\n\tconst char *name;\n\tuint32_t value;\n};\n" }
/^table:/ { sub(/^table:/, "", $1)
	if (!($1 in seen)) { seen[$1] = 1
		printf "extern const struct flag_name flag_names_%s[];\n", $1 } }
END { print "\n#endif" }' "$ref/ppm-flags.tsv" | emit flag_names.h

awk -F'\t' '
BEGIN { print "#include \"core/event/tables.h\"" }
/^table:/ { sub(/^table:/, "", $1)
	if ($1 != last) { if (last) print "\t{ NULL, 0 },\n};"
		printf "\nconst struct flag_name flag_names_%s[] = {\n", $1 }
	last = $1
	printf "\t{ \"%s\", 0x%xu },\n", $2, $3 }
END { print "\t{ NULL, 0 },\n};" }' "$ref/ppm-flags.tsv" | emit flag_names.c

awk -F'\t' '
BEGIN { print "#ifndef SPOOR_CORE_EVENT_PPM_CONSTANTS_H"
	print "#define SPOOR_CORE_EVENT_PPM_CONSTANTS_H\n" }
$1 == "define" || $1 == "scap_fd_type" || $1 == "scap_l4_proto" {
	if ($2 in seen) next
	seen[$2] = 1
	v = $3; if (v !~ /^-/ && length($4) > 0) v = $4
	printf "#define %s (%s)\n", $2, v }
END { print "\n#endif" }' "$ref/ppm-flags.tsv" | emit ppm_constants.h

awk -F'\t' '
BEGIN { print "#include \"core/event/tables.h\"\n"
	print "const struct ppm_sc ppm_scs[PPM_SC_COUNT] = {" }
/^[0-9]/ {
	enter = 0; exit_code = 1
	n = split($4, e, ",")
	a = "PPME_GENERIC_E"; b = "PPME_GENERIC_X"
	if (n == 2) { a = e[1]; b = e[2] }
	else if ($4 == "" && $2 ~ /^(m(un)?lock(all)?|io_uring_.*)$/) {
		a = "PPME_SYSCALL_" toupper($2) "_E"
		b = "PPME_SYSCALL_" toupper($2) "_X"
	}
	printf "\t[%d] = { \"%s\", %d, %s, %s },\n", $1, $2, \
		$3 == "" ? -1 : $3, a, b }
END { print "};" }' "$ref/ppm-sc.tsv" | emit ppm_sc.c
