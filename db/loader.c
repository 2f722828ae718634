/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Captures through the replay pipeline into the tables: each event first
 * changes what is known (who.c, flows.c), then is put where it belongs.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "db/load.h"
#include "db/store.h"

enum { EVENTS_PER_PROGRESS = 65536 };

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

/* A type that was not there before gets its name into the database. */
static void note_type(struct load *l, const struct field_context *c)
{
	struct type_record r = { .type = l->type };
	struct field_ref *ref;
	struct value v;

	l->is_type_known[l->type] = true;
	r.name = bytes_of(event_name(c->about.event));
	r.category = bytes_of("unknown");
	if (!field_find(&fields_syscall, "evt.category", 12, c->scratch, &ref,
			NULL) &&
	    field_get(c, ref, &v))
		r.category = (struct bytes){ (const uint8_t *)v.text, v.len };
	rows_put_object(l, TABLE_EVENT_TYPES, &r);
}

static void on_event(void *user, const struct field_context *c)
{
	struct load *l = user;
	const struct event *e = c->about.event;
	struct row_source from = { l, c, NULL };
	struct flow **flows;
	uint32_t wanted;

	l->type = type_of(e);
	if (!l->is_type_known[l->type])
		note_type(l, c);
	if (l->capture.first_ns == NO_NUMBER)
		l->capture.first_ns = (int64_t)e->ts_ns;
	l->capture.last_ns = (int64_t)e->ts_ns;
	l->capture.events++;
	flows = who_event(l, c);
	flows_event(l, c, flows);
	rows_put(l, TABLE_EVENTS, &from);
	wanted = l->tables_of[l->type];
	for (int id = 0; wanted; id++, wanted >>= 1)
		if (wanted & 1)
			rows_put(l, (enum table_id)id, &from);
	if (l->rows[TABLE_DNS])
		dns_event(l, c);
	if (l->rows[TABLE_TIMELINE])
		timeline_event(l, c);
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
		buffer_json(json, items[i].ref->text,
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
		who_user(l, "", &meta->user);
		break;
	case META_EVENTS:
		who_begin(l);
		break;
	default:
		break;
	}
}

static void put_gap(struct load *l, struct gap_record gap)
{
	gap.gap_id = load_next_id(l, TABLE_GAPS);
	rows_put_object(l, TABLE_GAPS, &gap);
}

/* Events that are missing anywhere in the capture. */
static void put_count_gap(struct load *l, const char *kind, uint64_t count,
			  const char *detail)
{
	if (count)
		put_gap(l, (struct gap_record){ .kind = bytes_of(kind),
						.detail = bytes_of(detail),
						.start_ns = NO_NUMBER,
						.end_ns = NO_NUMBER,
						.event_num = NO_NUMBER,
						.count = (int64_t)count });
}

static void put_gaps(struct load *l, const struct file_stats *stats,
		     const struct error *damage)
{
	if (damage)
		put_gap(l,
			(struct gap_record){
				.kind = bytes_of(damage->code == ERROR_TRUNCATED
							 ? "truncated"
							 : "damaged"),
				.detail = bytes_of(damage->text),
				.start_ns = l->capture.last_ns,
				.end_ns = NO_NUMBER,
				.event_num = l->capture.events,
				.count = NO_NUMBER });
	put_count_gap(l, "damaged", stats->damaged_bytes,
		      "bytes passed over to reach readable data again");
	put_count_gap(l, "skipped", stats->skipped,
		      "events of types newer than this program");
	put_count_gap(l, "unpaired", stats->unpaired,
		      "ends of calls whose beginning is missing");
	put_count_gap(l, "drops", stats->drops,
		      "events that the recorder says it lost");
}

static bool report(struct load *l, const struct file_stats *stats,
		   const char *path)
{
	const struct db_options *o = l->options;
	struct db_progress progress = {
		.path = path,
		.events = (uint64_t)l->capture.events,
		.file_read = stats->file_read,
		.file_len = stats->file_len,
	};

	return !o->progress || o->progress(o->user, &progress);
}

/* All items of the source: 0, or -1 and err says where it is damaged. */
static int pump(struct load *l, struct reader *reader, const char *path,
		struct error *err)
{
	struct event_source *source = reader_source(reader);
	struct item *item = mem_zalloc(sizeof(*item));
	unsigned until = EVENTS_PER_PROGRESS;
	int code = 0;

	while (!l->has_failed && (code = source_next(source, item, err)) > 0) {
		replay_put(l->replay, item, err);
		if (item->kind == ITEM_META) {
			on_meta(l, item->meta);
			continue;
		}
		who_finish(l, &item->event);
		if (--until)
			continue;
		until = EVENTS_PER_PROGRESS;
		if (!report(l, reader_stats(reader), path))
			break;
	}
	free(item);
	return code < 0 ? -1 : 0;
}

static void begin_capture(struct load *l, const char *path)
{
	struct replay_options options = { .rules = l->options->rules,
					  .alert = on_alert,
					  .event = on_event,
					  .user = l };

	l->capture = (struct capture_record){
		.capture_id = load_next_id(l, TABLE_CAPTURES),
		.path = bytes_of(path),
		.status = bytes_of("loading"),
		.file_len = NO_NUMBER,
		.first_ns = NO_NUMBER,
		.last_ns = NO_NUMBER,
		.cpu_count = NO_NUMBER,
		.memory_len = NO_NUMBER,
		.boot_ns = NO_NUMBER,
		.drops = NO_NUMBER,
	};
	rows_put_object(l, TABLE_CAPTURES, &l->capture);
	l->second = (struct second){ 0 };
	l->replay = replay_new(&options);
	l->who = who_new();
	l->flows = flows_new(l);
}

static void end_capture(struct load *l, const struct file_stats *stats,
			const struct error *damage)
{
	who_end(l);
	timeline_flush(l);
	put_gaps(l, stats, damage);
	l->capture.status = bytes_of(damage ? "damaged" : "whole");
	l->capture.damage = bytes_of(damage ? damage->text : NULL);
	l->capture.hostname = bytes_of(replay_hostname(l->replay));
	if (stats->file_len)
		l->capture.file_len = (int64_t)stats->file_len;
	rows_update(l, TABLE_CAPTURES, &l->capture);
	rows_flush(l);
	flows_free(l->flows);
	who_free(l->who);
	replay_free(l->replay);
	l->flows = NULL;
	l->who = NULL;
	l->replay = NULL;
}

/* Damage ends a capture: what came before it is loaded, and it is noted. */
static int load_one(struct load *l, const char *path, struct db_result *result,
		    struct error *err)
{
	struct reader_options options = { .salvage = true };
	struct reader *reader;
	struct error damage;
	int code;

	if (reader_open(&reader, path, &options, err))
		return -1;
	begin_capture(l, path);
	code = pump(l, reader, path, &damage);
	end_capture(l, reader_stats(reader), code ? &damage : NULL);
	reader_close(reader);
	result->events += (uint64_t)l->capture.events;
	if (l->has_failed) {
		*err = l->error;
		return -1;
	}
	if (code && !l->capture.events) {
		*err = damage;
		return -1;
	}
	result->loaded++;
	if (code) {
		result->damaged++;
		*err = damage;
	}
	return 0;
}

static bool is_named(const char *name, const char *at, size_t len)
{
	return name && strlen(name) == len && !memcmp(name, at, len);
}

/* Which tables the user wants: those always there, and those named. */
static int choose(const struct db_options *options, bool wanted[TABLE_COUNT],
		  struct error *err)
{
	const char *at = options->only;

	for (int i = 0; i < TABLE_COUNT; i++)
		wanted[i] = !at || !tables[i]->only;
	while (at && *at) {
		size_t len = strcspn(at, ",");
		bool found = false;

		for (int i = 0; i < TABLE_COUNT; i++)
			if (is_named(tables[i]->only, at, len) ||
			    is_named(tables[i]->name, at, len))
				found = wanted[i] = true;
		if (!found)
			return error_set(err, EINVAL, "no table '%.*s' to load",
					 (int)len, at);
		at += len + (at[len] == ',');
	}
	return 0;
}

/* Keys go on from those that are there. */
static void take_next_ids(struct load *l)
{
	for (int i = 0; i < TABLE_COUNT; i++) {
		char sql[128];

		snprintf(sql, sizeof(sql), "SELECT max(rowid) FROM %s",
			 tables[i]->name);
		l->next_ids[i] = store_number(l->db, sql, 0);
	}
}

static void take_known_types(struct load *l)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(l->db, "SELECT type FROM event_types", -1, &s,
			       NULL))
		return;
	while (sqlite3_step(s) == SQLITE_ROW) {
		unsigned type = (unsigned)sqlite3_column_int(s, 0);

		if (type < TYPE_COUNT)
			l->is_type_known[type] = true;
	}
	sqlite3_finalize(s);
}

static int load_open(struct load *l, struct error *err)
{
	bool wanted[TABLE_COUNT];

	if (choose(l->options, wanted, err))
		return -1;
	for (int i = 0; i < TABLE_COUNT; i++)
		if (wanted[i] && rows_open(l, (enum table_id)i, err))
			return -1;
	take_next_ids(l);
	take_known_types(l);
	l->strings = strings_new(l);
	return 0;
}

static void load_close(struct load *l)
{
	for (int i = 0; i < TABLE_COUNT; i++)
		rows_close(l, (enum table_id)i);
	strings_free(l->strings);
	arena_free(&l->arena);
	free(l);
}

static int run(struct load *l, const char *const *captures, unsigned count,
	       struct db_result *result, struct error *err)
{
	if (load_open(l, err))
		return -1;
	for (unsigned i = 0; i < count; i++)
		if (load_one(l, captures[i], result, err))
			return -1;
	if (!l->options->no_indices && store_index(l->db, err))
		return -1;
	return 0;
}

int db_load_into(struct sqlite3 *db, const char *const *captures,
		 unsigned count, const struct db_options *options,
		 struct db_result *ret_result, struct error *err)
{
	static const struct db_options defaults = { 0 };
	struct load *l;
	int result;

	*ret_result = (struct db_result){ 0 };
	if (store_prepare(db, err))
		return -1;
	if (sqlite3_exec(db, "BEGIN", NULL, NULL, NULL))
		return error_set(err, EIO, "%s", sqlite3_errmsg(db));
	l = mem_zalloc(sizeof(*l));
	l->db = db;
	l->options = options ? options : &defaults;
	result = run(l, captures, count, ret_result, err);
	load_close(l);
	if (!result && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL))
		result = error_set(err, EIO, "%s", sqlite3_errmsg(db));
	if (result)
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return !result && ret_result->damaged ? 1 : result;
}
