/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of the files that the captures of a database came from. */
#ifndef SPOOR_QUERY_REPORT_CUSTODY_H
#define SPOOR_QUERY_REPORT_CUSTODY_H

#include "core/bytes.h"

struct sqlite3;

/*
 * Appends a JSON array with an object for each capture, in the order of
 * views/10-captures.sql: path, and if the file is still there its SHA-256 and
 * the engine that recorded it; note says what is wrong with it.  To readable
 * go the capture_id of those that are still, byte for byte, what was loaded.
 */
void custody_put(struct buffer *out, struct buffer *readable,
		 struct sqlite3 *db);

#endif
