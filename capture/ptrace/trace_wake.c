/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What signals do to traced threads; and calls that end by EINTR only as the
 * thread is traced.  The kernel interrupts calls of a traced thread for signals
 * that it would drop otherwise, as the process ignores them, and for our own
 * stops.  It restarts most calls by itself, some never (signal(7)): those are
 * restarted here.
 */
#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "capture/proc/proc_files.h"
#include "capture/ptrace/trace.h"
#include "core/clock.h"

enum {
	SYSCALL_STOP = SIGTRAP | 0x80,
	STATUS_MAX = 8192,
	SIGNALS = 64,
	CS_64 = 0x33,
	US_NS = 1000
};

#define MS_NS 1000000ull
#define S_NS  1000000000ull

bool trace_stops_group(int sig)
{
	return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN ||
	       sig == SIGTTOU;
}

static bool is_mostly_ignored(int sig)
{
	return sig == SIGCHLD || sig == SIGURG || sig == SIGWINCH ||
	       sig == SIGCONT;
}

enum signal_effect trace_effect(pid_t tid, int sig)
{
	char status[STATUS_MAX];
	uint64_t ignored;
	uint64_t caught;

	if (proc_file(tid, "status", status, sizeof(status)) <= 0)
		return SIGNAL_CAUGHT;
	ignored = proc_status_number(status, "\nSigIgn:", 16, 0);
	caught = proc_status_number(status, "\nSigCgt:", 16, UINT64_MAX);
	if (caught >> (sig - 1) & 1)
		return SIGNAL_CAUGHT;
	if ((ignored >> (sig - 1) & 1) || is_mostly_ignored(sig))
		return SIGNAL_IGNORED;
	return trace_stops_group(sig) ? SIGNAL_STOPS : SIGNAL_ENDS;
}

/* Where a call has its time limit. */
enum limit {
	LIMIT_NONE,
	LIMIT_MS,   /* ms in argument `at'; negative: for ever */
	LIMIT_TIME, /* a struct timespec at argument `at'; NULL */
	LIMIT_RECV, /* SO_RCVTIMEO of the socket in argument `at', or */
	LIMIT_SEND  /* SO_SNDTIMEO; 0: for ever */
};

static const struct wait {
	int nr;
	enum limit limit;
	int at;
	int late; /* what the call returns at the limit */
} waits[] = {
	{ SYS_epoll_wait, LIMIT_MS, 3, 0 },
	{ SYS_epoll_pwait, LIMIT_MS, 3, 0 },
	{ SYS_epoll_pwait2, LIMIT_TIME, 3, 0 },
	{ SYS_rt_sigtimedwait, LIMIT_TIME, 2, -EAGAIN },
	{ SYS_semop, LIMIT_NONE, 0, 0 },
	{ SYS_semtimedop, LIMIT_TIME, 3, -EAGAIN },
	{ SYS_io_getevents, LIMIT_TIME, 4, 0 },
	{ SYS_recvmmsg, LIMIT_RECV, 0, -EAGAIN },
	{ SYS_read, LIMIT_RECV, 0, -EAGAIN },
	{ SYS_readv, LIMIT_RECV, 0, -EAGAIN },
	{ SYS_write, LIMIT_SEND, 0, -EAGAIN },
	{ SYS_writev, LIMIT_SEND, 0, -EAGAIN },
	{ SYS_recvfrom, LIMIT_RECV, 0, -EAGAIN },
	{ SYS_recvmsg, LIMIT_RECV, 0, -EAGAIN },
	{ SYS_sendto, LIMIT_SEND, 0, -EAGAIN },
	{ SYS_sendmsg, LIMIT_SEND, 0, -EAGAIN },
	{ SYS_sendmmsg, LIMIT_SEND, 0, -EAGAIN },
	{ SYS_accept, LIMIT_RECV, 0, -EAGAIN },
	{ SYS_accept4, LIMIT_RECV, 0, -EAGAIN },
	{ SYS_connect, LIMIT_SEND, 0, -EINPROGRESS },
};

/* The row of the call that has ended by EINTR; or NULL. */
static const struct wait *ended_wait(const struct user_regs_struct *regs)
{
	if ((int64_t)regs->rax != -EINTR)
		return NULL;
	for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++)
		if (regs->orig_rax == (uint64_t)waits[i].nr)
			return &waits[i];
	return NULL;
}

/* The time limit of a socket of the thread, in ns; 0: none. */
static uint64_t socket_time(const struct tracee *t, int fd, int option)
{
	int process = (int)syscall(SYS_pidfd_open, t->pid, 0);
	int mine = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
	struct timeval time = { 0 };
	socklen_t len = sizeof(time);

	if (process >= 0)
		close(process);
	if (mine < 0)
		return 0;
	if (getsockopt(mine, SOL_SOCKET, option, &time, &len))
		time = (struct timeval){ 0 };
	close(mine);
	return (uint64_t)time.tv_sec * S_NS + (uint64_t)time.tv_usec * US_NS;
}

/* Reads a struct timespec of the thread, in ns; 0: it cannot be read. */
static uint64_t time_at(const struct tracee *t, uint64_t at)
{
	struct timespec time = { 0 };
	struct iovec here = { &time, sizeof(time) };
	struct iovec there = { (void *)(uintptr_t)at, sizeof(time) };

	if (process_vm_readv(t->tid, &here, 1, &there, 1, 0) !=
	    (ssize_t)sizeof(time))
		return 0;
	return (uint64_t)time.tv_sec * S_NS + (uint64_t)time.tv_nsec;
}

/* The time limit of a call, in ns; 0: none, or unknown. */
static uint64_t limit_of(const struct tracee *t, const struct wait *wait,
			 const struct user_regs_struct *regs)
{
	const uint64_t args[] = { regs->rdi, regs->rsi, regs->rdx, regs->r10,
				  regs->r8 };
	uint64_t arg = args[wait->at];

	switch (wait->limit) {
	case LIMIT_MS:
		return (int32_t)arg > 0 ? (uint32_t)arg * MS_NS : 0;
	case LIMIT_TIME:
		return arg ? time_at(t, arg) : 0;
	case LIMIT_RECV:
		return socket_time(t, (int)arg, SO_RCVTIMEO);
	case LIMIT_SEND:
		return socket_time(t, (int)arg, SO_SNDTIMEO);
	default:
		return 0;
	}
}

/* Is a signal pending that will have an effect? */
static bool has_pending(pid_t tid)
{
	char status[STATUS_MAX];
	uint64_t pending;

	if (proc_file(tid, "status", status, sizeof(status)) <= 0)
		return true;
	pending = (proc_status_number(status, "\nSigPnd:", 16, 0) |
		   proc_status_number(status, "\nShdPnd:", 16, 0)) &
		  ~proc_status_number(status, "\nSigBlk:", 16, 0);
	for (int sig = 1; sig <= SIGNALS; sig++)
		if ((pending >> (sig - 1) & 1) &&
		    trace_effect(tid, sig) != SIGNAL_IGNORED)
			return true;
	return false;
}

enum wake trace_wake_of(struct tracee *t, int status, uint64_t call,
			struct user_regs_struct *regs)
{
	const struct wait *wait = ended_wait(regs);
	int sig = WSTOPSIG(status);
	bool is_event =
		status >> 16 == PTRACE_EVENT_STOP || sig == SYSCALL_STOP;
	uint64_t now = clock_steady_ns();
	uint64_t limit;

	if (!wait)
		return WAKE_NOTHING;
	/* A stop of the process interrupts these calls natively, too. */
	if (is_event && trace_stops_group(sig))
		return WAKE_ENDS;
	if ((!is_event && trace_effect(t->tid, sig) != SIGNAL_IGNORED) ||
	    has_pending(t->tid))
		return WAKE_NOTHING;
	if (!t->until_ns || t->until_of != call) {
		limit = limit_of(t, wait, regs);
		t->until_ns = limit ? now + limit : UINT64_MAX;
		t->until_of = call;
	}
	if (now >= t->until_ns) {
		regs->rax = (uint64_t)(int64_t)wait->late;
		return WAKE_ENDS;
	}
	if (wait->limit == LIMIT_MS && t->until_ns != UINT64_MAX)
		regs->r10 = (t->until_ns - now + MS_NS - 1) / MS_NS;
	return WAKE_AGAIN;
}

void trace_wake(struct tracee *t, int status)
{
	struct user_regs_struct regs;
	uint64_t r10;

	if (t->is_armed || ptrace(PTRACE_GETREGS, t->tid, NULL, &regs) ||
	    regs.cs != CS_64)
		return;
	r10 = regs.r10;
	/* No stop has told of the beginning of the next call: it may be
	 * another. */
	if (t->is_again)
		t->until_ns = 0;
	switch (trace_wake_of(t, status, t->call, &regs)) {
	case WAKE_AGAIN:
		/* To the program this is one call: its registers stay. */
		regs.r10 = r10;
		regs.rip -= 2;
		regs.rax = regs.orig_rax;
		t->is_again = true;
		break;
	case WAKE_ENDS:
		break;
	default:
		return;
	}
	regs.orig_rax = (uint64_t)-1;
	ptrace(PTRACE_SETREGS, t->tid, NULL, &regs);
}
