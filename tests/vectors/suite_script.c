/* SPDX-License-Identifier: Apache-2.0 */
/* Scripts of the state: what the checks between the events look at. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "tests/vectors/script.h"
#include "tests/vectors/suites.h"

static bool is_true(const json_t *step, const char *key)
{
	return json_is_true(json_object_get(step, key));
}

static int64_t number(const json_t *step, const char *key)
{
	return json_integer_value(json_object_get(step, key));
}

static enum verdict check_thread_exists(struct script *s, const json_t *step)
{
	int64_t tid = number(step, "tid");
	const struct thread *t = state_thread(s->state, tid);
	bool want = is_true(step, "result");

	if ((t != NULL) != want)
		return vector_fail(s->run, "thread %lld is %s", (long long)tid,
				   want ? "missing" : "there");
	return VECTOR_PASS;
}

/* Members of a thread that vectors name. */
enum { MEMBER_TEXT, MEMBER_S64, MEMBER_U64, MEMBER_U32, MEMBER_BOOL };

struct member_row {
	const char *name;
	uint8_t kind;
	size_t at;
};

#define THREAD(kind, member) #member, kind, offsetof(struct thread, member)

/* clang-format off */
static const struct member_row thread_members[] = {
	{ THREAD(MEMBER_TEXT, comm) },
	{ THREAD(MEMBER_TEXT, exe) },
	{ THREAD(MEMBER_TEXT, exepath) },
	{ THREAD(MEMBER_TEXT, cwd) },
	{ THREAD(MEMBER_TEXT, root) },
	{ THREAD(MEMBER_S64, tid) },
	{ THREAD(MEMBER_S64, pid) },
	{ THREAD(MEMBER_S64, ptid) },
	{ THREAD(MEMBER_S64, sid) },
	{ THREAD(MEMBER_S64, vpgid) },
	{ THREAD(MEMBER_S64, pgid) },
	{ THREAD(MEMBER_S64, vtid) },
	{ THREAD(MEMBER_S64, vpid) },
	{ THREAD(MEMBER_S64, fdlimit) },
	{ THREAD(MEMBER_S64, reaper_tid) },
	{ THREAD(MEMBER_U32, flags) },
	{ THREAD(MEMBER_U32, uid) },
	{ THREAD(MEMBER_U32, gid) },
	{ THREAD(MEMBER_U32, loginuid) },
	{ THREAD(MEMBER_U32, tty) },
	{ THREAD(MEMBER_U64, cap_permitted) },
	{ THREAD(MEMBER_U64, cap_effective) },
	{ THREAD(MEMBER_U64, cap_inheritable) },
	{ THREAD(MEMBER_U64, exe_ino) },
	{ THREAD(MEMBER_U64, exe_ino_ctime) },
	{ THREAD(MEMBER_U64, exe_ino_mtime) },
	{ THREAD(MEMBER_U32, vmsize_kb) },
	{ THREAD(MEMBER_U32, vmrss_kb) },
	{ THREAD(MEMBER_U32, vmswap_kb) },
	{ THREAD(MEMBER_U64, pfmajor) },
	{ THREAD(MEMBER_U64, pfminor) },
	{ THREAD(MEMBER_BOOL, exe_writable) },
	{ THREAD(MEMBER_BOOL, exe_upper_layer) },
	{ THREAD(MEMBER_BOOL, exe_lower_layer) },
	{ THREAD(MEMBER_BOOL, exe_from_memfd) },
	{ "pidns_init_start_ts", MEMBER_U64,
	  offsetof(struct thread, pidns_init_start_ns) },
	{ "clone_ts", MEMBER_U64, offsetof(struct thread, clone_ns) },
	{ "lastexec_ts", MEMBER_U64, offsetof(struct thread, lastexec_ns) },
	{ "dead", MEMBER_BOOL, offsetof(struct thread, is_dead) },
	{ NULL, 0, 0 },
};
/* clang-format on */

static int64_t number_at(const void *object, const struct member_row *row)
{
	const char *at = (const char *)object + row->at;
	int64_t s64 = 0;
	uint32_t u32 = 0;
	bool flag = false;

	if (row->kind == MEMBER_BOOL) {
		memcpy(&flag, at, sizeof(flag));
		return flag;
	}
	if (row->kind == MEMBER_U32) {
		memcpy(&u32, at, sizeof(u32));
		return u32;
	}
	memcpy(&s64, at, sizeof(s64));
	return s64;
}

static int64_t wanted_number(const json_t *want)
{
	return json_is_boolean(want) ? json_is_true(want)
				     : json_integer_value(want);
}

static enum verdict check_member(struct script *s, const void *object,
				 const struct member_row *rows,
				 const char *name, const json_t *want)
{
	const char *text = json_string_value(want);
	int64_t got;

	while (rows->name && strcmp(rows->name, name))
		rows++;
	if (!rows->name) {
		vector_fail(s->run, "no member %s", name);
		return VECTOR_SKIP;
	}
	if (rows->kind == MEMBER_TEXT) {
		struct text have;

		memcpy(&have, (const char *)object + rows->at, sizeof(have));
		return text && !strcmp(have.data, text)
			       ? VECTOR_PASS
			       : vector_fail(s->run, "%s is '%s', not '%s'",
					     name, have.data, text);
	}
	got = number_at(object, rows);
	if (got != wanted_number(want))
		return vector_fail(s->run, "%s is %lld, not %lld", name,
				   (long long)got,
				   (long long)wanted_number(want));
	return VECTOR_PASS;
}

static const struct {
	const char *name;
	uint32_t bit;
} thread_flags[] = {
	{ "PPM_CL_CLONE_FILES", PPM_CL_CLONE_FILES },
	{ "PPM_CL_CLONE_FS", PPM_CL_CLONE_FS },
	{ "PPM_CL_CLONE_NEWPID", PPM_CL_CLONE_NEWPID },
	{ "PPM_CL_CLONE_PARENT", PPM_CL_CLONE_PARENT },
	{ "PPM_CL_CLONE_THREAD", PPM_CL_CLONE_THREAD },
	{ "PPM_CL_CLONE_VM", PPM_CL_CLONE_VM },
	{ "PPM_CL_CLONE_INVERTED", PPM_CL_CLONE_INVERTED },
	{ "PPM_CL_NAME_CHANGED", PPM_CL_NAME_CHANGED },
	{ "PPM_CL_CLOSED", PPM_CL_CLOSED },
	{ "PPM_CL_ACTIVE", PPM_CL_ACTIVE },
	{ "PPM_CL_PIPE_SRC", PPM_CL_PIPE_SRC },
	{ "PPM_CL_PIPE_DST", PPM_CL_PIPE_DST },
	{ "PPM_CL_CHILD_IN_PIDNS", PPM_CL_CHILD_IN_PIDNS },
	{ "PPM_CL_IS_MAIN_THREAD", PPM_CL_IS_MAIN_THREAD },
	{ NULL, 0 },
};

static enum verdict check_flag(struct script *s, const struct thread *t,
			       const char *name, const json_t *want)
{
	for (size_t i = 0; thread_flags[i].name; i++) {
		bool set;

		if (strcmp(thread_flags[i].name, name))
			continue;
		set = (t->flags & thread_flags[i].bit) != 0;
		return set == json_is_true(want)
			       ? VECTOR_PASS
			       : vector_fail(s->run, "flag %s is %d", name,
					     set);
	}
	vector_fail(s->run, "no flag %s", name);
	return VECTOR_SKIP;
}

static enum verdict check_thread_member(struct script *s,
					const struct thread *t,
					const char *name, const json_t *want)
{
	if (!strncmp(name, "flag ", 5))
		return check_flag(s, t, name + 5, want);
	if (!strcmp(name, "main_thread")) {
		bool is_main = thread_main(s->state, t) == t;

		if (json_is_boolean(want) && is_main == json_is_true(want))
			return VECTOR_PASS;
		return vector_fail(s->run, "main_thread is %d", is_main);
	}
	return check_member(s, t, thread_members, name, want);
}

static enum verdict check_thread_info(struct script *s, const json_t *step)
{
	int64_t tid = number(step, "tid");
	const struct thread *t = state_thread(s->state, tid);
	enum verdict verdict = VECTOR_PASS;
	const char *name;
	json_t *want;

	if (!t)
		return vector_fail(s->run, "no thread %lld", (long long)tid);
	json_object_foreach(json_object_get(step, "expect"), name, want)
	{
		verdict = check_thread_member(s, t, name, want);
		if (verdict != VECTOR_PASS)
			break;
	}
	return verdict;
}

static enum verdict check_thread_group(struct script *s, const json_t *step)
{
	int64_t pid = number(step, "pid");
	struct thread_group_info info = { 0 };
	const json_t *tid;
	size_t i;

	if (!state_group_info(s->state, pid, &info))
		return vector_fail(s->run, "no group %lld", (long long)pid);
	if (info.alive != (uint64_t)number(step, "alive") ||
	    info.in_table != (uint64_t)number(step, "in_table") ||
	    info.is_reaper != is_true(step, "reaper_enabled"))
		return vector_fail(s->run,
				   "group %lld: %d alive, %d there, reaper %d",
				   (long long)pid, (int)info.alive,
				   (int)info.in_table, info.is_reaper);
	json_array_foreach(json_object_get(step, "members"), i, tid)
	{
		const struct thread *t =
			state_thread(s->state, json_integer_value(tid));

		if (!t || t->pid != pid)
			return vector_fail(s->run, "%lld is no member",
					   json_integer_value(tid));
	}
	return VECTOR_PASS;
}

static enum verdict check_children(struct script *s, const json_t *step)
{
	const struct thread *t = state_thread(s->state, number(step, "tid"));
	const json_t *tid;
	uint64_t count;
	size_t i;

	if (!t)
		return vector_fail(s->run, "no thread %lld",
				   (long long)number(step, "tid"));
	count = thread_child_count(s->state, t);
	if (count != (uint64_t)number(step, "count"))
		return vector_fail(s->run, "%lld has %d children",
				   (long long)t->tid, (int)count);
	json_array_foreach(json_object_get(step, "members"), i, tid)
	{
		const struct thread *child =
			state_thread(s->state, json_integer_value(tid));

		if (!child || child->ptid != t->tid)
			return vector_fail(s->run, "%lld is no child of %lld",
					   json_integer_value(tid),
					   (long long)t->tid);
	}
	return VECTOR_PASS;
}

/* The entry that "of" names: that of the event, or one of a table. */
static const struct fd *fd_of(struct script *s, const json_t *step)
{
	const json_t *of = json_object_get(step, "of");
	const struct thread *t;

	if (json_is_string(of))
		return s->has_event ? s->about.fd : NULL;
	t = state_thread(s->state, number(of, "tid"));
	return t ? state_fd(s->state, t, number(of, "fd")) : NULL;
}

static enum verdict check_fd_exists(struct script *s, const json_t *step)
{
	bool want = is_true(step, "result");

	if ((fd_of(s, step) != NULL) != want)
		return vector_fail(s->run, "fd is %s",
				   want ? "missing" : "there");
	return VECTOR_PASS;
}

/* Questions about an entry. */
struct fd_question {
	const char *name;
	bool (*ask)(const struct fd *fd);
};

static bool is_ipv4(const struct fd *fd)
{
	return fd->type == SCAP_FD_IPV4_SOCK;
}

static bool is_ipv6(const struct fd *fd)
{
	return fd->type == SCAP_FD_IPV6_SOCK;
}

static bool is_ip(const struct fd *fd)
{
	return fd->type >= SCAP_FD_IPV4_SOCK &&
	       fd->type <= SCAP_FD_IPV6_SERVSOCK;
}

static bool is_tcp(const struct fd *fd)
{
	return is_ip(fd) && fd->l4proto == SCAP_L4_TCP;
}

static bool is_udp(const struct fd *fd)
{
	return is_ip(fd) && fd->l4proto == SCAP_L4_UDP;
}

static bool is_unix(const struct fd *fd)
{
	return fd->type == SCAP_FD_UNIX_SOCK;
}

static bool is_file(const struct fd *fd)
{
	return fd->type == SCAP_FD_FILE || fd->type == SCAP_FD_FILE_V2;
}

static bool is_directory(const struct fd *fd)
{
	return fd->type == SCAP_FD_DIRECTORY;
}

static bool is_pipe(const struct fd *fd)
{
	return fd->type == SCAP_FD_FIFO;
}

static bool is_connected(const struct fd *fd)
{
	return fd->flags & FD_CONNECTED;
}

static bool is_pending(const struct fd *fd)
{
	return fd->flags & FD_PENDING;
}

static bool is_failed(const struct fd *fd)
{
	return fd->flags & FD_FAILED;
}

static bool role_none(const struct fd *fd)
{
	return fd->role == FD_ROLE_NONE;
}

static bool role_client(const struct fd *fd)
{
	return fd->role == FD_ROLE_CLIENT;
}

static bool role_server(const struct fd *fd)
{
	return fd->role == FD_ROLE_SERVER;
}

/* clang-format off */
static const struct fd_question fd_questions[] = {
	{ "is_ipv4", is_ipv4 },
	{ "is_ipv6", is_ipv6 },
	{ "is_tcp", is_tcp },
	{ "is_udp", is_udp },
	{ "is_unix", is_unix },
	{ "is_file", is_file },
	{ "is_directory", is_directory },
	{ "is_pipe", is_pipe },
	{ "connected", is_connected },
	{ "pending", is_pending },
	{ "failed", is_failed },
	{ "role_none", role_none },
	{ "role_client", role_client },
	{ "role_server", role_server },
	{ NULL, NULL },
};
/* clang-format on */

#define FD(kind, member) #member, kind, offsetof(struct fd, member)

/* clang-format off */
static const struct member_row fd_members[] = {
	{ FD(MEMBER_TEXT, name) },
	{ FD(MEMBER_TEXT, name_raw) },
	{ FD(MEMBER_U32, openflags) },
	{ FD(MEMBER_U32, dev) },
	{ FD(MEMBER_U64, ino) },
	{ FD(MEMBER_S64, pid) },
	{ NULL, 0, 0 },
};
/* clang-format on */

static enum verdict check_fd_member(struct script *s, const struct fd *fd,
				    const char *name, const json_t *want)
{
	for (size_t i = 0; fd_questions[i].name; i++) {
		bool got;

		if (strcmp(fd_questions[i].name, name))
			continue;
		got = fd_questions[i].ask(fd);
		return got == json_is_true(want)
			       ? VECTOR_PASS
			       : vector_fail(s->run, "%s is %d", name, got);
	}
	return check_member(s, fd, fd_members, name, want);
}

static enum verdict check_fd_info(struct script *s, const json_t *step)
{
	const struct fd *fd = fd_of(s, step);
	enum verdict verdict = VECTOR_PASS;
	const char *name;
	json_t *want;

	if (!fd)
		return vector_fail(s->run, "no fd");
	json_object_foreach(json_object_get(step, "expect"), name, want)
	{
		verdict = check_fd_member(s, fd, name, want);
		if (verdict != VECTOR_PASS)
			break;
	}
	return verdict;
}

static const struct {
	const char *op;
	script_step *run;
} steps[] = {
	{ "init_thread", script_init_thread },
	{ "thread", script_thread },
	{ "start", script_start },
	{ "event", script_event },
	{ "thread_exists", check_thread_exists },
	{ "thread_info", check_thread_info },
	{ "thread_group", check_thread_group },
	{ "children", check_children },
	{ "fd_exists", check_fd_exists },
	{ "fd_info", check_fd_info },
	{ "field", script_field },
	{ "has_value", script_has_value },
	{ "filter", script_filter },
	{ NULL, NULL },
};

static enum verdict run_step(struct script *s, const json_t *step)
{
	const char *op = json_string_value(json_object_get(step, "op"));

	for (size_t i = 0; op && steps[i].op; i++)
		if (!strcmp(steps[i].op, op))
			return steps[i].run(s, step);
	vector_fail(s->run, "no step %s", op ? op : "?");
	return VECTOR_SKIP;
}

enum verdict suite_event_script(struct vector_run *run, const json_t *vector)
{
	enum verdict verdict = VECTOR_PASS;
	struct script script;
	const json_t *step;
	size_t i;

	script_init(&script, run);
	json_array_foreach(json_object_get(vector, "input"), i, step)
	{
		enum verdict v = run_step(&script, step);

		if (v == VECTOR_PASS)
			continue;
		verdict = v;
		if (v == VECTOR_FAIL) {
			size_t at = strlen(run->why);

			snprintf(run->why + at, sizeof(run->why) - at,
				 " (step %u)", (unsigned)i);
			break;
		}
	}
	script_done(&script);
	return verdict;
}
