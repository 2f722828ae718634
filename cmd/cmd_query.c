/* SPDX-License-Identifier: Apache-2.0 */
/* spoor query: questions to a database. */
#include <getopt.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "query/query.h"

static const char query_help[] =
	"usage: spoor query DATABASE 'SELECT ...' [options]\n"
	"       spoor query DATABASE NAME         a ready question\n"
	"       spoor query --list                all of them\n\n"
	"  --format FORM    table, csv or json\n"
	"  --timeout MS     give up after so many milliseconds\n"
	"  -h, --help       this text\n\n"
	"The database is opened read-only: nothing a query says can change it.\n";

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
