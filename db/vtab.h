/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A capture as an SQLite table, read in place, with the columns of the view
 * `events' and some more:
 *     SELECT type, count(*) FROM capture('x.scap.zst') GROUP BY 1
 * Read-only.  Limits on time, number, type, process and container select the
 * frames that are read (core/file/frames.h).
 */
#ifndef SPOOR_DB_VTAB_H
#define SPOOR_DB_VTAB_H

#include <stdbool.h>
#include <stdint.h>

#include "core/file/evidence.h"

struct sqlite3;

/* Totals of what all scans read. */
struct vtab_stats {
	uint64_t scans;
	uint64_t frames, frames_read;
	uint64_t file_len, bytes_read; /* compressed bytes of the files */
	uint64_t events;	       /* decoded */
	/* What is missing from the files, as far as they were read. */
	struct evidence evidence;
};

struct vtab_options {
	/* Damage is not an error: it is reported in the stats. */
	bool partial;
	/* Forbid use in views and triggers, for databases of other programs. */
	bool direct_only;
	struct vtab_stats *stats; /* borrowed; may be NULL */
	/* Called periodically: true ends a scan.  May be NULL. */
	bool (*stop)(void *user);
	/* May SQL read this file or folder?  NULL: any. */
	bool (*may_read)(void *user, const char *path);
	void *user;
};

/* Adds the module "capture" to the connection; an SQLite result code. */
int vtab_register(struct sqlite3 *db, const struct vtab_options *options);

#endif
