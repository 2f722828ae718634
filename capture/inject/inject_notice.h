/* SPDX-License-Identifier: Apache-2.0 */
/* What the tracer itself reports; all of it by the tracer thread. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_NOTICE_H
#define SPOOR_CAPTURE_INJECT_INJECT_NOTICE_H

#include "capture/inject/injector.h"

/*
 * Hands a record to the recorder, which copies it.  Waits while the ring is
 * full; the record is dropped if the capture ends meanwhile.
 */
void notice_put(struct injector *c, const struct raw_record *record);

/* Why a process takes the slow path whose calls could be recorded in it. */
enum stops_why {
	STOPS_LIMIT,   /* its limit of memory */
	STOPS_THREADS, /* more threads than an arena has slots */
	STOPS_REFUSED, /* it could not make the memory */
	STOPS_SEALED,  /* that could not be sealed, or was opened before */
	STOPS_FILTERED /* its parent's filters may not know the calls for it */
};

/* A note that t's process takes the slow path; each reason is told once. */
void notice_by_stops(struct injector *c, const struct tracee *t,
		     enum stops_why why);

#endif
