/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes of a capture, decompressed: plain, gzip (several members) or zstd
 * (several frames, skippable ones too), from a file, a pipe or memory.  Gives
 * contiguous views, without copying where the file is plain and mapped.
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
	 * Reads a file that is still being written, to its seek table, or to
	 * where more() says no: asked at its end, every 50 ms or so, whether
	 * to wait.  NULL: the file ends where it ends.
	 */
	bool (*more)(void *user);
	void *user;
	/* Where gaps are told (borrowed), of a file of that name. */
	struct evidence *evidence;
	const char *name;
};

/* path "-" is standard input.  options may be NULL. */
int input_open(struct input **ret_input, const char *path,
	       const struct input_options *options, struct error *err);

/* Borrows the bytes until close. */
int input_open_memory(struct input **ret_input, const void *data, size_t len,
		      const struct input_options *options, struct error *err);

/*
 * Says that the bytes of input_open_memory are a mapped file, unchanged: the
 * pages that were read may be given back.
 */
void input_is_mapped(struct input *input);

/* What struct input begins with, for the short way of each block. */
struct input_view {
	const uint8_t *data;
	size_t avail;
	uint64_t offset; /* of data in the decompressed stream */
};

/* Decodes until len bytes are available; see input_need. */
int input_fill(struct input *input, size_t len, struct error *err);

/*
 * Makes at least len bytes available: 0, also where the input ends before
 * them (input_avail tells), or -1 where it is damaged, with the bytes before
 * the damage still available.
 */
static inline int input_need(struct input *input, size_t len, struct error *err)
{
	const struct input_view *view = (const struct input_view *)input;

	return view->avail >= len ? 0 : input_fill(input, len, err);
}

/* The view, valid until the next input_need. */
static inline const uint8_t *input_data(const struct input *input)
{
	return ((const struct input_view *)input)->data;
}

static inline size_t input_avail(const struct input *input)
{
	return ((const struct input_view *)input)->avail;
}

/* Passes over len bytes (at most input_avail). */
static inline void input_skip(struct input *input, size_t len)
{
	struct input_view *view = (struct input_view *)input;

	if (!len)
		return; /* there may be no data at all yet */
	view->data += len;
	view->avail -= len;
	view->offset += len;
}

static inline uint64_t input_offset(const struct input *input)
{
	return ((const struct input_view *)input)->offset;
}

/* Bytes of the file, and how many of them were consumed. */
uint64_t input_file_len(const struct input *input);
uint64_t input_file_read(const struct input *input);

/*
 * Is everything before the next frame of the file consumed but `pending'
 * bytes?  Then *ret_offset is where it begins.  zstd files only.
 */
bool input_at_frame(const struct input *input, size_t pending,
		    uint64_t *ret_offset);

/*
 * How often reading went on behind damage: then the view begins anew, with a
 * data frame, and what it had of a block before is gone.
 */
unsigned input_breaks(const struct input *input);

/*
 * What is left of a data frame is no capture: goes on with the next one.
 * false: the file is not in frames.
 */
bool input_pass_frame(struct input *input, const char *why);

/* What the frames of a zstd file say; of other files all is zero. */
struct chain *input_chain(struct input *input);

/* Is a writer of ours still writing the file?  It holds a lock on it. */
bool file_is_locked(int fd);

/* Did the file end inside a frame?  What is left of a block is no damage. */
bool input_is_cut(const struct input *input);

/* The file was read to its end: tells what is missing there. */
void input_stop(struct input *input);

/* zstd, gzip or plain; and which checksums its bytes have. */
const char *input_compression(const struct input *input);
const char *input_checksums(const struct input *input);

/* Accepts NULL. */
void input_close(struct input *input);

#endif
