/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The virtual table over captures; see vtab.h.  best_index tells which limits
 * of the SQL reach the scan, filter hands them over, and a column is read
 * only when SQLite asks for it.
 */
#include "db/vtab.h"

/* In the program the API is linked; the extension gets it from its host. */
#ifndef SPOOR_EXTENSION
# define SQLITE_CORE 1
#endif
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/event/ppm_constants.h"
#include "db/paths.h"
#include "db/scan.h"

/* What a column means to the scan. */
enum limit {
	LIMIT_NONE,
	LIMIT_PATH,
	LIMIT_FILTER,
	LIMIT_DAMAGE,
	LIMIT_EVENT,
	LIMIT_CAPTURE,
	LIMIT_NUM,
	LIMIT_TS,
	LIMIT_TIME,
	LIMIT_TYPE,
	LIMIT_PID,
	LIMIT_CONTAINER,
	LIMIT_FD,     /* none: NULL where there is none */
	LIMIT_FD_NAME /* none: a path stands in where there is no fd */
};

/* A column: the field that fills it, or what else the limit says. */
struct vtab_column {
	const char *name, *type, *field;
	enum limit limit;
};

/* clang-format off */
static const struct vtab_column columns[] = {
	{ "event_id", "INTEGER", NULL, LIMIT_EVENT },
	{ "capture_id", "INTEGER", NULL, LIMIT_CAPTURE },
	{ "num", "INTEGER", "evt.num", LIMIT_NUM },
	{ "ts_ns", "INTEGER", "evt.rawtime", LIMIT_TS },
	{ "time", "TEXT", NULL, LIMIT_TIME },
	{ "type", "TEXT", "evt.type", LIMIT_TYPE },
	{ "category", "TEXT", "evt.category", LIMIT_NONE },
	{ "cpu", "INTEGER", "evt.cpu", LIMIT_NONE },
	{ "pid", "INTEGER", "proc.pid", LIMIT_PID },
	{ "tid", "INTEGER", "thread.tid", LIMIT_NONE },
	{ "process", "TEXT", "proc.name", LIMIT_NONE },
	{ "container_id", "TEXT", "container.id", LIMIT_CONTAINER },
	{ "fd", "INTEGER", "fd.num", LIMIT_FD },
	{ "fd_name", "TEXT", "fd.name", LIMIT_FD_NAME },
	{ "res", "INTEGER", "evt.rawres", LIMIT_NONE },
	{ "ppid", "INTEGER", "proc.ppid", LIMIT_NONE },
	{ "exepath", "TEXT", "proc.exepath", LIMIT_NONE },
	{ "cmdline", "TEXT", "proc.cmdline", LIMIT_NONE },
	{ "uid", "INTEGER", "user.uid", LIMIT_NONE },
	{ "user", "TEXT", "user.name", LIMIT_NONE },
	{ "fd_type", "TEXT", "fd.type", LIMIT_NONE },
	{ "args", "TEXT", "evt.args", LIMIT_NONE },
	{ "path", "TEXT HIDDEN", NULL, LIMIT_PATH },
	{ "filter", "TEXT HIDDEN", NULL, LIMIT_FILTER },
	{ "on_damage", "TEXT HIDDEN", NULL, LIMIT_DAMAGE },
};
/* clang-format on */

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]), CAPTURE_MAX = 1 << 20 };

struct module {
	struct vtab_options options;
	struct vtab_stats unwanted; /* where options.stats is NULL */
};

struct table_vtab {
	sqlite3_vtab base;
	const struct module *module;
	char *path; /* of CREATE VIRTUAL TABLE; or NULL */
	struct arena arena;
	struct field_ref *refs[COLUMNS]; /* NULL: not filled by a field */
	uint64_t state_columns;		 /* bits: they need state */
};

struct cursor_vtab {
	sqlite3_vtab_cursor base;
	struct arena arena; /* of the limits */
	struct scan_want want;
	struct filter *filter;
	struct scan *scan;
	const struct field_context *context; /* NULL: at the end */
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
	buffer_printf(&b, ")");
	buffer_u8(&b, '\0');
	return (char *)b.data;
}

static void bind_fields(struct table_vtab *t)
{
	for (int i = 0; i < COLUMNS; i++) {
		const char *field = columns[i].field;
		struct error err;

		if (!field || field_find(&fields_syscall, field, strlen(field),
					 &t->arena, &t->refs[i], &err))
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
		return strcpy(out, text);
	for (size_t i = 1; i < len - 1; i++) {
		out[n++] = text[i];
		i += text[i] == quote;
	}
	out[n] = '\0';
	return out;
}

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

/* The part of all events that a constraint leaves; 0: it is of no use. */
static double share_of(enum limit limit, int op)
{
	bool equal = op == SQLITE_INDEX_CONSTRAINT_EQ;

	if (!equal && op != SQLITE_INDEX_CONSTRAINT_GT &&
	    op != SQLITE_INDEX_CONSTRAINT_GE &&
	    op != SQLITE_INDEX_CONSTRAINT_LT &&
	    op != SQLITE_INDEX_CONSTRAINT_LE)
		return 0;
	switch (limit) {
	case LIMIT_PATH:
	case LIMIT_FILTER:
	case LIMIT_DAMAGE:
		return equal ? 1 : 0;
	case LIMIT_CAPTURE:
		return equal ? 0.5 : 0;
	case LIMIT_EVENT:
	case LIMIT_NUM:
	case LIMIT_TS:
	case LIMIT_TIME:
		return equal ? 1e-7 : 0.1;
	case LIMIT_TYPE:
	case LIMIT_PID:
		return equal ? 0.05 : 0;
	case LIMIT_CONTAINER:
		return equal ? 0.5 : 0;
	case LIMIT_FD:
	case LIMIT_FD_NAME:
	case LIMIT_NONE:
		break;
	}
	return 0;
}

/* One argument of filter: a column and an operator, as letters. */
static void put_argument(char *out, int column, int op)
{
	out[0] = (char)('A' + column);
	out[1] = op == SQLITE_INDEX_CONSTRAINT_EQ   ? '='
		 : op == SQLITE_INDEX_CONSTRAINT_GT ? '>'
		 : op == SQLITE_INDEX_CONSTRAINT_GE ? 'g'
		 : op == SQLITE_INDEX_CONSTRAINT_LT ? '<'
						    : 'l';
}

/* Events come in the order of their ids. */
static bool is_in_order(const sqlite3_index_info *info)
{
	int column = info->nOrderBy == 1 ? info->aOrderBy[0].iColumn : -1;

	return column >= 0 && !info->aOrderBy[0].desc &&
	       columns[column].limit == LIMIT_EVENT;
}

static int vtab_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info)
{
	const struct table_vtab *t = (struct table_vtab *)vtab;
	double rows = 1e7;
	bool has_path = t->path != NULL, can_have_path = false;
	char *plan = sqlite3_malloc(2 * info->nConstraint + 1);
	int n = 0;

	if (!plan)
		return SQLITE_NOMEM;
	for (int i = 0; i < info->nConstraint; i++) {
		int column = info->aConstraint[i].iColumn;
		int op = info->aConstraint[i].op;
		enum limit limit =
			column < 0 ? LIMIT_NONE : columns[column].limit;
		double share = share_of(limit, op);

		can_have_path |= limit == LIMIT_PATH && share > 0;
		if (share == 0 || !info->aConstraint[i].usable ||
		    strcmp(sqlite3_vtab_collation(info, i), "BINARY"))
			continue;
		has_path |= limit == LIMIT_PATH;
		if (limit >= LIMIT_NUM && sqlite3_vtab_in(info, i, -1))
			sqlite3_vtab_in(info, i, 1);
		info->aConstraintUsage[i].argvIndex = n + 1;
		info->aConstraintUsage[i].omit = limit <= LIMIT_DAMAGE;
		put_argument(plan + 2 * (size_t)n++, column, op);
		rows *= share;
	}
	plan[2 * (size_t)n] = '\0';
	info->idxStr = plan;
	info->needToFreeIdxStr = 1;
	if (!has_path)
		return can_have_path
			       ? SQLITE_CONSTRAINT
			       : fail(vtab, "which capture? "
					    "FROM capture('FILE.scap.zst')");
	info->idxNum = (info->colUsed & t->state_columns) != 0;
	info->estimatedRows = (sqlite3_int64)(rows < 1 ? 1 : rows);
	info->estimatedCost = 10000 + rows * (info->idxNum ? 3 : 1);
	info->orderByConsumed = is_in_order(info);
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
	arena_reset(&c->arena);
	c->scan = NULL;
	c->filter = NULL;
	c->context = NULL;
	c->want = scan_everything();
}

static int vtab_close(sqlite3_vtab_cursor *cursor)
{
	struct cursor_vtab *c = (struct cursor_vtab *)cursor;

	reset(c);
	arena_free(&c->arena);
	free(c);
	return SQLITE_OK;
}

/* Narrows a range; bounds may be too wide, SQLite looks at each row again. */
static void limit_range(uint64_t *from, uint64_t *to, char op, uint64_t value)
{
	if (op != '<' && op != 'l' && value > *from)
		*from = value;
	if (op != '>' && op != 'g' && value < *to)
		*to = value;
}

static void limit_number(uint64_t *from, uint64_t *to, char op,
			 sqlite3_value *value)
{
	sqlite3_int64 n;

	if (sqlite3_value_type(value) != SQLITE_INTEGER)
		return;
	n = sqlite3_value_int64(value);
	limit_range(from, to, op, n < 0 ? 0 : (uint64_t)n);
}

/*
 * The text of a time has the order of the time, if it is written as we do.
 * Cut short it is below all that begin with it: a good bound on both sides.
 */
static void limit_time(struct scan_want *want, char op, sqlite3_value *value)
{
	enum { DATE_LEN = 10 };
	const char *text = (const char *)sqlite3_value_text(value);
	size_t len = text ? strlen(text) : 0;
	uint64_t ns;

	if (sqlite3_value_type(value) != SQLITE_TEXT || len < DATE_LEN ||
	    strspn(text, "0123456789-T:.") <
		    (len == CLOCK_ISO_LEN - 1 && text[len - 1] == 'Z' ? len - 1
								      : len) ||
	    text[4] != '-' || (len > DATE_LEN && text[DATE_LEN] != 'T') ||
	    !clock_parse(text, len, &ns))
		return;
	limit_range(&want->from_ns, &want->to_ns, op, ns);
}

static void want_code(struct scan_want *want, unsigned code)
{
	want->codes[code / 8] |= (uint8_t)(1 << code % 8);
}

/* All codes whose events can have this type. */
static void want_type(struct scan_want *want, const char *type)
{
	want_code(want, PPME_ASYNCEVENT_E);
	for (unsigned i = 0; i < EVENT_KIND_COUNT; i++)
		if (!strcmp(event_kinds[i].name, type))
			want_code(want, i);
	for (unsigned i = 0; i < PPM_SC_COUNT; i++)
		if (ppm_scs[i].name && !strcmp(ppm_scs[i].name, type)) {
			want_code(want, PPME_GENERIC_E);
			want_code(want, PPME_GENERIC_X);
		}
}

/* Values that a column may have. */
struct choice {
	struct cursor_vtab *cursor;
	enum limit limit;
	bool is_odd; /* one is of another type: no limit follows */
	int64_t *pids;
	const char **containers;
	unsigned count;
	size_t capacity;
};

static void add_choice(struct choice *x, sqlite3_value *value)
{
	struct arena *arena = &x->cursor->arena;
	int type = sqlite3_value_type(value);

	if (type == SQLITE_NULL)
		return; /* equal to nothing */
	x->is_odd |=
		type != (x->limit == LIMIT_PID ? SQLITE_INTEGER : SQLITE_TEXT);
	if (x->is_odd)
		return;
	if (x->limit == LIMIT_TYPE) {
		want_type(&x->cursor->want,
			  (const char *)sqlite3_value_text(value));
	} else if (x->limit == LIMIT_PID) {
		x->pids = mem_grow(x->pids, &x->capacity, x->count + 1,
				   sizeof(*x->pids));
		x->pids[x->count++] = sqlite3_value_int64(value);
	} else {
		x->containers = mem_grow(x->containers, &x->capacity,
					 x->count + 1, sizeof(char *));
		x->containers[x->count++] = arena_strdup(
			arena, (const char *)sqlite3_value_text(value));
	}
}

/* `= x', or `IN (...)': its values come one by one. */
static void limit_choice(struct cursor_vtab *c, enum limit limit,
			 sqlite3_value *value)
{
	struct choice x = { .cursor = c, .limit = limit };
	struct scan_want *want = &c->want;
	sqlite3_value *item = NULL;
	int code = sqlite3_vtab_in_first(value, &item);

	if (code != SQLITE_OK && code != SQLITE_DONE)
		add_choice(&x, value);
	for (; code == SQLITE_OK; code = sqlite3_vtab_in_next(value, &item))
		add_choice(&x, item);
	if (limit == LIMIT_TYPE) {
		want->by_code = !x.is_odd;
	} else if (!x.is_odd && limit == LIMIT_PID) {
		want->by_pid = true;
		want->pid_count = x.count;
		want->pids =
			arena_alloc(&c->arena, (x.count + 1) * sizeof(*x.pids));
		if (x.count)
			memcpy((void *)(uintptr_t)want->pids, x.pids,
			       x.count * sizeof(*x.pids));
	} else if (!x.is_odd) {
		want->by_container = true;
		want->container_count = x.count;
		want->containers =
			arena_alloc(&c->arena, (x.count + 1) * sizeof(char *));
		if (x.count)
			memcpy((void *)(uintptr_t)want->containers,
			       x.containers, x.count * sizeof(char *));
	}
	free(x.pids);
	free(x.containers);
}

static void limit_capture(struct scan_want *want, sqlite3_value *value)
{
	sqlite3_int64 id = sqlite3_value_int64(value);

	if (sqlite3_value_type(value) != SQLITE_INTEGER || id < 1 ||
	    id > CAPTURE_MAX)
		return;
	limit_range(&want->from_id, &want->to_id, 'g',
		    (uint64_t)id << SCAN_NUM_BITS);
	limit_range(&want->from_id, &want->to_id, '<',
		    (uint64_t)(id + 1) << SCAN_NUM_BITS);
}

/* What the arguments of filter say, besides the limits in cursor->want. */
struct arguments {
	const char *path, *filter, *damage;
};

static void take_argument(struct cursor_vtab *c, struct arguments *a,
			  const char *plan, sqlite3_value *value)
{
	enum limit limit = columns[plan[0] - 'A'].limit;
	struct scan_want *want = &c->want;

	switch (limit) {
	case LIMIT_PATH:
		a->path = (const char *)sqlite3_value_text(value);
		break;
	case LIMIT_FILTER:
		a->filter = (const char *)sqlite3_value_text(value);
		break;
	case LIMIT_DAMAGE:
		a->damage = (const char *)sqlite3_value_text(value);
		break;
	case LIMIT_CAPTURE:
		limit_capture(want, value);
		break;
	case LIMIT_EVENT:
		limit_number(&want->from_id, &want->to_id, plan[1], value);
		break;
	case LIMIT_NUM:
		limit_number(&want->from_num, &want->to_num, plan[1], value);
		break;
	case LIMIT_TS:
		limit_number(&want->from_ns, &want->to_ns, plan[1], value);
		break;
	case LIMIT_TIME:
		limit_time(want, plan[1], value);
		break;
	case LIMIT_TYPE:
	case LIMIT_PID:
	case LIMIT_CONTAINER:
		limit_choice(c, limit, value);
		break;
	case LIMIT_FD:
	case LIMIT_FD_NAME:
	case LIMIT_NONE:
		break;
	}
}

static int vtab_next(sqlite3_vtab_cursor *cursor)
{
	struct cursor_vtab *c = (struct cursor_vtab *)cursor;
	struct error err;
	int code = scan_next(c->scan, &c->context, &err);

	if (code <= 0)
		c->context = NULL;
	if (code < 0 && err.code == EINTR)
		return SQLITE_INTERRUPT;
	return code < 0 ? fail(cursor->pVtab, err.text) : SQLITE_OK;
}

/* NULL for the path: there is nothing. */
static int vtab_filter(sqlite3_vtab_cursor *cursor, int needs_state,
		       const char *plan, int argc, sqlite3_value **argv)
{
	struct cursor_vtab *c = (struct cursor_vtab *)cursor;
	const struct table_vtab *t = (struct table_vtab *)cursor->pVtab;
	struct arguments a = { .path = t->path };
	struct error err;

	reset(c);
	for (int i = 0; i < argc; i++)
		take_argument(c, &a, plan + 2 * (size_t)i, argv[i]);
	if (!a.path)
		return SQLITE_OK;
	if (a.filter && *a.filter &&
	    filter_compile(&c->filter, a.filter, &fields_syscall, &err)) {
		error_context(&err, "filter");
		return fail(cursor->pVtab, err.text);
	}
	c->want.filter = c->filter;
	c->want.needs_state = needs_state || c->filter;
	c->want.partial = a.damage ? !strcmp(a.damage, "partial")
				   : t->module->options.partial;
	if (scan_open(&c->scan, a.path, &c->want, &t->module->options, &err))
		return fail(cursor->pVtab, err.text);
	return vtab_next(cursor);
}

static int vtab_eof(sqlite3_vtab_cursor *cursor)
{
	return !((struct cursor_vtab *)cursor)->context;
}

static void result_value(sqlite3_context *context, const struct value *v,
			 const struct field_ref *ref, struct arena *scratch)
{
	struct text t;

	if (!v->is_list &&
	    (type_is_number((enum param_type)v->type) || v->type == PT_BOOL)) {
		sqlite3_result_int64(context, v->s64);
		return;
	}
	t = value_text(v, (enum print_format)ref->field->format, scratch);
	sqlite3_result_text(context, t.data, (int)t.len, SQLITE_TRANSIENT);
}

static void result_time(sqlite3_context *context, uint64_t ns)
{
	char text[CLOCK_ISO_LEN];

	clock_iso(text, ns);
	sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* Names of types are constants, but for those that events carry. */
static void result_type(sqlite3_context *context, const struct event *event)
{
	sqlite3_result_text(context, event_name(event), -1, SQLITE_STATIC);
}

static void result_name(sqlite3_context *context, const struct field_context *c)
{
	struct bytes name = { NULL, 0 };

	if (c->about.fd)
		name = (struct bytes){ (const uint8_t *)c->about.fd->name.data,
				       c->about.fd->name.len };
	else
		name = event_path(c, 0);
	if (name.data)
		sqlite3_result_text(context, (const char *)name.data,
				    (int)name.len, SQLITE_TRANSIENT);
}

static sqlite3_int64 event_id(const struct cursor_vtab *c)
{
	const char *path;

	return ((sqlite3_int64)scan_capture(c->scan, &path) << SCAN_NUM_BITS) +
	       (sqlite3_int64)c->context->about.event->num;
}

static int vtab_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context,
		       int column)
{
	const struct cursor_vtab *c = (struct cursor_vtab *)cursor;
	const struct table_vtab *t = (struct table_vtab *)cursor->pVtab;
	const struct event *event = c->context->about.event;
	const struct field_ref *ref = t->refs[column];
	struct value v;
	const char *path;

	switch (columns[column].limit) {
	case LIMIT_EVENT:
		sqlite3_result_int64(context, event_id(c));
		return SQLITE_OK;
	case LIMIT_CAPTURE:
		sqlite3_result_int64(context, scan_capture(c->scan, &path));
		return SQLITE_OK;
	case LIMIT_PATH:
		scan_capture(c->scan, &path);
		sqlite3_result_text(context, path, -1, SQLITE_TRANSIENT);
		return SQLITE_OK;
	case LIMIT_NUM:
		sqlite3_result_int64(context, (sqlite3_int64)event->num);
		return SQLITE_OK;
	case LIMIT_TS:
		sqlite3_result_int64(context, (sqlite3_int64)event->ts_ns);
		return SQLITE_OK;
	case LIMIT_TIME:
		result_time(context, event->ts_ns);
		return SQLITE_OK;
	case LIMIT_FD:
		if (c->context->about.fd_num >= 0)
			sqlite3_result_int64(context, c->context->about.fd_num);
		return SQLITE_OK;
	case LIMIT_FD_NAME:
		result_name(context, c->context);
		return SQLITE_OK;
	case LIMIT_TYPE:
		if (event->code == PPME_ASYNCEVENT_E)
			break;
		result_type(context, event);
		return SQLITE_OK;
	default:
		break;
	}
	if (ref && field_get(c->context, ref, &v))
		result_value(context, &v, ref, c->context->scratch);
	return SQLITE_OK;
}

static int vtab_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *ret_rowid)
{
	*ret_rowid = event_id((const struct cursor_vtab *)cursor);
	return SQLITE_OK;
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
	.xRowid = vtab_rowid,
};

int vtab_register(struct sqlite3 *db, const struct vtab_options *options)
{
	struct module *module = mem_zalloc(sizeof(*module));

	module->options = *options;
	if (!options->stats)
		module->options.stats = &module->unwanted;
	return sqlite3_create_module_v2(db, "capture", &vtab_module, module,
					free);
}
