/* SPDX-License-Identifier: Apache-2.0 */
/* The files of query/saved, built into the program. */
#ifndef SPOOR_QUERY_SOURCES_H
#define SPOOR_QUERY_SOURCES_H

struct question_source {
	const char *name, *text;
};

/* Sorted by name; ends with a NULL name. */
extern const struct question_source question_sources[];

#endif
