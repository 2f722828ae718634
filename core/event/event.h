/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Items flow through every pipeline: events and metadata (machine, users,
 * process list ...), in the order of the capture.  A source gives the next
 * item (a capture file, a live engine); a sink takes it (a file writer,
 * replay, the database loader, a printer).  core/file, capture/ and replay/
 * meet here and do not know each other.
 */
#ifndef SPOOR_CORE_EVENT_EVENT_H
#define SPOOR_CORE_EVENT_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"
#include "core/error.h"
#include "core/event/meta.h"
#include "core/event/tables.h"

/* Bits of event.flags: any of them hides the event from users and rules. */
enum {
	/* only updates the state; never shown or matched (EVF 1) */
	EVENT_STATE_ONLY = 1,
	EVENT_PARSER_ONLY =
		/*
		 * an enter event of an old capture, kept for the state parsers
		 */
	2,
	/* a container or user of the start state, before all other events */
	EVENT_INITIAL = 4
};

/*
 * One event.  The parameters are views into memory of the source, valid until
 * its next call of next().  A parameter of length 0 is "unknown".  count may
 * be less than the table's nparams: the missing parameters are unknown.
 */
struct event {
	uint64_t num;	/* evt.num: 1, 2, ... over the whole input */
	uint64_t ts_ns; /* since the epoch */
	int64_t tid;	/* host pid namespace; -1 for meta events */
	uint16_t code;	/* enum event_code, always < EVENT_KIND_COUNT */
	uint16_t cpu;
	uint32_t flags;
	uint32_t count; /* parameters, at most EVENT_PARAMS_MAX */
	struct bytes params[EVENT_PARAMS_MAX];
};

/*
 * The id of notifications that tell what a call without an event of its own
 * was given: "RESULT FD PATH".  The call's GENERIC event is the next.
 */
#define NOTE_OF_CALL "spoor.call"

enum item_kind { ITEM_EVENT, ITEM_META };

struct item {
	enum item_kind kind;
	struct event event;	 /* ITEM_EVENT */
	const struct meta *meta; /* ITEM_META; valid until the next call */
};

/* Result of a source's next(). */
enum source_code {
	SOURCE_FAILED = -1, /* and it is at its end */
	SOURCE_END = 0,
	SOURCE_ITEM = 1,
	SOURCE_IDLE = 2 /* of a live source: none came for a while; go on */
};

/* Result of a sink's put(). */
enum sink_code {
	SINK_FAILED = -1, /* and it takes no more items */
	SINK_OK = 0,
	SINK_ENOUGH = 1 /* it took the item, and wants no more */
};

/*
 * Embedded by what gives items, which also owns it: reader_close, live_close
 * ... free both.  flow/flow.h has the loop that calls it.
 */
struct event_source {
	/*
	 * Gives the next item, valid until the next call.  Everything readable
	 * is given before SOURCE_FAILED: damage that can be skipped is
	 * evidence (core/file/evidence.h), not a failure.
	 */
	int (*next)(struct event_source *source, struct item *ret_item,
		    struct error *err);
};

/* Embedded by what takes items, which also owns it. */
struct event_sink {
	/* Takes an item, which it borrows for the call. */
	int (*put)(struct event_sink *sink, const struct item *item,
		   struct error *err);
	/*
	 * Called when no item came for a while: passes on what is buffered.  0
	 * or -1.  NULL: nothing is buffered.
	 */
	int (*idle)(struct event_sink *sink, struct error *err);
	/*
	 * Completes the output (the last frame, an index ...): 0 or -1.  An
	 * output that is freed without it is cut.  NULL: nothing to do.
	 */
	int (*finish)(struct event_sink *sink, struct error *err);
};

static inline int source_next(struct event_source *s, struct item *ret_item,
			      struct error *err)
{
	return s->next(s, ret_item, err);
}

static inline int sink_put(struct event_sink *s, const struct item *item,
			   struct error *err)
{
	return s->put(s, item, err);
}

static inline int sink_idle(struct event_sink *s, struct error *err)
{
	return s->idle ? s->idle(s, err) : 0;
}

static inline int sink_finish(struct event_sink *s, struct error *err)
{
	return s->finish ? s->finish(s, err) : 0;
}

/* Is the event only for the reader's state?  Hidden events are not counted. */
static inline bool event_is_hidden(const struct event *event)
{
	return event->flags & (EVENT_STATE_ONLY | EVENT_INITIAL);
}

/* The table row of the event's type. */
static inline const struct event_kind *event_kind(const struct event *event)
{
	return &event_kinds[event->code];
}

/* Is the event an exit event?  (Exit codes are odd.) */
static inline bool event_is_exit(const struct event *event)
{
	return event->code & 1;
}

/* Parameter i as a view; an empty view if the event has no parameter i. */
static inline struct bytes event_param(const struct event *event, unsigned i)
{
	return i < event->count ? event->params[i] : (struct bytes){ NULL, 0 };
}

/*
 * Parameter i as an integer, sign- or zero-extended according to its type in
 * the table.  Returns fallback if it is unknown or shorter than its type.
 */
int64_t event_int(const struct event *event, unsigned i, int64_t fallback);

/* Like event_int, for bytes of a known type (an alternative of a DYN). */
int64_t param_int(enum param_type type, struct bytes param, int64_t fallback);

/*
 * The result of a syscall: its first parameter.  false: not an exit event, or
 * the result is unknown.  A result of 32 bits is signed whatever its type, as
 * user ids are.
 */
bool event_result(const struct event *event, int64_t *ret_result);

/*
 * Parameter i as text: a view that ends before the first NUL.  Unknown: data
 * NULL, len 0 (an empty string has data, and len 0).
 */
struct bytes event_text(const struct event *event, unsigned i);

/* Bytes of a value of this type in an event; 0 if the length varies. */
unsigned param_type_len(enum param_type type);

/* Is the type a signed number? */
bool param_type_is_signed(enum param_type type);

/* The event code of a symbol (PPME_...); -1 if the symbol is unknown. */
int event_code_find(const char *symbol);

/*
 * The name of an event as evt.type prints it: the table's name, or for a
 * GENERIC event the name of its syscall.
 */
const char *event_name(const struct event *event);

#endif
