/* SPDX-License-Identifier: Apache-2.0 */
/* The pipeline: state, then fields, then rules; see replay.h. */
#include "replay/replay.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"

struct replay {
	struct event_sink sink;
	struct replay_options options;
	struct state *state;
	struct arena scratch;
	struct field_context context;
	char *hostname;
	bool in_event; /* begun, not ended */
	bool has_enough;
	bool began; /* an event that is not a meta event was seen */
};

struct event_sink *replay_sink(struct replay *replay)
{
	return &replay->sink;
}

struct state *replay_state(struct replay *replay)
{
	return replay->state;
}

const char *replay_hostname(const struct replay *replay)
{
	return replay->hostname;
}

void replay_resume(struct replay *r, uint64_t first_ts_ns,
		   uint64_t previous_ts_ns)
{
	r->began = true;
	r->context.first_ts_ns = first_ts_ns;
	r->context.previous_ts_ns = previous_ts_ns;
}

void replay_position(const struct replay *r, uint64_t *ret_first_ts_ns,
		     uint64_t *ret_previous_ts_ns)
{
	*ret_first_ts_ns = r->context.first_ts_ns;
	*ret_previous_ts_ns = r->context.previous_ts_ns;
}

static void take_meta(struct replay *r, const struct meta *meta)
{
	state_meta(r->state, meta);
	if (meta->kind == META_SECTION)
		r->began = false;
	if (meta->kind != META_MACHINE || r->options.hostname)
		return;
	free(r->hostname);
	r->hostname = mem_alloc(meta->machine.hostname.len + 1);
	if (meta->machine.hostname.len)
		memcpy(r->hostname, meta->machine.hostname.data,
		       meta->machine.hostname.len);
	r->hostname[meta->machine.hostname.len] = '\0';
	r->context.hostname = r->hostname;
}

/* Updates the state by an event, and prepares the context for fields. */
static void begin_event(struct replay *r, const struct event *event)
{
	struct field_context *context = &r->context;

	if (!r->began && !(event_kind(event)->category & EC_METAEVENT)) {
		r->began = true;
		context->first_ts_ns = event->ts_ns;
		context->previous_ts_ns = event->ts_ns;
	}
	state_apply(r->state, event, &context->about);
	r->in_event = true;
}

/* Applies pending changes after an event, and releases its memory. */
static void end_event(struct replay *r)
{
	const struct event *event = r->context.about.event;

	if (!event->flags)
		r->context.previous_ts_ns = event->ts_ns;
	state_finish(r->state, &r->context.about);
	arena_reset(&r->scratch);
	r->in_event = false;
}

const struct field_context *replay_step(struct replay *r,
					const struct item *item)
{
	if (item->kind != ITEM_EVENT) {
		take_meta(r, item->meta);
		return NULL;
	}
	begin_event(r, &item->event);
	return item->event.flags ? NULL : &r->context;
}

void replay_step_done(struct replay *r)
{
	if (r->in_event)
		end_event(r);
}

static int replay_sink_put(struct event_sink *sink, const struct item *item,
			   struct error *err)
{
	struct replay *r = (struct replay *)sink;

	(void)err;
	if (item->kind != ITEM_EVENT) {
		take_meta(r, item->meta);
		return r->has_enough;
	}
	begin_event(r, &item->event);
	if (!item->event.flags) {
		if (r->options.event)
			r->options.event(r->options.user, &r->context);
		if (r->options.rules)
			ruleset_eval(r->options.rules, &r->context,
				     r->options.alert, r->options.user);
	}
	end_event(r);
	return r->has_enough;
}

struct replay *replay_new(const struct replay_options *options)
{
	struct replay *r = mem_zalloc(sizeof(*r));

	r->options = *options;
	r->sink.put = replay_sink_put;
	r->state = state_new();
	r->context.state = r->state;
	r->context.scratch = &r->scratch;
	r->hostname = mem_strdup(options->hostname ? options->hostname : "");
	r->context.hostname = r->hostname;
	r->context.base64 = options->base64;
	return r;
}

void replay_stop(struct replay *r)
{
	r->has_enough = true;
}

void replay_free(struct replay *r)
{
	if (!r)
		return;
	state_free(r->state);
	arena_free(&r->scratch);
	free(r->hostname);
	free(r);
}
