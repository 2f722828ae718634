/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What report and export read: a database that load made, or captures, which
 * are loaded into a scratch database first (a temporary file in TMPDIR that
 * nobody else sees).  So both have one kind of input.
 */
#ifndef SPOOR_CMD_SOURCE_H
#define SPOOR_CMD_SOURCE_H

#include <stdbool.h>

#include "cmd/options.h"

struct sqlite3;

struct source_options {
	const char *command;	/* for messages */
	const char *only;	/* parts to load of captures; NULL: all */
	struct word_list rules; /* files to run over captures */
	bool is_damaged;	/* set: captures were, or lack files */
};

/*
 * words name one database, or captures and folders of them.  EXIT_OK, or
 * EXIT_ERROR, which was reported; what is missing from captures is, too, and
 * what could be read of them is there: then options->is_damaged is set.  Close
 * with sqlite3_close.
 */
int source_open(struct sqlite3 **ret_db, struct source_options *options,
		char *const *words, int count);

#endif
