/* SPDX-License-Identifier: Apache-2.0 */
/* Types, and values as text and as JSON. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "replay/fields/fields.h"

/* clang-format off */
const uint8_t value_forms[PT_COUNT] = {
	[PT_INT8] = FORM_NUMBER, [PT_INT16] = FORM_NUMBER,
	[PT_INT32] = FORM_NUMBER, [PT_INT64] = FORM_NUMBER,
	[PT_UINT8] = FORM_NUMBER, [PT_UINT16] = FORM_NUMBER,
	[PT_UINT32] = FORM_NUMBER, [PT_UINT64] = FORM_NUMBER,
	[PT_ERRNO] = FORM_NUMBER, [PT_FD] = FORM_NUMBER,
	[PT_PID] = FORM_NUMBER, [PT_SYSCALLID] = FORM_NUMBER,
	[PT_SIGTYPE] = FORM_NUMBER, [PT_RELTIME] = FORM_NUMBER,
	[PT_ABSTIME] = FORM_NUMBER, [PT_PORT] = FORM_NUMBER,
	[PT_L4PROTO] = FORM_NUMBER, [PT_SOCKFAMILY] = FORM_NUMBER,
	[PT_BOOL] = FORM_NUMBER, [PT_FLAGS8] = FORM_NUMBER,
	[PT_FLAGS16] = FORM_NUMBER, [PT_FLAGS32] = FORM_NUMBER,
	[PT_UID] = FORM_NUMBER, [PT_GID] = FORM_NUMBER,
	[PT_DOUBLE] = FORM_DOUBLE, [PT_SIGSET] = FORM_NUMBER,
	[PT_MODE] = FORM_NUMBER, [PT_ENUMFLAGS8] = FORM_NUMBER,
	[PT_ENUMFLAGS16] = FORM_NUMBER, [PT_ENUMFLAGS32] = FORM_NUMBER,
	[PT_FD32] = FORM_NUMBER, [PT_PID32] = FORM_NUMBER,
	/* All others are FORM_BYTES. */
};
/* clang-format on */

/* clang-format off */
static const char *const type_names[PT_COUNT] = {
	"NONE", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16",
	"UINT32", "UINT64", "CHARBUF", "BYTEBUF", "ERRNO", "SOCKADDR",
	"SOCKTUPLE", "FD", "PID", "FDLIST", "FSPATH", "SYSCALLID", "SIGTYPE",
	"RELTIME", "ABSTIME", "PORT", "L4PROTO", "SOCKFAMILY", "BOOL",
	"IPV4ADDR", "DYN", "FLAGS8", "FLAGS16", "FLAGS32", "UID", "GID",
	"DOUBLE", "SIGSET", "CHARBUFARRAY", "CHARBUF_PAIR_ARRAY", "IPV4NET",
	"IPV6ADDR", "IPV6NET", "IPADDR", "IPNET", "MODE", "FSRELPATH",
	"ENUMFLAGS8", "ENUMFLAGS16", "ENUMFLAGS32", "FD", "PID",
};
/* clang-format on */

const char *param_type_name(enum param_type type)
{
	return type < PT_COUNT ? type_names[type] : "NONE";
}

bool type_is_text(enum param_type type)
{
	return type == PT_CHARBUF || type == PT_FSPATH || type == PT_FSRELPATH;
}

bool type_is_number(enum param_type type)
{
	switch (type) {
	case PT_INT8:
	case PT_INT16:
	case PT_INT32:
	case PT_INT64:
	case PT_UINT8:
	case PT_UINT16:
	case PT_UINT32:
	case PT_UINT64:
	case PT_ERRNO:
	case PT_FD:
	case PT_PID:
	case PT_FD32:
	case PT_PID32:
	case PT_SYSCALLID:
	case PT_SIGTYPE:
	case PT_RELTIME:
	case PT_ABSTIME:
	case PT_PORT:
	case PT_FLAGS8:
	case PT_FLAGS16:
	case PT_FLAGS32:
	case PT_ENUMFLAGS8:
	case PT_ENUMFLAGS16:
	case PT_ENUMFLAGS32:
	case PT_MODE:
	case PT_DOUBLE:
		return true;
	default:
		return false;
	}
}

bool give_list(struct value *v, enum param_type type, const struct value *items,
	       uint32_t count)
{
	bool fits = true;

	for (uint32_t i = 0; i < count && fits; i++)
		fits = !items[i].is_list && value_fits(&items[i], type);
	*v = (struct value){ .type = (uint8_t)type,
			     .is_list = true,
			     .len = fits ? count : 0,
			     .items = items };
	return fits;
}

static struct text finish(char *text)
{
	return (struct text){ text, (uint32_t)strlen(text) };
}

/* Bytes as text, with dots for unprintable ones, as sysdig prints them. */
static struct text buffer_text(const struct value *v, struct arena *arena)
{
	char *out = arena_bytes(arena, (size_t)v->len + 1);

	for (uint32_t i = 0; i < v->len; i++) {
		unsigned char c = (unsigned char)v->text[i];

		out[i] = c >= 32 && c < 127 ? (char)c : '.';
	}
	out[v->len] = '\0';
	return (struct text){ out, v->len };
}

static struct text ip_text(const struct value *v, struct arena *arena)
{
	char text[INET6_ADDRSTRLEN] = "<NA>";

	if (v->len == 4 || v->len == 16)
		inet_ntop(v->len == 4 ? AF_INET : AF_INET6, v->text, text,
			  sizeof(text));
	return finish(arena_strdup(arena, text));
}

/* NOLINTNEXTLINE(misc-no-recursion): no list has lists for members. */
static struct text list_text(const struct value *v, enum print_format format,
			     struct arena *arena)
{
	struct buffer b = { 0 };
	struct text text;

	buffer_u8(&b, '(');
	for (uint32_t i = 0; i < v->len; i++) {
		struct text item = value_text(&v->items[i], format, arena);

		if (i)
			buffer_u8(&b, ',');
		buffer_put(&b, item.data, item.len);
	}
	buffer_u8(&b, ')');
	text = (struct text){ arena_copy(arena, b.data, b.len),
			      (uint32_t)b.len };
	buffer_free(&b);
	return text;
}

/* A signed number in hex has as many digits as its type. */
static uint64_t masked(const struct value *v)
{
	unsigned len = param_type_len((enum param_type)v->type);

	if (len && len < 8)
		return v->u64 & ((1ull << (8 * len)) - 1);
	return v->u64;
}

/* A number as text in a format. */
static struct text number_text(const struct value *v, enum print_format format,
			       struct arena *arena)
{
	switch (format) {
	case PF_HEX:
		return finish(arena_printf(arena, "%" PRIX64, masked(v)));
	case PF_OCT:
		return finish(arena_printf(arena, "%" PRIo64, masked(v)));
	case PF_10_PADDED_DEC:
		return finish(arena_printf(arena, "%09" PRIu64, v->u64));
	default:
		break;
	}
	if (param_type_is_signed((enum param_type)v->type))
		return finish(arena_printf(arena, "%" PRId64, v->s64));
	return finish(arena_printf(arena, "%" PRIu64, v->u64));
}

/* NOLINTNEXTLINE(misc-no-recursion): as above. */
struct text value_text(const struct value *v, enum print_format format,
		       struct arena *arena)
{
	if (v->is_list)
		return list_text(v, format, arena);
	if (v->format)
		format = (enum print_format)v->format;
	switch (v->type) {
	case PT_CHARBUF:
	case PT_FSPATH:
	case PT_FSRELPATH: {
		size_t len = v->len ? strnlen(v->text, v->len) : 0;

		return (struct text){ arena_copy(arena, v->text, len),
				      (uint32_t)len };
	}
	case PT_BOOL:
		return finish(arena_strdup(arena, v->u64 ? "true" : "false"));
	case PT_DOUBLE:
		return finish(arena_printf(arena, "%.1lf", v->f64));
	case PT_IPADDR:
	case PT_IPNET:
	case PT_IPV4ADDR:
	case PT_IPV6ADDR:
		return ip_text(v, arena);
	default:
		return value_form((enum param_type)v->type) == FORM_NUMBER
			       ? number_text(v, format, arena)
			       : buffer_text(v, arena);
	}
}

static bool is_json_number(const struct value *v, enum print_format format)
{
	if (format == PF_HEX || format == PF_OCT)
		return false;
	return type_is_number((enum param_type)v->type) || v->type == PT_UID ||
	       v->type == PT_GID;
}

/* Appends the shortest decimal that reads back as the same number. */
static void json_double(struct buffer *out, double number)
{
	char text[32] = "";
	double back = 0;

	for (int digits = 1; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, number);
		back = strtod(text, NULL);
		if (back == number)
			break;
	}
	buffer_printf(out, "%s%s", text, strpbrk(text, ".en") ? "" : ".0");
}

/*
 * Appends one value as JSON; numbers that do not print as JSON numbers become
 * strings.
 */
static void json_one(struct buffer *out, const struct value *v,
		     enum print_format format, struct arena *arena)
{
	struct text text;

	if (v->format)
		format = (enum print_format)v->format;
	if (v->type == PT_BOOL) {
		buffer_printf(out, "%s", v->u64 ? "true" : "false");
		return;
	}
	if (v->type == PT_DOUBLE) {
		json_double(out, v->f64);
		return;
	}
	text = value_text(v, format == PF_10_PADDED_DEC ? PF_DEC : format,
			  arena);
	if (is_json_number(v, format))
		buffer_put(out, text.data, text.len);
	else
		text_put_json(out, text.data, text.len);
}

void value_json(struct buffer *out, const struct field_ref *ref,
		const struct value *value, bool present)
{
	struct arena arena = { 0 };
	enum print_format format = (enum print_format)ref->field->format;

	if (!present || (value->is_list && !value->len)) {
		buffer_put(out, "null", 4);
		return;
	}
	if (!value->is_list) {
		json_one(out, value, format, &arena);
		arena_free(&arena);
		return;
	}
	buffer_u8(out, '[');
	for (uint32_t i = 0; i < value->len; i++) {
		if (i)
			buffer_u8(out, ',');
		json_one(out, &value->items[i], format, &arena);
	}
	buffer_u8(out, ']');
	arena_free(&arena);
}
