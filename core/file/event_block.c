/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Event blocks of all versions become events whose parameters are views into
 * the block: the busiest place of the reader.  scap-format.md section 8.
 */
#include "core/event/numbers.h"
#include "core/file/layout.h"

/* clang-format off */
enum { HEADER_V1 = 22, HEADER_V2 = 26, V1_QUIRK_LEN = 3 };
/* clang-format on */

/* Where the lengths and the parameters of an event begin. */
struct event_layout {
	const uint8_t *event;
	size_t len;
	size_t header_len;
	const uint32_t *needed;
	unsigned count;
	bool large;
};

/* clang-format off */
#define FORM(type, ...) [(type) - BLOCK_EVENT] = { __VA_ARGS__ }
const struct event_form event_forms[EVENT_FORMS] = {
	FORM(BLOCK_EVENT, 2, HEADER_V1, 0, true),
	FORM(BLOCK_EVENT_FLAGS, 6, HEADER_V1, EVENT_STATE_ONLY, true),
	FORM(BLOCK_EVENT_V2, 2, HEADER_V2, 0, false),
	FORM(BLOCK_EVENT_FLAGS_V2, 6, HEADER_V2, EVENT_STATE_ONLY, false),
	FORM(BLOCK_EVENT_V2_LARGE, 2, HEADER_V2, 0, false),
	FORM(BLOCK_EVENT_FLAGS_V2_LARGE, 6, HEADER_V2, EVENT_STATE_ONLY, false),
};
#undef FORM
/* clang-format on */

/*
 * The number of parameters of an old event, which does not store it: the
 * largest number whose lengths add up.
 */
__attribute__((noinline)) static int count_v1_params(const uint8_t *event,
						     size_t len, uint16_t code)
{
	unsigned n = event_kinds[code].nparams;

	for (;; n--) {
		size_t sum = HEADER_V1 + 2 * (size_t)n;

		if (sum <= len) {
			for (unsigned i = 0; i < n && sum <= len; i++)
				sum += load_u16(event + HEADER_V1 + 2 * i);
			if (sum == len)
				return (int)n;
		}
		if (!n)
			return -1;
	}
}

__attribute__((cold)) static int too_many(unsigned count, size_t len,
					  struct error *err)
{
	return error_set(err, ERROR_FORMAT,
			 "invalid event: %u parameters do not fit in %zu bytes",
			 count, len);
}

__attribute__((cold)) static int too_long(size_t i, size_t len,
					  struct error *err)
{
	return error_set(
		err, ERROR_FORMAT,
		"invalid event: parameter %zu of %zu bytes exceeds its event",
		i, len);
}

/* Each width of the lengths, 2 or 4, is a loop of its own. */
static inline int lay_out_by(const struct event_layout *l, size_t width,
			     struct event *event, struct error *err)
{
	const uint8_t *lens = l->event + l->header_len;
	const uint8_t *at = lens + width * l->count;
	size_t left = l->len - l->header_len;
	uint32_t empty = 0;

	if (width * l->count > left)
		return too_many(l->count, l->len, err);
	left -= width * l->count;
	for (size_t i = 0; i < l->count; i++) {
		size_t n = width == 4 ? load_u32(lens + 4 * i)
				      : load_u16(lens + 2 * i);

		if (n > left)
			return too_long(i, n, err);
		left -= n;
		event->params[i] = (struct bytes){ at, n };
		if (!n)
			empty |= UINT32_C(1) << i;
		at += n;
	}
	event->count = l->count;
	if (empty & l->needed[event->code] && l->header_len == HEADER_V2)
		event_fill_numbers(event, l->needed);
	return 0;
}

/* Sets the views of an event's parameters, after checking that they fit. */
static int lay_out_params(const struct event_layout *l, struct event *event,
			  struct error *err)
{
	return l->large ? lay_out_by(l, 4, event, err)
			: lay_out_by(l, 2, event, err);
}

/*
 * Corrects the length of two event types that old files store three bytes too
 * long.
 */
static size_t v1_len(uint16_t code, size_t len)
{
	if ((code == PPME_NOTIFICATION_E ||
	     code == PPME_INFRASTRUCTURE_EVENT_E) &&
	    len > HEADER_V1 + V1_QUIRK_LEN)
		return len - V1_QUIRK_LEN;
	return len;
}

/* Determines the number of parameters of an event that does not store it. */
static int layout_v1(struct event_layout *l, uint16_t code, struct error *err)
{
	int n;

	l->len = v1_len(code, l->len);
	n = count_v1_params(l->event, l->len, code);
	if (n < 0)
		return error_set(
			err, ERROR_FORMAT,
			"invalid event: the lengths of its parameters do not add up");
	l->count = (unsigned)n;
	return 0;
}

static int layout_v2(struct event_layout *l, uint16_t code, struct error *err)
{
	l->count = load_u32(l->event + HEADER_V1);
	l->large = event_kinds[code].flags & EF_LARGE_PAYLOAD;
	if (l->count <= EVENT_PARAMS_MAX)
		return 0;
	return error_set(err, ERROR_FORMAT, "invalid event: %u parameters",
			 l->count);
}

__attribute__((cold)) static int too_short(size_t len, size_t block_len,
					   struct error *err)
{
	return error_set(err, ERROR_FORMAT,
			 "invalid event: %zu bytes in a block of %zu", len,
			 block_len);
}

int event_block_read(const struct event_form *form, struct bytes body,
		     const uint32_t *needed, struct event *ret_event,
		     struct error *err)
{
	struct event *e = ret_event;
	struct event_layout l = { .event = body.data + form->start,
				  .header_len = form->header_len,
				  .needed = needed };
	int failed;

	if (body.len < (size_t)form->start + l.header_len)
		return error_set(err, ERROR_FORMAT,
				 "invalid event: its block is too short");
	l.len = load_u32(l.event + 16);
	if (l.len < l.header_len || l.len > body.len - form->start)
		return too_short(l.len, body.len, err);
	e->ts_ns = load_u64(l.event);
	e->tid = (int64_t)load_u64(l.event + 8);
	e->code = load_u16(l.event + 20);
	e->cpu = load_u16(body.data);
	e->flags = load_u32(body.data + 2) & form->flags;
	if (e->code >= EVENT_KIND_COUNT)
		return 0;
	failed = form->is_v1 ? layout_v1(&l, e->code, err)
			     : layout_v2(&l, e->code, err);
	return failed || lay_out_params(&l, e, err) ? -1 : 1;
}
