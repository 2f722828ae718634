/* SPDX-License-Identifier: Apache-2.0 */
/* All unit test suites, one line each; runs them and prints the count. */
#include <CUnit/Basic.h>
#include <stdio.h>

#include "tests/unit/suites.h"

/* clang-format off */
static CU_SuiteInfo suites[] = {
	{ "core", NULL, NULL, NULL, NULL, tests_core },
	{ "map", NULL, NULL, NULL, NULL, tests_map },
	{ "packets", NULL, NULL, NULL, NULL, tests_packets },
	{ "ring", NULL, NULL, NULL, NULL, tests_ring },
	{ "range", NULL, NULL, NULL, NULL, tests_range },
	{ "remote", NULL, NULL, NULL, NULL, tests_remote },
	{ "tsc_clock", NULL, NULL, NULL, NULL, tests_tsc_clock },
	{ "snapshot", NULL, NULL, NULL, NULL, tests_snapshot },
	{ "encode", NULL, NULL, NULL, NULL, tests_encode },
	{ "emit", NULL, NULL, NULL, NULL, tests_emit },
	{ "state", NULL, NULL, NULL, NULL, tests_state },
	{ "fields", NULL, NULL, NULL, NULL, tests_fields },
	{ "values", NULL, NULL, NULL, NULL, tests_values },
	{ "keyframe", NULL, NULL, NULL, NULL, tests_keyframe },
	{ "frames", NULL, NULL, NULL, NULL, tests_frames },
	{ "nearest", NULL, NULL, NULL, NULL, tests_nearest },
	{ "clock", NULL, NULL, NULL, NULL, tests_clock },
	{ "text", NULL, NULL, NULL, NULL, tests_text },
	{ "questions", NULL, NULL, NULL, NULL, tests_questions },
	{ "db", NULL, NULL, NULL, NULL, tests_db },
	{ "file", NULL, NULL, NULL, NULL, tests_file },
	{ "damage", NULL, NULL, NULL, NULL, tests_damage },
	{ "sha256", NULL, NULL, NULL, NULL, tests_sha256 },
	{ "json", NULL, NULL, NULL, NULL, tests_json },
	{ "pump", NULL, NULL, NULL, NULL, tests_pump },
	{ "sinks", NULL, NULL, NULL, NULL, tests_sinks },
	CU_SUITE_INFO_NULL,
};
/* clang-format on */

/* Returns how many of its tests failed; 1 if there is no suite of that name. */
static unsigned run_suite(const char *name)
{
	CU_pSuite suite = CU_get_suite(name);

	if (!suite) {
		fprintf(stderr, "unit: there is no suite '%s'\n", name);
		return 1;
	}
	CU_basic_run_suite(suite);
	return CU_get_number_of_tests_failed();
}

/* unit [SUITE...]: all of them, or those. */
int main(int argc, char **argv)
{
	unsigned failed = 0;

	if (CU_initialize_registry() || CU_register_suites(suites))
		return 1;
	CU_basic_set_mode(CU_BRM_VERBOSE);
	if (argc == 1) {
		CU_basic_run_tests();
		failed = CU_get_number_of_tests_failed();
	}
	/* CUnit forgets the failures of one suite when the next one runs. */
	for (int i = 1; i < argc; i++)
		failed += run_suite(argv[i]);
	CU_cleanup_registry();
	return failed != 0;
}
