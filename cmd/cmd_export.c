/* SPDX-License-Identifier: Apache-2.0 */
/* spoor export: rows for other programs. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/source.h"
#include "core/arena.h"
#include "query/export.h"

static const char help[] =
	"usage: spoor export CAPTURE...|DATABASE [options]\n\n"
	"  -f, --format FORM  json: JSON lines (the default); csv: one table,\n"
	"                     with a head; ecs: Elastic Common Schema 9.0;\n"
	"                     ocsf: OCSF 1.3 (detection finding, process, file\n"
	"                     system and network activity)\n"
	"  --only A,B,...     which of those below\n"
	"  --since TIME       what was at or after it; TIME: seconds since 1970\n"
	"                     or UTC, 2026-11-25T14:40:00.5Z\n"
	"  --until TIME       what was at or before it\n"
	"  -o FILE            instead of standard output\n"
	"  -r RULES           a Falco rules file to run over captures; may be\n"
	"                     repeated.  A database has the alerts of its load\n"
	"  --force            replace an existing file\n"
	"  -h, --help         this text\n\n"
	"What there is (ECS and OCSF have the first four):\n";

static const char help_end[] =
	"\nThere is neither Parquet nor Arrow: Debian 12 has no library for them\n"
	"that C can use.  DuckDB makes Parquet of the JSON lines.\n";

struct options {
	const char *path;
	bool force;
	struct source_options source;
	struct export_options export;
};

static int print_help(void)
{
	fputs(help, stdout);
	for (const struct export_kind *k = export_kinds; k->name; k++)
		printf("  %-17s  %s\n", k->name, k->help);
	fputs(help_end, stdout);
	return EXIT_OK;
}

static const struct {
	const char *name;
	enum export_format format;
} formats[] = {
	{ "json", EXPORT_JSON },
	{ "csv", EXPORT_CSV },
	{ "ecs", EXPORT_ECS },
	{ "ocsf", EXPORT_OCSF },
};

static int take_format(struct options *o, const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (!strcmp(formats[i].name, name)) {
			o->export.format = formats[i].format;
			return EXIT_OK;
		}
	return cmd_usage_error("export", "there is no format '%s'", name);
}

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

static int take_time(int64_t *ret_ns, const char *text)
{
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

static int write_rows(const struct options *o, struct sqlite3 *db)
{
	FILE *out = o->path ? fopen(o->path, o->force ? "wb" : "wbx") : stdout;
	struct error err;
	int result;

	if (!out) {
		error_errno(&err, "%s", o->path);
		return cmd_fail("export", &err);
	}
	result = export_write(db, &o->export, out, &err);
	if (!result && (fflush(out) || ferror(out)))
		result = error_errno(&err, "%s", o->path ? o->path : "output");
	if (o->path && fclose(out) && !result)
		result = error_errno(&err, "%s", o->path);
	return result ? cmd_fail("export", &err) : EXIT_OK;
}

static int run(struct options *o, char **words, int count)
{
	struct sqlite3 *db;
	struct error err;
	int result;

	if (!count)
		return cmd_usage_error("export", "what?");
	if (export_check(&o->export, &err))
		return cmd_usage_error("export", "%s", err.text);
	if (o->path && !o->force && !access(o->path, F_OK))
		return cmd_usage_error("export",
				       "%s exists already; --force replaces it",
				       o->path);
	if (source_open(&db, &o->source, words, count))
		return EXIT_ERROR;
	result = write_rows(o, db);
	sqlite3_close(db);
	return result;
}

static int take_option(struct options *o, int letter, const char *value)
{
	switch (letter) {
	case 'f':
		return take_format(o, value);
	case 'O':
		o->export.only = value;
		return EXIT_OK;
	case 's':
		return take_time(&o->export.since_ns, value);
	case 'u':
		return take_time(&o->export.until_ns, value);
	case 'o':
		o->path = strcmp(value, "-") ? value : NULL;
		return EXIT_OK;
	case 'F':
		o->force = true;
		return EXIT_OK;
	default:
		return cmd_usage_error("export", "bad option");
	}
}

int cmd_export(int argc, char **argv)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' },
		{ "only", required_argument, NULL, 'O' },
		{ "since", required_argument, NULL, 's' },
		{ "until", required_argument, NULL, 'u' },
		{ "rules", required_argument, NULL, 'r' },
		{ "force", no_argument, NULL, 'F' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	const char **rules = mem_zalloc((size_t)(argc + 1) * sizeof(*rules));
	struct options o = { .source = { .command = "export",
					 .rules = rules } };
	int result = EXIT_OK;
	int c;

	while (!result &&
	       (c = getopt_long(argc, argv, "f:o:r:h", options, NULL)) != -1)
		if (c == 'r') {
			rules[o.source.rule_count++] = optarg;
		} else if (c == 'h') {
			free(rules);
			return print_help();
		} else {
			result = take_option(&o, c, optarg);
		}
	if (!result)
		result = run(&o, argv + optind, argc - optind);
	free(rules);
	return result;
}
