/* SPDX-License-Identifier: Apache-2.0 */
/* The setting append_output of falco.yaml, given by -o. */
#ifndef SPOOR_CMD_APPEND_OUTPUT_H
#define SPOOR_CMD_APPEND_OUTPUT_H

#include "core/arena.h"
#include "replay/rules/rules.h"

/*
 * Parses an entry of append_output, or a sequence of entries, in YAML (or
 * JSON), and appends them to the list; they are in the arena.  0 or -1.
 */
int append_output_read(struct output_addition **list, const char *yaml,
		       struct arena *arena, struct error *err);

/* Appends an empty addition to the list. */
struct output_addition *append_output_add(struct output_addition **list,
					  struct arena *arena);

#endif
