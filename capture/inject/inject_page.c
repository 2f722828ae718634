/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A page of code that other threads may be running is not changed: a changed
 * copy of it takes its place, by one mremap(2), before or after which each of
 * them is.  So whenever the tracer is killed, what stands there is whole.
 *
 * The thread whose call has trapped makes the calls for it.  The copy is mapped
 * of the same file, so that maps, profilers and uprobes find it as before; or,
 * where the program cannot open that, of none.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "capture/inject/inject_site.h"

enum { TRIES = 3 };

static struct arena_map *arena_of(const struct tracee *t)
{
	const struct inject_thread *i = t->user;

	return i ? i->arena : NULL;
}

static bool is_error(int64_t ret)
{
	return ret < 0 && ret > -CODE_PAGE;
}

/* To all threads of the process; the code has several arenas for many. */
static void announce(const struct maker *m, bool on)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&m->c->tracer.tracees, &at))) {
		const struct tracee *other = slot->value;

		if (other->pid == m->t->pid && arena_of(other))
			__atomic_store_n(&arena_own(arena_of(other))->is_held,
					 on, __ATOMIC_SEQ_CST);
	}
}

/* Is about to set a seccomp filter, or does so: as must_wait in stub.c. */
static bool sets_filter(const struct injector *c, const struct tracee *t)
{
	const struct inject_thread *i = t->user;
	const struct stub_context *ctx;

	if (!i || !i->slot)
		return false;
	ctx = i->slot->context;
	return ctx->phase == STUB_BEFORE &&
	       inject_row(c, ctx->rax)->action == STUB_FILTER;
}

/* May the thread make calls that are not the program's? */
static bool is_free(const struct maker *m)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&m->c->tracer.tracees, &at))) {
		const struct tracee *other = slot->value;

		if (other->pid == m->t->pid && arena_of(other) &&
		    (arena_state(arena_of(other))->filtered ||
		     (other != m->t && sets_filter(m->c, other))))
			return false;
	}
	return true;
}

bool page_begin(struct maker *m)
{
	struct arena_map *arena = arena_of(m->t);

	if (m->at)
		return !m->is_lost;
	announce(m, true);
	if (!is_free(m) || !make_begin(m)) {
		announce(m, false);
		return false;
	}
	m->at = STUB_AT(arena->first->base, stub_maker);
	make_way(m, arena_own(arena->home)->way);
	return true;
}

bool page_end(struct maker *m)
{
	if (!m->at)
		return true;
	announce(m, false);
	make_end(m);
	if (m->stop)
		trace_hear(&m->c->tracer, m->t->tid, m->stop);
	return !m->is_lost;
}

static uint64_t map_page(struct maker *m, uint64_t flags, uint64_t file_at)
{
	int64_t ret =
		make_call(m, SYS_mmap,
			  (struct args){ { 0, CODE_PAGE, PROT_READ | PROT_EXEC,
					   flags, (uint64_t)m->fd, file_at } });

	return is_error(ret) ? 0 : (uint64_t)ret;
}

static void unmap_page(struct maker *m, uint64_t at)
{
	make_call(m, SYS_munmap, (struct args){ { at, CODE_PAGE } });
}

/* One that was left open, as the thread was stopped before it could close it. */
static void close_file(struct maker *m)
{
	struct arena_map *arena = arena_of(m->t);

	if (arena->stray_pid != m->t->pid)
		return;
	m->fd = -1;
	if (!make_call(m, SYS_close, (struct args){ { arena->stray } }))
		arena->stray_pid = 0;
}

/* The page once more, of what the path of its file is; 0: cannot be had. */
static uint64_t map_path(struct maker *m, uint64_t page,
			 const struct mapping *of)
{
	struct arena_map *arena = arena_of(m->t);
	char *path = (char *)arena->map + STUB_PATH;
	const uint64_t flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	struct mapping got;
	uint64_t copy;
	int64_t fd;

	close_file(m);
	if (!mapping_path(remote_maps(&m->c->files_open, m->t->tid), page, path,
			  STUB_PAGE))
		return 0;
	fd = make_call(m, SYS_open,
		       (struct args){ { arena->base + STUB_PATH, flags } });
	if (fd < 0)
		return 0;
	arena->stray_pid = m->t->pid;
	arena->stray = (uint64_t)fd;
	m->fd = (int)fd;
	copy = map_page(m, MAP_PRIVATE, page - of->from + of->file_at);
	close_file(m);
	if (!copy || (mapping_find(remote_maps(&m->c->files_open, m->t->tid),
				   copy, &got) &&
		      got.from <= copy && got.device == of->device &&
		      got.inode == of->inode))
		return copy;
	unmap_page(m, copy);
	return 0;
}

/* A place for the copy. */
static uint64_t map_copy(struct maker *m, uint64_t page)
{
	struct mapping of;
	uint64_t copy;

	if (!mapping_find(remote_maps(&m->c->files_open, m->t->tid), page,
			  &of) ||
	    of.from > page)
		return 0;
	copy = of.inode ? map_path(m, page, &of) : 0;
	/* The kernel looks for probes by the file. */
	if (copy || m->is_lost ||
	    mapping_is_named(remote_maps(&m->c->files_open, m->t->tid),
			     "[uprobes]"))
		return copy;
	return map_page(m, MAP_PRIVATE | MAP_ANONYMOUS, 0);
}

/* What was there is unmapped first: should the rest fail, it must not stay so. */
static bool move_page(struct maker *m, uint64_t from, uint64_t to)
{
	const struct args args = { { from, CODE_PAGE, CODE_PAGE,
				     MREMAP_MAYMOVE | MREMAP_FIXED, to } };
	int64_t ret = -ENOMEM;

	for (int i = 0; i < TRIES && ret == -ENOMEM; i++)
		ret = make_call(m, SYS_mremap, args);
	return ret == (int64_t)to;
}

bool page_replace(struct maker *m, int memory, uint64_t page,
		  const uint8_t *bytes)
{
	uint64_t copy = page_begin(m) ? map_copy(m, page) : 0;

	if (!copy)
		return false;
	if (pwrite(memory, bytes, CODE_PAGE, (off_t)copy) == CODE_PAGE &&
	    move_page(m, copy, page))
		return true;
	unmap_page(m, copy);
	return false;
}
