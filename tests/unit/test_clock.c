/* SPDX-License-Identifier: Apache-2.0 */
/* Times as people write them. */
#include <CUnit/CUnit.h>
#include <string.h>

#include "core/clock.h"
#include "tests/unit/suites.h"

static bool reads_as(const char *text, uint64_t ns)
{
	uint64_t got = 0;

	return clock_parse(text, strlen(text), &got) && got == ns;
}

static void test_reads(void)
{
	CU_ASSERT_TRUE(reads_as("1970-01-01", 0));
	CU_ASSERT_TRUE(reads_as("1970-01-02 00:00", 86400000000000));
	CU_ASSERT_TRUE(reads_as("2026-11-25T14:42:03.474012518Z",
				1795617723474012518));
	CU_ASSERT_TRUE(reads_as("2026-11-25T15:42:03.474012518+01:00",
				1795617723474012518));
	CU_ASSERT_TRUE(
		reads_as("2026-11-25T13:42:03-0100", 1795617723000000000));
	CU_ASSERT_TRUE(reads_as("1795617723", 1795617723000000000));
	CU_ASSERT_TRUE(reads_as("1795617723.5", 1795617723500000000));
	CU_ASSERT_TRUE(reads_as("1795617723474012518", 1795617723474012518));
}

static void test_refuses(void)
{
	static const char *const bad[] = {
		"",
		"today",
		"2026-1-2",
		"2026-11-25T",
		"2026-11-25x",
		"2026-11-25T14:4",
		"1795617723474",
		"-5",
		"12:00",
	};
	uint64_t ns;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT_FALSE(clock_parse(bad[i], strlen(bad[i]), &ns));
}

static void test_writes(void)
{
	char text[CLOCK_ISO_LEN];

	clock_iso(text, 1795617723474012518);
	CU_ASSERT_STRING_EQUAL(text, "2026-11-25T14:42:03.474012518Z");
}

/* clang-format off */
CU_TestInfo tests_clock[] = {
	{ "dates and numbers are read", test_reads },
	{ "what is no time is refused", test_refuses },
	{ "a time is written with nanoseconds", test_writes },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
