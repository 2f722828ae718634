/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>

#include "capture/stub/range.h"
#include "tests/unit/suites.h"

static const struct memory_range range = { 0x10000, 0x20000 };

static void test_some_of_it_is_enough(void)
{
	static const struct {
		uint64_t at, len;
		int has;
	} cases[] = {
		{ 0x0, 0x10000, 0 },	    { 0x0, 0x10001, 1 },
		{ 0x1ffff, 1, 1 },	    { 0x20000, 1, 0 },
		{ 0x20000, UINT64_MAX, 0 }, { 0x1000, UINT64_MAX, 1 },
		{ 0x12000, 0x1000, 1 },	    { 0x0, UINT64_MAX, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CU_ASSERT_EQUAL(range_has(&range, cases[i].at, cases[i].len),
				cases[i].has);
}

/* What each call does with it: taken away or replaced, or not. */
static void test_calls_that_change_it(void)
{
	enum { FIXED = 0x10, MAYMOVE = 1, MOVE_TO = 2, REMAP = 040000 };
	static const struct {
		uint64_t nr, args[5];
		int changes;
	} cases[] = {
		{ SYS_munmap, { 0xf000, 0x2000 }, 1 },
		{ SYS_munmap, { 0xf000, 0x1000 }, 0 },
		{ SYS_munmap, { 0x11000, 0 }, 0 },
		{ SYS_mmap, { 0x11000, 0x1000, 0, FIXED }, 1 },
		{ SYS_mmap, { 0x11000, 0x1000, 0, 0 }, 0 },
		{ SYS_mremap, { 0x11000, 0x1000, 0x1000, MAYMOVE }, 1 },
		{ SYS_mremap, { 0x11000, 0, 0x1000, MAYMOVE }, 0 },
		{ SYS_mremap,
		  { 0x90000, 0x1000, 0x1000, MAYMOVE | MOVE_TO, 0x1f000 },
		  1 },
		{ SYS_mremap,
		  { 0x90000, 0x1000, 0x1000, MAYMOVE, 0x1f000 },
		  0 },
		{ SYS_remap_file_pages, { 0x1f000, 0x1000 }, 1 },
		{ SYS_shmat, { 1, 0xf000, REMAP }, 1 },
		{ SYS_shmat, { 1, 0xf000, 0 }, 0 },
		{ SYS_shmat, { 1, 0x20000, REMAP }, 0 },
		{ SYS_mprotect, { 0x11000, 0x1000 }, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CU_ASSERT_EQUAL(
			range_changes(&range, cases[i].nr, cases[i].args),
			cases[i].changes);
}

/* clang-format off */
CU_TestInfo tests_range[] = {
	{ "some of it is enough", test_some_of_it_is_enough },
	{ "calls that change it", test_calls_that_change_it },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
