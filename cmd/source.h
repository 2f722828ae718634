/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What report and export have in common.  They read a database that load made,
 * or captures, which are loaded into a scratch database first (a temporary file
 * in TMPDIR that nobody else sees), and make one file.
 */
#ifndef SPOOR_CMD_SOURCE_H
#define SPOOR_CMD_SOURCE_H

#include <stdbool.h>
#include <stdio.h>

#include "cmd/options.h"

struct sqlite3;

struct source_options {
	const char *command;	/* for messages */
	const char *only;	/* parts to load of captures; NULL: all */
	struct word_list rules; /* files to run over captures */
	const char *path;	/* of the file to make; NULL: none was named */
	bool force;		/* it may replace another */
	bool is_damaged;	/* captures are, or lack files */
};

/* The options that set a struct source_options. */
extern const struct option_row source_rows[];

/* Writes what is made of a database to a stream: 0 or -1. */
typedef int source_writer(void *user, struct sqlite3 *db, FILE *out,
			  struct error *err);

/*
 * Makes the file of what the words name: one database, or captures and folders
 * of them.  EXIT_OK, or EXIT_ERROR, which was reported: the file could not be
 * made, or captures are damaged (it has what could be read of them).
 */
int source_make_file(struct source_options *options, char *const *words,
		     int count, source_writer *write, void *user);

#endif
