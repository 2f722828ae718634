/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which frames of which captures, and the events in them; see scan.h.  Frames
 * are read in runs: with state, a run begins at a keyframe.  SQLite pulls event
 * after event, so this reads its source itself, where others have the pump
 * (flow/flow.h).
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
	const char **files;
	unsigned file_count;
	unsigned *firsts; /* first file of each capture; ends with the count */
	unsigned capture; /* from 1; 0: before the first */
	unsigned file;	  /* the next one */
	struct series first_series, series; /* of the capture's files */
	uint64_t shift; /* from numbers in the file to numbers in the capture */
	struct num_range nums; /* wanted of the capture */
	uint64_t seen;
	struct parts *parts;
	const struct frame *frames;
	size_t frame_count, frame; /* the next one */
	struct reader *reader;	   /* reader of the run; NULL: none */
	uint64_t run_len;
	struct replay *replay;
	struct field_context alone; /* without state */
	struct arena scratch;
	struct item item;
	bool in_step;
};

/* Can the frame contain a wanted event? */
static bool is_wanted(const struct scan *s, const struct frame *frame)
{
	return !frame->summary ||
	       wants_frame(s->want, frame->summary, &s->nums, s->shift);
}

/* The frame where a run with frame `at' must begin. */
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
			break; /* a new run costs no more than continuing */
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

/* Prepares the state for a run: continued, or from a keyframe. */
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
	reader_set_before(s->reader, s->shift);
	count_run(s, run);
	if (s->want->needs_state)
		start_state(s, &point);
	return 0;
}

/*
 * Must the files of a series be read as one?  Not if their event numbers are
 * known.
 */
static bool is_joined(const struct scan *s)
{
	return !s->first_series.is_counted || s->first_series.number;
}

/* Opens a file without frames, to be read from end to end. */
static int open_whole(struct scan *s, const char *path, struct error *err)
{
	const struct resume_point start = { .events = 0 };
	unsigned end = s->firsts[s->capture];
	struct reader_options options = { .alone = true };

	if (is_joined(s)) {
		options.next = s->files + s->file;
		options.next_count = end - s->file;
		options.alone = false;
		s->file = end;
	}
	if (reader_open(&s->reader, path, &options, err))
		return -1;
	if (s->file > s->firsts[s->capture - 1] + 1 && !is_joined(s))
		reader_go_on(s->reader, s->series.before);
	s->run_len = parts_file_len(s->parts);
	if (s->want->needs_state)
		start_state(s, &start);
	return 0;
}

/* Takes over the gaps found; -1 if damage is an error. */
static int take_evidence(struct scan *s, const struct evidence *found,
			 struct error *err)
{
	struct buffer text = { 0 };

	evidence_join(&s->stats->evidence, found);
	if (!found->is_damaged || s->want->partial)
		return 0;
	evidence_text(&text, found);
	error_set(err, ERROR_FORMAT, "%.*s", (int)text.len,
		  (const char *)text.data);
	buffer_free(&text);
	return -1;
}

static int close_run(struct scan *s, bool is_whole, struct error *err)
{
	const struct file_stats *stats;
	int result = 0;

	if (!s->reader)
		return 0;
	stats = reader_stats(s->reader);
	s->stats->events += stats->event_blocks;
	s->stats->bytes_read += is_whole ? s->run_len : stats->file_read;
	if (is_whole)
		result = take_evidence(s, reader_evidence(s->reader), err);
	else
		evidence_join(&s->stats->evidence, reader_evidence(s->reader));
	reader_close(s->reader);
	s->reader = NULL;
	return result;
}

static void close_file(struct scan *s)
{
	close_run(s, false, NULL);
	parts_close(s->parts);
	s->parts = NULL;
	s->frame = s->frame_count = 0;
}

/* Begins the next capture; false: it cannot have wanted events. */
static bool take_capture(struct scan *s)
{
	uint64_t base = (uint64_t)s->capture << SCAN_NUM_BITS;
	uint64_t end = base + ((uint64_t)1 << SCAN_NUM_BITS) - 1;
	const struct scan_want *w = s->want;
	uint64_t from = w->from_id > base ? w->from_id - base : 0;
	uint64_t to = w->to_id < end ? w->to_id - base : UINT64_MAX;

	s->nums.from = from > w->from_num ? from : w->from_num;
	s->nums.to = to < w->to_num ? to : w->to_num;
	s->file = s->firsts[s->capture - 1];
	s->first_series = series_of(s->files[s->file]);
	return w->from_id <= end && w->to_id >= base;
}

/* Number of events of the recording up to the end of the open file. */
static uint64_t events_until(const struct scan *s)
{
	uint64_t own = s->parts ? parts_own_events(s->parts) : GAP_UNKNOWN;

	if (own == GAP_UNKNOWN || !s->series.is_counted)
		return GAP_UNKNOWN;
	return s->series.before + own;
}

/* Reports missing files of the recording. */
static void report_missing_files(struct scan *s, const struct series *before,
				 uint64_t until)
{
	struct evidence found = { .path = s->files[s->file - 1] };
	bool is_first = s->file == s->firsts[s->capture - 1] + 1;
	bool is_last = s->file == s->firsts[s->capture];

	if (!s->series.is_rotated)
		return;
	if (!is_first && s->series.number > before->number + 1)
		series_report_between(&found, s->files[s->file - 1], before,
				      &s->series, until);
	if (is_last)
		series_report_ends(&found, s->files[s->file - 1],
				   &s->first_series, &s->series,
				   parts_end(s->parts));
	evidence_join(&s->stats->evidence, &found);
	evidence_free(&found);
}

/*
 * Determines the shift from event numbers in the file to those in the capture;
 * false: unknown before the file is read.
 */
static bool take_shift(struct scan *s)
{
	uint64_t facts = parts_facts(s->parts);

	s->shift = 0;
	if (s->file == s->firsts[s->capture - 1] + 1)
		return true;
	s->shift = s->series.before;
	if (facts == GAP_UNKNOWN)
		return false;
	s->shift -= facts;
	return true;
}

/* Opens a file of the capture.  0 or -1. */
static int open_file(struct scan *s, struct error *err)
{
	const char *path = s->files[s->file];
	bool is_several = s->firsts[s->capture] - s->file > 1 || s->parts;
	const struct series before = s->series;
	uint64_t until = events_until(s);
	struct evidence found = { 0 };
	int result = 0;

	close_file(s);
	if (parts_open(&s->parts, path, err))
		return -1;
	s->file++;
	s->series = *parts_series(s->parts);
	s->stats->file_len += parts_file_len(s->parts);
	s->frames = parts_frames(s->parts, &s->frame_count);
	if (!take_shift(s) || (is_several && is_joined(s)))
		s->frame_count = 0;
	s->stats->frames += s->frame_count;
	if (is_joined(s) && is_several)
		return open_whole(s, path, err);
	report_missing_files(s, &before, until);
	if (!s->frame_count)
		return open_whole(s, path, err);
	s->stats->bytes_read += parts_opened_len(s->parts);
	parts_report(s->parts, &found);
	result = take_evidence(s, &found, err);
	evidence_free(&found);
	return result;
}

static void note_unread(struct scan *s, const char *path,
			const struct error *why)
{
	struct gap gap = gap_of(GAP_DAMAGED);

	gap.path = path;
	gap_set_reason(&gap, path, why);
	evidence_add(&s->stats->evidence, &gap);
}

/*
 * Like open_file; if damage is not an error, a file that is not a capture,
 * among others, is only recorded.  1 or -1.
 */
static int open_or_note(struct scan *s, struct error *err)
{
	unsigned before = s->file;

	if (!open_file(s, err))
		return 1;
	if (!s->want->partial || s->file_count == 1 || s->reader)
		return -1;
	note_unread(s, s->files[before], err);
	close_file(s);
	if (s->file == before)
		s->file++;
	return 1;
}

/* Opens the next file.  1, 0 at the end, -1. */
static int next_file(struct scan *s, struct error *err)
{
	if (s->capture && s->file < s->firsts[s->capture])
		return open_or_note(s, err);
	close_file(s);
	do {
		if (s->firsts[s->capture] == s->file_count)
			return 0;
		s->capture++;
	} while (!take_capture(s));
	return open_or_note(s, err);
}

/* Opens the next run, file or capture.  1, 0 at the end, -1. */
static int open_next(struct scan *s, struct error *err)
{
	struct frame_run run;

	for (;;) {
		int code;

		if (s->parts && next_run(s, &run))
			return open_run(s, &run, err) ? -1 : 1;
		code = next_file(s, err);
		if (code <= 0 || s->reader)
			return code;
	}
}

static void add_files(struct scan *s, const struct folder_list *list)
{
	size_t size = sizeof(*list->paths);
	const char **all =
		arena_alloc(&s->arena, (s->file_count + list->count) * size);

	if (s->file_count)
		memcpy(all, s->files, s->file_count * size);
	memcpy(all + s->file_count, list->paths, list->count * size);
	s->files = all;
	s->file_count += list->count;
}

/* Collects the files of all paths, and groups them into captures. */
static int take_paths(struct scan *s, const char *paths, struct error *err)
{
	struct folder_list list;
	unsigned count = 0;

	while (*paths) {
		size_t len = strcspn(paths, "\n");

		if (folder_captures(&list, arena_copy(&s->arena, paths, len),
				    &s->arena, err))
			return -1;
		add_files(s, &list);
		paths += len + (paths[len] == '\n');
	}
	series_sort(s->files, s->file_count);
	s->firsts = arena_alloc(&s->arena,
				(s->file_count + 1) * sizeof(*s->firsts));
	for (unsigned i = 0; i < s->file_count;
	     i += series_len(s->files + i, s->file_count - i))
		s->firsts[count++] = i;
	s->firsts[count] = s->file_count;
	return 0;
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
	if (take_paths(s, path, err)) {
		scan_close(s);
		return -1;
	}
	*ret_scan = s;
	return 0;
}

/*
 * Updates the state by an item; returns the context of a possibly wanted
 * event.
 */
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
	if (!wants_event(s->want, &s->item.event, &s->nums))
		return NULL;
	if (s->want->filter && !filter_match(s->want->filter, context))
		return NULL;
	return context;
}

/*
 * A file cannot be read further: an error, or its end.  A file that is not a
 * capture, among others, is recorded.
 */
static int take_failure(struct scan *s, const struct error *why)
{
	struct error ignored;

	if (!s->want->partial || !s->reader)
		return -1;
	if (!reader_stats(s->reader)->event_blocks) {
		if (s->file_count == 1)
			return -1;
		note_unread(s, s->files[s->file - 1], why);
	}
	close_run(s, true, &ignored);
	s->frame = s->frame_count;
	return 0;
}

/* Reads the next item.  1, 0 at the end, -1. */
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
				code = close_run(s, true, err);
		}
		if (code < 0 && take_failure(s, err))
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
	*ret_path = s->files[s->file - 1];
	return s->capture;
}

const char *scan_path(const struct scan *s, unsigned capture)
{
	return s->files[s->firsts[capture - 1]];
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
