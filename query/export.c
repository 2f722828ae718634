/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes the rows of the kinds in export_kinds.c, one at a time, as JSON
 * lines, CSV, or mapped to a schema.
 */
#include "query/export.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "core/bytes.h"
#include "core/nearest.h"
#include "core/text.h"
#include "query/json.h"

enum { MEMBERS_MAX = 64 };

/* A column named NAME{} contains JSON, which is written unchanged as NAME. */
static size_t name_len(const char *column)
{
	size_t len = strlen(column);

	return len > 2 && !strcmp(column + len - 2, "{}") ? len - 2 : len;
}

static struct bytes text_of(const char *text, size_t len)
{
	return (struct bytes){ (const uint8_t *)text, len };
}

static void put_value(struct buffer *b, sqlite3_stmt *s, int i)
{
	const char *name = sqlite3_column_name(s, i);

	if (name[name_len(name)] && sqlite3_column_type(s, i) != SQLITE_NULL)
		buffer_put(b, sqlite3_column_text(s, i),
			   (size_t)sqlite3_column_bytes(s, i));
	else
		json_put_column(b, s, i, 0);
}

static void put_json_row(struct buffer *b, const char *table, sqlite3_stmt *s)
{
	buffer_printf(b, "{\"table\":\"%s\"", table);
	for (int i = 0; i < sqlite3_column_count(s); i++) {
		const char *name = sqlite3_column_name(s, i);

		buffer_u8(b, ',');
		json_put_text(b, text_of(name, name_len(name)), 0);
		buffer_u8(b, ':');
		put_value(b, s, i);
	}
	buffer_printf(b, "}\n");
}

/* Writes a CSV row, with the same line ends as query. */
static void put_csv_row(struct buffer *b, sqlite3_stmt *s, bool is_head)
{
	for (int i = 0; i < sqlite3_column_count(s); i++) {
		const char *name = sqlite3_column_name(s, i);
		const char *text = (const char *)sqlite3_column_text(s, i);

		if (i)
			buffer_u8(b, ',');
		if (is_head)
			text_put_csv(b, name, name_len(name));
		else if (text)
			text_put_csv(b, text,
				     (size_t)sqlite3_column_bytes(s, i));
	}
	buffer_printf(b, "\r\n");
}

/* Length of the common objects of two paths, with the last dot. */
static size_t common_len(const char *a, const char *b)
{
	size_t common = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '.')
			common = i + 1;
	return common;
}

/* Closes the objects of a path after its first `from' bytes. */
static void close_objects(struct buffer *b, const char *path, size_t from)
{
	for (const char *dot = strrchr(path, '.'); dot && dot >= path + from;) {
		const char *before = dot;

		buffer_printf(b, dot > path && dot[-1] == ']' ? "}]" : "}");
		while (before > path && before[-1] != '.')
			before--;
		dot = before > path ? before - 1 : NULL;
	}
}

static void put_name(struct buffer *b, const char *name, size_t len)
{
	json_put_text(b, text_of(name, len), 0);
	buffer_u8(b, ':');
}

/*
 * Opens the objects of a path after its first `from' bytes, and writes the
 * last name.
 */
static void open_objects(struct buffer *b, const char *path, size_t from)
{
	const char *name = path + from;

	for (const char *dot; (dot = strchr(name, '.')); name = dot + 1) {
		bool is_list = dot[-1] == ']';

		put_name(b, name, (size_t)(dot - name) - (is_list ? 2 : 0));
		buffer_printf(b, is_list ? "[{" : "{");
	}
	put_name(b, name, strlen(name));
}

struct shape {
	const char *table;
	const struct export_member *members; /* NULL: rows unchanged */
	/* column of the query for each member; -1: none */
	int columns[MEMBERS_MAX];
};

static int find_column(sqlite3_stmt *s, const char *name)
{
	for (int i = 0; name && i < sqlite3_column_count(s); i++)
		if (!strcmp(sqlite3_column_name(s, i), name))
			return i;
	return -1;
}

static void shape_init(struct shape *shape, const struct export_kind *kind,
		       const struct export_member *members, sqlite3_stmt *s)
{
	shape->table = kind->name;
	shape->members = members;
	for (int i = 0; members && members[i].path; i++)
		shape->columns[i] = find_column(s, members[i].column);
}

/* Writes a row as an object of a schema. */
static void put_shape(struct buffer *b, const struct shape *shape,
		      sqlite3_stmt *s)
{
	const char *before = "";

	buffer_u8(b, '{');
	for (int i = 0; shape->members[i].path; i++) {
		const struct export_member *m = &shape->members[i];
		int column = shape->columns[i];
		size_t common = common_len(before, m->path);

		if (column < 0 ? !m->constant
			       : sqlite3_column_type(s, column) == SQLITE_NULL)
			continue;
		close_objects(b, before, common);
		if (*before)
			buffer_u8(b, ',');
		open_objects(b, m->path, common);
		if (column < 0)
			buffer_printf(b, "%s", m->constant);
		else
			put_value(b, s, column);
		before = m->path;
	}
	close_objects(b, before, 0);
	buffer_printf(b, "}\n");
}

static void put_row(struct buffer *b, enum export_format format,
		    const struct shape *shape, sqlite3_stmt *s)
{
	if (shape->members)
		put_shape(b, shape, s);
	else if (format == EXPORT_CSV)
		put_csv_row(b, s, false);
	else
		put_json_row(b, shape->table, s);
}

static void flush(struct buffer *b, FILE *out)
{
	if (b->len)
		fwrite(b->data, 1, b->len, out);
	b->len = 0;
}

static void bind_limit(sqlite3_stmt *s, const char *name, int64_t ns)
{
	int i = sqlite3_bind_parameter_index(s, name);

	if (i && ns)
		sqlite3_bind_int64(s, i, ns);
}

/* The mapping of a kind to a schema; NULL: its rows are unchanged, or none. */
static const struct export_member *members_of(const struct export_kind *kind,
					      enum export_format format)
{
	switch (format) {
	case EXPORT_TIMESKETCH:
		return kind->timesketch;
	case EXPORT_ECS:
		return kind->ecs;
	case EXPORT_OCSF:
		return kind->ocsf;
	default:
		return NULL;
	}
}

/* Writes all rows of a kind. */
static int write_kind(struct sqlite3 *db, const struct export_kind *kind,
		      const struct export_options *o, FILE *out,
		      struct error *err)
{
	const struct export_member *members = members_of(kind, o->format);
	struct buffer b = { 0 };
	struct shape shape;
	sqlite3_stmt *s;
	int code;

	if (sqlite3_prepare_v2(db, members ? kind->events : kind->rows, -1, &s,
			       NULL))
		return error_set(err, EIO, "%s: %s", kind->name,
				 sqlite3_errmsg(db));
	bind_limit(s, ":since", o->since_ns);
	bind_limit(s, ":until", o->until_ns);
	shape_init(&shape, kind, members, s);
	if (o->format == EXPORT_CSV)
		put_csv_row(&b, s, true);
	while ((code = sqlite3_step(s)) == SQLITE_ROW && !ferror(out)) {
		put_row(&b, o->format, &shape, s);
		flush(&b, out);
	}
	flush(&b, out);
	if (code != SQLITE_DONE && code != SQLITE_ROW)
		error_set(err, EIO, "%s: %s", kind->name, sqlite3_errmsg(db));
	sqlite3_finalize(s);
	buffer_free(&b);
	return code == SQLITE_DONE || ferror(out) ? 0 : -1;
}

static const struct export_kind *find_kind(const char *name, size_t len)
{
	for (const struct export_kind *k = export_kinds; k->name; k++)
		if (strlen(k->name) == len && !memcmp(k->name, name, len))
			return k;
	return NULL;
}

static bool has_shape(const struct export_kind *kind, enum export_format format)
{
	return format == EXPORT_JSON || format == EXPORT_CSV ||
	       members_of(kind, format);
}

static int unknown_kind(const char *word, size_t len, struct error *err)
{
	char name[NEAREST_LEN];
	struct nearest n = { .word = name };

	snprintf(name, sizeof(name), "%.*s", (int)len, word);
	for (const struct export_kind *k = export_kinds; k->name; k++)
		nearest_offer(&n, k->name);
	error_set(err, EINVAL, "unknown kind of rows '%.*s'", (int)len, word);
	nearest_tell(&n, err);
	return -1;
}

int export_check(const struct export_options *o, struct error *err)
{
	for (const char *word = o->only; word && *word;) {
		size_t len = strcspn(word, ",");
		const struct export_kind *kind = find_kind(word, len);

		if (!kind)
			return unknown_kind(word, len, err);
		if (!has_shape(kind, o->format))
			return error_set(err, EINVAL,
					 "%s cannot be exported in this "
					 "format; use json or csv",
					 kind->name);
		word += len + (word[len] == ',');
	}
	if (o->format == EXPORT_CSV && (!o->only || strchr(o->only, ',')))
		return error_set(err, EINVAL,
				 "CSV holds one table: name it with --only");
	return 0;
}

static bool is_wanted(const struct export_kind *kind,
		      const struct export_options *o)
{
	if (!o->only)
		return kind->is_default && has_shape(kind, o->format);
	for (const char *word = o->only; *word;) {
		size_t len = strcspn(word, ",");

		if (find_kind(word, len) == kind)
			return true;
		word += len + (word[len] == ',');
	}
	return false;
}

int export_write(struct sqlite3 *db, const struct export_options *options,
		 FILE *out, struct error *err)
{
	if (export_check(options, err))
		return -1;
	for (const struct export_kind *k = export_kinds; k->name; k++)
		if (is_wanted(k, options) && !ferror(out) &&
		    write_kind(db, k, options, out, err))
			return -1;
	return 0;
}
