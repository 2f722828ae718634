/* SPDX-License-Identifier: Apache-2.0 */
/* "Did you mean": which names are close to a word. */
#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <string.h>

#include "core/nearest.h"
#include "tests/unit/suites.h"

static const char *const names[] = { "record",	"replay",   "report",  "query",
				     "fields",	"outbound", "inbound", "fd.num",
				     "fd.name", NULL };

static bool is_nearest(const char *word, const char *wanted)
{
	struct nearest n = { .word = word };

	for (size_t i = 0; names[i]; i++)
		nearest_offer(&n, names[i]);
	return !strcmp(n.name, wanted);
}

static void test_typos_are_found(void)
{
	CU_ASSERT_TRUE(is_nearest("outbund", "outbound")); /* one less */
	CU_ASSERT_TRUE(is_nearest("rrecord", "record"));   /* one more */
	CU_ASSERT_TRUE(is_nearest("reploy", "replay"));	   /* another */
	CU_ASSERT_TRUE(is_nearest("erplay", "replay"));	   /* exchanged */
	CU_ASSERT_TRUE(is_nearest("feilds", "fields"));
	CU_ASSERT_TRUE(is_nearest("inbund", "inbound"));
}

static void test_other_words_are_not(void)
{
	CU_ASSERT_TRUE(is_nearest("", ""));
	CU_ASSERT_TRUE(is_nearest("x", ""));
	CU_ASSERT_TRUE(is_nearest("status", ""));
	CU_ASSERT_TRUE(is_nearest("compile", ""));
	CU_ASSERT_TRUE(is_nearest("rcd", "")); /* three of three letters */
}

static void test_the_closest_wins(void)
{
	CU_ASSERT_TRUE(is_nearest("reporz", "report"));
	CU_ASSERT_TRUE(is_nearest("record", "record"));
	CU_ASSERT_TRUE(is_nearest("fd.nam", "fd.name")); /* and not fd.num */
}

static void test_long_names_are_passed_over(void)
{
	char word[NEAREST_LEN + 1], name[NEAREST_LEN + 2];
	struct nearest n = { .word = word };

	memset(word, 'a', sizeof(word));
	memset(name, 'a', sizeof(name));
	word[sizeof(word) - 1] = name[sizeof(name) - 1] = '\0';
	nearest_offer(&n, name);
	CU_ASSERT_STRING_EQUAL(n.name, "");
	word[NEAREST_LEN - 1] = name[NEAREST_LEN - 1] = '\0';
	nearest_offer(&n, name);
	CU_ASSERT_STRING_EQUAL(n.name, word);
}

CU_TestInfo tests_nearest[] = {
	{ "typos are found", test_typos_are_found },
	{ "other words are not", test_other_words_are_not },
	{ "the closest wins", test_the_closest_wins },
	{ "long names are passed over", test_long_names_are_passed_over },
	CU_TEST_INFO_NULL,
};
