/* SPDX-License-Identifier: Apache-2.0 */
/* What Falco's users type that no command here has as an option. */
#ifndef SPOOR_CMD_FALCO_OPTIONS_H
#define SPOOR_CMD_FALCO_OPTIONS_H

/*
 * Says in a sentence why the option that getopt_long just refused is none
 * ('?', or ':' if its value is missing), and where to find what Falco's
 * option of that name does.  EXIT_ERROR.  The caller has set opterr to 0.
 */
int falco_option_refused(const char *command, int answer, char **argv);

#endif
