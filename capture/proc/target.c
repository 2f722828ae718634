/* SPDX-License-Identifier: Apache-2.0 */
/* Commands and containers as processes; see target.h. */
#include "capture/proc/target.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"

static bool may_run(const char *path)
{
	struct stat st;

	if (access(path, X_OK) || stat(path, &st))
		return false;
	errno = S_ISDIR(st.st_mode) ? EISDIR : 0;
	return !errno;
}

const char *target_find(const char *name, char *path, size_t len,
			struct error *err)
{
	const char *list = getenv("PATH");
	const char *found = NULL;
	char *copy;
	char *save;

	if (strchr(name, '/') || !list) {
		if (may_run(name))
			return name;
		error_errno(err, "%s", name);
		return NULL;
	}
	copy = mem_strdup(list);
	for (char *dir = strtok_r(copy, ":", &save); dir && !found;
	     dir = strtok_r(NULL, ":", &save)) {
		snprintf(path, len, "%s/%s", dir, name);
		found = may_run(path) ? path : NULL;
	}
	free(copy);
	if (!found)
		error_set(err, ENOENT, "%s: no such command in $PATH", name);
	return found;
}

void target_exec(const char *file, char *const *argv)
{
	size_t count = 0;
	char **words;

	execv(file, argv);
	if (errno != ENOEXEC)
		return;
	while (argv[count])
		count++;
	words = mem_zalloc((count + 2) * sizeof(*words));
	words[0] = mem_strdup("sh");
	words[1] = mem_strdup(file);
	if (count > 1)
		memcpy(words + 2, argv + 1, (count - 1) * sizeof(*words));
	execv("/bin/sh", words);
}

/* What makes a process one of the container. */
struct membership {
	const char *name;
	ino_t namespace; /* 0: the name is one of a cgroup */
};

static ino_t pid_namespace(pid_t pid)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/ns/pid", (int)pid);
	return stat(path, &st) ? 0 : st.st_ino;
}

/*
 * Does a part of a cgroup path name the container?  Parts look like ID, NAME,
 * docker-ID.scope, cri-containerd-ID.scope, libpod-ID.
 */
static bool names_container(const char *part, const char *name)
{
	size_t len = strlen(name);
	const char *at = part;
	const char *dash = strchr(part, '-');

	if (!strncmp(at, name, len) &&
	    (!at[len] || (len >= 12 && isxdigit((unsigned char)at[len]))))
		return true;
	return dash && len >= 12 && strstr(dash, name);
}

/* Is the process in a cgroup of that container? */
static bool is_in_cgroup(pid_t pid, const char *name)
{
	char path[64];
	char line[4096];
	bool found = false;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/cgroup", (int)pid);
	in = fopen(path, "re");
	while (in && !found && fgets(line, sizeof(line), in)) {
		char *save;

		for (char *part = strtok_r(line, "/\n", &save); part && !found;
		     part = strtok_r(NULL, "/\n", &save))
			found = names_container(part, name);
	}
	if (in)
		fclose(in);
	return found;
}

/* Is the process alive?  Zombies cannot be traced. */
static bool is_alive(pid_t pid)
{
	char path[64];
	char text[512];
	const char *at = NULL;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	in = fopen(path, "re");
	if (in && fgets(text, sizeof(text), in))
		at = strrchr(text, ')');
	if (in)
		fclose(in);
	return at && strlen(at) > 2 && !strchr("ZX", at[2]);
}

static bool is_member(const struct membership *m, pid_t pid)
{
	if (pid == getpid() || !is_alive(pid))
		return false;
	return m->namespace ? pid_namespace(pid) == m->namespace
			    : is_in_cgroup(pid, m->name);
}

/* Finds what a name means: digits that are a process stand for its pid
 * namespace, all else for a cgroup. */
static int resolve(const char *name, struct membership *m, struct error *err)
{
	*m = (struct membership){ .name = name };
	if (!*name)
		return error_set(err, EINVAL, "a container without a name");
	if (name[strspn(name, "0123456789")] || strlen(name) > 9)
		return 0;
	m->namespace = pid_namespace((pid_t)atol(name));
	if (m->namespace && m->namespace == pid_namespace(getpid()))
		return error_set(err, EINVAL,
				 "process %s is in no container: its pid "
				 "namespace is ours",
				 name);
	return 0;
}

int target_container(const char *name,
		     int (*take)(void *user, pid_t pid, struct error *err),
		     void *user, struct error *err)
{
	struct membership m;
	struct dirent *entry;
	int count = 0;
	DIR *dir;

	if (resolve(name, &m, err))
		return -1;
	dir = opendir("/proc");
	if (!dir)
		return error_errno(err, "/proc");
	while (count >= 0 && (entry = readdir(dir))) {
		pid_t pid = (pid_t)atol(entry->d_name);

		if (pid <= 0 || !is_member(&m, pid))
			continue;
		count = take(user, pid, err) ? -1 : count + 1;
	}
	closedir(dir);
	return count;
}
