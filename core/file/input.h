/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decompressed bytes of a capture: plain, gzip (several members) or zstd
 * (several frames, skippable ones too), from a file, a pipe or memory.
 * Returns contiguous views, without copying if the file is plain and mapped.
 */
#ifndef SPOOR_CORE_FILE_INPUT_H
#define SPOOR_CORE_FILE_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/file/chain.h"

struct input;

struct input_options {
	/*
	 * For a file that is still being written: called at its end, about
	 * every 50 ms; returns whether to wait for more.  Reading ends at the
	 * seek table.  NULL: do not wait.
	 */
	bool (*more)(void *user);
	void *user;
	/* Where gaps are reported (borrowed), with this file name. */
	struct evidence *evidence;
	const char *name;
};

/* Opens a file; "-" is standard input.  options may be NULL.  0 or -1. */
int input_open(struct input **ret_input, const char *path,
	       const struct input_options *options, struct error *err);

/* Like input_open, for bytes in memory, borrowed until close. */
int input_open_memory(struct input **ret_input, const void *data, size_t len,
		      const struct input_options *options, struct error *err);

/*
 * Declares that the bytes given to input_open_memory are an unmodified mapped
 * file: pages may be released after reading.
 */
void input_is_mapped(struct input *input);

/* The beginning of struct input, for the inline functions below. */
struct input_view {
	const uint8_t *data;
	size_t avail;
	uint64_t offset; /* position of data in the decompressed stream */
};

/* Decompresses until len bytes are available; see input_need. */
int input_fill(struct input *input, size_t len, struct error *err);

/*
 * Makes at least len bytes available.  0, also if the input ends before (see
 * input_avail); or -1 at damage, with the bytes before it still available.
 */
static inline int input_need(struct input *input, size_t len, struct error *err)
{
	const struct input_view *view = (const struct input_view *)input;

	return view->avail >= len ? 0 : input_fill(input, len, err);
}

/* The available bytes, valid until the next input_need. */
static inline const uint8_t *input_data(const struct input *input)
{
	return ((const struct input_view *)input)->data;
}

/* Number of available bytes. */
static inline size_t input_avail(const struct input *input)
{
	return ((const struct input_view *)input)->avail;
}

/* Consumes len bytes (at most input_avail). */
static inline void input_skip(struct input *input, size_t len)
{
	struct input_view *view = (struct input_view *)input;

	if (!len)
		return; /* data may be NULL */
	view->data += len;
	view->avail -= len;
	view->offset += len;
}

/* Position in the decompressed stream. */
static inline uint64_t input_offset(const struct input *input)
{
	return ((const struct input_view *)input)->offset;
}

/* Size of the file in bytes; 0 for a pipe. */
uint64_t input_file_len(const struct input *input);

/* Bytes of the file consumed so far. */
uint64_t input_file_read(const struct input *input);

/*
 * Is everything before the next frame consumed, except `pending' bytes?  Then
 * *ret_offset is that frame's file offset.  Only for zstd files.
 */
bool input_at_frame(const struct input *input, size_t pending,
		    uint64_t *ret_offset);

/*
 * How often reading resumed after damage.  The view then restarts at a data
 * frame, and the rest of a block before it is lost.
 */
unsigned input_breaks(const struct input *input);

/*
 * The rest of the current data frame is invalid: continues with the next
 * frame.  false: the file has no frames.
 */
bool input_pass_frame(struct input *input, const char *why);

/* The chain of frames of a zstd file; for other files, all zero. */
struct chain *input_chain(struct input *input);

/* Is spoor still writing the file?  (Writers hold a lock on it.) */
bool file_is_locked(int fd);

/* Did the file end inside a frame?  Then an incomplete block is no damage. */
bool input_is_cut(const struct input *input);

/* Reports what is missing at the end of the file. */
void input_stop(struct input *input);

/* "zstd", "gzip" or "plain". */
const char *input_compression(const struct input *input);

/* Checksums of the bytes: "zstd", "gzip" or "none". */
const char *input_checksums(const struct input *input);

/* Accepts NULL. */
void input_close(struct input *input);

#endif
