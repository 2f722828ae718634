/* SPDX-License-Identifier: Apache-2.0 */
/* The frame that says what was recorded; see origin.h. */
#include "core/file/origin.h"

#include <stdio.h>
#include <string.h>
#include <zstd.h>

/* It stands before the first data frame; other tools skip it. */
enum { ORIGIN_MAGIC = 0x184D2A58, HEAD = 8, ORIGIN_MAX = 1 << 20 };

void origin_write(struct buffer *out, const char *json)
{
	buffer_u32(out, ORIGIN_MAGIC);
	buffer_u32(out, (uint32_t)strlen(json));
	buffer_put(out, json, strlen(json));
}

/* The text of the first frame of that kind, before any data. */
static bool find(FILE *in, struct buffer *ret_json)
{
	uint8_t head[HEAD];

	while (fread(head, 1, HEAD, in) == HEAD) {
		uint32_t magic = load_u32(head), len = load_u32(head + 4);

		if (magic == ORIGIN_MAGIC && len <= ORIGIN_MAX) {
			if (fread(buffer_reserve(ret_json, len + 1), 1, len,
				  in) != len)
				return false;
			ret_json->len += len;
			buffer_u8(ret_json, '\0');
			return true;
		}
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
