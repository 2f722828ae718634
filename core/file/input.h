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

struct input;

/* How to read a file that is still being written. */
struct input_wait {
	/* Asked at its end, every 50 ms or so: shall we wait for more? */
	bool (*more)(void *user);
	void *user;
};

/*
 * path "-" is standard input.  With wait (else NULL) the end of the file is
 * that of its seek table, or where more() says no.
 */
int input_open(struct input **ret_input, const char *path,
	       const struct input_wait *wait, struct error *err);

/* Borrows the bytes until close. */
int input_open_memory(struct input **ret_input, const void *data, size_t len,
		      struct error *err);

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
 * Moves on to the next intact zstd frame after damage; false if there is
 * none.  *skipped grows by the bytes of the file passed over.
 */
bool input_resync(struct input *input, uint64_t *skipped);

const char *input_compression(const struct input *input);

/* Accepts NULL. */
void input_close(struct input *input);

#endif
