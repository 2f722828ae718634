/* SPDX-License-Identifier: Apache-2.0 */
/* Processes: clone, fork, vfork, clone3, exec and exit.  state.md section 2. */
#include <string.h>

#include "replay/state/internal.h"

/* Parameters of clone, fork, vfork and clone3 exits. */
/* clang-format off */
enum clone_param {
	CLONE_RES, CLONE_EXE, CLONE_ARGS, CLONE_TID, CLONE_PID, CLONE_PTID,
	CLONE_CWD, CLONE_FDLIMIT, CLONE_PFMAJOR, CLONE_PFMINOR,
	CLONE_VMSIZE, CLONE_VMRSS, CLONE_VMSWAP, CLONE_COMM, CLONE_CGROUPS,
	CLONE_FLAGS, CLONE_UID, CLONE_GID, CLONE_VTID, CLONE_VPID,
	CLONE_PIDNS_START
};
/* clang-format on */

/* Parameters of execve and execveat exits, where they differ from clone's. */
/* clang-format off */
enum exec_param {
	EXEC_ENV = 15, EXEC_TTY, EXEC_VPGID, EXEC_LOGINUID, EXEC_FLAGS,
	EXEC_CAP_INHERITABLE, EXEC_CAP_PERMITTED, EXEC_CAP_EFFECTIVE,
	EXEC_INO, EXEC_CTIME, EXEC_MTIME, EXEC_UID, EXEC_EXEPATH, EXEC_PGID,
	EXEC_GID, EXEC_FILENAME
};
/* clang-format on */

enum {
	EXEC_KEPT_FLAGS = PPM_CL_PIPE_SRC | PPM_CL_PIPE_DST |
			  PPM_CL_IS_MAIN_THREAD | PPM_CL_CLONE_INVERTED,
	CLOEXEC = PPM_O_CLOEXEC
};

static const uint32_t UNKNOWN_ID = 0xffffffff;

static bool has(const struct event *event, unsigned i)
{
	return event_param(event, i).len != 0;
}

static void set_text(struct text *text, const struct event *event, unsigned i,
		     const struct text *like)
{
	struct bytes b = event_text(event, i);

	text_set_like(text, b.data, b.len, like ? like : &text_empty);
}

/* Memory and page faults: the same parameters in clone and exec. */
static void take_memory(struct thread *t, const struct event *e)
{
	t->pfmajor = (uint64_t)event_int(e, CLONE_PFMAJOR, (int64_t)t->pfmajor);
	t->pfminor = (uint64_t)event_int(e, CLONE_PFMINOR, (int64_t)t->pfminor);
	t->vmsize_kb = (uint32_t)event_int(e, CLONE_VMSIZE, t->vmsize_kb);
	t->vmrss_kb = (uint32_t)event_int(e, CLONE_VMRSS, t->vmrss_kb);
	t->vmswap_kb = (uint32_t)event_int(e, CLONE_VMSWAP, t->vmswap_kb);
}

/* Copies what a new thread inherits from its creator. */
static void inherit(struct state *state, struct thread *t,
		    const struct thread *from, bool is_leader)
{
	const struct thread *main = thread_main(state, from);

	text_share(&t->exepath, &from->exepath);
	text_share(&t->root, &from->root);
	t->exe_writable = from->exe_writable;
	t->exe_upper_layer = from->exe_upper_layer;
	t->exe_lower_layer = from->exe_lower_layer;
	t->exe_from_memfd = from->exe_from_memfd;
	t->sid = from->sid;
	t->vpgid = from->vpgid;
	t->pgid = from->pgid;
	t->tty = from->tty;
	t->loginuid = from->loginuid;
	t->cap_permitted = from->cap_permitted;
	t->cap_effective = from->cap_effective;
	t->cap_inheritable = from->cap_inheritable;
	t->exe_ino = from->exe_ino;
	t->exe_ino_ctime = from->exe_ino_ctime;
	t->exe_ino_mtime = from->exe_ino_mtime;
	t->exe_ino_ctime_duration_clone_ts =
		from->exe_ino_ctime_duration_clone_ts;
	t->exe_ino_ctime_duration_pidns_start =
		from->exe_ino_ctime_duration_pidns_start;
	if (!is_leader) {
		t->lastexec_ns = from->lastexec_ns;
		return;
	}
	fds_copy(state, t, from);
	if (main) {
		text_share(&t->cwd, &main->cwd);
		text_list_share(&t->env, &main->env);
	}
}

/*
 * The start of the pid namespace: the boot for the first one, else as
 * recorded.
 */
static void take_pidns_start(const struct state *state, struct thread *t,
			     const struct event *e)
{
	bool inside =
		(t->flags & (PPM_CL_CHILD_IN_PIDNS | PPM_CL_CLONE_NEWPID)) ||
		t->tid != t->vtid;

	if (!inside)
		t->pidns_init_start_ns = state->machine.boot_ns;
	else if (has(e, CLONE_PIDNS_START))
		t->pidns_init_start_ns =
			(uint64_t)event_int(e, CLONE_PIDNS_START, 0) +
			state->machine.boot_ns;
}

/* Sets what the clone event itself says about the new thread. */
static void take_clone(struct state *state, struct thread *t,
		       const struct event *e, const struct thread *like)
{
	struct bytes args = event_param(e, CLONE_ARGS);
	struct bytes cgroups = event_param(e, CLONE_CGROUPS);

	set_text(&t->exe, e, CLONE_EXE, like ? &like->exe : NULL);
	set_text(&t->comm, e, has(e, CLONE_COMM) ? CLONE_COMM : CLONE_EXE,
		 like ? &like->comm : NULL);
	thread_set_args(t, args.data, args.len, like);
	t->uid = (uint32_t)event_int(e, CLONE_UID, t->uid);
	t->gid = (uint32_t)event_int(e, CLONE_GID, t->gid);
	t->ruid = like ? like->ruid : t->uid;
	t->rgid = like ? like->rgid : t->gid;
	t->fdlimit = event_int(e, CLONE_FDLIMIT, -1);
	take_memory(t, e);
	/* Control groups are inherited. */
	if (!cgroups.len && like)
		text_list_share(&t->cgroups, &like->cgroups);
	else
		text_list_set(&t->cgroups, cgroups.data, cgroups.len,
			      like ? &like->cgroups : NULL);
	t->clone_ns = e->ts_ns;
	take_pidns_start(state, t, e);
	if (like && t->cgroups.bytes.data == like->cgroups.bytes.data)
		thread_set_container(t, like->container);
	else
		thread_update_container(state, t);
}

/* Completes an unknown thread from the entry of its clone event. */
static void adopt_facts(struct thread *t, const struct thread *from)
{
	text_share(&t->exe, &from->exe);
	text_share(&t->comm, &from->comm);
	text_list_share(&t->args, &from->args);
	text_share(&t->cmdline, &from->cmdline);
}

static bool is_vfork(const struct event *e)
{
	return e->code == PPME_SYSCALL_VFORK_20_X ||
	       (event_int(e, CLONE_FLAGS, 0) & PPM_CL_CLONE_VFORK);
}

/*
 * Can the caller's event not identify the child, or does the child's come
 * first?
 */
static bool caller_cannot_identify(const struct event *e,
				   const struct thread *caller)
{
	int64_t flags = event_int(e, CLONE_FLAGS, 0);

	return (flags & (PPM_CL_CHILD_IN_PIDNS | PPM_CL_CLONE_NEWPID |
			 PPM_CL_CLONE_PARENT)) ||
	       caller->tid != caller->vtid || is_vfork(e);
}

/*
 * Did this child of this caller end a moment ago?  The two events may be out
 * of order, and then the child must not be added again.
 */
static bool just_ended(const struct state *state, const struct event *e,
		       const struct thread *caller, int64_t tid)
{
	const struct ended_thread *ended =
		&state->ended[(uint64_t)tid % ENDED_MAX];

	return ended->ts_ns && ended->tid == tid &&
	       (ended->ptid == caller->tid || ended->pid == caller->pid) &&
	       (e->ts_ns < ended->ts_ns ||
		e->ts_ns - ended->ts_ns < CLONE_STALE_NS);
}

static void repair(struct state *state, struct thread *t, const struct event *e)
{
	bool has_vpid = has(e, CLONE_VPID);

	t->pid = event_int(e, CLONE_PID, t->pid);
	t->ptid = event_int(e, CLONE_PTID, t->ptid);
	t->vtid = has_vpid ? event_int(e, CLONE_VTID, -1) : t->tid;
	t->vpid = event_int(e, CLONE_VPID, -1);
	t->is_fake = thread_is_invalid(t);
	thread_link(state, t);
}

/* Adds the child that the caller's event identifies. */
static struct thread *add_child(struct state *state, const struct event *e,
				struct thread **caller)
{
	int64_t tid = event_int(e, CLONE_RES, 0);
	uint32_t flags = (uint32_t)event_int(e, CLONE_FLAGS, 0);
	bool is_thread = flags & PPM_CL_CLONE_THREAD;
	struct thread *t = thread_add(state, tid, tid, -1);

	/* Replacing an old entry may have removed the caller's process. */
	*caller = state_thread(state, e->tid);
	if (!t || !*caller || *caller == t)
		return NULL;
	t->pid = is_thread ? (*caller)->pid : tid;
	t->ptid = is_thread ? (*caller)->ptid : (*caller)->tid;
	t->vtid = tid;
	t->vpid = t->pid;
	t->flags = flags | (is_thread ? PPM_CL_CLONE_FILES : 0);
	return t;
}

/*
 * The caller's event of a clone: adds the child, unless its own event must do
 * so.
 */
static void clone_caller(struct state *state, struct event_context *c)
{
	const struct event *e = c->event;
	int64_t tid = event_int(e, CLONE_RES, 0);
	const struct thread *old = state_thread(state, tid);
	struct thread *t;
	bool valid;

	if (!c->thread)
		c->thread = thread_fake(state, e->tid);
	if (!c->thread || tid == e->tid)
		return;
	valid = !thread_is_invalid(c->thread);
	if (!valid)
		repair(state, c->thread, e);
	if (caller_cannot_identify(e, c->thread) ||
	    (old && (old->flags & PPM_CL_CLONE_INVERTED)) ||
	    (!old && just_ended(state, e, c->thread, tid)))
		return;
	t = add_child(state, e, &c->thread);
	if (!t)
		return;
	if (valid)
		inherit(state, t, c->thread, !(t->flags & PPM_CL_CLONE_THREAD));
	take_clone(state, t, e, c->thread);
	if (!valid)
		adopt_facts(c->thread, t);
	thread_link(state, t);
}

/*
 * The thread from which a child inherits: its parent, or its leader; for an
 * unknown leader, a placeholder is made from the child.
 */
static struct thread *child_source(struct state *state, struct thread *t,
				   bool *ret_made)
{
	bool is_thread = t->flags & PPM_CL_CLONE_THREAD;
	struct thread *source =
		state_thread(state, is_thread ? t->pid : t->ptid);

	*ret_made = false;
	if (!is_thread || t->pid < 0 || t->pid == t->tid)
		return source;
	if (!source)
		source = thread_fake(state, t->pid);
	if (!source || !thread_is_invalid(source))
		return source;
	source->pid = t->pid;
	source->ptid = t->ptid;
	source->vpid = source->vtid = t->vpid;
	source->is_fake = thread_is_invalid(source);
	thread_link(state, source);
	*ret_made = true;
	return source;
}

/*
 * The child's event of a clone: adds the child, unless the caller's event just
 * did.
 */
static void clone_child(struct state *state, struct event_context *c)
{
	const struct event *e = c->event;
	const struct thread *old = c->thread;
	struct thread *source;
	struct thread *t;
	bool made;

	if (old && old->clone_ns &&
	    (e->ts_ns < old->clone_ns ||
	     e->ts_ns - old->clone_ns < CLONE_STALE_NS))
		return;
	t = thread_add(state, e->tid, event_int(e, CLONE_PID, -1),
		       event_int(e, CLONE_PTID, -1));
	c->thread = t;
	if (!t)
		return;
	t->vtid =
		has(e, CLONE_VPID) ? event_int(e, CLONE_VTID, t->tid) : t->tid;
	t->vpid = event_int(e, CLONE_VPID, -1);
	t->flags =
		(uint32_t)event_int(e, CLONE_FLAGS, 0) | PPM_CL_CLONE_INVERTED;
	if (t->flags & PPM_CL_CLONE_THREAD)
		t->flags |= PPM_CL_CLONE_FILES;
	source = child_source(state, t, &made);
	if (source && (made || thread_is_invalid(source) || source == t)) {
		take_clone(state, t, e, NULL);
		if (made)
			adopt_facts(source, t);
	} else {
		if (source)
			inherit(state, t, source,
				!(t->flags & PPM_CL_CLONE_THREAD));
		take_clone(state, t, e, source);
	}
	thread_link(state, t);
}

static void parse_clone(struct state *state, struct event_context *c)
{
	int64_t res = event_int(c->event, CLONE_RES, -1);

	if (res > 0)
		clone_caller(state, c);
	else if (res == 0)
		clone_child(state, c);
}

static bool is_cloexec(const struct fd *fd, const void *user)
{
	(void)user;
	return fd->openflags & CLOEXEC;
}

static bool is_unknown(struct bytes name)
{
	return !name.len || (name.len == 4 && !memcmp(name.data, "<NA>", 4));
}

/* The path given to execveat.  With AT_EMPTY_PATH, dirfd is the file itself. */
static struct text execveat_path(struct state *state, const struct thread *t,
				 const struct enter_event *enter,
				 char buffer[STATE_PATH_MAX + 1])
{
	struct bytes name = { (const uint8_t *)enter->name.data,
			      enter->name.len };
	bool empty_path = enter->flags & PPM_EXVAT_AT_EMPTY_PATH;
	const struct fd *fd = state_fd(state, t, enter->dirfd);
	bool absolute = name.len && name.data[0] == '/';

	if ((!empty_path && is_unknown(name)) ||
	    (!absolute && enter->dirfd != PPM_AT_FDCWD && !fd))
		return (struct text){ "<NA>", 4 };
	if (empty_path && !absolute && fd)
		return resolve_at(
			state, t, PPM_AT_FDCWD,
			(struct bytes){ (const uint8_t *)fd->name.data,
					fd->name.len },
			buffer);
	return resolve_at(state, t, enter->dirfd, name, buffer);
}

/*
 * Old captures lack the path of the executable: sets it from the argument of
 * the call.
 */
static void exepath_as_asked(struct state *state, struct thread *t,
			     const struct event *e)
{
	const struct enter_event *enter = t->enter;
	struct bytes name = event_text(e, EXEC_FILENAME);
	char buffer[STATE_PATH_MAX + 1];
	struct text path;

	if (enter && enter->code == PPME_SYSCALL_EXECVEAT_E) {
		path = execveat_path(state, t, enter, buffer);
	} else {
		if (enter && enter->code == PPME_SYSCALL_EXECVE_19_E)
			name = (struct bytes){
				(const uint8_t *)enter->name.data,
				enter->name.len
			};
		if (!name.len)
			return;
		path = is_unknown(name) ? (struct text){ "<NA>", 4 }
					: resolve_at(state, t, PPM_AT_FDCWD,
						     name, buffer);
	}
	thread_set_exepath(
		t, (struct bytes){ (const uint8_t *)path.data, path.len });
}

static void take_exepath(struct state *state, struct thread *t,
			 const struct event *e)
{
	struct bytes path = event_text(e, EXEC_EXEPATH);

	if (path.data)
		thread_set_exepath(t, path);
	else
		exepath_as_asked(state, t, e);
}

static void take_exe_facts(struct thread *t, const struct event *e)
{
	int64_t flags = event_int(e, EXEC_FLAGS, 0);

	t->exe_writable = flags & PPM_EXE_WRITABLE;
	t->exe_upper_layer = flags & PPM_EXE_UPPER_LAYER;
	t->exe_lower_layer = flags & PPM_EXE_LOWER_LAYER;
	t->exe_from_memfd = flags & PPM_EXE_FROM_MEMFD;
	t->cap_inheritable = (uint64_t)event_int(e, EXEC_CAP_INHERITABLE,
						 (int64_t)t->cap_inheritable);
	t->cap_permitted = (uint64_t)event_int(e, EXEC_CAP_PERMITTED,
					       (int64_t)t->cap_permitted);
	t->cap_effective = (uint64_t)event_int(e, EXEC_CAP_EFFECTIVE,
					       (int64_t)t->cap_effective);
	t->exe_ino = (uint64_t)event_int(e, EXEC_INO, (int64_t)t->exe_ino);
	if (has(e, EXEC_CTIME)) {
		t->exe_ino_ctime = (uint64_t)event_int(e, EXEC_CTIME, 0);
		if (t->clone_ns)
			t->exe_ino_ctime_duration_clone_ts =
				t->clone_ns - t->exe_ino_ctime;
		if (t->pidns_init_start_ns &&
		    t->exe_ino_ctime > t->pidns_init_start_ns)
			t->exe_ino_ctime_duration_pidns_start =
				t->exe_ino_ctime - t->pidns_init_start_ns;
	}
	if (has(e, EXEC_MTIME))
		t->exe_ino_mtime = (uint64_t)event_int(e, EXEC_MTIME, 0);
}

static void take_exec(struct state *state, struct thread *t,
		      const struct event *e)
{
	struct bytes args = event_param(e, CLONE_ARGS);
	struct bytes env = event_param(e, EXEC_ENV);
	struct bytes cgroups = event_param(e, CLONE_CGROUPS);
	const char *before = t->cgroups.bytes.data;

	if (has(e, CLONE_EXE))
		set_text(&t->exe, e, CLONE_EXE, NULL);
	set_text(&t->comm, e, has(e, CLONE_COMM) ? CLONE_COMM : CLONE_EXE,
		 NULL);
	thread_set_args(t, args.data, args.len, NULL);
	t->pid = event_int(e, CLONE_PID, t->pid);
	t->fdlimit = event_int(e, CLONE_FDLIMIT, t->fdlimit);
	take_memory(t, e);
	if (env.len)
		text_list_set(&t->env, env.data, env.len, NULL);
	if (cgroups.len)
		text_list_set(&t->cgroups, cgroups.data, cgroups.len,
			      &t->cgroups);
	if (t->cgroups.bytes.data != before)
		thread_update_container(state, t);
	t->tty = (uint32_t)event_int(e, EXEC_TTY, t->tty);
	t->vpgid = event_int(e, EXEC_VPGID, t->vpgid);
	t->loginuid = (uint32_t)event_int(e, EXEC_LOGINUID, t->loginuid);
	t->uid = (uint32_t)event_int(e, EXEC_UID, t->uid);
	t->gid = (uint32_t)event_int(e, EXEC_GID, t->gid);
	if (t->ruid == UNKNOWN_ID)
		t->ruid = t->uid;
	if (t->rgid == UNKNOWN_ID)
		t->rgid = t->gid;
	t->pgid = event_int(e, EXEC_PGID, t->pgid);
	take_exe_facts(t, e);
	take_exepath(state, t, e);
}

/* Completes an unknown thread from its exec event. */
static void repair_by_exec(struct state *state, struct thread *t,
			   const struct event *e)
{
	t->ptid = event_int(e, CLONE_PTID, t->ptid);
	if (!(t->flags & PPM_CL_CHILD_IN_PIDNS)) {
		t->vtid = t->tid;
		t->vpid = t->pid;
	}
	t->is_fake = thread_is_invalid(t);
	thread_link(state, t);
}

static void parse_exec(struct state *state, struct event_context *c)
{
	struct thread *t = c->thread;
	const struct event *e = c->event;

	if (!t || event_int(e, CLONE_RES, -1) < 0)
		return;
	/*
	 * If a thread other than the leader calls exec, the leader ends and
	 * the thread takes over its tid.
	 */
	if (t->is_dead && t->group)
		t->group->alive++;
	t->is_dead = false;
	if (state->exiting == t)
		state->exiting = NULL;
	state_keep_ids(state, t);
	take_exec(state, t, e);
	if (thread_is_invalid(t))
		repair_by_exec(state, t, e);
	fds_remove_if(state, t, is_cloexec, NULL);
	t->flags = PPM_CL_ACTIVE | PPM_CL_NAME_CHANGED |
		   (t->flags & EXEC_KEPT_FLAGS);
	t->lastexec_ns = e->ts_ns;
	thread_end_others(state, t);
}

static void remember_end(struct state *state, const struct thread *t,
			 uint64_t ts_ns)
{
	state->ended[(uint64_t)t->tid % ENDED_MAX] =
		(struct ended_thread){ t->tid, t->pid, t->ptid, ts_ns };
}

/* Marks the thread as ended; state_finish removes it. */
static void parse_procexit(struct state *state, struct event_context *c)
{
	struct thread *t = c->thread;

	if (!t)
		return;
	thread_mark_dead(state, t);
	/* The kernel names a reaper only where there are children. */
	if (t->children)
		t->reaper_tid = event_int(c->event, 4, -1);
	remember_end(state, t, c->event->ts_ns);
	state->exiting = t;
}

/* clang-format off */
const struct parser_row parsers_process[] = {
	{ PPME_SYSCALL_CLONE_20_X, parse_clone },
	{ PPME_SYSCALL_FORK_20_X, parse_clone },
	{ PPME_SYSCALL_VFORK_20_X, parse_clone },
	{ PPME_SYSCALL_CLONE3_X, parse_clone },
	{ PPME_SYSCALL_EXECVE_19_X, parse_exec },
	{ PPME_SYSCALL_EXECVEAT_X, parse_exec },
	{ PPME_PROCEXIT_1_E, parse_procexit },
	{ 0, NULL },
};
/* clang-format on */
