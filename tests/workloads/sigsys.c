/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs with seccomp filters of their own: seccomp(2).  One traps into its
 * own SIGSYS handler, one returns errors, one kills the process for all but a
 * few calls.
 */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <ucontext.h>

#include "check.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define IS(nr, action)                          \
 BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1), \
	 BPF_STMT(BPF_RET | BPF_K, action)

enum { BY_FILTER = 1 }; /* SYS_SECCOMP of sigaction(2) */

static volatile sig_atomic_t trapped;
static volatile long trapped_nr, trapped_code;

static void on_sigsys(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)sig;
	trapped++;
	trapped_code = info->si_code;
	if (info->si_code != BY_FILTER)
		return;
	trapped_nr = info->si_syscall;
	if (info->si_arch != AUDIT_ARCH_X86_64 ||
	    info->si_call_addr != (void *)uc->uc_mcontext.gregs[REG_RIP] ||
	    memcmp((char *)info->si_call_addr - 2, "\x0f\x05", 2))
		trapped_nr = -1;
	uc->uc_mcontext.gregs[REG_RAX] = 4242;
}

static void install(struct sock_filter *filter, size_t len)
{
	struct sock_fprog program = { (unsigned short)len, filter };

	require(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges");
	require(!syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program),
		"a filter of its own");
}

static void trap_and_fail(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		IS(SYS_getpgrp, SECCOMP_RET_TRAP | 7),
		IS(SYS_getpriority, SECCOMP_RET_ERRNO | 77),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	install(filter, COUNT(filter));
	for (int i = 0; i < 100; i++) {
		trapped_nr = 0;
		require(raw3(SYS_getpgrp, 0, 0, 0) == 4242,
			"a handler makes the result");
		require(trapped_nr == SYS_getpgrp && trapped_code == BY_FILTER,
			"a handler is told of the call");
		require(raw3(SYS_getpriority, 0, 0, 0) == -77,
			"a filter makes an error");
		require(raw3(SYS_getppid, 0, 0, 0) == getppid(), "other calls");
	}
	require(trapped == 100, "the handler runs for its calls only");
	passed("a filter that traps, and one that makes errors");
}

static void own_handler(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };
	struct sigaction old;
	sigset_t set;

	require(!sigaction(SIGSYS, NULL, &old) && old.sa_handler == SIG_DFL,
		"SIGSYS has no handler at first");
	action.sa_sigaction = on_sigsys;
	sigaction(SIGSYS, &action, NULL);
	require(!sigaction(SIGSYS, NULL, &old) &&
			old.sa_sigaction == on_sigsys &&
			(old.sa_flags & SA_SIGINFO),
		"SIGSYS has the program's handler");
	sigfillset(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (int i = 0; i < 100; i++)
		require(raw3(SYS_getppid, 0, 0, 0) == getppid(),
			"calls with all signals blocked");
	raise(SIGSYS);
	prefer(!trapped, "a blocked SIGSYS that comes at once");
	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	require(trapped == 1 && trapped_code == SI_TKILL,
		"SIGSYS comes to the handler, once");
	trapped = 0;
	passed("a SIGSYS handler");
}

static int allowed_only(int last_nr)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		IS(SYS_getppid, SECCOMP_RET_ALLOW),
		IS(SYS_write, SECCOMP_RET_ALLOW),
		IS(SYS_exit_group, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	};
	long parent = getppid();

	install(filter, COUNT(filter));
	for (int i = 0; i < 50; i++)
		if (raw3(SYS_getppid, 0, 0, 0) != parent)
			return 1;
	raw3(last_nr, 0, 0, 0);
	return 7;
}

static int strict(int last_nr)
{
	char c = 0;
	int ends[2];

	if (pipe(ends) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT))
		return 1;
	for (int i = 0; i < 50; i++)
		if (raw3(SYS_write, ends[1], (long)"x", 1) != 1 ||
		    raw3(SYS_read, ends[0], (long)&c, 1) != 1 || c != 'x')
			raw3(SYS_exit, 1, 0, 0);
	if (last_nr)
		raw3(last_nr, 0, 0, 0);
	raw3(SYS_exit, 7, 0, 0);
	return 2;
}

static int status_of(int (*work)(int), int last_nr)
{
	int status = -1;
	pid_t child = fork();

	if (!child)
		_exit(work(last_nr));
	waitpid(child, &status, 0);
	return status;
}

static void kill_is(int status, int sig, const char *what)
{
	require(WIFSIGNALED(status) && WTERMSIG(status) == sig, what);
	passed(what);
}

int main(void)
{
	int status = status_of(allowed_only, SYS_getppid);

	require(WIFEXITED(status) && WEXITSTATUS(status) == 7, "few calls");
	passed("a filter that allows few calls");
	kill_is(status_of(allowed_only, SYS_getuid), SIGSYS,
		"a filter that kills");
	status = status_of(strict, 0);
	require(WIFEXITED(status) && WEXITSTATUS(status) == 7, "strict mode");
	passed("strict mode");
	kill_is(status_of(strict, SYS_getppid), SIGKILL, "strict mode kills");
	own_handler();
	trap_and_fail();
	return 0;
}
