/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The incident report: one HTML file made from a database, which loads nothing
 * from the network.  Its data are the rows of the queries in views/, drawn by
 * the scripts in page/.  assemble.sh makes C of both.
 */
#ifndef SPOOR_QUERY_REPORT_REPORT_H
#define SPOOR_QUERY_REPORT_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "core/error.h"

struct sqlite3;

struct report_options {
	const char *ask;     /* the command to which a query is appended */
	const char *command; /* the command that made the report */
	const char *made;    /* when: ISO 8601 */
	bool no_data;	     /* omit data that was read and written */
};

/*
 * Writes the page, in one pass over each view, below 5 MB for any capture: a
 * longer view is cut, and says how much is omitted.  0 or -1; the caller
 * checks ferror(out).
 */
int report_write(struct sqlite3 *db, const struct report_options *options,
		 FILE *out, struct error *err);

#endif
