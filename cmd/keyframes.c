/* SPDX-License-Identifier: Apache-2.0 */
/* spoor index, and what makes keyframes while recording. */
#include "cmd/keyframes.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>

#include "cmd/cmd.h"
#include "core/file/parts.h"

static const char index_help[] =
	"usage: spoor index [--every EVENTS] FILE...\n\n"
	"Adds keyframes to captures (.scap.zst): the whole state every so many\n"
	"events, so that they can be read from the middle and replayed on\n"
	"several cores (spoor replay -j N).  Other tools do not see them, the\n"
	"events stay as they are.  Recording writes them already.\n\n"
	"  --every EVENTS  between two keyframes (262144)\n"
	"  -h, --help      this text\n";

static int pack(void *user, const struct item *item, struct error *err)
{
	(void)err;
	keyframe_pack(user, item);
	return 0;
}

void keyframe_of(struct replay *replay, uint64_t events, struct buffer *image,
		 struct resume_point *ret_point)
{
	struct error err;

	image->len = 0;
	state_emit(replay_state(replay), pack, image, &err);
	ret_point->events = events;
	replay_position(replay, &ret_point->first_ts_ns,
			&ret_point->previous_ts_ns);
}

/* Keyframes made so far, to be added to the file. */
struct indexer {
	struct replay *replay;
	struct reader *reader;
	uint64_t every, next;
	struct buffer image, frames;
	uint32_t *lens;
	size_t count, capacity;
};

static void add_keyframe(struct indexer *x, uint64_t offset)
{
	uint64_t events = reader_stats(x->reader)->events;
	struct keyframe_head head = { .resume_at = offset };
	size_t before = x->frames.len;

	keyframe_of(x->replay, events, &x->image, &head.at);
	keyframe_write(&x->frames, &head, &x->image);
	x->lens =
		mem_grow(x->lens, &x->capacity, x->count + 1, sizeof(*x->lens));
	x->lens[x->count++] = (uint32_t)(x->frames.len - before);
	x->next = events + x->every;
}

static int read_all(struct indexer *x, struct error *err)
{
	static struct item item;
	uint64_t offset;
	int code;

	while ((code = source_next(reader_source(x->reader), &item, err)) > 0) {
		replay_put(x->replay, &item, err);
		if (reader_stats(x->reader)->events >= x->next &&
		    reader_at_frame(x->reader, &offset))
			add_keyframe(x, offset);
	}
	return code;
}

static bool has_keyframes(const char *path)
{
	struct parts *parts;
	struct error err;
	bool result;

	if (parts_open(&parts, path, &err))
		return false;
	result = parts_count(parts) > 1;
	parts_close(parts);
	return result;
}

static int index_file(const char *path, uint64_t every)
{
	const struct replay_options none = { .rules = NULL };
	struct indexer x = { .every = every, .next = every };
	struct error err;
	int result = EXIT_OK;

	if (has_keyframes(path)) {
		printf("%s: has keyframes\n", path);
		return EXIT_OK;
	}
	if (reader_open(&x.reader, path, NULL, &err))
		return cmd_fail("index", &err);
	x.replay = replay_new(&none);
	if (read_all(&x, &err))
		result = cmd_fail("index", &err);
	else if (!x.count)
		printf("%s: no place for keyframes: it is short, not in zstd "
		       "frames, or of an old dialect\n",
		       path);
	else if (capture_append(path, &x.frames, x.lens, (unsigned)x.count,
				&err))
		result = cmd_fail("index", &err);
	else
		printf("%s: %zu keyframes, %zu bytes\n", path, x.count,
		       x.frames.len);
	replay_free(x.replay);
	reader_close(x.reader);
	buffer_free(&x.image);
	buffer_free(&x.frames);
	free(x.lens);
	return result;
}

int cmd_index(int argc, char **argv)
{
	static const struct option options[] = {
		{ "every", required_argument, NULL, 'e' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	uint64_t every = KEYFRAME_EVERY;
	int result = EXIT_OK;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1)
		switch (c) {
		case 'e':
			every = strtoull(optarg, NULL, 10);
			break;
		case 'h':
			fputs(index_help, stdout);
			return EXIT_OK;
		default:
			return cmd_usage_error("index", "bad option");
		}
	if (optind >= argc || !every)
		return cmd_usage_error("index",
				       every ? "no capture is named"
					     : "--every must be at least 1");
	for (; optind < argc; optind++)
		if (index_file(argv[optind], every))
			result = EXIT_ERROR;
	return result;
}
