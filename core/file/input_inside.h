/* SPDX-License-Identifier: Apache-2.0 */
/* What input.c and input_zstd.c share; nobody else includes this. */
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
	HAS_CHECKSUM = 4, /* in the descriptor of a zstd frame */
	WAIT_NS = 50 * 1000 * 1000
};

enum input_kind { INPUT_PLAIN, INPUT_GZIP, INPUT_ZSTD };

struct input {
	struct input_view view;
	enum input_kind kind;
	int fd; /* a pipe; -1: mapped or in memory */
	void *map;
	size_t map_len;
	bool is_mapped;	      /* the bytes from start are of a mapped file */
	size_t released;      /* of them */
	const uint8_t *start; /* of the mapped or given bytes */
	const uint8_t *raw;   /* compressed bytes not yet decoded */
	size_t raw_len;
	bool raw_end;	   /* nothing follows them */
	uint64_t raw_read; /* bytes taken from the file before raw */
	uint8_t *chunk;	   /* of a pipe */
	size_t chunk_capacity;
	uint8_t *out; /* decoded bytes; unused for mapped plain */
	size_t out_capacity;
	struct input_options options;
	uint32_t last; /* of a file still being written: its last 4 bytes */
	struct chain chain;
	struct evidence own; /* where nobody asked for it */
	unsigned breaks;
	bool is_live;
	bool is_unsure;	      /* the frame was found behind damage */
	bool has_no_checksum; /* a frame had none */
	bool splits_blocks;   /* a frame did not begin with a block */
	uint64_t cut_at, cut_len;
	bool failed;
	struct error failure;
	bool in_frame; /* zstd: a frame is being streamed */
	ZSTD_DCtx *zstd;
	z_stream gzip;
	bool gzip_ready;
};

/* Has len bytes of a pipe, or of a file that grows, or all there are. */
int input_raw_want(struct input *in, size_t len, struct error *err);

/* Passes over compressed bytes. */
void input_raw_skip(struct input *in, size_t len);

/* Moves what is left to the front of `out' and makes room behind it. */
uint8_t *input_make_room(struct input *in, size_t room, size_t *ret_room);

/* Are there frames of ours, though the file does not begin with one? */
bool input_has_frames(const struct input *in);

/* Decodes some more; damage is told, not returned: 1, or -1 (reading). */
int input_zstd_more(struct input *in, struct error *err);

#endif
