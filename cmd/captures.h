/* SPDX-License-Identifier: Apache-2.0 */
/* The captures that a command line names. */
#ifndef SPOOR_CMD_CAPTURES_H
#define SPOOR_CMD_CAPTURES_H

#include "cmd/rule_options.h"
#include "core/arena.h"
#include "core/file/file.h"

struct captures {
	struct word_list files;
	struct arena names; /* of those found in folders */
};

/*
 * Adds the files that words name; of a folder its captures (*.scap, *.scap.zst,
 * *.scap.gz, and those with a number behind), in the order of their names; the
 * files of a rotated recording in their own.  EXIT_OK, or EXIT_ERROR
 * (reported): a folder without any, or no word at all.
 */
int captures_take(struct captures *captures, const char *command,
		  char *const *words, int count);

/* For the reader of file i: those that may go on where it ends. */
struct reader_options captures_after(const struct word_list *files, unsigned i);

void captures_free(struct captures *captures);

#endif
