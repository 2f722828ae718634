/* SPDX-License-Identifier: Apache-2.0 */
/* Captures or a database, as one open database; see source.h. */
#include "cmd/source.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "core/newfile.h"
#include "db/db.h"
#include "query/query.h"
#include "replay/rules/rules.h"

/* Limits SQLite's memory; sorting beyond it uses TMPDIR. */
static const char limits[] = "PRAGMA cache_size = -14336; "
			     "PRAGMA temp_store = FILE;";

/* Opens a database read-only, and checks its version. */
static int open_database(struct sqlite3 **ret_db, struct source_options *o,
			 const char *path)
{
	struct sqlite3 *db;
	struct error err;

	*ret_db = NULL;
	if (o->rules.count)
		return cmd_usage_error(o->command,
				       "%s is a database: its alerts were "
				       "made by spoor load -r",
				       path);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL))
		error_set(&err, EIO, "%s: %s", path, sqlite3_errmsg(db));
	else if (!db_check(db, path, &err))
		*ret_db = db;
	if (*ret_db != db) {
		sqlite3_close(db);
		return cmd_fail(o->command, &err);
	}
	sqlite3_exec(*ret_db, limits, NULL, NULL, NULL);
	return EXIT_OK;
}

static bool show_progress(void *user, const struct db_progress *p)
{
	const char *command = user;

	if (p->file_len)
		fprintf(stderr, "\rspoor %s: reading, %3.0f %%", command,
			100.0 * (double)p->file_read / (double)p->file_len);
	return true;
}

static int load(struct sqlite3 *db, struct source_options *o,
		const struct word_list *files, struct ruleset *set)
{
	struct db_options options = { .captures = files->items,
				      .count = files->count,
				      .only = o->only,
				      .rules = set,
				      .no_indices = true,
				      .user = (void *)o->command };
	struct evidence evidence = { 0 };
	struct db_result result;
	struct error err;
	bool is_shown = isatty(STDERR_FILENO);
	int code;

	options.evidence = &evidence;
	if (is_shown)
		options.progress = show_progress;
	code = db_load_into(db, &options, &result, &err);
	if (is_shown)
		fputs("\r\033[K", stderr);
	if (code < 0)
		cmd_fail(o->command, &err);
	else
		o->is_damaged = cmd_evidence(o->command, &evidence);
	evidence_free(&evidence);
	return code < 0 ? EXIT_ERROR : EXIT_OK;
}

/* Loads captures into a temporary database. */
static int load_captures(struct sqlite3 *db, struct source_options *o,
			 char *const *words, int count)
{
	struct ruleset_options rule_options = { .min_priority =
							PRIORITY_DEBUG };
	struct captures captures = { 0 };
	struct ruleset *set = NULL;
	int result = captures_take(&captures, o->command, words, count);

	if (!result && o->rules.count) {
		set = ruleset_new(&rule_options);
		result = cmd_load_rules(o->command, set, &o->rules);
	}
	if (!result)
		result = load(db, o, &captures.files, set);
	ruleset_free(set);
	captures_free(&captures);
	return result;
}

/* Close with sqlite3_close. */
static int open_source(struct sqlite3 **ret_db, struct source_options *options,
		       char *const *words, int count)
{
	struct sqlite3 *db;
	int result;

	if (count == 1 && query_is_database(words[0]))
		return open_database(ret_db, options, words[0]);
	if (sqlite3_open("", &db) ||
	    sqlite3_exec(db, limits, NULL, NULL, NULL)) {
		cmd_note(options->command, "%s", sqlite3_errmsg(db));
		sqlite3_close(db);
		return EXIT_ERROR;
	}
	result = load_captures(db, options, words, count);
	if (result)
		sqlite3_close(db);
	else
		*ret_db = db;
	return result;
}

int source_make_file(struct source_options *o, char *const *words, int count,
		     source_writer *write, void *user)
{
	struct newfile file;
	struct sqlite3 *db;
	struct error err;
	int result;

	if (newfile_open(&file, o->path, o->force ? NEWFILE_FORCE : 0, &err))
		return cmd_fail(o->command, &err);
	if (open_source(&db, o, words, count)) {
		newfile_discard(&file);
		return EXIT_ERROR;
	}
	result = write(user, db, newfile_stdio(&file), &err) ||
		 newfile_finish(&file, &err);
	newfile_discard(&file);
	sqlite3_close(db);
	if (result)
		return cmd_fail_output(o->command, o->path, &err);
	return o->is_damaged ? EXIT_ERROR : EXIT_OK;
}

#define AT(member) .at = offsetof(struct source_options, member)
const struct option_row source_rows[] = {
	{ .letters = "o",
	  .name = "output",
	  .argument = "FILE",
	  .take = option_text,
	  AT(path),
	  .help = "the file to make; - is standard output" },
	{ .letters = "r",
	  .name = "rules",
	  .argument = "RULES",
	  .take = option_word,
	  AT(rules),
	  .help = "a Falco rules file to run over captures; may be repeated.  "
		  "A database has the alerts of its load" },
	{ .name = "force",
	  .take = option_flag,
	  AT(force),
	  .help = "replace an existing file" },
	{ .take = NULL },
};
#undef AT
