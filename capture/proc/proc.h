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

/* How much memory a process has; 0: unknown. */
struct proc_memory {
	uint32_t size_kb, resident_kb;
};

/* What /proc/PID/statm holds. */
struct proc_memory proc_memory_of(const char *statm);

/* Is any memory swapped out?  /proc/PID/status alone tells whose. */
bool proc_has_swap(void);

/*
 * What is to be told of a new program as it begins, though it goes on before
 * the rest is read: how much memory it has, its arguments and environment.
 */
struct proc_early {
	pid_t tid; /* 0: nothing */
	pid_t pid; /* as in proc_read */
	char stat[1024];
	uint64_t stack_at; /* in its memory */
	uint32_t stack_len;
	_Alignas(8) uint8_t stack[8192];
};

/* Reads that of a thread which stands; memory: its /proc/TID/mem. */
void proc_look(struct proc_early *ret_early, pid_t tid, int memory,
	       uint64_t stack);

/*
 * Reads /proc/TID into at (room for len bytes): no allocation, safe in the
 * tracer.  Returns the bytes used, or 0 if the thread is gone.  What may not
 * be read stays unknown.  pid: its process, if that is in the pid namespace of
 * /proc for sure, which spares much; or 0.  early: of that thread, or another,
 * or NULL.
 */
uint32_t proc_read(pid_t tid, pid_t pid, unsigned want,
		   const struct proc_early *early, void *at, uint32_t len);
/* Closes what it holds open for this thread's next reading of who makes
 * processes. */
void proc_forget(void);

/*
 * What a file of /proc/TID holds, at most len - 1 bytes, ended by a NUL.  The
 * length, or -1.
 */
ssize_t proc_file(pid_t tid, const char *name, char *to, size_t len);

/*
 * The number behind a key ("\nTgid:") of what /proc/TID/status holds, or of
 * that file; fallback: there is none.
 */
uint64_t proc_status_number(const char *status, const char *key, int base,
			    uint64_t fallback);
uint64_t proc_status(pid_t tid, const char *key, int base, uint64_t fallback);

/*
 * How many ids stand behind a key like "\nNSpid:", one for each namespace from
 * /proc's own on; the innermost, if any.
 */
int proc_status_ids(const char *status, const char *key,
		    int64_t *ret_innermost);

/*
 * The number in a field (from 3 on) of what /proc/TID/stat holds, counted as
 * in proc(5); -1: it has none.
 */
int64_t proc_stat_field(const char *stat, int number);

/*
 * Views the texts of a raw_proc (checked: hostile lengths give empty texts)
 * as a meta_thread.
 */
void proc_view(const void *data, uint32_t len, struct meta_thread *ret_thread);

#endif
