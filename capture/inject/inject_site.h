/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of the calls in files' code, and the trampolines of patches.
 * All of it is the tracer thread's. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_SITE_H
#define SPOOR_CAPTURE_INJECT_INJECT_SITE_H

#include "capture/inject/inject_study.h"

/*
 * A file with code: each call in it is decoded once, and those that other
 * programs made are patched when the code is first seen in a process.
 */
struct text_file {
	uint64_t device, inode;
	struct map sites;	   /* offset in the file -> struct site */
	struct stub_mapped mapped; /* as a program told of it */
	/* Of a dynamic linker: the library that its programs make calls in, */
	const struct text_file *library;
	/*
	 * its first bytes (NULL: not known), and where its code is from there.
	 */
	uint8_t *head;
	struct text_range text;
	struct text_file *next;
};

/* A call that jumps to the code, in an arena's processes. */
struct patch {
	const struct site *site;
	uint64_t at; /* the call */
	uint64_t trampoline;
	unsigned times; /* that it was patched, in one process or another */
};

/* The file with that inode, made if it is new; a view until site_forget. */
struct text_file *site_file(struct injector *c, uint64_t device,
			    uint64_t inode);

/* Frees all files. */
void site_forget(struct injector *c);

/* What is known of a call in a file's code, studied if it is new; a view until
 * site_forget. */
struct site *site_of(struct injector *c, const struct made_call *call);

/*
 * Calls of a file that two programs made, in order, into ret_sites (keys:
 * offsets in the file); returns how many, at most max.
 */
unsigned site_popular(const struct text_file *file, struct map_slot **ret_sites,
		      unsigned max);

/* The address of a call, by its key, where the file is mapped; 0: not in that
 * mapping. */
uint64_t site_address(const struct text_range *text, uint64_t key);

/* The code that an address is in, among that seen in the arena; or NULL. */
const struct text_range *site_text(const struct arena_map *arena, uint64_t at);

/* The code has been seen. */
void site_add_text(struct arena_map *arena, struct text_range text);

/* Writes the trampoline for a call; after: the address behind the call. */
void site_trampoline(struct stub_site *to, uint64_t after,
		     const struct site *site);

/*
 * What to change for the call at `at', whose trampoline is made if it is new:
 * the jump, then the hop to it if that is needed; returns how many. 0: there is
 * no room for the trampoline.
 */
unsigned site_edits(struct arena_map *arena, const struct site *site,
		    uint64_t at, struct stub_edit ret_edits[2]);

/* Counts that the call was patched in one more process; patches that repeat are
 * spread at forks (inject_spread). */
void site_count_patch(struct arena_map *arena, const struct site *site,
		      uint64_t at);

/* Is this the first byte of a patch? */
bool site_is_patched(const struct arena_map *arena, uint64_t at);

#endif
