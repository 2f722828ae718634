/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Metadata blocks of every version, entry by entry; see layout.h.  Limits on
 * text are those of the field's readers.
 */
#include "core/file/layout.h"

#include "core/event/ppm_constants.h"
#include "core/file/members.h"

enum { TEXT_MAX = 1024, LIST_MAX = 65535, NAME_MAX_LEN = 256 };

uint32_t block_type_of_old(uint32_t type)
{
	static const struct {
		uint32_t old;
		uint32_t type;
	} types[] = {
		{ 0x8002ABCD, BLOCK_MACHINE },
		{ 0x8000ABCD, BLOCK_PROCESSES },
		{ 0x8001ABCD, BLOCK_FDS },
		{ 0x8010ABCD, BLOCK_EVENT },
		{ 0x8011ABCD, BLOCK_INTERFACES },
		{ 0x8012ABCD, BLOCK_USERS },
		{ 0x8013ABCD, BLOCK_PROCESSES_V2 },
		{ 0x8014ABCD, BLOCK_PROCESSES_V3 },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].old == type)
			return types[i].type;
	return type;
}

/* The version of a process list by its block type; 0: another block. */
static unsigned process_version(uint32_t type)
{
	if (type == BLOCK_PROCESSES)
		return 1;
	if (type == BLOCK_PROCESSES_V2)
		return 2;
	if (type == BLOCK_PROCESSES_V3)
		return 3;
	if (type >= BLOCK_PROCESSES_V4 && type <= BLOCK_PROCESSES_V9)
		return 4 + (unsigned)(type - BLOCK_PROCESSES_V4);
	return 0;
}

/* Reads a 16-bit length and a text; longer than limit is damage. */
static struct bytes text(struct cursor *c, size_t limit)
{
	size_t len = cursor_u16(c);

	if (len > limit)
		c->failed = true;
	return cursor_take(c, len);
}

static void machine(struct cursor *c, struct meta_machine *m)
{
	struct bytes name;

	m->cpu_count = cursor_u32(c);
	m->memory_len = cursor_u64(c);
	m->max_pid = cursor_u64(c);
	name = cursor_take(c, 128);
	name.len = strnlen((const char *)name.data, name.len);
	m->hostname = name;
	m->boot_ns = cursor_u64(c);
	m->flags = cursor_u64(c);
	cursor_skip(c, 16);
}

static void address(struct cursor *c, uint8_t out[16], bool is_ipv6)
{
	struct bytes b = cursor_take(c, is_ipv6 ? 16 : 4);

	memset(out, 0, 16);
	if (b.len)
		memcpy(out, b.data, b.len);
}

static void interface(struct cursor *c, struct meta_interface *m)
{
	uint16_t type = cursor_u16(c);
	uint16_t name_len = cursor_u16(c);

	if (type < 1 || type > 4 || name_len >= TEXT_MAX)
		c->failed = true;
	m->is_ipv6 = type == 2 || type == 4;
	address(c, m->addr, m->is_ipv6);
	address(c, m->netmask, m->is_ipv6);
	address(c, m->broadcast, m->is_ipv6);
	m->linkspeed = type <= 2 ? cursor_u64(c) : 0;
	m->name = cursor_take(c, name_len);
}

static void user_or_group(struct cursor *c, struct meta *meta)
{
	uint8_t kind = cursor_u8(c);

	if (kind) {
		meta->kind = META_GROUP;
		meta->group.gid = cursor_u32(c);
		meta->group.name = text(c, NAME_MAX_LEN - 1);
		return;
	}
	meta->kind = META_USER;
	meta->user.uid = cursor_u32(c);
	meta->user.gid = cursor_u32(c);
	meta->user.name = text(c, NAME_MAX_LEN - 1);
	meta->user.home = text(c, NAME_MAX_LEN - 1);
	meta->user.shell = text(c, NAME_MAX_LEN - 1);
}

static void process_member(struct cursor *c, const struct member *row,
			   struct meta *meta)
{
	struct bytes number;

	if (member_is_text(row)) {
		member_set_text(
			meta, row,
			text(c, row->kind == LIST ? LIST_MAX : TEXT_MAX));
		return;
	}
	number = cursor_take(c, member_len(row));
	if (!c->failed)
		member_set(meta, row, number.data);
}

/*
 * Is a member left out?  Version 9 grew at its end, so that older writers lack
 * the last members.  Those before libs 0.10 also lack FIRST and SECOND, which
 * precede members that they have; their entries end within 29 bytes.
 */
static bool is_left_out(const struct cursor *c, const struct member *row,
			bool is_before_libs_0_10)
{
	enum { FIRST = 25, SECOND = 26 }; /* pidns_init_start_ns, tty */

	if (row->since < 9)
		return false;
	if (row->place == FIRST || row->place == SECOND)
		return is_before_libs_0_10;
	return cursor_left(c) < member_len(row);
}

/* Decodes a thread entry of any version of the process list. */
static void process(struct cursor *c, unsigned version, struct meta *meta)
{
	const struct member *rows[THREAD_PLACES];
	bool is_old = false, has_tail = false;

	meta->thread = meta_thread_unknown();
	members_by_place(rows);
	for (unsigned i = 0; i < THREAD_PLACES; i++) {
		if (rows[i]->since > version)
			continue;
		if (rows[i]->since == 9 && !has_tail) {
			has_tail = true;
			is_old = cursor_left(c) <= 29;
		}
		if (!is_left_out(c, rows[i], is_old))
			process_member(c, rows[i], meta);
	}
}

static void socket_fd(struct cursor *c, struct meta_fd *m)
{
	bool is_ipv6 = m->type == SCAP_FD_IPV6_SOCK ||
		       m->type == SCAP_FD_IPV6_SERVSOCK;

	address(c, m->sip, is_ipv6);
	if (m->type == SCAP_FD_IPV4_SOCK || m->type == SCAP_FD_IPV6_SOCK)
		address(c, m->dip, is_ipv6);
	m->sport = cursor_u16(c);
	if (m->type == SCAP_FD_IPV4_SOCK || m->type == SCAP_FD_IPV6_SOCK)
		m->dport = cursor_u16(c);
	m->l4proto = cursor_u8(c);
}

/*
 * Decodes an entry; false: a type that cannot be decoded (V2 skips it by its
 * length).
 */
static bool fd_entry(struct cursor *c, struct meta_fd *m)
{
	m->fd = (int64_t)cursor_u64(c);
	m->ino = cursor_u64(c);
	m->type = cursor_u8(c);
	switch (m->type) {
	case SCAP_FD_IPV4_SOCK:
	case SCAP_FD_IPV6_SOCK:
	case SCAP_FD_IPV4_SERVSOCK:
	case SCAP_FD_IPV6_SERVSOCK:
		socket_fd(c, m);
		return true;
	case SCAP_FD_UNIX_SOCK:
		m->unix_source = cursor_u64(c);
		m->unix_dest = cursor_u64(c);
		m->name = text(c, TEXT_MAX);
		return true;
	case SCAP_FD_FILE_V2:
		m->open_flags = cursor_u32(c);
		m->name = text(c, TEXT_MAX);
		return true;
	case SCAP_FD_UNKNOWN:
		return true;
	default:
		if (m->type > SCAP_FD_PIDFD)
			return false;
		m->name = text(c, TEXT_MAX);
		return true;
	}
}

bool meta_block_begin(struct meta_block *b, uint32_t type, struct bytes body)
{
	*b = (struct meta_block){ .type = type,
				  .at = cursor_of(body.data, body.len) };
	b->version = process_version(type);
	if (type == BLOCK_FDS || type == BLOCK_FDS_V2)
		b->tid = (int64_t)cursor_u64(&b->at);
	return b->version || type == BLOCK_MACHINE || type == BLOCK_FDS ||
	       type == BLOCK_FDS_V2 || type == BLOCK_INTERFACES ||
	       type == BLOCK_INTERFACES_V2 || type == BLOCK_USERS ||
	       type == BLOCK_USERS_V2;
}

/* The bytes of the next entry, by its own length if it has one. */
static struct cursor entry_cursor(struct meta_block *b)
{
	uint32_t len;
	uint32_t itself = b->type == BLOCK_INTERFACES_V2 ? 0 : 4;
	struct bytes entry;

	if (b->type != BLOCK_FDS_V2 && b->type != BLOCK_USERS_V2 &&
	    b->type != BLOCK_INTERFACES_V2 && b->version < 9)
		return b->at;
	len = cursor_u32(&b->at);
	if (len < itself)
		b->at.failed = true;
	entry = cursor_take(&b->at, len < itself ? 0 : len - itself);
	return cursor_of(entry.data, entry.len);
}

/* Decodes one entry of a metadata block. */
static void entry_read(struct meta_block *b, struct cursor *c)
{
	struct meta *meta = &b->meta;
	bool has_len = b->type == BLOCK_FDS_V2;

	memset(meta, 0, sizeof(*meta));
	if (b->version) {
		meta->kind = META_THREAD;
		process(c, b->version, meta);
	} else if (b->type == BLOCK_MACHINE) {
		meta->kind = META_MACHINE;
		machine(c, &meta->machine);
	} else if (b->type == BLOCK_USERS || b->type == BLOCK_USERS_V2) {
		user_or_group(c, meta);
	} else if (b->type == BLOCK_FDS || b->type == BLOCK_FDS_V2) {
		meta->kind = META_FD;
		meta->fd.tid = b->tid;
		if (!fd_entry(c, &meta->fd)) {
			c->failed |= !has_len;
			meta->fd.type = SCAP_FD_UNSUPPORTED;
		} else if (has_len && meta->fd.type == SCAP_FD_FILE_V2) {
			meta->fd.dev = cursor_left(c) < 4 ? 0 : cursor_u32(c);
		}
	} else {
		meta->kind = META_INTERFACE;
		interface(c, &meta->interface);
	}
}

int meta_block_next(struct meta_block *b, struct error *err)
{
	bool bounded = b->type == BLOCK_FDS_V2 || b->type == BLOCK_USERS_V2 ||
		       b->type == BLOCK_INTERFACES_V2 || b->version >= 9;
	struct cursor c;

	if (b->at.failed)
		return error_set(err, ERROR_FORMAT,
				 "metadata block 0x%x is damaged", b->type);
	if (cursor_left(&b->at) < 4)
		return 0;
	c = entry_cursor(b);
	entry_read(b, &c);
	if (!bounded)
		b->at = c;
	if (b->at.failed || c.failed) {
		b->at.failed = true;
		return error_set(err, ERROR_FORMAT,
				 "metadata block 0x%x is damaged", b->type);
	}
	return 1;
}
