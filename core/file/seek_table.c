/* SPDX-License-Identifier: Apache-2.0 */
/* The seek table, and frames added before it; see seek_table.h, file.h. */
#include "core/file/seek_table.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "core/file/file.h"
#include "core/file/keyframe.h"

enum { ENTRY = 8 };

void seek_table_add(struct buffer *entries, uint32_t packed_len, uint32_t len)
{
	buffer_u32(entries, packed_len);
	buffer_u32(entries, len);
}

void seek_table_put(struct buffer *out, const struct buffer *entries)
{
	buffer_u32(out, SEEK_TABLE_MAGIC);
	buffer_u32(out, (uint32_t)entries->len + SEEK_FOOTER);
	if (entries->len)
		buffer_put(out, entries->data, entries->len);
	buffer_u32(out, (uint32_t)(entries->len / ENTRY));
	buffer_u8(out, 0);
	buffer_u32(out, seekable_magic);
}

/*
 * Reads the entries of the table at the end of a file; *ret_start: its offset.
 */
static int read_table(int fd, struct buffer *entries, off_t *ret_start,
		      struct error *err)
{
	off_t end = lseek(fd, 0, SEEK_END);
	uint8_t footer[SEEK_FOOTER];
	size_t len;

	if (end < SEEK_FOOTER ||
	    pread(fd, footer, SEEK_FOOTER, end - SEEK_FOOTER) != SEEK_FOOTER ||
	    load_u32(footer + 5) != seekable_magic || footer[4])
		return error_set(err, ERROR_FORMAT,
				 "has no seek table: "
				 "not a capture that spoor finished");
	len = (size_t)load_u32(footer) * ENTRY;
	*ret_start = end - SEEK_FOOTER - (off_t)len - SKIPPABLE_HEAD;
	if (*ret_start < 0 ||
	    pread(fd, buffer_reserve(entries, len + 1), len,
		  *ret_start + SKIPPABLE_HEAD) != (ssize_t)len)
		return error_set(err, ERROR_FORMAT,
				 "its seek table is damaged");
	entries->len = len;
	return 0;
}

static int write_at(int fd, const struct buffer *data, off_t at,
		    struct error *err)
{
	size_t done = 0;

	while (done < data->len) {
		ssize_t n = pwrite(fd, data->data + done, data->len - done,
				   at + (off_t)done);

		if (n < 0 && errno != EINTR)
			return error_errno(err, "cannot be written");
		done += n < 0 ? 0 : (size_t)n;
	}
	return 0;
}

int capture_append(const char *path, const struct buffer *frames,
		   const uint32_t *lens, unsigned count, struct error *err)
{
	struct buffer entries = { 0 }, all = { 0 }, former = { 0 };
	int fd = open(path, O_RDWR | O_CLOEXEC);
	off_t start = 0;
	int result;

	if (fd < 0)
		return error_errno(err, "%s: cannot be changed", path);
	result = read_table(fd, &entries, &start, err);
	seek_table_put(&former, &entries);
	for (unsigned i = 0; i < count; i++)
		seek_table_add(&entries, lens[i], 0);
	buffer_put(&all, frames->data, frames->len);
	seek_table_put(&all, &entries);
	if (!result && write_at(fd, &all, start, err)) {
		/* After truncation there is room for the original table. */
		if (!ftruncate(fd, start))
			write_at(fd, &former, start, NULL);
		result = -1;
	}
	if (result)
		error_context(err, "%s", path);
	buffer_free(&entries);
	buffer_free(&all);
	buffer_free(&former);
	close(fd);
	return result;
}
