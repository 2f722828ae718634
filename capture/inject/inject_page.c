/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A page of code that other threads may be running is not written to: a changed
 * copy takes its place by one mremap(2), which each thread is either before or
 * behind.  So whenever the tracer is killed, the code is whole.
 *
 * The thread whose call has trapped makes remote calls for this.  The copy is
 * mapped from the same file, so that maps, profilers and uprobes find it as
 * before; or from no file, where the program cannot open it.
 */
#include "capture/inject/inject_page.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "capture/inject/inject_maps.h"
#include "capture/inject/inject_rows.h"
#include "capture/inject/inject_study.h"

enum { TRIES = 3 };

static struct arena_map *arena_of(const struct tracee *t)
{
	const struct inject_thread *i = t->user;

	return i ? i->arena : NULL;
}

static int maps_of(const struct remote_caller *caller)
{
	return remote_maps(&injector_of(caller->tracer)->files_open,
			   caller->t->tid);
}

static bool is_error(int64_t ret)
{
	return ret < 0 && ret > -CODE_PAGE;
}

/* Tells all arenas of the process that a thread makes remote calls, or does no
 * more. */
static void announce(const struct remote_caller *caller, bool on)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&caller->tracer->tracees, &at))) {
		const struct tracee *other = slot->value;

		if (other->pid == caller->t->pid && arena_of(other))
			__atomic_store_n(&arena_own(arena_of(other))->is_held,
					 on, __ATOMIC_SEQ_CST);
	}
}

/* Is the thread about to set a seccomp filter, or in that call? must_wait in
 * stub.c is the other side. */
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

/* May the thread make calls that are not the program's?  Not under a filter of
 * the program. */
static bool is_free(const struct remote_caller *caller)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&caller->tracer->tracees, &at))) {
		const struct tracee *other = slot->value;

		if (other->pid == caller->t->pid && arena_of(other) &&
		    (arena_state(arena_of(other))->filtered ||
		     (other != caller->t &&
		      sets_filter(injector_of(caller->tracer), other))))
			return false;
	}
	return true;
}

bool page_begin(struct remote_caller *caller)
{
	struct arena_map *arena = arena_of(caller->t);

	if (caller->at)
		return !caller->is_lost;
	announce(caller, true);
	if (!is_free(caller) || !remote_call_begin(caller)) {
		announce(caller, false);
		return false;
	}
	caller->at = STUB_AT(arena->program->base, stub_remote_call);
	remote_call_way(caller, arena_own(arena->process)->way);
	return true;
}

bool page_end(struct remote_caller *caller)
{
	if (!caller->at)
		return true;
	announce(caller, false);
	remote_call_end(caller);
	if (caller->stop)
		trace_requeue(caller->tracer, caller->t->tid, caller->stop);
	return !caller->is_lost;
}

/* Maps a readable page of code, of caller->fd or of no file; 0: it failed. */
static uint64_t map_page(struct remote_caller *caller, uint64_t flags,
			 uint64_t file_at)
{
	int64_t ret =
		remote_call(caller, SYS_mmap,
			    (struct remote_args){
				    { 0, CODE_PAGE, PROT_READ | PROT_EXEC,
				      flags, (uint64_t)caller->fd, file_at } });

	return is_error(ret) ? 0 : (uint64_t)ret;
}

static void unmap_page(struct remote_caller *caller, uint64_t at)
{
	remote_call(caller, SYS_munmap,
		    (struct remote_args){ { at, CODE_PAGE } });
}

/*
 * Closes a file that was left open, as the thread was stopped before it could.
 */
static void close_file(struct remote_caller *caller)
{
	struct arena_map *arena = arena_of(caller->t);

	if (arena->open_pid != caller->t->pid)
		return;
	caller->fd = -1;
	if (!remote_call(caller, SYS_close,
			 (struct remote_args){ { arena->open_fd } }))
		arena->open_pid = 0;
}

/* Maps the page once more, from the file at the path of its mapping; 0: that
 * failed, or is another file. */
static uint64_t map_path(struct remote_caller *caller, uint64_t page,
			 const struct mapping *of)
{
	struct arena_map *arena = arena_of(caller->t);
	char *path = (char *)arena->map + STUB_PATH;
	const uint64_t flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	struct mapping got;
	uint64_t copy;
	int64_t fd;

	close_file(caller);
	if (!mapping_path(maps_of(caller), page, path, STUB_PAGE))
		return 0;
	fd = remote_call(
		caller, SYS_open,
		(struct remote_args){ { arena->base + STUB_PATH, flags } });
	if (fd < 0)
		return 0;
	arena->open_pid = caller->t->pid;
	arena->open_fd = (uint64_t)fd;
	caller->fd = (int)fd;
	copy = map_page(caller, MAP_PRIVATE, page - of->from + of->file_at);
	close_file(caller);
	if (!copy ||
	    (mapping_find(maps_of(caller), copy, &got) && got.from <= copy &&
	     got.device == of->device && got.inode == of->inode))
		return copy;
	unmap_page(caller, copy);
	return 0;
}

/* Maps a page for the copy; 0: it failed. */
static uint64_t map_copy(struct remote_caller *caller, uint64_t page)
{
	struct mapping of;
	uint64_t copy;

	if (!mapping_find(maps_of(caller), page, &of) || of.from > page)
		return 0;
	copy = of.inode ? map_path(caller, page, &of) : 0;
	/* The kernel finds uprobes by the file: where they are in use, no page
	 * without one. */
	if (copy || caller->is_lost ||
	    mapping_is_named(maps_of(caller), "[uprobes]"))
		return copy;
	return map_page(caller, MAP_PRIVATE | MAP_ANONYMOUS, 0);
}

/* Moves a page over another, which the kernel unmaps first: if the rest fails,
 * it must be tried again. */
static bool move_page(struct remote_caller *caller, uint64_t from, uint64_t to)
{
	const struct remote_args args = { { from, CODE_PAGE, CODE_PAGE,
					    MREMAP_MAYMOVE | MREMAP_FIXED,
					    to } };
	int64_t ret = -ENOMEM;

	for (int i = 0; i < TRIES && ret == -ENOMEM; i++)
		ret = remote_call(caller, SYS_mremap, args);
	return ret == (int64_t)to;
}

bool page_replace(struct remote_caller *caller, int memory, uint64_t page,
		  const uint8_t *bytes)
{
	uint64_t copy = page_begin(caller) ? map_copy(caller, page) : 0;

	if (!copy)
		return false;
	if (pwrite(memory, bytes, CODE_PAGE, (off_t)copy) == CODE_PAGE &&
	    move_page(caller, copy, page))
		return true;
	unmap_page(caller, copy);
	return false;
}
