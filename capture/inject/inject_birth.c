/* SPDX-License-Identifier: Apache-2.0 */
/*
 * New threads, before they run a line of the program.  A thread in the memory
 * of its creator gets a slot there.  A forked process has a copy of everything
 * but the pages that its parent's stub writes to (MADV_DONTFORK): it makes an
 * arena of its own in their place, by the stub that it has.
 */
#include "capture/inject/inject_birth.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "capture/inject/inject_boot.h"
#include "capture/inject/inject_notice.h"
#include "capture/inject/remote_call.h"

enum { CS_64 = 0x33 };

/* Without slot and arena: all calls of the thread go on the slow path. */
static bool stay_apart(struct tracee *t, struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;

	regs->gs_base = arena_null_context(i->arena);
	remote_set_regs(t->tid, regs);
	arena_keep_no_ends(i->arena);
	arena_unref(i->arena);
	i->arena = NULL;
	i->stops_only = true;
	return t->is_armed = false;
}

/* Where the thread makes an arena: in the stub that it has. */
static struct booting boot_of(const struct tracee *t,
			      const struct user_regs_struct *regs)
{
	return (struct booting){ .at = STUB_AT(inject_code(t->user), stub_boot),
				 .was = *regs };
}

/*
 * All slots are taken: the thread makes a further arena.  If it was attached to
 * in a call, it begins that again: else the program would get the kernel's
 * internal code for a restart as the result.
 */
static bool make_more(struct injector *c, struct tracee *t,
		      const struct user_regs_struct *regs)
{
	struct booting b = boot_of(t, regs);

	b.was = remote_restarted(b.was);
	b.len = arena_len(STUB_SLOTS_MAX);
	return b.was.cs == CS_64 && inject_boot_prepare(c, t, &b) &&
	       !ptrace(PTRACE_CONT, t->tid, NULL, NULL) &&
	       inject_boot_end(c, t, &b) && t->is_armed;
}

/* Has the thread switch its dispatch on by a call of its own, where the tracer
 * cannot do it from outside. */
static void send_to_dispatch(const struct tracee *t,
			     struct user_regs_struct *regs)
{
	uint64_t mask;

	if (!remote_get_mask(t->tid, &mask))
		return;
	remote_set_mask(t->tid, UINT64_MAX);
	inject_go_on(t, regs, mask);
	regs->rip = STUB_AT(inject_code(t->user), stub_dispatch);
}

/* Gives the thread a slot, and arms it; makes a further arena if there is none.
 * Sets regs. */
static bool arm(struct injector *c, struct tracee *t,
		struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;
	bool has_slot = inject_take_slot(c, t, regs);

	if (has_slot && !inject_dispatch(t))
		send_to_dispatch(t, regs);
	if (!remote_set_regs(t->tid, regs))
		return false;
	if (!has_slot) {
		arena_keep_no_ends(i->arena);
		return make_more(c, t, regs);
	}
	slot_arm(c, i->slot, true);
	return t->is_armed = true;
}

bool inject_arm(struct injector *c, struct tracee *t)
{
	struct user_regs_struct regs;

	return remote_regs(t->tid, &regs) && arm(c, t, &regs);
}

/* Sends a forked thread to make an arena; false: it cannot, or its filters may
 * forbid the calls for it. */
static bool fork_arena(struct injector *c, struct tracee *t,
		       const struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;

	if (i->is_filtered)
		notice_by_stops(c, t, STOPS_FILTERED);
	i->boot = boot_of(t, regs);
	i->boot.len = arena_len(INJECT_SLOTS);
	i->boot.where = inject_code(i) | BOOT_CHILD;
	return regs->cs == CS_64 && !i->is_filtered &&
	       !(t->flags & CLONE_FILES) && inject_boot_prepare(c, t, &i->boot);
}

bool inject_birth(struct injector *c, struct tracee *t)
{
	struct inject_thread *i = t->user;
	struct user_regs_struct regs;

	if (!remote_regs(t->tid, &regs))
		return false;
	/* The thread was born in the stub: it goes on where its parent's call
	 * returns. */
	if (i->way_out)
		regs.rip = regs.rcx = i->way_out;
	i->way_out = 0;
	if (!i->is_forked)
		return arm(c, t, &regs);
	if (!fork_arena(c, t, &regs))
		return stay_apart(t, &regs);
	return i->is_booting = t->is_armed = true;
}

void inject_birth_stop(struct injector *c, struct tracee *t)
{
	struct inject_thread *i = t->user;
	struct user_regs_struct regs;

	i->is_booting = false;
	if (inject_boot_answer(c, t, &i->boot)) {
		trace_resume(&c->tracer, t, 0);
		return;
	}
	if (!inject_give_way(c, t))
		return;
	if (remote_regs(t->tid, &regs))
		stay_apart(t, &regs);
	trace_resume(&c->tracer, t, 0);
}

void inject_boot_failed(struct injector *c, struct tracee *t)
{
	struct inject_thread *i = t->user;

	inject_retire(c, t);
	i->boot_failed = 0;
	if (inject_give_way(c, t))
		trace_resume(&c->tracer, t, 0);
}
