/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Upgrades databases of older versions, one step per version.  What an old
 * version did not record stays NULL.
 */
#include <stdlib.h>
#include <string.h>

#include "core/event/tables.h"
#include "db/db.h"
#include "db/load.h"
#include "db/schema.h"
#include "db/store.h"

/*
 * Version 1 had one row of text per event, and only processes that an exec
 * began; a pid without an exec before its events gets a row of origin "seen".
 */
static const char from_1_begin[] =
	"DROP VIEW process_events; DROP VIEW socket_events;"
	"DROP VIEW process_file_events; DROP VIEW file_events;"
	"DROP INDEX processes_pid; DROP INDEX files_path;"
	"DROP INDEX alerts_rule;"
	"ALTER TABLE captures RENAME TO v1_captures;"
	"ALTER TABLE events RENAME TO v1_events;"
	"ALTER TABLE processes RENAME TO v1_processes;"
	"ALTER TABLE files RENAME TO v1_files;"
	"ALTER TABLE sockets RENAME TO v1_sockets;"
	"ALTER TABLE alerts RENAME TO v1_alerts;";

/* clang-format off */
#define ID(t) t ".capture_id << 40 | " t ".event_id"
#define TEXT_ID(t) "(SELECT string_id FROM v1_strings WHERE text = " t ")"
#define TYPE_ID(t) "(SELECT type FROM event_types WHERE name = " t ")"
#define PROCESS_ID(t) \
	"(SELECT process_id FROM v1_lives p WHERE p.capture_id = " \
	t ".capture_id AND p.pid = " t ".pid AND p.start_ns <= " t ".ts_ns " \
	"ORDER BY p.start_ns DESC LIMIT 1)"

static const char *const from_1_rows[] = {
	"INSERT INTO captures (capture_id, path, status, damage, events, "
	"first_ns, last_ns, hostname) SELECT capture_id, path, "
	"iif(damage IS NULL, 'whole', 'damaged'), damage, events, first_ns, "
	"last_ns, hostname FROM v1_captures",
	"INSERT INTO gaps (capture_id, kind, start_ns, num, detail) "
	"SELECT capture_id, 'damaged', last_ns, events, damage "
	"FROM v1_captures WHERE damage IS NOT NULL",
	"INSERT OR IGNORE INTO event_types (type, name, category) "
	"SELECT DISTINCT spoor_type(type), type, 'unknown' FROM ("
	"SELECT type FROM v1_events UNION SELECT operation FROM v1_files "
	"UNION SELECT action FROM v1_sockets) WHERE spoor_type(type) >= 0",
	"INSERT INTO strings (text) SELECT fd_name FROM v1_events "
	"WHERE fd_name IS NOT NULL UNION SELECT coalesce(path, name, source) "
	"FROM v1_files WHERE coalesce(path, name, source) IS NOT NULL "
	"UNION SELECT target FROM v1_files WHERE target IS NOT NULL "
	"UNION SELECT connection FROM v1_sockets WHERE connection IS NOT NULL "
	"UNION SELECT client_address FROM v1_sockets "
	"WHERE client_address IS NOT NULL "
	"UNION SELECT server_address FROM v1_sockets "
	"WHERE server_address IS NOT NULL",
	"CREATE TEMP TABLE v1_strings (text TEXT PRIMARY KEY, "
	"string_id INTEGER) "
	"WITHOUT ROWID",
	"INSERT INTO v1_strings SELECT text, string_id FROM strings",
	"INSERT INTO containers (capture_id, container_id) "
	"SELECT capture_id, container_id FROM v1_events "
	"WHERE container_id IS NOT NULL UNION SELECT capture_id, "
	"container_id FROM v1_processes WHERE container_id IS NOT NULL "
	"UNION SELECT capture_id, 'host' FROM v1_captures",
	"INSERT INTO users (capture_id, container_id, uid, name) "
	"SELECT DISTINCT capture_id, coalesce(container_id, 'host'), uid, "
	"user FROM v1_processes WHERE uid IS NOT NULL GROUP BY 1, 2, 3",
	"INSERT INTO processes (capture_id, origin, event_id, start_ns, pid, "
	"ppid, name, parent, path, cmdline, cwd, uid, gid, user, auid, tty, "
	"sid, container_id, is_new_binary, is_memfd) SELECT capture_id, "
	"'exec', " ID("q") ", ts_ns, coalesce(pid, -1), ppid, name, parent, "
	"path, cmdline, cwd, uid, gid, user, auid, tty, sid, "
	"coalesce(container_id, 'host'), is_new_binary, is_memfd "
	"FROM v1_processes q ORDER BY capture_id, event_id",
	"INSERT INTO processes (capture_id, origin, pid, name, container_id) "
	"SELECT e.capture_id, 'seen', e.pid, e.process, "
	"coalesce(e.container_id, 'host') FROM v1_events e "
	"LEFT JOIN (SELECT capture_id, pid, min(event_id) AS first "
	"FROM v1_processes GROUP BY 1, 2) x "
	"ON x.capture_id = e.capture_id AND x.pid = e.pid "
	"WHERE e.pid IS NOT NULL AND (x.first IS NULL OR e.event_id < x.first) "
	"GROUP BY e.capture_id, e.pid HAVING e.event_id = min(e.event_id)",
	"CREATE TEMP TABLE v1_lives (capture_id INTEGER, pid INTEGER, "
	"start_ns INTEGER, process_id INTEGER, "
	"PRIMARY KEY (capture_id, pid, start_ns, process_id)) WITHOUT ROWID",
	"INSERT INTO v1_lives SELECT capture_id, pid, coalesce(start_ns, 0), "
	"process_id FROM processes",
	"UPDATE processes SET end_ns = (SELECT l.start_ns FROM v1_lives l "
	"WHERE l.capture_id = processes.capture_id AND l.pid = processes.pid "
	"AND l.start_ns > coalesce(processes.start_ns, 0) "
	"ORDER BY l.start_ns LIMIT 1)",
	"INSERT INTO raw_events (event_id, ts_ns, type, cpu, tid, process_id, "
	"fd, name_id, res) SELECT " ID("e") ", ts_ns, coalesce("
	TYPE_ID("e.type") ", 1000), cpu, tid, " PROCESS_ID("e") ", fd, "
	TEXT_ID("e.fd_name") ", res FROM v1_events e",
	"INSERT INTO raw_files (event_id, ts_ns, type, process_id, path_id, "
	"target_id, flags, res) SELECT " ID("f") ", ts_ns, coalesce("
	TYPE_ID("f.operation") ", 1000), " PROCESS_ID("f") ", "
	TEXT_ID("coalesce(f.path, f.name, f.source)") ", "
	TEXT_ID("f.target") ", iif(f.is_write, 2, NULL), res "
	"FROM v1_files f",
	"INSERT INTO raw_sockets (event_id, ts_ns, type, process_id, fd, "
	"family, protocol, local_address_id, local_port, remote_address_id, "
	"remote_port, name_id, res) SELECT " ID("s") ", ts_ns, coalesce("
	TYPE_ID("s.action") ", 1000), " PROCESS_ID("s") ", fd, family, "
	"nullif(protocol, '<NA>'), " TEXT_ID("iif(s.action LIKE 'accept%', s.server_address, "
	"s.client_address)") ", iif(s.action LIKE 'accept%', s.server_port, "
	"s.client_port), " TEXT_ID("iif(s.action LIKE 'accept%', "
	"s.client_address, s.server_address)") ", "
	"iif(s.action LIKE 'accept%', s.client_port, s.server_port), "
	TEXT_ID("s.connection") ", res FROM v1_sockets s",
	"INSERT INTO alerts (capture_id, event_id, ts_ns, rule, priority, "
	"severity, output, tags, process_id, pid, process, container_id) "
	"SELECT capture_id, " ID("a") ", ts_ns, rule, priority, severity, "
	"output, tags, " PROCESS_ID("a") ", pid, process, container_id "
	"FROM v1_alerts a",
	"INSERT INTO timeline (capture_id, second, class, events, failed, "
	"bytes) SELECT capture_id, ts_ns / 1000000000, 'other', count(*), "
	"count(CASE WHEN res < 0 THEN 1 END), 0 FROM v1_events "
	"GROUP BY 1, 2",
	"DROP TABLE v1_captures; DROP TABLE v1_events; DROP TABLE v1_processes",
	"DROP TABLE v1_files; DROP TABLE v1_sockets; DROP TABLE v1_alerts",
	"DROP TABLE v1_strings; DROP TABLE v1_lives",
	NULL,
};
/* clang-format on */

/* spoor_type(name): the number of an event type, see event_types. */
static void type_function(sqlite3_context *context, int count,
			  sqlite3_value **values)
{
	const char *name = (const char *)sqlite3_value_text(values[0]);

	(void)count;
	for (int i = EVENT_KIND_COUNT - 1; name && i >= 0; i--)
		if (!(event_kinds[i].flags & (EF_OLD_VERSION | EF_UNUSED)) &&
		    !strcmp(event_kinds[i].name, name)) {
			sqlite3_result_int(context, i);
			return;
		}
	for (int i = 1; name && i < PPM_SC_COUNT; i++)
		if (!strcmp(ppm_scs[i].name, name)) {
			sqlite3_result_int(context, TYPE_GENERIC + i);
			return;
		}
	sqlite3_result_int(context, TYPE_GENERIC);
}

static int migrate_1(sqlite3 *db, struct error *err)
{
	char *schema = schema_sql();
	int result = -1;

	if (sqlite3_create_function(db, "spoor_type", 1, SQLITE_UTF8, NULL,
				    type_function, NULL, NULL))
		store_error(db, err);
	else
		result = store_run(db, from_1_begin, err) ||
					 store_run(db, schema, err)
				 ? -1
				 : 0;
	for (int i = 0; !result && from_1_rows[i]; i++)
		result = store_run(db, from_1_rows[i], err);
	free(schema);
	return result;
}

/*
 * Adds a column, unless it exists: the step from version 1 creates all of
 * them.
 */
static int add_column(sqlite3 *db, const char *table, const char *column,
		      const char *type, struct error *err)
{
	char *has = sqlite3_mprintf("SELECT 1 FROM pragma_table_info(%Q) "
				    "WHERE name = %Q",
				    table, column);
	char *add = sqlite3_mprintf("ALTER TABLE %s ADD COLUMN %s %s", table,
				    column, type);
	int result = store_number(db, has, 0) ? 0 : store_run(db, add, err);

	sqlite3_free(has);
	sqlite3_free(add);
	return result;
}

/* Version 2 had no hashes of the loaded files. */
static int migrate_2(sqlite3 *db, struct error *err)
{
	return add_column(db, "captures", "sha256", "TEXT", err);
}

/* Replaces the views by those of this version. */
static int renew_views(sqlite3 *db, struct error *err)
{
	struct buffer sql = { 0 };

	int result;

	for (const struct view *v = views; v->name; v++)
		buffer_printf(&sql, "DROP VIEW IF EXISTS %s;", v->name);
	schema_views_sql(&sql);
	buffer_u8(&sql, '\0');
	result = store_run(db, (char *)sql.data, err);
	buffer_free(&sql);
	return result;
}

/*
 * Version 4 had no first lines of connections and no positions of damage, and
 * one column for bytes and events.
 */
static int migrate_4(sqlite3 *db, struct error *err)
{
	return add_column(db, "connections", "first_line", "TEXT", err) ||
			       add_column(db, "captures", "checksums", "TEXT",
					  err) ||
			       add_column(db, "gaps", "path", "TEXT", err) ||
			       add_column(db, "gaps", "offset", "INTEGER",
					  err) ||
			       add_column(db, "gaps", "bytes", "INTEGER",
					  err) ||
			       store_run(db,
					 "UPDATE gaps SET bytes = count, "
					 "count = NULL WHERE kind = 'damaged'",
					 err)
		       ? -1
		       : 0;
}

static bool has_table(sqlite3 *db, const char *name)
{
	char *sql = sqlite3_mprintf(
		"SELECT 1 FROM sqlite_master WHERE name = %Q", name);
	bool has = store_number(db, sql, 0);

	sqlite3_free(sql);
	return has;
}

/*
 * Version 5 did not say how connections came about, nor what was asked for
 * where an answer came by another name.
 */
static int migrate_5_network(sqlite3 *db, struct error *err)
{
	return add_column(db, "connections", "made_by", "TEXT", err) ||
			       add_column(db, "dns", "question", "TEXT", err) ||
			       add_column(db, "dns", "is_cut", "INTEGER",
					  err) ||
			       add_column(db, "gaps", "calls", "TEXT", err)
		       ? -1
		       : 0;
}

/* Version 5 had less of how programs were called. */
static int migrate_5_programs(sqlite3 *db, struct error *err)
{
	return add_column(db, "processes", "overflows", "TEXT", err) ||
			       add_column(db, "processes", "script", "TEXT",
					  err) ||
			       add_column(db, "processes", "entered", "TEXT",
					  err) ||
			       add_column(db, "processes", "root", "TEXT", err)
		       ? -1
		       : 0;
}

/* ... and users of programs alone. */
static int migrate_5_users(sqlite3 *db, struct error *err)
{
	static const char *const ids[] = { "uid", "gid", "ruid",      "rgid",
					   "dev", "ino", "object_id", NULL };
	struct buffer sql = { 0 };
	int result = 0;

	for (int i = 0; !result && ids[i]; i++)
		result = add_column(db, "raw_files", ids[i], "INTEGER", err);
	for (int i = 2; !result && i < 4; i++)
		result = add_column(db, "processes", ids[i], "INTEGER", err);
	if (!result)
		result = add_column(db, "file_io", "mapped", "INTEGER", err) ||
					 add_column(db, "processes",
						    "has_moved", "INTEGER", err)
				 ? -1
				 : 0;
	schema_table_sql(&sql, tables[TABLE_USER_CHANGES]);
	buffer_u8(&sql, '\0');
	if (!result && !has_table(db, "user_changes"))
		result = store_run(db, (char *)sql.data, err);
	buffer_free(&sql);
	return result;
}

static int migrate_5(sqlite3 *db, struct error *err)
{
	return migrate_5_programs(db, err) || migrate_5_users(db, err) ||
			       migrate_5_network(db, err)
		       ? -1
		       : 0;
}

int store_migrate(sqlite3 *db, struct error *err)
{
	static int (*const steps[DB_VERSION])(sqlite3 * db,
					      struct error * err) = {
		[1] = migrate_1, [2] = migrate_2,
		[3] = NULL, /* only views changed */
		[4] = migrate_4, [5] = migrate_5,
	};
	int64_t version = store_number(db, "PRAGMA user_version", 0);
	char sql[64];

	for (; version < DB_VERSION; version++)
		if (steps[version] && steps[version](db, err))
			return -1;
	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", DB_VERSION);
	if (store_run(db, sql, err))
		return -1;
	return renew_views(db, err);
}
