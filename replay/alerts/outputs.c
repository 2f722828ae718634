/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Alerts as Falco prints them: "TIME: Priority message", and one JSON object
 * a line with its keys sorted.  rule-language.md section 7.
 */
#include "replay/alerts/alerts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/text.h"

static const uint64_t second_ns = 1000000000;

static void put_time(struct buffer *out, uint64_t ts, bool iso,
		     const char *zone)
{
	time_t seconds = (time_t)(ts / second_ns);
	struct tm tm;
	char text[64];

	if (iso)
		gmtime_r(&seconds, &tm);
	else
		localtime_r(&seconds, &tm);
	strftime(text, sizeof(text), iso ? "%Y-%m-%dT%H:%M:%S" : "%H:%M:%S",
		 &tm);
	buffer_printf(out, "%s.%09u%s", text, (unsigned)(ts % second_ns), zone);
}

static void put_prefix(struct buffer *out, const struct alert *a, bool iso)
{
	put_time(out, a->context->about.event->ts_ns, iso, iso ? "+0000" : "");
	buffer_printf(out, ": %s ", priority_name(a->rule->priority));
}

static struct text message_of(const struct alert *a)
{
	struct text t = { "", 0 };

	format_text(a->rule->format, a->context, &t);
	return t;
}

static void write_text(struct buffer *out, const struct alert *a,
		       const struct alert_options *o)
{
	struct text message = message_of(a);

	put_prefix(out, a, o->iso_time);
	text_put(out, message.data, message.len);
	buffer_u8(out, '\n');
}

/* A member of output_fields: a field of the output, or an addition. */
struct member {
	const char *name;
	const struct field_ref *ref;
	const struct rule_member *added;
};

/* Orders by name; of equal names, additions come first and win. */
static int by_name(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x->added == NULL) - (y->added == NULL);
}

/* Is the field a time, which JSON has as nanoseconds since the epoch? */
static bool is_clock(const char *field)
{
	static const char *const clocks[] = {
		"evt.time",	"evt.time.s",	  "evt.time.iso8601",
		"evt.datetime", "evt.datetime.s", "evt.outputtime"
	};

	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++)
		if (!strcmp(field, clocks[i]))
			return true;
	return false;
}

static void put_field(struct buffer *out, const struct alert *a,
		      const struct field_ref *ref)
{
	struct value v;
	bool present;

	if (is_clock(ref->text)) {
		buffer_printf(out, "%" PRIu64, a->context->about.event->ts_ns);
		return;
	}
	present = field_get_output(a->context, ref, &v);
	value_json(out, ref, &v, present);
}

/* Appends an addition: a formatted text, or the value of a field. */
static void put_added(struct buffer *out, const struct alert *a,
		      const struct rule_member *member)
{
	struct text t = { "", 0 };
	const struct field_ref *const *fields;
	unsigned n;

	if (member->is_field) {
		fields = format_fields(member->format, &n);
		put_field(out, a, fields[0]);
		return;
	}
	format_text(member->format, a->context, &t);
	text_put_json(out, t.data, t.len);
}

/*
 * The members of output_fields: fields of the output, time of the prefix,
 * additions; sorted.
 */
static struct member *collect_members(const struct alert *a, bool iso,
				      unsigned *ret_count)
{
	static const struct field_ref time_ref = { .text = "evt.time" };
	static const struct field_ref iso_ref = { .text = "evt.time.iso8601" };
	const struct rule *rule = a->rule;
	unsigned n, count = 0;
	const struct field_ref *const *fields = format_fields(rule->format, &n);
	struct member *members =
		arena_alloc(a->context->scratch,
			    (n + 1 + rule->member_count) * sizeof(*members));

	for (unsigned i = 0; i <= n; i++) {
		const struct field_ref *ref = i < n ? fields[i]
					      : iso ? &iso_ref
						    : &time_ref;

		members[count++] = (struct member){ ref->text, ref, NULL };
	}
	/* Of several additions of one name, the last one wins. */
	for (unsigned i = rule->member_count; i--;)
		members[count++] = (struct member){ rule->members[i].name, NULL,
						    &rule->members[i] };
	qsort(members, count, sizeof(*members), by_name);
	*ret_count = count;
	return members;
}

/* Each name once. */
static void put_fields(struct buffer *out, const struct alert *a, bool iso)
{
	unsigned n;
	const struct member *m = collect_members(a, iso, &n);
	const char *last = NULL;

	buffer_u8(out, '{');
	for (unsigned i = 0; i < n; i++) {
		if (last && !strcmp(m[i].name, last))
			continue;
		if (last)
			buffer_u8(out, ',');
		last = m[i].name;
		text_put_json(out, last, strlen(last));
		buffer_u8(out, ':');
		if (m[i].added)
			put_added(out, a, m[i].added);
		else
			put_field(out, a, m[i].ref);
	}
	buffer_u8(out, '}');
}

static void put_string(struct buffer *out, const char *key, const char *text)
{
	buffer_printf(out, ",\"%s\":", key);
	text_put_json(out, text, strlen(text));
}

static void put_tags(struct buffer *out, const struct rule *rule)
{
	buffer_printf(out, ",\"tags\":[");
	for (size_t i = 0; rule->tags && rule->tags[i]; i++) {
		if (i)
			buffer_u8(out, ',');
		text_put_json(out, rule->tags[i], strlen(rule->tags[i]));
	}
	buffer_u8(out, ']');
}

/* Properties sorted by name, as Falco's JSON library does. */
static void write_json(struct buffer *out, const struct alert *a,
		       const struct alert_options *o)
{
	struct text message = message_of(a);
	struct buffer output = { 0 };

	put_prefix(&output, a, o->iso_time);
	buffer_put(&output, message.data, message.len);
	buffer_printf(out, "{\"hostname\":");
	text_put_json(out, a->hostname, strlen(a->hostname));
	if (o->message) {
		buffer_printf(out, ",\"message\":");
		text_put_json(out, message.data, message.len);
	}
	if (o->output) {
		buffer_printf(out, ",\"output\":");
		text_put_json(out, (char *)output.data, output.len);
	}
	if (o->fields) {
		buffer_printf(out, ",\"output_fields\":");
		put_fields(out, a, o->iso_time);
	}
	put_string(out, "priority", priority_name(a->rule->priority));
	put_string(out, "rule", a->rule->name);
	put_string(out, "source", a->rule->source);
	if (o->tags)
		put_tags(out, a->rule);
	buffer_printf(out, ",\"time\":\"");
	put_time(out, a->context->about.event->ts_ns, true, "Z");
	buffer_printf(out, "\"}\n");
	buffer_free(&output);
}

/* clang-format off */
const struct alert_form alert_forms[] = {
	{ "text", "TIME: Priority message", write_text },
	{ "json", "one JSON object a line", write_json },
	{ NULL, NULL, NULL },
};
/* clang-format on */

const struct alert_form *alert_form_find(const char *name)
{
	for (const struct alert_form *f = alert_forms; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}
