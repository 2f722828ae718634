/* SPDX-License-Identifier: Apache-2.0 */
/* The suites, each in a suite_<topic>.c; one line each. */
#ifndef SPOOR_TESTS_VECTORS_SUITES_H
#define SPOOR_TESTS_VECTORS_SUITES_H

#include "tests/vectors/vectors.h"

#endif
