/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts equal rows of some columns: for GROUP BY and DISTINCT the virtual
 * table returns equal rows together, so that SQLite need not sort.
 */
#ifndef SPOOR_DB_TALLY_H
#define SPOOR_DB_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"

struct tally;

/* The value of a column. */
struct tally_value {
	/* Counted columns have few values and no BLOBs. */
	enum { TALLY_NULL, TALLY_INT, TALLY_TEXT, TALLY_BLOB } kind;
	bool is_constant; /* the text is static */
	int64_t number;
	struct bytes text;
};

/* The number of equal rows in one file of the scan. */
struct tally_entry {
	const struct tally_value *row; /* owned by the tally, with its texts */
	unsigned file;
	uint64_t hash, count;
};

/* A tally of rows with `width' values; free with tally_free. */
struct tally *tally_new(unsigned width);

/* Counts a row; its values are copied. */
void tally_add(struct tally *tally, const struct tally_value *row,
	       unsigned file);

/*
 * Ends counting.  Returns the rows sorted by the first value, then the second
 * ...; equal rows of different files are adjacent.  Owned by the tally.
 */
const struct tally_entry *tally_end(struct tally *tally, size_t *ret_count);

/* Accepts NULL. */
void tally_free(struct tally *tally);

#endif
