/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What /proc says of a thread, in one struct: used for the start state and
 * taken by the tracer while a thread is stopped at exec or clone.
 */
#ifndef SPOOR_CAPTURE_PROC_PROC_H
#define SPOOR_CAPTURE_PROC_PROC_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/event/meta.h"

/*
 * The data of PIECE_PROC: numbers, then the texts one after the other, in the
 * order of the lengths here.  Unknown numbers as in struct meta_thread.
 */
struct raw_proc {
	PROCESS_GROUP;
	bool in_child_pidns;
	int32_t cpu; /* that it ran on last; -1 unknown */
	uint16_t comm_len, exepath_len, cwd_len, root_len;
	uint16_t args_len, env_len, cgroups_len; /* NUL-separated lists */
};

/* What to read besides ids, times and memory; each costs file accesses. */
enum proc_want {
	PROC_ARGS = 1, /* cmdline */
	PROC_ENV = 2,
	PROC_EXE = 4, /* exe, its inode and layers */
	PROC_CWD = 8,
	PROC_ROOT = 16,
	PROC_CGROUPS = 32,
	PROC_LIMITS = 64,
	PROC_LOGIN = 128, /* loginuid */
	/* What the events of clone, and of exec, tell. */
	PROC_CLONE = PROC_ARGS | PROC_CWD | PROC_CGROUPS | PROC_LIMITS,
	PROC_EXEC = PROC_CLONE | PROC_ENV | PROC_EXE | PROC_LOGIN,
	PROC_ALL = 255
};

enum { PROC_CLONE_MAX = 12 * 1024 }; /* bytes that PROC_CLONE may take */

/*
 * What must be read of a new program before it runs, as it goes on before the
 * rest is read: how much memory it has, its arguments and environment.
 */
struct proc_early {
	pid_t tid; /* 0: nothing */
	pid_t pid; /* as in struct proc_wanted */
	char stat[1024];
	uint64_t stack_at; /* in its memory */
	uint32_t stack_len;
	_Alignas(8) uint8_t stack[8192];
};

/* Fills it for a stopped thread; memory: a descriptor of its /proc/TID/mem,
 * stack: the address in its stack pointer. */
void proc_look(struct proc_early *ret_early, pid_t tid, int memory,
	       uint64_t stack);

/* What proc_read is to read. */
struct proc_wanted {
	pid_t tid;
	/* Its process, if all its ids are those of /proc's pid namespace, which
	 * spares reading the file `status'; or 0. */
	pid_t pid;
	unsigned want;			/* enum proc_want */
	const struct proc_early *early; /* of the thread, of another, or NULL */
};

/*
 * Reads what /proc says of a thread into `at', as a struct raw_proc with its
 * texts, in len bytes: no allocation, safe in the tracer.  Returns the bytes
 * used, or 0 if the thread is gone.  What may not be read stays unknown.
 */
uint32_t proc_read(const struct proc_wanted *wanted, void *at, uint32_t len);

/*
 * Views the texts of a raw_proc (checked: hostile lengths give empty texts)
 * as a meta_thread.
 */
void proc_view(const void *data, uint32_t len, struct meta_thread *ret_thread);

#endif
