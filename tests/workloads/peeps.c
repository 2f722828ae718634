/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens, through /proc, the memory in which the calls of another process of the
 * same user are recorded, as soon as it exists, and maps it writable; that
 * process executes a program again and again.  Prints how often that succeeded,
 * and how often the program then executed code from there: 0.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROGRAMS = 400, PAGE = 4096, LOOKS = 200 };

/* Does the process run code of the file? */
static int runs(pid_t pid, unsigned long inode)
{
	unsigned long its = 0;
	char line[512], path[64], mode[8];
	int found = 0;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	in = fopen(path, "re");
	while (in && !found && fgets(line, sizeof(line), in))
		found = strstr(line, "memfd:spoor") &&
			sscanf(line, "%*s %7s %*s %*s %lu", mode, &its) == 2 &&
			mode[2] == 'x' && its == inode;
	if (in)
		fclose(in);
	return found;
}

static int is_memory(int fd)
{
	char path[64], to[128];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	n = readlink(path, to, sizeof(to) - 1);
	to[n > 0 ? n : 0] = '\0';
	return strstr(to, "memfd:spoor") != NULL;
}

static int kept, used;

static void peep(pid_t pid, const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	void *at;

	if (fd < 0)
		return;
	at = is_memory(fd) ? mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
				  MAP_SHARED, fd, 0)
			   : MAP_FAILED;
	if (at != MAP_FAILED && !fstat(fd, &st)) {
		kept++;
		for (int i = 0; i < LOOKS; i++)
			if (runs(pid, st.st_ino)) {
				used++;
				break;
			}
		munmap(at, PAGE);
	}
	close(fd);
}

int main(int argc, char **argv)
{
	int left = argc > 1 ? atoi(argv[1]) : PROGRAMS;
	char path[64], number[16];
	pid_t child = 0;

	if (argc < 2)
		child = fork();
	if (!child) {
		snprintf(number, sizeof(number), "%d", left - 1);
		if (left)
			execl("/proc/self/exe", "peeps", number, (char *)NULL);
		_exit(0);
	}
	snprintf(path, sizeof(path), "/proc/%d/fd/3", (int)child);
	while (!waitpid(child, NULL, WNOHANG))
		peep(child, path);
	printf("kept %d used %d\n", kept, used);
	return 0;
}
