/* SPDX-License-Identifier: Apache-2.0 */
/* Keyframes and the frame index for a complete file; see indexer.h. */
#include "flow/indexer.h"

#include <stdlib.h>

#include "core/file/parts.h"
#include "flow/tracker.h"

/* What is added to a file. */
struct indexer {
	struct event_sink sink;
	const char *path; /* borrowed */
	struct indexer_outcome outcome;
	struct tracker *tracker;
	struct reader *reader;
	struct parts *parts;
	bool wants_keyframes, wants_index;
	uint64_t every, next;
	struct frame_index *index;
	size_t frame; /* being read */
	struct buffer image, frames;
	uint32_t *lens;
	size_t count, capacity;
};

static void add_len(struct indexer *x, size_t before)
{
	x->lens =
		mem_grow(x->lens, &x->capacity, x->count + 1, sizeof(*x->lens));
	x->lens[x->count++] = (uint32_t)(x->frames.len - before);
}

/* Packs the current state as a keyframe at this offset. */
static void add_keyframe(struct indexer *x, uint64_t offset)
{
	uint64_t events = reader_stats(x->reader)->numbered;
	struct keyframe_head head = { .resume_at = offset };
	size_t before = x->frames.len;

	if (!tracker_can_keyframe(x->tracker))
		return;
	tracker_keyframe(x->tracker, events, &x->image, &head.at);
	keyframe_write(&x->frames, &head, &x->image);
	add_len(x, before);
	x->outcome.keyframes++;
	x->next = events + x->every;
}

/*
 * Completes the summary of frames before the offset.  If the end of a frame
 * was not noticed (its last block was not an event), the summary covers two
 * frames and is discarded.
 */
static void end_frame(struct indexer *x, uint64_t offset)
{
	size_t count, at = x->frame;
	const struct frame *frames = parts_frames(x->parts, &count);

	while (at < count && frames[at].offset < offset)
		at++;
	if (at == x->frame + 1)
		frame_index_end_frame(x->index, frames[x->frame].offset);
	else if (at > x->frame)
		frame_index_drop_frame(x->index);
	x->frame = at;
}

static int indexer_put(struct event_sink *sink, const struct item *item,
		       struct error *err)
{
	struct indexer *x = (struct indexer *)sink;
	const struct frame_subject *subject = tracker_put(x->tracker, item);
	uint64_t offset;

	(void)err;
	if (item->kind == ITEM_EVENT)
		frame_index_note(x->index, &item->event, subject);
	if (!reader_at_frame(x->reader, &offset))
		return SINK_OK;
	end_frame(x, offset);
	if (x->wants_keyframes && reader_stats(x->reader)->numbered >= x->next)
		add_keyframe(x, offset);
	return SINK_OK;
}

static void add_index(struct indexer *x)
{
	size_t before = x->frames.len;

	end_frame(x, parts_file_len(x->parts));
	frame_index_write(x->index, &x->frames);
	if (x->frames.len > before)
		add_len(x, before);
}

static bool has_index(const struct parts *parts)
{
	size_t count;
	const struct frame *frames = parts_frames(parts, &count);

	for (size_t i = 0; i < count; i++)
		if (frames[i].summary)
			return true;
	return false;
}

/*
 * In old dialects, frames cannot be read on their own: the upgrade needs
 * earlier events.
 */
static int indexer_finish(struct event_sink *sink, struct error *err)
{
	struct indexer *x = (struct indexer *)sink;
	uint64_t offset;

	if (!reader_at_frame(x->reader, &offset)) {
		x->outcome.state = INDEX_NO_PLACE;
		return 0;
	}
	if (x->wants_index)
		add_index(x);
	x->outcome.state = x->count ? INDEX_ADDED : INDEX_HAS_INDEX;
	x->outcome.len = x->frames.len;
	if (!x->count)
		return 0;
	return capture_append(x->path, &x->frames, x->lens, (unsigned)x->count,
			      err);
}

int indexer_open(struct indexer **ret_indexer, const char *path, uint64_t every,
		 struct error *err)
{
	const struct reader_options alone = { .alone = true };
	struct indexer *x = mem_zalloc(sizeof(*x));

	x->sink = (struct event_sink){ .put = indexer_put,
				       .finish = indexer_finish };
	x->path = path;
	x->every = x->next = every;
	x->tracker = tracker_new();
	x->index = frame_index_new();
	if (parts_open(&x->parts, path, err) ||
	    reader_open(&x->reader, path, &alone, err)) {
		indexer_close(x);
		return -1;
	}
	x->wants_keyframes = parts_count(x->parts) == 1;
	x->wants_index = !has_index(x->parts);
	x->outcome.with_index = x->wants_index;
	if (!x->wants_keyframes && !x->wants_index)
		x->outcome.state = INDEX_HAS_BOTH;
	*ret_indexer = x;
	return 0;
}

struct reader *indexer_reader(struct indexer *x)
{
	return x->reader;
}

struct event_sink *indexer_sink(struct indexer *x)
{
	return &x->sink;
}

const struct indexer_outcome *indexer_outcome(const struct indexer *x)
{
	return &x->outcome;
}

void indexer_close(struct indexer *x)
{
	if (!x)
		return;
	tracker_free(x->tracker);
	frame_index_free(x->index);
	reader_close(x->reader);
	parts_close(x->parts);
	buffer_free(&x->image);
	buffer_free(&x->frames);
	free(x->lens);
	free(x);
}
