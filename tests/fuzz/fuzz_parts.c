/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A capture file in parts: frames, keyframes, the frame index, the health
 * record; then each part read with the state before it.  Reaches parts.c,
 * frames.c and keyframe.c, which trust nothing that stands in a file.
 *
 * fuzz-options: -max_len=8192
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/file/parts.h"
#include "replay/replay.h"

static void read_run(struct reader *reader, const struct resume_point *point)
{
	const struct replay_options options = { .rules = NULL };
	struct replay *replay = replay_new(&options);
	static struct item item;
	struct error err;

	replay_resume(replay, point->first_ts_ns, point->previous_ts_ns);
	while (source_next(reader_source(reader), &item, &err) > 0)
		replay_put(replay, &item, &err);
	replay_free(replay);
	reader_close(reader);
}

static void read_parts(const char *path)
{
	struct resume_point point;
	struct reader *reader;
	struct parts *parts;
	struct error err;
	size_t frames = 0;

	if (parts_open(&parts, path, &err))
		return;
	parts_health(parts);
	parts_frames(parts, &frames);
	for (unsigned i = 0; i < parts_count(parts) && i < 4; i++) {
		const struct part_run run = { i, i };

		if (!parts_reader(&reader, parts, &run, &point, &err))
			read_run(reader, &point);
	}
	for (size_t i = 0; i < frames && i < 4; i++) {
		const struct frame *f = parts_frames(parts, &frames);
		const struct frame_run run = { i, i, f[i].begins_part };

		if ((f[i].begins_part || f[i].summary) &&
		    !parts_run_reader(&reader, parts, &run, &point, &err))
			read_run(reader, &point);
	}
	parts_close(parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	int fd = memfd_create("capture", 0);
	char path[32];

	if (fd < 0)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write(fd, data, len) == (ssize_t)len)
		read_parts(path);
	close(fd);
	return 0;
}
