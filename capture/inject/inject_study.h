/* SPDX-License-Identifier: Apache-2.0 */
/* The code around a call: can it be patched? */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_STUDY_H
#define SPOOR_CAPTURE_INJECT_INJECT_STUDY_H

#include "capture/inject/inject_arena.h"

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

/* How many bytes are changed where the program runs. */
static inline size_t site_changed(const struct site *site)
{
	return site->before ? JUMP_LEN : HOP_LEN;
}

/* The bytes that stood there. */
static inline const void *site_restored(const struct site *site)
{
	return site->before ? (const void *)site->was : "\x0f\x05";
}

/* How many bytes of site->was a place is recognised by. */
static inline size_t site_known_len(const struct site *site)
{
	return site->pad ? (size_t)JUMP_LEN : site->before;
}

/* Is that the instruction syscall? */
static inline bool is_call(const uint8_t *code)
{
	return code[0] == 0x0f && code[1] == 0x05;
}

/* A call that a process has made. */
struct made_call {
	pid_t pid;
	const struct text_range *text; /* the mapping it is in */
	uint64_t at;		       /* its address */
	uint64_t nr;
};

/*
 * Finds out how a call can be patched, from the code around it.  decoder:
 * capstone's handle.  False: it cannot be, or there is no call.
 */
bool site_study(size_t decoder, const struct made_call *call,
		struct site *ret_site);

#endif
