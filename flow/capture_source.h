/* SPDX-License-Identifier: Apache-2.0 */
/* A capture as a source: a file, and the files that continue its series. */
#ifndef SPOOR_FLOW_CAPTURE_SOURCE_H
#define SPOOR_FLOW_CAPTURE_SOURCE_H

#include "core/file/file.h"

struct capture_source {
	struct event_source limited; /* used if there is a limit */
	struct reader *reader;
	const char *const *files; /* borrowed */
	unsigned count;
	uint64_t limit_ns, begin_ns;
	bool is_over; /* the limit was reached */
};

/*
 * Opens files[0]; of the count - 1 files after it, those that continue its
 * series are read, too.  seconds: the source ends this long after its first
 * event; 0: no limit.  0, or -1 and nothing is open.
 */
int capture_source_open(struct capture_source *source, const char *const *files,
			unsigned count, uint64_t seconds, struct error *err);

/* The source of items, owned by the capture source, which must not move. */
struct event_source *capture_source_items(struct capture_source *source);

/*
 * How many of the files belong to the capture: those that were read, because a
 * series can end before its last file; all files of the series if the limit
 * was reached.
 */
unsigned capture_source_files(const struct capture_source *source);

void capture_source_close(struct capture_source *source);

#endif
