/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Event codes of a condition: checks of evt.type are sets; all other checks,
 * negated or not, can match any event.  Comparisons of evt.num with 0 and 1
 * are decided here, because rules express "never" by them.
 */
#include "replay/rules/codes.h"

#include <string.h>

static struct code_set all_codes(void)
{
	struct code_set set = { { 0 } };

	for (unsigned code = 0; code < EVENT_KIND_COUNT; code++)
		code_set_add(&set, code);
	return set;
}

unsigned code_set_count(const struct code_set *set)
{
	unsigned count = 0;

	for (int i = 0; i < CODE_WORDS; i++)
		count += (unsigned)__builtin_popcountll(set->bits[i]);
	return count;
}

/* Compares names, the first letter first: most names differ there. */
static bool is_name(const char *one, const char *name)
{
	return *one == *name && !strcmp(one, name);
}

struct code_set codes_of_name(const char *name)
{
	struct code_set set = { { 0 } };

	for (unsigned code = 0; code < EVENT_KIND_COUNT; code++)
		if (is_name(event_kinds[code].name, name))
			code_set_add(&set, code);
	for (unsigned i = 0; i < PPM_SC_COUNT; i++) {
		if (!is_name(ppm_scs[i].name, name))
			continue;
		code_set_add(&set, ppm_scs[i].enter_event);
		code_set_add(&set, ppm_scs[i].exit_event);
	}
	return set;
}

static bool is_text(struct text text, const char *word)
{
	return text.len == strlen(word) && !memcmp(text.data, word, text.len);
}

static bool is_type_field(const struct ast *ast)
{
	return ast->kind == AST_FIELD && (is_text(ast->text, "evt.type") ||
					  is_text(ast->text, "syscall.type"));
}

static bool holds_type_field(const struct ast *ast)
{
	if (is_type_field(ast))
		return true;
	for (uint32_t i = 0; i < ast->count; i++)
		if (holds_type_field(ast->kids[i]))
			return true;
	return false;
}

static void merge(struct code_set *set, const struct code_set *other,
		  bool is_union)
{
	for (int i = 0; i < CODE_WORDS; i++)
		if (is_union)
			set->bits[i] |= other->bits[i];
		else
			set->bits[i] &= other->bits[i];
}

static struct code_set codes_of_values(const struct ast *right)
{
	struct code_set set = { { 0 } };

	if (right->kind == AST_VALUE)
		return codes_of_name(right->text.data);
	for (uint32_t i = 0; i < right->count; i++) {
		struct code_set one = codes_of_name(right->kids[i]->text.data);

		merge(&set, &one, true);
	}
	return set;
}

static struct code_set complement(struct code_set set)
{
	struct code_set all = all_codes();

	for (int i = 0; i < CODE_WORDS; i++)
		all.bits[i] &= ~set.bits[i];
	return all;
}

static struct code_set codes_of_type_check(const struct ast *check,
					   bool is_negated)
{
	bool is_not = is_text(check->text, "!=");
	bool is_set = is_text(check->text, "=") || is_text(check->text, "==") ||
		      is_text(check->text, "in") || is_not;
	struct code_set set;

	if (check->count < 2 || !is_set)
		return all_codes();
	set = codes_of_values(check->kids[1]);
	return is_not != is_negated ? complement(set) : set;
}

/*
 * Comparisons of evt.num (1, 2, ...) with 0 or 1 that have a constant result.
 */
static const struct {
	const char *operator, * value;
	bool result;
} number_facts[] = {
	{ "=", "0", false }, { "==", "0", false }, { "!=", "0", true },
	{ "<", "0", false }, { "<", "1", false },  { "<=", "0", false },
	{ ">", "0", true },  { ">=", "0", true },  { ">=", "1", true },
};

enum { NUMBER_FACTS = sizeof(number_facts) / sizeof(number_facts[0]) };

/* The constant result of a check of evt.num, or -1. */
static int number_fact(const struct ast *check)
{
	const struct ast *right = check->count > 1 ? check->kids[1] : NULL;

	if (!right || !is_text(check->kids[0]->text, "evt.num"))
		return -1;
	if (is_text(check->text, "in") && right->kind == AST_LIST) {
		for (uint32_t i = 0; i < right->count; i++)
			if (!is_text(right->kids[i]->text, "0"))
				return -1;
		return 0;
	}
	for (int i = 0; i < NUMBER_FACTS && right->kind == AST_VALUE; i++)
		if (is_text(check->text, number_facts[i].operator) &&
		    is_text(right->text, number_facts[i].value))
			return number_facts[i].result;
	return -1;
}

/* The codes for which a check, or its negation, can be true. */
static int codes_of_check(struct code_set *ret_set, const struct ast *check,
			  bool is_negated, struct error *err)
{
	static const struct code_set none;
	const struct ast *left = check->kids[0];
	const struct ast *right = check->count > 1 ? check->kids[1] : NULL;
	int fact = number_fact(check);

	if ((left->kind == AST_TRANSFORM && holds_type_field(left)) ||
	    (right && holds_type_field(right)))
		return error_set(err, ERROR_SYNTAX,
				 "filter error: evt.type "
				 "and syscall.type cannot be used in a "
				 "transformer");
	if (is_type_field(left) && right && right->kind == AST_TRANSFORM)
		return error_set(err, ERROR_SYNTAX,
				 "filter error: evt.type "
				 "and syscall.type cannot be compared with a "
				 "field");
	if (is_type_field(left))
		*ret_set = codes_of_type_check(check, is_negated);
	else if (fact >= 0 && fact == is_negated)
		*ret_set = none;
	else
		*ret_set = all_codes();
	return 0;
}

/* The codes for which a condition, or its negation, can be true. */
static int codes_of(struct code_set *ret_set, const struct ast *ast,
		    bool is_negated, struct error *err)
{
	bool is_union = (ast->kind == AST_OR) != is_negated;
	struct code_set set;

	if (ast->kind == AST_CHECK)
		return codes_of_check(ret_set, ast, is_negated, err);
	if (ast->kind == AST_NOT)
		return codes_of(ret_set, ast->kids[0], !is_negated, err);
	if (ast->kind != AST_AND && ast->kind != AST_OR)
		return error_set(err, ERROR_SYNTAX,
				 "filter error: unexpected "
				 "identifier '%s'",
				 ast->text.data);
	for (uint32_t i = 0; i < ast->count; i++) {
		struct code_set one;

		if (codes_of(&one, ast->kids[i], is_negated, err))
			return -1;
		if (!i)
			set = one;
		else
			merge(&set, &one, is_union);
	}
	*ret_set = set;
	return 0;
}

int codes_of_condition(struct code_set *ret_set, const struct ast *ast,
		       struct error *err)
{
	return codes_of(ret_set, ast, false, err);
}
