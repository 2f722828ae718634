/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A running capture as items: the start state, then encoded events, with the
 * wall clock's times.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/capture.h"
#include "capture/encode/encode.h"
#include "capture/proc/snapshot.h"
#include "capture/record/copy.h"
#include "capture/record/users.h"
#include "capture/wall.h"
#include "core/arena.h"
#include "core/clock.h"

enum { RECORDED_MAX = 65536 }; /* threads, of whose containers users are told */

struct live {
	const struct capture_engine *engine;
	struct capture *capture;
	struct encoder *encoder;
	char why[512];
	pid_t command; /* 0: none */
	uint64_t events;
	struct wall wall;
	const struct raw_record *record; /* given behind a note; or NULL */
	struct buffer note;
	struct users_told users; /* of containers at the start */
	struct buffer facts;	 /* records about them, before all others */
	size_t facts_told;
	bool began; /* what the engine recorded comes now */
};

/* Where the pieces of the start state go. */
struct taker {
	struct live *live;
	struct map recorded; /* processes, by id */
	int (*put)(void *user, const struct meta *meta, struct error *err);
	void *user;
};

int live_open(struct live **ret_live, const struct live_options *options,
	      struct error *err)
{
	struct live *live = mem_zalloc(sizeof(*live));
	struct capture_options capture = options->capture;

	/* The engine does not use these until the first live_next. */
	capture.users = &live->users;
	live->engine = capture_engine_find(
		options->engine ? options->engine : "auto", &capture, live->why,
		sizeof(live->why), err);
	if (!live->engine ||
	    live->engine->start(&live->capture, &capture, err)) {
		free(live);
		return -1;
	}
	if (options->capture.command)
		live->engine->pids(live->capture, &live->command, 1);
	live->encoder = encoder_new(options->capture.snaplen);
	wall_start(&live->wall);
	*ret_live = live;
	return 0;
}

/*
 * Adds a record of the users of the process's container, if they are not known.
 */
static void look_for_users(struct live *live, const struct meta_thread *thread)
{
	const uint64_t now = clock_steady_ns();
	const struct raw_record head = { .kind = RAW_FACTS,
					 .flags = RAW_HAS_USERS,
					 .tid = -1,
					 .enter_ns = now,
					 .exit_ns = now };
	struct buffer record = { 0 };

	record_begin(&record, &head);
	if (users_add(&live->users, (pid_t)thread->tid, thread->cgroups,
		      &record)) {
		record_end(&record);
		buffer_put(&live->facts, record.data, record.len);
	}
	buffer_free(&record);
}

static int take(void *user, const struct meta *meta, struct error *err)
{
	const struct taker *taker = user;

	if (meta->kind == META_THREAD &&
	    map_get(&taker->recorded, (uint64_t)meta->thread.tid))
		look_for_users(taker->live, &meta->thread);
	return taker->put(taker->user, meta, err);
}

int live_snapshot(struct live *live,
		  int (*put)(void *user, const struct meta *meta,
			     struct error *err),
		  void *user, struct error *err)
{
	struct taker taker = { .live = live, .put = put, .user = user };
	pid_t *pids = mem_alloc(RECORDED_MAX * sizeof(*pids));
	unsigned count = live->engine->pids(live->capture, pids, RECORDED_MAX);
	int result;

	for (unsigned i = 0; i < count; i++)
		map_put(&taker.recorded, (uint64_t)pids[i], live);
	free(pids);
	result = snapshot_take(take, &taker, err);
	map_free(&taker.recorded);
	return result;
}

/* A record that the wall clock was set, to be given before another one. */
static const struct raw_record *note_step(struct live *live, int64_t step_ns,
					  const struct raw_record *before)
{
	struct raw_record head = { .kind = RAW_NOTE,
				   .pid = before->pid,
				   .tid = before->tid,
				   .enter_ns = before->exit_ns,
				   .exit_ns = before->exit_ns };
	char text[80];
	int len = snprintf(text, sizeof(text),
			   "the wall clock was set by %+.6f s",
			   (double)step_ns / 1e9);

	record_begin(&live->note, &head);
	record_add(&live->note, PIECE_TEXT, 0, 0,
		   (struct bytes){ (uint8_t *)text, (size_t)len });
	return record_end(&live->note);
}

/* Gives a record to the encoder; before it, a step of the clock, if there was
 * one. */
static void put(struct live *live, const struct raw_record *record)
{
	int64_t step_ns;

	if (record->exit_ns > live->wall.looked_ns + WALL_LOOK_NS)
		wall_look(&live->wall);
	encoder_set_offset(live->encoder,
			   wall_offset(&live->wall, record->exit_ns, &step_ns));
	live->record = step_ns ? record : NULL;
	encoder_put(live->encoder,
		    step_ns ? note_step(live, step_ns, record) : record);
}

static const struct raw_record *next_fact(struct live *live)
{
	const struct raw_record *record =
		(const void *)(live->facts.data + live->facts_told);

	live->facts_told += record->len;
	return record;
}

int live_next(struct live *live, int timeout_ms, struct item *ret_item,
	      bool *ret_done, struct error *err)
{
	*ret_done = false;
	for (;;) {
		const struct raw_record *record = NULL;
		int code;

		if (encoder_next(live->encoder, &ret_item->event)) {
			ret_item->kind = ITEM_EVENT;
			ret_item->event.num = ++live->events;
			/* Readers do not show facts that come first. */
			if (!live->began)
				ret_item->event.flags |= EVENT_INITIAL;
			return 1;
		}
		if (live->record) {
			put(live, live->record);
			continue;
		}
		if (live->facts_told < live->facts.len) {
			put(live, next_fact(live));
			continue;
		}
		code = live->engine->next(live->capture, timeout_ms, &record,
					  ret_done, err);
		if (code <= 0) {
			wall_look(&live->wall);
			return code;
		}
		live->began = true;
		put(live, record);
	}
}

const char *live_engine(const struct live *live)
{
	return live->engine->name;
}

const char *live_why(const struct live *live)
{
	return live->why;
}

unsigned live_pids(const struct live *live, pid_t *pids, unsigned max)
{
	return live->engine->pids(live->capture, pids, max);
}

pid_t live_command(const struct live *live)
{
	return live->command;
}

void live_stats(const struct live *live, struct capture_stats *ret_stats)
{
	live->engine->stats(live->capture, ret_stats);
}

int live_close(struct live *live)
{
	int status;

	if (!live)
		return -1;
	status = live->engine->stop(live->capture);
	encoder_free(live->encoder);
	buffer_free(&live->note);
	buffer_free(&live->facts);
	users_told_free(&live->users);
	free(live);
	return status;
}
