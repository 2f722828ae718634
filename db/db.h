/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events into SQLite.  Tables are rows of schema.c: a column names the field
 * that fills it.  A loader is fed by the replay pipeline.
 */
#ifndef SPOOR_DB_DB_H
#define SPOOR_DB_DB_H

#include "replay/replay.h"

struct sqlite3;

struct loader;

struct loader_options {
	const char *capture_path; /* for the captures table */
	struct ruleset *rules;    /* alerts too; NULL: none */
};

/*
 * Opens (creates) a database and begins a load.  Nothing is visible until
 * loader_finish: a load that is killed leaves the old state.
 */
int loader_open(struct loader **ret_loader, const char *db_path,
		const struct loader_options *options, struct error *err);

/* The pipeline's front: put items in. */
struct event_sink *loader_sink(struct loader *loader);

/* Accepts NULL; without finish, rolls back. */
void loader_close(struct loader *loader);

/* Makes the newest schema in an empty database, or migrates an older one. */
int schema_apply(struct sqlite3 *db, struct error *err);

/* Checks that it is ours and readable (application_id, user_version). */
int schema_check(struct sqlite3 *db, struct error *err);

#endif
