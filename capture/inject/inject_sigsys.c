/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SIGSYS brings calls to the tracer, and is the program's signal as well.  The
 * kernel always has the stub's handler (stub_sigsys), which calls the
 * program's.  The program's action is kept here and in each slot; so is whether
 * the program blocks SIGSYS, which the kernel's mask must not.
 */
#include "capture/inject/inject_sigsys.h"

#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { BY_SECCOMP = 1 /* si_code of SIGSYS by seccomp(2): other fields */ };

#define DEFAULT ((uint64_t)(uintptr_t)SIG_DFL)
#define IGNORED ((uint64_t)(uintptr_t)SIG_IGN)

/* Sets the program's action for all threads of the process, with or without a
 * slot. */
static void set_action(struct injector *c, const struct tracee *t,
		       const struct sigsys_action *action)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&c->tracer.tracees, &at))) {
		const struct tracee *other = slot->value;
		struct inject_thread *i = other->user;

		if (other->pid != t->pid || !i)
			continue;
		i->sigsys = *action;
		if (i->slot)
			i->slot->fixed->sigsys = *action;
		if (i->arena)
			arena_put_sigsys(i->arena, action);
	}
}

void sigsys_ask(struct tracee *t, struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;
	struct stub_context *ctx = i->slot->context;

	i->asks_sigsys = regs->rsi && remote_read(t->tid, regs->rsi, &i->asked,
						  sizeof(i->asked));
	if (!i->asks_sigsys)
		return;
	arena_kernel_action(&i->asked, inject_code(i), &ctx->action);
	i->kept_rsi = regs->rsi;
	regs->rsi =
		slot_address(i->slot) + offsetof(struct stub_context, action);
}

void sigsys_answer(struct injector *c, struct tracee *t,
		   const struct raw_record *record)
{
	struct inject_thread *i = t->user;
	struct sigsys_action before = i->sigsys;
	bool asked = i->asks_sigsys;
	uint64_t told = DEFAULT;

	i->asks_sigsys = false;
	if (record->ret)
		return;
	if (asked)
		set_action(c, t, &i->asked);
	/* The default action is not ours: CLONE_CLEAR_SIGHAND has reset it. */
	if (remote_read(t->tid, record->args[2], &told, sizeof(told)) &&
	    told != DEFAULT)
		remote_write(t->tid, record->args[2], &before, sizeof(before));
}

bool sigsys_waits(struct tracee *t)
{
	struct inject_thread *i = t->user;
	struct stub_context *ctx = i->slot->context;
	siginfo_t info;

	if (!ctx->blocked || ptrace(PTRACE_GETSIGINFO, t->tid, NULL, &info) ||
	    info.si_code == BY_SECCOMP)
		return false;
	if (!ctx->waits)
		memcpy(ctx->waiting_info, &info, sizeof(info));
	ctx->waits = 1;
	return true;
}

bool sigsys_has_address(const siginfo_t *info)
{
	return info->si_signo == SIGSYS && info->si_code == BY_SECCOMP;
}

const struct raw_record *sigsys_deliver(struct injector *c, struct tracee *t,
					int *sig)
{
	struct inject_thread *i = t->user;
	siginfo_t info = { 0 };

	ptrace(PTRACE_GETSIGINFO, t->tid, NULL, &info);
	if (i->is_dying && info.si_code == SI_TKILL) {
		i->is_dying = false;
		ptrace(PTRACE_SETSIGINFO, t->tid, NULL, &i->dying_info);
		return NULL;
	}
	if (i->sigsys.words[ACTION_HANDLER] == IGNORED)
		*sig = 0;
	i->is_dying = i->sigsys.words[ACTION_HANDLER] == DEFAULT;
	i->dying_info = info;
	if (i->sigsys.words[ACTION_FLAGS] & SA_RESETHAND)
		set_action(c, t, &(struct sigsys_action){ 0 });
	return trace_signal(&c->tracer, t, SIGSYS);
}

bool sigsys_ended(const struct injector *c, const struct tracee *t, int status)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS &&
	       inject_thread_count(c, t->pid) == 1;
}
