/* SPDX-License-Identifier: Apache-2.0 */
/* The test tables of all suites; each is in test_<file>.c. */
#ifndef SPOOR_TESTS_UNIT_SUITES_H
#define SPOOR_TESTS_UNIT_SUITES_H

#include <CUnit/CUnit.h>

extern CU_TestInfo tests_core[];
extern CU_TestInfo tests_map[];
extern CU_TestInfo tests_packets[];
extern CU_TestInfo tests_ring[];
extern CU_TestInfo tests_range[];
extern CU_TestInfo tests_remote[];
extern CU_TestInfo tests_tsc_clock[];
extern CU_TestInfo tests_snapshot[];
extern CU_TestInfo tests_encode[];
extern CU_TestInfo tests_emit[];
extern CU_TestInfo tests_state[];
extern CU_TestInfo tests_fields[];
extern CU_TestInfo tests_values[];
extern CU_TestInfo tests_keyframe[];
extern CU_TestInfo tests_frames[];
extern CU_TestInfo tests_nearest[];
extern CU_TestInfo tests_clock[];
extern CU_TestInfo tests_text[];
extern CU_TestInfo tests_questions[];
extern CU_TestInfo tests_db[];
extern CU_TestInfo tests_file[];
extern CU_TestInfo tests_damage[];
extern CU_TestInfo tests_sha256[];
extern CU_TestInfo tests_json[];
extern CU_TestInfo tests_pump[];
extern CU_TestInfo tests_sinks[];

#endif
