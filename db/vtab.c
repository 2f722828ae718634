/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The virtual table over captures; see vtab.h.  best_index selects the limits
 * that the scan can use, filter passes them to the scan, and a column is
 * computed only when SQLite reads it.
 */
#include "db/vtab.h"

/* The program links SQLite's API; the extension gets it from its host. */
#ifndef SPOOR_EXTENSION
# define SQLITE_CORE 1
#endif
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "db/limits.h"
#include "db/tally.h"
#include "db/vtab_value.h"

/* A column: the field that fills it, or the meaning that the limit gives it. */
struct vtab_column {
	const char *name, *type, *field;
	enum limit limit;
	bool has_few; /* few distinct values */
};

/* clang-format off */
static const struct vtab_column columns[] = {
	{ "event_id", "INTEGER", NULL, LIMIT_EVENT, false },
	{ "capture_id", "INTEGER", NULL, LIMIT_CAPTURE, true },
	{ "num", "INTEGER", "evt.num", LIMIT_NUM, false },
	{ "ts_ns", "INTEGER", "evt.rawtime", LIMIT_TS, false },
	{ "time", "TEXT", NULL, LIMIT_TIME, false },
	{ "type", "TEXT", "evt.type", LIMIT_TYPE, true },
	{ "category", "TEXT", "evt.category", LIMIT_NONE, true },
	{ "cpu", "INTEGER", "evt.cpu", LIMIT_NONE, true },
	{ "pid", "INTEGER", "proc.pid", LIMIT_PID, true },
	{ "tid", "INTEGER", "thread.tid", LIMIT_NONE, true },
	{ "process", "TEXT", "proc.name", LIMIT_NONE, true },
	{ "container_id", "TEXT", "container.id", LIMIT_CONTAINER, true },
	{ "fd", "INTEGER", "fd.num", LIMIT_FD, true },
	{ "fd_name", "TEXT", "fd.name", LIMIT_FD_NAME, false },
	{ "res", "INTEGER", "evt.rawres", LIMIT_NONE, false },
	{ "ppid", "INTEGER", "proc.ppid", LIMIT_NONE, true },
	{ "exepath", "TEXT", "proc.exepath", LIMIT_NONE, true },
	{ "cmdline", "TEXT", "proc.cmdline", LIMIT_NONE, false },
	{ "uid", "INTEGER", "user.uid", LIMIT_NONE, true },
	{ "user", "TEXT", "user.name", LIMIT_NONE, true },
	{ "fd_type", "TEXT", "fd.type", LIMIT_NONE, true },
	{ "args", "TEXT", "evt.args", LIMIT_NONE, false },
	{ "data", "BLOB", "evt.buffer", LIMIT_NONE, false },
	{ "path", "TEXT HIDDEN", NULL, LIMIT_PATH, false },
	{ "filter", "TEXT HIDDEN", NULL, LIMIT_FILTER, false },
	{ "on_damage", "TEXT HIDDEN", NULL, LIMIT_DAMAGE, false },
};
/* clang-format on */

enum {
	COLUMNS = sizeof(columns) / sizeof(columns[0]),
	FIRST_HIDDEN = COLUMNS - 3,
	PLAN_STATE = 1, /* bits of idxNum */
	PLAN_TALLY = 2,
	PLAN_ONCE = 4,	    /* equal rows are needed only once */
	DISTINCT_GROUP = 1, /* of sqlite3_vtab_distinct */
	DISTINCT_ROWS = 2,
	ROWS_GUESS = 10000000,
	COST_OF_OPENING = 10000
};

struct module {
	struct vtab_options options;
	struct vtab_stats unwanted; /* used if options.stats is NULL */
};

struct table_vtab {
	sqlite3_vtab base;
	const struct module *module;
	char *path; /* of CREATE VIRTUAL TABLE; or NULL */
	struct arena arena;
	struct field_ref *refs[COLUMNS]; /* NULL: not filled by a field */
	uint64_t state_columns;		 /* bits: columns that need state */
};

struct cursor_vtab {
	sqlite3_vtab_cursor base;
	struct limits limits;
	struct filter *filter;
	struct scan *scan;
	const struct field_context *context; /* NULL: at the end */
	struct tally *tally;		     /* NULL: rows are events */
	const struct tally_entry *entry, *entries_end;
	uint64_t left;	      /* remaining rows of the entry */
	bool once;	      /* return equal rows only once */
	int counted[COLUMNS]; /* columns of an entry's row */
	unsigned width;	      /* so many */
};

static int fail(sqlite3_vtab *vtab, const char *text)
{
	sqlite3_free(vtab->zErrMsg);
	vtab->zErrMsg = sqlite3_mprintf("%s", text);
	return SQLITE_ERROR;
}

static char *declaration(void)
{
	struct buffer b = { 0 };

	buffer_printf(&b, "CREATE TABLE x(");
	for (int i = 0; i < COLUMNS; i++)
		buffer_printf(&b, "%s%s %s", i ? ", " : "", columns[i].name,
			      columns[i].type);
	buffer_printf(&b, ", PRIMARY KEY (event_id)) WITHOUT ROWID");
	buffer_u8(&b, '\0');
	return (char *)b.data;
}

static void bind_fields(struct table_vtab *t)
{
	for (int i = 0; i < COLUMNS; i++) {
		const char *field = columns[i].field;
		struct error err;

		if (!field || field_find(&fields_syscall, field, &t->arena,
					 &t->refs[i], &err))
			continue;
		if (!(t->refs[i]->field->flags & FIELD_STATELESS))
			t->state_columns |= (uint64_t)1 << i;
	}
}

/* 'x.scap' or "x.scap", as an argument of CREATE VIRTUAL TABLE. */
static char *unquote(const char *text)
{
	size_t len = strlen(text), n = 0;
	char *out = mem_alloc(len + 1);
	char quote = *text;

	if (len < 2 || (quote != '\'' && quote != '"') ||
	    text[len - 1] != quote)
		return memcpy(out, text, len + 1);
	for (size_t i = 1; i < len - 1; i++) {
		out[n++] = text[i];
		i += text[i] == quote;
	}
	out[n] = '\0';
	return out;
}

/* xCreate and xConnect: the library's prototype. */
static int vtab_connect(sqlite3 *db, void *aux, int argc,
			const char *const *argv, sqlite3_vtab **ret_vtab,
			char **ret_error)
{
	const struct module *module = aux;
	struct table_vtab *t;
	char *sql = declaration();
	int code = sqlite3_declare_vtab(db, sql);

	(void)ret_error;
	free(sql);
	if (code)
		return code;
	sqlite3_vtab_config(db, module->options.direct_only
					? SQLITE_VTAB_DIRECTONLY
					: SQLITE_VTAB_INNOCUOUS);
	t = mem_zalloc(sizeof(*t));
	t->module = module;
	if (argc > 3)
		t->path = unquote(argv[3]);
	bind_fields(t);
	*ret_vtab = &t->base;
	return SQLITE_OK;
}

static int vtab_disconnect(sqlite3_vtab *vtab)
{
	struct table_vtab *t = (struct table_vtab *)vtab;

	arena_free(&t->arena);
	free(t->path);
	free(t);
	return SQLITE_OK;
}

/* Encodes one argument of filter: column and operator, as letters. */
static void put_argument(char *out, int column, int op)
{
	out[0] = (char)('A' + column);
	out[1] = op == SQLITE_INDEX_CONSTRAINT_EQ   ? '='
		 : op == SQLITE_INDEX_CONSTRAINT_GT ? '>'
		 : op == SQLITE_INDEX_CONSTRAINT_GE ? 'g'
		 : op == SQLITE_INDEX_CONSTRAINT_LT ? '<'
						    : 'l';
}

/* Does the requested order match that of the events, by id? */
static bool is_in_order(const sqlite3_index_info *info)
{
	int column = info->nOrderBy == 1 ? info->aOrderBy[0].iColumn : -1;

	return column >= 0 && !info->aOrderBy[0].desc &&
	       columns[column].limit == LIMIT_EVENT;
}

/* Adds a column to the counted ones; false: it has many values. */
static bool add_counted(char *counted, unsigned *width, int column)
{
	if (column < 0 || !columns[column].has_few)
		return false;
	if (!memchr(counted, 'A' + column, *width))
		counted[(*width)++] = (char)('A' + column);
	return true;
}

/*
 * For GROUP BY and DISTINCT, rows can be counted first if all columns that are
 * read have few values: the grouped ones in their order, then the others.
 * Hidden columns have no value per event.  Returns the number of columns,
 * whose letters are in counted; 0: not possible.
 */
static unsigned can_tally(sqlite3_index_info *info, char *counted)
{
	int distinct = sqlite3_vtab_distinct(info);
	unsigned width = 0;

	if (distinct != DISTINCT_GROUP && distinct != DISTINCT_ROWS)
		return 0;
	for (int i = 0; i < info->nOrderBy; i++)
		if (!add_counted(counted, &width, info->aOrderBy[i].iColumn))
			return 0;
	for (int i = 0; i < FIRST_HIDDEN; i++)
		if (info->colUsed >> i & 1 && !add_counted(counted, &width, i))
			return 0;
	return width;
}

/*
 * Encodes the limits for filter; returns the estimated share of events that
 * remain.
 */
static double plan_limits(sqlite3_index_info *info, char *plan,
			  bool *ret_has_path)
{
	double share, all = 1;
	int n = 0;

	for (int i = 0; i < info->nConstraint; i++) {
		int column = info->aConstraint[i].iColumn;
		int op = info->aConstraint[i].op;
		enum limit limit =
			column < 0 ? LIMIT_NONE : columns[column].limit;

		share = limit_share(limit, op);
		if (share == 0 || !info->aConstraint[i].usable ||
		    strcmp(sqlite3_vtab_collation(info, i), "BINARY"))
			continue;
		*ret_has_path |= limit == LIMIT_PATH;
		if (limit >= LIMIT_NUM && sqlite3_vtab_in(info, i, -1))
			sqlite3_vtab_in(info, i, 1);
		info->aConstraintUsage[i].argvIndex = n + 1;
		info->aConstraintUsage[i].omit = limit <= LIMIT_DAMAGE;
		put_argument(plan + 2 * (size_t)n++, column, op);
		all *= share;
	}
	plan[2 * (size_t)n] = '\0';
	return all;
}

/* Is the path a value that another join order would provide? */
static bool waits_for_path(const sqlite3_index_info *info)
{
	for (int i = 0; i < info->nConstraint; i++)
		if (info->aConstraint[i].iColumn >= 0 &&
		    columns[info->aConstraint[i].iColumn].limit == LIMIT_PATH)
			return true;
	return false;
}

static int vtab_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info)
{
	const struct table_vtab *t = (struct table_vtab *)vtab;
	bool has_path = t->path != NULL;
	char *plan = sqlite3_malloc(2 * info->nConstraint + COLUMNS + 1);
	char counted[COLUMNS];
	unsigned width;
	double rows;

	if (!plan)
		return SQLITE_NOMEM;
	rows = ROWS_GUESS * plan_limits(info, plan, &has_path);
	info->idxStr = plan;
	info->needToFreeIdxStr = 1;
	if (!has_path)
		return waits_for_path(info)
			       ? SQLITE_CONSTRAINT
			       : fail(vtab, "name a capture: FROM "
					    "capture('FILE.scap.zst')");
	if (info->colUsed & t->state_columns)
		info->idxNum = PLAN_STATE;
	info->estimatedRows = (sqlite3_int64)(rows < 1 ? 1 : rows);
	info->estimatedCost = COST_OF_OPENING + rows * (info->idxNum ? 3 : 1);
	info->orderByConsumed = is_in_order(info);
	width = can_tally(info, counted);
	if (!width)
		return SQLITE_OK;
	strncat(plan, counted, width); /* after the limits' letters */
	info->idxNum |= PLAN_TALLY;
	if (sqlite3_vtab_distinct(info) == DISTINCT_ROWS)
		info->idxNum |= PLAN_ONCE;
	info->orderByConsumed = 1;
	return SQLITE_OK;
}

static int vtab_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **ret_cursor)
{
	struct cursor_vtab *c = mem_zalloc(sizeof(*c));

	(void)vtab;
	*ret_cursor = &c->base;
	return SQLITE_OK;
}

static void reset(struct cursor_vtab *c)
{
	scan_close(c->scan);
	filter_free(c->filter);
	tally_free(c->tally);
	arena_reset(&c->limits.arena);
	c->scan = NULL;
	c->filter = NULL;
	c->context = NULL;
	c->tally = NULL;
	c->entry = c->entries_end = NULL;
	c->limits.want = scan_everything();
	c->limits.path = c->limits.filter = c->limits.damage = NULL;
}

static int vtab_close(sqlite3_vtab_cursor *cursor)
{
	struct cursor_vtab *c = (struct cursor_vtab *)cursor;

	reset(c);
	arena_free(&c->limits.arena);
	free(c);
	return SQLITE_OK;
}

/* Reads the next event; context is NULL at the end. */
static int next_event(struct cursor_vtab *c)
{
	struct error err;
	int code = scan_next(c->scan, &c->context, &err);

	if (code <= 0)
		c->context = NULL;
	if (code < 0 && err.code == EINTR)
		return SQLITE_INTERRUPT;
	return code < 0 ? fail(c->base.pVtab, err.text) : SQLITE_OK;
}

/* Makes an entry the current row. */
static void take_entry(struct cursor_vtab *c, const struct tally_entry *entry)
{
	c->entry = entry;
	if (entry < c->entries_end)
		c->left = c->once ? 1 : entry->count;
}

static int vtab_next(sqlite3_vtab_cursor *cursor)
{
	struct cursor_vtab *c = (struct cursor_vtab *)cursor;

	if (!c->tally)
		return next_event(c);
	if (!--c->left)
		take_entry(c, c->entry + 1);
	return SQLITE_OK;
}

static int vtab_eof(sqlite3_vtab_cursor *cursor)
{
	const struct cursor_vtab *c = (struct cursor_vtab *)cursor;

	return c->tally ? c->entry == c->entries_end : !c->context;
}

static struct tally_value read_column(const struct cursor_vtab *c, int column)
{
	const struct table_vtab *t = (struct table_vtab *)c->base.pVtab;

	return vtab_value(c->scan, c->context, columns[column].limit,
			  t->refs[column]);
}

static void set_result(sqlite3_context *context, const struct tally_value *v)
{
	if (v->kind == TALLY_INT)
		sqlite3_result_int64(context, v->number);
	else if (v->kind == TALLY_TEXT)
		sqlite3_result_text(
			context, (const char *)v->text.data, (int)v->text.len,
			v->is_constant ? SQLITE_STATIC : SQLITE_TRANSIENT);
	else if (v->kind == TALLY_BLOB)
		sqlite3_result_blob(context, v->text.data, (int)v->text.len,
				    SQLITE_TRANSIENT);
}

/* Counted rows have only the counted columns, and the path of the file. */
static int vtab_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context,
		       int column)
{
	const struct cursor_vtab *c = (struct cursor_vtab *)cursor;
	struct tally_value v = { .kind = TALLY_NULL };

	if (!c->tally) {
		v = read_column(c, column);
	} else if (columns[column].limit == LIMIT_PATH) {
		const char *path = scan_path(c->scan, c->entry->file);

		v.kind = TALLY_TEXT;
		v.text = (struct bytes){ (const uint8_t *)path, strlen(path) };
	} else {
		for (unsigned i = 0; i < c->width; i++)
			if (c->counted[i] == column)
				v = c->entry->row[i];
	}
	set_result(context, &v);
	return SQLITE_OK;
}

/* Counts the rows of the columns, encoded as letters, over all events. */
static int count_values(struct cursor_vtab *c, const char *letters)
{
	struct tally_value row[COLUMNS];
	size_t count;
	int code;

	for (c->width = 0; letters[c->width]; c->width++)
		c->counted[c->width] = letters[c->width] - 'A';
	c->tally = tally_new(c->width);
	while (!(code = next_event(c)) && c->context) {
		const char *path;

		for (unsigned i = 0; i < c->width; i++)
			row[i] = read_column(c, c->counted[i]);
		tally_add(c->tally, row, scan_capture(c->scan, &path));
	}
	c->entry = tally_end(c->tally, &count);
	c->entries_end = c->entry + count;
	take_entry(c, c->entry);
	return code;
}

/* A NULL path has no rows. */
static int vtab_filter(sqlite3_vtab_cursor *cursor, int plan,
		       const char *arguments, int argc, sqlite3_value **argv)
{
	struct cursor_vtab *c = (struct cursor_vtab *)cursor;
	const struct table_vtab *t = (struct table_vtab *)cursor->pVtab;
	const struct vtab_options *options = &t->module->options;
	struct limits *l = &c->limits;
	struct error err;

	reset(c);
	l->path = t->path;
	for (int i = 0; i < argc; i++, arguments += 2)
		limit_take(l, columns[arguments[0] - 'A'].limit, arguments[1],
			   argv[i]);
	if (!l->path)
		return SQLITE_OK;
	if (options->may_read && !options->may_read(options->user, l->path)) {
		error_set(&err, EACCES,
			  "capture('%s'): it was not named as a file to ask",
			  l->path);
		return fail(cursor->pVtab, err.text);
	}
	if (l->filter && *l->filter &&
	    filter_compile(&c->filter, l->filter, &fields_syscall, &err)) {
		error_context(&err, "filter");
		return fail(cursor->pVtab, err.text);
	}
	l->want.filter = c->filter;
	l->want.needs_state = plan & PLAN_STATE || c->filter;
	l->want.partial =
		l->damage ? !strcmp(l->damage, "partial") : options->partial;
	if (scan_open(&c->scan, l->path, &l->want, options, &err))
		return fail(cursor->pVtab, err.text);
	c->once = plan & PLAN_ONCE;
	return plan & PLAN_TALLY ? count_values(c, arguments) : next_event(c);
}

static const sqlite3_module vtab_module = {
	.iVersion = 1,
	.xCreate = vtab_connect,
	.xConnect = vtab_connect,
	.xBestIndex = vtab_best_index,
	.xDisconnect = vtab_disconnect,
	.xDestroy = vtab_disconnect,
	.xOpen = vtab_open,
	.xClose = vtab_close,
	.xFilter = vtab_filter,
	.xNext = vtab_next,
	.xEof = vtab_eof,
	.xColumn = vtab_column,
};

static void free_module(void *user)
{
	struct module *module = user;

	evidence_free(&module->unwanted.evidence);
	free(module);
}

int vtab_register(struct sqlite3 *db, const struct vtab_options *options)
{
	struct module *module = mem_zalloc(sizeof(*module));

	module->options = *options;
	if (!options->stats)
		module->options.stats = &module->unwanted;
	return sqlite3_create_module_v2(db, "capture", &vtab_module, module,
					free_module);
}
