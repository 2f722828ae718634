/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Converts condition text to a tree: list names are replaced in the text, as
 * in Falco with all its quirks, and macro names in the tree.  Both can grow
 * without bound in a hostile file, hence the limits.
 */
#include "replay/rules/load.h"

#include <string.h>

enum {
	TEXT_LEN_MAX = 4 << 20, /* a condition with its lists replaced */
	ITEMS_MAX = 1 << 20,	/* of one list */
	TREE_SIZE_MAX = 200000, /* nodes, macros included */
	TREE_DEPTH_MAX = 2000
};

/* Expands items that name an earlier list to that list's items. */
static int expand_list(struct loader *loader, struct list_def *list)
{
	list->expanded = NULL;
	list->expanded_count = 0;
	for (uint32_t i = 0; i < list->count; i++) {
		struct list_def *inner =
			loader_list(loader, list->items[i].data);
		bool is_inner = inner && inner->index < list->visibility;
		uint32_t count = is_inner ? inner->count : 1;
		const struct text *items =
			is_inner ? inner->items : &list->items[i];

		if (is_inner)
			inner->is_used = true;
		if (count > ITEMS_MAX - list->expanded_count)
			return load_error(loader, "LOAD_ERR_VALIDATE",
					  &list->place, "List is too long");
		for (uint32_t k = 0; k < count; k++) {
			list->expanded = array_room(
				&loader->arena, list->expanded,
				list->expanded_count, sizeof(*list->expanded));
			list->expanded[list->expanded_count++] = items[k];
		}
	}
	return 0;
}

int resolve_lists(struct loader *loader)
{
	for (uint32_t i = 0; i < loader->list_count; i++)
		loader->lists[i]->is_used = false;
	for (uint32_t i = 0; i < loader->list_count; i++)
		if (expand_list(loader, loader->lists[i]))
			return -1;
	return 0;
}

static bool is_blank(char c)
{
	return c && strchr(" \t\n\r", c);
}

static bool is_delimiter(char c)
{
	return c && strchr(" \t\n\r(),=", c);
}

static void put_items(struct buffer *out, const struct list_def *list)
{
	for (uint32_t i = 0; i < list->expanded_count; i++) {
		struct text item = list->expanded[i];
		bool quote = memchr(item.data, ' ', item.len) &&
			     *item.data != '"' && *item.data != '\'';

		if (i)
			buffer_put(out, ", ", 2);
		if (quote)
			buffer_u8(out, '"');
		buffer_put(out, item.data, item.len);
		if (quote)
			buffer_u8(out, '"');
	}
}

/*
 * Replaces a list's name by its items; `end': the end of the name.  Blanks
 * around it become one; an empty list removes a comma.  Returns where the text
 * continues.
 */
static const char *put_list(struct buffer *out, const struct list_def *list,
			    const char *end)
{
	while (out->len && is_blank((char)out->data[out->len - 1]))
		out->len--;
	while (is_blank(*end))
		end++;
	if (!list->expanded_count) {
		if (out->len && out->data[out->len - 1] == ',')
			out->len--;
		else if (*end == ',')
			end++;
	}
	if (out->len)
		buffer_u8(out, ' ');
	put_items(out, list);
	buffer_u8(out, ' ');
	return end;
}

/* Replaces the list's name; false if the text does not contain it. */
static bool replace_name(struct buffer *out, const char *text,
			 const struct list_def *list)
{
	size_t len = strlen(list->name);
	const char *from = text;
	const char *hit = strstr(text, list->name);
	bool is_used = false;

	out->len = 0;
	while (hit && out->len <= TEXT_LEN_MAX) {
		char before = hit > text ? hit[-1] : ' ';
		char after = hit[len] ? hit[len] : ' ';

		if (is_delimiter(before) && is_delimiter(after)) {
			buffer_put(out, from, (size_t)(hit - from));
			from = put_list(out, list, hit + len);
			is_used = true;
			hit = strstr(from, list->name);
		} else {
			hit = strstr(hit + 1, list->name);
		}
	}
	if (!is_used)
		return false;
	buffer_put(out, from, strlen(from) + 1);
	return true;
}

/*
 * The condition with all lists replaced, in the loader's arena; NULL: too
 * long.
 */
static const char *replace_lists(struct loader *loader, const char *text)
{
	struct buffer now = { 0 }, next = { 0 };

	for (uint32_t i = 0; i < loader->list_count; i++) {
		struct list_def *list = loader->lists[i];
		struct buffer swap = now;

		if (!*list->name || !replace_name(&next, text, list))
			continue;
		list->is_used = true;
		now = next;
		next = swap;
		text = (const char *)now.data;
		if (now.len > TEXT_LEN_MAX)
			break;
	}
	text = now.len > TEXT_LEN_MAX ? NULL
				      : arena_strdup(&loader->arena, text);
	buffer_free(&now);
	buffer_free(&next);
	return text;
}

/* Replaces lists and parses; macro names remain. */
static int parse_text(struct loader *loader, const char *condition,
		      const struct load_place *place, struct ast **ret_ast)
{
	const char *text = replace_lists(loader, condition);
	struct ast_source source = { .max_depth = AST_DEPTH_RULE,
				     .arena = &loader->arena };
	struct error err = { 0 };

	if (!text)
		return load_error(loader, "LOAD_ERR_VALIDATE", place,
				  "Condition is too long with its lists");
	source.text = text;
	source.len = strlen(text);
	if (!ast_parse(ret_ast, &source, &err))
		return 0;
	load_condition_issue(
		loader, place,
		&(struct condition_issue){ true, "LOAD_ERR_COMPILE_CONDITION",
					   err.text, text, source.place });
	return -1;
}

/* State of resolving the macros of one condition. */
struct resolver {
	struct loader *loader;
	const struct load_place *place;
	const char *condition; /* for snippets */
	uint32_t visibility;   /* macros with a lower index are visible */
	unsigned depth;
};

static int fail_at(struct resolver *r, const struct ast *ast,
		   const char *message)
{
	load_condition_issue(
		r->loader, r->place,
		&(struct condition_issue){ true, "LOAD_ERR_VALIDATE", message,
					   r->condition, ast->place });
	return -1;
}

static int resolve_tree(struct resolver *r, struct ast *ast,
			struct ast **ret_ast);

/* Resolves one macro name to the macro's tree. */
static int resolve_name(struct resolver *r, struct ast *ast,
			struct ast **ret_ast)
{
	struct macro_def *macro = loader_macro(r->loader, ast->text.data);
	struct arena *arena = &r->loader->arena;
	int failed;

	if (!macro || macro->index >= r->visibility)
		return fail_at(r, ast,
			       arena_printf(arena,
					    "Undefined macro "
					    "'%s' used in filter.",
					    ast->text.data));
	if (macro->is_open)
		return fail_at(r, ast,
			       arena_printf(arena,
					    "reference loop "
					    "in macro '%s'",
					    ast->text.data));
	macro->is_used = true;
	if (macro->is_resolved) {
		*ret_ast = macro->ast;
		return 0;
	}
	macro->is_open = true;
	failed = resolve_tree(r, macro->ast, ret_ast);
	macro->is_open = false;
	return failed;
}

static int resolve_kids(struct resolver *r, struct ast *ast,
			struct ast **ret_ast)
{
	struct ast *copy = NULL;

	for (uint32_t i = 0; i < ast->count; i++) {
		struct ast *kid;

		if (resolve_tree(r, ast->kids[i], &kid))
			return -1;
		if (kid == ast->kids[i])
			continue;
		if (!copy) {
			copy = ast_copy(ast, &r->loader->arena);
			memcpy(copy->kids, ast->kids,
			       ast->count * sizeof(*copy->kids));
		}
		copy->kids[i] = kid;
	}
	if (copy)
		ast_measure(copy);
	*ret_ast = copy ? copy : ast;
	return 0;
}

static int resolve_tree(struct resolver *r, struct ast *ast,
			struct ast **ret_ast)
{
	int failed = 0;

	if (r->depth > TREE_DEPTH_MAX)
		return fail_at(r, ast, "macros are nested too deeply");
	r->depth++;
	if (ast->kind == AST_NAME)
		failed = resolve_name(r, ast, ret_ast);
	else if (ast->kind <= AST_NOT)
		failed = resolve_kids(r, ast, ret_ast);
	else
		*ret_ast = ast;
	r->depth--;
	if (!failed && ((*ret_ast)->size > TREE_SIZE_MAX ||
			(*ret_ast)->depth > TREE_DEPTH_MAX))
		return fail_at(r, ast,
			       "condition is too large with its "
			       "macros");
	return failed;
}

static int resolve_macro(struct loader *loader, struct macro_def *macro)
{
	struct resolver r = { loader, &macro->condition_place, macro->condition,
			      macro->visibility, 0 };
	int failed;

	macro->is_open = true;
	failed = resolve_tree(&r, macro->ast, &macro->ast);
	macro->is_open = false;
	macro->is_resolved = !failed;
	return failed;
}

int resolve_macros(struct loader *loader)
{
	for (uint32_t i = 0; i < loader->macro_count; i++) {
		struct macro_def *macro = loader->macros[i];

		macro->is_used = macro->is_resolved = false;
		if (parse_text(loader, macro->condition,
			       &macro->condition_place, &macro->ast))
			return -1;
	}
	for (uint32_t i = 0; i < loader->macro_count; i++)
		if (resolve_macro(loader, loader->macros[i]))
			return -1;
	return 0;
}

int resolve_condition(struct loader *loader, const char *text,
		      const struct load_place *place, struct ast **ret_ast)
{
	struct resolver r = { loader, place, text, UINT32_MAX, 0 };
	struct ast *ast = NULL;

	if (parse_text(loader, text, place, &ast) || !ast)
		return -1;
	return resolve_tree(&r, ast, ret_ast);
}
