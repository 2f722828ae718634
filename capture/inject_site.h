/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patching: what is known of a call in a file's code (inject_study.c), and
 * changes in the code of a process (inject_edit.c).
 */
#ifndef SPOOR_CAPTURE_INJECT_SITE_H
#define SPOOR_CAPTURE_INJECT_SITE_H

#include <string.h>

#include "capture/inject.h"

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

/*
 * Finds out how the call nr at `at' can be patched: reads the code around it.
 * False: it cannot, or is no call.
 */
bool site_study(size_t decoder, pid_t pid, const struct text_range *text,
		uint64_t at, uint64_t nr, struct site *ret_site);

/*
 * Changes in a process's code.  Where nobody else runs it, those in a page are
 * written together.
 */
struct edit {
	struct arena_map *arena;
	int memory;
	bool is_alone;
	bool is_loaded;
	uint64_t page;
	size_t from, to; /* changed in it */
	uint8_t bytes[CODE_PAGE];
};

/* Begins to change the code of a process; memory: inject_open_memory's. */
void edit_begin(struct edit *ret_edit, const struct capture *c,
		const struct tracee *t, int memory);
/* Reads at most a page, as changed so far. */
bool edit_get(struct edit *e, uint64_t from, void *to, size_t len);
/* Writes now, or later together with others. */
bool edit_put(struct edit *e, uint64_t to, const void *from, size_t len);
/*
 * Changes code.  Where other threads may be running it, each step leaves whole
 * instructions; who meets the int3 in between is sent back (inject_trap.c).
 */
bool edit_patch(struct edit *e, uint64_t at, const uint8_t *bytes, size_t len);
/* Writes what is left; false: not all could be. */
bool edit_end(struct edit *e);

/* A mapping of a process. */
struct mapping {
	uint64_t from, to;
	uint64_t file_at;	/* of `from', in the file */
	uint64_t device, inode; /* inode 0: no file's */
	bool is_private_code;	/* and nobody can write there */
};

/*
 * inject_maps.c: the first mapping with code that ends behind `at'; or false.
 * maps: inject_maps's.
 */
bool mapping_find(int maps, uint64_t at, struct mapping *ret_mapping);

/* The instruction. */
static inline bool is_call(const uint8_t *code)
{
	return code[0] == 0x0f && code[1] == 0x05;
}

#endif
