/* SPDX-License-Identifier: Apache-2.0 */
/* What the writer writes, the reader reads: all blocks, frames, damage. */
#include <CUnit/CUnit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/event/ppm_constants.h"
#include "core/file/parts.h"
#include "tests/unit/suites.h"

enum { EVENTS = 3000 };

/* clang-format off */
#define TEXT(t) { (const uint8_t *)(t), sizeof(t) - 1 }
/* clang-format on */

static char path[] = "/tmp/spoor-file-XXXXXX";

static void put_meta(struct writer *w, const struct meta *meta)
{
	struct item item = { .kind = ITEM_META, .meta = meta };
	struct error err;

	CU_ASSERT_FATAL(!sink_put(writer_sink(w), &item, &err));
}

static void put_start(struct writer *w)
{
	struct meta meta = { .kind = META_SECTION };

	put_meta(w, &meta);
	meta = (struct meta){ .kind = META_MACHINE };
	meta.machine = (struct meta_machine){ .cpu_count = 3,
					      .hostname = TEXT("box"),
					      .memory_len = 1u << 31 };
	put_meta(w, &meta);
	meta = (struct meta){ .kind = META_INTERFACE };
	meta.interface = (struct meta_interface){ .is_ipv6 = true,
						  .addr = { 0xfe, 0x80 },
						  .name = TEXT("eth0") };
	put_meta(w, &meta);
	meta = (struct meta){ .kind = META_USER };
	meta.user = (struct meta_user){ 1000, 100, TEXT("ann"), TEXT("/home"),
					TEXT("/bin/sh") };
	put_meta(w, &meta);
	meta = (struct meta){ .kind = META_GROUP };
	meta.group = (struct meta_group){ 100, TEXT("users") };
	put_meta(w, &meta);
	meta = (struct meta){ .kind = META_THREAD };
	meta.thread = meta_thread_unknown();
	meta.thread.tid = meta.thread.pid = 42;
	meta.thread.comm = (struct bytes)TEXT("sh");
	meta.thread.args = (struct bytes){ (const uint8_t *)"-c\0x\0", 5 };
	meta.thread.cap_effective = 0x1ffffffffff;
	meta.thread.exe_from_memfd = true;
	meta.thread.pgid = 41;
	put_meta(w, &meta);
	meta = (struct meta){ .kind = META_FD };
	meta.fd = (struct meta_fd){ .tid = 42,
				    .fd = 5,
				    .sport = 80,
				    .type = SCAP_FD_IPV4_SOCK,
				    .dport = 9,
				    .sip = { 10, 0, 0, 1 },
				    .l4proto = 2,
				    .dip = { 10, 0, 0, 2 },
				    .ino = 77 };
	put_meta(w, &meta);
	meta = (struct meta){ .kind = META_EVENTS };
	put_meta(w, &meta);
}

static void put_event(struct writer *w, uint64_t i)
{
	static const char data[] = "some data of a read";
	const int64_t res = sizeof(data), fd = 5;
	const uint32_t size = 4096;
	struct item item = { .kind = ITEM_EVENT };
	struct error err;

	item.event = (struct event){
		.ts_ns = 1000 + i,
		.tid = 42,
		.code = PPME_SYSCALL_READ_X,
		.count = 4,
		.cpu = (uint16_t)(i % 4),
		.flags = i % 7 ? 0 : EVENT_STATE_ONLY,
		.params = { { (const uint8_t *)&res, 8 },
			    { (const uint8_t *)data, i % sizeof(data) },
			    { (const uint8_t *)&fd, 8 },
			    { (const uint8_t *)&size, 4 } }
	};
	CU_ASSERT_FATAL(!sink_put(writer_sink(w), &item, &err));
}

static void write_capture(bool plain, bool keyframes)
{
	const struct writer_options options = { .force = true,
						.plain = plain,
						.frame_len = 16 * 1024 };
	struct buffer image = { 0 };
	struct writer *w;
	struct error err;

	if (strstr(path, "XXXXXX"))
		close(mkstemp(path));
	CU_ASSERT_FATAL(!writer_open(&w, path, &options, &err));
	put_start(w);
	for (uint64_t i = 1; i <= EVENTS; i++) {
		struct resume_point point = { i, 1001, 1000 + i };

		put_event(w, i);
		if (keyframes && i % 1000 == 0)
			writer_keyframe(w, &point, &image, &err);
	}
	CU_ASSERT_FATAL(!writer_sink(w)->finish(writer_sink(w), &err));
	writer_close(w);
}

/* Counts of what a reader gave. */
struct seen {
	uint64_t metas[META_EVENTS + 1], events, state_only, last_num, errors;
	struct file_stats stats;
	uint64_t gaps, missing; /* told, and events in them */
};

static void look(struct seen *s, const struct item *item)
{
	const struct event *e = &item->event;

	if (item->kind == ITEM_META) {
		s->metas[item->meta->kind]++;
		return;
	}
	s->events++;
	s->state_only += e->flags & EVENT_STATE_ONLY;
	s->last_num = e->num;
	CU_ASSERT_EQUAL(e->count, 4);
	CU_ASSERT_EQUAL(event_int(e, 3, 0), 4096);
	CU_ASSERT_EQUAL(e->cpu, (e->ts_ns - 1000) % 4);
	CU_ASSERT_EQUAL(e->params[1].len,
			(e->ts_ns - 1000) % sizeof("some data of a read"));
}

static void read_all(struct reader *reader, struct seen *s)
{
	static struct item item;
	struct error err;
	int code;

	while ((code = source_next(reader_source(reader), &item, &err)) > 0)
		look(s, &item);
	s->errors += code < 0;
	s->stats = *reader_stats(reader);
	s->gaps += reader_evidence(reader)->count;
	for (size_t i = 0; i < reader_evidence(reader)->count; i++)
		s->missing += reader_evidence(reader)->gaps[i].events;
	reader_close(reader);
}

static void check_whole(void)
{
	struct seen s = { 0 };
	struct reader *reader;
	struct error err;

	CU_ASSERT_FATAL(!reader_open(&reader, path, NULL, &err));
	read_all(reader, &s);
	CU_ASSERT_EQUAL(s.events, EVENTS);
	CU_ASSERT_EQUAL(s.last_num, EVENTS);
	CU_ASSERT_EQUAL(s.state_only, EVENTS / 7);
	CU_ASSERT_EQUAL(s.stats.numbered, EVENTS);
	CU_ASSERT_EQUAL(s.stats.events, EVENTS - EVENTS / 7);
	CU_ASSERT_EQUAL(s.errors, 0);
	for (int kind = META_SECTION; kind <= META_EVENTS; kind++)
		CU_ASSERT_EQUAL(s.metas[kind], 1);
}

static void test_zstd(void)
{
	write_capture(false, false);
	check_whole();
}

static void test_plain(void)
{
	write_capture(true, false);
	check_whole();
}

static void test_members(void)
{
	static struct item item;
	struct reader *reader;
	struct error err;

	write_capture(false, false);
	CU_ASSERT_FATAL(!reader_open(&reader, path, NULL, &err));
	while (source_next(reader_source(reader), &item, &err) > 0 &&
	       item.kind == ITEM_META) {
		const struct meta *m = item.meta;

		if (m->kind == META_THREAD) {
			CU_ASSERT_EQUAL(m->thread.tid, 42);
			CU_ASSERT_EQUAL(m->thread.pgid, 41);
			CU_ASSERT_EQUAL(m->thread.args.len, 5);
			CU_ASSERT_TRUE(m->thread.exe_from_memfd);
			CU_ASSERT_EQUAL(m->thread.cap_effective, 0x1ffffffffff);
		} else if (m->kind == META_FD) {
			CU_ASSERT_EQUAL(m->fd.sport, 80);
			CU_ASSERT_EQUAL(m->fd.dip[3], 2);
			CU_ASSERT_EQUAL(m->fd.tid, 42);
		} else if (m->kind == META_INTERFACE) {
			CU_ASSERT_TRUE(m->interface.is_ipv6);
		} else if (m->kind == META_USER) {
			CU_ASSERT_EQUAL(m->user.shell.len, 7);
		}
	}
	reader_close(reader);
}

/* Writes a plain capture into a file of so many bytes at most; its length. */
static off_t write_limited(uint64_t events, rlim_t most)
{
	const struct writer_options options = { .force = true, .plain = true };
	struct rlimit before, limit;
	struct writer *w;
	struct error err;
	struct stat st;

	CU_ASSERT_FATAL(!getrlimit(RLIMIT_FSIZE, &before));
	limit = before;
	CU_ASSERT_FATAL(!writer_open(&w, path, &options, &err));
	put_start(w);
	for (uint64_t i = 1; i <= events; i++)
		put_event(w, i);
	limit.rlim_cur = most;
	setrlimit(RLIMIT_FSIZE, &limit);
	writer_sink(w)->finish(writer_sink(w), &err);
	setrlimit(RLIMIT_FSIZE, &before);
	writer_close(w);
	CU_ASSERT_FATAL(!stat(path, &st));
	return st.st_size;
}

/* A full disk: all blocks that are whole are kept, be it to the last byte. */
static void test_full_disk(void)
{
	void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
	off_t two = write_limited(2, RLIM_INFINITY);
	off_t three = write_limited(3, RLIM_INFINITY);

	CU_ASSERT(three > two);
	CU_ASSERT_EQUAL(write_limited(3, (rlim_t)three), three);
	CU_ASSERT_EQUAL(write_limited(3, (rlim_t)three - 1), two);
	CU_ASSERT_EQUAL(write_limited(3, (rlim_t)two), two);
	signal(SIGXFSZ, before);
}

/* Every part on its own: together they are the whole. */
static void test_parts(void)
{
	struct seen s = { 0 };
	struct parts *parts;
	struct error err;

	write_capture(false, true);
	check_whole();
	CU_ASSERT_FATAL(!parts_open(&parts, path, &err));
	CU_ASSERT_EQUAL(parts_count(parts), 1 + EVENTS / 1000);
	CU_ASSERT_TRUE(parts_health(parts).len > 0);
	for (unsigned i = 0; i < parts_count(parts); i++) {
		const struct part_run run = { i, i };
		struct resume_point point;
		struct reader *reader;

		CU_ASSERT_FATAL(
			!parts_reader(&reader, parts, &run, &point, &err));
		CU_ASSERT_EQUAL(point.events, i * 1000);
		CU_ASSERT_EQUAL(s.events, i * 1000);
		read_all(reader, &s);
	}
	CU_ASSERT_EQUAL(s.events, EVENTS);
	CU_ASSERT_EQUAL(s.last_num, EVENTS);
	CU_ASSERT_EQUAL(s.errors, 0);
	parts_close(parts);
}

/* A frame in the middle is destroyed: the frames behind it are read. */
static void test_salvage(void)
{
	struct seen s = { 0 };
	struct reader *reader;
	struct error err;
	FILE *file;

	write_capture(false, false);
	file = fopen(path, "r+b");
	fseek(file, 0, SEEK_END);
	fseek(file, ftell(file) / 2, SEEK_SET);
	fwrite("\xff\xff\xff\xff\xff\xff\xff\xff", 8, 1, file);
	fclose(file);
	CU_ASSERT_FATAL(!reader_open(&reader, path, NULL, &err));
	read_all(reader, &s);
	CU_ASSERT_TRUE(s.events > EVENTS / 2 && s.events < EVENTS);
	CU_ASSERT_EQUAL(s.last_num, EVENTS);
	CU_ASSERT_EQUAL(s.errors, 0);
	CU_ASSERT_EQUAL(s.gaps, 1);
	CU_ASSERT_EQUAL(s.missing, EVENTS - s.events);
	unlink(path);
}

static enum writer_fate fate(uint16_t code, uint16_t call)
{
	struct event event = { .code = code,
			       .count = 1,
			       .params = { { (uint8_t *)&call, 2 } } };

	struct compat *compat = compat_new();
	enum writer_fate result = writer_fate(compat, &event);

	CU_ASSERT_EQUAL(writer_fate(NULL, &event), WRITER_SHOWN);
	free(compat);
	return result;
}

/* sysdig 0.29 prints nothing of internal kinds, nor of those from 336 on that
 * have no older form. */
static void test_fates(void)
{
	CU_ASSERT_EQUAL(fate(PPME_SYSCALL_OPENAT_2_X, 0), WRITER_SHOWN);
	CU_ASSERT_EQUAL(fate(PPME_SYSCALL_CAPSET_X, 0), WRITER_LEFT_OUT);
	CU_ASSERT_EQUAL(fate(PPME_SYSCALL_DUP3_X, 0), WRITER_SHOWN);
	CU_ASSERT_EQUAL(fate(PPME_SYSCALL_MEMFD_CREATE_X, 0), WRITER_LEFT_OUT);
	CU_ASSERT_EQUAL(fate(PPME_PROCINFO_E, 0), WRITER_HIDDEN);
	CU_ASSERT_EQUAL(fate(PPME_GENERIC_X, 340), WRITER_SHOWN);
	CU_ASSERT_EQUAL(fate(PPME_GENERIC_X, 341), WRITER_UNNAMED);
}

/* clang-format off */
CU_TestInfo tests_file[] = {
	{ "zstd frames", test_zstd },
	{ "a plain capture", test_plain },
	{ "members of metadata", test_members },
	{ "a full disk keeps whole blocks", test_full_disk },
	{ "parts between keyframes", test_parts },
	{ "a destroyed frame", test_salvage },
	{ "what an old reader shows", test_fates },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
