/* SPDX-License-Identifier: Apache-2.0 */
/* The compiled program of a pattern, between regex_parse.c and regex.c. */
#ifndef SPOOR_REPLAY_RULES_REGEX_CODE_H
#define SPOOR_REPLAY_RULES_REGEX_CODE_H

#include "replay/rules/regex.h"

/* clang-format off */
enum regex_opcode {
	REGEX_SET,      /* one character of (or not of) ranges */
	REGEX_SPLIT,    /* continue at both x and y */
	REGEX_JUMP,     /* go on at x */
	REGEX_LINE_START, REGEX_LINE_END,
	REGEX_MATCH
};

/* clang-format on */

struct regex_range {
	uint32_t low, high;
};

struct regex_instruction {
	uint8_t opcode;
	bool is_negated;
	uint32_t x, y;
	uint32_t range_count;
	const struct regex_range *ranges;
};

/*
 * Most instructions of one pattern, which repetitions such as {1000} multiply.
 */
enum { REGEX_CODE_MAX = 20000 };

struct regex_code {
	struct regex_instruction *items;
	size_t count, capacity;
};

/*
 * Appends the code of a pattern, ending in REGEX_MATCH; the caller frees
 * code->items.  0 or -1.
 */
int regex_parse(struct regex_code *code, struct text pattern,
		struct arena *arena, struct error *err);

/*
 * Decodes one UTF-8 character and moves *at behind it; for an invalid byte,
 * U+FFFD and *ok is false.
 */
uint32_t utf8_next(const char **at, const char *end, bool *ok);

#endif
