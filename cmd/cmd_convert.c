/* SPDX-License-Identifier: Apache-2.0 */
/* spoor convert: a capture into another file, whole or filtered. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "core/file/file.h"
#include "replay/replay.h"

static const char convert_help[] =
	"usage: spoor convert FILE -o OUT [FILTER] [options]\n\n"
	"Writes the events of a capture of any dialect, or those that match a\n"
	"filter, into a new capture of the current dialect, as sysdig -r FILE\n"
	"-w OUT FILTER does.\n\n"
	"  -o OUT            the capture to write; \".scap\": not compressed\n"
	"  --compat NAME     sysdig-0.29: what Debian's sysdig can read\n"
	"  --force           overwrite OUT\n"
	"  -h, --help        this text\n";

struct conversion {
	struct writer_options options;
	const char *out_path, *filter_text;
	struct filter *filter;
	struct writer *writer;
	const struct item *item; /* the event being looked at */
	uint64_t events;
	struct error err;
	bool failed;
};

/* The upgrade's helpers pass too: their readers need them. */
static void on_event(void *user, const struct field_context *context)
{
	struct conversion *c = user;

	if (c->failed || (c->filter && !filter_match(c->filter, context)))
		return;
	c->events++;
	c->failed = sink_put(writer_sink(c->writer), c->item, &c->err);
}

static int pass_item(struct conversion *c, struct replay *replay,
		     const struct item *item)
{
	bool hidden = item->kind == ITEM_EVENT && item->event.flags;

	c->item = item;
	if (item->kind == ITEM_META || hidden)
		c->failed |=
			sink_put(writer_sink(c->writer), item, &c->err) != 0;
	replay_put(replay, item, NULL);
	return c->failed ? -1 : 0;
}

static int convert(struct conversion *c, const char *path)
{
	const struct replay_options options = { .event = on_event, .user = c };
	struct replay *replay = replay_new(&options);
	static struct item item;
	struct reader *reader;
	int code;

	if (reader_open(&reader, path, NULL, &c->err)) {
		replay_free(replay);
		return cmd_fail("convert", &c->err);
	}
	if (writer_open(&c->writer, c->out_path, &c->options, &c->err)) {
		reader_close(reader);
		replay_free(replay);
		return cmd_fail("convert", &c->err);
	}
	while ((code = source_next(reader_source(reader), &item, &c->err)) > 0)
		if (pass_item(c, replay, &item))
			break;
	replay_free(replay);
	reader_close(reader);
	if (code < 0 || c->failed)
		cmd_fail("convert", &c->err);
	else
		printf("%s: %" PRIu64 " events\n", c->out_path, c->events);
	if (writer_sink(c->writer)->finish(writer_sink(c->writer), &c->err))
		return cmd_fail("convert", &c->err);
	return code < 0 || c->failed ? EXIT_ERROR : EXIT_OK;
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && !strcmp(text + n - m, end);
}

/* FILE, then the words of the filter. */
static int take_words(struct conversion *c, int argc, char **argv,
		      struct buffer *filter)
{
	if (optind >= argc || !c->out_path)
		return cmd_usage_error("convert",
				       optind < argc ? "where to? (-o OUT)"
						     : "no capture is named");
	c->options.plain = ends_with(c->out_path, ".scap");
	for (int i = optind + 1; i < argc; i++)
		buffer_printf(filter, "%s%s", filter->len ? " " : "", argv[i]);
	buffer_u8(filter, 0);
	c->filter_text = (char *)filter->data;
	if (*c->filter_text && filter_compile(&c->filter, c->filter_text,
					      &fields_syscall, &c->err))
		return cmd_fail("convert", &c->err);
	return convert(c, argv[optind]);
}

int cmd_convert(int argc, char **argv)
{
	static const struct option options[] = {
		{ "output", required_argument, NULL, 'o' },
		{ "compat", required_argument, NULL, 'c' },
		{ "force", no_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct conversion c = { .out_path = NULL };
	struct buffer filter = { 0 };
	int letter, result;

	while ((letter = getopt_long(argc, argv, "o:h", options, NULL)) != -1)
		switch (letter) {
		case 'o':
			c.out_path = optarg;
			break;
		case 'c':
			if (strcmp(optarg, "sysdig-0.29") != 0)
				return cmd_usage_error(
					"convert", "no dialect '%s'", optarg);
			c.options.compat = WRITER_SYSDIG_0_29;
			break;
		case 'f':
			c.options.force = true;
			break;
		case 'h':
			fputs(convert_help, stdout);
			return EXIT_OK;
		default:
			return cmd_usage_error("convert", "bad option");
		}
	result = take_words(&c, argc, argv, &filter);
	writer_close(c.writer);
	filter_free(c.filter);
	buffer_free(&filter);
	return result;
}
