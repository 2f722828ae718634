/* SPDX-License-Identifier: Apache-2.0 */
/* Text of strangers on its way to a terminal, into JSON and CSV. */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tests/unit/suites.h"

typedef void put_fn(struct buffer *out, const void *data, size_t len);

static bool gives(put_fn *put, const char *text, const char *wanted)
{
	struct buffer out = { 0 };
	bool result;

	put(&out, text, strlen(text));
	buffer_u8(&out, '\0');
	result = !strcmp((char *)out.data, wanted);
	if (!result)
		printf("\n    '%s' is not '%s'", (char *)out.data, wanted);
	buffer_free(&out);
	return result;
}

static bool shows(const char *text, const char *wanted)
{
	return gives(text_put, text, wanted);
}

static void test_plain_text_stays(void)
{
	CU_ASSERT_TRUE(shows("", ""));
	CU_ASSERT_TRUE(shows("a b \\ ~ \"q\"", "a b \\ ~ \"q\""));
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

/* A word is looked at as a whole: each byte at each of its places. */
static void test_each_byte_at_each_place(void)
{
	for (unsigned c = 1; c < 256; c++)
		for (unsigned at = 0; at < 17; at++) {
			char text[] = "aaaaaaaaaaaaaaaaa", wanted[32];
			bool plain = c >= 0x20 && c < 0x7f;
			const char *name = c == '\n'   ? "\\n"
					   : c == '\t' ? "\\t"
					   : c == '\r' ? "\\r"
						       : NULL;
			char escape[8];

			text[at] = (char)c;
			snprintf(escape, sizeof(escape),
				 plain ? "%c" : "\\x%02x", c);
			snprintf(wanted, sizeof(wanted), "%.*s%s%s", (int)at,
				 text, name ? name : escape, text + at + 1);
			CU_ASSERT_TRUE(shows(text, wanted));
		}
}

static void test_what_is_no_utf8_is_bytes(void)
{
	CU_ASSERT_TRUE(shows("\xff\x80", "\\xff\\x80"));
	CU_ASSERT_TRUE(shows("\xc0\xaf", "\\xc0\\xaf")); /* overlong */
	CU_ASSERT_TRUE(shows("\xed\xa0\x80", "\\xed\\xa0\\x80"));
	CU_ASSERT_TRUE(shows("a\xe2\x82", "a\\xe2\\x82")); /* cut short */
	CU_ASSERT_TRUE(shows("\x9b[2J", "\\x9b[2J"));
}

static void test_text_of_lines_keeps_them(void)
{
	CU_ASSERT_TRUE(
		gives(text_put_lines, "a\n\tb\r\x1b\n", "a\n\tb\\r\\x1b\n"));
}

#define FFFD "\xef\xbf\xbd"

/* As the Unicode standard (3.9, table 3-8 and 3-11) and WHATWG replace. */
static void test_json_replaces_each_maximal_part_once(void)
{
	static const struct {
		const char *text, *json;
	} cases[] = {
		{ "a\xe2\x82", "\"a" FFFD "\"" },
		{ "\xe2\x82z", "\"" FFFD "z\"" },
		{ "\xf0\x9f\x98", "\"" FFFD "\"" },
		{ "\xf1\x80\x80\xe1\x80\xc2z", "\"" FFFD FFFD FFFD "z\"" },
		{ "\xc0\xaf\xe0\x80\xbf", "\"" FFFD FFFD FFFD FFFD FFFD "\"" },
		{ "\xed\xa0\x80", "\"" FFFD FFFD FFFD "\"" },
		{ "\xf4\x91\x92\x93\xff", "\"" FFFD FFFD FFFD FFFD FFFD "\"" },
		{ "\x80\xbf", "\"" FFFD FFFD "\"" },
		{ "\xc3\xa9\xed\x9f\xbf\xf4\x8f\xbf\xbd",
		  "\"\xc3\xa9\xed\x9f\xbf\xf4\x8f\xbf\xbd\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CU_ASSERT_TRUE(
			gives(text_put_json, cases[i].text, cases[i].json));
}

static void test_json_escapes_what_steers(void)
{
	CU_ASSERT_TRUE(
		gives(text_put_json, "a\"b\\c/<d>&'", "\"a\\\"b\\\\c/<d>&'\""));
	CU_ASSERT_TRUE(gives(text_put_json, "\b\t\n\v\f\r\x1b\x7f",
			     "\"\\b\\t\\n\\u000b\\f\\r\\u001b\\u007f\""));
	CU_ASSERT_TRUE(gives(text_put_json, "\xc2\x9b\xe2\x80\xae\xe2\x80\xa8",
			     "\"\\u009b\\u202e\\u2028\""));
	CU_ASSERT_TRUE(gives(text_put_json, "\xf3\xa0\x80\x81", /* a tag */
			     "\"\\udb40\\udc01\""));
}

static void test_csv_as_rfc_4180(void)
{
	CU_ASSERT_TRUE(gives(text_put_csv, "plain text", "plain text"));
	CU_ASSERT_TRUE(gives(text_put_csv, "", "\"\""));
	CU_ASSERT_TRUE(gives(text_put_csv, "a,b", "\"a,b\""));
	CU_ASSERT_TRUE(gives(text_put_csv, "a\"b", "\"a\"\"b\""));
	CU_ASSERT_TRUE(gives(text_put_csv, "a\r\nb", "\"a\r\nb\""));
}

static void test_width(void)
{
	static const struct {
		const char *text;
		unsigned width;
		size_t len;
	} cases[] = {
		{ "a", 1, 1 },
		{ "\xc3\xa9", 1, 2 },
		{ "\xe4\xb8\xad", 2, 3 },
		{ "\xcc\x81", 0, 2 },
		{ "\xf0\x9f\x98\x80", 2, 4 },
		{ "\xe2\x82", 1, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t len;
		struct bytes text = { (const uint8_t *)cases[i].text,
				      strlen(cases[i].text) };

		CU_ASSERT_EQUAL(text_width(text, &len), cases[i].width);
		CU_ASSERT_EQUAL(len, cases[i].len);
	}
}

/* clang-format off */
CU_TestInfo tests_text[] = {
	{ "plain text stays", test_plain_text_stays },
	{ "what steers a terminal is escaped", test_what_steers_is_escaped },
	{ "each byte at each place", test_each_byte_at_each_place },
	{ "what is no UTF-8 is shown as bytes", test_what_is_no_utf8_is_bytes },
	{ "text of several lines keeps them", test_text_of_lines_keeps_them },
	{ "JSON: one U+FFFD a maximal part",
	  test_json_replaces_each_maximal_part_once },
	{ "JSON: what steers is escaped", test_json_escapes_what_steers },
	{ "CSV as RFC 4180", test_csv_as_rfc_4180 },
	{ "columns of a character", test_width },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
