/* SPDX-License-Identifier: Apache-2.0 */
/* Rows for what is missing from a capture: the evidence of its reader. */
#include <stdio.h>
#include <string.h>

#include "db/load.h"

static int64_t number_of(uint64_t known)
{
	return known == GAP_UNKNOWN ? NO_NUMBER : (int64_t)known;
}

static void put_gap(struct load *l, const struct gap *gap)
{
	const struct gap_record record = {
		.gap_id = load_next_id(l, TABLE_GAPS),
		.kind = bytes_of(gap_name(gap->kind)),
		.path = bytes_of(gap->path),
		.offset = number_of(gap->offset),
		.bytes = number_of(gap->bytes),
		.count = number_of(gap->events),
		.event_num = number_of(gap->after_num),
		.start_ns = number_of(gap->start_ns),
		.end_ns = number_of(gap->end_ns),
		.detail = bytes_of(gap->detail),
		.calls = bytes_of(gap->calls),
	};

	rows_put_object(l, TABLE_GAPS, &record);
}

/* Kinds of data that events of the capture lack. */
static const struct {
	enum gap_kind kind;
	const char *detail;
} lacks[LACK_COUNT] = {
	[LACK_ARGS] = { GAP_CUT,
			"command lines of 4,095 bytes, the most that a capture "
			"holds: what follows is not recorded (overflows in "
			"processes)" },
	[LACK_DIRECTORY] = { GAP_UNRESOLVED,
			     "relative paths whose directory is not known, or "
			     "longer than 1,024 bytes: NULL" },
};

static void put_lacks(struct load *l)
{
	for (int i = 0; i < LACK_COUNT; i++) {
		const struct lacking *lacking = &l->lacking[i];
		struct gap gap = gap_of(lacks[i].kind);

		if (!lacking->count)
			continue;
		snprintf(gap.detail, sizeof(gap.detail), "%s", lacks[i].detail);
		gap.events = lacking->count;
		gap.start_ns = (uint64_t)lacking->first_ns;
		gap.end_ns = (uint64_t)lacking->last_ns;
		put_gap(l, &gap);
	}
}

void gaps_end(struct load *l, const struct evidence *evidence)
{
	put_lacks(l);
	for (size_t i = 0; i < evidence->count; i++)
		put_gap(l, &evidence->gaps[i]);
	l->capture.drops = number_of(evidence_lost(evidence));
	l->capture.status =
		bytes_of(l->is_stopped ? "loading" : evidence_status(evidence));
	l->capture.checksums = bytes_of(evidence->checksums);
}

void gaps_event(struct load *l, const struct event *event)
{
	struct gap gap = gap_of(GAP_DROPS);

	if (event->code != PPME_DROP_E)
		return;
	strcpy(gap.detail, "the driver began to leave out events");
	gap.start_ns = event->ts_ns;
	gap.after_num = event->num;
	put_gap(l, &gap);
}
