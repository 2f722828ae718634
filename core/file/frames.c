/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Summaries of data frames, made and as bytes; see frames.h.  The sets of one
 * frame are hashed while it fills, and sorted when it ends.
 */
#include "core/file/frames.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "core/file/keyframe.h"
#include "core/file/records.h"
#include "core/map.h"

enum {
	LEVEL = 3,
	PAYLOAD_MAX = 1 << 28,
	PIDS_MAX = 4096, /* listed per frame; more are "any" */
	CONTAINERS_MAX = 64,
	FLAG_ANY_PID = 1,
	FLAG_ANY_CONTAINER = 2,
	FLAG_BEGAN = 4
};

struct frame_index {
	struct buffer payload;	  /* of completed frames */
	struct frame_summary now; /* of the current frame */
	uint64_t events;	  /* events of all frames */
	bool began;
	struct map pid_set;
	int64_t pids[PIDS_MAX], last_pid;
	char *containers[CONTAINERS_MAX];
};

struct frame_index *frame_index_new(void)
{
	return mem_zalloc(sizeof(struct frame_index));
}

/* Adds a process to the current frame, up to the limit. */
static void note_pid(struct frame_index *x, int64_t pid)
{
	if (x->now.pid_count && pid == x->last_pid)
		return;
	x->last_pid = pid;
	if (x->now.any_pid || map_get(&x->pid_set, (uint64_t)pid))
		return;
	if (x->now.pid_count == PIDS_MAX) {
		x->now.any_pid = true;
		return;
	}
	map_put(&x->pid_set, (uint64_t)pid, x);
	x->pids[x->now.pid_count++] = pid;
}

/* Adds a container to the current frame, up to the limit. */
static void note_container(struct frame_index *x, const char *id)
{
	if (x->now.any_container)
		return;
	for (uint32_t i = 0; i < x->now.container_count; i++)
		if (!strcmp(x->containers[i], id))
			return;
	if (x->now.container_count == CONTAINERS_MAX)
		x->now.any_container = true;
	else
		x->containers[x->now.container_count++] = mem_strdup(id);
}

void frame_index_note(struct frame_index *x, const struct event *event,
		      const struct frame_subject *subject)
{
	struct frame_summary *s = &x->now;
	bool is_first = !s->visible;

	x->events++;
	if (!s->events++) {
		s->first_num = x->events;
		s->began = x->began;
	}
	if (subject->is_hidden)
		return;
	x->began = true;
	s->visible++;
	if (is_first)
		s->first_ns = s->last_ns = event->ts_ns;
	if (event->ts_ns < s->first_ns)
		s->first_ns = event->ts_ns;
	if (event->ts_ns > s->last_ns)
		s->last_ns = event->ts_ns;
	s->codes[event->code / 8] |= (uint8_t)(1 << event->code % 8);
	if (subject->is_as_before && !is_first)
		return;
	if (subject->has_pid)
		note_pid(x, subject->pid);
	if (subject->container_id)
		note_container(x, subject->container_id);
}

static int by_pid(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void put_lists(struct frame_index *x)
{
	struct buffer *b = &x->payload;

	qsort(x->pids, x->now.pid_count, sizeof(*x->pids), by_pid);
	buffer_u32(b, x->now.pid_count);
	for (uint32_t i = 0; i < x->now.pid_count; i++)
		buffer_u64(b, (uint64_t)x->pids[i]);
	buffer_u32(b, x->now.container_count);
	for (uint32_t i = 0; i < x->now.container_count; i++) {
		size_t len = strlen(x->containers[i]) + 1;

		buffer_u32(b, (uint32_t)len);
		buffer_put(b, x->containers[i], len);
	}
}

void frame_index_drop_frame(struct frame_index *x)
{
	for (uint32_t i = 0; i < x->now.container_count; i++)
		free(x->containers[i]);
	map_free(&x->pid_set);
	x->pid_set = (struct map){ 0 };
	x->now = (struct frame_summary){ 0 };
}

void frame_index_end_frame(struct frame_index *x, uint64_t offset)
{
	const struct frame_summary *s = &x->now;
	struct buffer *b = &x->payload;

	buffer_u64(b, offset);
	buffer_u64(b, s->events ? s->first_num : x->events + 1);
	buffer_u32(b, s->events);
	buffer_u32(b, s->visible);
	buffer_u64(b, s->first_ns);
	buffer_u64(b, s->last_ns);
	buffer_u8(b, (uint8_t)((s->any_pid ? FLAG_ANY_PID : 0) |
			       (s->any_container ? FLAG_ANY_CONTAINER : 0) |
			       (s->began ? FLAG_BEGAN : 0)));
	buffer_u16(b, FRAME_CODES_LEN);
	buffer_put(b, s->codes, FRAME_CODES_LEN);
	put_lists(x);
	frame_index_drop_frame(x);
}

void frame_index_write(struct frame_index *x, struct buffer *out)
{
	size_t bound = ZSTD_compressBound(x->payload.len);
	size_t start = out->len, n;

	if (!x->payload.len)
		return;
	side_begin(out, INDEX_MAGIC);
	buffer_u64(out, x->payload.len);
	n = ZSTD_compress(buffer_reserve(out, bound), bound, x->payload.data,
			  x->payload.len, LEVEL);
	if (!ZSTD_isError(n))
		out->len += n;
	side_finish(out, start);
	x->payload.len = 0;
}

void frame_index_free(struct frame_index *x)
{
	if (!x)
		return;
	frame_index_drop_frame(x);
	buffer_free(&x->payload);
	free(x);
}

static void read_pids(struct cursor *c, struct frame_summary *s,
		      struct arena *arena)
{
	int64_t *pids;

	s->pid_count = cursor_u32(c);
	if (s->pid_count > PIDS_MAX) {
		c->failed = true;
		return;
	}
	pids = arena_alloc(arena, (s->pid_count + 1) * sizeof(*pids));
	for (uint32_t i = 0; i < s->pid_count; i++)
		pids[i] = (int64_t)cursor_u64(c);
	s->pids = pids;
}

static void read_containers(struct cursor *c, struct frame_summary *s,
			    struct arena *arena)
{
	const char **ids;

	s->container_count = cursor_u32(c);
	if (s->container_count > CONTAINERS_MAX) {
		c->failed = true;
		return;
	}
	ids = arena_alloc(arena, (s->container_count + 1) * sizeof(*ids));
	for (uint32_t i = 0; i < s->container_count; i++) {
		uint32_t len = cursor_u32(c);
		struct bytes text = cursor_take(c, len);

		ids[i] = arena_copy(arena, text.data, text.len);
	}
	s->containers = ids;
}

static struct frame_summary read_summary(struct cursor *c, struct arena *arena)
{
	struct frame_summary s = { .offset = cursor_u64(c) };
	struct bytes codes;
	unsigned flags, len;

	s.first_num = cursor_u64(c);
	s.events = cursor_u32(c);
	s.visible = cursor_u32(c);
	s.first_ns = cursor_u64(c);
	s.last_ns = cursor_u64(c);
	flags = cursor_u8(c);
	s.any_pid = flags & FLAG_ANY_PID;
	s.any_container = flags & FLAG_ANY_CONTAINER;
	s.began = flags & FLAG_BEGAN;
	len = cursor_u16(c);
	codes = cursor_take(c, len);
	if (codes.len)
		memcpy(s.codes, codes.data,
		       codes.len < FRAME_CODES_LEN ? codes.len
						   : FRAME_CODES_LEN);
	read_pids(c, &s, arena);
	read_containers(c, &s, arena);
	return s;
}

/* Decompresses the payload of an index frame; the caller frees it. */
static bool unpack(struct bytes frame, struct buffer *payload)
{
	struct cursor c = cursor_of(frame.data, frame.len);
	uint64_t len;
	size_t n;

	if (frame.len < SIDE_HEAD || load_u32(frame.data) != INDEX_MAGIC ||
	    side_state(frame) != SIDE_INTACT)
		return false;
	cursor_skip(&c, SIDE_HEAD);
	len = cursor_u64(&c);
	if (c.failed || len > PAYLOAD_MAX ||
	    cursor_left(&c) < side_check_len(frame))
		return false;
	n = ZSTD_decompress(buffer_reserve(payload, len + 1), len, c.next,
			    cursor_left(&c) - side_check_len(frame));
	if (ZSTD_isError(n) || n != len)
		return false;
	payload->len = len;
	return true;
}

bool frame_index_read(struct bytes frame, struct frame_summaries *to,
		      struct arena *arena)
{
	struct buffer payload = { 0 };
	struct cursor c = { 0 };
	bool ok = unpack(frame, &payload);

	if (ok)
		c = cursor_of(payload.data, payload.len);
	while (ok && cursor_left(&c)) {
		struct frame_summary s = read_summary(&c, arena);

		ok = !c.failed;
		if (!ok)
			break;
		to->items = mem_grow(to->items, &to->capacity, to->count + 1,
				     sizeof(*to->items));
		to->items[to->count++] = s;
	}
	buffer_free(&payload);
	return ok;
}
