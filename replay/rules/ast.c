/* SPDX-License-Identifier: Apache-2.0 */
/* Condition trees: copies, comparison, canonical text, escapes. */
#include "replay/rules/ast.h"

#include <ctype.h>
#include <string.h>

/* Escapes that are a letter: the letter and what it stands for. */
/* clang-format off */
static const char letters[][2] = {
	{ 'b', '\b' }, { 'f', '\f' }, { 'n', '\n' }, { 'r', '\r' },
	{ 't', '\t' }, { '\\', '\\' }, { '"', '"' },
};
/* clang-format on */

enum { LETTERS = sizeof(letters) / sizeof(letters[0]) };

struct ast *ast_copy(const struct ast *ast, struct arena *arena)
{
	struct ast *copy = arena_alloc(arena, sizeof(*copy));

	*copy = *ast;
	copy->kids = arena_alloc(arena, ast->count * sizeof(*copy->kids));
	return copy;
}

void ast_measure(struct ast *ast)
{
	uint64_t size = 1;
	uint32_t depth = 0;

	for (uint32_t i = 0; i < ast->count; i++) {
		size += ast->kids[i]->size;
		if (ast->kids[i]->depth > depth)
			depth = ast->kids[i]->depth;
	}
	ast->size = size < UINT32_MAX ? (uint32_t)size : UINT32_MAX;
	ast->depth = depth + 1;
}

static void put_text(struct buffer *out, const char *text)
{
	buffer_put(out, text, strlen(text));
}

static bool needs_quotes(struct text text)
{
	for (uint32_t i = 0; i < text.len; i++)
		if (!text.data[i] || strchr("\b\f\n\r\t =\\\"'", text.data[i]))
			return true;
	return false;
}

/* Appends text with escapes, in quotes. */
static void put_escaped(struct buffer *out, char c)
{
	for (int i = 0; i < LETTERS; i++)
		if (letters[i][1] == c) {
			buffer_u8(out, '\\');
			buffer_u8(out, (uint8_t)letters[i][0]);
			return;
		}
	if (c)
		buffer_u8(out, (uint8_t)c);
	else
		put_text(out, "\\x00");
}

static void put_quoted(struct buffer *out, struct text text)
{
	buffer_u8(out, '"');
	for (uint32_t i = 0; i < text.len; i++)
		put_escaped(out, text.data[i]);
	buffer_u8(out, '"');
}

void text_escape(struct buffer *out, struct text text)
{
	if (needs_quotes(text))
		put_quoted(out, text);
	else
		buffer_put(out, text.data, text.len);
}

static void put_word(struct buffer *out, struct text text)
{
	if (text.len)
		text_escape(out, text);
	else
		put_text(out, "\"\"");
}

static void put_kids(struct buffer *out, const struct ast *ast,
		     const char *separator)
{
	for (uint32_t i = 0; i < ast->count; i++) {
		if (i)
			put_text(out, separator);
		ast_print(out, ast->kids[i]);
	}
}

static void put_arg(struct buffer *out, const struct ast *ast)
{
	if (!ast->arg.data)
		return;
	buffer_u8(out, '[');
	put_word(out, ast->arg);
	buffer_u8(out, ']');
}

/*
 * Is the text a number?  Numbers may be unquoted arguments of transformers;
 * texts may not.
 */
static bool is_number(struct text text)
{
	uint32_t i = text.len && strchr("+-", text.data[0]) ? 1 : 0;
	uint32_t first = i;

	while (i < text.len && isdigit((unsigned char)text.data[i]))
		i++;
	return i > first && i == text.len;
}

static void put_arguments(struct buffer *out, const struct ast *ast)
{
	for (uint32_t i = 0; i < ast->count; i++) {
		const struct ast *kid = ast->kids[i];

		if (i)
			put_text(out, ast->kind == AST_ARG_LIST ? ", " : ",");
		if (kid->kind == AST_VALUE && !is_number(kid->text))
			put_quoted(out, kid->text);
		else
			ast_print(out, kid);
	}
}

static void print_junction(struct buffer *out, const struct ast *ast)
{
	buffer_u8(out, '(');
	put_kids(out, ast, ast->kind == AST_AND ? " and " : " or ");
	buffer_u8(out, ')');
}

static void print_not(struct buffer *out, const struct ast *ast)
{
	put_text(out, "not ");
	ast_print(out, ast->kids[0]);
}

static void print_check(struct buffer *out, const struct ast *ast)
{
	ast_print(out, ast->kids[0]);
	buffer_u8(out, ' ');
	buffer_put(out, ast->text.data, ast->text.len);
	if (ast->count < 2)
		return;
	buffer_u8(out, ' ');
	ast_print(out, ast->kids[1]);
}

static void print_name(struct buffer *out, const struct ast *ast)
{
	buffer_put(out, ast->text.data, ast->text.len);
	put_arg(out, ast);
}

static void print_transform(struct buffer *out, const struct ast *ast)
{
	buffer_put(out, ast->text.data, ast->text.len);
	buffer_u8(out, '(');
	put_arguments(out, ast);
	buffer_u8(out, ')');
	put_arg(out, ast);
}

static void print_value(struct buffer *out, const struct ast *ast)
{
	put_word(out, ast->text);
}

static void print_list(struct buffer *out, const struct ast *ast)
{
	buffer_u8(out, '(');
	put_kids(out, ast, ", ");
	buffer_u8(out, ')');
}

static void print_arg_list(struct buffer *out, const struct ast *ast)
{
	buffer_u8(out, '(');
	put_arguments(out, ast);
	buffer_u8(out, ')');
}

/* By kind. */
static void (*const printers[])(struct buffer *out, const struct ast *ast) = {
	[AST_AND] = print_junction,
	[AST_OR] = print_junction,
	[AST_NOT] = print_not,
	[AST_NAME] = print_name,
	[AST_CHECK] = print_check,
	[AST_FIELD] = print_name,
	[AST_TRANSFORM] = print_transform,
	[AST_VALUE] = print_value,
	[AST_LIST] = print_list,
	[AST_ARG_LIST] = print_arg_list,
};

void ast_print(struct buffer *out, const struct ast *ast)
{
	printers[ast->kind](out, ast);
}

void ast_key(struct buffer *out, const struct ast *ast)
{
	buffer_u8(out, (uint8_t)ast->kind);
	buffer_u32(out, ast->text.len);
	buffer_put(out, ast->text.data, ast->text.len);
	buffer_u32(out, ast->arg.data ? ast->arg.len : UINT32_MAX);
	buffer_put(out, ast->arg.data, ast->arg.data ? ast->arg.len : 0);
	buffer_u32(out, ast->count);
	for (uint32_t i = 0; i < ast->count; i++)
		ast_key(out, ast->kids[i]);
}

bool ast_equal(const struct ast *a, const struct ast *b)
{
	struct buffer keys[2] = { { 0 }, { 0 } };
	bool equal;

	ast_key(&keys[0], a);
	ast_key(&keys[1], b);
	equal = keys[0].len == keys[1].len &&
		!memcmp(keys[0].data, keys[1].data, keys[0].len);
	buffer_free(&keys[0]);
	buffer_free(&keys[1]);
	return equal;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/*
 * Decodes the escape after a backslash at in[0]; `end': the closing delimiter.
 * Returns the bytes consumed, or 0 for an invalid escape.
 */
static size_t unescape_one(const char *in, const char *end, char *ret_c)
{
	char delimiter = *end;

	if (in == end)
		return 0;
	/* for compatibility with old rules: drops the blank */
	if (*in == ' ') {
		*ret_c = '\\';
		return 1;
	}
	if (*in == '/' || (*in == '\'' && delimiter == '\'')) {
		*ret_c = *in;
		return 1;
	}
	if (*in == 'x') {
		if (end - in < 3 || hex_digit(in[1]) < 0 ||
		    hex_digit(in[2]) < 0)
			return 0;
		*ret_c = (char)(hex_digit(in[1]) * 16 + hex_digit(in[2]));
		return 3;
	}
	if (*in == '"' && delimiter != '"')
		return 0;
	for (int i = 0; i < LETTERS; i++)
		if (letters[i][0] == *in) {
			*ret_c = letters[i][1];
			return 1;
		}
	return 0;
}

int text_unescape(struct text *ret_text, struct text quoted,
		  struct arena *arena, struct error *err)
{
	const char *in = quoted.data + 1;
	const char *end = quoted.data + quoted.len - 1;
	char *out = arena_bytes(arena, quoted.len);
	char *start = out;

	while (in < end) {
		size_t used;

		if (*in != '\\') {
			*out++ = *in++;
			continue;
		}
		used = unescape_one(in + 1, end, out);
		if (!used)
			return error_set(
				err, ERROR_SYNTAX,
				in[1] == 'x'
					? "invalid hex escape sequence in "
					  "string"
					: "unsupported string escape sequence:"
					  " \\%c",
				in[1]);
		out++;
		in += 1 + used;
	}
	*out = '\0';
	*ret_text = (struct text){ start, (uint32_t)(out - start) };
	return 0;
}
