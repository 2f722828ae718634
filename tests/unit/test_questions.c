/* SPDX-License-Identifier: Apache-2.0 */
/* The heads of the ready questions, and their values. */
#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

#include "query/query.h"
#include "tests/unit/suites.h"

static void test_all_have_a_head(void)
{
	struct arena arena = { 0 };
	struct question q;
	unsigned n = 0;

	for (; question_at(n, &arena, &q); n++) {
		CU_ASSERT_TRUE(strlen(q.help) > 5);
		CU_ASSERT_FALSE(strncmp(q.sql, "SELECT", 6) &&
				strncmp(q.sql, "WITH", 4));
		for (unsigned i = 0; i < q.param_count; i++) {
			struct query_value value;
			struct error err;

			CU_ASSERT_PTR_NOT_NULL(strstr(q.sql, q.params[i].name));
			CU_ASSERT_EQUAL(question_value(&q.params[i], NULL,
						       &value, &err),
					0);
		}
	}
	CU_ASSERT_TRUE(n >= 25);
	arena_free(&arena);
}

static void test_values(void)
{
	const struct question_param time = { "since", "", "TIME", "begin" };
	const struct question_param number = { "pid", "", "INTEGER", "7" };
	struct query_value v;
	struct error err;

	CU_ASSERT_EQUAL(question_value(&time, NULL, &v, &err), 0);
	CU_ASSERT_EQUAL(v.number, 0);
	CU_ASSERT_EQUAL(question_value(&time, "end", &v, &err), 0);
	CU_ASSERT_EQUAL(v.number, INT64_MAX);
	CU_ASSERT_EQUAL(question_value(&time, "5", &v, &err), 0);
	CU_ASSERT_EQUAL(v.number, 5000000000);
	CU_ASSERT_EQUAL(question_value(&number, NULL, &v, &err), 0);
	CU_ASSERT_EQUAL(v.number, 7);
	CU_ASSERT_EQUAL(question_value(&number, "7x", &v, &err), -1);
	CU_ASSERT_EQUAL(question_value(&time, "soon", &v, &err), -1);
}

static void test_sql_with_values(void)
{
	const struct question q = { .sql = "SELECT @text, @pid, @other" };
	struct query_value items[] = { { .name = "text", .text = "it's" },
				       { .name = "pid", .number = -3 } };
	const struct query_values values = { .items = items, .count = 2 };
	struct buffer out = { 0 };

	question_sql(&q, &values, &out);
	CU_ASSERT_STRING_EQUAL((char *)out.data, "SELECT 'it''s', -3, @other");
	buffer_free(&out);
}

/* clang-format off */
CU_TestInfo tests_questions[] = {
	{ "every question has help, SQL and good defaults",
	  test_all_have_a_head },
	{ "values are read by their type", test_values },
	{ "--sql writes the values in", test_sql_with_values },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
