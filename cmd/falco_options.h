/* SPDX-License-Identifier: Apache-2.0 */
/* What Falco's users type that no command here has as an option. */
#ifndef SPOOR_CMD_FALCO_OPTIONS_H
#define SPOOR_CMD_FALCO_OPTIONS_H

/*
 * What Falco's option of that name ("-d", "--daemon") is about and what to use
 * here, as the rest of a sentence; NULL: Falco has none that is missing here.
 */
const char *falco_option(const char *name);

#endif
