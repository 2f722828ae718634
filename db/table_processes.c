/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of processes, threads, sessions, containers and users. */
#include "db/fills.h"
#include "db/tables.h"

/* clang-format off */
static const struct column processes[] = {
	NUMBER("process_id", "INTEGER PRIMARY KEY", process_record, process_id,
	       "a program executed by a process: each exec has its own row"),
	CAPTURE_ID,
	NUMBER("parent_id", "INTEGER REFERENCES processes", process_record,
	       parent_id, "the parent process"),
	LATE("session_id", "INTEGER REFERENCES sessions", process_record,
	     session_id, "the session"),
	TEXT("origin", "TEXT NOT NULL", process_record, origin,
	     "start: running when the capture began; clone, exec: began so; "
	     "seen: its beginning is not in the capture"),
	NUMBER("event_id", "INTEGER", process_record, event_id,
	       "the event that began it; NULL: not in the capture"),
	LIFETIME(process_record,
		 "time when the process, or the program (exec), began",
		 "time when it ended, or executed another program"),
	LATE("exit_code", "INTEGER", process_record, exit_code,
	     "exit code; NULL: still running, killed, or not recorded"),
	LATE("exit_signal", "INTEGER", process_record, exit_signal,
	     "the signal that killed it"),
	FIELD("pid", "INTEGER NOT NULL", "proc.pid", "process id"),
	FIELD("ppid", "INTEGER", "proc.ppid", "process id of the parent"),
	FIELD("vpid", "INTEGER", "proc.vpid", "pid in its own namespace"),
	FIELD("name", "TEXT", "proc.name", "comm, at most 15 bytes"),
	FIELD("parent", "TEXT", "proc.pname", "name of the parent"),
	FIELD("path", "TEXT", "proc.exepath", "executable"),
	FIELD("exe", "TEXT", "proc.exe", "argv[0]"),
	FILL("cmdline", "TEXT", fill_cmdline,
	     "arguments as they were given, argv[0] first, with blanks "
	     "between; the name of a process without arguments"),
	FIELD("parent_path", "TEXT", "proc.pexepath",
	      "executable of the parent"),
	FILL("parent_cmdline", "TEXT", fill_parent_cmdline,
	     "command line of the parent"),
	NUMBER("args_size", "INTEGER", process_record, args_len,
	       "bytes of the arguments after argv[0]"),
	TEXT("overflows", "TEXT", process_record, overflows,
	     "cmdline: of the arguments only the first 4,095 bytes are "
	     "recorded"),
	TEXT("script", "TEXT", process_record, script,
	     "the file whose #! line names the executable"),
	NUMBER("env_count", "INTEGER", process_record, env_count,
	       "environment variables"),
	NUMBER("env_size", "INTEGER", process_record, env_len,
	       "bytes of the environment"),
	FILL("cwd", "TEXT", fill_cwd, "working directory when it began"),
	LATE("has_moved", "INTEGER", process_record, has_moved,
	     "1: it has changed to another directory since"),
	FILL("root", "TEXT", fill_root,
	     "root directory, of processes that called chroot"),
	FIELD("uid", "INTEGER", "user.uid",
	      "effective user id when it began; actions have their own"),
	FIELD("gid", "INTEGER", "group.gid", "effective group id"),
	OF_THREAD("ruid", ruid, "real user id: by the calls that set it; else "
		  "taken to be the effective one of its first ancestor"),
	OF_THREAD("rgid", rgid, "real group id"),
	FIELD_NA("user", "TEXT", "user.name", "user name"),
	FIELD("auid", "INTEGER", "user.loginuid", "user id of the login; -1: "
	     "none"),
	FIELD("tty", "INTEGER", "proc.tty", "terminal; 0: none"),
	FIELD("sid", "INTEGER", "proc.sid", "session id of the kernel"),
	FIELD("pgid", "INTEGER", "proc.pgid", "process group id"),
	FIELD("container_id", "TEXT NOT NULL", "container.id",
	      "short id, or host"),
	TEXT("entered", "TEXT", process_record, entered,
	     "the container whose files or processes it sees by setns "
	     "(nsenter), or host; container_id is that of its cgroup"),
	FIELD("is_new_binary", "INTEGER", "proc.is_exe_upper_layer",
	      "1: the executable is not part of the container's image"),
	FIELD("is_memfd", "INTEGER", "proc.is_exe_from_memfd",
	      "1: the executable exists only in memory"),
	FIELD("is_writable", "INTEGER", "proc.is_exe_writable",
	      "1: the user of the process may write the executable"),
	FIELD("exe_ino", "INTEGER", "proc.exe_ino", "inode of the executable"),
	FIELD("exe_ctime_ns", "INTEGER", "proc.exe_ino.ctime",
	      "last status change of the executable"),
	FIELD("exe_mtime_ns", "INTEGER", "proc.exe_ino.mtime",
	      "last modification of the executable"),
	FIELD("cap_effective", "TEXT", "thread.cap_effective",
	      "effective capabilities"),
	END,
};

static const struct column threads[] = {
	NUMBER("thread_id", "INTEGER PRIMARY KEY", thread_record, thread_id,
	       "a thread"),
	CAPTURE_ID,
	NUMBER("tid", "INTEGER NOT NULL", thread_record, tid, "thread.tid"),
	NUMBER("process_id", "INTEGER REFERENCES processes", thread_record,
	       process_id, "the process in which it began"),
	LIFETIME(thread_record, "time when it began, or was first seen",
		 "time when it ended"),
	END,
};

static const struct column sessions[] = {
	NUMBER("session_id", "INTEGER PRIMARY KEY", session_record, session_id,
	       "a root process and its descendants"),
	CAPTURE_ID,
	NUMBER("root_process_id", "INTEGER REFERENCES processes",
	       session_record, root_process_id, "the root process"),
	LATE_TEXT("kind", "TEXT NOT NULL", session_record, kind,
	     "init: pid 1; outside: entered a container (docker exec, ECS "
	     "Exec, nsenter); terminal, setsid: leader of a session of the "
	     "kernel; start: its parent is not in the capture"),
	LIFETIME(session_record, "time when the root began, or was first seen",
		 "time when its last process ended; NULL: processes are still "
		      "running"),
	LATE("process_count", "INTEGER", session_record, process_count,
	     "number of its rows in processes"),
	LATE("alert_count", "INTEGER", session_record, alert_count,
	     "number of alerts of its processes"),
	END,
};

static const struct column containers[] = {
	CAPTURE_ID,
	TEXT("container_id", "TEXT NOT NULL", container_record, container_id,
	     "short id, or host"),
	TEXT("full_id", "TEXT", container_record, full_id, "full id"),
	TEXT("name", "TEXT", container_record, name, "container.name"),
	TEXT("image", "TEXT", container_record, image, "container.image"),
	TEXT("image_id", "TEXT", container_record, image_id,
	     "container.image.id"),
	TEXT("image_digest", "TEXT", container_record, image_digest,
	     "container.image.digest"),
	TEXT("runtime", "TEXT", container_record, runtime, "container.type"),
	NUMBER("is_privileged", "INTEGER", container_record, is_privileged,
	       "container.privileged"),
	TEXT("ip", "TEXT", container_record, ip, "container.ip"),
	TEXT("labels", "TEXT", container_record, labels,
	     "labels, as a JSON object"),
	NUMBER("created_ns", "INTEGER", container_record, created_ns,
	       "time of its creation"),
	NUMBER("first_ns", "INTEGER", container_record, first_ns,
	       "time of the first event of a process in it"),
	END,
};

static const struct column users[] = {
	CAPTURE_ID,
	TEXT("container_id", "TEXT NOT NULL", user_record, container_id,
	     "container whose user list has the user, or host"),
	NUMBER("uid", "INTEGER NOT NULL", user_record, uid, "user id"),
	TEXT("name", "TEXT", user_record, name, "user name"),
	NUMBER("gid", "INTEGER", user_record, gid, "group id"),
	TEXT("home", "TEXT", user_record, home, "home directory"),
	TEXT("shell", "TEXT", user_record, shell, "login shell"),
	END,
};

static const struct column user_changes[] = {
	EVENT_KEY,
	MADE_TIME("time", "ts_ns"),
	FIELD("call", "TEXT NOT NULL", "evt.type",
	      "setuid, setresgid, capset ...; execve if it changed them"),
	FILL("process_id", "INTEGER REFERENCES processes", fill_process_id,
	     "who called; of an exec: the new program"),
	FILL("tid", "INTEGER", fill_tid, "the thread: ids are its own"),
	NUMBER("uid_before", "INTEGER", user_change_record, uid_before,
	       "effective user id before the call"),
	NUMBER("uid_after", "INTEGER", user_change_record, uid_after,
	       "and after it; of a call that failed the same"),
	NUMBER("ruid_before", "INTEGER", user_change_record, ruid_before,
	       "real user id"),
	NUMBER("ruid_after", "INTEGER", user_change_record, ruid_after,
	       "real user id"),
	NUMBER("gid_before", "INTEGER", user_change_record, gid_before,
	       "effective group id"),
	NUMBER("gid_after", "INTEGER", user_change_record, gid_after,
	       "effective group id"),
	NUMBER("rgid_before", "INTEGER", user_change_record, rgid_before,
	       "real group id"),
	NUMBER("rgid_after", "INTEGER", user_change_record, rgid_after,
	       "real group id"),
	TEXT("caps_before", "TEXT", user_change_record, caps_before,
	     "effective capabilities; of capset and exec"),
	TEXT("caps_after", "TEXT", user_change_record, caps_after,
	     "effective capabilities; of capset and exec"),
	FILL("res", "INTEGER", fill_res, "evt.rawres: result of the call"),
	END,
};

const struct table table_user_changes = {
	.name = "user_changes", .only = "user_changes",
	.help = "calls that change user, group or capabilities: before and after",
	.needs = "setuid setgid setresuid setresgid setreuid setregid capset "
		 PROCESS_CALLS,
	.columns = user_changes,
};

const struct table table_processes = {
	.name = "processes",
	.help = "one row for each program that a process ran",
	.needs = PROCESS_CALLS,
	.constraints = "FOREIGN KEY (capture_id, container_id) "
		       "REFERENCES containers",
	.columns = processes,
};

const struct table table_threads = {
	.name = "threads", .only = "threads",
	.help = "threads, including the first one of each process",
	.needs = PROCESS_CALLS,
	.columns = threads,
};

const struct table table_sessions = {
	.name = "sessions",
	.help = "sessions: each process belongs to one",
	.needs = PROCESS_CALLS " setsid", .columns = sessions,
};

const struct table table_containers = {
	.name = "containers", .help = "containers, and the host", .needs = "",
	.constraints = "PRIMARY KEY (capture_id, container_id)",
	.conflict = "ON CONFLICT DO UPDATE SET full_id = excluded.full_id, "
		    "name = excluded.name, image = excluded.image, "
		    "image_id = excluded.image_id, "
		    "image_digest = excluded.image_digest, "
		    "runtime = excluded.runtime, ip = excluded.ip, "
		    "is_privileged = excluded.is_privileged, "
		    "labels = excluded.labels, "
		    "created_ns = excluded.created_ns",
	.columns = containers,
};

const struct table table_users = {
	.name = "users", .help = "users of the machine and of containers", .needs = "",
	.constraints = "PRIMARY KEY (capture_id, container_id, uid)",
	.conflict = "ON CONFLICT DO NOTHING",
	.columns = users,
};
/* clang-format on */
