/* SPDX-License-Identifier: Apache-2.0 */
/* Counts the contents of a capture: the sink of spoor info. */
#ifndef SPOOR_FLOW_COUNTERS_H
#define SPOOR_FLOW_COUNTERS_H

#include "replay/replay.h"

/* Events of one name. */
struct tally {
	const char *name;
	uint64_t count;
};

/* A container, by its short id; texts as the capture has them, shortened. */
struct box {
	char id[16], name[64], image[128];
	uint64_t events;
};

enum { BOXES_MAX = 64 };

struct counters {
	struct event_sink sink;
	uint64_t first_ns, last_ns;		 /* of events; 0: no events */
	uint64_t threads, processes, fds, users; /* of the start state */
	uint64_t started, ended; /* programs, threads, while recording */
	char host[65];
	uint32_t cpus;
	struct box boxes[BOXES_MAX];
	unsigned box_count;
	bool more_boxes; /* than are counted */
	/* After finish(): by name, the most frequent first. */
	struct tally tallies[EVENT_KIND_COUNT + PPM_SC_COUNT];
	unsigned tally_count;
	uint64_t by_code[EVENT_KIND_COUNT]; /* those without a syscall code */
	uint64_t by_syscall[PPM_SC_COUNT];
	struct replay *replay;
};

struct counters *counters_new(void);

/* Accepts NULL. */
void counters_free(struct counters *counters);

#endif
