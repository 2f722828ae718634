/* SPDX-License-Identifier: Apache-2.0 */
/* The transformers, one row each; see transform.h. */
#include "replay/fields/transform.h"

#include <ctype.h>
#include <string.h>

/* Transforms one value; lists are transformed item by item. */
typedef bool one_fn(const struct value *v, struct arena *arena,
		    struct value *ret_value);
typedef bool run_fn(const struct transformer_use *use, const struct value *args,
		    struct arena *arena, struct value *ret_value);

/* Types that a transformer accepts besides CHARBUF. */
enum { PATHS = 1, BYTES = 2, ANY_LIST = 4, ANYTHING = 8, KEY = 16 };

struct transformer {
	const char *name;
	uint32_t min_args, max_args;
	unsigned takes;
	uint8_t gives; /* enum param_type; PT_NONE: the argument's type */
	one_fn *one;
	run_fn *run;
	const char *help;
};

static bool change_case(const struct value *v, struct arena *arena,
			struct value *ret_value, int (*change)(int))
{
	char *out = arena_copy(arena, v->text, v->len);

	for (uint32_t i = 0; i < v->len; i++)
		if ((unsigned char)out[i] < 128)
			out[i] = (char)change((unsigned char)out[i]);
	return give_bytes(ret_value, (enum param_type)v->type, out, v->len);
}

static bool one_tolower(const struct value *v, struct arena *arena,
			struct value *ret_value)
{
	return change_case(v, arena, ret_value, tolower);
}

static bool one_toupper(const struct value *v, struct arena *arena,
			struct value *ret_value)
{
	return change_case(v, arena, ret_value, toupper);
}

static bool one_basename(const struct value *v, struct arena *arena,
			 struct value *ret_value)
{
	const char *slash = v->len ? memrchr(v->text, '/', v->len) : NULL;
	const char *start = slash ? slash + 1 : v->text;

	(void)arena;
	return give_bytes(ret_value, (enum param_type)v->type, start,
			  v->len - (size_t)(start - v->text));
}

static int base64_digit(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* b64: decodes base64; false: invalid. */
static bool one_b64(const struct value *v, struct arena *arena,
		    struct value *ret_value)
{
	uint32_t len = v->len;
	char *out = arena_bytes(arena, (size_t)len + 1);
	uint32_t bits = 0;
	unsigned have = 0;
	size_t n = 0;

	for (int pad = 0; pad < 2 && len && v->text[len - 1] == '='; pad++)
		len--;
	for (uint32_t i = 0; i < len; i++) {
		int digit = base64_digit(v->text[i]);

		if (digit < 0)
			return false;
		bits = bits << 6 | (uint32_t)digit;
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		out[n++] = (char)(bits >> have & 0xff);
	}
	if (len % 4 == 1)
		return false;
	out[n] = '\0';
	return give_bytes(ret_value, (enum param_type)v->type, out, n);
}

static bool run_len(const struct transformer_use *use, const struct value *args,
		    struct arena *arena, struct value *ret_value)
{
	const struct value *v = &args[0];
	uint64_t n = v->len;

	(void)use;
	(void)arena;
	if (!v->is_list && v->type != PT_BYTEBUF)
		n = v->len ? strnlen(v->text, v->len) : 0;
	return give_number(ret_value, PT_UINT64, n);
}

static void put_value(struct buffer *b, const struct value *v,
		      struct arena *arena)
{
	struct text t = value_text(v, PF_DEC, arena);

	buffer_put(b, t.data, t.len);
}

static bool give_buffer(struct buffer *b, struct arena *arena,
			struct value *ret_value)
{
	give_text(ret_value, arena_copy(arena, b->data, b->len), b->len);
	buffer_free(b);
	return true;
}

static bool run_join(const struct transformer_use *use,
		     const struct value *args, struct arena *arena,
		     struct value *ret_value)
{
	const struct value *list = &args[1];
	struct buffer b = { 0 };

	(void)use;
	if (!list->is_list)
		put_value(&b, list, arena);
	for (uint32_t i = 0; list->is_list && i < list->len; i++) {
		if (i)
			buffer_put(&b, args[0].text, args[0].len);
		put_value(&b, &list->items[i], arena);
	}
	return give_buffer(&b, arena, ret_value);
}

static bool run_concat(const struct transformer_use *use,
		       const struct value *args, struct arena *arena,
		       struct value *ret_value)
{
	struct buffer b = { 0 };

	for (uint32_t i = 0; i < use->count; i++)
		put_value(&b, &args[i], arena);
	return give_buffer(&b, arena, ret_value);
}

/* Short options, parsed as getopt(3) does, with their values in order. */
struct options {
	struct value *items; /* letters and their values */
	uint32_t count;
	char wanted; /* the option asked for; 0: all */
	bool found;
	struct value value; /* of the last match */
};

/* Adds an item: the letter of an option, or its value. */
static void put_item(struct options *o, char letter, const char *text,
		     uint32_t len)
{
	struct value *item = &o->items[o->count++];

	give_text(item, text, len);
	if (letter != o->wanted)
		return;
	o->found = true;
	o->value = *item;
}

static void put_letter(struct options *o, char letter, struct arena *arena)
{
	put_item(o, letter, arena_copy(arena, &letter, 1), 1);
}

/*
 * Where an option's letter stands in the specification; NULL if it does not.  A
 * colon is an option only as the first letter of an argument, and if the
 * specification begins with one.
 */
static const char *find_option(const struct value *spec, char letter,
			       bool is_first)
{
	if (letter != ':')
		return memchr(spec->text, letter, spec->len);
	if (!is_first || !spec->len || spec->text[0] != ':')
		return NULL;
	return memchr(spec->text + 1, letter, spec->len - 1);
}

/* Parses one argument; true if the next argument is its value. */
static bool take_word(struct options *o, const struct value *word,
		      const struct value *next, const struct value *spec,
		      struct arena *arena)
{
	for (uint32_t i = 1; i < word->len; i++) {
		char letter = word->text[i];
		const char *at = find_option(spec, letter, i == 1);
		bool has_value =
			at && at + 1 < spec->text + spec->len && at[1] == ':';

		if (!has_value) {
			put_letter(o, at ? letter : '?', arena);
			continue;
		}
		if (i + 1 < word->len) {
			put_letter(o, letter, arena);
			put_item(o, letter, word->text + i + 1,
				 word->len - i - 1);
			return false;
		}
		if (next)
			put_letter(o, letter, arena);
		put_item(o, letter, next ? next->text : "",
			 next ? next->len : 0);
		return next != NULL;
	}
	return false;
}

static bool run_getopt(const struct transformer_use *use,
		       const struct value *args, struct arena *arena,
		       struct value *ret_value)
{
	const char *key = use->key;
	const struct value *list = &args[0];
	const struct value *words = list->is_list ? list->items : list;
	uint32_t n = list->is_list ? list->len : 1;
	struct options o = { .wanted = key ? key[0] : 0 };
	uint32_t letters = 1;

	for (uint32_t i = 0; i < n; i++)
		letters += 2 * words[i].len + 2;
	o.items = arena_alloc(arena, letters * sizeof(*o.items));
	for (uint32_t i = 0; i < n; i++) {
		const struct value *word = &words[i];

		if (word->len < 2 || word->text[0] != '-' ||
		    (word->len == 2 && word->text[1] == '-'))
			break;
		if (word->text[1] == '-')
			continue;
		i += take_word(&o, word, i + 1 < n ? &words[i + 1] : NULL,
			       &args[1], arena);
	}
	if (key) {
		*ret_value = o.value;
		return o.found;
	}
	return give_list(ret_value, PT_CHARBUF, o.items, o.count);
}

/* clang-format off */
static const struct transformer transformers[] = {
	{ "tolower", 1, 1, PATHS, PT_NONE, one_tolower, NULL,
	  "small letters" },
	{ "toupper", 1, 1, PATHS, PT_NONE, one_toupper, NULL,
	  "capital letters" },
	{ "b64", 1, 1, BYTES, PT_NONE, one_b64, NULL, "decodes base64" },
	{ "basename", 1, 1, PATHS, PT_NONE, one_basename, NULL,
	  "the part after the last slash" },
	{ "len", 1, 1, PATHS | BYTES | ANY_LIST, PT_UINT64, NULL, run_len,
	  "characters of a text, items of a list" },
	{ "join", 2, 2, ANYTHING, PT_CHARBUF, NULL, run_join,
	  "items of a list with a separator between" },
	{ "concat", 2, UINT32_MAX, PATHS, PT_CHARBUF, NULL, run_concat,
	  "texts one after the other" },
	{ "getopt", 2, 2, PATHS | KEY, PT_CHARBUF, NULL, run_getopt,
	  "short options of a command line" },
	{ NULL, 0, 0, 0, 0, NULL, NULL, NULL },
};
/* clang-format on */

const struct transformer *transformer_find(const char *name)
{
	for (const struct transformer *t = transformers; t->name; t++)
		if (!strcmp(t->name, name))
			return t;
	return NULL;
}

/* Does the transformer accept an argument of this type? */
static bool accepts(const struct transformer *t, const struct value_type *arg)
{
	if (arg->type == PT_CHARBUF || t->takes & ANYTHING)
		return true;
	if (arg->is_list && t->takes & ANY_LIST)
		return true;
	if (arg->type == PT_BYTEBUF)
		return t->takes & BYTES;
	return type_is_text((enum param_type)arg->type) && t->takes & PATHS;
}

/* join, getopt: is the list in the right position?  All others accept both. */
static bool shapes_fit(const struct transformer *t, bool first_is_list,
		       bool second_is_list)
{
	if (t->run == run_join)
		return !first_is_list && second_is_list;
	if (t->run == run_getopt)
		return first_is_list && !second_is_list;
	return true;
}

int transformer_check(const struct transformer_use *use,
		      const struct value_type *args,
		      struct value_type *ret_type, struct error *err)
{
	const struct transformer *t = use->transformer;
	const char *key = use->key;
	uint32_t count = use->count;

	if (count < t->min_args || count > t->max_args)
		return error_set(err, ERROR_SYNTAX,
				 "transformer '%s' takes %u arguments, not %u",
				 t->name, t->min_args, count);
	if (key && !(t->takes & KEY))
		return error_set(
			err, ERROR_SYNTAX,
			"transformer '%s' takes no argument in brackets",
			t->name);
	if (!shapes_fit(t, args[0].is_list, count > 1 && args[1].is_list) ||
	    (key && !*key))
		return error_set(
			err, ERROR_SYNTAX,
			"transformer '%s' does not take these arguments",
			t->name);
	for (uint32_t i = 0; i < count; i++)
		if (!accepts(t, &args[i]) ||
		    (t->run == run_concat && args[i].is_list))
			return error_set(
				err, ERROR_SYNTAX,
				"transformer '%s' does not take values of type %s",
				t->name,
				param_type_name((enum param_type)args[i].type));
	ret_type->type = t->gives ? t->gives : args[0].type;
	ret_type->is_list = t->one ? args[0].is_list : t->takes & KEY && !key;
	return 0;
}

bool transformer_run(const struct transformer_use *use,
		     const struct value *args, struct arena *arena,
		     struct value *ret_value)
{
	const struct transformer *t = use->transformer;
	struct value *items;

	if (!shapes_fit(t, args[0].is_list, use->count > 1 && args[1].is_list))
		return false;
	if (t->run)
		return t->run(use, args, arena, ret_value);
	if (!args[0].is_list)
		return t->one(&args[0], arena, ret_value);
	items = arena_alloc(arena, (args[0].len + 1) * sizeof(*items));
	for (uint32_t i = 0; i < args[0].len; i++)
		if (!t->one(&args[0].items[i], arena, &items[i]))
			return false;
	return give_list(ret_value, (enum param_type)args[0].type, items,
			 args[0].len);
}
