/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The runner of test vectors (build/vectors FOLDER): FOLDER/given/SUITE.jsonl
 * holds one vector per line.  Each suite is a row of the table in vectors.c.
 */
#ifndef SPOOR_TESTS_VECTORS_VECTORS_H
#define SPOOR_TESTS_VECTORS_VECTORS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum verdict { VECTOR_PASS, VECTOR_FAIL, VECTOR_SKIP };

/* What a suite is told beside the vector. */
struct vector_run {
	const char *folder; /* holds captures/ and rule-files/ */
	bool no_captures;   /* there is no captures/ */
	char why[1024];	    /* filled on failure or skip: one line */
};

/* Runs one vector: its "input", "expected" and "note" members. */
typedef enum verdict vector_fn(struct vector_run *run, const json_t *vector);

struct vector_suite {
	const char *name; /* file name without .jsonl */
	vector_fn *run;
};

/* Fills run->why (printf style); returns VECTOR_FAIL. */
enum verdict vector_fail(struct vector_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The path of a file that a vector names, in a static buffer. */
const char *vector_path(const struct vector_run *run, const char *name);

#endif
