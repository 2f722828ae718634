/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Series: the files of one recording that was rotated.  Each is a capture of
 * its own; a frame at its beginning (doc/capture-format.md) says of which
 * recording it is and its place in it, so that they can be read as one.
 */
#ifndef SPOOR_CORE_FILE_SERIES_H
#define SPOOR_CORE_FILE_SERIES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"

struct series {
	uint64_t id;	 /* random, of the recording; 0: not of a series */
	uint64_t number; /* of the file, from 0 */
};

enum { SERIES_MAGIC = 0x184D2A56, SERIES_FRAME = 32 };

/* A new one. */
struct series series_new(void);

/* Appends the skippable frame. */
void series_write(struct buffer *to, const struct series *series);

/* Of a file; id 0 if it is of none, or cannot be read. */
struct series series_of(const char *path);

/* Does the file b go on where a ends? */
bool series_follows(const struct series *a, const struct series *b);

/*
 * Puts files of one series where the first of them stands, in their order;
 * the others stay as they are.  Returns whether any follow each other.
 */
bool series_sort(const char **paths, unsigned count);

/* How many of the files, from the first, are one capture: at least 1. */
unsigned series_len(const char *const *paths, unsigned count);

#endif
