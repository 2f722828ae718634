/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A capture as a table of SQLite, read in place, with the columns of the view
 * `events' and some more:
 *     SELECT type, count(*) FROM capture('x.scap.zst') GROUP BY 1
 * Read-only.  Limits on time, number, type, process and container choose the
 * frames that are read (core/file/frames.h).
 */
#ifndef SPOOR_DB_VTAB_H
#define SPOOR_DB_VTAB_H

#include <stdbool.h>
#include <stdint.h>

#include "core/file/evidence.h"

struct sqlite3;

/* What all scans read, added up. */
struct vtab_stats {
	uint64_t scans;
	uint64_t frames, frames_read;
	uint64_t file_len, bytes_read; /* of the files, compressed */
	uint64_t events;	       /* decoded */
	/* What is missing from them, as far as they were read. */
	struct evidence evidence;
};

struct vtab_options {
	/* Damage is no error where no one asked: it is in the stats. */
	bool partial;
	/* Not from views and triggers: for databases of others. */
	bool direct_only;
	struct vtab_stats *stats; /* borrowed; NULL: not wanted */
	/* Asked now and then: true ends a scan.  May be NULL. */
	bool (*stop)(void *user);
	/* May SQL read this file or folder?  NULL: any. */
	bool (*may_read)(void *user, const char *path);
	void *user;
};

/* Adds the module "capture" to the connection; an SQLite result code. */
int vtab_register(struct sqlite3 *db, const struct vtab_options *options);

#endif
