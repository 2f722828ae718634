/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256, in the words of FIPS 180-4. */
#include "core/sha256.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#ifdef __x86_64__
# include <cpuid.h>
# include <immintrin.h>
#endif

#include "core/error.h"

enum { BLOCK = 64, READ_LEN = 65536 };

static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t x, unsigned bits)
{
	return x >> bits | x << (32 - bits);
}

static uint32_t load_big(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

/* The message schedule of a block. */
static void expand(const uint8_t *block, uint32_t w[64])
{
	for (int i = 0; i < 16; i++)
		w[i] = load_big(block + (size_t)i * 4);
	for (int i = 16; i < 64; i++) {
		uint32_t a = w[i - 15], b = w[i - 2];

		w[i] = w[i - 16] + w[i - 7] +
		       (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
		       (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
	}
}

void sha256_blocks_plain(uint32_t state[8], const uint8_t *data, size_t count)
{
	for (; count--; data += BLOCK) {
		uint32_t w[64], s[8];

		expand(data, w);
		memcpy(s, state, sizeof(s));
		for (int i = 0; i < 64; i++) {
			uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
			uint32_t most =
				(s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
			uint32_t one = s[7] + choice + constants[i] + w[i] +
				       (rotate(s[4], 6) ^ rotate(s[4], 11) ^
					rotate(s[4], 25));
			uint32_t two =
				most + (rotate(s[0], 2) ^ rotate(s[0], 13) ^
					rotate(s[0], 22));

			memmove(s + 1, s, 7 * sizeof(*s));
			s[4] += one;
			s[0] = one + two;
		}
		for (int i = 0; i < 8; i++)
			state[i] += s[i];
	}
}

#ifdef __x86_64__
/* The same in the processor's own instructions, where it has them. */
__attribute__((target("sha,sse4.1"))) static void
blocks_native(uint32_t state[8], const uint8_t *data, size_t count)
{
	const __m128i swap =
		_mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	__m128i *halves = (__m128i *)state;
	__m128i low = _mm_shuffle_epi32(_mm_loadu_si128(halves), 0xb1);
	__m128i high = _mm_shuffle_epi32(_mm_loadu_si128(halves + 1), 0x1b);
	__m128i abef = _mm_alignr_epi8(low, high, 8);
	__m128i cdgh = _mm_blend_epi16(high, low, 0xf0);

	for (; count--; data += BLOCK) {
		const __m128i before[2] = { abef, cdgh };
		__m128i w[4], k;

		for (int i = 0; i < 16; i++) {
			const __m128i *in = (const __m128i *)data + i % 4;
			__m128i *now = &w[i % 4];

			if (i < 4)
				*now = _mm_shuffle_epi8(_mm_loadu_si128(in),
							swap);
			else
				*now = _mm_sha256msg2_epu32(
					_mm_add_epi32(
						_mm_sha256msg1_epu32(
							*now, w[(i + 1) % 4]),
						_mm_alignr_epi8(w[(i + 3) % 4],
								w[(i + 2) % 4],
								4)),
					w[(i + 3) % 4]);
			k = _mm_add_epi32(
				*now, _mm_loadu_si128(
					      (const __m128i *)constants + i));
			cdgh = _mm_sha256rnds2_epu32(cdgh, abef, k);
			abef = _mm_sha256rnds2_epu32(
				abef, cdgh, _mm_shuffle_epi32(k, 0x0e));
		}
		abef = _mm_add_epi32(abef, before[0]);
		cdgh = _mm_add_epi32(cdgh, before[1]);
	}
	low = _mm_shuffle_epi32(abef, 0x1b);
	high = _mm_shuffle_epi32(cdgh, 0xb1);
	_mm_storeu_si128(halves, _mm_blend_epi16(low, high, 0xf0));
	_mm_storeu_si128(halves + 1, _mm_alignr_epi8(high, low, 8));
}

static bool is_native(void)
{
	unsigned a, b, c, d;

	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & bit_SHA;
}
#else
# define blocks_native sha256_blocks_plain
static bool is_native(void)
{
	return false;
}
#endif

static void hash_blocks(uint32_t state[8], const uint8_t *data, size_t count)
{
	static int native = -1;

	if (native < 0)
		native = is_native();
	(native ? blocks_native : sha256_blocks_plain)(state, data, count);
}

void sha256_init(struct sha256 *hash)
{
	*hash = (struct sha256){ .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
					    0xa54ff53a, 0x510e527f, 0x9b05688c,
					    0x1f83d9ab, 0x5be0cd19 } };
}

void sha256_put(struct sha256 *hash, struct bytes data)
{
	while (data.len) {
		size_t held = hash->len % BLOCK;
		size_t take = data.len < BLOCK - held ? data.len : BLOCK - held;

		if (take == BLOCK) {
			take = data.len - data.len % BLOCK;
			hash_blocks(hash->state, data.data, take / BLOCK);
		} else {
			memcpy(hash->block + held, data.data, take);
			if (held + take == BLOCK)
				hash_blocks(hash->state, hash->block, 1);
		}
		hash->len += take;
		data.data += take;
		data.len -= take;
	}
}

void sha256_end(struct sha256 *hash, sha256_text ret_text)
{
	static const uint8_t padding[BLOCK] = { 0x80 };
	uint64_t bits = hash->len * 8;
	size_t held = hash->len % BLOCK;
	uint8_t length[8];

	for (int i = 0; i < 8; i++)
		length[i] = (uint8_t)(bits >> (56 - 8 * i));
	sha256_put(hash,
		   (struct bytes){ padding, (held < 56 ? 56 : 120) - held });
	sha256_put(hash, (struct bytes){ length, sizeof(length) });
	for (int i = 0; i < 8; i++)
		snprintf(ret_text + (size_t)i * 8, 9, "%08x", hash->state[i]);
}

int sha256_file(const char *path, sha256_text ret_text, struct error *err)
{
	static uint8_t data[READ_LEN];
	FILE *f = fopen(path, "rb");
	struct sha256 hash;
	size_t len;
	int result = 0;

	if (!f)
		return error_errno(err, "%s", path);
	sha256_init(&hash);
	while ((len = fread(data, 1, sizeof(data), f)))
		sha256_put(&hash, (struct bytes){ data, len });
	if (ferror(f))
		result = error_errno(err, "%s", path);
	else
		sha256_end(&hash, ret_text);
	fclose(f);
	return result;
}
