/* SPDX-License-Identifier: Apache-2.0 */
/*
 * At exec: a little code (stub_boot) runs before the program's first
 * instruction and makes the shared memory there; no file system, library or
 * privilege is needed in the process.  Then its registers and signal mask are
 * as they were.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include "capture/inject.h"

enum {
	GET_SIGMASK = 0x420a, /* ptrace(2); not in all headers */
	SET_SIGMASK = 0x420b,
	SET_DISPATCH = 0x4210, /* PTRACE_SET_SYSCALL_USER_DISPATCH_CONFIG */
	DISPATCH_ON = 1,
	CS_64 = 0x33,
	SLOTS_FIRST = 15, /* of a program: most have few threads */
	SLOTS_MORE = 511,
	BOOT_MAX = 512,
	VDSO_LEN = 8192
};

#define SIGSYS_MASK  (1ull << (SIGSYS - 1))
#define ALL_BUT_OURS (~(1ull << (SIGTRAP - 1) | SIGSYS_MASK))
/* A program far from its libraries has calls of its own: be near, but leave
 * room for its heap. */
#define NEAR_PROGRAM 0x60000000ull

unsigned inject_filter_count(pid_t pid)
{
	uint64_t count = 0;

	trace_status(pid, "Seccomp_filters:", 10, &count);
	return (unsigned)count;
}

bool inject_get_mask(pid_t tid, uint64_t *mask)
{
	return !ptrace((enum __ptrace_request)GET_SIGMASK, tid,
		       (void *)sizeof(*mask), mask);
}

bool inject_set_mask(pid_t tid, uint64_t mask)
{
	return !ptrace((enum __ptrace_request)SET_SIGMASK, tid,
		       (void *)sizeof(mask), &mask);
}

bool inject_read(pid_t pid, uint64_t from, void *to, size_t len)
{
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = pread(fd, to, len, (off_t)from);
	close(fd);
	return n == (ssize_t)len;
}

/* Lets it run to the next stop of its own; others' signals are blocked. */
static bool run(struct capture *c, const struct tracee *t, int sig,
		struct user_regs_struct *regs)
{
	int status;

	for (;;) {
		if (ptrace(PTRACE_CONT, t->tid, NULL, NULL) ||
		    !trace_wait(&c->tracer, t->tid, &status))
			return false;
		if (status >> 16 == 0 && WSTOPSIG(status) == sig)
			return inject_regs(t, regs);
		if (status >> 16 == 0)
			return false;
	}
}

/* May it make memory of that size?  A limit would be its signal or its end. */
static bool has_room(pid_t pid, size_t len)
{
	struct rlimit as;
	struct rlimit file;

	if (prlimit(pid, RLIMIT_AS, NULL, &as) ||
	    prlimit(pid, RLIMIT_FSIZE, NULL, &file))
		return false;
	return (as.rlim_cur == RLIM_INFINITY || as.rlim_cur / 8 > len) &&
	       (file.rlim_cur == RLIM_INFINITY || file.rlim_cur > len);
}

/* A value of the auxiliary vector; 0: not there. */
static uint64_t aux_value(pid_t pid, uint64_t type)
{
	Elf64_auxv_t aux[64];
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/auxv", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	n = read(fd, aux, sizeof(aux));
	close(fd);
	for (ssize_t i = 0; i < n / (ssize_t)sizeof(*aux); i++)
		if (aux[i].a_type == type)
			return aux[i].a_un.a_val;
	return 0;
}

/*
 * A place for stub_boot in a fresh program: the unused end of the vDSO, of
 * which each process can have its own copy.  0: there is none.
 */
static uint64_t boot_place(pid_t pid)
{
	static const uint8_t nothing[BOOT_MAX];
	uint64_t vdso = aux_value(pid, AT_SYSINFO_EHDR);
	uint8_t found[BOOT_MAX];
	uint64_t at = vdso + VDSO_LEN - BOOT_MAX;

	if (!vdso || !inject_read(pid, at, found, sizeof(found)) ||
	    memcmp(found, nothing, sizeof(found)) != 0)
		return 0;
	return at;
}

/*
 * What the process needs to go on from regs by itself, on its stack: see
 * rt_sigreturn(2).  Returns where; 0: it could not be written.
 */
static uint64_t write_way_out(const struct tracee *t,
			      const struct user_regs_struct *regs,
			      uint64_t mask)
{
	enum { RED_ZONE = 128, STRICT_SS = 6, NO_CHANGE = 7 };
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
	uint64_t at = ((regs->rsp - RED_ZONE) & ~63ull) - 1024;
	ucontext_t way = { .uc_flags = STRICT_SS };

	way.uc_stack.ss_flags = NO_CHANGE; /* invalid, so that it stays */
	memcpy(way.uc_mcontext.gregs, in_order, sizeof(in_order));
	memcpy(&way.uc_sigmask, &mask, sizeof(mask));
	return inject_write(t->tid, at, &way,
			    offsetof(ucontext_t, uc_sigmask) + sizeof(mask))
		       ? 0
		       : at;
}

/* The thread takes a slot of its arena; it is not armed yet. */
static bool take_slot(struct capture *c, struct tracee *t,
		      struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;
	struct {
		uint64_t mode, selector, offset, len;
	} config = { .mode = DISPATCH_ON };

	i->slot = slot_open(c, i->arena, t->pid, t->tid);
	regs->gs_base =
		i->slot ? slot_address(i->slot) : arena_null_context(i->arena);
	if (!i->slot)
		return false;
	i->slot->context->blocked = i->blocks_sigsys;
	config.selector = slot_address(i->slot) + CTX_ALIVE;
	config.offset = i->arena->base;
	config.len = STUB_TRAP_AT;
	return !ptrace((enum __ptrace_request)SET_DISPATCH, t->tid,
		       (void *)sizeof(config), &config);
}

/* The first stop of stub_boot: its arena, and what it needs to go on. */
static bool join(struct capture *c, struct tracee *t,
		 struct user_regs_struct *regs, size_t len)
{
	struct inject_thread *i = t->user;
	struct arena_map *arena;

	if ((int64_t)regs->rax < 0)
		return false;
	arena = arena_open(c, t->tid, (int)regs->r13, regs->rbp, len);
	if (!arena)
		return false;
	if (i->arena) {
		i->arena->is_one_of_many = arena->is_one_of_many = true;
		arena_unref(i->arena);
	}
	i->arena = arena;
	if (!take_slot(c, t, regs))
		return false;
	regs->r14 = slot_address(i->slot);
	regs->r8 = (uint32_t)c->thread_tid;
	return inject_set_regs(t, regs);
}

/*
 * Makes an arena by stub_boot at `at', and arms the thread.  Whatever fails,
 * the thread goes on from where it is.  The order of steps is such that the
 * tracer may be killed after any of them.
 */
static bool boot(struct capture *c, struct tracee *t, uint64_t at, size_t len,
		 uint64_t near)
{
	struct inject_thread *i = t->user;
	struct user_regs_struct was;
	struct user_regs_struct regs;
	uint64_t mask;
	bool is_armed = false;

	if (!has_room(t->tid, len) || !inject_regs(t, &was) ||
	    was.cs != CS_64 || !inject_get_mask(t->tid, &mask))
		return false;
	if ((int64_t)was.rax == -ENOSYS && was.orig_rax == SYS_execve)
		was.rax = 0; /* as exec leaves it; here it is not yet set */
	was.orig_rax = (uint64_t)-1;
	i->blocks_sigsys |= (mask & SIGSYS_MASK) != 0;
	regs = was;
	regs.rip = at;
	regs.r12 = len;
	regs.r15 = near;
	regs.rbx = write_way_out(t, &was, mask);
	if (!regs.rbx || !inject_set_regs(t, &regs))
		return false;
	if (inject_set_mask(t->tid, ALL_BUT_OURS) &&
	    run(c, t, SIGTRAP, &regs) && join(c, t, &regs, len))
		is_armed = run(c, t, SIGSYS, &regs);
	inject_set_mask(t->tid, mask & ~SIGSYS_MASK);
	if (i->arena && i->slot)
		was.gs_base = slot_address(i->slot);
	inject_set_regs(t, &was);
	t->is_armed = is_armed;
	return is_armed;
}

bool inject_arm(struct capture *c, struct tracee *t)
{
	struct inject_thread *i = t->user;
	struct user_regs_struct regs;

	if (!inject_regs(t, &regs))
		return false;
	if (!take_slot(c, t, &regs)) {
		/* All are taken: the thread makes more, by the code it has. */
		return boot(c, t, STUB_AT(i->arena->base, stub_boot),
			    arena_len(SLOTS_MORE), 0);
	}
	if (!inject_set_regs(t, &regs))
		return false;
	slot_arm(c, i->slot, true);
	t->is_armed = true;
	return true;
}

bool inject_boot(struct capture *c, struct tracee *t)
{
	size_t boot_len = (size_t)(stub_boot_end - stub_boot);
	uint64_t at = boot_place(t->tid);
	struct user_regs_struct regs;
	uint64_t near = 0;

	if (!at || boot_len > BOOT_MAX || !inject_regs(t, &regs) ||
	    inject_write(t->tid, at, stub_boot, boot_len))
		return false;
	/* Without a dynamic linker, its calls are in the program itself. */
	if (!aux_value(t->tid, AT_BASE))
		near = (regs.rip & ~0xfffull) + NEAR_PROGRAM;
	return boot(c, t, at, arena_len(SLOTS_FIRST), near);
}
