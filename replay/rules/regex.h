/* SPDX-License-Identifier: Apache-2.0 */
/*
 * POSIX extended regular expressions as RE2 accepts them with its POSIX
 * option: no \d \w \b, no (?...), no lazy repetition.  Matching takes time
 * linear in the length of the text, whatever the pattern, so that neither a
 * rule nor a tracee can stall a replay.
 */
#ifndef SPOOR_REPLAY_RULES_REGEX_H
#define SPOOR_REPLAY_RULES_REGEX_H

#include "replay/rules/rules.h"

struct regex;

/*
 * Compiles a pattern; the arena owns the regex.  0, or -1 with "invalid regex
 * pattern: ...".
 */
int regex_compile(struct regex **ret_regex, struct text pattern,
		  struct arena *arena, struct error *err);

/* Does the whole text match?  Invalid UTF-8 bytes count as U+FFFD. */
bool regex_match(struct regex *regex, struct text text);

#endif
