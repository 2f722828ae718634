/* SPDX-License-Identifier: Apache-2.0 */
/* What assemble.sh makes from page/ and views/. */
#ifndef SPOOR_QUERY_REPORT_PAGE_H
#define SPOOR_QUERY_REPORT_PAGE_H

#include <stddef.h>

/* The page before and behind its data. */
extern const unsigned char report_head[], report_tail[];
extern const size_t report_head_len, report_tail_len;

/*
 * A view of the page: a query whose rows it shows, the first max_rows of them
 * as long as they fit into max_bytes.  Its parameters, if it has them: :start,
 * the time of the first event in ns, :bucket, ns in a bar of the histogram,
 * and :readable, a JSON array with the capture_id of the captures that can be
 * read.
 */
struct report_view {
	const char *name, *help;
	unsigned max_rows, max_bytes;
	const char *sql;
};

/* Ends with a NULL name. */
extern const struct report_view report_views[];

#endif
