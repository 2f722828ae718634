/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The recorder's side of the inject engine: takes records out of all rings and
 * gives them in the order of time.  Rings are hostile: a record is copied
 * first, its owner is the slot's, its sequence number is checked.
 */
#include "capture/inject/inject_merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/arena.h"
#include "core/clock.h"

enum {
	SETTLE_NS = 20000,	/* from count to commit */
	LOOK_NS = 50000,	/* between looks at rings: they cost */
	STUCK_NS = 20000000,	/* then a record is not waited for */
	TELL_BYTES = 64 * 1024, /* taken from a ring before the ring is told */
	AGAIN_NS =
		1000000000,   /* between two notes that a thread lost records */
	SKEW_TICKS = 1000000, /* between the counters of CPUs */
	LOST_MAX = 1 << 30    /* more cannot be a count of records */
};

/* Counts of before a jump of the counter are no limit any more. */
static void forget_counter(struct recorder *r)
{
	r->seen_tsc = 0;
	for (struct slot *slot = r->shared->slots; slot; slot = slot->next)
		slot->tsc = 0;
}

/* Adds a slot to the heap, by the time of its record. */
static void heap_put(struct recorder *r, struct slot *slot)
{
	unsigned i;

	if (r->heap_len == r->heap_room) {
		r->heap_room = r->heap_room ? 2 * r->heap_room : 64;
		r->heap = mem_realloc(r->heap, r->heap_room * sizeof(*r->heap));
	}
	for (i = r->heap_len++; i && r->heap[(i - 1) / 2]->ns > slot->ns;
	     i = (i - 1) / 2)
		r->heap[i] = r->heap[(i - 1) / 2];
	r->heap[i] = slot;
}

/* Takes the slot with the oldest record; the heap is not empty. */
static struct slot *heap_take(struct recorder *r)
{
	struct slot *top = r->heap[0];
	struct slot *last = r->heap[--r->heap_len];
	unsigned i = 0;

	for (;;) {
		unsigned child = 2 * i + 1;

		if (child >= r->heap_len)
			break;
		if (child + 1 < r->heap_len &&
		    r->heap[child + 1]->ns < r->heap[child]->ns)
			child++;
		if (last->ns <= r->heap[child]->ns)
			break;
		r->heap[i] = r->heap[child];
		i = child;
	}
	r->heap[i] = last;
	return top;
}

/* Tells the ring how far it has been read, for its thread to use the room. */
static void tell(struct slot *slot)
{
	if (slot->told == slot->taker.tail)
		return;
	ring_took(slot->ring, slot->taker.tail);
	slot->told = slot->taker.tail;
}

/* A count between that of the slot's last record and now.  The counter is read
 * only if it must be: that takes longer than all else here. */
static uint64_t sane_tsc(struct recorder *r, struct slot *slot, uint64_t tsc)
{
	uint64_t sane = tsc < slot->tsc ? slot->tsc : tsc;

	if (sane > r->seen_tsc)
		r->seen_tsc = tsc_now();
	if (sane > r->seen_tsc)
		sane = r->seen_tsc;
	if ((sane > tsc ? sane - tsc : tsc - sane) > SKEW_TICKS)
		slot->troubles |= SLOT_TIME_BAD;
	slot->tsc = sane;
	return sane;
}

static void count_lost(struct recorder *r, struct slot *slot, uint64_t lost)
{
	slot->lost += lost;
	r->dropped += lost;
}

/* Sets what a record must say, whatever is in the ring, and counts records
 * missing before it. */
static void own(struct recorder *r, struct slot *slot)
{
	struct raw_record *record = (void *)slot->record.data;
	uint64_t missing = record->seq - slot->seq - 1;

	slot->ns = record->exit_ns;
	if (!slot->counts_tsc)
		return;
	slot->ns = tsc_clock_ns(&r->clock, sane_tsc(r, slot, record->exit_ns));
	record->exit_ns = record->enter_ns = slot->ns;
	record->kind = RAW_SYSCALL;
	record->pid = slot->pid;
	record->tid = slot->tid;
	slot->seq = record->seq;
	if (missing > LOST_MAX)
		slot->troubles |= SLOT_RING_BAD;
	else
		count_lost(r, slot, missing);
}

/*
 * Puts a note or a loss of a thread into the heap, as if it came from the ring.
 */
static void put_note(struct recorder *r, struct slot *slot, enum raw_kind kind,
		     const char *what)
{
	struct raw_record head = { .kind = (uint8_t)kind,
				   .pid = slot->pid,
				   .tid = slot->tid,
				   .exit_ns = r->last_ns };
	char text[128];
	int len = snprintf(text, sizeof(text), "thread %d: %s", (int)slot->tid,
			   what);

	if (kind == RAW_LOST)
		head.args[0] = slot->lost - slot->lost_told;
	if (slot->ns > head.exit_ns)
		head.exit_ns = slot->ns;
	if (!head.exit_ns)
		head.exit_ns = clock_steady_ns();
	head.enter_ns = slot->ns = head.exit_ns;
	record_begin(&slot->record, &head);
	record_add(&slot->record, PIECE_TEXT, 0, 0,
		   (struct bytes){ (uint8_t *)text, (size_t)len });
	record_end(&slot->record);
	heap_put(r, slot);
}

/*
 * Puts a note if there is something to tell: losses at once, then once a
 * second, and at the thread's end; trouble with its memory once.  Returns
 * whether a note was put.
 */
static bool put_news(struct recorder *r, struct slot *slot, bool is_end)
{
	static const char *const texts[] = {
		"its ring was damaged: calls are missing",
		"its ring has had times that cannot be",
		"the code that records it was disturbed: calls may be missing",
		"it unmaps the code that records it: recorded by stops",
		"it was kept from unmapping the code that records its threads",
	};

	slot->troubles |= slot->told_by_tracer;
	if (slot->troubles == slot->troubles_told &&
	    slot->lost == slot->lost_told)
		return false;
	for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (!(slot->troubles & ~slot->troubles_told & 1u << i))
			continue;
		slot->troubles_told |= 1u << i;
		put_note(r, slot, RAW_NOTE, texts[i]);
		return true;
	}
	if (slot->lost == slot->lost_told ||
	    (!is_end && slot->lost_ns + AGAIN_NS > slot->ns))
		return false;
	put_note(r, slot, RAW_LOST, "");
	slot->lost_told = slot->lost;
	slot->lost_ns = slot->ns;
	return true;
}

/* Skips the rest of a damaged ring: later records may be whole, and the thread
 * may be waiting for room. */
static void skip_damage(struct slot *slot)
{
	slot->troubles |= SLOT_RING_BAD;
	ring_skip(slot->ring, &slot->taker);
}

/* Puts the next record of a slot's ring, or a note, into the heap. */
static void refill(struct recorder *r, struct slot *slot)
{
	int code;

	slot->record.len = 0;
	if (put_news(r, slot, false))
		return;
	code = ring_take(slot->ring, slot->ring_size, &slot->taker,
			 &slot->record);
	if (slot->taker.head - slot->taker.tail > r->fullest)
		r->fullest = slot->taker.head - slot->taker.tail;
	if (code < 0)
		skip_damage(slot);
	if (slot->taker.tail - slot->told > TELL_BYTES || code <= 0)
		tell(slot);
	if (code <= 0) {
		slot->record.len = 0;
		return;
	}
	r->taken++;
	own(r, slot);
	heap_put(r, slot);
}

/* The thread has ended, and its last record was taken: frees the slot, once all
 * notes are put. */
static void retire(struct recorder *r, struct slot **at)
{
	struct slot *slot = *at;
	struct arena_map *arena = slot->arena;
	uint64_t lost = slot->ring->dropped;

	/* Records dropped behind the last one. */
	if (lost > slot->lost && lost - slot->lost <= LOST_MAX)
		count_lost(r, slot, lost - slot->lost);
	if (put_news(r, slot, true))
		return;
	*at = slot->next;
	slot->state = SLOT_FREE;
	arena->slots_free++;
	arena_unref(arena);
}

/* The time of a call that is over but whose record is not committed yet;
 * UINT64_MAX: there is none. */
static uint64_t pending_ns(const struct recorder *r, const struct slot *slot)
{
	uint64_t tsc;

	if (slot->state != SLOT_ACTIVE ||
	    __atomic_load_n(&slot->context->phase, __ATOMIC_ACQUIRE) !=
		    STUB_AFTER)
		return UINT64_MAX;
	tsc = __atomic_load_n(&slot->context->exit_tsc, __ATOMIC_ACQUIRE);
	if (tsc > tsc_now())
		return UINT64_MAX;
	return tsc_clock_ns(&r->clock, tsc > slot->tsc ? tsc : slot->tsc);
}

/* Refills the heap from all rings without a record at hand.  Returns the time
 * up to which no older record can come any more. */
static uint64_t look(struct recorder *r)
{
	uint64_t now = clock_steady_ns();
	uint64_t busy = *r->tracer_since_ns;
	uint64_t until = now - SETTLE_NS;

	r->looked_ns = now;
	if (busy && busy < until)
		until = busy;
	pthread_mutex_lock(&r->shared->lock);
	for (struct slot **at = &r->shared->slots; *at;) {
		struct slot *slot = *at;
		bool has_ended = slot->state == SLOT_ENDED;
		uint64_t pending = pending_ns(r, slot);

		if (pending < until && now - pending < STUCK_NS)
			until = pending;
		if (!slot->record.len && slot != r->given)
			refill(r, slot);
		if (has_ended && !slot->record.len && slot != r->given)
			retire(r, at);
		if (*at == slot)
			at = &slot->next;
	}
	if (!tsc_clock_follow(&r->clock))
		forget_counter(r);
	pthread_mutex_unlock(&r->shared->lock);
	if (!r->own.record.len && &r->own != r->given)
		refill(r, &r->own);
	return until;
}

static bool has_due(const struct recorder *r)
{
	return r->heap_len && r->heap[0]->ns <= r->until_ns;
}

int inject_take(struct recorder *r, const struct raw_record **ret_record)
{
	struct slot *slot = r->given;
	struct raw_record *record;

	if (slot) {
		r->given = NULL;
		refill(r, slot);
	}
	if (!has_due(r) && clock_steady_ns() - r->looked_ns > LOOK_NS)
		r->until_ns = look(r);
	if (!has_due(r))
		return 0;
	slot = heap_take(r);
	record = (void *)slot->record.data;
	/* A record that comes too late (its thread did not run) gets the time
	 * of the last one. */
	if (record->exit_ns < r->last_ns)
		record->exit_ns = r->last_ns;
	r->last_ns = record->exit_ns;
	r->given = slot;
	*ret_record = record;
	return 1;
}

bool inject_is_empty(struct recorder *r)
{
	bool is_empty;

	pthread_mutex_lock(&r->shared->lock);
	is_empty = !r->shared->slots && !r->heap_len && !r->given;
	pthread_mutex_unlock(&r->shared->lock);
	return is_empty;
}

void inject_merge_free(struct recorder *r)
{
	/* Of threads that live on: their arena goes with the last slot. */
	while (r->shared->slots) {
		struct slot *slot = r->shared->slots;

		r->shared->slots = slot->next;
		arena_unref(slot->arena);
	}
	free(r->heap);
	buffer_free(&r->own.record);
}
