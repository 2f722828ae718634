/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The thread table: creation, groups (processes), parents and the end of
 * threads.  Rules: state.md section 2.
 */
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "replay/state/internal.h"

enum { DEPTH_MAX = 1024 };

struct thread *state_thread(const struct state *state, int64_t tid)
{
	return map_get(&state->threads, (uint64_t)tid);
}

struct thread *state_thread_next(const struct state *state, size_t *at)
{
	struct map_slot *slot = map_next(&state->threads, at);

	return slot ? slot->value : NULL;
}

bool thread_is_main(const struct thread *thread)
{
	return thread->tid == thread->pid ||
	       (thread->flags & PPM_CL_IS_MAIN_THREAD);
}

bool thread_is_invalid(const struct thread *thread)
{
	return thread->tid < 0 || thread->pid < 0 || thread->ptid < 0;
}

static struct thread_group *group_find(const struct state *state, int64_t pid)
{
	return map_get(&state->groups, (uint64_t)pid);
}

struct thread *thread_main(const struct state *state,
			   const struct thread *thread)
{
	const struct thread_group *group = thread->group;

	(void)state;
	if (thread_is_main(thread))
		return (struct thread *)(uintptr_t)thread;
	if (group && group->count && thread_is_main(group->threads[0]))
		return group->threads[0];
	return NULL;
}

struct thread *thread_parent(const struct state *state,
			     const struct thread *thread)
{
	const struct thread *main = thread_main(state, thread);
	const struct thread *parent;

	if (!main)
		main = thread;
	parent = state_thread(state, main->ptid);
	return parent ? thread_main(state, parent) : NULL;
}

struct text thread_cwd(const struct state *state, const struct thread *thread)
{
	const struct thread *main = thread_main(state, thread);

	if (!main)
		return (struct text){ "./", 2 };
	return main->cwd;
}

uint64_t thread_alive_count(const struct state *state,
			    const struct thread *thread)
{
	(void)state;
	return thread->group ? thread->group->alive : 0;
}

uint64_t thread_child_count(const struct state *state,
			    const struct thread *thread)
{
	uint64_t n = 0;

	(void)state;
	for (const struct thread *c = thread->children; c; c = c->sibling)
		n++;
	return n;
}

bool state_group_info(const struct state *state, int64_t pid,
		      struct thread_group_info *ret_info)
{
	const struct thread_group *group = group_find(state, pid);

	if (!group)
		return false;
	*ret_info = (struct thread_group_info){ group->alive, group->count,
						group->is_reaper };
	return true;
}

/* Removes the thread from its parent's children. */
static void leave_parent(struct thread *thread)
{
	if (!thread->sibling_of)
		return;
	*thread->sibling_of = thread->sibling;
	if (thread->sibling)
		thread->sibling->sibling_of = thread->sibling_of;
	thread->sibling_of = NULL;
	thread->sibling = NULL;
	thread->parent = NULL;
}

static void join_parent(struct thread *thread, struct thread *parent)
{
	thread->parent = parent;
	thread->sibling = parent->children;
	if (thread->sibling)
		thread->sibling->sibling_of = &thread->sibling;
	thread->sibling_of = &parent->children;
	parent->children = thread;
}

static void thread_set_parent(struct state *state, struct thread *thread,
			      int64_t ptid)
{
	struct thread *parent = state_thread(state, ptid);

	leave_parent(thread);
	thread->ptid = ptid;
	if (parent && parent != thread)
		join_parent(thread, parent);
}

/*
 * Removes the thread from its process; frees the process after its last
 * thread.
 */
static void leave_group(struct state *state, struct thread *thread)
{
	struct thread_group *group = thread->group;
	size_t i = 0;

	if (!group)
		return;
	thread->group = NULL;
	while (i < group->count && group->threads[i] != thread)
		i++;
	if (i < group->count) {
		memmove(&group->threads[i], &group->threads[i + 1],
			(group->count - i - 1) * sizeof(*group->threads));
		group->count--;
	}
	if (!thread->is_dead && group->alive)
		group->alive--;
	if (group->count)
		return;
	map_remove(&state->groups, (uint64_t)group->pid);
	free(group->threads);
	free(group);
}

void thread_join_group(struct state *state, struct thread *thread, int64_t pid)
{
	struct thread_group *group = group_find(state, pid);

	leave_group(state, thread);
	if (thread_is_invalid(thread))
		return;
	if (!group) {
		group = mem_zalloc(sizeof(*group));
		group->pid = pid;
		map_put(&state->groups, (uint64_t)pid, group);
	}
	group->threads = mem_grow(group->threads, &group->capacity,
				  group->count + 1, sizeof(*group->threads));
	if (thread_is_main(thread)) {
		memmove(&group->threads[1], &group->threads[0],
			group->count * sizeof(*group->threads));
		group->threads[0] = thread;
	} else {
		group->threads[group->count] = thread;
		/* Threads share the leader's descriptors. */
		thread->flags |= PPM_CL_CLONE_FILES;
	}
	group->count++;
	group->alive++;
	if (pid == 1 || (thread->vpid == 1 && group->count == 1))
		group->is_reaper = true;
	thread->group = group;
}

void thread_link(struct state *state, struct thread *thread)
{
	const struct thread *parent;

	if (thread_is_invalid(thread))
		return;
	if (!thread->group || thread->group->pid != thread->pid)
		thread_join_group(state, thread, thread->pid);
	if (thread->pid == 1)
		return;
	parent = state_thread(state, thread->ptid);
	thread_set_parent(state, thread,
			  parent && !thread_is_invalid(parent) ? thread->ptid
							       : 0);
}

static struct thread *thread_new(int64_t tid)
{
	struct thread *t = mem_zalloc(sizeof(*t));

	t->tid = tid;
	t->pid = t->ptid = t->sid = t->vpgid = t->pgid = -1;
	t->vtid = t->vpid = -1;
	t->fdlimit = t->reaper_tid = -1;
	t->uid = t->gid = t->ruid = t->rgid = t->loginuid = 0xffffffff;
	t->flags = PPM_CL_NAME_CHANGED;
	t->comm = t->exe = t->exepath = t->cwd = t->root = t->cmdline =
		text_empty;
	t->args.bytes = t->env.bytes = t->cgroups.bytes = text_empty;
	t->container_id = "";
	return t;
}

static void enter_free(struct enter_event *enter)
{
	if (enter)
		text_release(&enter->name);
	free(enter);
}

static void thread_free(struct state *state, struct thread *t)
{
	struct text *const texts[] = { &t->comm,	 &t->exe,
				       &t->exepath,	 &t->cwd,
				       &t->root,	 &t->cmdline,
				       &t->args.bytes,	 &t->env.bytes,
				       &t->cgroups.bytes };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		text_release(texts[i]);
	container_use(t->container, -1);
	fd_table_release(state, t->fds);
	enter_free(t->enter);
	free(t);
}

static void thread_remove(struct state *state, struct thread *thread)
{
	leave_parent(thread);
	while (thread->children)
		leave_parent(thread->children);
	leave_group(state, thread);
	map_remove(&state->threads, (uint64_t)thread->tid);
	if (state->latest == thread)
		state->latest = NULL;
	if (state->exiting == thread)
		state->exiting = NULL;
	if (state->closing_thread == thread)
		state->closing_thread = NULL;
	thread_free(state, thread);
}

static bool in_pidns(const struct thread *thread)
{
	return (thread->flags & PPM_CL_CHILD_IN_PIDNS) ||
	       (thread->tid != thread->vtid && thread->vtid >= 0);
}

/* Another running thread of the process. */
static struct thread *living_sibling(const struct thread *thread)
{
	const struct thread_group *group = thread->group;

	if (!group || !group->alive)
		return NULL;
	for (size_t i = 0; i < group->count; i++)
		if (group->threads[i] != thread && !group->threads[i]->is_dead)
			return group->threads[i];
	return NULL;
}

/* The first running thread of a process. */
static struct thread *living_member(const struct thread_group *group)
{
	if (!group || !group->is_reaper || !group->alive)
		return NULL;
	for (size_t i = 0; i < group->count; i++)
		if (!group->threads[i]->is_dead)
			return group->threads[i];
	return NULL;
}

/*
 * The nearest ancestor that adopts orphans, in the same kind of pid namespace.
 */
static struct thread *reaping_ancestor(const struct state *state,
				       const struct thread *thread)
{
	const struct thread *at = thread;

	for (int depth = 0; depth < DEPTH_MAX; depth++) {
		struct thread *parent = state_thread(state, at->ptid);
		struct thread *reaper;

		if (!parent || parent == at || parent == thread ||
		    in_pidns(parent) != in_pidns(thread))
			break;
		reaper = living_member(parent->group);
		if (reaper)
			return reaper;
		at = parent;
	}
	return NULL;
}

/*
 * The thread that adopts the children: the one that the kernel recorded, else
 * by search.
 */
static struct thread *find_reaper(const struct state *state,
				  const struct thread *thread)
{
	struct thread *reaper = NULL;

	if (thread->reaper_tid > 0)
		reaper = state_thread(state, thread->reaper_tid);
	if (reaper && reaper != thread && !thread_is_invalid(reaper))
		return reaper;
	reaper = living_sibling(thread);
	return reaper ? reaper : reaping_ancestor(state, thread);
}

static void reparent_children(struct state *state, struct thread *thread)
{
	struct thread *reaper;

	if (!thread->children)
		return;
	reaper = find_reaper(state, thread);
	if (reaper) {
		thread->reaper_tid = reaper->tid;
		if (reaper->group && reaper->pid != thread->pid)
			reaper->group->is_reaper = true;
	}
	while (thread->children) {
		struct thread *child = thread->children;

		if (reaper && reaper != child) {
			thread_set_parent(state, child, reaper->tid);
		} else {
			leave_parent(child);
			child->ptid = 0;
		}
	}
}

void thread_mark_dead(struct state *state, struct thread *thread)
{
	(void)state;
	if (!thread->is_dead && thread->group && thread->group->alive)
		thread->group->alive--;
	thread->is_dead = true;
	thread->flags |= PPM_CL_CLOSED;
}

void thread_end(struct state *state, struct thread *thread)
{
	struct thread_group *group = thread->group;
	struct thread *main;

	thread_mark_dead(state, thread);
	if (!group) {
		thread_remove(state, thread);
		return;
	}
	reparent_children(state, thread);
	main = thread_main(state, thread);
	if (main != thread)
		thread_remove(state, thread);
	/* A leader stays while threads of its process run. */
	if (main && main->group && !main->group->alive)
		thread_remove(state, main);
}

/* NULL: the table is full. */
struct thread_ids thread_ids(const struct thread *t)
{
	return (struct thread_ids){ t->uid, t->gid, t->ruid, t->rgid,
				    t->cap_effective };
}

void state_keep_ids(struct state *state, const struct thread *thread)
{
	state->has_ids_before = true;
	state->ids_before = thread_ids(thread);
}

struct thread *thread_add(struct state *state, int64_t tid, int64_t pid,
			  int64_t ptid)
{
	struct thread *old = state_thread(state, tid);
	struct thread *t;

	if (old)
		thread_end(state, old);
	/* An ended leader with running threads is still in the table. */
	old = old ? state_thread(state, tid) : NULL;
	if (old)
		thread_remove(state, old);
	if (state->threads.count >= THREADS_MAX)
		return NULL;
	t = thread_new(tid);
	t->pid = pid;
	t->ptid = ptid;
	map_put(&state->threads, (uint64_t)tid, t);
	return t;
}

struct thread *thread_fake(struct state *state, int64_t tid)
{
	struct thread *t = thread_add(state, tid, -1, -1);

	if (!t)
		return NULL;
	t->is_fake = true;
	text_set(&t->comm, "<NA>", 4);
	text_share(&t->exe, &t->comm);
	thread_set_args(t, NULL, 0, NULL);
	return t;
}

void thread_end_others(struct state *state, struct thread *thread)
{
	const struct thread_group *group = thread->group;
	size_t i = 0;

	while (group && group->alive > 1 && i < group->count) {
		struct thread *other = group->threads[i];

		if (other == thread || thread_is_main(other))
			i++;
		else
			thread_end(state, other);
	}
}

/* Updates the cached command line: comm and args, separated by blanks. */
static void update_cmdline(struct thread *thread)
{
	size_t len = thread->comm.len;
	size_t args_len = thread->args.bytes.len;
	char stack[1024];
	char *line = stack;

	if (thread->args.count)
		len += 1 + args_len;
	if (len > sizeof(stack))
		line = mem_alloc(len);
	memcpy(line, thread->comm.data, thread->comm.len);
	if (thread->args.count) {
		char *to = line + thread->comm.len;

		*to++ = ' ';
		for (size_t i = 0; i < args_len; i++)
			to[i] = thread->args.bytes.data[i]
					? thread->args.bytes.data[i]
					: ' ';
	}
	text_set(&thread->cmdline, line, len);
	if (line != stack)
		free(line);
}

void thread_set_exepath(struct thread *thread, struct bytes path)
{
	static const char deleted[] = " (deleted)";
	size_t cut = sizeof(deleted) - 1;

	if (path.len > cut && !memcmp(path.data + path.len - cut, deleted, cut))
		path.len -= cut;
	text_set(&thread->exepath, path.data, path.len);
}

void thread_set_args(struct thread *thread, const void *data, size_t len,
		     const struct thread *like)
{
	text_list_set(&thread->args, data, len, like ? &like->args : NULL);
	if (like && thread->args.bytes.data == like->args.bytes.data &&
	    thread->args.count == like->args.count &&
	    thread->comm.data == like->comm.data)
		text_share(&thread->cmdline, &like->cmdline);
	else
		update_cmdline(thread);
}

void thread_set_container(struct thread *thread,
			  const struct container *container)
{
	container_use(container, 1);
	container_use(thread->container, -1);
	thread->container = container;
	thread->container_id = container ? container->id : "";
}

void thread_update_container(struct state *state, struct thread *thread)
{
	struct bytes cgroups = { (const uint8_t *)thread->cgroups.bytes.data,
				 thread->cgroups.bytes.len };

	thread_set_container(thread,
			     containers_of_cgroups(state->containers, cgroups));
}

/* Links groups and parents after the process list is complete. */
void threads_link(struct state *state)
{
	struct thread *t;
	size_t at = 0;

	while ((t = state_thread_next(state, &at))) {
		if (!state->is_exact)
			thread_link(state, t);
		else if (t->wants_parent)
			thread_set_parent(state, t, t->ptid);
		t->wants_parent = false;
		thread_update_container(state, t);
	}
}

void threads_free(struct state *state)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&state->threads, &at)))
		thread_free(state, slot->value);
	at = 0;
	while ((slot = map_next(&state->groups, &at))) {
		struct thread_group *group = slot->value;

		free(group->threads);
		free(group);
	}
	map_free(&state->threads);
	map_free(&state->groups);
}
