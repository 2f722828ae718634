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
#include "core/arena.h"
#include "core/newfile.h"
#include "query/export.h"

struct options {
	const char *path;
	bool force;
	struct source_options source;
	struct export_options export;
};

/* ".5" as nanoseconds; *rest is what follows. */
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

static int export(struct options *o, char **words, int count)
{
	struct newfile file;
	struct sqlite3 *db;
	struct error err;
	int result;

	if (!count)
		return cmd_usage_error("export", "what?");
	if (export_check(&o->export, &err))
		return cmd_usage_error("export", "%s", err.text);
	if (newfile_open(&file, o->path, o->force ? NEWFILE_FORCE : 0, &err))
		return cmd_fail("export", &err);
	if (source_open(&db, &o->source, words, count)) {
		newfile_discard(&file);
		return EXIT_ERROR;
	}
	result = export_write(db, &o->export, newfile_stdio(&file), &err) ||
		 newfile_finish(&file, &err);
	newfile_discard(&file);
	sqlite3_close(db);
	if (result)
		return cmd_fail_output("export", o->path, &err);
	return o->source.is_damaged ? EXIT_ERROR : EXIT_OK;
}

#define AT(member) .at = offsetof(struct options, member)
static const struct option_row option_rows[] = {
	{ .letters = "f",
	  .name = "format",
	  .argument = "FORM",
	  .take = option_choice,
	  AT(export.format),
	  .help = "json: JSON lines; csv: one table, with a header line; ecs: "
		  "Elastic Common Schema 9.0; ocsf: OCSF 1.3 (detection "
		  "finding, process, file system and network activity)",
	  .fallback = "json",
	  .words = "json,csv,ecs,ocsf" },
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
	{ .letters = "o",
	  .name = "output",
	  .argument = "FILE",
	  .take = option_text,
	  AT(path),
	  .help = "file to write (default: standard output)" },
	{ .letters = "r",
	  .name = "rules",
	  .argument = "RULES",
	  .take = option_word,
	  AT(source.rules),
	  .help = "a Falco rules file to evaluate on captures; may be "
		  "repeated.  A database has the alerts from its load" },
	{ .name = "force",
	  .take = option_flag,
	  AT(force),
	  .help = "replace an existing file" },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

static int run(int argc, char **argv)
{
	struct options o = { .path = "-", .source = { .command = "export" } };
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
