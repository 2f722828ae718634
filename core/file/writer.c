/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The writer: collects blocks (blocks.c) into zstd frames of whole blocks, and
 * adds index, keyframes, end record and seek table.  doc/capture-format.md.
 */
#include <errno.h>
#include <fcntl.h>
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
#include "core/file/layout.h"
#include "core/file/origin.h"
#include "core/file/records.h"
#include "core/file/seek_table.h"
#include "core/file/syncer.h"
#include "core/newfile.h"

/* clang-format off */
enum {
	FRAME_LEN = 1024 * 1024, FRAME_LEAST = 4096, FLUSH_MS = 1000, LEVEL = 3
};
/* clang-format on */

struct writer {
	struct event_sink sink;
	struct writer_options options;
	struct newfile file;
	ZSTD_CCtx *zstd;
	struct blocks blocks; /* the next frame, not yet on disk */
	struct buffer packed;
	struct buffer table; /* entries of the seek table */
	uint64_t frame_began_ms, len, events, first_ns, last_ns;
	uint64_t frames, framed; /* data frames, and events in them */
	uint64_t left_out;	 /* events excluded by --compat */
	bool is_left_out[EVENT_KIND_COUNT]; /* event codes excluded by it */
	struct writer_end end;
	off_t state_at; /* offset of the state block; 0: there is none */
	const char *engine;
	struct frame_index *index; /* NULL: no event was noted */
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
		ssize_t n = write(w->file.fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			w->failed = true;
			return error_errno(err, "%s: cannot be written",
					   w->file.path);
		}
		at += n;
		len -= (size_t)n;
		w->len += (uint64_t)n;
	}
	return 0;
}

/* Removes the written part of a frame that did not fit. */
static void take_back(struct writer *w, uint64_t start)
{
	if (!ftruncate(w->file.fd, (off_t)start) &&
	    lseek(w->file.fd, (off_t)start, SEEK_SET) >= 0)
		w->len = start;
}

/* Compresses blocks, leaving room for a mark before them.  The length, or 0. */
static size_t pack(struct writer *w, struct bytes blocks, struct error *err)
{
	size_t bound = ZSTD_compressBound(blocks.len), n;

	w->packed.len = 0;
	buffer_reserve(&w->packed, MARK_FRAME + bound);
	n = ZSTD_compress2(w->zstd, w->packed.data + MARK_FRAME, bound,
			   blocks.data, blocks.len);
	if (!ZSTD_isError(n))
		return n;
	error_set(err, EIO, "%s: zstd: %s", w->file.path, ZSTD_getErrorName(n));
	return 0;
}

/* Writes blocks as one complete frame after its mark: all of it, or nothing. */
static int write_frame(struct writer *w, struct bytes blocks, uint64_t events,
		       struct error *err)
{
	struct frame_mark mark = { .id = w->options.series.id,
				   .file = w->options.series.number,
				   .is_rotated = w->options.series.is_rotated,
				   .number = w->frames,
				   .first_num = w->framed + 1,
				   .events = (uint32_t)events };
	uint64_t start = w->len;
	size_t n = pack(w, blocks, err);

	if (!n)
		return -1;
	mark.len = (uint32_t)n;
	mark.check = load_u32(w->packed.data + MARK_FRAME + n - 4);
	mark.hash = frame_hash(w->packed.data + MARK_FRAME, n);
	mark_write(&w->packed, &mark);
	if (write_all(w, w->packed.data, MARK_FRAME + n, err)) {
		take_back(w, start);
		return -1;
	}
	w->frames++;
	w->framed += events;
	seek_table_add(&w->table, MARK_FRAME, 0);
	seek_table_add(&w->table, (uint32_t)n, (uint32_t)blocks.len);
	return 0;
}

/* The length of as many whole blocks as fit into `most' bytes. */
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

static uint64_t count_events(struct bytes blocks)
{
	uint64_t events = 0;

	for (size_t at = 0; at < blocks.len;
	     at += load_u32(blocks.data + at + 4))
		events += event_form_of(load_u32(blocks.data + at)) != NULL;
	return events;
}

/*
 * Saves the first part of a frame that does not fit on a full disk, in ever
 * smaller frames.
 */
static void keep_what_fits(struct writer *w, struct bytes blocks)
{
	struct error err;

	for (size_t most = blocks.len / 2; most >= FRAME_LEAST;) {
		struct bytes part = { blocks.data, whole_blocks(blocks, most) };
		size_t len = part.len;

		if (!len || write_frame(w, part, count_events(part), &err)) {
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

/* Blocks as they are: of what a full disk takes, those that are whole. */
static int write_plain(struct writer *w, struct bytes blocks, struct error *err)
{
	uint64_t start = w->len;

	if (!write_all(w, blocks.data, blocks.len, err)) {
		w->framed = w->events;
		return 0;
	}
	blocks.len = whole_blocks(blocks, w->len - start);
	take_back(w, start + blocks.len);
	w->framed += count_events(blocks);
	return -1;
}

/* Writes the collected blocks as one complete frame. */
static int flush_frame(struct writer *w, struct error *err)
{
	struct bytes blocks = { w->blocks.out.data, w->blocks.out.len };

	w->frame_began_ms = now_ms();
	if (!blocks.len || w->failed)
		return 0;
	w->blocks.out.len = 0;
	if (w->options.plain)
		return write_plain(w, blocks, err);
	if (w->index)
		frame_index_end_frame(w->index, w->len + MARK_FRAME);
	if (!write_frame(w, blocks, w->events - w->framed, err))
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

/* Which calls an old reader's file does not have: "-capset -prctl". */
static void add_compat(const struct writer *w, struct evidence *gaps)
{
	struct buffer calls = { 0 };

	for (unsigned i = 0; i < EVENT_KIND_COUNT; i++)
		if (w->is_left_out[i])
			buffer_printf(&calls, "%s-%s", calls.len ? " " : "",
				      event_kinds[i].name);
	/* Of programs it does not know all: times and inodes of their files. */
	buffer_printf(&calls, "%s-execve -execveat", calls.len ? " " : "");
	buffer_u8(&calls, '\0');
	evidence_add_compat(gaps, w->left_out, (char *)calls.data);
	buffer_free(&calls);
}

/* Appends the end record. */
static void put_end(struct writer *w, struct buffer *out, bool is_end)
{
	const struct file_end end = { .engine = w->engine ? w->engine : "",
				      .events = w->events,
				      .facts = w->end.facts,
				      .drops = w->end.drops,
				      .first_ns = w->first_ns,
				      .last_ns = w->last_ns,
				      .frames = w->frames,
				      .is_last = !w->end.is_followed,
				      .is_end = is_end };
	struct evidence gaps = { 0 };

	if (w->end.gaps)
		evidence_join(&gaps, w->end.gaps);
	if (w->options.plain)
		evidence_add_left_out(&gaps, w->options.left_out,
				      w->options.left_out_count);
	if (w->options.compat != WRITER_CURRENT)
		add_compat(w, &gaps);
	(w->options.plain ? state_block_write : end_write)(out, &end, &gaps);
	evidence_free(&gaps);
}

/*
 * In an uncompressed capture, reserves a block after the section for the end
 * record.  Pipes have none: the writer cannot go back to it.
 */
static void begin_state(struct writer *w)
{
	if (w->state_at || lseek(w->file.fd, 0, SEEK_CUR) < 0)
		return;
	w->state_at = (off_t)(w->len + w->blocks.out.len);
	put_end(w, &w->blocks.out, false);
}

static void put_meta(struct writer *w, const struct meta *meta)
{
	blocks_put_meta(&w->blocks, meta);
	if (meta->kind == META_SECTION && w->options.plain)
		begin_state(w);
}

/* Closes the current frame if flush_ms has passed since it began. */
static int writer_idle(struct event_sink *sink, struct error *err)
{
	struct writer *w = (struct writer *)sink;

	if (!w->blocks.out.len || w->blocks.list_type ||
	    now_ms() - w->frame_began_ms < w->options.flush_ms)
		return 0;
	return flush_frame(w, err);
}

static void leave_out(struct writer *w, const struct event *event)
{
	w->left_out++;
	w->is_left_out[event->code] = true;
}

static int writer_put(struct event_sink *sink, const struct item *item,
		      struct error *err)
{
	struct writer *w = (struct writer *)sink;

	if (w->failed)
		return error_set(err, EIO, "%s: writing failed before",
				 w->file.path);
	if (item->kind == ITEM_META)
		put_meta(w, item->meta);
	else if (blocks_put_event(&w->blocks, &item->event))
		count_event(w, &item->event);
	else if (!event_is_hidden(&item->event))
		leave_out(w, &item->event);
	if (w->blocks.out.len >= w->options.frame_len)
		return flush_frame(w, err);
	if (item->kind == ITEM_EVENT && !(w->events & 63))
		return writer_idle(sink, err);
	return 0;
}

/* Writes a skippable frame; in the seek table its decompressed length is 0. */
static int write_side_frame(struct writer *w, const struct buffer *frame,
			    struct error *err)
{
	seek_table_add(&w->table, (uint32_t)frame->len, 0);
	return write_all(w, frame->data, frame->len, err);
}

void writer_note(struct writer *w, const struct event *event,
		 const struct frame_subject *subject)
{
	if (w->options.plain || w->options.compat != WRITER_CURRENT)
		return;
	if (!w->index && w->events)
		return; /* too late: the index would be incomplete */
	if (!w->index)
		w->index = frame_index_new();
	frame_index_note(w->index, event, subject);
}

/* Writes the index of the frames since the last index. */
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

/* Writes the end record, which only spoor reads. */
static int write_end(struct writer *w, struct error *err)
{
	struct buffer b = { 0 };
	int result;

	put_end(w, &b, true);
	result = write_side_frame(w, &b, err);
	b.len = 0;
	seek_table_put(&b, &w->table);
	if (!result)
		result = write_all(w, b.data, b.len, err);
	buffer_free(&b);
	return result;
}

static int write_state(struct writer *w, struct error *err)
{
	struct buffer b = { 0 };
	ssize_t n;

	if (!w->state_at)
		return 0;
	put_end(w, &b, true);
	n = pwrite(w->file.fd, b.data, b.len, w->state_at);
	buffer_free(&b);
	return n == STATE_BLOCK_LEN ? 0
				    : error_errno(err, "%s: cannot be written",
						  w->file.path);
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
	if (w->failed)
		return 0;
	if (w->options.plain ? write_state(w, err)
			     : write_index(w, err) || write_end(w, err))
		return -1;
	if (w->options.syncer)
		syncer_watch(w->options.syncer, -1);
	return newfile_finish(&w->file, err);
}

/* Writes the head before anything else, so that it survives a kill. */
static int begin_file(struct writer *w, struct error *err)
{
	struct buffer frame = { 0 };
	int result;

	if (w->options.plain)
		return 0;
	head_write(&frame, &w->options.series, w->options.left_out,
		   w->options.left_out_count);
	result = write_side_frame(w, &frame, err);
	buffer_free(&frame);
	return result;
}

/* Locks the file, so that readers know that it is still being written. */
static void lock_file(int fd)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	fcntl(fd, F_OFD_SETLK, &lock);
}

static ZSTD_CCtx *new_zstd(int level)
{
	ZSTD_CCtx *zstd = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, level);
	ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
	return zstd;
}

int writer_open(struct writer **ret_writer, const char *path,
		const struct writer_options *options, struct error *err)
{
	struct writer *w = mem_zalloc(sizeof(*w));
	unsigned flags;

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
	w->sink.idle = writer_idle;
	w->file.fd = -1;
	blocks_init(&w->blocks, w->options.compat);
	w->zstd = new_zstd(w->options.level);
	if (!w->options.series.id)
		w->options.series = series_new();
	flags = (w->options.force ? NEWFILE_FORCE : 0) |
		(w->options.whole ? 0 : NEWFILE_GROWS);
	if (w->options.fd) {
		newfile_take(&w->file, w->options.fd, path);
	} else if (newfile_open(&w->file, path, flags, err)) {
		writer_close(w);
		return -1;
	}
	lock_file(w->file.fd);
	w->frame_began_ms = now_ms();
	if (w->options.syncer)
		writer_sync(w, w->options.syncer);
	if (begin_file(w, err)) {
		writer_discard(w); /* an empty file is not a capture */
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

void writer_sync(struct writer *w, struct syncer *syncer)
{
	w->options.syncer = syncer;
	if (syncer)
		syncer_watch(syncer, w->file.fd);
}

void writer_set_end(struct writer *writer, const struct writer_end *end)
{
	writer->end = *end;
}

uint64_t writer_events(const struct writer *writer)
{
	return writer->events;
}

uint64_t writer_len(const struct writer *writer)
{
	return writer->len;
}

bool writer_is_stream(const struct writer *writer)
{
	return writer->file.is_stream;
}

void writer_rename(struct writer *writer, const char *path)
{
	newfile_rename(&writer->file, path);
}

uint64_t writer_events_on_disk(const struct writer *writer)
{
	return writer->framed;
}

void writer_discard(struct writer *w)
{
	if (w->options.syncer)
		syncer_watch(w->options.syncer, -1);
	newfile_discard(&w->file);
	writer_close(w);
}

void writer_close(struct writer *w)
{
	if (!w)
		return;
	if (w->options.syncer)
		syncer_watch(w->options.syncer, -1);
	newfile_close(&w->file);
	ZSTD_freeCCtx(w->zstd);
	blocks_free(&w->blocks);
	buffer_free(&w->packed);
	frame_index_free(w->index);
	buffer_free(&w->table);
	free(w);
}
