/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "capture/encode/encode.h"
#include "capture/record/syscalls.h"
#include "core/event/numbers.h"
#include "core/event/ppm_constants.h"
#include "core/event/tables.h"
#include "tests/unit/suites.h"

/* Events of calls that x86 does not make by a number of their own, or whose
 * parameters are none: they are recorded as GENERIC, or by another name. */
static bool is_without_row(const struct event_kind *kind)
{
	static const char *const names[] = {
		"syscall",     "send",	 "recv",    "getsockname",
		"getpeername", "stat64", "lstat64", "fstat64",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(kind->name, names[i]))
			return true;
	return false;
}

static bool is_current_exit(int code)
{
	const struct event_kind *kind = &event_kinds[code];

	return code % 2 && (kind->category & EC_SYSCALL) &&
	       !(kind->flags & (EF_OLD_VERSION | EF_UNUSED));
}

static bool has_row(int code)
{
	for (int nr = 0; nr < SYSCALL_MAX; nr++)
		if (syscall_row(RAW_X86_64, nr)->event == code ||
		    syscall_row(RAW_I386, nr)->event == code)
			return true;
	return false;
}

static void test_each_kind_of_event_has_a_row(void)
{
	for (int code = 0; code < EVENT_KIND_COUNT; code++) {
		const struct event_kind *kind = &event_kinds[code];

		if (!is_current_exit(code) || is_without_row(kind))
			continue;
		if (!has_row(code))
			printf("\n    no system call gives %s", kind->name);
		CU_ASSERT(has_row(code));
	}
}

static void test_rows_have_a_step_for_each_parameter(void)
{
	for (int nr = 0; nr < SYSCALL_MAX; nr++) {
		const struct syscall_row *row = syscall_row(RAW_X86_64, nr);
		unsigned want = event_kinds[row->event].nparams;

		/* The step of a GENERIC row is told by a note. */
		if (row->event == PPME_GENERIC_X && row->step_count)
			want = 1;
		if (!row->step_count)
			continue;
		if (row->step_count != want)
			printf("\n    %s: %u of %u parameters", row->name,
			       row->step_count, want);
		CU_ASSERT_EQUAL(row->step_count, want);
	}
}

/* Numbers have their width, known or not, but for those that may be empty. */
static bool has_widths(const struct event *event)
{
	const struct event_kind *kind = event_kind(event);
	uint32_t needed = numbers_needed(EMPTY_MEASURES)[event->code];
	bool all = true;

	for (unsigned i = 0; i < kind->nparams; i++) {
		size_t len = event->params[i].len;
		unsigned want =
			param_type_len((enum param_type)kind->params[i].type);

		if (!want || len == want || (!len && !(needed >> i & 1)))
			continue;
		printf("\n    %s: %s has %zu bytes", kind->name,
		       kind->params[i].name, len);
		all = false;
	}
	return all;
}

/* Records without any memory still give events with all parameters. */
static void test_bare_records_give_events(void)
{
	struct encoder *e = encoder_new(80);

	for (int nr = 0; nr < 2 * SYSCALL_MAX; nr++) {
		struct raw_record record = { .len = sizeof(record),
					     .kind = RAW_SYSCALL,
					     .nr = nr % SYSCALL_MAX,
					     .abi = nr < SYSCALL_MAX
							    ? RAW_X86_64
							    : RAW_I386,
					     .tid = 7,
					     .ret = nr % 3 ? -22 : 0,
					     .exit_ns = 5 };
		struct event event;

		encoder_put(e, &record);
		CU_ASSERT_FATAL(encoder_next(e, &event) == 1);
		/* A note of what a call was given goes before it. */
		if (event.code == PPME_NOTIFICATION_E) {
			CU_ASSERT(event.flags & EVENT_STATE_ONLY);
			CU_ASSERT_FATAL(encoder_next(e, &event) == 1);
			CU_ASSERT_EQUAL(event.code, PPME_GENERIC_X);
		}
		CU_ASSERT_EQUAL(event.count, event_kinds[event.code].nparams);
		CU_ASSERT(has_widths(&event));
		CU_ASSERT_EQUAL(event.tid, 7);
		CU_ASSERT_EQUAL(encoder_next(e, &event), 0);
	}
	encoder_free(e);
}

/* A record may say that there were messages that it does not bring. */
static void test_missing_messages_are_told(void)
{
	struct encoder *e = encoder_new(80);
	struct raw_record record = { .len = sizeof(record),
				     .kind = RAW_SYSCALL,
				     .nr = syscall_find("recvmmsg"),
				     .ret = INT64_MAX };
	struct event event;

	encoder_put(e, &record);
	CU_ASSERT_FATAL(encoder_next(e, &event) == 1);
	CU_ASSERT_EQUAL(event.code, PPME_SOCKET_RECVMMSG_X);
	CU_ASSERT_FATAL(encoder_next(e, &event) == 1);
	CU_ASSERT_EQUAL(event.code, PPME_NOTIFICATION_E);
	CU_ASSERT_EQUAL(encoder_next(e, &event), 0);
	encoder_free(e);
}

/* A recvfrom whose piece is that of a socket; len: of its data. */
static struct bytes tuple_of(struct encoder *e, const uint8_t *socket,
			     uint32_t len)
{
	_Alignas(8) uint8_t bytes[512] = { 0 };
	struct raw_record *record = (void *)bytes;
	struct raw_piece *piece = (void *)(record + 1);
	struct event event;

	*piece = (struct raw_piece){ .kind = PIECE_SOCKET, .len = len };
	memcpy(piece + 1, socket, len);
	*record = (struct raw_record){ .len = (uint32_t)(sizeof(*record) +
							 sizeof(*piece)) +
					      ((len + 7) & ~7u),
				       .kind = RAW_SYSCALL,
				       .piece_count = 1,
				       .nr = syscall_find("recvfrom"),
				       .ret = 1 };
	encoder_put(e, record);
	CU_ASSERT_FATAL(encoder_next(e, &event) == 1);
	return event.params[2];
}

/* Ends as long as they say; and such as are longer than the piece. */
static void test_ends_of_sockets(void)
{
	static const uint8_t end[16] = { 2, 0, 0x12, 0x34, 127, 0, 0, 1 };
	struct encoder *e = encoder_new(80);
	uint8_t socket[2 + 2 * sizeof(end)] = { 16, 16 };
	struct bytes tuple;

	memcpy(socket + 2, end, sizeof(end));
	memcpy(socket + 2 + sizeof(end), end, sizeof(end));
	socket[2 + sizeof(end) + 4] = 10;
	tuple = tuple_of(e, socket, sizeof(socket));
	CU_ASSERT_FATAL(tuple.len == 13);
	CU_ASSERT_EQUAL(tuple.data[0], PPM_AF_INET);
	CU_ASSERT_EQUAL(tuple.data[1], 10);
	CU_ASSERT_EQUAL(tuple.data[7], 127);
	socket[1] = 17;
	CU_ASSERT_EQUAL(tuple_of(e, socket, sizeof(socket)).len, 0);
	socket[0] = socket[1] = 255;
	CU_ASSERT_EQUAL(tuple_of(e, socket, sizeof(socket)).len, 0);
	CU_ASSERT_EQUAL(tuple_of(e, socket, 2).len, 0);
	CU_ASSERT_EQUAL(tuple_of(e, socket, 1).len, 0);
	CU_ASSERT_EQUAL(tuple_of(e, socket, 0).len, 0);
	socket[0] = socket[1] = 1;
	CU_ASSERT_EQUAL(tuple_of(e, socket, 4).len, 0);
	encoder_free(e);
}

/* An event of the code, all of whose parameters are empty but its result. */
static struct event make_empty(uint16_t code, const int64_t *res)
{
	struct event event = { .code = code,
			       .count = event_kinds[code].nparams };

	event.params[0] = (struct bytes){ (const uint8_t *)res, 8 };
	return event;
}

/* The values are those that the drivers write. */
static void test_numbers_that_are_not_known(void)
{
	const int64_t failed = -14, done = 0;
	struct event e = make_empty(PPME_SYSCALL_PRLIMIT_X, &failed);

	event_fill_numbers(&e, numbers_needed(EMPTY_UPGRADED));
	CU_ASSERT_EQUAL(event_int(&e, 1, 7), 0);
	CU_ASSERT_EQUAL(event_int(&e, 3, 7), -1);
	e = make_empty(PPME_SYSCALL_PRLIMIT_X, &done);
	event_fill_numbers(&e, numbers_needed(EMPTY_MEASURES));
	CU_ASSERT_EQUAL(event_int(&e, 3, 7), 0);
	e = make_empty(PPME_SYSCALL_PIPE_X, &failed);
	event_fill_numbers(&e, numbers_needed(EMPTY_MEASURES));
	CU_ASSERT_EQUAL(event_int(&e, 1, 7), -1);
	CU_ASSERT_EQUAL(event_int(&e, 3, 7), 0);
	e = make_empty(PPME_SYSCALL_GETRESUID_X, &failed);
	event_fill_numbers(&e, numbers_needed(EMPTY_MEASURES));
	CU_ASSERT_EQUAL(event_int(&e, 2, 7), 0xffffffff);
}

/* What upgrades leave empty in captures of others is not known there. */
static void test_numbers_that_upgrades_leave_empty(void)
{
	const int64_t done = 0;
	struct event e = make_empty(PPME_SYSCALL_EXECVE_19_X, &done);

	event_fill_numbers(&e, numbers_needed(EMPTY_UPGRADED));
	CU_ASSERT_EQUAL(e.params[12].len, 0); /* vm_swap, since execve_13 */
	CU_ASSERT_EQUAL(e.params[18].len, 0); /* loginuid */
	CU_ASSERT_EQUAL(e.params[3].len, 8);  /* tid */
	event_fill_numbers(&e, numbers_needed(EMPTY_NONE));
	CU_ASSERT_EQUAL(e.params[12].len, 4);
	e = make_empty(PPME_SYSCALL_MMAP_X, &done);
	event_fill_numbers(&e, numbers_needed(EMPTY_MEASURES));
	CU_ASSERT_EQUAL(e.params[1].len, 0);
	CU_ASSERT_EQUAL(e.params[4].len, 8);
	event_fill_numbers(&e, numbers_needed(EMPTY_NONE));
	CU_ASSERT_EQUAL(e.params[1].len, 4);
}

CU_TestInfo tests_encode[] = {
	{ "each kind of event has a row", test_each_kind_of_event_has_a_row },
	{ "rows have a step for each parameter",
	  test_rows_have_a_step_for_each_parameter },
	{ "bare records give events", test_bare_records_give_events },
	{ "numbers that are not known", test_numbers_that_are_not_known },
	{ "numbers that upgrades leave empty",
	  test_numbers_that_upgrades_leave_empty },
	{ "missing messages are told", test_missing_messages_are_told },
	{ "ends of sockets are bounded", test_ends_of_sockets },
	CU_TEST_INFO_NULL,
};
