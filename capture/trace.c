/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The threads under ptrace(2): launched, attached to, followed through their
 * stops, let go.  No option that kills is set: when this process ends, the
 * kernel lets the traced ones go on.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/seccomp.h"
#include "capture/target.h"
#include "capture/trace.h"
#include "core/arena.h"

enum {
	OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
		  PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
		  PTRACE_O_TRACEEXEC,
	SYSCALL_STOP = SIGTRAP | 0x80,
	FIRST_STOP = PTRACE_EVENT_STOP << 16 | SIGTRAP << 8 | 0x7f
};

struct tracee *trace_find(const struct tracer *c, pid_t tid)
{
	return map_get(&c->tracees, (uint64_t)tid);
}

static pid_t process_of(pid_t tid)
{
	char path[64];
	char line[256];
	pid_t pid = tid;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)tid);
	in = fopen(path, "re");
	while (in && fgets(line, sizeof(line), in))
		if (sscanf(line, "Tgid: %d", &pid) == 1)
			break;
	if (in)
		fclose(in);
	return pid;
}

static struct tracee *add(struct tracer *c, pid_t tid)
{
	struct tracee *t = c->unused;

	if (t)
		c->unused = t->next;
	else
		t = mem_zalloc(sizeof(*t));
	t->tid = tid;
	t->pid = process_of(tid);
	t->in_syscall = t->waits = t->is_known = t->is_armed = false;
	t->user = NULL;
	t->record.len = 0;
	map_put(&c->tracees, (uint64_t)tid, t);
	c->stats.threads = (uint32_t)c->tracees.count;
	if (c->stats.threads > c->stats.threads_max)
		c->stats.threads_max = c->stats.threads;
	return t;
}

static void drop(struct tracer *c, pid_t tid)
{
	struct tracee *t = map_remove(&c->tracees, (uint64_t)tid);

	c->stats.threads = (uint32_t)c->tracees.count;
	if (!t)
		return;
	t->next = c->unused;
	c->unused = t;
}

/*
 * With a filter a thread stops again only if it is inside a call, and with
 * injected code it calls for a stop itself.
 */
void trace_resume(const struct tracer *c, const struct tracee *t, int sig)
{
	bool freely = t->is_armed || (c->options.seccomp && !t->in_syscall);
	int request = freely ? PTRACE_CONT : PTRACE_SYSCALL;

	/* ESRCH: it was killed meanwhile; its end is reported by wait. */
	ptrace((enum __ptrace_request)request, t->tid, NULL,
	       (void *)(uintptr_t)sig);
}

/* The creator tells of its child, which may have stopped already. */
static const struct raw_record *on_child(struct tracer *c, struct tracee *t)
{
	const struct raw_record *record = NULL;
	const struct raw_record *none;
	unsigned long tid = 0;
	struct tracee *child;

	ptrace(PTRACE_GETEVENTMSG, t->tid, NULL, &tid);
	child = trace_find(c, (pid_t)tid);
	if (!child)
		child = add(c, (pid_t)tid);
	child->is_known = true;
	if (c->launched)
		record = trace_born(c, child, t);
	if (c->looker)
		c->looker->born(c, child, t);
	if (child->waits) {
		child->waits = false;
		if (!c->looker ||
		    !c->looker->stopped(c, child, FIRST_STOP, &none))
			trace_resume(c, child, 0);
	}
	return record;
}

void trace_exec(struct tracer *c, struct tracee *t)
{
	unsigned long former = 0;
	struct tracee *old;

	c->launched = c->runs = true;
	c->exec_errno = 0;
	ptrace(PTRACE_GETEVENTMSG, t->tid, NULL, &former);
	/* From a thread that is not the leader: it becomes the leader. */
	old = (pid_t)former == t->tid ? NULL : trace_find(c, (pid_t)former);
	if (!old)
		return;
	t->record.len = 0;
	buffer_put(&t->record, old->record.data, old->record.len);
	record_end(&t->record)->tid = t->tid;
	t->row = old->row;
	t->in_syscall = true;
	if (c->looker)
		c->looker->ended(c, old);
	drop(c, (pid_t)former);
}

static bool stops_a_group(int sig)
{
	return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN ||
	       sig == SIGTTOU;
}

/* One stop: what it says, and the thread goes on. */
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
		} else {
			record = trace_signal(c, t, sig);
			deliver = sig;
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
		trace_exec(c, t);
		break;
	case PTRACE_EVENT_STOP:
		if (stops_a_group(sig)) {
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

static const struct raw_record *on_end(struct tracer *c, pid_t tid, int status)
{
	struct tracee *t = trace_find(c, tid);
	const struct raw_record *record = trace_end(c, t, tid, status);

	if (tid == c->command)
		c->command_status = status;
	if (t && c->looker)
		c->looker->ended(c, t);
	if (t)
		drop(c, tid);
	return record;
}

static const struct raw_record *on_status(struct tracer *c, pid_t tid,
					  int status)
{
	struct tracee *t = trace_find(c, tid);
	const struct raw_record *record = NULL;

	if (WIFEXITED(status) || WIFSIGNALED(status))
		return on_end(c, tid, status);
	if (!t) {
		/* A new thread stops before its creator's event is seen. */
		t = add(c, tid);
		t->waits = true;
		return NULL;
	}
	trace_follow(c, tid);
	if (c->looker && c->looker->stopped(c, t, status, &record))
		return record;
	return on_stop(c, t, status);
}

static void on_alarm(int sig)
{
	(void)sig;
}

/* Interrupts the wait now and then, so that the caller can flush. */
static void set_timer(long ms)
{
	struct sigaction action = { .sa_handler = on_alarm };
	struct itimerval timer = { { ms / 1000, ms % 1000 * 1000 },
				   { ms / 1000, ms % 1000 * 1000 } };

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

struct heard {
	pid_t tid; /* 0: not to be looked at */
	int status;
};

static struct heard *heard_at(const struct tracer *c, size_t at)
{
	return (struct heard *)(void *)(c->heard.data + at);
}

/* A thread that executes takes the leader's id: its stop was another's. */
static void forget_heard(struct tracer *c, pid_t tid)
{
	for (size_t at = 0; at < c->heard.len; at += sizeof(struct heard))
		if (heard_at(c, at)->tid == tid)
			heard_at(c, at)->tid = 0;
}

/*
 * The next stop: as wait(2), but a looker sees it first.  A signal that was
 * waited for is lost if the tracer is killed before it lets the thread go on.
 */
static pid_t wait_secured(const struct tracer *c, int *ret_status, int flags)
{
	siginfo_t info = { 0 };

	if (!c->looker)
		return waitpid(-1, ret_status, __WALL | flags);
	if (waitid(P_ALL, 0, &info,
		   WEXITED | WSTOPPED | WNOWAIT | __WALL | flags))
		return -1;
	if (!info.si_pid)
		return 0;
	if (info.si_code == CLD_TRAPPED)
		c->looker->secure(c, trace_find(c, info.si_pid),
				  info.si_status);
	return waitpid(info.si_pid, ret_status, __WALL | WNOHANG);
}

/*
 * Waits for a stop, and takes all others that are there with it: wait(2) tells
 * of the newest threads first, and where they are busy never of the others.
 * 1: there are some; 0: interrupted; -1: no threads are left, or an error.
 */
static int hear(struct tracer *c)
{
	struct heard heard;
	int flags = 0;

	c->heard.len = c->next = 0;
	c->stop_ns = 0;
	while ((heard.tid = wait_secured(c, &heard.status, flags)) > 0) {
		flags = WNOHANG;
		if (heard.status >> 16 == PTRACE_EVENT_EXEC)
			forget_heard(c, heard.tid);
		buffer_put(&c->heard, &heard, sizeof(heard));
	}
	if (c->heard.len)
		return 1;
	return heard.tid == 0 || errno == EINTR ? 0 : -1;
}

/* The command could not become its program. */
static int refused(const struct tracer *c, struct error *err)
{
	return error_set(err, c->exec_errno, "%s: %s", c->options.command[0],
			 strerror(c->exec_errno));
}

bool trace_wait(struct tracer *c, pid_t tid, int *ret_status)
{
	struct heard heard = { .tid = tid };
	pid_t got;

	do
		got = waitpid(tid, ret_status, __WALL);
	while (got < 0 && errno == EINTR);
	if (got == tid && WIFSTOPPED(*ret_status))
		return true;
	heard.status = *ret_status;
	if (got == tid)
		buffer_put(&c->heard, &heard, sizeof(heard));
	return false;
}

int trace_next(struct tracer *c, const struct raw_record **ret_record,
	       bool *ret_done, struct error *err)
{
	*ret_done = false;
	if (!c->released && c->command) {
		c->released = true;
		kill(c->command, SIGCONT);
	}
	c->released = true;
	for (;;) {
		int result = c->next < c->heard.len ? 1 : hear(c);
		struct heard heard;

		if (!result)
			return 0;
		if (result < 0 && errno == ECHILD) {
			*ret_done = true;
			return c->exec_errno ? refused(c, err) : 0;
		}
		if (result < 0)
			return error_errno(err, "ptrace: wait");
		if (!c->stop_ns)
			c->stop_ns = trace_now_ns();
		heard = *heard_at(c, c->next);
		c->next += sizeof(heard);
		*ret_record = heard.tid ? on_status(c, heard.tid, heard.status)
					: NULL;
		if (*ret_record)
			return 1;
	}
}

static int seize(struct tracer *c, pid_t tid, struct error *err)
{
	uintptr_t stops = OPTIONS;

	if (c->options.seccomp)
		stops |= PTRACE_O_TRACESECCOMP;
	if (ptrace(PTRACE_SEIZE, tid, NULL, (void *)stops)) {
		if (errno == ESRCH)
			return error_set(err, ESRCH,
					 "process %d does not exist", (int)tid);
		if (errno == EPERM)
			return error_set(
				err, EPERM,
				"process %d may not be traced: another tracer has it, or CAP_SYS_PTRACE is missing",
				(int)tid);
		return error_errno(err, "process %d", (int)tid);
	}
	add(c, tid);
	return 0;
}

/* All threads of a process, until no new ones are found. */
static int attach(struct tracer *c, pid_t pid, struct error *err)
{
	char path[64];
	bool found = true;

	if (seize(c, pid, err))
		return -1;
	ptrace(PTRACE_INTERRUPT, pid, NULL, NULL);
	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	while (found) {
		DIR *dir = opendir(path);
		struct dirent *entry;

		found = false;
		while (dir && (entry = readdir(dir))) {
			pid_t tid = atoi(entry->d_name);

			if (tid <= 0 || trace_find(c, tid) ||
			    seize(c, tid, err))
				continue;
			ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
			found = true;
		}
		if (dir)
			closedir(dir);
	}
	return 0;
}

/* A process of a container may have ended since it was found. */
static int attach_member(void *user, pid_t pid, struct error *err)
{
	struct tracer *c = user;

	if (trace_find(c, pid) || !attach(c, pid, err) || err->code == ESRCH)
		return 0;
	return -1;
}

/* Until no new ones are found: those that are traced tell of their children. */
static int attach_container(struct tracer *c, struct error *err)
{
	const char *name = c->options.container;
	size_t before;

	do {
		before = c->tracees.count;
		if (target_container(name, attach_member, c, err) < 0)
			return -1;
	} while (c->tracees.count > before);
	return before ? 0
		      : error_set(err, ESRCH, "no process of a container '%s'",
				  name);
}

/* The kernel's struct sigaction; libc's does not take its own signals. */
struct kernel_action {
	uint64_t handler, flags, restorer, mask;
};

enum { SETXID = 33 };

bool trace_ignores_setxid(void)
{
	struct kernel_action now = { 0 };

	return !syscall(SYS_rt_sigaction, SETXID, NULL, &now, 8) &&
	       now.handler == (uint64_t)(uintptr_t)SIG_IGN;
}

static void ignore_setxid(void)
{
	const struct kernel_action ignore = {
		.handler = (uint64_t)(uintptr_t)SIG_IGN
	};

	syscall(SYS_rt_sigaction, SETXID, &ignore, NULL, 8);
}

static int launch(struct tracer *c, char *const *argv, struct error *err)
{
	char path[4096];
	const char *file = target_find(argv[0], path, sizeof(path), err);
	int status;

	if (!file)
		return -1;
	c->command = fork();
	if (c->command < 0)
		return error_errno(err, "fork");
	if (c->command == 0) {
		/* Should we be killed first, nobody would wake it. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		raise(SIGSTOP);
		prctl(PR_SET_PDEATHSIG, 0);
		if (c->ignores_setxid)
			ignore_setxid();
		if (c->options.seccomp &&
		    seccomp_trace_only(c->options.syscalls))
			_exit(127);
		target_exec(file, argv);
		_exit(127);
	}
	if (waitpid(c->command, &status, WUNTRACED) < 0)
		return error_errno(err, "wait");
	if (!seize(c, c->command, err))
		return 0;
	kill(c->command, SIGKILL);
	waitpid(c->command, &status, 0);
	if (err->code == EPERM)
		error_set(
			err, EPERM,
			"the command may not be traced: spoor is traced "
			"itself (strace, gdb, spoor), or ptrace is forbidden");
	return -1;
}

static void detach(struct tracer *c, pid_t tid, int status)
{
	struct tracee *t = trace_find(c, tid);
	int sig = 0;

	if (!(status >> 16) && WSTOPSIG(status) != SYSCALL_STOP)
		sig = WSTOPSIG(status);
	if (t && c->looker)
		sig = c->looker->leaving(c, t, sig);
	ptrace(PTRACE_DETACH, tid, NULL, (void *)(uintptr_t)sig);
}

/* A thread must stand still to be let go; some do already. */
static void let_go(struct tracer *c, const struct tracee *t)
{
	int status = 0;

	if (t->waits)
		detach(c, t->tid, 0);
	if (ptrace(PTRACE_INTERRUPT, t->tid, NULL, NULL) ||
	    waitpid(t->tid, &status, __WALL) != t->tid || !WIFSTOPPED(status))
		return;
	detach(c, t->tid, status);
}

void trace_stop(struct tracer *c)
{
	struct itimerval never = { 0 };
	struct map_slot *slot;
	struct tracee *next;
	size_t at = 0;

	setitimer(ITIMER_REAL, &never, NULL);
	for (; c->next < c->heard.len; c->next += sizeof(struct heard))
		detach(c, heard_at(c, c->next)->tid,
		       heard_at(c, c->next)->status);
	while ((slot = map_next(&c->tracees, &at))) {
		struct tracee *t = slot->value;

		let_go(c, t);
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
	buffer_free(&c->heard);
}

int trace_start(struct tracer *c, const struct capture_options *options,
		struct error *err)
{
	int result = 0;

	c->options = *options;
	c->copier.snaplen = options->snaplen < COPY_SNAPLEN_MAX
				    ? options->snaplen
				    : COPY_SNAPLEN_MAX;
	c->command_status = -1;
	c->cpu = -1;
	c->may_idle = trace_can_leave_idle();
	if (options->command)
		result = launch(c, options->command, err);
	else
		c->launched = true;
	for (unsigned i = 0; i < options->pid_count && !result; i++)
		result = attach(c, options->pids[i], err);
	if (options->container && !result)
		result = attach_container(c, err);
	if (result)
		trace_stop(c);
	else
		set_timer(250);
	return result;
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
