/* SPDX-License-Identifier: Apache-2.0 */
/* spoor load: loads captures into SQLite. */
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "core/arena.h"
#include "db/db.h"
#include "replay/rules/rules.h"

struct load_request {
	struct db_options options;
	const char *path;
	struct word_list rules;
	bool is_schema, is_migration, is_quiet;
	bool has_bar; /* stderr is a terminal: show progress */
	struct timespec last_shown;
};

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
	(void)number;
	stopped = 1;
}

static int print_schema(void)
{
	char *text = schema_markdown();

	fputs(text, stdout);
	free(text);
	return EXIT_OK;
}

/* Draws the progress line. */
static void show(struct load_request *r, const struct db_progress *p)
{
	enum { WIDTH = 30, INTERVAL_MS = 200 };
	struct timespec now;
	int done = 0;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if ((now.tv_sec - r->last_shown.tv_sec) * 1000 +
		    (now.tv_nsec - r->last_shown.tv_nsec) / 1000000 <
	    INTERVAL_MS)
		return;
	r->last_shown = now;
	if (p->file_len)
		done = (int)((double)p->file_read / (double)p->file_len *
			     WIDTH);
	if (done > WIDTH)
		done = WIDTH;
	fprintf(stderr, "\r[%.*s%*s] %3d%%  %" PRIu64 " events\033[K", done,
		"##############################", WIDTH - done, "",
		done * 100 / WIDTH, p->events);
}

static bool on_progress(void *user, const struct db_progress *progress)
{
	struct load_request *r = user;

	if (r->has_bar)
		show(r, progress);
	return !stopped;
}

#define AT(member) .at = offsetof(struct load_request, member)
static const struct option_row option_rows[] = {
	{ .letters = "o",
	  .name = "output",
	  .argument = "DATABASE",
	  .take = option_text,
	  AT(path),
	  .help = "database file to create or to add to" },
	{ .letters = "r",
	  .name = "rules",
	  .argument = "RULES",
	  .take = option_word,
	  AT(rules),
	  .help = "a Falco rules file; may be repeated" },
	{ .name = "only",
	  .argument = "LIST",
	  .take = option_text,
	  AT(options.only),
	  .help = "load only these tables, separated by commas: events, "
		  "files, sockets, connections, file_io, dns, threads, "
		  "timeline, alerts; processes, sessions and gaps are always "
		  "loaded" },
	{ .name = "follow",
	  .take = option_flag,
	  AT(options.follow),
	  .help = "load one capture while it is being recorded, until it is "
		  "complete or until Ctrl-C; other programs can read the "
		  "database meanwhile" },
	{ .name = "no-indices",
	  .take = option_flag,
	  AT(options.no_indices),
	  .help = "omit indices and full-text search" },
	{ .name = "force",
	  .take = option_flag,
	  AT(options.replace),
	  .help = "replace an existing file" },
	{ .name = "migrate",
	  .take = option_flag,
	  AT(is_migration),
	  .help = "upgrade a database that an older version of spoor created" },
	{ .name = "schema",
	  .take = option_flag,
	  AT(is_schema),
	  .help = "print the schema, in the form of doc/database.md" },
	{ .letters = "q",
	  .name = "quiet",
	  .take = option_flag,
	  AT(is_quiet),
	  .help = "print neither progress nor summary" },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

static int check(const struct load_request *r, const struct captures *captures)
{
	if (!r->path)
		return cmd_usage_error("load", "no database is named: use -o "
					       "DATABASE");
	if (!strcmp(r->path, "-"))
		return cmd_usage_error("load", "a database cannot be written "
					       "to standard output");
	if (r->options.follow && captures->files.count != 1)
		return cmd_usage_error("load",
				       "--follow takes one capture at a time");
	if (r->options.follow && r->options.replace)
		return cmd_usage_error(
			"load", "--follow adds to the database: it cannot be "
				"combined with --force");
	return EXIT_OK;
}

/* Prints how many events and captures were loaded. */
static void summarize(const struct load_request *r,
		      const struct db_result *result)
{
	char known[64] = "";

	if (r->is_quiet)
		return;
	if (r->has_bar)
		fprintf(stderr, "\r\033[K");
	if (result->known)
		snprintf(known, sizeof(known), "; %u in it already",
			 result->known);
	cmd_note("load", "%s: %" PRIu64 " events of %u capture%s%s", r->path,
		 result->events, result->loaded, result->loaded == 1 ? "" : "s",
		 known);
}

/* Loads the captures; on a terminal, draws the progress. */
static int load(struct load_request *r, const struct captures *captures)
{
	struct evidence evidence = { 0 };
	struct db_result result;
	struct error err;
	int code;

	r->options.evidence = &evidence;
	r->has_bar = !r->is_quiet && isatty(STDERR_FILENO);
	r->options.progress = on_progress;
	r->options.user = r;
	if (r->options.follow) {
		signal(SIGINT, on_signal);
		signal(SIGTERM, on_signal);
	}
	r->options.captures = captures->files.items;
	r->options.count = captures->files.count;
	code = db_load_file(r->path, &r->options, &result, &err);
	if (code >= 0)
		summarize(r, &result);
	if (code < 0)
		cmd_fail("load", &err);
	if (code >= 0 && cmd_evidence("load", &evidence))
		code = -1;
	evidence_free(&evidence);
	return code ? EXIT_ERROR : EXIT_OK;
}

static int load_or_migrate(struct load_request *r, struct captures *captures)
{
	struct ruleset_options rule_options = { .min_priority =
							PRIORITY_DEBUG };
	struct error err;
	int result;

	if (r->is_migration) {
		if (!r->path)
			return cmd_usage_error("load", "no database is named: "
						       "use -o DATABASE");
		return db_migrate(r->path, &err) ? cmd_fail("load", &err)
						 : EXIT_OK;
	}
	result = check(r, captures);
	if (!result && r->rules.count) {
		r->options.rules = ruleset_new(&rule_options);
		result = cmd_load_rules("load", r->options.rules, &r->rules);
	}
	if (!result)
		result = load(r, captures);
	ruleset_free(r->options.rules);
	return result;
}

static int run(int argc, char **argv)
{
	struct load_request r = { .path = NULL };
	struct captures captures = { 0 };
	int result = options_parse(&command_load, &r, argc, argv);

	if (!result && !r.is_migration && !r.is_schema)
		result = captures_take(&captures, "load", argv + optind,
				       argc - optind);
	if (!result)
		result = r.is_schema ? print_schema()
				     : load_or_migrate(&r, &captures);
	captures_free(&captures);
	free(r.rules.items);
	return result < 0 ? EXIT_OK : result;
}

const struct command command_load = {
	.name = "load",
	.help = "load captures into a SQLite database",
	.run = run,
	.usage = "spoor load FILE... -o DATABASE [-r RULES...] [options]\n"
		 "       spoor load --migrate -o DATABASE\n",
	.about = "Loads captures (a folder: all captures in it) into an "
		 "SQLite database:\n"
		 "events, processes, sessions, files, connections, DNS "
		 "lookups, alerts (with\n"
		 "-r), and what is missing.  A new database appears under its "
		 "name only when it\n"
		 "is complete; captures are added to an existing one all or "
		 "nothing.  A capture\n"
		 "that is already loaded is skipped, unless it was incomplete "
		 "then: it is\n"
		 "reloaded.  doc/database.md describes the tables.\n",
	.options = option_groups,
	.notes = CMD_EXIT_CODE
	"The tables captures and gaps list what is missing.\n",
};
