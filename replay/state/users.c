/* SPDX-License-Identifier: Apache-2.0 */
/* Users and groups, by container ("" the host): state.md section 5. */
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "replay/state/internal.h"

enum { USERS_MAX = 1 << 20, SWEPT_AT = 1 << 13 };

struct user_entry {
	struct meta_user user;
	struct meta_group group;
	struct text name, home, shell, container_id;
};

struct user_db {
	struct map users;
	struct map groups;
	size_t sweep_at; /* number of users that triggers a sweep */
};

static uint64_t key_of(const char *container_id, uint32_t id)
{
	return hash_bytes(container_id, strlen(container_id)) ^
	       (uint64_t)id * 0x9e3779b97f4a7c15u;
}

struct user_db *user_db_new(void)
{
	struct user_db *db = mem_zalloc(sizeof(*db));

	db->sweep_at = SWEPT_AT;
	return db;
}

static void entry_free(struct user_entry *e)
{
	if (!e)
		return;
	text_release(&e->name);
	text_release(&e->home);
	text_release(&e->shell);
	text_release(&e->container_id);
	free(e);
}

static void free_all(struct map *map)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(map, &at)))
		entry_free(slot->value);
	map_free(map);
}

void user_db_free(struct user_db *db)
{
	if (!db)
		return;
	free_all(&db->users);
	free_all(&db->groups);
	free(db);
}

static struct bytes view(const struct text *text)
{
	return (struct bytes){ (const uint8_t *)text->data, text->len };
}

/* Is the name an NSS "compat" line, not a user? */
static bool is_nss(struct bytes name)
{
	return name.len && (name.data[0] == '+' || name.data[0] == '-');
}

void user_db_add(struct user_db *db, const char *container_id,
		 const struct meta_user *user)
{
	struct user_entry *e;

	if (is_nss(user->name) || db->users.count >= USERS_MAX)
		return;
	e = mem_zalloc(sizeof(*e));
	text_set(&e->container_id, container_id, strlen(container_id));
	text_set(&e->name, user->name.data, user->name.len);
	text_set(&e->home, user->home.data, user->home.len);
	text_set(&e->shell, user->shell.data, user->shell.len);
	e->user = *user;
	e->user.name = view(&e->name);
	e->user.home = view(&e->home);
	e->user.shell = view(&e->shell);
	entry_free(map_put(&db->users, key_of(container_id, user->uid), e));
}

void user_db_add_group(struct user_db *db, const char *container_id,
		       const struct meta_group *group)
{
	struct user_entry *e;

	if (is_nss(group->name) || db->groups.count >= USERS_MAX)
		return;
	e = mem_zalloc(sizeof(*e));
	text_set(&e->container_id, container_id, strlen(container_id));
	text_set(&e->name, group->name.data, group->name.len);
	e->group = *group;
	e->group.name = view(&e->name);
	entry_free(map_put(&db->groups, key_of(container_id, group->gid), e));
}

static void sweep(struct map *map, const struct containers *containers)
{
	struct map kept = { 0 };
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(map, &at))) {
		struct user_entry *e = slot->value;

		if (e->container_id.len &&
		    !containers_find(containers, e->container_id.data))
			entry_free(e);
		else
			map_put(&kept, slot->key, e);
	}
	map_free(map);
	*map = kept;
}

void user_db_sweep(struct user_db *db, const struct containers *containers)
{
	size_t count = db->users.count + db->groups.count;

	if (count < db->sweep_at)
		return;
	sweep(&db->users, containers);
	sweep(&db->groups, containers);
	count = 2 * (db->users.count + db->groups.count);
	db->sweep_at = count > SWEPT_AT ? count : SWEPT_AT;
}

void user_db_remove(struct user_db *db, const char *container_id, uint32_t id,
		    bool is_group)
{
	entry_free(map_remove(is_group ? &db->groups : &db->users,
			      key_of(container_id, id)));
}

bool user_db_next(const struct user_db *db, size_t *at,
		  const char **ret_container_id,
		  const struct meta_user **ret_user,
		  const struct meta_group **ret_group)
{
	struct map_slot *slot = NULL;
	const struct user_entry *e;
	size_t inner = *at;
	bool is_user = false;

	if (inner < db->users.capacity) {
		slot = map_next(&db->users, &inner);
		is_user = slot != NULL;
		*at = is_user ? inner : db->users.capacity;
	}
	if (!slot) {
		inner = *at - db->users.capacity;
		slot = map_next(&db->groups, &inner);
		*at = db->users.capacity + inner;
	}
	if (!slot)
		return false;
	e = slot->value;
	*ret_container_id = e->container_id.data;
	*ret_user = is_user ? &e->user : NULL;
	*ret_group = is_user ? NULL : &e->group;
	return true;
}

const struct meta_user *state_user(const struct state *state,
				   const char *container_id, uint32_t uid)
{
	const struct user_entry *e =
		map_get(&state->users->users, key_of(container_id, uid));

	return e ? &e->user : NULL;
}

const struct meta_group *state_group(const struct state *state,
				     const char *container_id, uint32_t gid)
{
	const struct user_entry *e =
		map_get(&state->users->groups, key_of(container_id, gid));

	return e ? &e->group : NULL;
}
