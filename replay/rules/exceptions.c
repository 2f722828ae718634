/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exceptions of rules: read, checked, and converted to text that is appended
 * to the condition before lists are replaced.
 */
#include "replay/rules/load.h"

#include <string.h>

static const char invalid[] = "LOAD_ERR_VALIDATE";
static const char yaml_invalid[] = "LOAD_ERR_YAML_VALIDATE";

/* Depth of nested lists: an exception needs three levels. */
enum { ENTRY_DEPTH_MAX = 4 };

/* Reads a scalar, or a list of entries. */
static int read_entry(struct loader *loader, const struct yaml_node *node,
		      struct exception_entry *entry, unsigned depth,
		      const struct load_place *place)
{
	entry->item = "";
	if (node->kind == YAML_NULL)
		return 0; /* not given: as a value, it compiles to nothing */
	entry->is_given = true;
	if (node->kind == YAML_SCALAR) {
		if (!node->text.len)
			return load_error(loader, yaml_invalid, place,
					  "Value must be non-empty");
		entry->item = node->text.data;
		return 0;
	}
	if (node->kind != YAML_SEQUENCE || depth > ENTRY_DEPTH_MAX)
		return load_error(loader, yaml_invalid, place,
				  "Value is not a scalar or a list of them");
	entry->is_list = true;
	entry->count = node->count;
	entry->items = arena_alloc(&loader->arena,
				   node->count * sizeof(*entry->items));
	for (uint32_t i = 0; i < node->count; i++)
		if (read_entry(loader, node->items[i], &entry->items[i],
			       depth + 1, place))
			return -1;
	return 0;
}

static int read_key(const struct entry *entry, const char *key,
		    bool is_optional, struct exception_entry *ret_entry)
{
	const struct yaml_node *value = yaml_get(entry->node, key);

	if (value)
		return read_entry(entry->loader, value, ret_entry, 1,
				  &entry->place);
	if (is_optional)
		return 0;
	return load_error(entry->loader, yaml_invalid, &entry->place,
			  "Item has no mapping for key '%s'", key);
}

/* Reads the values of an exception. */
static int read_values(const struct entry *entry, bool is_append,
		       struct exception_def *exception)
{
	const struct yaml_node *values = yaml_get(entry->node, "values");
	struct loader *loader = entry->loader;

	if (!values && is_append)
		load_warning(loader, "LOAD_APPEND_NO_VALUES", &entry->place,
			     "Overriding/appending exception with no values");
	if (!values)
		return 0;
	if (values->kind != YAML_SEQUENCE)
		return load_error(loader, yaml_invalid, &entry->place,
				  "Rule exception values must be a sequence");
	exception->count = values->count;
	exception->values = arena_alloc(
		&loader->arena, values->count * sizeof(*exception->values));
	for (uint32_t i = 0; i < values->count; i++)
		if (read_entry(loader, values->items[i], &exception->values[i],
			       1, &entry->place))
			return -1;
	return 0;
}

/* Reads one exception of a rule item. */
static int read_exception(struct entry *entry, bool is_append,
			  struct rule_def *rule)
{
	struct loader *loader = entry->loader;
	struct exception_def exception = { 0 };

	if (entry->node->kind != YAML_MAP)
		return load_error(loader, yaml_invalid, &entry->place,
				  "Rule exception must be a mapping");
	exception.name = entry_text(entry, "name");
	if (!exception.name)
		return -1;
	entry->place.item_name = exception.name;
	exception.place = entry->place;
	for (uint32_t i = 0; i < rule->exception_count; i++)
		if (!strcmp(rule->exceptions[i].name, exception.name))
			load_warning(loader, "LOAD_EXCEPTION_NAME_NOT_UNIQUE",
				     &entry->place,
				     "Multiple definitions of "
				     "exception '%s' in the same rule",
				     exception.name);
	if (read_key(entry, "fields", is_append, &exception.fields) ||
	    read_key(entry, "comps", true, &exception.comps) ||
	    read_values(entry, is_append, &exception))
		return -1;
	rule->exceptions =
		array_room(&loader->arena, rule->exceptions,
			   rule->exception_count, sizeof(*rule->exceptions));
	rule->exceptions[rule->exception_count++] = exception;
	return 0;
}

int exceptions_read(const struct entry *entry, bool is_append,
		    struct rule_def *rule)
{
	const struct yaml_node *list = yaml_get(entry->node, "exceptions");
	struct loader *loader = entry->loader;

	if (!list || list->kind == YAML_NULL)
		return 0;
	if (list->kind != YAML_SEQUENCE)
		return load_error(loader, yaml_invalid, &entry->place,
				  "Rule exceptions must be a sequence");
	for (uint32_t i = 0; i < list->count; i++) {
		struct entry one = { loader, list->items[i],
				     place_of(loader, list->items[i],
					      "exception", "") };

		if (read_exception(&one, is_append, rule))
			return -1;
	}
	return 0;
}

static const char *trim(struct loader *loader, const char *text)
{
	size_t len;

	text += strspn(text, " \t\r\n");
	len = strlen(text);
	while (len && strchr(" \t\r\n", text[len - 1]))
		len--;
	return arena_copy(&loader->arena, text, len);
}

static int check_operator(struct loader *loader, struct exception_entry *comp,
			  const struct exception_def *exception)
{
	comp->item = trim(loader, comp->item ? comp->item : "");
	if (ast_is_operator(comp->item))
		return 0;
	return load_error(loader, invalid, &exception->place,
			  "'%s' is not "
			  "a supported comparison operator",
			  comp->item);
}

/* Checks that the text is a field, or a transformer of fields. */
static int check_field(struct loader *loader, const char *text,
		       const struct exception_def *exception)
{
	struct ast_source source = { .text = text,
				     .len = strlen(text),
				     .max_depth = AST_DEPTH_FILTER,
				     .arena = &loader->arena };
	struct field_ref *ref;
	struct ast *ast;
	size_t used;

	if (!ast_parse_operand(&ast, &source, &used, NULL) &&
	    used == source.len &&
	    (ast->kind == AST_TRANSFORM ||
	     !field_bind(loader->fields,
			 &(struct field_name){ ast->text, ast->arg.data },
			 &loader->arena, &ref, NULL)))
		return 0;
	return load_error(loader, invalid, &exception->place,
			  "'%s' is not a supported filter field", text);
}

/* Checks that each field has an operator; the default is "=". */
static int check_lists(struct loader *loader, struct exception_def *exception,
		       bool has_source)
{
	struct exception_entry *fields = &exception->fields;
	struct exception_entry *comps = &exception->comps;

	if (!comps->is_given) {
		comps->is_given = comps->is_list = true;
		comps->count = fields->count;
		comps->items = arena_alloc(
			&loader->arena, comps->count * sizeof(*comps->items));
		for (uint32_t i = 0; i < comps->count; i++)
			comps->items[i].item = "=";
	}
	if (!comps->is_list || fields->count != comps->count)
		return load_error(loader, invalid, &exception->place,
				  "Fields and comps lists must have equal "
				  "length");
	for (uint32_t i = 0; i < comps->count; i++)
		if (check_operator(loader, &comps->items[i], exception))
			return -1;
	for (uint32_t i = 0; has_source && i < fields->count; i++)
		if (check_field(loader,
				fields->items[i].item ? fields->items[i].item
						      : "",
				exception))
			return -1;
	return 0;
}

/* Checks an exception of a single field. */
static int check_single(struct loader *loader, struct exception_def *exception,
			bool has_source)
{
	struct exception_entry *comps = &exception->comps;

	if (!comps->is_given)
		*comps = (struct exception_entry){ .is_given = true,
						   .item = "in" };
	if (comps->is_list)
		return load_error(loader, invalid, &exception->place,
				  "Fields and comps must both be strings");
	comps->item = trim(loader, comps->item);
	if (!ast_is_list_operator(comps->item) || !ast_is_operator(comps->item))
		return load_error(loader, invalid, &exception->place,
				  "When fields is a single value, comps must "
				  "be one of (in, pmatch, intersects)");
	return has_source
		       ? check_field(loader, exception->fields.item, exception)
		       : 0;
}

int exception_check(struct loader *loader, struct exception_def *exception,
		    bool has_source)
{
	return exception->fields.is_list
		       ? check_lists(loader, exception, has_source)
		       : check_single(loader, exception, has_source);
}

static void put(struct buffer *out, const char *text)
{
	buffer_put(out, text, strlen(text));
}

/* Appends a text, in quotes if it has blanks; nothing is escaped. */
static void put_quoted(struct buffer *out, const char *text)
{
	bool quote = strchr(text, ' ') && *text != '"' && *text != '\'';

	buffer_printf(out, quote ? "\"%s\"" : "%s", text);
}

/* Appends a value, or a list of values, as condition text. */
static int put_value(struct loader *loader, struct buffer *out,
		     const struct exception_entry *value, const char *comp,
		     const struct exception_def *exception)
{
	if (!value->is_list && ast_is_list_operator(comp)) {
		buffer_printf(out, *value->item == '(' ? "%s" : "(%s)",
			      value->item);
		return 0;
	}
	if (!value->is_list) {
		put_quoted(out, value->item);
		return 0;
	}
	put(out, "(");
	for (uint32_t i = 0; i < value->count; i++) {
		if (value->items[i].is_list)
			return load_error(loader, invalid, &exception->place,
					  "Expected values array to contain a "
					  "list of strings");
		put(out, i ? ", " : "");
		put_quoted(out, value->items[i].item);
	}
	put(out, ")");
	return 0;
}

/* " and not ((f1 c1 v1 and f2 c2 v2) or (...))" */
static int expand_lists(struct loader *loader,
			const struct exception_def *exception,
			struct buffer *out)
{
	const struct exception_entry *fields = &exception->fields;

	for (uint32_t i = 0; i < exception->count; i++) {
		const struct exception_entry *group = &exception->values[i];

		if (!group->is_list || group->count != fields->count)
			return load_error(loader, invalid, &exception->place,
					  "Fields and values lists must have "
					  "equal length");
		put(out, i ? " or (" : " and not ((");
		for (uint32_t k = 0; k < fields->count; k++) {
			const char *comp = exception->comps.items[k].item;

			buffer_printf(out, "%s%s %s ", k ? " and " : "",
				      fields->items[k].item, comp);
			if (put_value(loader, out, &group->items[k], comp,
				      exception))
				return -1;
		}
		put(out, ")");
	}
	put(out, exception->count ? ")" : "");
	return 0;
}

/* " and not (f in (v1, v2))" */
static int expand_single(struct loader *loader,
			 const struct exception_def *exception,
			 struct buffer *out)
{
	for (uint32_t i = 0; i < exception->count; i++) {
		const struct exception_entry *value = &exception->values[i];

		if (value->is_list)
			return load_error(loader, invalid, &exception->place,
					  "Expected values array to contain a "
					  "list of strings");
		if (i)
			put(out, ", ");
		else
			buffer_printf(out, " and not (%s %s (",
				      exception->fields.item,
				      exception->comps.item);
		put_quoted(out, value->item);
	}
	put(out, exception->count ? "))" : "");
	return 0;
}

int exceptions_expand(struct loader *loader, const struct rule_def *rule,
		      struct buffer *out)
{
	buffer_printf(out, rule->exception_count ? "(%s)" : "%s",
		      rule->condition);
	for (uint32_t i = 0; i < rule->exception_count; i++) {
		const struct exception_def *exception = &rule->exceptions[i];

		if (exception->fields.is_list
			    ? expand_lists(loader, exception, out)
			    : expand_single(loader, exception, out))
			return -1;
	}
	return 0;
}
