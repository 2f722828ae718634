/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Termination and stops as the parent sees them: exit codes, signals, core
 * dumps, job control and orphans; and the settings of prctl(2) for them.
 * Depends on time: getrandom
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "check.h"

static int status_of(void (*end)(void))
{
	int status = -1;
	pid_t child = fork();

	if (!child) {
		for (int i = 0; i < 10; i++)
			raw3(SYS_getppid, 0, 0, 0);
		end();
		_exit(0);
	}
	waitpid(child, &status, 0);
	return status;
}

static void by_code(void)
{
	raw3(SYS_exit_group, 0x1234, 0, 0);
}

static void by_thread_exit(void)
{
	raw3(SYS_exit, 77, 0, 0);
}

static void by_kill(void)
{
	kill(getpid(), SIGKILL);
}

static void by_term(void)
{
	raise(SIGTERM);
}

static void by_null(void)
{
	volatile int *volatile nowhere = (volatile int *)8;

	*nowhere = 1;
}

static void by_data(void)
{
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	void (*fn)(void);

	memset(page, 0xc3, 4096);
	memcpy(&fn, &page, sizeof(fn));
	fn();
}

static void by_illegal(void)
{
	__asm__ volatile("ud2");
}

static void by_trap(void)
{
	__asm__ volatile("int3");
}

static void by_sigsys(void)
{
	raise(SIGSYS);
}

static const struct {
	const char *name;
	void (*end)(void);
	int code, sig;
} ends[] = {
	{ "an exit code", by_code, 0x34, 0 },
	{ "exit of the only thread", by_thread_exit, 77, 0 },
	{ "SIGKILL", by_kill, 0, SIGKILL },
	{ "SIGTERM", by_term, 0, SIGTERM },
	{ "SIGABRT", abort, 0, SIGABRT },
	{ "a wild write", by_null, 0, SIGSEGV },
	{ "data run as code", by_data, 0, SIGSEGV },
	{ "an illegal instruction", by_illegal, 0, SIGILL },
	{ "a breakpoint", by_trap, 0, SIGTRAP },
	{ "SIGSYS", by_sigsys, 0, SIGSYS },
};

/* In a folder of its own: the core is a file there. */
static void cores(void)
{
	char dir[] = "/tmp/spoor-core-XXXXXX";
	char command[64];
	struct rlimit limit;

	require(mkdtemp(dir) && !chdir(dir), "mkdtemp");
	getrlimit(RLIMIT_CORE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_CORE, &limit);
	shows("a core of SIGABRT", !!WCOREDUMP(status_of(abort)));
	shows("a core of SIGTERM", !!WCOREDUMP(status_of(by_term)));
	limit.rlim_cur = 0;
	setrlimit(RLIMIT_CORE, &limit);
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	require(!chdir("/") && !system(command), "rm");
}

/* A group whose parent is in another one: SIGTSTP stops no orphans. */
static void jobs(void)
{
	int status;
	pid_t child = fork();

	if (!child) {
		require(!setpgid(0, 0), "a group");
		signal(SIGTSTP, SIG_DFL); /* services ignore it */
		raise(SIGSTOP);
		raise(SIGTSTP);
		_exit(5);
	}
	require(waitpid(child, &status, WUNTRACED) == child &&
			WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP,
		"stopped by SIGSTOP");
	kill(child, SIGCONT);
	require(waitpid(child, &status, WUNTRACED | WCONTINUED) == child,
		"SIGCONT");
	if (WIFCONTINUED(status))
		waitpid(child, &status, WUNTRACED);
	require(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTSTP,
		"stopped by SIGTSTP");
	kill(child, SIGCONT);
	require(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 5,
		"ends after it went on");
	passed("jobs");
}

/* The grandchild is told of its parent's death by the signal it wants. */
static void parents_death(void)
{
	int ready[2], told[2], status;
	sigset_t set;
	char c;

	require(!pipe(ready) && !pipe(told), "pipe");
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (!fork()) {
		if (!fork()) {
			int sig = 0;

			prctl(PR_SET_PDEATHSIG, SIGUSR1);
			require(write(ready[1], "r", 1) == 1, "write");
			sigwait(&set, &sig);
			require(write(told[1], "t", 1) == 1, "write");
			_exit(0);
		}
		require(read(ready[0], &c, 1) == 1, "read");
		_exit(0);
	}
	wait(&status);
	close(told[1]);
	require(read(told[0], &c, 1) == 1 && c == 't', "told of the death");
	passed("the parent's death");
}

static void properties(void)
{
	char name[16] = "";
	int sig = 0;

	require(prctl(PR_GET_DUMPABLE) == 1, "dumpable at first");
	require(!prctl(PR_SET_DUMPABLE, 0), "not dumpable");
	for (int i = 0; i < 20; i++)
		require(raw3(SYS_getppid, 0, 0, 0) == getppid(),
			"calls of a process that is not dumpable");
	require(WEXITSTATUS(status_of(by_thread_exit)) == 77,
		"a child of one that is not dumpable");
	require(prctl(PR_GET_DUMPABLE) == 0, "not dumpable still");
	require(!prctl(PR_SET_DUMPABLE, 1), "dumpable again");
	passed("dumpable");
	require(!prctl(PR_GET_PDEATHSIG, &sig) && sig == 0,
		"no signal at the parent's death");
	require(!prctl(PR_SET_NAME, "named") && !prctl(PR_GET_NAME, name) &&
			!strcmp(name, "named"),
		"a name");
	prefer(prctl(PR_GET_SECCOMP) == 0, "a filter that it did not set");
	passed("a name and a death signal");
	prefer(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0,
	       "no new privileges at the start");
	require(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
			prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1,
		"no new privileges");
	require(system("exit 3") == 3 << 8, "programs without new privileges");
	passed("no new privileges");
}

int main(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_CORE, &limit);
	limit.rlim_cur = 0;
	setrlimit(RLIMIT_CORE, &limit);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		int status = status_of(ends[i].end);

		if (ends[i].sig)
			require(WIFSIGNALED(status) &&
					WTERMSIG(status) == ends[i].sig &&
					!WCOREDUMP(status),
				ends[i].name);
		else
			require(WIFEXITED(status) &&
					WEXITSTATUS(status) == ends[i].code,
				ends[i].name);
		passed(ends[i].name);
	}
	cores();
	jobs();
	parents_death();
	properties();
	return 0;
}
