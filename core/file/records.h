/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a capture in zstd frames records about itself, in skippable frames: the
 * head (recording, place in the series), a mark before each data frame, and
 * the end record.  Each has its own checksum.  Format: doc/capture-format.md.
 */
#ifndef SPOOR_CORE_FILE_RECORDS_H
#define SPOOR_CORE_FILE_RECORDS_H

#include "core/bytes.h"
#include "core/file/evidence.h"
#include "core/file/series.h"

enum {
	HEALTH_MAGIC = 0x184D2A53, /* the end */
	MARK_MAGIC = 0x184D2A57,
	ORIGIN_MAGIC = 0x184D2A58,
	SIDE_HEAD = 16,	 /* magic, length, tag, version */
	SIDE_CHECK = 4,	 /* the checksum at the end of a side frame */
	MARK_FRAME = 76, /* with its magic */
	HEAD_MAX = 64 * 1024,
	STATE_BLOCK_LEN = 4096 /* state block of an uncompressed capture */
};

/* A mark: describes the data frame after it. */
struct frame_mark {
	uint64_t id, file;  /* as struct series */
	uint64_t number;    /* number of the data frame in this file, from 0 */
	uint64_t first_num; /* evt.num of its first event, or of the next */
	uint32_t events;
	uint32_t len;	/* compressed */
	uint32_t check; /* the frame's last four bytes: zstd's checksum */
	uint64_t hash;	/* frame_hash of the frame */
	bool is_rotated;
};

/* The end record. */
struct file_end {
	const char *engine;	    /* "": unknown, or no recording */
	uint64_t events;	    /* events in the file, hidden ones too */
	uint64_t facts;		    /* events of the start state */
	uint64_t drops;		    /* GAP_UNKNOWN */
	uint64_t first_ns, last_ns; /* times of the first and last event */
	uint64_t frames;	    /* data frames */
	bool is_last;		    /* no file of the recording follows */
	/* false: an uncompressed file that is still being written */
	bool is_end;
};

/* Appends the beginning of a side frame; its content follows. */
void side_begin(struct buffer *out, uint32_t magic);

/*
 * Completes the side frame that begins at offset `start' of the buffer: sets
 * its length and appends its checksum.
 */
void side_finish(struct buffer *out, size_t start);

/* State of a whole skippable frame. */
enum side_state {
	SIDE_FOREIGN, /* of other tools, or of a newer version */
	/* of spoor and intact, or without checksum (old versions) */
	SIDE_INTACT,
	SIDE_DAMAGED
};

/* Checks a whole skippable frame. */
enum side_state side_state(struct bytes frame);

/* Length of the checksum at its end: 0 in old versions. */
size_t side_check_len(struct bytes frame);

/* Appends the head; left_out: what the capture excludes. */
void head_write(struct buffer *out, const struct series *series,
		const struct left_out *left_out, unsigned left_out_count);

/* Decodes a head; what it excludes becomes gaps.  false: not a head. */
bool head_read(struct bytes frame, struct series *ret_series,
	       struct evidence *evidence);

/*
 * Hash of a compressed frame.  The alternative, zstd's own checksum of the
 * decompressed data, takes several times as long.
 */
uint64_t frame_hash(const uint8_t *data, size_t len);

/* Appends a mark. */
void mark_write(struct buffer *out, const struct frame_mark *mark);

/* Decodes a mark; false: not a mark. */
bool mark_read(struct bytes frame, struct frame_mark *ret_mark);

/* Appends the end record, with the original's gaps, as a skippable frame. */
void end_write(struct buffer *out, const struct file_end *end,
	       const struct evidence *gaps);

/*
 * Decodes the end record; its gaps are added to evidence, and ret_end->engine
 * is in the evidence's arena.  Old records have no checksum.  false:
 * unreadable.
 */
bool end_read(struct bytes json, struct file_end *ret_end,
	      struct evidence *evidence);

/*
 * Appends the state block of an uncompressed capture: a block of
 * STATE_BLOCK_LEN bytes that holds the end record.
 */
void state_block_write(struct buffer *out, const struct file_end *end,
		       const struct evidence *gaps);

/* Decodes a state block, like end_read. */
bool state_block_read(struct bytes body, struct file_end *ret_end,
		      struct evidence *evidence);

#endif
