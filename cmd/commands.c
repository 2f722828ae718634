/* SPDX-License-Identifier: Apache-2.0 */
/* The subcommands, one file each, in the order of --help. */
#include "cmd/cmd.h"

const struct command *const commands[] = {
	&command_record,     &command_info,
	&command_print,	     &command_convert,
	&command_replay,     &command_index,
	&command_test,	     &command_check,
	&command_load,	     &command_query,
	&command_report,     &command_export,
	&command_fields,     &command_engines,
	&command_completion, NULL,
};
