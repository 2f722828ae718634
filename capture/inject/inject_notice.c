/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tracer itself reports: records of stops, and notes.  They go through
 * a ring as those of the traced threads do, for the recorder to put in order.
 */
#include "capture/inject/inject_notice.h"
#include "core/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

void notice_put(struct injector *c, const struct raw_record *record)
{
	const struct timespec nap = { 0, 100000 };
	struct inject_shared *shared = c->shared;
	struct raw_record *to;

	while (!(to = ring_place(shared->own_ring, shared->own_ring_len,
				 record->len))) {
		if (shared->must_stop)
			return;
		nanosleep(&nap, NULL);
	}
	memcpy(to, record, record->len);
	ring_commit(shared->own_ring, record->len);
}

void notice_by_stops(struct injector *c, const struct tracee *t,
		     enum stops_why why)
{
	static const char *const texts[] = {
		[STOPS_LIMIT] = "its limit of memory leaves no room",
		[STOPS_THREADS] = "it has too many threads to attach to",
		[STOPS_REFUSED] = "it may not make the memory",
		[STOPS_SEALED] = "its memory could not be kept from others",
		[STOPS_FILTERED] = "it has seccomp filters",
	};
	struct raw_record head = { .kind = RAW_NOTE,
				   .pid = t->pid,
				   .tid = t->tid,
				   .enter_ns = clock_steady_ns() };
	struct buffer note = { 0 };
	char text[160];
	int len;

	if (c->stops_told & 1u << why)
		return;
	c->stops_told |= 1u << why;
	len = snprintf(text, sizeof(text),
		       "thread %d and others like it are recorded by stops: %s",
		       (int)t->tid, texts[why]);
	head.exit_ns = head.enter_ns;
	record_begin(&note, &head);
	record_add(&note, PIECE_TEXT, 0, 0,
		   (struct bytes){ (uint8_t *)text, (size_t)len });
	notice_put(c, record_end(&note));
	buffer_free(&note);
}
