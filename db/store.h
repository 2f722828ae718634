/* SPDX-License-Identifier: Apache-2.0 */
/* The database as a whole: making, checking, indexing it. */
#ifndef SPOOR_DB_STORE_H
#define SPOOR_DB_STORE_H

#include <sqlite3.h>
#include <stdint.h>

#include "core/error.h"

/* The first number of a query; fallback if there is none. */
int64_t store_number(sqlite3 *db, const char *sql, int64_t fallback);

/* An empty database gets the schema, an older one becomes a current one. */
int store_prepare(sqlite3 *db, struct error *err);

/* Indices, full text search, statistics: what comes after the rows. */
int store_index(sqlite3 *db, struct error *err);

#endif
