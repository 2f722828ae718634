/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How threads come under ptrace(2): a command is launched, processes and
 * containers are attached to.  No option that kills is set: when this process
 * ends, the kernel lets the tracees go on.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/proc/target.h"
#include "capture/ptrace/seccomp.h"
#include "capture/ptrace/trace.h"

enum {
	OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
		  PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC
};

/* Begins to trace a running thread. */
static int seize(struct tracer *c, pid_t tid, struct error *err)
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
	trace_find_process(trace_add(c, tid));
	return 0;
}

/* Attaches to all threads of a process, until no new ones are found. */
static int attach(struct tracer *c, pid_t pid, struct error *err)
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

			if (tid <= 0 || trace_find(c, tid) ||
			    seize(c, tid, err))
				continue;
			ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
			found = true;
		}
		if (dir)
			closedir(dir);
	}
	return 0;
}

/* Attaches to a process of the container, which may have ended since it was
 * found. */
static int attach_member(void *user, pid_t pid, struct error *err)
{
	struct tracer *c = user;

	if (trace_find(c, pid) || !attach(c, pid, err) || err->code == ESRCH)
		return 0;
	return -1;
}

/* Attaches to the processes of a container, until no new ones are found;
 * tracees report their children themselves. */
static int attach_container(struct tracer *c, struct error *err)
{
	const char *name = c->options.container;
	size_t before;

	do {
		before = c->tracees.count;
		if (target_container(name, attach_member, c, err) < 0)
			return -1;
	} while (c->tracees.count > before);
	return before ? 0
		      : error_set(err, ESRCH, "no process of a container '%s'",
				  name);
}

/* The kernel's struct sigaction: libc refuses its own signals. */
struct kernel_action {
	uint64_t handler, flags, restorer, mask;
};

enum { SETXID = 33 };

bool trace_ignores_setxid(void)
{
	struct kernel_action now = { 0 };

	return !syscall(SYS_rt_sigaction, SETXID, NULL, &now, 8) &&
	       now.handler == (uint64_t)(uintptr_t)SIG_IGN;
}

static void ignore_setxid(void)
{
	const struct kernel_action ignore = {
		.handler = (uint64_t)(uintptr_t)SIG_IGN
	};

	syscall(SYS_rt_sigaction, SETXID, &ignore, NULL, 8);
}

/* Starts the command, stopped before its exec, and begins to trace it. */
static int launch(struct tracer *c, char *const *argv, struct error *err)
{
	char path[4096];
	const char *file = target_find(argv[0], path, sizeof(path), err);
	int status;

	if (!file)
		return -1;
	c->command = fork();
	if (c->command < 0)
		return error_errno(err, "fork");
	if (c->command == 0) {
		/* If we are killed first, nobody would continue it. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		raise(SIGSTOP);
		prctl(PR_SET_PDEATHSIG, 0);
		if (c->ignores_setxid)
			ignore_setxid();
		if (c->options.seccomp &&
		    seccomp_trace_only(c->options.syscalls))
			_exit(127);
		target_exec(file, argv);
		_exit(127);
	}
	if (waitpid(c->command, &status, WUNTRACED) < 0)
		return error_errno(err, "wait");
	if (!seize(c, c->command, err))
		return 0;
	kill(c->command, SIGKILL);
	waitpid(c->command, &status, 0);
	if (err->code == EPERM)
		error_set(
			err, EPERM,
			"the command may not be traced: spoor is traced "
			"itself (strace, gdb, spoor), or ptrace is forbidden");
	return -1;
}

static void on_alarm(int sig)
{
	(void)sig;
}

/* Has SIGALRM interrupt wait(2) now and then, so that the caller can flush. */
static void set_timer(long ms)
{
	struct sigaction action = { .sa_handler = on_alarm };
	struct itimerval timer = { { ms / 1000, ms % 1000 * 1000 },
				   { ms / 1000, ms % 1000 * 1000 } };

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

int trace_start(struct tracer *c, const struct capture_options *options,
		struct error *err)
{
	int result = 0;

	c->options = *options;
	c->copier.snaplen = options->snaplen < COPY_SNAPLEN_MAX
				    ? options->snaplen
				    : COPY_SNAPLEN_MAX;
	c->copier.inodes = options->inodes;
	c->copier.users = options->users;
	c->command_status = -1;
	c->cpu = -1;
	c->may_idle = trace_can_leave_idle();
	if (options->command)
		result = launch(c, options->command, err);
	else
		c->launched = true;
	for (unsigned i = 0; i < options->pid_count && !result; i++)
		result = attach(c, options->pids[i], err);
	if (options->container && !result)
		result = attach_container(c, err);
	if (result)
		trace_stop(c);
	else
		set_timer(250);
	return result;
}
