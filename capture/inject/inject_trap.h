/* SPDX-License-Identifier: Apache-2.0 */
/* Stops of traced threads, as the inject engine handles them. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_TRAP_H
#define SPOOR_CAPTURE_INJECT_INJECT_TRAP_H

#include "capture/ptrace/trace.h"

/* The engine's callbacks in the tracer, whose user is the struct injector. */
extern const struct trace_callbacks inject_callbacks;

#endif
