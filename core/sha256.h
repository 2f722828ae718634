/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4): what custody of evidence is told by. */
#ifndef SPOOR_CORE_SHA256_H
#define SPOOR_CORE_SHA256_H

#include "core/bytes.h"

struct error;

struct sha256 {
	uint32_t state[8];
	uint64_t len;	   /* bytes so far */
	uint8_t block[64]; /* the last ones, not yet hashed */
};

/* 64 hexadecimal digits and a zero byte. */
typedef char sha256_text[65];

void sha256_init(struct sha256 *hash);
void sha256_put(struct sha256 *hash, struct bytes data);
/* Ends the hash and writes it; init begins another. */
void sha256_end(struct sha256 *hash, sha256_text ret_text);

/*
 * Whole blocks of 64 bytes, without the help that a processor may have for it:
 * for tests of what is used elsewhere.
 */
void sha256_blocks_plain(uint32_t state[8], const uint8_t *data, size_t count);

/* Of a whole file. */
int sha256_file(const char *path, sha256_text ret_text, struct error *err);

#endif
