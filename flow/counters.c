/* SPDX-License-Identifier: Apache-2.0 */
/* Counts the contents of a capture; see counters.h. */
#include "flow/counters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void count_meta(struct counters *c, const struct meta *meta)
{
	if (meta->kind == META_THREAD) {
		c->threads++;
		c->processes += meta->thread.tid == meta->thread.pid;
	}
	if (meta->kind == META_MACHINE) {
		c->cpus = meta->machine.cpu_count;
		snprintf(c->host, sizeof(c->host), "%.*s",
			 (int)meta->machine.hostname.len,
			 (const char *)meta->machine.hostname.data);
	}
	c->fds += meta->kind == META_FD;
	c->users += meta->kind == META_USER;
}

static void count_event(struct counters *c, const struct event *event)
{
	int64_t sc;

	if (event->flags)
		return;
	c->ended += event->code == PPME_PROCEXIT_1_E;
	if (event->ts_ns && !c->first_ns)
		c->first_ns = event->ts_ns;
	if (event->ts_ns > c->last_ns)
		c->last_ns = event->ts_ns;
	sc = event->code == PPME_GENERIC_X ? event_int(event, 0, 0) : -1;
	if (sc > 0 && sc < PPM_SC_COUNT)
		c->by_syscall[sc]++;
	else
		c->by_code[event->code]++;
}

/* The entry of a container; a new one is added. */
static struct box *box_of(struct counters *c, const char *id)
{
	for (unsigned i = 0; i < c->box_count; i++)
		if (!strcmp(c->boxes[i].id, id))
			return &c->boxes[i];
	c->more_boxes |= c->box_count == BOXES_MAX;
	if (c->box_count == BOXES_MAX)
		return NULL;
	snprintf(c->boxes[c->box_count].id, sizeof(c->boxes[0].id), "%.15s",
		 id);
	return &c->boxes[c->box_count++];
}

static void read_text(const struct field_context *context, const char *name,
		      char *out, size_t len)
{
	struct arena arena = { 0 };
	struct field_ref *ref;
	struct value value;
	struct error err;

	if (!field_find(&fields_syscall, name, &arena, &ref, &err) &&
	    field_get(context, ref, &value))
		snprintf(out, len, "%s",
			 value_text(&value, PF_NA, context->scratch).data);
	arena_free(&arena);
}

/* Counts an event by container, and new processes. */
static void on_event(void *user, const struct field_context *context)
{
	struct counters *c = user;
	const struct thread *t = context->about.thread;
	struct box *box;

	c->started += t && t->tid == t->pid &&
		      t->lastexec_ns == context->about.event->ts_ns;
	if (!t || !t->container_id[0])
		return;
	box = box_of(c, t->container_id);
	if (!box || box->events++)
		return;
	read_text(context, "container.name", box->name, sizeof(box->name));
	read_text(context, "container.image", box->image, sizeof(box->image));
}

static void add_tally(struct counters *c, const char *name, uint64_t count)
{
	if (!count)
		return;
	for (unsigned i = 0; i < c->tally_count; i++)
		if (!strcmp(c->tallies[i].name, name)) {
			c->tallies[i].count += count;
			return;
		}
	c->tallies[c->tally_count++] = (struct tally){ name, count };
}

static int by_count(const void *a, const void *b)
{
	const struct tally *x = a;
	const struct tally *y = b;

	return x->count < y->count ? 1 : x->count > y->count ? -1 : 0;
}

static void make_tallies(struct counters *c)
{
	for (int i = 0; i < EVENT_KIND_COUNT; i++)
		add_tally(c, event_kinds[i].name, c->by_code[i]);
	for (int i = 0; i < PPM_SC_COUNT; i++)
		add_tally(c, ppm_scs[i].name, c->by_syscall[i]);
	qsort(c->tallies, c->tally_count, sizeof(*c->tallies), by_count);
}

static int counters_put(struct event_sink *sink, const struct item *item,
			struct error *err)
{
	struct counters *c = (struct counters *)sink;

	if (item->kind == ITEM_META)
		count_meta(c, item->meta);
	else
		count_event(c, &item->event);
	return replay_put(c->replay, item, err);
}

static int counters_finish(struct event_sink *sink, struct error *err)
{
	(void)err;
	make_tallies((struct counters *)sink);
	return 0;
}

struct counters *counters_new(void)
{
	struct counters *c = mem_zalloc(sizeof(*c));
	const struct replay_options options = { .event = on_event, .user = c };

	c->sink = (struct event_sink){ .put = counters_put,
				       .finish = counters_finish };
	c->replay = replay_new(&options);
	return c;
}

void counters_free(struct counters *c)
{
	if (!c)
		return;
	replay_free(c->replay);
	free(c);
}
