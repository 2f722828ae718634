/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text as an attacker would choose it: names of files, folders, sockets,
 * programs and processes, arguments, environments and data that control a
 * terminal, forge lines, hide or reorder text, or are not UTF-8.
 * tests/suite-text.sh checks what each command prints of them.  Works in the
 * current folder, which is full of files afterwards; prints the number of
 * texts.
 */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const texts[] = {
	"line\n999 00:00:00.000000000 0 forged (1) > execve evil",
	"\r\x1b[2K\x1b[1A erased",
	"\x1b]0;title\a\x7f\b\v\f",
	"tab\tbed",
	"csi \x9b[31m raw",
	"csi \xc2\x9b[31m C1",
	"gpj.\xe2\x80\xae"
	"exe",
	"\xe2\x81\xa6isolate\xe2\x81\xa9 \xe2\x80\x8e\xe2\x80\x8f",
	"sep\xe2\x80\xa8"
	"arate\xe2\x80\xa9"
	"d",
	"zero\xe2\x80\x8bwidth\xef\xbb\xbf",
	"cut \xe2\x82",
	"over \xc0\xaf long \xed\xa0\x80 \xf4\x90\x80\x80 \xff",
	"</script><b>&\"quoted\", 'and' \\n",
};

static void make_file(const char *name)
{
	int fd = open(name, O_CREAT | O_RDWR, 0600);
	char data[64];

	if (fd < 0 || write(fd, name, strlen(name)) < 0 ||
	    pread(fd, data, sizeof(data), 0) < 0)
		_exit(2);
	close(fd);
}

/* By path, and without one (a NUL comes first). */
static void make_socket(const char *name, size_t from)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	socklen_t len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
				    from + strlen(name));
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	int peer = socket(AF_UNIX, SOCK_STREAM, 0);

	memcpy(at.sun_path + from, name, strlen(name));
	if (bind(fd, (struct sockaddr *)&at, len) || listen(fd, 1) ||
	    connect(peer, (struct sockaddr *)&at, len) ||
	    send(peer, name, strlen(name), 0) < 0)
		_exit(3);
	close(peer);
	close(fd);
}

/* This program again, under the name. */
static void run_as(const char *self, const char *text, const char *name)
{
	static char child[] = "child";
	char *const args[] = { (char *)(uintptr_t)text, child,
			       (char *)(uintptr_t)text, NULL };
	char variable[256];
	char *const variables[] = { variable, NULL };
	int status;

	snprintf(variable, sizeof(variable), "TEXT=%s", text);
	if (link(self, name) && errno != EEXIST)
		_exit(4);
	if (!fork()) {
		execve(name, args, variables);
		_exit(5);
	}
	if (wait(&status) < 0 || status)
		_exit(6);
}

static void use(const char *self, const char *text)
{
	char name[300];

	snprintf(name, sizeof(name), "%s", text);
	for (char *c = name; *c; c++)
		if (*c == '/')
			*c = '_';
	make_file(name);
	unlink("link");
	if (symlink(name, "link"))
		_exit(7);
	make_socket(text, 1);
	prctl(PR_SET_NAME, text);
	open(text, O_RDONLY | O_DIRECTORY); /* fails, but names it */
	snprintf(name + strlen(name), 8, ".d");
	if (mkdir(name, 0700) || chdir(name))
		_exit(8);
	name[strlen(name) - 1] = 's';
	make_socket(name, 0);
	make_file("inside");
	rename("inside", name + 1);
	name[strlen(name) - 1] = 'x';
	run_as(self, text, name);
	if (chdir(".."))
		_exit(9);
}

int main(int argc, char **argv)
{
	size_t count = sizeof(texts) / sizeof(texts[0]);
	char self[4096];

	if (argc == 3 && !strcmp(argv[1], "child")) {
		/* It goes on as a process of that name for a while. */
		prctl(PR_SET_NAME, argv[2]);
		make_file("by-child");
		return 0;
	}
	if (argc != 2 || !realpath(argv[0], self) || chdir(argv[1]))
		return 1;
	for (size_t i = 0; i < count; i++)
		use(self, texts[i]);
	printf("%zu\n", count);
	return 0;
}
