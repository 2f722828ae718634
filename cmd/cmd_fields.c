/* SPDX-License-Identifier: Apache-2.0 */
/* spoor fields: every field of rules, filters, formats and columns. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "replay/fields/fields.h"

static const char help[] =
	"usage: spoor fields [--json] [PREFIX]\n\n"
	"Lists the fields that rules, filters, output formats and database\n"
	"columns are made of; with PREFIX those that begin so.\n";

static const char *argument_of(const struct field *f)
{
	bool required = f->flags & FIELD_ARG_REQUIRED;

	if (f->flags & FIELD_ARG_NAME)
		return required ? ".NAME" : " or .NAME";
	if (f->flags & FIELD_ARG_KEY)
		return required ? "[KEY]" : " or [KEY]";
	if (f->flags & FIELD_ARG_INDEX)
		return required ? "[N]" : " or [N]";
	return "";
}

static void put_text(const struct field *f)
{
	printf("%s%s  (%s%s%s)\n    %s\n", f->name, argument_of(f),
	       param_type_name((enum param_type)f->type),
	       f->flags & FIELD_LIST ? ", list" : "",
	       f->flags & FIELD_FILTER_ONLY ? ", filters only" : "", f->help);
}

static void put_json(const struct field *f)
{
	struct buffer b = { 0 };

	buffer_printf(&b,
		      "{\"name\":\"%s\",\"type\":\"%s\",\"argument\":", f->name,
		      param_type_name((enum param_type)f->type));
	buffer_json(&b, argument_of(f), strlen(argument_of(f)));
	buffer_printf(&b, ",\"list\":%s,\"deprecated\":%s,\"help\":",
		      f->flags & FIELD_LIST ? "true" : "false",
		      f->flags & FIELD_DEPRECATED ? "true" : "false");
	buffer_json(&b, f->help, strlen(f->help));
	printf("%.*s}\n", (int)b.len, (char *)b.data);
	buffer_free(&b);
}

int cmd_fields(int argc, char **argv)
{
	const char *prefix = "";
	bool json = false;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
			fputs(help, stdout);
			return EXIT_OK;
		}
		if (!strcmp(argv[i], "--json"))
			json = true;
		else if (argv[i][0] == '-')
			return cmd_usage_error("fields", "no option %s",
					       argv[i]);
		else
			prefix = argv[i];
	}
	for (size_t t = 0; fields_syscall.tables[t]; t++)
		for (const struct field *f = fields_syscall.tables[t]; f->name;
		     f++) {
			if (strncmp(f->name, prefix, strlen(prefix)) != 0)
				continue;
			if (json)
				put_json(f);
			else
				put_text(f);
		}
	return EXIT_OK;
}
