/* SPDX-License-Identifier: Apache-2.0 */
/* The whole database: its owner and version, schema, indices. */
#include "db/store.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/bytes.h"
#include "db/db.h"
#include "db/schema.h"

static const char search_sql[] =
	"CREATE VIRTUAL TABLE IF NOT EXISTS process_search USING fts5("
	"cmdline, path, content = 'processes', content_rowid = 'process_id');"
	"CREATE VIRTUAL TABLE IF NOT EXISTS string_search USING fts5("
	"text, content = 'strings', content_rowid = 'string_id');";

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

int64_t store_last_key(sqlite3 *db, const char *table)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT max(rowid) FROM %s", table);
	return store_number(db, sql, 0);
}

int store_error(sqlite3 *db, struct error *err)
{
	const char *name = sqlite3_db_filename(db, "main");

	return error_set(err, EIO, "%s: %s",
			 name && *name ? name : "the database",
			 sqlite3_errmsg(db));
}

int store_run(sqlite3 *db, const char *sql, struct error *err)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL))
		return store_error(db, err);
	return 0;
}

static int run_buffer(sqlite3 *db, struct buffer *sql, struct error *err)
{
	int result;

	buffer_u8(sql, '\0');
	result = store_run(db, (char *)sql->data, err);
	buffer_free(sql);
	return result;
}

int db_check(sqlite3 *db, const char *name, struct error *err)
{
	int64_t id = store_number(db, "PRAGMA application_id", -1);
	int64_t version = store_number(db, "PRAGMA user_version", -1);

	if (id < 0)
		return error_set(err, ERROR_FORMAT, "%s: %s", name,
				 sqlite3_errmsg(db));
	if (id != DB_APPLICATION_ID || version < 1)
		return error_set(err, ERROR_FORMAT,
				 "%s: not a database that spoor load made",
				 name);
	if (version > DB_VERSION)
		return error_set(err, ERROR_FORMAT,
				 "%s: made by a newer spoor (version %" PRId64
				 " of the database; this one knows %d)",
				 name, version, DB_VERSION);
	if (version < DB_VERSION)
		return error_set(err, ERROR_FORMAT,
				 "%s: made by an older spoor (version %" PRId64
				 " of the database, not %d): 'spoor load "
				 "--migrate' brings it up to date",
				 name, version, DB_VERSION);
	return 0;
}

/* Is it a database of an older version of spoor? */
static bool is_older(sqlite3 *db)
{
	int64_t version = store_number(db, "PRAGMA user_version", -1);

	return store_number(db, "PRAGMA application_id", -1) ==
		       DB_APPLICATION_ID &&
	       version > 0 && version < DB_VERSION;
}

int store_prepare(sqlite3 *db, struct error *err)
{
	const char *name = sqlite3_db_filename(db, "main");
	char *sql;
	int result;

	if (is_older(db))
		return store_migrate(db, err);
	if (store_number(db, "SELECT count(*) FROM sqlite_schema", -1) != 0)
		return db_check(db, name && *name ? name : "the database", err);
	sql = schema_sql();
	result = store_run(db, sql, err);
	free(sql);
	return result;
}

/* Appends SQL that adds new rows to the full-text tables. */
static void put_search(sqlite3 *db, struct buffer *sql)
{
	int64_t process = store_number(
		db, "SELECT max(id) FROM process_search_docsize", 0);
	int64_t string = store_number(
		db, "SELECT max(id) FROM string_search_docsize", 0);

	buffer_printf(sql,
		      "INSERT INTO process_search (rowid, cmdline, path) "
		      "SELECT process_id, cmdline, path FROM processes "
		      "WHERE process_id > %" PRId64 ";"
		      "INSERT INTO string_search (rowid, text) "
		      "SELECT string_id, text FROM strings "
		      "WHERE string_id > %" PRId64 ";",
		      process, string);
}

int store_index(sqlite3 *db, struct error *err)
{
	struct buffer sql = { 0 };

	if (store_run(db, search_sql, err))
		return -1;
	/* A sort needs as much additional memory as the cache. */
	buffer_printf(&sql, "PRAGMA cache_size = -16384;");
	for (const struct index *i = indices; i->name; i++)
		buffer_printf(&sql, "CREATE INDEX IF NOT EXISTS %s ON %s;",
			      i->name, i->on);
	put_search(db, &sql);
	buffer_printf(&sql, "PRAGMA analysis_limit = 1000; ANALYZE;");
	return run_buffer(db, &sql, err);
}

int store_drop_indices(sqlite3 *db, struct error *err)
{
	struct buffer sql = { 0 };

	for (const struct index *i = indices; i->name; i++)
		buffer_printf(&sql, "DROP INDEX IF EXISTS %s;", i->name);
	return run_buffer(db, &sql, err);
}

/* Appends SQL that deletes the rows of a capture from a table. */
static void put_delete(struct buffer *sql, const struct table *table,
		       int64_t capture_id)
{
	if (!strcmp(table->columns[0].name, "event_id"))
		buffer_printf(sql,
			      "DELETE FROM %s WHERE event_id >> 40 = %" PRId64
			      " AND event_id >= %" PRId64 " << 40"
			      " AND event_id < (%" PRId64 " << 40);",
			      table->name, capture_id, capture_id,
			      capture_id + 1);
	else
		buffer_printf(sql,
			      "DELETE FROM %s WHERE capture_id = %" PRId64 ";",
			      table->name, capture_id);
}

int store_forget(sqlite3 *db, int64_t capture_id, struct error *err)
{
	struct buffer sql = { 0 };

	/* Removes deleted rows from full-text search. */
	if (store_number(db,
			 "SELECT count(*) FROM sqlite_schema WHERE "
			 "name = 'process_search'",
			 0))
		buffer_printf(&sql,
			      "INSERT INTO process_search (process_search, "
			      "rowid, cmdline, path) SELECT 'delete', "
			      "process_id, cmdline, path FROM processes "
			      "WHERE capture_id = %" PRId64
			      " AND process_id IN (SELECT id FROM "
			      "process_search_docsize);",
			      capture_id);
	for (int i = TABLE_COUNT - 1; i >= 0; i--)
		if (i != TABLE_STRINGS && i != TABLE_EVENT_TYPES)
			put_delete(&sql, tables[i], capture_id);
	return run_buffer(db, &sql, err);
}
