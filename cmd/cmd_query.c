/* SPDX-License-Identifier: Apache-2.0 */
/* spoor load and spoor query: captures into SQLite, and questions to it. */
#include <getopt.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "core/arena.h"
#include "db/db.h"
#include "query/query.h"

static const char load_help[] =
	"usage: spoor load FILE... -o DATABASE [-r RULES...] [--force]\n\n"
	"Loads captures into a new SQLite database: events, processes, files,\n"
	"sockets, and with rules the alerts.  It appears only when it is whole.\n\n"
	"  -o DATABASE    the file to make\n"
	"  -r RULES       a Falco rules file; may be repeated\n"
	"  --force        replace an existing file\n"
	"  -h, --help     this text\n";

static const char query_help[] =
	"usage: spoor query DATABASE 'SELECT ...' [options]\n"
	"       spoor query DATABASE NAME         a ready question\n"
	"       spoor query --list                all of them\n\n"
	"  --format FORM    table, csv or json\n"
	"  --timeout MS     give up after so many milliseconds\n"
	"  -h, --help       this text\n\n"
	"The database is opened read-only: nothing a query says can change it.\n";

int cmd_load(int argc, char **argv)
{
	static const struct option options[] = {
		{ "force", no_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct ruleset_options rule_options = { .min_priority =
							PRIORITY_DEBUG };
	const char **rules = mem_zalloc((size_t)(argc + 1) * sizeof(*rules));
	struct ruleset *set = NULL;
	struct captures captures = { 0 };
	const char *path = NULL;
	unsigned rule_count = 0;
	bool force = false;
	uint64_t events;
	struct error err;
	int result = EXIT_OK;
	int c;

	while ((c = getopt_long(argc, argv, "o:r:h", options, NULL)) != -1)
		switch (c) {
		case 'o':
			path = optarg;
			break;
		case 'r':
			rules[rule_count++] = optarg;
			break;
		case 'f':
			force = true;
			break;
		case 'h':
			fputs(load_help, stdout);
			free(rules);
			return EXIT_OK;
		default:
			result = EXIT_ERROR;
			break;
		}
	if (!result && !path)
		result = cmd_usage_error("load", "where to? (-o)");
	if (!result)
		result = captures_take(&captures, "load", argv + optind,
				       argc - optind);
	if (!result && !force && !access(path, F_OK))
		result = cmd_usage_error(
			"load", "%s exists already; --force replaces it", path);
	if (!result && rule_count) {
		set = ruleset_new(&rule_options);
		result = cmd_load_rules("load", set, rules, rule_count);
	}
	if (!result && db_load(path, captures.files.items, captures.files.count,
			       set, &events, &err))
		result = cmd_fail("load", &err);
	ruleset_free(set);
	captures_free(&captures);
	free(rules);
	return result;
}

static int list_questions(void)
{
	for (const struct question *q = questions; q->name; q++)
		printf("  %-12s %s\n", q->name, q->help);
	return EXIT_OK;
}

/* A name of a ready question stands for its SQL. */
static const char *sql_of(const char *text)
{
	for (const struct question *q = questions; q->name; q++)
		if (!strcmp(q->name, text))
			return q->sql;
	return text;
}

static int ask(const char *path, const char *text,
	       const struct query_options *options)
{
	struct sqlite3 *db = NULL;
	struct error err;
	int result = EXIT_OK;

	if (query_open(&db, path, &err))
		return cmd_fail("query", &err);
	if (query_run(db, sql_of(text), options, stdout, &err))
		result = cmd_fail("query", &err);
	sqlite3_close(db);
	return result;
}

int cmd_query(int argc, char **argv)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'F' },
		{ "timeout", required_argument, NULL, 't' },
		{ "list", no_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct query_options query = { .format = ROWS_TABLE };
	struct winsize size;
	int c;

	while ((c = getopt_long(argc, argv, "lh", options, NULL)) != -1)
		switch (c) {
		case 'F':
			query.format = !strcmp(optarg, "csv")	 ? ROWS_CSV
				       : !strcmp(optarg, "json") ? ROWS_JSON
								 : ROWS_TABLE;
			break;
		case 't':
			query.timeout_ms = (unsigned)strtoul(optarg, NULL, 10);
			break;
		case 'l':
			return list_questions();
		case 'h':
			fputs(query_help, stdout);
			return EXIT_OK;
		default:
			return cmd_usage_error("query", "bad option");
		}
	if (argc - optind != 2)
		return cmd_usage_error("query",
				       "a database and a question are wanted");
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		query.width = size.ws_col;
	return ask(argv[optind], argv[optind + 1], &query);
}
