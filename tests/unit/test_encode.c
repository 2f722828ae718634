/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "capture/encode.h"
#include "capture/syscalls.h"
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

static unsigned words(const char *text)
{
	unsigned n = *text != '\0';

	for (; *text; text++)
		n += *text == ' ';
	return n;
}

/* Each parameter comes from somewhere, and no word is left over. */
static void test_rows_name_all_parameters(void)
{
	for (int nr = 0; nr < SYSCALL_MAX; nr++) {
		const struct syscall_row *row = syscall_row(RAW_X86_64, nr);
		unsigned want = event_kinds[row->event].nparams;

		if (!row->params)
			continue;
		if (words(row->params) != want)
			printf("\n    %s: %u of %u parameters", row->name,
			       words(row->params), want);
		CU_ASSERT_EQUAL(words(row->params), want);
	}
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
					     .ret = -22,
					     .exit_ns = 5 };
		struct event event;

		encoder_put(e, &record);
		CU_ASSERT_FATAL(encoder_next(e, &event) == 1);
		CU_ASSERT_EQUAL(event.count, event_kinds[event.code].nparams);
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

CU_TestInfo tests_encode[] = {
	{ "each kind of event has a row", test_each_kind_of_event_has_a_row },
	{ "rows name all parameters", test_rows_name_all_parameters },
	{ "bare records give events", test_bare_records_give_events },
	{ "missing messages are told", test_missing_messages_are_told },
	CU_TEST_INFO_NULL,
};
