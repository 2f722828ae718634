/* SPDX-License-Identifier: Apache-2.0 */
/* The frames of a capture file, and reading from a keyframe; see parts.h. */
#include "core/file/parts.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "core/file/keyframe.h"

/* Where a part begins. */
struct part {
	struct keyframe_head head;
	struct bytes keyframe; /* len 0: the beginning of the file */
};

struct parts {
	char *path;
	const uint8_t *map;
	size_t len, opened_len;
	struct part *items;
	size_t count, capacity;
	struct frame *frames;
	size_t frame_count, frame_capacity;
	struct frame_summaries index;
	struct arena arena; /* of the index */
	struct bytes health;
};

static void add_part(struct parts *p, const struct part *part)
{
	p->items = mem_grow(p->items, &p->capacity, p->count + 1,
			    sizeof(*p->items));
	p->items[p->count++] = *part;
}

static void add_frame(struct parts *p, uint64_t offset, uint64_t len)
{
	p->frames = mem_grow(p->frames, &p->frame_capacity, p->frame_count + 1,
			     sizeof(*p->frames));
	p->frames[p->frame_count++] =
		(struct frame){ .offset = offset, .len = len };
}

/* A skippable frame that may be one of ours. */
static void take_side_frame(struct parts *p, struct bytes frame)
{
	uint32_t magic = load_u32(frame.data);
	struct part part = { .keyframe = frame };

	p->opened_len += magic == KEYFRAME_MAGIC ? KEYFRAME_HEAD : frame.len;
	if (magic == HEALTH_MAGIC)
		p->health = (struct bytes){ frame.data + SKIPPABLE_HEAD,
					    frame.len - SKIPPABLE_HEAD };
	if (magic == INDEX_MAGIC)
		frame_index_read(frame, &p->index, &p->arena);
	if (!keyframe_read_head(frame, &part.head))
		return;
	if (!part.head.resume_at)
		part.head.resume_at =
			(uint64_t)(frame.data - p->map) + frame.len;
	if (part.head.resume_at <= p->len)
		add_part(p, &part);
}

/* The length of the skippable frame at a place; 0: there is none, whole. */
static size_t side_frame_len(const struct parts *p, size_t at)
{
	uint64_t len;

	if (p->len - at < SKIPPABLE_HEAD ||
	    (load_u32(p->map + at) & 0xfffffff0) != ZSTD_MAGIC_SKIPPABLE_START)
		return 0;
	len = (uint64_t)load_u32(p->map + at + 4) + SKIPPABLE_HEAD;
	return len <= p->len - at ? (size_t)len : 0;
}

/*
 * Frames by the seek table at the end, which saves looking at them all.
 * false: there is none, or it does not add up to the file.
 */
static bool read_seek_table(struct parts *p)
{
	const uint8_t *end = p->map + p->len, *entry;
	uint64_t count, sum = 0;
	size_t table_len, at = 0;

	if (p->len < SEEK_FOOTER || load_u32(end - 4) != seekable_magic ||
	    end[-5])
		return false;
	count = load_u32(end - SEEK_FOOTER);
	table_len = (size_t)count * 8 + SEEK_FOOTER + SKIPPABLE_HEAD;
	if (table_len > p->len)
		return false;
	entry = end - SEEK_FOOTER - count * 8;
	for (size_t i = 0; i < count; i++)
		sum += load_u32(entry + i * 8);
	if (sum + table_len != p->len)
		return false;
	p->opened_len += table_len;
	for (; count--; entry += 8) {
		size_t len = load_u32(entry);

		if (load_u32(entry + 4))
			add_frame(p, at, len);
		else if (len >= SKIPPABLE_HEAD && side_frame_len(p, at) == len)
			take_side_frame(p, (struct bytes){ p->map + at, len });
		at += len;
	}
	return true;
}

/*
 * Frames up to the first damage; all behind it is one.  Pages that were looked
 * at are given back on the way: that is nearly all of them.
 */
static void scan(struct parts *p)
{
	enum { RELEASE_LEN = 8 * 1024 * 1024 };
	size_t at = 0, released = 0;

	while (at < p->len) {
		size_t side = side_frame_len(p, at);
		size_t len = side ? side
				  : ZSTD_findFrameCompressedSize(p->map + at,
								 p->len - at);

		if (ZSTD_isError(len) || !len)
			len = p->len - at;
		if (side)
			take_side_frame(p, (struct bytes){ p->map + at, len });
		else
			add_frame(p, at, len);
		at += len;
		if (at < released + RELEASE_LEN && at < p->len)
			continue;
		madvise((uint8_t *)(uintptr_t)p->map + released, at - released,
			MADV_DONTNEED);
		released = at - at % RELEASE_LEN;
	}
	p->opened_len = p->len;
}

/* Is it a row of zstd frames? */
static bool is_zstd(const struct parts *p)
{
	uint32_t magic = p->map && p->len >= 4 ? load_u32(p->map) : 0;

	return magic == ZSTD_MAGICNUMBER ||
	       (magic & 0xfffffff0) == ZSTD_MAGIC_SKIPPABLE_START;
}

static int by_place(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	return (x->head.resume_at > y->head.resume_at) -
	       (x->head.resume_at < y->head.resume_at);
}

/* In order of their place, each place once. */
static void sort_parts(struct parts *p)
{
	size_t kept = 0;

	qsort(p->items, p->count, sizeof(*p->items), by_place);
	for (size_t i = 0; i < p->count; i++)
		if (!kept || p->items[i].head.resume_at >
				     p->items[kept - 1].head.resume_at)
			p->items[kept++] = p->items[i];
	p->count = kept;
}

static int by_offset(const void *a, const void *b)
{
	const struct frame_summary *x = a, *y = b;

	return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Tells each frame its part and its summary. */
static void join(struct parts *p)
{
	size_t s = 0;
	unsigned part = 0;

	if (p->index.count)
		qsort(p->index.items, p->index.count, sizeof(*p->index.items),
		      by_offset);
	for (size_t i = 0; i < p->frame_count; i++) {
		struct frame *f = &p->frames[i];

		while (part + 1 < p->count &&
		       p->items[part + 1].head.resume_at <= f->offset)
			part++;
		while (s < p->index.count &&
		       p->index.items[s].offset < f->offset)
			s++;
		f->part = part;
		f->begins_part = !i || p->frames[i - 1].part != part;
		if (s < p->index.count && p->index.items[s].offset == f->offset)
			f->summary = &p->index.items[s];
	}
}

static int map_file(struct parts *p, struct error *err)
{
	int fd = open(p->path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *map = NULL;

	if (fd < 0 || fstat(fd, &st)) {
		error_errno(err, "%s: cannot open", p->path);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (S_ISREG(st.st_mode) && st.st_size) {
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd,
			   0);
		p->len = (size_t)st.st_size;
	}
	close(fd);
	if (map == MAP_FAILED) {
		p->len = 0;
		return error_errno(err, "%s: cannot be mapped", p->path);
	}
	p->map = map;
	return 0;
}

int parts_open(struct parts **ret_parts, const char *path, struct error *err)
{
	struct parts *p = mem_zalloc(sizeof(*p));
	const struct part whole = { .head = { .resume_at = 0 } };

	p->path = mem_strdup(path);
	add_part(p, &whole);
	if (strcmp(path, "-") && map_file(p, err)) {
		parts_close(p);
		return -1;
	}
	if (is_zstd(p) && !read_seek_table(p))
		scan(p);
	sort_parts(p);
	join(p);
	*ret_parts = p;
	return 0;
}

unsigned parts_count(const struct parts *parts)
{
	return (unsigned)parts->count;
}

int parts_reader(struct reader **ret_reader, const struct parts *p,
		 unsigned first, unsigned last, struct resume_point *ret_point,
		 struct error *err)
{
	const struct part *part = &p->items[first];
	uint64_t begin = part->head.resume_at;
	uint64_t end = last + 1 < p->count ? p->items[last + 1].head.resume_at
					   : p->len;
	struct reader_slice slice = { .path = p->path,
				      .keyframe = part->keyframe,
				      .is_middle = first > 0,
				      .events = part->head.at.events };

	*ret_point = part->head.at;
	if (first == 0 && last + 1 == p->count)
		return reader_open(ret_reader, p->path, NULL, err);
	slice.data = (struct bytes){ p->map + begin, end - begin };
	return reader_open_slice(ret_reader, &slice, err);
}

const struct frame *parts_frames(const struct parts *p, size_t *ret_count)
{
	*ret_count = p->frame_count;
	return p->frames;
}

int parts_run_reader(struct reader **ret_reader, const struct parts *p,
		     const struct frame_run *run,
		     struct resume_point *ret_point, struct error *err)
{
	const struct frame *first = &p->frames[run->first];
	const struct frame *last = &p->frames[run->last];
	const struct part *part = &p->items[first->part];
	struct reader_slice slice = { .path = p->path,
				      .data = { p->map + first->offset,
						last->offset + last->len -
							first->offset },
				      .is_middle = run->first > 0 };

	*ret_point = part->head.at;
	if (run->with_state)
		slice.keyframe = part->keyframe;
	if (!first->begins_part) {
		slice.in_facts = !first->summary->began;
		ret_point->events = first->summary->first_num - 1;
	}
	slice.events = ret_point->events;
	return reader_open_slice(ret_reader, &slice, err);
}

struct bytes parts_health(const struct parts *parts)
{
	return parts->health;
}

uint64_t parts_file_len(const struct parts *parts)
{
	return parts->len;
}

uint64_t parts_opened_len(const struct parts *parts)
{
	return parts->opened_len;
}

uint64_t parts_keyframe_len(const struct parts *parts, unsigned part)
{
	return parts->items[part].keyframe.len;
}

unsigned parts_keyframes(const struct parts *parts)
{
	return (unsigned)parts->count - 1;
}

void parts_close(struct parts *p)
{
	if (!p)
		return;
	if (p->map)
		munmap((void *)(uintptr_t)p->map, p->len);
	free(p->items);
	free(p->frames);
	free(p->index.items);
	arena_free(&p->arena);
	free(p->path);
	free(p);
}
