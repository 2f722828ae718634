/* SPDX-License-Identifier: Apache-2.0 */
/* "Did you mean": the known name that a mistyped word is closest to. */
#ifndef SPOOR_CORE_NEAREST_H
#define SPOOR_CORE_NEAREST_H

#include <stddef.h>

enum { NEAREST_LEN = 64 };

/* Begin with { .word = the word }. */
struct nearest {
	const char *word;	/* borrowed */
	char name[NEAREST_LEN]; /* the closest name so far; "": none is close */
	unsigned distance;	/* its edits from the word */
};

/*
 * Offers a known name.  It becomes the nearest if a few edits (a letter more,
 * less or changed, two neighbours exchanged) make it of the word: one edit for
 * each three letters, at most three.  Names of 64 bytes and more are passed
 * over.
 */
void nearest_offer(struct nearest *nearest, const char *name);

#endif
