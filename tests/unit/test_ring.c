/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>
#include <stdlib.h>

#include "capture/record/ring.h"
#include "core/bytes.h"
#include "tests/unit/suites.h"

enum { SIZE = 1024 };

/* In memory of its very size, so that ASan sees what is read outside. */
static struct ring *make_ring(void)
{
	struct ring *ring = calloc(1, sizeof(*ring) + SIZE);

	ring_init(ring, SIZE);
	return ring;
}

/* A record of len bytes with a number in it; false: no room. */
static bool put(struct ring *ring, uint32_t len, uint64_t number)
{
	struct raw_record *record = ring_place(ring, SIZE, len);

	if (!record)
		return false;
	memset(record, (int)number, len);
	record->len = len;
	record->kind = RAW_SYSCALL;
	record->seq = number;
	ring_commit(ring, len);
	return true;
}

static uint64_t number_of(const struct buffer *taken)
{
	return ((const struct raw_record *)(const void *)taken->data)->seq;
}

/* All lengths, over and over round the end: what was put is taken. */
static void test_records_come_out_as_they_went_in(void)
{
	struct ring *ring = make_ring();
	struct buffer taken = { 0 };
	struct ring_taker taker = { 0 };
	uint64_t next = 1;
	uint64_t put_last = 0;

	while (put_last < 20000) {
		uint32_t len = sizeof(struct raw_record) +
			       8 * (uint32_t)(put_last * 7 % 20);

		if (put(ring, len, put_last + 1)) {
			put_last++;
			continue;
		}
		while (ring_take(ring, SIZE, &taker, &taken) == 1)
			CU_ASSERT_EQUAL(number_of(&taken), next++);
		ring_took(ring, taker.tail);
	}
	while (ring_take(ring, SIZE, &taker, &taken) == 1)
		CU_ASSERT_EQUAL(number_of(&taken), next++);
	CU_ASSERT_EQUAL(next, put_last + 1);
	CU_ASSERT_EQUAL(taker.tail, ring->head);
	buffer_free(&taken);
	free(ring);
}

static void test_a_full_ring_has_no_room(void)
{
	struct ring *ring = make_ring();
	struct buffer taken = { 0 };
	struct ring_taker taker = { 0 };

	for (int i = 0; i < SIZE / 128; i++)
		CU_ASSERT(put(ring, 128, 1));
	CU_ASSERT(!put(ring, 128, 2));
	CU_ASSERT_EQUAL(ring->head, SIZE);
	/* Taken is not told: the bytes are still the consumer's. */
	CU_ASSERT_EQUAL(ring_take(ring, SIZE, &taker, &taken), 1);
	CU_ASSERT(!put(ring, 128, 2));
	ring_took(ring, taker.tail);
	CU_ASSERT(put(ring, 128, 2));
	CU_ASSERT(!put(ring, 128, 3));
	CU_ASSERT(!ring_place(ring, SIZE, SIZE + 8));
	buffer_free(&taken);
	free(ring);
}

/* What does not fit before the end begins anew, behind padding. */
static void test_padding_is_not_given(void)
{
	struct ring *ring = make_ring();
	struct buffer taken = { 0 };
	struct ring_taker taker = { 0 };

	CU_ASSERT(put(ring, SIZE - 8, 1));
	CU_ASSERT_EQUAL(ring_take(ring, SIZE, &taker, &taken), 1);
	ring_took(ring, taker.tail);
	CU_ASSERT(put(ring, 256, 2));
	CU_ASSERT_EQUAL(ring->head, SIZE + 256);
	CU_ASSERT_EQUAL(ring_take(ring, SIZE, &taker, &taken), 1);
	CU_ASSERT_EQUAL(number_of(&taken), 2);
	CU_ASSERT_EQUAL(taken.len, 256);
	CU_ASSERT_EQUAL(ring_take(ring, SIZE, &taker, &taken), 0);
	buffer_free(&taken);
	free(ring);
}

/* A whole record, and then a length that cannot be. */
static void test_wrong_lengths_are_corrupt(void)
{
	static const uint32_t lens[] = { 0,	 4,	     7,		9,
					 8,	 96,	     SIZE + 8,	SIZE,
					 100000, 0x7ffffff8, 0xfffffff8 };
	struct buffer taken = { 0 };

	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		struct ring *ring = make_ring();
		struct ring_taker taker = { 0 };

		CU_ASSERT(put(ring, 128, 1));
		CU_ASSERT(put(ring, 128, 2));
		memcpy(ring->data + 128, &lens[i], 4);
		CU_ASSERT_EQUAL(ring_take(ring, SIZE, &taker, &taken), 1);
		CU_ASSERT_EQUAL(ring_take(ring, SIZE, &taker, &taken), -1);
		CU_ASSERT_EQUAL(taker.tail, 128);
		free(ring);
	}
	buffer_free(&taken);
}

static void test_wrong_heads_are_corrupt(void)
{
	static const uint64_t heads[] = { 1,	      4,
					  127,	      SIZE + 8,
					  1ull << 63, UINT64_MAX,
					  2048 - 64,  UINT64_MAX - 7,
					  1ull << 32 };
	struct ring *ring = make_ring();
	struct ring_taker taker;
	struct buffer taken = { 0 };

	CU_ASSERT(put(ring, 128, 1));
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		taker = (struct ring_taker){ 0 };
		ring->head = heads[i];
		CU_ASSERT_EQUAL(ring_take(ring, SIZE, &taker, &taken), -1);
		CU_ASSERT_EQUAL(taker.tail, 0);
	}
	/* Back before what was taken. */
	taker = (struct ring_taker){ 128, 128 };
	ring->head = 64;
	CU_ASSERT_EQUAL(ring_take(ring, SIZE, &taker, &taken), -1);
	buffer_free(&taken);
	free(ring);
}

/* As much padding as there can be ends. */
static void test_only_padding_is_nothing(void)
{
	static const uint32_t padding[2] = { 8, RING_PADDING };
	struct ring *ring = make_ring();
	struct buffer taken = { 0 };
	struct ring_taker taker = { 0 };

	for (int at = 0; at < SIZE; at += 8)
		memcpy(ring->data + at, padding, 8);
	ring->head = SIZE;
	CU_ASSERT_EQUAL(ring_take(ring, SIZE, &taker, &taken), 0);
	CU_ASSERT_EQUAL(taker.tail, SIZE);
	buffer_free(&taken);
	free(ring);
}

/* A record under way is where there is room for one, and no longer. */
static void test_what_is_begun_has_room(void)
{
	struct ring *ring = make_ring();
	struct raw_record *record;
	uint32_t room;

	for (uint64_t head = 0; head < 3 * SIZE; head++) {
		ring->head = head;
		record = ring_pending(ring, SIZE, &room);
		CU_ASSERT_EQUAL(room, SIZE - head % SIZE);
		CU_ASSERT_EQUAL(record != NULL,
				head % 8 == 0 && room >= sizeof(*record));
	}
	ring->head = SIZE - 128;
	record = ring_pending(ring, SIZE, &room);
	for (uint32_t len = 0; len < 300; len++) {
		record->len = len;
		CU_ASSERT_EQUAL(ring_pending_len(record, room),
				len % 8 == 0 && len >= sizeof(*record) &&
						len <= 128
					? len
					: 0);
	}
	free(ring);
}

/* clang-format off */
CU_TestInfo tests_ring[] = {
	{ "records come out as they went in",
	  test_records_come_out_as_they_went_in },
	{ "a full ring has no room", test_a_full_ring_has_no_room },
	{ "padding is not given", test_padding_is_not_given },
	{ "wrong lengths are corrupt", test_wrong_lengths_are_corrupt },
	{ "wrong heads are corrupt", test_wrong_heads_are_corrupt },
	{ "only padding is nothing", test_only_padding_is_nothing },
	{ "what is begun has room", test_what_is_begun_has_room },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
