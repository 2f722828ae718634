/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a capture in zstd frames says of itself, in skippable frames: the head
 * (which recording, which file of it), a mark before each data frame, and the
 * end.  Each has a checksum of its own.  Format: doc/capture-format.md.
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
	SIDE_CHECK = 4,	 /* the checksum that ends a side frame */
	MARK_FRAME = 76, /* with its magic */
	HEAD_MAX = 64 * 1024,
	STATE_BLOCK_LEN = 4096 /* of a plain capture */
};

/* Of the data frame that follows it. */
struct frame_mark {
	uint64_t id, file;  /* as struct series */
	uint64_t number;    /* of the data frame in this file, from 0 */
	uint64_t first_num; /* evt.num of its first event, or of the next */
	uint32_t events;
	uint32_t len;	/* compressed */
	uint32_t check; /* its last four bytes: zstd's checksum */
	uint64_t hash;	/* frame_hash of it */
	bool is_rotated;
};

/* What is known when a file ends. */
struct file_end {
	const char *engine;	    /* "": unknown, or no recording */
	uint64_t events;	    /* in the file, hidden ones too */
	uint64_t facts;		    /* of them, of its start state */
	uint64_t drops;		    /* GAP_UNKNOWN */
	uint64_t first_ns, last_ns; /* of its events */
	uint64_t frames;	    /* data frames */
	bool is_last;		    /* no file of the recording follows */
	bool is_end;		    /* false: of a plain file, still written */
};

/* Begins a side frame of a kind; side_finish puts its length and checksum. */
void side_begin(struct buffer *out, uint32_t magic);
void side_finish(struct buffer *out, size_t start);

/* Of a whole skippable frame. */
enum side_state {
	SIDE_FOREIGN, /* of other tools, or of a newer version */
	SIDE_INTACT,  /* ours; of old versions, which have no checksum, too */
	SIDE_DAMAGED
};
enum side_state side_state(struct bytes frame);

/* Bytes of the checksum at its end: 0 in old versions. */
size_t side_check_len(struct bytes frame);

/* The head: left_out are sentences, what is not in the capture. */
void head_write(struct buffer *out, const struct series *series,
		const char *const *left_out, unsigned left_out_count);

/* false: it is no head.  Sentences of what was left out become gaps. */
bool head_read(struct bytes frame, struct series *ret_series,
	       struct evidence *evidence);

/*
 * Of the bytes of a frame as they stand in the file.  A checksum of what they
 * decompress to, zstd's own, takes several times as long.
 */
uint64_t frame_hash(const uint8_t *data, size_t len);

void mark_write(struct buffer *out, const struct frame_mark *mark);
bool mark_read(struct bytes frame, struct frame_mark *ret_mark);

/* The end as JSON, with the gaps that a copy takes along. */
void end_write(struct buffer *out, const struct file_end *end,
	       const struct evidence *gaps);

/*
 * false: it cannot be read.  Its gaps are added to evidence; engine is in the
 * evidence's arena.  Old ones have no checksum.
 */
bool end_read(struct bytes json, struct file_end *ret_end,
	      struct evidence *evidence);

/* Of a plain capture: a block of STATE_BLOCK_LEN bytes with the end in it. */
void state_block_write(struct buffer *out, const struct file_end *end,
		       const struct evidence *gaps);
bool state_block_read(struct bytes body, struct file_end *ret_end,
		      struct evidence *evidence);

#endif
