/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Items become blocks of the current dialect, or of an old one; see blocks.h.
 * Metadata is collected into lists; each event is a block.
 */
#include "core/file/blocks.h"

#include <stdlib.h>
#include <string.h>

#include "core/event/numbers.h"
#include "core/event/ppm_constants.h"
#include "core/file/layout.h"
#include "core/file/members.h"

/* clang-format off */
enum {
	LIST_LEN = 48 * 1024, /* metadata blocks stay below 64 KiB */
	/* parameters of one event; likewise below 64 KiB */
	EVENT_BLOCK_MAX = 65000,
	TEXT_MAX = 1023, LIST_TEXT_MAX = 4096, NAME_MAX_LEN = 255
};
/* clang-format on */

/* Starts a block; end_block sets its length and completes it. */
static size_t begin_block(struct blocks *w, uint32_t type)
{
	size_t at = w->out.len;

	buffer_u32(&w->out, type);
	buffer_u32(&w->out, 0);
	return at;
}

static void end_block(struct blocks *w, size_t at)
{
	static const uint8_t zero[4];
	uint32_t len;

	buffer_put(&w->out, zero, -(w->out.len - at) & 3);
	len = (uint32_t)(w->out.len - at) + 4;
	buffer_u32(&w->out, len);
	memcpy(w->out.data + at + 4, &len, sizeof(len));
}

/* Closes the metadata block whose entries were gathered. */
void blocks_end_list(struct blocks *w)
{
	size_t at;

	if (!w->list_type)
		return;
	at = begin_block(w, w->list_type);
	if (w->list_type == BLOCK_FDS_V2)
		buffer_u64(&w->out, (uint64_t)w->list_tid);
	buffer_put(&w->out, w->list.data, w->list.len);
	end_block(w, at);
	w->list.len = 0;
	w->list_type = 0;
}

static void want_list(struct blocks *w, uint32_t type, int64_t tid)
{
	if (w->list_type == type && w->list_tid == tid &&
	    w->list.len < LIST_LEN)
		return;
	blocks_end_list(w);
	w->list_type = type;
	w->list_tid = tid;
}

static void put_text(struct buffer *b, struct bytes text, size_t limit)
{
	size_t len = text.len < limit ? text.len : limit;

	buffer_u16(b, (uint16_t)len);
	buffer_put(b, text.data, len);
}

static void put_section(struct blocks *w)
{
	size_t at = begin_block(w, BLOCK_SECTION);

	buffer_u32(&w->out, SECTION_MAGIC);
	buffer_u16(&w->out, 1);
	buffer_u16(&w->out, 2);
	buffer_u64(&w->out, UINT64_MAX);
	end_block(w, at);
}

static void put_machine(struct blocks *w, const struct meta_machine *m)
{
	uint8_t name[128] = { 0 };
	size_t len = m->hostname.len < 127 ? m->hostname.len : 127;
	size_t at = begin_block(w, BLOCK_MACHINE);

	if (len)
		memcpy(name, m->hostname.data, len);
	buffer_u32(&w->out, m->cpu_count);
	buffer_u64(&w->out, m->memory_len);
	buffer_u64(&w->out, m->max_pid);
	buffer_put(&w->out, name, sizeof(name));
	buffer_u64(&w->out, m->boot_ns);
	buffer_u64(&w->out, m->flags);
	buffer_u64(&w->out, 0);
	buffer_u64(&w->out, 0);
	end_block(w, at);
}

/* Starts an entry with its own length; end_entry fills it in. */
static size_t begin_entry(struct blocks *w)
{
	buffer_u32(&w->list, 0);
	return w->list.len - 4;
}

static void end_entry(struct blocks *w, size_t at, bool counts_itself)
{
	uint32_t len = (uint32_t)(w->list.len - at) - (counts_itself ? 0 : 4);

	memcpy(w->list.data + at, &len, sizeof(len));
}

static void put_interface(struct blocks *w, const struct meta_interface *m)
{
	size_t len = m->is_ipv6 ? 16 : 4;
	size_t name = m->name.len < TEXT_MAX ? m->name.len : TEXT_MAX;
	size_t at;

	want_list(w, BLOCK_INTERFACES_V2, 0);
	at = begin_entry(w);
	buffer_u16(&w->list, m->is_ipv6 ? 2 : 1);
	buffer_u16(&w->list, (uint16_t)name);
	buffer_put(&w->list, m->addr, len);
	buffer_put(&w->list, m->netmask, len);
	buffer_put(&w->list, m->broadcast, len);
	buffer_u64(&w->list, m->linkspeed);
	buffer_put(&w->list, m->name.data, name);
	end_entry(w, at, false);
}

static void put_user(struct blocks *w, const struct meta_user *m)
{
	size_t at;

	want_list(w, BLOCK_USERS_V2, 0);
	at = begin_entry(w);
	buffer_u8(&w->list, 0);
	buffer_u32(&w->list, m->uid);
	buffer_u32(&w->list, m->gid);
	put_text(&w->list, m->name, NAME_MAX_LEN);
	put_text(&w->list, m->home, NAME_MAX_LEN);
	put_text(&w->list, m->shell, NAME_MAX_LEN);
	end_entry(w, at, true);
}

static void put_group(struct blocks *w, const struct meta_group *m)
{
	size_t at;

	want_list(w, BLOCK_USERS_V2, 0);
	at = begin_entry(w);
	buffer_u8(&w->list, 1);
	buffer_u32(&w->list, m->gid);
	put_text(&w->list, m->name, NAME_MAX_LEN);
	end_entry(w, at, true);
}

static void put_thread(struct blocks *w, const struct meta *meta)
{
	const struct member *rows[THREAD_PLACES];
	size_t at;

	want_list(w, BLOCK_PROCESSES_V9, 0);
	at = begin_entry(w);
	members_by_place(rows);
	for (unsigned i = 0; i < THREAD_PLACES; i++)
		if (member_is_text(rows[i]))
			put_text(&w->list, member_text(meta, rows[i]),
				 rows[i]->kind == LIST ? LIST_TEXT_MAX
						       : TEXT_MAX);
		else
			member_put(&w->list, meta, rows[i]);
	end_entry(w, at, true);
}

/* Appends the addresses of an IP socket. */
static void put_socket(struct buffer *b, const struct meta_fd *m)
{
	bool six = m->type == SCAP_FD_IPV6_SOCK ||
		   m->type == SCAP_FD_IPV6_SERVSOCK;
	bool both =
		m->type == SCAP_FD_IPV4_SOCK || m->type == SCAP_FD_IPV6_SOCK;

	buffer_put(b, m->sip, six ? 16 : 4);
	if (both)
		buffer_put(b, m->dip, six ? 16 : 4);
	buffer_u16(b, m->sport);
	if (both)
		buffer_u16(b, m->dport);
	buffer_u8(b, m->l4proto);
}

/*
 * Appends a descriptor entry; none for a type that the dialect does not have.
 */
static void put_fd(struct blocks *w, const struct meta_fd *m)
{
	struct buffer *b = &w->list;
	size_t at;

	if (m->type == SCAP_FD_UNKNOWN ||
	    (w->compat && m->type > SCAP_FD_FILE_V2))
		return;
	want_list(w, BLOCK_FDS_V2, m->tid);
	at = begin_entry(w);
	buffer_u64(b, (uint64_t)m->fd);
	buffer_u64(b, m->ino);
	buffer_u8(b, m->type);
	if (m->type >= SCAP_FD_IPV4_SOCK && m->type <= SCAP_FD_IPV6_SERVSOCK) {
		put_socket(b, m);
	} else if (m->type == SCAP_FD_UNIX_SOCK) {
		buffer_u64(b, m->unix_source);
		buffer_u64(b, m->unix_dest);
		put_text(b, m->name, TEXT_MAX);
	} else if (m->type == SCAP_FD_FILE_V2) {
		buffer_u32(b, m->open_flags);
		put_text(b, m->name, TEXT_MAX);
		buffer_u32(b, m->dev);
	} else {
		put_text(b, m->name, TEXT_MAX);
	}
	end_entry(w, at, true);
}

void blocks_put_meta(struct blocks *w, const struct meta *meta)
{
	switch (meta->kind) {
	case META_SECTION:
		blocks_end_list(w);
		put_section(w);
		break;
	case META_MACHINE:
		blocks_end_list(w);
		put_machine(w, &meta->machine);
		break;
	case META_INTERFACE:
		put_interface(w, &meta->interface);
		break;
	case META_USER:
		put_user(w, &meta->user);
		break;
	case META_GROUP:
		put_group(w, &meta->group);
		break;
	case META_THREAD:
		put_thread(w, meta);
		break;
	case META_FD:
		put_fd(w, &meta->fd);
		break;
	case META_EVENTS:
		blocks_end_list(w);
		break;
	}
}

/* The number of parameters to write, 0: the dialect does not have the event. */
static uint32_t params_to_write(const struct blocks *w,
				const struct event *event)
{
	uint32_t known = w->nparams_max[event->code];

	return event->count < known ? event->count : known;
}

static uint8_t *store(uint8_t *at, const void *data, size_t len)
{
	memcpy(at, data, len);
	return at + len;
}

static uint8_t *store_u16(uint8_t *at, uint16_t v)
{
	return store(at, &v, sizeof(v));
}

static uint8_t *store_u32(uint8_t *at, uint32_t v)
{
	return store(at, &v, sizeof(v));
}

static uint8_t *store_u64(uint8_t *at, uint64_t v)
{
	return store(at, &v, sizeof(v));
}

/* Most parameters are numbers: those are stored without a call. */
static uint8_t *store_param(uint8_t *at, const uint8_t *data, size_t len)
{
	switch (len) {
	case 0:
		return at;
	case 4:
		return store(at, data, 4);
	case 8:
		return store(at, data, 8);
	default:
		return store(at, data, len);
	}
}

enum writer_fate writer_fate(const struct compat *compat,
			     const struct event *event)
{
	if (!compat)
		return WRITER_SHOWN;
	if (!compat_has_form(compat, event->code))
		return WRITER_LEFT_OUT;
	if (event->code == PPME_GENERIC_X && event->params[0].len == 2 &&
	    load_u16(event->params[0].data) >= COMPAT_CALLS)
		return WRITER_UNNAMED;
	return event_kind(event)->category & EC_INTERNAL ? WRITER_HIDDEN
							 : WRITER_SHOWN;
}

/*
 * Determines how many bytes of each parameter are written; returns the sum.
 * Blocks of ordinary events hold 64 KiB: beyond that, the longest parameter is
 * cut.
 */
static size_t fit_params(const struct event *event, uint32_t count, bool large,
			 size_t lens[EVENT_PARAMS_MAX])
{
	size_t room = large ? UINT32_MAX / 2 : EVENT_BLOCK_MAX;
	size_t sum = 0;

	for (uint32_t i = 0; i < count; i++)
		sum += lens[i] = event->params[i].len;
	while (sum > room) {
		uint32_t longest = 0;
		size_t cut = sum - room;

		for (uint32_t i = 1; i < count; i++)
			if (lens[i] > lens[longest])
				longest = i;
		if (cut > lens[longest])
			cut = lens[longest];
		lens[longest] -= cut;
		sum -= cut;
	}
	return sum;
}

static uint32_t block_type(bool large, bool flags)
{
	if (flags)
		return large ? BLOCK_EVENT_FLAGS_V2_LARGE
			     : BLOCK_EVENT_FLAGS_V2;
	return large ? BLOCK_EVENT_V2_LARGE : BLOCK_EVENT_V2;
}

/* Stores the parameters' lengths, then the parameters. */
static uint8_t *store_params(uint8_t *at, const struct event *event,
			     const size_t *lens, uint32_t count, bool large)
{
	for (uint32_t i = 0; i < count; i++)
		at = large ? store_u32(at, (uint32_t)lens[i])
			   : store_u16(at, (uint16_t)lens[i]);
	for (uint32_t i = 0; i < count; i++)
		at = store_param(at, event->params[i].data, lens[i]);
	return at;
}

/*
 * Appends an event with a single reservation of memory, because this is the
 * hot path.
 */
static void put_event(struct blocks *w, const struct event *event)
{
	static const uint8_t none[8];
	size_t lens[EVENT_PARAMS_MAX];
	uint32_t count = params_to_write(w, event);
	bool large = event_kind(event)->flags & EF_LARGE_PAYLOAD;
	bool flags = event->flags & EVENT_STATE_ONLY;
	size_t sum = fit_params(event, count, large, lens);
	uint32_t len = (uint32_t)(26 + count * (large ? 4 : 2) + sum);
	uint32_t block_len = ((8 + 2 + (flags ? 4 : 0) + len + 3) & ~3u) + 4;
	uint8_t *start = buffer_reserve(&w->out, block_len);
	uint8_t *at = store_u32(start, block_type(large, flags));
	uint8_t *params;

	at = store_u32(at, block_len);
	at = store_u16(at, event->cpu);
	if (flags)
		at = store_u32(at, EVENT_STATE_ONLY);
	at = store_u64(at, event->ts_ns);
	at = store_u64(at, (uint64_t)event->tid);
	at = store_u32(at, len);
	at = store_u16(at, event->code);
	at = store_u32(at, count);
	params = at + count * (large ? 4 : 2);
	at = store_params(at, event, lens, count, large);
	/* sysdig 0.29 crashes on codes of calls that it does not know. */
	if (count && writer_fate(w->compat, event) == WRITER_UNNAMED)
		store_u16(params, 0);
	at = store(at, none, (size_t)(start + block_len - 4 - at));
	store_u32(at, block_len);
	w->out.len += block_len;
}

bool blocks_put_event(struct blocks *w, const struct event *event)
{
	struct event filled, enter, exit;

	if (!w->compat) {
		put_event(w, event);
		return true;
	}
	if (!compat_has_form(w->compat, event->code))
		return false;
	filled = *event;
	event_fill_numbers(&filled, numbers_needed(EMPTY_NONE));
	if (compat_split(w->compat, &filled, &enter, &exit))
		put_event(w, &enter);
	put_event(w, &exit);
	return true;
}

/*
 * How many parameters of each code the reader knows: sysdig 0.29 none of those
 * that came later.
 */
static void fill_known(struct blocks *w)
{
	for (int i = 0; i < EVENT_KIND_COUNT; i++)
		w->nparams_max[i] = event_kinds[i].nparams;
	for (unsigned i = 0; w->compat && i < converter_rule_count; i++) {
		const struct converter_rule *r = &converter_rules[i];
		uint16_t *max = &w->nparams_max[r->code];

		if (r->action == CONVERT_ADD_PARAMS &&
		    !w->compat->rules[r->code] &&
		    *max == event_kinds[r->code].nparams && r->nparams < *max)
			*max = r->nparams;
	}
	if (w->compat)
		w->nparams_max[PPME_SYSCALL_OPEN_X] = 5;
}

void blocks_init(struct blocks *w, enum writer_compat compat)
{
	if (compat == WRITER_SYSDIG_0_29)
		w->compat = compat_new();
	fill_known(w);
}

void blocks_free(struct blocks *w)
{
	buffer_free(&w->out);
	buffer_free(&w->list);
	free(w->compat);
}
