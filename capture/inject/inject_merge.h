/* SPDX-License-Identifier: Apache-2.0 */
/* The recorder's side: the records of all rings in the order of time. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_MERGE_H
#define SPOOR_CAPTURE_INJECT_INJECT_MERGE_H

#include "capture/inject/inject_arena.h"
#include "capture/inject/tsc_clock.h"

/* The recorder's half of the engine: no other thread touches it. */
struct recorder {
	struct inject_shared *shared;
	/* The tracer's, when it began to work on a stop; 0: it does not. */
	const _Atomic uint64_t *tracer_since_ns;
	struct slot own; /* for shared->own_ring */
	struct tsc_clock clock;
	struct slot **heap; /* slots with a record at hand, the oldest first */
	unsigned heap_len, heap_room;
	struct slot *given; /* whose record inject_take has given last */
	uint64_t until_ns;  /* records up to this time may be given */
	uint64_t looked_ns; /* when the rings were looked at last */
	uint64_t last_ns;   /* time of the record given last */
	uint64_t seen_tsc;  /* the counter is at least that */
	uint64_t fullest;   /* bytes found in one ring since the last nap */
	uint64_t nap_ns;
	uint64_t taken, dropped; /* records */
};

/*
 * Gives the next record in the order of time, a view until the next call: 1; or
 * 0: there is none yet that no older one can precede.
 */
int inject_take(struct recorder *r, const struct raw_record **ret_record);

/* Is no slot in use any more, and nothing left to give? */
bool inject_is_empty(struct recorder *r);

/* Frees what the recorder holds, and the slots; the tracer thread has ended. */
void inject_merge_free(struct recorder *r);

#endif
