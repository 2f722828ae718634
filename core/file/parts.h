/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A capture in parts: with keyframes, each part can be read on its own, by
 * several threads at once.  Without, there is one part: all of it.
 */
#ifndef SPOOR_CORE_FILE_PARTS_H
#define SPOOR_CORE_FILE_PARTS_H

#include "core/file/file.h"

struct parts;

/* Only for files; "-" and pipes have one part, to be read with reader_open. */
int parts_open(struct parts **ret_parts, const char *path, struct error *err);

/* At least 1. */
unsigned parts_count(const struct parts *parts);

/*
 * Opens parts first to last (included), which follow each other.  The first
 * items are the state before them, unless first is 0.  *ret_point: what went
 * before; all zero for the beginning.  The parts must outlive the reader.
 */
int parts_reader(struct reader **ret_reader, const struct parts *parts,
		 unsigned first, unsigned last, struct resume_point *ret_point,
		 struct error *err);

/* The text of the health record (JSON) at the end; len 0: none. */
struct bytes parts_health(const struct parts *parts);

/* Keyframes in the file, and its frames with data. */
void parts_frames(const struct parts *parts, uint64_t *ret_keyframes,
		  uint64_t *ret_data);

/* Accepts NULL. */
void parts_close(struct parts *parts);

#endif
