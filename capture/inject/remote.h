/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a stopped thread is, and is made to be: registers, signal mask, Syscall
 * User Dispatch, memory, limits.  All of it for the thread that traces, as
 * ptrace(2) wants; what only /proc tells works for any thread, stopped or not.
 * A thread can be killed at any time: each function may fail for that.
 */
#ifndef SPOOR_CAPTURE_INJECT_REMOTE_H
#define SPOOR_CAPTURE_INJECT_REMOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/user.h>

struct proc_early;

/* Some bytes of a process, or of a file. */
struct remote_range {
	uint64_t from;
	size_t len;
};

/* Files of /proc/TID, held open: most questions are about the same thread. */
struct remote_files {
	pid_t tid;	  /* 0: none are open */
	int memory, maps; /* maps: -1: not open */
};

/* What the auxiliary vector of a program tells: getauxval(3). */
struct remote_aux {
	uint64_t vdso;	 /* 0: there is none */
	uint64_t linker; /* 0: no dynamic linker */
	uint64_t entry;	 /* of the program */
};

/* The registers of a stopped thread.  False: it is gone. */
bool remote_regs(pid_t tid, struct user_regs_struct *ret_regs);
/* Sets them; false: it is gone. */
bool remote_set_regs(pid_t tid, const struct user_regs_struct *regs);

/* The signals that a stopped thread blocks, bit N - 1 for signal N; false: it
 * is gone. */
bool remote_get_mask(pid_t tid, uint64_t *ret_mask);
/* Sets it; false: it is gone. */
bool remote_set_mask(pid_t tid, uint64_t mask);

/*
 * Syscall User Dispatch of a stopped thread: its calls from elsewhere than
 * `code' raise SIGSYS while the byte at `selector' is 1.  False: the kernel
 * cannot set it from outside (before Linux 6.4).
 */
bool remote_dispatch(pid_t tid, uint64_t selector, struct remote_range code);
/* Switches it off, which makes calls 80 ns faster; false: as above. */
bool remote_end_dispatch(pid_t tid);
/* Does the kernel say that the thread has none?  False also: it cannot say. */
bool remote_lacks_dispatch(pid_t tid);

/*
 * The memory of the thread's process as a file, which can be written to also
 * where the process may not; -1: it is gone.  Stays open, and is files', until
 * another thread is asked for or remote_close; a thread that executes a
 * program, or ends, must be closed.
 */
int remote_memory(struct remote_files *files, pid_t tid);
/* Its /proc/TID/maps, in the same way. */
int remote_maps(struct remote_files *files, pid_t tid);
/* Closes what is open. */
void remote_close(struct remote_files *files);

/* Reads all len bytes at `from' in the memory of a process; false: some are not
 * there. */
bool remote_read(pid_t pid, uint64_t from, void *to, size_t len);
/* Writes all of them, also where the process may not; false: as above. */
bool remote_write(pid_t pid, uint64_t to, const void *from, size_t len);

/*
 * kcmp(2): do two threads share `what' (KCMP_VM, KCMP_FILES)?  1: yes, or the
 * kernel has no kcmp; 0: no, or one is gone; -1: the kernel lets us look at
 * neither.
 */
int remote_shares(pid_t tid, pid_t other, int what);

/* Seccomp filters of a thread, as /proc says; 0 also: it is gone. */
unsigned remote_filter_count(pid_t tid);

/* Does the limit of address space leave room for len bytes, and more? */
bool remote_has_room(pid_t pid, size_t len);

/* The auxiliary vector of a process; all 0: it cannot be read. */
struct remote_aux remote_aux(pid_t pid);
/* The auxiliary vector of a program that has not run yet, from its stack;
 * false: the vector is not whole there. */
bool remote_aux_early(const struct proc_early *early,
		      struct remote_aux *ret_aux);

enum { REMOTE_PLACE_LEN = 640 };
/*
 * Where in the vDSO nothing is, of REMOTE_PLACE_LEN bytes, for code of ours;
 * 0: nowhere.  Each process can have its own copy of that page.
 */
uint64_t remote_place(int memory, uint64_t vdso);

#endif
