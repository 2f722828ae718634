/* SPDX-License-Identifier: Apache-2.0 */
/*
 * At exec: a little code runs at the program's entry and makes the shared
 * memory there (stub_boot); no file system, library or privilege is needed in
 * the process.  Then its registers, code and signal mask are as they were.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
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
	MFD_CLOEXEC_FLAG = 1
};

#define ALL_BUT_TRAP (~(1ull << (SIGTRAP - 1)))
#define SIGSYS_MASK  (1ull << (SIGSYS - 1))
/* A program far from its libraries has calls of its own: be near, but leave
 * room for its heap. */
#define NEAR_PROGRAM 0x60000000ull

unsigned inject_filter_count(pid_t pid)
{
	char path[64];
	char line[256];
	unsigned count = 0;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	in = fopen(path, "re");
	while (in && fgets(line, sizeof(line), in))
		if (sscanf(line, "Seccomp_filters: %u", &count) == 1)
			break;
	if (in)
		fclose(in);
	return count;
}

static bool get_mask(pid_t tid, uint64_t *mask)
{
	return !ptrace((enum __ptrace_request)GET_SIGMASK, tid,
		       (void *)sizeof(*mask), mask);
}

static bool set_mask(pid_t tid, uint64_t mask)
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

/* Lets it run to the next int3; signals are blocked. */
static bool run(struct capture *c, const struct tracee *t,
		struct user_regs_struct *regs)
{
	int status;

	for (;;) {
		if (ptrace(PTRACE_CONT, t->tid, NULL, NULL) ||
		    !trace_wait(&c->tracer, t->tid, &status))
			return false;
		if (status >> 16 == 0 && WSTOPSIG(status) == SIGTRAP)
			return inject_regs(t, regs);
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

/* Does it start in a dynamic linker, among its libraries? */
static bool has_linker(pid_t pid)
{
	Elf64_auxv_t aux[64];
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/auxv", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return true;
	n = read(fd, aux, sizeof(aux));
	close(fd);
	for (ssize_t i = 0; i < n / (ssize_t)sizeof(*aux); i++)
		if (aux[i].a_type == AT_BASE)
			return aux[i].a_un.a_val != 0;
	return false;
}

/* Runs stub_boot where it is; regs are those to start it with. */
static struct arena_map *boot(struct capture *c, const struct tracee *t,
			      struct user_regs_struct regs, size_t len)
{
	struct arena_map *arena;

	regs.orig_rax = (uint64_t)-1;
	regs.r12 = len;
	regs.r14 = MFD_CLOEXEC_FLAG;
	if (!inject_set_regs(t, &regs) || !run(c, t, &regs) ||
	    (int64_t)regs.rax < 0)
		return NULL;
	arena = arena_open(c, t->tid, (int)regs.rbx, regs.rbp, len);
	if (!run(c, t, &regs) && arena) {
		arena_unref(arena);
		return NULL;
	}
	return arena;
}

/* With all signals blocked that could come between. */
static struct arena_map *make_arena(struct capture *c, struct tracee *t,
				    struct user_regs_struct regs, size_t len)
{
	struct arena_map *arena = NULL;
	uint64_t mask;

	if (!has_room(t->tid, len) || regs.cs != CS_64 ||
	    !get_mask(t->tid, &mask) || !set_mask(t->tid, ALL_BUT_TRAP))
		return NULL;
	arena = boot(c, t, regs, len);
	set_mask(t->tid, mask & ~SIGSYS_MASK);
	return arena;
}

/* At its first instruction, where stub_boot stands for a moment. */
static struct arena_map *first_arena(struct capture *c, struct tracee *t)
{
	size_t boot_len = (size_t)(stub_boot_end - stub_boot);
	struct arena_map *arena = NULL;
	struct user_regs_struct was;
	struct user_regs_struct regs;
	uint8_t text[BOOT_MAX];

	if (!inject_regs(t, &was) ||
	    !inject_read(t->tid, was.rip, text, boot_len))
		return NULL;
	regs = was;
	regs.r15 =
		has_linker(t->tid) ? 0 : (was.rip & ~0xfffull) + NEAR_PROGRAM;
	if (!inject_write(t->tid, was.rip, stub_boot, boot_len)) {
		arena = make_arena(c, t, regs, arena_len(SLOTS_FIRST));
		inject_write(t->tid, was.rip, text, boot_len);
	}
	was.rax = 0; /* as exec leaves it; here it is not yet set */
	was.orig_rax = (uint64_t)-1;
	inject_set_regs(t, &was);
	return arena;
}

/* The slots are all taken: a new thread makes more, by the code it has. */
static void more_slots(struct capture *c, struct tracee *t)
{
	struct inject_thread *i = t->user;
	struct user_regs_struct was;
	struct user_regs_struct regs;
	struct arena_map *arena;

	if (!inject_regs(t, &was))
		return;
	regs = was;
	regs.rip = STUB_AT(i->arena->base, stub_boot);
	regs.r15 = 0;
	arena = make_arena(c, t, regs, arena_len(SLOTS_MORE));
	inject_set_regs(t, &was);
	if (!arena)
		return;
	arena->no_patches = i->arena->no_patches;
	arena_unref(i->arena);
	i->arena = arena;
}

bool inject_arm(struct capture *c, struct tracee *t)
{
	struct inject_thread *i = t->user;
	struct user_regs_struct regs;
	struct {
		uint64_t mode, selector, offset, len;
	} config = { .mode = DISPATCH_ON };

	i->slot = slot_open(c, i->arena, t->pid, t->tid);
	if (!i->slot) {
		more_slots(c, t);
		i->slot = slot_open(c, i->arena, t->pid, t->tid);
	}
	if (!inject_regs(t, &regs))
		return false;
	regs.gs_base =
		i->slot ? slot_address(i->slot) : arena_null_context(i->arena);
	if (!inject_set_regs(t, &regs) || !i->slot)
		return false;
	config.selector = slot_address(i->slot) + CTX_ALIVE;
	config.offset = i->arena->base;
	config.len = STUB_TRAP_AT;
	if (ptrace((enum __ptrace_request)SET_DISPATCH, t->tid,
		   (void *)sizeof(config), &config))
		return false;
	slot_arm(c, i->slot, true);
	t->is_armed = true;
	return true;
}

bool inject_boot(struct capture *c, struct tracee *t)
{
	struct inject_thread *i = t->user;

	i->arena = first_arena(c, t);
	return i->arena && inject_arm(c, t);
}
