/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of the syscall table, see syscalls.h: name, exit event, the facts
 * an engine adds, the memory to copy, and a step for each parameter of the
 * event.  doc/HACKING.md tells how a row is added.
 */
#include <sys/prctl.h>

#include "capture/record/syscalls.h"

/* clang-format off */
#define X(name) PPME_SYSCALL_##name##_X
#define S(name) PPME_SOCKET_##name##_X
#define FACTS(mask) .facts = (mask)
#define COPIES(...) .copies = { __VA_ARGS__ }
#define STEPS(...) .steps = { __VA_ARGS__ }, \
	.step_count = sizeof((struct param_step[]){ __VA_ARGS__ }) / \
		      sizeof(struct param_step)

/* Memory to copy: the argument, and the argument or number with its length. */
#define PATH_IN(arg) { (arg), COPY_PATH, 0 }
#define BYTES_IN(arg, len) { (arg), COPY_BYTES_IN, (len) }
#define BYTES_OUT(arg) { (arg), COPY_BYTES_OUT, 0 }
#define STRUCT_IN(arg, bytes) { (arg), COPY_FIXED_IN, (bytes) }
#define STRUCT_OUT(arg, bytes) { (arg), COPY_FIXED_OUT, (bytes) }
#define ADDR_IN(arg, len) { (arg), COPY_ADDR_IN, (len) }
#define ADDR_OUT(arg, len) { (arg), COPY_ADDR_OUT, (len) }
#define IOVEC_IN(arg, count) { (arg), COPY_IOVEC_IN, (count) }
#define IOVEC_OUT(arg, count) { (arg), COPY_IOVEC_OUT, (count) }
#define MSG_IN(arg) { (arg), COPY_MSG_IN, 0 }
#define MSG_OUT(arg) { (arg), COPY_MSG_OUT, 0 }
#define MMSG_OUT(arg) { (arg), COPY_MMSG_OUT, 0 }
#define STRINGS(arg) { (arg), COPY_STRINGS, 0 }
#define POLL_OUT(arg, count) { (arg), COPY_POLL_OUT, (count) }
#define NAME_IN(arg, option) { (arg), COPY_NAME_IN, (option) }
#define CONFIG_IN(arg, len) { (arg), COPY_CONFIG_IN, (len) }
#define QUOTA_IN(arg) { (arg), COPY_QUOTA_IN, 0 }
#define QUOTA_OUT(arg) { (arg), COPY_QUOTA_OUT, 0 }

/* Steps: enum param_source says what each one does. */
#define RET { .source = FROM_RET }
#define ZERO { .source = FROM_ZERO }
#define FD_PATH { .source = FROM_FD_PATH }
#define DEVICE { .source = FROM_DEVICE }
#define INODE { .source = FROM_INODE }
#define CREAT_LAYER { .source = FROM_CREAT_LAYER }
#define QUEUE_FULL { .source = FROM_QUEUE_FULL }
#define ACCEPTED { .source = FROM_ACCEPTED }
#define SOCKET_LEVEL { .source = FROM_SOCKET_LEVEL }
#define SOCKET_OPTION { .source = FROM_SOCKET_OPTION }
#define QUOTA_COMMAND { .source = FROM_QUOTA_COMMAND }
#define QUOTA_TYPE { .source = FROM_QUOTA_TYPE }
#define QUOTA_FORMAT { .source = FROM_QUOTA_FORMAT }
#define QUOTA_FORMAT_GOT { .source = FROM_QUOTA_FORMAT_GOT }
#define QUOTA_ID { .source = FROM_QUOTA_ID }
#define ARG(a) { .source = FROM_ARG, .arg = (a) }
#define INT(a) { .source = FROM_INT, .arg = (a) }
#define FD(a) { .source = FROM_INT, .arg = (a) }
#define OPEN_FLAGS(a) { .source = FROM_OPEN_FLAGS, .arg = (a) }
#define PTRACE_ARG(a) { .source = FROM_PTRACE_ARG, .arg = (a) }
#define KEY_ARG(a) { .source = FROM_KEY_ARG, .arg = (a) }
#define PATH(a) { .source = FROM_PATH, .arg = (a) }
#define DATA(a) { .source = FROM_DATA, .arg = (a) }
#define OFFSET(a) { .source = FROM_OFFSET, .arg = (a) }
#define LENGTH_AT(a) { .source = FROM_LENGTH_AT, .arg = (a) }
#define TIMESPEC(a) { .source = FROM_TIMESPEC, .arg = (a) }
#define POLLFDS(a) { .source = FROM_POLLFDS, .arg = (a) }
#define HOW_FLAGS(a) { .source = FROM_HOW_FLAGS, .arg = (a) }
#define HOW_RESOLVE(a) { .source = FROM_HOW_RESOLVE, .arg = (a) }
#define OPTION_VALUE(a) { .source = FROM_OPTION_VALUE, .arg = (a) }
#define PRCTL_TEXT(a) { .source = FROM_PRCTL_TEXT, .arg = (a) }
#define PRCTL_NUMBER(a) { .source = FROM_PRCTL_NUMBER, .arg = (a) }
#define CONFIG_TEXT(a) { .source = FROM_CONFIG_TEXT, .arg = (a) }
#define CONFIG_BYTES(a) { .source = FROM_CONFIG_BYTES, .arg = (a) }
#define MESSAGE_RESULT(a) { .source = FROM_MESSAGE_RESULT, .arg = (a) }
#define DONE(a) { .source = FROM_DONE, .arg = (a) }
#define TOTAL(a) { .source = FROM_TOTAL, .arg = (a) }
#define CONTROL(a) { .source = FROM_CONTROL, .arg = (a) }
#define SOCKADDR(a) { .source = FROM_SOCKADDR, .arg = (a) }
#define BOUND(a) { .source = FROM_BOUND, .arg = (a) }
#define CONNECTED(a) { .source = FROM_CONNECTED, .arg = (a) }
#define RECEIVED(a) { .source = FROM_RECEIVED, .arg = (a) }
#define QUOTA_FILE(a) { .source = FROM_QUOTA_FILE, .arg = (a) }
#define HALVES(a, low) { .source = FROM_HALVES, .arg = (a), .with = (low) }
#define OPEN_MODE(a, how) \
	{ .source = FROM_OPEN_MODE, .arg = (a), .with = (how) }
#define INT_AT(a, nth) { .source = FROM_INT_AT, .arg = (a), .with = (nth) }
#define LONG_AT(a, nth) { .source = FROM_LONG_AT, .arg = (a), .with = (nth) }
#define CAPS(a, nth) { .source = FROM_CAPS, .arg = (a), .with = (nth) }
#define SEM_MEMBER(a, nth) \
	{ .source = FROM_SEM_MEMBER, .arg = (a), .with = (nth) }
#define QUOTA_MEMBER(a, nth) \
	{ .source = FROM_QUOTA_MEMBER, .arg = (a), .with = (nth) }
#define WORD(nth) { .source = FROM_WORD, .with = (nth) }
#define FLAGS(a, by) { .source = FROM_FLAGS, .arg = (a), .set = (by) }
#define VALUE(a, by) { .source = FROM_VALUE, .arg = (a), .set = (by) }
#define FLAGS_AT(a, nth, by) \
	{ .source = FROM_FLAGS_AT, .arg = (a), .with = (nth), .set = (by) }

const struct syscall_row syscall_rows[] = {
{ "read", X(READ), COPIES(BYTES_OUT(1)), STEPS(RET, DATA(1), FD(0), ARG(2)) },
{ "write", X(WRITE), COPIES(BYTES_IN(1, 2)),
  STEPS(RET, DATA(1), FD(0), ARG(2)) },
{ "pread64", X(PREAD), COPIES(BYTES_OUT(1)),
  STEPS(RET, DATA(1), FD(0), ARG(2), ARG(3)) },
{ "pwrite64", X(PWRITE), COPIES(BYTES_IN(1, 2)),
  STEPS(RET, DATA(1), FD(0), ARG(2), ARG(3)) },
{ "readv", X(READV), COPIES(IOVEC_OUT(1, 2)),
  STEPS(RET, DONE(0), DATA(1), FD(0)) },
{ "writev", X(WRITEV), COPIES(IOVEC_IN(1, 2)),
  STEPS(RET, DATA(1), FD(0), TOTAL(1)) },
{ "preadv", X(PREADV), COPIES(IOVEC_OUT(1, 2)),
  STEPS(RET, DONE(0), DATA(1), FD(0), ARG(3)) },
{ "pwritev", X(PWRITEV), COPIES(IOVEC_IN(1, 2)),
  STEPS(RET, DATA(1), FD(0), TOTAL(1), ARG(3)) },
{ "open", X(OPEN), FACTS(FACT_STAT_RET), COPIES(PATH_IN(0)),
  STEPS(RET, PATH(0), OPEN_FLAGS(1), OPEN_MODE(2, 1), DEVICE, INODE) },
{ "openat", X(OPENAT_2), FACTS(FACT_STAT_RET), COPIES(PATH_IN(1)),
  STEPS(RET, FD(0), PATH(1), OPEN_FLAGS(2), OPEN_MODE(3, 2), DEVICE, INODE) },
{ "openat2", X(OPENAT2), FACTS(FACT_STAT_RET),
  COPIES(PATH_IN(1), STRUCT_IN(2, 24)),
  STEPS(RET, FD(0), PATH(1), HOW_FLAGS(2), LONG_AT(2, 1), HOW_RESOLVE(2),
	DEVICE, INODE) },
{ "creat", X(CREAT), FACTS(FACT_STAT_RET), COPIES(PATH_IN(0)),
  STEPS(RET, PATH(0), ARG(1), DEVICE, INODE, CREAT_LAYER) },
{ "open_by_handle_at", X(OPEN_BY_HANDLE_AT),
  FACTS(FACT_STAT_RET | FACT_PATH_RET),
  STEPS(RET, FD(0), OPEN_FLAGS(2), FD_PATH, DEVICE, INODE) },
{ "close", X(CLOSE), STEPS(RET, FD(0)) },
{ "close_range", X(CLOSE_RANGE), STEPS(RET, ARG(0), ARG(1), ARG(2)) },
{ "dup", X(DUP_1), STEPS(RET, FD(0)) },
{ "dup2", X(DUP2), STEPS(RET, FD(0), FD(1)) },
{ "dup3", X(DUP3), STEPS(RET, FD(0), FD(1), FLAGS(2, SET_FILE)) },
{ "pipe", X(PIPE), FACTS(FACT_PIPE), COPIES(STRUCT_OUT(0, 8)),
  STEPS(RET, INT_AT(0, 0), INT_AT(0, 1), INODE) },
{ "pipe2", X(PIPE2), FACTS(FACT_PIPE), COPIES(STRUCT_OUT(0, 8)),
  STEPS(RET, INT_AT(0, 0), INT_AT(0, 1), INODE, FLAGS(1, SET_FILE)) },
{ "fcntl", X(FCNTL), STEPS(RET, FD(0), VALUE(1, SET_FCNTL), ARG(2)) },
{ "ioctl", X(IOCTL_3), STEPS(RET, FD(0), ARG(1), ARG(2)) },
{ "lseek", X(LSEEK), STEPS(RET, FD(0), ARG(1), ARG(2)) },
{ "stat", X(STAT), COPIES(PATH_IN(0)), STEPS(RET, PATH(0)) },
{ "lstat", X(LSTAT), COPIES(PATH_IN(0)), STEPS(RET, PATH(0)) },
{ "fstat", X(FSTAT), STEPS(RET, FD(0)) },
{ "newfstatat", X(NEWFSTATAT), COPIES(PATH_IN(1)),
  STEPS(RET, FD(0), PATH(1), ARG(3)) },
{ "access", X(ACCESS), COPIES(PATH_IN(0)), STEPS(RET, PATH(0), ARG(1)) },
{ "getdents", X(GETDENTS), STEPS(RET, FD(0)) },
{ "getdents64", X(GETDENTS64), STEPS(RET, FD(0)) },
{ "getcwd", X(GETCWD), COPIES(BYTES_OUT(0)), STEPS(RET, PATH(0)) },
{ "chdir", X(CHDIR), COPIES(PATH_IN(0)), STEPS(RET, PATH(0)) },
{ "fchdir", X(FCHDIR), STEPS(RET, FD(0)) },
{ "chroot", X(CHROOT), COPIES(PATH_IN(0)), STEPS(RET, PATH(0)) },
{ "mkdir", X(MKDIR_2), COPIES(PATH_IN(0)), STEPS(RET, PATH(0), ARG(1)) },
{ "mkdirat", X(MKDIRAT), COPIES(PATH_IN(1)),
  STEPS(RET, FD(0), PATH(1), ARG(2)) },
{ "rmdir", X(RMDIR_2), COPIES(PATH_IN(0)), STEPS(RET, PATH(0)) },
{ "unlink", X(UNLINK_2), COPIES(PATH_IN(0)), STEPS(RET, PATH(0)) },
{ "unlinkat", X(UNLINKAT_2), COPIES(PATH_IN(1)),
  STEPS(RET, FD(0), PATH(1), ARG(2)) },
{ "rename", X(RENAME), COPIES(PATH_IN(0), PATH_IN(1)),
  STEPS(RET, PATH(0), PATH(1)) },
{ "renameat", X(RENAMEAT), COPIES(PATH_IN(1), PATH_IN(3)),
  STEPS(RET, FD(0), PATH(1), FD(2), PATH(3)) },
{ "renameat2", X(RENAMEAT2), COPIES(PATH_IN(1), PATH_IN(3)),
  STEPS(RET, FD(0), PATH(1), FD(2), PATH(3), ARG(4)) },
{ "link", X(LINK_2), COPIES(PATH_IN(0), PATH_IN(1)),
  STEPS(RET, PATH(0), PATH(1)) },
{ "linkat", X(LINKAT_2), COPIES(PATH_IN(1), PATH_IN(3)),
  STEPS(RET, FD(0), PATH(1), FD(2), PATH(3), ARG(4)) },
{ "symlink", X(SYMLINK), COPIES(PATH_IN(0), PATH_IN(1)),
  STEPS(RET, PATH(0), PATH(1)) },
{ "symlinkat", X(SYMLINKAT), COPIES(PATH_IN(0), PATH_IN(2)),
  STEPS(RET, PATH(0), FD(1), PATH(2)) },
{ "mknod", X(MKNOD), COPIES(PATH_IN(0)), STEPS(RET, PATH(0), ARG(1), ARG(2)) },
{ "mknodat", X(MKNODAT), COPIES(PATH_IN(1)),
  STEPS(RET, FD(0), PATH(1), ARG(2), ARG(3)) },
{ "chmod", X(CHMOD), COPIES(PATH_IN(0)), STEPS(RET, PATH(0), ARG(1)) },
{ "fchmod", X(FCHMOD), STEPS(RET, FD(0), ARG(1)) },
{ "fchmodat", X(FCHMODAT), COPIES(PATH_IN(1)),
  STEPS(RET, FD(0), PATH(1), ARG(2)) },
{ "chown", X(CHOWN), COPIES(PATH_IN(0)), STEPS(RET, PATH(0), ARG(1), ARG(2)) },
{ "lchown", X(LCHOWN), COPIES(PATH_IN(0)),
  STEPS(RET, PATH(0), ARG(1), ARG(2)) },
{ "fchown", X(FCHOWN), STEPS(RET, FD(0), ARG(1), ARG(2)) },
{ "fchownat", X(FCHOWNAT), COPIES(PATH_IN(1)),
  STEPS(RET, FD(0), PATH(1), ARG(2), ARG(3), FLAGS(4, SET_AT)) },
{ "mount", X(MOUNT), COPIES(PATH_IN(0), PATH_IN(1), PATH_IN(2)),
  STEPS(RET, PATH(0), PATH(1), PATH(2), ARG(3)) },
{ "umount", X(UMOUNT_1), COPIES(PATH_IN(0)), STEPS(RET, PATH(0)) },
{ "umount2", X(UMOUNT2), COPIES(PATH_IN(0)), STEPS(RET, PATH(0), ARG(1)) },
{ "flock", X(FLOCK), STEPS(RET, FD(0), ARG(1)) },
{ "sendfile", X(SENDFILE), COPIES(STRUCT_IN(2, 8)),
  STEPS(RET, OFFSET(2), FD(0), FD(1), ARG(3)) },
{ "splice", X(SPLICE), STEPS(RET, FD(0), FD(2), ARG(4), ARG(5)) },
{ "copy_file_range", X(COPY_FILE_RANGE),
  COPIES(STRUCT_IN(1, 8), STRUCT_IN(3, 8)),
  STEPS(RET, FD(2), OFFSET(3), FD(0), OFFSET(1), ARG(4)) },
{ "socket", S(SOCKET),
  STEPS(RET, ARG(0), ARG(1), ARG(2), FLAGS(1, SET_SOCKET)) },
{ "socketpair", S(SOCKETPAIR), COPIES(STRUCT_OUT(3, 8)),
  STEPS(RET, INT_AT(3, 0), INT_AT(3, 1), ZERO, ZERO, ARG(0), ARG(1), ARG(2)) },
{ "bind", S(BIND), FACTS(FACT_SOCKET_ARG0), COPIES(ADDR_IN(1, 2)),
  STEPS(RET, BOUND(1), FD(0)) },
{ "connect", S(CONNECT), FACTS(FACT_SOCKET_ARG0), COPIES(ADDR_IN(1, 2)),
  STEPS(RET, CONNECTED(1), FD(0), SOCKADDR(1)) },
{ "listen", S(LISTEN), STEPS(RET, FD(0), INT(1)) },
{ "accept", S(ACCEPT_5), FACTS(FACT_SOCKET_RET | FACT_QUEUE),
  STEPS(RET, ACCEPTED, QUEUE_FULL, WORD(0), WORD(1)) },
{ "accept4", S(ACCEPT4_6), FACTS(FACT_SOCKET_RET | FACT_QUEUE),
  STEPS(RET, ACCEPTED, QUEUE_FULL, WORD(0), WORD(1), FLAGS(3,
	SET_SOCKET)) },
{ "shutdown", S(SHUTDOWN), STEPS(RET, FD(0), ARG(1)) },
{ "sendto", S(SENDTO), FACTS(FACT_SOCKET_ARG0),
  COPIES(BYTES_IN(1, 2), ADDR_IN(4, 5)),
  STEPS(RET, DATA(1), FD(0), ARG(2), CONNECTED(4)) },
{ "recvfrom", S(RECVFROM), FACTS(FACT_SOCKET_ARG0),
  COPIES(BYTES_OUT(1), ADDR_OUT(4, 5)),
  STEPS(RET, DATA(1), RECEIVED(4), FD(0), ARG(2)) },
{ "sendmsg", S(SENDMSG), FACTS(FACT_SOCKET_ARG0), COPIES(MSG_IN(1)),
  STEPS(RET, DATA(1), FD(0), TOTAL(1), CONNECTED(1)) },
{ "recvmsg", S(RECVMSG), FACTS(FACT_SOCKET_ARG0), COPIES(MSG_OUT(1)),
  STEPS(RET, DONE(0), DATA(1), RECEIVED(1), CONTROL(1), FD(0)) },
{ "sendmmsg", S(SENDMMSG), FACTS(FACT_SOCKET_ARG0), COPIES(MMSG_OUT(1)),
  STEPS(MESSAGE_RESULT(1), FD(0), TOTAL(1), DATA(1), CONNECTED(1)) },
{ "recvmmsg", S(RECVMMSG), FACTS(FACT_SOCKET_ARG0), COPIES(MMSG_OUT(1)),
  STEPS(MESSAGE_RESULT(1), FD(0), DONE(1), DATA(1), RECEIVED(1),
	CONTROL(1)) },
{ "setsockopt", S(SETSOCKOPT), COPIES(BYTES_IN(3, 4)),
  STEPS(RET, FD(0), SOCKET_LEVEL, SOCKET_OPTION, OPTION_VALUE(3), ARG(4)) },
{ "getsockopt", S(GETSOCKOPT), COPIES(ADDR_OUT(3, 4), STRUCT_OUT(4, 4)),
  STEPS(RET, FD(0), SOCKET_LEVEL, SOCKET_OPTION, OPTION_VALUE(3),
	LENGTH_AT(4)) },
{ "epoll_create", X(EPOLL_CREATE), STEPS(RET, ARG(0)) },
{ "epoll_create1", X(EPOLL_CREATE1), STEPS(RET, FLAGS(0, SET_EPOLL)) },
{ "epoll_wait", X(EPOLLWAIT), STEPS(RET, INT(2)) },
{ "poll", X(POLL), COPIES(POLL_OUT(0, 1)), STEPS(RET, POLLFDS(0), INT(2)) },
{ "ppoll", X(PPOLL), COPIES(POLL_OUT(0, 1), STRUCT_IN(2, 16), STRUCT_IN(3, 8)),
  STEPS(RET, POLLFDS(0), TIMESPEC(2), INT_AT(3, 0)) },
{ "select", X(SELECT), STEPS(RET) },
{ "pselect6", X(SELECT), STEPS(RET) },
{ "eventfd", X(EVENTFD), STEPS(RET, ARG(0), ZERO) },
{ "eventfd2", X(EVENTFD2), STEPS(RET, FLAGS(1, SET_FILE), ARG(0)) },
{ "signalfd", X(SIGNALFD), COPIES(STRUCT_IN(1, 8)),
  STEPS(RET, FD(0), INT_AT(1, 0), ZERO) },
{ "signalfd4", X(SIGNALFD4), COPIES(STRUCT_IN(1, 8)),
  STEPS(RET, FLAGS(3, SET_FILE), FD(0), INT_AT(1, 0)) },
{ "timerfd_create", X(TIMERFD_CREATE), STEPS(RET, ARG(0), ZERO) },
{ "inotify_init", X(INOTIFY_INIT), STEPS(RET, ZERO) },
{ "inotify_init1", X(INOTIFY_INIT1), STEPS(RET, FLAGS(0, SET_FILE)) },
{ "memfd_create", X(MEMFD_CREATE), COPIES(PATH_IN(0)),
  STEPS(RET, PATH(0), ARG(1)) },
{ "pidfd_open", X(PIDFD_OPEN), STEPS(RET, INT(0), FLAGS(1, SET_PIDFD)) },
{ "pidfd_getfd", X(PIDFD_GETFD), STEPS(RET, FD(0), FD(1), ARG(2)) },
{ "userfaultfd", X(USERFAULTFD), STEPS(RET, FLAGS(0, SET_FILE)) },
{ "bpf", X(BPF_2), STEPS(RET, ARG(0)) },
{ "io_uring_setup", X(IO_URING_SETUP), COPIES(STRUCT_OUT(1, 24)),
  STEPS(RET, ARG(0), INT_AT(1, 0), INT_AT(1, 1), FLAGS_AT(1, 2, SET_IO_URING),
	INT_AT(1, 3), INT_AT(1, 4), INT_AT(1, 5)) },
{ "io_uring_enter", X(IO_URING_ENTER), COPIES(STRUCT_IN(4, 8)),
  STEPS(RET, FD(0), ARG(1), ARG(2), ARG(3), INT_AT(4, 0)) },
{ "io_uring_register", X(IO_URING_REGISTER),
  STEPS(RET, FD(0), ARG(1), ARG(2), ARG(3)) },
{ "execve", X(EXECVE_19), FACTS(FACT_PROC),
  COPIES(PATH_IN(0), STRINGS(1), STRINGS(2)) },
{ "execveat", X(EXECVEAT), FACTS(FACT_PROC),
  COPIES(PATH_IN(1), STRINGS(2), STRINGS(3)) },
{ "clone", X(CLONE_20), FACTS(0) },
{ "clone3", X(CLONE3), COPIES(STRUCT_IN(0, 64)) },
{ "fork", X(FORK_20), FACTS(0) },
{ "vfork", X(VFORK_20), FACTS(0) },
{ "setuid", X(SETUID), STEPS(RET, ARG(0)) },
{ "setgid", X(SETGID), STEPS(RET, ARG(0)) },
{ "setreuid", X(SETREUID), STEPS(RET, ARG(0), ARG(1)) },
{ "setregid", X(SETREGID), STEPS(RET, ARG(0), ARG(1)) },
{ "setresuid", X(SETRESUID), STEPS(RET, ARG(0), ARG(1), ARG(2)) },
{ "setresgid", X(SETRESGID), STEPS(RET, ARG(0), ARG(1), ARG(2)) },
{ "getuid", X(GETUID), STEPS(RET) },
{ "geteuid", X(GETEUID), STEPS(RET) },
{ "getgid", X(GETGID), STEPS(RET) },
{ "getegid", X(GETEGID), STEPS(RET) },
{ "getresuid", X(GETRESUID),
  COPIES(STRUCT_OUT(0, 4), STRUCT_OUT(1, 4), STRUCT_OUT(2, 4)),
  STEPS(RET, INT_AT(0, 0), INT_AT(1, 0), INT_AT(2, 0)) },
{ "getresgid", X(GETRESGID),
  COPIES(STRUCT_OUT(0, 4), STRUCT_OUT(1, 4), STRUCT_OUT(2, 4)),
  STEPS(RET, INT_AT(0, 0), INT_AT(1, 0), INT_AT(2, 0)) },
{ "setsid", X(SETSID), STEPS(RET) },
{ "setpgid", X(SETPGID), STEPS(RET, INT(0), INT(1)) },
{ "setns", X(SETNS), STEPS(RET, FD(0), FLAGS(1, SET_CLONE)) },
{ "unshare", X(UNSHARE), STEPS(RET, FLAGS(0, SET_CLONE)) },
{ "capset", X(CAPSET), COPIES(STRUCT_IN(1, 24)),
  STEPS(RET, CAPS(1, 2), CAPS(1, 1), CAPS(1, 0)) },
{ "prctl", X(PRCTL), COPIES(NAME_IN(1, PR_SET_NAME)),
  STEPS(RET, ARG(0), PRCTL_TEXT(1), PRCTL_NUMBER(1)) },
{ "seccomp", X(SECCOMP), STEPS(RET, ARG(0), ARG(1)) },
{ "ptrace", X(PTRACE),
  STEPS(RET, PTRACE_ARG(2), PTRACE_ARG(3), VALUE(0, SET_PTRACE), INT(1)) },
{ "kill", X(KILL), STEPS(RET, INT(0), ARG(1)) },
{ "tkill", X(TKILL), STEPS(RET, INT(0), ARG(1)) },
{ "tgkill", X(TGKILL), STEPS(RET, INT(0), INT(1), ARG(2)) },
{ "mmap", X(MMAP), FACTS(FACT_MEMORY),
  STEPS(RET, WORD(0), WORD(1), WORD(2), ARG(0), ARG(1),
	FLAGS(2, SET_PROT), FLAGS(3, SET_MMAP), FD(4), ARG(5)) },
{ "munmap", X(MUNMAP), FACTS(FACT_MEMORY),
  STEPS(RET, WORD(0), WORD(1), WORD(2), ARG(0), ARG(1)) },
{ "mprotect", X(MPROTECT), STEPS(RET, ARG(0), ARG(1), FLAGS(2, SET_PROT)) },
{ "brk", X(BRK_4), FACTS(FACT_MEMORY),
  STEPS(RET, WORD(0), WORD(1), WORD(2), ARG(0)) },
{ "mlock", X(MLOCK), STEPS(RET, ARG(0), ARG(1)) },
{ "munlock", X(MUNLOCK), STEPS(RET, ARG(0), ARG(1)) },
{ "mlockall", X(MLOCKALL), STEPS(RET, ARG(0)) },
{ "munlockall", X(MUNLOCKALL), STEPS(RET) },
{ "mlock2", X(MLOCK2), STEPS(RET, ARG(0), ARG(1), ARG(2)) },
{ "process_vm_readv", X(PROCESS_VM_READV), COPIES(IOVEC_OUT(1, 2)),
  STEPS(RET, INT(0), DATA(1)) },
{ "process_vm_writev", X(PROCESS_VM_WRITEV), COPIES(IOVEC_IN(1, 2)),
  STEPS(RET, INT(0), DATA(1)) },
{ "futex", X(FUTEX), STEPS(RET, ARG(0), ARG(1), ARG(2)) },
{ "nanosleep", X(NANOSLEEP), COPIES(STRUCT_IN(0, 16)),
  STEPS(RET, TIMESPEC(0)) },
{ "getrlimit", X(GETRLIMIT), COPIES(STRUCT_OUT(1, 16)),
  STEPS(RET, LONG_AT(1, 0), LONG_AT(1, 1), ARG(0)) },
{ "setrlimit", X(SETRLIMIT), COPIES(STRUCT_IN(1, 16)),
  STEPS(RET, LONG_AT(1, 0), LONG_AT(1, 1), ARG(0)) },
{ "prlimit64", X(PRLIMIT), COPIES(STRUCT_IN(2, 16), STRUCT_OUT(3, 16)),
  STEPS(RET, LONG_AT(2, 0), LONG_AT(2, 1), LONG_AT(3, 0), LONG_AT(3, 1),
	INT(0), ARG(1)) },
{ "init_module", X(INIT_MODULE), COPIES(BYTES_IN(0, 1), PATH_IN(2)),
  STEPS(RET, DATA(0), ARG(1), PATH(2)) },
{ "finit_module", X(FINIT_MODULE), COPIES(PATH_IN(1)),
  STEPS(RET, FD(0), PATH(1), ARG(2)) },
{ "delete_module", X(DELETE_MODULE), COPIES(PATH_IN(0)),
  STEPS(RET, PATH(0), FLAGS(1, SET_DELETE_MODULE)) },
{ "quotactl", X(QUOTACTL), COPIES(PATH_IN(1), QUOTA_IN(3), QUOTA_OUT(3)),
  STEPS(RET, PATH(1), QUOTA_FILE(3), QUOTA_MEMBER(3, 0), QUOTA_MEMBER(3, 1),
	QUOTA_MEMBER(3, 2), QUOTA_MEMBER(3, 3), QUOTA_MEMBER(3, 4),
	QUOTA_MEMBER(3, 5), QUOTA_MEMBER(3, 6), QUOTA_MEMBER(3, 7),
	QUOTA_MEMBER(3, 8), QUOTA_MEMBER(3, 9), QUOTA_FORMAT_GOT,
	QUOTA_COMMAND, QUOTA_TYPE, QUOTA_ID, QUOTA_FORMAT) },
{ "semget", X(SEMGET), STEPS(RET, INT(0), INT(1), FLAGS(2, SET_SEMGET)) },
{ "semop", X(SEMOP), COPIES(STRUCT_IN(1, 12)),
  STEPS(RET, ARG(2), SEM_MEMBER(1, 0), SEM_MEMBER(1, 1), SEM_MEMBER(1, 2),
	SEM_MEMBER(1, 3), SEM_MEMBER(1, 4), SEM_MEMBER(1, 5), INT(0)) },
{ "semctl", X(SEMCTL),
  STEPS(RET, INT(0), INT(1), VALUE(2, SET_SEMCTL), INT(3)) },
{ "fsconfig", X(FSCONFIG), COPIES(PATH_IN(2), CONFIG_IN(3, 4)),
  STEPS(RET, FD(0), ARG(1), PATH(2), CONFIG_BYTES(3), CONFIG_TEXT(3), INT(4)) },
{ "keyctl", X(KEYCTL),
  STEPS(RET, ARG(0), KEY_ARG(1), KEY_ARG(2), KEY_ARG(3), KEY_ARG(4)) },
/*
 * Without an event of their own: the descriptor or path that they were given is
 * told by a note before it.
 */
{ "truncate", PPME_GENERIC_X, COPIES(PATH_IN(0)), STEPS(PATH(0)) },
{ "ftruncate", PPME_GENERIC_X, STEPS(FD(0)) },
{ "preadv2", PPME_GENERIC_X, STEPS(FD(0)) },
{ "pwritev2", PPME_GENERIC_X, STEPS(FD(0)) },
/* Of 32-bit programs only. */
{ "_llseek", X(LLSEEK), STEPS(RET, FD(0), HALVES(1, 2), ARG(4)) },
{ "mmap2", X(MMAP2), FACTS(FACT_MEMORY),
  STEPS(RET, WORD(0), WORD(1), WORD(2), ARG(0), ARG(1),
	FLAGS(2, SET_PROT), FLAGS(3, SET_MMAP), FD(4), ARG(5)) },
{ 0 }
};
/* clang-format on */
