/* SPDX-License-Identifier: Apache-2.0 */
/* thread.*, user.* and group.*. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/fields/getters.h"

/* clang-format off */
static const char *const cap_names[] = {
	"CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID",
	"KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE",
	"NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW",
	"IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT",
	"SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE",
	"SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE",
	"AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE",
	"MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ",
	"PERFMON", "BPF", "CHECKPOINT_RESTORE",
};
/* clang-format on */

struct text caps_text(uint64_t caps, struct arena *arena)
{
	struct buffer b = { 0 };
	struct text text;

	for (size_t i = 0; i < sizeof(cap_names) / sizeof(cap_names[0]); i++) {
		if (!(caps >> i & 1))
			continue;
		if (b.len)
			buffer_u8(&b, ' ');
		buffer_put(&b, "CAP_", 4);
		buffer_put(&b, cap_names[i], strlen(cap_names[i]));
	}
	text = (struct text){ arena_copy(arena, b.data, b.len),
			      (uint32_t)b.len };
	buffer_free(&b);
	return text;
}

/* thread.cap_*: the names of the capabilities. */
static bool get_caps(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	const struct thread *t = c->about.thread;
	struct text text;
	uint64_t caps;

	if (!t)
		return false;
	memcpy(&caps, (const char *)t + ref->field->which, sizeof(caps));
	text = caps_text(caps, c->scratch);
	return give_text(v, text.data, text.len);
}

static bool get_member(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	uint64_t number;

	if (!t)
		return false;
	memcpy(&number, (const char *)t + ref->field->which, sizeof(number));
	return give_number(v, (enum param_type)ref->type, number);
}

static bool get_vtid(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	return get_member(c, ref, v) && v->s64 != -1;
}

static bool get_u32_member(const struct field_context *c,
			   const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	uint32_t number;

	if (!t)
		return false;
	memcpy(&number, (const char *)t + ref->field->which, sizeof(number));
	return give_number(v, (enum param_type)ref->type, number);
}

static bool get_ismain(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;

	(void)ref;
	return t && give_bool(v, thread_main(c->state, t) == t);
}

static bool get_nametid(const struct field_context *c,
			const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;

	(void)ref;
	return t &&
	       give_string(v, arena_printf(c->scratch, "%s%lld", t->comm.data,
					   (long long)t->tid));
}

static bool get_exectime(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	bool is_switch = c->about.event->code == PPME_SCHEDSWITCH_6_E;

	return t && give_number(v, (enum param_type)ref->type,
				is_switch ? t->slice_ns : 0);
}

/*
 * thread.cpu*: at procinfo events, the increase of CPU time since the previous
 * one, at most 100.  which: 1 user, 2 system.
 */
static bool get_cpu(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	const struct thread *t = c->about.thread;
	uint32_t which = ref->field->which;
	uint64_t now = 0;
	uint64_t was = 0;

	if (!t || c->about.event->code != PPME_PROCINFO_E)
		return false;
	if (which & 1) {
		now += t->user_ns;
		was += t->user_was_ns;
	}
	if (which & 2) {
		now += t->system_ns;
		was += t->system_was_ns;
	}
	if (!was)
		return give_double(v, 0);
	return give_double(v, now - was > 100 ? 100 : (double)(now - was));
}

static bool get_cgroups(const struct field_context *c,
			const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	struct buffer b = { 0 };

	(void)ref;
	if (!t)
		return false;
	for (uint32_t i = 0; i < t->cgroups.count; i++)
		buffer_printf(&b, "%s%s", i ? " " : "",
			      text_list_get(&t->cgroups, i).data);
	give_text(v, arena_copy(c->scratch, b.data, b.len), b.len);
	buffer_free(&b);
	return true;
}

/* thread.cgroup.NAME: the path in a cgroup subsystem. */
static bool get_cgroup(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	size_t len = strlen(ref->arg);

	for (uint32_t i = 0; t && i < t->cgroups.count; i++) {
		struct text e = text_list_get(&t->cgroups, i);

		if (e.len > len && e.data[len] == '=' &&
		    !memcmp(e.data, ref->arg, len))
			return give_string(v, e.data + len + 1);
	}
	return false;
}

/*
 * thread.vmsize and similar: only for the leader; in kB, or in bytes by
 * `which'.
 */
static bool get_memory(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	uint64_t kb;

	if (!t || thread_main(c->state, t) != t)
		return t && give_number(v, PT_UINT64, 0);
	kb = ref->field->which & 1 ? t->vmrss_kb : t->vmsize_kb;
	return give_number(v, PT_UINT64,
			   ref->field->which & 2 ? kb * 1024 : kb);
}

static bool give_view(struct value *v, struct bytes b)
{
	return give_text(v, (const char *)b.data, b.len);
}

/* which: 0 name, 1 home, 2 shell, 3 login name. */
static bool get_user(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	const struct thread *t = c->about.thread;
	uint32_t which = ref->field->which;
	const struct meta_user *user;
	uint32_t uid;

	if (!t)
		return false;
	uid = which == 3 ? t->loginuid : t->uid;
	user = state_user(c->state, t->container_id, uid);
	if (user)
		return give_view(v, which == 1	 ? user->home
				    : which == 2 ? user->shell
						 : user->name);
	if (uid == 0 && which != 2)
		return give_string(v, which == 1 ? "/root" : "root");
	return give_string(v, "<NA>");
}

static bool get_loginuid(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;

	(void)ref;
	return t &&
	       give_number(v, PT_INT64,
			   (uint64_t)(t->loginuid == 0xffffffff ? (int64_t)-1
								: t->loginuid));
}

/* group.name: "root" for gid 0 and "<NA>" for others, if unknown. */
static bool get_group(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	const struct thread *t = c->about.thread;
	const struct meta_group *group;

	(void)ref;
	if (!t)
		return false;
	group = state_group(c->state, t->container_id, t->gid);
	if (group)
		return give_view(v, group->name);
	return give_string(v, t->gid == 0 ? "root" : "<NA>");
}

#define ROW(n, t, f, g, w, h)                                        \
 {                                                                   \
  .name = (n), .type = (t), .format = (f), .get = (g), .which = (w), \
  .help = (h)                                                        \
 }
#define AT(member) offsetof(struct thread, member)

/* clang-format off */
const struct field fields_thread[] = {
ROW("thread.cap_permitted", PT_CHARBUF, PF_NA, get_caps, AT(cap_permitted),
    "permitted capabilities"),
ROW("thread.cap_inheritable", PT_CHARBUF, PF_NA, get_caps, AT(cap_inheritable),
    "inheritable capabilities"),
ROW("thread.cap_effective", PT_CHARBUF, PF_NA, get_caps, AT(cap_effective),
    "effective capabilities"),
ROW("thread.pfmajor", PT_UINT64, PF_DEC, get_member, AT(pfmajor),
    "major page faults"),
ROW("thread.pfminor", PT_UINT64, PF_DEC, get_member, AT(pfminor),
    "minor page faults"),
ROW("thread.tid", PT_INT64, PF_ID, get_member, AT(tid), "thread id"),
ROW("thread.ismain", PT_BOOL, PF_NA, get_ismain, 0, "leads its process"),
ROW("thread.vtid", PT_INT64, PF_ID, get_vtid, AT(vtid),
    "thread id in its own pid namespace"),
{ .name = "thread.nametid", .type = PT_CHARBUF, .get = get_nametid,
  .flags = FIELD_TABLE_ONLY, .help = "name and thread id" },
ROW("thread.exectime", PT_RELTIME, PF_DEC, get_exectime, 0,
    "CPU time of the last slice (from switch events)"),
ROW("thread.totexectime", PT_RELTIME, PF_DEC, get_member, AT(run_ns),
    "CPU time so far (from switch events)"),
ROW("thread.cgroups", PT_CHARBUF, PF_NA, get_cgroups, 0,
    "all cgroups, subsystem=path"),
{ .name = "thread.cgroup", .type = PT_CHARBUF, .get = get_cgroup,
  .flags = FIELD_ARG_REQUIRED | FIELD_ARG_NAME,
  .help = "cgroup of one subsystem: thread.cgroup.cpu" },
ROW("thread.cpu", PT_DOUBLE, PF_NA, get_cpu, 3,
    "CPU in percent (from procinfo events)"),
ROW("thread.cpu.user", PT_DOUBLE, PF_NA, get_cpu, 1, "user CPU in percent"),
ROW("thread.cpu.system", PT_DOUBLE, PF_NA, get_cpu, 2, "system CPU in percent"),
ROW("thread.vmsize", PT_UINT64, PF_DEC, get_memory, 0,
    "virtual memory of the process, kB"),
ROW("thread.vmrss", PT_UINT64, PF_DEC, get_memory, 1,
    "resident memory of the process, kB"),
{ .name = "thread.vmsize.b", .type = PT_UINT64, .format = PF_DEC,
  .get = get_memory, .which = 2, .flags = FIELD_TABLE_ONLY,
  .help = "virtual memory of the process, bytes" },
{ .name = "thread.vmrss.b", .type = PT_UINT64, .format = PF_DEC,
  .get = get_memory, .which = 3, .flags = FIELD_TABLE_ONLY,
  .help = "resident memory of the process, bytes" },
ROW("user.uid", PT_UINT32, PF_ID, get_u32_member, AT(uid), "user id"),
ROW("user.name", PT_CHARBUF, PF_NA, get_user, 0, "user name"),
ROW("user.homedir", PT_CHARBUF, PF_NA, get_user, 1,
    "home directory of the user"),
ROW("user.shell", PT_CHARBUF, PF_NA, get_user, 2, "shell of the user"),
ROW("user.loginuid", PT_INT64, PF_ID, get_loginuid, 0,
    "user id of the login; -1: none"),
ROW("user.loginname", PT_CHARBUF, PF_NA, get_user, 3, "user name of the login"),
ROW("group.gid", PT_UINT32, PF_ID, get_u32_member, AT(gid), "group id"),
ROW("group.name", PT_CHARBUF, PF_NA, get_group, 0, "group name"),
{ .name = NULL },
};
/* clang-format on */
