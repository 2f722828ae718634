/* SPDX-License-Identifier: Apache-2.0 */
/* Finding fields by name; see fields.h. */
#include "replay/fields/fields.h"

#include <stdlib.h>
#include <string.h>

#include "replay/fields/getters.h"

/* clang-format off */
static const struct field *const syscall_tables[] = {
	fields_evt,    fields_evt_args, fields_proc, fields_ancestor,
	fields_thread, fields_fd,	fields_fd_misc, fields_fs,
	fields_container, fields_k8s,	NULL,
};
/* clang-format on */

const struct field_set fields_syscall = { syscall_tables };

static const struct field *find_name(const struct field_set *set,
				     const char *name, size_t len)
{
	for (size_t t = 0; set->tables[t]; t++)
		for (const struct field *f = set->tables[t]; f->name; f++)
			if (*f->name == *name && !strncmp(f->name, name, len) &&
			    !f->name[len])
				return f;
	return NULL;
}

/* The field of a text "name.argument"; the longest name wins. */
static const struct field *find_dotted(const struct field_set *set,
				       const char *name, size_t len,
				       size_t *ret_len)
{
	while (len) {
		const struct field *f;

		len--;
		if (name[len] != '.')
			continue;
		f = find_name(set, name, len);
		if (f && (f->flags & FIELD_ARG_NAME)) {
			*ret_len = len;
			return f;
		}
	}
	return NULL;
}

static int nonexistent(struct error *err, const struct field_name *name)
{
	const char *arg = name->arg;

	return error_set(
		err, ERROR_SYNTAX,
		"filter_check called with nonexistent field %.*s%s%s%s",
		(int)name->text.len, name->text.data, arg ? "[" : "",
		arg ? arg : "", arg ? "]" : "");
}

/* Checks the argument in brackets. */
static int check_arg(struct field_ref *ref, struct error *err)
{
	uint32_t flags = ref->field->flags;
	char *end = NULL;

	if (!ref->arg) {
		if (flags & FIELD_ARG_REQUIRED)
			return error_set(
				err, ERROR_SYNTAX,
				"filter_check called with nonexistent field %s: it needs an argument",
				ref->field->name);
		return 0;
	}
	ref->index = strtoull(ref->arg, &end, 10);
	ref->arg_is_number =
		*ref->arg && !*end && ref->arg[0] != '-' && ref->arg[0] != '+';
	if ((flags & FIELD_ARG_INDEX) &&
	    !(flags & (FIELD_ARG_KEY | FIELD_ARG_NAME)) && !ref->arg_is_number)
		return error_set(err, ERROR_SYNTAX,
				 "field %s: the argument '%s' is not a number",
				 ref->field->name, ref->arg);
	return 0;
}

/*
 * Sets the argument: the one in brackets, or the rest of the text after `used'.
 */
static int bind(struct field_ref *ref, const struct field_name *name,
		size_t used, struct arena *arena, struct error *err)
{
	const struct field *field = ref->field;
	const struct text *text = &name->text;

	ref->type = field->type;
	ref->is_list = field->flags & FIELD_LIST;
	if (name->arg) {
		ref->arg = arena_strdup(arena, name->arg);
		ref->text = arena_printf(arena, "%.*s[%s]", (int)text->len,
					 text->data, name->arg);
	} else {
		ref->text = arena_copy(arena, text->data, text->len);
		if (used < text->len)
			ref->arg = ref->text + used + 1;
	}
	if (check_arg(ref, err))
		return -1;
	return field->prepare ? field->prepare(ref, err) : 0;
}

int field_bind(const struct field_set *set, const struct field_name *name,
	       struct arena *arena, struct field_ref **ret_ref,
	       struct error *err)
{
	const struct text *text = &name->text;
	size_t used = text->len;
	const struct field *field = find_name(set, text->data, text->len);
	struct field_ref *ref;

	if (!field && !name->arg)
		field = find_dotted(set, text->data, text->len, &used);
	if (!field)
		return nonexistent(err, name);
	if (name->arg && !(field->flags & (FIELD_ARG_INDEX | FIELD_ARG_KEY)))
		return nonexistent(err, name);
	ref = arena_alloc(arena, sizeof(*ref));
	ref->field = field;
	if (bind(ref, name, used, arena, err))
		return -1;
	*ret_ref = ref;
	return 0;
}

int field_find(const struct field_set *set, const char *text,
	       struct arena *arena, struct field_ref **ret_ref,
	       struct error *err)
{
	const char *open = strchr(text, '[');
	uint32_t len = (uint32_t)strlen(text);
	struct field_name name = { .text = { text, len } };

	if (open) {
		size_t arg_len;

		name.text.len = (uint32_t)(open - text);
		if (text[len - 1] != ']')
			return nonexistent(err, &name);
		arg_len = len - name.text.len - 2;
		open++;
		if (arg_len >= 2 && (*open == '"' || *open == '\'') &&
		    open[arg_len - 1] == *open) {
			open++;
			arg_len -= 2;
		}
		name.arg = arena_copy(arena, open, arg_len);
	}
	return field_bind(set, &name, arena, ret_ref, err);
}
