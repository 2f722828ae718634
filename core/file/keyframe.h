/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keyframes: the whole state at one point of a capture, in a skippable frame
 * that other readers ignore (doc/capture-format.md).  With a keyframe, reading
 * can begin at a data frame in the middle.
 */
#ifndef SPOOR_CORE_FILE_KEYFRAME_H
#define SPOOR_CORE_FILE_KEYFRAME_H

#include "core/arena.h"
#include "core/file/file.h"

enum {
	KEYFRAME_MAGIC = 0x184D2A54, /* of the skippable frame */
	SKIPPABLE_HEAD = 8,	     /* magic and length */
	KEYFRAME_HEAD = 56,
	SEEK_FOOTER = 9 /* footer of the seek table, at the end of a file */
};

/* Last four bytes of a file in the zstd seekable format. */
static const uint32_t seekable_magic = 0x8F92EAB1;

/* The header of a keyframe, before its packed items. */
struct keyframe_head {
	uint64_t resume_at; /* offset in the file of the next data frame */
	struct resume_point at;
};

/* Appends an item of the state (metadata or event) to an image. */
void keyframe_pack(struct buffer *image, const struct item *item);

/*
 * Decodes the next item of an image; its texts are views into the image.  1, 0
 * at the end, -1 if damaged.
 */
int keyframe_unpack(struct cursor *image, struct meta *meta,
		    struct item *ret_item, struct error *err);

/* Appends the whole skippable frame, with the image compressed. */
void keyframe_write(struct buffer *out, const struct keyframe_head *head,
		    const struct buffer *image);

/*
 * Decodes a keyframe's header; frame includes its SKIPPABLE_HEAD.  false: not
 * a keyframe of spoor.
 */
bool keyframe_read_head(struct bytes frame, struct keyframe_head *ret_head);

/* Decompresses the image into a buffer.  0 or -1. */
int keyframe_read_image(struct bytes frame, struct buffer *image,
			struct error *err);

#endif
