/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patches: a call that trapped jumps to the stub from then on.  Two ways, both
 * of which leave every instruction boundary of the program where it was, so
 * that other threads may be anywhere:
 *
 *   mov $nr, %eax; syscall	the mov, or another instruction as long, becomes
 *				a jump, and runs in the trampoline; the call
 *				stays behind it for code that jumps there
 *   syscall			becomes a short jump to padding between two
 *				functions, where a long jump has room
 *
 * All other calls keep trapping, as do those of code that is no file's (it was
 * compiled at run time, and may be moved).
 */
#include "capture/inject/inject_patch.h"

#include <string.h>
#include <unistd.h>

#include "capture/inject/inject_edit.h"
#include "capture/inject/inject_foresee.h"
#include "capture/inject/inject_maps.h"
#include "capture/inject/inject_site.h"

enum {
	SITE_LEN = sizeof(struct stub_site),
	KNOWN_MAX = 256,
	SKIPPED_MAX = 65536
};

/*
 * Is the code still what was studied, and not patched by way of another arena?
 */
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

/* Patches a call, if its code is as it was studied. */
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
		site_count_patch(e->arena, site, at);
	return count > 0;
}

/* Code seen for the first time: patches the calls that other programs make in
 * it. */
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

/* Notes code seen for the first time.  Only a file's code that nobody can write
 * is patched. */
static void look(struct injector *c, struct edit *e, const struct mapping *m)
{
	struct text_range text = { .from = m->from,
				   .to = m->to,
				   .file_at = m->file_at };

	if (site_text(e->arena, m->from))
		return;
	if (m->inode && m->is_private_code)
		text.file = site_file(c, m->device, m->inode);
	if (text.file) {
		patch_known(e, &text);
		foresee_learn(e->arena, m, text.file);
	}
	site_add_text(e->arena, text);
}

/* Patches the call `nr' at `at'; false: it keeps trapping. */
static bool patch(struct injector *c, const struct tracee *t, struct edit *e,
		  uint64_t at, uint64_t nr)
{
	const struct text_range *text = site_text(e->arena, at);
	struct mapping m;
	struct site *site;

	if (!text &&
	    mapping_find(remote_maps(&c->files_open, t->tid), at, &m) &&
	    m.from <= at)
		look(c, e, &m);
	text = site_text(e->arena, at);
	if (!text || !text->file)
		return false;
	site = site_of(c, &(struct made_call){ t->tid, text, at, nr });
	if (!site_is_patched(e->arena, at - site->before))
		site->programs++;
	/* Or the call was one of those just patched by look(). */
	return apply(e, site, at) ||
	       site_is_patched(e->arena, at - site->before);
}

static bool has_no_patches(const struct tracee *t)
{
	return ((const struct inject_thread *)t->user)
		->arena->process->no_patches;
}

bool inject_patch(struct injector *c, struct tracee *t, uint64_t at,
		  uint64_t nr)
{
	struct arena_map *arena = inject_code_arena(t);
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

/* Finds the code at `at' by asking the kernel, and patches the known calls in
 * it; its file, or NULL. */
static struct text_file *patch_asking(struct injector *c, struct tracee *t,
				      int memory, uint64_t at,
				      struct mapping *ret_mapping)
{
	struct edit e;

	if (!mapping_find(remote_maps(&c->files_open, t->tid), at, ret_mapping))
		return NULL;
	edit_begin(&e, c, t, memory);
	e.is_alone = true; /* the program has not begun; and the thread runs */
	look(c, &e, ret_mapping);
	edit_flush(&e);
	return ret_mapping->inode && ret_mapping->is_private_code
		       ? site_file(c, ret_mapping->device, ret_mapping->inode)
		       : NULL;
}

void inject_patch_first(struct injector *c, struct tracee *t, int memory,
			uint64_t at, bool is_linker)
{
	struct arena_map *arena = inject_code_arena(t);
	uint8_t head[FORESEE_HEAD_LEN];
	struct text_range text = { 0 };
	struct mapping m;

	is_linker &= pread(memory, head, FORESEE_HEAD_LEN, (off_t)at) ==
		     FORESEE_HEAD_LEN;
	if (is_linker)
		text = foresee_linker_text(c, head, at);
	if (text.file) {
		foresee_linker_edits(arena, &text);
		site_add_text(arena, text);
	} else {
		text.file = patch_asking(c, t, memory, at, &m);
		if (text.file && is_linker)
			foresee_remember_linker(text.file, head, at, &m);
	}
	if (text.file && is_linker)
		foresee_library(arena, text.file);
}

void inject_spread(struct injector *c, struct tracee *t)
{
	struct arena_map *arena = inject_code_arena(t);
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

bool inject_unmove(const struct tracee *t, struct user_regs_struct *regs)
{
	const struct arena_map *arena = inject_code_arena(t);
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

void inject_unpatch(struct tracee *t)
{
	struct arena_map *arena = inject_code_arena(t);
	struct map_slot *slot;
	size_t at = 0;

	((struct inject_thread *)t->user)->arena->process->no_patches = true;
	foresee_undo(t, arena);
	while ((slot = map_next(&arena->patched, &at))) {
		const struct site *site = ((struct patch *)slot->value)->site;

		remote_write(t->tid, slot->key, site_restored(site),
			     site_changed(site));
	}
}
