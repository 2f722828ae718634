/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ready questions: the files of query/saved.  They begin with comments: the
 * first line is the help, lines `-- @name TYPE default help' declare
 * parameters, and `-- needs TYPES' which events it stands on, if it reads those
 * of all types.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/bytes.h"
#include "core/clock.h"
#include "query/query.h"
#include "query/sources.h"

/* Parses the next word of a line, or a text in single quotes. */
static const char *word(const char **at, struct arena *arena)
{
	const char *start, *out;
	size_t len;
	bool quoted;

	*at += strspn(*at, " ");
	quoted = **at == '\'';
	start = *at + quoted;
	len = strcspn(start, quoted ? "'\n" : " \n");
	out = arena_copy(arena, start, len);
	*at = start + len + (quoted && start[len] == '\'');
	return out;
}

static void read_param(struct question *q, const char *line,
		       struct arena *arena)
{
	struct question_param *p = &q->params[q->param_count++];

	p->name = word(&line, arena);
	p->type = word(&line, arena);
	p->fallback = word(&line, arena);
	line += strspn(line, " ");
	p->help = arena_copy(arena, line, strcspn(line, "\n"));
}

static void parse(const struct question_source *source, struct arena *arena,
		  struct question *q)
{
	const char *line = source->text;

	*q = (struct question){ .name = source->name, .help = "" };
	for (; !strncmp(line, "-- ", 3); line += strcspn(line, "\n") + 1) {
		if (line[3] != '@' && line == source->text)
			q->help = arena_copy(arena, line + 3,
					     strcspn(line + 3, "\n"));
		else if (!strncmp(line + 3, "needs ", 6))
			q->needs = arena_copy(arena, line + 9,
					      strcspn(line + 9, "\n"));
		else if (line[3] == '@' && q->param_count < QUESTION_PARAMS)
			read_param(q, line + 4, arena);
	}
	q->sql = line;
}

bool question_at(unsigned i, struct arena *arena, struct question *ret_question)
{
	if (!question_sources[i].name)
		return false;
	parse(&question_sources[i], arena, ret_question);
	return true;
}

bool question_find(const char *name, struct arena *arena,
		   struct question *ret_question)
{
	for (unsigned i = 0; question_sources[i].name; i++)
		if (!strcmp(question_sources[i].name, name))
			return question_at(i, arena, ret_question);
	return false;
}

static int time_value(const struct question_param *p, const char *text,
		      int64_t *ret_ns, struct error *err)
{
	uint64_t ns;

	if (!strcmp(text, "begin"))
		*ret_ns = 0;
	else if (!strcmp(text, "end"))
		*ret_ns = INT64_MAX;
	else if (clock_parse(text, strlen(text), &ns) && ns <= INT64_MAX)
		*ret_ns = (int64_t)ns;
	else
		return error_set(err, EINVAL,
				 "--%s: '%s' is not a time; write "
				 "2026-11-25T14:42:03, or seconds",
				 p->name, text);
	return 0;
}

int question_value(const struct question_param *p, const char *text,
		   struct query_value *ret_value, struct error *err)
{
	char *end;

	*ret_value = (struct query_value){ .name = p->name };
	if (!text)
		text = p->fallback;
	if (!strcmp(p->type, "TIME"))
		return time_value(p, text, &ret_value->number, err);
	if (strcmp(p->type, "INTEGER")) {
		ret_value->text = text;
		return 0;
	}
	errno = 0;
	ret_value->number = strtoll(text, &end, 10);
	if (!*text || *end || errno)
		return error_set(err, EINVAL, "--%s: '%s' is not a number",
				 p->name, text);
	return 0;
}

static const struct query_value *find_value(const struct query_values *values,
					    const char *name, size_t len)
{
	for (size_t i = 0; i < values->count; i++)
		if (strlen(values->items[i].name) == len &&
		    !memcmp(values->items[i].name, name, len))
			return &values->items[i];
	return NULL;
}

static void put_literal(struct buffer *out, const struct query_value *v)
{
	if (!v->text) {
		buffer_printf(out, "%" PRId64, v->number);
		return;
	}
	buffer_u8(out, '\'');
	for (const char *c = v->text; *c; c++) {
		if (*c == '\'')
			buffer_u8(out, '\'');
		buffer_u8(out, (uint8_t)*c);
	}
	buffer_u8(out, '\'');
}

void question_sql(const struct question *q, const struct query_values *values,
		  struct buffer *out)
{
	static const char name_chars[] = "abcdefghijklmnopqrstuvwxyz_";
	const char *at = q->sql;

	for (;;) {
		size_t plain = strcspn(at, "@");
		const struct query_value *v;
		size_t len;

		buffer_put(out, at, plain);
		at += plain;
		if (!*at)
			break;
		len = strspn(at + 1, name_chars);
		v = find_value(values, at + 1, len);
		if (v)
			put_literal(out, v);
		else
			buffer_put(out, at, len + 1);
		at += len + 1;
	}
	buffer_u8(out, '\0');
}

void query_values_set(struct query_values *values,
		      const struct query_value *value)
{
	values->items = mem_grow(values->items, &values->capacity,
				 values->count + 1, sizeof(*values->items));
	values->items[values->count++] = *value;
}
