/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads captures into SQLite, for `spoor load', and for queries of captures (a
 * database in memory).  Tables are rows of schema.c: each column names the
 * field that fills it.
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

/* Progress of a load; file_read and file_len in bytes. */
struct db_progress {
	const char *path; /* the capture being read */
	uint64_t events, file_read, file_len;
};

struct db_options {
	const char *const *captures; /* to load, in this order */
	unsigned count;
	/*
	 * Parts to load, separated by commas ("processes,files"): names of
	 * db_parts.  NULL: all.
	 */
	const char *only;
	struct ruleset *rules; /* borrowed; NULL: no alerts */
	bool no_indices;       /* for a temporary database that is read once */
	bool replace;	       /* db_load_file: replace an existing file */
	/*
	 * Loads a capture that is still being recorded, and commits every
	 * second, until it is complete or progress returns false.
	 */
	bool follow;
	/* Receives what is missing from the captures (borrowed); or NULL. */
	struct evidence *evidence;
	/*
	 * Called periodically; false stops the load (loaded events are kept).
	 */
	bool (*progress)(void *user, const struct db_progress *progress);
	void *user;
};

struct db_result {
	uint64_t events;
	unsigned loaded;  /* captures */
	unsigned known;	  /* skipped: already in the database */
	unsigned damaged; /* loaded captures that are damaged or incomplete */
};

/*
 * Loads the captures of the options into an open database: a file, a temporary
 * one or one in memory.  An empty database gets the schema; one of another
 * program is refused.  Captures that are already loaded (by content) are
 * skipped.  Leaves no transaction open; on failure rolls back as far as the
 * journal mode allows.  0; 1: a capture is damaged or lacks files: its readable
 * part is loaded, and the result's evidence has the rest; -1: error.
 */
int db_load_into(struct sqlite3 *db, const struct db_options *options,
		 struct db_result *ret_result, struct error *err);

/*
 * Like db_load_into, for the file at path: creates it, or adds to it; an older
 * version is upgraded.  The file changes only when the load is complete: a
 * load that is killed leaves the previous contents.  With options->follow it
 * changes step by step.
 */
int db_load_file(const char *path, const struct db_options *options,
		 struct db_result *ret_result, struct error *err);

/* Checks that db was made by spoor in this version.  0, or -1 and err. */
int db_check(struct sqlite3 *db, const char *name, struct error *err);

/* Upgrades the database at path from an older version.  0 or -1. */
int db_migrate(const char *path, struct error *err);

/*
 * The SQL that creates an empty database, without indices; release with
 * free().
 */
char *schema_sql(void);

/*
 * The text of doc/database.md, from the rows of the schema; release with
 * free().
 */
char *schema_markdown(void);

#endif
