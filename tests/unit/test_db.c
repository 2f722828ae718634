/* SPDX-License-Identifier: Apache-2.0 */
/* A made-up capture into a database in memory: rows are what happened. */
#include <CUnit/CUnit.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/event/ppm_constants.h"
#include "core/file/file.h"
#include "db/db.h"
#include "db/schema.h"
#include "replay/fields/fields.h"
#include "tests/unit/suites.h"

/* clang-format off */
#define TEXT(t) { (const uint8_t *)(t), sizeof(t) - 1 }
/* clang-format on */

/* A quote, a newline, half a character, right-to-left, an escape. */
static const char hostile[] = "/tmp/a'b\"c\n\xff\xe2\x80\xae\x1b[31m;--";

static const uint8_t query[] = "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00"
			       "\x00\x03www\x07"
			       "example\x03org\x00\x00\x01\x00\x01";

/* A CNAME and an A record, names by jumps back; then the same cut. */
static const uint8_t response[] =
	"\x12\x34\x81\x80\x00\x01\x00\x02\x00\x00\x00\x00\x03www\x07"
	"example\x03org\x00\x00\x01\x00\x01"
	"\xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x3c\x00\x06\x03"
	"cdn\xc0\x10"
	"\xc0\x2d\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x5d\xb8\xd8\x22";

/* Its name jumps to itself. */
static const uint8_t loop[] = "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00"
			      "\x00\xc0\x0c\x00\x01\x00\x01";

static char path[] = "/tmp/spoor-db-XXXXXX";
static char quiet_path[] = "/tmp/spoor-db-XXXXXX";
static struct writer *writer;
static uint64_t now_ns;

static void put_meta(const struct meta *meta)
{
	struct item item = { .kind = ITEM_META, .meta = meta };
	struct error err;

	CU_ASSERT_FATAL(!sink_put(writer_sink(writer), &item, &err));
}

static void put_start(void)
{
	struct meta meta = { .kind = META_SECTION };

	put_meta(&meta);
	meta = (struct meta){ .kind = META_MACHINE,
			      .machine = { .cpu_count = 1,
					   .hostname = TEXT("box") } };
	put_meta(&meta);
	meta = (struct meta){ .kind = META_INTERFACE,
			      .interface = { .addr = { 10, 0, 0, 2 },
					     .name = TEXT("eth0") } };
	put_meta(&meta);
	meta = (struct meta){ .kind = META_USER,
			      .user = { 7, 7, TEXT("ann"), TEXT("/home"),
					TEXT("/bin/sh") } };
	put_meta(&meta);
	for (int64_t tid = 1; tid <= 100; tid += 99) {
		meta = (struct meta){ .kind = META_THREAD,
				      .thread = meta_thread_unknown() };
		meta.thread.tid = meta.thread.pid = tid;
		meta.thread.vtid = meta.thread.vpid = tid;
		meta.thread.ptid = tid == 1 ? 0 : 1;
		meta.thread.sid = 1;
		meta.thread.uid = 7;
		meta.thread.comm = (struct bytes)TEXT("sh");
		meta.thread.exepath = (struct bytes)TEXT("/bin/sh");
		put_meta(&meta);
	}
	meta = (struct meta){ .kind = META_FD,
			      .fd = { .tid = 100,
				      .fd = 5,
				      .type = SCAP_FD_IPV4_SOCK,
				      .l4proto = SCAP_L4_UDP,
				      .sip = { 10, 0, 0, 2 },
				      .sport = 4444,
				      .dip = { 8, 8, 8, 8 },
				      .dport = 53 } };
	put_meta(&meta);
	meta = (struct meta){ .kind = META_EVENTS };
	put_meta(&meta);
}

/* Events are made of numbers and bytes, as the table of their code says. */
static struct item item;
static int64_t numbers[EVENT_PARAMS_MAX];

static void begin(uint16_t code, int64_t tid)
{
	item = (struct item){ .kind = ITEM_EVENT };
	item.event = (struct event){ .ts_ns = now_ns += 1000,
				     .tid = tid,
				     .code = code,
				     .count = event_kinds[code].nparams };
}

static void number(unsigned i, int64_t value)
{
	const struct param_kind *kind = &event_kinds[item.event.code].params[i];

	numbers[i] = value;
	item.event.params[i] =
		(struct bytes){ (const uint8_t *)&numbers[i],
				param_type_len((enum param_type)kind->type) };
}

static void put(void)
{
	struct error err;

	CU_ASSERT_FATAL(!sink_put(writer_sink(writer), &item, &err));
}

static void bytes(unsigned i, const void *data, size_t len)
{
	item.event.params[i] = (struct bytes){ data, len };
}

/* Of done bytes len are recorded. */
static void put_io(uint16_t code, const void *data, size_t len, size_t done)
{
	bool is_send = code == PPME_SOCKET_SENDTO_X;

	begin(code, 100);
	number(0, (int64_t)done);
	bytes(1, data, len);
	number(is_send ? 2 : 3, 5);
	put();
}

static void put_exec(const char *file)
{
	begin(PPME_SYSCALL_EXECVE_19_X, 100);
	number(0, 0);
	bytes(1, file, strlen(file) + 1);
	bytes(2, "arg", 4);
	number(4, 100);
	bytes(13, "ls", 3);
	bytes(27, file, strlen(file) + 1);
	put();
}

/* A process and a thread that are born and do nothing that is recorded. */
static void put_births(void)
{
	for (int64_t child = 101; child <= 102; child++) {
		bool is_thread = child == 101;

		begin(PPME_SYSCALL_CLONE_20_X, 100);
		number(0, child);
		bytes(1, "sh", 3);
		number(3, 100);
		number(4, 100);
		number(5, 1);
		bytes(13, "sh", 3);
		number(15, is_thread ? PPM_CL_CLONE_THREAD : 0);
		number(16, 7);
		number(18, 100);
		number(19, 100);
		put();
	}
}

/* Sockets that reach nobody outside of the machine. */
static void put_local_sockets(void)
{
	static const int domains[] = { PPM_AF_UNIX, PPM_AF_NETLINK };

	for (int i = 0; i < 2; i++) {
		begin(PPME_SOCKET_SOCKET_X, 100);
		number(0, 8 + i);
		number(1, domains[i]);
		number(2, 3);
		number(3, 0);
		put();
		begin(PPME_SOCKET_SENDTO_X, 100);
		number(0, 4);
		bytes(1, "data", 4);
		number(2, 8 + i);
		put();
		begin(PPME_SOCKET_RECVFROM_X, 100);
		number(0, 3);
		bytes(1, "abc", 3);
		number(3, 8 + i);
		put();
	}
}

static void put_quiet_events(void)
{
	put_births();
	put_local_sockets();
}

static void put_events(void)
{
	put_io(PPME_SOCKET_SENDTO_X, query, sizeof(query) - 1,
	       sizeof(query) - 1);
	put_io(PPME_SOCKET_RECVFROM_X, response, sizeof(response) - 1,
	       sizeof(response) - 1);
	put_io(PPME_SOCKET_RECVFROM_X, response, sizeof(response) - 3,
	       sizeof(response) - 1);
	put_io(PPME_SOCKET_SENDTO_X, loop, sizeof(loop) - 1, sizeof(loop) - 1);
	begin(PPME_SYSCALL_OPENAT_2_X, 100);
	number(0, 6);
	number(1, PPM_AT_FDCWD);
	bytes(2, hostile, sizeof(hostile));
	number(3, PPM_O_WRONLY | PPM_O_F_CREATED);
	put();
	/* Below a descriptor that is not known. */
	begin(PPME_SYSCALL_UNLINKAT_2_X, 100);
	number(0, 0);
	number(1, 99);
	bytes(2, "lost", 5);
	put();
	begin(PPME_SYSCALL_OPENAT_2_X, 100);
	number(0, 7);
	number(1, 99);
	bytes(2, "lost", 5);
	number(3, PPM_O_RDONLY);
	put();
	begin(PPME_SYSCALL_SETSID_X, 100);
	number(0, 100);
	put();
	put_exec("/bin/ls");
	begin(PPME_PROCEXIT_1_E, 100);
	number(0, 3 << 8);
	number(1, 3);
	number(2, 0);
	put();
}

static int make_capture(char *to, void (*put_all)(void))
{
	const struct writer_options options = { .force = true };
	struct error err;
	int fd = mkstemp(to);

	if (fd < 0)
		return 1;
	close(fd);
	now_ns = 1700000000000000000u;
	if (writer_open(&writer, to, &options, &err))
		return 1;
	put_start();
	put_all();
	fd = writer_sink(writer)->finish(writer_sink(writer), &err);
	writer_close(writer);
	return fd;
}

/* Loads the capture; only: some parts, NULL: all. */
static int load(sqlite3 *db, const char *only, struct db_result *ret_result,
		struct error *err)
{
	const char *const captures[] = { path };
	const struct db_options options = { .captures = captures,
					    .count = 1,
					    .only = only };

	return db_load_into(db, &options, ret_result, err);
}

static sqlite3 *loaded(const char *only)
{
	struct db_result result;
	struct error err = { 0 };
	sqlite3 *db;

	if (strstr(path, "XXXXXX"))
		CU_ASSERT_FATAL(!make_capture(path, put_events));
	CU_ASSERT_FATAL(!sqlite3_open(":memory:", &db));
	CU_ASSERT_EQUAL_FATAL(load(db, only, &result, &err), 0);
	CU_ASSERT_EQUAL(result.events, 10);
	return db;
}

/* A capture of processes and sockets that are hardly heard of. */
static sqlite3 *loaded_quiet(void)
{
	const char *const captures[] = { quiet_path };
	const struct db_options options = { .captures = captures, .count = 1 };
	struct db_result result;
	struct error err = { 0 };
	sqlite3 *db;

	if (strstr(quiet_path, "XXXXXX"))
		CU_ASSERT_FATAL(!make_capture(quiet_path, put_quiet_events));
	CU_ASSERT_FATAL(!sqlite3_open(":memory:", &db));
	CU_ASSERT_EQUAL_FATAL(db_load_into(db, &options, &result, &err), 0);
	CU_ASSERT_EQUAL(result.events, 8);
	return db;
}

/* The answer's first column of all rows, with '|' between, equals this. */
static void check(sqlite3 *db, const char *sql, const char *wanted)
{
	char got[1024] = "";
	sqlite3_stmt *s;

	CU_ASSERT_FATAL(!sqlite3_prepare_v2(db, sql, -1, &s, NULL));
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *text = (const char *)sqlite3_column_text(s, 0);

		if (*got)
			strcat(got, "|");
		strncat(got, text ? text : "NULL", 200);
	}
	sqlite3_finalize(s);
	CU_ASSERT_STRING_EQUAL(got, wanted);
	if (strcmp(got, wanted) != 0)
		printf("%s\n got %s\nwant %s\n", sql, got, wanted);
}

static void test_path_of_unknown_directory_is_null_and_a_gap(void)
{
	sqlite3 *db = loaded(NULL);

	check(db, "SELECT path IS NULL FROM files WHERE num IN (6, 7)", "1|1");
	check(db, "SELECT fd_name IS NULL FROM events WHERE num IN (6, 7)",
	      "1|1");
	check(db, "SELECT kind || ' ' || count FROM gaps", "unresolved 2");
	sqlite3_close(db);
}

static void test_names_and_answers_of_dns(void)
{
	sqlite3 *db = loaded(NULL);

	check(db,
	      "SELECT direction || ' ' || name || ' ' || type FROM dns "
	      "ORDER BY dns_id",
	      "query www.example.org A|response www.example.org CNAME|"
	      "response cdn.example.org A|response www.example.org CNAME");
	check(db,
	      "SELECT answer FROM dns WHERE answer IS NOT NULL "
	      "ORDER BY dns_id",
	      "cdn.example.org|93.184.216.34|cdn.example.org");
	check(db, "SELECT DISTINCT server_address FROM dns", "8.8.8.8");
	check(db,
	      "SELECT question || ' ' || is_cut FROM dns WHERE direction = "
	      "'response' ORDER BY dns_id",
	      "www.example.org 0|www.example.org 0|www.example.org 1");
	check(db, "SELECT max(ttl) || ' ' || max(rcode) FROM dns", "60 0");
	sqlite3_close(db);
}

static void test_connection_counts_bytes_each_way(void)
{
	sqlite3 *db = loaded(NULL);

	check(db,
	      "SELECT local_address || ':' || local_port || ' ' || "
	      "remote_address || ':' || remote_port || ' ' || protocol "
	      "FROM connections",
	      "10.0.0.2:4444 8.8.8.8:53 udp");
	check(db,
	      "SELECT sends || ' ' || receives || ' ' || (bytes_sent = "
	      "(SELECT sum(res) FROM events WHERE type = 'sendto')) || "
	      "(bytes_received = (SELECT sum(res) FROM events WHERE "
	      "type = 'recvfrom')) FROM connections",
	      "2 2 11");
	sqlite3_close(db);
}

static void test_hostile_names_survive(void)
{
	sqlite3 *db = loaded(NULL);
	sqlite3_stmt *s;

	CU_ASSERT_FATAL(!sqlite3_prepare_v2(
		db, "SELECT path FROM files WHERE is_new", -1, &s, NULL));
	CU_ASSERT_EQUAL_FATAL(sqlite3_step(s), SQLITE_ROW);
	CU_ASSERT_EQUAL(sqlite3_column_bytes(s, 0), (int)sizeof(hostile) - 1);
	CU_ASSERT(!memcmp(sqlite3_column_blob(s, 0), hostile,
			  sizeof(hostile) - 1));
	sqlite3_finalize(s);
	sqlite3_close(db);
}

static void test_process_has_a_row_for_each_program(void)
{
	sqlite3 *db = loaded(NULL);

	check(db, "SELECT origin FROM processes WHERE pid = 100 ORDER BY 1",
	      "exec|start");
	check(db,
	      "SELECT name || ' ' || exit_code || ' ' || user FROM processes "
	      "WHERE origin = 'exec'",
	      "ls 3 ann");
	check(db,
	      "SELECT a.end_ns = b.start_ns FROM processes a, processes b "
	      "WHERE a.pid = 100 AND a.origin = 'start' AND b.origin = 'exec'",
	      "1");
	check(db,
	      "SELECT process FROM events WHERE type IN ('openat', 'execve') "
	      "ORDER BY num",
	      "sh|sh|ls");
	check(db,
	      "SELECT pid FROM processes WHERE process_id = (SELECT parent_id "
	      "FROM processes WHERE origin = 'exec')",
	      "1");
	sqlite3_close(db);
}

static void test_births_are_rows_without_an_event_of_their_own(void)
{
	sqlite3 *db = loaded_quiet();

	check(db, "SELECT origin FROM processes WHERE pid = 102", "clone");
	check(db, "SELECT count(*) FROM processes WHERE pid = 101", "0");
	check(db,
	      "SELECT pid || ' ' || origin FROM processes JOIN threads "
	      "USING (process_id) WHERE tid = 101",
	      "100 start");
	check(db, "SELECT count(*) FROM threads WHERE tid = 102", "0");
	sqlite3_close(db);
}

static void test_unix_and_netlink_sockets_are_local(void)
{
	sqlite3 *db = loaded_quiet();

	check(db,
	      "SELECT class || ' ' || events || ' ' || bytes FROM timeline "
	      "WHERE class LIKE 'local%' ORDER BY class",
	      "local in 2 6|local out 2 8");
	check(db,
	      "SELECT class || ' ' || events FROM timeline "
	      "WHERE class LIKE 'net%' ORDER BY class",
	      "net 2");
	sqlite3_close(db);
}

static void test_setsid_begins_a_session(void)
{
	sqlite3 *db = loaded(NULL);

	check(db,
	      "SELECT kind || ' ' || process_count || ' ' || (end_ns > "
	      "start_ns) FROM sessions WHERE kind = 'setsid'",
	      "setsid 2 1");
	check(db,
	      "SELECT s.kind FROM processes p JOIN sessions s "
	      "USING (session_id) WHERE p.origin = 'exec'",
	      "setsid");
	sqlite3_close(db);
}

static void test_only_some_tables(void)
{
	struct db_result result;
	struct error err;
	sqlite3 *db = loaded("files,dns");

	check(db, "SELECT count(*) FROM events", "0");
	check(db, "SELECT count(*) FROM files", "3");
	check(db, "SELECT count(*) FROM processes", "3");
	check(db, "PRAGMA foreign_key_check", "");
	CU_ASSERT_EQUAL(load(db, "files,nosuch", &result, &err), -1);
	CU_ASSERT(strstr(err.text, "'nosuch'") != NULL);
	sqlite3_close(db);
}

static void test_a_capture_is_loaded_once(void)
{
	struct db_result result;
	struct error err;
	sqlite3 *db = loaded(NULL);

	CU_ASSERT(!load(db, NULL, &result, &err));
	CU_ASSERT_EQUAL(result.known, 1);
	CU_ASSERT_EQUAL(result.loaded, 0);
	check(db, "SELECT count(*) FROM events", "10");
	sqlite3_close(db);
}

/* Whatever cannot be written: the load says so, and leaves nothing. */
static void test_a_load_that_fails(void)
{
	const char *const captures[] = { quiet_path };
	const struct db_options options = { .captures = captures, .count = 1 };
	struct db_result result;
	struct error err = { 0 };
	sqlite3 *db = loaded(NULL);

	sqlite3_close(loaded_quiet());
	CU_ASSERT(!sqlite3_exec(db,
				"CREATE TRIGGER t BEFORE INSERT ON threads "
				"BEGIN SELECT RAISE(ABORT, 'no room'); END",
				NULL, NULL, NULL));
	CU_ASSERT_EQUAL(db_load_into(db, &options, &result, &err), -1);
	CU_ASSERT(strstr(err.text, "no room") != NULL);
	check(db, "SELECT count(*) FROM captures", "1");
	check(db, "SELECT count(*) FROM events", "10");
	sqlite3_close(db);
}

static void test_databases_of_others_are_refused(void)
{
	struct db_result result;
	struct error err;
	sqlite3 *db = loaded(NULL);

	sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
	CU_ASSERT_EQUAL(load(db, NULL, &result, &err), -1);
	CU_ASSERT(strstr(err.text, "newer spoor") != NULL);
	CU_ASSERT_EQUAL(db_check(db, "x", &err), -1);
	sqlite3_exec(db, "PRAGMA application_id = 5", NULL, NULL, NULL);
	CU_ASSERT_EQUAL(load(db, NULL, &result, &err), -1);
	CU_ASSERT(strstr(err.text, "not a database that spoor") != NULL);
	sqlite3_close(db);
}

/* The rows of the schema themselves. */
static void test_columns_are_well_made(void)
{
	for (int i = 0; i < TABLE_COUNT; i++)
		for (const struct column *c = tables[i]->columns; c->name;
		     c++) {
			struct arena arena = { 0 };
			struct field_ref *ref;
			struct error err;
			int ways = !!c->field + !!c->fill + !!c->generated;

			CU_ASSERT_EQUAL(ways, 1);
			CU_ASSERT(c->help && *c->help);
			if (c->field)
				CU_ASSERT(!field_find(&fields_syscall, c->field,
						      &arena, &ref, &err));
			arena_free(&arena);
		}
}

static void test_the_file_is_gone(void)
{
	CU_ASSERT(!unlink(path));
	CU_ASSERT(!unlink(quiet_path));
}

CU_TestInfo tests_db[] = {
	{ "a path below an unknown descriptor",
	  test_path_of_unknown_directory_is_null_and_a_gap },
	{ "names and answers of DNS", test_names_and_answers_of_dns },
	{ "a connection counts bytes", test_connection_counts_bytes_each_way },
	{ "hostile names survive", test_hostile_names_survive },
	{ "a row for each program", test_process_has_a_row_for_each_program },
	{ "births are rows",
	  test_births_are_rows_without_an_event_of_their_own },
	{ "unix and netlink sockets are local",
	  test_unix_and_netlink_sockets_are_local },
	{ "setsid begins a session", test_setsid_begins_a_session },
	{ "only some tables", test_only_some_tables },
	{ "a capture is loaded once", test_a_capture_is_loaded_once },
	{ "a load that fails", test_a_load_that_fails },
	{ "databases of others", test_databases_of_others_are_refused },
	{ "columns are well made", test_columns_are_well_made },
	{ "the file is gone", test_the_file_is_gone },
	CU_TEST_INFO_NULL,
};
