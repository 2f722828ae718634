/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ptrace engine: exact, simple, and possible wherever ptrace is.  Each
 * system call stops its thread twice; see ptrace(2), PTRACE_SEIZE and
 * PTRACE_GET_SYSCALL_INFO.  No filter is installed unless asked for.
 */
#include <errno.h>
#include <stdlib.h>

#include "capture/ptrace/seccomp.h"
#include "capture/ptrace/trace.h"
#include "core/arena.h"

struct capture {
	struct tracer tracer;
};

static int ptrace_next(struct capture *c, int timeout_ms,
		       const struct raw_record **ret_record, bool *ret_done,
		       struct error *err)
{
	(void)timeout_ms; /* its timer interrupts the wait */
	return trace_next(&c->tracer, ret_record, ret_done, err);
}

/* May a filter be installed?  -1 and why not. */
static int can_filter(struct error *err)
{
	if (!seccomp_allowed())
		return error_set(err, EPERM,
				 "a seccomp filter needs "
				 "CAP_SYS_ADMIN: leave --seccomp out");
	if (!seccomp_known())
		return error_errno(err, "a seccomp filter needs seccomp(2)");
	return 0;
}

/* Can the engine work here, with these options? */
static int ptrace_probe(const struct capture_options *options,
			struct error *err)
{
	if (trace_probe(options, err))
		return -1;
	if (!options->seccomp)
		return 0;
	if (!options->syscalls || !options->command)
		return error_set(err, EINVAL,
				 "a seccomp filter is for a "
				 "command and a list of calls (--syscalls)");
	return can_filter(err);
}

static void ptrace_limits(const struct capture_options *options,
			  struct buffer *out)
{
	struct error err;

	trace_limits(options, out);
	if (options->command && can_filter(&err))
		buffer_printf(out, "not with --seccomp: %s\n", err.text);
}

/* Launches or attaches; the tracer is this thread. */
static int ptrace_start(struct capture **ret_capture,
			const struct capture_options *options,
			struct error *err)
{
	struct capture *c = mem_zalloc(sizeof(*c));

	if (trace_start(&c->tracer, options, err)) {
		free(c);
		return -1;
	}
	*ret_capture = c;
	return 0;
}

static void ptrace_stats(const struct capture *c,
			 struct capture_stats *ret_stats)
{
	trace_stats(&c->tracer, ret_stats);
}

static unsigned ptrace_pids(const struct capture *c, pid_t *pids, unsigned max)
{
	return trace_pids(&c->tracer, pids, max);
}

static int ptrace_stop(struct capture *c)
{
	int status;

	trace_stop(&c->tracer);
	status = c->tracer.command_status;
	free(c);
	return status;
}

const struct capture_engine engine_ptrace = {
	.name = "ptrace",
	.help = "stops at every call; works wherever ptrace is allowed",
	.needs = "the right to ptrace(2), Linux 5.3 or newer",
	.trust =
		"Every call of a thread stops it, and the kernel says which "
		"call it is: a program cannot hide or change one. Memory that "
		"another thread changes during the call can be recorded "
		"otherwise than the kernel saw it. What is done by io_uring(7) "
		"is not recorded, but its own calls are.",
	.cost = "two stops a call: getppid(2) takes 97 times as long",
	.probe = ptrace_probe,
	.limits = ptrace_limits,
	.start = ptrace_start,
	.next = ptrace_next,
	.stats = ptrace_stats,
	.pids = ptrace_pids,
	.stop = ptrace_stop,
};
