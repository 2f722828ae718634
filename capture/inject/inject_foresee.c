/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calls that a new program will make, as far as other programs of the
 * recording tell: in its dynamic linker, and in the library that programs of
 * that linker map.  Both are patched by the stub in the process (stub_text.c)
 * before any thread runs them, so that no call there traps.
 */
#include "capture/inject/inject_foresee.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/arena.h"

static struct stub_foreseen *foreseen_of(const struct arena_map *arena)
{
	return (void *)(arena->map + STUB_TABLES);
}

/* Writes the edits for the calls that other programs make in their linker. */
void foresee_linker_edits(struct arena_map *arena,
			  const struct text_range *text)
{
	struct stub_foreseen *f = foreseen_of(arena);
	struct map_slot *popular[STUB_EDITS_MAX / 2] = { NULL };
	unsigned count = site_popular(text->file, popular, STUB_EDITS_MAX / 2);

	for (unsigned k = 0; k < count; k++) {
		uint64_t at = site_address(text, popular[k]->key);

		if (at)
			f->edit_count +=
				site_edits(arena, popular[k]->value, at,
					   f->edits + f->edit_count);
	}
	f->text = text->from;
	f->text_len = text->to - text->from;
}

/* Writes what the stub needs to patch the library as the program maps it, which
 * spares a stop: the library that programs of this linker mapped so far. */
void foresee_library(struct arena_map *arena, struct text_file *linker)
{
	struct stub_foreseen *f = foreseen_of(arena);
	struct map_slot *popular[STUB_FORESEEN_MAX] = { NULL };
	const struct text_file *file = linker->library;
	unsigned count;

	arena->linker = linker;
	arena->foreseen = file;
	arena_state(arena)->foresees = 1;
	if (!file)
		return;
	count = site_popular(file, popular, STUB_FORESEEN_MAX);
	for (unsigned k = 0; k < count; k++) {
		const struct site *site = popular[k]->value;
		struct stub_place *place = &f->places[k];

		site_trampoline(&f->sites[k], 0, site);
		place->at = (uint32_t)popular[k]->key;
		place->pad = site->pad;
		place->before = site->before;
		place->was_len = (uint8_t)site_known_len(site);
		memcpy(place->was, site->was, sizeof(site->was));
	}
	f->device = file->mapped.device;
	f->inode = file->mapped.inode;
	f->count = count;
}

/* What the process says of itself (state->mapped) may be anything: only what is
 * foreseen depends on it. */
void foresee_learn(struct arena_map *arena, const struct mapping *m,
		   struct text_file *file)
{
	const struct stub_state *state = arena_state(arena);

	for (unsigned i = 0; arena->linker && i < STUB_MAPPED; i++) {
		struct stub_mapped mapped;

		memcpy(&mapped, &state->mapped[i], sizeof(mapped));
		if (mapped.at != m->from)
			continue;
		file->mapped = mapped;
		if (!arena->foreseen || state->foresees)
			arena->linker->library = file;
		arena->linker = NULL;
	}
}

/* The code of the linker with that beginning, mapped at `base'; file NULL: it
 * is not known. */
struct text_range foresee_linker_text(const struct injector *c,
				      const uint8_t *head, uint64_t base)
{
	struct text_range text = { 0 };

	for (struct text_file *file = c->files; file; file = file->next)
		if (file->head && !memcmp(file->head, head, FORESEE_HEAD_LEN)) {
			text = file->text;
			text.from += base;
			text.to += base;
			break;
		}
	return text;
}

/* Do the headers in `head' say that the file's code is mapped as in m? */
static bool has_text(const uint8_t *head, uint64_t base,
		     const struct mapping *m)
{
	const uint64_t page = CODE_PAGE;
	Elf64_Ehdr file;
	Elf64_Phdr part;

	memcpy(&file, head, sizeof(file));
	for (size_t i = 0; i < file.e_phnum; i++) {
		size_t at = file.e_phoff + i * sizeof(part);

		if (at > FORESEE_HEAD_LEN - sizeof(part))
			return false;
		memcpy(&part, head + at, sizeof(part));
		if (part.p_type == PT_LOAD && (part.p_flags & PF_X))
			return m->from == base + (part.p_vaddr & -page) &&
			       m->file_at == (part.p_offset & -page) &&
			       m->to - m->from >= part.p_filesz;
	}
	return false;
}

void foresee_remember_linker(struct text_file *file, const uint8_t *head,
			     uint64_t base, const struct mapping *m)
{
	if (file->head || !has_text(head, base, m))
		return;
	file->head = mem_alloc(FORESEE_HEAD_LEN);
	memcpy(file->head, head, FORESEE_HEAD_LEN);
	file->text = (struct text_range){ .from = m->from - base,
					  .to = m->to - base,
					  .file_at = m->file_at,
					  .file = file };
}

bool foresee_unmove(pid_t pid, const struct arena_map *arena, uint64_t *rip)
{
	const uint64_t late = arena->base + STUB_LATE;
	struct stub_site site;

	if (*rip < late || *rip >= late + STUB_LATE_LEN ||
	    (*rip - late) % sizeof(site) ||
	    !remote_read(pid, *rip, &site, sizeof(site)))
		return false;
	*rip = site.after - CALL_LEN - site.before;
	return true;
}

/* The places are the process's own memory: only those that read as a patch are
 * undone. */
void foresee_undo(const struct tracee *t, const struct arena_map *arena)
{
	const struct stub_foreseen *f = foreseen_of(arena);
	struct stub_site late[STUB_FORESEEN_MAX];

	if (!arena->foreseen ||
	    !remote_read(t->tid, arena->base + STUB_LATE, late, sizeof(late)))
		return;
	for (unsigned i = 0; i < STUB_FORESEEN_MAX; i++) {
		const struct stub_place *place = &f->places[i];
		uint64_t from = late[i].after - CALL_LEN - place->before;

		if (!late[i].after)
			continue;
		if (place->before)
			remote_write(t->tid, from, place->was, JUMP_LEN);
		else
			remote_write(t->tid, from, "\x0f\x05", HOP_LEN);
	}
}
