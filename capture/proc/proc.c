/* SPDX-License-Identifier: Apache-2.0 */
/* What /proc says of one thread: read in few system calls without allocation,
 * so that the tracer can do it while the thread is stopped.  proc(5). */
#include "capture/proc/proc.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "capture/proc/layer.h"
#include "capture/proc/pidns.h"
#include "capture/proc/proc_files.h"

enum { LIST_MAX = 4096, TEXT_MAX = 1023 };

/* Where texts are put, one after the other, behind the numbers. */
struct room {
	uint8_t *at;
	uint32_t left;
};

/* The thread that is read. */
struct source {
	struct proc_files files;
	pid_t pid;			/* as in struct proc_wanted */
	const struct proc_early *early; /* of this thread, or NULL */
	uint64_t args_from, args_to;	/* in its memory; 0: unknown */
	uint64_t env_from, env_to;
};

void proc_look(struct proc_early *early, pid_t tid, int memory, uint64_t stack)
{
	ssize_t n =
		pread(memory, early->stack, sizeof(early->stack), (off_t)stack);

	early->stack_at = stack;
	early->stack_len = n > 0 ? (uint32_t)n : 0;
	n = proc_file(tid, "stat", early->stat, sizeof(early->stat));
	early->tid = n > 0 ? tid : 0;
}

/* Keeps a text; returns how much of it there was room for. */
static uint16_t keep(struct room *room, const char *text, size_t len)
{
	if (len > room->left)
		len = room->left;
	memcpy(room->at, text, len);
	room->at += len;
	room->left -= (uint32_t)len;
	return (uint16_t)len;
}

/* Takes ids, capabilities and memory from what /proc/TID/status holds. */
static void take_status(struct raw_proc *p, const char *status)
{
	const char *uids = proc_status_value(status, "\nUid:");
	const char *gids = proc_status_value(status, "\nGid:");

	p->pid = (int64_t)proc_status_number(status, "\nTgid:", 10, 0);
	p->ptid = (int64_t)proc_status_number(status, "\nPPid:", 10, 0);
	/* The effective ids are the second of four. */
	if (uids)
		p->uid = (uint32_t)strtoul(strchr(uids + 1, '\t'), NULL, 10);
	if (gids)
		p->gid = (uint32_t)strtoul(strchr(gids + 1, '\t'), NULL, 10);
	p->vtid = p->tid;
	p->vpid = p->pid;
	p->in_child_pidns = proc_status_ids(status, "\nNSpid:", &p->vtid) > 1;
	proc_status_ids(status, "\nNStgid:", &p->vpid);
	proc_status_ids(status, "\nNSpgid:", &p->vpgid);
	proc_status_ids(status, "\nNSsid:", &p->sid);
	p->cap_inheritable = proc_status_number(status, "\nCapInh:", 16, 0);
	p->cap_permitted = proc_status_number(status, "\nCapPrm:", 16, 0);
	p->cap_effective = proc_status_number(status, "\nCapEff:", 16, 0);
	p->vmsize_kb = (uint32_t)proc_status_number(status, "\nVmSize:", 10, 0);
	p->vmrss_kb = (uint32_t)proc_status_number(status, "\nVmRSS:", 10, 0);
	p->vmswap_kb = (uint32_t)proc_status_number(status, "\nVmSwap:", 10, 0);
}

/* Numbers of /proc/TID/stat: proc(5). */
enum {
	STAT_PPID = 4,
	STAT_PGRP,
	STAT_SESSION,
	STAT_TTY,
	STAT_MINFLT = 10,
	STAT_MAJFLT = 12,
	STAT_VSIZE = 23,
	STAT_RSS,
	STAT_PROCESSOR = 39,
	STAT_ARG_START = 48,
	STAT_ARG_END,
	STAT_ENV_START,
	STAT_ENV_END,
	STAT_COUNT
};

/* Takes from `stat' what else is read from `status': all ids are those of
 * /proc's namespace, and nothing is swapped out. */
static void take_stat_as_status(struct raw_proc *p, const struct source *s,
				const uint64_t *field)
{
	p->pid = p->vpid = s->pid;
	p->vtid = p->tid;
	p->ptid = (int64_t)field[STAT_PPID];
	p->vpgid = (int64_t)field[STAT_PGRP];
	p->sid = (int64_t)field[STAT_SESSION];
}

static void take_memory(struct raw_proc *p, const uint64_t *field)
{
	uint64_t kb_per_page = (uint64_t)sysconf(_SC_PAGESIZE) / 1024;

	p->vmsize_kb = (uint32_t)(field[STAT_VSIZE] / 1024);
	p->vmrss_kb = (uint32_t)(field[STAT_RSS] * kb_per_page);
}

/* The name in parentheses may hold anything: the last one ends it. */
static void take_stat(struct raw_proc *p, struct source *s, const char *stat,
		      struct room *room)
{
	const char *open = strchr(stat, '(');
	const char *close = strrchr(stat, ')');
	uint64_t field[STAT_COUNT] = { 0 };
	char *at;

	if (!open || !close || close < open || strlen(close) < 4)
		return;
	p->comm_len = keep(room, open + 1, (size_t)(close - open - 1));
	at = (char *)close + 3; /* behind the state */
	for (int i = STAT_PPID; i < STAT_COUNT; i++)
		field[i] = strtoull(at, &at, 10);
	p->pgid = (int64_t)field[STAT_PGRP];
	p->tty = (uint32_t)field[STAT_TTY];
	p->pfminor = field[STAT_MINFLT];
	p->pfmajor = field[STAT_MAJFLT];
	p->cpu = (int32_t)field[STAT_PROCESSOR];
	s->args_from = field[STAT_ARG_START];
	s->args_to = field[STAT_ARG_END];
	s->env_from = field[STAT_ENV_START];
	s->env_to = field[STAT_ENV_END];
	if (s->pid)
		take_stat_as_status(p, s, field);
	if (s->pid || s->early)
		take_memory(p, field);
}

/*
 * Takes user, group and capabilities without `status'.  /proc/TID itself has
 * the effective ids as its owners, dumpable or not (Linux, task_dump_owner):
 * that and capget(2) take a tenth of the time.
 */
static bool take_rights(struct raw_proc *p, struct source *s)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3, .pid = s->files.tid
	};
	struct __user_cap_data_struct caps[_LINUX_CAPABILITY_U32S_3];
	struct stat st;

	if (stat(proc_files_path(&s->files, ""), &st) ||
	    syscall(SYS_capget, &head, caps))
		return false;
	p->uid = st.st_uid;
	p->gid = st.st_gid;
	p->cap_inheritable = caps[0].inheritable | (uint64_t)caps[1].inheritable
							   << 32;
	p->cap_permitted = caps[0].permitted | (uint64_t)caps[1].permitted
						       << 32;
	p->cap_effective = caps[0].effective | (uint64_t)caps[1].effective
						       << 32;
	return true;
}

/* Takes ids, capabilities, times and memory. */
static void take_ids(struct raw_proc *p, struct source *s, struct room *room)
{
	char text[PROC_FILE_MAX];

	if (s->pid && (proc_has_swap() || !take_rights(p, s)))
		s->pid = 0;
	if (!s->pid &&
	    proc_files_read(&s->files, "status", text, sizeof(text)) > 0)
		take_status(p, text);
	if (s->early)
		take_stat(p, s, s->early->stat, room);
	else if (proc_files_often(&s->files, "stat", KEPT_STAT, text,
				  sizeof(text)) > 0)
		take_stat(p, s, text, room);
	if (p->in_child_pidns || !pidns_of_proc(&p->pidns_init_start_ns))
		p->pidns_init_start_ns = pidns_start_ns(s->files.tid);
}

static void take_login(struct raw_proc *p, struct source *s)
{
	char text[32];

	if (proc_files_read(&s->files, "loginuid", text, sizeof(text)) > 0)
		p->loginuid = (uint32_t)strtoul(text, NULL, 10);
}

static uint64_t time_ns(struct timespec ts)
{
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

static bool may_write(const struct stat *st, const struct raw_proc *p)
{
	if (p->cap_effective >> 1 & 1) /* CAP_DAC_OVERRIDE */
		return true;
	if (st->st_uid == p->uid)
		return st->st_mode & S_IWUSR;
	return st->st_mode & (st->st_gid == p->gid ? S_IWGRP : S_IWOTH);
}

/* Is the program a memfd, and not a file of that name in the root folder?  The
 * kernel reports a memfd as deleted, on a file system of its own. */
static bool is_memfd(struct source *s, const char *exe, const struct stat *st)
{
	static const char prefix[] = "/memfd:";
	struct stat root;

	return !strncmp(exe, prefix, sizeof(prefix) - 1) && !st->st_nlink &&
	       (stat(proc_files_path(&s->files, "root/"), &root) ||
		root.st_dev != st->st_dev);
}

/* "/memfd:NAME (deleted)" as the eBPF drivers have it, "memfd:NAME". */
static struct bytes memfd_name(const char *exe, size_t len)
{
	static const char suffix[] = " (deleted)";
	size_t less = sizeof(suffix) - 1;

	if (len > less && !memcmp(exe + len - less, suffix, less))
		len -= less;
	return (struct bytes){ (const uint8_t *)exe + 1, len - 1 };
}

/* Takes the program's path, inode, times and layers. */
static void take_exe(struct raw_proc *p, struct source *s, struct room *room)
{
	char exe[TEXT_MAX];
	struct stat st = { 0 };
	enum layer layer;
	ssize_t n = proc_files_link(&s->files, "exe", exe, sizeof(exe));
	bool failed;
	struct bytes path;

	if (n <= 0)
		return;
	failed = stat(proc_files_path(&s->files, "exe"), &st);
	p->exe_from_memfd = is_memfd(s, exe, &st);
	path = p->exe_from_memfd
		       ? memfd_name(exe, (size_t)n)
		       : (struct bytes){ (const uint8_t *)exe, (size_t)n };
	p->exepath_len = keep(room, (const char *)path.data, path.len);
	if (failed)
		return;
	p->exe_ino = st.st_ino;
	p->exe_ino_ctime = time_ns(st.st_ctim);
	p->exe_ino_mtime = time_ns(st.st_mtim);
	p->exe_writable = may_write(&st, p);
	layer = overlay_layer(s->files.tid, "exe", &st);
	p->exe_upper_layer = layer == LAYER_UPPER;
	p->exe_lower_layer = layer == LAYER_LOWER;
}

/* cgroup lines "0::/path", "4:memory:/path" become "memory=/path". */
static void take_cgroups(struct raw_proc *p, struct source *s,
			 struct room *room)
{
	char text[PROC_FILE_MAX];
	char list[LIST_MAX];
	size_t n = 0;
	char *line;
	char *save;

	if (proc_files_often(&s->files, "cgroup", KEPT_CGROUP, text,
			     sizeof(text)) <= 0)
		return;
	for (line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		char *name = strchr(line, ':');
		char *path = name ? strchr(name + 1, ':') : NULL;

		if (!path)
			continue;
		*path++ = '\0';
		name++;
		n += (size_t)snprintf(list + n, sizeof(list) - n, "%s=%s",
				      *name ? name : "unified", path);
		if (n + 1 >= sizeof(list))
			break;
		list[n++] = '\0';
	}
	if (n > sizeof(list))
		n = sizeof(list);
	p->cgroups_len = keep(room, list, n);
}

/* prlimit(2) may want more rights than the file, which is slower. */
static void take_limits(struct raw_proc *p, struct source *s)
{
	char text[PROC_FILE_MAX];
	struct rlimit files;
	const char *at;

	if (!prlimit(s->files.tid, RLIMIT_NOFILE, NULL, &files)) {
		p->fdlimit = (int64_t)files.rlim_cur;
		return;
	}
	if (proc_files_read(&s->files, "limits", text, sizeof(text)) <= 0)
		return;
	at = strstr(text, "Max open files");
	if (at)
		p->fdlimit = strtoll(at + strlen("Max open files"), NULL, 10);
}

static uint16_t take_link(struct source *s, const char *name, struct room *room)
{
	char text[TEXT_MAX];
	ssize_t n = proc_files_link(&s->files, name, text, sizeof(text));

	return n > 0 ? keep(room, text, (size_t)n) : 0;
}

/* Reads from the process's memory; from what was read early, if it is there. */
static ssize_t read_memory(const struct source *s, uint64_t from, char *to,
			   size_t len)
{
	struct iovec local = { to, len };
	struct iovec remote = { (void *)(uintptr_t)from, len };
	const struct proc_early *early = s->early;

	if (!early || from < early->stack_at ||
	    from + len > early->stack_at + early->stack_len)
		return process_vm_readv(s->files.tid, &local, 1, &remote, 1, 0);
	memcpy(to, early->stack + (from - early->stack_at), len);
	return (ssize_t)len;
}

/*
 * Takes a list of texts: from the process's memory, which is quicker than the
 * file of that name.  If the last text has no end the program has changed the
 * list (setproctitle), and only the file has what counts then.
 */
static uint16_t take_list(struct source *s, const char *name, uint64_t from,
			  uint64_t to, struct room *room)
{
	char text[LIST_MAX];
	size_t len = to - from < LIST_MAX - 1 ? to - from : LIST_MAX - 1;
	ssize_t n = -1;

	if (from && from < to)
		n = read_memory(s, from, text, len);
	if (n != (ssize_t)len || (len == to - from && text[len - 1]))
		n = proc_files_read(&s->files, name, text, sizeof(text));
	return n > 0 ? keep(room, text, (size_t)n) : 0;
}

/* Takes what is wanted; p->pid stays -1 if the thread is gone. */
static void take_all(struct raw_proc *p, struct source *s, unsigned want,
		     struct room *room)
{
	take_ids(p, s, room);
	if (p->pid < 0)
		return;
	if (want & PROC_EXE)
		take_exe(p, s, room);
	if (want & PROC_CWD)
		p->cwd_len = take_link(s, "cwd", room);
	if (want & PROC_ROOT)
		p->root_len = take_link(s, "root", room);
	if (want & PROC_ARGS)
		p->args_len =
			take_list(s, "cmdline", s->args_from, s->args_to, room);
	if (want & PROC_ENV)
		p->env_len =
			take_list(s, "environ", s->env_from, s->env_to, room);
	if (want & PROC_CGROUPS)
		take_cgroups(p, s, room);
	if (want & PROC_LIMITS)
		take_limits(p, s);
	if (want & PROC_LOGIN)
		take_login(p, s);
}

uint32_t proc_read(const struct proc_wanted *wanted, void *at, uint32_t len)
{
	const struct proc_early *early = wanted->early;
	pid_t tid = wanted->tid;
	struct raw_proc p = { .process = meta_thread_unknown().process,
			      .cpu = -1 };
	struct room room = { (uint8_t *)at + sizeof(p),
			     len - (uint32_t)sizeof(p) };
	struct source s = {
		.files = proc_files_of(tid, wanted->want == PROC_CLONE),
		.pid = wanted->pid,
		.early = early && early->tid == tid ? early : NULL,
	};

	if (len < sizeof(p))
		return 0;
	p.tid = tid;
	p.fdlimit = -1;
	take_all(&p, &s, wanted->want, &room);
	if (p.pid < 0)
		return 0;
	memcpy(at, &p, sizeof(p));
	return len - room.left;
}

/* A byte of a hostile record may be neither 0 nor 1: makes bools of them. */
static void make_bools(struct process *p)
{
	bool *const flags[] = { &p->exe_writable, &p->exe_upper_layer,
				&p->exe_lower_layer, &p->exe_from_memfd };

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		uint8_t byte;

		memcpy(&byte, flags[i], 1);
		*flags[i] = byte != 0;
	}
}

void proc_view(const void *data, uint32_t len, struct meta_thread *m)
{
	struct raw_proc p = { 0 };
	struct cursor c = cursor_of(data, len);
	struct bytes head = cursor_take(&c, sizeof(p));
	size_t exe_len;

	*m = meta_thread_unknown();
	if (!head.len)
		return;
	memcpy(&p, head.data, sizeof(p));
	make_bools(&p.process);
	m->comm = cursor_take(&c, p.comm_len);
	m->exepath = cursor_take(&c, p.exepath_len);
	m->cwd = cursor_take(&c, p.cwd_len);
	m->root = cursor_take(&c, p.root_len);
	m->args = cursor_take(&c, p.args_len);
	m->env = cursor_take(&c, p.env_len);
	m->cgroups = cursor_take(&c, p.cgroups_len);
	/* cmdline is argv: its first member is exe, the others are args. */
	exe_len = strnlen((const char *)m->args.data, m->args.len);
	m->exe =
		m->args.len ? (struct bytes){ m->args.data, exe_len } : m->comm;
	if (exe_len < m->args.len) {
		m->args.data += exe_len + 1;
		m->args.len -= exe_len + 1;
	} else {
		m->args.len = 0;
	}
	m->process = p.process;
}
