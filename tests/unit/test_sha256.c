/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/error.h"
#include "core/sha256.h"
#include "tests/unit/suites.h"

/* Of so many letters 'a', as sha256sum says: around the ends of blocks. */
static const struct {
	size_t len;
	const char *hash;
} cases[] = {
	{ 0,
	  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ 1,
	  "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" },
	{ 55,
	  "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318" },
	{ 56,
	  "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a" },
	{ 63,
	  "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34" },
	{ 64,
	  "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb" },
	{ 119,
	  "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb" },
	{ 120,
	  "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c" },
	{ 200,
	  "c2a908d98f5df987ade41b5fce213067efbcc21ef2240212a41e54b5e7c28ae5" },
};

static void test_sha256_of_bytes_is_that_of_sha256sum(void)
{
	uint8_t text[256];

	memset(text, 'a', sizeof(text));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct sha256 *hash = sha256_new();
		sha256_text hex;

		sha256_put(hash, text, cases[i].len / 3);
		sha256_put(hash, text, cases[i].len - cases[i].len / 3);
		sha256_end(hash, hex);
		CU_ASSERT_STRING_EQUAL(hex, cases[i].hash);
	}
}

/* Longer than what is read at once. */
static void test_sha256_of_a_file_is_that_of_its_bytes(void)
{
	enum { LEN = 200000 };
	char path[] = "/tmp/spoor-sha256-XXXXXX";
	uint8_t *data = malloc(LEN);
	FILE *f = fdopen(mkstemp(path), "wb");
	sha256_text of_file;
	sha256_text of_bytes;
	struct sha256 *hash = sha256_new();
	struct error err;

	for (size_t i = 0; i < LEN; i++)
		data[i] = (uint8_t)(i * 7 + i / 251);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	CU_ASSERT_EQUAL(fwrite(data, 1, LEN, f), LEN);
	CU_ASSERT_EQUAL(fclose(f), 0);
	CU_ASSERT_EQUAL(sha256_file(path, of_file, &err), 0);
	sha256_put(hash, data, LEN);
	sha256_end(hash, of_bytes);
	CU_ASSERT_STRING_EQUAL(of_file, of_bytes);
	unlink(path);
	CU_ASSERT_EQUAL(sha256_file(path, of_file, &err), -1);
	CU_ASSERT_EQUAL(err.code, ENOENT);
	free(data);
}

CU_TestInfo tests_sha256[] = {
	{ "the hash of bytes is that of sha256sum",
	  test_sha256_of_bytes_is_that_of_sha256sum },
	{ "the hash of a file is that of its bytes",
	  test_sha256_of_a_file_is_that_of_its_bytes },
	CU_TEST_INFO_NULL,
};
