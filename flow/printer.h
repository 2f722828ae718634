/* SPDX-License-Identifier: Apache-2.0 */
/* Events as lines, or as JSON objects: the sink of spoor print. */
#ifndef SPOOR_FLOW_PRINTER_H
#define SPOOR_FLOW_PRINTER_H

#include <stdio.h>

#include "replay/replay.h"

/* Bits: how the data of an event is shown below its line. */
enum printer_dump { DUMP_NONE, DUMP_HEX = 1, DUMP_TEXT = 2, DUMP_LINES = 4 };

struct printer_options {
	struct format *format;
	struct filter *filter;		/* NULL: all events */
	const struct field_ref *buffer; /* evt.buffer, with dump */
	unsigned dump;			/* enum printer_dump */
	bool json;			/* one object a line, without dump */
	bool raw;	/* values as they are, see core/text.h */
	uint64_t limit; /* it has enough after so many; 0: no */
	FILE *out;
};

/* Zero but for its options, which are borrowed, before its first capture. */
struct printer {
	struct printer_options options;
	uint64_t printed;
	uint64_t printed_ts_ns; /* of the last line */
	struct replay *replay;	/* of the capture at hand */
};

/*
 * The sink for another capture, until printer_end.  It has enough at the limit
 * and when the output fails.
 */
struct event_sink *printer_begin(struct printer *printer);
void printer_end(struct printer *printer);

#endif
