/* SPDX-License-Identifier: Apache-2.0 */
/*
 * POSIX extended regular expressions as RE2 takes them with its POSIX option:
 * no \d \w \b, no (?...), no lazy repetition.  A match takes time linear in
 * the text whatever the pattern, so no rule and no tracee can stall a replay.
 */
#ifndef SPOOR_REPLAY_RULES_REGEX_H
#define SPOOR_REPLAY_RULES_REGEX_H

#include "replay/rules/rules.h"

struct regex;

/* The arena owns the regex.  Error: "invalid regex pattern: ...". */
int regex_compile(struct regex **ret_regex, struct text pattern,
		  struct arena *arena, struct error *err);

/* Does the whole text match?  Bytes that are not UTF-8 count as U+FFFD. */
bool regex_match(struct regex *regex, struct text text);

#endif
