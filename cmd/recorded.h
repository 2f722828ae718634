/* SPDX-License-Identifier: Apache-2.0 */
/* What a recording is of: said as it starts, and kept in its files. */
#ifndef SPOOR_CMD_RECORDED_H
#define SPOOR_CMD_RECORDED_H

#include <stdio.h>
#include <sys/types.h>

#include "core/bytes.h"

struct live;
struct capture_options;

/* A process that is recorded. */
struct recorded_process {
	pid_t pid;
	unsigned threads;
	char name[32], container[80]; /* "": unknown, none */
};

struct recorded {
	struct recorded_process *items; /* by pid; free with recorded_free */
	size_t count, capacity;
};

/* The processes that an engine has attached to. */
void recorded_look(struct recorded *recorded, const struct live *live);

/* How many processes this one traces now; 0 if /proc does not tell. */
unsigned recorded_count(void);

/* Names them, a line each, the first eight; and says how the recording ends. */
void recorded_say(const struct recorded *recorded, FILE *out);

/*
 * Appends all of it as JSON: the command or the processes, the container that
 * was asked for, the engine, and the command line of spoor (argv).
 */
void recorded_json(const struct recorded *recorded,
		   const struct capture_options *options, const char *engine,
		   char *const *argv, struct buffer *out);

void recorded_free(struct recorded *recorded);

#endif
