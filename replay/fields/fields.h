/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields: the vocabulary shared by rules, output formats, print and database
 * columns.  Each field is one row of a table in field_<family>.c: name, type,
 * flags, getter and help.  Second stage of replay; reads replay/state/.
 */
#ifndef SPOOR_REPLAY_FIELDS_FIELDS_H
#define SPOOR_REPLAY_FIELDS_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/bytes.h"
#include "replay/fields/value.h"
#include "replay/state/state.h"

enum field_flag {
	FIELD_LIST = 1 << 0,
	FIELD_ARG_REQUIRED = 1 << 1, /* .NAME or [ARG] is required */
	FIELD_ARG_ALLOWED = 1 << 2,
	FIELD_ARG_INDEX = 1 << 3, /* [N], a number */
	FIELD_ARG_KEY = 1 << 4,	  /* [KEY] */
	FIELD_ARG_NAME = 1 << 5,  /* .NAME after the field's own name */
	FIELD_FILTER_ONLY = 1 << 6,
	FIELD_PRINT_ONLY = 1 << 7,
	FIELD_TABLE_ONLY = 1 << 8,
	FIELD_DEPRECATED = 1 << 9,
	FIELD_NO_RHS = 1 << 10,
	FIELD_NO_TRANSFORMER = 1 << 11,
	FIELD_SUGGESTED = 1 << 12, /* appended by append_output */
	/* Without index, a condition holds if it holds for any list item. */
	FIELD_ANY = 1 << 13,
	/*
	 * Two sides (fd.ip, fd.port): a condition holds if it holds for any
	 * side; != must hold for both.
	 */
	FIELD_TWO_SIDED = 1 << 14,
	/* The value depends on the event alone (type, flags, args). */
	FIELD_STATELESS = 1 << 15,
	/* A distance: its only operator is "=", which means "at most". */
	FIELD_WITHIN = 1 << 16
};

struct field_ref;

/* Everything that a getter may read. */
struct field_context {
	const struct state *state;
	struct event_context about; /* event, thread, fd */
	struct arena *scratch;	    /* reset before the next event */
	const char *hostname;	    /* for evt.hostname; may be NULL */
	/* of the capture's first event: evt.reltime */
	uint64_t first_ts_ns;
	uint64_t previous_ts_ns; /* of the previous event: evt.deltatime */
	uint64_t output_count;	 /* util.cnt */
	/* output has binary data as base64 (else dots) */
	bool base64;
	bool is_output; /* set by context_for_output */
};

struct field {
	const char *name; /* proc.name */
	uint8_t type;	  /* enum param_type */
	uint8_t format;	  /* enum print_format */
	uint32_t flags;	  /* enum field_flag */
	/* Fills *ret_value; false: the field is absent at this event. */
	bool (*get)(const struct field_context *context,
		    const struct field_ref *ref, struct value *ret_value);
	/* Optional: checks and prepares the argument when a rule is loaded. */
	int (*prepare)(struct field_ref *ref, struct error *err);
	const char *help; /* one line */
	uint32_t which;	  /* private to the getter: an offset, a choice */
};

/* A use of a field, with its argument. */
struct field_ref {
	const struct field *field;
	const char *text; /* canonical, as in output_fields: proc.aname[2] */
	const char *arg;  /* NULL: none */
	bool arg_is_number;
	uint64_t index; /* the number */
	uint8_t type;	/* type of this use (evt.rawarg.NAME) */
	bool is_list;	/* whether this use is a list */
	uint32_t extra; /* private to the getter, set by prepare */
};

/* A set of field tables; each table ends with a NULL name. */
struct field_set {
	const struct field *const *tables; /* ends with NULL */
};

/* All fields of the syscall source. */
extern const struct field_set fields_syscall;

/*
 * Parses "name", "name.ARG", "name[ARG]" and finds its field: the longest
 * known name wins and the whole text must be used.  *ret_ref and its strings
 * live in the arena.  Error text contains "nonexistent field".
 */
int field_find(const struct field_set *set, const char *text,
	       struct arena *arena, struct field_ref **ret_ref,
	       struct error *err);

/* A field as it is written, the argument in brackets apart. */
struct field_name {
	struct text text;
	const char *arg; /* NULL: none */
};

/* Like field_find, with name and argument already separated. */
int field_bind(const struct field_set *set, const struct field_name *name,
	       struct arena *arena, struct field_ref **ret_ref,
	       struct error *err);

/* Reads the value at this event; false: the field is absent. */
static inline bool field_get(const struct field_context *context,
			     const struct field_ref *ref,
			     struct value *ret_value)
{
	return ref->field->get(context, ref, ret_value);
}

/* The same event, for output: conditions never see base64. */
static inline struct field_context
context_for_output(const struct field_context *context)
{
	struct field_context output = *context;

	output.is_output = true;
	return output;
}

/*
 * Like field_get, for output: where a condition checks every ancestor, the
 * value is the text of all of them, separated by blanks (proc.apid: the
 * process's own).
 */
bool field_get_output(const struct field_context *context,
		      const struct field_ref *ref, struct value *ret_value);

/*
 * Prints a value as %field does, in the value's own format if it has one.  The
 * text is in the arena, NUL-terminated.
 */
struct text value_text(const struct value *value, enum print_format format,
		       struct arena *arena);

/* Names of capabilities with blanks between; text in the arena. */
struct text caps_text(uint64_t caps, struct arena *arena);

/* Appends the value as a JSON value (null if absent). */
void value_json(struct buffer *out, const struct field_ref *ref,
		const struct value *value, bool present);

/*
 * The arguments of an event as evt.args prints them ("fd=3(<f>/etc/passwd)
 * name=..."), in the scratch arena.
 */
struct text event_args_text(const struct field_context *context);

/*
 * Argument i as evt.arg prints it, in the scratch arena; if there is none, an
 * empty text with data NULL.
 */
struct text event_arg_text(const struct field_context *context, unsigned i);

#endif
