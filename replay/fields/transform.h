/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Transformers: functions over values, used on either side of a check
 * (tolower(proc.name)).  One row each in transform.c; rule-language.md 4.
 */
#ifndef SPOOR_REPLAY_FIELDS_TRANSFORM_H
#define SPOOR_REPLAY_FIELDS_TRANSFORM_H

#include "replay/fields/fields.h"

struct transformer;

/* The static type of a value; of a list, the type of its items. */
struct value_type {
	uint8_t type; /* enum param_type */
	bool is_list;
};

/* The transformer of a name; NULL: unknown. */
const struct transformer *transformer_find(const char *name);

/* A use of a transformer in a condition or format. */
struct transformer_use {
	const struct transformer *transformer;
	const char *key; /* the argument in brackets; NULL: none */
	uint32_t count;	 /* of the arguments in parentheses */
};

/*
 * Checks the types of the arguments, of which there are use->count, and
 * determines the type of the result.  0 or -1.
 */
int transformer_check(const struct transformer_use *use,
		      const struct value_type *args,
		      struct value_type *ret_type, struct error *err);

/*
 * Applies the transformer to use->count arguments.  false: no value (invalid
 * base64, no such option ...).
 */
bool transformer_run(const struct transformer_use *use,
		     const struct value *args, struct arena *arena,
		     struct value *ret_value);

#endif
