/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole state: updates by metadata and events, and the subject of events.
 * Order of work per event: state.md section 1.
 */
#include "replay/state/state.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "replay/state/internal.h"

/*
 * The descriptor of an exit event: its first parameter of that type after the
 * result; for splice, the one it writes to.
 */
static int8_t fd_param_of(uint16_t code)
{
	const struct event_kind *kind = &event_kinds[code];

	if (!(kind->flags & EF_USES_FD))
		return -1;
	if (code == PPME_SYSCALL_SPLICE_X)
		return 2;
	for (int8_t i = code & 1; i < kind->nparams; i++)
		if (kind->params[i].type == PT_FD)
			return i;
	return -1;
}

/* Derives the properties of an event code from the event table. */
static void fill_row(struct code_row *row, uint16_t code)
{
	const struct event_kind *kind = &event_kinds[code];
	uint8_t first = kind->nparams ? kind->params[0].type : (uint8_t)PT_NONE;

	row->fd_param = fd_param_of(code);
	row->no_thread = (kind->category & (EC_METAEVENT | EC_PLUGIN)) ||
			 (kind->flags & EF_SKIPPARSERESET);
	row->has_error = (code & 1) && (kind->category & EC_SYSCALL) &&
			 param_type_is_signed((enum param_type)first) &&
			 param_type_len((enum param_type)first) == 8;
	row->moves_bytes = (code & 1) && (kind->flags & EF_USES_FD) &&
			   (kind->flags & (EF_READS_FROM_FD | EF_WRITES_TO_FD));
}

static void add_parsers(struct state *state, const struct parser_row *rows)
{
	for (; rows->parse; rows++)
		state->rows[rows->code].parse = rows->parse;
}

static void fill_rows(struct state *state)
{
	static const uint16_t existing[] = {
		PPME_SYSCALL_CLONE_20_X, PPME_SYSCALL_FORK_20_X,
		PPME_SYSCALL_VFORK_20_X, PPME_SYSCALL_CLONE3_X,
		PPME_PROCEXIT_1_E,	 PPME_SCHEDSWITCH_6_E,
		PPME_PROCINFO_E,
	};

	for (uint16_t i = 0; i < EVENT_KIND_COUNT; i++)
		fill_row(&state->rows[i], i);
	for (size_t i = 0; i < sizeof(existing) / sizeof(existing[0]); i++) {
		state->rows[existing[i]].only_existing = true;
		state->rows[existing[i]].no_thread = false;
	}
	add_parsers(state, parsers_meta);
	add_parsers(state, parsers_process);
	add_parsers(state, parsers_call);
	add_parsers(state, parsers_file);
	add_parsers(state, parsers_socket);
	for (const struct parser_row *r = parsers_socket; r->parse; r++)
		state->rows[r->code].renames = true;
}

static void state_start(struct state *state)
{
	fill_rows(state);
	state->users = user_db_new();
	state->containers = containers_new();
	state->hostname = text_empty;
	state->given_path = text_empty;
	state->closing = -1;
}

static void state_end(struct state *state)
{
	struct fd *next;

	threads_free(state);
	user_db_free(state->users);
	containers_free(state->containers);
	text_release(&state->hostname);
	text_release(&state->given_path);
	for (size_t i = 0; i < state->interface_count; i++)
		free((void *)(uintptr_t)state->interfaces[i].name.data);
	free(state->interfaces);
	free(state->switched_ns);
	for (; state->free_fds; state->free_fds = next) {
		memcpy(&next, &state->free_fds->num, sizeof(next));
		free(state->free_fds);
	}
}

struct state *state_new(void)
{
	struct state *state = mem_zalloc(sizeof(*state));

	state_start(state);
	return state;
}

void state_free(struct state *state)
{
	if (!state)
		return;
	state_end(state);
	free(state);
}

/* Empties the state for a new section. */
static void restart(struct state *state)
{
	bool resolves_ports = state->resolves_ports;

	state_end(state);
	memset(state, 0, sizeof(*state));
	state->resolves_ports = resolves_ports;
	state_start(state);
}

static void add_interface(struct state *state,
			  const struct meta_interface *meta)
{
	struct meta_interface *to;
	char *name = mem_alloc(meta->name.len + 1);

	state->interfaces = mem_grow(
		state->interfaces, &state->interface_capacity,
		state->interface_count + 1, sizeof(*state->interfaces));
	to = &state->interfaces[state->interface_count++];
	*to = *meta;
	if (meta->name.len)
		memcpy(name, meta->name.data, meta->name.len);
	to->name.data = (uint8_t *)name;
}

static void set_view(struct text *text, struct bytes b)
{
	text_set(text, b.data, b.len);
}

/* Restores what a keyframe has beyond a process list. */
static void restore_thread(struct state *state, struct thread *t,
			   const struct meta_thread *m)
{
	state->is_exact = true;
	t->is_fake = m->is_fake;
	t->lastexec_ns = m->lastexec_ns;
	t->exe_ino_ctime_duration_clone_ts = m->exe_ino_ctime_duration_clone_ts;
	t->exe_ino_ctime_duration_pidns_start =
		m->exe_ino_ctime_duration_pidns_start;
	t->reaper_tid = m->reaper_tid;
	t->wants_parent = m->is_child;
	thread_join_group(state, t, t->pid);
	t->flags = m->flags;
	if (t->group)
		t->group->is_reaper = m->group_is_reaper;
	if (!m->is_dead)
		return;
	if (t->group && t->group->alive)
		t->group->alive--;
	t->is_dead = true;
}

/* Adds a thread of the start state or of a keyframe. */
static void add_thread(struct state *state, const struct meta_thread *m)
{
	struct thread *t = thread_add(state, m->tid, m->pid, m->ptid);

	if (!t)
		return;
	t->process = m->process;
	t->flags |= PPM_CL_NAME_CHANGED;
	set_view(&t->comm, m->comm);
	set_view(&t->exe, m->exe);
	thread_set_exepath(t, m->exepath);
	set_view(&t->cwd, m->cwd);
	set_view(&t->root, m->root);
	if (t->cwd.len && t->cwd.data[t->cwd.len - 1] != '/') {
		char *cwd = mem_alloc(t->cwd.len + 1);

		memcpy(cwd, t->cwd.data, t->cwd.len);
		cwd[t->cwd.len] = '/';
		text_set(&t->cwd, cwd, (size_t)t->cwd.len + 1);
		free(cwd);
	}
	thread_set_args(t, m->args.data, m->args.len, NULL);
	text_list_set(&t->env, m->env.data, m->env.len, NULL);
	text_list_set(&t->cgroups, m->cgroups.data, m->cgroups.len, NULL);
	t->ruid = t->uid;
	t->rgid = t->gid;
	if (m->is_exact)
		restore_thread(state, t, m);
}

static void restore_fd(struct fd *fd, const struct meta_fd *m)
{
	fd->l4proto = m->l4proto;
	fd->role = m->role;
	fd->flags = m->flags;
	fd->openflags = m->open_flags;
	fd->dev = m->dev;
	fd->ino = m->ino;
	fd->pid = m->pid;
	fd->sport = m->sport;
	fd->dport = m->dport;
	fd->unix_source = m->unix_source;
	fd->unix_dest = m->unix_dest;
	memcpy(fd->sip, m->sip, sizeof(fd->sip));
	memcpy(fd->dip, m->dip, sizeof(fd->dip));
	text_set(&fd->name, m->name.data, m->name.len);
	text_set_like(&fd->name_raw, m->name_raw.data, m->name_raw.len,
		      &fd->name);
}

/* Adds a descriptor of the start state or of a keyframe. */
static void add_fd(struct state *state, const struct meta_fd *meta)
{
	struct thread *thread = state_thread(state, meta->tid);
	struct fd *fd;

	if (!thread || (meta->type == SCAP_FD_UNKNOWN && !meta->is_exact))
		return;
	fd = fd_add(state, thread, meta->fd, meta->type);
	if (fd && meta->is_exact)
		restore_fd(fd, meta);
	else if (fd)
		fd_from_meta(state, fd, meta);
}

void state_meta(struct state *state, const struct meta *meta)
{
	switch (meta->kind) {
	case META_SECTION:
		restart(state);
		break;
	case META_MACHINE:
		state->machine = meta->machine;
		set_view(&state->hostname, meta->machine.hostname);
		state->machine.hostname =
			(struct bytes){ (const uint8_t *)state->hostname.data,
					state->hostname.len };
		break;
	case META_INTERFACE:
		add_interface(state, &meta->interface);
		break;
	case META_USER:
		user_db_add(state->users, "", &meta->user);
		break;
	case META_GROUP:
		user_db_add_group(state->users, "", &meta->group);
		break;
	case META_THREAD:
		add_thread(state, &meta->thread);
		break;
	case META_FD:
		add_fd(state, &meta->fd);
		break;
	case META_EVENTS:
		threads_link(state);
		if (!state->is_exact)
			sockets_after_scan(state);
		break;
	}
}

/* Stores paths and addresses of an enter event for its exit event. */
static void keep_enter(struct thread *thread, const struct event *event)
{
	const struct event_kind *kind = event_kind(event);
	struct enter_event *enter = thread->enter;

	if (!enter) {
		enter = mem_zalloc(sizeof(*enter));
		enter->name = text_empty;
		thread->enter = enter;
	}
	enter->code = event->code;
	enter->dirfd = PPM_AT_FDCWD;
	enter->flags = 0;
	text_release(&enter->name);
	for (unsigned i = 0; i < kind->nparams; i++) {
		struct bytes b = event_param(event, i);

		switch (kind->params[i].type) {
		case PT_FSPATH:
		case PT_FSRELPATH:
			b = event_text(event, i);
			text_set(&enter->name, b.data, b.len);
			break;
		case PT_SOCKADDR:
			text_set(&enter->name, b.data, b.len);
			break;
		case PT_FD:
			enter->dirfd = event_int(event, i, PPM_AT_FDCWD);
			break;
		case PT_FLAGS32:
			if (!enter->flags)
				enter->flags = (uint32_t)event_int(event, i, 0);
			break;
		default:
			break;
		}
	}
}

/*
 * The thread of an event; a placeholder if it is unknown, unless its type
 * makes none.
 */
static struct thread *find_thread(struct state *state,
				  const struct event *event,
				  const struct code_row *row)
{
	struct thread *thread = state->latest;

	if (row->no_thread)
		return NULL;
	if (thread && thread->tid == event->tid)
		return thread;
	thread = state_thread(state, event->tid);
	if (!thread && !row->only_existing && event->tid >= 0)
		thread = thread_fake(state, event->tid);
	state->latest = thread;
	return thread;
}

/* Runs the parser, and notes whether it changed the descriptor's name. */
static void parse(struct state *state, const struct code_row *row,
		  struct event_context *c)
{
	struct text before = text_empty;

	if (!row->renames || !c->fd) {
		row->parse(state, c);
		if (c->fd && (event_kind(c->event)->flags & EF_CREATES_FD) &&
		    c->fd->name.len)
			c->fd->flags |= FD_NAME_CHANGED;
		return;
	}
	text_share(&before, &c->fd->name);
	row->parse(state, c);
	if (c->fd && c->fd->name.data != before.data &&
	    (c->fd->name.len != before.len ||
	     memcmp(c->fd->name.data, before.data, before.len) != 0))
		c->fd->flags |= FD_NAME_CHANGED;
	text_release(&before);
}

/* Sets the descriptor of an event. */
static void find_fd(struct state *state, const struct code_row *row,
		    int64_t res, struct event_context *c)
{
	c->fd_num = param_s64(c->event, (unsigned)row->fd_param, -1);
	c->fd = state_fd(state, c->thread, c->fd_num);
	if (!c->fd)
		return;
	if (c->fd->flags & FD_NAME_CHANGED)
		c->fd->flags &= (uint16_t)~FD_NAME_CHANGED;
	if (row->moves_bytes && res >= 0)
		fd_set_connected(state, c);
}

const struct given_call *state_given(const struct state *state,
				     const struct event *event)
{
	return event->code == PPME_GENERIC_X && state->given_ns &&
			       state->given_tid == event->tid &&
			       state->given_ns == event->ts_ns
		       ? &state->given
		       : NULL;
}

const struct thread_ids *state_ids_before(const struct state *state)
{
	return state->has_ids_before ? &state->ids_before : NULL;
}

void state_apply(struct state *state, const struct event *event,
		 struct event_context *ret_context)
{
	const struct code_row *row = &state->rows[event->code];
	struct event_context *c = ret_context;
	struct thread *thread = find_thread(state, event, row);
	int64_t res = 0;

	*c = (struct event_context){ .event = event,
				     .thread = thread,
				     .fd_num = -1 };
	state->has_ids_before = false;
	if (row->has_error) {
		res = param_s64(event, 0, 0);
		if (res < 0)
			c->errorcode = res > INT32_MIN ? -res : INT32_MAX;
	}
	if (thread && row->fd_param >= 0)
		find_fd(state, row, res, c);
	if (event->flags & EVENT_PARSER_ONLY) {
		if (thread)
			keep_enter(thread, event);
		return;
	}
	if (row->parse && (thread || row->no_thread || row->only_existing))
		parse(state, row, c);
	if (c->thread && c->thread->enter && event_is_exit(event))
		c->thread->enter->code = 0;
}

void state_finish(struct state *state, struct event_context *context)
{
	struct thread *thread = state->exiting;

	if (state->closing >= 0) {
		if (state->closing_thread)
			fd_remove(state, state->closing_thread, state->closing);
		state->closing = -1;
		state->closing_thread = NULL;
		context->fd = NULL;
	}
	if (!thread)
		return;
	state->exiting = NULL;
	context->thread = NULL;
	context->fd = NULL;
	thread_end(state, thread);
}

const struct container *state_container_next(const struct state *state,
					     size_t *at)
{
	return containers_next(state->containers, at);
}

bool state_has_interfaces(const struct state *state)
{
	return state->interface_count != 0;
}

void state_resolve_ports(struct state *state, bool resolve)
{
	state->resolves_ports = resolve;
}

bool state_has_times(const struct state *state)
{
	return state->has_times;
}
