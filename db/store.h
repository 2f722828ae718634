/* SPDX-License-Identifier: Apache-2.0 */
/* The database as a whole: making, checking, indexing it. */
#ifndef SPOOR_DB_STORE_H
#define SPOOR_DB_STORE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

/* The first number of a query; fallback if there is none. */
int64_t store_number(sqlite3 *db, const char *sql, int64_t fallback);

/* The largest rowid of a table; 0: it is empty. */
int64_t store_last_key(sqlite3 *db, const char *table);

/* Says what went wrong with the database last, and its name. */
int store_error(sqlite3 *db, struct error *err);

/* Runs statements. */
int store_run(sqlite3 *db, const char *sql, struct error *err);

/* An empty database gets the schema, an older one becomes a current one. */
int store_prepare(sqlite3 *db, struct error *err);

/* Tables of full text search, statistics, and indices that are missing. */
int store_index(sqlite3 *db, struct error *err);

/* Without indices rows are put faster; store_index makes them anew. */
int store_drop_indices(sqlite3 *db, struct error *err);

/* A capture leaves the database. */
int store_forget(sqlite3 *db, int64_t capture_id, struct error *err);

/* migrate.c: from an older version, inside the open transaction. */
int store_migrate(sqlite3 *db, struct error *err);

#endif
