/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signals sent to spoor record.  While a command runs they are its own affair,
 * and passed on to it.  Without a command, or when it has ended and processes
 * that it started go on, the first one ends the recording in order.  A later
 * one ends spoor at once, so that no output that blocks can hold it.
 */
#ifndef SPOOR_CMD_RECORD_SIGNALS_H
#define SPOOR_CMD_RECORD_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/*
 * Sets handlers only: exec gives the command the defaults again, and what was
 * ignored (nohup, a job in the background) stays ignored for both.
 */
void record_signals_set(void);

/* Passes signals on to this child from now on, and one that came before. */
void record_signals_pass(pid_t command);

/* Not 0 as soon as a signal came that ends the recording. */
const volatile sig_atomic_t *record_signals_flag(void);

/* Is there no command, or has it ended? */
bool record_command_has_ended(void);

#endif
