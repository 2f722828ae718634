/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signals for threads in the stub.  A handler must find the thread where it
 * would be natively: at the call not yet made, interrupted in it, or behind it.
 * So before the call the thread is taken back to it, in the call its record is
 * completed, and behind the call the signal is held until the stub is done.
 */
#include "capture/inject/inject_signal.h"

#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "capture/inject/inject_record.h"
#include "capture/inject/inject_sigsys.h"

/* Blocks all but the signals that the stub itself may cause. */
#define HOLD_MASK                                                         \
 (~(1ull << (SIGSYS - 1) | 1ull << (SIGSEGV - 1) | 1ull << (SIGBUS - 1) | \
    1ull << (SIGTRAP - 1)))

static bool is_restart(int64_t ret)
{
	return ret <= -512 && ret >= -516;
}

/* Puts back the program's registers that the stub may have changed. */
static void restore(const struct stub_context *ctx,
		    struct user_regs_struct *regs)
{
	regs->rdi = ctx->rdi;
	regs->rsi = ctx->rsi;
	regs->rdx = ctx->rdx;
	regs->r10 = ctx->r10;
	regs->r8 = ctx->r8;
	regs->r9 = ctx->r9;
	regs->rbx = ctx->rbx;
	regs->rbp = ctx->rbp;
	regs->r12 = ctx->r12;
	regs->r13 = ctx->r13;
	regs->r14 = ctx->r14;
	regs->r15 = ctx->r15;
	regs->rsp = ctx->rsp;
	regs->eflags = ctx->flags;
	regs->rcx = ctx->after;
	regs->r11 = ctx->flags;
}

/* The thread leaves the stub; the recorder reads the phase meanwhile. */
static void leave(struct stub_context *ctx)
{
	__atomic_store_n(&ctx->phase, STUB_OUTSIDE, __ATOMIC_RELEASE);
}

/*
 * Takes the thread back to its call, which will be made again from the program.
 */
static void roll_back(struct stub_context *ctx, struct user_regs_struct *regs)
{
	restore(ctx, regs);
	regs->rax = ctx->rax;
	regs->orig_rax = (uint64_t)-1;
	regs->rip = ctx->after - 2;
	leave(ctx);
}

/* Takes the thread behind its call, which is recorded. */
static void roll_forward(struct stub_context *ctx,
			 struct user_regs_struct *regs)
{
	restore(ctx, regs);
	regs->rax = ctx->ret;
	regs->orig_rax = (uint64_t)-1;
	regs->rip = ctx->after;
	leave(ctx);
}

/*
 * Takes the thread, interrupted in its call, to the program's own place: there
 * the kernel will restart the call or return EINTR, by what is in rax.
 * Completes the record.
 */
static void interrupt(struct slot *slot, struct user_regs_struct *regs)
{
	struct stub_context *ctx = slot->context;

	inject_end_record(slot, (int64_t)regs->rax, RAW_INTERRUPTED);
	restore(ctx, regs);
	regs->rip = ctx->after;
	leave(ctx);
}

void inject_leave_code(struct slot *slot, struct user_regs_struct *regs)
{
	slot->told_by_tracer |= SLOT_CODE_BAD;
	if (slot->context->phase == STUB_AFTER)
		roll_forward(slot->context, regs);
	else
		roll_back(slot->context, regs);
}

/*
 * Holds a signal until the call at hand is over; returns 0, or the signal if
 * that cannot be done.  First the stub is told, for it to raise the signal if
 * the tracer dies (stub_unheld).
 */
static int hold(struct tracee *t, int sig)
{
	struct inject_thread *i = t->user;
	struct stub_context *ctx = i->slot->context;

	if (ptrace(PTRACE_GETSIGINFO, t->tid, NULL, &i->held_info) ||
	    !remote_get_mask(t->tid, &i->held_mask))
		return sig;
	i->held_signal = sig;
	if (sigsys_has_address(&i->held_info))
		i->held_info.si_call_addr = (void *)(uintptr_t)ctx->after;
	ctx->held_signal = (uint32_t)sig;
	ctx->held_mask = i->held_mask;
	memcpy(ctx->held_info, &i->held_info, sizeof(i->held_info));
	ctx->hold |= STUB_HOLD_SIGNAL;
	/* The stop was only looked at (wait_secured in trace.c): takes it now,
	 * so that the kernel does not deliver the signal by itself. */
	waitid(P_PID, (id_t)t->tid, NULL, WSTOPPED | WNOHANG | __WALL);
	remote_set_mask(t->tid, HOLD_MASK);
	return 0;
}

/* The mask first: if only that is set, stub_unheld does the rest. */
int inject_release(struct injector *c, struct tracee *t,
		   struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;
	struct stub_context *ctx = i->slot->context;
	int sig = i->held_signal;

	if (ctx->hold & STUB_HOLD_RECORD)
		inject_tell_failed(c, t);
	if (sig) {
		remote_set_mask(t->tid, i->held_mask);
		ptrace(PTRACE_SETSIGINFO, t->tid, NULL, &i->held_info);
	}
	roll_forward(ctx, regs);
	remote_set_regs(t->tid, regs);
	ctx->hold = 0;
	i->held_signal = 0;
	return sig;
}

/* Takes a thread at the first instructions of the stub, which have changed only
 * rcx and r11, back to its call. */
static void leave_entry(struct user_regs_struct *regs, uint64_t base,
			const struct inject_thread *i)
{
	uint64_t desc =
		regs->rip == STUB_AT(base, stub_enter) ? regs->rcx : regs->r11;

	/* At other descriptors stands a system call that traps, and a jump to
	 * behind the program's. */
	if (desc == slot_address(i->slot) + offsetof(struct stub_context, sent))
		regs->rip = i->slot->context->sent[1] - 2;
	else
		regs->rip = desc;
	regs->orig_rax = (uint64_t)-1;
}

/*
 * Takes a thread that the tracer has sent to stub_dispatch where it was to go.
 */
static void leave_dispatch(const struct stub_context *ctx,
			   struct user_regs_struct *regs)
{
	restore(ctx, regs);
	regs->rax = ctx->rax;
	regs->rip = ctx->after;
	regs->orig_rax = (uint64_t)-1;
}

/* Is rip right behind a call, before the stub has done anything for it? */
static bool is_behind_call(uint64_t base, uint64_t rip)
{
	return rip == STUB_AT(base, stub_after) ||
	       (rip >= STUB_AT(base, stub_forked) &&
		rip < STUB_AT(base, stub_forked_end)) ||
	       (rip >= STUB_AT(base, stub_vforked) &&
		rip < STUB_AT(base, stub_vforked_end));
}

/* Does the signal run no handler?  A stop is not held: it would come after the
 * SIGCONT that is to end it. */
static bool runs_nothing(const struct tracee *t, int sig)
{
	enum signal_effect effect = trace_effect(t->tid, sig);

	return effect == SIGNAL_IGNORED || effect == SIGNAL_STOPS;
}

bool inject_wake(struct tracee *t, struct user_regs_struct *regs, int status)
{
	const struct inject_thread *i = t->user;
	const struct stub_context *ctx = i->slot->context;
	uint64_t base = inject_code(i);
	struct user_regs_struct next = *regs;
	bool is_in_code = regs->rip == STUB_AT(base, stub_after);
	uint64_t r10 = regs->r10;
	enum wake wake;

	if (is_in_code && ctx->phase != STUB_BEFORE)
		return false;
	if (!ctx->record) /* not recorded: seq does not tell calls apart */
		t->until_ns = 0;
	wake = trace_wake_of(t, status, ctx->seq, &next);
	if (wake == WAKE_NOTHING)
		return false;
	if (wake == WAKE_AGAIN) {
		next.rax = next.orig_rax;
		next.rip =
			is_in_code ? STUB_AT(base, stub_syscall) : next.rip - 2;
		/* The stub has all registers saved, and restores them. */
		next.r10 = is_in_code ? next.r10 : r10;
	}
	next.orig_rax = (uint64_t)-1;
	*regs = next;
	return remote_set_regs(t->tid, regs);
}

int inject_signal(struct injector *c, struct tracee *t,
		  struct user_regs_struct *regs, int sig)
{
	struct inject_thread *i = t->user;
	struct stub_context *ctx = i->slot->context;
	uint64_t base = inject_code(i);
	uint64_t rip = regs->rip;

	if (rip < STUB_AT(base, stub_enter) || rip >= base + STUB_TRAP_AT)
		return sig;
	/* SIGSTOP, which no mask keeps, in a thread with a held signal: the
	 * stub goes on to the end of the call. */
	if (i->held_signal)
		return sig;
	if (rip >= STUB_AT(base, stub_exit) &&
	    rip < STUB_AT(base, stub_exit_end))
		roll_forward(ctx, regs);
	else if (rip >= STUB_AT(base, stub_unmasked) &&
		 rip < STUB_AT(base, stub_dispatch_end))
		leave_dispatch(ctx, regs);
	else if (is_behind_call(base, rip) && ctx->phase == STUB_BEFORE &&
		 is_restart((int64_t)regs->rax))
		interrupt(i->slot, regs);
	else if (sig != SIGSYS && rip == STUB_AT(base, stub_after) &&
		 ctx->phase == STUB_BEFORE &&
		 inject_complete(c, t, (int64_t)regs->rax))
		roll_forward(ctx, regs);
	else if (runs_nothing(t, sig))
		return sig; /* no handler sees where the thread is */
	else if (is_behind_call(base, rip) || ctx->phase == STUB_AFTER)
		return hold(t, sig);
	else if (ctx->phase == STUB_BEFORE)
		roll_back(ctx, regs);
	else if (rip < STUB_AT(base, stub_after))
		leave_entry(regs, base, i);
	else
		return sig; /* on its way out, with the program's registers */
	remote_set_regs(t->tid, regs);
	return sig;
}
