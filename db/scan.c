/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which frames of which captures, and the events in them; see scan.h.  Frames
 * are read in runs: with state, a run begins at a keyframe.
 */
#include "db/scan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file/folder.h"
#include "core/file/parts.h"
#include "replay/replay.h"

enum { SEEN_PER_CHECK = 4096 };

struct scan {
	const struct scan_want *want;
	const struct vtab_options *options;
	struct vtab_stats *stats;
	struct arena arena;
	struct folder_list files;
	unsigned file;		   /* of them, from 1; 0: before the first */
	uint64_t from_num, to_num; /* wanted of it */
	uint64_t seen;
	struct parts *parts;
	const struct frame *frames;
	size_t frame_count, frame; /* the next one */
	struct reader *reader;	   /* of the run; NULL: none */
	uint64_t run_len, events_before;
	struct replay *replay;
	struct field_context alone; /* without state */
	struct arena scratch;
	struct item item;
	bool in_step;
};

struct scan_want scan_everything(void)
{
	return (struct scan_want){ .to_ns = UINT64_MAX,
				   .to_id = UINT64_MAX,
				   .to_num = UINT64_MAX };
}

static bool has_pid(const struct frame_summary *s, int64_t pid)
{
	uint32_t low = 0, high = s->pid_count;

	while (low < high) {
		uint32_t middle = (low + high) / 2;

		if (s->pids[middle] == pid)
			return true;
		if (s->pids[middle] < pid)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* Is one of the numbers from..to-1 wanted? */
static bool has_any_num(const struct scan_want *want, uint64_t from,
			uint64_t to)
{
	unsigned low = 0, high = want->num_count;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (want->nums[middle] < (int64_t)from)
			low = middle + 1;
		else
			high = middle;
	}
	return low < want->num_count && want->nums[low] < (int64_t)to;
}

static bool has_any_pid(const struct frame_summary *s,
			const struct scan_want *want)
{
	if (s->any_pid)
		return true;
	for (unsigned i = 0; i < want->pid_count; i++)
		if (has_pid(s, want->pids[i]))
			return true;
	return false;
}

static bool has_any_container(const struct frame_summary *s,
			      const struct scan_want *want)
{
	if (s->any_container)
		return true;
	for (unsigned i = 0; i < want->container_count; i++)
		for (uint32_t k = 0; k < s->container_count; k++)
			if (!strcmp(want->containers[i], s->containers[k]))
				return true;
	return false;
}

static bool has_any_code(const struct frame_summary *s,
			 const struct scan_want *want)
{
	for (unsigned i = 0; i < FRAME_CODES_LEN; i++)
		if (s->codes[i] & want->codes[i])
			return true;
	return false;
}

/* Can the frame hold an event that is wanted? */
static bool is_wanted(const struct scan *scan, const struct frame *frame)
{
	const struct frame_summary *s = frame->summary;
	const struct scan_want *want = scan->want;

	if (!s)
		return true;
	return s->visible && s->last_ns >= want->from_ns &&
	       s->first_ns <= want->to_ns && s->first_num <= scan->to_num &&
	       s->first_num + s->events > scan->from_num &&
	       (!want->by_num ||
		has_any_num(want, s->first_num, s->first_num + s->events)) &&
	       (!want->by_code || has_any_code(s, want)) &&
	       (!want->by_pid || has_any_pid(s, want)) &&
	       (!want->by_container || has_any_container(s, want));
}

static bool is_wanted_event(const struct scan *scan)
{
	const struct event *e = &scan->item.event;
	const struct scan_want *want = scan->want;

	return e->ts_ns >= want->from_ns && e->ts_ns <= want->to_ns &&
	       e->num >= scan->from_num && e->num <= scan->to_num &&
	       (!want->by_num || has_any_num(want, e->num, e->num + 1)) &&
	       (!want->by_code || want->codes[e->code / 8] & 1 << e->code % 8);
}

/* Where a run that has frame `at' must begin. */
static size_t run_start(const struct scan *s, size_t at)
{
	while (!s->frames[at].begins_part &&
	       (s->want->needs_state || !s->frames[at].summary))
		at--;
	return at;
}

/* The next run of frames; false: there are no more. */
static bool next_run(struct scan *s, struct frame_run *ret_run)
{
	size_t at = s->frame;

	while (at < s->frame_count && !is_wanted(s, &s->frames[at]))
		at++;
	if (at == s->frame_count)
		return false;
	ret_run->with_state = s->want->needs_state;
	ret_run->first = run_start(s, at);
	ret_run->last = at;
	for (at++; at < s->frame_count; at++) {
		bool skips = at > ret_run->last + 1;

		if (skips &&
		    (!s->want->needs_state || s->frames[at].begins_part))
			break; /* a new run is not more than going on */
		if (is_wanted(s, &s->frames[at]))
			ret_run->last = at;
	}
	s->frame = ret_run->last + 1;
	return true;
}

static void count_run(struct scan *s, const struct frame_run *run)
{
	s->run_len = 0;
	for (size_t i = run->first; i <= run->last; i++)
		s->run_len += s->frames[i].len;
	if (run->with_state)
		s->run_len += parts_keyframe_len(s->parts,
						 s->frames[run->first].part);
	s->stats->frames_read += run->last - run->first + 1;
}

/* The state before a run: what was, or of a keyframe that comes first. */
static void start_state(struct scan *s, const struct resume_point *point)
{
	static const struct replay_options none = { .rules = NULL };

	replay_free(s->replay);
	s->replay = replay_new(&none);
	if (point->events)
		replay_resume(s->replay, point->first_ts_ns,
			      point->previous_ts_ns);
}

static int open_run(struct scan *s, const struct frame_run *run,
		    struct error *err)
{
	struct resume_point point;

	if (parts_run_reader(&s->reader, s->parts, run, &point, err))
		return -1;
	count_run(s, run);
	s->events_before = point.events;
	if (s->want->needs_state)
		start_state(s, &point);
	return 0;
}

/* A file that is not in frames is read from end to end. */
static int open_whole(struct scan *s, const char *path, struct error *err)
{
	const struct resume_point start = { .events = 0 };

	if (reader_open(&s->reader, path, NULL, err))
		return -1;
	s->run_len = parts_file_len(s->parts);
	s->events_before = 0;
	if (s->want->needs_state)
		start_state(s, &start);
	return 0;
}

static void close_run(struct scan *s, bool is_whole)
{
	const struct file_stats *stats;

	if (!s->reader)
		return;
	stats = reader_stats(s->reader);
	s->stats->events += stats->numbered - s->events_before;
	s->stats->bytes_read += is_whole ? s->run_len : stats->file_read;
	reader_close(s->reader);
	s->reader = NULL;
}

static void close_file(struct scan *s)
{
	close_run(s, false);
	parts_close(s->parts);
	s->parts = NULL;
	s->frame = s->frame_count = 0;
}

/* Turns to a file; false: no event of it can be wanted. */
static bool take_file(struct scan *s)
{
	uint64_t base = (uint64_t)s->file << SCAN_NUM_BITS;
	uint64_t end = base + ((uint64_t)1 << SCAN_NUM_BITS) - 1;
	const struct scan_want *w = s->want;
	uint64_t from = w->from_id > base ? w->from_id - base : 0;
	uint64_t to = w->to_id < end ? w->to_id - base : UINT64_MAX;

	s->from_num = from > w->from_num ? from : w->from_num;
	s->to_num = to < w->to_num ? to : w->to_num;
	return w->from_id <= end && w->to_id >= base;
}

/* Opens the next file: 1, 0 there are no more, -1. */
static int open_file(struct scan *s, struct error *err)
{
	const char *path;

	close_file(s);
	do {
		if (s->file >= s->files.count)
			return 0;
		s->file++;
	} while (!take_file(s));
	path = s->files.paths[s->file - 1];
	if (parts_open(&s->parts, path, err))
		return -1;
	s->frames = parts_frames(s->parts, &s->frame_count);
	s->stats->frames += s->frame_count;
	s->stats->file_len += parts_file_len(s->parts);
	if (!s->frame_count)
		return open_whole(s, path, err) ? -1 : 1;
	s->stats->bytes_read += parts_opened_len(s->parts);
	return 1;
}

/* Opens what comes next: 1, 0 at the end, -1. */
static int open_next(struct scan *s, struct error *err)
{
	struct frame_run run;

	for (;;) {
		int code;

		if (s->parts && next_run(s, &run))
			return open_run(s, &run, err) ? -1 : 1;
		code = open_file(s, err);
		if (code <= 0 || s->reader)
			return code;
	}
}

int scan_open(struct scan **ret_scan, const char *path,
	      const struct scan_want *want, const struct vtab_options *options,
	      struct error *err)
{
	struct scan *s = mem_zalloc(sizeof(*s));

	s->want = want;
	s->options = options;
	s->stats = options->stats;
	s->alone.scratch = &s->scratch;
	s->alone.about =
		(struct event_context){ .event = &s->item.event, .fd_num = -1 };
	s->stats->scans++;
	if (folder_captures(&s->files, path, &s->arena, err)) {
		scan_close(s);
		return -1;
	}
	*ret_scan = s;
	return 0;
}

/* The context of the item, if it is an event that may be wanted. */
static const struct field_context *look(struct scan *s)
{
	const struct field_context *context = &s->alone;

	if (s->want->needs_state) {
		context = replay_step(s->replay, &s->item);
		s->in_step = true;
		if (!context)
			return NULL;
	} else if (s->item.kind != ITEM_EVENT || s->item.event.flags) {
		return NULL;
	}
	if (!is_wanted_event(s))
		return NULL;
	if (s->want->filter && !filter_match(s->want->filter, context))
		return NULL;
	return context;
}

/* Damage: ends this capture if that is allowed, else the scan. */
static int take_damage(struct scan *s, struct error *err)
{
	bool has_begun = s->reader && reader_stats(s->reader)->numbered;

	if (!s->want->partial || !has_begun)
		return -1;
	s->stats->damaged++;
	snprintf(s->stats->damage, sizeof(s->stats->damage), "%s", err->text);
	close_file(s);
	return 0;
}

/* The next item: 1, 0 at the end of all, -1. */
static int next_item(struct scan *s, struct error *err)
{
	for (;;) {
		int code;

		if (!s->reader) {
			code = open_next(s, err);
			if (!code)
				return 0;
		} else {
			code = source_next(reader_source(s->reader), &s->item,
					   err);
			if (code > 0)
				return 1;
			if (!code)
				close_run(s, true);
		}
		if (code < 0 && take_damage(s, err))
			return -1;
	}
}

int scan_next(struct scan *s, const struct field_context **ret_context,
	      struct error *err)
{
	for (;;) {
		int code;

		if (s->in_step)
			replay_step_done(s->replay);
		else
			arena_reset(&s->scratch);
		s->in_step = false;
		if (!(++s->seen % SEEN_PER_CHECK) && s->options->stop &&
		    s->options->stop(s->options->user))
			return error_set(err, EINTR, "stopped");
		code = next_item(s, err);
		if (code <= 0)
			return code;
		*ret_context = look(s);
		if (*ret_context)
			return 1;
	}
}

unsigned scan_capture(const struct scan *s, const char **ret_path)
{
	*ret_path = s->files.paths[s->file - 1];
	return s->file;
}

const char *scan_path(const struct scan *s, unsigned file)
{
	return s->files.paths[file - 1];
}

void scan_close(struct scan *s)
{
	if (!s)
		return;
	if (s->in_step)
		replay_step_done(s->replay);
	close_file(s);
	replay_free(s->replay);
	arena_free(&s->scratch);
	arena_free(&s->arena);
	free(s);
}
