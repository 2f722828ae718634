/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs that inspect others, or themselves: a tracer that counts its child's
 * calls, and memory read by process_vm_readv and /proc/self/mem.  A tracer gets
 * EPERM if the child already has one, which no tracer can hide: that is printed
 * to stderr.
 * Depends on time: read (of its status)
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "check.h"

enum { CALLS = 25, STOP = SIGTRAP | 0x80 };

/* How often the stopped child enters getppid(2), until it ends. */
static int stops_of(pid_t child)
{
	int status;
	int stops = 0;

	ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)PTRACE_O_TRACESYSGOOD);
	while (!ptrace(PTRACE_SYSCALL, child, NULL, NULL) &&
	       waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
		struct __ptrace_syscall_info info = { 0 };

		ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info);
		stops += WSTOPSIG(status) == STOP &&
			 info.op == PTRACE_SYSCALL_INFO_ENTRY &&
			 info.entry.nr == SYS_getppid;
	}
	require(WIFEXITED(status) && WEXITSTATUS(status) == 7,
		"the traced child ends");
	return stops;
}

static void tracer(void)
{
	int status;
	pid_t child = fork();

	if (!child) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
			_exit(errno);
		raise(SIGSTOP);
		for (int i = 0; i < CALLS; i++)
			raw3(SYS_getppid, 0, 0, 0);
		_exit(7);
	}
	require(waitpid(child, &status, 0) == child, "waitpid");
	if (WIFEXITED(status)) {
		require(WEXITSTATUS(status) == EPERM, "TRACEME is refused");
		prefer(0, "a child that is traced cannot be traced again");
		return;
	}
	require(WIFSTOPPED(status), "the child stops itself");
	prefer(stops_of(child) == CALLS, "each call stops once");
}

static void reads_itself(void)
{
	static const char from[] = "some bytes";
	char to[sizeof(from)] = "";
	struct iovec local = { to, sizeof(to) };
	struct iovec remote = { (void *)(unsigned long)from, sizeof(from) };
	struct iovec nowhere = { (void *)16, sizeof(from) };
	int fd;

	require(process_vm_readv(getpid(), &local, 1, &remote, 1, 0) ==
				(ssize_t)sizeof(from) &&
			!strcmp(from, to),
		"process_vm_readv");
	require(process_vm_readv(getpid(), &local, 1, &nowhere, 1, 0) == -1 &&
			errno == EFAULT,
		"process_vm_readv of nothing");
	memset(to, 0, sizeof(to));
	fd = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	require(fd >= 0, "/proc/self/mem");
	require(pread(fd, to, sizeof(to), (off_t)(unsigned long)from) ==
				(ssize_t)sizeof(to) &&
			!strcmp(from, to),
		"a read of /proc/self/mem");
	require(pwrite(fd, "changed", 8, (off_t)(unsigned long)to) == 8 &&
			!strcmp(to, "changed"),
		"a write of /proc/self/mem");
	close(fd);
	passed("reads itself");
}

static void reads_status(void)
{
	char line[256];
	int tracer_pid = -1, filters = -1;
	FILE *in = fopen("/proc/self/status", "re");

	require(in != NULL, "/proc/self/status");
	while (fgets(line, sizeof(line), in)) {
		sscanf(line, "TracerPid: %d", &tracer_pid);
		sscanf(line, "Seccomp_filters: %d", &filters);
	}
	fclose(in);
	prefer(tracer_pid == 0, "a tracer in /proc/self/status");
	prefer(filters <= 0, "a filter in /proc/self/status");
	passed("reads its status");
}

int main(void)
{
	tracer();
	reads_itself();
	reads_status();
	return 0;
}
