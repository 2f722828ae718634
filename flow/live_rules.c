/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts while recording; see live_rules.h. */
#include "flow/live_rules.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "replay/alerts/alerts.h"
#include "replay/replay.h"

enum { QUEUE_LEN = 64 * 1024 * 1024 };

/* A copied event and the bytes of its parameters. */
struct copied {
	struct copied *next;
	size_t len;
	struct event event;
	uint8_t data[];
};

struct live_rules {
	struct event_sink sink;
	struct replay *replay;
	FILE *text, *json;
	struct buffer line;
	uint64_t alerts;
	pthread_t thread;
	enum { THREAD_NONE, THREAD_RUNS, THREAD_REFUSED } state;
	pthread_mutex_t lock;
	pthread_cond_t filled;
	struct copied *first, **last; /* the queue, under lock */
	size_t queued;
	uint64_t skipped;
	bool ends;
};

static void write_alert(struct live_rules *live, const struct alert *alert,
			const char *form, FILE *out)
{
	struct alert_options options = ALERT_OPTIONS_INIT;

	if (!out)
		return;
	live->line.len = 0;
	alert_form_find(form)->write(&live->line, alert, &options);
	fwrite(live->line.data, 1, live->line.len, out);
	fflush(out);
}

static void on_alert(void *user, struct rule *rule,
		     const struct field_context *context)
{
	struct live_rules *live = user;
	struct alert alert = { rule, context, replay_hostname(live->replay) };

	live->alerts++;
	write_alert(live, &alert, "text", live->text);
	write_alert(live, &alert, "json", live->json);
}

/* Takes the whole queue; NULL when it is empty and complete. */
static struct copied *take_all(struct live_rules *live)
{
	struct copied *all;

	pthread_mutex_lock(&live->lock);
	while (!live->first && !live->ends)
		pthread_cond_wait(&live->filled, &live->lock);
	all = live->first;
	live->first = NULL;
	live->last = &live->first;
	live->queued = 0;
	pthread_mutex_unlock(&live->lock);
	return all;
}

/* The thread: replays the queue until it is complete. */
static void *run(void *user)
{
	struct live_rules *live = user;
	struct item item = { .kind = ITEM_EVENT };
	struct copied *at;

	while ((at = take_all(live)))
		while (at) {
			struct copied *next = at->next;

			item.event = at->event;
			replay_put(live->replay, &item, NULL);
			free(at);
			at = next;
		}
	return NULL;
}

static struct copied *copy(const struct event *event)
{
	struct copied *c;
	size_t len = 0;

	for (unsigned i = 0; i < event->count; i++)
		len += event->params[i].len;
	c = mem_alloc(sizeof(*c) + len);
	c->next = NULL;
	c->len = sizeof(*c) + len;
	c->event = *event;
	len = 0;
	for (unsigned i = 0; i < event->count; i++) {
		size_t n = event->params[i].len;

		if (n)
			memcpy(c->data + len, event->params[i].data, n);
		c->event.params[i].data = c->data + len;
		len += n;
	}
	return c;
}

/* Copies an event into the queue; skips it if the queue is full. */
static void queue_event(struct live_rules *live, const struct event *event)
{
	struct copied *c = copy(event);

	pthread_mutex_lock(&live->lock);
	if (live->queued + c->len > QUEUE_LEN) {
		live->skipped++;
		pthread_mutex_unlock(&live->lock);
		free(c);
		return;
	}
	*live->last = c;
	live->last = &c->next;
	live->queued += c->len;
	pthread_cond_signal(&live->filled);
	pthread_mutex_unlock(&live->lock);
}

/* At the first event; a recording goes on where there is no thread for it. */
static void start_thread(struct live_rules *live)
{
	live->state = pthread_create(&live->thread, NULL, run, live)
			      ? THREAD_REFUSED
			      : THREAD_RUNS;
}

static int live_rules_put(struct event_sink *sink, const struct item *item,
			  struct error *err)
{
	struct live_rules *live = (struct live_rules *)sink;

	if (item->kind == ITEM_META)
		return replay_put(live->replay, item, err);
	if (live->state == THREAD_NONE)
		start_thread(live);
	if (live->state == THREAD_RUNS)
		queue_event(live, &item->event);
	else
		live->skipped++;
	return SINK_OK;
}

static int live_rules_finish(struct event_sink *sink, struct error *err)
{
	struct live_rules *live = (struct live_rules *)sink;

	(void)err;
	if (live->state != THREAD_RUNS)
		return 0;
	pthread_mutex_lock(&live->lock);
	live->ends = true;
	pthread_cond_signal(&live->filled);
	pthread_mutex_unlock(&live->lock);
	pthread_join(live->thread, NULL);
	live->state = THREAD_REFUSED;
	return 0;
}

struct live_rules *live_rules_new(struct ruleset *set, FILE *text, FILE *json)
{
	struct live_rules *live = mem_zalloc(sizeof(*live));
	struct replay_options options = { .rules = set,
					  .alert = on_alert,
					  .user = live };

	live->sink = (struct event_sink){ .put = live_rules_put,
					  .finish = live_rules_finish };
	live->text = text;
	live->json = json;
	live->last = &live->first;
	live->replay = replay_new(&options);
	pthread_mutex_init(&live->lock, NULL);
	pthread_cond_init(&live->filled, NULL);
	return live;
}

struct event_sink *live_rules_sink(struct live_rules *live)
{
	return &live->sink;
}

uint64_t live_rules_alerts(const struct live_rules *live)
{
	return live->alerts;
}

uint64_t live_rules_skipped(const struct live_rules *live)
{
	return live->skipped;
}

void live_rules_free(struct live_rules *live)
{
	if (!live)
		return;
	sink_finish(&live->sink, NULL);
	replay_free(live->replay);
	buffer_free(&live->line);
	pthread_mutex_destroy(&live->lock);
	pthread_cond_destroy(&live->filled);
	free(live);
}
