/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of /proc/TID, and what stands in them.  For any thread of ours; what is
 * held open for proc_files_often is the calling thread's.
 */
#ifndef SPOOR_CAPTURE_PROC_PROC_FILES_H
#define SPOOR_CAPTURE_PROC_PROC_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { PROC_FILE_MAX = 16384 }; /* more than the files read here have */

/* Reads a file of /proc/TID, at most len - 1 bytes, ended by a NUL.  Returns
 * the length, or -1: the thread is gone, or the file may not be read. */
ssize_t proc_file(pid_t tid, const char *name, char *to, size_t len);

/* The files of one thread. */
struct proc_files {
	pid_t tid;
	bool is_creator; /* its files are read often */
	char path[64];	 /* "/proc/TID/", then the name asked for last */
	size_t name_at;
};

/*
 * The files of a thread; is_creator: it makes processes, one after the other.
 */
struct proc_files proc_files_of(pid_t tid, bool is_creator);

/* The path of a file, a view until the next call. */
const char *proc_files_path(struct proc_files *f, const char *name);

/* As proc_file. */
ssize_t proc_files_read(struct proc_files *f, const char *name, char *to,
			size_t len);

enum kept { KEPT_STAT, KEPT_CGROUP, KEPT_COUNT };
/* The same; a creator's file is held open until another creator's is read, or
 * proc_forget. */
ssize_t proc_files_often(struct proc_files *f, const char *name,
			 enum kept which, char *to, size_t len);

/* Where a link leads; returns as proc_file does. */
ssize_t proc_files_link(struct proc_files *f, const char *name, char *to,
			size_t len);

/* Closes the files that are held open for this thread of ours. */
void proc_forget(void);

/* The text behind a key ("\nTgid:") in what /proc/TID/status holds; or NULL. */
const char *proc_status_value(const char *status, const char *key);

/* The number there; fallback: there is none. */
uint64_t proc_status_number(const char *status, const char *key, int base,
			    uint64_t fallback);

/* The same, read from the file; fallback also: the thread is gone. */
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

/* How much memory a process has; 0: unknown. */
struct proc_memory {
	uint32_t size_kb, resident_kb;
};

/* From what /proc/PID/statm holds. */
struct proc_memory proc_memory_of(const char *statm);

/* Is any memory swapped out?  /proc/PID/status alone tells whose. */
bool proc_has_swap(void);

#endif
