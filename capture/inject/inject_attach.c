/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs that run already get their arena: the first thread that stands makes
 * remote calls for it (stub_attach).  No signal, handler, stack or FPU register
 * of the thread is used, as the program may have its own idea of each; and the
 * tracer may be killed after any step.  The other threads then take their
 * slots.
 */
#include "capture/inject/inject_attach.h"

#include <dirent.h>
#include <errno.h>
#include <linux/kcmp.h>
#include <linux/memfd.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/inject/inject_birth.h"
#include "capture/inject/inject_boot.h"
#include "capture/inject/inject_notice.h"
#include "capture/inject/remote_call.h"
#include "capture/proc/proc_files.h"

enum { CS_64 = 0x33, SIGNALS = 64 };

#define SIGSYS_MASK (1ull << (SIGSYS - 1))

/* Puts stub_attach into the process, and behind it the state from which the
 * thread goes on if the tracer dies. */
static bool put_code(struct remote_caller *caller, int memory)
{
	size_t len = (size_t)(stub_attach_end - stub_attach);
	uint8_t code[4096];

	caller->at = memory < 0 ? 0
				: remote_place(memory,
					       remote_aux(caller->t->tid).vdso);
	if (!caller->at)
		return false;
	memcpy(code, stub_attach, len);
	len += remote_call_way(caller, code + len);
	return pwrite(memory, code, len, (off_t)caller->at) == (ssize_t)len;
}

/* Maps a part of the memory file at an address, over what is there; false: it
 * failed. */
static bool map_at(struct remote_caller *caller, uint64_t at,
		   struct remote_range range, int mode)
{
	int64_t got = remote_call(
		caller, SYS_mmap,
		(struct remote_args){ { at, range.len, (uint64_t)mode,
					MAP_SHARED | MAP_FIXED | MAP_NORESERVE,
					(uint64_t)caller->fd, range.from } });

	return got == (int64_t)at;
}

static bool advise(struct remote_caller *caller, uint64_t at, size_t len,
		   int how)
{
	return !remote_call(caller, SYS_madvise,
			    (struct remote_args){ { at, len, (uint64_t)how } });
}

/*
 * Makes the memory file, and maps what the process may write, in address space
 * reserved for the whole arena, as stub_boot does.  Returns the base; 0: it
 * failed.
 */
static uint64_t map_own(struct remote_caller *caller, size_t len)
{
	uint64_t name = caller->at + (uint64_t)(stub_attach_name - stub_attach);
	const struct remote_range data = { STUB_STATE, len - STUB_STATE };
	int64_t base;

	caller->fd = (int)remote_call(
		caller, SYS_memfd_create,
		(struct remote_args){
			{ name, MFD_CLOEXEC | MFD_ALLOW_SEALING } });
	if (caller->fd < 0)
		return 0;
	base = remote_call(caller, SYS_mmap,
			   (struct remote_args){ { 0, len, PROT_NONE,
						   MAP_PRIVATE | MAP_ANONYMOUS |
							   MAP_NORESERVE,
						   (uint64_t)-1, 0 } });
	if (base < 0 && base > -4096)
		return 0;
	if (!map_at(caller, (uint64_t)base + STUB_STATE, data,
		    PROT_READ | PROT_WRITE) ||
	    !advise(caller, (uint64_t)base + STUB_STATE, data.len,
		    MADV_DONTFORK) ||
	    remote_call(caller, SYS_mprotect,
			(struct remote_args){ { (uint64_t)base + STUB_LATE,
						STUB_LATE_LEN,
						PROT_READ | PROT_WRITE } }))
		return 0;
	return (uint64_t)base;
}

/* Maps what the process only reads, once that is sealed. */
static bool map_sealed(struct remote_caller *caller,
		       const struct arena_map *arena)
{
	const struct remote_range code = { 0, STUB_LATE };
	const struct remote_range rest = { STUB_TABLES,
					   STUB_STATE - STUB_TABLES };

	return map_at(caller, arena->base, code, PROT_READ | PROT_EXEC) &&
	       map_at(caller, arena->base + STUB_TABLES, rest, PROT_READ) &&
	       advise(caller, arena->base, arena->len, MADV_DONTDUMP);
}

/* Maps the trampolines once more near a program that is far from its libraries;
 * 0: not needed, or it failed. */
static uint64_t map_alias(struct remote_caller *caller)
{
	struct remote_aux aux = remote_aux(caller->t->tid);
	uint64_t at = inject_far_place(&aux);
	int64_t got;

	if (!at)
		return 0;
	got = remote_call(
		caller, SYS_mmap,
		(struct remote_args){ { at, STUB_SITES_LEN,
					PROT_READ | PROT_EXEC, MAP_SHARED,
					(uint64_t)caller->fd, STUB_SITES } });
	return got > 0 ? (uint64_t)got : 0;
}

/* A signal action, in memory that the process and we have in common. */
struct action {
	uint64_t at;
	struct sigsys_action *here;
};

static bool get_action(struct remote_caller *caller, int sig,
		       const struct action *action)
{
	return !remote_call_sigaction(caller, sig, 0, action->at);
}

static bool set_action(struct remote_caller *caller, int sig,
		       const struct action *action)
{
	return !remote_call_sigaction(caller, sig, action->at, 0);
}

/* Puts our action of SIGSYS in the place of the program's, which is kept. */
static bool take_sigsys(struct remote_caller *caller,
			const struct action *action,
			const struct arena_map *arena)
{
	struct inject_thread *i = caller->t->user;

	if (!get_action(caller, SIGSYS, action))
		return false;
	i->sigsys = *action->here;
	arena_kernel_action(&i->sigsys, arena->base, action->here);
	arena_put_sigsys(arena, &i->sigsys);
	return set_action(caller, SIGSYS, action);
}

/* Takes SIGSYS out of the masks that other handlers run with: see stub.c,
 * unmask. */
static bool free_sigsys(struct remote_caller *caller,
			const struct action *action)
{
	uint64_t caught = proc_status(caller->t->tid, "\nSigCgt:", 16, 0);

	for (int sig = 1; sig <= SIGNALS; sig++) {
		uint64_t *mask = &action->here->words[ACTION_MASK];

		if (!(caught >> (sig - 1) & 1) || sig == SIGSYS)
			continue;
		if (!get_action(caller, sig, action))
			return false;
		if (!(*mask & SIGSYS_MASK))
			continue;
		*mask &= ~SIGSYS_MASK;
		if (!set_action(caller, sig, action))
			return false;
	}
	return true;
}

/* Adapts the signal actions of the process to the stub. */
static bool take_actions(struct remote_caller *caller,
			 const struct arena_map *arena)
{
	const struct action action = {
		.at = arena->base + STUB_STATE +
		      offsetof(struct stub_state, action),
		.here = &arena_state(arena)->action,
	};

	return take_sigsys(caller, &action, arena) &&
	       free_sigsys(caller, &action);
}

static bool finish_arena(struct remote_caller *caller, struct arena_map *arena)
{
	if (!map_sealed(caller, arena))
		return false;
	arena->alias = map_alias(caller);
	return take_actions(caller, arena);
}

/* Makes an arena of len bytes by remote calls; NULL: it failed.  Leaves no
 * descriptor open. */
static struct arena_map *make_arena(struct remote_caller *caller, size_t len)
{
	const struct sigsys_action none = { 0 };
	struct arena_offer offer = { .pid = caller->t->tid, .len = len };
	struct arena_map *arena = NULL;

	offer.base = map_own(caller, offer.len);
	offer.fd = caller->fd;
	if (offer.base)
		arena = arena_open(injector_of(caller->tracer), &offer, &none);
	if (!arena && !caller->is_lost)
		notice_by_stops(injector_of(caller->tracer), caller->t,
				offer.base ? STOPS_SEALED : STOPS_REFUSED);
	if (arena && !finish_arena(caller, arena)) {
		arena_unref(arena);
		arena = NULL;
	}
	if (caller->fd >= 0)
		remote_call(caller, SYS_close,
			    (struct remote_args){ { (uint64_t)caller->fd } });
	caller->fd = -1;
	return arena;
}

/*
 * Puts the thread back as it was, and interrupts it once more: where its call
 * was to be restarted, only the kernel knows what a pending signal makes of
 * that, and it decides after a stop of that kind.
 */
static bool put_back(struct remote_caller *caller)
{
	pid_t tid = caller->t->tid;
	int status;

	/* The thread has come to a stop by a signal that no mask keeps,
	 * SIGSTOP: sends it again. */
	if (caller->stop && caller->stop >> 16 == 0)
		syscall(SYS_tgkill, caller->t->pid, tid,
			WSTOPSIG(caller->stop));
	return remote_call_end(caller) &&
	       !ptrace(PTRACE_INTERRUPT, tid, NULL, NULL) &&
	       !ptrace(PTRACE_CONT, tid, NULL, NULL) &&
	       trace_wait(caller->tracer, tid, &status) &&
	       status >> 16 == PTRACE_EVENT_STOP;
}

/* Does a thread of another process share the descriptors of pid? */
static bool is_sharer(pid_t pid, pid_t other)
{
	struct dirent *entry;
	bool found = false;
	char path[64];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)other);
	dir = opendir(path);
	while (dir && !found && (entry = readdir(dir))) {
		pid_t tid = (pid_t)atol(entry->d_name);

		found = tid > 0 && remote_shares(pid, tid, KCMP_FILES) > 0;
	}
	if (dir)
		closedir(dir);
	return found;
}

/*
 * Has the process one thread, and shares its descriptors with no other process?
 * A process that we may not look at is taken for a stranger: to share them, it
 * would have to have become another user since, without an exec.
 */
static bool has_own_files(pid_t pid)
{
	bool is_own = proc_status(pid, "\nThreads:", 10, 0) == 1;
	DIR *dir = is_own ? opendir("/proc") : NULL;
	struct dirent *entry;

	is_own &= dir != NULL;
	while (is_own && (entry = readdir(dir))) {
		pid_t other = (pid_t)atol(entry->d_name);

		is_own = other <= 0 || other == pid || !is_sharer(pid, other);
	}
	if (dir)
		closedir(dir);
	return is_own;
}

/* Was the process made by vfork(2), and has not executed a program yet?  Its
 * parent, which has no arena, would go on in the code that is patched here. */
static bool has_parents_memory(pid_t pid)
{
	pid_t parent = (pid_t)proc_status(pid, "\nPPid:", 10, 0);

	return parent && remote_shares(pid, parent, KCMP_VM) > 0;
}

/*
 * The size of an arena with a slot for each thread that there is, and some
 * more; 0: there are too many for one arena.  To make further arenas for
 * threads that wait in calls has ended a program of 841 threads by SIGSEGV, one
 * time in four: such programs stay on the slow path.
 */
static size_t len_for(pid_t pid)
{
	uint64_t count = proc_status(pid, "\nThreads:", 10, 0) + INJECT_SLOTS;

	return count < STUB_SLOTS_MAX ? arena_len((uint32_t)count) : 0;
}

/* Has t, which stands, make the arena of its process; NULL: the process stays
 * on the slow path. */
static struct arena_map *attach_first(struct injector *c, struct tracee *t)
{
	struct remote_caller caller = { .tracer = &c->tracer,
					.t = t,
					.fd = -1 };
	struct arena_map *arena = NULL;
	size_t len = len_for(t->pid);
	bool is_back;

	if (!len || !remote_has_room(t->tid, len)) {
		notice_by_stops(c, t, len ? STOPS_LIMIT : STOPS_THREADS);
		return NULL;
	}
	if (!remote_call_begin(&caller) ||
	    !put_code(&caller, remote_memory(&c->files_open, t->tid)))
		return NULL;
	arena = make_arena(&caller, len);
	is_back = put_back(&caller);
	if (arena && (caller.is_lost || !is_back)) {
		arena_unref(arena);
		arena = NULL;
	}
	/* The process may have other threads, which run its code. */
	if (arena) {
		arena->is_one_of_many = arena->is_partial = true;
		if (!has_own_files(t->pid))
			arena_keep_no_ends(arena);
	}
	return arena;
}

/* Can the thread be armed?  Not if the program uses %gs, seccomp filters or a
 * dispatch of its own. */
static bool may_attach(const struct injector *c, const struct tracee *t)
{
	struct user_regs_struct regs;

	return remote_regs(t->tid, &regs) && regs.cs == CS_64 &&
	       !regs.gs_base &&
	       remote_filter_count(t->tid) <= c->filter_count &&
	       remote_lacks_dispatch(t->tid);
}

/* Unblocks SIGSYS for the thread, and keeps that the program blocks it. */
static bool unblock_sigsys(struct tracee *t)
{
	struct inject_thread *i = t->user;
	uint64_t mask;

	if (!remote_get_mask(t->tid, &mask))
		return false;
	i->blocks_sigsys = (mask & SIGSYS_MASK) != 0;
	return !i->blocks_sigsys ||
	       remote_set_mask(t->tid, mask & ~SIGSYS_MASK);
}

/* Gives the thread the arena of its process, made if it is the first, and arms
 * it. */
static void join(struct injector *c, struct tracee *t)
{
	struct inject_thread *i = t->user;
	const struct inject_thread *other;

	if (!may_attach(c, t))
		return;
	other = inject_with_arena(c, t->pid);
	if (other) {
		i->arena = other->arena;
		i->sigsys = other->sigsys;
		arena_ref(i->arena);
	} else if (!has_parents_memory(t->pid)) {
		i->arena = attach_first(c, t);
	} else {
		i->is_guest = true;
	}
	if (i->arena && unblock_sigsys(t) && inject_arm(c, t))
		i->slot->context->may_unblock = i->blocks_sigsys;
}

/* The stop for which we interrupted the thread is the right one. */
void inject_attach(struct injector *c, struct tracee *t, int status)
{
	struct inject_thread *i = t->user;

	if (c->tracer.options.command || i->arena || i->is_tried)
		return;
	if (status >> 16 != PTRACE_EVENT_STOP) {
		ptrace(PTRACE_INTERRUPT, t->tid, NULL, NULL);
	} else if (WSTOPSIG(status) == SIGTRAP) {
		i->is_tried = true;
		join(c, t);
	}
}
