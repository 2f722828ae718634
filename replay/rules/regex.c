/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Executes a pattern's code on a text: all alternatives in parallel, one
 * character at a time, each instruction at most once per character.
 */
#include "replay/rules/regex_code.h"

#include <stdlib.h>
#include <string.h>

/* The instructions that are waiting for the next character. */
struct thread_list {
	uint32_t *items;
	uint32_t count;
};

struct regex {
	struct regex_instruction *code;
	uint32_t code_count;
	struct thread_list now, next;
	uint32_t *stack;
	uint32_t *seen; /* by instruction: the last step that added it */
	uint32_t step;
};

/* A position between two characters. */
struct place {
	bool at_line_start, at_line_end;
};

int regex_compile(struct regex **ret_regex, struct text pattern,
		  struct arena *arena, struct error *err)
{
	struct regex_code code = { 0 };
	struct regex *regex;
	size_t count;

	if (regex_parse(&code, pattern, arena, err)) {
		free(code.items);
		return -1;
	}
	count = code.count;
	regex = arena_alloc(arena, sizeof(*regex));
	regex->code = arena_alloc(arena, count * sizeof(*regex->code));
	memcpy(regex->code, code.items, count * sizeof(*regex->code));
	free(code.items);
	regex->code_count = (uint32_t)count;
	regex->now.items = arena_alloc(arena, count * sizeof(uint32_t));
	regex->next.items = arena_alloc(arena, count * sizeof(uint32_t));
	regex->seen = arena_alloc(arena, count * sizeof(uint32_t));
	/* Each instruction is pushed once, and a split pushes two. */
	regex->stack = arena_alloc(arena, (2 * count + 2) * sizeof(uint32_t));
	*ret_regex = regex;
	return 0;
}

/* Follows jumps and splits from pc; true if they lead to the match. */
static bool add_thread(struct regex *regex, struct thread_list *list,
		       uint32_t pc, struct place place)
{
	uint32_t depth = 0;
	bool matches = false;

	regex->stack[depth++] = pc;
	while (depth) {
		const struct regex_instruction *at;

		pc = regex->stack[--depth];
		if (regex->seen[pc] == regex->step)
			continue;
		regex->seen[pc] = regex->step;
		at = &regex->code[pc];
		if (at->opcode == REGEX_SET)
			list->items[list->count++] = pc;
		else if (at->opcode == REGEX_MATCH)
			matches = true;
		else if (at->opcode == REGEX_JUMP)
			regex->stack[depth++] = at->x;
		else if (at->opcode == REGEX_SPLIT) {
			regex->stack[depth++] = at->y;
			regex->stack[depth++] = at->x;
		} else if (at->opcode == REGEX_LINE_START ? place.at_line_start
							  : place.at_line_end)
			regex->stack[depth++] = pc + 1;
	}
	return matches;
}

static bool in_set(const struct regex_instruction *set, uint32_t rune)
{
	for (uint32_t i = 0; i < set->range_count; i++)
		if (rune >= set->ranges[i].low && rune <= set->ranges[i].high)
			return !set->is_negated;
	return set->is_negated;
}

/* Begins a step; when the step number wraps, old marks are erased. */
static void new_step(struct regex *regex)
{
	if (++regex->step)
		return;
	memset(regex->seen, 0, regex->code_count * sizeof(*regex->seen));
	regex->step = 1;
}

bool regex_match(struct regex *regex, struct text text)
{
	const char *at = text.data, *end = text.data + text.len;
	struct place place = { true, at == end || *at == '\n' };
	bool matches;

	new_step(regex);
	regex->now.count = 0;
	matches = add_thread(regex, &regex->now, 0, place);
	while (at < end && regex->now.count) {
		struct thread_list done = regex->now;
		bool ok = true;
		uint32_t rune = utf8_next(&at, end, &ok);

		place.at_line_start = rune == '\n';
		place.at_line_end = at == end || *at == '\n';
		new_step(regex);
		regex->next.count = 0;
		matches = false;
		for (uint32_t i = 0; i < done.count; i++) {
			uint32_t pc = done.items[i];

			if (in_set(&regex->code[pc], rune) &&
			    add_thread(regex, &regex->next, pc + 1, place))
				matches = true;
		}
		regex->now = regex->next;
		regex->next = done;
	}
	return matches && at == end;
}
