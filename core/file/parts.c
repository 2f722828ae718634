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

#include "core/file/chain.h"
#include "core/file/input.h"
#include "core/file/keyframe.h"
#include "core/file/records.h"

enum { HAS_CHECKSUM = 4 /* in the descriptor of a zstd frame */ };

/* The beginning of a part. */
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
	struct chain chain;
	struct evidence evidence;
	struct chain_stop stop;
	bool is_live, has_no_checksum;
};

static void add_part(struct parts *p, const struct part *part)
{
	p->items = mem_grow(p->items, &p->capacity, p->count + 1,
			    sizeof(*p->items));
	p->items[p->count++] = *part;
}

/* Adds a data frame, and checks its place in the chain. */
static void add_frame(struct parts *p, uint64_t offset, uint64_t len)
{
	uint64_t mark_at = p->chain.has_mark ? p->chain.mark_at : offset;

	p->has_no_checksum |= !(p->map[offset + 4] & HAS_CHECKSUM);
	chain_data(&p->chain, offset, len);
	p->frames = mem_grow(p->frames, &p->frame_capacity, p->frame_count + 1,
			     sizeof(*p->frames));
	p->frames[p->frame_count++] = (struct frame){ .offset = offset,
						      .len = len,
						      .mark_at = mark_at };
}

/* Processes a skippable frame, maybe one of spoor. */
static void take_side_frame(struct parts *p, struct bytes frame)
{
	uint32_t magic = load_u32(frame.data);
	struct part part = { .keyframe = frame };

	p->opened_len += magic == KEYFRAME_MAGIC ? KEYFRAME_HEAD : frame.len;
	chain_side(&p->chain, frame, (uint64_t)(frame.data - p->map));
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

/* Processes the frame at an offset, which must have this kind and length. */
static bool take_piece(struct parts *p, size_t at, size_t len, bool is_data)
{
	struct piece piece = chain_look(&p->chain, p->map + at, len);

	if (piece.len != len ||
	    piece.kind != (is_data ? PIECE_DATA : PIECE_SIDE))
		return false;
	if (is_data)
		add_frame(p, at, len);
	else
		take_side_frame(p, (struct bytes){ p->map + at, len });
	return true;
}

/*
 * Finds the frames by the seek table, without reading the whole file.  false:
 * there is no table, or it does not match the file.
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
	for (; count--; entry += 8) {
		size_t len = load_u32(entry);

		if (!take_piece(p, at, len, load_u32(entry + 4) > 0))
			return false;
		at += len;
	}
	return take_piece(p, at, table_len, false);
}

/*
 * Finds the frames by reading the whole file, releasing the pages on the way.
 */
static void scan(struct parts *p)
{
	enum { RELEASE_LEN = 8 * 1024 * 1024 };
	size_t at = 0, released = 0;

	while (at < p->len) {
		struct piece piece =
			chain_look(&p->chain, p->map + at, p->len - at);

		if (piece.kind != PIECE_SIDE && piece.kind != PIECE_DATA)
			break;
		take_piece(p, at, piece.len, piece.kind == PIECE_DATA);
		at += piece.len;
		if (at < released + RELEASE_LEN && at < p->len)
			continue;
		madvise((uint8_t *)(uintptr_t)p->map + released, at - released,
			MADV_DONTNEED);
		released = at - at % RELEASE_LEN;
	}
	p->opened_len = p->len;
	p->stop = (struct chain_stop){ .offset = at, .left = p->len - at };
}

/* Forgets frames and parts: the file must be read from end to end. */
static void forget(struct parts *p)
{
	p->frame_count = p->index.count = p->count = 0;
	p->opened_len = 0;
	p->has_no_checksum = false;
	p->health = (struct bytes){ 0 };
	evidence_free(&p->evidence);
	chain_begin(&p->chain, &p->evidence, p->path);
	add_part(p, &(struct part){ .head = { .resume_at = 0 } });
}

/* Is all damage inherited from the capture it was converted from? */
static bool is_damage_carried(const struct parts *p)
{
	for (size_t i = 0; i < p->evidence.count; i++)
		if (!p->evidence.gaps[i].is_carried &&
		    gap_is_damage(p->evidence.gaps[i].kind))
			return false;
	return true;
}

/* Finds frames and parts; none if frames are missing or out of order. */
static void read_frames(struct parts *p)
{
	forget(p);
	if (!read_seek_table(p)) {
		forget(p);
		scan(p);
	}
	p->stop.is_live = p->is_live;
	p->stop.is_by_blocks = true;
	chain_stop(&p->chain, &p->stop);
	p->evidence.is_lost_known =
		p->chain.has_end && p->chain.end.drops != GAP_UNKNOWN;
	p->evidence.checksums = p->has_no_checksum ? "none" : "zstd";
	if (p->stop.left || (p->evidence.is_damaged && !is_damage_carried(p))) {
		p->frame_count = 0;
		p->count = 1;
	}
}

/* Does the file begin with a zstd frame? */
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

/* Sorts the parts by position and removes duplicates. */
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

/* Assigns each frame its part and its summary. */
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
	p->is_live = file_is_locked(fd);
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

	p->path = mem_strdup(path);
	if (strcmp(path, "-") && map_file(p, err)) {
		parts_close(p);
		return -1;
	}
	forget(p);
	if (is_zstd(p))
		read_frames(p);
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
		 const struct part_run *run, struct resume_point *ret_point,
		 struct error *err)
{
	const struct part *part = &p->items[run->first];
	unsigned next = run->last + 1;
	uint64_t begin = part->head.resume_at;
	uint64_t end = next < p->count ? p->items[next].head.resume_at : p->len;
	struct reader_slice slice = { .path = p->path,
				      .keyframe = part->keyframe,
				      .offset = begin,
				      .is_middle = run->first > 0,
				      .events = part->head.at.events };

	*ret_point = part->head.at;
	if (run->first == 0 && next == p->count)
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
				      .data = { p->map + first->mark_at,
						last->offset + last->len -
							first->mark_at },
				      .offset = first->mark_at,
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

const struct file_end *parts_end(const struct parts *p)
{
	return p->chain.has_end ? &p->chain.end : NULL;
}

uint64_t parts_facts(const struct parts *p)
{
	return p->chain.has_end ? p->chain.end.facts : GAP_UNKNOWN;
}

uint64_t parts_own_events(const struct parts *p)
{
	uint64_t facts = parts_facts(p);

	return facts == GAP_UNKNOWN ? GAP_UNKNOWN : p->chain.end.events - facts;
}

const struct series *parts_series(const struct parts *p)
{
	return &p->chain.series;
}

void parts_report(const struct parts *p, struct evidence *to)
{
	evidence_join(to, &p->evidence);
	to->is_lost_known = p->evidence.is_lost_known;
}

void parts_report_series(struct evidence *to, struct parts *const *files,
			 unsigned count)
{
	const struct parts *last = files[count - 1];

	for (unsigned i = 0; i < count; i++)
		evidence_join(to, &files[i]->evidence);
	to->is_lost_known = last->evidence.is_lost_known;
	if (last->chain.series.is_rotated)
		series_report_ends(to, last->path, &files[0]->chain.series,
				   &last->chain.series, parts_end(last));
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
	evidence_free(&p->evidence);
	free(p->path);
	free(p);
}
