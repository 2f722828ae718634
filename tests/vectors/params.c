/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/vectors/params.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bytes vector_hex(struct arena *arena, const char *hex)
{
	size_t len = strlen(hex) / 2;
	uint8_t *out = (uint8_t *)arena_bytes(arena, len + 1);

	for (size_t i = 0; i < len; i++) {
		char pair[3] = { hex[2 * i], hex[2 * i + 1], '\0' };

		out[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
	return (struct bytes){ out, len };
}

static struct bytes from_number(struct arena *arena, const json_t *value,
				enum param_type type)
{
	uint64_t n = (uint64_t)json_integer_value(value);
	unsigned len = param_type_len(type);
	uint8_t *out = (uint8_t *)arena_bytes(arena, sizeof(n));

	/* Upgrades keep the width of the old event's parameter. */
	if (len == 4 && n >> 32 && n >> 31 != 0x1ffffffff)
		len = sizeof(n);
	memcpy(out, &n, sizeof(n));
	return (struct bytes){ out, len ? len : sizeof(n) };
}

/* Does it have characters, all of them below U+0100, that are not ASCII? */
static bool is_latin1(const char *text)
{
	bool high = false;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c >= 0xc4)
			return false;
		high |= *c >= 0x80;
	}
	return high;
}

/*
 * JSON cannot hold bytes that are not UTF-8: such texts have one character
 * per byte.
 */
static size_t to_bytes(char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= 0xc0 && i + 1 < len)
			c = (unsigned char)((c << 6) | (text[++i] & 0x3f));
		text[n++] = (char)c;
	}
	text[n] = '\0';
	return n;
}

static struct bytes from_text(struct arena *arena, const json_t *value)
{
	size_t len = json_string_length(value);
	char *text = arena_copy(arena, json_string_value(value), len);

	if (is_latin1(text))
		len = to_bytes(text, len);
	return (struct bytes){ (const uint8_t *)text, len + 1 };
}

/* A parameter as the table of its event has it. */
static struct bytes param_bytes(struct arena *arena, const json_t *param,
				enum param_type type)
{
	const json_t *value = json_object_get(param, "value");
	const json_t *hex = json_object_get(value, "hex");

	if (json_is_true(json_object_get(param, "empty")))
		return (struct bytes){ NULL, 0 };
	if (hex)
		return vector_hex(arena, json_string_value(hex));
	if (json_is_string(value))
		return from_text(arena, value);
	if (json_is_integer(value))
		return from_number(arena, value, type);
	return (struct bytes){ NULL, 0 };
}

void vector_params(struct event *event, const json_t *params,
		   struct arena *arena)
{
	const struct event_kind *kind = event_kind(event);
	size_t count = json_array_size(params);

	if (count > EVENT_PARAMS_MAX)
		count = EVENT_PARAMS_MAX;
	event->count = (uint32_t)count;
	for (uint32_t i = 0; i < count; i++)
		event->params[i] = param_bytes(
			arena, json_array_get(params, i),
			i < kind->nparams ? kind->params[i].type : PT_NONE);
}

static int code_of(const json_t *json)
{
	const json_t *code = json_object_get(json, "code");
	const char *symbol = json_string_value(json_object_get(json, "type"));

	if (json_is_integer(code))
		return (int)json_integer_value(code);
	return symbol ? event_code_find(symbol) : -1;
}

int vector_event(struct event *ret_event, const json_t *json,
		 struct arena *arena)
{
	int code = code_of(json);

	if (code < 0 || code >= EVENT_KIND_COUNT)
		return -1;
	*ret_event = (struct event){
		.code = (uint16_t)code,
		.ts_ns = (uint64_t)json_integer_value(
			json_object_get(json, "ts")),
		.tid = json_integer_value(json_object_get(json, "tid")),
	};
	vector_params(ret_event, json_object_get(json, "params"), arena);
	return 0;
}

static bool number_differs(const json_t *want, const char *key, uint64_t got)
{
	const json_t *value = json_object_get(want, key);

	return json_is_integer(value) &&
	       (uint64_t)json_integer_value(value) != got;
}

static bool head_equals(const struct event *event, const json_t *want)
{
	int code = code_of(want);

	return !number_differs(want, "ts", event->ts_ns) &&
	       !number_differs(want, "tid", (uint64_t)event->tid) &&
	       !number_differs(want, "cpu", event->cpu) &&
	       (code < 0 || code == event->code);
}

bool vector_event_equals(const struct event *event, const json_t *want,
			 char *why, size_t why_len)
{
	const json_t *params = json_object_get(want, "params");
	struct event other = { .code = event->code };
	struct arena arena = { 0 };
	bool same = head_equals(event, want);

	if (!same)
		snprintf(why, why_len, "%s of tid %lld at %llu",
			 event_kind(event)->symbol, (long long)event->tid,
			 (unsigned long long)event->ts_ns);
	else
		vector_params(&other, params, &arena);
	if (same && other.count != event->count) {
		snprintf(why, why_len, "%s: %u parameters",
			 event_kind(event)->symbol, event->count);
		same = false;
	}
	for (uint32_t i = 0; same && i < other.count; i++) {
		struct bytes a = event->params[i], b = other.params[i];

		same = a.len == b.len &&
		       !(a.len && memcmp(a.data, b.data, a.len));
		if (!same)
			snprintf(why, why_len,
				 "%s: parameter %u is %lld (%zu bytes)",
				 event_kind(event)->symbol, i,
				 (long long)event_int(event, i, 0), a.len);
	}
	arena_free(&arena);
	return same;
}
