/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first process of a pid namespace: an ancestor of the thread as a rule,
 * else (the thread has entered the namespace from outside) found by a walk
 * through /proc.  What was found is remembered, with the process, which tells
 * when the namespace has ended.
 */
#include "capture/proc/pidns.h"
#include "capture/proc/proc_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEPT = 16, DEPTH_MAX = 64 };

static const ino_t initial_namespace = 0xeffffffc; /* PROC_PID_INIT_INO */

struct namespace_start {
	ino_t ino;
	pid_t init;
	uint64_t start_ns;
};

/*
 * The link is "pid:[INODE]"; reading it is quicker than asking for the inode.
 */
static ino_t namespace_at(pid_t tid, const char *name)
{
	char path[64];
	char link[64] = "";

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)tid, name);
	if (readlink(path, link, sizeof(link) - 1) < 0 ||
	    strncmp(link, "pid:[", 5) != 0)
		return 0;
	return (ino_t)strtoull(link + 5, NULL, 10);
}

static ino_t namespace_of(pid_t tid)
{
	return namespace_at(tid, "pid");
}

bool pidns_is_inherited(pid_t tid)
{
	ino_t ino = namespace_of(tid);

	return ino && ino == namespace_at(tid, "pid_for_children");
}

/* Reads the parent from a thread's status, and whether it is process 1 of a
 * namespace. */
static bool read_status(pid_t tid, pid_t *ret_parent, bool *ret_first)
{
	char path[64];
	char line[512];
	const char *last;
	FILE *in;

	*ret_parent = 0;
	*ret_first = false;
	snprintf(path, sizeof(path), "/proc/%d/status", (int)tid);
	in = fopen(path, "re");
	if (!in)
		return false;
	while (fgets(line, sizeof(line), in)) {
		sscanf(line, "PPid: %d", ret_parent);
		last = strrchr(line, '\t');
		if (!strncmp(line, "NSpid:", 6) && last)
			*ret_first = atoi(last) == 1;
	}
	fclose(in);
	return true;
}

/* When a process began, in ns after the boot; 0: it is gone. */
static uint64_t start_ns_of(pid_t tid)
{
	enum { START_TICKS = 22 };
	char text[1024];
	int64_t ticks = 0;

	if (proc_file(tid, "stat", text, sizeof(text)) > 0)
		ticks = proc_stat_field(text, START_TICKS);
	return ticks > 0 ? (uint64_t)ticks * 1000000000u /
				   (uint64_t)sysconf(_SC_CLK_TCK)
			 : 0;
}

/* The first process of the namespace, if that is an ancestor; or 0. */
static pid_t among_ancestors(pid_t tid, ino_t ino)
{
	pid_t parent = 0;
	bool first;

	for (int i = 0; i < DEPTH_MAX && tid > 0; i++, tid = parent)
		if (!read_status(tid, &parent, &first))
			return 0;
		else if (first && namespace_of(tid) == ino)
			return tid;
	return 0;
}

/* The same, looked for among all processes. */
static pid_t among_all(ino_t ino)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;
	pid_t parent;
	bool first;

	while (dir && !found && (entry = readdir(dir))) {
		pid_t pid = (pid_t)atol(entry->d_name);

		if (pid > 0 && namespace_of(pid) == ino &&
		    read_status(pid, &parent, &first) && first)
			found = pid;
	}
	if (dir)
		closedir(dir);
	return found;
}

uint64_t pidns_start_ns(pid_t tid)
{
	static struct namespace_start kept[KEPT];
	static unsigned next;
	struct namespace_start *new_one;
	ino_t ino = namespace_of(tid);

	if (!ino || ino == initial_namespace)
		return 0;
	for (unsigned i = 0; i < KEPT; i++)
		if (kept[i].ino == ino &&
		    (!kept[i].init || namespace_of(kept[i].init) == ino))
			return kept[i].start_ns;
	new_one = &kept[next++ % KEPT];
	new_one->ino = ino;
	new_one->init = among_ancestors(tid, ino);
	if (!new_one->init)
		new_one->init = among_all(ino);
	new_one->start_ns = new_one->init ? start_ns_of(new_one->init) : 0;
	return new_one->start_ns;
}

static bool is_of_proc(pid_t pid)
{
	char status[4096];
	int64_t id;

	return proc_file(pid, "status", status, sizeof(status)) > 0 &&
	       proc_status_ids(status, "\nNSpid:", &id) == 1;
}

bool pidns_of_proc(uint64_t *ret_start_ns)
{
	static bool is_known;
	static bool is_ours;
	static uint64_t start_ns;

	if (!is_known) {
		start_ns = pidns_start_ns(getpid());
		is_ours = is_of_proc(getpid());
		is_known = true;
	}
	*ret_start_ns = start_ns;
	return is_ours;
}
