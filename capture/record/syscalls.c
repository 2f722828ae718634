/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the syscall table; see syscalls.h.  Calls not named here are
 * recorded as GENERIC with their number. */
#include "capture/record/syscalls.h"

#include <string.h>

#include "capture/record/i386.h"

/* clang-format off */
#define P(arg) { (arg), COPY_PATH, 0 }
#define IN(arg, len) { (arg), COPY_BYTES_IN, (len) }
#define OUT(arg) { (arg), COPY_BYTES_OUT, 0 }
#define FIX_IN(arg, len) { (arg), COPY_FIXED_IN, (len) }
#define FIX_OUT(arg, len) { (arg), COPY_FIXED_OUT, (len) }
#define ADDR(arg, len) { (arg), COPY_ADDR_IN, (len) }
#define VEC_IN(arg, n) { (arg), COPY_IOVEC_IN, (n) }
#define VEC_OUT(arg, n) { (arg), COPY_IOVEC_OUT, (n) }
#define X(name) PPME_SYSCALL_##name##_X
#define S(name) PPME_SOCKET_##name##_X

enum { OPENED = FACT_STAT_RET, SOCK = FACT_SOCKET_ARG0,
       ACCEPTED = FACT_SOCKET_RET | FACT_QUEUE, PROC = FACT_PROC,
       MEM = FACT_MEMORY };

static struct syscall_row rows[] = {
{ "read", X(READ), 0, { OUT(1) }, "r b1 d0 a2", 0 },
{ "write", X(WRITE), 0, { IN(1, 2) }, "r b1 d0 a2", 0 },
{ "pread64", X(PREAD), 0, { OUT(1) }, "r b1 d0 a2 a3", 0 },
{ "pwrite64", X(PWRITE), 0, { IN(1, 2) }, "r b1 d0 a2 a3", 0 },
{ "readv", X(READV), 0, { VEC_OUT(1, 2) }, "r Z b1 d0", 0 },
{ "writev", X(WRITEV), 0, { VEC_IN(1, 2) }, "r b1 d0 z", 0 },
{ "preadv", X(PREADV), 0, { VEC_OUT(1, 2) }, "r Z b1 d0 a3", 0 },
{ "pwritev", X(PWRITEV), 0, { VEC_IN(1, 2) }, "r b1 d0 z a3", 0 },
{ "open", X(OPEN), OPENED, { P(0) }, "r p0 o1 m21 D I", 0 },
{ "openat", X(OPENAT_2), OPENED, { P(1) }, "r d0 p1 o2 m32 D I", 0 },
{ "openat2", X(OPENAT2), OPENED, { P(1), FIX_IN(2, 24) }, "r d0 p1 H2 V21 B2 D I", 0 },
{ "creat", X(CREAT), OPENED, { P(0) }, "r p0 a1 D I i", 0 },
{ "open_by_handle_at", X(OPEN_BY_HANDLE_AT), OPENED | FACT_PATH_RET, { { 0, 0, 0 } }, "r d0 o2 j D I", 0 },
{ "close", X(CLOSE), 0, { { 0, 0, 0 } }, "r d0", 0 },
{ "close_range", X(CLOSE_RANGE), 0, { { 0, 0, 0 } }, "r a0 a1 a2", 0 },
{ "dup", X(DUP_1), 0, { { 0, 0, 0 } }, "r d0", 0 },
{ "dup2", X(DUP2), 0, { { 0, 0, 0 } }, "r d0 d1", 0 },
{ "dup3", X(DUP3), 0, { { 0, 0, 0 } }, "r d0 d1 F2o", 0 },
{ "pipe", X(PIPE), FACT_PIPE, { FIX_OUT(0, 8) }, "r v00 v01 I", 0 },
{ "pipe2", X(PIPE2), FACT_PIPE, { FIX_OUT(0, 8) }, "r v00 v01 I F1o", 0 },
{ "fcntl", X(FCNTL), 0, { { 0, 0, 0 } }, "r d0 W1f a2", 0 },
{ "ioctl", X(IOCTL_3), 0, { { 0, 0, 0 } }, "r d0 a1 a2", 0 },
{ "lseek", X(LSEEK), 0, { { 0, 0, 0 } }, "r d0 a1 a2", 0 },
{ "stat", X(STAT), 0, { P(0) }, "r p0", 0 },
{ "lstat", X(LSTAT), 0, { P(0) }, "r p0", 0 },
{ "fstat", X(FSTAT), 0, { { 0, 0, 0 } }, "r d0", 0 },
{ "newfstatat", X(NEWFSTATAT), 0, { P(1) }, "r d0 p1 a3", 0 },
{ "access", X(ACCESS), 0, { P(0) }, "r p0 a1", 0 },
{ "getdents", X(GETDENTS), 0, { { 0, 0, 0 } }, "r d0", 0 },
{ "getdents64", X(GETDENTS64), 0, { { 0, 0, 0 } }, "r d0", 0 },
{ "getcwd", X(GETCWD), 0, { OUT(0) }, "r p0", 0 },
{ "chdir", X(CHDIR), 0, { P(0) }, "r p0", 0 },
{ "fchdir", X(FCHDIR), 0, { { 0, 0, 0 } }, "r d0", 0 },
{ "chroot", X(CHROOT), 0, { P(0) }, "r p0", 0 },
{ "mkdir", X(MKDIR_2), 0, { P(0) }, "r p0 a1", 0 },
{ "mkdirat", X(MKDIRAT), 0, { P(1) }, "r d0 p1 a2", 0 },
{ "rmdir", X(RMDIR_2), 0, { P(0) }, "r p0", 0 },
{ "unlink", X(UNLINK_2), 0, { P(0) }, "r p0", 0 },
{ "unlinkat", X(UNLINKAT_2), 0, { P(1) }, "r d0 p1 a2", 0 },
{ "rename", X(RENAME), 0, { P(0), P(1) }, "r p0 p1", 0 },
{ "renameat", X(RENAMEAT), 0, { P(1), P(3) }, "r d0 p1 d2 p3", 0 },
{ "renameat2", X(RENAMEAT2), 0, { P(1), P(3) }, "r d0 p1 d2 p3 a4", 0 },
{ "link", X(LINK_2), 0, { P(0), P(1) }, "r p0 p1", 0 },
{ "linkat", X(LINKAT_2), 0, { P(1), P(3) }, "r d0 p1 d2 p3 a4", 0 },
{ "symlink", X(SYMLINK), 0, { P(0), P(1) }, "r p0 p1", 0 },
{ "symlinkat", X(SYMLINKAT), 0, { P(0), P(2) }, "r p0 d1 p2", 0 },
{ "mknod", X(MKNOD), 0, { P(0) }, "r p0 a1 a2", 0 },
{ "mknodat", X(MKNODAT), 0, { P(1) }, "r d0 p1 a2 a3", 0 },
{ "chmod", X(CHMOD), 0, { P(0) }, "r p0 a1", 0 },
{ "fchmod", X(FCHMOD), 0, { { 0, 0, 0 } }, "r d0 a1", 0 },
{ "fchmodat", X(FCHMODAT), 0, { P(1) }, "r d0 p1 a2", 0 },
{ "chown", X(CHOWN), 0, { P(0) }, "r p0 a1 a2", 0 },
{ "lchown", X(LCHOWN), 0, { P(0) }, "r p0 a1 a2", 0 },
{ "fchown", X(FCHOWN), 0, { { 0, 0, 0 } }, "r d0 a1 a2", 0 },
{ "fchownat", X(FCHOWNAT), 0, { P(1) }, "r d0 p1 a2 a3 F4n", 0 },
{ "mount", X(MOUNT), 0, { P(0), P(1), P(2) }, "r p0 p1 p2 a3", 0 },
{ "umount", X(UMOUNT_1), 0, { P(0) }, "r p0", 0 },
{ "umount2", X(UMOUNT2), 0, { P(0) }, "r p0 a1", 0 },
{ "flock", X(FLOCK), 0, { { 0, 0, 0 } }, "r d0 a1", 0 },
{ "sendfile", X(SENDFILE), 0, { FIX_IN(2, 8) }, "r O2 d0 d1 a3", 0 },
{ "splice", X(SPLICE), 0, { { 0, 0, 0 } }, "r d0 d2 a4 a5", 0 },
{ "copy_file_range", X(COPY_FILE_RANGE), 0, { FIX_IN(1, 8), FIX_IN(3, 8) }, "r d2 O3 d0 O1 a4", 0 },
{ "socket", S(SOCKET), 0, { { 0, 0, 0 } }, "r a0 a1 a2 F1s", 0 },
{ "socketpair", S(SOCKETPAIR), 0, { FIX_OUT(3, 8) }, "r v30 v31 0 0 a0 a1 a2", 0 },
{ "bind", S(BIND), 0, { ADDR(1, 2) }, "r s1 d0", 0 },
{ "connect", S(CONNECT), SOCK, { ADDR(1, 2) }, "r C1 d0 s1", 0 },
{ "listen", S(LISTEN), 0, { { 0, 0, 0 } }, "r d0 d1", 0 },
{ "accept", S(ACCEPT_5), ACCEPTED, { { 0, 0, 0 } }, "r A Q M0 M1", 0 },
{ "accept4", S(ACCEPT4_6), ACCEPTED, { { 0, 0, 0 } }, "r A Q M0 M1 F3s", 0 },
{ "shutdown", S(SHUTDOWN), 0, { { 0, 0, 0 } }, "r d0 a1", 0 },
{ "sendto", S(SENDTO), SOCK, { IN(1, 2), ADDR(4, 5) }, "r b1 d0 a2 T4", 0 },
{ "recvfrom", S(RECVFROM), SOCK, { OUT(1), { 4, COPY_ADDR_OUT, 5 } }, "r b1 R4 d0 a2", 0 },
{ "sendmsg", S(SENDMSG), SOCK, { { 1, COPY_MSG_IN, 0 } }, "r b1 d0 z T1", 0 },
{ "recvmsg", S(RECVMSG), SOCK, { { 1, COPY_MSG_OUT, 0 } }, "r Z b1 R1 E1 d0", 0 },
{ "sendmmsg", S(SENDMMSG), SOCK, { { 1, COPY_MMSG_OUT, 0 } }, "h1 d0 z b1 T1", 0 },
{ "recvmmsg", S(RECVMMSG), SOCK, { { 1, COPY_MMSG_OUT, 0 } }, "h1 d0 Z1 b1 R1 E1", 0 },
{ "setsockopt", S(SETSOCKOPT), 0, { IN(3, 4) }, "r d0 g1 g2 G3 a4", 0 },
{ "getsockopt", S(GETSOCKOPT), 0, { { 3, COPY_ADDR_OUT, 4 }, FIX_OUT(4, 4) }, "r d0 g1 g2 G3 P4", 0 },
{ "epoll_create", X(EPOLL_CREATE), 0, { { 0, 0, 0 } }, "r a0", 0 },
{ "epoll_create1", X(EPOLL_CREATE1), 0, { { 0, 0, 0 } }, "r F0e", 0 },
{ "epoll_wait", X(EPOLLWAIT), 0, { { 0, 0, 0 } }, "r d2", 0 },
{ "poll", X(POLL), 0, { { 0, COPY_POLL_OUT, 1 } }, "r l0 d2", 0 },
{ "ppoll", X(PPOLL), 0, { { 0, COPY_POLL_OUT, 1 }, FIX_IN(2, 16), FIX_IN(3, 8) }, "r l0 n2 v30", 0 },
{ "select", X(SELECT), 0, { { 0, 0, 0 } }, "r", 0 },
{ "pselect6", X(SELECT), 0, { { 0, 0, 0 } }, "r", 0 },
{ "eventfd", X(EVENTFD), 0, { { 0, 0, 0 } }, "r a0 0", 0 },
{ "eventfd2", X(EVENTFD2), 0, { { 0, 0, 0 } }, "r F1o a0", 0 },
{ "signalfd", X(SIGNALFD), 0, { FIX_IN(1, 8) }, "r d0 v10 0", 0 },
{ "signalfd4", X(SIGNALFD4), 0, { FIX_IN(1, 8) }, "r F3o d0 v10", 0 },
{ "timerfd_create", X(TIMERFD_CREATE), 0, { { 0, 0, 0 } }, "r a0 0", 0 },
{ "inotify_init", X(INOTIFY_INIT), 0, { { 0, 0, 0 } }, "r 0", 0 },
{ "inotify_init1", X(INOTIFY_INIT1), 0, { { 0, 0, 0 } }, "r F0o", 0 },
{ "memfd_create", X(MEMFD_CREATE), 0, { P(0) }, "r p0 a1", 0 },
{ "pidfd_open", X(PIDFD_OPEN), 0, { { 0, 0, 0 } }, "r d0 F1q", 0 },
{ "pidfd_getfd", X(PIDFD_GETFD), 0, { { 0, 0, 0 } }, "r d0 d1 a2", 0 },
{ "userfaultfd", X(USERFAULTFD), 0, { { 0, 0, 0 } }, "r F0o", 0 },
{ "bpf", X(BPF_2), 0, { { 0, 0, 0 } }, "r a0", 0 },
{ "io_uring_setup", X(IO_URING_SETUP), 0, { FIX_OUT(1, 24) }, "r a0 v10 v11 w2i v13 v14 v15", 0 },
{ "io_uring_enter", X(IO_URING_ENTER), 0, { FIX_IN(4, 8) }, "r d0 a1 a2 a3 v40", 0 },
{ "io_uring_register", X(IO_URING_REGISTER), 0, { { 0, 0, 0 } }, "r d0 a1 a2 a3", 0 },
{ "execve", X(EXECVE_19), PROC, { P(0), { 1, COPY_STRINGS, 0 }, { 2, COPY_STRINGS, 0 } }, NULL, 0 },
{ "execveat", X(EXECVEAT), PROC, { P(1), { 2, COPY_STRINGS, 0 }, { 3, COPY_STRINGS, 0 } }, NULL, 0 },
{ "clone", X(CLONE_20), 0, { { 0, 0, 0 } }, NULL, 0 },
{ "clone3", X(CLONE3), 0, { FIX_IN(0, 64) }, NULL, 0 },
{ "fork", X(FORK_20), 0, { { 0, 0, 0 } }, NULL, 0 },
{ "vfork", X(VFORK_20), 0, { { 0, 0, 0 } }, NULL, 0 },
{ "setuid", X(SETUID), 0, { { 0, 0, 0 } }, "r a0", 0 },
{ "setgid", X(SETGID), 0, { { 0, 0, 0 } }, "r a0", 0 },
{ "setreuid", X(SETREUID), 0, { { 0, 0, 0 } }, "r a0 a1", 0 },
{ "setregid", X(SETREGID), 0, { { 0, 0, 0 } }, "r a0 a1", 0 },
{ "setresuid", X(SETRESUID), 0, { { 0, 0, 0 } }, "r a0 a1 a2", 0 },
{ "setresgid", X(SETRESGID), 0, { { 0, 0, 0 } }, "r a0 a1 a2", 0 },
{ "getuid", X(GETUID), 0, { { 0, 0, 0 } }, "r", 0 },
{ "geteuid", X(GETEUID), 0, { { 0, 0, 0 } }, "r", 0 },
{ "getgid", X(GETGID), 0, { { 0, 0, 0 } }, "r", 0 },
{ "getegid", X(GETEGID), 0, { { 0, 0, 0 } }, "r", 0 },
{ "getresuid", X(GETRESUID), 0, { FIX_OUT(0, 4), FIX_OUT(1, 4), FIX_OUT(2, 4) }, "r v00 v10 v20", 0 },
{ "getresgid", X(GETRESGID), 0, { FIX_OUT(0, 4), FIX_OUT(1, 4), FIX_OUT(2, 4) }, "r v00 v10 v20", 0 },
{ "setsid", X(SETSID), 0, { { 0, 0, 0 } }, "r", 0 },
{ "setpgid", X(SETPGID), 0, { { 0, 0, 0 } }, "r d0 d1", 0 },
{ "setns", X(SETNS), 0, { { 0, 0, 0 } }, "r d0 F1c", 0 },
{ "unshare", X(UNSHARE), 0, { { 0, 0, 0 } }, "r F0c", 0 },
{ "capset", X(CAPSET), 0, { FIX_IN(1, 24) }, "r N2 N1 N0", 0 },
{ "prctl", X(PRCTL), 0, { { 1, COPY_NAME_IN, 15 } }, "r a0 t1 u1", 0 },
{ "seccomp", X(SECCOMP), 0, { { 0, 0, 0 } }, "r a0 a1", 0 },
{ "ptrace", X(PTRACE), 0, { { 0, 0, 0 } }, "r y2 y3 W0t d1", 0 },
{ "kill", X(KILL), 0, { { 0, 0, 0 } }, "r d0 a1", 0 },
{ "tkill", X(TKILL), 0, { { 0, 0, 0 } }, "r d0 a1", 0 },
{ "tgkill", X(TGKILL), 0, { { 0, 0, 0 } }, "r d0 d1 a2", 0 },
{ "mmap", X(MMAP), MEM, { { 0, 0, 0 } }, "r M0 M1 M2 a0 a1 F2p F3m d4 a5", 0 },
{ "munmap", X(MUNMAP), MEM, { { 0, 0, 0 } }, "r M0 M1 M2 a0 a1", 0 },
{ "mprotect", X(MPROTECT), 0, { { 0, 0, 0 } }, "r a0 a1 F2p", 0 },
{ "brk", X(BRK_4), MEM, { { 0, 0, 0 } }, "r M0 M1 M2 a0", 0 },
{ "mlock", X(MLOCK), 0, { { 0, 0, 0 } }, "r a0 a1", 0 },
{ "munlock", X(MUNLOCK), 0, { { 0, 0, 0 } }, "r a0 a1", 0 },
{ "mlockall", X(MLOCKALL), 0, { { 0, 0, 0 } }, "r a0", 0 },
{ "munlockall", X(MUNLOCKALL), 0, { { 0, 0, 0 } }, "r", 0 },
{ "mlock2", X(MLOCK2), 0, { { 0, 0, 0 } }, "r a0 a1 a2", 0 },
{ "process_vm_readv", X(PROCESS_VM_READV), 0, { VEC_OUT(1, 2) }, "r d0 b1", 0 },
{ "process_vm_writev", X(PROCESS_VM_WRITEV), 0, { VEC_IN(1, 2) }, "r d0 b1", 0 },
{ "futex", X(FUTEX), 0, { { 0, 0, 0 } }, "r a0 a1 a2", 0 },
{ "nanosleep", X(NANOSLEEP), 0, { FIX_IN(0, 16) }, "r n0", 0 },
{ "getrlimit", X(GETRLIMIT), 0, { FIX_OUT(1, 16) }, "r V10 V11 a0", 0 },
{ "setrlimit", X(SETRLIMIT), 0, { FIX_IN(1, 16) }, "r V10 V11 a0", 0 },
{ "prlimit64", X(PRLIMIT), 0, { FIX_IN(2, 16), FIX_OUT(3, 16) }, "r V20 V21 V30 V31 d0 a1", 0 },
{ "init_module", X(INIT_MODULE), 0, { IN(0, 1), P(2) }, "r b0 a1 p2", 0 },
{ "finit_module", X(FINIT_MODULE), 0, { P(1) }, "r d0 p1 a2", 0 },
{ "delete_module", X(DELETE_MODULE), 0, { P(0) }, "r p0 F1d", 0 },
{ "quotactl", X(QUOTACTL), 0, { P(1), { 3, COPY_QUOTA_IN, 0 }, { 3, COPY_QUOTA_OUT, 0 } }, "r p1 K4 J0 J1 J2 J3 J4 J5 J6 J7 J8 J9 K3 K0 K1 K5 K2", 0 },
{ "semget", X(SEMGET), 0, { { 0, 0, 0 } }, "r d0 d1 F2v", 0 },
{ "semop", X(SEMOP), 0, { FIX_IN(1, 12) }, "r a2 x0 x1 x2 x3 x4 x5 d0", 0 },
{ "semctl", X(SEMCTL), 0, { { 0, 0, 0 } }, "r d0 d1 W2x d3", 0 },
{ "fsconfig", X(FSCONFIG), 0, { P(2), { 3, COPY_CONFIG_IN, 4 } }, "r d0 a1 p2 c3 c3 d4", 0 },
{ "keyctl", X(KEYCTL), 0, { { 0, 0, 0 } }, "r a0 k1 k2 k3 k4", 0 },
/* Of 32-bit programs only. */
{ "_llseek", X(LLSEEK), 0, { { 0, 0, 0 } }, "r d0 q12 a4", 0 },
{ "mmap2", X(MMAP2), MEM, { { 0, 0, 0 } }, "r M0 M1 M2 a0 a1 F2p F3m d4 a5", 0 },
};
/* clang-format on */

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

static struct syscall_row generic[PPM_SC_COUNT];
static const struct syscall_row *by_number[SYSCALL_MAX];
static const struct syscall_row *by_i386_number[I386_MAX];

static struct syscall_row *own_row(const char *name)
{
	for (int i = 0; i < ROW_COUNT; i++)
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	return NULL;
}

/* Is the memory it names laid out alike for 32-bit programs? */
static bool is_portable(const struct syscall_row *row)
{
	for (int i = 0; i < COPY_MAX; i++)
		switch (row->copies[i].kind) {
		case COPY_NONE:
		case COPY_PATH:
		case COPY_BYTES_IN:
		case COPY_BYTES_OUT:
		case COPY_ADDR_IN:
		case COPY_ADDR_OUT:
		case COPY_IOVEC_IN:
		case COPY_IOVEC_OUT:
		case COPY_STRINGS:
			break;
		case COPY_FIXED_IN:
		case COPY_FIXED_OUT:
			if (row->copies[i].with != 8)
				return false;
			break;
		default:
			return false;
		}
	return true;
}

static void fill_i386(const struct syscall_row *row, const char *name)
{
	for (int nr = 0; nr < I386_MAX; nr++)
		if (i386_names[nr] && !strcmp(i386_names[nr], name))
			by_i386_number[nr] = row;
}

static void fill(void)
{
	for (int sc = 0; sc < PPM_SC_COUNT; sc++) {
		int nr = ppm_scs[sc].x86_64_nr;
		const char *name = ppm_scs[sc].name;
		struct syscall_row *row = own_row(name);

		generic[sc] = (struct syscall_row){ .name = name,
						    .event = PPME_GENERIC_X,
						    .ppm_sc = (uint16_t)sc };
		if (row)
			row->ppm_sc = (uint16_t)sc;
		if (nr >= 0 && nr < SYSCALL_MAX)
			by_number[nr] = row ? row : &generic[sc];
		fill_i386(row && is_portable(row) ? row : &generic[sc], name);
	}
}

static const struct syscall_row *i386_row(int nr)
{
	if (nr < 0 || nr >= I386_MAX || !by_i386_number[nr])
		return &generic[0];
	return by_i386_number[nr];
}

const struct syscall_row *syscall_row(enum raw_abi abi, int nr)
{
	if (!generic[0].name)
		fill();
	if (abi == RAW_I386)
		return i386_row(nr);
	if (abi == RAW_X32)
		nr &= ~0x40000000;
	if (nr < 0 || nr >= SYSCALL_MAX || !by_number[nr])
		return &generic[0];
	return by_number[nr];
}

bool copy_is_output(enum copy_kind kind)
{
	return kind == COPY_BYTES_OUT || kind == COPY_FIXED_OUT ||
	       kind == COPY_ADDR_OUT || kind == COPY_IOVEC_OUT ||
	       kind == COPY_MSG_OUT || kind == COPY_MMSG_OUT ||
	       kind == COPY_POLL_OUT || kind == COPY_QUOTA_OUT;
}

int syscall_find(const char *name)
{
	for (int sc = 1; sc < PPM_SC_COUNT; sc++)
		if (!strcmp(ppm_scs[sc].name, name))
			return ppm_scs[sc].x86_64_nr;
	return -1;
}
