/* SPDX-License-Identifier: Apache-2.0 */
/* The table of operators, and how values compare. */
#include "replay/rules/ops.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "replay/rules/find.h"

static bool never(const struct value *a, const struct value *b)
{
	(void)a;
	(void)b;
	return false;
}

static bool number_eq(const struct value *a, const struct value *b)
{
	return a->u64 == b->u64;
}

static bool number_ne(const struct value *a, const struct value *b)
{
	return a->u64 != b->u64;
}

static bool signed_lt(const struct value *a, const struct value *b)
{
	return a->s64 < b->s64;
}

static bool signed_le(const struct value *a, const struct value *b)
{
	return a->s64 <= b->s64;
}

static bool signed_gt(const struct value *a, const struct value *b)
{
	return a->s64 > b->s64;
}

static bool signed_ge(const struct value *a, const struct value *b)
{
	return a->s64 >= b->s64;
}

static bool unsigned_lt(const struct value *a, const struct value *b)
{
	return a->u64 < b->u64;
}

static bool unsigned_le(const struct value *a, const struct value *b)
{
	return a->u64 <= b->u64;
}

static bool unsigned_gt(const struct value *a, const struct value *b)
{
	return a->u64 > b->u64;
}

static bool unsigned_ge(const struct value *a, const struct value *b)
{
	return a->u64 >= b->u64;
}

static bool double_eq(const struct value *a, const struct value *b)
{
	return a->f64 >= b->f64 && a->f64 <= b->f64;
}

static bool double_ne(const struct value *a, const struct value *b)
{
	return !double_eq(a, b);
}

static bool double_lt(const struct value *a, const struct value *b)
{
	return a->f64 < b->f64;
}

static bool double_le(const struct value *a, const struct value *b)
{
	return a->f64 <= b->f64;
}

static bool double_gt(const struct value *a, const struct value *b)
{
	return a->f64 > b->f64;
}

static bool double_ge(const struct value *a, const struct value *b)
{
	return a->f64 >= b->f64;
}

static bool bytes_eq(const struct value *a, const struct value *b)
{
	return a->len == b->len && !memcmp(a->text, b->text, a->len);
}

static bool bytes_ne(const struct value *a, const struct value *b)
{
	return !bytes_eq(a, b);
}

/* Compares like strcmp: unsigned bytes, the shorter text first. */
static int text_order(const struct value *a, const struct value *b)
{
	uint32_t len = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->text, b->text, len);

	if (order)
		return order;
	return (a->len > b->len) - (a->len < b->len);
}

static bool text_lt(const struct value *a, const struct value *b)
{
	return text_order(a, b) < 0;
}

static bool text_le(const struct value *a, const struct value *b)
{
	return text_order(a, b) <= 0;
}

static bool text_gt(const struct value *a, const struct value *b)
{
	return text_order(a, b) > 0;
}

static bool text_ge(const struct value *a, const struct value *b)
{
	return text_order(a, b) >= 0;
}

static bool bytes_startswith(const struct value *a, const struct value *b)
{
	return a->len >= b->len && !memcmp(a->text, b->text, b->len);
}

static bool bytes_endswith(const struct value *a, const struct value *b)
{
	return a->len >= b->len &&
	       !memcmp(a->text + a->len - b->len, b->text, b->len);
}

/* fnmatch wants a NUL, which a view need not have. */
static bool glob(const struct value *a, const struct value *b, int flags)
{
	char buf[4096];
	char *copy = a->len < sizeof(buf) ? buf : mem_alloc(a->len + 1);
	bool fits;

	memcpy(copy, a->text, a->len);
	copy[a->len] = '\0';
	fits = !fnmatch(b->text, copy, flags);
	if (copy != buf)
		free(copy);
	return fits;
}

static bool text_glob(const struct value *a, const struct value *b)
{
	return glob(a, b, 0);
}

static bool text_iglob(const struct value *a, const struct value *b)
{
	return glob(a, b, FNM_CASEFOLD);
}

/* b is an address and a mask: see constant_parse. */
static bool net_eq(const struct value *a, const struct value *b)
{
	if (a->len != b->len)
		return false;
	for (uint32_t i = 0; i < a->len; i++)
		if ((a->text[i] & b->text[b->len + i]) != b->text[i])
			return false;
	return true;
}

static bool net_ne(const struct value *a, const struct value *b)
{
	return !net_eq(a, b);
}

/* clang-format off */
#define COMPARE_EQ { [CLASS_SIGNED] = number_eq, \
	[CLASS_UNSIGNED] = number_eq, [CLASS_DOUBLE] = double_eq, \
	[CLASS_BOOL] = number_eq, [CLASS_TEXT] = bytes_eq, \
	[CLASS_BYTES] = bytes_eq, [CLASS_IP] = bytes_eq, [CLASS_NET] = net_eq }
#define COMPARE_NE { [CLASS_SIGNED] = number_ne, \
	[CLASS_UNSIGNED] = number_ne, [CLASS_DOUBLE] = double_ne, \
	[CLASS_BOOL] = number_ne, [CLASS_TEXT] = bytes_ne, \
	[CLASS_BYTES] = bytes_ne, [CLASS_IP] = bytes_ne, [CLASS_NET] = net_ne }
#define COMPARE_ORDER(name) { [CLASS_SIGNED] = signed_##name, \
	[CLASS_UNSIGNED] = unsigned_##name, [CLASS_DOUBLE] = double_##name, \
	[CLASS_TEXT] = text_##name }
#define COMPARE_BYTES(name) { [CLASS_TEXT] = (name), [CLASS_BYTES] = (name) }

static const struct op ops[] = {
	{ "exists", OP_EXISTS, false, true, 1, 70,
	  { [CLASS_OTHER] = never, [CLASS_SIGNED] = never,
	    [CLASS_UNSIGNED] = never, [CLASS_DOUBLE] = never,
	    [CLASS_BOOL] = never, [CLASS_TEXT] = never,
	    [CLASS_BYTES] = never, [CLASS_IP] = never, [CLASS_NET] = never },
	  "the field has a value" },
	{ "=", OP_COMPARE, false, false, 1, 5, COMPARE_EQ, "equal" },
	{ "==", OP_COMPARE, false, false, 1, 5, COMPARE_EQ, "equal" },
	{ "!=", OP_COMPARE, false, false, 1, 95, COMPARE_NE, "has another value" },
	{ "<", OP_COMPARE, false, false, 1, 50, COMPARE_ORDER(lt), "less" },
	{ "<=", OP_COMPARE, false, false, 1, 50, COMPARE_ORDER(le),
	  "less or equal" },
	{ ">", OP_COMPARE, false, false, 1, 50, COMPARE_ORDER(gt), "greater" },
	{ ">=", OP_COMPARE, false, false, 1, 50, COMPARE_ORDER(ge),
	  "greater or equal" },
	{ "contains", OP_COMPARE, false, false, 4, 3,
	  COMPARE_BYTES(find_bytes), "has it as a part" },
	{ "icontains", OP_COMPARE, false, false, 8, 3,
	  { [CLASS_TEXT] = find_folded }, "contains, in any case" },
	{ "bcontains", OP_COMPARE, true, false, 4, 3,
	  { [CLASS_BYTES] = find_bytes }, "contains bytes given in hex" },
	{ "startswith", OP_COMPARE, false, false, 1, 5,
	  COMPARE_BYTES(bytes_startswith), "begins with" },
	{ "bstartswith", OP_COMPARE, true, false, 1, 5,
	  { [CLASS_BYTES] = bytes_startswith },
	  "begins with bytes given in hex" },
	{ "endswith", OP_COMPARE, false, false, 1, 3,
	  COMPARE_BYTES(bytes_endswith), "ends with" },
	{ "glob", OP_COMPARE, false, false, 8, 2, { [CLASS_TEXT] = text_glob },
	  "shell pattern: * ? [...]" },
	{ "iglob", OP_COMPARE, false, false, 8, 2, { [CLASS_TEXT] = text_iglob },
	  "glob, in any case" },
	{ "regex", OP_REGEX, false, false, 16, 5, { [CLASS_TEXT] = never },
	  "POSIX extended regular expression, whole text" },
	{ "in", OP_IN, false, true, 2, 8, COMPARE_EQ, "one of a list" },
	{ "intersects", OP_INTERSECTS, false, true, 2, 8, COMPARE_EQ,
	  "any element is one of a list" },
	{ "pmatch", OP_PMATCH, false, false, 6, 5, { [CLASS_TEXT] = never },
	  "is or is below one of the paths" },
	{ NULL, OP_EXISTS, false, false, 0, 0, { NULL }, NULL },
};
/* clang-format on */

const struct op *op_find(const char *token, size_t len)
{
	for (const struct op *op = ops; op->token; op++)
		if (strlen(op->token) == len && !memcmp(op->token, token, len))
			return op;
	return NULL;
}
