/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of /proc/TID as they are: read in few system calls without allocation,
 * so that the tracer can do it while the thread is stopped.  proc(5).
 */
#include "capture/proc/proc_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <time.h>
#include <unistd.h>

int64_t proc_stat_field(const char *stat, int number)
{
	const char *at = strrchr(stat, ')');

	for (int field = 2; at && field < number; field++)
		at = strchr(at + 1, ' ');
	return at ? strtoll(at + 1, NULL, 10) : -1;
}

/* Asks once a second: that takes longer than all else about a call. */
bool proc_has_swap(void)
{
	static _Atomic time_t looked_at;
	static _Atomic bool found;
	time_t now = time(NULL);
	struct sysinfo machine;

	if (now != looked_at)
		found = sysinfo(&machine) ||
			machine.totalswap != machine.freeswap;
	looked_at = now;
	return found;
}

struct proc_memory proc_memory_of(const char *statm)
{
	uint32_t kb_per_page = (uint32_t)sysconf(_SC_PAGESIZE) / 1024;
	uint32_t pages[2];
	char *end;

	pages[0] = (uint32_t)strtoul(statm, &end, 10);
	pages[1] = (uint32_t)strtoul(end, NULL, 10);
	return (struct proc_memory){ pages[0] * kb_per_page,
				     pages[1] * kb_per_page };
}

/*
 * Reads a file, at most len - 1 bytes, ended by a NUL; -1: it cannot be read.
 */
static ssize_t read_file(const char *path, char *to, size_t len)
{
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	n = read(fd, to, len - 1);
	close(fd);
	if (n >= 0)
		to[n] = '\0';
	return n;
}

ssize_t proc_file(pid_t tid, const char *name, char *to, size_t len)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid, name);
	return read_file(path, to, len);
}

struct proc_files proc_files_of(pid_t tid, bool is_creator)
{
	struct proc_files f = { .tid = tid, .is_creator = is_creator };

	f.name_at =
		(size_t)snprintf(f.path, sizeof(f.path), "/proc/%d/", (int)tid);
	return f;
}

const char *proc_files_path(struct proc_files *f, const char *name)
{
	size_t len = strlen(name) + 1;

	memcpy(f->path + f->name_at, name, len);
	return f->path;
}

/*
 * Files of a thread that makes one process after the other, held open: to open
 * them takes more than half of the time.  An open file stays that thread's:
 * once the thread is gone reading it fails, whoever has the id now.
 */
static _Thread_local struct {
	pid_t tid; /* 0: none */
	int fd[KEPT_COUNT];
} kept;

void proc_forget(void)
{
	for (int i = 0; kept.tid && i < KEPT_COUNT; i++)
		if (kept.fd[i] >= 0)
			close(kept.fd[i]);
	kept.tid = 0;
}

/* The same for a creator's file, which stays open. */
static ssize_t kept_file(struct proc_files *f, const char *name,
			 enum kept which, char *to, size_t len)
{
	int *fd = &kept.fd[which];
	ssize_t n;

	if (kept.tid != f->tid) {
		proc_forget();
		kept.tid = f->tid;
		memset(kept.fd, -1, sizeof(kept.fd));
	}
	if (*fd < 0)
		*fd = open(proc_files_path(f, name), O_RDONLY | O_CLOEXEC);
	n = *fd < 0 ? -1 : pread(*fd, to, len - 1, 0);
	if (n < 0)
		proc_forget();
	else
		to[n] = '\0';
	return n;
}

ssize_t proc_files_read(struct proc_files *f, const char *name, char *to,
			size_t len)
{
	return read_file(proc_files_path(f, name), to, len);
}

ssize_t proc_files_often(struct proc_files *f, const char *name,
			 enum kept which, char *to, size_t len)
{
	ssize_t n = -1;

	if (f->is_creator)
		n = kept_file(f, name, which, to, len);
	return n > 0 ? n : proc_files_read(f, name, to, len);
}

ssize_t proc_files_link(struct proc_files *f, const char *name, char *to,
			size_t len)
{
	ssize_t n = readlink(proc_files_path(f, name), to, len - 1);

	if (n >= 0)
		to[n] = '\0';
	return n;
}

const char *proc_status_value(const char *status, const char *key)
{
	const char *at = strstr(status, key);

	return at ? at + strlen(key) : NULL;
}

uint64_t proc_status_number(const char *status, const char *key, int base,
			    uint64_t fallback)
{
	const char *at = proc_status_value(status, key);

	return at ? strtoull(at, NULL, base) : fallback;
}

uint64_t proc_status(pid_t tid, const char *key, int base, uint64_t fallback)
{
	char status[PROC_FILE_MAX];

	if (proc_file(tid, "status", status, sizeof(status)) <= 0)
		return fallback;
	return proc_status_number(status, key, base, fallback);
}

int proc_status_ids(const char *status, const char *key, int64_t *ret_innermost)
{
	const char *at = proc_status_value(status, key);
	int count = 0;

	while (at && *at && *at != '\n') {
		char *end;
		long long n = strtoll(at, &end, 10);

		if (end == at)
			break;
		*ret_innermost = n;
		at = end;
		count++;
	}
	return count;
}
