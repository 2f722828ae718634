/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Common parts of report and export.  They read a database, or captures, which
 * are first loaded into a temporary database (an unlinked file in TMPDIR), and
 * write one file.
 */
#ifndef SPOOR_CMD_SOURCE_H
#define SPOOR_CMD_SOURCE_H

#include <stdbool.h>
#include <stdio.h>

#include "cmd/options.h"

struct sqlite3;

struct source_options {
	const char *command;	/* for messages */
	const char *only;	/* parts to load from captures; NULL: all */
	struct word_list rules; /* rules files to evaluate on captures */
	const char *path;	/* of the output file; NULL: not named */
	bool force;		/* replace an existing file */
	bool is_damaged;	/* set if captures are damaged or lack files */
};

/* The options that set a struct source_options. */
extern const struct option_row source_rows[];

/* Writes the output for a database to a stream.  0 or -1. */
typedef int source_writer(void *user, struct sqlite3 *db, FILE *out,
			  struct error *err);

/*
 * Writes the file for the inputs that words name: one database, or captures and
 * folders of captures.  EXIT_OK, or EXIT_ERROR (reported): the file could not
 * be written, or captures are damaged (their readable part is in the file).
 */
int source_make_file(struct source_options *options, char *const *words,
		     int count, source_writer *write, void *user);

#endif
