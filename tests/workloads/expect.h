/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Workloads print the trace that they expect: lines "COUNT FILTER", which
 * tests/suite-workloads.sh compares with the events that match the filter.
 * Calls are made with syscall(2), so that libc adds none of its own.
 */
#ifndef SPOOR_TESTS_WORKLOADS_EXPECT_H
#define SPOOR_TESTS_WORKLOADS_EXPECT_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Ids in filters: as wide as the longest, so that the lines (which are
 * recorded, too) are as long whatever ids the processes have.
 */
#define PID "%-7d"

/* In one write, so that threads and processes do not mix their lines. */
__attribute__((format(printf, 2, 3))) static inline void
expect(int count, const char *format, ...)
{
	char line[512];
	int len = snprintf(line, sizeof(line), "%d ", count);
	va_list args;

	va_start(args, format);
	len += vsnprintf(line + len, sizeof(line) - (size_t)len - 1, format,
			 args);
	va_end(args);
	line[len++] = '\n';
	if (write(STDOUT_FILENO, line, (size_t)len) != len)
		exit(1);
}

/* The workload itself failed: it does not behave as it would untraced. */
static inline void require(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "harmed: %s\n", what);
	exit(99);
}

static inline void call_getppid(int times)
{
	for (int i = 0; i < times; i++)
		syscall(SYS_getppid);
}

#endif
