/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of captures, alerts, gaps and shared texts. */
#include "db/fills.h"
#include "db/tables.h"

/* clang-format off */
static const struct column captures[] = {
	NUMBER("capture_id", "INTEGER PRIMARY KEY", capture_record, capture_id,
	       "number of the capture in the database"),
	TEXT("path", "TEXT NOT NULL", capture_record, path,
	     "path from which it was loaded"),
	LATE("file_size", "INTEGER", capture_record, file_len,
	     "bytes of the file"),
	LATE_TEXT("fingerprint", "TEXT", capture_record, fingerprint,
		  "size and hash, to recognise the file; NULL: not a file, or "
		  "still being written"),
	LATE_TEXT("status", "TEXT NOT NULL", capture_record, status,
		  "whole; unfinished: there is no end record; incomplete: "
		  "files of the recording are missing; damaged, also "
		  "truncated: see damage and gaps; loading: the load is not "
		  "complete"),
	LATE_TEXT("damage", "TEXT", capture_record, damage,
		  "why the capture is not whole"),
	LATE("events", "INTEGER", capture_record, events,
	     "number of loaded events"),
	LATE("first_ns", "INTEGER", capture_record, first_ns,
	     "time of the first event"),
	LATE("last_ns", "INTEGER", capture_record, last_ns,
	     "time of the last event"),
	MADE_TIME("first_time", "first_ns"),
	MADE_TIME("last_time", "last_ns"),
	LATE_TEXT("hostname", "TEXT", capture_record, hostname,
		  "name of the recorded machine"),
	LATE("cpu_count", "INTEGER", capture_record, cpu_count,
	     "number of CPUs"),
	LATE("memory_size", "INTEGER", capture_record, memory_len,
	     "memory in bytes"),
	LATE("boot_ns", "INTEGER", capture_record, boot_ns,
	     "time of the boot"),
	LATE("drops", "INTEGER", capture_record, drops,
	     "events that the recorder lost; NULL: unknown"),
	LATE_TEXT("sha256", "TEXT", capture_record, sha256,
		  "SHA-256 of the loaded file, for the chain of custody; for "
		  "a series, those of its files, separated by +"),
	LATE_TEXT("checksums", "TEXT", capture_record, checksums,
		  "checksums that detect changed bytes: zstd, gzip; none"),
	END,
};

static const struct column strings[] = {
	NUMBER("string_id", "INTEGER PRIMARY KEY", string_record, string_id,
	       "the value of columns ending in _id of raw tables"),
	TEXT("text", "TEXT NOT NULL", string_record, text,
	     "a path or name; the same text may occur twice: join, and "
	          "compare texts"),
	END,
};

static const struct column timeline[] = {
	CAPTURE_ID,
	NUMBER("second", "INTEGER NOT NULL", timeline_record, second,
	       "seconds since 1970"),
	TEXT("class", "TEXT NOT NULL", timeline_record, class,
	     "process, file read, file write, file, net in, net out, net "
	     "(TCP, UDP ...), local in, local out (pipes, unix sockets ...), "
	     "other"),
	NUMBER("events", "INTEGER NOT NULL", timeline_record, events,
	       "events of this class in this second"),
	NUMBER("failed", "INTEGER NOT NULL", timeline_record, failed,
	       "events that returned an error"),
	NUMBER("bytes", "INTEGER NOT NULL", timeline_record, bytes,
	       "bytes that these events transferred"),
	END,
};

static const struct column alerts[] = {
	NUMBER("alert_id", "INTEGER PRIMARY KEY", alert_record, alert_id,
	       "number of the alert in the database"),
	CAPTURE_ID,
	FILL("event_id", "INTEGER NOT NULL", fill_event_id,
	     "the event that the rule matched"),
	FILL("ts_ns", "INTEGER NOT NULL", fill_ts_ns, "time of the event"),
	MADE_TIME("time", "ts_ns"),
	TEXT("rule", "TEXT NOT NULL", alert_record, rule, "name of the rule"),
	TEXT("priority", "TEXT NOT NULL", alert_record, priority,
	     "Emergency ... Debug"),
	NUMBER("severity", "INTEGER NOT NULL", alert_record, severity,
	       "the same as a number: 0 ... 7"),
	TEXT("output", "TEXT NOT NULL", alert_record, output,
	     "the rule's message"),
	TEXT("tags", "TEXT", alert_record, tags,
	     "the rule's tags, separated by blanks"),
	TEXT("fields", "TEXT", alert_record, fields,
	     "fields of the message, as a JSON object"),
	FILL("process_id", "INTEGER REFERENCES processes", fill_process_id,
	     "process of the event"),
	FIELD("pid", "INTEGER", "proc.pid", "process id"),
	FIELD("process", "TEXT", "proc.name", "name of the process"),
	FIELD("cmdline", "TEXT", "proc.cmdline", "command line of the process"),
	FIELD("container_id", "TEXT", "container.id", "short id, or host"),
	END,
};

static const struct column gaps[] = {
	NUMBER("gap_id", "INTEGER PRIMARY KEY", gap_record, gap_id,
	       "number of the gap in the database"),
	CAPTURE_ID,
	TEXT("kind", "TEXT NOT NULL", gap_record, kind,
	     "damaged, truncated: unreadable bytes; missing: files of the "
	     "recording; unfinished: there is no end record; alone: one "
	     "file of a recording, given without the others; rotated: older "
	     "files were removed by -W; drops: events lost by the recorder; "
	     "filtered: excluded on purpose; compat: excluded for an old "
	     "reader; skipped: event types newer than this program; unpaired: "
	     "exit events without their enter event"),
	NUMBER("start_ns", "INTEGER", gap_record, start_ns,
	       "time of the last event before the gap; NULL: anywhere in the "
	            "capture"),
	NUMBER("end_ns", "INTEGER", gap_record, end_ns,
	       "time of the first event after the gap; NULL: none, or unknown"),
	MADE_TIME("start_time", "start_ns"),
	MADE_TIME("end_time", "end_ns"),
	NUMBER("num", "INTEGER", gap_record, event_num,
	       "number of the last event before the gap"),
	NUMBER("count", "INTEGER", gap_record, count,
	       "number of missing events; NULL: unknown"),
	TEXT("detail", "TEXT", gap_record, detail, "description"),
	TEXT("path", "TEXT", gap_record, path, "the file with the gap"),
	TEXT("calls", "TEXT", gap_record, calls,
	     "of what was excluded on purpose: the event types that were "
	     "recorded, or with a minus those that were not; NULL: any"),
	NUMBER("offset", "INTEGER", gap_record, offset, "position in the file"),
	NUMBER("bytes", "INTEGER", gap_record, bytes,
	       "bytes of the file that were skipped"),
	END,
};

const struct table table_captures = {
	.name = "captures", .help = "the loaded captures", .needs = "",
	.columns = captures,
};

const struct table table_strings = {
	.name = "strings", .help = "texts shared by rows of raw tables",
	.needs = "",
	.columns = strings,
};

const struct table table_timeline = {
	.name = "timeline", .only = "timeline",
	.help = "number of events by second and class",
	.constraints = "PRIMARY KEY (capture_id, second, class)",
	.conflict = "ON CONFLICT DO UPDATE SET events = events + "
		    "excluded.events, failed = failed + excluded.failed, "
		    "bytes = bytes + excluded.bytes",
	.columns = timeline,
};

const struct table table_alerts = {
	.name = "alerts", .only = "alerts",
	.help = "alerts of the rules given to spoor load", .columns = alerts,
};

const struct table table_gaps = {
	.name = "gaps", .help = "what is missing from captures, and where",
	.columns = gaps,
};
/* clang-format on */
