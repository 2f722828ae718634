/* SPDX-License-Identifier: Apache-2.0 */
/* Joins and normalises paths like Falco: state.md 4.2. */
#include <string.h>

#include "replay/state/state.h"

enum { PATH_LIMIT = 1024 };

static const char too_long[] = "/DIR_TOO_LONG/FILENAME_TOO_LONG";

static size_t give(char *out, size_t len, const char *text, size_t text_len)
{
	if (!len)
		return 0;
	if (text_len >= len)
		text_len = len - 1;
	memmove(out, text, text_len);
	out[text_len] = '\0';
	return text_len;
}

/* Removes the last component; the rest ends in '/' or is empty. */
static size_t go_up(const char *path, size_t len)
{
	if (len <= 1)
		return len && path[0] == '/' ? 1 : 0;
	len--;
	while (len && path[len - 1] != '/')
		len--;
	return len;
}

size_t path_join(char *out, size_t len, struct bytes dir, struct bytes path)
{
	char joined[PATH_LIMIT + 2];
	const char *at = (const char *)path.data;
	const char *end;
	size_t n = 0;

	if (!path.len)
		return give(out, len, "", 0);
	end = at + path.len;
	if (dir.len + path.len + 1 > PATH_LIMIT)
		return give(out, len, too_long, sizeof(too_long) - 1);
	if (*at == '/') {
		joined[n++] = '/';
	} else if (dir.len) {
		memcpy(joined, dir.data, dir.len);
		n = dir.len;
	}
	while (at < end) {
		const char *slash = memchr(at, '/', (size_t)(end - at));
		size_t part = (size_t)((slash ? slash : end) - at);

		/* Dots glued to a directory without '/' are part of a name. */
		bool whole = !n || joined[n - 1] == '/';

		if (whole && part == 2 && at[0] == '.' && at[1] == '.') {
			n = go_up(joined, n);
		} else if (part && !(whole && part == 1 && at[0] == '.')) {
			memcpy(joined + n, at, part);
			n += part;
			joined[n++] = '/';
		}
		at += part + (slash != NULL);
	}
	if (n > 1 && joined[n - 1] == '/')
		n--;
	return give(out, len, joined, n);
}
