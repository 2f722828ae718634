/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What report and export read: a database that load made, or captures, which
 * are loaded into a scratch database first (a temporary file in TMPDIR that
 * nobody else sees).  So both have one kind of input.
 */
#ifndef SPOOR_CMD_SOURCE_H
#define SPOOR_CMD_SOURCE_H

#include "cmd/options.h"

struct sqlite3;

struct source_options {
	const char *command;	/* for messages */
	const char *only;	/* parts to load of captures; NULL: all */
	struct word_list rules; /* files to run over captures */
};

/*
 * words name one database, or captures and folders of them.  EXIT_OK, or
 * EXIT_ERROR, which was reported; damage of a capture is reported, too, and
 * what could be read of it is there.  Close with sqlite3_close.
 */
int source_open(struct sqlite3 **ret_db, const struct source_options *options,
		char *const *words, int count);

#endif
