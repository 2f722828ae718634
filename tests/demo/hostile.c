/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What busybox cannot do, for the demo's attack: one step per call.  Linked
 * statically and put into the container's image.
 */
#ifndef _GNU_SOURCE
# define _GNU_SOURCE
#endif

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs a copy of this program that exists in memory only. */
static int step_memfd(const char *self, const char *name)
{
	char *const argv[] = { "kworker", "nothing", NULL };
	char *const envp[] = { NULL };
	int in = open(self, O_RDONLY);
	int memory = memfd_create(name, 0);
	struct stat st;
	off_t at = 0;

	if (in < 0 || memory < 0 || fstat(in, &st))
		return 1;
	while (at < st.st_size)
		if (sendfile(memory, in, &at, (size_t)(st.st_size - at)) <= 0)
			return 1;
	if (fork() == 0) {
		fexecve(memory, argv, envp);
		_exit(1);
	}
	wait(NULL);
	return 0;
}

static int step_packet(void)
{
	int fd = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));

	if (fd >= 0)
		close(fd);
	return 0;
}

/* Tries to attach to its own child. */
static int step_ptrace(void)
{
	pid_t child = fork();

	if (child == 0) {
		pause();
		_exit(0);
	}
	if (ptrace(PTRACE_ATTACH, child, NULL, NULL) == 0) {
		waitpid(child, NULL, 0);
		ptrace(PTRACE_DETACH, child, NULL, NULL);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return 0;
}

static int step_antidebug(void)
{
	ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	return 0;
}

static int step_get(const char *address)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons(80) };
	static const char get[] = "GET /latest/meta-data/iam/ HTTP/1.0\r\n\r\n";
	char answer[512];
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	inet_pton(AF_INET, address, &to.sin_addr);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)))
		return 1;
	if (write(fd, get, sizeof(get) - 1) < 0 ||
	    read(fd, answer, sizeof(answer)) < 0)
		return 1;
	close(fd);
	return 0;
}

/* The shop itself: one small page to everybody, by one process. */
static int serve(void)
{
	static const char page[] =
		"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nshop\n";
	struct sockaddr_in on = { .sin_family = AF_INET,
				  .sin_port = htons(80) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char request[1024];
	int one = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&on, sizeof(on)) || listen(fd, 16))
		return 1;
	for (;;) {
		int client = accept(fd, NULL, NULL);

		if (client < 0)
			continue;
		if (read(client, request, sizeof(request)) > 0 &&
		    write(client, page, sizeof(page) - 1) < 0)
			perror("write");
		close(client);
	}
}

static int step_read(const char *path)
{
	char data[256];
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		return 1;
	while (read(fd, data, sizeof(data)) > 0)
		;
	close(fd);
	return 0;
}

int main(int argc, char **argv)
{
	const char *step = argc > 1 ? argv[1] : "";

	if (!strcmp(step, "serve"))
		return serve();
	if (!strcmp(step, "memfd"))
		return step_memfd("/proc/self/exe",
				  argc > 2 ? argv[2] : "payload");
	if (!strcmp(step, "packet"))
		return step_packet();
	if (!strcmp(step, "ptrace"))
		return step_ptrace();
	if (!strcmp(step, "antidebug"))
		return step_antidebug();
	if (!strcmp(step, "metadata"))
		return step_get("169.254.169.254");
	if (!strcmp(step, "get") && argc > 2)
		return step_get(argv[2]);
	if (!strcmp(step, "read") && argc > 2)
		return step_read(argv[2]);
	return 0;
}
