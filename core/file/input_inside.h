/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by input.c and input_zstd.c; no other file includes this header. */
#ifndef SPOOR_CORE_FILE_INPUT_INSIDE_H
#define SPOOR_CORE_FILE_INPUT_INSIDE_H

#include <zlib.h>
#include <zstd.h>

#include "core/arena.h"
#include "core/bytes.h"
#include "core/file/input.h"

enum {
	CHUNK = 256 * 1024,
	FRAME_MAX = 64 * 1024 * 1024,
	SNIFF_LEN = 2 * 1024 * 1024,
	STREAM_LEN = 4 * 1024 * 1024,
	RELEASE_LEN = 8 * 1024 * 1024,
	PAGE_LEN = 4096,
	HAS_CHECKSUM = 4, /* bit of the descriptor of a zstd frame */
	WAIT_NS = 50 * 1000 * 1000
};

enum input_kind { INPUT_PLAIN, INPUT_GZIP, INPUT_ZSTD };

struct input {
	struct input_view view;
	enum input_kind kind;
	int fd; /* a pipe; -1: mapped or in memory */
	void *map;
	size_t map_len;
	size_t released;      /* bytes of the mapping given back */
	const uint8_t *start; /* start of the mapped or given bytes */
	const uint8_t *raw;   /* compressed bytes not yet decoded */
	size_t raw_len;
	uint64_t raw_read; /* bytes of the file before raw */
	uint8_t *chunk;	   /* read buffer for a pipe */
	size_t chunk_capacity;
	uint8_t *out; /* decompressed bytes; unused for plain mapped files */
	size_t out_capacity;
	struct input_options options;
	struct chain chain;
	struct evidence own; /* used if the caller gave no evidence */
	uint64_t cut_at, cut_len;
	struct error failure;
	ZSTD_DCtx *zstd;
	z_stream gzip;
	uint32_t last; /* last 4 bytes of a file still being written */
	unsigned breaks;
	bool is_mapped; /* the bytes from start are mapped memory */
	bool raw_end;	/* the input ends after raw */
	bool is_live;
	bool is_unsure;	      /* the frame was found after damage */
	bool has_no_checksum; /* a frame had no checksum */
	bool splits_blocks;   /* a frame did not begin with a whole block */
	bool failed;
	bool in_frame; /* zstd: a frame is being streamed */
	bool gzip_ready;
};

/* Makes len raw bytes available, or all that are left.  0 or -1. */
int input_raw_want(struct input *in, size_t len, struct error *err);

/* Consumes compressed bytes. */
void input_raw_skip(struct input *in, size_t len);

/*
 * Moves unread bytes to the start of `out'; returns the free space after them,
 * at least `room' bytes, and its size in *ret_room.
 */
uint8_t *input_make_room(struct input *in, size_t room, size_t *ret_room);

/* Does the file have frames of spoor although it does not begin with one? */
bool input_has_frames(const struct input *in);

/*
 * Decompresses some more.  1, or -1 if reading fails; damage is reported to
 * the chain instead.
 */
int input_zstd_more(struct input *in, struct error *err);

#endif
