/* SPDX-License-Identifier: Apache-2.0 */
/* Common options and messages of commands that write captures. */
#ifndef SPOOR_CMD_OUTPUT_OPTIONS_H
#define SPOOR_CMD_OUTPUT_OPTIONS_H

#include "cmd/options.h"
#include "flow/output.h"

/* The options that set a struct output_options. */
extern const struct option_row output_rows[];

/*
 * Settles what the options mean together: the name says whether the capture is
 * compressed, "-" is standard output.  EXIT_OK, or EXIT_ERROR (reported): no
 * name, a name of another format, a terminal.
 */
int output_settle(struct output_options *options, const char *command);

/*
 * With the name "-", reserves standard output for the capture: all other
 * output, of spoor and of what it starts, goes to stderr.
 */
int output_take_stdout(struct output_options *options, struct error *err);

/*
 * Says on stderr which events the reader of an old dialect does not show;
 * returns how many.
 */
uint64_t output_report_missing(const struct output *output,
			       const char *command);

#endif
