/* SPDX-License-Identifier: Apache-2.0 */
/* Counts and costs of a replay, as text and JSON; see replay_stats.h. */
#include "cmd/replay_stats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "core/text.h"

static int by_hits(const void *a, const void *b)
{
	const struct rule *const *x = a;
	const struct rule *const *y = b;

	return (*x)->hits < (*y)->hits ? 1 : (*x)->hits > (*y)->hits ? -1 : 0;
}

/* The rules, most hits first; free with free(). */
static struct rule **sorted_rules(const struct ruleset *set, unsigned *ret_n)
{
	struct rule *const *rules = ruleset_rules(set, ret_n);
	struct rule **sorted = mem_zalloc((*ret_n + 1) * sizeof(*sorted));

	for (unsigned i = 0; i < *ret_n; i++)
		sorted[i] = rules[i];
	qsort(sorted, *ret_n, sizeof(*sorted), by_hits);
	return sorted;
}

static void summary(const struct replay_stats *r, const struct ruleset *set)
{
	unsigned n;
	struct rule **sorted = sorted_rules(set, &n);

	fprintf(stderr, "Events: %llu\nAlerts: %llu\n",
		(unsigned long long)r->events, (unsigned long long)r->alerts);
	if (r->is_full && r->seconds > 0)
		fprintf(stderr, "Time: %.3f s, %.2f M events/s\n", r->seconds,
			(double)r->events / r->seconds / 1e6);
	for (unsigned i = 0; i < n && (r->is_full || sorted[i]->hits); i++)
		cmd_say(stderr, "  %8llu  %-13s %s",
			(unsigned long long)sorted[i]->hits,
			priority_name(sorted[i]->priority), sorted[i]->name);
	free(sorted);
}

/* The same for --stats --json; the object is ended by replay_stats_costs(). */
static void json_summary(const struct replay_stats *r,
			 const struct ruleset *set)
{
	unsigned n;
	struct rule **sorted = sorted_rules(set, &n);
	struct buffer b = { 0 };

	buffer_printf(&b,
		      "{\"events\":%llu,\"alerts\":%llu,\"seconds\":%.6f,"
		      "\"hits\":[",
		      (unsigned long long)r->events,
		      (unsigned long long)r->alerts, r->seconds);
	for (unsigned i = 0; i < n; i++) {
		buffer_printf(&b, "%s{\"rule\":", i ? "," : "");
		text_put_json(&b, sorted[i]->name, strlen(sorted[i]->name));
		buffer_printf(&b, ",\"priority\":\"%s\",\"hits\":%llu}",
			      priority_name(sorted[i]->priority),
			      (unsigned long long)sorted[i]->hits);
	}
	fprintf(stderr, "%.*s]", (int)b.len, (char *)b.data);
	buffer_free(&b);
	free(sorted);
}

void replay_stats_say(const struct replay_stats *stats,
		      const struct ruleset *set)
{
	(stats->is_full && stats->as_json ? json_summary : summary)(stats, set);
}

static void print_costs(const char *title, const struct cost *costs,
			unsigned count)
{
	fprintf(stderr, "%10s %8s %10s  %s\n", "total ms", "ns each", "times",
		title);
	for (unsigned i = 0; i < count; i++)
		if (costs[i].count)
			cmd_say(stderr, "%10.1f %8.0f %10llu  %s",
				(double)costs[i].ns / 1e6,
				(double)costs[i].ns / (double)costs[i].count,
				(unsigned long long)costs[i].count,
				costs[i].name);
}

static void json_costs(const char *key, const struct cost *costs,
		       unsigned count)
{
	struct buffer b = { 0 };
	bool more = false;

	buffer_printf(&b, ",\"%s\":[", key);
	for (unsigned i = 0; i < count; i++) {
		if (!costs[i].count)
			continue;
		buffer_printf(&b, "%s{\"name\":", more ? "," : "");
		text_put_json(&b, costs[i].name, strlen(costs[i].name));
		buffer_printf(&b, ",\"ns\":%llu,\"times\":%llu}",
			      (unsigned long long)costs[i].ns,
			      (unsigned long long)costs[i].count);
		more = true;
	}
	fprintf(stderr, "%.*s]", (int)b.len, (char *)b.data);
	buffer_free(&b);
}

void replay_stats_costs(const struct replay_stats *stats,
			struct profile *profile)
{
	const struct cost *costs;
	unsigned n;

	costs = profile_rules(profile, &n);
	if (stats->as_json)
		json_costs("rules", costs, n);
	else
		print_costs("rule, on its own", costs, n);
	costs = profile_fields(profile, &n);
	if (stats->as_json)
		json_costs("fields", costs, n);
	else
		print_costs("field", costs, n);
	if (stats->as_json)
		fputs("}\n", stderr);
}
