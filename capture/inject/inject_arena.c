/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas and their slots, as the tracer makes them; stub.h has their layout. */
#include "capture/inject/inject_arena.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "capture/inject/tsc_clock.h"
#include "core/arena.h"

enum {
	ROBUST_MAX = 2000,	  /* the kernel's ROBUST_LIST_LIMIT is 2048 */
	HAS_RESTORER = 0x04000000 /* SA_RESTORER, of an action */
};

#define DEFAULT ((uint64_t)(uintptr_t)SIG_DFL)
#define IGNORED ((uint64_t)(uintptr_t)SIG_IGN)

size_t arena_len(uint32_t slots)
{
	return STUB_BODIES + (size_t)slots * STUB_BODY_LEN;
}

struct stub_own *arena_own(const struct arena_map *arena)
{
	return (void *)(arena->map + STUB_OWN);
}

struct stub_state *arena_state(const struct arena_map *arena)
{
	return (void *)(arena->map + STUB_STATE);
}

/* Offsets of the parts of slot i in an arena. */
static size_t fixed_at(size_t i)
{
	return STUB_FIXED + i * STUB_STRIDE;
}

static size_t context_at(size_t i)
{
	return STUB_CONTEXTS + i * STUB_STRIDE;
}

static size_t body_at(size_t i)
{
	return STUB_BODIES + i * STUB_BODY_LEN;
}

/*
 * Slot 0 is that of threads without a slot: their calls go through as they are.
 */
static void put_null_slot(const struct arena_map *arena)
{
	struct stub_fixed *fixed = (void *)(arena->map + fixed_at(0));

	fixed->entry = STUB_AT(arena->program->base, stub_raw);
}

void arena_put_sigsys(const struct arena_map *arena,
		      const struct sigsys_action *action)
{
	struct stub_fixed *fixed = (void *)(arena->map + fixed_at(0));

	fixed->sigsys = arena_own(arena)->sigsys = *action;
}

void arena_kernel_action(const struct sigsys_action *program, uint64_t base,
			 struct sigsys_action *ret_action)
{
	const uint64_t *of = program->words;
	uint64_t *to = ret_action->words;
	bool has_handler =
		of[ACTION_HANDLER] != DEFAULT && of[ACTION_HANDLER] != IGNORED;

	to[ACTION_HANDLER] = STUB_AT(base, stub_sigsys);
	to[ACTION_FLAGS] = SA_SIGINFO | SA_ONSTACK | HAS_RESTORER;
	to[ACTION_RESTORER] = STUB_AT(base, stub_restorer);
	to[ACTION_MASK] = 0;
	if (!has_handler)
		return;
	/* Calls made in the handler raise SIGSYS too: if that were blocked
	 * meanwhile, the kernel would take the handler away. */
	to[ACTION_FLAGS] = (of[ACTION_FLAGS] & ~(uint64_t)SA_RESETHAND) |
			   SA_SIGINFO | SA_NODEFER | HAS_RESTORER;
	to[ACTION_MASK] = of[ACTION_MASK] & ~(1ull << (SIGSYS - 1));
	if (of[ACTION_FLAGS] & HAS_RESTORER)
		to[ACTION_RESTORER] = of[ACTION_RESTORER];
}

/*
 * Also a forked child has this slot, in the pages that its parent only reads.
 */
uint64_t arena_null_context(const struct arena_map *arena)
{
	return arena->program->base + context_at(0);
}

/* The system call that traps when a call for which the stub is held is over,
 * and the jump to where the stub goes on if no tracer answers. */
static void put_trap(uint8_t *image)
{
	uint8_t trap[] = { 0x0f, 0x05, 0xe9, 0, 0, 0, 0 };
	int32_t to = (int32_t)(stub_unheld - stub_begin) -
		     (int32_t)(STUB_TRAP_AT + sizeof(trap));

	memcpy(trap + 3, &to, sizeof(to));
	memcpy(image + STUB_TRAP_AT, trap, sizeof(trap));
}

void arena_image(struct injector *c)
{
	c->image = mem_zalloc(STUB_PATH);
	memcpy(c->image, stub_begin, (size_t)(__stop_spoor_stub - stub_begin));
	put_trap(c->image);
	memcpy(c->image + STUB_CONTROL, &c->control, sizeof(c->control));
	memcpy(c->image + STUB_ROWS, c->rows, sizeof(c->rows));
}

void arena_put_boot_action(uint8_t *code, uint64_t base)
{
	uint8_t *to = code + (stub_boot_action - stub_begin);
	uint64_t handler = STUB_AT(base, stub_boot_abort);
	uint64_t restorer = STUB_AT(base, stub_boot_return);

	memcpy(to + ACTION_HANDLER * sizeof(handler), &handler,
	       sizeof(handler));
	memcpy(to + ACTION_RESTORER * sizeof(restorer), &restorer,
	       sizeof(restorer));
}

static bool put_part(const struct injector *c, int fd, size_t from, size_t to)
{
	return pwrite(fd, c->image + from, to - from, (off_t)from) ==
	       (ssize_t)(to - from);
}

/*
 * Writes the first pages of a program's arena, but for what differs between
 * programs.  Pages that are written whole need not be cleared, nor mapped here.
 */
static bool put_image(const struct injector *c, int fd, uint64_t base)
{
	arena_put_boot_action(c->image, base);
	return put_part(c, fd, 0, STUB_SITES) &&
	       put_part(c, fd, STUB_CONTROL, STUB_PATH);
}

/* Opens a process's memory file here: the very descriptor by pidfd_getfd(2)
 * (*ret_is_same), or its file once more. */
static int open_memory_of(pid_t pid, int fd, bool *ret_is_same)
{
	int process = (int)syscall(SYS_pidfd_open, pid, 0);
	int mine = -1;
	char path[64];

	if (process >= 0) {
		mine = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
		close(process);
	}
	*ret_is_same = mine >= 0;
	if (mine >= 0)
		return mine;
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	return open(path, O_RDWR | O_CLOEXEC);
}

/*
 * Has no process another descriptor of the file open for writing?  A process
 * that keeps a mapping keeps the file open.  The kernel answers by granting a
 * lease or not: fcntl(2).  A process that opens the file just then waits until
 * the lease is given back, which SIGIO would announce; SIGURG does nothing.
 */
static bool has_lease(int fd)
{
	return !fcntl(fd, F_SETSIG, SIGURG) &&
	       !fcntl(fd, F_SETLEASE, F_RDLCK) &&
	       !fcntl(fd, F_SETLEASE, F_UNLCK);
}

bool arena_can_ask(void)
{
	int fd = memfd_create("spoor", MFD_CLOEXEC);
	bool can = fd >= 0 && has_lease(fd);

	if (fd >= 0)
		close(fd);
	return can;
}

static bool is_ours_alone(const struct injector *c, int fd, bool is_same)
{
	return !c->can_ask || !is_same || has_lease(fd) || errno != EAGAIN;
}

/* Is the limit of file sizes high enough? ftruncate(2) beyond the limit raises
 * a signal, besides the error. */
static bool may_size(size_t len)
{
	struct rlimit file;

	return !getrlimit(RLIMIT_FSIZE, &file) &&
	       (file.rlim_cur == RLIM_INFINITY || file.rlim_cur >= len);
}

/* Is it a memory file, and not what another thread has put in its place? */
static bool is_memory(int fd)
{
	struct statfs fs;

	return !fstatfs(fd, &fs) && fs.f_type == TMPFS_MAGIC;
}

/*
 * Sizes the memory, fills it as far as all programs have the same, maps it here
 * and seals it.  From then on no process can map it for writing, but for the
 * part that its own process has mapped already; nor can it be cut, which would
 * make the recorder fault.
 */
static uint8_t *map_sealed(const struct injector *c,
			   const struct arena_offer *offer)
{
	const int seals =
		F_SEAL_FUTURE_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
	bool is_same;
	int fd = open_memory_of(offer->pid, offer->fd, &is_same);
	void *map = MAP_FAILED;

	if (fd < 0)
		return NULL;
	if (is_memory(fd) && may_size(offer->len) &&
	    !ftruncate(fd, (off_t)offer->len) &&
	    (offer->of || put_image(c, fd, offer->base)))
		map = mmap(NULL, offer->len, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_NORESERVE, fd, 0);
	if (map != MAP_FAILED &&
	    (fcntl(fd, F_ADD_SEALS, seals) || !is_ours_alone(c, fd, is_same))) {
		munmap(map, offer->len);
		map = MAP_FAILED;
	}
	close(fd);
	return map == MAP_FAILED ? NULL : map;
}

/* Whose code the new arena's threads run, and which arena is its process's
 * first; with references. */
static void set_family(struct arena_map *arena, const struct arena_offer *offer)
{
	arena->program = arena->process = arena;
	if (!offer->of)
		return;
	arena->program = offer->of->program;
	arena_ref(arena->program);
	if (offer->is_child)
		return;
	arena->process = offer->of->process;
	if (arena->process != arena->program)
		arena_ref(arena->process);
}

struct arena_map *arena_open(struct injector *c,
			     const struct arena_offer *offer,
			     const struct sigsys_action *program)
{
	uint8_t *map = map_sealed(c, offer);
	struct arena_map *arena;

	if (!map)
		return NULL;
	arena = mem_zalloc(sizeof(*arena));
	arena->base = offer->base;
	arena->map = map;
	arena->len = offer->len;
	arena->slot_count =
		(uint32_t)((offer->len - STUB_BODIES) / (size_t)STUB_BODY_LEN);
	arena->slots = mem_zalloc(arena->slot_count * sizeof(struct slot));
	arena->slots_used = 1;
	arena->sites_at = STUB_SITES;
	arena->refs = 1;
	set_family(arena, offer);
	put_null_slot(arena);
	arena_put_sigsys(arena, program);
	arena_kernel_action(program, arena->program->base,
			    &arena_own(arena)->action);
	arena_own(arena)->others = c->others;
	return arena;
}

bool arena_contains(const struct arena_map *of, uint64_t at)
{
	const struct arena_map *arena = of->program;

	return (at >= arena->base && at < arena->base + arena->len) ||
	       (arena->alias && at >= arena->alias &&
		at < arena->alias + STUB_SITES_LEN);
}

void arena_ref(struct arena_map *arena)
{
	arena->refs++;
}

static void forget_patches(struct arena_map *arena)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&arena->patched, &at)))
		free(slot->value);
	map_free(&arena->patched);
}

/* Unmaps and frees an arena without references. */
static void free_arena(struct arena_map *arena)
{
	munmap(arena->map, arena->len);
	for (uint32_t i = 0; i < arena->slots_used; i++)
		buffer_free(&arena->slots[i].record);
	map_free(&arena->skipped);
	forget_patches(arena);
	free(arena->slots);
	free(arena);
}

/* Gives back the reference to the process's first arena; that of the program is
 * still held by the arena itself. */
static void unref_process(struct arena_map *arena)
{
	struct arena_map *process = arena->process;

	if (process == arena || process == arena->program || --process->refs)
		return;
	process->program->refs--;
	free_arena(process);
}

void arena_unref(struct arena_map *arena)
{
	while (arena && !--arena->refs) {
		struct arena_map *program =
			arena->program == arena ? NULL : arena->program;

		unref_process(arena);
		free_arena(arena);
		arena = program;
	}
}

void arena_keep_no_ends(const struct arena_map *arena)
{
	__atomic_store_n(&arena_state(arena)->keeps_no_ends, 1,
			 __ATOMIC_SEQ_CST);
}

/* A slot that no thread has; or NULL.  Called with the lock held. */
static struct slot *free_slot(struct arena_map *arena)
{
	if (arena->slots_free)
		for (uint32_t i = 1; i < arena->slots_used; i++)
			if (arena->slots[i].state == SLOT_FREE) {
				arena->slots_free--;
				return &arena->slots[i];
			}
	if (arena->slots_used == arena->slot_count)
		return NULL;
	return &arena->slots[arena->slots_used++];
}

static size_t index_of(const struct slot *slot)
{
	return (size_t)(slot - slot->arena->slots);
}

uint64_t slot_address(const struct slot *slot)
{
	return slot->arena->base + context_at(index_of(slot));
}

/* What the stub finds in the slot. */
static void fill(const struct injector *c, const struct slot *slot)
{
	const struct arena_map *arena = slot->arena;
	uint64_t body = arena->base + body_at(index_of(slot));
	uint64_t code = arena->program->base;

	memset(slot->context, 0, sizeof(*slot->context));
	*slot->fixed = (struct stub_fixed){
		.entry = STUB_AT(code, stub_enter),
		.self = (void *)(uintptr_t)slot_address(slot),
		/* The stub is called with a stack aligned for it. */
		.stack = body + STUB_RING_AT - 64,
		.alive = (uint32_t)c->tid & ~0xffu,
		.ring_size = slot->ring_size,
		.ring = (void *)(uintptr_t)(body + STUB_RING_AT),
		.rows = (void *)(uintptr_t)(code + STUB_ROWS),
		.control = (void *)(uintptr_t)(code + STUB_CONTROL),
		.own = (void *)(uintptr_t)(arena->base + STUB_OWN),
		.state = (void *)(uintptr_t)(arena->base + STUB_STATE),
		.ends = (void *)(uintptr_t)body,
		.pid = slot->pid,
		.tid = slot->tid,
		.arena = { arena->base, arena->base + arena->len },
		.code = { code, code + arena->process->len },
	};
}

/*
 * Links two slots in the list of robust futexes: the kernel clears `alive' in
 * all of them when the tracer dies.  No traced process can write to the list.
 */
static void robust_link(struct injector *c, struct slot *before,
			struct slot *after)
{
	uint64_t next = after ? (uint64_t)(uintptr_t)&after->fixed->robust_next
			      : (uint64_t)(uintptr_t)&c->robust.list;

	if (before) {
		before->robust_after = after;
		before->fixed->robust_next = next;
	} else {
		c->robust.list.next = (void *)(uintptr_t)next;
	}
	if (after)
		after->robust_before = before;
	else
		c->robust_last = before;
}

/* Puts the slot at the end of the robust list, if there is room. */
static void robust_add(struct injector *c, struct slot *slot)
{
	slot->is_robust = c->robust_count < ROBUST_MAX;
	if (!slot->is_robust)
		return;
	c->robust_count++;
	slot->fixed->is_robust = 1;
	slot->fixed->robust_next = (uint64_t)(uintptr_t)&c->robust.list;
	slot->robust_before = slot->robust_after = NULL;
	robust_link(c, c->robust_last, slot);
	c->robust_last = slot;
}

static void robust_remove(struct injector *c, struct slot *slot)
{
	if (!slot->is_robust)
		return;
	c->robust_count--;
	robust_link(c, slot->robust_before, slot->robust_after);
	slot->is_robust = false;
}

/* A slot as new, whatever it was before. */
static void begin_slot(struct slot *slot, struct arena_map *arena, size_t i)
{
	uint8_t *body = arena->map + body_at(i);

	if (slot->arena) /* another thread had the slot */
		memset(body, 0, STUB_ENDS_LEN);
	slot->arena = arena;
	slot->fixed = (void *)(arena->map + fixed_at(i));
	slot->context = (void *)(arena->map + context_at(i));
	slot->ring = (void *)(body + STUB_RING_AT);
	slot->ring_size = STUB_RING_LEN;
	slot->counts_tsc = true;
	slot->taker = (struct ring_taker){ 0 };
	slot->told = slot->seq = 0;
	slot->tsc = tsc_now();
	slot->lost = slot->lost_told = slot->lost_ns = 0;
	slot->troubles = slot->troubles_told = 0;
	slot->told_by_tracer = 0;
	slot->record.len = 0;
	memset(slot->ring, 0, sizeof(*slot->ring));
	ring_init(slot->ring, slot->ring_size);
}

struct slot *slot_open(struct injector *c, struct arena_map *arena, pid_t pid,
		       pid_t tid)
{
	struct slot *slot;

	pthread_mutex_lock(&c->shared->lock);
	slot = free_slot(arena);
	if (slot) {
		begin_slot(slot, arena, (size_t)(slot - arena->slots));
		slot->pid = pid;
		slot->tid = tid;
		fill(c, slot);
		slot->fixed->sigsys = arena_own(arena)->sigsys;
		robust_add(c, slot);
		arena_ref(arena);
		slot->state = SLOT_ACTIVE;
		slot->next = c->shared->slots;
		c->shared->slots = slot;
	}
	pthread_mutex_unlock(&c->shared->lock);
	return slot;
}

void slot_end(struct injector *c, struct slot *slot)
{
	pthread_mutex_lock(&c->shared->lock);
	robust_remove(c, slot);
	slot->state = SLOT_ENDED;
	pthread_mutex_unlock(&c->shared->lock);
}

struct raw_record *slot_record(const struct slot *slot, uint32_t *ret_room)
{
	*ret_room = 0;
	return __atomic_load_n(&slot->context->record, __ATOMIC_RELAXED)
		       ? ring_pending(slot->ring, slot->ring_size, ret_room)
		       : NULL;
}

void slot_arm(const struct injector *c, const struct slot *slot, bool armed)
{
	uint32_t tid = (uint32_t)c->tid;

	__atomic_store_n(&slot->fixed->alive, armed ? tid : tid & ~0xffu,
			 __ATOMIC_SEQ_CST);
}
