/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>

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

static void test_sha256_is_that_of_sha256sum(void)
{
	uint8_t text[256];

	memset(text, 'a', sizeof(text));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct sha256 hash;
		sha256_text hex;

		sha256_init(&hash);
		sha256_put(&hash, (struct bytes){ text, cases[i].len });
		sha256_end(&hash, hex);
		CU_ASSERT_STRING_EQUAL(hex, cases[i].hash);
	}
}

static void test_sha256_does_not_care_for_pieces(void)
{
	uint8_t text[200];
	struct sha256 hash;
	sha256_text hex;

	memset(text, 'a', sizeof(text));
	for (size_t piece = 1; piece < 130; piece++) {
		sha256_init(&hash);
		for (size_t at = 0; at < sizeof(text); at += piece) {
			size_t left = sizeof(text) - at;

			sha256_put(
				&hash,
				(struct bytes){ text + at,
						left < piece ? left : piece });
		}
		sha256_end(&hash, hex);
		CU_ASSERT_STRING_EQUAL(hex, cases[8].hash);
	}
}

static void test_sha256_is_the_same_without_help(void)
{
	static uint8_t data[64 * 100];
	uint32_t state[8];
	struct sha256 hash;

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 7 + i / 251);
	sha256_init(&hash);
	memcpy(state, hash.state, sizeof(state));
	sha256_put(&hash, (struct bytes){ data, sizeof(data) });
	sha256_blocks_plain(state, data, sizeof(data) / 64);
	CU_ASSERT_EQUAL(memcmp(state, hash.state, sizeof(state)), 0);
}

CU_TestInfo tests_sha256[] = {
	{ "a hash is that of sha256sum", test_sha256_is_that_of_sha256sum },
	{ "pieces do not matter", test_sha256_does_not_care_for_pieces },
	{ "the processor's help changes nothing",
	  test_sha256_is_the_same_without_help },
	CU_TEST_INFO_NULL,
};
