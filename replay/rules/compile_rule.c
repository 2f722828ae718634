/* SPDX-License-Identifier: Apache-2.0 */
/* Compiles one rule definition: output, condition, event codes. */
#include "replay/rules/format.h"
#include "replay/rules/ruleset.h"

#include <string.h>

/* More event types than this in one rule cost time for every event. */
enum { CODES_MANY = 100 };

struct rule_compiler {
	struct ruleset *set;
	struct loader *loader;
	const struct rule_def *def;
	struct compiled_rule *rule;
	const char *condition; /* with exceptions, lists not yet replaced */
};

/* Is the error one that skip-if-unknown-filter turns into a warning? */
static bool is_unknown(const char *text)
{
	static const char *const marks[] = { "nonexistent field",
					     "invalid formatting token",
					     "unknown event type",
					     "unknown filter:", NULL };

	for (const char *const *m = marks; *m; m++)
		if (strstr(text, *m))
			return true;
	return false;
}

/* Removes all "%container.info", which formerly stood for other fields. */
static const char *drop_container_info(struct rule_compiler *c)
{
	static const char token[] = "%container.info";
	struct arena *arena = &c->loader->arena;
	const char *output = c->def->output;
	const char *hit = strstr(output, token);

	if (!hit)
		return output;
	load_warning(c->loader, "LOAD_DEPRECATED_ITEM", &c->def->output_place,
		     "%%container.info is deprecated and no more useful, and "
		     "will be dropped by Falco 1.0.0. The container plugin "
		     "will automatically add required fields to the output "
		     "message.");
	for (; hit; hit = strstr(output, token)) {
		size_t len = (size_t)(hit - output);

		while (len && output[len - 1] == ' ')
			len--;
		output = arena_printf(arena, "%.*s%s", (int)len, output,
				      hit + strlen(token));
	}
	return output;
}

static void warn_of_output_field(void *user, const struct warning_use *use)
{
	struct rule_compiler *c = user;

	load_warning(c->loader, use->code, &c->def->output_place,
		     "usage of deprecated field '%s' has been detected in the "
		     "rule output",
		     use->text);
}

static bool has_tag(const struct rule *rule, const char *tag)
{
	for (const char *const *t = rule->tags; *t; t++)
		if (!strcmp(*t, tag))
			return true;
	return false;
}

/* Does the addition apply to this rule? */
static bool is_for(const struct output_addition *addition,
		   const struct rule *rule)
{
	if ((addition->rule && strcmp(addition->rule, rule->name) != 0) ||
	    (addition->source && strcmp(addition->source, rule->source) != 0))
		return false;
	for (const char *const *t = addition->tags; t && *t; t++)
		if (!has_tag(rule, *t))
			return false;
	return true;
}

/* Appends " foo_bar=%foo.bar" for each suggested field. */
static void put_suggested(struct buffer *out, const struct field_set *set)
{
	for (size_t t = 0; set->tables[t]; t++)
		for (const struct field *f = set->tables[t]; f->name; f++) {
			if (!(f->flags & FIELD_SUGGESTED))
				continue;
			buffer_u8(out, ' ');
			for (const char *c = f->name; *c; c++)
				buffer_u8(out, *c == '.' ? '_' : (uint8_t)*c);
			buffer_printf(out, "=%%%s", f->name);
		}
}

static const char *add_to_output(struct rule_compiler *c, const char *output)
{
	const struct output_addition *a = c->set->options.additions;
	struct buffer out = { 0 };

	buffer_printf(&out, "%s", output);
	for (; a; a = a->next) {
		if (!is_for(a, &c->rule->rule))
			continue;
		if (a->text)
			buffer_printf(&out, " %s", a->text);
		if (a->is_suggested)
			put_suggested(&out, c->set->program.fields);
	}
	output = arena_copy(&c->loader->arena, out.data, out.len);
	buffer_free(&out);
	return output;
}

/* Adds a member to output_fields. */
static int add_member(struct rule_compiler *c, struct rule_member **members,
		      const struct output_member *member)
{
	struct rule *rule = &c->rule->rule;
	struct arena *arena = &c->loader->arena;
	struct error err = { 0 };
	struct format *format;
	const char *text = member->format
				   ? member->format
				   : arena_printf(arena, "%%%s", member->name);

	if (format_build(&format,
			 *text == '*' ? text : arena_printf(arena, "*%s", text),
			 &c->set->program, &err))
		return load_error(c->loader, "LOAD_ERR_COMPILE_OUTPUT",
				  &c->def->output_place, "%s", err.text);
	*members = array_room(arena, *members, rule->member_count,
			      sizeof(**members));
	(*members)[rule->member_count++] =
		(struct rule_member){ member->name, format, !member->format };
	rule->members = *members;
	return 0;
}

static int compile_members(struct rule_compiler *c)
{
	const struct output_addition *a = c->set->options.additions;
	struct rule_member *members = NULL;

	for (; a; a = a->next)
		for (const struct output_member *m =
			     is_for(a, &c->rule->rule) ? a->members : NULL;
		     m && m->name; m++)
			if (add_member(c, &members, m))
				return -1;
	return 0;
}

/* Compiles the output with its additions. */
static int compile_output(struct rule_compiler *c)
{
	struct rule *rule = &c->rule->rule;
	struct arena *arena = &c->loader->arena;
	struct error err = { 0 };
	struct format *format;

	rule->output = add_to_output(c, drop_container_info(c));
	warn_of_output(rule->output, warn_of_output_field, c);
	/* Absent values print as <NA>, as if the output began with '*'. */
	if (!format_build(&format,
			  *rule->output == '*'
				  ? rule->output
				  : arena_printf(arena, "*%s", rule->output),
			  &c->set->program, &err)) {
		rule->format = format;
		return compile_members(c) ? -1 : 1;
	}
	if (c->def->skips_unknown && is_unknown(err.text)) {
		load_warning(c->loader, "LOAD_UNKNOWN_FILTER",
			     &c->def->output_place, "%s", err.text);
		return 0;
	}
	return load_error(c->loader, "LOAD_ERR_COMPILE_OUTPUT",
			  &c->def->output_place, "%s", err.text);
}

static void issue(struct rule_compiler *c, const char *code,
		  const char *message, struct ast_place at)
{
	load_condition_issue(c->loader, &c->def->condition_place,
			     &(struct condition_issue){
				     .is_error = !strncmp(code, "LOAD_ERR", 8),
				     .code = code,
				     .message = message,
				     .condition = c->condition,
				     .at = at });
}

static void warn_of_use(void *user, const struct warning_use *use)
{
	struct rule_compiler *c = user;

	issue(c, use->code,
	      use->text
		      ? arena_printf(&c->loader->arena,
				     "usage of deprecated field '%s' "
				     "has been detected in the rule condition",
				     use->text)
		      : "comparing a field value with <NA> is unsafe and can lead to "
			"unpredictable behavior of the rule condition. If you need to "
			"check for the existence of a field, consider using the "
			"'exists' operator instead",
	      use->at);
}

static void warn_of_compile(void *user, const char *text,
			    struct ast_place place)
{
	issue(user, "LOAD_COMPILE_CONDITION", text, place);
}

/* Compiles the condition to nodes.  1, 0 skipped, -1. */
static int compile_nodes(struct rule_compiler *c)
{
	struct program *program = &c->set->program;
	struct error err = { 0 };
	int failed;

	program->warn = warn_of_compile;
	program->warn_user = c;
	failed = program_compile(&c->rule->root, program, c->rule->ast, &err);
	program->warn = NULL;
	if (!failed) {
		program->place = c->rule->ast->place;
		failed =
			codes_of_condition(&c->rule->codes, c->rule->ast, &err);
	}
	if (!failed)
		return 1;
	if (c->def->skips_unknown && is_unknown(err.text)) {
		issue(c, "LOAD_UNKNOWN_FILTER", err.text, program->place);
		return 0;
	}
	issue(c, "LOAD_ERR_COMPILE_CONDITION", err.text, program->place);
	return -1;
}

/* Resolves the condition with its exceptions, and compiles it. */
static int compile_condition(struct rule_compiler *c)
{
	struct loader *loader = c->loader;
	struct buffer text = { 0 };
	int got;

	if (exceptions_expand(loader, c->def, &text)) {
		buffer_free(&text);
		return -1;
	}
	c->condition = arena_copy(&loader->arena, text.data, text.len);
	text.len = 0;
	if (resolve_condition(loader, c->condition, &c->def->condition_place,
			      &c->rule->ast)) {
		buffer_free(&text);
		return -1;
	}
	warn_of_condition(c->rule->ast, warn_of_use, c);
	got = compile_nodes(c);
	ast_print(&text, c->rule->ast);
	c->rule->rule.condition =
		arena_copy(&loader->arena, text.data, text.len);
	buffer_free(&text);
	return got;
}

static const char *const *tags_of(struct loader *loader,
				  const struct rule_def *def)
{
	const char **tags = arena_alloc(&loader->arena,
					(def->tag_count + 1) * sizeof(*tags));

	for (uint32_t i = 0; i < def->tag_count; i++)
		tags[i] = def->tags[i];
	return tags;
}

int rule_compile(struct ruleset *set, const struct rule_def *def,
		 struct compiled_rule *ret_rule)
{
	struct rule_compiler c = {
		.set = set, .loader = &set->loader, .def = def, .rule = ret_rule
	};
	int got;

	*ret_rule = (struct compiled_rule){
		.rule = { .name = def->name,
			  .desc = def->desc,
			  .source = def->source,
			  .text = def->condition,
			  .priority = def->priority,
			  .tags = tags_of(&set->loader, def),
			  .enabled = def->is_enabled,
			  .capture = def->captures,
			  .capture_duration = def->capture_duration }
	};
	ret_rule->is_dropped = def->priority > set->options.min_priority;
	got = compile_output(&c);
	if (got > 0)
		got = compile_condition(&c);
	if (got <= 0)
		return got;
	if (def->warns_types && code_set_count(&ret_rule->codes) > CODES_MANY)
		load_warning(&set->loader, "LOAD_NO_EVTTYPE", &def->place,
			     "Rule matches too many evt.type values. This has "
			     "a significant performance penalty.");
	code_set_add(&ret_rule->codes, PPME_ASYNCEVENT_E);
	return 1;
}
