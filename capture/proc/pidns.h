/* SPDX-License-Identifier: Apache-2.0 */
/* When the pid namespace of a thread began: the start of its first process. */
#ifndef SPOOR_CAPTURE_PROC_PIDNS_H
#define SPOOR_CAPTURE_PROC_PIDNS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Nanoseconds after the boot; 0 for the machine's own namespace, or unknown.
 */
uint64_t pidns_start_ns(pid_t tid);

/* The same for threads whose ids in /proc's namespace are their only ones;
 * false: that namespace is not our own. */
bool pidns_of_proc(uint64_t *ret_start_ns);

/* Will the children of a thread be in its own?  False: no, or unknown. */
bool pidns_is_inherited(pid_t tid);

#endif
