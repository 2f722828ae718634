/* SPDX-License-Identifier: Apache-2.0 */
/* Two sets of rules at every event; see rule_diff.h. */
#include "cmd/rule_diff.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "core/arena.h"
#include "core/file/file.h"
#include "core/map.h"
#include "core/text.h"
#include "replay/replay.h"

enum { SIDES = 2, MATCHES_MAX = 256 };

/* Alerts of one rule name. */
struct counts {
	const char *name;
	uint64_t alerts[SIDES]; /* old, new */
	uint64_t lost, gained, changed;
};

/* The matches of one side at the current event. */
struct side {
	struct ruleset *set;
	unsigned count;
	struct rule *rules[MATCHES_MAX];
	struct buffer lines[MATCHES_MAX];
};

struct diff {
	const struct rule_options *options;
	struct side sides[SIDES];
	struct replay *replay;
	struct map by_name; /* hash -> struct counts */
	struct counts **all;
	unsigned count;
	struct arena arena;
	uint64_t events;
};

static struct counts *counts_of(struct diff *d, const char *name)
{
	uint64_t hash = hash_bytes(name, strlen(name));
	struct counts *c = map_get(&d->by_name, hash);

	if (c)
		return c;
	c = arena_alloc(&d->arena, sizeof(*c));
	c->name = name;
	map_put(&d->by_name, hash, c);
	d->all = mem_realloc(d->all, (d->count + 1) * sizeof(*d->all));
	d->all[d->count++] = c;
	return c;
}

/* The alert as a line, into the side that is being evaluated. */
struct taker {
	struct diff *diff;
	struct side *side;
};

static void on_match(void *user, struct rule *rule,
		     const struct field_context *context)
{
	struct taker *t = user;
	struct side *s = t->side;
	const struct alert alert = { rule, context,
				     replay_hostname(t->diff->replay) };
	const char *form = t->diff->options->json ? "json" : "text";

	if (s->count == MATCHES_MAX)
		return;
	s->lines[s->count].len = 0;
	alert_form_find(form)->write(&s->lines[s->count], &alert,
				     &t->diff->options->alerts);
	s->rules[s->count++] = rule;
}

static void put_line(char mark, const struct rule *rule,
		     const struct buffer *line)
{
	/* Without the newline of the alert. */
	cmd_say(stdout, "%c %s: %.*s", mark, rule->name, (int)line->len - 1,
		(const char *)line->data);
}

/* Appends one side as a JSON member, without the alert's line break. */
static void put_side(struct buffer *out, const char *key,
		     const struct buffer *line)
{
	if (!line)
		return;
	buffer_printf(out, ",\"%s\":%.*s", key, (int)line->len - 1,
		      (const char *)line->data);
}

/* A difference; one of the lines may be NULL. */
static void put_difference(const struct diff *d, const struct rule *rule,
			   const struct buffer *old, const struct buffer *new)
{
	struct buffer out = { 0 };

	if (!d->options->json) {
		if (old)
			put_line(new ? '<' : '-', rule, old);
		if (new)
			put_line(old ? '>' : '+', rule, new);
		return;
	}
	buffer_printf(&out, "{\"change\":\"%s\",\"rule\":",
		      !new  ? "lost"
		      : old ? "changed"
			    : "gained");
	text_put_json(&out, rule->name, strlen(rule->name));
	put_side(&out, "old", old);
	put_side(&out, "new", new);
	printf("%.*s}\n", (int)out.len, (char *)out.data);
	buffer_free(&out);
}

/* The match of the same rule on the other side, or -1. */
static int find_match(const struct side *side, const char *name)
{
	for (unsigned i = 0; i < side->count; i++)
		if (!strcmp(side->rules[i]->name, name))
			return (int)i;
	return -1;
}

/* Prints the differences between both sides at one event. */
static void compare(struct diff *d)
{
	struct side *old = &d->sides[0], *new = &d->sides[1];

	for (unsigned i = 0; i < old->count; i++) {
		const struct rule *rule = old->rules[i];
		struct counts *c = counts_of(d, rule->name);
		int k = find_match(new, rule->name);

		c->alerts[0]++;
		if (k < 0) {
			c->lost++;
			put_difference(d, rule, &old->lines[i], NULL);
		} else if (old->lines[i].len != new->lines[k].len ||
			   memcmp(old->lines[i].data, new->lines[k].data,
				  old->lines[i].len)) {
			c->changed++;
			put_difference(d, rule, &old->lines[i], &new->lines[k]);
		}
	}
	for (unsigned i = 0; i < new->count; i++) {
		struct counts *c = counts_of(d, new->rules[i]->name);

		c->alerts[1]++;
		if (find_match(old, new->rules[i]->name) >= 0)
			continue;
		c->gained++;
		put_difference(d, new->rules[i], NULL, &new->lines[i]);
	}
}

static void on_event(void *user, const struct field_context *context)
{
	struct diff *d = user;
	unsigned matches = 0;

	for (int i = 0; i < SIDES; i++) {
		struct taker taker = { d, &d->sides[i] };

		d->sides[i].count = 0;
		matches += ruleset_eval(d->sides[i].set, context, on_match,
					&taker);
	}
	if (matches)
		compare(d);
}

static struct event_sink *begin_capture(void *user, const char *path)
{
	const struct replay_options options = { .event = on_event,
						.user = user };
	struct diff *d = user;

	(void)path;
	d->replay = replay_new(&options);
	return replay_sink(d->replay);
}

static void end_capture(void *user, const struct capture_source *source,
			enum pump_end why)
{
	struct diff *d = user;

	(void)why;
	d->events += reader_stats(source->reader)->events;
	replay_free(d->replay);
	fflush(stdout);
}

static int by_name(const void *a, const void *b)
{
	const struct counts *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static void put_table(const struct diff *d)
{
	fprintf(stderr, "Events: %" PRIu64 "\n%8s %8s %8s %8s %8s  rule\n",
		d->events, "old", "new", "lost", "gained", "changed");
	for (unsigned i = 0; i < d->count; i++) {
		const struct counts *c = d->all[i];

		cmd_say(stderr,
			"%8" PRIu64 " %8" PRIu64 " %8" PRIu64 " %8" PRIu64
			" %8" PRIu64 "  %s",
			c->alerts[0], c->alerts[1], c->lost, c->gained,
			c->changed, c->name);
	}
}

static void put_json_table(const struct diff *d)
{
	struct buffer b = { 0 };

	buffer_printf(&b, "{\"events\":%" PRIu64 ",\"rules\":[", d->events);
	for (unsigned i = 0; i < d->count; i++) {
		const struct counts *c = d->all[i];

		buffer_printf(&b, "%s{\"rule\":", i ? "," : "");
		text_put_json(&b, c->name, strlen(c->name));
		buffer_printf(&b,
			      ",\"old\":%" PRIu64 ",\"new\":%" PRIu64
			      ",\"lost\":%" PRIu64 ",\"gained\":%" PRIu64
			      ",\"changed\":%" PRIu64 "}",
			      c->alerts[0], c->alerts[1], c->lost, c->gained,
			      c->changed);
	}
	printf("%.*s]}\n", (int)b.len, (char *)b.data);
	buffer_free(&b);
}

/* The counts by rule; how many alerts differ. */
static uint64_t summary(struct diff *d)
{
	uint64_t differences = 0;

	qsort(d->all, d->count, sizeof(*d->all), by_name);
	(d->options->json ? put_json_table : put_table)(d);
	for (unsigned i = 0; i < d->count; i++)
		differences += d->all[i]->lost + d->all[i]->gained +
			       d->all[i]->changed;
	return differences;
}

/* The common rules, then those of one side. */
static struct ruleset *load_side(const struct rule_options *rules,
				 const char *file)
{
	struct rule_options side = *rules;
	struct ruleset *set;

	side.files = (struct word_list){ NULL, 0 };
	for (unsigned i = 0; i < rules->files.count; i++)
		word_list_add(&side.files, rules->files.items[i]);
	word_list_add(&side.files, file);
	set = rule_options_load(&side, "replay");
	free(side.files.items);
	return set;
}

static void free_diff(struct diff *d)
{
	for (int i = 0; i < SIDES; i++) {
		ruleset_free(d->sides[i].set);
		for (int k = 0; k < MATCHES_MAX; k++)
			buffer_free(&d->sides[i].lines[k]);
	}
	map_free(&d->by_name);
	arena_free(&d->arena);
	free(d->all);
	free(d);
}

int rule_diff(const struct rule_options *rules, const char *old_file,
	      const char *new_file, const struct word_list *captures)
{
	struct diff *d = mem_zalloc(sizeof(*d));
	const struct pass pass = { .command = "replay",
				   .begin = begin_capture,
				   .end = end_capture,
				   .user = d };
	int result = EXIT_ERROR;

	d->options = rules;
	d->sides[0].set = load_side(rules, old_file);
	if (d->sides[0].set)
		d->sides[1].set = load_side(rules, new_file);
	if (d->sides[1].set)
		result = captures_pass(captures, &pass);
	fflush(stdout);
	if (d->sides[1].set && summary(d) && !result)
		result = EXIT_ALERTS;
	free_diff(d);
	return result;
}
