/* SPDX-License-Identifier: Apache-2.0 */
/* A capture as a source: a file, and those of its series that go on behind. */
#ifndef SPOOR_FLOW_CAPTURE_SOURCE_H
#define SPOOR_FLOW_CAPTURE_SOURCE_H

#include "core/file/file.h"

struct capture_source {
	struct event_source limited; /* in use with a limit */
	struct reader *reader;
	const char *const *files; /* borrowed */
	unsigned count;
	uint64_t limit_ns, begin_ns;
	bool is_over; /* the limit was reached */
};

/*
 * Opens files[0]; of the count - 1 behind it those are read, too, that go on
 * where it ends.  seconds: the source ends so long after its first event; 0:
 * when all is read.  0, or -1 and nothing is open.
 */
int capture_source_open(struct capture_source *source, const char *const *files,
			unsigned count, uint64_t seconds, struct error *err);

/* The items: owned by the source, as long as it does not move. */
struct event_source *capture_source_items(struct capture_source *source);

/*
 * How many of the files the capture is: those read, as a series may end before
 * its last file; all of the series if the limit was reached.
 */
unsigned capture_source_files(const struct capture_source *source);

void capture_source_close(struct capture_source *source);

#endif
