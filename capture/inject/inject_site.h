/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patching: what is known of a call in a file's code (inject_study.c), and
 * changes in the code of a process (inject_edit.c).
 */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_SITE_H
#define SPOOR_CAPTURE_INJECT_INJECT_SITE_H

#include <string.h>

#include "capture/inject/inject_thread.h"
#include "capture/inject/remote_call.h"

enum {
	CALL_LEN = 2,  /* bytes of the instruction syscall, */
	JUMP_LEN = 5,  /* of a jump anywhere near, */
	HOP_LEN = 2,   /* and of one within 127 bytes */
	MOVED_MAX = 7, /* and of one that is moved */
	CODE_PAGE = 4096
};

/* A call, wherever its file is mapped. */
struct site {
	bool can_patch;
	uint8_t before; /* bytes moved, that stand before the call; or 0: */
	int16_t pad;	/* the long jump is so far behind the call */
	uint8_t was[MOVED_MAX]; /* the bytes moved, or those of the padding */
	uint32_t programs;	/* that made this call */
};

/* Bytes that are changed where the program runs. */
static inline size_t site_changed(const struct site *site)
{
	return site->before ? JUMP_LEN : HOP_LEN;
}

/* What stood there. */
static inline const void *site_restored(const struct site *site)
{
	return site->before ? (const void *)site->was : "\x0f\x05";
}

/* The bytes that a site is known by. */
static inline size_t site_known_len(const struct site *site)
{
	return site->pad ? (size_t)JUMP_LEN : site->before;
}

/*
 * What is known of the calls in a file's code, so that each is decoded once,
 * and those that other programs made are patched when the code is first seen.
 */
struct text_file {
	uint64_t device, inode;
	struct map sites;	   /* place in the file -> struct site */
	struct stub_mapped mapped; /* as a program told it */
	/* Of a dynamic linker: what its programs make calls in, as a rule; */
	const struct text_file *library;
	/* how it begins (NULL: not known), and where its code is then. */
	uint8_t *head;
	struct text_range text;
	struct text_file *next;
};

/*
 * Finds out how the call nr at `at' can be patched: reads the code around it.
 * False: it cannot, or is no call.
 */
bool site_study(size_t decoder, pid_t pid, const struct text_range *text,
		uint64_t at, uint64_t nr, struct site *ret_site);

/*
 * Changes in a process's code: those in a page are made together, at once to
 * all who run it.
 */
struct edit {
	struct arena_map *arena;
	struct remote_caller caller;
	int memory;
	bool is_alone; /* nobody else runs it */
	bool is_loaded;
	uint64_t page;
	size_t from, to; /* changed in it */
	uint8_t bytes[CODE_PAGE];
};

/*
 * Begins to change the code of a process, of which a thread stands at a call
 * that has trapped; memory: remote_memory's.
 */
void edit_begin(struct edit *ret_edit, struct injector *c, struct tracee *t,
		int memory);
/* Can code be changed that others may be running? */
bool edit_can(struct edit *e);
/* Reads at most a page, as changed so far. */
bool edit_get(struct edit *e, uint64_t from, void *to, size_t len);
/* Writes now, or later together with others. */
bool edit_put(struct edit *e, uint64_t to, const void *from, size_t len);
/* Writes what is left; false: not all could be. */
bool edit_flush(struct edit *e);
/* False: the thread stands elsewhere now, and is to be heard of again. */
bool edit_end(struct edit *e);

/*
 * inject_page.c: replaces a page of code, by calls of a thread that stands at
 * one that has trapped: until the end, which says what edit_end does.  False:
 * cannot be done, or (is_lost) not now.
 */
bool page_begin(struct remote_caller *m);
bool page_replace(struct remote_caller *m, int memory, uint64_t page,
		  const uint8_t *bytes);
bool page_end(struct remote_caller *m);

/* A mapping of a process. */
struct mapping {
	uint64_t from, to;
	uint64_t file_at;	/* of `from', in the file */
	uint64_t device, inode; /* inode 0: no file's */
	bool is_private_code;	/* and nobody can write there */
};

/*
 * inject_maps.c: the first mapping with code that ends behind `at'; or false.
 * maps: remote_maps's.
 */
bool mapping_find(int maps, uint64_t at, struct mapping *ret_mapping);
/* The path of its file; false: it has none, or none that short. */
bool mapping_path(int maps, uint64_t at, char *ret_path, size_t room);
/* Is there a mapping with that name? */
bool mapping_is_named(int maps, const char *name);

/* inject_site.c: the file with that inode, known or new. */
struct text_file *site_file(struct injector *c, uint64_t device,
			    uint64_t inode);
/* The calls that programs make of a file's code; how many, at most max. */
unsigned site_popular(const struct text_file *file, struct map_slot **ret_sites,
		      unsigned max);
/* Where in a process a call of its file is; 0: not in this code. */
uint64_t site_address(const struct text_range *text, uint64_t key);
/* What a patch jumps to, of a call that goes on at `after'. */
void site_trampoline(struct stub_site *to, uint64_t after,
		     const struct site *site);
/*
 * What to change for the call at `at': the jump, then the hop to that if it
 * needs one; how many.  0: there is no room for the trampoline.
 */
unsigned site_edits(struct arena_map *arena, const struct site *site,
		    uint64_t at, struct stub_edit ret_edits[2]);
/* Code seen for the first time: patches the calls that others make of it. */
void site_look(struct injector *c, struct edit *e, const struct mapping *m);
/* The same, but it has been done. */
void site_add_text(struct arena_map *arena, struct text_range text);

/*
 * inject_foresee.c: calls come from a mapping; undoes what the code in a
 * process has patched.
 */
void foresee_learn(struct arena_map *arena, const struct mapping *m,
		   struct text_file *file);
void foresee_undo(const struct tracee *t, const struct arena_map *arena);
/* Stands at an instruction that such a patch has moved: to where that was. */
bool foresee_unmove(pid_t pid, const struct arena_map *arena, uint64_t *rip);

/* The arena whose places the code of a thread's process jumps from. */
static inline struct arena_map *code_of(const struct tracee *t)
{
	return ((const struct inject_thread *)t->user)->arena->first;
}

/* The instruction. */
static inline bool is_call(const uint8_t *code)
{
	return code[0] == 0x0f && code[1] == 0x05;
}

#endif
