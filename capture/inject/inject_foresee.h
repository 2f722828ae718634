/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a new program will make calls in, which the stub patches
 * before anybody runs it (stub_text.c).
 */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_FORESEE_H
#define SPOOR_CAPTURE_INJECT_INJECT_FORESEE_H

#include "capture/inject/inject_maps.h"
#include "capture/inject/inject_site.h"

enum { FORESEE_HEAD_LEN = 1024 }; /* first bytes of a file: headers, build id */

/* The code of a dynamic linker that is mapped at `base' and begins with `head';
 * file NULL: none that is known. */
struct text_range foresee_linker_text(const struct injector *c,
				      const uint8_t *head, uint64_t base);

/* Remembers by `head' a linker that is mapped at `base', with its code at m. */
void foresee_remember_linker(struct text_file *file, const uint8_t *head,
			     uint64_t base, const struct mapping *m);

/* Has the process patch the calls that others make in that linker. */
void foresee_linker_edits(struct arena_map *arena,
			  const struct text_range *text);

/* Has it patch the library that the linker's programs map, as it maps that. */
void foresee_library(struct arena_map *arena, struct text_file *linker);

/* Calls come from a mapping of the file: if that was not foreseen, it is from
 * now on. */
void foresee_learn(struct arena_map *arena, const struct mapping *m,
		   struct text_file *file);

/* Undoes what the code in t's process has patched. */
void foresee_undo(const struct tracee *t, const struct arena_map *arena);

/* *rip is at an instruction that such a patch has moved: changes it to where
 * that was.  False: it is not. */
bool foresee_unmove(pid_t pid, const struct arena_map *arena, uint64_t *rip);

#endif
