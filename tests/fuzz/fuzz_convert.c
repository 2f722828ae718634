/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The upgrade of old events: any code with any number of parameters of any
 * length, of few threads so that enter and exit events meet.
 */
#include "core/event/convert.h"

static void make_event(struct event *event, struct cursor *c)
{
	*event = (struct event){ .code = cursor_u16(c) % EVENT_KIND_COUNT,
				 .tid = cursor_u8(c) % 3 };
	event->count = event_kind(event)->nparams;
	if (cursor_u8(c) & 1)
		event->count = cursor_u8(c) % (EVENT_PARAMS_MAX + 1);
	for (unsigned i = 0; i < event->count; i++) {
		size_t len = cursor_u8(c) % 24;

		if (len == 23)
			len = cursor_u16(c);
		if (len > cursor_left(c))
			len = cursor_left(c);
		event->params[i] = cursor_take(c, len);
	}
}

/* All of an event's bytes are there. */
static uint64_t sum_of(const struct event *event)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < event->count; i++)
		for (size_t k = 0; k < event->params[i].len; k++)
			sum += event->params[i].data[k];
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct converter *converter = converter_new();
	struct cursor c = cursor_of(data, len);
	volatile uint64_t sum = 0;
	uint64_t unpaired = 0;
	struct event event;
	struct error err;

	while (cursor_left(&c)) {
		make_event(&event, &c);
		if (converter_apply(converter, &event, &unpaired, &err) > 0)
			sum += sum_of(&event);
		if (cursor_u8(&c) == 255)
			converter_reset(converter);
	}
	converter_free(converter);
	return 0;
}
