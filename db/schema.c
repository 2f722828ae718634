/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole schema: the tables, the indices that are created after the rows,
 * and the two texts generated from them, DDL and documentation.
 */
#include "db/schema.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "db/tables.h"

/* clang-format off */
const struct table *const tables[TABLE_COUNT] = {
	[TABLE_CAPTURES] = &table_captures,
	[TABLE_STRINGS] = &table_strings,
	[TABLE_EVENT_TYPES] = &table_event_types,
	[TABLE_CONTAINERS] = &table_containers,
	[TABLE_USERS] = &table_users,
	[TABLE_SESSIONS] = &table_sessions,
	[TABLE_PROCESSES] = &table_processes,
	[TABLE_THREADS] = &table_threads,
	[TABLE_EVENTS] = &table_events,
	[TABLE_FILES] = &table_files,
	[TABLE_SOCKETS] = &table_sockets,
	[TABLE_CONNECTIONS] = &table_connections,
	[TABLE_FILE_IO] = &table_file_io,
	[TABLE_DNS] = &table_dns,
	[TABLE_TIMELINE] = &table_timeline,
	[TABLE_ALERTS] = &table_alerts,
	[TABLE_GAPS] = &table_gaps,
	[TABLE_USER_CHANGES] = &table_user_changes,
};

const struct index indices[] = {
	{ "strings_text", "strings(text)" },
	{ "processes_pid", "processes(pid)" },
	{ "processes_parent", "processes(parent_id)" },
	{ "processes_session", "processes(session_id)" },
	{ "processes_start", "processes(start_ns)" },
	{ "processes_path", "processes(path)" },
	{ "threads_tid", "threads(tid)" },
	{ "events_time", "raw_events(ts_ns)" },
	{ "events_process", "raw_events(process_id)" },
	{ "events_type", "raw_events(type)" },
	/* EPERM and EACCES: refused calls. */
	{ "events_refused", "raw_events(res) WHERE res IN (-1, -13)" },
	{ "events_name", "raw_events(name_id) WHERE name_id IS NOT NULL" },
	{ "files_time", "raw_files(ts_ns)" },
	{ "files_process", "raw_files(process_id)" },
	{ "files_path", "raw_files(path_id)" },
	{ "files_target", "raw_files(target_id) WHERE target_id IS NOT NULL" },
	{ "files_object", "raw_files(object_id) WHERE object_id IS NOT NULL" },
	{ "files_written", "raw_files(ino) WHERE flags & 2" },
	{ "sockets_time", "raw_sockets(ts_ns)" },
	{ "sockets_process", "raw_sockets(process_id)" },
	{ "connections_process", "connections(process_id)" },
	{ "connections_remote", "connections(remote_address)" },
	{ "file_io_process", "file_io(process_id)" },
	{ "file_io_path", "file_io(path_id)" },
	{ "dns_name", "dns(name)" },
	{ "dns_answer", "dns(answer)" },
	{ "alerts_rule", "alerts(rule)" },
	{ "alerts_time", "alerts(ts_ns)" },
	{ "alerts_process", "alerts(process_id)" },
	{ NULL, NULL },
};
/* clang-format on */

void schema_table_sql(struct buffer *out, const struct table *table)
{
	const char *comma = "";

	buffer_printf(out, "CREATE TABLE %s (", table->name);
	for (const struct column *c = table->columns; c->name; c++) {
		buffer_printf(out, "%s\n  %s %s", comma, c->name, c->type);
		if (c->generated)
			buffer_printf(out, " AS (%s)", c->generated);
		comma = ",";
	}
	if (table->constraints)
		buffer_printf(out, ",\n  %s", table->constraints);
	buffer_printf(out, ");\n");
}

void schema_views_sql(struct buffer *out)
{
	for (const struct view *v = views; v->name; v++)
		buffer_printf(out, "CREATE VIEW %s AS %s;\n", v->name, v->sql);
}

char *schema_sql(void)
{
	struct buffer b = { 0 };

	for (int i = 0; i < TABLE_COUNT; i++)
		schema_table_sql(&b, tables[i]);
	schema_views_sql(&b);
	buffer_printf(&b,
		      "PRAGMA application_id = %d; PRAGMA user_version = %d;\n",
		      DB_APPLICATION_ID, DB_VERSION);
	buffer_u8(&b, '\0');
	return (char *)b.data;
}

static const char *const *db_parts(void)
{
	static const char *parts[TABLE_COUNT + 1];
	size_t count = 0;

	for (int i = 0; i < TABLE_COUNT; i++)
		if (tables[i]->only)
			parts[count++] = tables[i]->only;
	parts[count] = NULL;
	return parts;
}

static const char introduction[] =
	"# The database\n\n"
	"What `spoor load` makes, generated from the rows of `db/` by\n"
	"`spoor load --schema`. SQLite's `application_id` is %d (\"spor\"),\n"
	"`user_version` %d.\n\n"
	"Tables beginning with `raw_` hold numbers; the views `events`,\n"
	"`files` and `sockets` show them with names. The other views have the\n"
	"names and columns of osquery and of Sigma's log sources.\n\n"
	"Times are nanoseconds since 1970 (`_ns`; too large for JavaScript's\n"
	"numbers) and UTC text, which sorts as time does (`time`, `start_time`\n"
	"...). osquery's `time` is a number: here it is text as everywhere, and\n"
	"that number is `unix_time`.\n\n"
	"`process_search` and `string_search` are FTS5 tables over `processes`\n"
	"and `strings`, by their key as rowid:\n\n"
	"    SELECT p.* FROM process_search s JOIN processes p\n"
	"    ON p.process_id = s.rowid WHERE process_search MATCH 'curl'\n\n"
	"`--only` takes these, with commas between:";

/* Appends the first word of a type, and the table that it references. */
static void put_type(struct buffer *b, const char *type)
{
	const char *to = strstr(type, "REFERENCES ");

	if (strstr(type, "PRIMARY KEY"))
		buffer_printf(b, "%.*s, key", (int)strcspn(type, " "), type);
	else if (to)
		buffer_printf(b, "→ %s", to + 11);
	else
		buffer_printf(b, "%.*s", (int)strcspn(type, " "), type);
}

static void put_table(struct buffer *b, const struct table *t)
{
	buffer_printf(
		b, "## %s\n\n%s.\n\n| column | type | what |\n|---|---|---|\n",
		t->name, t->help);
	for (const struct column *c = t->columns; c->name; c++) {
		buffer_printf(b, "| %s | ", c->name);
		put_type(b, c->type);
		buffer_printf(b, " | %s", c->help);
		if (c->field && !strstr(c->help, c->field))
			buffer_printf(b, " (`%s`)", c->field);
		buffer_printf(b, " |\n");
	}
	buffer_printf(b, "\n");
	if (t->constraints)
		buffer_printf(b, "`%s`\n\n", t->constraints);
}

char *schema_markdown(void)
{
	struct buffer b = { 0 };

	buffer_printf(&b, introduction, DB_APPLICATION_ID, DB_VERSION);
	for (const char *const *part = db_parts(); *part; part++)
		buffer_printf(&b, " %s", *part);
	buffer_printf(&b, ".\n\n");
	for (int i = 0; i < TABLE_COUNT; i++)
		put_table(&b, tables[i]);
	buffer_printf(&b, "## Views\n\n| view | what |\n|---|---|\n");
	for (const struct view *v = views; v->name; v++)
		buffer_printf(&b, "| %s | %s |\n", v->name, v->help);
	buffer_printf(&b, "\n## Indices\n\n");
	for (const struct index *i = indices; i->name; i++)
		buffer_printf(&b, "- `%s` on %s\n", i->name, i->on);
	buffer_u8(&b, '\0');
	return (char *)b.data;
}
