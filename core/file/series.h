/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Series: the files of one recording that was rotated.  Each is a capture of
 * its own; its head (records.h) says of which recording it is and its place
 * in it, so that they can be read as one.
 */
#ifndef SPOOR_CORE_FILE_SERIES_H
#define SPOOR_CORE_FILE_SERIES_H

#include <stdbool.h>
#include <stdint.h>

struct series {
	uint64_t id;	 /* random, of the recording; 0: not known */
	uint64_t number; /* of the file, from 0 */
	uint64_t oldest; /* number of the oldest file that was kept (-W) */
	uint64_t before; /* events in the files before it */
	bool is_rotated; /* there may be other files */
	bool is_counted; /* oldest and before are known: not in old files */
};

enum { SERIES_MAGIC = 0x184D2A56 };

/* Of a new recording in one file. */
struct series series_new(void);

/* Of a file; id 0 if it is of none, or cannot be read. */
struct series series_of(const char *path);

/* Is b a later file of the recording that a is of? */
bool series_follows(const struct series *a, const struct series *b);

/*
 * Puts files of one series where the first of them stands, in their order;
 * the others stay as they are.
 */
void series_sort(const char **paths, unsigned count);

/*
 * How many of the files, from the first, are one capture: at least 1.  Files
 * that are missing between them do not end it.
 */
unsigned series_len(const char *const *paths, unsigned count);

struct evidence;
struct file_end;

/*
 * Tells that the files between two are missing, of the recording of which
 * `events' came before the second, at path; returns how many are missing, 0:
 * not known.
 */
uint64_t series_tell_missing(struct evidence *evidence, const char *path,
			     const struct series *before,
			     const struct series *next, uint64_t events);

/*
 * Tells which files of a recording are missing before the first and after the
 * last one that is here, at path.  end: of the last; NULL: it has none.
 */
void series_judge(struct evidence *evidence, const char *path,
		  const struct series *first, const struct series *last,
		  const struct file_end *end);

#endif
