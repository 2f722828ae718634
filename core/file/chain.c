/* SPDX-License-Identifier: Apache-2.0 */
/* The order of frames, and what is missing from it; see chain.h. */
#include "core/file/chain.h"

#include <stdio.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "core/file/keyframe.h"
#include "core/file/layout.h"
#include "core/file/seek_table.h"

enum {
	SIDE_MAX = 256 << 20, /* a longer one is a damaged length */
	HAS_CHECKSUM = 4      /* in the descriptor of a zstd frame */
};

void chain_begin(struct chain *c, struct evidence *evidence, const char *path)
{
	*c = (struct chain){ .evidence = evidence,
			     .path = path,
			     .num = 1,
			     .is_num_known = true,
			     .is_table_known = true };
	evidence->path = path;
}

void chain_begin_middle(struct chain *c, uint64_t base)
{
	c->base = base;
	c->is_middle = true;
	c->is_table_known = false;
}

/* Is the table consistent in itself? */
static bool is_seek_table(const uint8_t *at, size_t len)
{
	return len >= SKIPPABLE_HEAD + SEEK_FOOTER &&
	       load_u32(at + len - 4) == seekable_magic &&
	       (size_t)load_u32(at + len - SEEK_FOOTER) * 8 + SEEK_FOOTER +
			       SKIPPABLE_HEAD ==
		       len;
}

static struct piece bad_piece(size_t len, const char *why)
{
	return (struct piece){ PIECE_BAD, len, why };
}

/* Examines a skippable frame. */
static struct piece look_at_side(const uint8_t *at, size_t len)
{
	uint32_t magic = load_u32(at);
	uint64_t whole;

	if (len < SKIPPABLE_HEAD)
		return (struct piece){ PIECE_CUT, SKIPPABLE_HEAD, NULL };
	whole = (uint64_t)load_u32(at + 4) + SKIPPABLE_HEAD;
	if (whole > SIDE_MAX || (magic == MARK_MAGIC && whole != MARK_FRAME))
		return bad_piece(0, "a frame has an impossible length");
	if (whole > len)
		return (struct piece){ PIECE_CUT, whole, NULL };
	if (magic == SEEK_TABLE_MAGIC && !is_seek_table(at, whole))
		return bad_piece(whole, "the seek table is damaged");
	if (side_state((struct bytes){ at, whole }) == SIDE_DAMAGED)
		return bad_piece(whole, "a skippable frame is damaged");
	return (struct piece){ PIECE_SIDE, whole, NULL };
}

/* A data frame, known by its mark or by its own structure. */
static struct piece look_at_data(const struct frame_mark *mark,
				 const uint8_t *at, size_t len)
{
	static const char damaged[] = "a data frame is damaged";
	size_t size;

	if (mark && len < mark->len)
		return (struct piece){ PIECE_CUT, mark->len, NULL };
	size = ZSTD_findFrameCompressedSize(at, mark ? mark->len : len);
	if (mark && (size != mark->len || size < 4 ||
		     load_u32(at + size - 4) != mark->check))
		return bad_piece(mark->len, damaged);
	if (!ZSTD_isError(size))
		return (struct piece){ PIECE_DATA, size, NULL };
	if (ZSTD_getErrorCode(size) == ZSTD_error_srcSize_wrong)
		return (struct piece){ PIECE_CUT, 0, NULL };
	return bad_piece(0, damaged);
}

struct piece chain_look(const struct chain *c, const uint8_t *at, size_t len)
{
	uint32_t magic;

	if (len < sizeof(magic))
		return (struct piece){ PIECE_CUT, SKIPPABLE_HEAD, NULL };
	magic = load_u32(at);
	if ((magic & 0xfffffff0) == ZSTD_MAGIC_SKIPPABLE_START)
		return look_at_side(at, len);
	if (magic == ZSTD_MAGICNUMBER)
		return look_at_data(c->has_mark ? &c->mark : NULL, at, len);
	return bad_piece(c->has_mark ? c->mark.len : 0,
			 "no frame begins where one is expected");
}

bool chain_is_sure(const struct chain *c, const uint8_t *at, size_t len)
{
	struct piece piece;

	if (len <= SKIPPABLE_HEAD)
		return false;
	if (load_u32(at) == ZSTD_MAGICNUMBER) {
		if (c->is_marked && !(at[4] & HAS_CHECKSUM))
			return false;
		return look_at_data(NULL, at, len).kind == PIECE_DATA;
	}
	if ((load_u32(at) & 0xfffffff0) != ZSTD_MAGIC_SKIPPABLE_START)
		return false;
	piece = look_at_side(at, len);
	return piece.kind == PIECE_SIDE &&
	       (load_u32(at) == SEEK_TABLE_MAGIC ||
		side_state((struct bytes){ at, piece.len }) == SIDE_INTACT);
}

static void add_to_table(struct chain *c, size_t len)
{
	uint32_t n = (uint32_t)len;

	c->table_crc = (uint32_t)crc32_z(c->table_crc, (uint8_t *)&n, 4);
}

void chain_damage(struct chain *c, uint64_t offset, uint64_t len,
		  const char *why)
{
	if (!c->in_gap) {
		c->gap = gap_of(GAP_DAMAGED);
		c->gap.path = c->path;
		c->gap.offset = c->base + offset;
		c->gap.bytes = 0;
		snprintf(c->gap.detail, sizeof(c->gap.detail), "%s", why);
	}
	c->in_gap = true;
	c->gap.bytes += len;
	c->is_table_known = false;
}

static void close_gap(struct chain *c, uint64_t events)
{
	if (!c->in_gap)
		return;
	c->gap.events = events;
	evidence_add(c->evidence, &c->gap);
	c->in_gap = false;
}

/* Events that are missing before the frame `number', which begins with num. */
static uint64_t events_before(const struct chain *c, uint64_t number,
			      uint64_t num)
{
	if (number == c->number)
		return 0;
	return c->is_num_known && num >= c->num ? num - c->num : GAP_UNKNOWN;
}

static void report_drops(struct chain *c)
{
	struct gap gap = gap_of(GAP_DROPS);

	if (!c->has_end || !c->end.drops || c->end.drops == GAP_UNKNOWN)
		return;
	gap.path = c->path;
	gap.events = c->end.drops;
	snprintf(gap.detail, sizeof(gap.detail), "events lost by the recorder");
	evidence_add(c->evidence, &gap);
}

/* Resets the chain for another capture that follows one that has ended. */
static void restart(struct chain *c)
{
	uint64_t frames = c->frames, base = c->base;
	unsigned restarts = c->restarts + 1;

	report_drops(c);
	chain_begin(c, c->evidence, c->path);
	c->frames = frames;
	c->base = base;
	c->restarts = restarts;
}

static void take_head(struct chain *c, struct bytes frame, uint64_t offset)
{
	struct series series;

	if (!head_read(frame, &series, NULL))
		return;
	if (c->has_end)
		restart(c);
	if (c->has_head || (c->series.id && c->series.id != series.id)) {
		chain_damage(c, offset, frame.len,
			     "the head of a file is in the middle of the file");
		return;
	}
	head_read(frame, &c->series, c->evidence);
	c->has_head = true;
}

/* Synchronises with the first mark in the middle of a file. */
static void begin_at(struct chain *c, const struct frame_mark *mark)
{
	close_gap(c, GAP_UNKNOWN);
	c->number = mark->number;
	c->num = mark->first_num;
	c->is_middle = false;
}

static void take_mark(struct chain *c, struct bytes frame, uint64_t offset)
{
	struct frame_mark mark;

	if (!mark_read(frame, &mark))
		return;
	if (c->has_mark)
		chain_damage(c, c->mark_at, 0,
			     "a data frame is missing after its mark");
	if (!c->has_head && !c->is_marked) {
		if (!c->is_middle)
			chain_damage(c, 0, 0,
				     "the head of the file is missing");
		c->series = (struct series){ .id = mark.id,
					     .number = mark.file,
					     .is_rotated = mark.is_rotated };
	}
	if (c->is_middle)
		begin_at(c, &mark);
	c->is_marked = c->has_mark = true;
	c->mark = mark;
	c->mark_at = offset;
}

static void take_end(struct chain *c, struct bytes frame, uint64_t offset)
{
	struct bytes json = { frame.data + SKIPPABLE_HEAD,
			      frame.len - SKIPPABLE_HEAD };

	if (!end_read(json, &c->end, c->evidence))
		return;
	c->has_end = true;
	c->has_mark = false;
	if (c->is_middle || (!c->is_marked && !c->has_head)) {
		close_gap(c, GAP_UNKNOWN);
		return;
	}
	if (c->end.frames > c->number)
		chain_damage(c, offset, 0, "data frames are missing here");
	close_gap(c, events_before(c, c->end.frames, c->end.events + 1));
	c->number = c->end.frames;
}

/* Compares the frames with the seek table. */
static void take_table(struct chain *c, struct bytes frame, uint64_t offset)
{
	size_t count = (frame.len - SKIPPABLE_HEAD - SEEK_FOOTER) / 8;
	uint32_t crc = 0;

	c->has_table = true;
	for (size_t i = 0; i < count; i++)
		crc = (uint32_t)crc32_z(crc,
					frame.data + SKIPPABLE_HEAD + i * 8, 4);
	if (c->is_table_known && crc != c->table_crc) {
		chain_damage(c, offset, 0,
			     "the seek table lists other frames than the file "
			     "has");
		close_gap(c, c->is_marked ? 0 : GAP_UNKNOWN);
	}
	/* Captures can be concatenated: the next table covers only its own. */
	c->table_crc = 0;
}

void chain_side(struct chain *c, struct bytes frame, uint64_t offset)
{
	if (frame.len < SKIPPABLE_HEAD)
		return;
	switch (load_u32(frame.data)) {
	case SERIES_MAGIC:
		take_head(c, frame, offset);
		break;
	case MARK_MAGIC:
		take_mark(c, frame, offset);
		break;
	case HEALTH_MAGIC:
		take_end(c, frame, offset);
		break;
	case SEEK_TABLE_MAGIC:
		take_table(c, frame, offset);
		return;
	default:
		break;
	}
	add_to_table(c, frame.len);
}

/*
 * Is this late frame one of a hole?  Then it is not missing, but out of order.
 */
static bool take_late(struct chain *c)
{
	uint64_t number = c->mark.number;

	for (unsigned i = 0; i < c->hole_count; i++) {
		struct chain_hole *h = &c->holes[i], *rest;
		struct gap *gap = h->gap < c->evidence->count
					  ? &c->evidence->gaps[h->gap]
					  : NULL;

		if (number < h->first || number > h->last)
			continue;
		if (number > h->first && number < h->last &&
		    c->hole_count < CHAIN_HOLES) {
			rest = &c->holes[c->hole_count++];
			*rest = *h;
			rest->first = number + 1;
		}
		if (number == h->first)
			h->first++;
		else
			h->last = number - 1;
		if (gap && gap->events != GAP_UNKNOWN)
			gap->events -= gap->events < c->mark.events
					       ? gap->events
					       : c->mark.events;
		if (gap)
			snprintf(gap->detail, sizeof(gap->detail),
				 "data frames are not in order");
		return true;
	}
	return false;
}

static void add_hole(struct chain *c, uint64_t first, uint64_t last)
{
	if (c->hole_count < CHAIN_HOLES)
		c->holes[c->hole_count++] =
			(struct chain_hole){ first, last, c->evidence->count };
}

static bool take_marked(struct chain *c, size_t len)
{
	const struct frame_mark *m = &c->mark;

	if (m->id != c->series.id || m->file != c->series.number) {
		chain_damage(c, c->mark_at, MARK_FRAME + len,
			     "a data frame of another file is here");
		return false;
	}
	if (m->number < c->number) {
		if (take_late(c))
			return true;
		chain_damage(c, c->mark_at, MARK_FRAME + len,
			     "a data frame is here a second time");
		return false;
	}
	if (m->number > c->number) {
		chain_damage(c, c->mark_at, 0, "data frames are missing here");
		add_hole(c, c->number, m->number - 1);
	}
	close_gap(c, events_before(c, m->number, m->first_num));
	c->number = m->number + 1;
	c->num = m->first_num + m->events;
	c->is_num_known = true;
	return true;
}

bool chain_data(struct chain *c, uint64_t offset, size_t len)
{
	bool is_taken = true;

	add_to_table(c, len);
	c->frames++;
	c->is_synced = c->has_mark;
	if (c->has_mark) {
		is_taken = take_marked(c, len);
	} else {
		c->number++;
		c->is_num_known = false;
		if (c->is_marked)
			chain_damage(c, offset, 0, "a data frame has no mark");
		else
			close_gap(c, GAP_UNKNOWN);
	}
	c->has_mark = false;
	return is_taken;
}

uint64_t chain_first_num(const struct chain *c)
{
	return c->is_synced ? c->mark.first_num : 0;
}

void chain_flush(struct chain *c)
{
	close_gap(c, GAP_UNKNOWN);
}

static void report_unfinished(struct chain *c, bool is_live)
{
	struct gap gap = gap_of(GAP_UNFINISHED);

	gap.path = c->path;
	snprintf(gap.detail, sizeof(gap.detail), "%s",
		 is_live ? "the recording goes on, this is what it has so far"
			 : "the recording was not ended in order, its last "
			   "events may be missing");
	evidence_add(c->evidence, &gap);
}

static void report_cut(struct chain *c, const struct chain_stop *stop)
{
	struct gap gap = gap_of(GAP_TRUNCATED);

	gap.path = c->path;
	gap.offset = stop->offset;
	gap.bytes = stop->left;
	if (c->has_end)
		gap.events = 0;
	snprintf(gap.detail, sizeof(gap.detail), "%s",
		 c->has_end ? "the file ends inside its seek table"
			    : "the file ends inside a frame");
	evidence_add(c->evidence, &gap);
}

void chain_stop(struct chain *c, const struct chain_stop *stop)
{
	bool is_ours = c->has_head || c->is_marked ||
		       (stop->is_by_blocks && c->frames > 1);
	bool is_cut = stop->left || c->has_mark ||
		      (c->has_end && c->is_marked && !c->has_table);

	close_gap(c,
		  c->has_end && c->number == c->end.frames ? 0 : GAP_UNKNOWN);
	if (is_cut && !stop->is_live)
		report_cut(c, stop);
	else if ((is_ours && !c->has_end) || is_cut)
		report_unfinished(c, stop->is_live);
	report_drops(c);
}

bool chain_is_blocks(struct bytes content)
{
	while (content.len >= BLOCK_OVERHEAD) {
		uint32_t len = load_u32(content.data + 4);

		if (len < BLOCK_OVERHEAD || len > content.len)
			return false;
		content.data += len;
		content.len -= len;
	}
	return !content.len;
}
