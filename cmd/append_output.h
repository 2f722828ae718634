/* SPDX-License-Identifier: Apache-2.0 */
/* The setting append_output of falco.yaml, as -o takes it. */
#ifndef SPOOR_CMD_APPEND_OUTPUT_H
#define SPOOR_CMD_APPEND_OUTPUT_H

#include "core/arena.h"
#include "replay/rules/rules.h"

/*
 * Reads an entry of append_output, or a sequence of them, in YAML (or JSON),
 * and puts what it says behind the list; all of it lives in the arena.
 */
int append_output_read(struct output_addition **list, const char *yaml,
		       struct arena *arena, struct error *err);

/* Puts a new addition, still empty, behind the list. */
struct output_addition *append_output_add(struct output_addition **list,
					  struct arena *arena);

#endif
