/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The incident report: one HTML file made from a loaded database, which loads
 * nothing from anywhere.  Its data are the rows of the queries in views/; the
 * page in page/ draws them.  assemble.sh makes C of both.
 */
#ifndef SPOOR_QUERY_REPORT_REPORT_H
#define SPOOR_QUERY_REPORT_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "core/error.h"

struct sqlite3;

struct report_options {
	const char *ask;     /* the command that a question is put behind */
	const char *command; /* that made the report */
	const char *made;    /* when: ISO 8601 */
	bool no_data;	     /* nothing of what was read and written */
};

/*
 * Writes the page, in one pass over each view.  It stays below 5 MB for any
 * capture: a view that is longer is cut, and says how much is left out.
 * Whether out took all of it, ferror(3) tells.
 */
int report_write(struct sqlite3 *db, const struct report_options *options,
		 FILE *out, struct error *err);

#endif
