/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stretch IN OUT COPIES SECONDS: the events of a capture, COPIES times one
 * after the other, their times spread over SECONDS: an hour of work for
 * benchmarks, from a minute of it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/file/file.h"

struct span {
	uint64_t first_ns, last_ns;
};

static int fail(const struct error *err)
{
	fprintf(stderr, "stretch: %s\n", err->text);
	return 1;
}

static int find_span(const char *path, struct span *ret_span, struct error *err)
{
	static struct item item;
	struct reader *reader;
	int code;

	if (reader_open(&reader, path, NULL, err))
		return -1;
	while ((code = source_next(reader_source(reader), &item, err)) > 0) {
		if (item.kind != ITEM_EVENT)
			continue;
		if (!ret_span->first_ns)
			ret_span->first_ns = item.event.ts_ns;
		ret_span->last_ns = item.event.ts_ns;
	}
	reader_close(reader);
	return code;
}

/* One copy, whose times begin at begin_ns and take len_ns. */
static int copy(const char *path, struct event_sink *sink,
		const struct span *from, const struct span *to,
		struct error *err)
{
	static struct item item;
	double scale = (double)(to->last_ns - to->first_ns) /
		       (double)(from->last_ns - from->first_ns + 1);
	bool is_first = to->first_ns == from->first_ns;
	struct reader *reader;
	int code;

	if (reader_open(&reader, path, NULL, err))
		return -1;
	while ((code = source_next(reader_source(reader), &item, err)) > 0) {
		uint64_t since = item.event.ts_ns - from->first_ns;

		if (item.kind == ITEM_META && !is_first)
			continue;
		if (item.kind == ITEM_EVENT)
			item.event.ts_ns = to->first_ns +
					   (uint64_t)((double)since * scale);
		if (sink_put(sink, &item, err)) {
			code = -1;
			break;
		}
	}
	reader_close(reader);
	return code;
}

int main(int argc, char **argv)
{
	const struct writer_options options = { .force = true,
						.flush_ms = 1 << 30 };
	struct span all = { 0 };
	struct writer *writer;
	struct error err;
	uint64_t step;
	int copies, code = 0;

	if (argc != 5)
		return 2;
	copies = atoi(argv[3]);
	step = strtoull(argv[4], NULL, 10) * 1000000000 / (uint64_t)copies;
	if (find_span(argv[1], &all, &err) ||
	    writer_open(&writer, argv[2], &options, &err))
		return fail(&err);
	for (int i = 0; i < copies && !code; i++) {
		uint64_t begin = all.first_ns + (uint64_t)i * step;
		struct span to = { begin, begin + step };

		code = copy(argv[1], writer_sink(writer), &all, &to, &err);
	}
	if (!code)
		code = writer_sink(writer)->finish(writer_sink(writer), &err);
	writer_close(writer);
	return code ? fail(&err) : 0;
}
