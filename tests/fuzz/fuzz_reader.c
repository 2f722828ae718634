/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole capture: decompression, blocks, metadata, events of all dialects,
 * the upgrade, and the state with all fields of a print line.  Reaches
 * core/file/, core/event/, replay/state/ and most of replay/fields/.  The last
 * byte chooses how it is read, and fields are read of some events only: many
 * small captures find more than few large ones.
 *
 * fuzz-options: -max_len=4096
 */
#include <stdlib.h>

#include "core/file/file.h"
#include "replay/replay.h"

static const char line[] =
	"*%evt.num %evt.time %evt.cpu %proc.name %evt.dir "
	"%evt.type %evt.args %fd.name %proc.cmdline %proc.aname %user.name "
	"%container.id %fd.types %evt.buffer %fs.path.name %proc.env";

enum { PRINTED_MAX = 24 };

static struct format *format;
static unsigned printed;

static void on_event(void *user, const struct field_context *context)
{
	struct text text;

	(void)user;
	if (printed++ < PRINTED_MAX)
		format_text(format, context, &text);
}

static void read_all(const uint8_t *data, size_t len,
		     const struct reader_options *options)
{
	struct replay_options replay_options = { .event = on_event };
	static struct item item;
	struct replay *replay;
	struct reader *reader;
	struct error err;

	if (reader_open_memory(&reader, data, len, options, &err))
		return;
	replay = replay_new(&replay_options);
	while (source_next(reader_source(reader), &item, &err) > 0)
		replay_put(replay, &item, &err);
	replay_free(replay);
	reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct reader_options ways[] = { { .alone = false },
						      { .alone = true },
						      { .raw = true } };
	struct error err;

	if (!format && format_compile(&format, line, &fields_syscall, &err))
		abort();
	printed = 0;
	read_all(data, len, &ways[len ? data[len - 1] % 3 : 0]);
	return 0;
}
