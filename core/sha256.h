/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4), for the chain of custody of evidence. */
#ifndef SPOOR_CORE_SHA256_H
#define SPOOR_CORE_SHA256_H

#include <stddef.h>

struct error;

/* 64 lower-case hexadecimal digits and a NUL. */
typedef char sha256_text[65];

/*
 * A hash of bytes that come in parts: sha256_end gives it and frees the
 * struct.
 */
struct sha256;
struct sha256 *sha256_new(void);
void sha256_put(struct sha256 *hash, const void *data, size_t len);
void sha256_end(struct sha256 *hash, sha256_text ret_text);

/* Hashes a whole file.  0, or -1 if the file cannot be read. */
int sha256_file(const char *path, sha256_text ret_text, struct error *err);

#endif
