/* SPDX-License-Identifier: Apache-2.0 */
/* Items of a running capture; see live_source.h. */
#include "flow/live_source.h"

enum { IDLE_MS = 250 };

static int live_source_next(struct event_source *source, struct item *ret_item,
			    struct error *err)
{
	struct live_source *s = (struct live_source *)source;
	bool is_done;
	int code;

	if (s->events_max && s->events >= s->events_max)
		return SOURCE_END;
	code = live_next(s->live, IDLE_MS, ret_item, &is_done, err);
	if (code < 0)
		return SOURCE_FAILED;
	if (!code)
		return is_done ? SOURCE_END : SOURCE_IDLE;
	s->events += !event_is_hidden(&ret_item->event);
	return SOURCE_ITEM;
}

struct live_source live_source_of(struct live *live, uint64_t events_max)
{
	return (struct live_source){ .source = { live_source_next },
				     .live = live,
				     .events_max = events_max };
}

static int put_meta(void *user, const struct meta *meta, struct error *err)
{
	const struct item item = { .kind = ITEM_META, .meta = meta };

	return pump_put(user, &item, err) < 0 ? -1 : 0;
}

int live_source_state(const struct live_source *s, const struct pump *pump,
		      struct error *err)
{
	return live_snapshot(s->live, put_meta, (void *)(uintptr_t)pump, err);
}
