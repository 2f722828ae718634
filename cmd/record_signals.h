/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signals sent to spoor record.  While a command runs, they are forwarded to
 * it.  Without a command, or after it has ended, the first signal stops the
 * recording in order; a later one ends spoor immediately, even if an output
 * blocks.
 */
#ifndef SPOOR_CMD_RECORD_SIGNALS_H
#define SPOOR_CMD_RECORD_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/*
 * Installs handlers, which exec resets for the command; a signal that was
 * ignored (nohup, a background job) stays ignored for both.
 */
void record_signals_set(void);

/*
 * From now on forwards signals to this child, including one that came before.
 * Where SIGINT was ignored, one sent by kill(2) is taken from now on.
 */
void record_signals_pass(pid_t command);

/* Points to a flag that is nonzero after a signal that ends the recording. */
const volatile sig_atomic_t *record_signals_flag(void);

/* Is there no running command? */
bool record_command_has_ended(void);

#endif
