/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files that commands create: captures, databases, reports, exports, alerts,
 * packets.  All of them
 *
 *  - have mode 0600, because they reveal what others did;
 *  - are created with O_EXCL, and never through a symbolic link;
 *  - replace only a regular file or a symbolic link (the link, not its
 *    target), and only with NEWFILE_FORCE;
 *  - are written under the temporary name PATH.spoor-part and renamed when
 *    complete.  After a failure, or a signal that ends the program, the
 *    temporary file is removed (signals without a handler get one here).
 *    Recordings have their final name from the beginning, because other
 *    programs read them while they grow.
 *
 * What is not a file (a pipe, a terminal, /dev/null, /dev/stdout ...) is
 * written to directly and never replaced.
 */
#ifndef SPOOR_CORE_NEWFILE_H
#define SPOOR_CORE_NEWFILE_H

#include <stdbool.h>
#include <stdio.h>

#include "core/error.h"

struct newfile {
	int fd;	    /* -1: not open */
	char *path; /* the final name */
	/* the temporary name; NULL: `path' from the beginning */
	char *part;
	FILE *stdio;	 /* the stream of newfile_stdio, or NULL */
	int write_error; /* errno of the first failed write to stdio, or 0 */
	bool is_stream;	 /* a pipe or device */
	bool is_made;	 /* created by us under its final name */
	bool replaces;	 /* an existing file may be replaced */
};

enum newfile_flags {
	NEWFILE_FORCE = 1,    /* replace an existing file */
	NEWFILE_GROWS = 2,    /* use the final name from the beginning */
	NEWFILE_APPENDS = 4,  /* append to an existing file of ours */
	NEWFILE_NO_STREAM = 8 /* refuse pipes and devices */
};

/*
 * Opens path ("-" is standard output) for writing; flags: bits of enum
 * newfile_flags.  0 or -1; the code is EEXIST if the file exists and neither
 * flag allows that.
 */
int newfile_open(struct newfile *ret_file, const char *path, unsigned flags,
		 struct error *err);

/* Uses an open descriptor, as a stream; name is for messages. */
void newfile_take(struct newfile *ret_file, int fd, const char *name);

/*
 * The file as a stdio stream, owned by the file.  The struct must not move
 * while the stream is open.
 */
FILE *newfile_stdio(struct newfile *file);

/* Changes the final name of a file that is not finished; path is copied. */
void newfile_rename(struct newfile *file, const char *path);

/*
 * Flushes to disk, renames to the final name and closes: 0 or -1.  On failure
 * nothing is left, except what was written with NEWFILE_GROWS or
 * NEWFILE_APPENDS.
 */
int newfile_finish(struct newfile *file, struct error *err);

/*
 * Closes, and removes what this run created.  A finished file, or one that was
 * never opened (all members zero), is left alone.
 */
void newfile_discard(struct newfile *file);

/*
 * Closes without finishing: a file under its final name stays, one under its
 * temporary name is removed.
 */
void newfile_close(struct newfile *file);

#endif
