/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What /proc says of a thread, in one struct: used for the start state and
 * taken by the tracer while a thread is stopped at exec or clone.
 */
#ifndef SPOOR_CAPTURE_PROC_H
#define SPOOR_CAPTURE_PROC_H

#include <stdint.h>
#include <sys/types.h>

#include "core/event/meta.h"

/*
 * The data of PIECE_PROC: numbers, then the texts one after the other, in the
 * order of the lengths here.  Unknown numbers as in struct meta_thread.
 */
struct raw_proc {
	int64_t tid, pid, ptid, sid, vpgid, pgid, vtid, vpid;
	int64_t fdlimit;
	uint64_t pidns_init_start_ns;
	uint64_t cap_inheritable, cap_permitted, cap_effective;
	uint64_t exe_ino, exe_ino_ctime, exe_ino_mtime;
	uint64_t pfmajor, pfminor;
	uint32_t uid, gid, loginuid, tty;
	uint32_t vmsize_kb, vmrss_kb, vmswap_kb;
	uint32_t clone_flags;
	uint8_t exe_writable, exe_upper_layer, exe_lower_layer, exe_from_memfd;
	uint8_t in_child_pidns;
	uint8_t pad;
	uint16_t comm_len, exepath_len, cwd_len, root_len;
	uint16_t args_len, env_len, cgroups_len; /* NUL-separated lists */
};

/* What to read; each costs file accesses in /proc. */
enum proc_want {
	PROC_IDS = 1,  /* stat, status: ids, times, memory, caps */
	PROC_ARGS = 2, /* cmdline, environ */
	PROC_EXE = 4,  /* exe, its inode and layers */
	PROC_DIRS = 8, /* cwd, root */
	PROC_CGROUPS = 16,
	PROC_LIMITS = 32,
	PROC_ALL = 63
};

/*
 * Reads /proc/TID into at (room for len bytes): no allocation, safe in the
 * tracer.  Returns the bytes used, or 0 if the thread is gone.  What may not
 * be read stays unknown.
 */
uint32_t proc_read(pid_t tid, unsigned want, void *at, uint32_t len);

/*
 * Views the texts of a raw_proc (checked: hostile lengths give empty texts)
 * as a meta_thread.
 */
void proc_view(const void *data, uint32_t len, struct meta_thread *ret_thread);

#endif
