/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keyframes: the whole state at one point of a capture, in a skippable frame
 * that other readers pass over (doc/capture-format.md).  With one, reading can
 * begin at a data frame in the middle.
 */
#ifndef SPOOR_CORE_FILE_KEYFRAME_H
#define SPOOR_CORE_FILE_KEYFRAME_H

#include "core/arena.h"
#include "core/file/file.h"

enum {
	KEYFRAME_MAGIC = 0x184D2A54, /* of the skippable frame */
	SKIPPABLE_HEAD = 8,	     /* magic and length */
	KEYFRAME_HEAD = 56,
	SEEK_FOOTER = 9 /* of the seek table, which ends a file */
};

/* Last four bytes of a file in the zstd seekable format. */
static const uint32_t seekable_magic = 0x8F92EAB1;

/* What stands before the packed items of a keyframe. */
struct keyframe_head {
	uint64_t resume_at; /* offset in the file of the next data frame */
	struct resume_point at;
};

/* Appends an item of the state (META items, and events) to an image. */
void keyframe_pack(struct buffer *image, const struct item *item);

/*
 * Takes the next item of an image; texts are views into it.  1, 0 at the end,
 * -1 damaged.
 */
int keyframe_unpack(struct cursor *image, struct meta *meta,
		    struct item *ret_item, struct error *err);

/* The whole skippable frame, image compressed. */
void keyframe_write(struct buffer *out, const struct keyframe_head *head,
		    const struct buffer *image);

/* false: not a keyframe of ours.  frame: with its SKIPPABLE_HEAD. */
bool keyframe_read_head(struct bytes frame, struct keyframe_head *ret_head);

/* The image, decompressed; -1 and err. */
int keyframe_read_image(struct bytes frame, struct buffer *image,
			struct error *err);

#endif
