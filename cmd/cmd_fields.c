/* SPDX-License-Identifier: Apache-2.0 */
/* spoor fields: every field of rules, filters, formats and columns. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "replay/fields/fields.h"

static const char help[] =
	"usage: spoor fields [-N | --json | --markdown] [PREFIX]\n\n"
	"Lists the fields that rules, filters, output formats and database\n"
	"columns are made of; with PREFIX those that begin so.\n\n"
	"  -N          names only, one a line\n"
	"  --json      one JSON object a line\n"
	"  --markdown  the tables of doc/fields.md\n"
	"  --list      as falco --list: nothing changes\n"
	"  -h, --help  this text\n";

/* The forms an argument may have; " or" before those that may be left out. */
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
	buffer_json(&b, argument_of(f), strlen(argument_of(f)));
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
	buffer_json(&b, f->help, strlen(f->help));
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

/* A family: what stands before the first dot. */
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

int cmd_fields(int argc, char **argv)
{
	const char *prefix = "";
	void (*put)(const struct field *field) = put_text;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
			fputs(help, stdout);
			return EXIT_OK;
		}
		if (!strcmp(argv[i], "-N"))
			put = put_name;
		else if (!strcmp(argv[i], "--list") ||
			 !strcmp(argv[i], "--list=syscall"))
			continue;
		else if (!strcmp(argv[i], "--json"))
			put = put_json;
		else if (!strcmp(argv[i], "--markdown"))
			put = put_markdown;
		else if (argv[i][0] == '-')
			return cmd_usage_error("fields", "no option %s",
					       argv[i]);
		else
			prefix = argv[i];
	}
	if (put == put_markdown)
		fputs(markdown_head, stdout);
	for (size_t t = 0; fields_syscall.tables[t]; t++)
		for (const struct field *f = fields_syscall.tables[t]; f->name;
		     f++) {
			if (strncmp(f->name, prefix, strlen(prefix)) != 0)
				continue;
			put(f);
		}
	return EXIT_OK;
}
