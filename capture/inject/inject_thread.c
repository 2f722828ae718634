/* SPDX-License-Identifier: Apache-2.0 */
/* Tracees as the engine knows them: their arena, slot and way of recording. */
#include "capture/inject/inject_thread.h"

#include <string.h>

#include "core/arena.h"

struct inject_thread *inject_thread_of(struct injector *c, struct tracee *t)
{
	struct inject_thread *i = t->user;

	if (i)
		return i;
	i = c->unused_threads;
	if (i)
		c->unused_threads = i->next;
	else
		i = mem_alloc(sizeof(*i));
	memset(i, 0, sizeof(*i));
	t->user = i;
	return i;
}

bool inject_is_in_code(const struct tracee *t)
{
	const struct inject_thread *i = t->user;

	return i && i->slot && t->is_armed &&
	       i->slot->context->phase == STUB_BEFORE;
}

void inject_leave_arena(struct injector *c, struct inject_thread *i)
{
	if (i->slot)
		slot_end(c, i->slot);
	if (i->arena)
		arena_unref(i->arena);
	i->slot = NULL;
	i->arena = NULL;
}

void inject_keep_mask(struct inject_thread *i)
{
	if (i->slot)
		i->blocks_sigsys = i->slot->context->blocked;
}

void inject_retire(struct injector *c, struct tracee *t)
{
	struct inject_thread *i = t->user;

	slot_arm(c, i->slot, false);
	arena_keep_no_ends(i->arena);
	i->stops_only = true;
	t->is_armed = false;
}

unsigned inject_thread_count(const struct injector *c, pid_t pid)
{
	const struct map_slot *slot;
	unsigned count = 0;
	size_t at = 0;

	while ((slot = map_next(&c->tracer.tracees, &at)))
		count += ((const struct tracee *)slot->value)->pid == pid;
	return count;
}

pid_t inject_parent(const struct injector *c, pid_t pid)
{
	const struct tracee *t = trace_find(&c->tracer, pid);
	const struct inject_thread *i = t ? t->user : NULL;

	return i ? i->parent : 0;
}

const struct inject_thread *inject_with_arena(const struct injector *c,
					      pid_t pid)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&c->tracer.tracees, &at))) {
		const struct tracee *t = slot->value;
		const struct inject_thread *i = t->user;

		if (t->pid == pid && i && i->arena)
			return i;
	}
	return NULL;
}

bool inject_is_partial(const struct injector *c, const struct tracee *t)
{
	struct arena_map *arena = ((struct inject_thread *)t->user)->arena;
	struct map_slot *slot;
	size_t at = 0;

	while (arena->is_partial &&
	       (slot = map_next(&c->tracer.tracees, &at))) {
		const struct tracee *other = slot->value;
		const struct inject_thread *i = other->user;

		if ((other->pid == t->pid || !other->pid ||
		     (i && i->is_guest)) &&
		    (!i || !i->arena))
			return true;
	}
	return arena->is_partial = false;
}

void inject_tell_others(struct injector *c, bool begins)
{
	struct map_slot *slot;
	size_t at = 0;

	if (begins)
		c->others.begun++;
	else
		c->others.ended++;
	while ((slot = map_next(&c->tracer.tracees, &at))) {
		const struct tracee *t = slot->value;
		const struct inject_thread *i = t->user;
		struct stub_changes *to;

		if (!i || !i->arena)
			continue;
		to = &arena_own(i->arena)->others;
		__atomic_store_n(&to->begun, c->others.begun, __ATOMIC_SEQ_CST);
		__atomic_store_n(&to->ended, c->others.ended, __ATOMIC_SEQ_CST);
	}
}
