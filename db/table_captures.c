/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of captures, alerts, gaps and shared texts. */
#include "db/fills.h"
#include "db/tables.h"

/* clang-format off */
static const struct column captures[] = {
	NUMBER("capture_id", "INTEGER PRIMARY KEY", capture_record, capture_id,
	       "counts the captures"),
	TEXT("path", "TEXT NOT NULL", capture_record, path,
	     "where it was loaded from"),
	LATE("file_size", "INTEGER", capture_record, file_len,
	     "bytes of the file"),
	LATE_TEXT("fingerprint", "TEXT", capture_record, fingerprint,
		  "size and a hash of the file, to know it again; NULL: it was "
		  "not a file, or still written"),
	LATE_TEXT("status", "TEXT NOT NULL", capture_record, status,
		  "whole; unfinished: nothing says that the recording was "
		  "ended; incomplete: files of it are missing; damaged, also "
		  "cut: see damage and gaps; loading: the load is not at its "
		  "end"),
	LATE_TEXT("damage", "TEXT", capture_record, damage,
		  "why it is not whole"),
	LATE("events", "INTEGER", capture_record, events, "events loaded"),
	LATE("first_ns", "INTEGER", capture_record, first_ns,
	     "time of the first event"),
	LATE("last_ns", "INTEGER", capture_record, last_ns,
	     "time of the last event"),
	MADE_TIME("first_time", "first_ns"),
	MADE_TIME("last_time", "last_ns"),
	LATE_TEXT("hostname", "TEXT", capture_record, hostname,
		  "the machine it is of"),
	LATE("cpu_count", "INTEGER", capture_record, cpu_count, "its CPUs"),
	LATE("memory_size", "INTEGER", capture_record, memory_len,
	     "its memory, bytes"),
	LATE("boot_ns", "INTEGER", capture_record, boot_ns,
	     "when it was started"),
	LATE("drops", "INTEGER", capture_record, drops,
	     "events that the recorder says it lost; NULL: it does not say"),
	LATE_TEXT("sha256", "TEXT", capture_record, sha256,
		  "of the file as it was loaded, for custody; of a series its "
		  "files', with + between"),
	LATE_TEXT("checksums", "TEXT", capture_record, checksums,
		  "by which changed bytes are noticed: zstd, gzip; none"),
	END,
};

static const struct column strings[] = {
	NUMBER("string_id", "INTEGER PRIMARY KEY", string_record, string_id,
	       "what columns ending in _id of raw tables hold"),
	TEXT("text", "TEXT NOT NULL", string_record, text,
	     "a path, a name; one may be here twice: join, and compare texts"),
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
	       "of them, those that returned an error"),
	NUMBER("bytes", "INTEGER NOT NULL", timeline_record, bytes,
	       "bytes that they moved"),
	END,
};

static const struct column alerts[] = {
	NUMBER("alert_id", "INTEGER PRIMARY KEY", alert_record, alert_id,
	       "counts the alerts"),
	CAPTURE_ID,
	FILL("event_id", "INTEGER NOT NULL", fill_event_id,
	     "the event that the rule matched"),
	FILL("ts_ns", "INTEGER NOT NULL", fill_ts_ns, "when"),
	MADE_TIME("time", "ts_ns"),
	TEXT("rule", "TEXT NOT NULL", alert_record, rule, "name of the rule"),
	TEXT("priority", "TEXT NOT NULL", alert_record, priority,
	     "Emergency ... Debug"),
	NUMBER("severity", "INTEGER NOT NULL", alert_record, severity,
	       "the same as a number: 0 ... 7"),
	TEXT("output", "TEXT NOT NULL", alert_record, output,
	     "the rule's message"),
	TEXT("tags", "TEXT", alert_record, tags,
	     "the rule's tags, with blanks between"),
	TEXT("fields", "TEXT", alert_record, fields,
	     "a JSON object: the fields of the message"),
	FILL("process_id", "INTEGER REFERENCES processes", fill_process_id,
	     "whose event it was"),
	FIELD("pid", "INTEGER", "proc.pid", "process id"),
	FIELD("process", "TEXT", "proc.name", "name of the process"),
	FIELD("cmdline", "TEXT", "proc.cmdline", "its command line"),
	FIELD("container_id", "TEXT", "container.id", "short id, or host"),
	END,
};

static const struct column gaps[] = {
	NUMBER("gap_id", "INTEGER PRIMARY KEY", gap_record, gap_id,
	       "counts the gaps"),
	CAPTURE_ID,
	TEXT("kind", "TEXT NOT NULL", gap_record, kind,
	     "damaged, truncated: bytes that cannot be read; missing: files "
	     "of the recording; unfinished: nothing says that it was ended; "
	     "rotated: older files were removed by -W; drops: events the "
	     "recorder lost; filtered: left out on purpose; compat: for an "
	     "old reader; skipped: of types newer than this program; "
	     "unpaired: ends of calls whose beginning is missing"),
	NUMBER("start_ns", "INTEGER", gap_record, start_ns,
	       "the last event before it; NULL: anywhere in the capture"),
	NUMBER("end_ns", "INTEGER", gap_record, end_ns,
	       "the first event after it; NULL: none, or not known"),
	MADE_TIME("start_time", "start_ns"),
	MADE_TIME("end_time", "end_ns"),
	NUMBER("num", "INTEGER", gap_record, event_num,
	       "number of the last event before it"),
	NUMBER("count", "INTEGER", gap_record, count,
	       "events that are missing; NULL: not known"),
	TEXT("detail", "TEXT", gap_record, detail, "what is known of it"),
	TEXT("path", "TEXT", gap_record, path, "the file that has it"),
	NUMBER("offset", "INTEGER", gap_record, offset, "where, in the file"),
	NUMBER("bytes", "INTEGER", gap_record, bytes,
	       "bytes of the file that were passed over"),
	END,
};

const struct table table_captures = {
	.name = "captures", .help = "what was loaded", .columns = captures,
};

const struct table table_strings = {
	.name = "strings", .help = "texts that rows of raw tables share",
	.columns = strings,
};

const struct table table_timeline = {
	.name = "timeline", .only = "timeline",
	.help = "events by second and class: how much happened when",
	.constraints = "PRIMARY KEY (capture_id, second, class)",
	.conflict = "ON CONFLICT DO UPDATE SET events = events + "
		    "excluded.events, failed = failed + excluded.failed, "
		    "bytes = bytes + excluded.bytes",
	.columns = timeline,
};

const struct table table_alerts = {
	.name = "alerts", .only = "alerts",
	.help = "what the rules given with the load found", .columns = alerts,
};

const struct table table_gaps = {
	.name = "gaps", .help = "what is missing, and where", .columns = gaps,
};
/* clang-format on */
