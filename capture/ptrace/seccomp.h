/* SPDX-License-Identifier: Apache-2.0 */
/* A filter that stops only some calls; seccomp(2), SECCOMP_RET_TRACE. */
#ifndef SPOOR_CAPTURE_PTRACE_SECCOMP_H
#define SPOOR_CAPTURE_PTRACE_SECCOMP_H

#include <stdbool.h>

/*
 * Installs a filter in the calling process and its descendants: calls of x86-64
 * whose number is set in `wanted' (SYSCALL_MAX of them) stop for the tracer,
 * and all calls of other ABIs.  A stopped call fails with ENOSYS if the tracer
 * has died.  Needs CAP_SYS_ADMIN: without that the kernel wants programs to
 * lose their setuid bits.  0, or -1 and errno.
 */
int seccomp_trace_only(const bool *wanted);

/* Does seccomp(2) work, and know filters that stop calls?  false and errno. */
bool seccomp_known(void);

/* May this process install such a filter? */
bool seccomp_allowed(void);

#endif
