/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4), by which the custody of evidence is told. */
#ifndef SPOOR_CORE_SHA256_H
#define SPOOR_CORE_SHA256_H

#include "core/bytes.h"

struct error;

/* 64 lower-case hexadecimal digits and a NUL. */
typedef char sha256_text[65];

/* The hash of the bytes: 0; or -1, if the library refuses. */
int sha256_bytes(struct bytes data, sha256_text ret_text, struct error *err);

/* The hash of a whole file: 0; or -1, if it cannot be read. */
int sha256_file(const char *path, sha256_text ret_text, struct error *err);

#endif
