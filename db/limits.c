/* SPDX-License-Identifier: Apache-2.0 */
/* Constraints of SQL as limits of a scan; see limits.h. */
#include "db/limits.h"

/* The program links SQLite's API; the extension gets it from its host. */
#ifndef SPOOR_EXTENSION
# define SQLITE_CORE 1
#endif
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/event/ppm_constants.h"

enum { CAPTURE_MAX = 1 << 20 };

double limit_share(enum limit limit, int op)
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

/*
 * Narrows a range; bounds may be too wide, since SQLite checks every row
 * again.
 */
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
 * Times as text sort like times, if written in our form.  A shortened text
 * sorts before all that begin with it, so that it is a valid bound on both
 * sides.
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

/* Adds all codes whose events can have this type. */
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
	struct limits *limits;
	enum limit limit;
	bool is_odd; /* a value of another type: no limit */
	int64_t *numbers;
	const char **texts;
	unsigned count;
	size_t capacity;
};

static void add_choice(struct choice *x, sqlite3_value *value)
{
	bool is_number = x->limit == LIMIT_PID || x->limit == LIMIT_NUM;
	int type = sqlite3_value_type(value);

	if (type == SQLITE_NULL)
		return; /* equal to nothing */
	x->is_odd |= type != (is_number ? SQLITE_INTEGER : SQLITE_TEXT);
	if (x->is_odd)
		return;
	if (x->limit == LIMIT_TYPE) {
		want_type(&x->limits->want,
			  (const char *)sqlite3_value_text(value));
	} else if (is_number) {
		x->numbers = mem_grow(x->numbers, &x->capacity, x->count + 1,
				      sizeof(*x->numbers));
		x->numbers[x->count++] = sqlite3_value_int64(value);
	} else {
		x->texts = mem_grow(x->texts, &x->capacity, x->count + 1,
				    sizeof(*x->texts));
		x->texts[x->count++] =
			arena_strdup(&x->limits->arena,
				     (const char *)sqlite3_value_text(value));
	}
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Copies values into the limits' memory. */
static const void *keep(struct limits *l, const void *items, size_t len)
{
	void *kept = arena_alloc(&l->arena, len + 1);

	if (len)
		memcpy(kept, items, len);
	return kept;
}

static void want_choice(struct limits *l, struct choice *x)
{
	struct scan_want *want = &l->want;
	size_t len = x->count * sizeof(int64_t);

	if (x->limit == LIMIT_TYPE) {
		want->by_code = true;
	} else if (x->limit == LIMIT_NUM) {
		if (x->count)
			qsort(x->numbers, x->count, sizeof(int64_t), by_number);
		want->by_num = true;
		want->num_count = x->count;
		want->nums = keep(l, x->numbers, len);
	} else if (x->limit == LIMIT_PID) {
		want->by_pid = true;
		want->pid_count = x->count;
		want->pids = keep(l, x->numbers, len);
	} else {
		want->by_container = true;
		want->container_count = x->count;
		want->containers =
			keep(l, x->texts, x->count * sizeof(*x->texts));
	}
}

/* `= x', or `IN (...)', whose values come one by one. */
static void limit_choice(struct limits *l, enum limit limit,
			 sqlite3_value *value)
{
	struct choice x = { .limits = l, .limit = limit };
	sqlite3_value *item = NULL;
	int code = sqlite3_vtab_in_first(value, &item);

	if (code != SQLITE_OK && code != SQLITE_DONE)
		add_choice(&x, value);
	for (; code == SQLITE_OK; code = sqlite3_vtab_in_next(value, &item))
		add_choice(&x, item);
	if (!x.is_odd)
		want_choice(l, &x);
	free(x.numbers);
	free(x.texts);
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

void limit_take(struct limits *l, enum limit limit, char op,
		sqlite3_value *value)
{
	struct scan_want *want = &l->want;

	switch (limit) {
	case LIMIT_PATH:
		l->path = (const char *)sqlite3_value_text(value);
		break;
	case LIMIT_FILTER:
		l->filter = (const char *)sqlite3_value_text(value);
		break;
	case LIMIT_DAMAGE:
		l->damage = (const char *)sqlite3_value_text(value);
		break;
	case LIMIT_CAPTURE:
		limit_capture(want, value);
		break;
	case LIMIT_EVENT:
		limit_number(&want->from_id, &want->to_id, op, value);
		break;
	case LIMIT_NUM:
		if (op == '=')
			limit_choice(l, limit, value);
		else
			limit_number(&want->from_num, &want->to_num, op, value);
		break;
	case LIMIT_TS:
		limit_number(&want->from_ns, &want->to_ns, op, value);
		break;
	case LIMIT_TIME:
		limit_time(want, op, value);
		break;
	case LIMIT_TYPE:
	case LIMIT_PID:
	case LIMIT_CONTAINER:
		limit_choice(l, limit, value);
		break;
	case LIMIT_FD:
	case LIMIT_FD_NAME:
	case LIMIT_NONE:
		break;
	}
}
