/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Event parameters as vectors write them: a number, a text (its NUL is added),
 * {hex}, or nothing ("empty", or a null value).
 */
#ifndef SPOOR_TESTS_VECTORS_PARAMS_H
#define SPOOR_TESTS_VECTORS_PARAMS_H

#include <jansson.h>

#include "core/arena.h"
#include "core/event/event.h"

/* The bytes that the digits stand for, in the arena. */
struct bytes vector_hex(struct arena *arena, const char *hex);

/* Fills the parameters of an event whose code is set. */
void vector_params(struct event *event, const json_t *params,
		   struct arena *arena);

/* An event: {ts, tid, code or type, params}; -1: its code is unknown. */
int vector_event(struct event *ret_event, const json_t *json,
		 struct arena *arena);

/*
 * Compares with {ts, tid, cpu, code or type, params}, of which only the given
 * members count.  false: why has the first difference.
 */
bool vector_event_equals(const struct event *event, const json_t *want,
			 char *why, size_t why_len);

#endif
