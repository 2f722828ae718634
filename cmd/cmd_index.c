/* SPDX-License-Identifier: Apache-2.0 */
/* spoor index: keyframes and the index of frames for captures without. */
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "core/file/parts.h"
#include "flow/tracker.h"

/* What is to be added to a file. */
struct indexer {
	struct tracker *tracker;
	struct reader *reader;
	struct parts *parts;
	bool wants_keyframes, wants_index;
	uint64_t every, next;
	struct frame_index *index;
	size_t frame; /* being read */
	struct buffer image, frames;
	uint32_t *lens;
	size_t count, capacity;
	unsigned keyframes;
};

static void add_len(struct indexer *x, size_t before)
{
	x->lens =
		mem_grow(x->lens, &x->capacity, x->count + 1, sizeof(*x->lens));
	x->lens[x->count++] = (uint32_t)(x->frames.len - before);
}

static void add_keyframe(struct indexer *x, uint64_t offset)
{
	uint64_t events = reader_stats(x->reader)->numbered;
	struct keyframe_head head = { .resume_at = offset };
	size_t before = x->frames.len;

	if (!tracker_can_keyframe(x->tracker))
		return;
	tracker_keyframe(x->tracker, events, &x->image, &head.at);
	keyframe_write(&x->frames, &head, &x->image);
	add_len(x, before);
	x->keyframes++;
	x->next = events + x->every;
}

/*
 * All before the offset was read.  Where the end of a frame went unseen (its
 * last block was no event), what was noted is of two, and of no use.
 */
static void end_frame(struct indexer *x, uint64_t offset)
{
	size_t count, at = x->frame;
	const struct frame *frames = parts_frames(x->parts, &count);

	while (at < count && frames[at].offset < offset)
		at++;
	if (at == x->frame + 1)
		frame_index_end_frame(x->index, frames[x->frame].offset);
	else if (at > x->frame)
		frame_index_drop_frame(x->index);
	x->frame = at;
}

static int read_all(struct indexer *x, struct error *err)
{
	static struct item item;
	const struct frame_subject *subject;
	uint64_t offset;
	int code;

	while ((code = source_next(reader_source(x->reader), &item, err)) > 0) {
		subject = tracker_put(x->tracker, &item);
		if (item.kind == ITEM_EVENT)
			frame_index_note(x->index, &item.event, subject);
		if (!reader_at_frame(x->reader, &offset))
			continue;
		end_frame(x, offset);
		if (x->wants_keyframes &&
		    reader_stats(x->reader)->numbered >= x->next)
			add_keyframe(x, offset);
	}
	return code;
}

static void add_index(struct indexer *x)
{
	size_t before = x->frames.len;

	end_frame(x, parts_file_len(x->parts));
	frame_index_write(x->index, &x->frames);
	if (x->frames.len > before)
		add_len(x, before);
}

static bool has_index(const struct parts *parts)
{
	size_t count;
	const struct frame *frames = parts_frames(parts, &count);

	for (size_t i = 0; i < count; i++)
		if (frames[i].summary)
			return true;
	return false;
}

/* Old dialects are upgraded by what went before: no frame stands alone. */
static int append(struct indexer *x, const char *path, struct error *err)
{
	uint64_t offset;

	if (!reader_at_frame(x->reader, &offset)) {
		cmd_say(stdout,
			"%s: cannot hold an index: it is not in zstd frames, "
			"or its dialect is too old; 'spoor convert -o "
			"NEW.scap.zst' makes a capture that can",
			path);
		return 0;
	}
	if (x->wants_index)
		add_index(x);
	if (!x->count) {
		cmd_say(stdout, "%s: has an index", path);
		return 0;
	}
	if (capture_append(path, &x->frames, x->lens, (unsigned)x->count, err))
		return -1;
	cmd_say(stdout, "%s: %u keyframes%s added, %zu bytes", path,
		x->keyframes, x->wants_index ? " and the index of frames" : "",
		x->frames.len);
	return 0;
}

/* A damaged file stays as it is: an index would tell of what is not there. */
static int add_all(struct indexer *x, const char *path)
{
	struct error err;
	int code = read_all(x, &err);

	if (cmd_read_end("index", reader_evidence(x->reader), code, &err))
		return EXIT_ERROR;
	return append(x, path, &err) ? cmd_fail("index", &err) : EXIT_OK;
}

static int index_file(const char *path, uint64_t every)
{
	const struct reader_options alone = { .alone = true };
	struct indexer x = { .every = every, .next = every };
	struct error err;
	int result = EXIT_OK;

	if (parts_open(&x.parts, path, &err))
		return cmd_fail("index", &err);
	x.wants_keyframes = parts_count(x.parts) == 1;
	x.wants_index = !has_index(x.parts);
	if (!x.wants_keyframes && !x.wants_index) {
		cmd_say(stdout, "%s: has keyframes and an index", path);
		parts_close(x.parts);
		return EXIT_OK;
	}
	x.tracker = tracker_new();
	x.index = frame_index_new();
	if (reader_open(&x.reader, path, &alone, &err))
		result = cmd_fail("index", &err);
	else
		result = add_all(&x, path);
	tracker_free(x.tracker);
	frame_index_free(x.index);
	reader_close(x.reader);
	parts_close(x.parts);
	buffer_free(&x.image);
	buffer_free(&x.frames);
	free(x.lens);
	return result;
}

#define TEXT_OF(value) #value
#define TEXT(value)    TEXT_OF(value) /* of what a macro stands for */
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
