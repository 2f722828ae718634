/* SPDX-License-Identifier: Apache-2.0 */
/* Events of cases, and what fields, conditions and formats make of them. */
#include <stdlib.h>
#include <string.h>

#include "tests/vectors/cases.h"

enum { TICK_NS = 1000000 };

/*
 * An event by its symbol (PPME_...), or by its name: the exit of the newest
 * of that name.
 */
static int find_code(const char *name)
{
	int found = -1;

	if (!strncmp(name, "PPME_", 5))
		return event_code_find(name);
	for (int code = 0; code < EVENT_KIND_COUNT; code++) {
		const struct event_kind *kind = &event_kinds[code];

		if (!strcmp(kind->name, name) &&
		    !(kind->flags & EF_OLD_VERSION) &&
		    (found < 0 || code & 1 || kind->category & EC_METAEVENT))
			found = code;
	}
	return found;
}

/*
 * The words that are about the event and not parameters; a second tid is one.
 */
static int set_head(struct cases *c, const char *key, const char *text,
		    bool *ret_is_head)
{
	uint64_t number;

	*ret_is_head = true;
	if (!strcmp(key, "tid") && c->item.event.tid < 0)
		return case_number(c, text, NULL,
				   (uint64_t *)&c->item.event.tid);
	if (case_number(c, text, NULL, &number) && !strcmp(key, "after"))
		return -1;
	if (!strcmp(key, "after"))
		c->item.event.ts_ns = c->ts_ns += number - TICK_NS;
	else if (!strcmp(key, "on"))
		c->item.event.cpu = (uint16_t)number;
	else if (!strcmp(key, "nparams"))
		c->item.event.count = (uint32_t)number;
	else
		*ret_is_head = false;
	return 0;
}

static int set_param(struct cases *c, const char *key, struct text value)
{
	const struct event_kind *kind = event_kind(&c->item.event);
	struct buffer out = { 0 };
	unsigned i = 0;

	while (i < kind->nparams && strcmp(kind->params[i].name, key))
		i++;
	if (i == kind->nparams)
		return case_fail(c, "%s has no parameter %s", kind->symbol,
				 key);
	if (!value.data)
		return 0;
	if (case_param(c, &out, &kind->params[i], value)) {
		buffer_free(&out);
		return -1;
	}
	c->item.event.params[i] =
		(struct bytes){ (const uint8_t *)arena_copy(&c->arena, out.data,
							    out.len),
				out.len };
	buffer_free(&out);
	return 0;
}

static int fill_event(struct cases *c, char *rest)
{
	const char *key;
	struct text value;
	int got;

	while ((got = case_word(c, &rest, &key, &value)) > 0) {
		bool is_head = false;

		if (value.data && set_head(c, key, value.data, &is_head))
			return -1;
		if (!is_head && set_param(c, key, value))
			return -1;
	}
	return got;
}

static void finish_event(struct cases *c)
{
	replay_step_done(c->replay);
	c->context = NULL;
}

static void start_events(struct cases *c)
{
	static const struct meta events = { .kind = META_EVENTS };
	struct item item = { .kind = ITEM_META, .meta = &events };

	if (!c->is_started)
		replay_put(c->replay, &item, &c->load_err);
	c->is_started = true;
}

int case_event(struct cases *c, char *rest, const char *want)
{
	struct event *event = &c->item.event;
	struct error err = { 0 };
	uint64_t unpaired = 0;
	char *name = strsep(&rest, " \t");
	int code = find_code(name);
	int result;

	(void)want;
	if (code < 0)
		return case_fail(c, "there is no event %s", name);
	finish_event(c);
	start_events(c);
	c->ts_ns += TICK_NS;
	c->item = (struct item){ .kind = ITEM_EVENT };
	*event = (struct event){ .code = (uint16_t)code,
				 .ts_ns = c->ts_ns,
				 .tid = -1,
				 .count = event_kinds[code].nparams };
	if (rest && fill_event(c, rest))
		return -1;
	result = converter_apply(c->converter, event, &unpaired, &err);
	if (result < 0)
		return case_fail(c, "%s", err.text);
	if (!result)
		return 0;
	event->num = event_is_hidden(event) ? 0 : ++c->num;
	c->context = replay_step(c->replay, &c->item);
	return 0;
}

/* Nobody is shown the event: an enter event that waits for its exit. */
int case_hidden(struct cases *c, char *rest, const char *want)
{
	(void)rest;
	(void)want;
	return c->context ? case_fail(c, "it is shown") : 0;
}

static int match(struct cases *c, const char *text, bool want)
{
	struct filter *filter;
	struct error err = { 0 };
	bool got;

	if (filter_compile(&filter, text, &fields_syscall, &err))
		return case_fail(c, "%s: %s", text, err.text);
	got = c->context && filter_match(filter, c->context);
	filter_free(filter);
	if (!c->context)
		return case_fail(c, "there is no event");
	return got == want
		       ? 0
		       : case_fail(c, "%s is %s", text, got ? "true" : "false");
}

/* As it is written, and as rules show it: without quotes around a "(". */
static int check_filter(struct cases *c, const char *text, bool want)
{
	bool is_odd = strchr(text, '(') && strpbrk(text, "'\"");

	if (match(c, text, want))
		return -1;
	return is_odd ? 0 : match(c, case_printed(c, text), want);
}

int case_true(struct cases *c, char *rest, const char *want)
{
	(void)want;
	return check_filter(c, rest, true);
}

int case_false(struct cases *c, char *rest, const char *want)
{
	(void)want;
	return check_filter(c, rest, false);
}

int case_refused(struct cases *c, char *rest, const char *want)
{
	struct filter *filter;
	struct error err = { 0 };

	if (!filter_compile(&filter, rest, &fields_syscall, &err)) {
		filter_free(filter);
		return case_fail(c, "is not refused");
	}
	return strstr(err.text, want) ? 0 : case_fail(c, "%s", err.text);
}

static int print(struct cases *c, const char *text, bool want_complete,
		 struct text *ret_text)
{
	struct format *format;
	struct error err = { 0 };
	bool complete;

	if (!c->context)
		return case_fail(c, "there is no event");
	if (format_compile(&format, text, &fields_syscall, &err))
		return case_fail(c, "%s", err.text);
	complete = format_text(format, c->context, ret_text);
	format_free(format);
	if (complete != want_complete)
		return case_fail(c, "is %s", complete ? "printed" : "left out");
	return 0;
}

int case_prints(struct cases *c, char *rest, const char *want)
{
	struct text got = { "", 0 };
	char *copy = arena_strdup(&c->arena, want);
	size_t len = case_unescape(copy, strlen(copy));

	if (print(c, rest, true, &got))
		return -1;
	if (got.len == len && !memcmp(got.data, copy, len))
		return 0;
	return case_fail(c, "'%.*s'", (int)got.len, got.data);
}

int case_silent(struct cases *c, char *rest, const char *want)
{
	struct text got;

	(void)want;
	return print(c, rest, false, &got);
}

int case_bad_format(struct cases *c, char *rest, const char *want)
{
	struct format *format;
	struct error err = { 0 };

	if (!format_compile(&format, rest, &fields_syscall, &err)) {
		format_free(format);
		return case_fail(c, "is not refused");
	}
	return strstr(err.text, want) ? 0 : case_fail(c, "%s", err.text);
}

/* Reads a field for output: 1 it is there, 0 absent, -1 there is no such. */
static int read_field(struct cases *c, const char *name,
		      struct field_ref **ret_ref, struct value *ret_value)
{
	struct error err = { 0 };

	if (!c->context)
		return case_fail(c, "there is no event");
	if (field_find(&fields_syscall, name, &c->arena, ret_ref, &err))
		return case_fail(c, "%s", err.text);
	return field_get_output(c->context, *ret_ref, ret_value);
}

int case_json(struct cases *c, char *rest, const char *want)
{
	struct field_ref *ref;
	struct value value = { 0 };
	struct buffer out = { 0 };
	int got = read_field(c, rest, &ref, &value);
	int result;

	if (got < 0)
		return -1;
	value_json(&out, ref, &value, got == 1);
	buffer_u8(&out, 0);
	result = case_same(c, (const char *)out.data, want);
	buffer_free(&out);
	return result;
}

int case_absent(struct cases *c, char *rest, const char *want)
{
	struct field_ref *ref;
	struct value value = { 0 };
	int got = read_field(c, rest, &ref, &value);
	struct text text;

	(void)want;
	if (got <= 0)
		return got;
	text = value_text(&value, (enum print_format)ref->field->format,
			  c->context->scratch);
	return case_fail(c, "is '%.*s'", (int)text.len, text.data);
}
