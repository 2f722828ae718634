/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of the calls in files' code, for every process that maps them;
 * and the trampolines that patched calls jump to. */
#include "capture/inject/inject_site.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"

enum {
	SITE_LEN = sizeof(struct stub_site),
	JUMP = 0xe9,
	HOP = 0xeb,
	POPULAR = 2 /* programs that made a call, until others get it patched */
};

struct text_file *site_file(struct injector *c, uint64_t device, uint64_t inode)
{
	struct text_file *file;

	for (file = c->files; file; file = file->next)
		if (file->inode == inode && file->device == device)
			return file;
	file = mem_zalloc(sizeof(*file));
	file->device = device;
	file->inode = inode;
	file->next = c->files;
	c->files = file;
	return file;
}

struct site *site_of(struct injector *c, const struct made_call *call)
{
	const struct text_range *text = call->text;
	uint64_t key = call->at - text->from + text->file_at;
	struct site *site = map_get(&text->file->sites, key);

	if (site)
		return site;
	site = mem_zalloc(sizeof(*site));
	site->can_patch = site_study(c->decoder, call, site);
	map_put(&text->file->sites, key, site);
	return site;
}

static bool is_near(uint64_t a, uint64_t b)
{
	int64_t distance = (int64_t)(a - b);

	return distance > -0x7fff0000ll && distance < 0x7fff0000ll;
}

static void put_rel32(uint8_t *to, uint64_t from, uint64_t target)
{
	int32_t rel = (int32_t)(target - from);

	memcpy(to, &rel, sizeof(rel));
}

/* The trampoline: what it jumps to is in entry.S. */
void site_trampoline(struct stub_site *to, uint64_t after,
		     const struct site *site)
{
	static const uint8_t lea[] = { 0x48, 0x8d, 0x0d };
	static const uint8_t jump[] = { 0x65, 0xff, 0x24, 0x25 };
	static const uint8_t desc[] = { 0x0f, 0x05, 0xff, 0x25, 0, 0, 0, 0 };
	const int32_t entry = FIXED_ENTRY; /* of %gs */
	uint8_t *code = to->code + site->before;

	memset(to->code, 0xcc, sizeof(to->code));
	memcpy(to->code, site->was, site->before);
	memcpy(code, lea, sizeof(lea));
	code += sizeof(lea);
	put_rel32(code, (uintptr_t)code + 4, (uintptr_t)to->desc);
	memcpy(code + 4, jump, sizeof(jump));
	memcpy(code + 4 + sizeof(jump), &entry, sizeof(entry));
	to->before = site->before;
	memcpy(to->desc, desc, sizeof(desc));
	to->after = after;
}

/* Makes a trampoline near a call that goes on at `after'; its address, or 0:
 * there is no room. */
static uint64_t place_trampoline(struct arena_map *arena, uint64_t after,
				 const struct site *site)
{
	uint64_t at = arena->base + arena->sites_at;

	if (!is_near(after, at) && arena->alias)
		at = arena->alias + arena->sites_at - STUB_SITES;
	if (!is_near(after, at) || arena->sites_at + SITE_LEN > STUB_LATE)
		return 0;
	site_trampoline((void *)(arena->map + arena->sites_at), after, site);
	arena->sites_at += SITE_LEN;
	return at;
}

/* Notes a patch of the arena. */
static struct patch *remember(struct arena_map *arena, const struct site *site,
			      uint64_t at, uint64_t trampoline)
{
	struct patch *patch = mem_zalloc(sizeof(*patch));

	patch->site = site;
	patch->at = at;
	patch->trampoline = trampoline;
	map_put(&arena->patched, at - site->before, patch);
	return patch;
}

/*
 * The patch of a call, new or known.  Forked processes share an arena, but what
 * one has patched since, the others must patch in their own memory: with the
 * same trampoline.
 */
static struct patch *patch_of(struct arena_map *arena, const struct site *site,
			      uint64_t at)
{
	struct patch *patch = map_get(&arena->patched, at - site->before);
	uint64_t trampoline;

	if (patch)
		return patch;
	trampoline = place_trampoline(arena, at + CALL_LEN, site);
	return trampoline ? remember(arena, site, at, trampoline) : NULL;
}

/* has_repeated is set when the count is 2, 4, 8...: see inject_spread. */
void site_count_patch(struct arena_map *arena, const struct site *site,
		      uint64_t at)
{
	struct patch *patch = map_get(&arena->patched, at - site->before);

	patch->times++;
	arena->has_repeated |=
		patch->times > 1 && !(patch->times & (patch->times - 1));
}

bool site_is_patched(const struct arena_map *arena, uint64_t at)
{
	return map_get(&arena->patched, at) != NULL;
}

unsigned site_edits(struct arena_map *arena, const struct site *site,
		    uint64_t at, struct stub_edit edits[2])
{
	uint64_t from = at - site->before;
	uint64_t jump_at = site->pad ? at + (uint64_t)(int64_t)site->pad : from;
	const struct patch *patch = patch_of(arena, site, at);

	if (!patch)
		return 0;
	edits[0] = (struct stub_edit){ .at = jump_at,
				       .len = JUMP_LEN,
				       .was_len = (uint8_t)site_known_len(site),
				       .now = { JUMP } };
	put_rel32(edits[0].now + 1, jump_at + JUMP_LEN, patch->trampoline);
	memcpy(edits[0].was, site->was, sizeof(site->was));
	if (!site->pad)
		return 1;
	edits[1] = (struct stub_edit){ .at = from,
				       .len = HOP_LEN,
				       .was_len = CALL_LEN,
				       .now = { HOP, (uint8_t)(site->pad -
							       HOP_LEN) },
				       .was = { 0x0f, 0x05 } };
	return 2;
}

static int by_key(const void *a, const void *b)
{
	const struct map_slot *x = *(const struct map_slot *const *)a;
	const struct map_slot *y = *(const struct map_slot *const *)b;

	return x->key < y->key ? -1 : x->key > y->key;
}

unsigned site_popular(const struct text_file *file, struct map_slot **popular,
		      unsigned max)
{
	struct map_slot *slot;
	unsigned count = 0;
	size_t i = 0;

	while (count < max && (slot = map_next(&file->sites, &i))) {
		const struct site *site = slot->value;

		if (site->can_patch && site->programs >= POPULAR)
			popular[count++] = slot;
	}
	qsort(popular, count, sizeof(struct map_slot *), by_key);
	return count;
}

uint64_t site_address(const struct text_range *text, uint64_t key)
{
	uint64_t at = key - text->file_at + text->from;

	return key >= text->file_at && at >= text->from + MOVED_MAX &&
			       at < text->to
		       ? at
		       : 0;
}

const struct text_range *site_text(const struct arena_map *arena, uint64_t at)
{
	for (unsigned i = 0; i < arena->text_count; i++)
		if (at >= arena->texts[i].from && at < arena->texts[i].to)
			return &arena->texts[i];
	return NULL;
}

void site_add_text(struct arena_map *arena, struct text_range text)
{
	if (arena->text_count == TEXTS_MAX)
		arena->text_count = 0;
	arena->texts[arena->text_count++] = text;
}

void site_forget(struct injector *c)
{
	struct text_file *next;

	for (; c->files; c->files = next) {
		struct map_slot *slot;
		size_t at = 0;

		next = c->files->next;
		free(c->files->head);
		while ((slot = map_next(&c->files->sites, &at)))
			free(slot->value);
		map_free(&c->files->sites);
		free(c->files);
	}
}
