/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spoor index: adds keyframes and the frame index to captures that lack them.
 */
#include <getopt.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "core/file/file.h"
#include "flow/flow.h"
#include "flow/indexer.h"
#include "flow/tracker.h"

static void print_result(const char *path,
			 const struct indexer_outcome *outcome)
{
	switch (outcome->state) {
	case INDEX_PENDING:
		break;
	case INDEX_HAS_BOTH:
		cmd_say(stdout, "%s: has keyframes and an index", path);
		break;
	case INDEX_HAS_INDEX:
		cmd_say(stdout, "%s: has an index", path);
		break;
	case INDEX_NO_PLACE:
		cmd_say(stdout,
			"%s: cannot hold an index: it is not in zstd frames, "
			"or its dialect is too old; 'spoor convert -o "
			"NEW.scap.zst' makes a capture that can",
			path);
		break;
	case INDEX_ADDED:
		cmd_say(stdout, "%s: %u keyframes%s added, %zu bytes", path,
			outcome->keyframes,
			outcome->with_index ? " and the index of frames" : "",
			outcome->len);
		break;
	}
}

static int fill(struct indexer *indexer, struct error *err)
{
	struct reader *reader = indexer_reader(indexer);
	const struct pump pump = { .source = reader_source(reader),
				   .sinks = { indexer_sink(indexer) } };
	enum pump_end end = pump_run(&pump, err);

	if (cmd_read_end("index", reader_evidence(reader), end, err))
		return EXIT_ERROR;
	return pump_finish(&pump, err) ? cmd_fail("index", err) : EXIT_OK;
}

/* Adds keyframes and index to one file, unless it has them. */
static int index_file(const char *path, uint64_t every)
{
	const struct indexer_outcome *outcome;
	struct indexer *indexer;
	int result = EXIT_OK;
	struct error err;

	if (indexer_open(&indexer, path, every, &err))
		return cmd_fail("index", &err);
	outcome = indexer_outcome(indexer);
	if (outcome->state == INDEX_PENDING)
		result = fill(indexer, &err);
	if (!result)
		print_result(path, outcome);
	indexer_close(indexer);
	return result;
}

#define TEXT_OF(value) #value
#define TEXT(value)    TEXT_OF(value) /* of the macro's value */
static const struct option_row option_rows[] = {
	{ .name = "every",
	  .argument = "EVENTS",
	  .take = option_number,
	  .help = "events between two keyframes",
	  .fallback = TEXT(KEYFRAME_EVERY) },
	{ .take = NULL },
};
#undef TEXT
#undef TEXT_OF

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

static int run(int argc, char **argv)
{
	uint64_t every = 0;
	int result = options_parse(&command_index, &every, argc, argv);

	if (result)
		return result < 0 ? EXIT_OK : result;
	if (optind >= argc || !every)
		return cmd_usage_error("index",
				       every ? "no capture is named"
					     : "--every must be at least 1");
	for (; optind < argc; optind++)
		if (index_file(argv[optind], every))
			result = EXIT_ERROR;
	return result;
}

const struct command command_index = {
	.name = "index",
	.help = "add keyframes and a frame index to a capture",
	.run = run,
	.usage = "spoor index [--every EVENTS] FILE...\n",
	.about = "Adds to captures (.scap.zst) what record writes by default: "
		 "keyframes and the\n"
		 "frame index.  A keyframe is a copy of the whole state at "
		 "one point, so that\n"
		 "several cores can each read a part (spoor replay -j N).  "
		 "The frame index lets\n"
		 "spoor query read only the frames that a question needs.  "
		 "Other tools skip\n"
		 "both; the events do not change.\n",
	.options = option_groups,
	.notes = CMD_EXIT_CODE "Damaged or unfinished files are not "
			       "changed.\n",
};
