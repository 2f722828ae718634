/* SPDX-License-Identifier: Apache-2.0 */
/* Values hashed while they are counted, sorted at the end; see tally.h. */
#include "db/tally.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/map.h"

enum { SLOTS_MIN = 256 };

struct tally {
	struct arena texts;
	struct tally_entry *entries;
	size_t count, capacity;
	uint32_t *slots; /* 1 + index of an entry; 0: free */
	size_t slot_count;
	size_t last; /* the entry that was counted last */
};

struct tally *tally_new(void)
{
	struct tally *t = mem_zalloc(sizeof(*t));

	t->slot_count = SLOTS_MIN;
	t->slots = mem_zalloc(t->slot_count * sizeof(*t->slots));
	return t;
}

static uint64_t hash_of(const struct tally_value *v, unsigned file)
{
	static const uint64_t odd = 0x9e3779b97f4a7c15;
	uint64_t key = v->kind == TALLY_TEXT
			       ? hash_bytes(v->text.data, v->text.len)
			       : (uint64_t)v->number * odd;

	return key + file * odd + (key >> 32);
}

static bool is_equal(const struct tally_entry *e, const struct tally_value *v,
		     unsigned file)
{
	if (e->value.kind != v->kind || e->file != file)
		return false;
	if (v->kind != TALLY_TEXT)
		return e->value.number == v->number;
	if (e->value.text.len != v->text.len)
		return false;
	return e->value.text.data == v->text.data ||
	       !memcmp(e->value.text.data, v->text.data, v->text.len);
}

/* The slot of a value, or the free one where it belongs. */
static uint32_t *find_slot(const struct tally *t, const struct tally_value *v,
			   unsigned file)
{
	size_t at = hash_of(v, file) & (t->slot_count - 1);

	while (t->slots[at] &&
	       !is_equal(&t->entries[t->slots[at] - 1], v, file))
		at = (at + 1) & (t->slot_count - 1);
	return &t->slots[at];
}

static void grow(struct tally *t)
{
	free(t->slots);
	t->slot_count *= 2;
	t->slots = mem_zalloc(t->slot_count * sizeof(*t->slots));
	for (size_t i = 0; i < t->count; i++)
		*find_slot(t, &t->entries[i].value, t->entries[i].file) =
			(uint32_t)i + 1;
}

static void add_entry(struct tally *t, const struct tally_value *value,
		      unsigned file)
{
	struct tally_entry e = { .value = *value, .file = file };

	if (value->kind == TALLY_TEXT && !value->is_constant)
		e.value.text.data = (uint8_t *)arena_copy(
			&t->texts, value->text.data, value->text.len);
	t->entries = mem_grow(t->entries, &t->capacity, t->count + 1,
			      sizeof(*t->entries));
	t->entries[t->count++] = e;
}

void tally_add(struct tally *t, const struct tally_value *value, unsigned file)
{
	uint32_t *slot;

	if (!t->count || !is_equal(&t->entries[t->last], value, file)) {
		if (t->count * 2 >= t->slot_count)
			grow(t);
		slot = find_slot(t, value, file);
		if (!*slot) {
			add_entry(t, value, file);
			*slot = (uint32_t)t->count;
		}
		t->last = *slot - 1;
	}
	t->entries[t->last].count++;
}

static int compare(const void *left, const void *right)
{
	const struct tally_value *a =
		&((const struct tally_entry *)left)->value;
	const struct tally_value *b =
		&((const struct tally_entry *)right)->value;
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

const struct tally_entry *tally_end(struct tally *t, size_t *ret_count)
{
	if (t->count)
		qsort(t->entries, t->count, sizeof(*t->entries), compare);
	*ret_count = t->count;
	return t->entries;
}

void tally_free(struct tally *t)
{
	if (!t)
		return;
	arena_free(&t->texts);
	free(t->entries);
	free(t->slots);
	free(t);
}
