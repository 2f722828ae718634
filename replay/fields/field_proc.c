/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proc.*: the process of the event, its parent, its session and group
 * leaders.  Semantics and quirks: state.md sections 2 and 3.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/fields/getters.h"

/* The process that a field is about. */
enum whose { SELF, PARENT, SESSION, VGROUP, GROUP };

/* which: the process, and the offset of a text or number in it. */
#define OF(whose, member) \
 ((uint32_t)(whose) << 16 | (uint32_t)offsetof(struct thread, member))
#define OF_SELF(member) OF(SELF, member)

static bool in_pidns(const struct thread *t)
{
	return t->vtid >= 0 && t->vtid != t->tid;
}

static int64_t leader_id(const struct thread *t, enum whose whose)
{
	if (whose == SESSION)
		return t->sid;
	return whose == VGROUP ? t->vpgid : t->pgid;
}

/* The leader itself, or the last ancestor in the same group. */
static const struct thread *
find_leader(const struct state *state, const struct thread *t, enum whose whose)
{
	int64_t id = leader_id(t, whose);
	const struct thread *found = NULL;
	const struct thread *at = thread_main(state, t);

	if (whose == GROUP || !in_pidns(t)) {
		found = state_thread(state, id);
		if (found)
			return found;
	}
	for (int depth = 0; at && depth < 1024; depth++) {
		if (leader_id(at, whose) != id)
			break;
		found = at;
		at = thread_parent(state, at);
	}
	return found;
}

/*
 * The thread that the field is about; NULL: unknown, and for a leader
 * *ret_empty is set.
 */
static const struct thread *thread_of(const struct field_context *c,
				      enum whose whose, bool *ret_empty)
{
	const struct thread *t = c->about.thread;

	*ret_empty = false;
	if (!t || whose == SELF)
		return t;
	if (whose == PARENT)
		return thread_parent(c->state, t);
	t = find_leader(c->state, t, whose);
	*ret_empty = !t;
	return t;
}

static const void *member_of(const struct field_context *c,
			     const struct field_ref *ref, bool *ret_empty)
{
	uint32_t which = ref->field->which;
	const struct thread *t =
		thread_of(c, (enum whose)(which >> 16), ret_empty);

	return t ? (const char *)t + (which & 0xffff) : NULL;
}

static bool get_text(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	bool empty;
	const struct text *text = member_of(c, ref, &empty);

	if (!text)
		return empty && give_text(v, "", 0);
	return give_text(v, text->data, text->len);
}

static bool get_s64(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	bool empty;
	const int64_t *number = member_of(c, ref, &empty);

	return number &&
	       give_number(v, (enum param_type)ref->type, (uint64_t)*number);
}

/* A time, an inode or an id in a namespace; absent if it is 0 or -1. */
static bool get_known(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	return get_s64(c, ref, v) && v->s64 != 0 && v->s64 != -1;
}

static bool get_u32(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	bool empty;
	const uint32_t *number = member_of(c, ref, &empty);

	return number && give_number(v, (enum param_type)ref->type, *number);
}

static bool get_flag(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	bool empty;
	const bool *flag = member_of(c, ref, &empty);

	return flag && give_bool(v, *flag);
}

static bool get_cwd(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	struct text cwd;

	(void)ref;
	if (!c->about.thread)
		return false;
	cwd = thread_cwd(c->state, c->about.thread);
	return give_text(v, cwd.data, cwd.len);
}

/* Gives the members of a list, separated by blanks. */
static bool give_joined(const struct field_context *c, struct value *v,
			const struct text_list *list)
{
	char *out = arena_copy(c->scratch, list->bytes.data, list->bytes.len);
	char *end = out + list->bytes.len;

	for (char *at = out; at < end && (at = memchr(at, 0, end - at)); at++)
		*at = ' ';
	return give_text(v, out, list->bytes.len);
}

/* proc.args: all further arguments, or with [N] one; "" beyond the last. */
static bool get_args(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	const struct thread *t = c->about.thread;
	struct text arg;

	if (!t)
		return false;
	if (!ref->arg)
		return give_joined(c, v, &t->args);
	arg = text_list_get(&t->args, (uint32_t)ref->index);
	return give_text(v, arg.data ? arg.data : "", arg.len);
}

static bool get_exeline(const struct field_context *c,
			const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	struct value args;
	char *line;

	(void)ref;
	if (!t)
		return false;
	give_joined(c, &args, &t->args);
	line = arena_printf(c->scratch, "%s %s", t->exe.data, args.text);
	return give_string(v, line);
}

static bool get_cmdnargs(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;

	return t && give_number(v, (enum param_type)ref->type, t->args.count);
}

/* proc.cmdlenargs: total length of the arguments. */
static bool get_cmdlenargs(const struct field_context *c,
			   const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;

	return t && give_number(v, (enum param_type)ref->type,
				t->args.count ? t->args.bytes.len -
							(t->args.count - 1)
					      : 0);
}

/* The environment of a process, which is its leader's. */
static const struct text_list *env_of(const struct field_context *c,
				      const struct thread *t)
{
	const struct thread *main = t ? thread_main(c->state, t) : NULL;

	return main ? &main->env : NULL;
}

bool give_env(const struct field_context *c, const struct text_list *env,
	      const char *name, struct value *v)
{
	size_t len;

	if (!name)
		return give_joined(c, v, env);
	len = strlen(name);
	for (uint32_t i = 0; i < env->count; i++) {
		struct text e = text_list_get(env, i);

		if (e.len <= len || e.data[len] != '=' ||
		    memcmp(e.data, name, len) != 0)
			continue;
		e.data += len + 1;
		e.len -= (uint32_t)len + 1;
		while (e.len && e.data[0] == ' ')
			e.data++, e.len--;
		while (e.len && e.data[e.len - 1] == ' ')
			e.len--;
		return give_text(v, e.data, e.len);
	}
	return give_text(v, "", 0);
}

static bool get_env(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	const struct text_list *env = env_of(c, c->about.thread);

	if (!c->about.thread)
		return false;
	return env ? give_env(c, env, ref->arg, v) : give_text(v, "", 0);
}

static bool ends_in_sh(const struct thread *t)
{
	return t->comm.len >= 2 &&
	       !memcmp(t->comm.data + t->comm.len - 2, "sh", 2);
}

/* proc.loginshellid: the farthest ancestor whose name ends in "sh". */
static bool get_loginshellid(const struct field_context *c,
			     const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	const struct thread *found = NULL;

	(void)ref;
	for (int depth = 0; t && depth < 1024; depth++) {
		if (ends_in_sh(t))
			found = t;
		t = thread_parent(c->state, t);
	}
	return found && give_number(v, PT_INT64, (uint64_t)found->pid);
}

static bool get_ppid(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	bool empty;
	const struct thread *p = thread_of(c, PARENT, &empty);

	(void)ref;
	return p && give_number(v, PT_INT64, (uint64_t)p->pid);
}

static bool get_pvpid(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	const struct thread *main = t ? thread_main(c->state, t) : NULL;
	const struct thread *p =
		main ? state_thread(c->state, main->ptid) : NULL;

	(void)ref;
	return p && give_number(v, PT_INT64, (uint64_t)p->vpid);
}

/* which: 0 self, 1 parent; plus 2: the time itself instead of the duration. */
static bool get_time(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	bool empty;
	uint32_t which = ref->field->which;
	const struct thread *t =
		thread_of(c, which & 1 ? PARENT : SELF, &empty);

	if (!t || !t->clone_ns)
		return false;
	return give_number(v, PT_RELTIME,
			   which & 2 ? t->clone_ns
				     : c->about.event->ts_ns - t->clone_ns);
}

static bool get_is_leader(const struct field_context *c,
			  const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;

	if (!t)
		return false;
	if (ref->field->which == SESSION)
		return give_bool(v, t->sid == t->vpid);
	if (ref->field->which == VGROUP)
		return give_bool(v, t->vpgid == t->vpid);
	return give_bool(v, t->pgid == t->pid);
}

static bool get_count(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	uint64_t alive;

	if (!t)
		return false;
	if (ref->field->which == 0)
		return give_number(v, PT_UINT64, thread_fd_count(c->state, t));
	alive = thread_alive_count(c->state, t);
	if (ref->field->which == 2 && alive)
		alive--;
	return give_number(v, PT_UINT64, alive);
}

/* proc.fdusage: open descriptors in percent of the limit. */
static bool get_fdusage(const struct field_context *c,
			const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	double percent = 0;

	(void)ref;
	if (!t)
		return false;
	if (t->fdlimit > 0)
		percent = 100.0 * (double)thread_fd_count(c->state, t) /
			  (double)t->fdlimit;
	return give_double(v, percent < 100 ? percent : 100);
}

/* which: the descriptor; plus 16: its name instead of its type. */
static bool get_stream(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	const struct fd *fd =
		t ? state_fd(c->state, t, ref->field->which & 15) : NULL;

	if (!fd)
		return false;
	if (ref->field->which & 16)
		return give_text(v, fd->name.data, fd->name.len);
	return give_string(v, fd_type_name(fd->type));
}

#define ROW(n, t, f, g, w, h)                                        \
 {                                                                   \
  .name = (n), .type = (t), .format = (f), .get = (g), .which = (w), \
  .help = (h)                                                        \
 }

/* clang-format off */
const struct field fields_proc[] = {
ROW("proc.exe", PT_CHARBUF, PF_NA, get_text, OF_SELF(exe),
    "argv[0] of the process"),
ROW("proc.pexe", PT_CHARBUF, PF_NA, get_text, OF(PARENT, exe),
    "argv[0] of the parent process"),
ROW("proc.exepath", PT_CHARBUF, PF_NA, get_text, OF_SELF(exepath),
    "path of the executable, links resolved"),
ROW("proc.pexepath", PT_CHARBUF, PF_NA, get_text, OF(PARENT, exepath),
    "path of the parent's executable"),
ROW("proc.name", PT_CHARBUF, PF_NA, get_text, OF_SELF(comm),
    "name of the process (comm, at most 15 bytes)"),
ROW("proc.pname", PT_CHARBUF, PF_NA, get_text, OF(PARENT, comm),
    "name of the parent process"),
{ .name = "proc.args", .type = PT_CHARBUF, .get = get_args,
  .flags = FIELD_ARG_ALLOWED | FIELD_ARG_INDEX,
  .help = "arguments after argv[0], or the one at [N]" },
ROW("proc.cmdline", PT_CHARBUF, PF_NA, get_text, OF_SELF(cmdline),
    "name and arguments of the process"),
ROW("proc.pcmdline", PT_CHARBUF, PF_NA, get_text, OF(PARENT, cmdline),
    "name and arguments of the parent"),
ROW("proc.cmdnargs", PT_UINT64, PF_DEC, get_cmdnargs, 0, "number of arguments"),
ROW("proc.cmdlenargs", PT_UINT64, PF_DEC, get_cmdlenargs, 0,
    "characters in the arguments, without separators"),
ROW("proc.exeline", PT_CHARBUF, PF_NA, get_exeline, 0, "argv[0] and arguments"),
{ .name = "proc.env", .type = PT_CHARBUF, .get = get_env,
  .flags = FIELD_ARG_ALLOWED | FIELD_ARG_KEY,
  .help = "environment, or the variable [NAME]" },
ROW("proc.cwd", PT_CHARBUF, PF_NA, get_cwd, 0,
    "working directory, ends with a slash"),
ROW("proc.loginshellid", PT_INT64, PF_ID, get_loginshellid, 0,
    "pid of the oldest shell among the ancestors"),
ROW("proc.tty", PT_UINT32, PF_ID, get_u32, OF_SELF(tty),
    "device number of the controlling terminal; 0: none"),
ROW("proc.pid", PT_INT64, PF_ID, get_s64, OF_SELF(pid), "process id"),
ROW("proc.ppid", PT_INT64, PF_ID, get_ppid, 0, "process id of the parent"),
ROW("proc.vpid", PT_INT64, PF_ID, get_known, OF_SELF(vpid),
    "process id in its own pid namespace"),
ROW("proc.pvpid", PT_INT64, PF_ID, get_pvpid, 0,
    "the parent's process id in its own pid namespace"),
ROW("proc.sid", PT_INT64, PF_ID, get_s64, OF_SELF(sid), "session id"),
ROW("proc.sname", PT_CHARBUF, PF_NA, get_text, OF(SESSION, comm),
    "name of the session's leader"),
ROW("proc.sid.exe", PT_CHARBUF, PF_NA, get_text, OF(SESSION, exe),
    "argv[0] of the session's leader"),
ROW("proc.sid.exepath", PT_CHARBUF, PF_NA, get_text, OF(SESSION, exepath),
    "executable of the session's leader"),
ROW("proc.vpgid", PT_INT64, PF_ID, get_s64, OF_SELF(vpgid),
    "process group id in its own pid namespace"),
ROW("proc.vpgid.name", PT_CHARBUF, PF_NA, get_text, OF(VGROUP, comm),
    "name of that group's leader"),
ROW("proc.vpgid.exe", PT_CHARBUF, PF_NA, get_text, OF(VGROUP, exe),
    "argv[0] of that group's leader"),
ROW("proc.vpgid.exepath", PT_CHARBUF, PF_NA, get_text, OF(VGROUP, exepath),
    "executable of that group's leader"),
ROW("proc.pgid", PT_INT64, PF_ID, get_s64, OF_SELF(pgid), "process group id"),
ROW("proc.pgid.name", PT_CHARBUF, PF_NA, get_text, OF(GROUP, comm),
    "name of the group's leader"),
ROW("proc.pgid.exe", PT_CHARBUF, PF_NA, get_text, OF(GROUP, exe),
    "argv[0] of the group's leader"),
ROW("proc.pgid.exepath", PT_CHARBUF, PF_NA, get_text, OF(GROUP, exepath),
    "executable of the group's leader"),
ROW("proc.duration", PT_RELTIME, PF_DEC, get_time, 0,
    "nanoseconds since the process was made"),
ROW("proc.ppid.duration", PT_RELTIME, PF_DEC, get_time, 1,
    "nanoseconds since the parent was made"),
ROW("proc.pid.ts", PT_RELTIME, PF_DEC, get_time, 2,
    "when the process was made"),
ROW("proc.ppid.ts", PT_RELTIME, PF_DEC, get_time, 3,
    "when the parent was made"),
ROW("proc.is_exe_writable", PT_BOOL, PF_NA, get_flag, OF_SELF(exe_writable),
    "the user who ran it may write the executable"),
ROW("proc.is_exe_upper_layer", PT_BOOL, PF_NA, get_flag,
    OF_SELF(exe_upper_layer), "the executable is not of the container's image"),
ROW("proc.is_exe_lower_layer", PT_BOOL, PF_NA, get_flag,
    OF_SELF(exe_lower_layer), "the executable is of the container's image"),
ROW("proc.is_exe_from_memfd", PT_BOOL, PF_NA, get_flag, OF_SELF(exe_from_memfd),
    "the executable is in memory only"),
ROW("proc.is_sid_leader", PT_BOOL, PF_NA, get_is_leader, SESSION,
    "leads its session"),
ROW("proc.is_vpgid_leader", PT_BOOL, PF_NA, get_is_leader, VGROUP,
    "leads its process group in its namespace"),
ROW("proc.is_pgid_leader", PT_BOOL, PF_NA, get_is_leader, GROUP,
    "leads its process group"),
ROW("proc.exe_ino", PT_INT64, PF_DEC, get_known, OF_SELF(exe_ino),
    "inode of the executable"),
ROW("proc.exe_ino.ctime", PT_ABSTIME, PF_DEC, get_known, OF_SELF(exe_ino_ctime),
    "last status change of the executable"),
ROW("proc.exe_ino.mtime", PT_ABSTIME, PF_DEC, get_known, OF_SELF(exe_ino_mtime),
    "last modification of the executable"),
ROW("proc.exe_ino.ctime_duration_proc_start", PT_ABSTIME, PF_DEC, get_known,
    OF_SELF(exe_ino_ctime_duration_clone_ts),
    "from the executable's status change to the start of the process"),
ROW("proc.exe_ino.ctime_duration_pidns_start", PT_ABSTIME, PF_DEC, get_known,
    OF_SELF(exe_ino_ctime_duration_pidns_start),
    "from the start of the pid namespace to the executable's status change"),
ROW("proc.pidns_init_start_ts", PT_UINT64, PF_DEC, get_known,
    OF_SELF(pidns_init_start_ns), "when the pid namespace began"),
ROW("proc.fdopencount", PT_UINT64, PF_DEC, get_count, 0,
    "open file descriptors"),
ROW("proc.fdlimit", PT_INT64, PF_DEC, get_s64, OF_SELF(fdlimit),
    "limit of file descriptors"),
ROW("proc.fdusage", PT_DOUBLE, PF_NA, get_fdusage, 0,
    "open file descriptors in percent of the limit"),
ROW("proc.vmsize", PT_UINT64, PF_DEC, get_u32, OF_SELF(vmsize_kb),
    "virtual memory, kB"),
ROW("proc.vmrss", PT_UINT64, PF_DEC, get_u32, OF_SELF(vmrss_kb),
    "resident memory, kB"),
ROW("proc.vmswap", PT_UINT64, PF_DEC, get_u32, OF_SELF(vmswap_kb),
    "swapped memory, kB"),
ROW("proc.nthreads", PT_UINT64, PF_DEC, get_count, 1,
    "living threads of the process"),
ROW("proc.nchilds", PT_UINT64, PF_DEC, get_count, 2,
    "living threads without the leader"),
ROW("proc.stdin.type", PT_CHARBUF, PF_NA, get_stream, 0,
    "type of standard input"),
ROW("proc.stdout.type", PT_CHARBUF, PF_NA, get_stream, 1,
    "type of standard output"),
ROW("proc.stderr.type", PT_CHARBUF, PF_NA, get_stream, 2,
    "type of standard error"),
ROW("proc.stdin.name", PT_CHARBUF, PF_NA, get_stream, 16,
    "name of standard input"),
ROW("proc.stdout.name", PT_CHARBUF, PF_NA, get_stream, 17,
    "name of standard output"),
ROW("proc.stderr.name", PT_CHARBUF, PF_NA, get_stream, 18,
    "name of standard error"),
{ .name = NULL },
};
/* clang-format on */
