/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arenas: memory that a traced process and the recorder share, laid out as in
 * stub.h; and their slots, one for each thread.  All functions are the tracer
 * thread's, but for arena_ref, arena_unref and arena_contains, which are
 * anybody's.
 */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_ARENA_H
#define SPOOR_CAPTURE_INJECT_INJECT_ARENA_H

#include "capture/inject/injector.h"

enum slot_state { SLOT_FREE, SLOT_ACTIVE, SLOT_ENDED };

/* What is wrong with a slot, as bits; the capture says each once. */
enum slot_trouble {
	SLOT_RING_BAD = 1,
	SLOT_TIME_BAD = 2,
	SLOT_CODE_BAD = 4,
	SLOT_UNMAPS = 8,
	SLOT_REFUSED = 16
};

/*
 * A thread's place in an arena.  The tracer fills it, under the lock, before it
 * is active; then each member is of the thread that its part is headed by.
 */
struct slot {
	/* Constant while the slot is in use; context and ring point to memory
	 * that the traced process writes: hostile. */
	struct arena_map *arena;
	struct stub_fixed *fixed;
	struct stub_context *context;
	struct ring *ring;
	uint32_t ring_size; /* bytes */
	pid_t pid, tid;
	bool counts_tsc; /* record times are counts; else ns (the tracer's) */

	/* Shared. */
	_Atomic int state;		 /* enum slot_state */
	_Atomic unsigned told_by_tracer; /* troubles that the tracer has seen */
	struct slot *next;		 /* in the list of slots: the lock */

	/* The recorder's. */
	struct ring_taker taker;
	uint64_t told;		/* of the bytes taken, told to the ring */
	uint64_t seq, tsc;	/* of the record taken last */
	uint64_t lost;		/* records that are missing */
	uint64_t lost_told;	/* of these, noted in the capture, */
	uint64_t lost_ns;	/* at that time */
	unsigned troubles;	/* enum slot_trouble */
	unsigned troubles_told; /* of these, noted in the capture */
	uint64_t ns;		/* time of the record at hand */
	struct buffer record;	/* the record at hand; len 0: none */

	/* The tracer's: the robust list. */
	struct slot *robust_before, *robust_after;
	bool is_robust; /* in that list */
};

/* A mapping of a file's code in a process. */
struct text_range {
	uint64_t from, to;
	uint64_t file_at;	/* where `from' is in the file */
	struct text_file *file; /* NULL: code that is not patched */
};

enum { TEXTS_MAX = 32 };

/*
 * An arena.  That of a program also has the code and the trampolines, which all
 * processes forked from the program run.  Members without a word are constant
 * or the tracer's.
 */
struct arena_map {
	uint64_t base; /* its address in the processes */
	uint8_t *map;  /* and here */
	size_t len;
	struct slot *slots; /* slot_count of them; the lock */
	uint32_t slot_count, slots_used;
	uint32_t slots_free;   /* free slots among those used; the lock */
	_Atomic uint32_t refs; /* tracees, slots, arenas that need it */
	/*
	 * The program's arena, whose stub and trampolines the threads run; or
	 * this one.  The members from sites_at to has_repeated, and texts,
	 * count in that one only.
	 */
	struct arena_map *program;
	/* The first arena of this process, which has the stub at its address;
	 * or this one. */
	struct arena_map *process;
	uint64_t sites_at;  /* offset of the next trampoline */
	uint64_t alias;	    /* STUB_SITES near the program; or 0 */
	struct map skipped; /* addresses of calls that cannot be patched */
	struct map patched; /* address of the first byte -> struct patch */
	/* The library whose calls the process patches itself; or NULL. */
	const struct text_file *foreseen;
	/*
	 * The dynamic linker, until the first mapping of it is known; or NULL.
	 */
	struct text_file *linker;
	bool has_repeated; /* several processes made the same patch */
	/* The process that has a descriptor open which a remote call could not
	 * close, or 0; and the descriptor: inject_page.c. */
	pid_t open_pid;
	uint64_t open_fd;
	bool no_patches;     /* no more of them: counts in `process' */
	bool is_one_of_many; /* its process has several arenas */
	bool is_lent;	     /* processes may share its memory */
	bool is_partial;     /* threads may have no arena */
	struct text_range texts[TEXTS_MAX]; /* seen last */
	unsigned text_count;
};

/* Prepares c->image from c->control and c->rows. */
void arena_image(struct injector *c);

/* Does the kernel tell whether others have opened a memory file?  For any
 * thread. */
bool arena_can_ask(void);

/* Memory that a process has made: its descriptor there, mapped at base. */
struct arena_offer {
	pid_t pid;
	int fd;
	uint64_t base;
	size_t len;
	/* Another arena of the process, or its parent's (is_child); NULL: this
	 * is a program's first. */
	struct arena_map *of;
	bool is_child;
};

/*
 * Maps, sizes, fills and seals the memory offered: from then on no process can
 * map it to be written.  program: the process's action of SIGSYS.  Returns a
 * new arena with one reference; NULL: it cannot be done, or others have the
 * memory open.
 */
struct arena_map *arena_open(struct injector *c,
			     const struct arena_offer *offer,
			     const struct sigsys_action *program);

/* Takes a reference. */
void arena_ref(struct arena_map *arena);
/* Gives one back; the last one frees the arena.  Accepts NULL. */
void arena_unref(struct arena_map *arena);

/* Bytes of an arena with so many slots. */
size_t arena_len(uint32_t slots);

/* Is the address in the arena that the code of `arena' is in, or in its
 * trampolines near the program? */
bool arena_contains(const struct arena_map *arena, uint64_t at);

/* The part that the process only reads; a view in our mapping. */
struct stub_own *arena_own(const struct arena_map *arena);
/* The part that the process writes itself: hostile; a view. */
struct stub_state *arena_state(const struct arena_map *arena);

/* From now on the code asks the kernel for the ends of sockets each time: not
 * all calls about the process's descriptors are seen by it. */
void arena_keep_no_ends(const struct arena_map *arena);

/* The program's action of SIGSYS, for threads without a slot as well. */
void arena_put_sigsys(const struct arena_map *arena,
		      const struct sigsys_action *action);

/* What the kernel gets instead of the program's action of SIGSYS: our handler,
 * in the code at address `base'. */
void arena_kernel_action(const struct sigsys_action *program, uint64_t base,
			 struct sigsys_action *ret_action);

/* The address of the context for threads without a slot, whose calls go
 * through unrecorded. */
uint64_t arena_null_context(const struct arena_map *arena);

/* Writes addresses for stub_boot into a copy of the code, which is to be at
 * address `base'. */
void arena_put_boot_action(uint8_t *code, uint64_t base);

/* A slot for a thread, active from then on, with a reference to the arena;
 * NULL: all are taken. */
struct slot *slot_open(struct injector *c, struct arena_map *arena, pid_t pid,
		       pid_t tid);

/* The thread has ended: the recorder frees the slot once its ring is empty. */
void slot_end(struct injector *c, struct slot *slot);

/* The address of the slot's context in the process: %gs. */
uint64_t slot_address(const struct slot *slot);

/*
 * The record that the code is building for the thread's call, a view in hostile
 * memory, and the bytes that there are for it; NULL: there is none.
 */
struct raw_record *slot_record(const struct slot *slot, uint32_t *ret_room);

/* Sets the selector: do calls of the thread from elsewhere than the code trap
 * (armed), or go through? */
void slot_arm(const struct injector *c, const struct slot *slot, bool armed);

#endif
