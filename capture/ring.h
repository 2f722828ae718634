/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A byte ring in shared memory with one producer and one consumer, carrying
 * raw records.  The producer may be the tracer process or code inside a
 * traced (hostile) process: the consumer copies a record out and checks every
 * length before it believes it.  A full ring drops and counts.
 *
 * Freestanding: included by code that runs inside traced processes.
 */
#ifndef SPOOR_CAPTURE_RING_H
#define SPOOR_CAPTURE_RING_H

#include <stdint.h>

#include "capture/raw.h"

struct ring {
	uint32_t magic;
	uint32_t size; /* of data; a power of two; fixed at creation */
	uint64_t pad0[7];
	uint64_t head;	  /* producer: bytes written, only grows */
	uint64_t dropped; /* producer: records that found no room */
	uint64_t dropped_bytes;
	uint64_t pad1[5];
	uint64_t tail;	  /* consumer: bytes taken, only grows */
	uint32_t closed;  /* producer: nothing follows */
	uint32_t waiting; /* consumer: futex word, 1 while it sleeps */
	uint64_t pad2[6];
	uint8_t data[]; /* size bytes */
};

enum { RING_MAGIC = 0x72677370 };

/* Lays out a ring in zeroed shared memory of sizeof(struct ring) + size. */
void ring_init(struct ring *ring, uint32_t size);

/*
 * Producer: a place for len bytes (multiple of 8), contiguous, or NULL: no
 * room (counted as dropped).  Wrap-around is filled with a padding record.
 */
struct raw_record *ring_reserve(struct ring *ring, uint32_t len);

/* Producer: makes the record reserved last visible; its len may be less. */
void ring_commit(struct ring *ring, uint32_t len);

/*
 * Consumer: copies the next record into to (RAW_RECORD_MAX bytes, 8-aligned).
 * 1 a record, 0 none now, -1 the ring is corrupt (stop reading it).  `size'
 * is what the consumer knows; the ring's own header is not trusted.
 */
int ring_take(struct ring *ring, uint32_t size, struct raw_record *to);

#endif
