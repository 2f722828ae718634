/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values: a number, a view of text or bytes, or a list of values of one type.
 * The type decides which member of the union is valid, so both are set
 * together, only by the constructors in this header (tests/suite-shape.sh
 * checks that).
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
	uint8_t pivot; /* private to rules/find.h */
	uint32_t len;  /* bytes of a text, address or buffer; items of a list */
	union {
		int64_t s64;
		uint64_t u64; /* also BOOL: 0 or 1 */
		double f64;
		const char *text; /* strings, buffers; IPs: 4 or 16 bytes */
		const struct value *items;
	};
};

/* Which member of the union a type uses: text; s64 and u64; or f64. */
enum value_form { FORM_BYTES, FORM_NUMBER, FORM_DOUBLE };

extern const uint8_t value_forms[PT_COUNT];

/* The form of a type. */
static inline enum value_form value_form(enum param_type type)
{
	return (enum value_form)value_forms[type];
}

/* Is it CHARBUF, FSPATH or FSRELPATH?  Numeric (8 to 64 bits, enums ...)? */
bool type_is_text(enum param_type type);
bool type_is_number(enum param_type type);

const char *param_type_name(enum param_type type);

/*
 * The constructors fill *v and return true, so that a getter can end with
 * `return give_...'.  A type of another form is replaced by a plain type of
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

/* Gives a text; the bytes are borrowed. */
static inline bool give_text(struct value *v, const char *text, size_t len)
{
	*v = (struct value){ .type = PT_CHARBUF,
			     .len = (uint32_t)len,
			     .text = text };
	return true;
}

/* Gives a NUL-terminated text, borrowed. */
static inline bool give_string(struct value *v, const char *text)
{
	return give_text(v, text, strlen(text));
}

/* Gives a number. */
static inline bool give_number(struct value *v, enum param_type type,
			       uint64_t number)
{
	bool fits = value_form(type) == FORM_NUMBER;

	*v = (struct value){ .type = (uint8_t)(fits ? type : PT_UINT64),
			     .u64 = number };
	return true;
}

/* Gives a boolean. */
static inline bool give_bool(struct value *v, bool truth)
{
	return give_number(v, PT_BOOL, truth);
}

/* Gives a floating-point number. */
static inline bool give_double(struct value *v, double number)
{
	*v = (struct value){ .type = PT_DOUBLE, .f64 = number };
	return true;
}

/*
 * Gives a list; the items are borrowed.  false, and an empty list, if an item
 * is a list or not of the type's form.
 */
bool give_list(struct value *v, enum param_type type, const struct value *items,
	       uint32_t count);

/* The bytes of a value; false: the value is a list or a number. */
static inline bool value_bytes(const struct value *v, const char **ret_data,
			       uint32_t *ret_len)
{
	if (v->is_list || value_form((enum param_type)v->type) != FORM_BYTES)
		return false;
	*ret_data = v->text;
	*ret_len = v->len;
	return true;
}

/* Does the value have the form of this type? */
static inline bool value_fits(const struct value *v, enum param_type type)
{
	return v->type == type ||
	       value_forms[v->type] == (uint8_t)value_form(type);
}

#endif
