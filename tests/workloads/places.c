/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Unusual environments: a root without /proc or a shell, a mount namespace, a
 * pid namespace, another user; each may start programs and threads.
 * Depends on time: futex getrandom
 */
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "check.h"

enum { NOBODY = 65534 };

static char self[4096];

static void *in_thread(void *parent)
{
	for (int i = 0; i < 10; i++)
		require(raw3(SYS_getppid, 0, 0, 0) == *(pid_t *)parent,
			"a call in a thread");
	return NULL;
}

static int works(void)
{
	pthread_t thread;
	pid_t parent = getppid();
	int status = -1;
	pid_t child;

	if (pthread_create(&thread, NULL, in_thread, &parent))
		return 1;
	pthread_join(thread, NULL);
	child = fork();
	if (!child)
		_exit(raw3(SYS_getppid, 0, 0, 0) >= 0 ? 3 : 4);
	return waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 3
		       ? 0
		       : 2;
}

/* The static kind of this program beside us, copied into an empty root. */
static int empty_root(void)
{
	char root[] = "/tmp/spoor-root-XXXXXX";
	char command[9000];
	int status = -1;
	pid_t child;

	require(mkdtemp(root) != NULL, "mkdtemp");
	snprintf(command, sizeof(command), "cp '%s-static' %s/p", self, root);
	require(!system(command), "a static copy");
	child = fork();
	if (!child) {
		if (chroot(root) || chdir("/"))
			_exit(1);
		if (access("/proc", F_OK) != -1 || works())
			_exit(2);
		execl("/p", "p", "again", (char *)NULL);
		_exit(5);
	}
	waitpid(child, &status, 0);
	snprintf(command, sizeof(command), "rm -rf %s", root);
	require(!system(command), "rm");
	return status;
}

static int other_mounts(void)
{
	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("none", "/proc", "tmpfs", 0, NULL))
		return 9;
	if (access("/proc/self", F_OK) != -1)
		return 1;
	return works() || system("exit 3") != 3 << 8;
}

static int other_pids(void)
{
	int status = -1;
	pid_t child;

	if (unshare(CLONE_NEWPID))
		return 9;
	child = fork();
	if (!child)
		_exit(getpid() != 1 || raw3(SYS_getppid, 0, 0, 0) != 0 ||
		      works());
	waitpid(child, &status, 0);
	return WEXITSTATUS(status);
}

static int other_user(void)
{
	if (setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		return 9;
	if (setuid(0) != -1 || raw3(SYS_geteuid, 0, 0, 0) != NOBODY)
		return 1;
	return works() || system("exit 3") != 3 << 8;
}

static void in_child(int (*work)(void), const char *what)
{
	int status = -1;
	pid_t child = fork();

	if (!child)
		_exit(work());
	waitpid(child, &status, 0);
	require(WIFEXITED(status), what);
	require(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9, what);
	passed(WEXITSTATUS(status) ? "not possible here" : what);
}

int main(int argc, char **argv)
{
	ssize_t len;

	if (argc > 1 && !strcmp(argv[1], "again"))
		return access("/proc", F_OK) == -1 ? works() : 6;
	len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	require(len > 0, "its own name");
	strtok(strrchr(self, '/'), "-"); /* places-musl is a places, too */
	if (!geteuid()) {
		require(empty_root() == 0, "a root without anything");
		passed("a root without anything");
	}
	in_child(other_mounts, "no /proc");
	in_child(other_pids, "a pid namespace");
	in_child(other_user, "another user");
	return argc > 1 ? 1 : 0;
}
