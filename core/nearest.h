/* SPDX-License-Identifier: Apache-2.0 */
/* "Did you mean": finds the known name that is closest to a mistyped word. */
#ifndef SPOOR_CORE_NEAREST_H
#define SPOOR_CORE_NEAREST_H

#include <stddef.h>

#include "core/error.h"

enum { NEAREST_LEN = 64 };

/* Initialise with { .word = the mistyped word }. */
struct nearest {
	const char *word; /* borrowed */
	/* the closest name so far; "" if none is close */
	char name[NEAREST_LEN];
	unsigned distance; /* edits between name and word */
};

/*
 * Offers a known name: nearest->name is set to it if fewer edits lead from the
 * word to it than to any name before.  An edit adds, removes or replaces a
 * letter, or swaps two neighbours; at most one edit per three letters, and
 * three in all, count as close.  Names of 64 bytes or more are ignored.
 */
void nearest_offer(struct nearest *nearest, const char *name);

/* Offers each name of "a,b,c". */
void nearest_offer_list(struct nearest *nearest, const char *names);

/* Adds "; did you mean NAME?" to an error, if a name is close. */
void nearest_tell(const struct nearest *nearest, struct error *err);

#endif
