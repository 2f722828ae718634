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
	size_t len;
	struct part *items;
	size_t count, capacity;
	struct bytes health;
	uint64_t data_frames;
};

static void add_part(struct parts *p, const struct part *part)
{
	p->items = mem_grow(p->items, &p->capacity, p->count + 1,
			    sizeof(*p->items));
	p->items[p->count++] = *part;
}

static void take_frame(struct parts *p, struct bytes frame)
{
	uint32_t magic = load_u32(frame.data);
	struct part part = { .keyframe = frame };

	if (magic == ZSTD_MAGICNUMBER)
		p->data_frames++;
	else if (magic == HEALTH_MAGIC)
		p->health = (struct bytes){ frame.data + SKIPPABLE_HEAD,
					    frame.len - SKIPPABLE_HEAD };
	if (!keyframe_read_head(frame, &part.head))
		return;
	if (!part.head.resume_at)
		part.head.resume_at =
			(uint64_t)(frame.data - p->map) + frame.len;
	if (part.head.resume_at <= p->len)
		add_part(p, &part);
}

/*
 * Frames up to the first damage.  Pages that were looked at are given back on
 * the way: that is nearly all of them.
 */
static void scan(struct parts *p)
{
	enum { RELEASE_LEN = 8 * 1024 * 1024 };
	size_t at = 0, released = 0;

	while (p->len - at >= SKIPPABLE_HEAD) {
		size_t len =
			ZSTD_findFrameCompressedSize(p->map + at, p->len - at);

		if (ZSTD_isError(len) || !len)
			return;
		take_frame(p, (struct bytes){ p->map + at, len });
		at += len;
		if (at < released + RELEASE_LEN && at < p->len)
			continue;
		madvise((uint8_t *)(uintptr_t)p->map + released, at - released,
			MADV_DONTNEED);
		released = at - at % RELEASE_LEN;
	}
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
	if (p->len)
		scan(p);
	sort_parts(p);
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
	uint64_t end = last + 1 < p->count ? p->items[last + 1].head.resume_at
					   : p->len;
	struct reader_slice slice = { .path = p->path,
				      .keyframe = part->keyframe,
				      .data = { p->map + part->head.resume_at,
						end - part->head.resume_at },
				      .events = part->head.at.events };

	*ret_point = part->head.at;
	if (first == 0 && last + 1 == p->count)
		return reader_open(ret_reader, p->path, NULL, err);
	return reader_open_slice(ret_reader, &slice, err);
}

struct bytes parts_health(const struct parts *parts)
{
	return parts->health;
}

void parts_frames(const struct parts *parts, uint64_t *ret_keyframes,
		  uint64_t *ret_data)
{
	*ret_keyframes = parts->count - 1;
	*ret_data = parts->data_frames;
}

void parts_close(struct parts *p)
{
	if (!p)
		return;
	if (p->map)
		munmap((void *)(uintptr_t)p->map, p->len);
	free(p->items);
	free(p->path);
	free(p);
}
