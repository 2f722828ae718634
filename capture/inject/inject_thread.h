/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tracees as the engine knows them: their arena, slot and way of recording.
 * All of it by the tracer thread.
 */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_THREAD_H
#define SPOOR_CAPTURE_INJECT_INJECT_THREAD_H

#include <signal.h>

#include "capture/inject/inject_arena.h"

/* How a thread makes an arena by stub_boot. */
struct booting {
	uint64_t at;	 /* address of stub_boot there */
	size_t len;	 /* of the arena, in bytes */
	uint64_t where;	 /* address for it, or 0: any; and BOOT_* */
	uint64_t alias;	 /* address for the trampolines once more; 0: none */
	uint64_t code;	 /* where the program's first code is; 0: no patches */
	bool has_linker; /* that is its dynamic linker's */
	int memory;	 /* of remote_memory, of a program's process */
	struct user_regs_struct was; /* where the thread goes on, */
	uint64_t mask;		     /* with these signals blocked */
};

/* What the engine knows of a tracee: tracee.user. */
struct inject_thread {
	struct arena_map *arena; /* NULL: slow path only; else a reference */
	struct slot *slot;	 /* NULL: the same for this thread */
	pid_t parent;		 /* the process that made this one, or 0 */
	int held_signal; /* held until the call at hand is over; 0: none */

	/* How it came. */
	bool is_new;	  /* its first stop is to come */
	bool is_tried;	  /* was tried to attach to */
	bool is_guest;	  /* runs in the memory of a parent without arena */
	bool is_forked;	  /* of a forked process, without an arena yet */
	bool is_filtered; /* inherits seccomp filters of the program */
	/* How its calls are recorded. */
	bool is_booting; /* makes an arena: boot */
	bool is_slow;	 /* one call on the slow path, then armed again */
	bool stops_only; /* all calls on the slow path, until it executes */
	bool is_secured; /* its call has trapped: regs and info are put back */
	/* SIGSYS, which is ours and the program's. */
	bool blocks_sigsys; /* as the program believes */
	bool asks_sigsys;   /* its call at hand sets the action `asked' */
	bool is_dying;	    /* SIGSYS ends it, and is sent again by the stub */

	uint64_t way_out; /* born in the stub: where it leaves that; or 0 */
	struct booting boot;
	uint64_t boot_failed; /* address where it stops if that failed */
	struct user_regs_struct regs;
	siginfo_t info;
	struct sigsys_action sigsys; /* the program's action */
	struct sigsys_action asked;
	uint64_t kept_rsi; /* the program's, changed for that call; or 0 */
	siginfo_t dying_info;
	siginfo_t held_info; /* of the held signal, and the mask to put back */
	uint64_t held_mask;

	struct inject_thread *next; /* free list */
};

/* What the engine knows of a tracee; made, empty, if there is nothing yet.  The
 * tracee's until it ends. */
struct inject_thread *inject_thread_of(struct injector *c, struct tracee *t);

/* The address of the stub that the thread runs, which has an arena. */
static inline uint64_t inject_code(const struct inject_thread *i)
{
	return i->arena->program->base;
}

/* The arena that has this stub, and the trampolines. */
static inline struct arena_map *inject_code_arena(const struct tracee *t)
{
	return ((const struct inject_thread *)t->user)->arena->program;
}

/* Is the thread, stopped for an event that is no signal, in a call that the
 * stub makes? */
bool inject_is_in_code(const struct tracee *t);

/* Gives back the slot and the arena, if the thread has them. */
void inject_leave_arena(struct injector *c, struct inject_thread *i);

/* Takes over from the slot whether the program blocks SIGSYS, which new
 * threads and programs inherit. */
void inject_keep_mask(struct inject_thread *i);

/*
 * All calls of the thread, which has a slot, go on the slow path from now on.
 */
void inject_retire(struct injector *c, struct tracee *t);

/* Tracees known to be of a process; pid 0: those whose process is not known. */
unsigned inject_thread_count(const struct injector *c, pid_t pid);

/* The process that made this one, or 0. */
pid_t inject_parent(const struct injector *c, pid_t pid);

/* A thread of the process that has an arena; or NULL. */
const struct inject_thread *inject_with_arena(const struct injector *c,
					      pid_t pid);

/* Has some thread of t's process no slot, so that it would not get through
 * patched code? */
bool inject_is_partial(const struct injector *c, const struct tracee *t);

/* Tells all arenas that a call on the slow path, which may end connections of
 * other processes, begins or is over. */
void inject_tell_others(struct injector *c, bool begins);

#endif
