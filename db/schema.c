/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The schema.  Every event table begins with capture_id and event_id; then
 * its columns, filled by the fields they name.  Views have osquery's names.
 */
#include "db/schema.h"

#include <stddef.h>

#include "core/bytes.h"
#include "db/db.h"

/* clang-format off */
static const struct column events[] = {
	{ "ts_ns", "INTEGER", "evt.rawtime" },
	{ "type", "TEXT", "evt.type" },
	{ "cpu", "INTEGER", "evt.cpu" },
	{ "pid", "INTEGER", "proc.pid" },
	{ "tid", "INTEGER", "thread.tid" },
	{ "process", "TEXT", "proc.name" },
	{ "container_id", "TEXT", "container.id" },
	{ "fd", "INTEGER", "fd.num" },
	{ "fd_name", "TEXT", "fd.name" },
	{ "res", "INTEGER", "evt.rawres" },
	{ NULL, NULL, NULL },
};

static const struct column processes[] = {
	{ "ts_ns", "INTEGER", "evt.rawtime" },
	{ "time", "TEXT", "evt.time.iso8601" },
	{ "pid", "INTEGER", "proc.pid" },
	{ "ppid", "INTEGER", "proc.ppid" },
	{ "name", "TEXT", "proc.name" },
	{ "parent", "TEXT", "proc.pname" },
	{ "path", "TEXT", "proc.exepath" },
	{ "cmdline", "TEXT", "proc.cmdline" },
	{ "cwd", "TEXT", "proc.cwd" },
	{ "uid", "INTEGER", "user.uid" },
	{ "gid", "INTEGER", "group.gid" },
	{ "user", "TEXT", "user.name" },
	{ "auid", "INTEGER", "user.loginuid" },
	{ "tty", "INTEGER", "proc.tty" },
	{ "sid", "INTEGER", "proc.sid" },
	{ "container_id", "TEXT", "container.id" },
	{ "is_new_binary", "INTEGER", "proc.is_exe_upper_layer" },
	{ "is_memfd", "INTEGER", "proc.is_exe_from_memfd" },
	{ NULL, NULL, NULL },
};

static const struct column files[] = {
	{ "ts_ns", "INTEGER", "evt.rawtime" },
	{ "time", "TEXT", "evt.time.iso8601" },
	{ "operation", "TEXT", "evt.type" },
	{ "path", "TEXT", "fd.name" },
	{ "name", "TEXT", "fs.path.name" },
	{ "source", "TEXT", "fs.path.source" },
	{ "target", "TEXT", "fs.path.target" },
	{ "is_write", "INTEGER", "evt.is_open_write" },
	{ "res", "INTEGER", "evt.rawres" },
	{ "pid", "INTEGER", "proc.pid" },
	{ "process", "TEXT", "proc.name" },
	{ "cmdline", "TEXT", "proc.cmdline" },
	{ "executable", "TEXT", "proc.exepath" },
	{ "uid", "INTEGER", "user.uid" },
	{ "container_id", "TEXT", "container.id" },
	{ NULL, NULL, NULL },
};

static const struct column sockets[] = {
	{ "ts_ns", "INTEGER", "evt.rawtime" },
	{ "time", "TEXT", "evt.time.iso8601" },
	{ "action", "TEXT", "evt.type" },
	{ "fd", "INTEGER", "fd.num" },
	{ "connection", "TEXT", "fd.name" },
	{ "family", "TEXT", "fd.type" },
	{ "protocol", "TEXT", "fd.l4proto" },
	{ "client_address", "TEXT", "fd.cip" },
	{ "client_port", "INTEGER", "fd.cport" },
	{ "server_address", "TEXT", "fd.sip" },
	{ "server_port", "INTEGER", "fd.sport" },
	{ "result", "TEXT", "evt.res" },
	{ "res", "INTEGER", "evt.rawres" },
	{ "pid", "INTEGER", "proc.pid" },
	{ "process", "TEXT", "proc.name" },
	{ "cmdline", "TEXT", "proc.cmdline" },
	{ "path", "TEXT", "proc.exepath" },
	{ "uid", "INTEGER", "user.uid" },
	{ "container_id", "TEXT", "container.id" },
	{ NULL, NULL, NULL },
};

const struct table event_tables[] = {
	{ "events", NULL, events },
	{ "processes",
	  "evt.type in (execve, execveat) and evt.rawres = 0", processes },
	{ "files",
	  "evt.type in (open, openat, openat2, creat, unlink, unlinkat, rename, renameat, renameat2, link, linkat, symlink, symlinkat, mkdir, mkdirat, rmdir, chmod, fchmod, fchmodat, chown, fchown, lchown, fchownat, mknod, mknodat, mount, umount2)",
	  files },
	{ "sockets",
	  "evt.type in (connect, accept, accept4, bind, listen) and fd.num >= 0",
	  sockets },
	{ NULL, NULL, NULL },
};
/* clang-format on */

const char schema_extra[] =
	"CREATE TABLE captures (capture_id INTEGER PRIMARY KEY, path TEXT, "
	"events INTEGER, first_ns INTEGER, last_ns INTEGER, hostname TEXT, "
	"damage TEXT);"
	"CREATE TABLE alerts (capture_id INTEGER REFERENCES captures, "
	"event_id INTEGER, ts_ns INTEGER, time TEXT, rule TEXT, "
	"priority TEXT, severity INTEGER, output TEXT, tags TEXT, "
	"pid INTEGER, process TEXT, container_id TEXT);"
	"CREATE VIEW process_events AS SELECT ts_ns / 1000000000 AS time, "
	"time AS time_iso, CAST(ts_ns AS TEXT) AS ntime, pid, ppid AS parent, "
	"path, cmdline, cwd, uid, gid, auid, user, name, container_id, "
	"event_id AS eid, capture_id FROM processes;"
	"CREATE VIEW socket_events AS SELECT action, pid, path, fd, auid_ AS "
	"auid, family, protocol, local_address, remote_address, local_port, "
	"remote_port, time, time_iso, eid, success, status, container_id, "
	"capture_id FROM (SELECT action, pid, path, fd, -1 AS auid_, family, "
	"protocol, CASE WHEN action LIKE 'accept%' THEN server_address ELSE "
	"client_address END AS local_address, CASE WHEN action LIKE 'accept%' "
	"THEN client_address ELSE server_address END AS remote_address, CASE "
	"WHEN action LIKE 'accept%' THEN server_port ELSE client_port END AS "
	"local_port, CASE WHEN action LIKE 'accept%' THEN client_port ELSE "
	"server_port END AS remote_port, ts_ns / 1000000000 AS time, time AS "
	"time_iso, event_id AS eid, res >= 0 AS success, result AS status, "
	"container_id, capture_id FROM sockets);"
	"CREATE VIEW process_file_events AS SELECT operation, pid, "
	"ts_ns / 1000000000 AS time, time AS time_iso, executable, "
	"coalesce(path, name, source) AS path, target AS dest_path, uid, "
	"event_id AS eid, container_id, capture_id FROM files;"
	"CREATE VIEW file_events AS SELECT coalesce(path, name, source) AS "
	"target_path, operation AS action, uid, ts_ns / 1000000000 AS time, "
	"event_id AS eid, container_id, capture_id FROM files;";

char *schema_sql(void)
{
	struct buffer b = { 0 };

	for (const struct table *t = event_tables; t->name; t++) {
		buffer_printf(&b,
			      "CREATE TABLE %s (capture_id INTEGER REFERENCES "
			      "captures, event_id INTEGER",
			      t->name);
		for (const struct column *c = t->columns; c->name; c++)
			buffer_printf(&b, ", %s %s", c->name, c->sql_type);
		buffer_printf(&b, ", PRIMARY KEY (capture_id, event_id)) "
				  "WITHOUT ROWID;");
	}
	buffer_printf(&b,
		      "%sPRAGMA application_id = %d; PRAGMA user_version = %d;",
		      schema_extra, DB_APPLICATION_ID, DB_VERSION);
	buffer_u8(&b, '\0');
	return (char *)b.data;
}
