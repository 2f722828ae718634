/* SPDX-License-Identifier: Apache-2.0 */
/* spoor load: captures into SQLite. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "core/arena.h"
#include "db/db.h"
#include "replay/rules/rules.h"

static const char load_help[] =
	"usage: spoor load FILE... -o DATABASE [-r RULES...] [--force]\n\n"
	"Loads captures into a new SQLite database: events, processes, files,\n"
	"sockets, and with rules the alerts.  It appears only when it is whole.\n\n"
	"  -o DATABASE    the file to make\n"
	"  -r RULES       a Falco rules file; may be repeated\n"
	"  --force        replace an existing file\n"
	"  --schema       print the tables, as doc/database.md\n"
	"  -h, --help     this text\n";

static int print_schema(void)
{
	char *text = schema_markdown();

	fputs(text, stdout);
	free(text);
	return EXIT_OK;
}

int cmd_load(int argc, char **argv)
{
	static const struct option options[] = {
		{ "force", no_argument, NULL, 'f' },
		{ "schema", no_argument, NULL, 's' },
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
	struct db_options db_options = { 0 };
	struct db_result loaded;
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
		case 's':
			free(rules);
			return print_schema();
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
	db_options.rules = set;
	if (!result &&
	    db_load_file(path, captures.files.items, captures.files.count,
			 &db_options, &loaded, &err))
		result = cmd_fail("load", &err);
	ruleset_free(set);
	captures_free(&captures);
	free(rules);
	return result;
}
