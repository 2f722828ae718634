/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of export.c: the kinds of rows, and the mappings to ECS and OCSF,
 * as rows of member and column.  OCSF's numbers are computed in the queries:
 * classes 2004 (detection), 1007 (process), 1001 (file) and 4001 (network);
 * its type_uid is class * 100 + activity.
 */
#include "query/export.h"

#include <stddef.h>

/* The time window; it includes all rows without a time. */
#define WITHIN(ns)                           \
 "(:since IS NULL OR " ns " >= :since) AND " \
 "(:until IS NULL OR " ns " <= :until) "

/* The last part of a path. */
#define LAST_OF(path) \
 "replace(" path ", rtrim(" path ", replace(" path ", '/', '')), '') "

/*
 * A process p of capture c in container k, under one set of names; the user
 * is that of r: of the process, or of the action.
 */
/* clang-format off */
#define PROCESS(r)                                                       \
 "p.pid, p.ppid, p.name, p.path, p.cmdline, p.cwd, " r ".uid, " r        \
 ".user, CAST(" r ".uid AS TEXT) AS uid_text, "                          \
 LAST_OF("p.path") "AS program, "                                        \
 "iif(p.path IS NULL, NULL, 1) AS program_type, p.gid, "                 \
 "p.start_time, p.start_ns / 1000000 AS start_ms, "                      \
 "p.exit_code, p.parent, p.parent_path, p.parent_cmdline, "              \
 "c.hostname, c.path AS capture, p.process_id || '@' || "                \
 "coalesce(substr(c.fingerprint, 1, 16), c.path) AS entity, "            \
 "p.parent_id || '@' || coalesce(substr(c.fingerprint, 1, 16), c.path) " \
 "AS parent_entity, coalesce(p.ppid, 0) AS actor_pid, "                  \
 "iif(p.container_id = 'host', NULL, k.container_id) AS container, "     \
 "k.name AS container_name, k.image, k.runtime "
/* clang-format on */

#define JOINS(r)                                             \
 "LEFT JOIN processes p ON p.process_id = " r ".process_id " \
 "LEFT JOIN captures c ON c.capture_id = " r ".capture_id "  \
 "LEFT JOIN containers k ON k.capture_id = p.capture_id "    \
 "AND k.container_id = p.container_id "

/* The tags of an alert, one by one; ATT&CK tags by kind. */
#define TAGS(what, where)                                    \
 "(SELECT json_group_array(" what ") FROM json_each('[' || " \
 "replace(json_quote(a.tags), ' ', '\",\"') || ']') g " where ") "
#define TECHNIQUES "WHERE g.value GLOB 'T[0-9][0-9][0-9][0-9]*'"
#define TACTICS \
 "JOIN tactic ON 'mitre_' || lower(replace(tactic.name, ' ', '_')) = g.value"

/* clang-format off */
#define ECS_HEAD(dataset, kind) \
	{ "@timestamp", "time", NULL }, \
	{ "ecs.version", NULL, "\"9.0.0\"" }, \
	{ "event.kind", NULL, "\"" kind "\"" }, \
	{ "event.module", NULL, "\"spoor\"" }, \
	{ "event.dataset", NULL, "\"spoor." dataset "\"" }, \
	{ "event.id", "id", NULL }
#define ECS_PROCESS \
	{ "process.pid", "pid", NULL }, \
	{ "process.name", "name", NULL }, \
	{ "process.executable", "path", NULL }, \
	{ "process.command_line", "cmdline", NULL }, \
	{ "process.working_directory", "cwd", NULL }, \
	{ "process.entity_id", "entity", NULL }, \
	{ "process.start", "start_time", NULL }, \
	{ "process.exit_code", "exit_code", NULL }, \
	{ "process.parent.pid", "ppid", NULL }, \
	{ "process.parent.name", "parent", NULL }, \
	{ "process.parent.executable", "parent_path", NULL }, \
	{ "process.parent.command_line", "parent_cmdline", NULL }, \
	{ "process.parent.entity_id", "parent_entity", NULL }, \
	{ "user.id", "uid_text", NULL }, \
	{ "user.name", "user", NULL }, \
	{ "container.id", "container", NULL }, \
	{ "container.name", "container_name", NULL }, \
	{ "container.image.name", "image", NULL }, \
	{ "container.runtime", "runtime", NULL }, \
	{ "host.name", "hostname", NULL }, \
	{ "labels.capture", "capture", NULL }

#define OCSF_HEAD(category, class) \
	{ "category_uid", NULL, #category }, \
	{ "class_uid", NULL, #class }, \
	{ "activity_id", "activity", NULL }, \
	{ "type_uid", "type_uid", NULL }, \
	{ "severity_id", "severity_id", NULL }, \
	{ "time", "time_ms", NULL }, \
	{ "metadata.version", NULL, "\"1.3.0\"" }, \
	{ "metadata.product.name", NULL, "\"spoor\"" }, \
	{ "metadata.product.vendor_name", NULL, "\"spoor\"" }, \
	{ "metadata.product.version", NULL, "\"" SPOOR_VERSION "\"" }, \
	{ "metadata.uid", "id", NULL }, \
	{ "metadata.log_name", "capture", NULL }, \
	{ "metadata.profiles", NULL, "[\"host\",\"container\"]" }
#define OCSF_DEVICE \
	{ "device.type_id", NULL, "0" }, \
	{ "device.hostname", "hostname", NULL }
#define OCSF_PROCESS(at) \
	{ at "process.pid", "pid", NULL }, \
	{ at "process.uid", "entity", NULL }, \
	{ at "process.name", "name", NULL }, \
	{ at "process.cmd_line", "cmdline", NULL }, \
	{ at "process.created_time", "start_ms", NULL }, \
	{ at "process.file.name", "program", NULL }, \
	{ at "process.file.path", "path", NULL }, \
	{ at "process.file.type_id", "program_type", NULL }, \
	{ at "process.user.name", "user", NULL }, \
	{ at "process.user.uid", "uid_text", NULL }, \
	{ at "process.container.uid", "container", NULL }, \
	{ at "process.container.name", "container_name", NULL }, \
	{ at "process.container.image.name", "image", NULL }, \
	{ at "process.container.runtime", "runtime", NULL }, \
	{ at "process.parent_process.pid", "ppid", NULL }, \
	{ at "process.parent_process.name", "parent", NULL }, \
	{ at "process.parent_process.cmd_line", "parent_cmdline", NULL }
#define END { NULL, NULL, NULL }

/* A line of a timeline: what its importer must have, then who and where. */
#define TIMESKETCH(what) \
	{ "message", "summary", NULL }, \
	{ "datetime", "time", NULL }, \
	{ "timestamp", "time_us", NULL }, \
	{ "timestamp_desc", NULL, "\"" what "\"" }, \
	{ "data_type", NULL, "\"spoor\"" }, \
	{ "id", "id", NULL }, \
	{ "pid", "pid", NULL }, \
	{ "process", "name", NULL }, \
	{ "executable", "path", NULL }, \
	{ "command_line", "cmdline", NULL }, \
	{ "user", "user", NULL }, \
	{ "container_id", "container", NULL }, \
	{ "hostname", "hostname", NULL }, \
	{ "capture", "capture", NULL }

static const struct export_member timesketch_alert[] = {
	TIMESKETCH("Alert"), { "rule", "rule", NULL },
	{ "priority", "priority", NULL }, { "tag", "tags{}", NULL }, END,
};
static const struct export_member timesketch_process[] = {
	TIMESKETCH("Program Started"), { "exit_code", "exit_code", NULL }, END,
};
static const struct export_member timesketch_file[] = {
	TIMESKETCH("File Operation"), { "operation", "operation", NULL },
	{ "file_path", "file_path", NULL }, { "outcome", "outcome", NULL }, END,
};
static const struct export_member timesketch_connection[] = {
	TIMESKETCH("First Activity"), { "src_ip", "source", NULL },
	{ "src_port", "source_port", NULL }, { "dst_ip", "target", NULL },
	{ "dst_port", "target_port", NULL }, { "protocol", "protocol", NULL },
	{ "bytes", "bytes", NULL }, { "outcome", "outcome", NULL }, END,
};

/* Alerts. */
static const char alert_events[] =
	"WITH tactic(id, name) AS (VALUES ('TA0043', 'Reconnaissance'), "
	"('TA0042', 'Resource Development'), ('TA0001', 'Initial Access'), "
	"('TA0002', 'Execution'), ('TA0003', 'Persistence'), "
	"('TA0004', 'Privilege Escalation'), ('TA0005', 'Defense Evasion'), "
	"('TA0006', 'Credential Access'), ('TA0007', 'Discovery'), "
	"('TA0008', 'Lateral Movement'), ('TA0009', 'Collection'), "
	"('TA0011', 'Command and Control'), ('TA0010', 'Exfiltration'), "
	"('TA0040', 'Impact')) "
	"SELECT a.time, a.ts_ns / 1000000 AS time_ms, "
	"a.ts_ns / 1000 AS time_us, a.output AS summary, a.rule, a.severity, "
	"a.priority, a.output, a.fields AS \"fields{}\", "
	"'alert-' || a.alert_id || '@' || "
	"coalesce(substr(c.fingerprint, 1, 16), c.path) AS id, "
	TAGS("g.value", "") "AS \"tags{}\", "
	TAGS("tactic.id", TACTICS) "AS \"tactics{}\", "
	TAGS("tactic.name", TACTICS) "AS \"tactic_names{}\", "
	TAGS("g.value", TECHNIQUES) "AS \"techniques{}\", "
	"1 AS activity, 200401 AS type_uid, "
	"CASE a.severity WHEN 0 THEN 6 WHEN 1 THEN 5 WHEN 2 THEN 5 WHEN 3 "
	"THEN 4 WHEN 4 THEN 3 WHEN 5 THEN 2 ELSE 1 END AS severity_id, "
	PROCESS("p") "FROM alerts a " JOINS("a") "WHERE " WITHIN("a.ts_ns")
	"ORDER BY a.alert_id";

static const struct export_member ecs_alert[] = {
	ECS_HEAD("alerts", "alert"),
	{ "event.category", NULL, "[\"intrusion_detection\"]" },
	{ "event.type", NULL, "[\"info\"]" },
	{ "event.action", "rule", NULL },
	{ "event.outcome", NULL, "\"unknown\"" },
	{ "event.severity", "severity", NULL },
	{ "message", "output", NULL },
	{ "log.level", "priority", NULL },
	{ "rule.name", "rule", NULL },
	{ "rule.ruleset", NULL, "\"falco\"" },
	{ "tags", "tags{}", NULL },
	{ "threat.framework", NULL, "\"MITRE ATT&CK\"" },
	{ "threat.tactic.id", "tactics{}", NULL },
	{ "threat.tactic.name", "tactic_names{}", NULL },
	{ "threat.technique.id", "techniques{}", NULL },
	ECS_PROCESS, END,
};

static const struct export_member ocsf_alert[] = {
	OCSF_HEAD(2, 2004), OCSF_DEVICE,
	{ "message", "output", NULL },
	{ "status_id", NULL, "1" },
	{ "is_alert", NULL, "true" },
	{ "finding_info.uid", "id", NULL },
	{ "finding_info.title", "rule", NULL },
	{ "finding_info.desc", "output", NULL },
	{ "finding_info.created_time", "time_ms", NULL },
	OCSF_PROCESS("evidences[]."),
	{ "unmapped.priority", "priority", NULL },
	{ "unmapped.tags", "tags{}", NULL },
	{ "unmapped.output_fields", "fields{}", NULL }, END,
};

/* Programs started. */
static const char process_events[] =
	"SELECT p.start_time AS time, p.start_ns / 1000000 AS time_ms, "
	"p.start_ns / 1000 AS time_us, "
	"coalesce(p.cmdline, p.path, p.name) AS summary, "
	"'process-' || p.process_id || '@' || "
	"coalesce(substr(c.fingerprint, 1, 16), c.path) AS id, "
	"1 AS activity, "
	"100701 AS type_uid, 1 AS severity_id, " PROCESS("p")
	"FROM processes p LEFT JOIN captures c ON c.capture_id = p.capture_id "
	"LEFT JOIN containers k ON k.capture_id = p.capture_id "
	"AND k.container_id = p.container_id "
	"WHERE p.origin = 'exec' AND " WITHIN("p.start_ns")
	"ORDER BY p.process_id";

static const struct export_member ecs_process[] = {
	ECS_HEAD("processes", "event"),
	{ "event.category", NULL, "[\"process\"]" },
	{ "event.type", NULL, "[\"start\"]" },
	{ "event.action", NULL, "\"exec\"" },
	{ "event.outcome", NULL, "\"success\"" },
	ECS_PROCESS, END,
};

static const struct export_member ocsf_process[] = {
	OCSF_HEAD(1, 1007), OCSF_DEVICE,
	{ "status_id", NULL, "1" },
	{ "actor.process.pid", "actor_pid", NULL },
	{ "actor.process.uid", "parent_entity", NULL },
	{ "actor.process.name", "parent", NULL },
	{ "actor.process.cmd_line", "parent_cmdline", NULL },
	OCSF_PROCESS(""),
	{ "exit_code", "exit_code", NULL }, END,
};

/* Operations on files by path. */
static const char file_events[] =
	"SELECT f.time, f.ts_ns / 1000000 AS time_ms, "
	"f.ts_ns / 1000 AS time_us, f.operation || ' ' || f.path || "
	"coalesce(' -> ' || f.target, '') AS summary, f.operation, "
	"f.path AS file_path, f.target, "
	LAST_OF("f.path") "AS file_name, " LAST_OF("f.target")
	"AS target_name, iif(f.target IS NULL, NULL, 0) AS target_type, "
	"'event-' || f.event_id || '@' || "
	"coalesce(substr(c.fingerprint, 1, 16), c.path) AS id, "
	"iif(f.res < 0, 'failure', 'success') AS outcome, "
	"iif(f.res < 0, 2, 1) AS status, 1 AS severity_id, "
	"CASE WHEN f.operation GLOB 'unlink*' OR f.operation = 'rmdir' "
	"THEN '[\"deletion\"]' WHEN f.is_new OR f.operation GLOB 'mk*' "
	"OR f.operation GLOB '*link*' THEN '[\"creation\"]' "
	"WHEN f.is_write OR f.operation NOT GLOB '*open*' "
	"THEN '[\"change\"]' ELSE '[\"access\"]' END AS \"types{}\", "
	"f.activity, "
	"100100 + f.activity AS type_uid, " PROCESS("f")
	"FROM (SELECT *, CASE WHEN operation GLOB 'unlink*' "
	"OR operation = 'rmdir' THEN 4 WHEN operation GLOB 'rename*' THEN 5 "
	"WHEN operation GLOB '*chmod*' OR operation GLOB '*chown*' THEN 7 "
	"WHEN operation = 'mount' THEN 12 WHEN operation GLOB 'umount*' "
	"THEN 13 WHEN operation GLOB '*truncate' THEN 3 WHEN is_new OR "
	"operation GLOB 'mk*' OR operation GLOB '*link*' OR "
	"operation = 'creat' THEN 1 ELSE 14 END AS activity FROM files) f "
	JOINS("f") "WHERE f.path IS NOT NULL AND " WITHIN("f.ts_ns")
	"ORDER BY f.event_id";

static const struct export_member ecs_file[] = {
	ECS_HEAD("files", "event"),
	{ "event.category", NULL, "[\"file\"]" },
	{ "event.type", "types{}", NULL },
	{ "event.action", "operation", NULL },
	{ "event.outcome", "outcome", NULL },
	{ "file.path", "file_path", NULL },
	{ "file.name", "file_name", NULL },
	{ "file.target_path", "target", NULL },
	ECS_PROCESS, END,
};

static const struct export_member ocsf_file[] = {
	OCSF_HEAD(1, 1001), OCSF_DEVICE,
	{ "status_id", "status", NULL },
	OCSF_PROCESS("actor."),
	{ "file.name", "file_name", NULL },
	{ "file.path", "file_path", NULL },
	{ "file.type_id", NULL, "0" },
	{ "file_result.name", "target_name", NULL },
	{ "file_result.path", "target", NULL },
	{ "file_result.type_id", "target_type", NULL },
	{ "unmapped.operation", "operation", NULL }, END,
};

/* Connections: the one who asked is the source.  What came of one is not
 * known where connect did not wait (EINTR, EALREADY, EINPROGRESS) and no later
 * call told. */
#define PENDING "-4, -114, -115"
/* Of OCSF: 1 opened, 4 failed, 5 refused, 6 traffic, 7 listens. */
#define NETWORK_ACTIVITY \
	"CASE WHEN n.role = 'listener' THEN 7 WHEN n.res = -111 THEN 5 " \
	"WHEN n.res IN (" PENDING ") THEN 1 WHEN n.res < 0 THEN 4 ELSE 6 END"
#define END_OF(client, server) \
	"iif(n.role = 'client', n." client ", n." server ")"
static const char connection_events[] =
	"SELECT n.first_time AS time, n.first_ns / 1000000 AS time_ms, "
	"n.first_ns / 1000 AS time_us, coalesce(n.role, 'socket') || ' ' || "
	"coalesce(n.local_address || ':' || n.local_port, '?') || "
	"coalesce(' ' || n.remote_address || ':' || n.remote_port, '') "
	"AS summary, "
	"n.last_time, n.last_ns / 1000000 AS end_ms, "
	"n.last_ns - n.first_ns AS duration_ns, n.protocol, n.family, "
	END_OF("local_address", "remote_address") " AS source, "
	END_OF("local_port", "remote_port") " AS source_port, "
	END_OF("remote_address", "local_address") " AS target, "
	END_OF("remote_port", "local_port") " AS target_port, "
	END_OF("bytes_sent", "bytes_received") " AS source_bytes, "
	END_OF("bytes_received", "bytes_sent") " AS target_bytes, "
	"n.bytes_sent, n.bytes_received, "
	"n.bytes_sent + n.bytes_received AS bytes, "
	"CASE n.role WHEN 'client' THEN 'egress' WHEN 'server' THEN 'ingress' "
	"ELSE 'unknown' END AS direction, CASE n.role WHEN 'client' THEN 2 "
	"WHEN 'server' THEN 1 ELSE 0 END AS direction_id, "
	"CASE WHEN n.res IN (" PENDING ") THEN 'unknown' WHEN n.res < 0 "
	"THEN 'failure' ELSE 'success' END AS outcome, "
	"CASE WHEN n.res IN (" PENDING ") THEN 0 WHEN n.res < 0 "
	"THEN 2 ELSE 1 END AS status, "
	"CASE n.protocol WHEN 'tcp' THEN 6 WHEN 'udp' THEN 17 WHEN 'icmp' "
	"THEN 1 END AS protocol_number, 'connection-' || n.connection_id || "
	"'@' || coalesce(substr(c.fingerprint, 1, 16), c.path) AS id, "
	"1 AS severity_id, "
	NETWORK_ACTIVITY " AS activity, 400100 + " NETWORK_ACTIVITY
	" AS type_uid, " PROCESS("p") "FROM connections n " JOINS("n")
	"WHERE n.family IN ('ipv4', 'ipv6') AND " WITHIN("n.first_ns")
	"ORDER BY n.connection_id";

static const struct export_member ecs_connection[] = {
	ECS_HEAD("connections", "event"),
	{ "event.category", NULL, "[\"network\"]" },
	{ "event.type", NULL, "[\"connection\"]" },
	{ "event.action", NULL, "\"connection\"" },
	{ "event.outcome", "outcome", NULL },
	{ "event.start", "time", NULL },
	{ "event.end", "last_time", NULL },
	{ "event.duration", "duration_ns", NULL },
	{ "network.transport", "protocol", NULL },
	{ "network.type", "family", NULL },
	{ "network.direction", "direction", NULL },
	{ "network.bytes", "bytes", NULL },
	{ "source.ip", "source", NULL },
	{ "source.port", "source_port", NULL },
	{ "source.bytes", "source_bytes", NULL },
	{ "destination.ip", "target", NULL },
	{ "destination.port", "target_port", NULL },
	{ "destination.bytes", "target_bytes", NULL },
	ECS_PROCESS, END,
};

static const struct export_member ocsf_connection[] = {
	OCSF_HEAD(4, 4001), OCSF_DEVICE,
	{ "status_id", "status", NULL },
	{ "start_time", "time_ms", NULL },
	{ "end_time", "end_ms", NULL },
	{ "connection_info.direction_id", "direction_id", NULL },
	{ "connection_info.protocol_name", "protocol", NULL },
	{ "connection_info.protocol_num", "protocol_number", NULL },
	{ "src_endpoint.ip", "source", NULL },
	{ "src_endpoint.port", "source_port", NULL },
	{ "dst_endpoint.ip", "target", NULL },
	{ "dst_endpoint.port", "target_port", NULL },
	{ "traffic.bytes_in", "bytes_received", NULL },
	{ "traffic.bytes_out", "bytes_sent", NULL },
	OCSF_PROCESS("actor."), END,
};

const struct export_kind export_kinds[] = {
	{ "alerts", "alerts of the rules", true,
	  "SELECT alert_id, capture_id, event_id, time, ts_ns, "
	  "rule, priority, severity, output, tags, fields AS \"fields{}\", "
	  "process_id, pid, process, cmdline, container_id FROM alerts "
	  "WHERE " WITHIN("ts_ns") "ORDER BY alert_id",
	  alert_events, timesketch_alert, ecs_alert, ocsf_alert },
	{ "processes", "programs that ran", true,
	  "SELECT * FROM processes "
	  "WHERE " WITHIN("start_ns") "ORDER BY process_id",
	  process_events, timesketch_process, ecs_process, ocsf_process },
	{ "files", "operations on files by path", true,
	  "SELECT * FROM files "
	  "WHERE " WITHIN("ts_ns") "ORDER BY event_id",
	  file_events, timesketch_file, ecs_file, ocsf_file },
	{ "connections", "connections and the bytes on them", true,
	  "SELECT * FROM connections "
	  "WHERE " WITHIN("first_ns") "ORDER BY connection_id",
	  connection_events, timesketch_connection, ecs_connection,
	  ocsf_connection },
	{ "dns", "DNS lookups and their answers", true,
	  "SELECT * FROM dns WHERE " WITHIN("ts_ns")
	  "ORDER BY dns_id", NULL, NULL, NULL, NULL },
	{ "sessions", "logins and other sessions from outside", true,
	  "SELECT * FROM sessions "
	  "WHERE " WITHIN("start_ns") "ORDER BY session_id",
	  NULL, NULL, NULL, NULL },
	{ "gaps", "what is known to be missing", true,
	  "SELECT * FROM gaps "
	  "WHERE " WITHIN("coalesce(end_ns, start_ns)")
	  "OR start_ns IS NULL ORDER BY gap_id", NULL, NULL, NULL, NULL },
	{ "captures", "the captures", true,
	  "SELECT * FROM captures ORDER BY capture_id",
	  NULL, NULL, NULL, NULL },
	{ "events", "all events (only if named by --only)", false,
	  "SELECT * FROM events WHERE " WITHIN("ts_ns")
	  "ORDER BY event_id", NULL, NULL, NULL, NULL },
	{ NULL, NULL, false, NULL, NULL, NULL, NULL, NULL },
};
/* clang-format on */
