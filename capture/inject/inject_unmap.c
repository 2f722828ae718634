/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program is about to unmap, or to map over, the memory in which its calls
 * are recorded.  If one thread runs the stub, the program's code is put back as
 * it was and its calls go on the slow path; else the call is refused.  The
 * capture notes either.
 */
#include "capture/inject/inject_unmap.h"

#include <errno.h>

#include "capture/inject/inject_patch.h"

bool inject_unmaps_us(const struct tracee *t,
		      const struct user_regs_struct *regs)
{
	const struct inject_thread *i = t->user;
	const struct stub_fixed *fixed = i->slot->fixed;
	const uint64_t args[] = { regs->rdi, regs->rsi, regs->rdx, regs->r10,
				  regs->r8 };

	return range_changes(&fixed->arena, regs->rax, args) ||
	       range_changes(&fixed->code, regs->rax, args);
}

/* The address of the thread's call in the program; 0: it has none. */
static uint64_t place_of_call(const struct tracee *t,
			      const struct user_regs_struct *regs)
{
	const struct inject_thread *i = t->user;
	uint64_t at = regs->rip;
	uint8_t code[2];

	if (arena_contains(i->arena, at))
		at = i->slot->context->after - sizeof(code);
	return remote_read(t->tid, at, code, sizeof(code)) && code[0] == 0x0f &&
			       code[1] == 0x05
		       ? at
		       : 0;
}

/* Does no other thread run the stub in this process's memory? */
static bool is_only_one(const struct injector *c, const struct tracee *t)
{
	const struct inject_thread *i = t->user;
	const struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&c->tracer.tracees, &at))) {
		const struct tracee *other = slot->value;
		const struct inject_thread *its = other->user;

		if (other != t &&
		    (!its ||
		     (its->arena && its->arena->process == i->arena->process)))
			return false;
	}
	return !i->arena->is_lent;
}

void inject_unmap(struct injector *c, struct tracee *t,
		  struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;
	uint64_t at = 0;

	if (is_only_one(c, t) && remote_end_dispatch(t->tid)) {
		inject_unpatch(t);
		at = place_of_call(t, regs);
	}
	if (at) {
		i->slot->told_by_tracer |= SLOT_UNMAPS;
		inject_retire(c, t);
		t->in_syscall = false;
		regs->rip = at;
	} else {
		i->slot->told_by_tracer |= SLOT_REFUSED;
		regs->rax = (uint64_t)-EPERM;
		regs->rip += 2;
	}
	remote_set_regs(t->tid, regs);
}
