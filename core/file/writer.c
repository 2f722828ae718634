/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The writer: items become blocks of the current dialect, gathered into zstd
 * frames of whole blocks; a seek table and a health record close the file.
 * doc/capture-format.md.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zstd.h>

#include "core/arena.h"
#include "core/event/ppm_constants.h"
#include "core/file/file.h"
#include "core/file/frames.h"
#include "core/file/keyframe.h"
#include "core/file/layout.h"

/* clang-format off */
enum {
	FRAME_LEN = 1024 * 1024, FLUSH_MS = 1000, LEVEL = 3,
	LIST_LEN = 48 * 1024, /* metadata blocks stay below 64 KiB */
	EVENT_BLOCK_MAX = 65000, /* parameters of one; so do theirs */
	SEEK_TABLE_MAGIC = 0x184D2A5E,
	CODES_0_29 = 362, SC_0_29 = 341, /* what sysdig 0.29 knows */
	TEXT_MAX = 1023, LIST_TEXT_MAX = 4096, NAME_MAX_LEN = 255
};
/* clang-format on */

struct frame_entry {
	uint32_t packed_len, len;
};

struct writer {
	struct event_sink sink;
	struct writer_options options;
	char *path;
	int fd;
	ZSTD_CCtx *zstd;
	struct buffer frame; /* blocks not yet on disk */
	struct buffer packed;
	struct buffer list; /* entries of the metadata block being made */
	uint32_t list_type; /* 0: none */
	int64_t list_tid;
	struct frame_entry *frames;
	size_t frame_count, frame_capacity;
	uint64_t frame_began_ms, len, events, drops, first_ns, last_ns;
	const char *engine;
	struct frame_index *index; /* NULL: nobody noted an event */
	bool finished, failed;
	uint16_t nparams_max[EVENT_KIND_COUNT]; /* compat: known parameters */
};

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

static int write_all(struct writer *w, const void *data, size_t len,
		     struct error *err)
{
	const uint8_t *at = data;

	while (len) {
		ssize_t n = write(w->fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			w->failed = true;
			return error_errno(err, "%s: cannot be written",
					   w->path);
		}
		at += n;
		len -= (size_t)n;
		w->len += (uint64_t)n;
	}
	return 0;
}

static void add_entry(struct writer *w, uint32_t packed_len, uint32_t len)
{
	w->frames = mem_grow(w->frames, &w->frame_capacity, w->frame_count + 1,
			     sizeof(*w->frames));
	w->frames[w->frame_count++] = (struct frame_entry){ packed_len, len };
}

/* Puts the gathered blocks on disk as one complete frame. */
static int flush_frame(struct writer *w, struct error *err)
{
	size_t bound = ZSTD_compressBound(w->frame.len);
	size_t n;

	w->frame_began_ms = now_ms();
	if (!w->frame.len || w->failed)
		return 0;
	if (w->options.plain) {
		n = w->frame.len;
		w->frame.len = 0;
		return write_all(w, w->frame.data, n, err);
	}
	w->packed.len = 0;
	n = ZSTD_compressCCtx(w->zstd, buffer_reserve(&w->packed, bound), bound,
			      w->frame.data, w->frame.len, w->options.level);
	if (ZSTD_isError(n))
		return error_set(err, EIO, "%s: zstd: %s", w->path,
				 ZSTD_getErrorName(n));
	add_entry(w, (uint32_t)n, (uint32_t)w->frame.len);
	w->frame.len = 0;
	if (w->index)
		frame_index_end_frame(w->index, w->len);
	return write_all(w, w->packed.data, n, err);
}

/* Starts a block; end_block puts its length and closes it. */
static size_t begin_block(struct writer *w, uint32_t type)
{
	size_t at = w->frame.len;

	buffer_u32(&w->frame, type);
	buffer_u32(&w->frame, 0);
	return at;
}

static void end_block(struct writer *w, size_t at)
{
	static const uint8_t zero[4];
	uint32_t len;

	buffer_put(&w->frame, zero, -(w->frame.len - at) & 3);
	len = (uint32_t)(w->frame.len - at) + 4;
	buffer_u32(&w->frame, len);
	memcpy(w->frame.data + at + 4, &len, sizeof(len));
}

/* Closes the metadata block whose entries were gathered. */
static void flush_list(struct writer *w)
{
	size_t at;

	if (!w->list_type)
		return;
	at = begin_block(w, w->list_type);
	if (w->list_type == BLOCK_FDS_V2)
		buffer_u64(&w->frame, (uint64_t)w->list_tid);
	buffer_put(&w->frame, w->list.data, w->list.len);
	end_block(w, at);
	w->list.len = 0;
	w->list_type = 0;
}

static void want_list(struct writer *w, uint32_t type, int64_t tid)
{
	if (w->list_type == type && w->list_tid == tid &&
	    w->list.len < LIST_LEN)
		return;
	flush_list(w);
	w->list_type = type;
	w->list_tid = tid;
}

static void put_text(struct buffer *b, struct bytes text, size_t limit)
{
	size_t len = text.len < limit ? text.len : limit;

	buffer_u16(b, (uint16_t)len);
	buffer_put(b, text.data, len);
}

static void put_section(struct writer *w)
{
	size_t at = begin_block(w, BLOCK_SECTION);

	buffer_u32(&w->frame, SECTION_MAGIC);
	buffer_u16(&w->frame, 1);
	buffer_u16(&w->frame, 2);
	buffer_u64(&w->frame, UINT64_MAX);
	end_block(w, at);
}

static void put_machine(struct writer *w, const struct meta_machine *m)
{
	uint8_t name[128] = { 0 };
	size_t len = m->hostname.len < 127 ? m->hostname.len : 127;
	size_t at = begin_block(w, BLOCK_MACHINE);

	if (len)
		memcpy(name, m->hostname.data, len);
	buffer_u32(&w->frame, m->cpu_count);
	buffer_u64(&w->frame, m->memory_len);
	buffer_u64(&w->frame, m->max_pid);
	buffer_put(&w->frame, name, sizeof(name));
	buffer_u64(&w->frame, m->boot_ns);
	buffer_u64(&w->frame, m->flags);
	buffer_u64(&w->frame, 0);
	buffer_u64(&w->frame, 0);
	end_block(w, at);
}

/* Starts an entry with its own length; end_entry fills it in. */
static size_t begin_entry(struct writer *w)
{
	buffer_u32(&w->list, 0);
	return w->list.len - 4;
}

static void end_entry(struct writer *w, size_t at, bool counts_itself)
{
	uint32_t len = (uint32_t)(w->list.len - at) - (counts_itself ? 0 : 4);

	memcpy(w->list.data + at, &len, sizeof(len));
}

static void put_interface(struct writer *w, const struct meta_interface *m)
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

static void put_user(struct writer *w, const struct meta_user *m)
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

static void put_group(struct writer *w, const struct meta_group *m)
{
	size_t at;

	want_list(w, BLOCK_USERS_V2, 0);
	at = begin_entry(w);
	buffer_u8(&w->list, 1);
	buffer_u32(&w->list, m->gid);
	put_text(&w->list, m->name, NAME_MAX_LEN);
	end_entry(w, at, true);
}

static void put_process_tail(struct buffer *b, const struct meta_thread *m)
{
	buffer_u64(b, m->pidns_init_start_ns);
	buffer_u32(b, m->tty);
	buffer_u32(b, m->loginuid);
	buffer_u8(b, m->exe_writable);
	buffer_u64(b, m->cap_inheritable);
	buffer_u64(b, m->cap_permitted);
	buffer_u64(b, m->cap_effective);
	buffer_u8(b, m->exe_upper_layer);
	buffer_u64(b, m->exe_ino);
	buffer_u64(b, m->exe_ino_ctime);
	buffer_u64(b, m->exe_ino_mtime);
	buffer_u8(b, m->exe_from_memfd);
	buffer_u8(b, m->exe_lower_layer);
	buffer_u64(b, (uint64_t)m->pgid);
}

static void put_thread(struct writer *w, const struct meta_thread *m)
{
	struct buffer *b = &w->list;
	size_t at;

	want_list(w, BLOCK_PROCESSES_V9, 0);
	at = begin_entry(w);
	buffer_u64(b, (uint64_t)m->tid);
	buffer_u64(b, (uint64_t)m->pid);
	buffer_u64(b, (uint64_t)m->ptid);
	buffer_u64(b, (uint64_t)m->sid);
	buffer_u64(b, (uint64_t)m->vpgid);
	put_text(b, m->comm, TEXT_MAX);
	put_text(b, m->exe, TEXT_MAX);
	put_text(b, m->exepath, TEXT_MAX);
	put_text(b, m->args, LIST_TEXT_MAX);
	put_text(b, m->cwd, TEXT_MAX);
	buffer_u64(b, (uint64_t)m->fdlimit);
	buffer_u32(b, m->flags);
	buffer_u32(b, m->uid);
	buffer_u32(b, m->gid);
	buffer_u32(b, m->vmsize_kb);
	buffer_u32(b, m->vmrss_kb);
	buffer_u32(b, m->vmswap_kb);
	buffer_u64(b, m->pfmajor);
	buffer_u64(b, m->pfminor);
	put_text(b, m->env, LIST_TEXT_MAX);
	buffer_u64(b, (uint64_t)m->vtid);
	buffer_u64(b, (uint64_t)m->vpid);
	put_text(b, m->cgroups, LIST_TEXT_MAX);
	put_text(b, m->root, TEXT_MAX);
	put_process_tail(b, m);
	end_entry(w, at, true);
}

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

static void put_fd(struct writer *w, const struct meta_fd *m)
{
	struct buffer *b = &w->list;
	size_t at;

	if (m->type == SCAP_FD_UNKNOWN ||
	    (w->options.compat == WRITER_SYSDIG_0_29 &&
	     m->type > SCAP_FD_FILE_V2))
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

static void put_meta(struct writer *w, const struct meta *meta)
{
	switch (meta->kind) {
	case META_SECTION:
		flush_list(w);
		put_section(w);
		break;
	case META_MACHINE:
		flush_list(w);
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
		put_thread(w, &meta->thread);
		break;
	case META_FD:
		put_fd(w, &meta->fd);
		break;
	case META_EVENTS:
		flush_list(w);
		break;
	}
}

/* Can this event be written?  Old readers know fewer, shorter events. */
static uint32_t params_to_write(const struct writer *w,
				const struct event *event)
{
	uint32_t known = w->nparams_max[event->code];

	return event->count < known ? event->count : known;
}

/* sysdig 0.29 crashes on codes of system calls that it does not know. */
static void put_param(struct writer *w, const struct event *event, uint32_t i,
		      size_t len)
{
	struct bytes p = { event->params[i].data, len };
	uint16_t sc = 0;

	if (w->options.compat == WRITER_SYSDIG_0_29 && !i && p.len == 2 &&
	    event->code == PPME_GENERIC_X && load_u16(p.data) >= SC_0_29)
		p.data = (uint8_t *)&sc;
	buffer_put(&w->frame, p.data, p.len);
}

/*
 * How much of each parameter is written; returns the sum.  Blocks of ordinary
 * events hold 64 KiB: what is longer loses of its longest parameter.
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

static void put_event(struct writer *w, const struct event *event)
{
	size_t lens[EVENT_PARAMS_MAX];
	uint32_t count = params_to_write(w, event);
	bool large = event_kind(event)->flags & EF_LARGE_PAYLOAD;
	uint32_t type =
		event->flags & EVENT_STATE_ONLY
			? (large ? BLOCK_EVENT_FLAGS_V2_LARGE
				 : BLOCK_EVENT_FLAGS_V2)
			: (large ? BLOCK_EVENT_V2_LARGE : BLOCK_EVENT_V2);
	uint32_t len = 26 + count * (large ? 4 : 2);
	size_t at = begin_block(w, type);
	struct buffer *b = &w->frame;

	len += (uint32_t)fit_params(event, count, large, lens);
	buffer_reserve(b, len + 32);
	buffer_u16(b, event->cpu);
	if (event->flags & EVENT_STATE_ONLY)
		buffer_u32(b, EVENT_STATE_ONLY);
	buffer_u64(b, event->ts_ns);
	buffer_u64(b, (uint64_t)event->tid);
	buffer_u32(b, len);
	buffer_u16(b, event->code);
	buffer_u32(b, count);
	for (uint32_t i = 0; i < count; i++)
		if (large)
			buffer_u32(b, (uint32_t)lens[i]);
		else
			buffer_u16(b, (uint16_t)lens[i]);
	for (uint32_t i = 0; i < count; i++)
		put_param(w, event, i, lens[i]);
	end_block(w, at);
	w->events++;
	if (!w->first_ns)
		w->first_ns = event->ts_ns;
	w->last_ns = event->ts_ns;
}

static int writer_put(struct event_sink *sink, const struct item *item,
		      struct error *err)
{
	struct writer *w = (struct writer *)sink;

	if (w->failed)
		return error_set(err, EIO, "%s: writing failed before",
				 w->path);
	if (item->kind == ITEM_META)
		put_meta(w, item->meta);
	else if (w->nparams_max[item->event.code] != UINT16_MAX)
		put_event(w, &item->event);
	if (w->frame.len >= w->options.frame_len)
		return flush_frame(w, err);
	if (item->kind == ITEM_EVENT && !(w->events & 63))
		return writer_tick(w, err);
	return 0;
}

int writer_tick(struct writer *w, struct error *err)
{
	if (!w->frame.len || w->list_type ||
	    now_ms() - w->frame_began_ms < w->options.flush_ms)
		return 0;
	return flush_frame(w, err);
}

/* A skippable frame: for the seek table it is one without data. */
static int write_side_frame(struct writer *w, const struct buffer *frame,
			    struct error *err)
{
	add_entry(w, (uint32_t)frame->len, 0);
	return write_all(w, frame->data, frame->len, err);
}

void writer_note(struct writer *w, const struct event *event,
		 const struct frame_subject *subject)
{
	if (w->options.plain || w->options.compat != WRITER_CURRENT)
		return;
	if (!w->index && w->events)
		return; /* too late: it would not know all frames */
	if (!w->index)
		w->index = frame_index_new();
	frame_index_note(w->index, event, subject);
}

/* What the index knows of the frames since it was written last. */
static int write_index(struct writer *w, struct error *err)
{
	struct buffer frame = { 0 };
	int result = 0;

	if (w->index)
		frame_index_write(w->index, &frame);
	if (frame.len)
		result = write_side_frame(w, &frame, err);
	buffer_free(&frame);
	return result;
}

int writer_keyframe(struct writer *w, const struct resume_point *at,
		    const struct buffer *image, struct error *err)
{
	const struct keyframe_head head = { .at = *at };
	struct buffer frame = { 0 };
	int result;

	if (w->options.plain || w->failed)
		return 0;
	if (flush_frame(w, err))
		return -1;
	keyframe_write(&frame, &head, image);
	result = write_index(w, err);
	if (!result)
		result = write_side_frame(w, &frame, err);
	buffer_free(&frame);
	return result;
}

/* What spoor alone reads: how the recording went. */
static int write_health(struct writer *w, struct error *err)
{
	struct buffer b = { 0 };
	int result;

	buffer_u32(&b, HEALTH_MAGIC);
	buffer_u32(&b, 0);
	buffer_printf(&b,
		      "{\"format\":1,\"engine\":\"%s\",\"events\":%" PRIu64
		      ",\"drops\":%" PRIu64 ",\"first_ns\":%" PRIu64
		      ",\"last_ns\":%" PRIu64 ",\"clock\":\"realtime\"}",
		      w->engine ? w->engine : "", w->events, w->drops,
		      w->first_ns, w->last_ns);
	memcpy(b.data + 4, &(uint32_t){ (uint32_t)b.len - 8 }, 4);
	result = write_side_frame(w, &b, err);
	buffer_free(&b);
	return result;
}

/* The seek table of the zstd seekable format, last in the file. */
static int write_seek_table(struct writer *w, struct error *err)
{
	struct buffer b = { 0 };
	int result;

	buffer_u32(&b, SEEK_TABLE_MAGIC);
	buffer_u32(&b, (uint32_t)(w->frame_count * 8 + 9));
	for (size_t i = 0; i < w->frame_count; i++) {
		buffer_u32(&b, w->frames[i].packed_len);
		buffer_u32(&b, w->frames[i].len);
	}
	buffer_u32(&b, (uint32_t)w->frame_count);
	buffer_u8(&b, 0);
	buffer_u32(&b, seekable_magic);
	result = write_all(w, b.data, b.len, err);
	buffer_free(&b);
	return result;
}

static int writer_finish(struct event_sink *sink, struct error *err)
{
	struct writer *w = (struct writer *)sink;

	if (w->finished)
		return 0;
	w->finished = true;
	flush_list(w);
	if (flush_frame(w, err))
		return -1;
	if (w->options.plain || w->failed)
		return 0;
	if (write_index(w, err) || write_health(w, err))
		return -1;
	return write_seek_table(w, err);
}

static void writer_sink_close(struct event_sink *sink)
{
	writer_close((struct writer *)sink);
}

/*
 * How many parameters of each code the reader knows; UINT16_MAX: it does not
 * know the code.  sysdig 0.29 knows the layouts from before system calls had
 * only exit events: those whose upgrade takes parameters from the enter event.
 */

static void fill_known(struct writer *w)
{
	bool old = w->options.compat == WRITER_SYSDIG_0_29;

	for (int i = 0; i < EVENT_KIND_COUNT; i++)
		w->nparams_max[i] = old && i >= CODES_0_29
					    ? UINT16_MAX
					    : event_kinds[i].nparams;
	for (unsigned i = 0; old && i < converter_rule_count; i++) {
		const struct converter_rule *r = &converter_rules[i];
		uint16_t *max = &w->nparams_max[r->code];
		bool from_enter = false;

		for (unsigned s = 0; s < r->step_count; s++)
			from_enter |= r->steps[s].source == CONVERT_ENTER;
		if (r->action != CONVERT_ADD_PARAMS || r->nparams >= *max ||
		    *max == UINT16_MAX)
			continue;
		if (from_enter || *max == event_kinds[r->code].nparams)
			*max = r->nparams;
	}
	if (old)
		w->nparams_max[PPME_SYSCALL_OPEN_X] = 5;
}

int writer_open(struct writer **ret_writer, const char *path,
		const struct writer_options *options, struct error *err)
{
	struct writer *w = mem_zalloc(sizeof(*w));
	int flags = O_WRONLY | O_CREAT | O_CLOEXEC;

	if (options)
		w->options = *options;
	if (!w->options.frame_len)
		w->options.frame_len = FRAME_LEN;
	if (!w->options.flush_ms)
		w->options.flush_ms = FLUSH_MS;
	if (!w->options.level)
		w->options.level = LEVEL;
	w->sink.put = writer_put;
	w->sink.finish = writer_finish;
	w->sink.close = writer_sink_close;
	w->path = mem_strdup(path);
	fill_known(w);
	w->zstd = ZSTD_createCCtx();
	w->fd = open(path, flags | (w->options.force ? O_TRUNC : O_EXCL), 0600);
	if (w->fd < 0) {
		if (errno == EEXIST)
			error_set(err, EEXIST,
				  "%s: exists already; --force overwrites it",
				  path);
		else
			error_errno(err, "%s: cannot be created", path);
		writer_close(w);
		return -1;
	}
	w->frame_began_ms = now_ms();
	*ret_writer = w;
	return 0;
}

struct event_sink *writer_sink(struct writer *writer)
{
	return &writer->sink;
}

void writer_set_engine(struct writer *writer, const char *engine)
{
	writer->engine = engine;
}

void writer_add_drops(struct writer *writer, uint64_t count)
{
	writer->drops += count;
}

uint64_t writer_len(const struct writer *writer)
{
	return writer->len;
}

void writer_close(struct writer *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	ZSTD_freeCCtx(w->zstd);
	buffer_free(&w->frame);
	buffer_free(&w->packed);
	buffer_free(&w->list);
	frame_index_free(w->index);
	free(w->frames);
	free(w->path);
	free(w);
}

/* Takes the seek table off the end of the file, if there is one. */
static int take_seek_table(struct writer *w, struct error *err)
{
	off_t end = lseek(w->fd, 0, SEEK_END);
	uint8_t footer[SEEK_FOOTER];
	struct buffer table = { 0 };
	uint32_t count;
	off_t start;

	if (end < SEEK_FOOTER ||
	    pread(w->fd, footer, SEEK_FOOTER, end - SEEK_FOOTER) !=
		    SEEK_FOOTER ||
	    load_u32(footer + 5) != seekable_magic || footer[4])
		return error_set(err, ERROR_FORMAT,
				 "%s: has no seek table: "
				 "not a capture that spoor finished",
				 w->path);
	count = load_u32(footer);
	start = end - SEEK_FOOTER - (off_t)count * 8 - SKIPPABLE_HEAD;
	if (start < 0 ||
	    pread(w->fd, buffer_reserve(&table, (size_t)count * 8 + 1),
		  (size_t)count * 8,
		  start + SKIPPABLE_HEAD) != (ssize_t)count * 8) {
		buffer_free(&table);
		return error_set(err, ERROR_FORMAT,
				 "%s: its seek table is damaged", w->path);
	}
	for (uint32_t i = 0; i < count; i++)
		add_entry(w, load_u32(table.data + (size_t)i * 8),
			  load_u32(table.data + (size_t)i * 8 + 4));
	buffer_free(&table);
	if (lseek(w->fd, start, SEEK_SET) < 0)
		return error_errno(err, "%s", w->path);
	return 0;
}

int capture_append(const char *path, const struct buffer *frames,
		   const uint32_t *lens, unsigned count, struct error *err)
{
	struct writer w = { .path = (char *)(uintptr_t)path };
	int result;

	w.fd = open(path, O_RDWR | O_CLOEXEC);
	if (w.fd < 0)
		return error_errno(err, "%s: cannot be changed", path);
	result = take_seek_table(&w, err);
	for (unsigned i = 0; i < count && !result; i++)
		add_entry(&w, lens[i], 0);
	if (!result)
		result = write_all(&w, frames->data, frames->len, err);
	if (!result)
		result = write_seek_table(&w, err);
	free(w.frames);
	close(w.fd);
	return result;
}
