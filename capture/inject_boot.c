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
	SET_DISPATCH = 0x4210, /* PTRACE_SET_SYSCALL_USER_DISPATCH_CONFIG, */
	GET_DISPATCH = 0x4211, /* and _GET_ */
	DISPATCH_ON = 1,
	CS_64 = 0x33,
	SLOTS_MORE = 511,
	BOOT_MAX = 640,
	VDSO_LEN = 8192
};

#define SIGSYS_MASK  (1ull << (SIGSYS - 1))
#define ALL_BUT_OURS (~(1ull << (SIGTRAP - 1) | SIGSYS_MASK))
/* A program far from its libraries has calls of its own: be near, but leave
 * room for its heap. */
#define NEAR_PROGRAM 0x60000000ull

unsigned inject_filter_count(pid_t pid)
{
	return (unsigned)proc_status(pid, "\nSeccomp_filters:", 10, 0);
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

/* Its next stop of its own, by sig; others' signals are blocked. */
static bool await(struct capture *c, const struct tracee *t, int sig,
		  struct user_regs_struct *regs)
{
	int status;

	while (trace_wait(&c->tracer, t->tid, &status)) {
		if (status >> 16 == 0)
			return WSTOPSIG(status) == sig && inject_regs(t, regs);
		if (ptrace(PTRACE_CONT, t->tid, NULL, NULL))
			break;
	}
	return false;
}

static bool run(struct capture *c, const struct tracee *t, int sig,
		struct user_regs_struct *regs)
{
	return !ptrace(PTRACE_CONT, t->tid, NULL, NULL) &&
	       await(c, t, sig, regs);
}

/* A limit would be its signal or its end. */
bool inject_has_room(pid_t pid, size_t len)
{
	struct rlimit as;
	struct rlimit file;

	if (prlimit(pid, RLIMIT_AS, NULL, &as) ||
	    prlimit(pid, RLIMIT_FSIZE, NULL, &file))
		return false;
	return (as.rlim_cur == RLIM_INFINITY || as.rlim_cur / 8 > len) &&
	       (file.rlim_cur == RLIM_INFINITY || file.rlim_cur > len);
}

/* False: it has no end there. */
static bool parse_aux(const Elf64_auxv_t *aux, size_t count,
		      struct inject_aux *found)
{
	memset(found, 0, sizeof(*found));
	for (size_t i = 0; i < count; i++)
		if (aux[i].a_type == AT_SYSINFO_EHDR)
			found->vdso = aux[i].a_un.a_val;
		else if (aux[i].a_type == AT_BASE)
			found->linker = aux[i].a_un.a_val;
		else if (aux[i].a_type == AT_ENTRY)
			found->entry = aux[i].a_un.a_val;
		else if (aux[i].a_type == AT_NULL)
			return true;
	return false;
}

struct inject_aux inject_aux(pid_t pid)
{
	struct inject_aux found;
	Elf64_auxv_t aux[64];
	ssize_t n = proc_file(pid, "auxv", (char *)aux, sizeof(aux));

	parse_aux(aux, n > 0 ? (size_t)n / sizeof(*aux) : 0, &found);
	return found;
}

/*
 * Where the stack of a new program has it: behind the number of arguments,
 * these, and the environment, each with a NULL at its end.
 */
static bool aux_on_stack(const struct proc_early *early,
			 struct inject_aux *ret_aux)
{
	const uint64_t *word = (const uint64_t *)(const void *)early->stack;
	size_t count = early->stack_len / sizeof(*word);
	size_t at = 1;

	for (int lists = 0; lists < 2; lists++) {
		while (at < count && word[at])
			at++;
		at++;
	}
	return at < count &&
	       parse_aux((const void *)(word + at), (count - at) / 2, ret_aux);
}

/* Of the vDSO each process can have its own copy. */
uint64_t inject_place(int memory, uint64_t vdso)
{
	static const uint8_t nothing[BOOT_MAX];
	uint8_t found[sizeof(nothing)];
	uint64_t at = vdso + VDSO_LEN - sizeof(found);

	if (!vdso ||
	    pread(memory, found, sizeof(found), (off_t)at) !=
		    (ssize_t)sizeof(found) ||
	    memcmp(found, nothing, sizeof(found)) != 0)
		return 0;
	return at;
}

/* Where on its stack nothing of the program's is. */
static uint64_t below_stack(const struct user_regs_struct *regs)
{
	enum { RED_ZONE = 128 };

	return ((regs->rsp - RED_ZONE) & ~63ull) - 1024;
}

/*
 * What the process needs to go on from regs by itself: see rt_sigreturn(2).
 */
static bool write_way_out(int memory, uint64_t at,
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
	size_t len;

	way.uc_stack.ss_flags = NO_CHANGE; /* invalid, so that it stays */
	memcpy(way.uc_mcontext.gregs, in_order, sizeof(in_order));
	memcpy(&way.uc_sigmask, &mask, sizeof(mask));
	len = offsetof(ucontext_t, uc_sigmask) + sizeof(mask);
	return pwrite(memory, &way, len, (off_t)at) == (ssize_t)len;
}

/* struct ptrace_sud_config of Linux; ptrace(2). */
struct dispatch_config {
	uint64_t mode, selector, offset, len;
};

static bool set_dispatch(pid_t tid, struct dispatch_config config)
{
	return !ptrace((enum __ptrace_request)SET_DISPATCH, tid,
		       (void *)sizeof(config), &config);
}

bool inject_lacks_dispatch(pid_t tid)
{
	struct dispatch_config config = { 0 };

	return !ptrace((enum __ptrace_request)GET_DISPATCH, tid,
		       (void *)sizeof(config), &config) &&
	       !config.mode;
}

void inject_end_dispatch(pid_t tid)
{
	set_dispatch(tid, (struct dispatch_config){ 0 });
}

/* The thread takes a slot of its arena; it is not armed yet. */
static bool take_slot(struct capture *c, struct tracee *t,
		      struct user_regs_struct *regs)
{
	struct inject_thread *i = t->user;

	i->slot = slot_open(c, i->arena, t->pid, t->tid);
	regs->gs_base =
		i->slot ? slot_address(i->slot) : arena_null_context(i->arena);
	if (!i->slot)
		return false;
	i->slot->context->blocked = i->blocks_sigsys;
	i->slot->context->sigsys = i->sigsys;
	return true;
}

/* Calls from elsewhere than the code shall trap; false: it must ask itself. */
static bool dispatch(const struct tracee *t)
{
	const struct inject_thread *i = t->user;
	struct dispatch_config config = { DISPATCH_ON,
					  slot_address(i->slot) + CTX_ALIVE,
					  i->arena->base, STUB_TRAP_AT };

	return set_dispatch(t->tid, config);
}

/* The same by a call of its own, on its way to where it was to go. */
static void send_to_dispatch(const struct tracee *t,
			     struct user_regs_struct *regs)
{
	const struct inject_thread *i = t->user;
	struct stub_context *ctx = i->slot->context;

	inject_get_mask(t->tid, &ctx->held_mask);
	inject_set_mask(t->tid, UINT64_MAX);
	ctx->after = regs->rip;
	regs->rip = STUB_AT(i->arena->base, stub_dispatch);
}

/* The first stop of stub_boot: its arena, and what it needs to go on. */
static bool join(struct capture *c, struct tracee *t,
		 struct user_regs_struct *regs, size_t len, bool must_tell)
{
	struct inject_thread *i = t->user;
	struct arena_map *arena;

	if ((int64_t)regs->rax < 0)
		return false;
	arena = arena_open(c, t->tid, (int)regs->r13, regs->rbp, len,
			   &i->sigsys);
	if (!arena)
		return false;
	if (i->arena) {
		i->arena->is_one_of_many = arena->is_one_of_many = true;
		arena_keep_no_ends(i->arena);
		arena_keep_no_ends(arena);
		arena->first = i->arena->first;
		arena_ref(arena->first);
		arena_unref(i->arena);
	}
	i->arena = arena;
	arena->alias = (int64_t)regs->r12 > 0 ? regs->r12 : 0;
	if (!take_slot(c, t, regs))
		return false;
	regs->r14 = slot_address(i->slot);
	regs->r15 = must_tell ? BOOT_TELLS : 0;
	if (!dispatch(t))
		regs->r15 |= BOOT_DISPATCHES;
	regs->r12 = (uint32_t)c->thread_tid;
	return inject_set_regs(t, regs);
}

/*
 * Sends the thread from b->was to stub_boot, and lets it go.  Whatever fails, it
 * goes on from where it is.  The order of steps is such that the tracer may be
 * killed after any of them.  A fresh program finds its way out by itself;
 * others are stopped once more, as that way has no FPU state.
 */
static bool boot_begin(struct tracee *t, struct booting *b)
{
	struct inject_thread *i = t->user;
	struct user_regs_struct regs;

	if (!inject_has_room(t->tid, b->len) ||
	    !inject_get_mask(t->tid, &b->mask))
		return false;
	if ((int64_t)b->was.rax == -ENOSYS && b->was.orig_rax == SYS_execve)
		b->was.rax = 0; /* as exec leaves it; here it is not yet set */
	b->was.orig_rax = (uint64_t)-1;
	i->blocks_sigsys |= (b->mask & SIGSYS_MASK) != 0;
	b->is_fresh &= !(b->mask & SIGSYS_MASK);
	regs = b->was;
	regs.orig_rax = (uint64_t)-1;
	regs.rip = b->at;
	regs.r12 = b->len;
	regs.r14 = b->alias;
	regs.r15 = b->near;
	regs.rbx = below_stack(&b->was);
	regs.rsp = regs.rbx - 256;
	if (!write_way_out(b->memory, regs.rbx, &b->was, b->mask) ||
	    !inject_set_regs(t, &regs))
		return false;
	inject_set_mask(t->tid, ALL_BUT_OURS);
	ptrace(PTRACE_CONT, t->tid, NULL, NULL);
	return true;
}

bool inject_boot_end(struct capture *c, struct tracee *t,
		     const struct booting *b)
{
	struct inject_thread *i = t->user;
	struct user_regs_struct regs = b->was;

	if (await(c, t, SIGTRAP, &regs) &&
	    join(c, t, &regs, b->len, !b->is_fresh))
		t->is_armed = b->is_fresh || run(c, t, SIGSYS, &regs);
	if (t->is_armed && b->is_fresh) {
		inject_patch_first(c, t, b->memory, b->code, b->has_linker);
		return true;
	}
	inject_set_mask(t->tid, b->mask & ~SIGSYS_MASK);
	regs = b->was;
	if (i->arena && i->slot)
		regs.gs_base = slot_address(i->slot);
	inject_set_regs(t, &regs);
	return t->is_armed;
}

/* Its registers; false: it does not run 64-bit code. */
static bool take_regs(const struct tracee *t, struct booting *b)
{
	return inject_regs(t, &b->was) && b->was.cs == CS_64;
}

/* All slots are taken: the thread makes more, by the code it has. */
static bool make_more(struct capture *c, struct tracee *t)
{
	const struct inject_thread *i = t->user;
	struct booting b = {
		.memory = inject_memory(c, t->tid),
		.at = STUB_AT(i->arena->base, stub_boot),
		.len = arena_len(SLOTS_MORE),
	};

	return b.memory >= 0 && take_regs(t, &b) && boot_begin(t, &b) &&
	       inject_boot_end(c, t, &b);
}

bool inject_arm(struct capture *c, struct tracee *t)
{
	struct inject_thread *i = t->user;
	struct user_regs_struct regs;
	bool has_slot;

	if (!inject_regs(t, &regs))
		return false;
	/* Born in the code: to where its parent's call returns. */
	if (i->way_out)
		regs.rip = regs.rcx = i->way_out;
	i->way_out = 0;
	has_slot = take_slot(c, t, &regs);
	if (has_slot && !dispatch(t))
		send_to_dispatch(t, &regs);
	if (!inject_set_regs(t, &regs))
		return false;
	if (!has_slot) {
		arena_keep_no_ends(i->arena);
		return make_more(c, t);
	}
	slot_arm(c, i->slot, true);
	t->is_armed = true;
	return true;
}

/* Without a dynamic linker, a program's calls are in the program itself. */
static uint64_t place_near(const struct user_regs_struct *regs)
{
	return (regs->rip & ~0xfffull) + NEAR_PROGRAM;
}

/* A copy of stub_boot in the vDSO; false: there is no place for it. */
static bool put_boot(struct booting *b, uint64_t vdso)
{
	size_t len = (size_t)(stub_boot_end - stub_boot);
	size_t from = (size_t)(stub_boot - stub_begin);
	uint8_t code[STUB_SITES];

	if (b->memory < 0 || len > BOOT_MAX)
		return false;
	b->at = inject_place(b->memory, vdso);
	memcpy(code + from, stub_boot, len);
	inject_put_action(code, b->at - from);
	return b->at && pwrite(b->memory, code + from, len, (off_t)b->at) ==
				(ssize_t)len;
}

/*
 * Linked to a fixed place a program is far from its libraries; that it makes
 * calls of its own (Go) is likely enough.
 */
uint64_t inject_far_place(const struct inject_aux *aux)
{
	return aux->entry >> 32 ? 0 : (aux->entry & ~0xfffull) + NEAR_PROGRAM;
}

bool inject_boot_begin(struct capture *c, struct tracee *t, struct booting *b)
{
	struct inject_aux aux;

	*b = (struct booting){ .memory = inject_memory(c, t->tid),
			       .len = arena_len(INJECT_SLOTS),
			       .is_fresh = true };
	if (b->memory < 0 || !take_regs(t, b))
		return false;
	proc_look(&c->early, t->tid, b->memory, b->was.rsp);
	c->early.pid = t->has_one_id ? t->tid : 0;
	if (!aux_on_stack(&c->early, &aux))
		aux = inject_aux(t->tid);
	b->near = aux.linker ? 0 : place_near(&b->was);
	b->alias = aux.linker ? inject_far_place(&aux) : 0;
	b->code = aux.linker ? aux.linker : aux.entry;
	b->has_linker = aux.linker != 0;
	return put_boot(b, aux.vdso) && boot_begin(t, b);
}
