/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes in the code of a process, page by page: by /proc/PID/mem; or, where
 * other threads may be running the code, by another page in its place
 * (inject_page.c).
 */
#include "capture/inject/inject_edit.h"

#include <linux/kcmp.h>
#include <string.h>
#include <unistd.h>

#include "capture/inject/inject_page.h"
#include "capture/inject/inject_thread.h"

enum { ALONE = 2 /* references to the arena: a thread and its slot */ };

static bool put(int memory, uint64_t to, const void *from, size_t len)
{
	return pwrite(memory, from, len, (off_t)to) == (ssize_t)len;
}

static bool get(int memory, uint64_t from, void *to, size_t len)
{
	return pread(memory, to, len, (off_t)from) == (ssize_t)len;
}

bool edit_flush(struct edit *e)
{
	bool ok = true;

	if (e->is_loaded && e->to > e->from)
		ok = e->is_alone ? put(e->memory, e->page + e->from,
				       e->bytes + e->from, e->to - e->from)
				 : page_replace(&e->caller, e->memory, e->page,
						e->bytes);
	e->is_loaded = false;
	return ok;
}

/* Has the page of these bytes, which are all in one, in e->bytes; false: they
 * are in two pages, or not there. */
static bool edit_load(struct edit *e, uint64_t at, size_t len)
{
	uint64_t page = at & ~(uint64_t)(CODE_PAGE - 1);

	if (at + len > page + CODE_PAGE)
		return false;
	if (e->is_loaded && e->page == page)
		return true;
	if (!edit_flush(e) || !get(e->memory, page, e->bytes, CODE_PAGE))
		return false;
	e->page = page;
	e->from = CODE_PAGE;
	e->to = 0;
	return e->is_loaded = true;
}

bool edit_get(struct edit *e, uint64_t from, void *to, size_t len)
{
	if (!edit_load(e, from, len)) /* in two pages */
		return edit_flush(e) && get(e->memory, from, to, len);
	memcpy(to, e->bytes + (from - e->page), len);
	return true;
}

bool edit_put(struct edit *e, uint64_t to, const void *from, size_t len)
{
	size_t at = to % CODE_PAGE;

	if (!edit_load(e, to, len))
		return edit_flush(e) && put(e->memory, to, from, len);
	memcpy(e->bytes + at, from, len);
	if (at < e->from)
		e->from = at;
	if (at + len > e->to)
		e->to = at + len;
	return true;
}

/* Does no other thread run the code of t's process?  The parent in whose memory
 * a child is (vfork) waits, but its other threads do not. */
static bool is_alone(const struct injector *c, const struct tracee *t)
{
	const struct inject_thread *i = t->user;
	pid_t pid = t->pid;

	if (i->arena->is_lent)
		return false;
	if (i->arena->refs <= ALONE && !i->arena->is_one_of_many)
		return true;
	do {
		/* A new thread whose process is not known yet (0) may be in
		 * any. */
		if (inject_thread_count(c, pid) + inject_thread_count(c, 0) > 1)
			return false;
		pid = inject_parent(c, pid);
	} while (pid && remote_shares(t->pid, pid, KCMP_VM));
	/* A process that was attached to may have all its memory in common with
	 * an unknown one. */
	return pid || !i->arena->is_one_of_many;
}

void edit_begin(struct edit *e, struct injector *c, struct tracee *t,
		int memory)
{
	e->arena = inject_code_arena(t);
	e->caller = (struct remote_caller){ .tracer = &c->tracer,
					    .t = t,
					    .fd = -1 };
	e->is_alone = is_alone(c, t);
	e->is_loaded = false;
	e->memory = memory;
}

bool edit_can(struct edit *e)
{
	return e->is_alone || page_begin(&e->caller);
}

bool edit_end(struct edit *e)
{
	return page_end(&e->caller);
}
