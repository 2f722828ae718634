/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel's flags and numbers as the capture's PPM_*; see flags.h. */
#include "capture/encode/flags.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <poll.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/socket.h>

#include "core/event/ppm_constants.h"

/* clang-format off */
static const struct {
	char set;
	uint32_t kernel, ppm;
} rows[] = {
/* c: clone, unshare, setns; 0x100 is CLONE_VM, and so on by clone(2) */
{ 'c', 0x100, PPM_CL_CLONE_VM },
{ 'c', 0x200, PPM_CL_CLONE_FS },
{ 'c', 0x400, PPM_CL_CLONE_FILES },
{ 'c', 0x800, PPM_CL_CLONE_SIGHAND },
{ 'c', 0x2000, PPM_CL_CLONE_PTRACE },
{ 'c', 0x4000, PPM_CL_CLONE_VFORK },
{ 'c', 0x8000, PPM_CL_CLONE_PARENT },
{ 'c', 0x10000, PPM_CL_CLONE_THREAD },
{ 'c', 0x20000, PPM_CL_CLONE_NEWNS },
{ 'c', 0x40000, PPM_CL_CLONE_SYSVSEM },
{ 'c', 0x80000, PPM_CL_CLONE_SETTLS },
{ 'c', 0x100000, PPM_CL_CLONE_PARENT_SETTID },
{ 'c', 0x200000, PPM_CL_CLONE_CHILD_CLEARTID },
{ 'c', 0x800000, PPM_CL_CLONE_UNTRACED },
{ 'c', 0x1000000, PPM_CL_CLONE_CHILD_SETTID },
{ 'c', 0x2000000, PPM_CL_CLONE_NEWCGROUP },
{ 'c', 0x4000000, PPM_CL_CLONE_NEWUTS },
{ 'c', 0x8000000, PPM_CL_CLONE_NEWIPC },
{ 'c', 0x10000000, PPM_CL_CLONE_NEWUSER },
{ 'c', 0x20000000, PPM_CL_CLONE_NEWPID },
{ 'c', 0x40000000, PPM_CL_CLONE_NEWNET },
{ 'c', 0x80000000, PPM_CL_CLONE_IO },
/* d: delete_module */
{ 'd', O_NONBLOCK, PPM_DELETE_MODULE_O_NONBLOCK },
{ 'd', O_TRUNC, PPM_DELETE_MODULE_O_TRUNC },
/* e: epoll_create1 */
{ 'e', O_CLOEXEC, PPM_EPOLL_CLOEXEC },
/* f: fcntl, a value; those above 1023 are Linux's own */
{ 'f', F_DUPFD, PPM_FCNTL_F_DUPFD },
{ 'f', F_GETFD, PPM_FCNTL_F_GETFD },
{ 'f', F_SETFD, PPM_FCNTL_F_SETFD },
{ 'f', F_GETFL, PPM_FCNTL_F_GETFL },
{ 'f', F_SETFL, PPM_FCNTL_F_SETFL },
{ 'f', F_GETLK, PPM_FCNTL_F_GETLK },
{ 'f', F_SETLK, PPM_FCNTL_F_SETLK },
{ 'f', F_SETLKW, PPM_FCNTL_F_SETLKW },
{ 'f', F_SETOWN, PPM_FCNTL_F_SETOWN },
{ 'f', F_GETOWN, PPM_FCNTL_F_GETOWN },
{ 'f', 10, PPM_FCNTL_F_SETSIG },
{ 'f', 11, PPM_FCNTL_F_GETSIG },
{ 'f', 12, PPM_FCNTL_F_GETLK64 },
{ 'f', 13, PPM_FCNTL_F_SETLK64 },
{ 'f', 14, PPM_FCNTL_F_SETLKW64 },
{ 'f', 15, PPM_FCNTL_F_SETOWN_EX },
{ 'f', 16, PPM_FCNTL_F_GETOWN_EX },
{ 'f', 36, PPM_FCNTL_F_OFD_GETLK },
{ 'f', 37, PPM_FCNTL_F_OFD_SETLK },
{ 'f', 38, PPM_FCNTL_F_OFD_SETLKW },
{ 'f', 1024, PPM_FCNTL_F_SETLEASE },
{ 'f', 1025, PPM_FCNTL_F_GETLEASE },
{ 'f', 1026, PPM_FCNTL_F_NOTIFY },
{ 'f', 1029, PPM_FCNTL_F_CANCELLK },
{ 'f', 1030, PPM_FCNTL_F_DUPFD_CLOEXEC },
{ 'f', 1031, PPM_FCNTL_F_SETPIPE_SZ },
{ 'f', 1032, PPM_FCNTL_F_GETPIPE_SZ },
/* i: io_uring_setup; io_uring_enter and the features number alike */
{ 'i', 1, PPM_IORING_SETUP_IOPOLL },
{ 'i', 2, PPM_IORING_SETUP_SQPOLL },
{ 'i', 4, PPM_IORING_SETUP_SQ_AFF },
{ 'i', 8, PPM_IORING_SETUP_CQSIZE },
{ 'i', 16, PPM_IORING_SETUP_CLAMP },
{ 'i', 32, PPM_IORING_SETUP_ATTACH_WQ },
{ 'i', 64, PPM_IORING_SETUP_R_DISABLED },
/* m: mmap */
{ 'm', MAP_SHARED, PPM_MAP_SHARED },
{ 'm', MAP_PRIVATE, PPM_MAP_PRIVATE },
{ 'm', MAP_FIXED, PPM_MAP_FIXED },
{ 'm', MAP_ANONYMOUS, PPM_MAP_ANONYMOUS },
{ 'm', MAP_32BIT, PPM_MAP_32BIT },
{ 'm', MAP_NORESERVE, PPM_MAP_NORESERVE },
{ 'm', MAP_POPULATE, PPM_MAP_POPULATE },
{ 'm', MAP_NONBLOCK, PPM_MAP_NONBLOCK },
{ 'm', MAP_GROWSDOWN, PPM_MAP_GROWSDOWN },
{ 'm', MAP_DENYWRITE, PPM_MAP_DENYWRITE },
{ 'm', MAP_EXECUTABLE, PPM_MAP_EXECUTABLE },
{ 'm', MAP_LOCKED, PPM_MAP_LOCKED },
/* n: fchownat */
{ 'n', AT_SYMLINK_NOFOLLOW, PPM_AT_SYMLINK_FOLLOW },
{ 'n', AT_EMPTY_PATH, PPM_AT_EMPTY_PATH },
/* o: flags of an open file, where no access mode is asked for */
{ 'o', O_CLOEXEC, PPM_O_CLOEXEC },
{ 'o', O_NONBLOCK, PPM_O_NONBLOCK },
{ 'o', O_DIRECT, PPM_O_DIRECT },
/* O: the same of open, with flag_open's words added */
{ 'O', O_CREAT, PPM_O_CREAT },
{ 'O', O_APPEND, PPM_O_APPEND },
{ 'O', O_EXCL, PPM_O_EXCL },
{ 'O', O_NONBLOCK, PPM_O_NONBLOCK },
{ 'O', O_TRUNC, PPM_O_TRUNC },
{ 'O', O_DIRECT, PPM_O_DIRECT },
{ 'O', O_DIRECTORY, PPM_O_DIRECTORY },
{ 'O', O_CLOEXEC, PPM_O_CLOEXEC },
{ 'O', 0100000, PPM_O_LARGEFILE }, /* O_LARGEFILE is 0 in 64-bit code */
/* p: memory protection */
{ 'p', PROT_READ, PPM_PROT_READ },
{ 'p', PROT_WRITE, PPM_PROT_WRITE },
{ 'p', PROT_EXEC, PPM_PROT_EXEC },
{ 'p', 8, PPM_PROT_SEM },
{ 'p', PROT_GROWSDOWN, PPM_PROT_GROWSDOWN },
{ 'p', PROT_GROWSUP, PPM_PROT_GROWSUP },
/* q: pidfd_open */
{ 'q', O_NONBLOCK, PPM_PIDFD_NONBLOCK },
/* r: openat2's resolve */
{ 'r', RESOLVE_NO_XDEV, PPM_RESOLVE_NO_XDEV },
{ 'r', RESOLVE_NO_MAGICLINKS, PPM_RESOLVE_NO_MAGICLINKS },
{ 'r', RESOLVE_NO_SYMLINKS, PPM_RESOLVE_NO_SYMLINKS },
{ 'r', RESOLVE_BENEATH, PPM_RESOLVE_BENEATH },
{ 'r', RESOLVE_IN_ROOT, PPM_RESOLVE_IN_ROOT },
{ 'r', 0x20, PPM_RESOLVE_CACHED },
/* s: flags in the type of a socket */
{ 's', SOCK_CLOEXEC, PPM_O_CLOEXEC },
{ 's', SOCK_NONBLOCK, PPM_O_NONBLOCK },
/* t: ptrace requests, a value */
{ 't', 0, PPM_PTRACE_TRACEME },
{ 't', 1, PPM_PTRACE_PEEKTEXT },
{ 't', 2, PPM_PTRACE_PEEKDATA },
{ 't', 3, PPM_PTRACE_PEEKUSR },
{ 't', 4, PPM_PTRACE_POKETEXT },
{ 't', 5, PPM_PTRACE_POKEDATA },
{ 't', 6, PPM_PTRACE_POKEUSR },
{ 't', 7, PPM_PTRACE_CONT },
{ 't', 8, PPM_PTRACE_KILL },
{ 't', 9, PPM_PTRACE_SINGLESTEP },
{ 't', 12, PPM_PTRACE_GETREGS },
{ 't', 13, PPM_PTRACE_SETREGS },
{ 't', 14, PPM_PTRACE_GETFPREGS },
{ 't', 15, PPM_PTRACE_SETFPREGS },
{ 't', 16, PPM_PTRACE_ATTACH },
{ 't', 17, PPM_PTRACE_DETACH },
{ 't', 18, PPM_PTRACE_GETFPXREGS },
{ 't', 19, PPM_PTRACE_SETFPXREGS },
{ 't', 21, PPM_PTRACE_OLDSETOPTIONS },
{ 't', 24, PPM_PTRACE_SYSCALL },
{ 't', 25, PPM_PTRACE_GET_THREAD_AREA },
{ 't', 26, PPM_PTRACE_SET_THREAD_AREA },
{ 't', 30, PPM_PTRACE_ARCH_PRCTL },
{ 't', 31, PPM_PTRACE_SYSEMU },
{ 't', 32, PPM_PTRACE_SYSEMU_SINGLESTEP },
{ 't', 33, PPM_PTRACE_SINGLEBLOCK },
{ 't', 0x4200, PPM_PTRACE_SETOPTIONS },
{ 't', 0x4201, PPM_PTRACE_GETEVENTMSG },
{ 't', 0x4202, PPM_PTRACE_GETSIGINFO },
{ 't', 0x4203, PPM_PTRACE_SETSIGINFO },
{ 't', 0x4204, PPM_PTRACE_GETREGSET },
{ 't', 0x4205, PPM_PTRACE_SETREGSET },
{ 't', 0x4206, PPM_PTRACE_SEIZE },
{ 't', 0x4207, PPM_PTRACE_INTERRUPT },
{ 't', 0x4208, PPM_PTRACE_LISTEN },
{ 't', 0x4209, PPM_PTRACE_PEEKSIGINFO },
{ 't', 0x420a, PPM_PTRACE_GETSIGMASK },
{ 't', 0x420b, PPM_PTRACE_SETSIGMASK },
/* u: what poll found */
{ 'u', POLLIN, PPM_POLLIN },
{ 'u', POLLPRI, PPM_POLLPRI },
{ 'u', POLLOUT, PPM_POLLOUT },
{ 'u', POLLRDHUP, PPM_POLLRDHUP },
{ 'u', POLLERR, PPM_POLLERR },
{ 'u', POLLHUP, PPM_POLLHUP },
{ 'u', POLLNVAL, PPM_POLLNVAL },
{ 'u', POLLRDNORM, PPM_POLLRDNORM },
{ 'u', POLLRDBAND, PPM_POLLRDBAND },
{ 'u', POLLWRNORM, PPM_POLLWRNORM },
{ 'u', POLLWRBAND, PPM_POLLWRBAND },
/* v: semget; w: the flags of a semop; x: semctl, a value */
{ 'v', IPC_CREAT, PPM_IPC_CREAT },
{ 'v', IPC_EXCL, PPM_IPC_EXCL },
{ 'w', IPC_NOWAIT, PPM_IPC_NOWAIT },
{ 'w', SEM_UNDO, PPM_SEM_UNDO },
{ 'x', IPC_RMID, PPM_IPC_RMID },
{ 'x', IPC_SET, PPM_IPC_SET },
{ 'x', IPC_STAT, PPM_IPC_STAT },
{ 'x', 3, PPM_IPC_INFO },
{ 'x', GETPID, PPM_GETPID },
{ 'x', GETVAL, PPM_GETVAL },
{ 'x', GETALL, PPM_GETALL },
{ 'x', GETNCNT, PPM_GETNCNT },
{ 'x', GETZCNT, PPM_GETZCNT },
{ 'x', SETVAL, PPM_SETVAL },
{ 'x', SETALL, PPM_SETALL },
{ 'x', SEM_STAT, PPM_SEM_STAT },
{ 'x', SEM_INFO, PPM_SEM_INFO },
/* y: quotactl commands without their type (the low 8 bits), a value */
{ 'y', 0x800001, PPM_Q_SYNC },
{ 'y', 0x800002, PPM_Q_QUOTAON },
{ 'y', 0x800003, PPM_Q_QUOTAOFF },
{ 'y', 0x800004, PPM_Q_GETFMT },
{ 'y', 0x800005, PPM_Q_GETINFO },
{ 'y', 0x800006, PPM_Q_SETINFO },
{ 'y', 0x800007, PPM_Q_GETQUOTA },
{ 'y', 0x800008, PPM_Q_SETQUOTA },
{ 'y', 0x5801, PPM_Q_XQUOTAON },
{ 'y', 0x5802, PPM_Q_XQUOTAOFF },
{ 'y', 0x5803, PPM_Q_XGETQUOTA },
{ 'y', 0x5804, PPM_Q_XSETQLIM },
{ 'y', 0x5805, PPM_Q_XGETQSTAT },
{ 'y', 0x5806, PPM_Q_XQUOTARM },
{ 'y', 0x5807, PPM_Q_XQUOTASYNC },
{ 'y', 0x5808, PPM_Q_XGETQSTATV },
};
/* clang-format on */

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

/* Where the rows of each set begin; they stand together. */
static uint16_t first_row(char set)
{
	static uint16_t first[128];

	if (!first[(unsigned char)rows[ROW_COUNT - 1].set])
		for (uint16_t i = ROW_COUNT; i-- > 0;)
			first[(unsigned char)rows[i].set] = i;
	return first[(unsigned char)set];
}

uint32_t flag_bits(char set, uint64_t kernel)
{
	uint32_t out = 0;

	for (size_t i = first_row(set); i < ROW_COUNT && rows[i].set == set;
	     i++)
		if (kernel & rows[i].kernel)
			out |= rows[i].ppm;
	return out;
}

uint32_t flag_value(char set, uint64_t kernel)
{
	for (size_t i = first_row(set); i < ROW_COUNT && rows[i].set == set;
	     i++)
		if (kernel == rows[i].kernel)
			return rows[i].ppm;
	return 0;
}

uint32_t flag_open(uint64_t kernel)
{
	uint32_t out = flag_bits('O', kernel);

	switch (kernel & O_ACCMODE) {
	case O_WRONLY:
		out |= PPM_O_WRONLY;
		break;
	case O_RDWR:
		out |= PPM_O_RDWR;
		break;
	default:
		out |= PPM_O_RDONLY;
		break;
	}
	if ((kernel & O_SYNC) == O_SYNC)
		out |= PPM_O_SYNC;
	else if (kernel & O_DSYNC)
		out |= PPM_O_DSYNC;
	if ((kernel & O_TMPFILE) == O_TMPFILE)
		out |= PPM_O_TMPFILE;
	return out;
}
