/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tracees as the engine knows them: their arena, slot and way of recording.
 * All of it by the tracer thread.
 */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_THREAD_H
#define SPOOR_CAPTURE_INJECT_INJECT_THREAD_H

#include <signal.h>

#include "capture/inject/inject_arena.h"

/* Where stub_boot runs, and what for. */
struct booting {
	uint64_t at;	 /* the code */
	size_t len;	 /* of the arena, */
	uint64_t where;	 /* and where: 0, anywhere; with BOOT_* */
	uint64_t alias;	 /* for the trampolines once more; 0: not */
	uint64_t code;	 /* that a program begins with, */
	bool has_linker; /* which is its linker's */
	int memory;	 /* of a program's process */
	struct user_regs_struct was;
	uint64_t mask;
};

/* What the engine knows of a tracee: tracee.user. */
struct inject_thread {
	struct arena_map *arena;     /* NULL: runs by stops only */
	struct slot *slot;	     /* NULL: this thread does */
	bool is_new;		     /* its first stop is to come */
	pid_t parent;		     /* the process that made this one, or 0 */
	bool is_tried;		     /* to attach to */
	bool is_guest;		     /* in the memory of a parent without one */
	bool is_forked;		     /* new, and has memory of its own */
	bool is_filtered;	     /* and seccomp filters of its parent's */
	bool is_booting;	     /* it makes its arena: */
	struct booting boot;	     /* so */
	uint64_t boot_failed;	     /* where it stops if it could not */
	bool is_slow;		     /* one call by stops, then armed again */
	bool stops_only;	     /* all calls by stops, until it executes */
	bool blocks_sigsys;	     /* as the program believes */
	struct sigsys_action sigsys; /* the program's, of SIGSYS; */
	struct sigsys_action asked;  /* and what its call is to set, */
	bool asks_sigsys;	     /* if it is one */
	bool is_dying;		     /* by SIGSYS, which is sent again */
	siginfo_t dying_info;
	uint64_t kept_rsi; /* of a call made with another; or 0 */
	uint64_t way_out;  /* of a new one that is in the code; or 0 */
	bool is_secured;   /* its call has trapped: these are its */
	struct user_regs_struct regs;
	siginfo_t info;
	int held_signal; /* waits for the end of a call */
	siginfo_t held_info;
	uint64_t held_mask;
	struct inject_thread *next; /* free list */
};

/* That of a tracee; made, empty, if it has none. */
struct inject_thread *inject_thread_of(struct injector *c, struct tracee *t);

/* The address of the code that the thread runs, which has an arena. */
static inline uint64_t inject_code(const struct inject_thread *i)
{
	return i->arena->first->base;
}

/* The arena that has this code. */
static inline struct arena_map *inject_code_arena(const struct tracee *t)
{
	return ((const struct inject_thread *)t->user)->arena->first;
}

/*
 * Is the thread, which has stopped for an event that is no signal, in a call
 * that our code makes?
 */
bool inject_is_in_code(const struct tracee *t);

/* Gives back the slot and the arena, if the thread has them. */
void inject_leave_arena(struct injector *c, struct inject_thread *i);

/* Takes over from the slot whether the program blocks SIGSYS, which new
 * threads and programs inherit. */
void inject_keep_mask(struct inject_thread *i);

/* All calls of the thread, which has a slot, go by stops from now on. */
void inject_retire(struct injector *c, struct tracee *t);

/* Tracees known to be of a process; pid 0: those whose process is not known. */
unsigned inject_thread_count(const struct injector *c, pid_t pid);

/* The process that made this one, or 0. */
pid_t inject_parent(const struct injector *c, pid_t pid);

/* A thread of the process that has an arena; or NULL. */
const struct inject_thread *inject_with_arena(const struct injector *c,
					      pid_t pid);

/* Would some thread of t's process find no slot in patched code? */
bool inject_is_partial(const struct injector *c, const struct tracee *t);

/* Tells all arenas that a call by stops, which may end connections of other
 * processes, begins or is over. */
void inject_tell_others(struct injector *c, bool begins);

#endif
