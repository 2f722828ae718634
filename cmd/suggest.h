/* SPDX-License-Identifier: Apache-2.0 */
/* "Did you mean" for names that a parser refused. */
#ifndef SPOOR_CMD_SUGGEST_H
#define SPOOR_CMD_SUGGEST_H

#include "core/error.h"
#include "core/nearest.h"

/* The field or event type closest to the one that a message refuses. */
struct nearest suggest_name(const char *message);

/* The system call closest to a word. */
struct nearest suggest_syscall(const char *word);

/* Adds what suggest_name finds to an error of a filter or a format. */
void suggest_in_error(struct error *err);

#endif
