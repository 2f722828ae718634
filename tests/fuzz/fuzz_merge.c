/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The memory of some threads as hostile code leaves it: contexts and rings,
 * changed between any two looks of the recorder and of the tracer.  All that
 * is taken is a whole record of a thread that there is, in the order of time,
 * from which the encoder makes events; and it comes to an end.  Reaches
 * capture/inject/inject_merge.c, inject_record.c and inject_arena.c
 * (slot_record).
 *
 * The input: steps of one byte and its operands; see run_step.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/encode/encode.h"
#include "capture/inject/inject_merge.h"
#include "capture/inject/inject_record.h"
#include "core/clock.h"

enum { SLOTS = 3, RING = 4096, TAKES_MAX = SLOTS * RING / 8, PARAMS = 64 };

struct world {
	struct inject_shared shared;
	struct injector injector;
	struct recorder recorder;
	struct arena_map arena;
	struct slot slots[SLOTS];
	struct encoder *encoder;
	uint64_t last_ns;
};

static struct slot *slot_of(struct world *w, uint8_t n)
{
	return &w->slots[n % SLOTS];
}

static void begin(struct world *w)
{
	w->injector.shared = w->recorder.shared = &w->shared;
	w->recorder.tracer_since_ns = &w->injector.tracer.stop_ns;
	w->recorder.own.ring = calloc(1, sizeof(struct ring) + RING);
	w->recorder.own.ring_size = RING;
	w->recorder.clock = (struct tsc_clock){ .ns = clock_steady_ns(),
						.tsc = tsc_now(),
						.ns_per_tick = 0.5 };
	pthread_mutex_init(&w->shared.lock, NULL);
	w->arena.refs = 1000; /* it is not on the heap */
	w->encoder = encoder_new(80);
	for (int i = 0; i < SLOTS; i++) {
		struct slot *slot = &w->slots[i];

		slot->arena = &w->arena;
		slot->context = calloc(1, STUB_PAGE);
		slot->ring = calloc(1, sizeof(struct ring) + RING);
		ring_init(slot->ring, RING);
		slot->ring_size = RING;
		slot->pid = slot->tid = 100 + i;
		slot->counts_tsc = true;
		slot->tsc = tsc_now();
		slot->state = SLOT_ACTIVE;
		slot->next = w->shared.slots;
		w->shared.slots = slot;
	}
}

static void check(struct world *w, const struct raw_record *record)
{
	const struct raw_piece *piece = NULL;
	struct event event;
	uint8_t sum = 0;

	if (record->len < sizeof(*record) || record->tid < 100 ||
	    record->tid >= 100 + SLOTS || record->exit_ns < w->last_ns)
		abort();
	w->last_ns = record->exit_ns;
	while ((piece = raw_next_piece(record, piece)))
		for (uint32_t i = 0; i < piece->len; i++)
			sum ^= ((const uint8_t *)raw_piece_data(piece))[i];
	if (sum == 1 && !record->kind)
		abort();
	encoder_put(w->encoder, record);
	while (encoder_next(w->encoder, &event))
		if (event.count > PARAMS)
			abort();
}

/* As inject_next does, but that nothing waits for its time. */
static void take(struct world *w)
{
	const struct raw_record *record;

	for (int i = 0;; i++) {
		w->recorder.looked_ns = 0;
		w->recorder.until_ns = UINT64_MAX;
		if (!inject_take(&w->recorder, &record)) {
			w->recorder.until_ns = UINT64_MAX;
			if (!inject_take(&w->recorder, &record))
				return;
		}
		if (i > TAKES_MAX)
			abort();
		check(w, record);
	}
}

/* As the code would. */
static void put(struct slot *slot, uint16_t len, uint8_t nr)
{
	uint32_t whole = sizeof(struct raw_record) + (len % 1024 & ~7u);
	struct raw_record *record;

	if (slot->ring->head % 8)
		return;
	record = ring_place(slot->ring, RING, whole);
	if (!record)
		return;
	record->len = whole;
	record->kind = RAW_SYSCALL;
	record->nr = nr;
	record->seq = slot->seq + 1;
	record->exit_ns = tsc_now();
	ring_commit(slot->ring, whole);
}

/* The tracer completes what the code has begun. */
static void adopt(struct world *w, struct slot *slot, bool ends)
{
	struct inject_thread thread = { .arena = &w->arena, .slot = slot };
	struct tracee tracee = { .pid = slot->pid,
				 .tid = slot->tid,
				 .user = &thread };

	slot->context->record = (void *)(uintptr_t)1; /* one is begun */
	inject_adopt(&w->injector, &tracee, (int32_t)slot->context->rax);
	if (ends)
		inject_end_record(slot, -4, RAW_INTERRUPTED);
	buffer_free(&tracee.record);
}

static void run_step(struct world *w, uint8_t step, struct cursor *c)
{
	struct slot *slot = slot_of(w, step);
	uint16_t at = cursor_u16(c);

	switch (step / 4 % 8) {
	case 0:
		take(w);
		break;
	case 1:
	case 2:
		put(slot, at, cursor_u8(c));
		break;
	case 3:
		slot->ring->head = slot->taker.tail + at % (RING + 8);
		break;
	case 4: {
		uint64_t value = cursor_u64(c);
		size_t room = sizeof(struct ring) + RING -
			      offsetof(struct ring, head);

		memcpy((uint8_t *)&slot->ring->head + at % (room - 7), &value,
		       sizeof(value));
		break;
	}
	case 5: {
		uint64_t value = cursor_u64(c);

		memcpy((uint8_t *)slot->context +
			       at % (sizeof(struct stub_context) - 7),
		       &value, sizeof(value));
		break;
	}
	case 6:
		adopt(w, slot, at & 1);
		break;
	default:
		if (slot->state == SLOT_ACTIVE && at % 8 == 0)
			slot->state = SLOT_ENDED;
	}
}

static void end(struct world *w)
{
	for (int i = 0; i < SLOTS; i++) {
		if (w->slots[i].state == SLOT_ACTIVE)
			w->slots[i].state = SLOT_ENDED;
		w->slots[i].ring->waiting = 0;
	}
	for (int i = 0; i < 4 * SLOTS && !inject_is_empty(&w->recorder); i++)
		take(w);
	if (!inject_is_empty(&w->recorder))
		abort();
	for (int i = 0; i < SLOTS; i++) {
		free(w->slots[i].context);
		free(w->slots[i].ring);
		buffer_free(&w->slots[i].record);
	}
	free(w->recorder.own.ring);
	pthread_mutex_destroy(&w->shared.lock);
	inject_merge_free(&w->recorder);
	encoder_free(w->encoder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct world *w = calloc(1, sizeof(*w));
	struct cursor c = cursor_of(data, len);

	begin(w);
	while (cursor_left(&c))
		run_step(w, cursor_u8(&c), &c);
	end(w);
	free(w);
	return 0;
}
