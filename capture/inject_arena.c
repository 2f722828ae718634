/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas and their slots, on the tracer's side; see inject/stub.h. */
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "capture/inject.h"
#include "core/arena.h"

enum { ROBUST_MAX = 2000 }; /* the kernel's ROBUST_LIST_LIMIT is 2048 */

size_t arena_len(uint32_t slots)
{
	return STUB_SLOTS + (size_t)slots * STUB_SLOT_LEN;
}

static uint8_t *slot_map(const struct arena_map *arena, uint32_t i)
{
	return arena->map + STUB_SLOTS + (size_t)i * STUB_SLOT_LEN;
}

/* Slot 0 belongs to nobody: its calls go through as they are. */
static void put_null_context(const struct arena_map *arena)
{
	struct stub_context *ctx = (void *)slot_map(arena, 0);

	ctx->entry = STUB_AT(arena->base, stub_raw);
}

void arena_put_sigsys(const struct arena_map *arena,
		      const struct sigsys_action *action)
{
	struct stub_context *ctx = (void *)slot_map(arena, 0);
	struct stub_control *control = (void *)(arena->map + STUB_CONTROL);

	ctx->sigsys = control->sigsys = *action;
}

uint64_t arena_null_context(const struct arena_map *arena)
{
	return arena->base + STUB_SLOTS;
}

/* The call that traps at the end of a held one; then, if nobody came. */
static void put_trap(uint8_t *image)
{
	uint8_t trap[] = { 0x0f, 0x05, 0xe9, 0, 0, 0, 0 };
	int32_t to = (int32_t)(stub_unheld - stub_begin) -
		     (int32_t)(STUB_TRAP_AT + sizeof(trap));

	memcpy(trap + 3, &to, sizeof(to));
	memcpy(image + STUB_TRAP_AT, trap, sizeof(trap));
}

void arena_image(struct capture *c)
{
	c->image = mem_zalloc(STUB_SLOTS);
	memcpy(c->image, stub_begin, (size_t)(__stop_spoor_stub - stub_begin));
	put_trap(c->image);
	memcpy(c->image + STUB_CONTROL, &c->control, sizeof(c->control));
	memcpy(c->image + STUB_ROWS, c->rows, sizeof(c->rows));
}

void inject_put_action(uint8_t *code, uint64_t base)
{
	enum { HANDLER, RESTORER = 2 };
	uint8_t *to = code + (stub_boot_action - stub_begin);
	uint64_t handler = STUB_AT(base, stub_boot_abort);
	uint64_t restorer = STUB_AT(base, stub_boot_return);

	memcpy(to + HANDLER * sizeof(handler), &handler, sizeof(handler));
	memcpy(to + RESTORER * sizeof(restorer), &restorer, sizeof(restorer));
}

static bool put_part(const struct capture *c, int fd, size_t from, size_t to)
{
	return pwrite(fd, c->image + from, to - from, (off_t)from) ==
	       (ssize_t)(to - from);
}

/*
 * What all have in front, but for the sites: pages that are written whole need
 * not be cleared, nor mapped here.  The struct sigaction is the kernel's, for
 * stub_sigsys.
 */
static bool put_image(const struct capture *c, int fd, uint64_t base,
		      const struct sigsys_action *program)
{
	sigsys_for_kernel(program, base, (void *)(c->image + STUB_SIGACTION));
	inject_put_action(c->image, base);
	return put_part(c, fd, 0, STUB_SITES) &&
	       put_part(c, fd, STUB_CONTROL, STUB_SLOTS);
}

/* The descriptor here; by pidfd_getfd(2), which takes less time than /proc. */
static int open_memory_of(pid_t pid, int fd)
{
	int process = (int)syscall(SYS_pidfd_open, pid, 0);
	int mine = -1;
	char path[64];

	if (process >= 0) {
		mine = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
		close(process);
	}
	if (mine >= 0)
		return mine;
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	return open(path, O_RDWR | O_CLOEXEC);
}

struct arena_map *arena_open(struct capture *c, pid_t pid, int fd,
			     uint64_t base, size_t len,
			     const struct sigsys_action *program)
{
	struct arena_map *arena;
	void *map;
	int mine = open_memory_of(pid, fd);

	if (mine < 0)
		return NULL;
	/* Were it cut, the recorder would fault. */
	fcntl(mine, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
	if (!put_image(c, mine, base, program)) {
		close(mine);
		return NULL;
	}
	map = mmap(NULL, len, PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_NORESERVE, mine, 0);
	close(mine);
	if (map == MAP_FAILED)
		return NULL;
	arena = mem_zalloc(sizeof(*arena));
	arena->base = base;
	arena->map = map;
	arena->len = len;
	arena->slot_count =
		(uint32_t)((len - STUB_SLOTS) / (size_t)STUB_SLOT_LEN);
	arena->slots = mem_zalloc(arena->slot_count * sizeof(struct slot));
	arena->slots_used = 1;
	arena->sites_at = STUB_SITES;
	arena->refs = 1;
	arena->first = arena;
	put_null_context(arena);
	arena_put_sigsys(arena, program);
	return arena;
}

void arena_ref(struct arena_map *arena)
{
	arena->refs++;
}

static void free_arena(struct arena_map *arena)
{
	munmap(arena->map, arena->len);
	for (uint32_t i = 0; i < arena->slots_used; i++)
		buffer_free(&arena->slots[i].record);
	map_free(&arena->skipped);
	inject_forget_patches(arena);
	free(arena->slots);
	free(arena);
}

void arena_unref(struct arena_map *arena)
{
	while (arena && !--arena->refs) {
		struct arena_map *first =
			arena->first == arena ? NULL : arena->first;

		free_arena(arena);
		arena = first;
	}
}

void arena_keep_no_ends(const struct arena_map *arena)
{
	struct stub_control *control = (void *)(arena->map + STUB_CONTROL);

	__atomic_store_n(&control->keeps_no_ends, 1, __ATOMIC_SEQ_CST);
}

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

uint64_t slot_address(const struct slot *slot)
{
	const struct arena_map *arena = slot->arena;

	return arena->base +
	       (uint64_t)((const uint8_t *)slot->context - arena->map);
}

static void init_context(const struct capture *c, const struct slot *slot)
{
	const struct arena_map *arena = slot->arena;
	struct stub_context *ctx = slot->context;
	uint64_t at = slot_address(slot);

	memset(ctx, 0, sizeof(*ctx));
	ctx->entry = STUB_AT(arena->base, stub_enter);
	ctx->self = (void *)(uintptr_t)at;
	/* The code is called with a stack aligned for it. */
	ctx->stack = at + STUB_RING_AT - 64;
	ctx->control = (void *)(uintptr_t)(arena->base + STUB_CONTROL);
	ctx->rows = (void *)(uintptr_t)(arena->base + STUB_ROWS);
	ctx->ring = (void *)(uintptr_t)(at + STUB_RING_AT);
	ctx->ring_size = slot->ring_size;
	ctx->pid = slot->pid;
	ctx->tid = slot->tid;
	ctx->alive = (uint32_t)c->thread_tid & ~0xffu;
}

/* The kernel clears `alive' of all in this list as the tracer dies. */
static void robust_add(struct capture *c, struct slot *slot)
{
	struct stub_context *ctx = slot->context;

	if (c->robust_count >= ROBUST_MAX)
		return;
	c->robust_count++;
	ctx->robust_next = (uint64_t)(uintptr_t)&c->robust.list;
	slot->robust_before = c->robust_last;
	if (c->robust_last)
		c->robust_last->context->robust_next =
			(uint64_t)(uintptr_t)&ctx->robust_next;
	else
		c->robust.list.next = (void *)&ctx->robust_next;
	c->robust_last = slot;
}

/* The one behind a slot in the list is found by walking from the last. */
static void robust_remove(struct capture *c, struct slot *slot)
{
	struct slot *behind = c->robust_last;
	uint64_t next = (uint64_t)(uintptr_t)&c->robust.list;

	if (!slot->context->robust_next)
		return;
	c->robust_count--;
	if (behind == slot) {
		c->robust_last = slot->robust_before;
	} else {
		while (behind && behind->robust_before != slot)
			behind = behind->robust_before;
		if (!behind)
			return;
		behind->robust_before = slot->robust_before;
		next = (uint64_t)(uintptr_t)&behind->context->robust_next;
	}
	if (slot->robust_before)
		slot->robust_before->context->robust_next = next;
	else
		c->robust.list.next = (void *)(uintptr_t)next;
	slot->context->robust_next = 0;
}

struct slot *slot_open(struct capture *c, struct arena_map *arena, pid_t pid,
		       pid_t tid)
{
	struct slot *slot;

	pthread_mutex_lock(&c->lock);
	slot = free_slot(arena);
	if (slot) {
		uint8_t *at = slot_map(arena, (uint32_t)(slot - arena->slots));

		if (slot->arena) /* it was another's */
			memset(at + STUB_ENDS_AT, 0, STUB_ENDS_LEN);
		slot->arena = arena;
		slot->context = (void *)at;
		slot->ring = (void *)(at + STUB_RING_AT);
		slot->ring_size = STUB_RING_LEN;
		slot->pid = pid;
		slot->tid = tid;
		slot->counts_tsc = true;
		slot->taker = (struct ring_taker){ 0 };
		slot->told = slot->seq = 0;
		slot->tsc = inject_tsc();
		slot->lost = slot->lost_told = slot->lost_ns = 0;
		slot->troubles = slot->troubles_told = 0;
		slot->armings = 0;
		slot->is_tampered = false;
		slot->record.len = 0;
		memset(slot->ring, 0, sizeof(*slot->ring));
		ring_init(slot->ring, slot->ring_size);
		init_context(c, slot);
		robust_add(c, slot);
		arena_ref(arena);
		slot->state = SLOT_ACTIVE;
		slot->next = c->slots;
		c->slots = slot;
	}
	pthread_mutex_unlock(&c->lock);
	return slot;
}

void slot_end(struct capture *c, struct slot *slot)
{
	pthread_mutex_lock(&c->lock);
	robust_remove(c, slot);
	slot->state = SLOT_ENDED;
	pthread_mutex_unlock(&c->lock);
}

struct raw_record *slot_record(const struct slot *slot, uint32_t *ret_room)
{
	*ret_room = 0;
	return __atomic_load_n(&slot->context->record, __ATOMIC_RELAXED)
		       ? ring_pending(slot->ring, slot->ring_size, ret_room)
		       : NULL;
}

void slot_arm(const struct capture *c, struct slot *slot, bool armed)
{
	uint32_t tid = (uint32_t)c->thread_tid;

	if (!armed)
		slot->armings += 2 - (slot->armings & 1);
	__atomic_store_n(&slot->context->alive, armed ? tid : tid & ~0xffu,
			 __ATOMIC_SEQ_CST);
	if (armed)
		slot->armings += ~slot->armings & 1;
}

bool slot_is_disarmed(struct slot *slot)
{
	uint32_t before = slot->armings;
	uint32_t alive =
		__atomic_load_n(&slot->context->alive, __ATOMIC_SEQ_CST);
	uint32_t never = 0;

	/* stub_boot has armed it, which tells nobody. */
	if (!before && (alive & 0xff))
		atomic_compare_exchange_strong(&slot->armings, &never, 1);
	return before % 2 && !(alive & 0xff) && slot->armings == before;
}
