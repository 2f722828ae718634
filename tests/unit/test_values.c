/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What fields give of single events: one row each, with an output format or a
 * condition.  The values are those of Falco 0.44.1 where doc/fields-falco.md
 * says nothing else.
 */
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/fields/getters.h"
#include "replay/rules/rules.h"
#include "tests/unit/suites.h"

#define NUMBER(type, n)                             \
 {                                                  \
  (const uint8_t *)&(const type){ n }, sizeof(type) \
 }
#define I64(n) NUMBER(int64_t, n)
#define U32(n) NUMBER(uint32_t, n)
#define U16(n) NUMBER(uint16_t, n)
#define U8(n)  NUMBER(uint8_t, n)
#define TEXT(t)                   \
 {                                \
  (const uint8_t *)(t), sizeof(t) \
 }
#define BYTES(t)                      \
 {                                    \
  (const uint8_t *)(t), sizeof(t) - 1 \
 }
#define EMPTY \
 {            \
  NULL, 0     \
 }

enum { MAIN = 30, FDS = 3 };

/* A process (tid 30), its parent (20) and that one's (10, of unknown start). */
static struct state *new_state(void)
{
	struct state *state = state_new();
	struct meta meta = { .kind = META_THREAD };

	for (int64_t tid = 10; tid <= MAIN; tid += 10) {
		meta.thread = meta_thread_unknown();
		meta.thread.tid = meta.thread.pid = tid;
		meta.thread.ptid = tid - 10;
		meta.thread.fdlimit = 1024;
		meta.thread.comm = (struct bytes)BYTES("sh");
		meta.thread.cwd = (struct bytes)BYTES("/root/");
		meta.thread.exepath = (struct bytes)BYTES("/x (deleted)");
		meta.thread.env = (struct bytes)TEXT("A=main\0B=");
		if (tid == 20)
			meta.thread.env = (struct bytes)TEXT("B=parent");
		if (tid == 10)
			meta.thread.env = (struct bytes)TEXT("A=old\0B=old");
		state_meta(state, &meta);
	}
	meta = (struct meta){ .kind = META_FD };
	meta.fd.tid = MAIN;
	meta.fd.fd = 3;
	meta.fd.type = SCAP_FD_FILE_V2;
	meta.fd.name = (struct bytes)BYTES("/etc/passwd");
	state_meta(state, &meta);
	meta.fd.fd = 4;
	meta.fd.type = SCAP_FD_DIRECTORY;
	meta.fd.name = (struct bytes)BYTES("/tmp");
	state_meta(state, &meta);
	meta.fd.fd = 5;
	meta.fd.type = SCAP_FD_FIFO;
	meta.fd.name = (struct bytes)EMPTY;
	state_meta(state, &meta);
	state_meta(state, &(struct meta){ .kind = META_EVENTS });
	return state;
}

/* An event, the format that it is printed in, and the text expected. */
struct row {
	uint16_t code;
	struct bytes params[20];
	const char *format, *want;
};

static struct event event_of(const struct row *row)
{
	struct event e = { .num = 1,
			   .ts_ns = 1600000000000000000,
			   .tid = MAIN,
			   .code = row->code };

	e.count = event_kind(&e)->nparams;
	memcpy(e.params, row->params, e.count * sizeof(*e.params));
	return e;
}

typedef bool check_fn(const char *text, const char *want,
		      const struct field_context *c);

static void check_rows(const struct row *rows, check_fn *check, bool base64)
{
	for (const struct row *row = rows; row->format; row++) {
		struct arena scratch = { 0 };
		struct state *state = new_state();
		struct field_context c = { .state = state,
					   .scratch = &scratch,
					   .base64 = base64 };
		struct event event = event_of(row);

		state_apply(state, &event, &c.about);
		CU_ASSERT(check(row->format, row->want, &c));
		state_finish(state, &c.about);
		state_free(state);
		arena_free(&scratch);
	}
}

static bool prints(const char *text, const char *want,
		   const struct field_context *c)
{
	struct format *format;
	struct text got = { "", 0 };
	bool is_right;

	if (format_compile(&format, text, &fields_syscall, NULL))
		return false;
	format_text(format, c, &got);
	is_right = !strcmp(got.data, want);
	if (!is_right)
		fprintf(stderr, "%s: got '%s', not '%s'\n", text, got.data,
			want);
	format_free(format);
	return is_right;
}

static bool prints_json(const char *text, const char *want,
			const struct field_context *c)
{
	struct format *format;
	struct format_item *items;
	struct buffer json = { 0 };
	bool is_complete, is_right;
	unsigned n;

	if (format_compile(&format, text, &fields_syscall, NULL))
		return false;
	n = format_items(format, c, true, &items, &is_complete);
	for (unsigned i = 0; i < n; i++) {
		value_json(&json, items[i].ref, &items[i].value,
			   items[i].is_present);
		buffer_u8(&json, i + 1 < n ? ' ' : '\0');
	}
	is_right = !strcmp((char *)json.data, want);
	if (!is_right)
		fprintf(stderr, "%s: got '%s', not '%s'\n", text, json.data,
			want);
	buffer_free(&json);
	format_free(format);
	return is_right;
}

/* want: "true" or "false". */
static bool matches(const char *text, const char *want,
		    const struct field_context *c)
{
	struct filter *filter;
	struct error err;
	bool is_right;

	if (filter_compile(&filter, text, &fields_syscall, &err)) {
		fprintf(stderr, "%s: %s\n", text, err.text);
		return false;
	}
	is_right = filter_match(filter, c) == !strcmp(want, "true");
	if (!is_right)
		fprintf(stderr, "%s: is not %s\n", text, want);
	filter_free(filter);
	return is_right;
}

/* clang-format off */
static const uint8_t tuple[] = { PPM_AF_INET, 127, 0, 0, 1, 5, 0,
				 127, 0, 0, 1, 80, 0 };
static const uint8_t poll_fds[] = { 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0 };

/* Flags and mode follow. */
#define OPENAT_OF(result, ...) PPME_SYSCALL_OPENAT_2_X, \
	{ I64(result), I64(PPM_AT_FDCWD), TEXT("f"), __VA_ARGS__, U32(0), \
	  I64(7) }
#define OPENAT(...) OPENAT_OF(6, __VA_ARGS__)
#define CONNECT PPME_SOCKET_CONNECT_X, \
	{ I64(-115), { tuple, 13 }, I64(9), { tuple, 7 } }
#define WRITE PPME_SYSCALL_WRITE_X, \
	{ I64(6), BYTES("needle"), I64(3), U32(6) }
#define CREAT PPME_SYSCALL_CREAT_X, \
	{ I64(6), TEXT("/c"), U32(0755), U32(0), I64(7), U16(0) }
#define BY_HANDLE(path) PPME_SYSCALL_OPEN_BY_HANDLE_AT_X, \
	{ I64(6), I64(4), U32(1), path, U32(0), I64(7) }
#define READ(fd) PPME_SYSCALL_READ_X, { I64(1), BYTES("x"), I64(fd), U32(1) }
#define CHDIR PPME_SYSCALL_CHDIR_X, { I64(0), TEXT("/") }
#define GENERIC PPME_GENERIC_X, { U16(7), U16(7) }
#define QUOTACTL PPME_SYSCALL_QUOTACTL_X, \
	{ I64(0), TEXT("/dev/sdx1"), TEXT("/quota") }
#define GETUID(id) PPME_SYSCALL_GETUID_X, { U32(id) }


static const struct row text_rows[] = {
	/* Raw arguments: in the format of the parameter at hand. */
	{ OPENAT(U32(512), U32(0644)),
	  "*%evt.rawarg.flags %evt.rawarg.mode", "200 644" },
	{ OPENAT(U32(255), U32(0)),
	  "*%evt.rawarg.flags %evt.rawarg.mode", "FF 0" },
	{ OPENAT(EMPTY, EMPTY), "*%evt.rawarg.flags %evt.rawarg.mode", "0 0" },
	{ OPENAT(U32(0), U32(0)), "*%evt.rawarg.dirfd", "-100" },
	{ OPENAT(U32(0), U16(1)), "*%evt.rawarg.mode %evt.arg.mode",
	  "<NA> <NA>" },
	{ CONNECT, "*%evt.rawarg.tuple", "127.0.0.1:5->127.0.0.1:80" },
	{ CONNECT, "*%evt.rawarg.addr", "127.0.0.1:5" },
	{ CONNECT, "*%evt.rawarg.fds", "<NA>" },
	{ PPME_SOCKET_CONNECT_X, { I64(0), EMPTY, I64(9), EMPTY },
	  "*%evt.rawarg.tuple %evt.rawarg.addr", "NULL <NA>" },
	{ PPME_SYSCALL_POLL_X, { I64(1), { poll_fds, 12 }, I64(0) },
	  "*%evt.rawarg.fds", "3:f4" },
	{ PPME_SOCKET_SETSOCKOPT_X, { I64(0), I64(9), U8(1), U8(2),
	  BYTES("\2\5\0\0\0"), U32(4) }, "*%evt.rawarg.val", "5" },
	{ PPME_SOCKET_SETSOCKOPT_X, { I64(0), I64(9), U8(1), U8(2),
	  BYTES("\77\5\0"), U32(4) }, "*%evt.arg.val",
	  "INVALID DYNAMIC PARAMETER" },
	{ PPME_ITER_TASK_FILE_SOCKET_INET_E, { I64(3), U16(1), U16(6),
	  BYTES("\12\0\0\1"), U16(80), BYTES("\12\0\0\2"), U16(81), I64(1) },
	  "*%evt.arg.local_ip %evt.rawarg.remote_ip", "10.0.0.1 10.0.0.2" },
	/* Arguments are printed signed. */
	{ PPME_SYSCALL_LSEEK_X, { I64(0), I64(3), I64(-62), U8(1) },
	  "*%evt.args",
	  "res=0 fd=3(<f>/etc/passwd) offset=-62 whence=1(SEEK_CUR)" },
	/* A call that is known by its number only has no arguments. */
	{ GENERIC, "*[%evt.args][%evt.info][%evt.arg[1]]", "[][][7]" },
	/* Results: of calls alone, and unknown ones are no success. */
	{ GENERIC, "*%evt.failed %evt.res %evt.rawres %evt.count.error",
	  "<NA> <NA> <NA> <NA>" },
	{ CHDIR, "*%evt.failed %evt.res %evt.count.error", "false SUCCESS 0" },
	{ GETUID(1000), "*%evt.failed %evt.res %evt.rawres",
	  "false SUCCESS 1000" },
	{ CONNECT, "*%evt.failed %evt.res %evt.count.error.net "
	  "%evt.count.error.file", "true EINPROGRESS 1 <NA>" },
	{ OPENAT_OF(-2, U32(1), U32(0)), "*%evt.count.error.file %evt.count.exit",
	  "1 1" },
	{ PPME_NOTIFICATION_E, { TEXT("1"), TEXT("d") },
	  "*%evt.failed %evt.count.exit", "<NA> <NA>" },
	/* All events that are about no call are asynchronous. */
	{ PPME_NOTIFICATION_E, { TEXT("1"), TEXT("d") },
	  "*%evt.type %evt.is_async %evt.asynctype",
	  "notification true notification" },
	{ PPME_USER_ADDED_E, { U32(1), U32(1), TEXT("u"), TEXT("/"), TEXT("s"),
	  TEXT("") }, "*%evt.is_async %evt.asynctype", "true useradded" },
	{ PPME_ASYNCEVENT_E, { U32(0), TEXT("mine"), BYTES("d") },
	  "*%evt.type %evt.is_async %evt.asynctype", "mine true mine" },
	{ CHDIR, "*%evt.is_async %evt.asynctype", "false <NA>" },
	/* Opens. */
	{ CREAT, "*%evt.is_open_write %evt.is_open_create %evt.is_open_exec",
	  "true false true" },
	{ OPENAT(U32(PPM_O_TMPFILE | PPM_O_RDWR), U32(0)),
	  "*%evt.is_open_create %evt.is_open_read", "true true" },
	{ OPENAT_OF(-13, U32(PPM_O_TMPFILE), U32(0)), "*%evt.is_open_create",
	  "false" },
	{ BY_HANDLE(TEXT("<NA>")), "*%fd.name %evt.abspath", "<NA> <NA>" },
	{ BY_HANDLE(EMPTY), "*%evt.abspath", "<NA>" },
	{ BY_HANDLE(TEXT("/a/../b")), "*%fd.name %evt.abspath", "/b /b" },
	{ QUOTACTL, "*%fs.path.name %fs.path.nameraw", "/dev/sdx1 /dev/sdx1" },
	/* Names behind a container's id: as fd.name and fd.directory. */
	{ READ(3), "*%fd.containername %fd.containerdirectory",
	  ":/etc/passwd :/etc" },
	{ READ(4), "*%fd.directory %fd.containerdirectory", "/tmp :/tmp" },
	{ READ(5), "*%fd.directory %fd.containerdirectory", "<NA> <NA>" },
	{ OPENAT_OF(-2, U32(1), U32(0)),
	  "*%fd.containername %fd.containerdirectory", ":/root/f :/root" },
	/* The fds of a process: at events about fds. */
	{ READ(3), "*%fd.types %fd.types[4]", "(directory,file,pipe) (directory)" },
	{ CHDIR, "*%fd.types %fd.types[4]", "<NA> <NA>" },
	/* What is unknown is absent, not 0 or -1. */
	{ CHDIR, "*%proc.pid.ts %proc.ppid.ts %proc.duration "
	  "%proc.ppid.duration", "<NA> <NA> <NA> <NA>" },
	{ CHDIR, "*%proc.pidns_init_start_ts %container.start_ts "
	  "%container.duration", "<NA> <NA> <NA>" },
	{ CHDIR, "*%proc.exe_ino %proc.exe_ino.ctime %proc.exe_ino.mtime "
	  "%proc.vpid %thread.vtid", "<NA> <NA> <NA> <NA> <NA>" },
	/* Ancestors. */
	{ CHDIR, "*%proc.exepath %proc.aexepath[1] %proc.pexepath", "/x /x /x" },
	{ CHDIR, "*%proc.aenv[A] %proc.aenv[B] [%proc.aenv[C]]",
	  "old parent []" },
	{ CHDIR, "*%proc.aenv|%proc.aenv[0]|%proc.aenv[1]|%proc.aenv[9]",
	  "A=main B=|A=main B=|B=parent|<NA>" },
	{ 0, { EMPTY }, NULL, NULL },
};

static const struct row json_rows[] = {
	{ OPENAT(U32(512), U32(0644)),
	  "*%evt.rawarg.flags %evt.rawarg.mode %evt.rawarg.ino",
	  "\"200\" 7 \"644\"" },
	{ CONNECT, "*%evt.rawarg.tuple", "\"127.0.0.1:5->127.0.0.1:80\"" },
	{ CHDIR, "*%proc.fdusage", "0.29296875" },
	{ PPME_SYSCALL_CLOSE_X, { I64(0), I64(8) }, "*%fd.types[5]",
	  "[\"pipe\"]" },
	{ PPME_SYSCALL_CLOSE_RANGE_X, { I64(0), I64(0), I64(9), U32(0) },
	  "*%fd.types", "null" },
	{ 0, { EMPTY }, NULL, NULL },
};

static const struct row filter_rows[] = {
	{ OPENAT(U32(512), EMPTY), "evt.rawarg.flags = 512", "true" },
	{ OPENAT(EMPTY, EMPTY), "evt.rawarg.flags = 0", "false" },
	{ OPENAT(EMPTY, EMPTY), "evt.rawarg.flags exists", "false" },
	{ CONNECT, "evt.rawarg.tuple exists", "true" },
	{ WRITE, "evt.rawarg.data contains needle", "true" },
	{ WRITE, "evt.arg.data contains needle", "true" },
	{ WRITE, "evt.arg[1] contains needle", "true" },
	{ WRITE, "evt.args contains needle", "true" },
	{ WRITE, "evt.buffer contains needle", "true" },
	{ WRITE, "toupper(evt.arg.data) = NEEDLE", "true" },
	{ CHDIR, "proc.aenv contains \"B=old\"", "true" },
	{ CHDIR, "proc.aenv[1] contains \"B=old\"", "true" },
	{ CHDIR, "proc.aenv contains \"A=main\"", "false" },
	{ CHDIR, "proc.aenv[B] = old", "false" },
	{ CHDIR, "proc.aenv[B] = parent", "true" },
	{ 0, { EMPTY }, NULL, NULL },
};

static const struct row base64_rows[] = {
	{ WRITE, "*%evt.arg.data %evt.arg[1] %evt.buffer",
	  "bmVlZGxl bmVlZGxl bmVlZGxl" },
	{ WRITE, "*%evt.args",
	  "res=6 data=bmVlZGxl fd=3(<f>/etc/passwd) size=6" },
	{ WRITE, "*%evt.rawarg.data", "bmVlZGxl" },
	{ 0, { EMPTY }, NULL, NULL },
};
/* clang-format on */

static void test_text(void)
{
	check_rows(text_rows, prints, false);
}

static void test_json(void)
{
	check_rows(json_rows, prints_json, false);
}

static void test_conditions(void)
{
	check_rows(filter_rows, matches, false);
}

/* Base64 is a matter of output: no condition sees it. */
static void test_base64(void)
{
	check_rows(base64_rows, prints, true);
	check_rows(filter_rows, matches, true);
}

/* The C library knows them, too; signals without "SIG", and 29 as POLL. */
static void test_names_of_errors_and_signals(void)
{
	for (int i = 1; i < 134; i++) {
		const char *ours = errno_name(-i);
		const char *theirs = strerrorname_np(i);

		CU_ASSERT(!theirs == !ours);
		if (ours && theirs)
			CU_ASSERT_STRING_EQUAL(ours, theirs);
	}
	for (int i = 1; i < 32; i++) {
		const char *ours = signal_name(i);
		const char *theirs = sigabbrev_np(i);

		CU_ASSERT_FATAL(ours && theirs);
		CU_ASSERT_STRING_EQUAL(ours + 3, i == 29 ? "IO" : theirs);
	}
}

CU_TestInfo tests_values[] = {
	{ "names of errors and signals", test_names_of_errors_and_signals },
	{ "fields as text", test_text },
	{ "fields as JSON", test_json },
	{ "conditions", test_conditions },
	{ "base64 in output alone", test_base64 },
	CU_TEST_INFO_NULL,
};
