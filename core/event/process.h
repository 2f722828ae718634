/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numeric properties of a thread and its process.  The same struct is read
 * from /proc (capture/proc), stored in metadata blocks and keyframes (meta.h,
 * core/file) and kept by replay for each thread: it is copied as a whole.
 */
#ifndef SPOOR_CORE_EVENT_PROCESS_H
#define SPOOR_CORE_EVENT_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The members, as a macro, so that a struct may have them as its own
 * (PROCESS_GROUP).  Unknown is -1 for signed numbers and user ids, else 0.
 * Times are nanoseconds since the epoch.
 */
/* clang-format off */
#define PROCESS_MEMBERS \
	/* pid: of the main thread; ptid: of the parent process */ \
	int64_t tid, pid, ptid; \
	uint32_t flags;		  /* PPM_CL_* */ \
	uint32_t uid, gid, loginuid; \
	uint32_t tty;		  /* device number; 0 none */ \
	int64_t vtid, vpid;	  /* in its own pid namespace */ \
	int64_t sid, vpgid, pgid; /* sid, vpgid: in that namespace */ \
	int64_t fdlimit;	  /* RLIMIT_NOFILE */ \
	uint32_t vmsize_kb, vmrss_kb, vmswap_kb; \
	uint64_t pfmajor, pfminor;    /* page faults */ \
	uint64_t pidns_init_start_ns; /* start of that namespace's init */ \
	uint64_t cap_inheritable, cap_permitted, cap_effective; \
	/* The executable: may it be written, which layer of a container's */ \
	/* root has it, its inode and the times of the inode. */ \
	bool exe_writable, exe_upper_layer, exe_lower_layer, exe_from_memfd; \
	uint64_t exe_ino, exe_ino_ctime, exe_ino_mtime; \
	uint64_t clone_ns;	      /* when it began */

struct process {
	PROCESS_MEMBERS
};

/* A member "process" whose members are those of the enclosing struct, too. */
#define PROCESS_GROUP \
	union { \
		struct process process; \
		struct { PROCESS_MEMBERS }; \
	}
/* clang-format on */

#endif
