/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An event of any kind, made of the fuzzer's bytes: few threads and fds, so
 * that events meet each other; numbers are of the right width mostly, all else
 * is as it comes.
 */
#ifndef SPOOR_TESTS_FUZZ_ANY_EVENT_H
#define SPOOR_TESTS_FUZZ_ANY_EVENT_H

#include "core/bytes.h"
#include "core/event/event.h"

static inline int64_t small_number(struct cursor *c)
{
	static const int64_t odd[] = { -1,	  0,	      -100, INT64_MAX,
				       INT64_MIN, 0xffffffff, -115, 65535 };
	uint8_t v = cursor_u8(c);

	return v < 248 ? v % 16 : odd[v - 248];
}

static inline void fill_param(struct cursor *c, struct bytes *param,
			      uint8_t type, int64_t *number)
{
	unsigned width = param_type_len((enum param_type)type);
	uint8_t how = cursor_u8(c);

	*number = small_number(c);
	if (how < 8)
		*param = (struct bytes){ NULL, 0 };
	else if (how < 220 && width && width <= sizeof(*number))
		*param = (struct bytes){ (const uint8_t *)number, width };
	else
		*param = cursor_take(c,
				     how % 64 < cursor_left(c) ? how % 64 : 0);
}

/* The event's parameters; numbers: where they have them. */
static inline void fill_params(struct cursor *c, struct event *event,
			       int64_t numbers[EVENT_PARAMS_MAX])
{
	const struct event_kind *kind = event_kind(event);

	event->count = kind->nparams;
	if (cursor_u8(c) < 8)
		event->count = cursor_u8(c) % (EVENT_PARAMS_MAX + 1);
	for (unsigned i = 0; i < event->count; i++)
		fill_param(c, &event->params[i],
			   i < kind->nparams ? kind->params[i].type
					     : (uint8_t)PT_NONE,
			   &numbers[i]);
}

enum { ANY_EVENT_HEAD = 4 };

/* An event made of four bytes alone, for fuzzers of what is done with it. */
static inline void event_of_head(const uint8_t *head, struct event *event,
				 uint8_t noise[1024],
				 int64_t numbers[EVENT_PARAMS_MAX])
{
	uint32_t state = load_u32(head) | 1;
	struct cursor c;

	for (int i = 0; i < 1024; i++) {
		state = state * 1664525 + 1013904223;
		noise[i] = (uint8_t)(state >> 24);
	}
	c = cursor_of(noise, 1024);
	event->code = load_u16(head) % EVENT_KIND_COUNT;
	fill_params(&c, event, numbers);
}

#endif
