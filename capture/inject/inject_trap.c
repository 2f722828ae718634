/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stops of threads that run the stub: calls from unpatched sites trap here
 * (SIGSYS), new threads get their slots, new programs their arena.  Calls that
 * the stub must not make go on the slow path.
 */
#include "capture/inject/inject_trap.h"

#include <errno.h>
#include <linux/kcmp.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "capture/inject/inject_attach.h"
#include "capture/inject/inject_birth.h"
#include "capture/inject/inject_boot.h"
#include "capture/inject/inject_fault.h"
#include "capture/inject/inject_patch.h"
#include "capture/inject/inject_record.h"
#include "capture/inject/inject_rows.h"
#include "capture/inject/inject_signal.h"
#include "capture/inject/inject_sigsys.h"
#include "capture/inject/inject_unmap.h"
#include "core/arena.h"

#define ARCH_64 0xc000003eu /* AUDIT_ARCH_X86_64 */

enum {
	SYSCALL_STOP = SIGTRAP | 0x80,
	USER_DISPATCH = 2, /* si_code of SIGSYS */
	SET_GS = 0x1001,
	GET_GS = 0x1004
};

static bool is_release(const struct tracee *t,
		       const struct user_regs_struct *regs)
{
	const struct inject_thread *i = t->user;

	return regs->rip - 2 == inject_code(i) + STUB_TRAP_AT;
}

/* A call has trapped.  Puts the thread back to it at once: should the tracer
 * die before it handles the stop, the call is made where it is. */
static bool secure(const struct tracer *tracer, struct tracee *t, int sig)
{
	struct inject_thread *i = t ? t->user : NULL;
	struct user_regs_struct regs;
	siginfo_t info;

	(void)tracer;
	if (sig == SIGTRAP && i && i->is_booting)
		return true;
	if (sig != SIGSYS || !i || !t->is_armed ||
	    ptrace(PTRACE_GETSIGINFO, t->tid, NULL, &info) ||
	    info.si_code != USER_DISPATCH || !remote_regs(t->tid, &regs))
		return false;
	regs.orig_rax = (uint64_t)-1;
	if (!is_release(t, &regs))
		regs.rip -= 2;
	i->is_secured = remote_set_regs(t->tid, &regs);
	i->regs = regs;
	i->info = info;
	return i->is_secured;
}

/* Frees what a thread has. */
static void forgotten(struct tracer *tracer, struct tracee *t)
{
	struct injector *c = injector_of(tracer);
	struct inject_thread *i = t->user;

	if (!i)
		return;
	inject_leave_arena(c, i);
	i->next = c->unused_threads;
	c->unused_threads = i;
	t->user = NULL;
}

/* Of a thread that has ended, or executed from another thread. */
static void ended(struct tracer *tracer, struct tracee *t, int status)
{
	struct injector *c = injector_of(tracer);
	struct inject_thread *i = t->user;

	if (c->files_open.tid == t->tid)
		remote_close(&c->files_open);
	if (!i)
		return;
	if (inject_is_in_code(t) && sigsys_ended(c, t, status))
		inject_end_record(i->slot, (int64_t)i->slot->context->rax, 0);
	forgotten(tracer, t);
}

/* Runs the new thread in its creator's memory, and not in a copy? */
static bool has_memory_of(const struct tracee *t, const struct tracee *creator)
{
	if (t->pid == creator->pid)
		return true;
	return t->flags ? (t->flags & CLONE_VM) != 0
			: remote_shares(t->tid, creator->tid, KCMP_VM) > 0;
}

/* Notes what a new thread inherits. */
static void born(struct tracer *tracer, struct tracee *t,
		 struct tracee *creator)
{
	struct injector *c = injector_of(tracer);
	struct inject_thread *from = inject_thread_of(c, creator);
	struct inject_thread *i = inject_thread_of(c, t);

	inject_keep_mask(from);
	i->blocks_sigsys = from->blocks_sigsys;
	i->sigsys = from->sigsys;
	i->is_new = true;
	if (t->pid != creator->pid)
		i->parent = creator->pid;
	if (inject_is_in_code(creator))
		i->way_out = from->slot->context->after;
	i->arena = from->stops_only ? NULL : from->arena;
	if (!i->arena)
		return;
	arena_ref(i->arena);
	i->is_filtered = arena_state(i->arena)->filtered;
	i->is_forked = !has_memory_of(t, creator);
	/* The thread of a call that the stub makes waits for its child
	 * (way_of_fork, in stub.c). */
	if (t->pid != creator->pid && !i->is_forked && !i->way_out)
		i->arena->is_lent = true;
}

static void created(struct tracer *tracer, struct tracee *creator)
{
	if (inject_is_in_code(creator))
		inject_add_proc(injector_of(tracer), creator);
}

/* Lets the thread make its call on the slow path. */
static void go_slow(struct injector *c, struct tracee *t,
		    struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;

	slot_arm(c, i->slot, false);
	i->is_slow = true;
	t->is_armed = false;
	t->in_syscall = false;
	remote_set_regs(t->tid, regs);
	c->tracer.stats.slow_path++;
}

/* Sends the thread into the stub, which makes the call and records it. */
static void send_to_code(struct tracee *t, struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;

	i->slot->context->sent[1] = regs->rip + 2;
	regs->r11 = slot_address(i->slot) + offsetof(struct stub_context, sent);
	regs->rip = STUB_AT(inject_code(i), stub_enter_live);
	remote_set_regs(t->tid, regs);
}

/* The program must not set a dispatch of its own: makes that call fail. */
static bool refuse(struct tracee *t, struct user_regs_struct *regs)
{
	enum { SET_SYSCALL_USER_DISPATCH = 59 };

	if (regs->rax != SYS_prctl || regs->rdi != SET_SYSCALL_USER_DISPATCH)
		return false;
	regs->rax = (uint64_t)-EINVAL;
	regs->rip += 2;
	remote_set_regs(t->tid, regs);
	return true;
}

/* A signal is about to be delivered, or *sig becomes 0; its record, or NULL. */
static const struct raw_record *deliver(struct injector *c, struct tracee *t,
					int *sig)
{
	return *sig == SIGSYS ? sigsys_deliver(c, t, sig)
			      : trace_signal(&c->tracer, t, *sig);
}

/*
 * The call is over at whose end the stub had to trap: delivers the signal held.
 */
static const struct raw_record *on_release(struct injector *c, struct tracee *t,
					   struct user_regs_struct *regs)
{
	int sig = inject_release(c, t, regs);
	const struct raw_record *record = sig ? deliver(c, t, &sig) : NULL;

	trace_resume(&c->tracer, t, sig);
	return record;
}

static bool is_about_gs(const struct user_regs_struct *regs)
{
	return regs->rax == SYS_arch_prctl &&
	       (regs->rdi == SET_GS || regs->rdi == GET_GS);
}

/* A call from elsewhere than the stub; regs are at the call (secure). */
static void on_dispatch(struct injector *c, struct tracee *t,
			struct user_regs_struct *regs, const siginfo_t *info)
{
	const struct inject_thread *i = t->user;
	uint64_t nr = regs->rax;
	const struct stub_row *row = inject_row(c, nr);

	if (refuse(t, regs)) {
		trace_resume(&c->tracer, t, 0);
		return;
	}
	if (inject_unmaps_us(t, regs)) {
		inject_unmap(c, t, regs);
		trace_resume(&c->tracer, t, 0);
		return;
	}
	if ((is_about_gs(regs) && regs->rdi == SET_GS) ||
	    inject_has_own_gs(t, regs))
		inject_leave_gs(c, t);
	if (nr == SYS_rt_sigaction && regs->rdi == SIGSYS) {
		sigsys_ask(t, regs);
		go_slow(c, t, regs);
	} else if (info->si_arch != ARCH_64 || row->action == STUB_TRAP ||
		   is_about_gs(regs) || i->stops_only ||
		   i->slot->context->again) {
		i->slot->context->again = 0;
		go_slow(c, t, regs);
	} else if (inject_patch(c, t, regs->rip, nr)) {
		send_to_code(t, regs);
	} else {
		return;
	}
	trace_resume(&c->tracer, t, 0);
}

/* A signal stop of an armed thread: a trap, a fault of the stub, or a signal of
 * the program.  Its record, or NULL; the thread is resumed. */
static const struct raw_record *on_signal(struct injector *c, struct tracee *t,
					  int sig)
{
	const struct raw_record *record = NULL;
	struct inject_thread *i = t->user;
	struct user_regs_struct regs;
	bool is_fault;

	if (i->is_secured) {
		i->is_secured = false;
		regs = i->regs;
		if (is_release(t, &regs))
			return on_release(c, t, &regs);
		on_dispatch(c, t, &regs, &i->info);
		return NULL;
	}
	if (!remote_regs(t->tid, &regs))
		return NULL;
	if (sig == SIGTRAP && regs.rip == i->boot_failed) {
		inject_boot_failed(c, t);
		return NULL;
	}
	is_fault = inject_is_fault(t, sig);
	if (is_fault && inject_fault(c, t, &regs)) {
		trace_resume(&c->tracer, t, 0);
		return NULL;
	}
	if (sig == SIGSYS && sigsys_waits(t)) {
		trace_resume(&c->tracer, t, 0);
		return NULL;
	}
	if (is_fault && inject_unmove(t, &regs))
		remote_set_regs(t->tid, &regs);
	/* A call that is over is recorded before the signal. */
	if (!inject_wake(t, &regs, W_STOPCODE(sig)))
		sig = inject_signal(c, t, &regs, sig);
	if (sig)
		record = deliver(c, t, &sig);
	trace_resume(&c->tracer, t, sig);
	return record;
}

/*
 * Answers a program that asks for %gs or its action of SIGSYS as it left them.
 */
static void hide(struct injector *c, struct tracee *t,
		 const struct raw_record *record)
{
	const struct inject_thread *i = t->user;
	const uint64_t none = 0;

	if (!record || record->abi != RAW_X86_64)
		return;
	if (record->nr == SYS_arch_prctl && record->args[0] == GET_GS &&
	    !i->stops_only && !record->ret)
		remote_write(t->tid, record->args[1], &none, sizeof(none));
	if (record->nr == SYS_rt_sigaction && record->args[0] == SIGSYS)
		sigsys_answer(c, t, record);
}

/* What the call changes that the stub keeps account of. */
static enum stub_change change_by(const struct injector *c,
				  const struct tracee *t)
{
	struct raw_record call;

	memcpy(&call, t->record.data, sizeof(call));
	return call.abi != RAW_X86_64
		       ? CHANGE_UNSEEN
		       : inject_row(c, (uint32_t)call.nr)->change;
}

/* Tells the stubs of a call on the slow path that begins, or is over. */
static void note_change(struct injector *c, const struct tracee *t)
{
	const struct inject_thread *i = t->user;
	enum stub_change change = change_by(c, t);

	if (change == CHANGE_CONNECT || change == CHANGE_OPTION)
		inject_tell_others(c, t->in_syscall);
	else if (t->in_syscall && change != CHANGE_NONE)
		arena_keep_no_ends(i->arena);
}

/* A call on the slow path begins or is over; then the thread is armed again. */
static const struct raw_record *on_slow(struct injector *c, struct tracee *t)
{
	struct inject_thread *i = t->user;
	const struct raw_record *record = trace_syscall(&c->tracer, t);
	struct user_regs_struct regs;

	note_change(c, t);
	if (!t->in_syscall) {
		if (i->kept_rsi && remote_regs(t->tid, &regs)) {
			regs.rsi = i->kept_rsi;
			remote_set_regs(t->tid, &regs);
		}
		i->kept_rsi = 0;
		hide(c, t, record);
		i->is_slow = false;
		t->is_armed = !i->stops_only;
		slot_arm(c, i->slot, t->is_armed);
	}
	trace_resume(&c->tracer, t, 0);
	return record;
}

/* Has the program seccomp filters, which may not know the calls that make an
 * arena? */
static bool has_filters(const struct injector *c, const struct tracee *t)
{
	const struct inject_thread *i = t->user;

	if (!i->arena)
		return remote_filter_count(t->tid) > c->filter_count;
	return arena_state(i->arena)->filtered;
}

/*
 * A new program: makes its arena.  Returns the record of the exec.  /proc is
 * read while the thread makes the arena, but for what that changes, or waits
 * for.
 */
static const struct raw_record *on_exec(struct injector *c, struct tracee *t)
{
	struct inject_thread *i = inject_thread_of(c, t);
	const struct raw_record *record;
	bool is_filtered = has_filters(c, t);
	struct booting booting = { 0 };
	bool boots = false;

	remote_close(&c->files_open);
	inject_keep_mask(i);
	inject_leave_arena(c, i);
	i->is_slow = i->stops_only = i->is_guest = false;
	i->is_tried = true;
	t->is_armed = false;
	/* exec resets actions, but for signals that are ignored. */
	if (i->sigsys.words[0] != (uint64_t)(uintptr_t)SIG_IGN)
		i->sigsys = (struct sigsys_action){ 0 };
	if (!is_filtered)
		boots = inject_boot_begin(c, t, &booting);
	record = trace_leave(&c->tracer, t, 0);
	c->early.tid = 0;
	if (!boots || inject_boot_end(c, t, &booting))
		trace_resume(&c->tracer, t, 0);
	return record;
}

static bool makes_process(int event)
{
	return event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK ||
	       event == PTRACE_EVENT_CLONE;
}

/* The thread has stopped for no signal: calls that this interrupted go on. */
static void wake(struct tracee *t, int status)
{
	struct user_regs_struct regs;

	if (!t->is_armed)
		trace_wake(t, status);
	else if (remote_regs(t->tid, &regs))
		inject_wake(t, &regs, status);
}

/* A new program has begun: by execve(2) of t, or of a thread beside t. */
static const struct raw_record *executed(struct tracer *tracer,
					 struct tracee *t)
{
	struct injector *c = injector_of(tracer);
	struct tracee *by = trace_executor(tracer, t);

	if (inject_is_in_code(by)) {
		inject_adopt(c, by, inject_number(t));
		by->in_syscall = true;
	}
	trace_exec(tracer, t, by);
	return on_exec(c, t);
}

/* A tracee has stopped: see struct trace_callbacks. */
static bool stopped(struct tracer *tracer, struct tracee *t, int status,
		    const struct raw_record **ret_record)
{
	struct injector *c = injector_of(tracer);
	struct inject_thread *i = inject_thread_of(c, t);
	int event = status >> 16;

	*ret_record = NULL;
	if (event == PTRACE_EVENT_EXEC) {
		*ret_record = executed(tracer, t);
		return true;
	}
	if (makes_process(event) && inject_is_in_code(t)) {
		/* From the stub (way_of_fork) the child of this event never
		 * shares the memory. */
		if (event == PTRACE_EVENT_FORK)
			inject_spread(c, t);
		inject_adopt(c, t, inject_number(t));
	}
	if (event == PTRACE_EVENT_STOP && i->is_new) {
		i->is_new = false;
		if (i->arena)
			inject_birth(c, t);
		else if (!i->stops_only)
			inject_attach(c, t, status);
		return false;
	}
	if (i->is_booting) {
		if (status >> 8 != SIGTRAP)
			return false;
		inject_birth_stop(c, t);
		return true;
	}
	if (event == PTRACE_EVENT_STOP)
		wake(t, status);
	inject_attach(c, t, status);
	if (event)
		return false;
	if (WSTOPSIG(status) == SYSCALL_STOP) {
		if (!i->is_slow)
			return false;
		*ret_record = on_slow(c, t);
		return true;
	}
	if (!t->is_armed)
		return false;
	*ret_record = on_signal(c, t, WSTOPSIG(status));
	return true;
}

/* Before the first thread is detached: a new process without a slot yet has its
 * parent's selector, and must not find that armed. */
static void ending(struct tracer *tracer)
{
	struct injector *c = injector_of(tracer);

	pthread_mutex_lock(&c->shared->lock);
	for (struct slot *slot = c->shared->slots; slot; slot = slot->next)
		if (slot->state == SLOT_ACTIVE)
			slot_arm(c, slot, false);
	pthread_mutex_unlock(&c->shared->lock);
}

/* The thread's calls go through from now on; one that has trapped is made
 * again. */
static int leaving(struct tracer *tracer, struct tracee *t, int sig)
{
	struct injector *c = injector_of(tracer);
	struct inject_thread *i = t->user;
	struct user_regs_struct regs;
	siginfo_t info = { 0 };

	if (!i || !i->slot)
		return sig;
	if (!sig)
		wake(t, PTRACE_EVENT_STOP << 16 | W_STOPCODE(SIGTRAP));
	slot_arm(c, i->slot, false);
	remote_end_dispatch(t->tid);
	if (sig != SIGSYS || ptrace(PTRACE_GETSIGINFO, t->tid, NULL, &info) ||
	    info.si_code != USER_DISPATCH || !remote_regs(t->tid, &regs))
		return sig;
	if (is_release(t, &regs))
		return inject_release(c, t, &regs);
	/* The thread is at its call already if it was secured (secure). */
	if (regs.rip == (uint64_t)(uintptr_t)info.si_call_addr)
		regs.rip -= 2;
	remote_set_regs(t->tid, &regs);
	return 0;
}

const struct trace_callbacks inject_callbacks = {
	.secure = secure,
	.stopped = stopped,
	.born = born,
	.created = created,
	.ended = ended,
	.ending = ending,
	.leaving = leaving,
	.forgotten = forgotten,
};
