/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A byte ring in shared memory with one producer and one consumer, carrying
 * raw records.  The producer may be the tracer process or code inside a
 * traced (hostile) process: the consumer copies a record out and checks every
 * length before it believes it.  A full ring drops and counts.
 *
 * Freestanding: included by code that runs inside traced processes.
 */
#ifndef SPOOR_CAPTURE_RECORD_RING_H
#define SPOOR_CAPTURE_RECORD_RING_H

#include <stdint.h>

#include "capture/record/raw.h"

struct ring {
	uint32_t magic;
	uint32_t size; /* of data; a power of two; fixed at creation */
	uint64_t pad0[7];
	uint64_t head;	  /* producer: bytes written, only grows */
	uint64_t dropped; /* producer: records that found no room */
	uint64_t pad1[6];
	uint64_t tail;	  /* consumer: bytes taken, only grows */
	uint32_t waiting; /* producer: it sleeps on the low half of tail */
	uint32_t pad2[13];
	uint8_t data[]; /* size bytes */
};

enum { RING_MAGIC = 0x72677370 };

enum { RING_PADDING = 0 }; /* the kind of a record that fills the end */

/* Lays out a ring in zeroed shared memory of sizeof(struct ring) + size. */
void ring_init(struct ring *ring, uint32_t size);

/*
 * Producer: a place for len bytes (a multiple of 8), contiguous, or NULL: no
 * room.  What is left before the end is filled with a padding record.
 */
static inline struct raw_record *ring_place(struct ring *ring, uint32_t size,
					    uint32_t len)
{
	uint64_t head = ring->head;
	uint64_t tail = __atomic_load_n(&ring->tail, __ATOMIC_ACQUIRE);
	uint32_t at = (uint32_t)head & (size - 1);
	uint32_t rest = size - at;
	struct raw_record *record = (void *)(ring->data + at);

	if (rest >= len)
		return size - (head - tail) >= len ? record : 0;
	if (size - (head - tail) < (uint64_t)rest + len)
		return 0;
	record->len = rest;
	record->kind = RING_PADDING;
	__atomic_store_n(&ring->head, head + rest, __ATOMIC_RELEASE);
	return (void *)ring->data;
}

/* Producer: makes len bytes at the place visible. */
static inline void ring_commit(struct ring *ring, uint32_t len)
{
	__atomic_store_n(&ring->head, ring->head + len, __ATOMIC_RELEASE);
}

struct buffer;

/* What the consumer knows: up to where it has taken, and up to where there was
 * something to take. */
struct ring_taker {
	uint64_t tail, head;
};

/*
 * Consumer: copies the next record into the buffer (emptied first).  The
 * producer's head is read only when all that was known is taken, so that its
 * cache line stays the producer's for long.  1: a record; 0: none now; -1: the
 * ring is corrupt.  `size' is what the consumer knows; the ring's own header is
 * not trusted.
 */
int ring_take(struct ring *ring, uint32_t size, struct ring_taker *taker,
	      struct buffer *to);

/* Consumer: where the producer builds its next record, a view in hostile
 * memory, and the bytes that there are for it; NULL: the head is corrupt. */
struct raw_record *ring_pending(struct ring *ring, uint32_t size,
				uint32_t *ret_room);
/* How long that record is so far, read once; 0: it cannot be that long. */
uint32_t ring_pending_len(const struct raw_record *record, uint32_t room);

/* Consumer: drops all that is in the ring. */
void ring_skip(const struct ring *ring, struct ring_taker *taker);

/* Consumer: frees all before tail, and wakes a producer that waits. */
void ring_took(struct ring *ring, uint64_t tail);

#endif
