/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists and macros: lists are replaced in a condition's text, one after the
 * other in the order of their definition; then the text is parsed and macros
 * are replaced in the tree.  rule-language.md section 6.
 */
#include "replay/rules/load.h"

#include <stdlib.h>
#include <string.h>

static const char delimiters[] = " \t\r\n(),=";

static bool is_delimiter(const char *text, size_t len, size_t at)
{
	return at >= len || strchr(delimiters, text[at]);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* An earlier list that an item names, or NULL. */
static struct list_def *inner_list(const struct loader *loader,
				   const struct list_def *list,
				   struct text item)
{
	struct list_def *inner = loader_list(loader, item.data);

	return inner && inner->index < list->visibility && inner != list
		       ? inner
		       : NULL;
}

int resolve_lists(struct loader *loader)
{
	for (uint32_t i = 0; i < loader->list_count; i++) {
		struct list_def *list = loader->lists[i];
		uint32_t n = 0;

		for (uint32_t k = 0; k < list->count; k++) {
			struct list_def *inner = inner_list(loader, list,
							    list->items[k]);

			n += inner ? inner->count : 1;
			if (inner)
				inner->is_used = true;
		}
		list->expanded = arena_alloc(&loader->arena,
					     (n + 1) * sizeof(struct text));
		list->expanded_count = 0;
		for (uint32_t k = 0; k < list->count; k++) {
			struct list_def *inner = inner_list(loader, list,
							    list->items[k]);

			for (uint32_t j = 0; inner && j < inner->count; j++)
				list->expanded[list->expanded_count++] =
					inner->items[j];
			if (!inner)
				list->expanded[list->expanded_count++] =
					list->items[k];
		}
	}
	return 0;
}

static void put_items(struct buffer *out, const struct list_def *list)
{
	for (uint32_t i = 0; i < list->expanded_count; i++) {
		const char *item = list->expanded[i].data;
		bool quote = strchr(item, ' ') && *item != '"' &&
			     *item != '\'';

		buffer_printf(out, "%s%s%s%s", i ? ", " : "",
			      quote ? "\"" : "", item, quote ? "\"" : "");
	}
}

/* Puts the list where its name stood; *at moves behind the name. */
static void replace_one(struct buffer *out, const char *text, size_t len,
			size_t *at, const struct list_def *list)
{
	size_t before = out->len;

	while (out->len && is_blank((char)out->data[out->len - 1]))
		out->len--;
	if (!list->expanded_count) {
		size_t next = *at;

		if (out->len && out->data[out->len - 1] == ',') {
			out->len--;
			return;
		}
		while (next < len && is_blank(text[next]))
			next++;
		if (next < len && text[next] == ',')
			*at = next + 1;
		return;
	}
	if (out->len < before)
		buffer_u8(out, ' ');
	put_items(out, list);
	if (*at < len && is_blank(text[*at])) {
		buffer_u8(out, ' ');
		while (*at < len && is_blank(text[*at]))
			(*at)++;
	}
}

/* Replaces every mention of a list; true if there was one. */
static bool replace_list(struct buffer *out, struct bytes in,
			 const struct list_def *list)
{
	const char *text = (const char *)in.data;
	size_t name_len = strlen(list->name);
	bool found = false;
	size_t at = 0;

	out->len = 0;
	while (at < in.len) {
		const char *hit = memmem(text + at, in.len - at, list->name,
					 name_len);
		size_t start = hit ? (size_t)(hit - text) : in.len;

		buffer_put(out, text + at, start - at);
		at = start;
		if (!hit)
			break;
		if ((start && !is_delimiter(text, in.len, start - 1)) ||
		    !is_delimiter(text, in.len, start + name_len)) {
			buffer_u8(out, (uint8_t)text[at++]);
			continue;
		}
		at += name_len;
		replace_one(out, text, in.len, &at, list);
		found = true;
	}
	return found;
}

/* The condition with all lists replaced; in the loader's arena. */
static const char *replace_lists(struct loader *loader, const char *text)
{
	struct buffer a = { 0 };
	struct buffer b = { 0 };
	const char *result;

	buffer_put(&a, text, strlen(text));
	for (uint32_t i = 0; i < loader->list_count; i++) {
		struct list_def *list = loader->lists[i];
		struct buffer swap;

		if (!replace_list(&b, (struct bytes){ a.data, a.len }, list))
			continue;
		list->is_used = true;
		swap = a;
		a = b;
		b = swap;
	}
	result = arena_copy(&loader->arena, a.data, a.len);
	buffer_free(&a);
	buffer_free(&b);
	return result;
}

/* What is being resolved, for errors and the visibility of macros. */
struct resolving {
	struct loader *loader;
	const struct load_place *place;
	const char *condition;
	uint32_t visibility;
};

static int condition_error(struct resolving *r, const char *code,
			   const char *message, struct ast_place at)
{
	struct condition_issue issue = { .is_error = true, .code = code,
					 .message = message,
					 .condition = r->condition,
					 .at = at };

	load_condition_issue(r->loader, r->place, &issue);
	return -1;
}

/* The tree that stands for a macro's name. */
static int expand_macro(struct resolving *r, const struct ast *name,
			struct ast **ret_ast)
{
	struct macro_def *macro = loader_macro(r->loader, name->text.data);
	struct error err;

	if (macro && macro->is_open) {
		error_set(&err, ERROR_SYNTAX, "reference loop in macro '%s'",
			  name->text.data);
		return condition_error(r, "LOAD_ERR_VALIDATE", err.text,
				       name->place);
	}
	if (!macro || !macro->ast || macro->index >= r->visibility) {
		error_set(&err, ERROR_SYNTAX,
			  "Undefined macro '%s' used in filter.",
			  name->text.data);
		return condition_error(r, "LOAD_ERR_VALIDATE", err.text,
				       name->place);
	}
	macro->is_used = true;
	*ret_ast = macro->ast;
	return 0;
}

/* NOLINTNEXTLINE(misc-no-recursion): the parser bounds the depth. */
static int expand(struct resolving *r, struct ast *ast, struct ast **ret_ast)
{
	struct ast *copy;

	if (ast->kind == AST_NAME)
		return expand_macro(r, ast, ret_ast);
	if (ast->kind != AST_AND && ast->kind != AST_OR &&
	    ast->kind != AST_NOT) {
		*ret_ast = ast;
		return 0;
	}
	copy = ast_copy(ast, ast->count, &r->loader->arena);
	copy->count = ast->count;
	for (uint32_t i = 0; i < ast->count; i++)
		if (expand(r, ast->kids[i], &copy->kids[i]))
			return -1;
	*ret_ast = copy;
	return 0;
}

static int resolve(struct resolving *r, struct ast **ret_ast)
{
	struct ast_source source = { .text = r->condition,
				     .len = strlen(r->condition),
				     .max_depth = AST_DEPTH_RULE,
				     .arena = &r->loader->arena };
	struct ast *ast;
	struct error err;

	if (ast_parse(&ast, &source, &err))
		return condition_error(r, "LOAD_ERR_COMPILE_CONDITION",
				       err.text, source.place);
	return expand(r, ast, ret_ast);
}

int resolve_macros(struct loader *loader)
{
	for (uint32_t i = 0; i < loader->macro_count; i++)
		loader->macros[i]->ast = NULL;
	for (uint32_t i = 0; i < loader->macro_count; i++) {
		struct macro_def *macro = loader->macros[i];
		struct resolving r = { loader, &macro->condition_place, NULL,
				       macro->visibility };
		int code;

		r.condition = replace_lists(loader, macro->condition);
		macro->is_open = true;
		code = resolve(&r, &macro->ast);
		macro->is_open = false;
		if (code)
			return -1;
	}
	return 0;
}

int resolve_condition(struct loader *loader, const char *text,
		      const struct load_place *place, struct ast **ret_ast)
{
	struct resolving r = { loader, place, NULL, UINT32_MAX };

	r.condition = replace_lists(loader, text);
	return resolve(&r, ret_ast);
}
