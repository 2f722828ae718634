/* SPDX-License-Identifier: Apache-2.0 */
/* The engines that engines.c lists. */
#ifndef SPOOR_CAPTURE_ENGINES_H
#define SPOOR_CAPTURE_ENGINES_H

struct capture_engine;

extern const struct capture_engine engine_inject;
extern const struct capture_engine engine_ptrace;

#endif
