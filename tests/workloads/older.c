/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "older COMMAND...": as on Linux before 6.4, whose ptrace(2) does not know
 * about Syscall User Dispatch, nor /proc/PID/maps about single mappings.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SET_DISPATCH = 0x4210, GET_DISPATCH };

#define PROCMAP_QUERY 0xc0686611u

#define LOAD(member) \
 BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip)
#define IF(value, skip)	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, skip, 0)
#define END(action)	    BPF_STMT(BPF_RET | BPF_K, action)

int main(int argc, char **argv)
{
	struct sock_filter code[] = {
		LOAD(nr),
		UNLESS(SYS_ptrace, 3),
		LOAD(args[0]),
		IF(SET_DISPATCH, 5),
		IF(GET_DISPATCH, 4),
		UNLESS(SYS_ioctl, 2),
		LOAD(args[1]),
		IF(PROCMAP_QUERY, 2),
		END(SECCOMP_RET_ALLOW),
		END(SECCOMP_RET_ERRNO | EIO),
		END(SECCOMP_RET_ERRNO | ENOTTY),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	if (argc < 2 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0)) {
		perror("older: seccomp");
		return 125;
	}
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 127;
}
