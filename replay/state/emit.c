/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state as items that restore it, for keyframes and replay in parts.  They
 * are read back by state_meta() and, for containers, state_apply().
 */
#include <string.h>

#include "replay/state/internal.h"

/* Where the items go. */
struct emitter {
	const struct state *state;
	state_put_fn *put;
	void *user;
	struct error *err;
};

static struct bytes view(const struct text *text)
{
	return (struct bytes){ (const uint8_t *)text->data, text->len };
}

/*
 * A list as a view that includes one trailing NUL, which is dropped when the
 * list is read back, so that empty last members are kept.  (Texts end in a NUL
 * that is not counted.)
 */
static struct bytes list_view(const struct text_list *list)
{
	struct bytes b = view(&list->bytes);

	b.len += list->count != 0;
	return b;
}

static int put_meta(const struct emitter *e, const struct meta *meta)
{
	struct item item = { .kind = ITEM_META, .meta = meta };

	return e->put(e->user, &item, e->err);
}

static int emit_thread(const struct emitter *e, const struct thread *t)
{
	struct meta meta = { .kind = META_THREAD };

	meta.thread = (struct meta_thread){
		.process = t->process,
		.comm = view(&t->comm),
		.exe = view(&t->exe),
		.exepath = view(&t->exepath),
		.cwd = view(&t->cwd),
		.root = view(&t->root),
		.args = list_view(&t->args),
		.env = list_view(&t->env),
		.cgroups = list_view(&t->cgroups),
		.is_exact = true,
		.is_dead = t->is_dead,
		.is_fake = t->is_fake,
		.is_child = t->parent != NULL,
		.group_is_reaper = t->group && t->group->is_reaper,
		.lastexec_ns = t->lastexec_ns,
		.exe_ino_ctime_duration_clone_ts =
			t->exe_ino_ctime_duration_clone_ts,
		.exe_ino_ctime_duration_pidns_start =
			t->exe_ino_ctime_duration_pidns_start,
		.reaper_tid = t->reaper_tid,
	};
	return put_meta(e, &meta);
}

/* Emits processes with their threads in order, then threads without process. */
static int emit_threads(const struct emitter *e)
{
	const struct thread *t;
	struct map_slot *slot;
	size_t at = 0;
	int result = 0;

	while (!result && (slot = map_next(&e->state->groups, &at))) {
		const struct thread_group *group = slot->value;

		for (size_t i = 0; !result && i < group->count; i++)
			result = emit_thread(e, group->threads[i]);
	}
	at = 0;
	while (!result && (t = state_thread_next(e->state, &at)))
		if (!t->group)
			result = emit_thread(e, t);
	return result;
}

static int emit_fd(const struct emitter *e, const struct thread *t,
		   const struct fd *fd)
{
	struct meta meta = { .kind = META_FD };

	meta.fd = (struct meta_fd){
		.tid = t->tid,
		.fd = fd->num,
		.ino = fd->ino,
		.type = fd->type,
		.l4proto = fd->l4proto,
		.open_flags = fd->openflags,
		.dev = fd->dev,
		.sport = fd->sport,
		.dport = fd->dport,
		.unix_source = fd->unix_source,
		.unix_dest = fd->unix_dest,
		.name = view(&fd->name),
		.is_exact = true,
		.role = fd->role,
		.flags = fd->flags,
		.pid = fd->pid,
		.name_raw = view(&fd->name_raw),
	};
	memcpy(meta.fd.sip, fd->sip, sizeof(fd->sip));
	memcpy(meta.fd.dip, fd->dip, sizeof(fd->dip));
	return put_meta(e, &meta);
}

/*
 * Emits the descriptors of all processes, from the thread that owns the table.
 */
static int emit_fds(const struct emitter *e)
{
	const struct thread *t;
	size_t at = 0;
	int result = 0;

	while (!result && (t = state_thread_next(e->state, &at))) {
		const struct fd *fd;
		size_t fd_at = 0;

		if (fds_owner(t) != t)
			continue;
		while (!result && (fd = thread_fd_next(t, &fd_at)))
			result = emit_fd(e, t, fd);
	}
	return result;
}

static int emit_machine(const struct emitter *e)
{
	struct meta meta = { .kind = META_MACHINE };
	int result;

	meta.machine = e->state->machine;
	result = put_meta(e, &meta);
	for (size_t i = 0; !result && i < e->state->interface_count; i++) {
		meta = (struct meta){ .kind = META_INTERFACE };
		meta.interface = e->state->interfaces[i];
		result = put_meta(e, &meta);
	}
	return result;
}

static int put_event(const struct emitter *e, struct event *event)
{
	struct item item = { .kind = ITEM_EVENT };

	event->tid = -1;
	event->flags = EVENT_STATE_ONLY | EVENT_INITIAL;
	event->count = event_kind(event)->nparams;
	item.event = *event;
	return e->put(e->user, &item, e->err);
}

/* A text parameter, whose bytes are followed by a NUL in memory. */
static struct bytes with_nul(struct bytes text)
{
	return text.data ? (struct bytes){ text.data, text.len + 1 } : text;
}

static struct bytes id_param(const uint32_t *id)
{
	return (struct bytes){ (const uint8_t *)id, sizeof(*id) };
}

/* Emits a user: of the host as metadata, of a container as an event. */
static int emit_user(const struct emitter *e, const char *container_id,
		     const struct meta_user *user)
{
	struct meta meta = { .kind = META_USER };
	struct event event = { .code = PPME_USER_ADDED_E };

	if (!*container_id) {
		meta.user = *user;
		return put_meta(e, &meta);
	}
	event.params[0] = id_param(&user->uid);
	event.params[1] = id_param(&user->gid);
	event.params[2] = with_nul(user->name);
	event.params[3] = with_nul(user->home);
	event.params[4] = with_nul(user->shell);
	event.params[5] = (struct bytes){ (const uint8_t *)container_id,
					  strlen(container_id) + 1 };
	return put_event(e, &event);
}

/* Emits a group: of the host as metadata, of a container as an event. */
static int emit_group(const struct emitter *e, const char *container_id,
		      const struct meta_group *group)
{
	struct meta meta = { .kind = META_GROUP };
	struct event event = { .code = PPME_GROUP_ADDED_E };

	if (!*container_id) {
		meta.group = *group;
		return put_meta(e, &meta);
	}
	event.params[0] = id_param(&group->gid);
	event.params[1] = with_nul(group->name);
	event.params[2] = (struct bytes){ (const uint8_t *)container_id,
					  strlen(container_id) + 1 };
	return put_event(e, &event);
}

/* Emits the users and groups of the host, or those of containers. */
static int emit_users(const struct emitter *e, bool of_host)
{
	const struct meta_user *user;
	const struct meta_group *group;
	const char *container_id;
	size_t at = 0;
	int result = 0;

	while (!result && user_db_next(e->state->users, &at, &container_id,
				       &user, &group)) {
		if ((*container_id == '\0') != of_host)
			continue;
		result = user ? emit_user(e, container_id, user)
			      : emit_group(e, container_id, group);
	}
	return result;
}

static int emit_containers(const struct emitter *e)
{
	const struct container *c;
	size_t at = 0;
	int result = 0;

	while (!result && (c = containers_next(e->state->containers, &at))) {
		struct event event = { .code = PPME_CONTAINER_JSON_2_E };

		if (!c->has_metadata)
			continue;
		event.params[0] = c->json;
		result = put_event(e, &event);
	}
	return result;
}

int state_emit(const struct state *state, state_put_fn *put, void *user,
	       struct error *err)
{
	const struct emitter e = { state, put, user, err };
	const struct meta end = { .kind = META_EVENTS };
	int result = emit_machine(&e);

	if (!result)
		result = emit_users(&e, true);
	if (!result)
		result = emit_threads(&e);
	if (!result)
		result = emit_fds(&e);
	if (!result)
		result = put_meta(&e, &end);
	if (!result)
		result = emit_containers(&e);
	return result ? result : emit_users(&e, false);
}
