/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>

#include "query/json.h"
#include "tests/unit/suites.h"

#define TEXT(s)                       \
 {                                    \
  (const uint8_t *)(s), sizeof(s) - 1 \
 }

static const struct {
	struct bytes text;
	const char *json;
} cases[] = {
	{ TEXT("plain"), "\"plain\"" },
	{ TEXT("a\"b\\c"), "\"a\\\"b\\\\c\"" },
	{ TEXT("</script>&"), "\"\\u003c/script\\u003e\\u0026\"" },
	{ TEXT("\0\n\033\177"), "\"\\u0000\\n\\u001b\\u007f\"" },
	{ TEXT("\xe2\x80\xa8\xe2\x80\xa9"), "\"\\u2028\\u2029\"" },
	{ TEXT("\xc3\xa9\xf0\x9f\x98\x80"), "\"\xc3\xa9\xf0\x9f\x98\x80\"" },
	/* Not UTF-8: cut, overlong, a surrogate, beyond the end, alone. */
	{ TEXT("\xc3"), "\"\\\\xc3\"" },
	{ TEXT("\xe2\x80"), "\"\\\\xe2\\\\x80\"" },
	{ TEXT("\xc0\xaf"), "\"\\\\xc0\\\\xaf\"" },
	{ TEXT("\xe0\x80\x80"), "\"\\\\xe0\\\\x80\\\\x80\"" },
	{ TEXT("\xed\xa0\x80"), "\"\\\\xed\\\\xa0\\\\x80\"" },
	{ TEXT("\xf4\x90\x80\x80"), "\"\\\\xf4\\\\x90\\\\x80\\\\x80\"" },
	{ TEXT("\x80\xff"), "\"\\\\x80\\\\xff\"" },
};

static void check(struct bytes text, size_t max, const char *json)
{
	struct buffer b = { 0 };

	json_put_text(&b, text, max);
	buffer_u8(&b, '\0');
	CU_ASSERT_STRING_EQUAL((char *)b.data, json);
	buffer_free(&b);
}

static void test_json_text_cannot_leave_its_string(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check(cases[i].text, 0, cases[i].json);
}

static void test_json_text_is_cut_and_says_so(void)
{
	struct bytes text = TEXT("ab\xc3\xa9"
				 "cdef");

	check(text, 8,
	      "\"ab\xc3\xa9"
	      "cdef\"");
	check(text, 3, "\"ab\xc3\xa9 … (4 bytes more)\"");
}

CU_TestInfo tests_json[] = {
	{ "text cannot leave its string",
	  test_json_text_cannot_leave_its_string },
	{ "long text is cut and says so", test_json_text_is_cut_and_says_so },
	CU_TEST_INFO_NULL,
};
