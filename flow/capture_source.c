/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a capture, and its first seconds; see capture_source.h. */
#include "flow/capture_source.h"

/* Reads, but does not deliver, the first item after the limit. */
static int limited_next(struct event_source *source, struct item *ret_item,
			struct error *err)
{
	struct capture_source *s = (struct capture_source *)source;
	int code;

	if (s->is_over)
		return SOURCE_END;
	code = source_next(reader_source(s->reader), ret_item, err);
	if (code <= 0 || ret_item->kind != ITEM_EVENT)
		return code;
	if (!s->begin_ns)
		s->begin_ns = ret_item->event.ts_ns;
	s->is_over = ret_item->event.ts_ns >= s->begin_ns + s->limit_ns;
	return s->is_over ? SOURCE_END : SOURCE_ITEM;
}

int capture_source_open(struct capture_source *s, const char *const *files,
			unsigned count, uint64_t seconds, struct error *err)
{
	const struct reader_options after = { .next = files + 1,
					      .next_count = count - 1 };

	*s = (struct capture_source){ .limited = { limited_next },
				      .files = files,
				      .count = count,
				      .limit_ns = seconds * 1000000000 };
	return reader_open(&s->reader, files[0], &after, err);
}

struct event_source *capture_source_items(struct capture_source *s)
{
	return s->limit_ns ? &s->limited : reader_source(s->reader);
}

unsigned capture_source_files(const struct capture_source *s)
{
	return s->is_over ? series_len(s->files, s->count)
			  : (unsigned)reader_stats(s->reader)->files;
}

void capture_source_close(struct capture_source *s)
{
	reader_close(s->reader);
}
