/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes rows while counting, sorts them at the end; see tally.h. */
#include "db/tally.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/map.h"

enum { SLOTS_MIN = 256 };

struct tally {
	unsigned width;
	struct arena rows; /* and their texts */
	struct tally_entry *entries;
	size_t count, capacity;
	uint32_t *slots; /* 1 + index of an entry; 0: free */
	size_t slot_count;
	size_t last; /* the entry that was counted last */
};

struct tally *tally_new(unsigned width)
{
	struct tally *t = mem_zalloc(sizeof(*t));

	t->width = width;
	t->slot_count = SLOTS_MIN;
	t->slots = mem_zalloc(t->slot_count * sizeof(*t->slots));
	return t;
}

static uint64_t hash_of(const struct tally *t, const struct tally_value *row,
			unsigned file)
{
	static const uint64_t odd = 0x9e3779b97f4a7c15;
	uint64_t hash = file * odd;

	for (unsigned i = 0; i < t->width; i++) {
		uint64_t key =
			row[i].kind == TALLY_TEXT
				? hash_bytes(row[i].text.data, row[i].text.len)
				: (uint64_t)row[i].number;

		hash = (hash ^ key) * odd;
		hash ^= hash >> 32;
	}
	return hash;
}

static bool is_same(const struct tally_value *a, const struct tally_value *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind != TALLY_TEXT)
		return a->number == b->number;
	if (a->text.len != b->text.len)
		return false;
	return a->text.data == b->text.data ||
	       !memcmp(a->text.data, b->text.data, a->text.len);
}

static bool is_equal(const struct tally *t, const struct tally_entry *e,
		     const struct tally_value *row, unsigned file)
{
	if (e->file != file)
		return false;
	for (unsigned i = 0; i < t->width; i++)
		if (!is_same(&e->row[i], &row[i]))
			return false;
	return true;
}

/* The slot of a row, or the free one where it belongs. */
static uint32_t *find_slot(const struct tally *t, uint64_t hash,
			   const struct tally_value *row, unsigned file)
{
	size_t at = hash & (t->slot_count - 1);

	for (; t->slots[at]; at = (at + 1) & (t->slot_count - 1)) {
		const struct tally_entry *e = &t->entries[t->slots[at] - 1];

		if (e->hash == hash && is_equal(t, e, row, file))
			break;
	}
	return &t->slots[at];
}

static void grow(struct tally *t)
{
	free(t->slots);
	t->slot_count *= 2;
	t->slots = mem_zalloc(t->slot_count * sizeof(*t->slots));
	for (size_t i = 0; i < t->count; i++) {
		const struct tally_entry *e = &t->entries[i];

		*find_slot(t, e->hash, e->row, e->file) = (uint32_t)i + 1;
	}
}

static void add_entry(struct tally *t, uint64_t hash,
		      const struct tally_value *row, unsigned file)
{
	struct tally_value *copy =
		arena_alloc(&t->rows, t->width * sizeof(*copy));

	memcpy(copy, row, t->width * sizeof(*copy));
	for (unsigned i = 0; i < t->width; i++)
		if (row[i].kind == TALLY_TEXT && !row[i].is_constant)
			copy[i].text.data = (uint8_t *)arena_copy(
				&t->rows, row[i].text.data, row[i].text.len);
	t->entries = mem_grow(t->entries, &t->capacity, t->count + 1,
			      sizeof(*t->entries));
	t->entries[t->count++] =
		(struct tally_entry){ .row = copy, .file = file, .hash = hash };
}

void tally_add(struct tally *t, const struct tally_value *row, unsigned file)
{
	uint32_t *slot;
	uint64_t hash;

	if (!t->count || !is_equal(t, &t->entries[t->last], row, file)) {
		hash = hash_of(t, row, file);
		if (t->count * 2 >= t->slot_count)
			grow(t);
		slot = find_slot(t, hash, row, file);
		if (!*slot) {
			add_entry(t, hash, row, file);
			*slot = (uint32_t)t->count;
		}
		t->last = *slot - 1;
	}
	t->entries[t->last].count++;
}

/* Compares values in SQLite's order: NULL, numbers, texts. */
static int compare_values(const struct tally_value *a,
			  const struct tally_value *b)
{
	size_t len;
	int order;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->kind != TALLY_TEXT)
		return (a->number > b->number) - (a->number < b->number);
	len = a->text.len < b->text.len ? a->text.len : b->text.len;
	order = len ? memcmp(a->text.data, b->text.data, len) : 0;
	return order ? order
		     : (a->text.len > b->text.len) -
			       (a->text.len < b->text.len);
}

static int compare(const void *left, const void *right, void *user)
{
	const struct tally_entry *a = left, *b = right;
	const struct tally *t = user;
	int order = 0;

	for (unsigned i = 0; i < t->width && !order; i++)
		order = compare_values(&a->row[i], &b->row[i]);
	return order;
}

const struct tally_entry *tally_end(struct tally *t, size_t *ret_count)
{
	if (t->count)
		qsort_r(t->entries, t->count, sizeof(*t->entries), compare, t);
	*ret_count = t->count;
	return t->entries;
}

void tally_free(struct tally *t)
{
	if (!t)
		return;
	arena_free(&t->rows);
	free(t->entries);
	free(t->slots);
	free(t);
}
