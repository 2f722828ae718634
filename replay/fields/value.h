/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values: a number, a view of text or bytes, or a list of values of one type.
 * A type decides which member of the union is read, so both are set together,
 * by the constructors here and nowhere else (tests/suite-shape.sh sees to it).
 */
#ifndef SPOOR_REPLAY_FIELDS_VALUE_H
#define SPOOR_REPLAY_FIELDS_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/event/tables.h"

/* Views are valid until the next event. */
struct value {
	uint8_t type;	/* enum param_type */
	uint8_t format; /* enum print_format; PF_NA: the field's */
	bool is_list;
	uint8_t pivot; /* private to rules: see rules/find.h */
	uint32_t len;  /* bytes of text, IPs and buffers; items of a list */
	union {
		int64_t s64;
		uint64_t u64; /* also BOOL: 0 or 1 */
		double f64;
		const char *text; /* strings, buffers; IPs: 4 or 16 bytes */
		const struct value *items;
	};
};

/* The member that values of a type have: text, s64 and u64, or f64. */
enum value_form { FORM_BYTES, FORM_NUMBER, FORM_DOUBLE };

extern const uint8_t value_forms[PT_COUNT];

static inline enum value_form value_form(enum param_type type)
{
	return (enum value_form)value_forms[type];
}

/* Is it CHARBUF, FSPATH or FSRELPATH?  Numeric (8 to 64 bits, enums ...)? */
bool type_is_text(enum param_type type);
bool type_is_number(enum param_type type);

const char *param_type_name(enum param_type type);

/*
 * The constructors fill *v and return true, so that a getter ends with
 * `return give_...'.  A type of another form is replaced by the plain one of
 * the right form: UINT64 for numbers, BYTEBUF for bytes.
 */
static inline bool give_bytes(struct value *v, enum param_type type,
			      const void *data, size_t len)
{
	bool fits = value_form(type) == FORM_BYTES;

	*v = (struct value){ .type = (uint8_t)(fits ? type : PT_BYTEBUF),
			     .len = (uint32_t)len,
			     .text = data };
	return true;
}

static inline bool give_text(struct value *v, const char *text, size_t len)
{
	*v = (struct value){ .type = PT_CHARBUF,
			     .len = (uint32_t)len,
			     .text = text };
	return true;
}

static inline bool give_string(struct value *v, const char *text)
{
	return give_text(v, text, strlen(text));
}

static inline bool give_number(struct value *v, enum param_type type,
			       uint64_t number)
{
	bool fits = value_form(type) == FORM_NUMBER;

	*v = (struct value){ .type = (uint8_t)(fits ? type : PT_UINT64),
			     .u64 = number };
	return true;
}

static inline bool give_bool(struct value *v, bool truth)
{
	return give_number(v, PT_BOOL, truth);
}

static inline bool give_double(struct value *v, double number)
{
	*v = (struct value){ .type = PT_DOUBLE, .f64 = number };
	return true;
}

/* false, and an empty list, if an item is a list or not of the type's form. */
bool give_list(struct value *v, enum param_type type, const struct value *items,
	       uint32_t count);

/* The bytes of a value; false: it is a list or a number. */
static inline bool value_bytes(const struct value *v, const char **ret_data,
			       uint32_t *ret_len)
{
	if (v->is_list || value_form((enum param_type)v->type) != FORM_BYTES)
		return false;
	*ret_data = v->text;
	*ret_len = v->len;
	return true;
}

/* Is it of the form that this type has? */
static inline bool value_fits(const struct value *v, enum param_type type)
{
	return v->type == type ||
	       value_forms[v->type] == (uint8_t)value_form(type);
}

#endif
