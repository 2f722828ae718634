/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables with one row per event: all in raw_events; those about files and
 * sockets also in raw_files and raw_sockets.  They contain only numbers; the
 * views events, files and sockets have the names.
 */
#include "db/fills.h"
#include "db/tables.h"

/* clang-format off */
static const struct column events[] = {
	EVENT_KEY,
	FILL("type", "INTEGER NOT NULL REFERENCES event_types", fill_event_type,
	     "evt.type, as a number of event_types"),
	FILL("cpu", "INTEGER", fill_cpu, "evt.cpu"),
	FILL("tid", "INTEGER", fill_tid, "thread.tid"),
	FILL("process_id", "INTEGER REFERENCES processes", fill_process_id,
	     "process of the event"),
	FILL("fd", "INTEGER", fill_fd, "fd.num"),
	{ .name = "name_id", .type = "INTEGER REFERENCES strings",
	  .fill = fill_name, .flags = COLUMN_CODED,
	  .help = "fd.name; without descriptor, the path in the call" },
	FILL("res", "INTEGER", fill_res, "evt.rawres: result of the call"),
	END,
};

static const struct column files[] = {
	EVENT_KEY,
	FILL("type", "INTEGER NOT NULL REFERENCES event_types", fill_event_type,
	     "evt.type, as a number of event_types"),
	FILL("process_id", "INTEGER REFERENCES processes", fill_process_id,
	     "who did it"),
	FILL("fd", "INTEGER", fill_file_fd, "fd.num"),
	{ .name = "path_id", .type = "INTEGER REFERENCES strings",
	  .fill = fill_path, .flags = COLUMN_CODED,
	  .help = "the path of the call, absolute; of link calls that of the "
		  "new link; NULL: its directory is not known" },
	{ .name = "target_id", .type = "INTEGER REFERENCES strings",
	  .fill = fill_target, .flags = COLUMN_CODED,
	  .help = "the new path of a rename; the target of a hard link; the "
		  "text of a symbolic link" },
	{ .name = "object_id", .type = "INTEGER REFERENCES strings",
	  .fill = fill_object, .flags = COLUMN_CODED,
	  .help = "what the path, of a rename the target, leads to through "
		  "links made in the capture and through /proc/PID/root, cwd, "
		  "exe and fd; NULL: to itself, as far as the capture tells" },
	FILL("flags", "INTEGER", fill_open_flags,
	     "flags of the open: 1 read, 2 write, 16384 created ..."),
	OF_THREAD("uid", uid, "effective user id at the action"),
	OF_THREAD("gid", gid, "effective group id"),
	OF_THREAD("ruid", ruid, "real user id"),
	OF_THREAD("rgid", rgid, "real group id"),
	FILL("dev", "INTEGER", fill_dev, "device of the open file"),
	FILL("ino", "INTEGER", fill_ino, "inode of the open file"),
	FILL("res", "INTEGER", fill_file_res, "evt.rawres: what the call returned"),
	END,
};

static const struct column sockets[] = {
	EVENT_KEY,
	FILL("type", "INTEGER NOT NULL REFERENCES event_types", fill_event_type,
	     "evt.type, as a number of event_types"),
	FILL("process_id", "INTEGER REFERENCES processes", fill_process_id,
	     "process of the event"),
	FILL("fd", "INTEGER", fill_fd, "fd.num"),
	FILL("connection_id", "INTEGER REFERENCES connections",
	     fill_connection_id, "the connection that was made or used"),
	FIELD("family", "TEXT", "fd.type", "ipv4, ipv6, unix ..."),
	FILL("protocol", "TEXT", fill_protocol, "tcp, udp ..."),
	{ .name = "local_address_id", .type = "INTEGER REFERENCES strings",
	  .fill = fill_local_address, .flags = COLUMN_CODED,
	  .help = "local address, or the argument of bind" },
	FILL("local_port", "INTEGER", fill_local_port, "port of that address"),
	{ .name = "remote_address_id", .type = "INTEGER REFERENCES strings",
	  .fill = fill_remote_address, .flags = COLUMN_CODED,
	  .help = "remote address, or the argument of connect" },
	FILL("remote_port", "INTEGER", fill_remote_port,
	     "port of that address"),
	{ .name = "name_id", .type = "INTEGER REFERENCES strings",
	  .fill = fill_socket_name, .flags = COLUMN_CODED,
	  .help = "both ends, or the path of a unix socket; of a failed call, "
		  "the address or path it was given" },
	FILL("res", "INTEGER", fill_res, "evt.rawres: result of the call"),
	END,
};

static const struct column types[] = {
	NUMBER("type", "INTEGER PRIMARY KEY", type_record, type,
	       "code in the capture format; 1000 and more: 1000 + syscall code"),
	TEXT("name", "TEXT NOT NULL", type_record, name, "evt.type"),
	TEXT("category", "TEXT NOT NULL", type_record, category,
	     "evt.category"),
	END,
};

const struct table table_events = {
	.name = "raw_events", .only = "events",
	.help = "all events of all captures", .columns = events,
};

const struct table table_files = {
	.name = "raw_files", .only = "files",
	.help = "operations on files by path; file_io has the amount of I/O",
	.types = "open openat openat2 open_by_handle_at creat unlink unlinkat "
		 "rename renameat renameat2 link linkat symlink symlinkat "
		 "mkdir mkdirat rmdir chmod fchmod fchmodat chown fchown "
		 "lchown fchownat mknod mknodat mount umount umount2 truncate "
		 "ftruncate",
	.columns = files,
};

const struct table table_sockets = {
	.name = "raw_sockets", .only = "sockets",
	.help = "connect, accept, bind and listen",
	.types = "connect accept accept4 bind listen",
	.columns = sockets,
};

const struct table table_event_types = {
	.name = "event_types", .help = "names of the event types in the captures",
	.needs = "",
	.columns = types,
};
/* clang-format on */
