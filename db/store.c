/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The database file: made beside its place and put there when it is whole, or
 * added to in one transaction.
 */
#include "db/store.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/bytes.h"
#include "db/db.h"
#include "db/schema.h"

static const char search_sql[] =
	"CREATE VIRTUAL TABLE IF NOT EXISTS process_search USING fts5("
	"cmdline, path, content = 'processes', content_rowid = 'process_id');"
	"CREATE VIRTUAL TABLE IF NOT EXISTS string_search USING fts5("
	"text, content = 'strings', content_rowid = 'string_id');"
	"INSERT INTO process_search (process_search) VALUES ('rebuild');"
	"INSERT INTO string_search (string_search) VALUES ('rebuild');";

int64_t store_number(sqlite3 *db, const char *sql, int64_t fallback)
{
	sqlite3_stmt *s;
	int64_t n = fallback;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL))
		return fallback;
	if (sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

static int run_sql(sqlite3 *db, const char *sql, struct error *err)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL))
		return error_set(err, EIO, "%s", sqlite3_errmsg(db));
	return 0;
}

int db_check(sqlite3 *db, const char *name, struct error *err)
{
	int64_t id = store_number(db, "PRAGMA application_id", -1);
	int64_t version = store_number(db, "PRAGMA user_version", -1);

	if (id < 0)
		return error_set(err, ERROR_FORMAT, "%s: %s", name,
				 sqlite3_errmsg(db));
	if (id != DB_APPLICATION_ID)
		return error_set(err, ERROR_FORMAT,
				 "%s: not a database that spoor load made",
				 name);
	if (version > DB_VERSION)
		return error_set(err, ERROR_FORMAT,
				 "%s: made by a newer spoor (version %" PRId64
				 " of the database, this one knows %d)",
				 name, version, DB_VERSION);
	if (version < DB_VERSION)
		return error_set(err, ERROR_FORMAT,
				 "%s: made by an older spoor (version %" PRId64
				 " of the database, not %d): spoor load "
				 "--migrate brings it up to date",
				 name, version, DB_VERSION);
	return 0;
}

int store_prepare(sqlite3 *db, struct error *err)
{
	char *sql;
	int result;

	if (store_number(db, "SELECT count(*) FROM sqlite_schema", -1) != 0)
		return db_check(db, "database", err);
	sqlite3_exec(db, "PRAGMA page_size = 32768", NULL, NULL, NULL);
	sql = schema_sql();
	result = run_sql(db, sql, err);
	free(sql);
	return result;
}

int store_index(sqlite3 *db, struct error *err)
{
	struct buffer sql = { 0 };
	int result;

	for (const struct index *i = indices; i->name; i++)
		buffer_printf(&sql, "CREATE INDEX IF NOT EXISTS %s ON %s;",
			      i->name, i->on);
	buffer_printf(&sql, "%sPRAGMA analysis_limit = 1000; ANALYZE;",
		      search_sql);
	buffer_u8(&sql, '\0');
	result = run_sql(db, (char *)sql.data, err);
	buffer_free(&sql);
	return result;
}

int db_load_file(const char *db_path, const char *const *captures,
		 unsigned count, const struct db_options *options,
		 struct db_result *ret_result, struct error *err)
{
	static const char settings[] =
		"PRAGMA page_size = 32768; PRAGMA journal_mode = OFF; "
		"PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;";
	char part[4096];
	sqlite3 *db;
	int result = -1;

	snprintf(part, sizeof(part), "%s.part-%d", db_path, (int)getpid());
	unlink(part);
	if (sqlite3_open(part, &db))
		error_set(err, EIO, "%s: %s", part, sqlite3_errmsg(db));
	else if (!run_sql(db, settings, err))
		result = db_load_into(db, captures, count, options, ret_result,
				      err);
	sqlite3_close(db);
	if (result >= 0 && rename(part, db_path))
		result = error_errno(err, "%s", db_path);
	if (result < 0)
		unlink(part);
	return result;
}
