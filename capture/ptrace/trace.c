/* SPDX-License-Identifier: Apache-2.0 */
/* The threads under ptrace(2): their stops are collected and handled, and they
 * are detached at the end. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

#include "capture/proc/proc_files.h"
#include "capture/ptrace/trace.h"
#include "core/arena.h"
#include "core/clock.h"

enum {
	SYSCALL_STOP = SIGTRAP | 0x80,
	NAPS_MAX = 10000, /* ms to wait for threads that cannot be stopped */
	SEEN_MAX = 8,	  /* signals only looked at, in a row: then others */
	LOOK_EVERY = 4,	  /* events, until other stops are collected */
	FIRST_STOP = PTRACE_EVENT_STOP << 16 | SIGTRAP << 8 | 0x7f
};

struct pending_stop {
	pid_t tid; /* 0: handled already */
	int status;
};

static struct pending_stop *pending_at(const struct tracer *c, size_t at)
{
	return (struct pending_stop *)(void *)(c->pending.data + at);
}

struct tracee *trace_find(const struct tracer *c, pid_t tid)
{
	return map_get(&c->tracees, (uint64_t)tid);
}

struct tracee *trace_add(struct tracer *c, pid_t tid)
{
	struct tracee *t = c->unused;

	if (t)
		c->unused = t->next;
	else
		t = mem_zalloc(sizeof(*t));
	t->tid = tid;
	t->pid = 0;
	t->is_gone = false;
	t->in_syscall = t->waits = t->is_known = t->is_armed = false;
	t->has_one_id = false;
	t->call = t->until_ns = t->until_of = 0;
	t->flags = 0;
	t->user = NULL;
	t->record.len = 0;
	map_put(&c->tracees, (uint64_t)tid, t);
	c->stats.threads = (uint32_t)c->tracees.count;
	if (c->stats.threads > c->stats.threads_max)
		c->stats.threads_max = c->stats.threads;
	return t;
}

/* Forgets a tracee, if it is known. */
static void drop(struct tracer *c, pid_t tid)
{
	struct tracee *t = map_remove(&c->tracees, (uint64_t)tid);

	c->stats.threads = (uint32_t)c->tracees.count;
	if (!t)
		return;
	t->next = c->unused;
	c->unused = t;
}

void trace_resume(const struct tracer *c, const struct tracee *t, int sig)
{
	/* With a filter a thread needs a stop only at the end of a call; with
	 * injected code it traps where it needs one. */
	bool freely = t->is_armed || (c->options.seccomp && !t->in_syscall);
	int request = freely ? PTRACE_CONT : PTRACE_SYSCALL;

	/* ESRCH: the thread was killed meanwhile; wait(2) reports its end. */
	ptrace((enum __ptrace_request)request, t->tid, NULL,
	       (void *)(uintptr_t)sig);
}

/* Has the new thread come to its first stop, which is not handled yet?  Then it
 * is from now on. */
static bool take_first_stop(struct tracer *c, struct tracee *t)
{
	struct pending_stop stop = { .tid = t->tid };

	if (t->waits) {
		t->waits = false;
		return true;
	}
	for (size_t at = c->next; at < c->pending.len; at += sizeof(stop)) {
		if (pending_at(c, at)->tid != t->tid ||
		    pending_at(c, at)->status != FIRST_STOP)
			continue;
		pending_at(c, at)->tid = 0;
		return true;
	}
	if (waitpid(t->tid, &stop.status, __WALL | WNOHANG) != t->tid)
		return false;
	if (stop.status == FIRST_STOP)
		return true;
	buffer_put(&c->pending, &stop, sizeof(stop));
	return false;
}

/* The creator's event names the child, which may have stopped already: the
 * child is resumed first, and runs while /proc is read for both. */
static const struct raw_record *on_child(struct tracer *c, struct tracee *t)
{
	const struct raw_record *none;
	uint64_t now = clock_steady_ns();
	unsigned long tid = 0;
	struct tracee *child;

	ptrace(PTRACE_GETEVENTMSG, t->tid, NULL, &tid);
	child = trace_find(c, (pid_t)tid);
	if (!child)
		child = trace_add(c, (pid_t)tid);
	child->is_known = true;
	trace_child_process(c, child, t);
	if (c->callbacks)
		c->callbacks->born(c, child, t);
	if (take_first_stop(c, child) &&
	    (!c->callbacks ||
	     !c->callbacks->stopped(c, child, FIRST_STOP, &none)))
		trace_resume(c, child, 0);
	if (c->callbacks)
		c->callbacks->created(c, t);
	return c->launched ? trace_born(c, child, t, now) : NULL;
}

struct tracee *trace_executor(const struct tracer *c, struct tracee *t)
{
	unsigned long former = 0;
	struct tracee *found;

	ptrace(PTRACE_GETEVENTMSG, t->tid, NULL, &former);
	found = trace_find(c, (pid_t)former);
	return found ? found : t;
}

void trace_exec(struct tracer *c, struct tracee *t, struct tracee *by)
{
	c->launched = c->runs = true;
	c->exec_errno = 0;
	if (by == t)
		return;
	/*
	 * Another thread than the leader has executed, and is the leader now.
	 */
	t->record.len = 0;
	buffer_put(&t->record, by->record.data, by->record.len);
	record_end(&t->record)->tid = t->tid;
	t->row = by->row;
	t->in_syscall = true;
	t->has_one_id = by->has_one_id;
	if (c->callbacks)
		c->callbacks->ended(c, by, 0);
	drop(c, by->tid);
}

/* The last signal has had its effect: the thread held for that goes on. */
static void signal_done(struct tracer *c)
{
	const struct tracee *held = trace_find(c, c->last.held);

	c->last.pid = c->last.held = 0;
	if (held)
		trace_resume(c, held, 0);
}

/*
 * Must the thread, which is about to call exit_group(2), wait?  A signal that
 * ends the process was delivered to another thread, which has not run yet.
 * Untraced the signal would have ended this thread too, before it could exit
 * with another status.
 */
static bool must_wait(struct tracer *c, const struct tracee *t)
{
	if (t->pid != c->last.pid || !t->in_syscall || c->last.held ||
	    strcmp(t->row->name, "exit_group") != 0 ||
	    trace_effect(c->last.tid, c->last.sig) != SIGNAL_ENDS)
		return false;
	c->last.held = t->tid;
	return true;
}

/* Handles a stop that no callback has handled: its record, or NULL; the thread
 * is resumed. */
static const struct raw_record *on_stop(struct tracer *c, struct tracee *t,
					int status)
{
	int sig = WSTOPSIG(status);
	int event = status >> 16;
	const struct raw_record *record = NULL;
	int deliver = 0;

	switch (event) {
	case 0:
		if (sig == SYSCALL_STOP) {
			record = trace_syscall(c, t);
			if (must_wait(c, t))
				return record;
		} else {
			trace_wake(t, status);
			record = trace_signal(c, t, sig);
			deliver = sig;
			signal_done(c);
			c->last.pid = t->pid;
			c->last.tid = t->tid;
			c->last.sig = sig;
		}
		break;
	case PTRACE_EVENT_FORK:
	case PTRACE_EVENT_VFORK:
	case PTRACE_EVENT_CLONE:
		record = on_child(c, t);
		break;
	case PTRACE_EVENT_SECCOMP:
		record = trace_syscall(c, t);
		break;
	case PTRACE_EVENT_EXEC:
		trace_exec(c, t, trace_executor(c, t));
		break;
	case PTRACE_EVENT_STOP:
		trace_wake(t, status);
		if (trace_stops_group(sig)) {
			ptrace(PTRACE_LISTEN, t->tid, NULL, NULL);
			return NULL;
		}
		break;
	default:
		break;
	}
	trace_resume(c, t, deliver);
	return record;
}

/* A thread has ended: its record, or NULL. */
static const struct raw_record *on_end(struct tracer *c, pid_t tid, int status)
{
	struct tracee *t = trace_find(c, tid);
	const struct raw_record *record;

	if (tid == c->command)
		c->command_status = status;
	if (t && c->callbacks)
		c->callbacks->ended(c, t, status);
	record = trace_end(c, t, tid, status);
	if (t)
		drop(c, tid);
	return record;
}

/* Handles what wait(2) returned for a thread: a record, or NULL. */
static const struct raw_record *on_status(struct tracer *c, pid_t tid,
					  int status)
{
	struct tracee *t = trace_find(c, tid);
	const struct raw_record *record = NULL;

	if (tid == c->last.tid)
		signal_done(c);
	if (tid == c->last.held)
		c->last.held = 0;
	if (WIFEXITED(status) || WIFSIGNALED(status))
		return on_end(c, tid, status);
	if (!t) {
		/* A new thread has stopped before its creator's event. */
		t = trace_add(c, tid);
		t->waits = true;
		return NULL;
	}
	trace_follow(c, tid);
	if (c->callbacks && c->callbacks->stopped(c, t, status, &record))
		return record;
	return on_stop(c, t, status);
}

static bool is_signal(int status)
{
	return WIFSTOPPED(status) && !(status >> 16) &&
	       WSTOPSIG(status) != SYSCALL_STOP;
}

/* A thread that executes takes the leader's id: pending stops of that id are
 * of a thread that is no more. */
static void forget_pending(struct tracer *c, pid_t tid)
{
	for (size_t at = 0; at < c->pending.len;
	     at += sizeof(struct pending_stop))
		if (pending_at(c, at)->tid == tid)
			pending_at(c, at)->tid = 0;
}

/*
 * The next stop: as wait(2), but the secure callback sees it first.  A signal
 * whose stop was taken by wait(2) is lost if the tracer is killed before it
 * resumes the thread: so a signal for the program (*ret_is_seen) is only looked
 * at, and its thread is resumed without wait(2) having taken the stop.
 */
static pid_t wait_secured(const struct tracer *c, int *ret_status, int flags,
			  bool *ret_is_seen)
{
	siginfo_t info = { 0 };

	*ret_is_seen = false;
	if (!c->callbacks)
		return waitpid(-1, ret_status, __WALL | flags);
	if (waitid(P_ALL, 0, &info,
		   WEXITED | WSTOPPED | WNOWAIT | __WALL | flags))
		return -1;
	if (!info.si_pid)
		return 0;
	if (info.si_code == CLD_TRAPPED) {
		struct tracee *t = trace_find(c, info.si_pid);
		bool is_ours = c->callbacks->secure(c, t, info.si_status);

		*ret_status = info.si_status << 8 | 0x7f;
		*ret_is_seen = t && !is_ours && is_signal(*ret_status) &&
			       c->seen < SEEN_MAX;
	}
	return *ret_is_seen
		       ? info.si_pid
		       : waitpid(info.si_pid, ret_status, __WALL | WNOHANG);
}

/*
 * Waits for a stop, and collects all others that are there by then: wait(2)
 * returns those of the newest threads first, and where these are busy never the
 * others.  Signals come first: one that ends the process must reach its thread
 * before another thread, which went on from kill(2), may call exit_group(2).
 * 1: some are pending; 0: interrupted; -1: no threads are left, or an error.
 */
static int collect(struct tracer *c)
{
	struct pending_stop stop, *first;
	size_t signals = 0;
	int flags = 0;
	bool is_seen;

	c->pending.len = c->next = 0;
	c->stop_ns = 0;
	while ((stop.tid = wait_secured(c, &stop.status, flags, &is_seen)) >
	       0) {
		flags = WNOHANG;
		if (stop.status >> 16 == PTRACE_EVENT_EXEC)
			forget_pending(c, stop.tid);
		buffer_put(&c->pending, &stop, sizeof(stop));
		/* One thread has no other stops; those behind an event are
		 * collected only now and then. */
		if (c->tracees.count <= 1 ||
		    (stop.status >> 16 && ++c->events % LOOK_EVERY))
			break;
		if (!is_signal(stop.status))
			continue;
		first = pending_at(c, signals);
		*pending_at(c, c->pending.len - sizeof(stop)) = *first;
		*first = stop;
		signals += sizeof(stop);
		if (is_seen)
			break; /* the kernel would return this thread again */
	}
	c->seen = stop.tid > 0 && is_seen ? c->seen + 1 : 0;
	if (c->pending.len)
		return 1;
	return stop.tid == 0 || errno == EINTR ? 0 : -1;
}

/* The error of a command that could not execute its program. */
static int refused(const struct tracer *c, struct error *err)
{
	return error_set(err, c->exec_errno, "%s: %s", c->options.command[0],
			 strerror(c->exec_errno));
}

void trace_requeue(struct tracer *c, pid_t tid, int status)
{
	struct pending_stop stop = { .tid = tid, .status = status };

	buffer_put(&c->pending, &stop, sizeof(stop));
}

bool trace_wait(struct tracer *c, pid_t tid, int *ret_status)
{
	pid_t got;

	do
		got = waitpid(tid, ret_status, __WALL);
	while (got < 0 && errno == EINTR);
	if (got == tid && WIFSTOPPED(*ret_status))
		return true;
	if (got == tid)
		trace_requeue(c, tid, *ret_status);
	return false;
}

/* Lets the command run, when the first record is wanted. */
static void release(struct tracer *c)
{
	if (!c->released && c->command)
		kill(c->command, SIGCONT);
	c->released = true;
}

int trace_next(struct tracer *c, const struct raw_record **ret_record,
	       bool *ret_done, struct error *err)
{
	*ret_done = false;
	release(c);
	for (;;) {
		int result = c->next < c->pending.len ? 1 : collect(c);
		struct pending_stop stop;

		if (!result)
			return 0;
		if (result < 0 && errno == ECHILD) {
			*ret_done = true;
			return c->exec_errno ? refused(c, err) : 0;
		}
		if (result < 0)
			return error_errno(err, "ptrace: wait");
		if (!c->stop_ns)
			c->stop_ns = clock_steady_ns();
		stop = *pending_at(c, c->next);
		c->next += sizeof(stop);
		*ret_record =
			stop.tid ? on_status(c, stop.tid, stop.status) : NULL;
		if (*ret_record)
			return 1;
	}
}

/* Detaches from a stopped thread; delivers the signal that it stopped for. */
static void detach(struct tracer *c, pid_t tid, int status)
{
	struct tracee *t = trace_find(c, tid);
	int sig = 0;

	if (is_signal(status))
		sig = WSTOPSIG(status);
	if (t)
		trace_wake(t, status);
	if (t && c->callbacks)
		sig = c->callbacks->leaving(c, t, sig);
	ptrace(PTRACE_DETACH, tid, NULL, (void *)(uintptr_t)sig);
}

/* Detaches from a thread that has stopped, or notes that it has ended. */
static void let_go(struct tracer *c, pid_t tid, int status)
{
	struct tracee *t = trace_find(c, tid);
	int event = status >> 16;
	unsigned long other = 0;

	if (!t)
		t = trace_add(c, tid);
	t->is_gone = true;
	if (!WIFSTOPPED(status)) {
		if (tid == c->command)
			c->command_status = status;
		return;
	}
	ptrace(PTRACE_GETEVENTMSG, tid, NULL, &other);
	/* The new thread may not be known yet: its first stop is to come. */
	if ((event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK ||
	     event == PTRACE_EVENT_CLONE) &&
	    !trace_find(c, (pid_t)other))
		trace_add(c, (pid_t)other);
	/* The thread that executed has this id now, and its own is gone. */
	t = event == PTRACE_EVENT_EXEC ? trace_find(c, (pid_t)other) : NULL;
	if (t)
		t->is_gone = true;
	detach(c, tid, status);
}

/* Only a stopped thread can be detached: stops all that run. */
static void interrupt_all(struct tracer *c)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&c->tracees, &at))) {
		struct tracee *t = slot->value;

		if (t->waits || t->tid == c->last.held)
			let_go(c, t->tid, FIRST_STOP);
		else if (!t->is_gone)
			ptrace(PTRACE_INTERRUPT, t->tid, NULL, NULL);
	}
}

/* Is there a tracee that is not detached yet? */
static bool some_are_left(const struct tracer *c)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&c->tracees, &at)))
		if (!((const struct tracee *)slot->value)->is_gone)
			return true;
	return false;
}

/* Detaches from all; gives up on threads that cannot be stopped within 10 s. */
static void let_all_go(struct tracer *c)
{
	const struct timespec nap = { 0, 1000000 };
	int naps = NAPS_MAX;
	pid_t tid;
	int status;

	if (c->callbacks)
		c->callbacks->ending(c);
	for (; c->next < c->pending.len; c->next += sizeof(struct pending_stop))
		if (pending_at(c, c->next)->tid)
			let_go(c, pending_at(c, c->next)->tid,
			       pending_at(c, c->next)->status);
	interrupt_all(c);
	/* A thread that waits for its child (vfork) stops only when the child
	 * is detached. */
	while (some_are_left(c) && naps) {
		tid = waitpid(-1, &status, __WALL | WNOHANG);
		if (tid > 0)
			let_go(c, tid, status);
		else if (tid < 0)
			return;
		else if (naps--)
			nanosleep(&nap, NULL);
	}
}

void trace_stop(struct tracer *c)
{
	struct itimerval never = { 0 };
	struct map_slot *slot;
	struct tracee *next;
	size_t at = 0;

	setitimer(ITIMER_REAL, &never, NULL);
	let_all_go(c);
	proc_forget();
	while ((slot = map_next(&c->tracees, &at))) {
		struct tracee *t = slot->value;

		if (c->callbacks)
			c->callbacks->forgotten(c, t);
		buffer_free(&t->record);
		free(t);
	}
	for (; c->unused; c->unused = next) {
		next = c->unused->next;
		buffer_free(&c->unused->record);
		free(c->unused);
	}
	map_free(&c->tracees);
	buffer_free(&c->extra);
	buffer_free(&c->pending);
}

void trace_stats(const struct tracer *c, struct capture_stats *ret_stats)
{
	*ret_stats = c->stats;
	ret_stats->unreadable = c->copier.unreadable;
	ret_stats->cut = c->copier.cut;
}

unsigned trace_pids(const struct tracer *c, pid_t *pids, unsigned max)
{
	struct map_slot *slot;
	unsigned n = 0;
	size_t at = 0;

	while (n < max && (slot = map_next(&c->tracees, &at)))
		pids[n++] = ((struct tracee *)slot->value)->tid;
	return n;
}
