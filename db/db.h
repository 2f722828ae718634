/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Captures into SQLite: the second half of `spoor load', and what questions
 * to a capture stand on, too (a database in memory).  Tables are rows of
 * schema.c: a column names the field that fills it.
 */
#ifndef SPOOR_DB_DB_H
#define SPOOR_DB_DB_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/error.h"

struct sqlite3;
struct ruleset;

/* PRAGMA application_id ("spor") and user_version of our databases. */
enum { DB_APPLICATION_ID = 0x73706f72, DB_VERSION = 6 };

/* How far a load is; lens of the file in bytes. */
struct db_progress {
	const char *path; /* the capture being read */
	uint64_t events, file_read, file_len;
};

struct db_options {
	/*
	 * Parts to load, with commas between ("processes,files"): names of
	 * db_parts.  NULL: all.
	 */
	const char *only;
	struct ruleset *rules; /* borrowed; NULL: no alerts */
	bool no_indices;       /* a scratch database that is read once */
	bool replace;	       /* db_load_file: an existing file is replaced */
	/*
	 * Waits for what a recorder still writes, and commits every second,
	 * until the capture is complete or progress says false.
	 */
	bool follow;
	/* Gets what is missing from the captures (borrowed); or NULL. */
	struct evidence *evidence;
	/* Called now and then; false stops the load (what came is kept). */
	bool (*progress)(void *user, const struct db_progress *progress);
	void *user;
};

struct db_result {
	uint64_t events;
	unsigned loaded;  /* captures */
	unsigned known;	  /* that were in the database before */
	unsigned damaged; /* of the loaded, those damaged or incomplete */
};

/*
 * Loads captures into an open database: a file, a temporary one or one in
 * memory.  An empty one gets the schema; another's is refused.  Leaves no
 * transaction open; on failure rolls back what the journal mode allows.
 * Captures that are in it already, by their content, are passed over.
 * options may be NULL.  1: a capture is damaged, or files of it are missing:
 * what could be read of it is loaded, and result's evidence says the rest.
 */
int db_load_into(struct sqlite3 *db, const char *const *captures,
		 unsigned count, const struct db_options *options,
		 struct db_result *ret_result, struct error *err);

/*
 * The same into the file at path, made or added to; one of an older version
 * is brought to this one.  The change appears there at once when it is whole:
 * a load that is killed leaves what was there before.  With options->follow
 * it appears bit by bit.
 */
int db_load_file(const char *path, const char *const *captures, unsigned count,
		 const struct db_options *options, struct db_result *ret_result,
		 struct error *err);

/* Is it a database of ours, of this version?  -1 and err say what else. */
int db_check(struct sqlite3 *db, const char *name, struct error *err);

/* Brings the database at path from an older version to this one. */
int db_migrate(const char *path, struct error *err);

/* The statements that make an empty database, without indices; free(3) it. */
char *schema_sql(void);

/* doc/database.md, from the rows of the schema; free(3) it. */
char *schema_markdown(void);

#endif
