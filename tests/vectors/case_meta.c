/* SPDX-License-Identifier: Apache-2.0 */
/* What a capture tells before its events, as cases write it; see cases.h. */
#include <arpa/inet.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "tests/vectors/cases.h"

/* How the value of a key gets into the member of its name. */
enum member_kind {
	MEMBER_U8,
	MEMBER_U32,
	MEMBER_64,
	MEMBER_BOOL,
	MEMBER_TEXT,
	MEMBER_ITEM, /* one more item of a list */
	MEMBER_TYPE, /* of a descriptor, by name */
	MEMBER_FILE_FLAGS,
	MEMBER_ADDR /* of IPv4 */
};

struct member {
	const char *key;
	enum member_kind kind;
	size_t at;
};

#define THREAD(key, kind, member)                 \
 {                                                \
  key, kind, offsetof(struct meta_thread, member) \
 }
#define FD(key, kind, member)                 \
 {                                            \
  key, kind, offsetof(struct meta_fd, member) \
 }

/* clang-format off */
static const struct member thread_members[] = {
	THREAD("tid", MEMBER_64, tid), THREAD("pid", MEMBER_64, pid),
	THREAD("ptid", MEMBER_64, ptid), THREAD("sid", MEMBER_64, sid),
	THREAD("vpgid", MEMBER_64, vpgid), THREAD("pgid", MEMBER_64, pgid),
	THREAD("vtid", MEMBER_64, vtid), THREAD("vpid", MEMBER_64, vpid),
	THREAD("comm", MEMBER_TEXT, comm), THREAD("exe", MEMBER_TEXT, exe),
	THREAD("exepath", MEMBER_TEXT, exepath),
	THREAD("cwd", MEMBER_TEXT, cwd), THREAD("root", MEMBER_TEXT, root),
	THREAD("arg", MEMBER_ITEM, args), THREAD("env", MEMBER_ITEM, env),
	THREAD("cgroup", MEMBER_ITEM, cgroups),
	THREAD("fdlimit", MEMBER_64, fdlimit),
	THREAD("flags", MEMBER_U32, flags), THREAD("uid", MEMBER_U32, uid),
	THREAD("gid", MEMBER_U32, gid),
	THREAD("loginuid", MEMBER_U32, loginuid),
	THREAD("vmsize", MEMBER_U32, vmsize_kb),
	THREAD("vmrss", MEMBER_U32, vmrss_kb),
	THREAD("vmswap", MEMBER_U32, vmswap_kb),
	THREAD("pfmajor", MEMBER_64, pfmajor),
	THREAD("pfminor", MEMBER_64, pfminor),
	THREAD("pidns_start", MEMBER_64, pidns_init_start_ns),
	THREAD("tty", MEMBER_U32, tty),
	THREAD("exe_writable", MEMBER_BOOL, exe_writable),
	THREAD("exe_upper_layer", MEMBER_BOOL, exe_upper_layer),
	THREAD("exe_lower_layer", MEMBER_BOOL, exe_lower_layer),
	THREAD("exe_from_memfd", MEMBER_BOOL, exe_from_memfd),
	THREAD("cap_inheritable", MEMBER_64, cap_inheritable),
	THREAD("cap_permitted", MEMBER_64, cap_permitted),
	THREAD("cap_effective", MEMBER_64, cap_effective),
	THREAD("exe_ino", MEMBER_64, exe_ino),
	THREAD("exe_ctime", MEMBER_64, exe_ino_ctime),
	THREAD("exe_mtime", MEMBER_64, exe_ino_mtime),
	THREAD("clone_time", MEMBER_64, clone_ns),
	{ NULL, MEMBER_U8, 0 },
};

static const struct member fd_members[] = {
	FD("tid", MEMBER_64, tid), FD("fd", MEMBER_64, fd),
	FD("ino", MEMBER_64, ino), FD("type", MEMBER_TYPE, type),
	FD("l4proto", MEMBER_U8, l4proto),
	FD("flags", MEMBER_FILE_FLAGS, open_flags), FD("dev", MEMBER_U32, dev),
	FD("name", MEMBER_TEXT, name), FD("source", MEMBER_64, unix_source),
	FD("dest", MEMBER_64, unix_dest),
	{ NULL, MEMBER_U8, 0 },
};

static const struct member user_members[] = {
	{ "uid", MEMBER_U32, offsetof(struct meta_user, uid) },
	{ "gid", MEMBER_U32, offsetof(struct meta_user, gid) },
	{ "name", MEMBER_TEXT, offsetof(struct meta_user, name) },
	{ "home", MEMBER_TEXT, offsetof(struct meta_user, home) },
	{ "shell", MEMBER_TEXT, offsetof(struct meta_user, shell) },
	{ NULL, MEMBER_U8, 0 },
};

static const struct member group_members[] = {
	{ "gid", MEMBER_U32, offsetof(struct meta_group, gid) },
	{ "name", MEMBER_TEXT, offsetof(struct meta_group, name) },
	{ NULL, MEMBER_U8, 0 },
};

static const struct member machine_members[] = {
	{ "hostname", MEMBER_TEXT, offsetof(struct meta_machine, hostname) },
	{ "cpus", MEMBER_U32, offsetof(struct meta_machine, cpu_count) },
	{ "boot", MEMBER_64, offsetof(struct meta_machine, boot_ns) },
	{ NULL, MEMBER_U8, 0 },
};

static const struct member interface_members[] = {
	{ "name", MEMBER_TEXT, offsetof(struct meta_interface, name) },
	{ "addr", MEMBER_ADDR, offsetof(struct meta_interface, addr) },
	{ "netmask", MEMBER_ADDR, offsetof(struct meta_interface, netmask) },
	{ NULL, MEMBER_U8, 0 },
};

static const struct flag_name fd_types[] = {
	{ "file", SCAP_FD_FILE_V2 }, { "oldfile", SCAP_FD_FILE },
	{ "directory", SCAP_FD_DIRECTORY }, { "ipv4", SCAP_FD_IPV4_SOCK },
	{ "ipv6", SCAP_FD_IPV6_SOCK }, { "ipv4server", SCAP_FD_IPV4_SERVSOCK },
	{ "ipv6server", SCAP_FD_IPV6_SERVSOCK }, { "pipe", SCAP_FD_FIFO },
	{ "unix", SCAP_FD_UNIX_SOCK }, { "event", SCAP_FD_EVENT },
	{ "unsupported", SCAP_FD_UNSUPPORTED },
	{ "signalfd", SCAP_FD_SIGNALFD }, { "eventpoll", SCAP_FD_EVENTPOLL },
	{ "inotify", SCAP_FD_INOTIFY }, { "timerfd", SCAP_FD_TIMERFD },
	{ "netlink", SCAP_FD_NETLINK }, { "bpf", SCAP_FD_BPF },
	{ "userfaultfd", SCAP_FD_USERFAULTFD },
	{ "iouring", SCAP_FD_IOURING }, { "memfd", SCAP_FD_MEMFD },
	{ NULL, 0 },
};
/* clang-format on */

static void add_item(struct cases *c, struct bytes *list, struct text item)
{
	char *bytes = arena_bytes(&c->arena, list->len + item.len + 1);

	if (list->len)
		memcpy(bytes, list->data, list->len);
	memcpy(bytes + list->len, item.data, item.len);
	bytes[list->len + item.len] = '\0';
	list->data = (const uint8_t *)bytes;
	list->len += item.len + 1;
}

static const struct flag_name *names_of(enum member_kind kind)
{
	if (kind == MEMBER_TYPE)
		return fd_types;
	return kind == MEMBER_FILE_FLAGS ? flag_names_file_flags : NULL;
}

static int set_number(struct cases *c, char *at, enum member_kind kind,
		      const char *text)
{
	static const uint8_t lens[] = {
		[MEMBER_U8] = 1, [MEMBER_TYPE] = 1, [MEMBER_U32] = 4,
		[MEMBER_64] = 8, [MEMBER_BOOL] = 1, [MEMBER_FILE_FLAGS] = 4
	};
	uint64_t number;

	if (case_number(c, text, names_of(kind), &number))
		return -1;
	memcpy(at, &number, lens[kind]);
	return 0;
}

static int set_member(struct cases *c, void *object, const struct member *m,
		      struct text value)
{
	char *at = (char *)object + m->at;
	struct bytes bytes = { (const uint8_t *)value.data, value.len };

	if (m->kind == MEMBER_TEXT) {
		memcpy(at, &bytes, sizeof(bytes));
		return 0;
	}
	if (m->kind == MEMBER_ITEM) {
		memcpy(&bytes, at, sizeof(bytes));
		add_item(c, &bytes, value);
		memcpy(at, &bytes, sizeof(bytes));
		return 0;
	}
	if (m->kind == MEMBER_ADDR)
		return inet_pton(AF_INET, value.data, at) == 1
			       ? 0
			       : case_fail(c, "no address: %s", value.data);
	return set_number(c, at, m->kind, value.data);
}

/* Reads the words of a line into the members of an object. */
static int set_members(struct cases *c, char *rest, const struct member *rows,
		       void *object)
{
	const char *key;
	struct text value;
	int got;

	while ((got = case_word(c, &rest, &key, &value)) > 0) {
		const struct member *m = rows;

		while (m->key && strcmp(m->key, key))
			m++;
		if (!m->key || !value.data)
			return case_fail(c, "no member %s", key);
		if (set_member(c, object, m, value))
			return -1;
	}
	return got;
}

static int put_meta(struct cases *c, const struct meta *meta)
{
	struct item item = { .kind = ITEM_META, .meta = meta };

	return replay_put(c->replay, &item, &c->load_err);
}

int case_thread(struct cases *c, char *rest, const char *want)
{
	struct meta meta = { .kind = META_THREAD,
			     .thread = meta_thread_unknown() };

	(void)want;
	meta.thread.ptid = 0;
	if (set_members(c, rest, thread_members, &meta.thread))
		return -1;
	if (meta.thread.pid <= 0)
		meta.thread.pid = meta.thread.tid;
	return put_meta(c, &meta);
}

/* The ends of a socket are not members by name: they are taken off first. */
static int take_ends(struct cases *c, char *rest, struct meta_fd *fd)
{
	char *at = strstr(rest, "ends=");
	struct case_ends ends;
	size_t len;

	if (!at)
		return 0;
	len = strcspn(at, " \t");
	if (case_ends(c, arena_copy(&c->arena, at + 5, len - 5), &ends))
		return -1;
	memset(at, ' ', len);
	memcpy(fd->sip, ends.sip, sizeof(ends.sip));
	memcpy(fd->dip, ends.dip, sizeof(ends.dip));
	fd->sport = ends.sport;
	fd->dport = ends.dport;
	return 0;
}

int case_fd(struct cases *c, char *rest, const char *want)
{
	struct meta meta = { .kind = META_FD };

	(void)want;
	if (take_ends(c, rest, &meta.fd) ||
	    set_members(c, rest, fd_members, &meta.fd))
		return -1;
	return put_meta(c, &meta);
}

int case_user(struct cases *c, char *rest, const char *want)
{
	struct meta meta = { .kind = META_USER };

	(void)want;
	return set_members(c, rest, user_members, &meta.user) ||
			       put_meta(c, &meta)
		       ? -1
		       : 0;
}

int case_group(struct cases *c, char *rest, const char *want)
{
	struct meta meta = { .kind = META_GROUP };

	(void)want;
	return set_members(c, rest, group_members, &meta.group) ||
			       put_meta(c, &meta)
		       ? -1
		       : 0;
}

int case_machine(struct cases *c, char *rest, const char *want)
{
	struct meta meta = { .kind = META_MACHINE };

	(void)want;
	return set_members(c, rest, machine_members, &meta.machine) ||
			       put_meta(c, &meta)
		       ? -1
		       : 0;
}

int case_interface(struct cases *c, char *rest, const char *want)
{
	struct meta meta = { .kind = META_INTERFACE };

	(void)want;
	return set_members(c, rest, interface_members, &meta.interface) ||
			       put_meta(c, &meta)
		       ? -1
		       : 0;
}
