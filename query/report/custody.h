/* SPDX-License-Identifier: Apache-2.0 */
/* Chain of custody: the files that the captures of a database came from. */
#ifndef SPOOR_QUERY_REPORT_CUSTODY_H
#define SPOOR_QUERY_REPORT_CUSTODY_H

#include "core/bytes.h"

struct sqlite3;

/*
 * Appends a JSON array with an object per capture, in the order of
 * views/10-captures.sql: path, and if the file still exists its SHA-256 and
 * the engine that recorded it; note says what is wrong with it.  Appends to
 * readable the capture_id of files that are unchanged since the load.
 */
void custody_put(struct buffer *out, struct buffer *readable,
		 struct sqlite3 *db);

#endif
