/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events into SQLite.  Tables are rows of schema.c: a column names the field
 * that fills it.
 */
#ifndef SPOOR_DB_DB_H
#define SPOOR_DB_DB_H

#include "replay/rules/rules.h"

struct sqlite3;

/* PRAGMA application_id ("spor") and user_version of our databases. */
enum { DB_APPLICATION_ID = 0x73706f72, DB_VERSION = 1 };

/*
 * Loads captures into a new database at db_path.  It appears there only when
 * it is whole: a load that is killed leaves what was there before.  set (may
 * be NULL) fills the alerts.  *ret_events: events loaded.  1: loaded, but a
 * capture is damaged behind what could be read of it, as err says.
 */
int db_load(const char *db_path, const char *const *captures, unsigned count,
	    struct ruleset *set, uint64_t *ret_events, struct error *err);

/* The statements that make an empty database; free(3) the text. */
char *schema_sql(void);

#endif
