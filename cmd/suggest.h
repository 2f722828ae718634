/* SPDX-License-Identifier: Apache-2.0 */
/* "Did you mean" for names that a parser refused. */
#ifndef SPOOR_CMD_SUGGEST_H
#define SPOOR_CMD_SUGGEST_H

#include "core/error.h"
#include "core/nearest.h"

/* The field or event type closest to the unknown one in a message. */
struct nearest suggest_name(const char *message);

/* The system call closest to a word. */
struct nearest suggest_syscall(const char *word);

/* Appends suggest_name's result to an error of a filter or a format. */
void suggest_in_error(struct error *err);

#endif
