/* SPDX-License-Identifier: Apache-2.0 */
/* spoor convert: copies a capture, whole or filtered. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "cmd/output_options.h"
#include "cmd/suggest.h"
#include "core/file/origin.h"
#include "flow/selection.h"

struct conversion {
	struct output_options options;
	struct captures captures;
	struct buffer origin;
	const char *filter_text;
	struct left_out left_out;
	struct filter *filter;
	struct output *output;
	struct selection selection;
	struct error err;
};

/* Opens the output, with the origin of the original. */
static int open_output(struct conversion *c)
{
	if (output_take_stdout(&c->options, &c->err) ||
	    output_open(&c->output, &c->options, &c->err))
		return -1;
	if (!origin_read(c->captures.files.items[0], &c->origin))
		return 0;
	return output_set_origin(c->output, (char *)c->origin.data, &c->err);
}

/*
 * Prints how many events were written, and which ones an old reader does not
 * show.
 */
static void print_result(const struct conversion *c)
{
	uint64_t missing = output_report_missing(c->output, "convert");

	char shown[64] = "";

	if (missing)
		snprintf(shown, sizeof(shown),
			 ", %" PRIu64 " of them shown by sysdig 0.29",
			 c->selection.events - missing);
	cmd_say(stdout, "%s: %" PRIu64 " events%s", c->options.path,
		c->selection.events, shown);
}

/* The copy, if it cannot be written: taken back. */
static int fail(struct conversion *c)
{
	output_discard(c->output);
	return cmd_fail_output("convert", c->options.path, &c->err);
}

/* The copy of a damaged capture has its readable part. */
static int copy(struct conversion *c, struct capture_source *source)
{
	const struct evidence *evidence = reader_evidence(source->reader);
	struct pump pump = { .source = capture_source_items(source),
			     .sinks = { &c->selection.sink } };
	enum pump_end end = pump_run(&pump, &c->err);
	int result;

	output_carry(c->output, evidence);
	if (end == PUMP_SINK_FAILED)
		return fail(c);
	result = cmd_read_end("convert", evidence, end, &c->err);
	if (result && !c->selection.events) {
		output_discard(c->output);
		return result;
	}
	if (pump_finish(&pump, &c->err))
		return fail(c);
	print_result(c);
	return result;
}

/* Copies the captures to the output: EXIT_OK or EXIT_ERROR. */
static int convert(struct conversion *c)
{
	const struct word_list *files = &c->captures.files;
	struct capture_source source;
	int result;

	if (series_len(files->items, files->count) < files->count)
		return cmd_usage_error("convert",
				       "several files must all belong to one "
				       "rotated recording");
	if (capture_source_open(&source, files->items, files->count, 0,
				&c->err))
		return cmd_fail("convert", &c->err);
	if (open_output(c)) {
		capture_source_close(&source);
		return cmd_fail("convert", &c->err);
	}
	selection_open(&c->selection, output_sink(c->output), c->filter);
	result = copy(c, &source);
	selection_close(&c->selection);
	/* the copy's end record needs the evidence */
	capture_source_close(&source);
	return result;
}

/* Records the filter in the copy. */
static void leave_out(struct conversion *c)
{
	c->left_out.sentence = arena_printf(
		&c->captures.names, "only events were kept that match: %s",
		c->filter_text);
	c->options.writer.left_out = &c->left_out;
	c->options.writer.left_out_count = 1;
}

/*
 * Takes the words that are files, up to the first other one, which begins the
 * filter.
 */
static int take_words(struct conversion *c, int argc, char **argv,
		      struct buffer *filter)
{
	int i = optind;

	if (i >= argc)
		return cmd_usage_error("convert", "no capture is named");
	if (output_settle(&c->options, "convert"))
		return EXIT_ERROR;
	do
		i++;
	while (i < argc && !access(argv[i], F_OK));
	if (captures_take(&c->captures, "convert", argv + optind, i - optind))
		return EXIT_ERROR;
	for (; i < argc; i++)
		buffer_printf(filter, "%s%s", filter->len ? " " : "", argv[i]);
	buffer_u8(filter, 0);
	c->filter_text = (char *)filter->data;
	if (*c->filter_text)
		leave_out(c);
	if (*c->filter_text && filter_compile(&c->filter, c->filter_text,
					      &fields_syscall, &c->err)) {
		suggest_in_error(&c->err);
		return cmd_fail("convert", &c->err);
	}
	return convert(c);
}

static const struct option_group option_groups[] = {
	{ output_rows, offsetof(struct conversion, options) },
	{ NULL, 0 },
};

static int run(int argc, char **argv)
{
	struct conversion c = { .options = { .is_copy = true } };
	struct buffer filter = { 0 };
	int result = options_parse(&command_convert, &c, argc, argv);

	if (result == EXIT_OK)
		result = take_words(&c, argc, argv, &filter);
	output_close(c.output);
	captures_free(&c.captures);
	buffer_free(&c.origin);
	filter_free(c.filter);
	buffer_free(&filter);
	return result < 0 ? EXIT_OK : result;
}

const struct command command_convert = {
	.name = "convert",
	.help = "copy or filter a capture into a new one",
	.run = run,
	.usage = "spoor convert FILE... -o OUT [FILTER] [options]\n",
	.about = "Writes all events of a capture of any dialect, or those "
		 "that match FILTER, to\n"
		 "a new capture of the current dialect, like sysdig -r FILE "
		 "-w OUT FILTER.\n"
		 "Files of a rotated recording are merged into one.\n",
	.options = option_groups,
	.notes = CMD_EXIT_CODE
	"OUT records the filter, and what is known to be missing from FILE.\n",
};
