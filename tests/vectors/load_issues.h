/* SPDX-License-Identifier: Apache-2.0 */
/* The errors and warnings that "spoor check --json" reports of rules files. */
#ifndef SPOOR_TESTS_VECTORS_LOAD_ISSUES_H
#define SPOOR_TESTS_VECTORS_LOAD_ISSUES_H

#include "tests/vectors/vectors.h"

/*
 * Fails the run unless the report has each wanted issue.  report: the text that
 * the check printed; kind: "errors" or "warnings".
 */
enum verdict check_issues(struct vector_run *run, const char *report,
			  const char *kind, const json_t *wanted);

#endif
