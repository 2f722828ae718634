/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A series: the files of one rotated recording.  Each file is a complete
 * capture; its head (records.h) identifies the recording and the file's place
 * in it, so that the files can be read as one capture.
 */
#ifndef SPOOR_CORE_FILE_SERIES_H
#define SPOOR_CORE_FILE_SERIES_H

#include <stdbool.h>
#include <stdint.h>

struct series {
	uint64_t id;	 /* random number of the recording; 0: unknown */
	uint64_t number; /* number of the file, from 0 */
	uint64_t oldest; /* number of the oldest file that was kept (-W) */
	uint64_t before; /* events in the files before it */
	bool is_rotated; /* there may be other files */
	bool is_counted; /* oldest and before are known: not in old files */
};

enum { SERIES_MAGIC = 0x184D2A56 };

/* A new recording that is not rotated, with a random id. */
struct series series_new(void);

/* Reads a file's head; id 0 if it has none, or cannot be read. */
struct series series_of(const char *path);

/* Is b a later file of the same recording as a? */
bool series_follows(const struct series *a, const struct series *b);

/*
 * Sorts: files of one series move, in order, to the position of the first of
 * them; the others keep their order.
 */
void series_sort(const char **paths, unsigned count);

/*
 * How many of the files, from the first on, belong to one series: at least 1.
 * Files missing between them do not matter.
 */
unsigned series_len(const char *const *paths, unsigned count);

struct evidence;
struct file_end;

/*
 * Reports that the files between two files are missing.  path: of `next';
 * events: of the recording, up to the end of the file `before'.  Returns how
 * many events are missing; 0: unknown.
 */
uint64_t series_report_between(struct evidence *evidence, const char *path,
			       const struct series *before,
			       const struct series *next, uint64_t events);

/*
 * Reports which files of a series are missing before the first and after the
 * last given one, which is at path.  end: end record of the last; NULL: none.
 */
void series_report_ends(struct evidence *evidence, const char *path,
			const struct series *first, const struct series *last,
			const struct file_end *end);

#endif
