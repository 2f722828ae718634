/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often each value of some columns, together, occurs: of GROUP BY and
 * DISTINCT the virtual table gives equal rows together, which saves SQLite the
 * sorting.
 */
#ifndef SPOOR_DB_TALLY_H
#define SPOOR_DB_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"

struct tally;

/* The value of a column. */
struct tally_value {
	/* Of those with few values, and so counted, none is a BLOB. */
	enum { TALLY_NULL, TALLY_INT, TALLY_TEXT, TALLY_BLOB } kind;
	bool is_constant; /* the text lives as long as the program */
	int64_t number;
	struct bytes text;
};

/* How often a file of the scan has a row. */
struct tally_entry {
	const struct tally_value *row; /* it, and its texts, are the tally's */
	unsigned file;
	uint64_t hash, count;
};

/* Of rows with so many values. */
struct tally *tally_new(unsigned width);

/* Counts a row once more; its values are borrowed. */
void tally_add(struct tally *tally, const struct tally_value *row,
	       unsigned file);

/*
 * Ends the counting: in order of the first value, then of the second ...;
 * equal rows of different files are neighbours.
 */
const struct tally_entry *tally_end(struct tally *tally, size_t *ret_count);

/* Accepts NULL. */
void tally_free(struct tally *tally);

#endif
