/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Output formats: text with tokens, each a '%', a width, and a field or
 * transformer.  The longest valid text after '%' is the token:
 * rule-language.md section 7.
 */
#include "replay/rules/format.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

enum { WIDTH_MAX = 10000, TOKEN_DEPTH_MAX = 100 };

/* A part of a format: literal text, or a token. */
struct token {
	const char *literal; /* NULL: a value */
	size_t len;
	struct source *source;
	unsigned width;	    /* 0: no fixed width */
	unsigned last_item; /* number of items up to this token */
};

struct format {
	struct program *program;
	struct token *tokens;
	unsigned token_count, field_count, item_count;
	const struct field_ref **fields;
	struct format_item *items; /* in order of first use */
	struct source **sources;   /* of the items */
	bool always;		   /* begins with '*' */
	bool owns_program;
};

/* State of compiling: the format so far, and the remaining text. */
struct format_parser {
	struct format *format;
	struct arena *arena;
	const char *at;
	unsigned room; /* of each array */
	struct error *err;
};

/* The field of transformed tokens, which print without a format. */
static const struct field transformed_field = { .name = "", .format = PF_DEC };

static bool is_field_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* The end of a possible field at `at': name and argument. */
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

static void *grow(struct arena *arena, void *old, unsigned count, size_t size)
{
	void *items = arena_alloc(arena, count * 2 * size);

	if (count)
		memcpy(items, old, count * size);
	return items;
}

static void make_room(struct format_parser *p)
{
	struct format *f = p->format;

	if (f->item_count + 1 < p->room && f->token_count + 1 < p->room)
		return;
	f->tokens = grow(p->arena, f->tokens, p->room, sizeof(*f->tokens));
	f->fields = grow(p->arena, f->fields, p->room, sizeof(*f->fields));
	f->items = grow(p->arena, f->items, p->room, sizeof(*f->items));
	f->sources = grow(p->arena, f->sources, p->room, sizeof(*f->sources));
	p->room *= 2;
}

static void add_item(struct format_parser *p, struct source *source,
		     const struct field_ref *ref)
{
	struct format *f = p->format;

	for (unsigned i = 0; i < f->item_count; i++)
		if (f->sources[i] == source)
			return;
	make_room(p);
	f->sources[f->item_count] = source;
	f->items[f->item_count++] =
		(struct format_item){ .ref = ref,
				      .is_transformed = ref != source->ref };
	if (ref == source->ref)
		f->fields[f->field_count++] = ref;
}

/*
 * Appends the name that Falco gives a token: its text without blanks and
 * quotes.
 */
static void put_name(struct buffer *out, const struct ast *ast)
{
	if (ast->kind != AST_TRANSFORM && ast->kind != AST_ARG_LIST &&
	    ast->kind != AST_VALUE) {
		ast_print(out, ast);
		return;
	}
	buffer_put(out, ast->text.data, ast->text.len);
	if (ast->kind == AST_VALUE)
		return;
	buffer_u8(out, '(');
	for (uint32_t i = 0; i < ast->count; i++) {
		if (i)
			buffer_u8(out, ',');
		put_name(out, ast->kids[i]);
	}
	buffer_u8(out, ')');
	if (ast->arg.data)
		buffer_printf(out, "[%.*s]", (int)ast->arg.len, ast->arg.data);
}

static void add_transformed(struct format_parser *p, struct source *source,
			    const struct ast *ast)
{
	struct field_ref *ref = arena_alloc(p->arena, sizeof(*ref));
	struct buffer text = { 0 };

	put_name(&text, ast);
	ref->field = &transformed_field;
	ref->text = arena_copy(p->arena, text.data, text.len);
	ref->type = source->type;
	ref->is_list = source->is_list;
	buffer_free(&text);
	add_item(p, source, ref);
}

static bool is_transformer(const struct source *source)
{
	return !source->ref && !source->is_constant && source->use.transformer;
}

/*
 * Adds the fields that a token reads.  Of a transformer with several
 * arguments, the first one is added, too, if it is itself transformed, as in
 * Falco.
 */
static void add_fields(struct format_parser *p, struct source *source,
		       const struct ast *ast)
{
	bool is_first = true;

	if (source->ref)
		add_item(p, source, source->ref);
	for (uint32_t i = 0; i < source->use.count; i++) {
		struct source *arg = source->args[i];

		add_fields(p, arg, ast->kids[i]);
		if (is_first && is_transformer(arg) && ast->count > 1)
			add_transformed(p, arg, ast->kids[i]);
		is_first &= arg->is_constant;
	}
}

/*
 * Adds a token for the expression at the start of the text; used: its length.
 */
static int add_token(struct format_parser *p, struct ast *ast, size_t used,
		     unsigned width)
{
	struct format *f = p->format;
	struct token *token;
	struct source *source;

	if (source_compile(&source, f->program, ast, p->err))
		return -1;
	make_room(p);
	add_fields(p, source, ast);
	if (!source->ref)
		add_transformed(p, source, ast);
	make_room(p);
	token = &f->tokens[f->token_count++];
	token->source = source;
	token->width = width;
	token->last_item = f->item_count;
	p->at += used;
	return 0;
}

static int parse_expression(struct format_parser *p, const char *text,
			    size_t len, struct ast **ret_ast, size_t *ret_used)
{
	struct ast_source source = { .text = text,
				     .len = len,
				     .max_depth = TOKEN_DEPTH_MAX,
				     .arena = p->arena };

	return ast_parse_operand(ret_ast, &source, ret_used, p->err);
}

static int unknown_token(struct format_parser *p)
{
	return error_set(p->err, ERROR_SYNTAX, "invalid formatting token %.40s",
			 p->at);
}

/* Takes the longest text that is a known field. */
static int take_field(struct format_parser *p, unsigned width)
{
	const char *end = field_end(p->at);

	for (; end > p->at; end--) {
		size_t len = (size_t)(end - p->at), used;
		struct ast *ast;

		if (!parse_expression(p, p->at, len, &ast, &used) &&
		    used == len && !add_token(p, ast, used, width))
			return 0;
	}
	return unknown_token(p);
}

static int take_token(struct format_parser *p)
{
	unsigned width = 0;
	struct ast *ast;
	size_t used;

	while (isdigit((unsigned char)*p->at) && width < WIDTH_MAX)
		width = width * 10 + (unsigned)(*p->at++ - '0');
	if (!*p->at)
		return error_set(p->err, ERROR_SYNTAX,
				 "invalid formatting "
				 "syntax: formatting cannot end with a %%");
	if (!ast_find_transformer(p->at, strlen(p->at)))
		return take_field(p, width);
	if (parse_expression(p, p->at, strlen(p->at), &ast, &used) ||
	    add_token(p, ast, used, width))
		return error_context(p->err, "invalid formatting token %.40s",
				     p->at);
	return 0;
}

static void take_literal(struct format_parser *p, size_t len)
{
	struct format *f = p->format;
	struct token *token;

	make_room(p);
	token = &f->tokens[f->token_count++];
	token->literal = arena_copy(p->arena, p->at, len);
	token->len = len;
	token->last_item = f->item_count;
	p->at += len;
}

int format_build(struct format **ret_format, const char *text,
		 struct program *program, struct error *err)
{
	struct format *f = arena_alloc(&program->arena, sizeof(*f));
	struct format_parser p = { .format = f,
				   .arena = &program->arena,
				   .at = text,
				   .room = 8,
				   .err = err };

	f->program = program;
	f->tokens = arena_alloc(p.arena, p.room * sizeof(*f->tokens));
	f->fields = arena_alloc(p.arena, p.room * sizeof(*f->fields));
	f->items = arena_alloc(p.arena, p.room * sizeof(*f->items));
	f->sources = arena_alloc(p.arena, p.room * sizeof(*f->sources));
	if (*p.at == '*') {
		f->always = true;
		p.at++;
	}
	while (*p.at) {
		size_t len = strcspn(p.at, "%");

		if (len) {
			take_literal(&p, len);
			continue;
		}
		p.at++;
		if (take_token(&p))
			return -1;
	}
	*ret_format = f;
	return 0;
}

int format_compile(struct format **ret_format, const char *text,
		   const struct field_set *set, struct error *err)
{
	struct program *program = mem_zalloc(sizeof(*program));

	program_init(program, set);
	if (format_build(ret_format, text, program, err)) {
		program_done(program);
		free(program);
		return -1;
	}
	(*ret_format)->owns_program = true;
	return 0;
}

void format_free(struct format *format)
{
	struct program *program;

	if (!format || !format->owns_program)
		return;
	program = format->program;
	program_done(program);
	free(program);
}

static void put_padded(struct buffer *out, struct text t, unsigned width)
{
	size_t len = width && t.len > width ? width : t.len;

	buffer_put(out, t.data, len);
	for (; len < width; len++)
		buffer_u8(out, ' ');
}

/*
 * Appends text escaped for a line (core/text.h), in a width; characters are
 * not split.
 */
static void put_shown(struct buffer *out, struct text t, unsigned width)
{
	size_t from = out->len;

	text_put(out, t.data, t.len);
	if (!width)
		return;
	if (out->len > from + width) {
		out->len = from + width;
		while (out->len > from && out->data[out->len] >> 6 == 2)
			out->len--;
	}
	while (out->len < from + width)
		buffer_u8(out, ' ');
}

/* Reads a value for output. */
static bool read_output(const struct format *f, struct source *source,
			struct value *ret_value)
{
	if (source->ref)
		return field_get_output(f->program->context, source->ref,
					ret_value);
	if (!source_get(f->program, source))
		return false;
	*ret_value = source->value;
	return true;
}

static enum print_format print_format_of(const struct source *source)
{
	return source->ref ? (enum print_format)source->ref->field->format
			   : PF_DEC;
}

typedef void put_fn(struct buffer *out, struct text text, unsigned width);

/*
 * Appends the tokens as text; false: a value is absent, and the text ends
 * before it.
 */
static bool put_tokens(struct buffer *out, const struct format *format,
		       put_fn *put, struct arena *scratch)
{
	static const struct text missing = { "<NA>", 4 };

	for (unsigned i = 0; i < format->token_count; i++) {
		const struct token *token = &format->tokens[i];
		struct text t = missing;
		struct value value;

		if (token->literal) {
			buffer_put(out, token->literal, token->len);
			continue;
		}
		if (read_output(format, token->source, &value))
			t = value_text(&value, print_format_of(token->source),
				       scratch);
		else if (!format->always)
			return false;
		put(out, t, token->width);
	}
	return true;
}

static bool put_format(const struct format *format,
		       const struct field_context *c, put_fn *put,
		       struct text *ret_text)
{
	const struct field_context output = context_for_output(c);
	const struct field_context *before = format->program->context;
	struct buffer out = { 0 };
	bool complete;

	program_begin(format->program, &output);
	complete = put_tokens(&out, format, put, c->scratch);
	program_begin(format->program, before);
	ret_text->data = arena_copy(c->scratch, out.data, out.len);
	ret_text->len = (uint32_t)out.len;
	buffer_free(&out);
	return complete;
}

bool format_text(const struct format *format, const struct field_context *c,
		 struct text *ret_text)
{
	return put_format(format, c, put_padded, ret_text);
}

bool format_line(const struct format *format, const struct field_context *c,
		 struct text *ret_text)
{
	return put_format(format, c, put_shown, ret_text);
}

static int by_name(const void *a, const void *b)
{
	const struct format_item *x = a, *y = b;

	return strcmp(x->ref->text, y->ref->text);
}

/* Number of items before the first absent value, if that ends the text. */
static unsigned readable_items(const struct format *f, bool *ret_complete)
{
	*ret_complete = true;
	for (unsigned i = 0; i < f->token_count && !f->always; i++) {
		const struct token *token = &f->tokens[i];
		struct value value;

		if (token->literal || read_output(f, token->source, &value))
			continue;
		*ret_complete = false;
		return i ? f->tokens[i - 1].last_item : 0;
	}
	return f->item_count;
}

unsigned format_items(const struct format *format,
		      const struct field_context *c, bool transformed,
		      struct format_item **ret_items, bool *ret_complete)
{
	struct format_item *items = arena_alloc(
		c->scratch, (format->item_count + 1) * sizeof(*items));
	const struct field_context output = context_for_output(c);
	const struct field_context *before = format->program->context;
	unsigned n, count = 0;

	program_begin(format->program, &output);
	n = readable_items(format, ret_complete);
	for (unsigned i = 0; i < n; i++) {
		struct format_item *item = &items[count];

		if (format->items[i].is_transformed && !transformed)
			continue;
		*item = format->items[i];
		item->is_present =
			read_output(format, format->sources[i], &item->value);
		count++;
	}
	program_begin(format->program, before);
	qsort(items, count, sizeof(*items), by_name);
	*ret_items = items;
	return count;
}

const struct field_ref *const *format_fields(const struct format *format,
					     unsigned *ret_count)
{
	*ret_count = format->field_count;
	return format->fields;
}
