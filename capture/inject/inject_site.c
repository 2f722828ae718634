/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patches: a call that trapped jumps to the injected code from then on.  Two
 * ways, both of which leave every instruction boundary of the program where
 * it was, so that other threads may be anywhere:
 *
 *   mov $nr, %eax; syscall	the mov, or another instruction as long, becomes
 *				a jump, and runs where that leads; the call
 *				stays behind it for who jumps there
 *   syscall			becomes a short jump to padding between two
 *				functions, where a long jump has room
 *
 * Anything else, and code that is no file's (compiled at run time, and maybe
 * moved), keeps trapping.
 */
#include <stdlib.h>
#include <string.h>

#include "capture/inject/inject_site.h"
#include "core/arena.h"

enum {
	SITE_LEN = sizeof(struct stub_site),
	JUMP = 0xe9,
	HOP = 0xeb,
	KNOWN_MAX = 256,
	SKIPPED_MAX = 65536,
	POPULAR = 2 /* programs that made a call, before it is made ready */
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

/* What is known of the call at `at', found out if it is new. */
static struct site *site_of(struct injector *c, pid_t pid,
			    const struct text_range *text, uint64_t at,
			    uint64_t nr)
{
	uint64_t key = at - text->from + text->file_at;
	struct site *site = map_get(&text->file->sites, key);

	if (site)
		return site;
	site = mem_zalloc(sizeof(*site));
	site->can_patch = site_study(c->decoder, pid, text, at, nr, site);
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

/* See entry.S. */
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

/* A trampoline near a call that goes on at `after'; 0: there is no room. */
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

bool inject_unmove(const struct tracee *t, struct user_regs_struct *regs)
{
	const struct arena_map *arena = code_of(t);
	uint64_t sites = arena->base + STUB_SITES;
	const struct stub_site *site;

	if (arena->alias && regs->rip >= arena->alias &&
	    regs->rip < arena->alias + STUB_SITES_LEN)
		sites = arena->alias;
	if (foresee_unmove(t->tid, arena, (uint64_t *)&regs->rip))
		return true;
	if (regs->rip < sites || regs->rip >= sites + STUB_SITES_LEN ||
	    (regs->rip - sites) % SITE_LEN)
		return false;
	site = (const void *)(arena->map + STUB_SITES + (regs->rip - sites));
	regs->rip = site->after - CALL_LEN - site->before;
	return true;
}

/* Is it still what was studied, and not patched by way of another arena? */
static bool is_as_known(struct edit *e, const struct site *site, uint64_t at)
{
	uint8_t code[CALL_LEN];
	uint8_t there[MOVED_MAX];
	size_t len = site_known_len(site);
	uint64_t from = site->pad ? at + (uint64_t)(int64_t)site->pad
				  : at - site->before;

	return edit_get(e, at, code, sizeof(code)) && is_call(code) &&
	       edit_get(e, from, there, len) && !memcmp(there, site->was, len);
}

/* A place that jumps to the code. */
struct patch {
	const struct site *site;
	uint64_t at; /* the call */
	uint64_t trampoline;
	unsigned times; /* that it was patched, in one process or another */
};

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
 * Processes that have forked share an arena, but what one has patched since,
 * the others have to patch in their own memory: with the same trampoline.
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

/* It was patched once more, though others have done so: see inject_spread. */
static void count_patch(struct arena_map *arena, const struct site *site,
			uint64_t at)
{
	struct patch *patch = map_get(&arena->patched, at - site->before);

	patch->times++;
	arena->has_repeated |=
		patch->times > 1 && !(patch->times & (patch->times - 1));
}

bool inject_is_patched(const struct arena_map *arena, uint64_t at)
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

static bool apply(struct edit *e, const struct site *site, uint64_t at)
{
	struct stub_edit edits[2];
	unsigned count;

	if (!site->can_patch || !is_as_known(e, site, at) || !edit_can(e))
		return false;
	count = site_edits(e->arena, site, at, edits);
	for (unsigned i = 0; i < count; i++)
		if (!edit_put(e, edits[i].at, edits[i].now, edits[i].len))
			return false;
	if (count)
		count_patch(e->arena, site, at);
	return count > 0;
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

/* Code seen for the first time: the calls that others make of it. */
static void patch_known(struct edit *e, const struct text_range *text)
{
	struct map_slot *popular[KNOWN_MAX] = { NULL };
	unsigned count = site_popular(text->file, popular, KNOWN_MAX);

	for (unsigned k = 0; k < count; k++) {
		uint64_t at = site_address(text, popular[k]->key);

		if (at)
			apply(e, popular[k]->value, at);
	}
}

static const struct text_range *known_text(const struct arena_map *arena,
					   uint64_t at)
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

/* Code seen for the first time; patched is what is a file's and only code. */
void site_look(struct injector *c, struct edit *e, const struct mapping *m)
{
	struct text_range text = { .from = m->from,
				   .to = m->to,
				   .file_at = m->file_at };

	if (known_text(e->arena, m->from))
		return;
	if (m->inode && m->is_private_code)
		text.file = site_file(c, m->device, m->inode);
	if (text.file) {
		patch_known(e, &text);
		foresee_learn(e->arena, m, text.file);
	}
	site_add_text(e->arena, text);
}

static bool patch(struct injector *c, const struct tracee *t, struct edit *e,
		  uint64_t at, uint64_t nr)
{
	const struct text_range *text = known_text(e->arena, at);
	struct mapping m;
	struct site *site;

	if (!text &&
	    mapping_find(remote_maps(&c->files_open, t->tid), at, &m) &&
	    m.from <= at)
		site_look(c, e, &m);
	text = known_text(e->arena, at);
	if (!text || !text->file)
		return false;
	site = site_of(c, t->tid, text, at, nr);
	if (!inject_is_patched(e->arena, at - site->before))
		site->programs++;
	/* Or it has been done just now, as one of the known. */
	return apply(e, site, at) ||
	       inject_is_patched(e->arena, at - site->before);
}

static bool has_no_patches(const struct tracee *t)
{
	return ((const struct inject_thread *)t->user)->arena->home->no_patches;
}

bool inject_patch(struct injector *c, struct tracee *t, uint64_t at,
		  uint64_t nr)
{
	struct arena_map *arena = code_of(t);
	struct edit e;
	bool done, is_there;
	int memory;

	if (has_no_patches(t) || map_get(&arena->skipped, at) ||
	    inject_is_partial(c, t))
		return true;
	memory = remote_memory(&c->files_open, t->tid);
	if (memory < 0)
		return true;
	edit_begin(&e, c, t, memory);
	done = patch(c, t, &e, at, nr);
	done &= edit_flush(&e);
	is_there = edit_end(&e);
	if (is_there && !done && arena->skipped.count < SKIPPED_MAX)
		map_put(&arena->skipped, at, arena);
	return is_there;
}

void inject_spread(struct injector *c, struct tracee *t)
{
	struct arena_map *arena = code_of(t);
	struct map_slot *slot;
	struct edit e;
	size_t at = 0;
	int memory;

	if (!arena->has_repeated || has_no_patches(t))
		return;
	arena->has_repeated = false;
	memory = remote_memory(&c->files_open, t->tid);
	if (memory < 0)
		return;
	edit_begin(&e, c, t, memory);
	while (e.is_alone && (slot = map_next(&arena->patched, &at))) {
		const struct patch *patch = slot->value;

		if (patch->times > 1)
			apply(&e, patch->site, patch->at);
	}
	edit_flush(&e);
}

void inject_forget_files(struct injector *c)
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

void inject_unpatch(struct tracee *t)
{
	struct arena_map *arena = code_of(t);
	struct map_slot *slot;
	size_t at = 0;

	((struct inject_thread *)t->user)->arena->home->no_patches = true;
	foresee_undo(t, arena);
	while ((slot = map_next(&arena->patched, &at))) {
		const struct site *site = ((struct patch *)slot->value)->site;

		remote_write(t->tid, slot->key, site_restored(site),
			     site_changed(site));
	}
}
