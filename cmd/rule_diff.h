/* SPDX-License-Identifier: Apache-2.0 */
/* Compares the alerts of old and new rules on the same captures. */
#ifndef SPOOR_CMD_RULE_DIFF_H
#define SPOOR_CMD_RULE_DIFF_H

#include "cmd/rule_options.h"

/*
 * Prints the alerts that only one of the two gives, or that look different,
 * and the counts by rule.  rules: what both have in common, before them.
 * EXIT_OK: the same, EXIT_ALERTS: there are differences, EXIT_ERROR.
 */
int rule_diff(const struct rule_options *rules, const char *old_file,
	      const char *new_file, const struct word_list *captures);

#endif
