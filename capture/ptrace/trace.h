/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tracing by ptrace(2): the threads under it, their stops, and the records that
 * stops give.  All of the ptrace engine, and the slow path of inject, whose
 * callbacks see each stop first.  One thread calls all of this: ptrace(2) takes
 * requests only from the thread that is the tracer.
 */
#ifndef SPOOR_CAPTURE_PTRACE_TRACE_H
#define SPOOR_CAPTURE_PTRACE_TRACE_H

#include <sys/types.h>

#include "capture/capture.h"
#include "capture/proc/proc.h"
#include "capture/record/copy.h"
#include "core/map.h"

struct user_regs_struct;

struct tracee {
	pid_t tid, pid;	 /* pid 0: its process is not known yet */
	bool in_syscall; /* by stops */
	bool waits;	 /* a new thread, stopped until its creator's event */
	bool is_known;	 /* its creator's event was handled */
	bool is_gone;	 /* has ended, or was detached */
	bool is_armed;	 /* runs injected code: resumed without syscall stops */
	bool has_one_id; /* the pid namespace of its process and of the
			    children is that of /proc */
	bool is_again;	 /* the call that begins next is still the last one */
	uint64_t call;	 /* calls begun, by stops */
	/*
	 * When the call that was begun again must end, in steady ns, and the
	 * call that is meant (trace_wake_of); 0: not known.
	 */
	uint64_t until_ns, until_of;
	uint64_t flags;	      /* of the clone(2) that made it; 0: not known */
	struct buffer record; /* of the call that it is in */
	const struct syscall_row *row; /* of that call */
	struct tracee *next;	       /* free list */
	void *user;		       /* the callbacks' */
};

struct tracer;

/* Callbacks of another engine; all of them, or no struct. */
struct trace_callbacks {
	/*
	 * A tracee has stopped (status: as of wait(2)).  True: handled, the
	 * tracee was resumed, and *ret_record is its record, or NULL.
	 */
	bool (*stopped)(struct tracer *tracer, struct tracee *t, int status,
			const struct raw_record **ret_record);
	/*
	 * A thread (NULL: a new one) has stopped by a signal, and wait(2) has
	 * not taken the stop yet.  True: the signal is the engine's own, and
	 * the thread goes on well without it, should the tracer be killed from
	 * now on.
	 */
	bool (*secure)(const struct tracer *tracer, struct tracee *t, int sig);
	/* The creator's event names a new thread, which has not run yet. */
	void (*born)(struct tracer *tracer, struct tracee *t,
		     struct tracee *creator);
	/* The same creator, after the new thread was resumed. */
	void (*created)(struct tracer *tracer, struct tracee *creator);
	/* A thread has ended; status: as of wait(2). */
	void (*ended)(struct tracer *tracer, struct tracee *t, int status);
	/* All tracees are about to be detached, one after the other. */
	void (*ending)(struct tracer *tracer);
	/*
	 * A stopped thread is about to be detached.  Returns the signal to
	 * deliver; sig: what it stopped for, or 0.
	 */
	int (*leaving)(struct tracer *tracer, struct tracee *t, int sig);
	/* All were detached, and this one is freed: what it has, too. */
	void (*forgotten)(struct tracer *tracer, struct tracee *t);
};

/* The threads under ptrace(2).  Its thread's alone, but for stop_ns. */
struct tracer {
	struct capture_options options;
	struct copier copier;
	struct map tracees;    /* tid -> struct tracee */
	struct tracee *unused; /* free list */
	struct buffer extra;   /* the last record that belongs to no call */
	/*
	 * Pending stops: those that wait(2) has returned; the ones before the
	 * offset `next' are handled.  The others' threads stand still: to wait
	 * for one of them would be to wait for ever.
	 */
	struct buffer pending;
	size_t next;
	unsigned seen;	 /* collections in a row that ended with a signal that
			    was only looked at */
	unsigned events; /* collected */
	/* When the work on the stop at hand began, in steady ns; 0: none.  Read
	 * by the recorder of inject. */
	_Atomic uint64_t stop_ns;
	/* What /proc says of the thread that is creating another. */
	struct {
		pid_t tid; /* 0: nothing is kept */
		uint32_t len;
		_Alignas(8) uint8_t proc[PROC_CLONE_MAX];
	} creator;
	struct capture_stats stats;
	const struct trace_callbacks *callbacks; /* or NULL */
	void *user;				 /* the callbacks' */
	pid_t command;				 /* 0: none was launched */
	bool ignores_setxid; /* trace_ignores_setxid at the start */
	int command_status;  /* as of wait(2); -1: it has not ended */
	bool launched;	     /* the command's first exec was seen, */
	bool runs;	     /* and it succeeded, */
	int exec_errno;	     /* or failed so */
	bool released;	     /* the command was let go */
	int cpu;	     /* that the tracer follows tracees to; -1: none */
	unsigned stops;	     /* handled */
	/* The last signal delivered, while its thread has not run since. */
	struct {
		pid_t pid, tid;
		int sig;
		pid_t held; /* a thread that must wait for its effect; or 0 */
	} last;
	bool may_idle; /* SCHED_IDLE can be entered and left */
	bool is_idle;
	/* What trace_cpu.c measured last, and until when the tracer takes its
	 * full share of a CPU; steady ns. */
	uint64_t looked_ns, waited_ns;
	unsigned looked_stops;
	uint64_t busy_until_ns, busy_ns;
};

/*
 * trace_start.c: launches the command, or attaches to processes, as the options
 * say, which must stay.  0 or -1; trace_stop is called on failure.
 */
int trace_start(struct tracer *tracer, const struct capture_options *options,
		struct error *err);

/*
 * Handles pending stops until one gives a record, and waits for stops if none
 * are pending: 1, and a view of the record, valid until the next call.  0:
 * interrupted by a signal, or *ret_done: no tracee is left.  -1: failed.
 */
int trace_next(struct tracer *tracer, const struct raw_record **ret_record,
	       bool *ret_done, struct error *err);

/*
 * Does this process ignore the signal that libc has for its threads?  libc
 * handles it once there are threads, but the command must find it ignored: so
 * ask before there are any.
 */
bool trace_ignores_setxid(void);

/* Detaches from all tracees, which go on untraced, and frees what the tracer
 * holds (not the struct). */
void trace_stop(struct tracer *tracer);

/*
 * Waits for the next stop of one tracee, which was resumed; status: as of
 * wait(2).  False: it has ended instead, which becomes a pending stop.
 */
bool trace_wait(struct tracer *tracer, pid_t tid, int *ret_status);

/* Makes a stop that trace_wait returned pending again, for trace_next. */
void trace_requeue(struct tracer *tracer, pid_t tid, int status);

/* As struct capture_engine says.  Another thread may ask: it gets numbers that
 * are a little old. */
void trace_stats(const struct tracer *tracer, struct capture_stats *ret_stats);
/* Thread ids of tracees, at most max, in any order; returns how many.  Not
 * while the tracer runs. */
unsigned trace_pids(const struct tracer *tracer, pid_t *pids, unsigned max);

/* Resumes a stopped tracee, and delivers a signal or 0.  One that was killed
 * meanwhile is no error: wait(2) tells of its end. */
void trace_resume(const struct tracer *tracer, const struct tracee *t, int sig);

/* At an exec stop of t: the thread that executed, which is t, or another that
 * has taken t's id. */
struct tracee *trace_executor(const struct tracer *tracer, struct tracee *t);

/* Takes over the call of that thread, by, into t; by is dropped if it is not
 * t. */
void trace_exec(struct tracer *tracer, struct tracee *t, struct tracee *by);

/* trace_call.c: records.  Views, valid until the next record of the tracee (of
 * a call), or of any (extra); NULL: that is not recorded. */
/* The call ends, with ret as the kernel has it: -errno for an error. */
const struct raw_record *trace_leave(struct tracer *tracer, struct tracee *t,
				     int64_t ret);
/* The tracee has stopped at the beginning or the end of a call. */
const struct raw_record *trace_syscall(struct tracer *tracer, struct tracee *t);
/* A signal is about to be delivered to the tracee. */
const struct raw_record *trace_signal(struct tracer *tracer,
				      const struct tracee *t, int sig);
/* Fills t->pid, flags and has_one_id of a new thread, from its creator's
 * call. */
void trace_child_process(const struct tracer *tracer, struct tracee *t,
			 struct tracee *creator);
/* A new thread was made; now_ns: steady. */
const struct raw_record *trace_born(struct tracer *tracer, struct tracee *t,
				    struct tracee *creator, uint64_t now_ns);
/* A thread has ended; t NULL: one that was not known. */
const struct raw_record *
trace_end(struct tracer *tracer, const struct tracee *t, pid_t tid, int status);

/* The tracee by thread id, a view; or NULL. */
struct tracee *trace_find(const struct tracer *tracer, pid_t tid);
/* Adds one, whose process is not known yet; the tracer's. */
struct tracee *trace_add(struct tracer *tracer, pid_t tid);
/* Fills t->pid from /proc. */
void trace_find_process(struct tracee *t);

/* trace_wake.c.  Does the signal stop a process, by default? */
bool trace_stops_group(int sig);
enum signal_effect { SIGNAL_CAUGHT, SIGNAL_IGNORED, SIGNAL_STOPS, SIGNAL_ENDS };
/* What a signal does to the process of a thread; CAUGHT if that is gone. */
enum signal_effect trace_effect(pid_t tid, int sig);

enum wake {
	WAKE_NOTHING, /* the call was not interrupted, or natively too */
	WAKE_AGAIN,   /* the call is to be made again, with regs */
	WAKE_ENDS     /* the call ends, with the result in regs */
};
/*
 * A thread stands to get a signal, or by a stop (status: as of wait(2)): is the
 * call that was interrupted by that to go on?  call: tells its calls apart.
 * Changes regs, but for the instruction pointer.
 */
enum wake trace_wake_of(struct tracee *t, int status, uint64_t call,
			struct user_regs_struct *regs);
/* As trace_wake_of, and sets the registers; nothing for a thread that runs the
 * stub. */
void trace_wake(struct tracee *t, int status);

/*
 * Reads what /proc says (PROC_CLONE) of a thread that is creating another into
 * tracer->creator, once for both records that need it.  Its length; 0: it is
 * gone.
 */
uint32_t trace_read_creator(struct tracer *tracer, struct tracee *t);

/* trace_probe.c.  May this process trace, and read the memory of what it
 * traces?  Traces a child of its own for a moment.  0, or -1 and the reason. */
int trace_probe(const struct capture_options *options, struct error *err);
/* Can descriptors of other processes be opened here (pidfd_getfd(2))?  If not,
 * *ret_code is the errno. */
bool trace_can_borrow(int *ret_code);
/* What both engines lack here: as limits of struct capture_engine. */
void trace_limits(const struct capture_options *options, struct buffer *out);

/* trace_cpu.c: at each stop, moves the tracer to the CPU of the tracee, if that
 * is worth it. */
void trace_follow(struct tracer *tracer, pid_t tid);
/* Moves the tracer to that CPU; -1: nowhere. */
void trace_move(struct tracer *tracer, int cpu);
/* Can a process get back from SCHED_IDLE?  sched(7): not without rights. */
bool trace_can_leave_idle(void);

#endif
