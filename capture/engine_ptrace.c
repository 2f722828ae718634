/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ptrace engine: exact, simple, and possible wherever ptrace is.  Each
 * system call stops its thread twice; see ptrace(2), PTRACE_SEIZE and
 * PTRACE_GET_SYSCALL_INFO.  No option that kills is set and no filter is
 * installed unless asked for: when this process ends, the kernel lets the
 * traced ones go on.
 */
#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "capture/capture.h"
#include "capture/copy.h"
#include "capture/proc.h"
#include "capture/seccomp.h"
#include "core/arena.h"
#include "core/map.h"

enum {
	OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
		  PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
		  PTRACE_O_TRACEEXEC,
	SYSCALL_STOP = SIGTRAP | 0x80,
	FOLLOW_EVERY = 8,    /* stops between looks at the tracee's CPU */
	SHARE_EVERY = 64,    /* and at how long the tracer waited for it, */
	SHARE_NS = 20000000, /* or after that time */
	STARVED_NS = 300000, /* waiting that long for each stop is too much */
	PROC_ROOM = 32 * 1024
};

struct tracee {
	pid_t tid, pid;
	bool in_syscall;
	bool waits;    /* a new thread whose creator was not heard yet */
	bool is_known; /* its creator was heard */
	struct buffer record;
	const struct syscall_row *row;
	struct tracee *next; /* free list */
};

struct capture {
	struct capture_options options;
	struct copier copier;
	struct map tracees; /* tid -> struct tracee */
	struct tracee *unused;
	struct buffer extra; /* records that belong to no call */
	struct capture_stats stats;
	pid_t command;
	int command_status;
	bool launched; /* the command's first exec was seen */
	bool released; /* the command was let go */
	int cpu;
	unsigned stops;
	bool may_idle; /* SCHED_IDLE can be entered and left */
	bool is_idle;
	uint64_t looked_ns, waited_ns; /* at the last look */
	unsigned looked_stops;
	uint64_t busy_until_ns;
};

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

static struct tracee *find(const struct capture *c, pid_t tid)
{
	return map_get(&c->tracees, (uint64_t)tid);
}

static pid_t process_of(pid_t tid)
{
	char path[64];
	char line[256];
	pid_t pid = tid;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)tid);
	in = fopen(path, "re");
	while (in && fgets(line, sizeof(line), in))
		if (sscanf(line, "Tgid: %d", &pid) == 1)
			break;
	if (in)
		fclose(in);
	return pid;
}

static struct tracee *add(struct capture *c, pid_t tid)
{
	struct tracee *t = c->unused;

	if (t)
		c->unused = t->next;
	else
		t = mem_zalloc(sizeof(*t));
	t->tid = tid;
	t->pid = process_of(tid);
	t->in_syscall = t->waits = t->is_known = false;
	t->record.len = 0;
	map_put(&c->tracees, (uint64_t)tid, t);
	c->stats.threads = (uint32_t)c->tracees.count;
	if (c->stats.threads > c->stats.threads_max)
		c->stats.threads_max = c->stats.threads;
	return t;
}

static void drop(struct capture *c, pid_t tid)
{
	struct tracee *t = map_remove(&c->tracees, (uint64_t)tid);

	c->stats.threads = (uint32_t)c->tracees.count;
	if (!t)
		return;
	t->next = c->unused;
	c->unused = t;
}

/* With a filter, a thread stops again only if it is inside a call. */
static void resume(const struct capture *c, const struct tracee *t, int sig)
{
	int request = c->options.seccomp && !t->in_syscall ? PTRACE_CONT
							   : PTRACE_SYSCALL;

	/* ESRCH: it was killed meanwhile; its end is reported by wait. */
	ptrace((enum __ptrace_request)request, t->tid, NULL,
	       (void *)(uintptr_t)sig);
}

static void set_idle(struct capture *c, bool idle)
{
	struct sched_param none = { 0 };

	if (c->is_idle == idle)
		return;
	sched_setscheduler(0, idle ? SCHED_IDLE : SCHED_OTHER, &none);
	c->is_idle = idle;
}

/* Can a process get back from SCHED_IDLE?  sched(7): not without rights. */
static bool can_leave_idle(void)
{
	struct sched_param none = { 0 };
	int status = 1;
	pid_t child = fork();

	if (child == 0)
		_exit(sched_setscheduler(0, SCHED_IDLE, &none) ||
		      sched_setscheduler(0, SCHED_OTHER, &none));
	if (child > 0)
		waitpid(child, &status, 0);
	return status == 0;
}

/*
 * A CPU that runs only SCHED_IDLE work counts as free, so a tracee that is
 * let go wakes where the tracer is, and takes its place at once: one CPU does
 * the whole dance, five times faster than two.  Where others keep the CPU
 * busy the tracer would starve, and its tracees with it: then it takes its
 * full share for a second.
 */
static void share_cpu(struct capture *c, uint64_t now)
{
	unsigned stops = c->stops - c->looked_stops;
	unsigned long long ran;
	unsigned long long waited = 0;
	FILE *in;

	if (!c->may_idle)
		return;
	in = fopen("/proc/thread-self/schedstat", "re");
	if (!in || fscanf(in, "%llu %llu", &ran, &waited) != 2)
		waited = c->waited_ns;
	if (in)
		fclose(in);
	if (c->looked_ns &&
	    waited - c->waited_ns > (uint64_t)stops * STARVED_NS)
		c->busy_until_ns = now + 1000000000u;
	c->looked_ns = now;
	c->looked_stops = c->stops;
	c->waited_ns = waited;
	set_idle(c, now >= c->busy_until_ns);
}

/*
 * A wake-up across CPUs costs several times one on the same CPU, so the
 * tracer (never the tracee) moves to where the tracee runs.
 */
static void follow_cpu(struct capture *c, pid_t tid)
{
	char path[64];
	char text[1024];
	const char *at;
	cpu_set_t set;
	uint64_t now;
	FILE *in;
	int cpu = -1;

	now = now_ns();
	if (c->stops % SHARE_EVERY == 0 || now - c->looked_ns > SHARE_NS)
		share_cpu(c, now);
	if (c->stops++ % FOLLOW_EVERY)
		return;
	snprintf(path, sizeof(path), "/proc/%d/stat", (int)tid);
	in = fopen(path, "re");
	if (!in)
		return;
	at = fgets(text, sizeof(text), in) ? strrchr(text, ')') : NULL;
	fclose(in);
	/* Field 39, counted from the state behind the name, field 3. */
	for (int field = 2; at && field < 39; field++)
		at = strchr(at + 1, ' ');
	if (at)
		cpu = atoi(at + 1);
	if (cpu < 0 || cpu == c->cpu)
		return;
	c->cpu = cpu;
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static bool is_wanted(const struct capture *c, int nr)
{
	return !c->options.syscalls ||
	       (nr >= 0 && nr < SYSCALL_MAX && c->options.syscalls[nr]);
}

static enum raw_abi abi_of(const struct __ptrace_syscall_info *info, int nr)
{
	if (info->arch == 0x40000003) /* AUDIT_ARCH_I386 */
		return RAW_I386;
	return nr & 0x40000000 ? RAW_X32 : RAW_X86_64;
}

static const struct raw_record *finish(struct capture *c, struct buffer *b)
{
	c->stats.records++;
	return record_end(b);
}

static const struct raw_record *
on_enter(struct capture *c, struct tracee *t,
	 const struct __ptrace_syscall_info *info)
{
	int nr = (int)info->entry.nr;
	struct raw_record head = {
		.kind = RAW_SYSCALL,
		.nr = nr,
		.cpu = (uint16_t)c->cpu,
		.pid = t->pid,
		.tid = t->tid,
		.enter_ns = now_ns(),
	};

	t->in_syscall = true;
	head.abi = (uint8_t)abi_of(info, nr);
	t->row = syscall_row((enum raw_abi)head.abi, nr);
	c->launched |= t->row->event == PPME_SYSCALL_EXECVE_19_X ||
		       t->row->event == PPME_SYSCALL_EXECVEAT_X;
	for (int i = 0; i < SYSCALL_ARGS; i++)
		head.args[i] = info->entry.args[i];
	record_begin(&t->record, &head);
	if (!c->launched || !is_wanted(c, nr))
		return NULL;
	copy_args(&c->copier, &t->record, t->tid, t->row, false);
	if (strcmp(t->row->name, "exit") && strcmp(t->row->name, "exit_group"))
		return NULL;
	record_end(&t->record)->flags |= RAW_NO_RETURN;
	record_end(&t->record)->exit_ns = head.enter_ns;
	return finish(c, &t->record);
}

static const struct raw_record *
on_leave(struct capture *c, struct tracee *t,
	 const struct __ptrace_syscall_info *info)
{
	struct raw_record *record;

	if (!t->in_syscall)
		return NULL;
	t->in_syscall = false;
	record = record_end(&t->record);
	if (!c->launched || !is_wanted(c, record->nr))
		return NULL;
	record->ret = info->exit.rval;
	record->exit_ns = now_ns();
	if (record->ret <= -512 && record->ret >= -516)
		record->flags |= RAW_INTERRUPTED;
	copy_args(&c->copier, &t->record, t->tid, t->row, true);
	if (t->row->facts ||
	    (!t->row->params && t->row->event != PPME_GENERIC_X))
		copy_facts(&c->copier, &t->record, t->pid, t->row);
	return finish(c, &t->record);
}

static const struct raw_record *on_syscall(struct capture *c, struct tracee *t)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, t->tid, sizeof(info), &info) <= 0)
		return NULL;
	/* Both have the same members, then one more. */
	if (info.op == PTRACE_SYSCALL_INFO_ENTRY ||
	    info.op == PTRACE_SYSCALL_INFO_SECCOMP)
		return on_enter(c, t, &info);
	if (info.op == PTRACE_SYSCALL_INFO_EXIT)
		return on_leave(c, t, &info);
	return NULL;
}

/* What a creating call without flags means in terms of clone(2). */
static uint64_t clone_flags(const struct syscall_row *row,
			    const struct raw_record *call)
{
	switch (row->event) {
	case PPME_SYSCALL_FORK_20_X:
		return SIGCHLD;
	case PPME_SYSCALL_VFORK_20_X:
		return CLONE_VFORK | CLONE_VM | SIGCHLD;
	default:
		return call->args[0];
	}
}

/* The record that a thread is there, made while it has not run yet. */
static const struct raw_record *
thread_record(struct capture *c, const struct tracee *t, struct tracee *creator)
{
	static _Alignas(8) uint8_t room[PROC_ROOM];
	struct raw_record head = { .kind = RAW_THREAD,
				   .tid = t->tid,
				   .pid = t->pid,
				   .cpu = (uint16_t)c->cpu };
	struct raw_record call;
	uint32_t len = proc_read(t->tid, PROC_ALL, room, sizeof(room));

	head.enter_ns = head.exit_ns = now_ns();
	if (creator && creator->record.len >= sizeof(call)) {
		const struct raw_piece *piece = NULL;

		memcpy(&call, creator->record.data, sizeof(call));
		head.nr = call.nr;
		head.args[0] = clone_flags(creator->row, &call);
		piece = raw_next_piece(record_end(&creator->record), NULL);
		if (creator->row->event == PPME_SYSCALL_CLONE3_X && piece &&
		    piece->len >= 8)
			head.args[0] = load_u64(raw_piece_data(piece));
		head.args[1] = (uint64_t)creator->tid;
	}
	record_begin(&c->extra, &head);
	record_add(&c->extra, PIECE_PROC, 0, 0, (struct bytes){ room, len });
	return finish(c, &c->extra);
}

/* The creator tells of its child, which may have stopped already. */
static const struct raw_record *on_child(struct capture *c, struct tracee *t)
{
	const struct raw_record *record = NULL;
	unsigned long tid = 0;
	struct tracee *child;

	ptrace(PTRACE_GETEVENTMSG, t->tid, NULL, &tid);
	child = find(c, (pid_t)tid);
	if (!child)
		child = add(c, (pid_t)tid);
	child->is_known = true;
	if (c->launched)
		record = thread_record(c, child, t);
	if (child->waits) {
		child->waits = false;
		resume(c, child, 0);
	}
	return record;
}

/* exec from a thread that is not the leader: it becomes the leader. */
static void on_exec(struct capture *c, struct tracee *t)
{
	unsigned long former = 0;
	struct tracee *old;

	ptrace(PTRACE_GETEVENTMSG, t->tid, NULL, &former);
	old = (pid_t)former == t->tid ? NULL : find(c, (pid_t)former);
	if (!old)
		return;
	t->record.len = 0;
	buffer_put(&t->record, old->record.data, old->record.len);
	record_end(&t->record)->tid = t->tid;
	t->row = old->row;
	t->in_syscall = true;
	drop(c, (pid_t)former);
}

static const struct raw_record *on_signal(struct capture *c,
					  const struct tracee *t, int sig)
{
	struct raw_record head = { .kind = RAW_SIGNAL,
				   .nr = sig,
				   .tid = t->tid,
				   .pid = t->pid,
				   .cpu = (uint16_t)c->cpu };
	siginfo_t info;

	if (!c->launched)
		return NULL;
	if (!ptrace(PTRACE_GETSIGINFO, t->tid, NULL, &info))
		head.args[0] = (uint64_t)info.si_pid;
	head.enter_ns = head.exit_ns = now_ns();
	record_begin(&c->extra, &head);
	return finish(c, &c->extra);
}

static const struct raw_record *on_end(struct capture *c, pid_t tid, int status)
{
	const struct tracee *t = find(c, tid);
	struct raw_record head = { .kind = RAW_EXIT,
				   .tid = tid,
				   .pid = t ? t->pid : tid,
				   .ret = status,
				   .cpu = (uint16_t)c->cpu };

	if (tid == c->command)
		c->command_status = status;
	if (t)
		drop(c, tid);
	if (!t || !c->launched)
		return NULL;
	head.enter_ns = head.exit_ns = now_ns();
	record_begin(&c->extra, &head);
	return finish(c, &c->extra);
}

static bool stops_a_group(int sig)
{
	return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN ||
	       sig == SIGTTOU;
}

/* One stop: what it says, and the thread goes on. */
static const struct raw_record *on_stop(struct capture *c, struct tracee *t,
					int status)
{
	int sig = WSTOPSIG(status);
	int event = status >> 16;
	const struct raw_record *record = NULL;
	int deliver = 0;

	switch (event) {
	case 0:
		if (sig == SYSCALL_STOP) {
			record = on_syscall(c, t);
		} else {
			record = on_signal(c, t, sig);
			deliver = sig;
		}
		break;
	case PTRACE_EVENT_FORK:
	case PTRACE_EVENT_VFORK:
	case PTRACE_EVENT_CLONE:
		record = on_child(c, t);
		break;
	case PTRACE_EVENT_SECCOMP:
		record = on_syscall(c, t);
		break;
	case PTRACE_EVENT_EXEC:
		c->launched = true;
		on_exec(c, t);
		break;
	case PTRACE_EVENT_STOP:
		if (stops_a_group(sig)) {
			ptrace(PTRACE_LISTEN, t->tid, NULL, NULL);
			return NULL;
		}
		break;
	default:
		break;
	}
	resume(c, t, deliver);
	return record;
}

static const struct raw_record *on_status(struct capture *c, pid_t tid,
					  int status)
{
	struct tracee *t = find(c, tid);

	if (WIFEXITED(status) || WIFSIGNALED(status))
		return on_end(c, tid, status);
	if (!t) {
		/* A new thread stops before its creator's event is seen. */
		t = add(c, tid);
		t->waits = true;
		return NULL;
	}
	follow_cpu(c, tid);
	return on_stop(c, t, status);
}

static void on_alarm(int sig)
{
	(void)sig;
}

/* Interrupts the wait now and then, so that the caller can flush. */
static void set_timer(long ms)
{
	struct sigaction action = { .sa_handler = on_alarm };
	struct itimerval timer = { { ms / 1000, ms % 1000 * 1000 },
				   { ms / 1000, ms % 1000 * 1000 } };

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

static int ptrace_next(struct capture *c, int timeout_ms,
		       const struct raw_record **ret_record, bool *ret_done,
		       struct error *err)
{
	int status;
	pid_t tid;

	(void)timeout_ms;
	*ret_done = false;
	if (!c->released && c->command) {
		c->released = true;
		kill(c->command, SIGCONT);
	}
	c->released = true;
	for (;;) {
		tid = waitpid(-1, &status, __WALL);
		if (tid < 0 && errno == EINTR)
			return 0;
		if (tid < 0 && errno == ECHILD) {
			*ret_done = true;
			return 0;
		}
		if (tid < 0)
			return error_errno(err, "ptrace: wait");
		*ret_record = on_status(c, tid, status);
		if (*ret_record)
			return 1;
	}
}

static int seize(struct capture *c, pid_t tid, struct error *err)
{
	uintptr_t stops = OPTIONS;

	if (c->options.seccomp)
		stops |= PTRACE_O_TRACESECCOMP;
	if (ptrace(PTRACE_SEIZE, tid, NULL, (void *)stops)) {
		if (errno == ESRCH)
			return error_set(err, ESRCH,
					 "process %d does not exist", (int)tid);
		if (errno == EPERM)
			return error_set(
				err, EPERM,
				"process %d may not be traced: another tracer has it, or CAP_SYS_PTRACE is missing",
				(int)tid);
		return error_errno(err, "process %d", (int)tid);
	}
	add(c, tid);
	return 0;
}

/* All threads of a process, until no new ones are found. */
static int attach(struct capture *c, pid_t pid, struct error *err)
{
	char path[64];
	bool found = true;

	if (seize(c, pid, err))
		return -1;
	ptrace(PTRACE_INTERRUPT, pid, NULL, NULL);
	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	while (found) {
		DIR *dir = opendir(path);
		struct dirent *entry;

		found = false;
		while (dir && (entry = readdir(dir))) {
			pid_t tid = atoi(entry->d_name);

			if (tid <= 0 || find(c, tid) || seize(c, tid, err))
				continue;
			ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
			found = true;
		}
		if (dir)
			closedir(dir);
	}
	return 0;
}

/* The file that execvp(3) would run, or name itself. */
static const char *search_path(const char *name, char *path, size_t len)
{
	const char *list = getenv("PATH");
	char *copy;
	char *save;
	bool found = false;

	if (strchr(name, '/') || !list)
		return name;
	copy = mem_strdup(list);
	for (char *dir = strtok_r(copy, ":", &save); dir && !found;
	     dir = strtok_r(NULL, ":", &save)) {
		snprintf(path, len, "%s/%s", dir, name);
		found = !access(path, X_OK);
	}
	free(copy);
	return found ? path : name;
}

static int launch(struct capture *c, char *const *argv, struct error *err)
{
	char path[4096];
	const char *file = search_path(argv[0], path, sizeof(path));
	int status;

	if (access(file, X_OK))
		return error_errno(err, "%s", argv[0]);
	c->command = fork();
	if (c->command < 0)
		return error_errno(err, "fork");
	if (c->command == 0) {
		raise(SIGSTOP);
		if (c->options.seccomp &&
		    seccomp_trace_only(c->options.syscalls))
			_exit(127);
		execv(file, argv);
		_exit(127);
	}
	if (waitpid(c->command, &status, WUNTRACED) < 0)
		return error_errno(err, "wait");
	return seize(c, c->command, err);
}

static int ptrace_probe(const struct capture_options *options,
			struct error *err)
{
	if (!options->seccomp)
		return 0;
	if (!options->syscalls || !options->command)
		return error_set(err, EINVAL,
				 "a seccomp filter is for a "
				 "command and a list of calls (--syscalls)");
	if (!seccomp_allowed())
		return error_set(err, EPERM,
				 "a seccomp filter needs "
				 "CAP_SYS_ADMIN: leave --seccomp out");
	return 0;
}

static void ptrace_stop(struct capture *c);

static int ptrace_start(struct capture **ret_capture,
			const struct capture_options *options,
			struct error *err)
{
	struct capture *c = mem_zalloc(sizeof(*c));
	int result = 0;

	c->options = *options;
	c->copier.snaplen = options->snaplen < COPY_SNAPLEN_MAX
				    ? options->snaplen
				    : COPY_SNAPLEN_MAX;
	c->command_status = -1;
	c->cpu = -1;
	c->may_idle = can_leave_idle();
	if (options->command)
		result = launch(c, options->command, err);
	else
		c->launched = true;
	for (unsigned i = 0; i < options->pid_count && !result; i++)
		result = attach(c, options->pids[i], err);
	if (result) {
		ptrace_stop(c);
		return -1;
	}
	set_timer(250);
	*ret_capture = c;
	return 0;
}

static void ptrace_stats(const struct capture *c,
			 struct capture_stats *ret_stats)
{
	*ret_stats = c->stats;
	ret_stats->unreadable = c->copier.unreadable;
	ret_stats->cut = c->copier.cut;
}

static int ptrace_status(const struct capture *c)
{
	return c->command_status;
}

static unsigned ptrace_pids(const struct capture *c, pid_t *pids, unsigned max)
{
	struct map_slot *slot;
	unsigned n = 0;
	size_t at = 0;

	while (n < max && (slot = map_next(&c->tracees, &at)))
		pids[n++] = ((struct tracee *)slot->value)->tid;
	return n;
}

/* A thread must stand still to be let go. */
static void let_go(pid_t tid)
{
	int status = 0;
	int sig = 0;

	ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
	if (waitpid(tid, &status, __WALL) != tid || !WIFSTOPPED(status))
		return;
	if (!(status >> 16) && WSTOPSIG(status) != SYSCALL_STOP)
		sig = WSTOPSIG(status);
	ptrace(PTRACE_DETACH, tid, NULL, (void *)(uintptr_t)sig);
}

static void ptrace_stop(struct capture *c)
{
	struct itimerval never = { 0 };
	struct map_slot *slot;
	struct tracee *next;
	size_t at = 0;

	setitimer(ITIMER_REAL, &never, NULL);
	while ((slot = map_next(&c->tracees, &at))) {
		struct tracee *t = slot->value;

		let_go(t->tid);
		buffer_free(&t->record);
		free(t);
	}
	for (; c->unused; c->unused = next) {
		next = c->unused->next;
		buffer_free(&c->unused->record);
		free(c->unused);
	}
	map_free(&c->tracees);
	buffer_free(&c->extra);
	free(c);
}

const struct capture_engine engine_ptrace = {
	.name = "ptrace",
	.help = "stops at every call; works wherever ptrace is allowed",
	.probe = ptrace_probe,
	.start = ptrace_start,
	.next = ptrace_next,
	.stats = ptrace_stats,
	.status = ptrace_status,
	.pids = ptrace_pids,
	.stop = ptrace_stop,
};
