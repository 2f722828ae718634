/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of members.h.  Keyframes store the members of a kind in the order
 * of its table: append new members, and increase the version in records.c.
 */
#include "core/file/members.h"

#include <stddef.h>
#include <string.h>

/* clang-format off */
#define M(kind, name) { (kind), 0, 0, offsetof(struct meta, name) }
#define S(kind, name, place, since) \
	{ (kind), (place), (since), offsetof(struct meta, name) }

static const struct member machine_members[] = {
	M(U32, machine.cpu_count), M(U64, machine.memory_len),
	M(U64, machine.max_pid), M(U64, machine.boot_ns),
	M(U64, machine.flags), M(TEXT, machine.hostname), { END, 0, 0, 0 },
};

static const struct member interface_members[] = {
	M(FLAG, interface.is_ipv6), M(IP, interface.addr),
	M(IP, interface.netmask), M(IP, interface.broadcast),
	M(U64, interface.linkspeed), M(TEXT, interface.name), { END, 0, 0, 0 },
};

static const struct member user_members[] = {
	M(U32, user.uid), M(U32, user.gid), M(TEXT, user.name),
	M(TEXT, user.home), M(TEXT, user.shell), { END, 0, 0, 0 },
};

static const struct member group_members[] = {
	M(U32, group.gid), M(TEXT, group.name), { END, 0, 0, 0 },
};

static const struct member thread_members[] = {
	S(U64, thread.tid, 1, 1),
	S(U64, thread.pid, 2, 1),
	S(U64, thread.ptid, 3, 1),
	S(U64, thread.sid, 4, 6),
	S(U64, thread.vpgid, 5, 8),
	S(U64, thread.pgid, 38, 9),
	S(U64, thread.vtid, 21, 4),
	S(U64, thread.vpid, 22, 4),
	S(TEXT, thread.comm, 6, 1),
	S(TEXT, thread.exe, 7, 1),
	S(TEXT, thread.exepath, 8, 7),
	S(TEXT, thread.cwd, 10, 1),
	S(TEXT, thread.root, 24, 5),
	S(LIST, thread.args, 9, 1),
	S(LIST, thread.env, 20, 3),
	S(LIST, thread.cgroups, 23, 4),
	S(U64, thread.fdlimit, 11, 1),
	S(U32, thread.flags, 12, 1),
	S(U32, thread.uid, 13, 1),
	S(U32, thread.gid, 14, 1),
	S(U32, thread.loginuid, 27, 9),
	S(U32, thread.vmsize_kb, 15, 2),
	S(U32, thread.vmrss_kb, 16, 2),
	S(U32, thread.vmswap_kb, 17, 2),
	S(U64, thread.pfmajor, 18, 2),
	S(U64, thread.pfminor, 19, 2),
	S(U64, thread.pidns_init_start_ns, 25, 9),
	S(U32, thread.tty, 26, 9),
	S(FLAG, thread.exe_writable, 28, 9),
	S(FLAG, thread.exe_upper_layer, 32, 9),
	S(FLAG, thread.exe_lower_layer, 37, 9),
	S(FLAG, thread.exe_from_memfd, 36, 9),
	S(U64, thread.cap_inheritable, 29, 9),
	S(U64, thread.cap_permitted, 30, 9),
	S(U64, thread.cap_effective, 31, 9),
	S(U64, thread.exe_ino, 33, 9),
	S(U64, thread.exe_ino_ctime, 34, 9),
	S(U64, thread.exe_ino_mtime, 35, 9),
	M(U64, thread.clone_ns),
	M(FLAG, thread.is_exact),
	M(FLAG, thread.is_dead),
	M(FLAG, thread.is_fake),
	M(FLAG, thread.is_child),
	M(FLAG, thread.group_is_reaper),
	M(U64, thread.lastexec_ns),
	M(U64, thread.exe_ino_ctime_duration_clone_ts),
	M(U64, thread.exe_ino_ctime_duration_pidns_start),
	M(U64, thread.reaper_tid),
	{ END, 0, 0, 0 },
};

static const struct member fd_members[] = {
	M(U64, fd.tid), M(U64, fd.fd), M(U64, fd.ino), M(U8, fd.type),
	M(U8, fd.l4proto), M(U32, fd.open_flags), M(U32, fd.dev),
	M(IP, fd.sip), M(IP, fd.dip), M(U16, fd.sport), M(U16, fd.dport),
	M(U64, fd.unix_source), M(U64, fd.unix_dest), M(TEXT, fd.name),
	M(FLAG, fd.is_exact), M(U8, fd.role), M(U16, fd.flags),
	M(U64, fd.pid), M(TEXT, fd.name_raw), { END, 0, 0, 0 },
};
/* clang-format on */

static const struct member no_members[] = { { END, 0, 0, 0 } };

/* clang-format off */
static const struct member *const tables[] = {
	[META_SECTION] = no_members, [META_MACHINE] = machine_members,
	[META_INTERFACE] = interface_members, [META_USER] = user_members,
	[META_GROUP] = group_members, [META_THREAD] = thread_members,
	[META_FD] = fd_members, [META_EVENTS] = no_members,
};
/* clang-format on */
const struct member *members_of(enum meta_kind kind)
{
	return tables[kind];
}

void members_by_place(const struct member *ret_rows[THREAD_PLACES])
{
	for (const struct member *row = thread_members; row->kind; row++)
		if (row->place)
			ret_rows[row->place - 1] = row;
}

unsigned member_len(const struct member *row)
{
	static const uint8_t lens[] = {
		[U8] = 1,   [U16] = 2, [U32] = 4, [U64] = 8,
		[FLAG] = 1, [IP] = 16, [LIST] = 0
	};

	return lens[row->kind];
}

struct bytes member_text(const struct meta *meta, const struct member *row)
{
	struct bytes text;

	memcpy(&text, (const uint8_t *)meta + row->at, sizeof(text));
	return text;
}

void member_set_text(struct meta *meta, const struct member *row,
		     struct bytes text)
{
	memcpy((uint8_t *)meta + row->at, &text, sizeof(text));
}

void member_put(struct buffer *to, const struct meta *meta,
		const struct member *row)
{
	buffer_put(to, (const uint8_t *)meta + row->at, member_len(row));
}

void member_set(struct meta *meta, const struct member *row,
		const uint8_t *from)
{
	bool flag = *from != 0;

	if (row->kind == FLAG)
		memcpy((uint8_t *)meta + row->at, &flag, sizeof(flag));
	else
		memcpy((uint8_t *)meta + row->at, from, member_len(row));
}
