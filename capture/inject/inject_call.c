/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that a traced thread makes for the tracer: to make the arena of a
 * program that runs already (inject_attach.c), and to replace pages of code
 * (inject_page.c).
 */
#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "capture/inject/inject_call.h"

enum {
	SYSCALL_STOP = SIGTRAP | 0x80,
	SET_LEN = 8 /* of a set of signals */
};

bool make_begin(struct maker *m)
{
	return remote_regs(m->t->tid, &m->was) &&
	       remote_get_mask(m->t->tid, &m->mask);
}

struct user_regs_struct make_restarted(struct user_regs_struct regs)
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

size_t make_way(const struct maker *m, uint8_t *to)
{
	struct user_regs_struct way = make_restarted(m->was);

	memcpy(to, &way, sizeof(way));
	memcpy(to + sizeof(way), &m->mask, sizeof(m->mask));
	return sizeof(way) + sizeof(m->mask);
}

/* Lets it run to the next start or end of a call. */
static bool to_next(struct maker *m)
{
	int status;

	if (m->is_lost)
		return false;
	m->is_lost = true;
	if (ptrace(PTRACE_SYSCALL, m->t->tid, NULL, NULL) ||
	    !trace_wait(&m->c->tracer, m->t->tid, &status))
		return false;
	if (status >> 16 || WSTOPSIG(status) != SYSCALL_STOP)
		m->stop = status;
	else
		m->is_lost = false;
	return !m->is_lost;
}

/* The mask last: with it alone, the thread would go on for ever. */
static bool enter(struct maker *m, uint64_t nr, struct args args)
{
	struct user_regs_struct regs = m->was;

	regs.orig_rax = (uint64_t)-1;
	regs.rip = m->at;
	regs.rax = nr;
	regs.rdi = args.a[0];
	regs.rsi = args.a[1];
	regs.rdx = args.a[2];
	regs.r10 = args.a[3];
	regs.r8 = args.a[4];
	regs.r9 = args.a[5];
	regs.r13 = (uint64_t)(int64_t)m->fd;
	if (m->is_lost || !remote_set_regs(m->t->tid, &regs))
		return false;
	if (!m->is_masked)
		m->is_masked = remote_set_mask(m->t->tid, UINT64_MAX);
	return m->is_masked && to_next(m);
}

static int64_t leave(struct maker *m)
{
	struct user_regs_struct regs;

	if (!to_next(m) || !remote_regs(m->t->tid, &regs))
		return -ESRCH;
	return (int64_t)regs.rax;
}

int64_t make_call(struct maker *m, uint64_t nr, struct args args)
{
	return enter(m, nr, args) ? leave(m) : -ESRCH;
}

int64_t make_sigaction(struct maker *m, int sig, uint64_t set, uint64_t old)
{
	return make_call(m, SYS_rt_sigaction,
			 (struct args){ { (uint64_t)sig, set, old, SET_LEN } });
}

bool make_end(const struct maker *m)
{
	return m->stop >> 16 != PTRACE_EVENT_EXEC &&
	       remote_set_mask(m->t->tid, m->mask) &&
	       remote_set_regs(m->t->tid, &m->was);
}
