/* SPDX-License-Identifier: Apache-2.0 */
/* What is being recorded: printed at the start, and stored in the capture. */
#ifndef SPOOR_CMD_RECORDED_H
#define SPOOR_CMD_RECORDED_H

#include <stdio.h>
#include <sys/types.h>

#include "core/bytes.h"

struct live;
struct capture_options;

/* A recorded process. */
struct recorded_process {
	pid_t pid;
	unsigned threads;
	char name[32], container[80]; /* "": unknown, none */
};

struct recorded {
	struct recorded_process *items; /* by pid; free with recorded_free */
	size_t count, capacity;
};

/* Collects the processes to which the engine has attached. */
void recorded_look(struct recorded *recorded, const struct live *live);

/*
 * Number of processes that this process traces now; 0 if /proc is not
 * available.
 */
unsigned recorded_count(void);

/*
 * Prints the first eight processes, one per line, and how to stop the
 * recording.
 */
void recorded_print(const struct recorded *recorded, FILE *out);

/*
 * Appends JSON: the command or the processes, the requested container, the
 * engine, and the command line of spoor (argv).
 */
void recorded_json(const struct recorded *recorded,
		   const struct capture_options *options, const char *engine,
		   char *const *argv, struct buffer *out);

/* Frees the list. */
void recorded_free(struct recorded *recorded);

#endif
