/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A database or captures, opened for queries; see query.h.  Captures get a
 * temporary database: the schema without rows, and events from the virtual
 * table.  The authorizer determines which tables a statement reads; those that
 * are missing are loaded, and the statement is prepared again.
 */
#include "query/session.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/file/series.h"

enum {
	STEPS_PER_CHECK = 10000,
	VALUE_MAX = 64 << 20, /* bytes of a text */
	SQL_MAX = 1 << 20,
	HEAP_LIMIT = 1 << 30
};

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

void session_start_clock(struct query *q)
{
	q->deadline_ms = q->options.timeout_ms
				 ? now_ms() + q->options.timeout_ms
				 : UINT64_MAX;
}

bool session_is_late(const struct query *q)
{
	return now_ms() > q->deadline_ms;
}

static bool must_stop(void *user)
{
	const struct query *q = user;

	return q->stopped || session_is_late(q);
}

static int on_steps(void *user)
{
	return must_stop(user);
}

static bool on_progress(void *user, const struct db_progress *progress)
{
	(void)progress;
	return !must_stop(user);
}

static bool is_one_of(const char *text, const char *const *names)
{
	for (; text && *names; names++)
		if (!strcmp(text, *names))
			return true;
	return false;
}

/* Records which table of a capture a statement reads. */
static void note_read(struct query *q, const char *table, const char *column)
{
	/* Columns of events that only the loader can fill. */
	static const char *const loaded[] = { "process_id", "session_id",
					      NULL };
	static const char *const of_events[] = { "events", "raw_events",
						 "capture", NULL };

	for (int i = 0; i < TABLE_COUNT; i++)
		if (!strcmp(tables[i]->name, table))
			q->reads |= 1u << i;
	if (!strcmp(table, "events") && is_one_of(column, loaded))
		q->reads |= 1u << TABLE_EVENTS;
	q->answers_events |= is_one_of(table, of_events);
}

/*
 * SQLite's authorizer (the library's prototype): allows reading, and what
 * full-text search needs for reading.
 */
static int authorize(void *user, int action, const char *a, const char *b,
		     const char *c, const char *d)
{
	static const char *const pragmas[] = {
		"table_info",	    "table_xinfo",
		"table_list",	    "index_list",
		"index_info",	    "user_version",
		"data_version",	    "application_id",
		"foreign_key_list", NULL
	};
	static const char *const functions[] = {
		"load_extension", "fts3_tokenizer", "edit",
		"readfile",	  "writefile",	    NULL
	};

	(void)c;
	(void)d;
	switch (action) {
	case SQLITE_READ:
		note_read(user, a, b);
		return SQLITE_OK;
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return is_one_of(b, functions) ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_PRAGMA:
		/* with a value, a pragma changes a setting */
		return is_one_of(a, pragmas) &&
				       (!b || strstr(a, "table") ||
					strstr(a, "index") || strstr(a, "list"))
			       ? SQLITE_OK
			       : SQLITE_DENY;
	case SQLITE_UPDATE:
		/*
		 * Needed when a virtual table (json_each) declares itself; the
		 * schema cannot be written in defensive mode.
		 */
		return !strcmp(a, "sqlite_master") ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

/* Makes the connection read-only. */
static void guard(struct query *q)
{
	sqlite3_db_config(q->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(q->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_limit(q->db, SQLITE_LIMIT_LENGTH, VALUE_MAX);
	sqlite3_limit(q->db, SQLITE_LIMIT_SQL_LENGTH, SQL_MAX);
	sqlite3_limit(q->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_set_authorizer(q->db, authorize, q);
	sqlite3_progress_handler(q->db, STEPS_PER_CHECK, on_steps, q);
	regexp_register(q->db);
}

static int sql_fail(const struct query *q, struct error *err)
{
	return error_set(err, EIO, "%s: %s", q->files.paths[0],
			 sqlite3_errmsg(q->db));
}

static int run_sql(struct query *q, const char *sql, struct error *err)
{
	return sqlite3_exec(q->db, sql, NULL, NULL, NULL) ? sql_fail(q, err)
							  : 0;
}

/*
 * The view over the captures in place: files of a series are one capture, with
 * the ids of a load.
 */
static char *events_sql(const struct query *q)
{
	struct buffer paths = { 0 };
	char *sql;

	for (unsigned i = 0; i < q->files.count; i++)
		buffer_printf(&paths, "%s%s", i ? "\n" : "", q->files.paths[i]);
	buffer_u8(&paths, '\0');
	sql = sqlite3_mprintf(
		"DROP VIEW events; CREATE VIEW events AS SELECT event_id, "
		"capture_id, num, ts_ns, time, type, category, cpu, pid, tid, "
		"process, container_id, fd, fd_name, res, NULL AS process_id, "
		"NULL AS session_id FROM capture(%Q)",
		(char *)paths.data);
	buffer_free(&paths);
	return sql;
}

static bool is_same_file(const char *path, const struct stat *st)
{
	struct stat other;

	return !stat(path, &other) && other.st_ino == st->st_ino &&
	       other.st_dev == st->st_dev;
}

static bool was_named(const struct query *q, const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return false;
	for (unsigned i = 0; i < q->files.count; i++)
		if (is_same_file(q->files.paths[i], &st))
			return true;
	return false;
}

/*
 * May capture() read these paths (one per line)?  Only named ones, and files
 * in named folders.
 */
static bool may_read(void *user, const char *paths)
{
	const struct query *q = user;
	char *lines = mem_strdup(paths), *rest = lines, *path;
	bool may = true;

	while (!q->options.any_file && may && (path = strsep(&rest, "\n")))
		may = was_named(q, path);
	free(lines);
	return may;
}

/*
 * Replaces the view events of the temporary database by the captures in place.
 */
static int show_events(struct query *q, struct error *err)
{
	const struct vtab_options options = { .partial = true,
					      .stats = &q->stats,
					      .stop = must_stop,
					      .may_read = may_read,
					      .user = q };
	char *sql = events_sql(q);
	int result = vtab_register(q->db, &options) ? sql_fail(q, err)
						    : run_sql(q, sql, err);

	sqlite3_free(sql);
	return result;
}

/* The tables to load, separated by commas. */
static char *parts_of(uint32_t wanted)
{
	struct buffer b = { 0 };

	for (int i = 0; i < TABLE_COUNT; i++)
		if (wanted & 1u << i && tables[i]->only)
			buffer_printf(&b, "%s%s", b.len ? "," : "",
				      tables[i]->only);
	buffer_u8(&b, '\0');
	return (char *)b.data;
}

static int load(struct query *q, uint32_t wanted, struct error *err)
{
	char *parts = parts_of(wanted);
	const struct db_options options = { .captures = q->files.paths,
					    .count = q->files.count,
					    .only = parts,
					    .rules = wanted & 1u << TABLE_ALERTS
							     ? q->options.rules
							     : NULL,
					    .no_indices = !q->wants_search,
					    .progress = on_progress,
					    .evidence = &q->stats.evidence,
					    .user = q };
	int result = db_load_into(q->db, &options, &q->loaded_result, err);

	free(parts);
	return result < 0 ? -1 : 0;
}

static const char scratch_settings[] =
	"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
	"PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;";

/* Makes a temporary database, in a file, with these tables loaded. */
static int make_scratch(struct query *q, uint32_t wanted, struct error *err)
{
	char *schema = schema_sql();
	int result;

	sqlite3_close(q->db);
	result = sqlite3_open("", &q->db) ? sql_fail(q, err)
					  : run_sql(q, scratch_settings, err);
	if (!result)
		result = run_sql(q, schema, err);
	if (!result && !(wanted & 1u << TABLE_EVENTS))
		result = show_events(q, err);
	free(schema);
	if (!result && (wanted || q->wants_search))
		result = load(q, wanted, err);
	q->loaded = result ? 0 : wanted;
	q->is_loaded = !result && (wanted || q->wants_search);
	guard(q);
	return result;
}

/* Tables without a name for --only are always loaded. */
static uint32_t always_loaded(void)
{
	uint32_t bits = 0;

	for (int i = 0; i < TABLE_COUNT; i++)
		if (!tables[i]->only)
			bits |= 1u << i;
	return bits;
}

/* The tables that the last statement reads and that are not loaded. */
static uint32_t missing(const struct query *q)
{
	uint32_t has = q->loaded | (q->is_loaded ? always_loaded() : 0);

	return q->is_capture ? q->reads & ~has : 0;
}

/* Does the error say that a full text index is missing? */
static bool misses_search(const struct query *q)
{
	const char *text = sqlite3_errmsg(q->db);

	return q->is_capture && !q->wants_search &&
	       !strncmp(text, "no such table: ", 15) && strstr(text, "_search");
}

int session_prepare(struct query *q, const char *sql, sqlite3_stmt **ret_stmt,
		    const char **ret_rest, struct error *err)
{
	for (;;) {
		int code;

		q->reads = 0;
		code = sqlite3_prepare_v2(q->db, sql, -1, ret_stmt, ret_rest);
		if (code && misses_search(q)) {
			q->wants_search = true;
			if (make_scratch(q, q->loaded, err))
				return -1;
			continue;
		}
		if (code)
			return error_set(err, ERROR_SYNTAX, "%s",
					 sqlite3_errmsg(q->db));
		if (!missing(q))
			return 0;
		sqlite3_finalize(*ret_stmt);
		*ret_stmt = NULL;
		if (make_scratch(q, q->loaded | q->reads, err))
			return -1;
	}
}

bool query_is_database(const char *path)
{
	static const char magic[16] = "SQLite format 3";
	char head[sizeof(magic)] = "";
	FILE *file = fopen(path, "re");
	bool result;

	if (!file)
		return false;
	result = fread(head, 1, sizeof(head), file) == sizeof(head) &&
		 !memcmp(head, magic, sizeof(magic));
	fclose(file);
	return result;
}

static int open_database(struct query *q, const char *path, struct error *err)
{
	if (sqlite3_open_v2(path, &q->db, SQLITE_OPEN_READONLY, NULL))
		return error_set(err, EIO, "%s: %s", path,
				 sqlite3_errmsg(q->db));
	if (db_check(q->db, path, err))
		return -1;
	guard(q);
	return 0;
}

static void add_files(struct query *q, const struct folder_list *list)
{
	size_t size = sizeof(*list->paths);
	const char **all =
		arena_alloc(&q->arena, (q->files.count + list->count) * size);

	if (q->files.count)
		memcpy(all, q->files.paths, q->files.count * size);
	memcpy(all + q->files.count, list->paths, list->count * size);
	q->files.paths = all;
	q->files.count += list->count;
}

/* Collects the captures that the paths stand for. */
static int take_captures(struct query *q, const char *const *paths,
			 unsigned count, struct error *err)
{
	struct folder_list list;

	q->is_capture = true;
	for (unsigned i = 0; i < count; i++) {
		if (query_is_database(paths[i]))
			return error_set(err, EINVAL,
					 "%s: a database must be the only "
					 "file",
					 paths[i]);
		if (access(paths[i], R_OK))
			return error_errno(err, "%s: cannot open", paths[i]);
		if (folder_captures(&list, paths[i], &q->arena, err))
			return -1;
		add_files(q, &list);
	}
	series_sort(q->files.paths, q->files.count);
	return make_scratch(q, 0, err);
}

int query_open(struct query **ret_query, const char *const *paths,
	       unsigned count, const struct query_options *options,
	       struct error *err)
{
	struct query *q = mem_zalloc(sizeof(*q));
	int result;

	q->options = *options;
	session_start_clock(q);
	sqlite3_hard_heap_limit64(HEAP_LIMIT);
	if (count == 1 && query_is_database(paths[0])) {
		q->files.paths = arena_alloc(&q->arena, sizeof(char *));
		q->files.paths[0] = arena_strdup(&q->arena, paths[0]);
		q->files.count = 1;
		result = open_database(q, paths[0], err);
	} else {
		result = take_captures(q, paths, count, err);
	}
	if (result) {
		query_close(q);
		return -1;
	}
	*ret_query = q;
	return 0;
}

void query_stop(struct query *q)
{
	q->stopped = 1;
}

bool query_knows_gaps(const struct query *q)
{
	return !q->is_capture || q->is_loaded;
}

const struct evidence *query_evidence(const struct query *q)
{
	return &q->stats.evidence;
}

const struct vtab_stats *query_stats(const struct query *q)
{
	return &q->stats;
}

struct sqlite3 *query_db(struct query *q)
{
	return q->db;
}

void query_close(struct query *q)
{
	if (!q)
		return;
	sqlite3_close(q->db);
	evidence_free(&q->stats.evidence);
	arena_free(&q->arena);
	free(q);
}
