/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program that runs a copy of itself from memory, as runc does: from a memfd
 * whose name is the first argument, or else runc's.
 * Depends on time: execve execveat (the inode of the copy).
 */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "expect.h"

static void run_copy(const char *name)
{
	int self = open("/proc/self/exe", O_RDONLY);
	int copy = memfd_create(name, 0);
	char run[] = "copy", how[] = "done";
	char *const argv[] = { run, how, NULL };
	struct stat st;

	require(self >= 0 && copy >= 0 && !fstat(self, &st), "files");
	require(sendfile(copy, self, NULL, (size_t)st.st_size) == st.st_size,
		"sendfile");
	fexecve(copy, argv, environ);
	require(0, "fexecve");
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "runc_cloned:/proc/self/exe";
	int status = 0;
	pid_t child;

	if (argc > 1 && !strcmp(argv[1], "done"))
		return 0;
	child = fork();
	if (!child)
		run_copy(name);
	require(waitpid(child, &status, 0) == child && !status, "the copy");
	expect(1,
	       "evt.type in (execve, execveat) and evt.rawres=0 and "
	       "proc.is_exe_from_memfd=true and proc.exepath=memfd:%s",
	       name);
	return 0;
}
