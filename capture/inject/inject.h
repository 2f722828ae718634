/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inject engine, outside of the traced processes: what its parts share.
 * The tracer thread makes arenas, answers traps and signals, patches; the
 * recorder (the thread that calls next) takes records from all rings in the
 * order of time.  doc/inject.md tells the whole.
 */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_H
#define SPOOR_CAPTURE_INJECT_INJECT_H

#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/user.h>

#include "capture/inject/remote.h"
#include "capture/inject/tsc_clock.h"
#include "capture/proc/proc.h"
#include "capture/ptrace/trace.h"
#include "capture/stub/stub.h"

struct booting;
struct inject_thread;

enum slot_state { SLOT_FREE, SLOT_ACTIVE, SLOT_ENDED };

/* What is wrong with a slot, as bits; each is told once. */
enum slot_trouble {
	SLOT_RING_BAD = 1,
	SLOT_TIME_BAD = 2,
	SLOT_CODE_BAD = 4,
	SLOT_UNMAPS = 8,
	SLOT_REFUSED = 16
};

/* A thread's place in an arena, as the recorder sees it. */
struct slot {
	struct arena_map *arena;
	struct stub_fixed *fixed;     /* in the recorder's mapping; */
	struct stub_context *context; /* this is hostile, */
	struct ring *ring;	      /* and this */
	uint32_t ring_size;
	pid_t pid, tid;
	_Atomic int state; /* enum slot_state */
	bool counts_tsc;   /* times in its records are of the counter */
	struct ring_taker taker;
	uint64_t told;	    /* bytes taken that the producer knows of */
	uint64_t seq, tsc;  /* of the record taken last */
	uint64_t lost;	    /* records that are missing, */
	uint64_t lost_told; /* those that the capture says so, */
	uint64_t lost_ns;   /* and when it said so last */
	unsigned troubles;  /* enum slot_trouble */
	unsigned troubles_told;
	_Atomic unsigned told_by_tracer; /* such troubles */
	uint64_t ns;			 /* of the record at hand */
	struct buffer record;		 /* at hand, if len */
	struct slot *next;		 /* of all slots in use */
	struct slot *robust_before, *robust_after;
	bool is_robust; /* in that list */
};

/* Code of a file in a process. */
struct text_range {
	uint64_t from, to;
	uint64_t file_at;	/* of `from', in the file */
	struct text_file *file; /* NULL: what is not to be patched */
};

enum { TEXTS_MAX = 32 };

/*
 * Memory that a process and the recorder have in common.  That of a program
 * has the code as well, which all run that it forks.
 */
struct arena_map {
	uint64_t base; /* in the processes */
	uint8_t *map;  /* here */
	size_t len;
	struct slot *slots;
	uint32_t slot_count, slots_used, slots_free; /* free: a hint */
	_Atomic uint32_t refs; /* tracees, slots, arenas that need it */
	/*
	 * Whose code, and places to jump to, all threads of the process have: the
	 * program's; or itself.  What is known of the code is that one's: sites_at
	 * to has_repeated, and texts.
	 */
	struct arena_map *first;
	/* The process's that stands behind that code; or itself. */
	struct arena_map *home;
	uint64_t sites_at;
	uint64_t alias;	    /* STUB_SITES once more, near the program; or 0 */
	struct map skipped; /* places that cannot be patched */
	struct map patched; /* places that are: address -> struct patch */
	const struct text_file
		*foreseen;	  /* see struct stub_foreseen; or NULL */
	struct text_file *linker; /* NULL: what it mapped first is known */
	bool has_repeated;	  /* patches, by one process after the other */
	pid_t stray_pid;	  /* who has a file open that is ours; or 0 */
	uint64_t stray;		  /* its descriptor */
	bool no_patches;	  /* in this process any more: of its home */
	bool is_one_of_many;	  /* the threads of a process have several */
	bool is_lent;	 /* processes may have their memory in common */
	bool is_partial; /* some threads of its process may have none */
	struct text_range texts[TEXTS_MAX]; /* seen last */
	unsigned text_count;
};

/*
 * What the tracer and the recorder thread share.  Members without a word of
 * their own are constant once both threads run.
 */
struct inject_shared {
	pthread_mutex_t lock; /* held to walk or change the list of slots, */
	struct slot *slots;   /* all in use, and their states */
	/* What the tracer itself reports: it puts, the recorder takes. */
	struct ring *own_ring;
	uint32_t own_ring_len;
	_Atomic bool may_go;	/* the recorder: the first record is wanted */
	_Atomic bool must_stop; /* the recorder: the capture ends */
	_Atomic bool is_started, is_done, has_left; /* the tracer */
	/* Set before is_started, and before is_done. */
	bool has_not_started, has_failed;
	struct error start_error, end_error;
};

/*
 * The tracer thread's half: nobody else touches it while that thread runs, but
 * for tracer.stop_ns, which is atomic, and numbers for people (trace_stats).
 */
struct injector {
	struct tracer tracer;
	struct inject_shared *shared;
	pid_t tid; /* of the tracer thread */
	struct stub_row rows[STUB_ROW_COUNT];
	struct stub_control control;
	uint8_t *image; /* of what programs have in front */
	struct inject_thread *unused_threads;
	size_t decoder;			/* of capstone */
	struct remote_files files_open; /* of the thread asked about last */
	struct proc_early early;	/* of a program that begins */
	struct text_file *files;
	struct stub_changes others; /* of connections: stub_socket.c */
	struct robust_list_head robust;
	struct slot *robust_last;
	unsigned robust_count;
	unsigned filter_count; /* seccomp filters that we live under */
	unsigned stops_told;   /* bits: enum stops_why */
	bool can_ask;	       /* arena_can_ask */
};

/* The half that a tracer belongs to. */
static inline struct injector *injector_of(const struct tracer *tracer)
{
	return tracer->user;
}

/* The recorder's half: of the thread that calls next, and nobody else. */
struct recorder {
	struct inject_shared *shared;
	/* When the tracer began to work on a stop; 0: it does not. */
	const _Atomic uint64_t *tracer_since_ns;
	struct slot own; /* for shared->own_ring */
	struct tsc_clock clock;
	struct slot **heap; /* slots with a record at hand, the oldest first */
	unsigned heap_len, heap_room;
	struct slot *given; /* whose record next returned */
	uint64_t until_ns;  /* what is older may be given */
	uint64_t looked_ns; /* at what there is, last */
	uint64_t last_ns;
	uint64_t seen_tsc; /* the counter was that, or is more */
	uint64_t fullest;  /* bytes there were in one ring since the last nap */
	uint64_t nap_ns;
	uint64_t taken, dropped; /* records */
};

/* inject_rows.c: of a number, or SYSCALL_MAX for all others. */
void inject_fill_row(struct stub_row *to, int nr,
		     const struct capture_options *options);
const struct stub_row *inject_row(const struct injector *c, uint64_t nr);

/* inject_arena.c.  The tracer thread calls these, but for this one. */
void arena_image(struct injector *c);
/* Does the kernel tell who else has opened a memory file?  Also for others. */
bool arena_can_ask(void);

/* Memory that a process has made, fd there, which it has mapped at base. */
struct arena_offer {
	pid_t pid;
	int fd;
	uint64_t base;
	size_t len;
	struct arena_map *of; /* another of its process, or its parent's; or
				 NULL: a program's */
	bool is_child;	      /* its parent's */
};

/*
 * Fills and seals it: from then on nobody can map what the process only reads
 * to be written.  program: its action of SIGSYS.  NULL: it could not be done.
 */
struct arena_map *arena_open(struct injector *c,
			     const struct arena_offer *offer,
			     const struct sigsys_action *program);
void arena_ref(struct arena_map *arena);
void arena_unref(struct arena_map *arena);
size_t arena_len(uint32_t slots);
/* Not all calls about descriptors of its processes are seen by its code: it
 * must ask for the ends of sockets each time. */
void arena_keep_no_ends(const struct arena_map *arena);

/* A slot for a thread, or NULL: all are taken. */
struct slot *slot_open(struct injector *c, struct arena_map *arena, pid_t pid,
		       pid_t tid);
/* The thread has ended: the recorder frees the slot when it is empty. */
void slot_end(struct injector *c, struct slot *slot);
/* Where the context is in the process. */
uint64_t slot_address(const struct slot *slot);
/*
 * The record that the thread's call is building, in hostile memory, and how
 * many bytes it has there; or NULL.
 */
struct raw_record *slot_record(const struct slot *slot, uint32_t *ret_room);
/* Lets the kernel send the thread's calls to the tracer, or not. */
void slot_arm(const struct injector *c, const struct slot *slot, bool armed);
/* What the process may write of itself: hostile. */
struct stub_state *arena_state(const struct arena_map *arena);
/* What it may only read. */
struct stub_own *arena_own(const struct arena_map *arena);
/*
 * What the kernel gets for the program's action of SIGSYS: our handler, in the
 * code at base.
 */
void arena_kernel_action(const struct sigsys_action *program, uint64_t base,
			 struct sigsys_action *ret_action);
/* Is that in the memory of a process, or in its trampolines near the program? */
bool arena_contains(const struct arena_map *arena, uint64_t at);
/* Also whom SIGSYS finds without a slot does as the program says. */
void arena_put_sigsys(const struct arena_map *arena,
		      const struct sigsys_action *action);
/* The place for the thread without a slot: its calls go through. */
uint64_t arena_null_context(const struct arena_map *arena);

/* Completes a copy of the code, which would be at base, for stub_boot. */
void inject_put_action(uint8_t *code, uint64_t base);

/*
 * inject_boot.c: at exec, makes the arena.  The thread runs from begin on, until
 * end has waited for it; false: it goes by stops, and stands.
 */
bool inject_boot_begin(struct injector *c, struct tracee *t,
		       struct booting *ret_booting);
/* False: it does not stand, or is to be heard of again. */
bool inject_boot_end(struct injector *c, struct tracee *t,
		     const struct booting *booting);
/*
 * Sends a thread that stands from b->was to stub_boot, at b->at; it is let go by
 * the caller, and has come there when it stops by SIGTRAP.
 */
bool inject_boot_prepare(struct injector *c, struct tracee *t,
			 struct booting *b);
/* What it needs to go on.  False: it must give way, and goes by stops. */
bool inject_boot_answer(struct injector *c, struct tracee *t,
			const struct booting *b);
/* As if we were dead: to b->was.  False: it is to be heard of again. */
bool inject_give_way(struct injector *c, const struct tracee *t);
/* The thread takes a slot of its arena; it is not armed yet.  False: regs have
 * nobody's. */
bool inject_take_slot(struct injector *c, struct tracee *t,
		      struct user_regs_struct *regs);
/* Calls from elsewhere than the code shall trap; false: it must ask itself. */
bool inject_dispatch(const struct tracee *t);
/* What it goes on with at stub_dispatch. */
void inject_go_on(const struct tracee *t, const struct user_regs_struct *regs,
		  uint64_t mask);

/*
 * inject_birth.c: gives a thread, which stands still, a slot in the memory that
 * it has, and arms it.  False: it goes by stops.
 */
bool inject_arm(struct injector *c, struct tracee *t);
/*
 * The same for one that is new, whose creator has an arena; or it is about to
 * make one of its own (is_booting), when it is let go.
 */
bool inject_birth(struct injector *c, struct tracee *t);
/* It has made it, or not: lets it go on. */
void inject_birth_stop(struct injector *c, struct tracee *t);
/* What was to be mapped then could not be: it gives way, and goes by stops. */
void inject_boot_failed(struct injector *c, struct tracee *t);
enum { INJECT_SLOTS = 15 }; /* of a program: most have few threads */
/* Where trampolines are to be once more; or 0. */
uint64_t inject_far_place(const struct remote_aux *aux);

/*
 * inject_attach.c: as inject_boot, for a thread that runs since before us, at
 * a stop of it; status: as of wait(2).
 */
void inject_attach(struct injector *c, struct tracee *t, int status);

/* inject_sigsys.c.  The program's sigaction(SIGSYS), before it is made and after. */
void sigsys_ask(struct tracee *t, struct user_regs_struct *regs);
void sigsys_answer(struct injector *c, struct tracee *t,
		   const struct raw_record *record);
/* A SIGSYS not of ours has come: it waits, as the program blocks it. */
bool sigsys_waits(struct tracee *t);
/* Its siginfo has the address of a call. */
bool sigsys_has_address(const siginfo_t *info);
/*
 * It is about to be given: its record, if it has one; *sig becomes 0 if it is
 * ignored.
 */
const struct raw_record *sigsys_deliver(struct injector *c, struct tracee *t,
					int *sig);

/*
 * A filter ended the process in the call of its only thread.  Who looks from
 * outside sees that call end, with its number as the result (seccomp(2) leaves
 * it in the register); that of another thread would end without one.
 */
bool sigsys_ended(const struct injector *c, const struct tracee *t, int status);

/*
 * inject_unmap.c: would the call, at which the thread stands, take away memory
 * that calls are recorded in?  Lets it, by stops from then on, or refuses it.
 */
bool inject_unmaps_us(const struct tracee *t,
		      const struct user_regs_struct *regs);
void inject_unmap(struct injector *c, struct tracee *t,
		  struct user_regs_struct *regs);

/* inject_trap.c: the looker of the tracer. */
extern const struct trace_looker inject_looker;

/*
 * inject_fault.c.  Has the thread's own instruction caused the signal that it
 * stands to get?  What kill(2) and its kin send has no si_code of a fault.
 */
bool inject_is_fault(const struct tracee *t, int sig);
/* %gs is the program's own: set by wrgsbase, which is no call. */
bool inject_has_own_gs(const struct tracee *t,
		       const struct user_regs_struct *regs);
/* The process's calls are not sent to the code any more: by stops, this one's. */
void inject_leave_gs(struct injector *c, struct tracee *t);
/*
 * Such a fault of an armed thread.  True: it was none of the program's, and regs
 * are set to go on with, without the signal.
 */
bool inject_fault(struct injector *c, struct tracee *t,
		  struct user_regs_struct *regs);

/*
 * inject_record.c.  The call that an armed thread is in, as if it were made by
 * stops: into t->record, what the code has put of it.
 */
void inject_adopt(struct injector *c, struct tracee *t, int32_t nr);
/* Its number as the kernel has it, at an event of that call. */
int32_t inject_number(const struct tracee *t);
/* What /proc says of a thread, behind what the code has put of its call. */
void inject_add_proc(struct injector *c, struct tracee *t);
/* The call that an armed thread is behind, an exec or a fork that failed. */
void inject_tell_failed(struct injector *c, struct tracee *t);
/* Completes the record of the call that the thread is in, if it has one. */
void inject_end_record(struct slot *slot, int64_t ret, unsigned flags);
/*
 * The call is over, and the code has not gone on yet: does what it would.
 * False: the code must do it.
 */
bool inject_complete(struct injector *c, struct tracee *t, int64_t ret);

/*
 * inject_signal.c: an armed thread stands to get a signal.  Makes it look as
 * without us, and returns the signal; or 0: held to the end of the call.
 */
int inject_signal(struct injector *c, struct tracee *t,
		  struct user_regs_struct *regs, int sig);
/*
 * An armed thread stands to get a signal, or by a stop (trace_wake_of): the call
 * that it was in goes on.  False: there is none of that kind.
 */
bool inject_wake(struct tracee *t, struct user_regs_struct *regs, int status);
/* The code cannot go on: to the call not yet made, or behind it.  The capture
 * will say that somebody changed its memory. */
void inject_leave_code(struct slot *slot, struct user_regs_struct *regs);
/*
 * That end: tells of the call, if it failed (STUB_HOLD_RECORD), and returns the
 * signal held, which the stop now stands for; or 0.
 */
int inject_release(struct injector *c, struct tracee *t,
		   struct user_regs_struct *regs);

/*
 * inject_site.c: makes the call at `at', where the thread stands, jump to the
 * code, if it can.  False: the thread stands elsewhere now, and is to be heard
 * of again; to it, the call has not trapped yet.
 */
bool inject_patch(struct injector *c, struct tracee *t, uint64_t at,
		  uint64_t nr);
/*
 * The same for those that others make, in the first code of a new program at
 * `at' or behind, where its dynamic linker is, if it has one; and in what that
 * will map, as far as can be foreseen.  memory: its own.
 */
void inject_patch_first(struct injector *c, struct tracee *t, int memory,
			uint64_t at, bool is_linker);
/*
 * A process is about to go on from fork(2): what its children have had to patch
 * one by one, the next ones shall find patched.
 */
void inject_spread(struct injector *c, struct tracee *t);
void inject_forget_files(struct injector *c);
/* Stands at an instruction that a patch has moved: to where that was. */
bool inject_unmove(const struct tracee *t, struct user_regs_struct *regs);
/* Is this the first byte of a patch? */
bool inject_is_patched(const struct arena_map *arena, uint64_t at);
/* Undoes all patches in this process, and makes no more. */
void inject_unpatch(struct tracee *t);

/* inject_merge.c: the recorder's side. */
/* Gives the next record in time order: 1, or 0 (none may be given yet). */
int inject_take(struct recorder *r, const struct raw_record **ret_record);
/* No slot is in use and nothing is left. */
bool inject_is_empty(struct recorder *r);
void inject_merge_free(struct recorder *r);

#endif
