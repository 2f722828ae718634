/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events of any code with any parameters, written to a capture and read back:
 * they must be the same.  Reaches core/file/writer.c and, through it, only
 * well-formed files in core/file/reader.c.
 *
 * The input: a byte of options, then events: code (2 bytes), flags and count
 * (1), time (2), tid (2), and for each parameter its length (2) and bytes.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/event/numbers.h"
#include "core/file/file.h"

enum { EVENTS_MAX = 200 };

static char path[64];

/* The next event at the cursor; its parameters are views of the input. */
static bool take_event(struct cursor *c, struct event *event)
{
	unsigned bits;

	*event = (struct event){ 0 };
	event->code = cursor_u16(c) % EVENT_KIND_COUNT;
	bits = cursor_u8(c);
	event->flags = bits & 128 ? EVENT_STATE_ONLY : 0;
	event->ts_ns = 1000000000u + cursor_u16(c);
	event->tid = (int16_t)cursor_u16(c);
	event->count = bits & 31;
	if (event->count > event_kinds[event->code].nparams)
		event->count = event_kinds[event->code].nparams;
	for (uint32_t i = 0; i < event->count; i++)
		event->params[i] = cursor_take(c, cursor_u16(c));
	return !c->failed;
}

static void write_events(struct cursor c, unsigned bits, unsigned *ret_count)
{
	const struct writer_options options = { .force = true,
						.plain = bits & 1,
						.frame_len =
							bits & 2 ? 100 : 0 };
	static struct item item;
	struct meta meta = { .kind = META_SECTION };
	struct writer *writer;
	struct error err;

	if (writer_open(&writer, path, &options, &err))
		abort();
	item = (struct item){ .kind = ITEM_META, .meta = &meta };
	if (sink_put(writer_sink(writer), &item, &err))
		abort();
	meta.kind = META_EVENTS;
	if (sink_put(writer_sink(writer), &item, &err))
		abort();
	item.kind = ITEM_EVENT;
	for (*ret_count = 0; *ret_count < EVENTS_MAX; ++*ret_count)
		if (!take_event(&c, &item.event) ||
		    sink_put(writer_sink(writer), &item, &err))
			break;
	if (writer_sink(writer)->finish(writer_sink(writer), &err))
		abort();
	writer_close(writer);
}

static void compare(const struct event *wrote, const struct event *read)
{
	size_t sum = 0;

	if (wrote->code != read->code || wrote->ts_ns != read->ts_ns ||
	    wrote->tid != read->tid || wrote->count != read->count)
		abort();
	for (uint32_t i = 0; i < wrote->count; i++)
		sum += wrote->params[i].len;
	for (uint32_t i = 0; i < wrote->count; i++) {
		struct bytes a = wrote->params[i];
		struct bytes b = read->params[i];

		if (b.len > a.len || (b.len != a.len && sum < 65000) ||
		    (b.len && memcmp(a.data, b.data, b.len) != 0))
			abort();
	}
}

static void read_events(struct cursor c, unsigned count)
{
	const struct reader_options options = { .raw = true };
	static struct item item;
	static struct event wrote;
	struct reader *reader;
	struct error err;
	unsigned n = 0;
	int code;

	if (reader_open(&reader, path, &options, &err))
		abort();
	while ((code = source_next(reader_source(reader), &item, &err)) > 0) {
		if (item.kind != ITEM_EVENT)
			continue;
		if (n++ >= count || !take_event(&c, &wrote))
			abort();
		/* A reader puts a value where a number is required. */
		event_fill_numbers(&wrote, numbers_needed(EMPTY_UPGRADED));
		compare(&wrote, &item.event);
	}
	if (code < 0 || n != count)
		abort();
	reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct cursor c = cursor_of(data, len);
	unsigned bits = cursor_u8(&c);
	unsigned count;

	if (!path[0]) {
		strcpy(path, "/dev/shm/spoor-fuzz-XXXXXX");
		close(mkstemp(path));
	}
	write_events(c, bits, &count);
	if (count)
		read_events(c, count);
	return 0;
}
