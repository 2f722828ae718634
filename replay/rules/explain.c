/* SPDX-License-Identifier: Apache-2.0 */
/* Trees of conditions with their values; see explain.h. */
#include "replay/rules/explain.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "replay/rules/ruleset.h"

enum { KEPT_MAX = 3, VALUE_MAX = 200, LIST_SHOWN = 8 };

/* A node of the condition, compiled on its own. */
struct branch_of {
	const struct ast *ast;
	struct node *node;
	struct source *left; /* checks: the left side */
	struct branch_of **kids;
	uint32_t count;
};

/* An event to show. */
struct shown {
	uint64_t num;
	uint32_t score; /* number of true conjuncts */
	bool matches;
	uint64_t failures; /* the false ones among the first 64, as bits */
	struct buffer text;
};

struct explanation {
	struct program *program;
	const struct compiled_rule *rule;
	uint64_t event_num;
	bool json;
	struct arena arena;
	struct branch_of *root;
	struct branch_of **conjuncts;
	uint32_t conjunct_count, conjunct_room;
	struct shown shown[KEPT_MAX];
	unsigned shown_count;
	uint64_t seen, looked_at, matches;
};

/* Compiles a condition and its parts on their own. */
static struct branch_of *make_tree(struct explanation *x, const struct ast *ast,
				   struct error *err)
{
	struct branch_of *b = arena_alloc(&x->arena, sizeof(*b));

	b->ast = ast;
	if (program_compile(&b->node, x->program, ast, err))
		return NULL;
	if (ast->kind == AST_CHECK)
		return source_compile(&b->left, x->program, ast->kids[0], err)
			       ? NULL
			       : b;
	b->count = ast->count;
	b->kids = arena_alloc(&x->arena, (ast->count + 1) * sizeof(*b->kids));
	for (uint32_t i = 0; i < ast->count; i++) {
		b->kids[i] = make_tree(x, ast->kids[i], err);
		if (!b->kids[i])
			return NULL;
	}
	return b;
}

/* Adds the conjuncts of a branch; nested "and" is one level. */
static void add_conjuncts(struct explanation *x, struct branch_of *b)
{
	if (b->ast->kind == AST_AND) {
		for (uint32_t i = 0; i < b->count; i++)
			add_conjuncts(x, b->kids[i]);
		return;
	}
	if (x->conjunct_count == x->conjunct_room) {
		uint32_t room = x->conjunct_room ? 2 * x->conjunct_room : 16;
		struct branch_of **more =
			arena_alloc(&x->arena, room * sizeof(*more));

		if (x->conjunct_count)
			memcpy(more, x->conjuncts,
			       x->conjunct_count * sizeof(*more));
		x->conjuncts = more;
		x->conjunct_room = room;
	}
	x->conjuncts[x->conjunct_count++] = b;
}

static const struct compiled_rule *find_rule(const struct ruleset *set,
					     const char *name)
{
	for (uint32_t i = 0; i < set->count; i++)
		if (!strcmp(set->compiled[i].rule.name, name))
			return &set->compiled[i];
	return NULL;
}

int explain_new(struct explanation **ret_explanation, struct ruleset *set,
		const char *rule_name, uint64_t event_num, struct error *err)
{
	const struct compiled_rule *rule = find_rule(set, rule_name);
	struct explanation *x;

	if (!rule)
		return error_set(err, ENOENT, "no rule '%s' is loaded",
				 rule_name);
	x = mem_zalloc(sizeof(*x));
	x->program = &set->program;
	x->rule = rule;
	x->event_num = event_num;
	x->root = make_tree(x, rule->ast, err);
	if (!x->root) {
		explain_free(x);
		return -1;
	}
	add_conjuncts(x, x->root);
	*ret_explanation = x;
	return 0;
}

static void put_indent(struct buffer *out, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		buffer_put(out, "  ", 2);
}

/*
 * Appends the value as output prints it, as a JSON string with terminal
 * controls escaped.  absent: text for an absent value.
 */
static void put_value(struct explanation *x, struct buffer *out,
		      struct source *source, const char *absent)
{
	struct value value;
	struct text text;
	bool present;

	if (source->ref) {
		present = field_get_output(x->program->context, source->ref,
					   &value);
	} else {
		present = source_get(x->program, source);
		value = source->value;
	}
	if (!present) {
		buffer_printf(out, "%s", absent);
		return;
	}
	text = value_text(
		&value,
		source->ref ? (enum print_format)source->ref->field->format
			    : PF_DEC,
		x->program->context->scratch);
	text_put_json(out, text.data,
		      text.len > VALUE_MAX ? VALUE_MAX : text.len);
}

/* Appends a check; a long list is cut. */
static void put_check(struct buffer *out, const struct ast *check)
{
	struct ast shortened = *check;
	struct ast list;
	struct ast *sides[2] = { check->kids[0], &list };

	if (check->count < 2 || check->kids[1]->kind != AST_LIST ||
	    check->kids[1]->count <= LIST_SHOWN) {
		ast_print(out, check);
		return;
	}
	list = *check->kids[1];
	list.count = LIST_SHOWN;
	shortened.kids = sides;
	ast_print(out, &shortened);
	out->len--; /* the bracket */
	buffer_printf(out, ", and %u more)",
		      check->kids[1]->count - LIST_SHOWN);
}

static const char *junction_name(const struct ast *ast)
{
	return ast->kind == AST_AND  ? "all of"
	       : ast->kind == AST_OR ? "any of"
				     : "not";
}

/* Appends the tree of results at an event. */
static void put_tree(struct explanation *x, struct buffer *out,
		     const struct branch_of *b, unsigned depth)
{
	bool holds = node_eval(x->program, b->node);

	buffer_printf(out, "%s ", holds ? "  yes" : "   no");
	put_indent(out, depth);
	if (!b->left) {
		buffer_printf(out, "%s\n", junction_name(b->ast));
		for (uint32_t i = 0; i < b->count; i++)
			put_tree(x, out, b->kids[i], depth + 1);
		return;
	}
	put_check(out, b->ast);
	buffer_printf(out, "   is ");
	put_value(x, out, b->left, "absent");
	buffer_u8(out, '\n');
}

/* Appends the tree of results at an event as JSON. */
static void put_json_tree(struct explanation *x, struct buffer *out,
			  const struct branch_of *b)
{
	static const char *const names[] = {
		[AST_AND] = "all", [AST_OR] = "any", [AST_NOT] = "none"
	};
	struct buffer text = { 0 };

	buffer_printf(out, "{\"holds\":%s,",
		      node_eval(x->program, b->node) ? "true" : "false");
	if (b->left) {
		ast_print(&text, b->ast);
		buffer_printf(out, "\"check\":");
		text_put_json(out, (char *)text.data, text.len);
		buffer_printf(out, ",\"value\":");
		put_value(x, out, b->left, "null");
	} else {
		buffer_printf(out, "\"%s\":[", names[b->ast->kind]);
		for (uint32_t i = 0; i < b->count; i++) {
			if (i)
				buffer_u8(out, ',');
			put_json_tree(x, out, b->kids[i]);
		}
		buffer_u8(out, ']');
	}
	buffer_u8(out, '}');
	buffer_free(&text);
}

static void put_json_event(struct explanation *x, struct shown *s)
{
	const struct event_context *about = &x->program->context->about;
	const struct thread *t = about->thread;
	struct buffer *out = &s->text;

	out->len = 0;
	buffer_printf(out, "{\"event\":%" PRIu64 ",\"type\":\"%s\"",
		      about->event->num, event_name(about->event));
	if (t) {
		buffer_printf(out, ",\"process\":");
		text_put_json(out, t->comm.data, t->comm.len);
		buffer_printf(out, ",\"pid\":%" PRId64, t->pid);
	}
	buffer_printf(out,
		      ",\"matches\":%s,\"conditions\":%u,\"hold\":%u,"
		      "\"tree\":",
		      s->matches ? "true" : "false", x->conjunct_count,
		      s->score);
	put_json_tree(x, out, x->root);
	buffer_u8(out, '}');
}

/* Appends an event with the tree of its results. */
static void put_event(struct explanation *x, struct shown *s)
{
	const struct event_context *about = &x->program->context->about;
	const struct thread *t = about->thread;

	s->text.len = 0;
	buffer_printf(&s->text, "Event %" PRIu64 ", %s", about->event->num,
		      event_name(about->event));
	if (t) {
		buffer_printf(&s->text, " by ");
		text_put_json(&s->text, t->comm.data, t->comm.len);
		buffer_printf(&s->text, " (pid %" PRId64 ")", t->pid);
	}
	buffer_printf(&s->text, ": %s",
		      s->matches ? "the rule matches\n"
				 : "the rule does not match: ");
	if (!s->matches)
		buffer_printf(&s->text, "%u of %u conditions hold\n", s->score,
			      x->conjunct_count);
	put_tree(x, &s->text, x->root, 0);
}

/* Rates how close the rule is to matching the current event. */
static struct shown rate(struct explanation *x)
{
	struct shown s = { .num = x->program->context->about.event->num };

	for (uint32_t i = 0; i < x->conjunct_count; i++)
		if (node_eval(x->program, x->conjuncts[i]->node))
			s.score++;
		else if (i < 64)
			s.failures |= 1ull << i;
	s.matches = s.score == x->conjunct_count;
	return s;
}

/*
 * The slot for this event among the best; NULL: similar to one that is there.
 */
static struct shown *place_for(struct explanation *x, const struct shown *s)
{
	struct shown *worst = &x->shown[0];

	for (unsigned i = 0; i < x->shown_count; i++) {
		struct shown *other = &x->shown[i];

		if (other->failures == s->failures)
			return NULL;
		if (other->score < worst->score)
			worst = other;
	}
	if (x->shown_count < KEPT_MAX)
		return &x->shown[x->shown_count++];
	return s->score > worst->score ? worst : NULL;
}

void explain_event(struct explanation *x, const struct field_context *context)
{
	const struct event *event = context->about.event;
	struct shown s, *place;

	x->seen++;
	if (x->event_num ? event->num != x->event_num
			 : !code_set_has(&x->rule->codes, event->code))
		return;
	program_begin(x->program, context);
	x->looked_at++;
	s = rate(x);
	x->matches += s.matches;
	place = place_for(x, &s);
	if (!place)
		return;
	s.text = place->text; /* reuses the memory */
	*place = s;
	(x->json ? put_json_event : put_event)(x, place);
}

static int by_score(const void *a, const void *b)
{
	const struct shown *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (x->num > y->num) - (x->num < y->num);
}

static void print_head(const struct explanation *x, struct buffer *out)
{
	buffer_printf(out, "Rule \"%s\"%s\n", x->rule->rule.name,
		      x->rule->rule.enabled ? "" : " (not enabled)");
	if (x->event_num && !x->looked_at)
		buffer_printf(out,
			      "There is no event %" PRIu64 " that rules see.\n",
			      x->event_num);
	if (!x->event_num)
		buffer_printf(
			out,
			"Its condition holds at %" PRIu64 " of the %" PRIu64
			" events of its types (%" PRIu64 " events in all).%s\n",
			x->matches, x->looked_at, x->seen,
			x->matches || !x->shown_count
				? ""
				: "  Those that come closest:");
}

static void print_json(const struct explanation *x, struct buffer *out,
		       unsigned shown)
{
	const struct rule *rule = &x->rule->rule;

	buffer_printf(out, "{\"rule\":");
	text_put_json(out, rule->name, strlen(rule->name));
	buffer_printf(out,
		      ",\"enabled\":%s,\"events\":%" PRIu64
		      ",\"of_its_types\":%" PRIu64 ",\"matches\":%" PRIu64
		      ",\"shown\":[",
		      rule->enabled ? "true" : "false", x->seen, x->looked_at,
		      x->matches);
	for (unsigned i = 0; i < shown; i++) {
		if (i)
			buffer_u8(out, ',');
		buffer_put(out, x->shown[i].text.data, x->shown[i].text.len);
	}
	buffer_printf(out, "]}\n");
}

void explain_print(struct explanation *x, struct buffer *out)
{
	unsigned shown = x->shown_count;

	qsort(x->shown, shown, sizeof(*x->shown), by_score);
	/* The first match is enough for a rule that matches. */
	if (shown && x->shown[0].matches)
		shown = 1;
	if (x->json) {
		print_json(x, out, shown);
		return;
	}
	print_head(x, out);
	for (unsigned i = 0; i < shown; i++) {
		buffer_u8(out, '\n');
		buffer_put(out, x->shown[i].text.data, x->shown[i].text.len);
	}
}

void explain_as_json(struct explanation *x)
{
	x->json = true;
}

void explain_free(struct explanation *x)
{
	if (!x)
		return;
	for (unsigned i = 0; i < KEPT_MAX; i++)
		buffer_free(&x->shown[i].text);
	arena_free(&x->arena);
	free(x);
}
