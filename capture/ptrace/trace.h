/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tracing by ptrace(2): the threads under it, their stops, and the records
 * that stops give.  All of the ptrace engine, and the slow path of inject,
 * which looks at each stop first.  One thread does it all: ptrace wants the
 * calls of a tracee's tracer from the thread that is it.
 */
#ifndef SPOOR_CAPTURE_PTRACE_TRACE_H
#define SPOOR_CAPTURE_PTRACE_TRACE_H

#include <sys/types.h>

#include "capture/capture.h"
#include "capture/proc/proc.h"
#include "capture/record/copy.h"
#include "core/map.h"

struct __ptrace_syscall_info;
struct user_regs_struct;

struct tracee {
	pid_t tid, pid;
	bool in_syscall;
	bool waits;	 /* a new thread whose creator was not heard yet */
	bool is_known;	 /* its creator was heard */
	bool is_gone;	 /* has ended, or was let go for good */
	bool is_armed;	 /* runs injected code: goes on without syscall stops */
	bool has_one_id; /* /proc's pid namespace is its own, its children's */
	bool is_again;	 /* the call that begins next is still the last one */
	uint64_t call;	 /* counts those that it has begun, by stops */
	/* Until then the call that was begun again may wait; 0: not known. */
	uint64_t until_ns, until_of;
	uint64_t flags; /* of the clone(2) that made it; 0: not known */
	struct buffer record;
	const struct syscall_row *row;
	struct tracee *next; /* free list */
	void *user;	     /* of the looker's */
};

struct tracer;

/* What another engine wants to know first; all of them or none. */
struct trace_looker {
	/*
	 * A stop of a tracee.  True: handled, the tracee was let go, and
	 * *ret_record is its record, or NULL.
	 */
	bool (*stopped)(struct tracer *tracer, struct tracee *t, int status,
			const struct raw_record **ret_record);
	/*
	 * A thread (NULL: a new one) has stopped by sig, and waits for that to
	 * be waited for.  True: the signal is the engine's own, and should the
	 * tracer be killed from now on, the thread goes on well without it.
	 */
	bool (*secure)(const struct tracer *tracer, struct tracee *t, int sig);
	/* A thread tells of a new one, which has not run yet. */
	void (*born)(struct tracer *tracer, struct tracee *t,
		     struct tracee *creator);
	/* The same thread, when that one may have gone on. */
	void (*created)(struct tracer *tracer, struct tracee *creator);
	/* A thread has ended; status: as of wait(2). */
	void (*ended)(struct tracer *tracer, struct tracee *t, int status);
	/* All are about to be let go, one after the other. */
	void (*ending)(struct tracer *tracer);
	/*
	 * A stopped thread is about to be let go for good.  Returns the
	 * signal to go on with; sig: what it stopped for, or 0.
	 */
	int (*leaving)(struct tracer *tracer, struct tracee *t, int sig);
};

struct tracer {
	struct capture_options options;
	struct copier copier;
	struct map tracees; /* tid -> struct tracee */
	struct tracee *unused;
	struct buffer extra; /* records that belong to no call */
	/*
	 * Stops that wait(2) told of, those before next are handled.  A tracee
	 * in the others stands still: who waits for it itself waits for ever.
	 */
	struct buffer heard;
	size_t next;
	unsigned seen;	 /* times in a row that a signal was all it heard */
	unsigned events; /* heard */
	_Atomic uint64_t stop_ns; /* works on a stop since; or 0 */
	struct {
		pid_t tid;
		uint32_t len;
		_Alignas(8) uint8_t proc[PROC_CLONE_MAX];
	} creator;
	struct capture_stats stats;
	const struct trace_looker *looker; /* or NULL */
	void *user;			   /* the looker's */
	pid_t command;
	bool ignores_setxid; /* as trace_ignores_setxid said at the start */
	int command_status;
	bool launched;	/* the command's first exec was seen */
	bool runs;	/* and it succeeded; */
	int exec_errno; /* or failed, so far */
	bool released;	/* the command was let go */
	int cpu;
	unsigned stops;
	/* The last signal given, while its thread has not run since. */
	struct {
		pid_t pid, tid;
		int sig;
		pid_t held; /* a thread that waits for what it does; or 0 */
	} last;
	bool may_idle; /* SCHED_IDLE can be entered and left */
	bool is_idle;
	uint64_t looked_ns, waited_ns; /* at the last look */
	unsigned looked_stops;
	uint64_t busy_until_ns, busy_ns; /* after it starved: trace_cpu.c */
};

/* trace_start.c: launches or attaches, as options say.  0 or -1. */
int trace_start(struct tracer *tracer, const struct capture_options *options,
		struct error *err);

/*
 * Waits for the next stop that gives a record: 1.  0: interrupted by a
 * signal, or *ret_done: no tracee is left.
 */
int trace_next(struct tracer *tracer, const struct raw_record **ret_record,
	       bool *ret_done, struct error *err);

/*
 * Is the signal that libc has for its threads ignored?  Its threads then
 * take it over, and the command must find it ignored: to be asked before
 * there are any.
 */
bool trace_ignores_setxid(void);

/* trace.c: lets all go on untraced, and frees what it holds (not the tracer). */
void trace_stop(struct tracer *tracer);

/*
 * Waits for the next stop of one tracee that was let go.  False: it has ended
 * instead, which trace_next tells of later.
 */
bool trace_wait(struct tracer *tracer, pid_t tid, int *ret_status);
/* It stands still where that said, and trace_next is to look at it again. */
void trace_hear(struct tracer *tracer, pid_t tid, int status);

/* What capture.h says of an engine's stats and pids. */
void trace_stats(const struct tracer *tracer, struct capture_stats *ret_stats);
unsigned trace_pids(const struct tracer *tracer, pid_t *pids, unsigned max);

/* Lets a stopped tracee go on, with a signal or 0. */
void trace_resume(const struct tracer *tracer, const struct tracee *t, int sig);

/* Who has executed a program: t, or another thread that has become t. */
struct tracee *trace_executor(const struct tracer *tracer, struct tracee *t);
/* That has happened; if by another thread, its call is t's now. */
void trace_exec(struct tracer *tracer, struct tracee *t, struct tracee *by);

/* trace_call.c: the records; views until the next call for that tracee. */
const struct raw_record *trace_enter(struct tracer *tracer, struct tracee *t,
				     const struct __ptrace_syscall_info *info);
const struct raw_record *trace_leave(struct tracer *tracer, struct tracee *t,
				     int64_t ret);
const struct raw_record *trace_syscall(struct tracer *tracer, struct tracee *t);
const struct raw_record *trace_signal(struct tracer *tracer,
				      const struct tracee *t, int sig);
/* A new thread: the process that it belongs to; its record, as of now_ns. */
void trace_child_process(const struct tracer *tracer, struct tracee *t,
			 struct tracee *creator);
const struct raw_record *trace_born(struct tracer *tracer, struct tracee *t,
				    struct tracee *creator, uint64_t now_ns);
const struct raw_record *
trace_end(struct tracer *tracer, const struct tracee *t, pid_t tid, int status);

/* The tracee by thread id, or NULL. */
struct tracee *trace_find(const struct tracer *tracer, pid_t tid);
/* A new one, whose process is not known yet. */
struct tracee *trace_add(struct tracer *tracer, pid_t tid);
void trace_find_process(struct tracee *t);

/* trace_wake.c.  Does it stop a process, by default? */
bool trace_stops_group(int sig);
/* What a signal does to the process of a thread; CAUGHT if it is gone. */
enum signal_effect { SIGNAL_CAUGHT, SIGNAL_IGNORED, SIGNAL_STOPS, SIGNAL_ENDS };
enum signal_effect trace_effect(pid_t tid, int sig);

enum wake {
	WAKE_NOTHING, /* natively it would have ended, too; or has not */
	WAKE_AGAIN,   /* it is to be made again, with the registers given */
	WAKE_ENDS     /* it has ended: by the result given */
};
/*
 * A thread stands to get a signal, or by a stop: is the call that it was in to go
 * on?  status: as of wait(2); call: tells its calls apart.
 */
enum wake trace_wake_of(struct tracee *t, int status, uint64_t call,
			struct user_regs_struct *regs);
/* The same, and the thread goes on so; one that runs injected code does not. */
void trace_wake(struct tracee *t, int status);

/*
 * What /proc says (PROC_CLONE) of a thread that stands as it makes another:
 * read once for both, into tracer->creator.  Its length.
 */
uint32_t trace_read_creator(struct tracer *tracer, struct tracee *t);

/* The steady clock that records are timed by: since the boot; wall.h. */
uint64_t trace_now_ns(void);

/* trace_cpu.c: at each stop, moves to where the tracee runs. */
void trace_follow(struct tracer *tracer, pid_t tid);
void trace_move(struct tracer *tracer, int cpu);
/* Can a process get back from SCHED_IDLE?  sched(7): not without rights. */
bool trace_can_leave_idle(void);

#endif
