/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files that commands make: captures, databases, reports, exports, alerts,
 * packets.  All of them
 *
 *  - have mode 0600, for they tell what others did;
 *  - are made by nobody else (O_EXCL), and never through a symbolic link;
 *  - replace only a regular file or a symbolic link (itself, not what it
 *    points to), and that only by NEWFILE_FORCE;
 *  - appear under their name when they are whole, from a file beside it,
 *    PATH.spoor-part; nothing of it is left on failure, nor by a signal
 *    that ends the program (those without a handler get one here).
 *    Recordings, which are to be read while they grow, are there at once.
 *
 * What is no file is not replaced: a pipe, a terminal, /dev/null, /dev/stdout
 * and the like are written to as they are.
 */
#ifndef SPOOR_CORE_NEWFILE_H
#define SPOOR_CORE_NEWFILE_H

#include <stdbool.h>
#include <stdio.h>

#include "core/error.h"

struct newfile {
	int fd;		 /* -1: not open */
	char *path;	 /* its name */
	char *part;	 /* where it is until it is whole; NULL: there */
	FILE *stdio;	 /* of newfile_stdio, or NULL */
	int write_error; /* of it: errno, or 0 */
	bool is_stream;	 /* a pipe or device */
	bool is_made;	 /* here, under its name: it grows */
	bool replaces;	 /* NEWFILE_FORCE */
};

enum newfile_flags {
	NEWFILE_FORCE = 1,    /* a file that is there goes */
	NEWFILE_GROWS = 2,    /* under its name from the beginning */
	NEWFILE_APPENDS = 4,  /* goes on with a file that is there */
	NEWFILE_NO_STREAM = 8 /* refuses pipes and devices */
};

/*
 * Opens path ("-" is standard output) to be written; flags: bits of enum
 * newfile_flags.  EEXIST: it is there and neither flag allows that.
 */
int newfile_open(struct newfile *ret_file, const char *path, unsigned flags,
		 struct error *err);

/* Takes a descriptor that is open: a stream.  name is for messages. */
void newfile_take(struct newfile *ret_file, int fd, const char *name);

/* The file as a stream, owned by it; the struct must stay where it is. */
FILE *newfile_stdio(struct newfile *file);

/* Gives a file that is not yet whole another name (copied). */
void newfile_rename(struct newfile *file, const char *path);

/*
 * Ends and closes: what was written is on disk and has its name.  On failure
 * nothing is left, but of NEWFILE_GROWS and NEWFILE_APPENDS what was written.
 */
int newfile_finish(struct newfile *file, struct error *err);

/*
 * Closes, and takes back what was made here.  A file that was finished, or
 * never opened (all zero), stays as it is.
 */
void newfile_discard(struct newfile *file);

/* Closes; what grows stays, what would have to be whole goes. */
void newfile_close(struct newfile *file);

#endif
