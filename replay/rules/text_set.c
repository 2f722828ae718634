/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of byte strings: lengths first, then a hash of both ends. */
#include "replay/rules/text_set.h"

#include <string.h>

static uint32_t len_bit(uint32_t len)
{
	return len < 63 ? len : 63;
}

/*
 * Hashes both ends of the string, which differ for most; equality is checked,
 * too.
 */
static uint32_t hash_ends(const char *data, uint32_t len)
{
	uint64_t head = 0, tail = 0;

	if (len >= 8) {
		head = load_u64(data);
		tail = load_u64(data + len - 8);
	} else {
		for (uint32_t i = 0; i < len; i++)
			head = head << 8 | (uint8_t)data[i];
	}
	head = (head ^ len) * 0x9e3779b97f4a7c15u;
	head ^= (tail ^ head >> 29) * 0xbf58476d1ce4e5b9u;
	return (uint32_t)(head >> 32);
}

static void add(struct text_set *set, const struct value *member)
{
	uint32_t hash = hash_ends(member->text, member->len);
	uint32_t i = hash & set->mask;

	if (text_set_has(set, member->text, member->len))
		return;
	while (set->slots[i].data)
		i = (i + 1) & set->mask;
	set->slots[i] = (struct text_slot){ member->text, member->len, hash };
	set->lens |= 1ull << len_bit(member->len);
}

void text_set_build(struct text_set *set, const struct value *members,
		    uint32_t count, struct arena *arena)
{
	uint32_t capacity = 4;

	while (capacity < count * 2)
		capacity *= 2;
	*set = (struct text_set){
		.mask = capacity - 1,
		.slots = arena_alloc(arena, capacity * sizeof(*set->slots))
	};
	for (uint32_t i = 0; i < count; i++)
		add(set, &members[i]);
}

bool text_set_has(const struct text_set *set, const char *data, uint32_t len)
{
	const struct text_slot *slot;
	uint32_t hash, i;

	if (!(set->lens >> len_bit(len) & 1))
		return false;
	hash = hash_ends(data, len);
	for (i = hash & set->mask; set->slots[i].data;
	     i = (i + 1) & set->mask) {
		slot = &set->slots[i];
		if (slot->hash == hash && slot->len == len &&
		    !memcmp(slot->data, data, len))
			return true;
	}
	return false;
}
