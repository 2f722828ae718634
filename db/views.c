/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Views: the raw tables with names, and the same data under the names that
 * osquery, Sigma and Grafana use (doc/database.md).  Columns that captures do
 * not have are NULL, so that queries written for those tools run.
 */
#include "db/fills.h"

/*
 * A row's time: text, as in all tables; and as the numbers that osquery calls
 * time (seconds) and ntime.
 */
#define TIMES(ns)                               \
 TIME_SQL(ns)                                   \
 " AS time, " ns " / 1000000000 AS unix_time, " \
 "CAST(" ns " AS TEXT) AS ntime, "
#define UPTIME(ns) "(" ns " - c.boot_ns) / 1000000000 AS uptime, "
/* LEFT keeps the order of events if no type is selected. */
#define JOIN_TYPE(r) "LEFT JOIN event_types t ON t.type = " r ".type "
#define JOIN_PROCESS(r) \
 "LEFT JOIN processes p ON p.process_id = " r ".process_id "
#define JOIN_TEXT(r, s, id) \
 "LEFT JOIN strings " s " ON " s ".string_id = " r "." id " "
#define JOIN_CAPTURE(r) "JOIN captures c ON c.capture_id = " r ".capture_id "
/*
 * Whose rights an action f was done with.  Rows of older databases have those
 * of the program alone.
 */
#define EUID "coalesce(f.uid, p.uid)"
#define IDS                                                            \
 "coalesce(f.ruid, p.ruid, p.uid) AS uid, coalesce(f.rgid, p.rgid, "   \
 "p.gid) AS gid, p.auid, " EUID " AS euid, coalesce(f.gid, p.gid) AS " \
 "egid, NULL AS fsuid, NULL AS fsgid, NULL AS suid, NULL AS sgid, "
#define USER                                                   \
 "coalesce(u.name, iif(" EUID " = 0, 'root', NULL), iif(" EUID \
 " = p.uid, p.user, NULL)) "
#define JOIN_USER                                    \
 "LEFT JOIN users u ON u.capture_id = f.capture_id " \
 "AND u.container_id = p.container_id AND u.uid = " EUID " "

/* clang-format off */
/*
 * The file of a row f: owner and similar columns of osquery's file_events
 * describe the file itself, and are not in captures.
 */
#define FILE_EVENTS(path, action, id) \
	"SELECT " path " AS target_path, NULL AS category, " action \
	" AS action, f.event_id AS transaction_id, f.ino AS inode, " \
	"NULL AS uid, NULL AS gid, NULL AS mode, NULL AS size, " \
	"NULL AS atime, NULL AS mtime, NULL AS ctime, NULL AS md5, " \
	"NULL AS sha1, NULL AS sha256, 0 AS hashed, " TIMES("f.ts_ns") \
	"f.event_id AS eid, p.container_id, f.capture_id, f.num AS seq, " \
	"f.process_id FROM raw_files f " JOIN_TYPE("f") JOIN_PROCESS("f") \
	JOIN_TEXT("f", "a", id) JOIN_TEXT("f", "o", "object_id")

/* The rows of Sysmon's event 11: what was made, and what was written to. */
#define FILE_EVENT(path) \
	"SELECT 11 AS EventID, " TIME_SQL("f.ts_ns") " AS UtcTime, " \
	"p.process_id AS ProcessGuid, p.pid AS ProcessId, " \
	"p.path AS Image, p.cmdline AS CommandLine, " USER "AS User, " path \
	" AS TargetFilename, " TIME_SQL("f.ts_ns") " AS CreationUtcTime, " \
	"p.parent_path AS ParentImage, p.container_id, f.capture_id, " \
	"f.event_id FROM raw_files f " JOIN_TYPE("f") JOIN_PROCESS("f") \
	JOIN_USER JOIN_TEXT("f", "a", "path_id") \
	JOIN_TEXT("f", "b", "target_id") JOIN_TEXT("f", "o", "object_id")

const struct view views[] = {
	{ "events", "all events, with names",
	  "SELECT e.event_id, e.capture_id, e.num, e.ts_ns, "
	  TIME_SQL("e.ts_ns") " AS time, t.name AS type, t.category, e.cpu, "
	  "p.pid, e.tid, p.name AS process, p.container_id, e.fd, "
	  "n.text AS fd_name, e.res, e.process_id, p.session_id "
	  "FROM raw_events e " JOIN_TYPE("e") JOIN_PROCESS("e")
	  JOIN_TEXT("e", "n", "name_id") },
	{ "files", "operations on files by path, with names",
	  "SELECT f.event_id, f.capture_id, f.num, f.ts_ns, "
	  TIME_SQL("f.ts_ns") " AS time, t.name AS operation, "
	  "a.text AS path, b.text AS target, o.text AS object, f.flags, "
	  "coalesce(f.flags & 2, 0) <> 0 AS is_write, "
	  "coalesce(f.flags & 16384, 0) <> 0 AS is_new, f.fd, f.res, p.pid, "
	  "p.name AS process, p.cmdline, p.path AS executable, "
	  EUID " AS uid, coalesce(f.ruid, p.ruid) AS ruid, " USER "AS user, "
	  "coalesce(p.entered, p.container_id) AS container_id, "
	  "f.process_id, p.session_id, f.dev, f.ino "
	  "FROM raw_files f " JOIN_TYPE("f") JOIN_PROCESS("f") JOIN_USER
	  JOIN_TEXT("f", "a", "path_id") JOIN_TEXT("f", "b", "target_id")
	  JOIN_TEXT("f", "o", "object_id") },
	{ "sockets", "connect, accept, bind and listen, with names",
	  "SELECT s.event_id, s.capture_id, s.num, s.ts_ns, "
	  TIME_SQL("s.ts_ns") " AS time, t.name AS action, s.fd, "
	  "n.text AS connection, s.family, s.protocol, "
	  "a.text AS local_address, s.local_port, b.text AS remote_address, "
	  "s.remote_port, s.res, p.pid, p.name AS process, p.cmdline, p.path, "
	  "p.uid, p.user, p.container_id, s.connection_id, s.process_id, "
	  "p.session_id FROM raw_sockets s " JOIN_TYPE("s") JOIN_PROCESS("s")
	  JOIN_TEXT("s", "n", "name_id") JOIN_TEXT("s", "a", "local_address_id")
	  JOIN_TEXT("s", "b", "remote_address_id") },
	{ "process_events", "programs started, as in osquery",
	  "SELECT p.pid, p.path, NULL AS mode, p.cmdline, "
	  "iif(p.overflows IS NULL, length(CAST(p.cmdline AS BLOB)), NULL) "
	  "AS cmdline_size, NULL AS env, p.env_count, p.env_size, p.cwd, "
	  "p.auid, coalesce(p.ruid, p.uid) AS uid, p.uid AS euid, "
	  "coalesce(p.rgid, p.gid) AS gid, p.gid AS egid, "
	  "NULL AS owner_uid, NULL AS owner_gid, NULL AS atime, "
	  "p.exe_mtime_ns / 1000000000 AS mtime, "
	  "p.exe_ctime_ns / 1000000000 AS ctime, NULL AS btime, "
	  "p.overflows, p.ppid AS parent, "
	  TIMES("p.start_ns") UPTIME("p.start_ns")
	  "p.event_id AS eid, 0 AS status, NULL AS fsuid, NULL AS suid, "
	  "NULL AS fsgid, NULL AS sgid, 'execve' AS syscall, p.name, p.user, "
	  "p.exit_code, p.container_id AS cid, p.container_id, p.capture_id, "
	  "p.event_id & 0xFFFFFFFFFF AS seq, p.process_id, p.session_id "
	  "FROM processes p " JOIN_CAPTURE("p") "WHERE p.origin = 'exec'" },
	{ "socket_events", "connections, as in osquery",
	  "SELECT replace(t.name, 'accept4', 'accept') AS action, p.pid, "
	  "p.path, s.fd, p.auid, CASE s.family WHEN 'ipv4' THEN 2 WHEN 'ipv6' "
	  "THEN 10 WHEN 'unix' THEN 1 END AS family, CASE s.protocol WHEN "
	  "'tcp' THEN 6 WHEN 'udp' THEN 17 WHEN 'icmp' THEN 1 END AS protocol, "
	  "a.text AS local_address, b.text AS remote_address, s.local_port, "
	  "s.remote_port, iif(s.family = 'unix', n.text, NULL) AS socket, "
	  TIMES("s.ts_ns") UPTIME("s.ts_ns") "s.event_id AS eid, "
	  "s.res >= 0 AS success, CASE WHEN s.res >= 0 THEN 'succeeded' "
	  "WHEN s.res = -115 THEN 'in_progress' ELSE 'failed' END AS status, "
	  "p.container_id, s.capture_id, s.num AS seq, s.process_id "
	  "FROM raw_sockets s " JOIN_TYPE("s") JOIN_PROCESS("s")
	  JOIN_CAPTURE("s") JOIN_TEXT("s", "n", "name_id")
	  JOIN_TEXT("s", "a", "local_address_id")
	  JOIN_TEXT("s", "b", "remote_address_id") },
	{ "process_file_events", "operations on files with their processes, "
	     "as in osquery",
	  "SELECT t.name AS operation, p.pid, p.ppid, "
	  TIMES("f.ts_ns") "p.path AS executable, "
	  "p.origin IN ('start', 'seen') AS partial, "
	  "iif(p.has_moved, NULL, p.cwd) AS cwd, a.text AS path, "
	  "b.text AS dest_path, " IDS UPTIME("f.ts_ns")
	  "f.event_id AS eid, f.res, p.container_id, f.capture_id, "
	  "f.num AS seq, f.process_id "
	  "FROM raw_files f " JOIN_TYPE("f") JOIN_PROCESS("f")
	  JOIN_CAPTURE("f") JOIN_TEXT("f", "a", "path_id")
	  JOIN_TEXT("f", "b", "target_id") },
	{ "file_events", "successful changes of files, as in osquery",
	  FILE_EVENTS("iif(t.name GLOB 'rename*', a.text, "
		      "coalesce(o.text, a.text))", "CASE "
	  "WHEN t.name GLOB 'unlink*' OR t.name = 'rmdir' THEN 'DELETED' "
	  "WHEN t.name GLOB 'rename*' THEN 'MOVED_FROM' "
	  "WHEN t.name GLOB '*chmod*' OR t.name GLOB '*chown*' "
	  "THEN 'ATTRIBUTES_MODIFIED' "
	  "WHEN f.flags & 16384 OR t.name GLOB 'mk*' OR t.name GLOB '*link*' "
	  "OR t.name = 'creat' THEN 'CREATED' "
	  "WHEN f.flags & 2 OR t.name GLOB '*truncate' THEN 'UPDATED' "
	  "ELSE 'OPENED' END", "path_id") "WHERE f.res >= 0 UNION ALL "
	  FILE_EVENTS("coalesce(o.text, a.text)", "'MOVED_TO'", "target_id")
	  "WHERE f.res >= 0 AND t.name GLOB 'rename*'" },
	{ "process_creation", "programs started, as in Sigma",
	  "SELECT 1 AS EventID, " TIME_SQL("p.start_ns") " AS UtcTime, "
	  "p.process_id AS ProcessGuid, p.pid AS ProcessId, p.path AS Image, "
	  "NULL AS FileVersion, NULL AS Description, NULL AS Product, "
	  "NULL AS Company, NULL AS OriginalFileName, "
	  "p.cmdline AS CommandLine, p.cwd AS CurrentDirectory, "
	  "p.user AS User, p.session_id AS LogonGuid, p.auid AS LogonId, "
	  "p.tty AS TerminalSessionId, NULL AS IntegrityLevel, "
	  "NULL AS Hashes, p.parent_id AS ParentProcessGuid, "
	  "p.ppid AS ParentProcessId, p.parent_path AS ParentImage, "
	  "p.parent_cmdline AS ParentCommandLine, q.user AS ParentUser, "
	  "c.hostname AS Computer, p.container_id, p.capture_id, p.event_id "
	  "FROM processes p " JOIN_CAPTURE("p")
	  "LEFT JOIN processes q ON q.process_id = p.parent_id "
	  "WHERE p.origin = 'exec'" },
	{ "file_event", "files made, written, renamed or linked, as in Sigma",
	  FILE_EVENT("coalesce(o.text, "
		     "iif(t.name GLOB 'rename*', b.text, a.text))")
	  "WHERE f.res >= 0 AND (t.name GLOB 'rename*' OR t.name GLOB 'link*' "
	  "OR t.name GLOB 'symlink*' OR t.name GLOB 'mk*' "
	  "OR t.name GLOB '*truncate' OR (f.flags & 2 "
	  "AND (a.text IS NULL OR a.text NOT GLOB '/dev/*' "
	  "OR a.text GLOB '/dev/shm/*')))" },
	{ "remote_names", "what the process of a connection had looked up "
	  "before it connected, and had that address as the latest answer",
	  "SELECT n.connection_id, n.capture_id, d.question AS name, "
	  "max(d.ts_ns) AS ts_ns FROM connections n JOIN dns d "
	  "ON d.answer = n.remote_address AND d.process_id = n.process_id "
	  "AND d.ts_ns <= n.first_ns AND d.direction = 'response' "
	  "WHERE n.role = 'client' GROUP BY n.connection_id" },
	{ "network_connection", "connections, as in Sigma",
	  "SELECT 3 AS EventID, " TIME_SQL("n.first_ns") " AS UtcTime, "
	  "p.process_id AS ProcessGuid, p.pid AS ProcessId, p.path AS Image, "
	  "p.cmdline AS CommandLine, p.user AS User, n.protocol AS Protocol, "
	  "iif(n.role = 'client', 'true', 'false') AS Initiated, "
	  "iif(n.role = 'client', n.local_address, n.remote_address) "
	  "AS SourceIp, "
	  "iif(n.role = 'client', n.local_port, n.remote_port) AS SourcePort, "
	  "iif(n.role = 'client', n.remote_address, n.local_address) "
	  "AS DestinationIp, iif(n.role = 'client', n.remote_port, "
	  "n.local_port) AS DestinationPort, "
	  "d.name AS DestinationHostname, "
	  "p.container_id, n.capture_id, n.connection_id FROM connections n "
	  JOIN_PROCESS("n") "LEFT JOIN remote_names d "
	  "ON d.connection_id = n.connection_id WHERE n.family IN ('ipv4', 'ipv6') "
	  "AND n.remote_address IS NOT NULL" },
	{ "dns_query", "DNS queries, as in Sigma",
	  "SELECT 22 AS EventID, " TIME_SQL("d.ts_ns") " AS UtcTime, "
	  "p.process_id AS ProcessGuid, p.pid AS ProcessId, p.path AS Image, "
	  "p.user AS User, coalesce(d.question, d.name) AS QueryName, d.rcode AS QueryStatus, "
	  "d.answer AS QueryResults, d.type AS record_type, p.container_id, "
	  "d.capture_id, d.event_id FROM dns d " JOIN_PROCESS("d") },
	{ "v_timeseries", "events, failures and bytes per second, for Grafana",
	  "SELECT " TIME_SQL("second * 1000000000") " AS time, "
	  "second AS unix_time, class, events, failed, bytes, capture_id "
	  "FROM timeline" },
	{ NULL, NULL, NULL },
};
/* clang-format on */
