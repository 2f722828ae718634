/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "denied CALL[,CALL...] COMMAND...": runs the command under a seccomp filter
 * that fails these calls with EPERM; "dispatch" is prctl(2) with
 * PR_SET_SYSCALL_USER_DISPATCH, failing with EINVAL, as before Linux 5.11.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(member) \
 BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip)
#define END(action)	    BPF_STMT(BPF_RET | BPF_K, action)

static const struct {
	const char *name;
	unsigned nr;
} calls[] = {
	{ "ptrace", SYS_ptrace },
	{ "memfd_create", SYS_memfd_create },
	{ "pidfd_open", SYS_pidfd_open },
	{ "pidfd_getfd", SYS_pidfd_getfd },
	{ "process_vm_readv", SYS_process_vm_readv },
	{ "seccomp", SYS_seccomp },
};

static int set_filter(struct sock_filter *code, size_t count)
{
	struct sock_fprog program = { (unsigned short)count, code };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

static int deny(const char *name)
{
	struct sock_filter dispatch[] = {
		LOAD(nr),
		UNLESS(SYS_prctl, 3),
		LOAD(args[0]),
		UNLESS(PR_SET_SYSCALL_USER_DISPATCH, 1),
		END(SECCOMP_RET_ERRNO | EINVAL),
		END(SECCOMP_RET_ALLOW),
	};
	struct sock_filter call[] = {
		LOAD(nr),
		UNLESS(0, 1),
		END(SECCOMP_RET_ERRNO | EPERM),
		END(SECCOMP_RET_ALLOW),
	};

	if (!strcmp(name, "dispatch"))
		return set_filter(dispatch, sizeof(dispatch) / sizeof(*call));
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (!strcmp(name, calls[i].name)) {
			call[1].k = calls[i].nr;
			return set_filter(call, sizeof(call) / sizeof(*call));
		}
	errno = EINVAL;
	return -1;
}

int main(int argc, char **argv)
{
	for (char *name = argc > 2 ? strtok(argv[1], ",") : NULL; name;
	     name = strtok(NULL, ","))
		if (deny(name)) {
			perror(name);
			return 125;
		}
	if (argc > 2)
		execvp(argv[2], argv + 2);
	perror("denied");
	return 127;
}
