/* SPDX-License-Identifier: Apache-2.0 */
/* spoor export: rows for other programs. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/source.h"
#include "query/export.h"

struct options {
	struct source_options source;
	struct export_options export;
};

/* Parses ".5" as nanoseconds; *rest: the text after it. */
static int64_t fraction_ns(const char *text, const char **rest)
{
	int64_t ns = 0, unit = 100000000;

	if (*text == '.')
		for (text++; *text >= '0' && *text <= '9'; text++) {
			ns += (*text - '0') * unit;
			unit /= 10;
		}
	*rest = text;
	return ns;
}

/* --since, --until: a time in seconds or ISO 8601. */
static int take_time(const struct option_use *use)
{
	const char *text = use->value;
	int64_t *ret_ns = option_member(use);
	struct tm tm = { 0 };
	const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);
	char *end = NULL;
	int64_t seconds, ns;

	if (!rest) {
		errno = 0;
		seconds = strtoll(text, &end, 10);
		rest = end == text || errno ? NULL : end;
	} else {
		seconds = timegm(&tm);
	}
	if (!rest || seconds < 0 || seconds > INT64_MAX / 1000000000 - 1)
		return cmd_usage_error("export", "'%s' is not a time", text);
	ns = fraction_ns(rest, &rest);
	if (strcmp(rest, "") && (strcmp(rest, "Z") || end))
		return cmd_usage_error("export", "'%s' is not a time", text);
	*ret_ns = seconds * 1000000000 + ns;
	return EXIT_OK;
}

static int write_rows(void *user, struct sqlite3 *db, FILE *out,
		      struct error *err)
{
	const struct options *o = user;

	return export_write(db, &o->export, out, err);
}

/* Opens the input, checks the options, and writes the rows. */
static int export(struct options *o, char **words, int count)
{
	struct error err;

	if (!count)
		return cmd_usage_error("export", "what?");
	if (export_check(&o->export, &err))
		return cmd_usage_error("export", "%s", err.text);
	return source_make_file(&o->source, words, count, write_rows, o);
}

#define AT(member) .at = offsetof(struct options, member)
static const struct option_row option_rows[] = {
	{ .letters = "f",
	  .name = "format",
	  .argument = "FORM",
	  .take = option_choice,
	  AT(export.format),
	  .help = "json: JSON lines; csv: one table, with a header line; "
		  "timesketch: JSON lines for Timesketch; ecs: Elastic Common "
		  "Schema 9.0; ocsf: OCSF 1.3 (detection finding, process, "
		  "file system and network activity)",
	  .fallback = "json",
	  .words = "json,csv,timesketch,ecs,ocsf" },
	{ .name = "only",
	  .argument = "A,B,...",
	  .take = option_text,
	  AT(export.only),
	  .help = "export only these kinds of rows (see below)" },
	{ .name = "since",
	  .argument = "TIME",
	  .take = take_time,
	  AT(export.since_ns),
	  .help = "only rows at or after TIME: seconds since 1970, or UTC "
		  "such as 2026-11-25T14:40:00.5Z" },
	{ .name = "until",
	  .argument = "TIME",
	  .take = take_time,
	  AT(export.until_ns),
	  .help = "only rows at or before TIME" },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = {
	{ option_rows, 0 },
	{ source_rows, offsetof(struct options, source) },
	{ NULL, 0 },
};

static int run(int argc, char **argv)
{
	struct options o = { .source = { .command = "export", .path = "-" } };
	int result = options_parse(&command_export, &o, argc, argv);

	if (result == EXIT_OK)
		result = export(&o, argv + optind, argc - optind);
	free(o.source.rules.items);
	return result < 0 ? EXIT_OK : result;
}

static void list_kinds(FILE *out)
{
	for (const struct export_kind *k = export_kinds; k->name; k++)
		fprintf(out, "  %-17s  %s\n", k->name, k->help);
	fputs("\n"
	      "Parquet and Arrow are not supported: Debian 12 has no C "
	      "library for them.\n"
	      "DuckDB converts the JSON lines to Parquet.\n",
	      out);
	fputs("\n" CMD_EXIT_CODE, out);
}

const struct command command_export = {
	.name = "export",
	.help = "export rows as JSON lines, CSV, ECS or OCSF",
	.run = run,
	.usage = "spoor export CAPTURE...|DATABASE [options]\n",
	.about = "Exports rows of a database or of captures for other "
		 "programs.\n",
	.options = option_groups,
	.notes = "Kinds of rows (ECS and OCSF have the first four):\n",
	.more_help = list_kinds,
};
