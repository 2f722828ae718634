/* SPDX-License-Identifier: Apache-2.0 */
/*
 * At exec: stub_boot runs before the program's first instruction and makes the
 * shared memory there; no file system, library or privilege is needed in the
 * process.  Then registers and signal mask are as they were.  New processes,
 * and threads without a slot, make theirs in the same way.
 */
#include "capture/inject/inject_boot.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include "capture/inject/inject_notice.h"
#include "capture/inject/inject_patch.h"

enum { CS_64 = 0x33, SYSCALL_STOP = SIGTRAP | 0x80 };

#define SIGSYS_MASK  (1ull << (SIGSYS - 1))
#define ALL_BUT_TRAP (~(1ull << (SIGTRAP - 1)))
/* How far from a program its trampolines are: near enough for a jump, but the
 * heap has room. */
#define NEAR_PROGRAM 0x60000000ull

/* Waits until the thread stops by the signal that it raises itself; others are
 * blocked.  Fills regs. */
static bool await(struct injector *c, const struct tracee *t, int sig,
		  struct user_regs_struct *regs)
{
	int status;

	while (trace_wait(&c->tracer, t->tid, &status)) {
		if (status >> 16 == 0)
			return WSTOPSIG(status) == sig &&
			       remote_regs(t->tid, regs);
		if (ptrace(PTRACE_CONT, t->tid, NULL, NULL))
			break;
	}
	return false;
}

/* Where nothing of the program is on the stack: there the kernel would put the
 * frame of a signal. */
static uint64_t below_stack(const struct user_regs_struct *regs)
{
	enum { RED_ZONE = 128, WAY_LEN = 320 };

	return ((regs->rsp - RED_ZONE) & ~63ull) - WAY_LEN;
}

/* Writes the frame from which rt_sigreturn(2) takes the process back to regs if
 * no tracer answers. */
static bool write_way_out(pid_t pid, uint64_t at,
			  const struct user_regs_struct *regs, uint64_t mask)
{
	enum { STRICT_SS = 6, NO_CHANGE = 7 };
	const uint64_t in_order[] = { regs->r8,
				      regs->r9,
				      regs->r10,
				      regs->r11,
				      regs->r12,
				      regs->r13,
				      regs->r14,
				      regs->r15,
				      regs->rdi,
				      regs->rsi,
				      regs->rbp,
				      regs->rbx,
				      regs->rdx,
				      regs->rax,
				      regs->rcx,
				      regs->rsp,
				      regs->rip,
				      regs->eflags,
				      regs->cs | regs->ss << 48 };
	ucontext_t way = { .uc_flags = STRICT_SS };
	struct iovec local, there;
	size_t len;

	way.uc_stack.ss_flags =
		NO_CHANGE; /* invalid: the kernel leaves its stack alone */
	memcpy(way.uc_mcontext.gregs, in_order, sizeof(in_order));
	memcpy(&way.uc_sigmask, &mask, sizeof(mask));
	len = offsetof(ucontext_t, uc_sigmask) + sizeof(mask);
	local = (struct iovec){ &way, len };
	there = (struct iovec){ (void *)(uintptr_t)at, len };
	return process_vm_writev(pid, &local, 1, &there, 1, 0) ==
		       (ssize_t)len ||
	       remote_write(pid, at, &way, len);
}

bool inject_take_slot(struct injector *c, struct tracee *t,
		      struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;

	i->slot = slot_open(c, i->arena, t->pid, t->tid);
	regs->gs_base =
		i->slot ? slot_address(i->slot) : arena_null_context(i->arena);
	if (!i->slot)
		return false;
	i->slot->context->blocked = i->blocks_sigsys;
	i->slot->fixed->sigsys = i->sigsys;
	return true;
}

bool inject_dispatch(const struct tracee *t)
{
	const struct inject_thread *i = t->user;

	return remote_dispatch(
		t->tid, slot_address(i->slot) + (uint64_t)FIXED_ALIVE,
		(struct remote_range){ inject_code(i), STUB_TRAP_AT });
}

void inject_go_on(const struct tracee *t, const struct user_regs_struct *regs,
		  uint64_t mask)
{
	const struct inject_thread *i = t->user;
	struct stub_context *ctx = i->slot->context;

	ctx->held_mask = mask & ~SIGSYS_MASK;
	ctx->after = regs->rip;
	ctx->rsp = regs->rsp;
	ctx->flags = regs->eflags;
	ctx->rax = regs->rax;
	ctx->rdi = regs->rdi;
	ctx->rsi = regs->rsi;
	ctx->rdx = regs->rdx;
	ctx->r10 = regs->r10;
	ctx->r8 = regs->r8;
	ctx->r9 = regs->r9;
	ctx->rbx = regs->rbx;
	ctx->rbp = regs->rbp;
	ctx->r12 = regs->r12;
	ctx->r13 = regs->r13;
	ctx->r14 = regs->r14;
	ctx->r15 = regs->r15;
}

/* Takes the memory that the thread has made as its arena, in the place of the
 * arena that it had. */
static bool take_arena(struct injector *c, struct tracee *t,
		       const struct booting *b,
		       const struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;
	const struct arena_offer offer = { .pid = t->tid,
					   .fd = (int)regs->r13,
					   .base = regs->rbp,
					   .len = b->len,
					   .of = i->arena,
					   .is_child = b->where & BOOT_CHILD };
	struct arena_map *arena = arena_open(c, &offer, &i->sigsys);

	if (!arena) {
		notice_by_stops(c, t, STOPS_SEALED);
		return false;
	}
	if (i->arena && !offer.is_child) {
		i->arena->is_one_of_many = arena->is_one_of_many = true;
		arena_keep_no_ends(i->arena);
		arena_keep_no_ends(arena);
	}
	arena_unref(i->arena);
	i->arena = arena;
	return true;
}

bool inject_boot_answer(struct injector *c, struct tracee *t,
			const struct booting *b)
{
	struct inject_thread *i = t->user;
	uint64_t made = b->at + (uint64_t)(stub_boot_made - stub_boot);
	struct user_regs_struct regs;

	if (!remote_regs(t->tid, &regs))
		return false;
	if ((int64_t)regs.rax < 0 || regs.rip != made) {
		notice_by_stops(c, t, STOPS_REFUSED);
		return false;
	}
	if (!take_arena(c, t, b, &regs) || !inject_take_slot(c, t, &regs))
		return false;
	i->arena->alias = b->alias;
	inject_go_on(t, &b->was, b->mask);
	slot_arm(c, i->slot, true);
	i->boot_failed = b->at + 1 + (uint64_t)(stub_boot_failed - stub_boot);
	regs.r14 = STUB_AT(inject_code(i), stub_mapped);
	regs.rdi = b->alias;
	return remote_set_regs(t->tid, &regs);
}

bool inject_give_way(struct injector *c, const struct tracee *t)
{
	struct user_regs_struct regs;
	bool is_last = false;
	int sig = SIGTRAP;
	int status;

	for (;;) {
		if (ptrace(PTRACE_SYSCALL, t->tid, NULL,
			   (void *)(uintptr_t)sig) ||
		    !trace_wait(&c->tracer, t->tid, &status))
			return false;
		if (status >> 16 || WSTOPSIG(status) != SYSCALL_STOP) {
			trace_requeue(&c->tracer, t->tid, status);
			return false;
		}
		if (is_last)
			return true;
		sig = 0;
		is_last = remote_regs(t->tid, &regs) &&
			  regs.orig_rax == SYS_rt_sigreturn;
	}
}

bool inject_boot_prepare(struct injector *c, struct tracee *t,
			 struct booting *b)
{
	struct inject_thread *i = t->user;
	struct user_regs_struct regs;

	/* A child has as much address space as its parent. */
	if (!(b->where & BOOT_CHILD) && !remote_has_room(t->tid, b->len)) {
		notice_by_stops(c, t, STOPS_LIMIT);
		return false;
	}
	if (!remote_get_mask(t->tid, &b->mask))
		return false;
	b->was.orig_rax = (uint64_t)-1;
	i->blocks_sigsys |= (b->mask & SIGSYS_MASK) != 0;
	regs = b->was;
	regs.rip = b->at;
	regs.r12 = b->len;
	regs.r15 = b->where;
	regs.rbx = below_stack(&b->was);
	regs.rsp = regs.rbx - BOOT_STACK;
	if (!write_way_out(t->tid, regs.rbx, &b->was, b->mask) ||
	    !remote_set_regs(t->tid, &regs))
		return false;
	remote_set_mask(t->tid, ALL_BUT_TRAP);
	return true;
}

bool inject_boot_end(struct injector *c, struct tracee *t,
		     const struct booting *b)
{
	struct user_regs_struct regs;

	if (!await(c, t, SIGTRAP, &regs))
		return false;
	t->is_armed = inject_boot_answer(c, t, b);
	if (!t->is_armed)
		return inject_give_way(c, t);
	if (b->code)
		inject_patch_first(c, t, b->memory, b->code, b->has_linker);
	return true;
}

/* Where trampolines are for a program without a dynamic linker, whose calls are
 * in the program itself. */
static uint64_t place_near(const struct user_regs_struct *regs)
{
	return (regs->rip & ~0xfffull) + NEAR_PROGRAM;
}

/* Copies stub_boot to the end of the vDSO; false: there is no place for it. */
static bool put_boot(struct booting *b, uint64_t vdso)
{
	size_t len = (size_t)(stub_boot_end - stub_boot);
	size_t from = (size_t)(stub_boot - stub_begin);
	uint8_t code[STUB_SITES];

	if (len > REMOTE_PLACE_LEN)
		return false;
	b->at = remote_place(b->memory, vdso);
	memcpy(code + from, stub_boot, len);
	arena_put_boot_action(code, b->at - from);
	return b->at && pwrite(b->memory, code + from, len, (off_t)b->at) ==
				(ssize_t)len;
}

/* A program linked to a fixed address is far from its libraries, and likely to
 * make calls of its own (Go). */
uint64_t inject_far_place(const struct remote_aux *aux)
{
	return aux->entry >> 32 ? 0 : (aux->entry & ~0xfffull) + NEAR_PROGRAM;
}

/* Whatever fails, the thread goes on from where it is.  The order of steps is
 * such that the tracer may be killed after any of them. */
bool inject_boot_begin(struct injector *c, struct tracee *t, struct booting *b)
{
	struct remote_aux aux;

	*b = (struct booting){ .memory = remote_memory(&c->files_open, t->tid),
			       .len = arena_len(INJECT_SLOTS),
			       .where = BOOT_IMAGE };
	if (b->memory < 0 || !remote_regs(t->tid, &b->was) ||
	    b->was.cs != CS_64)
		return false;
	proc_look(&c->early, t->tid, b->memory, b->was.rsp);
	c->early.pid = t->has_one_id ? t->tid : 0;
	if (!remote_aux_early(&c->early, &aux))
		aux = remote_aux(t->tid);
	if (!aux.linker)
		b->where |= place_near(&b->was);
	b->alias = aux.linker ? inject_far_place(&aux) : 0;
	b->code = aux.linker ? aux.linker : aux.entry;
	b->has_linker = aux.linker != 0;
	if ((int64_t)b->was.rax == -ENOSYS && b->was.orig_rax == SYS_execve)
		b->was.rax = 0; /* as exec will set it */
	if (!put_boot(b, aux.vdso) || !inject_boot_prepare(c, t, b))
		return false;
	ptrace(PTRACE_CONT, t->tid, NULL, NULL);
	return true;
}
