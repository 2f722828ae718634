/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text REGEXP pattern, which SQLite leaves to the program: searches anywhere
 * in the text, as in the sqlite3 shell and in the SQL of pySigma.  Patterns
 * are compiled once per statement; those that take too many steps end in an
 * error.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <sqlite3.h>

#include "query/session.h"

enum { MATCH_LIMIT = 1000000, DEPTH_LIMIT = 1000 };

static void say(sqlite3_context *context, const char *what, int code)
{
	PCRE2_UCHAR text[160];
	char *message;

	pcre2_get_error_message(code, text, sizeof(text));
	message = sqlite3_mprintf("%s: %s", what, text);
	sqlite3_result_error(context, message, -1);
	sqlite3_free(message);
}

static void free_code(void *code)
{
	pcre2_code_free(code);
}

/* The compiled pattern, cached by the statement; NULL: invalid. */
static pcre2_code *take_pattern(sqlite3_context *context, sqlite3_value *value)
{
	pcre2_code *code = sqlite3_get_auxdata(context, 0);
	PCRE2_SIZE at;
	int error;

	if (code)
		return code;
	code = pcre2_compile(sqlite3_value_text(value),
			     (PCRE2_SIZE)sqlite3_value_bytes(value),
			     PCRE2_UTF | PCRE2_MATCH_INVALID_UTF, &error, &at,
			     NULL);
	if (!code) {
		say(context, "invalid REGEXP pattern", error);
		return NULL;
	}
	sqlite3_set_auxdata(context, 0, code, free_code);
	return sqlite3_get_auxdata(context, 0);
}

static int search(const pcre2_code *code, sqlite3_value *text)
{
	pcre2_match_data *match =
		pcre2_match_data_create_from_pattern(code, NULL);
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	int result;

	pcre2_set_match_limit(limits, MATCH_LIMIT);
	pcre2_set_depth_limit(limits, DEPTH_LIMIT);
	result = pcre2_match(code, sqlite3_value_text(text),
			     (PCRE2_SIZE)sqlite3_value_bytes(text), 0, 0, match,
			     limits);
	pcre2_match_context_free(limits);
	pcre2_match_data_free(match);
	return result;
}

/* regexp(PATTERN, TEXT); NULL for NULL, as with LIKE. */
static void regexp(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const pcre2_code *code;
	int result;

	(void)argc;
	if (sqlite3_value_type(argv[0]) == SQLITE_NULL ||
	    sqlite3_value_type(argv[1]) == SQLITE_NULL)
		return;
	code = take_pattern(context, argv[0]);
	if (!code)
		return;
	result = search(code, argv[1]);
	if (result < 0 && result != PCRE2_ERROR_NOMATCH)
		say(context, "REGEXP", result);
	else
		sqlite3_result_int(context, result >= 0);
}

void regexp_register(struct sqlite3 *db)
{
	sqlite3_create_function(db, "regexp", 2,
				SQLITE_UTF8 | SQLITE_DETERMINISTIC |
					SQLITE_INNOCUOUS,
				NULL, regexp, NULL, NULL);
}
