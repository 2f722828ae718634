/* SPDX-License-Identifier: Apache-2.0 */
/* spoor report: an incident as one HTML page. */
#include <getopt.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/shell_word.h"
#include "cmd/source.h"
#include "core/arena.h"
#include "core/bytes.h"
#include "query/report/report.h"

struct options {
	const char *path;
	bool force;
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

/* The same of `spoor query' with what the report was made from. */
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

/* Into the file itself: standard output, a pipe, a device. */
static int write_to(const struct options *o, struct sqlite3 *db, FILE *out,
		    struct error *err)
{
	if (!out)
		return error_errno(err, "%s", o->path);
	if (report_write(db, &o->report, out, err))
		return -1;
	if (fflush(out) || ferror(out))
		return error_errno(err, "%s", o->path);
	return 0;
}

/* Beside it first: the page appears when it is whole. */
static int write_file(const struct options *o, struct sqlite3 *db,
		      struct error *err)
{
	struct buffer name = { 0 };
	const char *part;
	int result;
	FILE *out;

	buffer_printf(&name, "%s.part-%d", o->path, (int)getpid());
	buffer_u8(&name, '\0');
	part = (char *)name.data;
	out = fopen(part, "wx");
	result = write_to(o, db, out, err);
	if (out && fclose(out) && !result)
		result = error_errno(err, "%s", o->path);
	if (!result && rename(part, o->path))
		result = error_errno(err, "%s", o->path);
	if (result && out)
		unlink(part);
	buffer_free(&name);
	return result;
}

static int write_page(const struct options *o, struct sqlite3 *db)
{
	struct error err;
	struct stat st;
	int result;

	if (!strcmp(o->path, "-")) {
		result = write_to(o, db, stdout, &err);
	} else if (!stat(o->path, &st) && !S_ISREG(st.st_mode)) {
		FILE *out = fopen(o->path, "wb");

		result = write_to(o, db, out, &err);
		if (out)
			fclose(out);
	} else {
		result = write_file(o, db, &err);
	}
	return result ? cmd_fail("report", &err) : EXIT_OK;
}

static int report(struct options *o, char **words, int count)
{
	struct buffer ask = { 0 };
	struct sqlite3 *db;
	char made[32];
	time_t now = time(NULL);
	int result;

	if (!count)
		return cmd_usage_error("report", "of what?");
	if (!o->path)
		return cmd_usage_error("report", "where to? (-o)");
	if (!o->force && strcmp(o->path, "-") && !access(o->path, F_OK))
		return cmd_usage_error("report",
				       "%s exists already; --force replaces it",
				       o->path);
	if (source_open(&db, &o->source, words, count))
		return EXIT_ERROR;
	strftime(made, sizeof(made), "%Y-%m-%dT%H:%M:%SZ", gmtime(&now));
	o->report.made = made;
	put_ask(&ask, &o->source, words, count);
	o->report.ask = (char *)ask.data;
	result = write_page(o, db);
	if (o->source.is_damaged)
		result = EXIT_ERROR;
	o->report.made = o->report.ask = NULL;
	buffer_free(&ask);
	sqlite3_close(db);
	return result;
}

#define AT(member) .at = offsetof(struct options, member)
static const struct option_row option_rows[] = {
	{ .letters = "o",
	  .name = "output",
	  .argument = "FILE",
	  .take = option_text,
	  AT(path),
	  .help = "the page to make; - is standard output" },
	{ .letters = "r",
	  .name = "rules",
	  .argument = "RULES",
	  .take = option_word,
	  AT(source.rules),
	  .help = "a Falco rules file to run over captures; may be repeated.  "
		  "A database has the alerts of its load" },
	{ .name = "no-data",
	  .take = option_flag,
	  AT(report.no_data),
	  .help = "leave out what was read and written" },
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
	.help = "an incident as one HTML page",
	.run = run,
	.usage = "spoor report CAPTURE...|DATABASE -o FILE.html [-r "
		 "RULES...]\n",
	.about = "Writes what happened as one page that loads nothing from "
		 "anywhere: how\n"
		 "complete the evidence is, alerts over time and what their "
		 "processes did\n"
		 "around them, processes as a tree, who came in (sessions and "
		 "network) and\n"
		 "what they ran, connections, files, gaps, and the SQL behind "
		 "every figure.\n"
		 "Dragging over the strip at its top selects a time; all views "
		 "follow.  It\n"
		 "works from a file, by keyboard, dark and printed.\n\n"
		 "It has the first 8 KiB of what was read and written on "
		 "connections,\n"
		 "terminals and files, as far as the recorder kept them: "
		 "secrets, too.  Of a\n"
		 "database they come from its captures, if these are where "
		 "they were loaded\n"
		 "from, and unchanged.\n\n"
		 "It stays below 5 MB: of a longer list the page says how much "
		 "is left\n"
		 "out and which query has it.\n",
	.options = option_groups,
	.notes = "Captures are loaded into a scratch database in TMPDIR "
		 "first, about as\n"
		 "large as what spoor load makes of them.\n\n" CMD_EXIT_CODE,
};
