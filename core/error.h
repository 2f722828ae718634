/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An error is a code and a text in a struct on the caller's stack.  This
 * module neither allocates nor prints; only cmd/ writes to stderr.
 */
#ifndef SPOOR_CORE_ERROR_H
#define SPOOR_CORE_ERROR_H

struct error {
	int code; /* an errno value, or one of enum error_code */
	char text[512];
};

/* Codes beyond errno, for callers that distinguish these cases. */
enum error_code {
	ERROR_FORMAT = 4096, /* the input violates its format */
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

/* Like error_set, with code errno and ": " strerror(errno) appended. */
int error_errno(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Puts "context: " before the existing text and keeps the code.  Returns -1. */
int error_context(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
