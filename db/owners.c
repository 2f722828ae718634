/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The containers and users of processes: one row each, inserted with the first
 * process.  Metadata of a container may come later, and the state forgets
 * containers without threads: rows are updated in time.
 */
#include <stdlib.h>
#include <string.h>

#include "core/event/event_codes.h"
#include "core/text.h"
#include "db/load.h"
#include "replay/state/container.h"

/* The state keeps more containers without threads than this for a while. */
enum { TOLD_EVERY = 512 };

/* What the row of a container has. */
enum told { TOLD_ID = 1, TOLD_ALL };

struct owners {
	struct map containers;	   /* key of id -> enum told */
	struct map users;	   /* key of container and uid -> itself */
	unsigned container_events; /* since the last update of all */
};

struct owners *owners_new(void)
{
	return mem_zalloc(sizeof(struct owners));
}

void owners_free(struct owners *owners)
{
	if (!owners)
		return;
	map_free(&owners->containers);
	map_free(&owners->users);
	free(owners);
}

uint64_t owners_key(const char *container_id)
{
	return hash_bytes(container_id, strlen(container_id));
}

void owners_user(struct load *l, const char *container_id,
		 const struct meta_user *user)
{
	struct user_record record = {
		.container_id = bytes_of(*container_id ? container_id : "host"),
		.uid = user->uid,
		.gid = user->gid,
		.name = user->name,
		.home = user->home,
		.shell = user->shell,
	};

	rows_put_object(l, TABLE_USERS, &record);
}

static void note_user(struct load *l, const struct thread *t)
{
	uint64_t key = owners_key(t->container_id) ^ t->uid;
	const struct meta_user *user;

	if (t->uid == UINT32_MAX || map_get(&l->owners->users, key))
		return;
	user = state_user(replay_state(l->replay), t->container_id, t->uid);
	if (!user)
		return;
	map_put(&l->owners->users, key, l->owners);
	owners_user(l, t->container_id, user);
}

static void put_container(struct load *l, const struct container *c,
			  int64_t first_ns)
{
	struct container_record record = {
		.container_id = bytes_of(c ? c->id : "host"),
		.is_privileged = NO_NUMBER,
		.created_ns = NO_NUMBER,
		.first_ns = first_ns,
	};

	if (c && c->has_metadata) {
		struct buffer labels = { 0 };

		record.full_id = bytes_of(c->full_id);
		record.name = bytes_of(c->name);
		record.image = bytes_of(c->image);
		record.image_id = bytes_of(c->image_id);
		record.image_digest = bytes_of(c->image_digest);
		record.runtime = bytes_of(container_type_name(c->type));
		record.ip = bytes_of(c->ip);
		record.is_privileged = c->privileged;
		if (c->created_ns)
			record.created_ns = (int64_t)c->created_ns;
		for (size_t i = 0; i < c->label_count; i++) {
			buffer_u8(&labels, i ? ',' : '{');
			text_put_json(&labels, c->labels[i].key,
				      strlen(c->labels[i].key));
			buffer_u8(&labels, ':');
			text_put_json(&labels, c->labels[i].value,
				      strlen(c->labels[i].value));
		}
		if (c->label_count)
			buffer_u8(&labels, '}');
		record.labels = (struct bytes){ labels.data, labels.len };
		rows_put_object(l, TABLE_CONTAINERS, &record);
		buffer_free(&labels);
		return;
	}
	if (c && *c->full_id)
		record.full_id = bytes_of(c->full_id);
	rows_put_object(l, TABLE_CONTAINERS, &record);
}

static void note_container(struct load *l, const struct thread *t,
			   int64_t first_ns)
{
	const struct container *c = t->container;
	uint64_t key = owners_key(c ? c->id : "");

	if (map_get(&l->owners->containers, key))
		return;
	put_container(l, c, first_ns);
	map_put(&l->owners->containers, key,
		(void *)(uintptr_t)(c && !c->has_metadata ? TOLD_ID
							  : TOLD_ALL));
}

/*
 * Updates rows with metadata that came late; again: also rows that have
 * metadata.
 */
static void update_containers(struct load *l, bool again)
{
	const struct state *state = replay_state(l->replay);
	const struct container *c;
	size_t at = 0;

	while ((c = state_container_next(state, &at))) {
		uint64_t key = owners_key(c->id);
		uintptr_t told =
			(uintptr_t)map_get(&l->owners->containers, key);

		if (!c->has_metadata || !told || (told == TOLD_ALL && !again))
			continue;
		put_container(l, c, NO_NUMBER);
		map_put(&l->owners->containers, key,
			(void *)(uintptr_t)TOLD_ALL);
	}
	l->owners->container_events = 0;
}

void owners_note(struct load *l, const struct thread *t, int64_t first_ns)
{
	note_container(l, t, first_ns);
	note_user(l, t);
}

static bool is_about_container(const struct event *e)
{
	return e->code == PPME_ASYNCEVENT_E || e->code == PPME_CONTAINER_E ||
	       e->code == PPME_CONTAINER_JSON_E ||
	       e->code == PPME_CONTAINER_JSON_2_E;
}

void owners_event(struct load *l, const struct event *event)
{
	if (is_about_container(event) &&
	    ++l->owners->container_events >= TOLD_EVERY)
		update_containers(l, false);
}

void owners_sync(struct load *l)
{
	update_containers(l, true);
}
