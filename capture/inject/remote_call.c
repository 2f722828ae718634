/* SPDX-License-Identifier: Apache-2.0 */
/* Remote calls: they make the arena of a program that runs already
 * (inject_attach.c), and replace pages of code (inject_page.c). */
#include "capture/inject/remote_call.h"

#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum {
	SYSCALL_STOP = SIGTRAP | 0x80,
	SET_LEN = 8 /* of a set of signals */
};

bool remote_call_begin(struct remote_caller *caller)
{
	return remote_regs(caller->t->tid, &caller->was) &&
	       remote_get_mask(caller->t->tid, &caller->mask);
}

struct user_regs_struct remote_restarted(struct user_regs_struct regs)
{
	enum { RESTART_BY_BLOCK = -516, RESTART_FIRST = -512 };
	int64_t ret = (int64_t)regs.rax;

	if ((int64_t)regs.orig_rax < 0 || ret < RESTART_BY_BLOCK ||
	    ret > RESTART_FIRST)
		return regs;
	regs.rax =
		ret == RESTART_BY_BLOCK ? SYS_restart_syscall : regs.orig_rax;
	regs.rip -= 2;
	return regs;
}

size_t remote_call_way(const struct remote_caller *caller, uint8_t *to)
{
	struct user_regs_struct way = remote_restarted(caller->was);

	memcpy(to, &way, sizeof(way));
	memcpy(to + sizeof(way), &caller->mask, sizeof(caller->mask));
	return sizeof(way) + sizeof(caller->mask);
}

/* Lets the thread run to the next start or end of a call; false: it is lost. */
static bool to_next(struct remote_caller *caller)
{
	int status;

	if (caller->is_lost)
		return false;
	caller->is_lost = true;
	if (ptrace(PTRACE_SYSCALL, caller->t->tid, NULL, NULL) ||
	    !trace_wait(caller->tracer, caller->t->tid, &status))
		return false;
	if (status >> 16 || WSTOPSIG(status) != SYSCALL_STOP)
		caller->stop = status;
	else
		caller->is_lost = false;
	return !caller->is_lost;
}

/* Has the thread start a call.  The mask is set last: if the tracer died with
 * only the mask set, nothing would unblock the signals. */
static bool enter(struct remote_caller *caller, uint64_t nr,
		  struct remote_args args)
{
	struct user_regs_struct regs = caller->was;

	regs.orig_rax = (uint64_t)-1;
	regs.rip = caller->at;
	regs.rax = nr;
	regs.rdi = args.a[0];
	regs.rsi = args.a[1];
	regs.rdx = args.a[2];
	regs.r10 = args.a[3];
	regs.r8 = args.a[4];
	regs.r9 = args.a[5];
	regs.r13 = (uint64_t)(int64_t)caller->fd;
	if (caller->is_lost || !remote_set_regs(caller->t->tid, &regs))
		return false;
	if (!caller->is_masked)
		caller->is_masked = remote_set_mask(caller->t->tid, UINT64_MAX);
	return caller->is_masked && to_next(caller);
}

static int64_t leave(struct remote_caller *caller)
{
	struct user_regs_struct regs;

	if (!to_next(caller) || !remote_regs(caller->t->tid, &regs))
		return -ESRCH;
	return (int64_t)regs.rax;
}

int64_t remote_call(struct remote_caller *caller, uint64_t nr,
		    struct remote_args args)
{
	return enter(caller, nr, args) ? leave(caller) : -ESRCH;
}

int64_t remote_call_sigaction(struct remote_caller *caller, int sig,
			      uint64_t set, uint64_t old)
{
	return remote_call(
		caller, SYS_rt_sigaction,
		(struct remote_args){ { (uint64_t)sig, set, old, SET_LEN } });
}

bool remote_call_end(const struct remote_caller *caller)
{
	return caller->stop >> 16 != PTRACE_EVENT_EXEC &&
	       remote_set_mask(caller->t->tid, caller->mask) &&
	       remote_set_regs(caller->t->tid, &caller->was);
}
