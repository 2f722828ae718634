/* SPDX-License-Identifier: Apache-2.0 */
/* Passes items that a filter matches to another sink; see selection.h. */
#include "flow/selection.h"

static void on_event(void *user, const struct field_context *context)
{
	struct selection *s = user;

	if (s->filter && !filter_match(s->filter, context))
		return;
	s->events++;
	s->code = sink_put(s->to, s->item, s->err);
}

static int selection_put(struct event_sink *sink, const struct item *item,
			 struct error *err)
{
	struct selection *s = (struct selection *)sink;

	s->item = item;
	s->err = err;
	s->code = SINK_OK;
	if (item->kind == ITEM_META || item->event.flags)
		s->code = sink_put(s->to, item, err);
	replay_put(s->replay, item, NULL);
	return s->code;
}

static int selection_idle(struct event_sink *sink, struct error *err)
{
	return sink_idle(((struct selection *)sink)->to, err);
}

static int selection_finish(struct event_sink *sink, struct error *err)
{
	return sink_finish(((struct selection *)sink)->to, err);
}

void selection_open(struct selection *s, struct event_sink *to,
		    struct filter *filter)
{
	const struct replay_options options = { .event = on_event, .user = s };

	*s = (struct selection){ .sink = { selection_put, selection_idle,
					   selection_finish },
				 .to = to,
				 .filter = filter,
				 .replay = replay_new(&options) };
}

void selection_close(struct selection *s)
{
	replay_free(s->replay);
}
