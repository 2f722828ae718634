/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signals that find a process in a call: a helper waits until the process
 * sleeps, however long that takes on a busy machine, and signals it then.  The
 * helper's own waiting is pread(2) and select(2), as often as it needs.
 */
#ifndef SPOOR_TESTS_WORKLOADS_ASLEEP_H
#define SPOOR_TESTS_WORKLOADS_ASLEEP_H

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

/* Waits until the process sleeps, or has ended.  proc(5), /proc/pid/stat. */
static inline void until_asleep(pid_t pid)
{
	char text[512];
	const char *name_end;
	ssize_t len;
	int fd;

	snprintf(text, sizeof(text), "/proc/%d/stat", (int)pid);
	fd = open(text, O_RDONLY | O_CLOEXEC);
	while ((len = pread(fd, text, sizeof(text) - 1, 0)) > 0) {
		text[len] = '\0';
		name_end = strrchr(text, ')');
		if (name_end && strchr("SZ", name_end[2]))
			break;
		select(0, NULL, NULL, NULL, &(struct timeval){ 0, 500 });
	}
	close(fd);
}

struct helper {
	pid_t pid;
	int go;
};

/* Each byte from helper_signal() sends sig to us, when we sleep. */
static inline struct helper helper_start(int sig)
{
	struct helper helper = { -1, -1 };
	pid_t us = getpid();
	int ends[2];
	char c;

	if (pipe(ends))
		return helper;
	helper.go = ends[1];
	helper.pid = fork();
	if (helper.pid) {
		close(ends[0]);
		return helper;
	}
	close(ends[1]);
	while (read(ends[0], &c, 1) == 1) {
		until_asleep(us);
		kill(us, sig);
	}
	_exit(0);
}

static inline int helper_signal(const struct helper *helper)
{
	return write(helper->go, "", 1) == 1;
}

static inline void helper_end(const struct helper *helper)
{
	close(helper->go);
	waitpid(helper->pid, NULL, 0);
}

#endif
