/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cases of rules as text, tests/rules/NAME.test (tests/rules/README.md tells
 * how they are written): processes, an event, and what rules make of it.
 * Each line is a statement; each statement that checks something is a test.
 */
#ifndef SPOOR_TESTS_VECTORS_CASES_H
#define SPOOR_TESTS_VECTORS_CASES_H

#include "core/arena.h"
#include "core/event/convert.h"
#include "replay/replay.h"

/* What one case has said so far. */
struct cases {
	struct arena arena; /* of the case */
	struct ruleset *rules;
	struct replay *replay;
	struct converter *converter;
	struct item item; /* the last event; its parameters are in the arena */
	uint64_t ts_ns, num;
	bool is_started;		     /* events have begun */
	const struct field_context *context; /* of the event; NULL: none */
	struct buffer yaml;    /* lines of rules that are not loaded yet */
	struct error load_err; /* of the last file of rules */
	bool is_rejected;      /* that file was, and no check was for it */
	unsigned issues_seen;  /* by checks, of the ruleset's */
	char why[1024];	       /* a check failed */
};

/*
 * Runs a statement.  rest: the text behind its name; want: that behind the
 * last "=>", or NULL.  Both may be changed.  0; -1: it failed, c->why is set.
 */
typedef int case_fn(struct cases *c, char *rest, const char *want);

/* Sets c->why (printf style); returns -1. */
int case_fail(struct cases *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Compares texts; -1 and both in c->why if they differ. */
int case_same(struct cases *c, const char *got, const char *want);

/*
 * The next word of a line, key=value or key alone (value.data NULL), with its
 * escapes decoded in place; value may be in quotes.  1, 0 at the end, -1.
 */
int case_word(struct cases *c, char **at, const char **ret_key,
	      struct text *ret_value);

/* Decodes \n \t \\ \" \xHH in place; returns the length.  NUL-terminated. */
size_t case_unescape(char *text, size_t len);

/* The number that a text stands for: also 0x10, -ENOENT, a name of the table
 * (NULL: none), and several with | between.  -1: it is none. */
int case_number(struct cases *c, const char *text,
		const struct flag_name *names, uint64_t *ret_number);

/* Appends a value as an event has it. */
int case_param(struct cases *c, struct buffer *out,
	       const struct param_kind *kind, struct text value);

/* A condition as compiled rules show it, or why it is none. */
const char *case_printed(struct cases *c, const char *text);

/* The two ends of a connection: address:port->address:port. */
struct case_ends {
	bool is_ipv6;
	uint8_t sip[16], dip[16];
	uint16_t sport, dport;
};

int case_ends(struct cases *c, char *text, struct case_ends *ret_ends);

/* What stands before the events: case_meta.c. */
case_fn case_thread, case_fd, case_user, case_group, case_machine,
	case_interface;
/* Events and what fields, conditions and formats make of them. */
case_fn case_event, case_hidden, case_true, case_false, case_refused,
	case_prints, case_silent, case_json, case_absent;
/* Conditions and texts by themselves. */
case_fn case_canonical, case_unparsed, case_types, case_doubted, case_undoubted,
	case_escaped, case_bad_format;
/* Rule files. */
case_fn case_loads, case_rejected, case_warned, case_alerts, case_output,
	case_all_alerts, case_priority, case_condition, case_rule_output,
	case_enabled, case_enable, case_disable, case_tags;

/* The rule lines read so far become a file, and it is loaded. */
void case_load(struct cases *c);

/* Runs the files; prints PASS and FAIL lines.  false: some failed. */
bool cases_run(char **paths, int count);

#endif
