/* SPDX-License-Identifier: Apache-2.0 */
/* Text of strangers on its way to a terminal. */
#include <CUnit/CUnit.h>
#include <string.h>

#include "query/safe.h"
#include "tests/unit/suites.h"

static bool shows(const char *text, const char *wanted)
{
	struct buffer out = { 0 };
	bool result;

	safe_put(&out, (struct bytes){ (const uint8_t *)text, strlen(text) });
	result =
		out.len == strlen(wanted) && !memcmp(out.data, wanted, out.len);
	buffer_free(&out);
	return result;
}

static void test_plain_text_stays(void)
{
	CU_ASSERT_TRUE(shows("a b \\ ~", "a b \\ ~"));
	CU_ASSERT_TRUE(shows("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
			     "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"));
}

static void test_what_steers_is_escaped(void)
{
	CU_ASSERT_TRUE(shows("\x1b[2J", "\\x1b[2J"));
	CU_ASSERT_TRUE(shows("a\nb\tc\rd", "a\\nb\\tc\\rd"));
	CU_ASSERT_TRUE(shows("\x7f\xc2\x9b", "\\x7f\\u009b")); /* C1: CSI */
	CU_ASSERT_TRUE(shows("\xe2\x80\xae", "\\u202e"));
	CU_ASSERT_TRUE(shows("\xe2\x81\xa6\xef\xbb\xbf", "\\u2066\\ufeff"));
}

static void test_what_is_no_utf8_is_bytes(void)
{
	CU_ASSERT_TRUE(shows("\xff\x80", "\\xff\\x80"));
	CU_ASSERT_TRUE(shows("\xc0\xaf", "\\xc0\\xaf")); /* overlong */
	CU_ASSERT_TRUE(shows("\xed\xa0\x80", "\\xed\\xa0\\x80"));
	CU_ASSERT_TRUE(shows("a\xe2\x82", "a\\xe2\\x82")); /* cut short */
}

/* clang-format off */
CU_TestInfo tests_safe[] = {
	{ "plain text stays", test_plain_text_stays },
	{ "what steers a terminal is escaped", test_what_steers_is_escaped },
	{ "what is no UTF-8 is shown as bytes", test_what_is_no_utf8_is_bytes },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
