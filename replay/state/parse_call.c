/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that change single properties of a process: directory, root, ids,
 * limits, capabilities, memory.  state.md section 2, "others".
 */
#include <stdlib.h>

#include "core/arena.h"
#include "replay/state/internal.h"

enum { PR_SUBREAPER_SET = 36, PR_SUBREAPER_GET = 37 };

static const uint64_t all_caps = 0x1ffffffffff;

static void set_cwd(struct state *state, struct thread *thread,
		    struct bytes path)
{
	struct thread *main = thread_main(state, thread);
	char joined[STATE_PATH_MAX + 2];
	size_t n;

	if (!main)
		return;
	n = path_join(joined, STATE_PATH_MAX + 1,
		      (struct bytes){ (const uint8_t *)main->cwd.data,
				      main->cwd.len },
		      path);
	if (!n || joined[n - 1] != '/') {
		joined[n++] = '/';
		joined[n] = '\0';
	}
	text_set(&main->cwd, joined, n);
}

static void parse_chdir(struct state *state, struct event_context *c)
{
	struct bytes path = event_text(c->event, 1);

	if (c->thread && event_int(c->event, 0, -1) >= 0 && path.len)
		set_cwd(state, c->thread, path);
}

static void parse_fchdir(struct state *state, struct event_context *c)
{
	if (c->thread && c->fd && event_int(c->event, 0, -1) >= 0)
		set_cwd(state, c->thread,
			(struct bytes){ (const uint8_t *)c->fd->name.data,
					c->fd->name.len });
}

static void parse_chroot(struct state *state, struct event_context *c)
{
	char buffer[STATE_PATH_MAX + 1];
	struct text path;

	if (!c->thread || event_int(c->event, 0, -1) < 0)
		return;
	path = resolve_at(state, c->thread, PPM_AT_FDCWD,
			  event_text(c->event, 1), buffer);
	text_set(&c->thread->root, path.data, path.len);
	thread_update_container(state, c->thread);
}

static void parse_setsid(struct state *state, struct event_context *c)
{
	int64_t res = event_int(c->event, 0, -1);

	(void)state;
	if (c->thread && res >= 0)
		c->thread->sid = res;
}

/*
 * Calls that set ids: which parameter is the effective and the real one.
 * setuid(2) sets the real one of those only who have a capability (ANYBODY:
 * of all).
 */
enum { CAP_SETGID_BIT = 6, CAP_SETUID_BIT = 7, ANYBODY = -1 };

static const struct {
	uint16_t code;
	uint8_t effective, real;
	int8_t real_needs;
	bool is_group;
} id_calls[] = {
	{ PPME_SYSCALL_SETUID_X, 1, 1, CAP_SETUID_BIT, false },
	{ PPME_SYSCALL_SETRESUID_X, 2, 1, ANYBODY, false },
	{ PPME_SYSCALL_SETREUID_X, 2, 1, ANYBODY, false },
	{ PPME_SYSCALL_SETGID_X, 1, 1, CAP_SETGID_BIT, true },
	{ PPME_SYSCALL_SETRESGID_X, 2, 1, ANYBODY, true },
	{ PPME_SYSCALL_SETREGID_X, 2, 1, ANYBODY, true },
};

/* An id that the call names; -1 leaves what there was. */
static void take_id(uint32_t *id, const struct event *e, unsigned param)
{
	uint32_t value = (uint32_t)event_int(e, param, 0xffffffff);

	if (value != 0xffffffff)
		*id = value;
}

static void parse_setid(struct state *state, struct event_context *c)
{
	struct thread *t = c->thread;
	size_t i = 0;

	if (!t)
		return;
	while (id_calls[i].code != c->event->code)
		i++;
	state_keep_ids(state, t);
	if (event_int(c->event, 0, -1) != 0)
		return;
	if (id_calls[i].real_needs == ANYBODY || t->uid == 0 ||
	    t->cap_effective >> id_calls[i].real_needs & 1)
		take_id(id_calls[i].is_group ? &t->rgid : &t->ruid, c->event,
			id_calls[i].real);
	take_id(id_calls[i].is_group ? &t->gid : &t->uid, c->event,
		id_calls[i].effective);
}

static void parse_capset(struct state *state, struct event_context *c)
{
	struct thread *t = c->thread;

	if (!t)
		return;
	state_keep_ids(state, t);
	if (event_int(c->event, 0, -1) != 0)
		return;
	t->cap_inheritable =
		(uint64_t)event_int(c->event, 1, (int64_t)t->cap_inheritable);
	t->cap_permitted =
		(uint64_t)event_int(c->event, 2, (int64_t)t->cap_permitted);
	t->cap_effective =
		(uint64_t)event_int(c->event, 3, (int64_t)t->cap_effective);
}

/* setns, unshare: a new user namespace grants all capabilities in it. */
static void parse_namespace(struct state *state, struct event_context *c)
{
	unsigned param = c->event->code == PPME_SYSCALL_SETNS_X ? 2 : 1;

	(void)state;
	if (!c->thread || event_int(c->event, 0, -1) < 0 ||
	    !(event_int(c->event, param, 0) & PPM_CL_CLONE_NEWUSER))
		return;
	c->thread->cap_inheritable = all_caps;
	c->thread->cap_permitted = all_caps;
	c->thread->cap_effective = all_caps;
}

static void set_fdlimit(struct state *state, struct thread *thread,
			int64_t limit)
{
	struct thread *main = thread ? thread_main(state, thread) : NULL;

	if (main && limit >= 0)
		main->fdlimit = limit;
}

static void parse_rlimit(struct state *state, struct event_context *c)
{
	if (c->thread && event_int(c->event, 0, -1) >= 0 &&
	    event_int(c->event, 3, -1) == PPM_RLIMIT_NOFILE)
		set_fdlimit(state, c->thread, event_int(c->event, 1, -1));
}

static void parse_prlimit(struct state *state, struct event_context *c)
{
	struct thread *thread = c->thread;
	int64_t pid = event_int(c->event, 5, 0);

	if (event_int(c->event, 0, -1) < 0 ||
	    event_int(c->event, 6, -1) != PPM_RLIMIT_NOFILE)
		return;
	if (pid)
		thread = state_thread(state, pid);
	set_fdlimit(state, thread, event_int(c->event, 1, -1));
}

/* vm_size, vm_rss and vm_swap are parameters 1 to 3. */
static void parse_memory(struct state *state, struct event_context *c)
{
	struct thread *t = c->thread;

	(void)state;
	if (!t)
		return;
	t->vmsize_kb = (uint32_t)event_int(c->event, 1, t->vmsize_kb);
	t->vmrss_kb = (uint32_t)event_int(c->event, 2, t->vmrss_kb);
	t->vmswap_kb = (uint32_t)event_int(c->event, 3, t->vmswap_kb);
}

/* Nanoseconds since the previous switch event on the same processor. */
static uint64_t slice_of(struct state *state, const struct event *event)
{
	uint64_t *last, was;

	state->has_times = true;
	state->switched_ns =
		mem_grow(state->switched_ns, &state->cpu_capacity,
			 event->cpu + 1u, sizeof(*state->switched_ns));
	while (state->cpu_count <= event->cpu)
		state->switched_ns[state->cpu_count++] = 0;
	last = &state->switched_ns[event->cpu];
	was = *last;
	*last = event->ts_ns;
	return was ? event->ts_ns - was : 0;
}

static void parse_switch(struct state *state, struct event_context *c)
{
	struct thread *t = c->thread;
	uint64_t slice_ns = slice_of(state, c->event);

	if (t) {
		t->slice_ns = slice_ns;
		t->run_ns += slice_ns;
	}
	/* In old captures all parameters are present, or none. */
	if (!t || !event_param(c->event, 5).len)
		return;
	t->pfmajor = (uint64_t)event_int(c->event, 1, (int64_t)t->pfmajor);
	t->pfminor = (uint64_t)event_int(c->event, 2, (int64_t)t->pfminor);
	t = thread_main(state, t);
	if (!t)
		return;
	t->vmsize_kb = (uint32_t)event_int(c->event, 3, t->vmsize_kb);
	t->vmrss_kb = (uint32_t)event_int(c->event, 4, t->vmrss_kb);
	t->vmswap_kb = (uint32_t)event_int(c->event, 5, t->vmswap_kb);
}

/* CPU times of a thread, in old captures. */
static void parse_procinfo(struct state *state, struct event_context *c)
{
	struct thread *t = c->thread;

	state->has_times = true;
	if (!t)
		return;
	t->user_was_ns = t->user_ns;
	t->system_was_ns = t->system_ns;
	t->user_ns = (uint64_t)event_int(c->event, 0, 0);
	t->system_ns = (uint64_t)event_int(c->event, 1, 0);
}

/* PR_SET_CHILD_SUBREAPER: the process adopts orphans. */
static void parse_prctl(struct state *state, struct event_context *c)
{
	int64_t option = event_int(c->event, 1, 0);

	(void)state;
	if (!c->thread || !c->thread->group || event_int(c->event, 0, -1) < 0)
		return;
	if (option == PR_SUBREAPER_SET || option == PR_SUBREAPER_GET)
		c->thread->group->is_reaper = event_int(c->event, 3, 0) != 0;
}

/* clang-format off */
const struct parser_row parsers_call[] = {
	{ PPME_SYSCALL_CHDIR_X, parse_chdir },
	{ PPME_SYSCALL_GETCWD_X, parse_chdir },
	{ PPME_SYSCALL_FCHDIR_X, parse_fchdir },
	{ PPME_SYSCALL_CHROOT_X, parse_chroot },
	{ PPME_SYSCALL_SETSID_X, parse_setsid },
	{ PPME_SYSCALL_SETUID_X, parse_setid },
	{ PPME_SYSCALL_SETRESUID_X, parse_setid },
	{ PPME_SYSCALL_SETREUID_X, parse_setid },
	{ PPME_SYSCALL_SETGID_X, parse_setid },
	{ PPME_SYSCALL_SETRESGID_X, parse_setid },
	{ PPME_SYSCALL_SETREGID_X, parse_setid },
	{ PPME_SYSCALL_CAPSET_X, parse_capset },
	{ PPME_SYSCALL_UNSHARE_X, parse_namespace },
	{ PPME_SYSCALL_SETNS_X, parse_namespace },
	{ PPME_SYSCALL_GETRLIMIT_X, parse_rlimit },
	{ PPME_SYSCALL_SETRLIMIT_X, parse_rlimit },
	{ PPME_SYSCALL_PRLIMIT_X, parse_prlimit },
	{ PPME_SYSCALL_BRK_4_X, parse_memory },
	{ PPME_SYSCALL_MMAP_X, parse_memory },
	{ PPME_SYSCALL_MMAP2_X, parse_memory },
	{ PPME_SYSCALL_MUNMAP_X, parse_memory },
	{ PPME_SCHEDSWITCH_6_E, parse_switch },
	{ PPME_PROCINFO_E, parse_procinfo },
	{ PPME_SYSCALL_PRCTL_X, parse_prctl },
	{ 0, NULL },
};
/* clang-format on */
