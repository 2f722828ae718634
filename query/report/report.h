/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The incident report: one HTML file made from a loaded database, which loads
 * nothing from anywhere.  Its data are the rows of the queries in the table of
 * report.c; the page is drawn by report.js, styled by report.css.
 */
#ifndef SPOOR_QUERY_REPORT_REPORT_H
#define SPOOR_QUERY_REPORT_REPORT_H

#include <stdio.h>

#include "core/error.h"

struct sqlite3;

/*
 * Writes the page.  name is shown as its title (a file name).  Figures are cut
 * to the top rows, so that the page stays below 5 MB for any capture.
 */
int report_write(struct sqlite3 *db, const char *name, FILE *out,
		 struct error *err);

#endif
