/* SPDX-License-Identifier: Apache-2.0 */
/* Timing of rules and fields; see profile.h. */
#include "replay/rules/profile.h"

#include <stdlib.h>
#include <time.h>

#include "replay/rules/ruleset.h"

struct profile {
	struct ruleset *set;
	uint64_t clock_ns; /* time to read the clock */
	struct cost *rules, *fields;
	struct source **sources; /* of the fields */
	unsigned field_count, field_room;
};

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

/* The least difference of two readings of the clock. */
static uint64_t measure_clock(void)
{
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < 1000; i++) {
		uint64_t begin = now_ns();
		uint64_t took = now_ns() - begin;

		if (took < least)
			least = took;
	}
	return least;
}

static void add_cost(const struct profile *p, struct cost *cost, uint64_t begin)
{
	uint64_t took = now_ns() - begin;

	cost->count++;
	cost->ns += took > p->clock_ns ? took - p->clock_ns : 0;
}

static void add_field(struct profile *p, struct source *source)
{
	if (p->field_count == p->field_room) {
		p->field_room = p->field_room ? 2 * p->field_room : 64;
		p->fields = mem_realloc(p->fields,
					p->field_room * sizeof(*p->fields));
		p->sources = mem_realloc(
			p->sources, p->field_room * sizeof(struct source *));
	}
	p->sources[p->field_count] = source;
	p->fields[p->field_count++] =
		(struct cost){ .name = source->ref->text };
}

struct profile *profile_new(struct ruleset *set)
{
	struct profile *p = mem_zalloc(sizeof(*p));

	p->set = set;
	p->clock_ns = measure_clock();
	p->rules = mem_zalloc((set->count + 1) * sizeof(*p->rules));
	for (uint32_t i = 0; i < set->count; i++)
		p->rules[i].name = set->rules[i]->name;
	for (struct source *s = set->program.sources; s; s = s->next)
		if (s->ref)
			add_field(p, s);
	return p;
}

void profile_event(struct profile *p, const struct field_context *context)
{
	struct program *program = &p->set->program;
	unsigned code = context->about.event->code;
	uint64_t first = program->generation;

	for (uint32_t i = 0; i < p->set->count; i++) {
		struct compiled_rule *rule = &p->set->compiled[i];
		uint64_t begin;

		if (!rule->rule.enabled || rule->is_dropped ||
		    !code_set_has(&rule->codes, code))
			continue;
		program_begin(program, context);
		begin = now_ns();
		node_eval(program, rule->root);
		add_cost(p, &p->rules[i], begin);
	}
	for (unsigned i = 0; i < p->field_count; i++) {
		uint64_t begin;

		if (p->sources[i]->generation <= first)
			continue;
		program_begin(program, context);
		begin = now_ns();
		source_read(program, p->sources[i]);
		add_cost(p, &p->fields[i], begin);
	}
}

static int by_time(const void *a, const void *b)
{
	const struct cost *x = a, *y = b;

	return (x->ns < y->ns) - (x->ns > y->ns);
}

const struct cost *profile_rules(struct profile *p, unsigned *ret_count)
{
	*ret_count = p->set->count;
	qsort(p->rules, p->set->count, sizeof(*p->rules), by_time);
	return p->rules;
}

const struct cost *profile_fields(struct profile *p, unsigned *ret_count)
{
	*ret_count = p->field_count;
	qsort(p->fields, p->field_count, sizeof(*p->fields), by_time);
	return p->fields;
}

void profile_free(struct profile *p)
{
	if (!p)
		return;
	free(p->rules);
	free(p->fields);
	free(p->sources);
	free(p);
}
