/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 of bytes and files, by OpenSSL's libcrypto. */
#include "core/sha256.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>

#include "core/error.h"

enum { DIGEST_LEN = 32, READ_LEN = 65536 };

static void print_digest(const uint8_t *digest, sha256_text ret_text)
{
	for (size_t i = 0; i < DIGEST_LEN; i++)
		snprintf(ret_text + 2 * i, 3, "%02x", digest[i]);
}

int sha256_bytes(struct bytes data, sha256_text ret_text, struct error *err)
{
	uint8_t digest[DIGEST_LEN];

	if (!EVP_Digest(data.data, data.len, digest, NULL, EVP_sha256(), NULL))
		return error_set(err, ENOMEM, "SHA-256 is not available");
	print_digest(digest, ret_text);
	return 0;
}

static int hash_stream(FILE *f, EVP_MD_CTX *hash, sha256_text ret_text)
{
	uint8_t data[READ_LEN];
	uint8_t digest[DIGEST_LEN];
	size_t len;
	int is_ok = EVP_DigestInit_ex(hash, EVP_sha256(), NULL);

	while (is_ok && (len = fread(data, 1, sizeof(data), f)))
		is_ok = EVP_DigestUpdate(hash, data, len);
	if (!is_ok || ferror(f) || !EVP_DigestFinal_ex(hash, digest, NULL))
		return -1;
	print_digest(digest, ret_text);
	return 0;
}

int sha256_file(const char *path, sha256_text ret_text, struct error *err)
{
	FILE *f = fopen(path, "rbe");
	EVP_MD_CTX *hash;
	int result = -1;

	if (!f)
		return error_errno(err, "%s", path);
	hash = EVP_MD_CTX_new();
	if (hash)
		result = hash_stream(f, hash, ret_text);
	if (result)
		error_errno(err, "%s", path);
	EVP_MD_CTX_free(hash);
	fclose(f);
	return result;
}
