/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signals for threads that are in the injected code.  A handler must find the
 * thread where it would be without us: at the call not yet made, interrupted
 * in it, or behind it.  So before the call it is taken back there, in the
 * call its record is completed, and after it the signal waits for the end.
 */
#include "capture/inject/inject_signal.h"

#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "capture/inject/inject_record.h"
#include "capture/inject/inject_sigsys.h"

/* Signals that the code itself may cause while others wait. */
#define HOLD_MASK                                                         \
 (~(1ull << (SIGSYS - 1) | 1ull << (SIGSEGV - 1) | 1ull << (SIGBUS - 1) | \
    1ull << (SIGTRAP - 1)))

static bool is_restart(int64_t ret)
{
	return ret <= -512 && ret >= -516;
}

/* The registers that the code may have changed, as the program had them. */
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

/* The recorder looks at it meanwhile. */
static void leave(struct stub_context *ctx)
{
	__atomic_store_n(&ctx->phase, STUB_OUTSIDE, __ATOMIC_RELEASE);
}

/* To the call itself, which will be made again from the program. */
static void roll_back(struct stub_context *ctx, struct user_regs_struct *regs)
{
	restore(ctx, regs);
	regs->rax = ctx->rax;
	regs->orig_rax = (uint64_t)-1;
	regs->rip = ctx->after - 2;
	leave(ctx);
}

/* Behind the call, which is recorded. */
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
 * In the call: the kernel will restart it or say EINTR, by what it finds in
 * rax, at the program's own place.  The record says what happened.
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

/* What the code does should we die meanwhile is told first (stub_unheld). */
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
	/* It was only looked at (trace.c): now it is not to come by itself. */
	waitid(P_PID, (id_t)t->tid, NULL, WSTOPPED | WNOHANG | __WALL);
	remote_set_mask(t->tid, HOLD_MASK);
	return 0;
}

/* The mask first: with it, and without the rest, stub_unheld does the same. */
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

/* Before anything was saved: only rcx and r11 were changed. */
static void leave_entry(struct user_regs_struct *regs, uint64_t base,
			const struct inject_thread *i)
{
	uint64_t desc =
		regs->rip == STUB_AT(base, stub_enter) ? regs->rcx : regs->r11;

	/* At the descriptor stands a call that traps and goes on behind. */
	if (desc == slot_address(i->slot) + offsetof(struct stub_context, sent))
		regs->rip = i->slot->context->sent[1] - 2;
	else
		regs->rip = desc;
	regs->orig_rax = (uint64_t)-1;
}

/* A thread on its way to where it was to go: stub_unmasked. */
static void leave_dispatch(const struct stub_context *ctx,
			   struct user_regs_struct *regs)
{
	restore(ctx, regs);
	regs->rax = ctx->rax;
	regs->rip = ctx->after;
	regs->orig_rax = (uint64_t)-1;
}

/* Behind a call, of which nothing else is done yet. */
static bool is_behind_call(uint64_t base, uint64_t rip)
{
	return rip == STUB_AT(base, stub_after) ||
	       (rip >= STUB_AT(base, stub_forked) &&
		rip < STUB_AT(base, stub_forked_end)) ||
	       (rip >= STUB_AT(base, stub_vforked) &&
		rip < STUB_AT(base, stub_vforked_end));
}

/* A stop that is held comes after the SIGCONT that was to end it. */
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
	if (!ctx->record) /* nor is it counted */
		t->until_ns = 0;
	wake = trace_wake_of(t, status, ctx->seq, &next);
	if (wake == WAKE_NOTHING)
		return false;
	if (wake == WAKE_AGAIN) {
		next.rax = next.orig_rax;
		next.rip =
			is_in_code ? STUB_AT(base, stub_syscall) : next.rip - 2;
		/* The code has all registers, and gives them back. */
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
	/* This one no mask could keep, SIGSTOP: the code goes on to that end. */
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
		return sig; /* nobody looks where the thread is */
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
