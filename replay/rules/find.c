/* SPDX-License-Identifier: Apache-2.0 */
/* Substring search by the rarest byte; see find.h. */
#include "replay/rules/find.h"

#include <string.h>

/* The bytes of paths and command lines, the most common first. */
static const char common[] = "/eatsirnolcdmpu.hb-gfyv1320k_wx45687j9qz";

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

static size_t rarity(char c)
{
	const char *at = c ? strchr(common, lower(c)) : NULL;

	return at ? (size_t)(at - common) : sizeof(common);
}

uint8_t find_pivot(const char *text, uint32_t len)
{
	uint8_t best = 0;

	for (uint32_t i = 1; i < len && i <= UINT8_MAX; i++)
		if (rarity(text[i]) > rarity(text[best]))
			best = (uint8_t)i;
	return best;
}

static bool same_folded(const char *a, const char *b, uint32_t len)
{
	for (uint32_t i = 0; i < len; i++)
		if (lower(a[i]) != lower(b[i]))
			return false;
	return true;
}

/* The next occurrence of a byte; end if there is none. */
static const char *next_of(const char *at, const char *end, char byte)
{
	const char *hit =
		at < end ? memchr(at, byte, (size_t)(end - at)) : NULL;

	return hit ? hit : end;
}

/* The positions in a that the pivot of b can have. */
struct range {
	const char *from, *end;
	uint32_t pivot;
};

static bool range_of(struct range *r, const struct value *a,
		     const struct value *b)
{
	if (b->len > a->len)
		return false;
	r->pivot = b->pivot < b->len ? b->pivot : 0;
	r->from = a->text + r->pivot;
	r->end = r->from + (a->len - b->len) + 1;
	return true;
}

bool find_bytes(const struct value *a, const struct value *b)
{
	struct range r;
	char byte;

	if (!b->len)
		return true;
	if (!range_of(&r, a, b))
		return false;
	byte = b->text[r.pivot];
	for (const char *at = next_of(r.from, r.end, byte); at < r.end;
	     at = next_of(at + 1, r.end, byte))
		if (!memcmp(at - r.pivot, b->text, b->len))
			return true;
	return false;
}

bool find_folded(const struct value *a, const struct value *b)
{
	struct range r;
	const char *small, *large;
	char byte;

	if (!b->len)
		return true;
	if (!range_of(&r, a, b))
		return false;
	byte = b->text[r.pivot];
	small = next_of(r.from, r.end, lower(byte));
	large = lower(byte) == upper(byte)
			? r.end
			: next_of(r.from, r.end, upper(byte));
	while (small < r.end || large < r.end) {
		const char *at = small < large ? small : large;

		if (same_folded(at - r.pivot, b->text, b->len))
			return true;
		if (at == small)
			small = next_of(at + 1, r.end, lower(byte));
		else
			large = next_of(at + 1, r.end, upper(byte));
	}
	return false;
}
