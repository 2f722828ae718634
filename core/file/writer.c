/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The writer: blocks (blocks.c) are gathered into zstd frames of whole blocks;
 * index, keyframes, a health record and a seek table go beside them.
 * doc/capture-format.md.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zstd.h>

#include "core/arena.h"
#include "core/file/blocks.h"
#include "core/file/file.h"
#include "core/file/frames.h"
#include "core/file/keyframe.h"
#include "core/file/origin.h"

/* clang-format off */
enum {
	FRAME_LEN = 1024 * 1024, FRAME_LEAST = 4096, FLUSH_MS = 1000, LEVEL = 3,
	SEEK_TABLE_MAGIC = 0x184D2A5E
};
/* clang-format on */

struct frame_entry {
	uint32_t packed_len, len;
};

struct writer {
	struct event_sink sink;
	struct writer_options options;
	char *path;
	int fd;
	ZSTD_CCtx *zstd;
	struct blocks blocks; /* not yet on disk: the next frame */
	struct buffer packed;
	struct frame_entry *frames;
	size_t frame_count, frame_capacity;
	uint64_t frame_began_ms, len, events, drops, first_ns, last_ns;
	const char *engine;
	struct frame_index *index; /* NULL: nobody noted an event */
	bool finished, failed;
};

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

static int write_all(struct writer *w, const void *data, size_t len,
		     struct error *err)
{
	const uint8_t *at = data;

	while (len) {
		ssize_t n = write(w->fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			w->failed = true;
			return error_errno(err, "%s: cannot be written",
					   w->path);
		}
		at += n;
		len -= (size_t)n;
		w->len += (uint64_t)n;
	}
	return 0;
}

static void add_entry(struct writer *w, uint32_t packed_len, uint32_t len)
{
	w->frames = mem_grow(w->frames, &w->frame_capacity, w->frame_count + 1,
			     sizeof(*w->frames));
	w->frames[w->frame_count++] = (struct frame_entry){ packed_len, len };
}

/* Takes back what was written of a frame that did not fit. */
static void take_back(struct writer *w, uint64_t start)
{
	if (!ftruncate(w->fd, (off_t)start) &&
	    lseek(w->fd, (off_t)start, SEEK_SET) >= 0)
		w->len = start;
}

/* Blocks as one complete frame; all of it is on disk, or nothing. */
static int write_frame(struct writer *w, struct bytes blocks, struct error *err)
{
	size_t bound = ZSTD_compressBound(blocks.len);
	uint64_t start = w->len;
	size_t n;

	w->packed.len = 0;
	n = ZSTD_compressCCtx(w->zstd, buffer_reserve(&w->packed, bound), bound,
			      blocks.data, blocks.len, w->options.level);
	if (ZSTD_isError(n))
		return error_set(err, EIO, "%s: zstd: %s", w->path,
				 ZSTD_getErrorName(n));
	if (write_all(w, w->packed.data, n, err)) {
		take_back(w, start);
		return -1;
	}
	add_entry(w, (uint32_t)n, (uint32_t)blocks.len);
	return 0;
}

/* How long those of the blocks are, together, that are not longer than most. */
static size_t whole_blocks(struct bytes blocks, size_t most)
{
	size_t len = 0;

	while (len + 8 <= blocks.len) {
		size_t next = len + load_u32(blocks.data + len + 4);

		if (next > most || next > blocks.len)
			break;
		len = next;
	}
	return len;
}

/*
 * A disk that is full has no room for the whole frame, but for a part of it:
 * what comes first is kept, in ever smaller frames.
 */
static void keep_what_fits(struct writer *w, struct bytes blocks)
{
	struct error err;

	for (size_t most = blocks.len / 2; most >= FRAME_LEAST;) {
		size_t len = whole_blocks(blocks, most);

		if (!len ||
		    write_frame(w, (struct bytes){ blocks.data, len }, &err)) {
			most /= 2;
			continue;
		}
		blocks.data += len;
		blocks.len -= len;
		if (most > blocks.len)
			most = blocks.len;
	}
	w->failed = true;
}

/* Puts the gathered blocks on disk as one complete frame. */
static int flush_frame(struct writer *w, struct error *err)
{
	struct bytes blocks = { w->blocks.out.data, w->blocks.out.len };

	w->frame_began_ms = now_ms();
	if (!blocks.len || w->failed)
		return 0;
	w->blocks.out.len = 0;
	if (w->options.plain)
		return write_all(w, blocks.data, blocks.len, err);
	if (w->index)
		frame_index_end_frame(w->index, w->len);
	if (!write_frame(w, blocks, err))
		return 0;
	keep_what_fits(w, blocks);
	return -1;
}

static void count_event(struct writer *w, const struct event *event)
{
	w->events++;
	if (!w->first_ns)
		w->first_ns = event->ts_ns;
	w->last_ns = event->ts_ns;
}

static int writer_put(struct event_sink *sink, const struct item *item,
		      struct error *err)
{
	struct writer *w = (struct writer *)sink;

	if (w->failed)
		return error_set(err, EIO, "%s: writing failed before",
				 w->path);
	if (item->kind == ITEM_META)
		blocks_put_meta(&w->blocks, item->meta);
	else if (blocks_put_event(&w->blocks, &item->event))
		count_event(w, &item->event);
	if (w->blocks.out.len >= w->options.frame_len)
		return flush_frame(w, err);
	if (item->kind == ITEM_EVENT && !(w->events & 63))
		return writer_tick(w, err);
	return 0;
}

int writer_tick(struct writer *w, struct error *err)
{
	if (!w->blocks.out.len || w->blocks.list_type ||
	    now_ms() - w->frame_began_ms < w->options.flush_ms)
		return 0;
	return flush_frame(w, err);
}

/* A skippable frame: for the seek table it is one without data. */
static int write_side_frame(struct writer *w, const struct buffer *frame,
			    struct error *err)
{
	add_entry(w, (uint32_t)frame->len, 0);
	return write_all(w, frame->data, frame->len, err);
}

void writer_note(struct writer *w, const struct event *event,
		 const struct frame_subject *subject)
{
	if (w->options.plain || w->options.compat != WRITER_CURRENT)
		return;
	if (!w->index && w->events)
		return; /* too late: it would not know all frames */
	if (!w->index)
		w->index = frame_index_new();
	frame_index_note(w->index, event, subject);
}

/* What the index knows of the frames since it was written last. */
static int write_index(struct writer *w, struct error *err)
{
	struct buffer frame = { 0 };
	int result = 0;

	if (w->index)
		frame_index_write(w->index, &frame);
	if (frame.len)
		result = write_side_frame(w, &frame, err);
	buffer_free(&frame);
	return result;
}

int writer_keyframe(struct writer *w, const struct resume_point *at,
		    const struct buffer *image, struct error *err)
{
	const struct keyframe_head head = { .at = *at };
	struct buffer frame = { 0 };
	int result;

	if (w->options.plain || w->failed)
		return 0;
	if (flush_frame(w, err))
		return -1;
	keyframe_write(&frame, &head, image);
	result = write_index(w, err);
	if (!result)
		result = write_side_frame(w, &frame, err);
	buffer_free(&frame);
	return result;
}

/* What spoor alone reads: how the recording went. */
static int write_health(struct writer *w, struct error *err)
{
	struct buffer b = { 0 };
	uint32_t len;
	int result;

	buffer_u32(&b, HEALTH_MAGIC);
	buffer_u32(&b, 0);
	buffer_printf(&b,
		      "{\"format\":1,\"engine\":\"%s\",\"events\":%" PRIu64
		      ",\"drops\":%" PRIu64 ",\"first_ns\":%" PRIu64
		      ",\"last_ns\":%" PRIu64 ",\"clock\":\"realtime\"}",
		      w->engine ? w->engine : "", w->events, w->drops,
		      w->first_ns, w->last_ns);
	len = (uint32_t)b.len - SKIPPABLE_HEAD;
	memcpy(b.data + 4, &len, sizeof(len));
	result = write_side_frame(w, &b, err);
	buffer_free(&b);
	return result;
}

/* The seek table of the zstd seekable format, last in the file. */
static int write_seek_table(struct writer *w, struct error *err)
{
	struct buffer b = { 0 };
	int result;

	buffer_u32(&b, SEEK_TABLE_MAGIC);
	buffer_u32(&b, (uint32_t)(w->frame_count * 8 + 9));
	for (size_t i = 0; i < w->frame_count; i++) {
		buffer_u32(&b, w->frames[i].packed_len);
		buffer_u32(&b, w->frames[i].len);
	}
	buffer_u32(&b, (uint32_t)w->frame_count);
	buffer_u8(&b, 0);
	buffer_u32(&b, seekable_magic);
	result = write_all(w, b.data, b.len, err);
	buffer_free(&b);
	return result;
}

static int writer_finish(struct event_sink *sink, struct error *err)
{
	struct writer *w = (struct writer *)sink;

	if (w->finished)
		return 0;
	w->finished = true;
	blocks_end_list(&w->blocks);
	if (flush_frame(w, err))
		return -1;
	if (w->options.plain || w->failed)
		return 0;
	if (write_index(w, err) || write_health(w, err))
		return -1;
	return write_seek_table(w, err);
}

static void writer_sink_close(struct event_sink *sink)
{
	writer_close((struct writer *)sink);
}

/* The place of the file in its series comes before all else. */
static int begin_series(struct writer *w, struct error *err)
{
	struct buffer frame = { 0 };
	int result;

	if (!w->options.series.id || w->options.plain)
		return 0;
	series_write(&frame, &w->options.series);
	result = write_side_frame(w, &frame, err);
	buffer_free(&frame);
	return result;
}

int writer_open(struct writer **ret_writer, const char *path,
		const struct writer_options *options, struct error *err)
{
	struct writer *w = mem_zalloc(sizeof(*w));
	int flags = O_WRONLY | O_CREAT | O_CLOEXEC;

	if (options)
		w->options = *options;
	if (!w->options.frame_len)
		w->options.frame_len = FRAME_LEN;
	if (!w->options.flush_ms)
		w->options.flush_ms = FLUSH_MS;
	if (!w->options.level)
		w->options.level = LEVEL;
	w->sink.put = writer_put;
	w->sink.finish = writer_finish;
	w->sink.close = writer_sink_close;
	w->path = mem_strdup(path);
	blocks_init(&w->blocks, w->options.compat);
	w->zstd = ZSTD_createCCtx();
	w->fd = w->options.fd
			? w->options.fd
			: open(path,
			       flags | (w->options.force ? O_TRUNC : O_EXCL),
			       0600);
	if (w->fd < 0) {
		if (errno == EEXIST)
			error_set(err, EEXIST,
				  "%s: exists already; --force overwrites it",
				  path);
		else
			error_errno(err, "%s: cannot be created", path);
		writer_close(w);
		return -1;
	}
	w->frame_began_ms = now_ms();
	if (begin_series(w, err)) {
		writer_close(w);
		return -1;
	}
	*ret_writer = w;
	return 0;
}

struct event_sink *writer_sink(struct writer *writer)
{
	return &writer->sink;
}

void writer_set_engine(struct writer *writer, const char *engine)
{
	writer->engine = engine;
}

int writer_set_origin(struct writer *w, const char *json, struct error *err)
{
	struct buffer frame = { 0 };
	int result;

	if (w->options.plain)
		return 0;
	origin_write(&frame, json);
	result = write_side_frame(w, &frame, err);
	buffer_free(&frame);
	return result;
}

void writer_add_drops(struct writer *writer, uint64_t count)
{
	writer->drops += count;
}

uint64_t writer_len(const struct writer *writer)
{
	return writer->len;
}

void writer_close(struct writer *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	ZSTD_freeCCtx(w->zstd);
	blocks_free(&w->blocks);
	buffer_free(&w->packed);
	frame_index_free(w->index);
	free(w->frames);
	free(w->path);
	free(w);
}

/* Takes the seek table off the end of the file, if there is one. */
static int take_seek_table(struct writer *w, struct error *err)
{
	off_t end = lseek(w->fd, 0, SEEK_END);
	uint8_t footer[SEEK_FOOTER];
	struct buffer table = { 0 };
	uint32_t count;
	off_t start;

	if (end < SEEK_FOOTER ||
	    pread(w->fd, footer, SEEK_FOOTER, end - SEEK_FOOTER) !=
		    SEEK_FOOTER ||
	    load_u32(footer + 5) != seekable_magic || footer[4])
		return error_set(err, ERROR_FORMAT,
				 "%s: has no seek table: "
				 "not a capture that spoor finished",
				 w->path);
	count = load_u32(footer);
	start = end - SEEK_FOOTER - (off_t)count * 8 - SKIPPABLE_HEAD;
	if (start < 0 ||
	    pread(w->fd, buffer_reserve(&table, (size_t)count * 8 + 1),
		  (size_t)count * 8,
		  start + SKIPPABLE_HEAD) != (ssize_t)count * 8) {
		buffer_free(&table);
		return error_set(err, ERROR_FORMAT,
				 "%s: its seek table is damaged", w->path);
	}
	for (uint32_t i = 0; i < count; i++)
		add_entry(w, load_u32(table.data + (size_t)i * 8),
			  load_u32(table.data + (size_t)i * 8 + 4));
	buffer_free(&table);
	if (lseek(w->fd, start, SEEK_SET) < 0)
		return error_errno(err, "%s", w->path);
	return 0;
}

int capture_append(const char *path, const struct buffer *frames,
		   const uint32_t *lens, unsigned count, struct error *err)
{
	struct writer w = { .path = (char *)(uintptr_t)path };
	int result;

	w.fd = open(path, O_RDWR | O_CLOEXEC);
	if (w.fd < 0)
		return error_errno(err, "%s: cannot be changed", path);
	result = take_seek_table(&w, err);
	for (unsigned i = 0; i < count && !result; i++)
		add_entry(&w, lens[i], 0);
	if (!result)
		result = write_all(&w, frames->data, frames->len, err);
	if (!result)
		result = write_seek_table(&w, err);
	free(w.frames);
	close(w.fd);
	return result;
}
