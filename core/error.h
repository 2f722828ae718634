/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a failure travels: a code and a text on the caller's stack.  Nothing is
 * allocated and nothing is printed here; only cmd/ speaks on stderr.
 */
#ifndef SPOOR_CORE_ERROR_H
#define SPOOR_CORE_ERROR_H

struct error {
	int code; /* an errno value, or one of enum error_code */
	char text[512];
};

/* Codes beyond errno, for callers that must tell these cases apart. */
enum error_code {
	ERROR_FORMAT = 4096, /* the input is not what it claims to be */
	ERROR_TRUNCATED,     /* the input ends too early */
	ERROR_SYNTAX	     /* a rule, filter or option does not parse */
};

/*
 * Sets code and text (printf style).  Returns -1, so that a function can say
 * `return error_set(err, EINVAL, "unknown field '%s'", name);'.
 * err may be NULL.
 */
int error_set(struct error *err, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* As error_set with code errno and ": " strerror(errno) appended. */
int error_errno(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Puts "context: " before the text that is there; keeps the code; -1. */
int error_context(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
