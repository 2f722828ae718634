/* SPDX-License-Identifier: Apache-2.0 */
/* spoor fields: lists the fields of rules, filters, formats and columns. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "core/nearest.h"
#include "core/text.h"
#include "replay/fields/fields.h"

/* The forms of a field's argument; " or" if it is optional. */
static const char *argument_of(const struct field *f)
{
	static char text[64];
	static const struct {
		uint32_t flag;
		const char *form;
	} forms[] = {
		{ FIELD_ARG_NAME, ".NAME" },
		{ FIELD_ARG_INDEX, "[N]" },
		{ FIELD_ARG_KEY, "[KEY]" },
	};
	bool more = !(f->flags & FIELD_ARG_REQUIRED);
	size_t len = 0;

	*text = '\0';
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (f->flags & forms[i].flag) {
			len += (size_t)snprintf(text + len, sizeof(text) - len,
						"%s%s", more ? " or " : "",
						forms[i].form);
			more = true;
		}
	return text;
}

static void put_text(const struct field *f)
{
	printf("%s%s  (%s%s%s)\n    %s\n", f->name, argument_of(f),
	       param_type_name((enum param_type)f->type),
	       f->flags & FIELD_LIST ? ", list" : "",
	       f->flags & FIELD_FILTER_ONLY ? ", filters only" : "", f->help);
}

static const struct {
	uint32_t flag;
	const char *name;
} flag_names[] = {
	{ FIELD_FILTER_ONLY, "FILTER_ONLY" },
	{ FIELD_PRINT_ONLY, "PRINT_ONLY" },
	{ FIELD_TABLE_ONLY, "TABLE_ONLY" },
	{ FIELD_DEPRECATED, "DEPRECATED" },
	{ FIELD_NO_RHS, "NO_RHS" },
	{ FIELD_NO_TRANSFORMER, "NO_TRANSFORMER" },
	{ FIELD_SUGGESTED, "FORMAT_SUGGESTED" },
};

static void put_json(const struct field *f)
{
	struct buffer b = { 0 };
	bool more = false;

	buffer_printf(&b,
		      "{\"name\":\"%s\",\"type\":\"%s\",\"argument\":", f->name,
		      param_type_name((enum param_type)f->type));
	text_put_json(&b, argument_of(f), strlen(argument_of(f)));
	buffer_printf(&b, ",\"list\":%s,\"deprecated\":%s,\"flags\":[",
		      f->flags & FIELD_LIST ? "true" : "false",
		      f->flags & FIELD_DEPRECATED ? "true" : "false");
	for (size_t i = 0; i < sizeof(flag_names) / sizeof(*flag_names); i++) {
		if (!(f->flags & flag_names[i].flag))
			continue;
		buffer_printf(&b, "%s\"%s\"", more ? "," : "",
			      flag_names[i].name);
		more = true;
	}
	buffer_printf(&b, "],\"help\":");
	text_put_json(&b, f->help, strlen(f->help));
	printf("%.*s}\n", (int)b.len, (char *)b.data);
	buffer_free(&b);
}

static void put_name(const struct field *f)
{
	puts(f->name);
}

static void put_row(const struct field *f)
{
	printf("| `%s%s` | %s%s | %s%s%s%s |\n", f->name, argument_of(f),
	       param_type_name((enum param_type)f->type),
	       f->flags & FIELD_LIST ? " list" : "", f->help,
	       f->flags & FIELD_FILTER_ONLY ? "; filters only" : "",
	       f->flags & FIELD_PRINT_ONLY ? "; output only" : "",
	       f->flags & FIELD_NO_RHS ? "; not on a right side" : "");
}

/* Do the names begin with the same word before the first dot? */
static bool same_family(const struct field *a, const struct field *b)
{
	size_t len = strcspn(a->name, ".") + 1;

	return !strncmp(a->name, b->name, len);
}

static bool is_first_of_family(const struct field *field)
{
	for (size_t t = 0; fields_syscall.tables[t]; t++)
		for (const struct field *f = fields_syscall.tables[t]; f->name;
		     f++)
			if (same_family(f, field))
				return f == field;
	return false;
}

static void put_markdown(const struct field *first)
{
	if (!is_first_of_family(first))
		return;
	printf("\n## %.*s\n\n| field | type | meaning |\n|---|---|---|\n",
	       (int)strcspn(first->name, "."), first->name);
	for (size_t t = 0; fields_syscall.tables[t]; t++)
		for (const struct field *f = fields_syscall.tables[t]; f->name;
		     f++)
			if (same_family(first, f))
				put_row(f);
}

static const char markdown_head[] =
	"# Fields\n\n"
	"What rules, filters, output formats and database columns are made "
	"of.\nMade by `spoor fields --markdown`; do not edit.  `.NAME` and "
	"`[N]` or\n`[KEY]` are arguments that the field needs, after \"or\" "
	"those it may have.\n";

struct listing {
	bool names, json, markdown, list;
};

#define AT(member) .at = offsetof(struct listing, member)
static const struct option_row option_rows[] = {
	{ .letters = "N",
	  .take = option_flag,
	  AT(names),
	  .help = "print names only, one per line" },
	{ .name = "json",
	  .take = option_flag,
	  AT(json),
	  .help = "print one JSON object per line" },
	{ .name = "markdown",
	  .take = option_flag,
	  AT(markdown),
	  .help = "print the tables of doc/fields.md" },
	/* Falco lists the fields of a source; here it is always "syscall". */
	{ .name = "list",
	  .argument = "[SOURCE]",
	  .take = option_flag,
	  AT(list),
	  .help = "accepted for compatibility with falco --list; no effect" },
	{ .take = NULL },
};
#undef AT

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

/* Reports that no field begins so, and suggests one. */
static int no_such(const char *prefix)
{
	struct nearest n = { .word = prefix };
	char family[NEAREST_LEN];

	for (size_t t = 0; fields_syscall.tables[t]; t++)
		for (const struct field *f = fields_syscall.tables[t]; f->name;
		     f++) {
			snprintf(family, sizeof(family), "%.*s",
				 (int)strcspn(f->name, "."), f->name);
			nearest_offer(&n, family);
			nearest_offer(&n, f->name);
		}
	return cmd_usage_error("fields", "no field begins with '%s'%s%s%s",
			       prefix, *n.name ? "; did you mean " : "", n.name,
			       *n.name ? "?" : "");
}

static int run(int argc, char **argv)
{
	bool found = false;
	struct listing l = { .names = false };
	int result = options_parse(&command_fields, &l, argc, argv);
	const char *prefix = optind < argc ? argv[optind] : "";
	void (*put)(const struct field *field) = l.markdown ? put_markdown
						 : l.json   ? put_json
						 : l.names  ? put_name
							    : put_text;

	if (result)
		return result < 0 ? EXIT_OK : result;
	if (l.markdown)
		fputs(markdown_head, stdout);
	for (size_t t = 0; fields_syscall.tables[t]; t++)
		for (const struct field *f = fields_syscall.tables[t]; f->name;
		     f++)
			if (!strncmp(f->name, prefix, strlen(prefix))) {
				put(f);
				found = true;
			}
	return found ? EXIT_OK : no_such(prefix);
}

static void put_words(struct buffer *out)
{
	for (size_t t = 0; fields_syscall.tables[t]; t++)
		for (const struct field *f = fields_syscall.tables[t]; f->name;
		     f++)
			buffer_printf(out, "%s\n", f->name);
}

const struct command command_fields = {
	.name = "fields",
	.help = "list the fields for rules, filters and formats",
	.run = run,
	.usage = "spoor fields [-N | --json | --markdown] [PREFIX]\n",
	.about = "Lists the fields for rules, filters, output formats and "
		 "database columns;\n"
		 "with PREFIX, those whose names begin with PREFIX.\n",
	.options = option_groups,
	.put_words = put_words,
};
