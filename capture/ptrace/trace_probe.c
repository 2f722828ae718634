/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What this machine allows a tracer to do: tried on a child of our own, which
 * is traced for a moment and ends.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/proc/proc_files.h"
#include "capture/ptrace/trace.h"

enum { YAMA_CHILDREN = 1, YAMA_ADMIN, YAMA_NOBODY, CAP_SYS_PTRACE_BIT = 19 };
enum { NOBODY = INT_MAX }; /* no process: ids end at 4 million */

/* Yama's sysctl kernel.yama.ptrace_scope; 0 also where there is no Yama. */
static int yama_scope(void)
{
	FILE *in = fopen("/proc/sys/kernel/yama/ptrace_scope", "re");
	int scope = 0;

	if (in && fscanf(in, "%d", &scope) != 1)
		scope = 0;
	if (in)
		fclose(in);
	return scope;
}

static bool has_cap_ptrace(void)
{
	return proc_status(getpid(), "\nCapEff:", 16, 0) >> CAP_SYS_PTRACE_BIT &
	       1;
}

/*
 * Says that a call is forbidden, by the errno code.  on_nobody: the errno of
 * the same call on a process that cannot exist, of which only a seccomp filter
 * says anything but ESRCH.
 */
static int say_call(const char *call, int code, int on_nobody,
		    struct error *err)
{
	const bool is_filtered =
		on_nobody != ESRCH &&
		proc_status(getpid(), "\nSeccomp:", 10, 0) != 0;

	return error_set(err, code, "%s is forbidden%s (%s)", call,
			 is_filtered ? " by a seccomp filter" : "",
			 strerror(code));
}

/* Why ptrace(2) failed, by errno, for a child that has no right to refuse. */
static int say_forbidden(pid_t child, struct error *err)
{
	const int code = errno;
	const int scope = yama_scope();

	if (proc_status(child, "\nTracerPid:", 10, 0))
		return error_set(err, code,
				 "spoor is traced itself (strace, gdb, spoor), "
				 "and so are its children");
	if (scope >= YAMA_NOBODY || (scope == YAMA_ADMIN && !has_cap_ptrace()))
		return error_set(err, code,
				 "the sysctl kernel.yama.ptrace_scope is %d%s",
				 scope,
				 scope == YAMA_ADMIN
					 ? ", and spoor has no CAP_SYS_PTRACE"
					 : ": no process may trace another");
	ptrace(PTRACE_SEIZE, NOBODY, NULL, NULL);
	return say_call("ptrace(2)", code, errno, err);
}

/* Has the child, which is traced, stop; and looks at it. */
static int look_at(pid_t child, struct error *err)
{
	static const char here[] = "spoor";
	char copy[sizeof(here)] = "";
	struct iovec local = { copy, sizeof(copy) };
	struct iovec remote = { (void *)(uintptr_t)here, sizeof(here) };
	struct __ptrace_syscall_info info;
	int status;
	int code;

	if (ptrace(PTRACE_INTERRUPT, child, NULL, NULL))
		return error_errno(err, "PTRACE_INTERRUPT");
	while (waitpid(child, &status, __WALL) < 0)
		if (errno != EINTR)
			return error_errno(err, "wait");
	if (ptrace((enum __ptrace_request)PTRACE_GET_SYSCALL_INFO, child,
		   sizeof(info), &info) < 0)
		return error_set(err, errno,
				 "needs Linux 5.3 or newer: "
				 "PTRACE_GET_SYSCALL_INFO (%s)",
				 strerror(errno));
	if (process_vm_readv(child, &local, 1, &remote, 1, 0) >= 0)
		return 0;
	code = errno;
	process_vm_readv(NOBODY, &local, 1, &remote, 1, 0);
	return say_call("process_vm_readv(2)", code, errno, err);
}

int trace_probe(const struct capture_options *options, struct error *err)
{
	const pid_t child = fork();
	int result = 0;

	if (child < 0)
		return error_errno(err, "fork");
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
	if (!ptrace(PTRACE_SEIZE, child, NULL, NULL))
		result = look_at(child, err);
	/* Who traces spoor has its children, not those to attach to. */
	else if (options->command || errno != EPERM ||
		 !proc_status(child, "\nTracerPid:", 10, 0))
		result = say_forbidden(child, err);
	kill(child, SIGKILL);
	while (waitpid(child, NULL, __WALL) < 0 && errno == EINTR)
		;
	return result;
}

bool trace_can_borrow(int *ret_code)
{
	const int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
	const int copy =
		self < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, self, self, 0);

	*ret_code = errno;
	if (copy >= 0)
		close(copy);
	if (self >= 0)
		close(self);
	return copy >= 0;
}

void trace_limits(const struct capture_options *options, struct buffer *out)
{
	int code;

	if (!trace_can_borrow(&code))
		buffer_printf(out,
			      "where calls stop, addresses of sockets are "
			      "recorded only as far as the calls name them: "
			      "pidfd_open(2) and pidfd_getfd(2) are needed "
			      "(%s)\n",
			      strerror(code));
	if (options->command || has_cap_ptrace())
		return;
	if (yama_scope() == YAMA_CHILDREN)
		buffer_printf(out,
			      "only descendants of spoor, and processes that "
			      "allow it: kernel.yama.ptrace_scope is 1, and "
			      "spoor has no CAP_SYS_PTRACE\n");
	else
		buffer_printf(out, "only processes of the same user: spoor "
				   "has no CAP_SYS_PTRACE\n");
}
