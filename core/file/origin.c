/* SPDX-License-Identifier: Apache-2.0 */
/* The frame that says what was recorded; see origin.h. */
#include "core/file/origin.h"

#include <stdio.h>
#include <string.h>
#include <zstd.h>

#include "core/file/records.h"

/* The frame precedes the first data frame; other tools skip it. */
enum { HEAD = 8, ORIGIN_MAX = 1 << 20 };

void origin_write(struct buffer *out, const char *json)
{
	size_t start = out->len;

	side_begin(out, ORIGIN_MAGIC);
	buffer_put(out, json, strlen(json));
	side_finish(out, start);
}

/* Appends the text of a whole frame, if it is intact. */
static bool take(struct bytes frame, struct buffer *ret_json)
{
	if (frame.len < SIDE_HEAD + SIDE_CHECK ||
	    side_state(frame) != SIDE_INTACT)
		return false;
	buffer_put(ret_json, frame.data + SIDE_HEAD,
		   frame.len - SIDE_HEAD - SIDE_CHECK);
	buffer_u8(ret_json, '\0');
	return true;
}

/* Reads the rest of the frame whose header was read. */
static bool read_frame(FILE *in, const uint8_t head[HEAD],
		       struct buffer *ret_json)
{
	uint32_t len = load_u32(head + 4);
	struct buffer frame = { 0 };
	bool result;

	buffer_put(&frame, head, HEAD);
	result = fread(buffer_reserve(&frame, len + 1), 1, len, in) == len &&
		 take((struct bytes){ frame.data, HEAD + len }, ret_json);
	buffer_free(&frame);
	return result;
}

/* Finds the origin frame, before any data frame. */
static bool find(FILE *in, struct buffer *ret_json)
{
	uint8_t head[HEAD];

	while (fread(head, 1, HEAD, in) == HEAD) {
		uint32_t magic = load_u32(head), len = load_u32(head + 4);

		if (magic == ORIGIN_MAGIC && len <= ORIGIN_MAX)
			return read_frame(in, head, ret_json);
		if ((magic & 0xfffffff0) != ZSTD_MAGIC_SKIPPABLE_START ||
		    fseek(in, len, SEEK_CUR))
			return false;
	}
	return false;
}

bool origin_read(const char *path, struct buffer *ret_json)
{
	FILE *in = strcmp(path, "-") ? fopen(path, "rbe") : NULL;
	bool found;

	if (!in)
		return false;
	found = find(in, ret_json);
	fclose(in);
	return found;
}
