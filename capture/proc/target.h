/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be traced: a command as execvp(3) finds and runs it, or the
 * processes of a container as /proc tells them. */
#ifndef SPOOR_CAPTURE_PROC_TARGET_H
#define SPOOR_CAPTURE_PROC_TARGET_H

#include <stddef.h>
#include <sys/types.h>

#include "core/error.h"

/* The file that a command names: name itself, or put into path.  NULL and err:
 * there is none that may be run. */
const char *target_find(const char *name, char *path, size_t len,
			struct error *err);

/* Executes the program in this process; a file that is no binary is a script of
 * the shell.  Returns only on failure. */
void target_exec(const char *file, char *const *argv);

/*
 * Calls take() for each living process of a container.  The name is the
 * container's id (or the beginning of it, or its name, as they stand in
 * /proc/PID/cgroup), or a process in its pid namespace.  take() returns 0 to go
 * on.  Returns how many processes there were, or -1.
 */
int target_container(const char *name,
		     int (*take)(void *user, pid_t pid, struct error *err),
		     void *user, struct error *err);

#endif
