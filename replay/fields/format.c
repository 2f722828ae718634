/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Output formats: text with %field tokens.  After '%' the longest text that
 * is a field wins: rule-language.md section 7.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "replay/fields/getters.h"

/* A piece of a format: literal text, or a field with its width. */
struct token {
	const char *literal; /* NULL: a field */
	size_t len;
	struct field_ref *ref;
	unsigned width;      /* 0: as long as it is */
};

struct format {
	struct token *tokens;
	const struct field_ref **fields;
	unsigned token_count, field_count;
	bool always; /* begins with '*' */
};

static bool is_field_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* The end of what may be a field at `at': name and argument. */
static const char *field_end(const char *at)
{
	const char *end = at;
	const char *close;

	while (is_field_char(*end))
		end++;
	if (*end != '[')
		return end;
	close = strchr(end, ']');
	return close ? close + 1 : end;
}

static int take_field(struct token *token, const char **at,
		      const struct field_set *set, struct arena *arena,
		      struct error *err)
{
	struct error inner;
	const char *start = *at;
	const char *end;

	while (isdigit((unsigned char)*start) && token->width < 10000)
		token->width = token->width * 10 + (unsigned)(*start++ - '0');
	for (end = field_end(start); end > start; end--)
		if (!field_find(set, start, (size_t)(end - start), arena,
				&token->ref, &inner)) {
			*at = end;
			return 0;
		}
	if (!*start)
		return error_set(err, ERROR_SYNTAX,
				 "invalid formatting syntax: formatting cannot end with a %%");
	return error_set(err, ERROR_SYNTAX,
			 "invalid formatting token %.40s", start);
}

int format_compile(struct format **ret_format, const char *text,
		   const struct field_set *set, struct arena *arena,
		   struct error *err)
{
	struct format *f = arena_alloc(arena, sizeof(*f));
	size_t max = 1;

	for (const char *c = text; *c; c++)
		max += 2 * (*c == '%');
	f->tokens = arena_alloc(arena, max * sizeof(*f->tokens));
	f->fields = arena_alloc(arena, max * sizeof(*f->fields));
	if (*text == '*') {
		f->always = true;
		text++;
	}
	while (*text) {
		struct token *token = &f->tokens[f->token_count++];
		size_t len = strcspn(text, "%");

		if (len) {
			token->literal = arena_copy(arena, text, len);
			token->len = len;
			text += len;
			continue;
		}
		text++;
		if (take_field(token, &text, set, arena, err))
			return -1;
		f->fields[f->field_count++] = token->ref;
	}
	*ret_format = f;
	return 0;
}

static void put_padded(struct buffer *out, struct text t, unsigned width)
{
	size_t len = width && t.len > width ? width : t.len;

	buffer_put(out, t.data, len);
	for (; len < width; len++)
		buffer_u8(out, ' ');
}

bool format_text(const struct format *format, const struct field_context *c,
		 struct text *ret_text)
{
	static const struct text missing = { "<NA>", 4 };
	struct buffer out = { 0 };
	bool complete = true;

	for (unsigned i = 0; i < format->token_count; i++) {
		const struct token *token = &format->tokens[i];
		struct text t = missing;
		struct value v;

		if (token->literal) {
			buffer_put(&out, token->literal, token->len);
			continue;
		}
		if (field_get(c, token->ref, &v))
			t = value_text(&v,
				       (enum print_format)
					       token->ref->field->format,
				       c->scratch);
		else
			complete = false;
		put_padded(&out, t, token->width);
	}
	ret_text->data = arena_copy(c->scratch, out.data, out.len);
	ret_text->len = (uint32_t)out.len;
	buffer_free(&out);
	return complete || format->always;
}

const struct field_ref *const *format_fields(const struct format *format,
					     unsigned *ret_count)
{
	*ret_count = format->field_count;
	return format->fields;
}
