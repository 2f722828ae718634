/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256 of bytes and files, by OpenSSL's libcrypto.  Its old interface: the
 * new one (EVP) makes tables of all algorithms first, 2 MB in each process.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "core/sha256.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/arena.h"
#include "core/error.h"

enum { READ_LEN = 65536 };

struct sha256 {
	SHA256_CTX state;
};

/* The functions of the old interface return 1, whatever happens. */
struct sha256 *sha256_new(void)
{
	struct sha256 *hash = mem_alloc(sizeof(*hash));

	SHA256_Init(&hash->state);
	return hash;
}

void sha256_put(struct sha256 *hash, const void *data, size_t len)
{
	SHA256_Update(&hash->state, data, len);
}

void sha256_end(struct sha256 *hash, sha256_text ret_text)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];

	SHA256_Final(digest, &hash->state);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(ret_text + 2 * i, 3, "%02x", digest[i]);
	free(hash);
}

int sha256_file(const char *path, sha256_text ret_text, struct error *err)
{
	FILE *f = fopen(path, "rbe");
	uint8_t data[READ_LEN];
	struct sha256 *hash;
	int result = 0;
	size_t len;

	if (!f)
		return error_errno(err, "%s", path);
	hash = sha256_new();
	while ((len = fread(data, 1, sizeof(data), f)))
		sha256_put(hash, data, len);
	if (ferror(f))
		result = error_errno(err, "%s", path);
	sha256_end(hash, ret_text);
	fclose(f);
	return result;
}
