/* SPDX-License-Identifier: Apache-2.0 */
/* The captures that a command line names. */
#ifndef SPOOR_CMD_CAPTURES_H
#define SPOOR_CMD_CAPTURES_H

#include "cmd/rule_options.h"
#include "core/arena.h"
#include "flow/capture_source.h"
#include "flow/flow.h"

struct captures {
	struct word_list files;
	struct arena names; /* names of captures found in folders */
};

/*
 * Adds the files that words name.  A folder stands for its captures (*.scap,
 * *.scap.zst, *.scap.gz, also with a number at the end), sorted by name; files
 * of a series are sorted by their place in it.  EXIT_OK, or EXIT_ERROR
 * (reported): a folder without captures, or no word at all.
 */
int captures_take(struct captures *captures, const char *command,
		  char *const *words, int count);

/* The actions of a command for each capture of a list. */
struct pass {
	const char *command; /* for messages */
	uint64_t seconds;    /* only the first so many; 0: all of it */
	bool is_silent;	     /* what is missing was said before */
	/* The sink of the capture whose first file that is. */
	struct event_sink *(*begin)(void *user, const char *path);
	/*
	 * Called after all items, before what is missing is reported.  Frees
	 * the sink.
	 */
	void (*end)(void *user, const struct capture_source *source,
		    enum pump_end why);
	void *user;
};

/*
 * Pumps the captures that the files are, each with those of its series, one
 * after the other, until a sink has enough: EXIT_OK; EXIT_ERROR if one is
 * damaged, or cannot be opened, which is said.
 */
int captures_pass(const struct word_list *files, const struct pass *pass);

/* Frees the lists. */
void captures_free(struct captures *captures);

#endif
