/* SPDX-License-Identifier: Apache-2.0 */
/* Summaries of frames there and back, and damaged ones. */
#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

#include "core/file/frames.h"
#include "tests/unit/suites.h"

static void note(struct frame_index *x, uint16_t code, uint64_t ts_ns,
		 int64_t pid)
{
	struct event event = { .code = code, .ts_ns = ts_ns };
	struct frame_subject subject = { .is_hidden = pid < 0,
					 .has_pid = true,
					 .pid = pid,
					 .container_id =
						 pid % 2 ? "odd" : "host" };

	frame_index_note(x, &event, &subject);
}

/* Three frames: two events out of order; none; one hidden and one of many. */
static void make(struct buffer *out)
{
	struct frame_index *x = frame_index_new();

	note(x, PPME_SYSCALL_READ_X, 20, 9);
	note(x, PPME_SYSCALL_OPENAT_2_X, 10, 4);
	frame_index_end_frame(x, 100);
	frame_index_end_frame(x, 200);
	note(x, PPME_SYSCALL_CLOSE_X, 5, -1);
	for (int64_t pid = 1; pid < 5000; pid++)
		note(x, PPME_SYSCALL_READ_X, 30, pid);
	frame_index_end_frame(x, 300);
	frame_index_write(x, out);
	frame_index_write(x, out); /* nothing is left */
	frame_index_free(x);
}

static bool holds(const struct frame_summary *s, unsigned code)
{
	return s->codes[code / 8] & 1 << code % 8;
}

static void test_roundtrip(void)
{
	struct frame_summaries got = { 0 };
	struct arena arena = { 0 };
	struct buffer out = { 0 };
	const struct frame_summary *s;

	make(&out);
	CU_ASSERT_FATAL(frame_index_read((struct bytes){ out.data, out.len },
					 &got, &arena));
	CU_ASSERT_EQUAL_FATAL(got.count, 3);
	s = &got.items[0];
	CU_ASSERT_TRUE(s->offset == 100 && s->first_num == 1 &&
		       s->events == 2 && s->visible == 2 && !s->began);
	CU_ASSERT_TRUE(s->first_ns == 10 && s->last_ns == 20);
	CU_ASSERT_TRUE(s->pid_count == 2 && s->pids[0] == 4 && s->pids[1] == 9);
	CU_ASSERT_EQUAL(s->container_count, 2);
	CU_ASSERT_STRING_EQUAL(s->containers[0], "odd");
	CU_ASSERT_TRUE(holds(s, PPME_SYSCALL_READ_X) &&
		       !holds(s, PPME_SYSCALL_CLOSE_X));
	CU_ASSERT_TRUE(got.items[1].events == 0 && !got.items[1].visible);
	s = &got.items[2];
	CU_ASSERT_TRUE(s->first_num == 3 && s->events == 5000 &&
		       s->visible == 4999 && s->began);
	CU_ASSERT_TRUE(s->first_ns == 30 && s->any_pid);
	CU_ASSERT_FALSE(holds(s, PPME_SYSCALL_CLOSE_X));
	free(got.items);
	arena_free(&arena);
	buffer_free(&out);
}

static void test_damage(void)
{
	struct frame_summaries got = { 0 };
	struct arena arena = { 0 };
	struct buffer out = { 0 };
	unsigned taken = 0;

	make(&out);
	for (size_t len = 0; len < out.len; len++)
		taken += frame_index_read((struct bytes){ out.data, len }, &got,
					  &arena);
	CU_ASSERT_EQUAL(taken, 0);
	for (size_t i = 0; i < out.len; i++) {
		out.data[i] ^= 0x5a;
		frame_index_read((struct bytes){ out.data, out.len }, &got,
				 &arena);
		out.data[i] ^= 0x5a;
	}
	CU_PASS("no crash");
	free(got.items);
	arena_free(&arena);
	buffer_free(&out);
}

/* clang-format off */
/* Who is the same as before is still told to be in each frame. */
static void test_same_subject(void)
{
	struct frame_subject who = { .has_pid = true,
				     .pid = 7,
				     .container_id = "host" };
	struct frame_index *x = frame_index_new();
	struct event event = { .code = PPME_SYSCALL_READ_X, .ts_ns = 1 };
	struct frame_summaries got = { 0 };
	struct arena arena = { 0 };
	struct buffer out = { 0 };

	frame_index_note(x, &event, &who);
	who.is_as_before = true;
	frame_index_note(x, &event, &who);
	frame_index_end_frame(x, 100);
	frame_index_note(x, &event, &who);
	frame_index_end_frame(x, 200);
	frame_index_write(x, &out);
	CU_ASSERT_FATAL(frame_index_read((struct bytes){ out.data, out.len },
					 &got, &arena));
	CU_ASSERT_EQUAL_FATAL(got.count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct frame_summary *s = &got.items[i];

		CU_ASSERT_EQUAL(s->visible, 2 - i);
		CU_ASSERT_TRUE(s->pid_count == 1 && s->pids[0] == 7);
		CU_ASSERT_TRUE(s->container_count == 1 &&
			       !strcmp(s->containers[0], "host"));
	}
	frame_index_free(x);
	arena_free(&arena);
	buffer_free(&out);
	free(got.items);
}

CU_TestInfo tests_frames[] = {
	{ "summaries come back as they went", test_roundtrip },
	{ "damage is no index", test_damage },
	{ "same subject", test_same_subject },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
