/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processing of each item of a capture: an event first updates what is known
 * (who.c, flows.c), then becomes a row of each table for its type, and of the
 * alerts if a rule matches.
 */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "db/load.h"
#include "db/objects.h"

/* The number of the event's type, see table event_types. */
static unsigned type_of(const struct event *e)
{
	int64_t sc, nr;

	if (e->code != PPME_GENERIC_X && e->code != PPME_GENERIC_E)
		return e->code;
	sc = event_int(e, 0, 0);
	if (sc > 0 && sc < PPM_SC_COUNT)
		return TYPE_GENERIC + (unsigned)sc;
	nr = event_int(e, 1, -1);
	return nr >= 0 && nr < TYPE_COUNT - TYPE_NATIVE
		       ? TYPE_NATIVE + (unsigned)nr
		       : TYPE_GENERIC;
}

/* Inserts a row for an event type that is new in the database. */
static void note_type(struct load *l, const struct field_context *c)
{
	struct type_record r = { .type = l->type };
	struct field_ref *ref;
	struct value v;

	l->is_type_known[l->type] = true;
	r.name = bytes_of(event_name(c->about.event));
	r.category = bytes_of("unknown");
	if (!field_find(&fields_syscall, "evt.category", c->scratch, &ref,
			NULL) &&
	    field_get(c, ref, &v))
		r.category = (struct bytes){ (const uint8_t *)v.text, v.len };
	rows_put_object(l, TABLE_EVENT_TYPES, &r);
}

/* A call with two ends; its connection is the last of its parts. */
static void move(struct load *l, struct flow **flows)
{
	int64_t connection_id = NO_NUMBER;

	for (unsigned i = 0; i < l->moves.count; i++) {
		const struct move *part = &l->moves.parts[i];

		if (part->mapped)
			flows_map(l, part, flows);
		else
			flows_event(l, &part->context, flows);
		if (l->connection_id != NO_NUMBER)
			connection_id = l->connection_id;
	}
	l->connection_id = connection_id;
}

static void on_event(void *user, const struct field_context *c)
{
	struct load *l = user;
	const struct event *e = c->about.event;
	struct row_source from = { l, c, NULL };
	struct flow **flows;
	uint32_t wanted;
	bool is_move;

	l->type = type_of(e);
	if (!l->is_type_known[l->type])
		note_type(l, c);
	gaps_event(l, e);
	if (l->capture.first_ns == NO_NUMBER)
		l->capture.first_ns = (int64_t)e->ts_ns;
	l->capture.last_ns = (int64_t)e->ts_ns;
	l->capture.events++;
	if (l->is_beginning)
		flows_begin(l, c);
	flows = who_event(l, c);
	is_move = moves_of(c, &l->moves);
	if (is_move)
		move(l, flows);
	else
		flows_event(l, c, flows);
	rows_put(l, TABLE_EVENTS, &from);
	wanted = l->tables_of[l->type];
	for (int id = 0; wanted; id++, wanted >>= 1)
		if (wanted & 1)
			rows_put(l, (enum table_id)id, &from);
	if (l->tables_of[l->type] & 1u << TABLE_FILES)
		objects_event(l->objects, c);
	user_changes_event(l, c);
	if (l->rows[TABLE_DNS])
		lookups_event(l, c);
	if (l->rows[TABLE_TIMELINE])
		timeline_event(l, c, is_move ? &l->moves : NULL);
	if (is_move)
		moves_done(&l->moves);
}

static struct bytes joined_tags(const struct rule *rule, struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; rule->tags[i]; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? " " : "",
				    rule->tags[i]);
	return bytes_of(text);
}

/* The fields of the message as a JSON object. */
static void put_fields(struct buffer *json, const struct rule *rule,
		       const struct field_context *c)
{
	struct format_item *items;
	bool is_complete;
	unsigned count =
		format_items(rule->format, c, false, &items, &is_complete);

	buffer_u8(json, '{');
	for (unsigned i = 0; i < count; i++) {
		if (i)
			buffer_u8(json, ',');
		text_put_json(json, items[i].ref->text,
			      strlen(items[i].ref->text));
		buffer_u8(json, ':');
		value_json(json, items[i].ref, &items[i].value,
			   items[i].is_present);
	}
	buffer_u8(json, '}');
}

static void on_alert(void *user, struct rule *rule,
		     const struct field_context *c)
{
	struct load *l = user;
	struct text output = { "", 0 };
	struct buffer json = { 0 };
	struct alert_record r = { .rule = bytes_of(rule->name) };
	struct row_source from = { l, c, &r };

	format_text(rule->format, c, &output);
	put_fields(&json, rule, c);
	r.alert_id = load_next_id(l, TABLE_ALERTS);
	r.priority = bytes_of(priority_name(rule->priority));
	r.severity = (int64_t)rule->priority;
	r.output = (struct bytes){ (const uint8_t *)output.data, output.len };
	r.tags = joined_tags(rule, c->scratch);
	r.fields = (struct bytes){ json.data, json.len };
	rows_put(l, TABLE_ALERTS, &from);
	who_alert(l);
	buffer_free(&json);
}

static void on_meta(struct load *l, const struct meta *meta)
{
	switch (meta->kind) {
	case META_MACHINE:
		l->capture.cpu_count = meta->machine.cpu_count;
		l->capture.memory_len = (int64_t)meta->machine.memory_len;
		if (meta->machine.boot_ns)
			l->capture.boot_ns = (int64_t)meta->machine.boot_ns;
		break;
	case META_USER:
		owners_user(l, "", &meta->user);
		break;
	case META_EVENTS:
		who_begin(l);
		l->is_beginning = true;
		break;
	default:
		break;
	}
}

struct replay *load_replay(struct load *l)
{
	struct replay_options options = { .rules = l->options->rules,
					  .alert = on_alert,
					  .event = on_event,
					  .user = l };

	return replay_new(&options);
}

int load_put(struct event_sink *sink, const struct item *item,
	     struct error *err)
{
	struct load *l = (struct load *)sink;

	/* Another machine or time: everything that was running has ended. */
	if (item->kind == ITEM_META && item->meta->kind == META_SECTION) {
		who_end(l);
		who_free(l->who);
		l->who = who_new();
	}
	replay_put(l->replay, item, NULL);
	if (item->kind == ITEM_META)
		on_meta(l, item->meta);
	else
		who_finish(l, &item->event);
	if (!l->has_failed)
		return SINK_OK;
	if (err)
		*err = l->error;
	return SINK_FAILED;
}
