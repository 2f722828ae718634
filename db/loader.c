/* SPDX-License-Identifier: Apache-2.0 */
/* Captures through the replay pipeline into the tables of schema.c. */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/file/file.h"
#include "db/db.h"
#include "db/schema.h"
#include "replay/replay.h"

enum { TABLES_MAX = 8, COLUMNS_MAX = 32 };

/* A table being filled. */
struct filling {
	const struct table *table;
	sqlite3_stmt *insert;
	struct filter *filter; /* NULL: every event */
	struct field_ref *refs[COLUMNS_MAX];
	int count;
};

struct loader {
	bool is_damaged; /* a capture, part of which was loaded */
	sqlite3 *db;
	struct arena arena;
	struct filling tables[TABLES_MAX];
	int table_count;
	sqlite3_stmt *insert_alert;
	struct replay *replay;
	sqlite3_int64 capture_id;
	uint64_t events, first_ns, last_ns;
	bool failed;
};

static int sql_error(sqlite3 *db, const char *path, struct error *err)
{
	return error_set(err, EIO, "%s: %s", path, sqlite3_errmsg(db));
}

static int prepare_table(struct loader *l, const struct table *table,
			 struct error *err)
{
	struct filling *f = &l->tables[l->table_count++];
	struct buffer sql = { 0 };
	int result = 0;

	f->table = table;
	buffer_printf(&sql, "INSERT INTO %s VALUES (?, ?", table->name);
	for (const struct column *c = table->columns; c->name; c++) {
		buffer_printf(&sql, ", ?");
		result |=
			field_find(&fields_syscall, c->field, strlen(c->field),
				   &l->arena, &f->refs[f->count++], err);
	}
	buffer_printf(&sql, ")");
	buffer_u8(&sql, '\0');
	if (!result &&
	    sqlite3_prepare_v2(l->db, (char *)sql.data, -1, &f->insert, NULL))
		result = sql_error(l->db, table->name, err);
	if (!result && table->filter)
		result = filter_compile(&f->filter, table->filter,
					&fields_syscall, err);
	buffer_free(&sql);
	return result;
}

static void bind_value(sqlite3_stmt *s, int i, const struct value *v,
		       enum print_format format, struct arena *arena)
{
	struct text t;

	if (!v->is_list &&
	    (type_is_number((enum param_type)v->type) || v->type == PT_BOOL)) {
		sqlite3_bind_int64(s, i, v->s64);
		return;
	}
	t = value_text(v, format, arena);
	sqlite3_bind_text(s, i, t.data, (int)t.len, SQLITE_TRANSIENT);
}

static void insert_row(struct loader *l, struct filling *f,
		       const struct field_context *c)
{
	sqlite3_bind_int64(f->insert, 1, l->capture_id);
	sqlite3_bind_int64(f->insert, 2, (sqlite3_int64)c->about.event->num);
	for (int i = 0; i < f->count; i++) {
		struct value v;

		if (field_get(c, f->refs[i], &v))
			bind_value(f->insert, i + 3, &v,
				   (enum print_format)f->refs[i]->field->format,
				   c->scratch);
		else
			sqlite3_bind_null(f->insert, i + 3);
	}
	l->failed |= sqlite3_step(f->insert) != SQLITE_DONE;
	sqlite3_reset(f->insert);
}

static void on_event(void *user, const struct field_context *c)
{
	struct loader *l = user;

	l->events++;
	if (!l->first_ns)
		l->first_ns = c->about.event->ts_ns;
	l->last_ns = c->about.event->ts_ns;
	for (int i = 0; i < l->table_count; i++)
		if (!l->tables[i].filter ||
		    filter_match(l->tables[i].filter, c))
			insert_row(l, &l->tables[i], c);
}

static void put_tags(struct buffer *b, const struct rule *rule)
{
	for (size_t i = 0; rule->tags[i]; i++)
		buffer_printf(b, "%s%s", i ? " " : "", rule->tags[i]);
}

static void on_alert(void *user, struct rule *rule,
		     const struct field_context *c)
{
	static const char *const fields[] = { "evt.time.iso8601", "proc.pid",
					      "proc.name", "container.id" };
	static const int places[] = { 4, 10, 11, 12 };
	struct loader *l = user;
	sqlite3_stmt *s = l->insert_alert;
	struct buffer tags = { 0 };
	struct text output = { "", 0 };

	format_text(rule->format, c, &output);
	put_tags(&tags, rule);
	sqlite3_bind_int64(s, 1, l->capture_id);
	sqlite3_bind_int64(s, 2, (sqlite3_int64)c->about.event->num);
	sqlite3_bind_int64(s, 3, (sqlite3_int64)c->about.event->ts_ns);
	sqlite3_bind_text(s, 5, rule->name, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(s, 6, priority_name(rule->priority), -1,
			  SQLITE_STATIC);
	sqlite3_bind_int(s, 7, (int)rule->priority);
	sqlite3_bind_text(s, 8, output.data, (int)output.len, SQLITE_TRANSIENT);
	sqlite3_bind_text(s, 9, (char *)tags.data, (int)tags.len,
			  SQLITE_TRANSIENT);
	for (int i = 0; i < 4; i++) {
		struct field_ref *ref;
		struct value v;

		if (!field_find(&fields_syscall, fields[i], strlen(fields[i]),
				c->scratch, &ref, NULL) &&
		    field_get(c, ref, &v))
			bind_value(s, places[i], &v, PF_DEC, c->scratch);
		else
			sqlite3_bind_null(s, places[i]);
	}
	l->failed |= sqlite3_step(s) != SQLITE_DONE;
	sqlite3_reset(s);
	buffer_free(&tags);
}

static int put_capture(struct loader *l, const char *path, const char *damage,
		       struct error *err)
{
	sqlite3_stmt *s;
	int result;

	if (sqlite3_prepare_v2(l->db,
			       "INSERT INTO captures VALUES (?,?,?,?,?,?,?)",
			       -1, &s, NULL))
		return sql_error(l->db, path, err);
	sqlite3_bind_int64(s, 1, l->capture_id);
	sqlite3_bind_text(s, 2, path, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(s, 3, (sqlite3_int64)l->events);
	sqlite3_bind_int64(s, 4, (sqlite3_int64)l->first_ns);
	sqlite3_bind_int64(s, 5, (sqlite3_int64)l->last_ns);
	sqlite3_bind_text(s, 6, replay_hostname(l->replay), -1,
			  SQLITE_TRANSIENT);
	if (damage)
		sqlite3_bind_text(s, 7, damage, -1, SQLITE_TRANSIENT);
	result = sqlite3_step(s) == SQLITE_DONE ? 0 : -1;
	if (result)
		sql_error(l->db, path, err);
	sqlite3_finalize(s);
	return result;
}

/* Damage ends a capture; what came before it is loaded and it is noted. */
static int load_one(struct loader *l, const char *path, struct ruleset *set,
		    struct error *err)
{
	struct replay_options options = {
		.rules = set, .alert = on_alert, .event = on_event, .user = l
	};
	static struct item item;
	struct reader *reader;
	struct error damage;
	int code;
	int result;

	if (reader_open(&reader, path, NULL, err))
		return -1;
	l->capture_id++;
	l->events = l->first_ns = l->last_ns = 0;
	l->replay = replay_new(&options);
	while ((code = source_next(reader_source(reader), &item, &damage)) > 0)
		replay_put(l->replay, &item, err);
	result = put_capture(l, path, code < 0 ? damage.text : NULL, err);
	replay_free(l->replay);
	reader_close(reader);
	if (result || code == 0)
		return result;
	*err = damage;
	if (!l->events)
		return -1;
	l->is_damaged = true;
	return 0;
}

static int run(struct loader *l, const char *const *captures, unsigned count,
	       struct ruleset *set, struct error *err)
{
	static const char settings[] =
		"PRAGMA page_size = 32768; PRAGMA journal_mode = OFF; "
		"PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;";
	char *sql = schema_sql();
	int code = sqlite3_exec(l->db, settings, NULL, NULL, NULL) ||
		   sqlite3_exec(l->db, sql, NULL, NULL, NULL) ||
		   sqlite3_exec(l->db, "BEGIN", NULL, NULL, NULL);

	free(sql);
	if (code)
		return sql_error(l->db, "database", err);
	for (const struct table *t = event_tables; t->name; t++)
		if (prepare_table(l, t, err))
			return -1;
	if (sqlite3_prepare_v2(l->db,
			       "INSERT INTO alerts VALUES "
			       "(?,?,?,?,?,?,?,?,?,?,?,?)",
			       -1, &l->insert_alert, NULL))
		return sql_error(l->db, "alerts", err);
	for (unsigned i = 0; i < count; i++)
		if (load_one(l, captures[i], set, err))
			return -1;
	if (l->failed ||
	    sqlite3_exec(
		    l->db,
		    "COMMIT; CREATE INDEX processes_pid ON processes(pid); "
		    "CREATE INDEX files_path ON files(path); "
		    "CREATE INDEX alerts_rule ON alerts(rule);",
		    NULL, NULL, NULL))
		return sql_error(l->db, "database", err);
	return 0;
}

static void close_loader(struct loader *l)
{
	for (int i = 0; i < l->table_count; i++) {
		sqlite3_finalize(l->tables[i].insert);
		filter_free(l->tables[i].filter);
	}
	sqlite3_finalize(l->insert_alert);
	sqlite3_close(l->db);
	arena_free(&l->arena);
}

int db_load(const char *db_path, const char *const *captures, unsigned count,
	    struct ruleset *set, uint64_t *ret_events, struct error *err)
{
	struct loader l = { 0 };
	char part[4096];
	int result = -1;

	snprintf(part, sizeof(part), "%s.part-%d", db_path, (int)getpid());
	unlink(part);
	if (sqlite3_open(part, &l.db))
		sql_error(l.db, part, err);
	else
		result = run(&l, captures, count, set, err);
	*ret_events = l.events;
	close_loader(&l);
	if (!result && rename(part, db_path))
		result = error_errno(err, "%s", db_path);
	if (result)
		unlink(part);
	return !result && l.is_damaged ? 1 : result;
}
