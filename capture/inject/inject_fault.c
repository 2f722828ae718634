/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults of threads in the stub: on memory of the program that the stub copies,
 * on the time stamp counter, and on memory of the stub that somebody has
 * changed.
 */
#include "capture/inject/inject_fault.h"

#include <string.h>
#include <sys/ptrace.h>

#include "capture/inject/inject_patch.h"
#include "capture/inject/inject_signal.h"
#include "capture/inject/tsc_clock.h"

bool inject_is_fault(const struct tracee *t, int sig)
{
	siginfo_t info;

	return (sig == SIGSEGV || sig == SIGBUS || sig == SIGILL ||
		sig == SIGFPE) &&
	       !ptrace(PTRACE_GETSIGINFO, t->tid, NULL, &info) &&
	       info.si_code > 0;
}

bool inject_has_own_gs(const struct tracee *t,
		       const struct user_regs_struct *regs)
{
	const struct inject_thread *i = t->user;

	return regs->gs_base != slot_address(i->slot);
}

void inject_leave_gs(struct injector *c, struct tracee *t)
{
	inject_unpatch(t);
	inject_retire(c, t);
}

/*
 * A trampoline has jumped to where the program's own %gs says, or could not
 * read there: rcx has the address of the call that the trampoline is for.  Has
 * the thread make that call on the slow path.
 */
static bool leave_trampoline(struct injector *c, struct tracee *t,
			     struct user_regs_struct *regs)
{
	const struct inject_thread *i = t->user;
	siginfo_t info;

	if (!inject_has_own_gs(t, regs) ||
	    !arena_contains(i->arena, regs->rcx) ||
	    ptrace(PTRACE_GETSIGINFO, t->tid, NULL, &info) ||
	    (!arena_contains(i->arena, regs->rip) &&
	     (uint64_t)(uintptr_t)info.si_addr != regs->rip))
		return false;
	regs->rip = regs->rcx;
	regs->orig_rax = (uint64_t)-1;
	inject_leave_gs(c, t);
	return remote_set_regs(t->tid, regs);
}

/* Reads the time stamp counter for the stub, where the program has forbidden
 * that: PR_SET_TSC, seccomp's strict mode. */
static bool read_counter(const struct inject_thread *i,
			 struct user_regs_struct *regs)
{
	static const uint8_t rdtsc[] = { 0x0f, 0x31 };
	static const uint8_t rdtscp[] = { 0x0f, 0x01, 0xf9 };
	const uint8_t *at =
		i->arena->program->map + (regs->rip - inject_code(i));
	uint64_t tsc = tsc_now();

	if (!memcmp(at, rdtsc, sizeof(rdtsc))) {
		regs->rip += sizeof(rdtsc);
	} else if (!memcmp(at, rdtscp, sizeof(rdtscp))) {
		regs->rip += sizeof(rdtscp);
		regs->rcx = 0;
	} else {
		return false;
	}
	regs->rax = (uint32_t)tsc;
	regs->rdx = tsc >> 32;
	return true;
}

/*
 * The stub has faulted: on memory of the program that is not there, or on the
 * counter.  Else somebody has changed the stub's memory, and the thread stays
 * on the slow path.
 */
bool inject_fault(struct injector *c, struct tracee *t,
		  struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;
	uint64_t base = inject_code(i);

	if (leave_trampoline(c, t, regs))
		return true;
	if (regs->rip < base || regs->rip >= base + STUB_TRAP_AT)
		return false;
	regs->orig_rax = (uint64_t)-1;
	if (regs->rip >= STUB_AT(base, stub_copy_begin) &&
	    regs->rip < STUB_AT(base, stub_copy_end)) {
		/*
		 * Before the end of the memory there may be less than a word.
		 */
		regs->rip = regs->rip < STUB_AT(base, stub_copy_bytes)
				    ? STUB_AT(base, stub_copy_bytes)
				    : STUB_AT(base, stub_copy_fault);
	} else if (!read_counter(i, regs)) {
		inject_leave_code(i->slot, regs);
		inject_retire(c, t);
	}
	return remote_set_regs(t->tid, regs);
}
