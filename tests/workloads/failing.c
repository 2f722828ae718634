/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that fail, each by an invalid descriptor and an invalid address: their
 * results are missing, but numbers must be in the capture nevertheless.
 */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "expect.h"

enum { BAD = 1 }; /* an address */

static const int with_descriptor[] = {
	SYS_read,
	SYS_write,
	SYS_pread64,
	SYS_pwrite64,
	SYS_readv,
	SYS_writev,
	SYS_preadv,
	SYS_pwritev,
	SYS_openat,
	SYS_openat2,
	SYS_open_by_handle_at,
	SYS_close,
	SYS_dup,
	SYS_dup2,
	SYS_dup3,
	SYS_fcntl,
	SYS_ioctl,
	SYS_lseek,
	SYS_fstat,
	SYS_newfstatat,
	SYS_getdents64,
	SYS_fchdir,
	SYS_mkdirat,
	SYS_unlinkat,
	SYS_renameat2,
	SYS_linkat,
	SYS_symlinkat,
	SYS_mknodat,
	SYS_fchmod,
	SYS_fchmodat,
	SYS_fchown,
	SYS_fchownat,
	SYS_flock,
	SYS_sendfile,
	SYS_splice,
	SYS_copy_file_range,
	SYS_bind,
	SYS_connect,
	SYS_listen,
	SYS_accept,
	SYS_accept4,
	SYS_shutdown,
	SYS_sendto,
	SYS_recvfrom,
	SYS_sendmsg,
	SYS_recvmsg,
	SYS_sendmmsg,
	SYS_recvmmsg,
	SYS_setsockopt,
	SYS_getsockopt,
	SYS_epoll_wait,
	SYS_signalfd4,
	SYS_pidfd_open,
	SYS_pidfd_getfd,
	SYS_io_uring_enter,
	SYS_io_uring_register,
	SYS_setns,
	SYS_setpgid,
	SYS_process_vm_readv,
	SYS_process_vm_writev,
	SYS_finit_module,
	SYS_fsconfig,
	SYS_bpf,
	SYS_keyctl,
	SYS_seccomp,
	SYS_prctl,
	SYS_socket,
	SYS_socketpair,
	SYS_unshare,
	SYS_userfaultfd,
	SYS_semget,
	SYS_semctl,
	SYS_setuid,
	SYS_setgid,
	SYS_inotify_init1,
	SYS_eventfd2,
	SYS_timerfd_create,
	SYS_epoll_create1,
	SYS_mlock2,
	SYS_execveat,
	SYS_ptrace,
};

static const int with_address[] = {
	SYS_open,	  SYS_creat,	      SYS_pipe,	     SYS_pipe2,
	SYS_stat,	  SYS_lstat,	      SYS_access,    SYS_getcwd,
	SYS_chdir,	  SYS_chroot,	      SYS_mkdir,     SYS_rmdir,
	SYS_unlink,	  SYS_rename,	      SYS_link,	     SYS_symlink,
	SYS_mknod,	  SYS_chmod,	      SYS_chown,     SYS_mount,
	SYS_umount2,	  SYS_poll,	      SYS_ppoll,     SYS_select,
	SYS_memfd_create, SYS_io_uring_setup, SYS_execve,    SYS_clone3,
	SYS_getresuid,	  SYS_getresgid,      SYS_capset,    SYS_nanosleep,
	SYS_futex,	  SYS_getrlimit,      SYS_setrlimit, SYS_prlimit64,
	SYS_init_module,  SYS_delete_module,  SYS_quotactl,  SYS_semop,
	SYS_munmap,	  SYS_mprotect,	      SYS_munlock,   SYS_mmap,
};

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* In a child: some of them may do harm to the process after all. */
static void make_them(void)
{
	for (size_t i = 0; i < COUNT_OF(with_descriptor); i++)
		syscall(with_descriptor[i], -1, BAD, BAD, BAD, BAD, BAD);
	for (size_t i = 0; i < COUNT_OF(with_address); i++)
		syscall(with_address[i], BAD, BAD, BAD, BAD, BAD, BAD);
	syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, NULL);
	_exit(0);
}

int main(void)
{
	struct rlimit limit;
	int status = 0;
	pid_t child = fork();

	if (!child)
		make_them();
	require(waitpid(child, &status, 0) == child, "wait");
	require(WIFEXITED(status) && !WEXITSTATUS(status), "the child's end");
	require(!syscall(SYS_prlimit64, 0, RLIMIT_STACK, NULL, &limit),
		"prlimit");
	expect(1, "evt.type=prlimit and evt.arg.newcur=0 and evt.arg.oldcur=-1 "
		  "and evt.arg.oldmax=-1");
	expect(1, "evt.type=prlimit and evt.arg.newcur=0 and evt.arg.oldcur=0 "
		  "and evt.arg.pid=0 and evt.arg.resource=RLIMIT_NOFILE");
	expect(1, "evt.type=getrlimit and evt.arg.cur=-1 and evt.arg.max=-1");
	expect(1, "evt.type=setrlimit and evt.arg.cur=0 and evt.arg.max=0");
	expect(1, "evt.type=open_by_handle_at and evt.arg.dev=0 and "
		  "evt.arg.ino=0");
	expect(1,
	       "evt.type=pipe and evt.rawarg.fd1=-1 and evt.rawarg.fd2=-1 and "
	       "evt.arg.ino=0");
	expect(1, "evt.type=socketpair and evt.rawarg.fd1=-1");
	expect(1, "evt.type=getresuid and evt.arg.euid=<NONE>");
	expect(1,
	       "evt.type=openat2 and evt.arg.flags=O_NONE and evt.arg.mode=0");
	expect(1, "evt.type=nanosleep and evt.arg.interval=0s");
	expect(1, "evt.type=io_uring_setup and evt.arg.sq_entries=0");
	expect(1, "evt.type=capset and evt.arg.cap_permitted exists");
	return 0;
}
