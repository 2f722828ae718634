/* SPDX-License-Identifier: Apache-2.0 */
/* The filter program, call by call; see seccomp.h. */
#include "capture/ptrace/seccomp.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "capture/record/syscalls.h"

/* Two instructions a call, and a few around them. */
enum { PROGRAM_MAX = 2 * SYSCALL_MAX + 8, CAP_SYS_ADMIN_BIT = 21 };

static unsigned put(struct sock_filter *program, unsigned at,
		    struct sock_filter instruction)
{
	program[at] = instruction;
	return at + 1;
}

/* Writes the filter program; its length in instructions. */
static unsigned build(struct sock_filter *program, const bool *wanted)
{
	const struct sock_filter trace =
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
	const struct sock_filter load_arch = BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	const struct sock_filter load_nr = BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	const struct sock_filter is_native =
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0);
	const struct sock_filter is_low =
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, SYSCALL_MAX, 0, 1);
	const struct sock_filter allow =
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	unsigned n = 0;

	n = put(program, n, load_arch);
	n = put(program, n, is_native);
	n = put(program, n, trace);
	n = put(program, n, load_nr);
	n = put(program, n, is_low);
	n = put(program, n, trace);
	for (unsigned nr = 0; nr < SYSCALL_MAX; nr++) {
		const struct sock_filter is_nr =
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1);

		if (!wanted[nr])
			continue;
		n = put(program, n, is_nr);
		n = put(program, n, trace);
	}
	return put(program, n, allow);
}

int seccomp_trace_only(const bool *wanted)
{
	struct sock_filter program[PROGRAM_MAX];
	struct sock_fprog fprog = { (unsigned short)build(program, wanted),
				    program };

	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &fprog);
}

bool seccomp_known(void)
{
	const uint32_t action = SECCOMP_RET_TRACE;

	return !syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action);
}

bool seccomp_allowed(void)
{
	struct {
		uint32_t version;
		int pid;
	} header = { 0x20080522, 0 };
	struct {
		uint32_t effective, permitted, inheritable;
	} data[2] = { { 0, 0, 0 } };

	if (syscall(SYS_capget, &header, data))
		return false;
	return data[0].effective >> CAP_SYS_ADMIN_BIT & 1;
}
