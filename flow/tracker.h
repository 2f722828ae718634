/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks the state of a capture for its keyframes and its frame index. */
#ifndef SPOOR_FLOW_TRACKER_H
#define SPOOR_FLOW_TRACKER_H

#include "core/file/frames.h"
#include "core/file/keyframe.h"
#include "replay/replay.h"

/*
 * Events between keyframes, for recordings and `spoor index', whose help
 * contains the number: therefore a macro.
 */
#define KEYFRAME_EVERY 262144

/* The state of a capture while it is written. */
struct tracker;

struct tracker *tracker_new(void);

/*
 * Takes the next item.  Returns the subject of an event, valid until the next
 * call.
 */
const struct frame_subject *tracker_put(struct tracker *tracker,
					const struct item *item);

/*
 * Would a keyframe contain the whole state?  It does not contain times derived
 * from switch and procinfo events (state_has_times).
 */
bool tracker_can_keyframe(const struct tracker *tracker);

/*
 * Fills the image (emptied first) and the point with the state after `events'
 * events.
 */
void tracker_keyframe(struct tracker *tracker, uint64_t events,
		      struct buffer *image, struct resume_point *ret_point);

/*
 * Delivers the state as the start of another file, with events at time ts_ns,
 * and continues with the state that a reader of that file has.
 */
int tracker_restart(struct tracker *tracker, uint64_t ts_ns, state_put_fn *put,
		    void *user, struct error *err);

/* Accepts NULL. */
void tracker_free(struct tracker *tracker);

#endif
