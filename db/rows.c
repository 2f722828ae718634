/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inserts rows into tables, according to the columns' rows in the schema.
 * Tables with only numbers collect rows and insert many by one statement,
 * which makes loading fast; rows with texts are inserted at once, because
 * their texts are borrowed.
 */
#include <stdlib.h>
#include <string.h>

#include "db/load.h"
#include "db/store.h"

enum { COLUMNS_MAX = 48, BATCH = 50 };

struct rows {
	const struct table *table;
	const struct column *columns[COLUMNS_MAX]; /* without generated ones */
	struct field_ref *refs[COLUMNS_MAX];	   /* NULL: fill */
	int count;
	sqlite3_stmt *one, *many, *update;
	struct cell *gathered; /* NULL: rows are inserted at once */
	struct arena texts;    /* of the collected rows */
	int gathered_count;    /* rows */
	int64_t last_key;      /* the largest key of the table */
};

void load_fail(struct load *l)
{
	if (l->has_failed)
		return;
	l->has_failed = true;
	store_error(l->db, &l->error);
}

int64_t load_next_id(struct load *l, enum table_id id)
{
	return ++l->next_ids[id];
}

static void put_values(struct buffer *sql, int count)
{
	for (int i = 0; i < count; i++)
		buffer_printf(sql, "%s?", i ? "," : "(");
	buffer_printf(sql, ")");
}

/* Prepares an INSERT of `count' rows. */
static int prepare_insert(struct load *l, const struct rows *r, int times,
			  sqlite3_stmt **ret)
{
	struct buffer sql = { 0 };
	int result;

	buffer_printf(&sql, "INSERT%s INTO %s ",
		      r->table->replaces ? " OR REPLACE" : "", r->table->name);
	for (int i = 0; i < r->count; i++)
		buffer_printf(&sql, "%s%s", i ? "," : "(", r->columns[i]->name);
	buffer_printf(&sql, ") VALUES ");
	for (int i = 0; i < times; i++) {
		if (i)
			buffer_printf(&sql, ",");
		put_values(&sql, r->count);
	}
	if (r->table->conflict)
		buffer_printf(&sql, " %s", r->table->conflict);
	buffer_u8(&sql, '\0');
	result = sqlite3_prepare_v3(l->db, (char *)sql.data, -1,
				    SQLITE_PREPARE_PERSISTENT, ret, NULL);
	buffer_free(&sql);
	return result;
}

/* Prepares an UPDATE of the COLUMN_LATE columns; none: no statement. */
static int prepare_update(struct load *l, const struct rows *r,
			  sqlite3_stmt **ret)
{
	struct buffer sql = { 0 };
	const char *comma = "SET ";
	int result = 0;

	buffer_printf(&sql, "UPDATE %s ", r->table->name);
	for (int i = 0; i < r->count; i++) {
		if (!(r->columns[i]->flags & COLUMN_LATE))
			continue;
		buffer_printf(&sql, "%s%s = ?", comma, r->columns[i]->name);
		comma = ", ";
	}
	buffer_printf(&sql, " WHERE %s = ?", r->columns[0]->name);
	buffer_u8(&sql, '\0');
	if (*comma == ',')
		result = sqlite3_prepare_v3(l->db, (char *)sql.data, -1,
					    SQLITE_PREPARE_PERSISTENT, ret,
					    NULL);
	buffer_free(&sql);
	return result;
}

/* Is the name one of the words in the list? */
static bool has_word(const char *words, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = words; (at = strstr(at, name)); at += len)
		if ((at == words || at[-1] == ' ') &&
		    (at[len] == ' ' || !at[len]))
			return true;
	return false;
}

/* Records which event types have rows in the table. */
static void note_types(struct load *l, enum table_id id)
{
	const char *types = tables[id]->types;
	uint32_t bit = 1u << id;

	for (unsigned i = 0; i < EVENT_KIND_COUNT; i++)
		if (has_word(types, event_kinds[i].name))
			l->tables_of[i] |= bit;
	for (unsigned i = 1; i < PPM_SC_COUNT; i++)
		if (has_word(types, ppm_scs[i].name))
			l->tables_of[TYPE_GENERIC + i] |= bit;
}

static int take_columns(struct load *l, struct rows *r, struct error *err)
{
	for (const struct column *c = r->table->columns; c->name; c++) {
		if (c->generated)
			continue;
		if (c->field && field_find(&fields_syscall, c->field, &l->arena,
					   &r->refs[r->count], err))
			return -1;
		r->columns[r->count++] = c;
	}
	/* A row that a conflict changes must be inserted before the next. */
	if (!r->table->conflict)
		r->gathered = mem_zalloc((size_t)(r->count * BATCH) *
					 sizeof(*r->gathered));
	return 0;
}

int rows_open(struct load *l, enum table_id id, struct error *err)
{
	struct rows *r = mem_zalloc(sizeof(*r));

	r->table = tables[id];
	r->last_key = store_last_key(l->db, tables[id]->name);
	l->rows[id] = r;
	if (r->table->types)
		note_types(l, id);
	if (take_columns(l, r, err))
		return -1;
	if (prepare_insert(l, r, 1, &r->one) ||
	    prepare_update(l, r, &r->update))
		return store_error(l->db, err);
	return 0;
}

static void step(struct load *l, sqlite3_stmt *s)
{
	if (sqlite3_step(s) != SQLITE_DONE)
		load_fail(l);
	sqlite3_reset(s);
}

static void bind_cell(sqlite3_stmt *s, int at, const struct cell *cell)
{
	if (cell->kind == CELL_INT)
		sqlite3_bind_int64(s, at, cell->number);
	else if (cell->kind == CELL_NULL)
		sqlite3_bind_null(s, at);
	else
		sqlite3_bind_text64(s, at, (const char *)cell->text.data,
				    cell->text.len, SQLITE_STATIC, SQLITE_UTF8);
}

static void cell_of_value(const struct value *v, enum print_format format,
			  struct arena *scratch, struct cell *ret)
{
	struct text t;

	if (!v->is_list &&
	    (type_is_number((enum param_type)v->type) || v->type == PT_BOOL)) {
		*ret = (struct cell){ .kind = CELL_INT, .number = v->s64 };
		return;
	}
	if (v->is_list || !type_is_text((enum param_type)v->type))
		t = value_text(v, format, scratch);
	else
		t = (struct text){ v->text, v->len };
	*ret = (struct cell){ .kind = CELL_TEXT,
			      .text = { (const uint8_t *)t.data, t.len } };
}

/* Fills the cell of a column, by its field or its function. */
static void fill_cell(const struct rows *r, int i,
		      const struct row_source *from, struct cell *ret)
{
	const struct column *column = r->columns[i];
	struct value v;

	ret->kind = CELL_NULL;
	if (column->fill)
		column->fill(column, from, ret);
	else if (from->context && field_get(from->context, r->refs[i], &v))
		cell_of_value(&v, (enum print_format)r->refs[i]->field->format,
			      from->context->scratch, ret);
	if (column->flags & COLUMN_NA && ret->kind == CELL_TEXT &&
	    ret->text.len == 4 && !memcmp(ret->text.data, "<NA>", 4))
		ret->kind = CELL_NULL;
	if (column->flags & COLUMN_CODED && ret->kind == CELL_TEXT) {
		ret->number = strings_id(from->load, ret->text);
		ret->kind = CELL_INT;
	}
}

static void insert_gathered(struct load *l, struct rows *r)
{
	const struct cell *cell = r->gathered;

	/* Most tables of a small capture never have so many rows. */
	if (r->gathered_count == BATCH && !r->many &&
	    prepare_insert(l, r, BATCH, &r->many)) {
		load_fail(l);
	} else if (r->gathered_count == BATCH) {
		for (int i = 0; i < BATCH * r->count; i++)
			bind_cell(r->many, i + 1, cell++);
		step(l, r->many);
	} else {
		for (int row = 0; row < r->gathered_count; row++) {
			for (int i = 0; i < r->count; i++)
				bind_cell(r->one, i + 1, cell++);
			step(l, r->one);
		}
	}
	r->gathered_count = 0;
	arena_reset(&r->texts);
}

/* Stores a cell of a collected row; its text is copied. */
static void gather_cell(struct rows *r, int i, const struct row_source *from,
			struct cell *ret)
{
	fill_cell(r, i, from, ret);
	if (ret->kind == CELL_TEXT)
		ret->text.data = (uint8_t *)arena_copy(
			&r->texts, ret->text.data, ret->text.len);
}

/* The collected row with a key; NULL: it is already in the table. */
static struct cell *find_gathered(const struct rows *r, int64_t key)
{
	for (int row = r->gathered_count - 1; row >= 0; row--)
		if (r->gathered[row * r->count].number == key)
			return &r->gathered[row * r->count];
	return NULL;
}

/*
 * Omits a key that follows the last one: SQLite then appends without a search.
 */
static void leave_key(struct rows *r, struct cell *key)
{
	if (key->number == r->last_key + 1)
		key->kind = CELL_NULL;
	if (key->number > r->last_key)
		r->last_key = key->number;
}

void rows_put(struct load *l, enum table_id id, const struct row_source *from)
{
	struct rows *r = l->rows[id];
	struct cell cells[COLUMNS_MAX];
	struct cell *row;

	if (!r)
		return;
	if (!r->gathered) {
		for (int i = 0; i < r->count; i++)
			fill_cell(r, i, from, &cells[i]);
		for (int i = 0; i < r->count; i++)
			bind_cell(r->one, i + 1, &cells[i]);
		step(l, r->one);
		return;
	}
	row = &r->gathered[r->gathered_count * r->count];
	for (int i = 0; i < r->count; i++)
		gather_cell(r, i, from, &row[i]);
	leave_key(r, row);
	if (++r->gathered_count == BATCH)
		insert_gathered(l, r);
}

void rows_put_object(struct load *l, enum table_id id, const void *object)
{
	struct row_source from = { l, NULL, object };

	rows_put(l, id, &from);
}

void rows_update(struct load *l, enum table_id id, const void *object)
{
	struct row_source from = { l, NULL, object };
	struct rows *r = l->rows[id];
	struct cell cell = { 0 };
	struct cell *row;
	int at = 1;

	if (!r)
		return;
	fill_cell(r, 0, &from, &cell);
	row = r->gathered ? find_gathered(r, cell.number) : NULL;
	for (int i = 0; row && i < r->count; i++)
		if (r->columns[i]->flags & COLUMN_LATE)
			gather_cell(r, i, &from, &row[i]);
	if (row)
		return;
	for (int i = 0; i < r->count; i++) {
		if (!(r->columns[i]->flags & COLUMN_LATE))
			continue;
		fill_cell(r, i, &from, &cell);
		bind_cell(r->update, at++, &cell);
	}
	fill_cell(r, 0, &from, &cell);
	bind_cell(r->update, at, &cell);
	step(l, r->update);
}

void rows_flush(struct load *l)
{
	for (int i = 0; i < TABLE_COUNT; i++)
		if (l->rows[i] && l->rows[i]->gathered)
			insert_gathered(l, l->rows[i]);
}

void rows_refresh(struct load *l)
{
	for (int i = 0; i < TABLE_COUNT; i++)
		if (l->rows[i])
			l->rows[i]->last_key =
				store_last_key(l->db, tables[i]->name);
}

void rows_close(struct load *l, enum table_id id)
{
	struct rows *r = l->rows[id];

	if (!r)
		return;
	sqlite3_finalize(r->one);
	sqlite3_finalize(r->many);
	sqlite3_finalize(r->update);
	arena_free(&r->texts);
	free(r->gathered);
	free(r);
	l->rows[id] = NULL;
}
