/* SPDX-License-Identifier: Apache-2.0 */
/* spoor report: writes an incident as one HTML page. */
#include <getopt.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/shell_word.h"
#include "cmd/source.h"
#include "core/bytes.h"
#include "query/report/report.h"

struct options {
	struct source_options source;
	struct report_options report;
};

static void put_command(struct buffer *b, char **argv)
{
	buffer_printf(b, "spoor");
	for (char **word = argv; *word; word++)
		shell_word(b, *word);
	buffer_u8(b, '\0');
}

/* Appends a `spoor query' command with the inputs of the report. */
static void put_ask(struct buffer *b, const struct source_options *source,
		    char **words, int count)
{
	buffer_printf(b, "spoor query");
	for (int i = 0; i < count; i++)
		shell_word(b, words[i]);
	for (unsigned i = 0; i < source->rules.count; i++) {
		buffer_printf(b, " -r");
		shell_word(b, source->rules.items[i]);
	}
	buffer_u8(b, '\0');
}

static int write_page(void *user, struct sqlite3 *db, FILE *out,
		      struct error *err)
{
	const struct options *o = user;

	return report_write(db, &o->report, out, err);
}

/* Opens the input, and writes the page. */
static int report(struct options *o, char **words, int count)
{
	struct buffer ask = { 0 };
	char made[32];
	time_t now = time(NULL);
	int result;

	if (!count)
		return cmd_usage_error("report", "of what?");
	if (!o->source.path)
		return cmd_usage_error("report", "where to? (-o)");
	strftime(made, sizeof(made), "%Y-%m-%dT%H:%M:%SZ", gmtime(&now));
	o->report.made = made;
	put_ask(&ask, &o->source, words, count);
	o->report.ask = (char *)ask.data;
	result = source_make_file(&o->source, words, count, write_page, o);
	o->report.made = o->report.ask = NULL;
	buffer_free(&ask);
	return result;
}

#define AT(member) .at = offsetof(struct options, member)
static const struct option_row option_rows[] = {
	{ .name = "no-data",
	  .take = option_flag,
	  AT(report.no_data),
	  .help = "omit the data that was read and written" },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = {
	{ source_rows, offsetof(struct options, source) },
	{ option_rows, 0 },
	{ NULL, 0 },
};

static int run(int argc, char **argv)
{
	struct options o = { .source = { .command = "report" } };
	struct buffer command = { 0 };
	int result;

	put_command(&command, argv);
	o.report.command = (char *)command.data;
	result = options_parse(&command_report, &o, argc, argv);
	if (!result)
		result = report(&o, argv + optind, argc - optind);
	buffer_free(&command);
	free(o.source.rules.items);
	return result < 0 ? EXIT_OK : result;
}

const struct command command_report = {
	.name = "report",
	.help = "report an incident as one HTML page",
	.run = run,
	.usage = "spoor report CAPTURE...|DATABASE -o FILE.html [-r "
		 "RULES...]\n",
	.about = "Writes a report as one self-contained HTML page that loads "
		 "nothing from the\n"
		 "network: completeness of the evidence, alerts over time and "
		 "what their\n"
		 "processes did around them, the process tree, who came in "
		 "(sessions and\n"
		 "network) and what they ran, connections, files, gaps, and "
		 "the SQL behind\n"
		 "every figure.  Drag across the timeline at the top to "
		 "select a time range for\n"
		 "all views.  The page can be used by keyboard, in dark mode "
		 "and on paper.\n\n"
		 "The page contains the first 8 KiB of data read and written "
		 "on connections,\n"
		 "terminals and files, as far as it was recorded.  That may "
		 "include secrets.\n"
		 "For a database, the data come from the original captures, "
		 "if those are still\n"
		 "in place and unchanged.\n\n"
		 "The page stays below 5 MB: where a list is cut, the page "
		 "says how many rows\n"
		 "were omitted and which query returns them.\n",
	.options = option_groups,
	.notes =
		"Captures are first loaded into a temporary database in "
		"TMPDIR, about as\n"
		"large as the database that spoor load makes.\n\n" CMD_EXIT_CODE,
};
