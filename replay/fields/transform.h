/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Transformers: functions over values, used on either side of a check
 * (tolower(proc.name)).  One row each in transform.c; rule-language.md 4.
 */
#ifndef SPOOR_REPLAY_FIELDS_TRANSFORM_H
#define SPOOR_REPLAY_FIELDS_TRANSFORM_H

#include "replay/fields/fields.h"

struct transformer;

/* What is known of a value before any event: its type, or of its items. */
struct value_type {
	uint8_t type; /* enum param_type */
	bool is_list;
};

/* NULL if there is none of that name. */
const struct transformer *transformer_find(const char *name);

/* Does it take these arguments, and what does it give?  key: in brackets. */
int transformer_check(const struct transformer *transformer,
		      const struct value_type *args, uint32_t count,
		      const char *key, struct value_type *ret_type,
		      struct error *err);

/* false: there is no value (bad base64, no such option ...). */
bool transformer_run(const struct transformer *transformer,
		     const struct value *args, uint32_t count, const char *key,
		     struct arena *arena, struct value *ret_value);

#endif
