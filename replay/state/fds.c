/* SPDX-License-Identifier: Apache-2.0 */
/*
 * File descriptor tables.  A new process shares its parent's table until one
 * of them changes it; threads use their leader's.
 */
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "replay/state/internal.h"

struct thread *fds_owner(const struct thread *thread)
{
	if (thread->flags & PPM_CL_CLONE_FILES)
		return thread_main(NULL, thread);
	return (struct thread *)(uintptr_t)thread;
}

static struct fd_table *fd_table_new(void)
{
	struct fd_table *table = mem_zalloc(sizeof(*table));

	table->references = 1;
	return table;
}

static void fd_recycle(struct state *state, struct fd *fd)
{
	if (!fd)
		return;
	text_release(&fd->name);
	text_release(&fd->name_raw);
	/* The free list runs through the number. */
	memcpy(&fd->num, &state->free_fds, sizeof(state->free_fds));
	state->free_fds = fd;
}

static struct fd *fd_new(struct state *state)
{
	struct fd *fd = state->free_fds;

	if (fd)
		memcpy(&state->free_fds, &fd->num, sizeof(fd));
	else
		fd = mem_alloc(sizeof(*fd));
	memset(fd, 0, sizeof(*fd));
	fd->name = fd->name_raw = text_empty;
	return fd;
}

void fd_table_release(struct state *state, struct fd_table *table)
{
	struct map_slot *slot;
	size_t at = 0;

	if (!table || --table->references)
		return;
	while ((slot = map_next(&table->fds, &at)))
		fd_recycle(state, slot->value);
	map_free(&table->fds);
	free(table);
}

void fd_copy_from(struct fd *to, const struct fd *from)
{
	struct text name = text_empty;
	struct text raw = text_empty;

	text_share(&name, &from->name);
	text_share(&raw, &from->name_raw);
	text_release(&to->name);
	text_release(&to->name_raw);
	*to = *from;
	to->name = name;
	to->name_raw = raw;
}

static struct fd_table *copy_table(struct state *state,
				   const struct fd_table *from)
{
	struct fd_table *table = fd_table_new();
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&from->fds, &at))) {
		struct fd *fd = fd_new(state);

		fd_copy_from(fd, slot->value);
		map_put(&table->fds, slot->key, fd);
	}
	return table;
}

struct fd_table *fds_writable(struct state *state, struct thread *thread)
{
	struct thread *main = fds_owner(thread);
	struct fd_table *table;

	if (!main)
		return NULL;
	table = main->fds;
	if (!table) {
		main->fds = fd_table_new();
	} else if (table->references > 1) {
		main->fds = copy_table(state, table);
		table->references--;
	}
	return main->fds;
}

static struct fd *find(const struct thread *thread, int64_t num)
{
	const struct thread *main = fds_owner(thread);

	if (!main || !main->fds || num < 0)
		return NULL;
	return map_get(&main->fds->fds, (uint64_t)num);
}

struct fd *state_fd(const struct state *state, const struct thread *thread,
		    int64_t fd)
{
	(void)state;
	return find(thread, fd);
}

struct fd *fd_writable(struct state *state, struct thread *thread, int64_t num)
{
	const struct fd_table *table = fds_writable(state, thread);

	return table && num >= 0 ? map_get(&table->fds, (uint64_t)num) : NULL;
}

/* NULL: no leader, or its table is full. */
struct fd *fd_add(struct state *state, struct thread *thread, int64_t num,
		  uint8_t type)
{
	struct fd_table *table = fds_writable(state, thread);
	struct fd *fd;

	if (!table || num < 0)
		return NULL;
	fd = map_get(&table->fds, (uint64_t)num);
	if (fd) {
		text_release(&fd->name);
		text_release(&fd->name_raw);
		memset(fd, 0, sizeof(*fd));
		fd->name = fd->name_raw = text_empty;
	} else {
		if (table->fds.count >= FDS_MAX)
			return NULL;
		fd = fd_new(state);
		map_put(&table->fds, (uint64_t)num, fd);
	}
	fd->num = num;
	fd->type = type;
	fd->open_id = ++state->open_count;
	return fd;
}

void fd_remove(struct state *state, struct thread *thread, int64_t num)
{
	struct fd_table *table;

	if (!find(thread, num))
		return;
	table = fds_writable(state, thread);
	if (table)
		fd_recycle(state, map_remove(&table->fds, (uint64_t)num));
}

void fds_copy(struct state *state, struct thread *to, const struct thread *from)
{
	const struct thread *main = fds_owner(from);

	fd_table_release(state, to->fds);
	to->fds = main ? main->fds : NULL;
	if (to->fds)
		to->fds->references++;
}

void fds_remove_if(struct state *state, struct thread *thread,
		   bool (*test)(const struct fd *fd, const void *user),
		   const void *user)
{
	int64_t doomed[FDS_MAX];
	size_t count = 0;
	size_t at = 0;
	const struct fd *fd;

	while (count < FDS_MAX && (fd = thread_fd_next(thread, &at)))
		if (test(fd, user))
			doomed[count++] = fd->num;
	while (count)
		fd_remove(state, thread, doomed[--count]);
}

struct fd *thread_fd_next(const struct thread *thread, size_t *at)
{
	const struct thread *main = fds_owner(thread);
	struct map_slot *slot;

	if (!main || !main->fds)
		return NULL;
	slot = map_next(&main->fds->fds, at);
	return slot ? slot->value : NULL;
}

uint64_t thread_fd_count(const struct state *state, const struct thread *thread)
{
	const struct thread *main = fds_owner(thread);

	(void)state;
	return main && main->fds ? main->fds->fds.count : 0;
}
