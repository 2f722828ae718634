/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiles patterns to code without a syntax tree: a repetition {n,m} copies
 * the code of its operand.
 */
#include "replay/rules/regex_code.h"

#include <ctype.h>
#include <string.h>

#include "core/text.h"

enum { REPEAT_MAX = 1000, GROUP_DEPTH_MAX = 200, RUNE_MAX = 0x10ffff };

struct pattern {
	const char *at, *end;
	struct regex_code *code;
	struct arena *arena;
	struct error *err;
	unsigned depth;
};

/* Ranges of the current character class. */
struct range_list {
	struct regex_range items[512];
	uint32_t count;
};

/* [:name:] classes, in ASCII. */
static const struct {
	const char *name;
	struct regex_range ranges[4];
} named_classes[] = {
	{ "alnum", { { '0', '9' }, { 'A', 'Z' }, { 'a', 'z' } } },
	{ "alpha", { { 'A', 'Z' }, { 'a', 'z' } } },
	{ "ascii", { { 0, 127 } } },
	{ "blank", { { '\t', '\t' }, { ' ', ' ' } } },
	{ "cntrl", { { 0, 31 }, { 127, 127 } } },
	{ "digit", { { '0', '9' } } },
	{ "graph", { { '!', '~' } } },
	{ "lower", { { 'a', 'z' } } },
	{ "print", { { ' ', '~' } } },
	{ "punct", { { '!', '/' }, { ':', '@' }, { '[', '`' }, { '{', '~' } } },
	{ "space", { { '\t', '\r' }, { ' ', ' ' } } },
	{ "upper", { { 'A', 'Z' } } },
	{ "word", { { '0', '9' }, { 'A', 'Z' }, { '_', '_' }, { 'a', 'z' } } },
	{ "xdigit", { { '0', '9' }, { 'A', 'F' }, { 'a', 'f' } } },
};

enum { NAMED_CLASSES = sizeof(named_classes) / sizeof(named_classes[0]) };

static int fail(struct pattern *p, const char *what)
{
	return error_set(p->err, ERROR_SYNTAX, "invalid regex pattern: %s",
			 what);
}

uint32_t utf8_next(const char **at, const char *end, bool *ok)
{
	const struct bytes text = { (const uint8_t *)*at, (size_t)(end - *at) };
	uint32_t rune = 0;
	size_t len = text_decode(text, &rune);

	*ok = rune != TEXT_INVALID;
	*at += *ok ? len : 1;
	return *ok ? rune : 0xfffd;
}

static int emit(struct pattern *p, struct regex_instruction instruction)
{
	struct regex_code *code = p->code;

	if (code->count >= REGEX_CODE_MAX)
		return fail(p, "pattern too large - compile failed");
	code->items = mem_grow(code->items, &code->capacity, code->count + 1,
			       sizeof(*code->items));
	code->items[code->count++] = instruction;
	return 0;
}

static int emit_set(struct pattern *p, const struct range_list *list,
		    bool is_negated)
{
	struct regex_range *ranges =
		arena_alloc(p->arena, list->count * sizeof(*ranges));

	memcpy(ranges, list->items, list->count * sizeof(*ranges));
	return emit(p,
		    (struct regex_instruction){ .opcode = REGEX_SET,
						.is_negated = is_negated,
						.ranges = ranges,
						.range_count = list->count });
}

static int emit_rune(struct pattern *p, uint32_t low, uint32_t high,
		     bool is_negated)
{
	struct range_list list = { .items = { { low, high } }, .count = 1 };

	return emit_set(p, &list, is_negated);
}

static int add_range(struct pattern *p, struct range_list *list, uint32_t low,
		     uint32_t high)
{
	if (list->count == sizeof(list->items) / sizeof(list->items[0]))
		return fail(p, "character class too large");
	list->items[list->count++] = (struct regex_range){ low, high };
	return 0;
}

static int literal(struct pattern *p, uint32_t *ret_rune)
{
	bool ok = true;

	*ret_rune = utf8_next(&p->at, p->end, &ok);
	return ok ? 0 : fail(p, "invalid UTF-8");
}

static int digit_value(char c, int base)
{
	int v = c >= '0' && c <= '9'   ? c - '0'
		: c >= 'a' && c <= 'f' ? c - 'a' + 10
		: c >= 'A' && c <= 'F' ? c - 'A' + 10
				       : 99;

	return v < base ? v : -1;
}

/* Up to max digits; -1 if there are fewer than min. */
static int digits(struct pattern *p, int base, unsigned min, unsigned max)
{
	int value = 0;
	unsigned count = 0;

	while (count < max && p->at < p->end &&
	       digit_value(*p->at, base) >= 0) {
		value = value * base + digit_value(*p->at++, base);
		count++;
	}
	return count < min ? -1 : value;
}

/* \xHH and \x{HHHHHH}, after the x. */
static int hex_escape(struct pattern *p)
{
	int value;

	if (p->at == p->end || *p->at != '{')
		return digits(p, 16, 2, 2);
	p->at++;
	value = digits(p, 16, 1, 6);
	if (p->at == p->end || *p->at++ != '}' || value > RUNE_MAX)
		return -1;
	return value;
}

/* Parses what follows a backslash. */
static int escape(struct pattern *p, uint32_t *ret_rune)
{
	static const char names[] = "ntrfva", values[] = "\n\t\r\f\v\a";
	const char *name;
	int value = -1;
	char c;

	if (p->at == p->end)
		return fail(p, "trailing \\");
	c = *p->at++;
	name = strchr(names, c);
	if (name && c)
		value = values[name - names];
	else if (c == 'x')
		value = hex_escape(p);
	else if (c == '0')
		value = digits(p, 8, 0, 2);
	else if (c >= '1' && c <= '7' && p->at < p->end &&
		 digit_value(*p->at, 8) >= 0)
		value = (c - '0') * 8 + digits(p, 8, 1, 1);
	else if (ispunct((unsigned char)c) && c != '_')
		value = c;
	if (value < 0)
		return fail(p, "invalid escape sequence");
	*ret_rune = (uint32_t)value;
	return 0;
}

static int class_rune(struct pattern *p, uint32_t *ret_rune)
{
	if (p->at == p->end)
		return fail(p, "missing ]");
	if (*p->at != '\\')
		return literal(p, ret_rune);
	p->at++;
	return escape(p, ret_rune);
}

/* Adds the complement of sorted ranges. */
static int add_rest(struct pattern *p, struct range_list *list,
		    const struct regex_range *ranges)
{
	uint32_t from = 0;

	for (int i = 0; i < 4 && (!i || ranges[i].high); i++) {
		if (ranges[i].low > from &&
		    add_range(p, list, from, ranges[i].low - 1))
			return -1;
		from = ranges[i].high + 1;
	}
	return add_range(p, list, from, RUNE_MAX);
}

/* "[:name:]" or "[:^name:]".  1: taken, 0: something else, -1. */
static int named_class(struct pattern *p, struct range_list *list)
{
	const char *close =
		p->end - p->at > 3 && p->at[1] == ':'
			? memmem(p->at + 2, (size_t)(p->end - p->at - 2), ":]",
				 2)
			: NULL;
	const char *name = p->at + 2;
	bool is_negated;

	if (!close)
		return 0;
	is_negated = *name == '^';
	name += is_negated;
	for (int i = 0; i < NAMED_CLASSES; i++) {
		const struct regex_range *r = named_classes[i].ranges;

		if (strlen(named_classes[i].name) != (size_t)(close - name) ||
		    memcmp(named_classes[i].name, name, (size_t)(close - name)))
			continue;
		p->at = close + 2;
		if (is_negated)
			return add_rest(p, list, r) ? -1 : 1;
		for (int k = 0; k < 4 && (!k || r[k].high); k++)
			if (add_range(p, list, r[k].low, r[k].high))
				return -1;
		return 1;
	}
	return fail(p, "invalid character class range");
}

/* One element of a class: a character or a range. */
static int class_element(struct pattern *p, struct range_list *list)
{
	uint32_t low = 0;
	uint32_t high;

	if (class_rune(p, &low))
		return -1;
	high = low;
	if (p->end - p->at >= 2 && p->at[0] == '-' && p->at[1] != ']') {
		p->at++;
		if (class_rune(p, &high))
			return -1;
		if (high < low)
			return fail(p, "invalid character class range");
	}
	return add_range(p, list, low, high);
}

/* Behind a "[". */
static int class(struct pattern *p)
{
	struct range_list list = { .count = 0 };
	bool is_negated = p->at < p->end && *p->at == '^';
	bool is_first = true;

	p->at += is_negated;
	while (p->at < p->end && (*p->at != ']' || is_first)) {
		int got = *p->at == '[' ? named_class(p, &list) : 0;

		if (got < 0 || (!got && class_element(p, &list)))
			return -1;
		is_first = false;
	}
	if (p->at == p->end)
		return fail(p, "missing ]");
	p->at++;
	return emit_set(p, &list, is_negated);
}

static int alternation(struct pattern *p);

static int group(struct pattern *p)
{
	if (++p->depth > GROUP_DEPTH_MAX)
		return fail(p, "expression nests too deeply");
	if (p->at < p->end && *p->at == '?')
		return fail(p, "no argument for repetition operator: ?");
	if (alternation(p))
		return -1;
	if (p->at == p->end || *p->at != ')')
		return fail(p, "missing )");
	p->at++;
	p->depth--;
	return 0;
}

/* atom: a character, a class, a group or an anchor. */
static int atom(struct pattern *p)
{
	uint32_t rune;

	switch (*p->at) {
	case '(':
		p->at++;
		return group(p);
	case '[':
		p->at++;
		return class(p);
	case '.':
		p->at++;
		return emit_rune(p, '\n', '\n', true);
	case '^':
	case '$':
		return emit(p, (struct regex_instruction){
				       .opcode = *p->at++ == '^'
							 ? REGEX_LINE_START
							 : REGEX_LINE_END });
	case '*':
	case '+':
	case '?':
		return fail(p, "no argument for repetition operator");
	case '\\':
		p->at++;
		if (escape(p, &rune))
			return -1;
		return emit_rune(p, rune, rune, false);
	}
	if (literal(p, &rune))
		return -1;
	return emit_rune(p, rune, rune, false);
}

struct repeat {
	int min, max; /* max -1: no limit */
};

/* "{n,m}" at the cursor.  1: taken, 0: plain text, -1. */
static int braces(struct pattern *p, struct repeat *ret_repeat)
{
	const char *start = p->at++;
	int min = digits(p, 10, 1, 5);
	int max = min;

	if (min >= 0 && p->at < p->end && *p->at == ',') {
		p->at++;
		max = digits(p, 10, 1, 5);
	}
	if (min < 0 || p->at == p->end || *p->at != '}') {
		p->at = start;
		return 0;
	}
	p->at++;
	if (min > REPEAT_MAX || max > REPEAT_MAX || (max >= 0 && max < min))
		return fail(p, "invalid repetition size");
	*ret_repeat = (struct repeat){ min, max };
	return 1;
}

static int repetition(struct pattern *p, struct repeat *ret_repeat)
{
	if (p->at == p->end)
		return 0;
	if (*p->at == '{')
		return braces(p, ret_repeat);
	if (!strchr("*+?", *p->at) || !*p->at)
		return 0;
	ret_repeat->min = *p->at == '+';
	ret_repeat->max = *p->at == '?' ? 1 : -1;
	p->at++;
	return 1;
}

/* Appends a copy of the code from `start' on, with its targets moved. */
static int copy_code(struct pattern *p, size_t start, size_t len)
{
	uint32_t shift = (uint32_t)(p->code->count - start);

	for (size_t i = start; i < start + len; i++) {
		struct regex_instruction instruction = p->code->items[i];

		instruction.x += shift;
		instruction.y += shift;
		if (emit(p, instruction))
			return -1;
	}
	return 0;
}

/* Moves the code from `start' on by one, to put a split before it. */
static int insert_split(struct pattern *p, size_t start)
{
	struct regex_code *code = p->code;

	if (emit(p, (struct regex_instruction){ .opcode = REGEX_SPLIT }))
		return -1;
	memmove(&code->items[start + 1], &code->items[start],
		(code->count - 1 - start) * sizeof(*code->items));
	for (size_t i = start + 1; i < code->count; i++) {
		code->items[i].x++;
		code->items[i].y++;
	}
	code->items[start] =
		(struct regex_instruction){ .opcode = REGEX_SPLIT,
					    .x = (uint32_t)start + 1,
					    .y = (uint32_t)code->count };
	return 0;
}

/* Makes the code from `start' to the end optional, or a loop. */
static int make_star(struct pattern *p, size_t start, bool is_loop)
{
	if (insert_split(p, start))
		return -1;
	if (!is_loop)
		return 0;
	if (emit(p, (struct regex_instruction){ .opcode = REGEX_JUMP,
						.x = (uint32_t)start }))
		return -1;
	p->code->items[start].y = (uint32_t)p->code->count;
	return 0;
}

/* Repeats the code of an operand min to max times. */
static int repeat_code(struct pattern *p, size_t start, struct repeat repeat)
{
	size_t len = p->code->count - start;
	int copies = repeat.max < 0 ? repeat.min + 1 : repeat.max;

	if (repeat.min == 1 && repeat.max < 0)
		return emit(p, (struct regex_instruction){
				       .opcode = REGEX_SPLIT,
				       .x = (uint32_t)start,
				       .y = (uint32_t)p->code->count + 1 });
	if (!copies)
		p->code->count = start;
	for (int i = 1; i < copies; i++)
		if (copy_code(p, start, len))
			return -1;
	/* Backwards, so that earlier copies stay in place. */
	for (int i = copies; i > repeat.min; i--)
		if (make_star(p, start + (size_t)(i - 1) * len,
			      repeat.max < 0 && i == copies))
			return -1;
	return 0;
}

static int piece(struct pattern *p)
{
	size_t start = p->code->count;
	struct repeat repeat = { 0, 0 };
	int got;

	if (atom(p))
		return -1;
	while ((got = repetition(p, &repeat)) > 0)
		if (repeat_code(p, start, repeat))
			return -1;
	return got;
}

static int sequence(struct pattern *p)
{
	while (p->at < p->end && *p->at != '|' && *p->at != ')')
		if (piece(p))
			return -1;
	return 0;
}

static int alternation(struct pattern *p)
{
	size_t start = p->code->count;
	size_t jump;

	if (sequence(p))
		return -1;
	if (p->at == p->end || *p->at != '|')
		return 0;
	p->at++;
	if (insert_split(p, start))
		return -1;
	jump = p->code->count;
	if (emit(p, (struct regex_instruction){ .opcode = REGEX_JUMP }))
		return -1;
	p->code->items[start].y = (uint32_t)p->code->count;
	if (alternation(p))
		return -1;
	p->code->items[jump].x = (uint32_t)p->code->count;
	return 0;
}

int regex_parse(struct regex_code *code, struct text pattern,
		struct arena *arena, struct error *err)
{
	struct pattern p = { .at = pattern.data,
			     .end = pattern.data + pattern.len,
			     .code = code,
			     .arena = arena,
			     .err = err };

	if (alternation(&p))
		return -1;
	if (p.at != p.end)
		return fail(&p, "unexpected )");
	return emit(&p, (struct regex_instruction){ .opcode = REGEX_MATCH });
}
