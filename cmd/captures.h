/* SPDX-License-Identifier: Apache-2.0 */
/* The captures that a command line names. */
#ifndef SPOOR_CMD_CAPTURES_H
#define SPOOR_CMD_CAPTURES_H

#include "cmd/rule_options.h"
#include "core/arena.h"

struct captures {
	struct word_list files;
	struct arena names; /* of those found in folders */
};

/*
 * Adds the files that words name; of a folder its captures (*.scap, *.scap.zst,
 * *.scap.gz), in the order of their names.  EXIT_OK, or EXIT_ERROR (reported):
 * a folder without any, or no word at all.
 */
int captures_take(struct captures *captures, const char *command,
		  char *const *words, int count);

void captures_free(struct captures *captures);

#endif
