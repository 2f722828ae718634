/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "core/arena.h"
#include "core/bytes.h"
#include "core/error.h"
#include "core/event/event.h"
#include "tests/unit/suites.h"

static void test_error_context_reads_from_outside_in(void)
{
	struct error err;

	CU_ASSERT_EQUAL(error_set(&err, EINVAL, "unknown field '%s'", "y"), -1);
	CU_ASSERT_EQUAL(error_context(&err, "rule '%s'", "x"), -1);
	CU_ASSERT_STRING_EQUAL(err.text, "rule 'x': unknown field 'y'");
	CU_ASSERT_EQUAL(err.code, EINVAL);
	CU_ASSERT_EQUAL(error_set(NULL, EINVAL, "nobody listens"), -1);
}

static void test_error_text_is_cut_not_overrun(void)
{
	struct error err;
	char big[2 * sizeof(err.text)];

	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	error_set(&err, EINVAL, "%s", big);
	CU_ASSERT_EQUAL(strlen(err.text), sizeof(err.text) - 1);
	error_context(&err, "%s", big);
	CU_ASSERT_EQUAL(strlen(err.text), sizeof(err.text) - 1);
}

static void test_arena_pieces_are_apart_and_aligned(void)
{
	struct arena arena = { 0 };
	char *before = arena_copy(&arena, "abc", 3);
	char *zeroed = arena_alloc(&arena, 100000);
	char *after = arena_printf(&arena, "%d-%s", 42, "x");

	CU_ASSERT_STRING_EQUAL(before, "abc");
	CU_ASSERT_EQUAL((uintptr_t)zeroed % sizeof(void *), 0);
	for (int i = 0; i < 100000; i++)
		if (zeroed[i])
			CU_FAIL("not zeroed");
	CU_ASSERT_STRING_EQUAL(after, "42-x");
	arena_free(&arena);
}

static void test_arena_reset_keeps_its_memory(void)
{
	struct arena arena = { 0 };
	char *first = arena_bytes(&arena, 10);

	arena_bytes(&arena, 200000);
	arena_reset(&arena);
	CU_ASSERT_PTR_EQUAL(arena_bytes(&arena, 10), first);
	arena_free(&arena);
}

static void test_cursor_stops_at_the_end(void)
{
	static const uint8_t data[] = { 1, 2, 0, 4, 5 };
	struct cursor c = cursor_of(data, sizeof(data));

	CU_ASSERT_EQUAL(cursor_u8(&c), 1);
	CU_ASSERT_EQUAL(cursor_u16(&c), 2);
	CU_ASSERT_FALSE(c.failed);
	CU_ASSERT_EQUAL(cursor_u32(&c), 0);
	CU_ASSERT_TRUE(c.failed);
	CU_ASSERT_EQUAL(cursor_left(&c), 0);
	CU_ASSERT_EQUAL(cursor_u64(&c), 0);
	CU_ASSERT_EQUAL(cursor_take(&c, SIZE_MAX).len, 0);
}

static void test_buffer_grows(void)
{
	struct buffer b = { 0 };

	for (unsigned i = 0; i < 10000; i++)
		buffer_u16(&b, (uint16_t)i);
	buffer_printf(&b, "%s", "end");
	CU_ASSERT_EQUAL(b.len, 20003);
	CU_ASSERT_EQUAL(load_u16(b.data + 2 * 9999), 9999);
	CU_ASSERT_EQUAL(memcmp(b.data + 20000, "end", 3), 0);
	buffer_free(&b);
}

/* An event with one parameter, as a source would give it. */
static struct event one_param(uint16_t code, unsigned i, const void *data,
			      size_t len)
{
	struct event event = { .code = code, .count = i + 1 };

	event.params[i] = (struct bytes){ data, len };
	return event;
}

static void test_event_int_extends_by_type(void)
{
	int64_t minus = -13;
	uint32_t big = 0xfffffff0;
	struct event res = one_param(PPME_SYSCALL_READ_X, 0, &minus, 8);
	struct event size = one_param(PPME_SYSCALL_READ_X, 3, &big, 4);

	CU_ASSERT_EQUAL(event_int(&res, 0, 0), -13);
	CU_ASSERT_EQUAL(event_int(&size, 3, 0), 0xfffffff0);
	CU_ASSERT_EQUAL(event_int(&size, 2, 77), 77);
	CU_ASSERT_EQUAL(event_int(&size, 31, 77), 77);
}

static void test_event_text_ends_at_nul(void)
{
	struct event e = one_param(PPME_SYSCALL_OPEN_X, 1, "/etc\0x", 7);
	struct event none = one_param(PPME_SYSCALL_OPEN_X, 1, NULL, 0);

	CU_ASSERT_EQUAL(event_text(&e, 1).len, 4);
	CU_ASSERT_PTR_NULL(event_text(&none, 1).data);
}

static void test_generic_events_have_their_syscalls_name(void)
{
	uint16_t sc = 16;
	struct event e = one_param(PPME_GENERIC_X, 0, &sc, 2);

	CU_ASSERT_STRING_EQUAL(event_name(&e), "getpid");
}

static void test_event_table_is_sound(void)
{
	for (int i = 0; i < EVENT_KIND_COUNT; i++) {
		const struct event_kind *kind = &event_kinds[i];

		CU_ASSERT_PTR_NOT_NULL_FATAL(kind->symbol);
		CU_ASSERT_EQUAL(event_code_find(kind->symbol), i);
		CU_ASSERT_TRUE(kind->nparams <= EVENT_PARAMS_MAX);
		for (unsigned p = 0; p < kind->nparams; p++) {
			CU_ASSERT_TRUE(kind->params[p].type > PT_NONE);
			CU_ASSERT_TRUE(kind->params[p].type < PT_COUNT);
			CU_ASSERT_TRUE(kind->params[p].dirfd_param <=
				       kind->nparams);
		}
	}
}

/* clang-format off */
CU_TestInfo tests_core[] = {
	{ "error context reads from outside in",
	  test_error_context_reads_from_outside_in },
	{ "error text is cut, not overrun", test_error_text_is_cut_not_overrun },
	{ "arena pieces are apart and aligned",
	  test_arena_pieces_are_apart_and_aligned },
	{ "arena reset keeps its memory", test_arena_reset_keeps_its_memory },
	{ "cursor stops at the end", test_cursor_stops_at_the_end },
	{ "buffer grows", test_buffer_grows },
	{ "event_int extends by type", test_event_int_extends_by_type },
	{ "event_text ends at NUL", test_event_text_ends_at_nul },
	{ "generic events have their syscall's name",
	  test_generic_events_have_their_syscalls_name },
	{ "event table is sound", test_event_table_is_sound },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
