/* SPDX-License-Identifier: Apache-2.0 */
/* Options of Falco that no command of spoor has. */
#ifndef SPOOR_CMD_FALCO_OPTIONS_H
#define SPOOR_CMD_FALCO_OPTIONS_H

/*
 * What an option of Falco ("-d", "--daemon") is about and what to use instead,
 * as the rest of a sentence; NULL: Falco has no such option.
 */
const char *falco_option(const char *name);

#endif
