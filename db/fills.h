/* SPDX-License-Identifier: Apache-2.0 */
/* Macros for the rows of the schema, and the functions that fill columns. */
#ifndef SPOOR_DB_FILLS_H
#define SPOOR_DB_FILLS_H

#include "db/records.h"
#include "db/schema.h"
#include "replay/state/state.h"

/* Fills from a member of the row's object: an int64_t (NO_NUMBER: NULL). */
column_fill fill_number;

/* Fills from a member of the row's object: struct bytes (data NULL: NULL). */
column_fill fill_text;

/* Fill from the event. */
column_fill fill_capture_id, fill_event_id, fill_ts_ns, fill_event_type,
	fill_cpu, fill_tid, fill_process_id, fill_fd, fill_name, fill_res,
	fill_path, fill_target, fill_open_flags, fill_connection_id,
	fill_file_fd, fill_file_res, fill_object, fill_thread_id, fill_dev,
	fill_ino, fill_cmdline, fill_parent_cmdline, fill_cwd, fill_root,
	fill_protocol, fill_socket_name, fill_local_address, fill_local_port,
	fill_remote_address, fill_remote_port;

/* Nanoseconds since 1970 as RFC 3339 text. */
#define TIME_SQL(c)                                   \
 "strftime('%Y-%m-%dT%H:%M:%S', " c " / 1000000000, " \
 "'unixepoch') || printf('.%09dZ', " c " % 1000000000)"

/* clang-format off */
#define FIELD(n, t, f, h) \
	{ .name = (n), .type = (t), .field = (f), .help = (h) }
#define FIELD_NA(n, t, f, h) \
	{ .name = (n), .type = (t), .field = (f), .flags = COLUMN_NA, \
	  .help = (h) }
#define FILL(n, t, f, h) \
	{ .name = (n), .type = (t), .fill = (f), .help = (h) }
#define NUMBER(n, t, record, member, h) \
	{ .name = (n), .type = (t), .fill = fill_number, \
	  .which = offsetof(struct record, member), .help = (h) }
#define TEXT(n, t, record, member, h) \
	{ .name = (n), .type = (t), .fill = fill_text, \
	  .which = offsetof(struct record, member), .help = (h) }
/* An id of the event's thread; 0xffffffff: NULL. */
#define OF_THREAD(n, member, h) \
	{ .name = (n), .type = "INTEGER", .fill = fill_thread_id, \
	  .which = offsetof(struct thread, member), .help = (h) }
#define LATE(n, t, record, member, h) \
	{ .name = (n), .type = (t), .fill = fill_number, .flags = COLUMN_LATE, \
	  .which = offsetof(struct record, member), .help = (h) }
#define LATE_TEXT(n, t, record, member, h) \
	{ .name = (n), .type = (t), .fill = fill_text, .flags = COLUMN_LATE, \
	  .which = offsetof(struct record, member), .help = (h) }
#define MADE(n, t, sql, h) \
	{ .name = (n), .type = (t), .generated = (sql), .help = (h) }
#define MADE_TIME(n, of) \
	MADE(n, "TEXT", TIME_SQL(of), of " as UTC text")
#define CAPTURE_ID \
	FILL("capture_id", "INTEGER NOT NULL REFERENCES captures", \
	     fill_capture_id, "the capture")
/* Start and end of the row's object: its members start_ns and end_ns. */
#define LIFETIME(record, began, ended) \
	NUMBER("start_ns", "INTEGER", record, start_ns, began), \
	LATE("end_ns", "INTEGER", record, end_ns, ended), \
	MADE_TIME("start_time", "start_ns"), \
	MADE_TIME("end_time", "end_ns")
#define END { .name = NULL }

/* Calls that make processes and run programs. */
#define PROCESS_CALLS "execve execveat clone clone3 fork vfork"

/* The first columns of tables with one row per event. */
#define EVENT_KEY \
	FILL("event_id", "INTEGER PRIMARY KEY", fill_event_id, \
	     "capture_id * 2^40 + num"), \
	MADE("capture_id", "INTEGER REFERENCES captures", "event_id >> 40", \
	     "the capture"), \
	MADE("num", "INTEGER", "event_id & 0xFFFFFFFFFF", \
	     "evt.num: the event's number in its capture"), \
	FILL("ts_ns", "INTEGER NOT NULL", fill_ts_ns, \
	     "evt.rawtime: time of the event, ns since 1970")
/* clang-format on */

#endif
