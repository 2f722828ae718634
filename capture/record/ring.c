/* SPDX-License-Identifier: Apache-2.0 */
/* The consumer's side of a ring that hostile code may write to; see ring.h. */
#include "capture/record/ring.h"

#include <limits.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/bytes.h"

void ring_init(struct ring *ring, uint32_t size)
{
	ring->magic = RING_MAGIC;
	ring->size = size;
}

/* Copies one record at `at', of which `ready' bytes are there.  0 or -1. */
static int copy_out(const struct ring *ring, uint32_t at, uint64_t ready,
		    struct buffer *to)
{
	const uint8_t *from = ring->data + at;
	uint32_t len = __atomic_load_n((const uint32_t *)(const void *)from,
				       __ATOMIC_ACQUIRE);
	struct raw_record *record;

	if (len < 8 || len % 8 || len > ready || len > RAW_RECORD_MAX)
		return -1;
	to->len = 0;
	buffer_put(to, from, len);
	record = (void *)to->data;
	record->len = len; /* it may have changed since */
	return record->kind != RING_PADDING && len < sizeof(*record) ? -1 : 0;
}

int ring_take(struct ring *ring, uint32_t size, struct ring_taker *taker,
	      struct buffer *to)
{
	const struct raw_record *record;

	if (taker->head == taker->tail)
		taker->head = __atomic_load_n(&ring->head, __ATOMIC_ACQUIRE);
	while (taker->head != taker->tail) {
		uint32_t at = (uint32_t)taker->tail & (size - 1);
		uint64_t ready = taker->head - taker->tail;

		if (ready > size || ready % 8 || taker->tail % 8)
			return -1;
		if (ready > size - at)
			ready = size - at;
		if (copy_out(ring, at, ready, to))
			return -1;
		record = (const void *)to->data;
		taker->tail += record->len;
		if (record->kind != RING_PADDING)
			return 1;
	}
	return 0;
}

struct raw_record *ring_pending(struct ring *ring, uint32_t size,
				uint32_t *ret_room)
{
	uint64_t head = __atomic_load_n(&ring->head, __ATOMIC_ACQUIRE);
	uint32_t at = (uint32_t)head & (size - 1);

	/* Only what the consumer has reported as taken may be written over. */
	(void)__atomic_load_n(&ring->tail, __ATOMIC_ACQUIRE);
	*ret_room = size - at;
	if (head % 8 || *ret_room < sizeof(struct raw_record))
		return NULL;
	return (void *)(ring->data + at);
}

uint32_t ring_pending_len(const struct raw_record *record, uint32_t room)
{
	uint32_t len = __atomic_load_n(&record->len, __ATOMIC_RELAXED);

	return len < sizeof(*record) || len % 8 || len > room ? 0 : len;
}

void ring_skip(const struct ring *ring, struct ring_taker *taker)
{
	taker->head = __atomic_load_n(&ring->head, __ATOMIC_ACQUIRE);
	taker->tail = taker->head;
}

void ring_took(struct ring *ring, uint64_t tail)
{
	__atomic_store_n(&ring->tail, tail, __ATOMIC_SEQ_CST);
	if (__atomic_exchange_n(&ring->waiting, 0, __ATOMIC_SEQ_CST))
		syscall(SYS_futex, &ring->tail, FUTEX_WAKE, INT_MAX, NULL, NULL,
			0);
}
