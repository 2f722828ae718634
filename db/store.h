/* SPDX-License-Identifier: Apache-2.0 */
/* Operations on the whole database: creating, checking, indexing. */
#ifndef SPOOR_DB_STORE_H
#define SPOOR_DB_STORE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

/* The first number that a query returns; fallback if it returns none. */
int64_t store_number(sqlite3 *db, const char *sql, int64_t fallback);

/* The largest rowid of a table; 0: the table is empty. */
int64_t store_last_key(sqlite3 *db, const char *table);

/* Sets err to SQLite's last error, with the database's name.  Returns -1. */
int store_error(sqlite3 *db, struct error *err);

/* Executes SQL statements.  0 or -1. */
int store_run(sqlite3 *db, const char *sql, struct error *err);

/*
 * Creates the schema in an empty database, or upgrades an older one.  0 or -1.
 */
int store_prepare(sqlite3 *db, struct error *err);

/* Creates missing indices, full-text search and statistics.  0 or -1. */
int store_index(sqlite3 *db, struct error *err);

/* Drops the indices, to insert faster; store_index recreates them.  0 or -1. */
int store_drop_indices(sqlite3 *db, struct error *err);

/* Removes a capture from the database.  0 or -1. */
int store_forget(sqlite3 *db, int64_t capture_id, struct error *err);

/* migrate.c: upgrades an older version, in the open transaction.  0 or -1. */
int store_migrate(sqlite3 *db, struct error *err);

#endif
