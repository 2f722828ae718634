/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose event it is.  A process has a row for each program that it runs (a
 * life); lives belong to sessions: what came in from outside, or leads a
 * session of the kernel, begins one, everything else is of its parent's.
 */
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/command.h"
#include "db/entering.h"
#include "db/load.h"

enum { ENDED_MAX = 1024 };

struct session {
	struct session_record record;
	int64_t root_pid;
	int64_t living, references;
};

struct life {
	struct process_record record;
	int64_t pid;
	uint64_t clone_ns;
	bool is_ended;
	uint64_t container; /* owners_key of its id */
	bool is_inside;	    /* the session of what it entered has begun */
	struct session *session;
	struct flow *flows;
};

struct who {
	struct map lives;	  /* pid -> struct life */
	struct map threads;	  /* tid -> struct thread_record */
	int64_t ended[ENDED_MAX]; /* pids of the last that ended */
	unsigned ended_at;
	/* The thread of the event before. */
	int64_t last_tid, last_pid;
	struct life *last;
	struct life *current; /* of the event; NULL: none */
	bool has_exit;	      /* current has ended, when the event is done */
	/* Lives being made: a child, its parent, the parent's parent ... */
	const struct thread **chain;
	size_t chain_capacity;
	struct arena scratch;
};

struct who *who_new(void)
{
	struct who *w = mem_zalloc(sizeof(*w));

	w->last_tid = -1;
	for (int i = 0; i < ENDED_MAX; i++)
		w->ended[i] = -1;
	return w;
}

static void session_release(struct session *session)
{
	if (session && !--session->references)
		free(session);
}

static void life_free(struct life *life)
{
	session_release(life->session);
	free(life);
}

void who_free(struct who *w)
{
	struct map_slot *slot;
	size_t at = 0;

	if (!w)
		return;
	while ((slot = map_next(&w->lives, &at)))
		life_free(slot->value);
	for (at = 0; (slot = map_next(&w->threads, &at));)
		free(slot->value);
	map_free(&w->lives);
	map_free(&w->threads);
	arena_free(&w->scratch);
	free(w->chain);
	free(w);
}

/* A session that begins with this life. */
static struct session *session_new(struct load *l, const struct life *root,
				   const char *kind, int64_t start_ns)
{
	struct session *s = mem_zalloc(sizeof(*s));

	s->record = (struct session_record){
		.session_id = load_next_id(l, TABLE_SESSIONS),
		.root_process_id = root->record.process_id,
		.start_ns = start_ns,
		.end_ns = NO_NUMBER,
		.kind = bytes_of(kind),
	};
	s->root_pid = root->pid;
	rows_put_object(l, TABLE_SESSIONS, &s->record);
	return s;
}

static void life_join(struct life *life, struct session *session)
{
	life->session = session;
	life->record.session_id = session->record.session_id;
	session->references++;
	session->living++;
	session->record.process_count++;
	session->record.end_ns = NO_NUMBER;
}

static const char *leader_kind(const struct thread *t)
{
	return t->tty ? "terminal" : "setsid";
}

/* What kind of session the process begins, or NULL: none. */
static const char *session_kind(const struct thread *t,
				const struct life *before)
{
	bool is_same_process = before && before->pid == t->pid;
	bool has_entered =
		t->container &&
		(!before || before->container != owners_key(t->container_id));

	/* nsenter: by namespaces, and the cgroup is the caller's. */
	if (is_same_process && before->record.entered.data &&
	    !before->is_inside)
		has_entered = true;
	if (is_same_process && !has_entered)
		return NULL;
	if (t->vpid == 1)
		return "init";
	if (has_entered)
		return "outside";
	if (t->sid >= 0 && t->sid == t->vpid)
		return leader_kind(t);
	return before ? NULL : "start";
}

/* Puts the row of a life: its fields are those of the thread now. */
static void put_life(struct load *l, const struct life *life,
		     const struct thread *t)
{
	struct event event = { .ts_ns = (uint64_t)life->record.start_ns };
	struct field_context context = {
		.state = replay_state(l->replay),
		.about = { .event = &event,
			   .thread = (struct thread *)(uintptr_t)t,
			   .fd_num = -1 },
		.scratch = &l->who->scratch,
	};
	struct row_source from = { l, &context, &life->record };

	owners_note(l, t, life->record.start_ns);
	rows_put(l, TABLE_PROCESSES, &from);
	arena_reset(&l->who->scratch);
}

/* A life begins; before: what it comes from, may be NULL. */
static struct life *life_begin(struct load *l, const struct thread *t,
			       struct life *before, const char *origin,
			       int64_t start_ns)
{
	struct life *life = mem_zalloc(sizeof(*life));
	const char *kind;

	life->pid = t->pid;
	life->clone_ns = t->clone_ns;
	life->container = owners_key(t->container_id);
	life->record = (struct process_record){
		.process_id = load_next_id(l, TABLE_PROCESSES),
		.parent_id = before ? before->record.process_id : NO_NUMBER,
		.event_id = NO_NUMBER,
		.start_ns = start_ns,
		.end_ns = NO_NUMBER,
		.exit_code = NO_NUMBER,
		.exit_signal = NO_NUMBER,
		.has_moved = 0,
		.args_len = t->args.bytes.len,
		.env_count = t->env.count,
		.env_len = t->env.bytes.len,
		.origin = bytes_of(origin),
	};
	if (command_len(t) >= COMMAND_LEN_MAX)
		life->record.overflows = bytes_of("cmdline");
	kind = session_kind(t, before);
	if (before) {
		life->record.entered = before->record.entered;
		life->is_inside = before->is_inside ||
				  (kind && life->record.entered.data);
	}
	life_join(life, kind || !before ? session_new(l, life, kind, start_ns)
					: before->session);
	return life;
}

static int64_t start_of(const struct thread *t)
{
	return t->clone_ns ? (int64_t)t->clone_ns : NO_NUMBER;
}

/*
 * The life of a process that was not heard of yet, and of its ancestors, the
 * oldest first.
 */
static struct life *life_find(struct load *l, const struct thread *t)
{
	const struct state *state = replay_state(l->replay);
	struct who *w = l->who;
	struct life *life = NULL;
	size_t count = 0;

	while (t && !(life = map_get(&w->lives, (uint64_t)t->pid))) {
		w->chain = mem_grow(w->chain, &w->chain_capacity, count + 1,
				    sizeof(*w->chain));
		w->chain[count++] = t;
		/* Ends: each life is marked as being made. */
		map_put(&w->lives, (uint64_t)t->pid, w);
		t = thread_parent(state, t);
	}
	if ((void *)life == w)
		life = NULL; /* a ring of parents: begin anywhere */
	while (count--) {
		bool is_new;

		t = w->chain[count];
		is_new = t->clone_ns && l->capture.first_ns != NO_NUMBER &&
			 (int64_t)t->clone_ns >= l->capture.first_ns;
		life = life_begin(l, t, life, is_new ? "clone" : "start",
				  start_of(t));
		map_put(&w->lives, (uint64_t)t->pid, life);
		put_life(l, life, t);
	}
	return life;
}

static void life_end(struct load *l, struct life *life, int64_t end_ns)
{
	if (life->is_ended)
		return;
	life->is_ended = true;
	life->record.end_ns = end_ns;
	flows_end(l, &life->flows, end_ns);
	rows_update(l, TABLE_PROCESSES, &life->record);
	if (!--life->session->living) {
		life->session->record.end_ns = end_ns;
		rows_update(l, TABLE_SESSIONS, &life->session->record);
	}
}

static struct thread_record *thread_find(struct load *l, int64_t tid,
					 const struct life *life,
					 int64_t start_ns)
{
	struct thread_record *r = map_get(&l->who->threads, (uint64_t)tid);

	if (r || !l->rows[TABLE_THREADS])
		return r;
	r = mem_alloc(sizeof(*r));
	*r = (struct thread_record){
		.thread_id = load_next_id(l, TABLE_THREADS),
		.tid = tid,
		.process_id = life->record.process_id,
		.start_ns = start_ns,
		.end_ns = NO_NUMBER,
	};
	rows_put_object(l, TABLE_THREADS, r);
	map_put(&l->who->threads, (uint64_t)tid, r);
	return r;
}

static void thread_ended(struct load *l, int64_t tid, int64_t end_ns)
{
	struct thread_record *r = map_remove(&l->who->threads, (uint64_t)tid);

	if (!r)
		return;
	r->end_ns = end_ns;
	rows_update(l, TABLE_THREADS, r);
	free(r);
}

void who_begin(struct load *l)
{
	const struct state *state = replay_state(l->replay);
	struct thread *t;
	size_t at = 0;

	while ((t = state_thread_next(state, &at))) {
		const struct thread *leader = thread_main(state, t);
		struct life *life = life_find(l, leader ? leader : t);

		thread_find(l, t->tid, life, start_of(t));
	}
}

/*
 * Another program in the same process: a new life, whose parent is the
 * process's, and in the same session unless it has entered a container.
 */
static struct life *on_exec(struct load *l, const struct field_context *c,
			    struct life *old)
{
	const struct event *e = c->about.event;
	const struct thread *t = c->about.thread;
	struct life *life = life_begin(l, t, old, "exec", (int64_t)e->ts_ns);
	struct session *session = life->session;

	life->record.parent_id = old->record.parent_id;
	life->record.event_id =
		(l->capture.capture_id << EVENT_ID_BITS) + (int64_t)e->num;
	if (life->record.overflows.data)
		lacks_count(l, LACK_ARGS, e);
	life->record.script = command_script(c);
	put_life(l, life, t);
	life->record.script.data = NULL; /* it lives as long as the event */
	life_end(l, old, (int64_t)e->ts_ns);
	life_free(map_put(&l->who->lives, (uint64_t)life->pid, life));
	/* A terminal is opened after setsid. */
	if (t->tty && t->sid == t->vpid && t->vpid != 1 &&
	    session->record.kind.data == bytes_of("setsid").data) {
		session->record.kind = bytes_of("terminal");
		rows_update(l, TABLE_SESSIONS, &session->record);
	}
	return life;
}

static void on_setsid(struct load *l, const struct event *e,
		      const struct thread *t, struct life *life)
{
	struct session *old = life->session;

	/* What began one already (pid 1, who came from outside) stays in it. */
	if (old->root_pid == life->pid)
		return;
	old->record.process_count--;
	if (!--old->living)
		old->record.end_ns = (int64_t)e->ts_ns;
	rows_update(l, TABLE_SESSIONS, &old->record);
	life_join(life,
		  session_new(l, life, leader_kind(t), (int64_t)e->ts_ns));
	session_release(old);
	rows_update(l, TABLE_PROCESSES, &life->record);
}

/* A new process or thread, before it does anything. */
static void on_clone(struct load *l, const struct event *e,
		     const struct thread *t, struct life *life)
{
	const struct state *state = replay_state(l->replay);
	const struct thread *child = state_thread(state, event_int(e, 0, -1));

	if (!child)
		return;
	if (child->pid == t->pid)
		thread_find(l, child->tid, life, (int64_t)e->ts_ns);
	else if (thread_parent(state, child) == thread_main(state, t))
		life_find(l, child);
}

/*
 * How the process ended.  Old captures have the status of wait(2) alone, and
 * the oldest nothing.
 */
static void take_exit(struct process_record *r, const struct event *e)
{
	int64_t status = event_int(e, 0, NO_NUMBER);
	int64_t code = event_int(e, 1, NO_NUMBER);
	int64_t signal = event_int(e, 2, NO_NUMBER);

	if (signal == NO_NUMBER && status != NO_NUMBER) {
		signal = status & 0x7f;
		code = status >> 8 & 0xff;
	}
	if (signal > 0)
		r->exit_signal = signal;
	else
		r->exit_code = code;
}

/* The leader's exit is its process's; other threads just end. */
static void on_procexit(struct load *l, const struct event *e,
			struct life *life)
{
	struct who *w = l->who;
	int64_t *slot = &w->ended[w->ended_at];
	struct life *last;

	thread_ended(l, e->tid, (int64_t)e->ts_ns);
	w->last_tid = -1;
	if (e->tid != life->pid || life->is_ended)
		return;
	take_exit(&life->record, e);
	life_end(l, life, (int64_t)e->ts_ns);
	/* Its children may still ask for it: it is forgotten later. */
	last = *slot >= 0 ? map_get(&w->lives, (uint64_t)*slot) : NULL;
	if (last && last->is_ended)
		life_free(map_remove(&w->lives, (uint64_t)*slot));
	*slot = life->pid;
	w->ended_at = (w->ended_at + 1) % ENDED_MAX;
}

static struct life *life_of(struct load *l, const struct event *e,
			    const struct thread *t)
{
	const struct thread *leader = thread_main(replay_state(l->replay), t);
	struct who *w = l->who;
	struct life *life = map_get(&w->lives, (uint64_t)t->pid);

	if (!leader)
		leader = t;
	/* The pid was used again. */
	if (life && life->clone_ns && leader->clone_ns > life->clone_ns) {
		life_end(l, life, NO_NUMBER);
		life_free(map_remove(&w->lives, (uint64_t)t->pid));
		thread_ended(l, t->tid, NO_NUMBER);
	}
	life = life_find(l, leader);
	thread_find(l, t->tid, life, (int64_t)e->ts_ns);
	w->last_tid = t->tid;
	w->last_pid = t->pid;
	return life;
}

/* Its children and the program that it runs next are in there, too. */
static void on_setns(struct load *l, const struct field_context *c,
		     struct life *life)
{
	const char *container = entered_container(c);

	if (!container ||
	    bytes_equal(life->record.entered, bytes_of(container)))
		return;
	life->record.entered = bytes_of(arena_strdup(&l->arena, container));
	life->is_inside = false;
}

/* What the event itself does to processes. */
static struct life *change(struct load *l, const struct field_context *c,
			   struct life *life)
{
	const struct event *e = c->about.event;
	const struct thread *t = c->about.thread;
	int64_t res = event_int(e, 0, -1);

	switch (e->code) {
	case PPME_SYSCALL_EXECVE_19_X:
	case PPME_SYSCALL_EXECVEAT_X:
		return res == 0 ? on_exec(l, c, life) : life;
	case PPME_SYSCALL_CLONE_20_X:
	case PPME_SYSCALL_FORK_20_X:
	case PPME_SYSCALL_VFORK_20_X:
	case PPME_SYSCALL_CLONE3_X:
		if (res > 0)
			on_clone(l, e, t, life);
		return life;
	case PPME_SYSCALL_SETSID_X:
		if (res >= 0)
			on_setsid(l, e, t, life);
		return life;
	case PPME_SYSCALL_CHDIR_X:
	case PPME_SYSCALL_FCHDIR_X:
		if (res >= 0 && life->record.has_moved != 1) {
			life->record.has_moved = 1;
			rows_update(l, TABLE_PROCESSES, &life->record);
		}
		return life;
	case PPME_SYSCALL_SETNS_X:
		on_setns(l, c, life);
		return life;
	case PPME_PROCEXIT_1_E:
		l->who->has_exit = true;
		return life;
	default:
		return life;
	}
}

struct flow **who_event(struct load *l, const struct field_context *c)
{
	const struct thread *t = c->about.thread;
	struct who *w = l->who;
	struct life *life = w->last;

	l->process_id = NO_NUMBER;
	w->current = NULL;
	if (!t) {
		owners_event(l, c->about.event);
		return NULL;
	}
	if (t->tid != w->last_tid || t->pid != w->last_pid)
		life = life_of(l, c->about.event, t);
	if (event_kind(c->about.event)->flags & EF_MODIFIES_STATE ||
	    c->about.event->code == PPME_SYSCALL_SETNS_X)
		life = change(l, c, life);
	w->current = w->last = life;
	l->process_id = life->record.process_id;
	return &life->flows;
}

struct flow **who_flows(struct load *l, const struct thread *leader)
{
	struct life *life = life_find(l, leader);

	l->process_id = life->record.process_id;
	return &life->flows;
}

void who_finish(struct load *l, const struct event *event)
{
	struct who *w = l->who;

	if (w->has_exit && w->current)
		on_procexit(l, event, w->current);
	w->has_exit = false;
}

void who_alert(struct load *l)
{
	if (l->who->current)
		l->who->current->session->record.alert_count++;
}

void who_sync(struct load *l)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&l->who->lives, &at))) {
		struct life *life = slot->value;

		rows_update(l, TABLE_SESSIONS, &life->session->record);
	}
	owners_sync(l);
}

void who_end(struct load *l)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&l->who->lives, &at)))
		flows_end(l, &((struct life *)slot->value)->flows, NO_NUMBER);
	who_sync(l);
}
