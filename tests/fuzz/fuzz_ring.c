/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ring as hostile code leaves it, changed between any two looks: what the
 * consumer takes is a record in memory of its own, and it comes to an end.
 * Reaches capture/record/ring.c.
 *
 * The input: steps of one byte and its operands; 0..3 take, else write bytes
 * into the ring, head included, or put a record as the stub would.
 */
#include <stdlib.h>
#include <string.h>

#include "capture/record/ring.h"
#include "core/bytes.h"

enum { SIZE = 4096, TAKES_MAX = SIZE / 8 };

static void check(const struct buffer *taken)
{
	const struct raw_record *record = (const void *)taken->data;
	const struct raw_piece *piece = NULL;
	uint8_t sum = 0;

	if (taken->len < sizeof(*record) || record->len != taken->len ||
	    record->kind == RING_PADDING)
		abort();
	while ((piece = raw_next_piece(record, piece)))
		for (uint32_t i = 0; i < piece->len; i++)
			sum ^= ((const uint8_t *)raw_piece_data(piece))[i];
	if (sum == 1 && !record->kind)
		abort();
}

/* Takes all there is; damage is skipped, as inject_merge.c does. */
static void take(struct ring *ring, struct ring_taker *taker,
		 struct buffer *taken)
{
	int code = 1;

	for (int i = 0; code == 1; i++) {
		uint64_t before = taker->tail;

		code = ring_take(ring, SIZE, taker, taken);
		if (taker->tail - before > SIZE || i > TAKES_MAX)
			abort();
		if (code == 1)
			check(taken);
	}
	if (code < 0)
		ring_skip(ring, taker);
	ring->waiting = 0;
	ring_took(ring, taker->tail);
}

/* Where to write: the producer's half of the header, or the data. */
static void write_at(struct ring *ring, uint16_t at, uint64_t value)
{
	uint8_t *place = (uint8_t *)&ring->head;
	size_t room = sizeof(*ring) + SIZE - offsetof(struct ring, head);

	memcpy(place + at % (room - 7), &value, sizeof(value));
}

static void put(struct ring *ring, uint16_t len)
{
	uint32_t whole = sizeof(struct raw_record) + (len % 1024 & ~7u);
	struct raw_record *record;

	if (ring->head % 8)
		return;
	record = ring_place(ring, SIZE, whole);
	if (!record)
		return;
	record->len = whole;
	record->kind = RAW_SYSCALL;
	ring_commit(ring, whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct ring *ring = calloc(1, sizeof(*ring) + SIZE);
	struct cursor c = cursor_of(data, len);
	struct buffer taken = { 0 };
	struct ring_taker taker = { 0 };

	ring_init(ring, SIZE);
	while (cursor_left(&c)) {
		uint8_t step = cursor_u8(&c);
		uint16_t at;

		if (step < 4) {
			take(ring, &taker, &taken);
			continue;
		}
		at = cursor_u16(&c);
		if (step < 64)
			put(ring, at);
		else if (step < 128) /* a head that may be */
			ring->head = taker.tail + at % (SIZE + 8);
		else
			write_at(ring, at, cursor_u64(&c));
	}
	take(ring, &taker, &taken);
	buffer_free(&taken);
	free(ring);
	return 0;
}
