/* SPDX-License-Identifier: Apache-2.0 */
/* Keyframes, and the index of frames, beside the events of a capture. */
#ifndef SPOOR_FLOW_TRACKER_H
#define SPOOR_FLOW_TRACKER_H

#include "core/file/frames.h"
#include "core/file/keyframe.h"
#include "replay/replay.h"

/*
 * Events between keyframes, while recording and in `spoor index', whose help
 * has it as a text: so a macro.
 */
#define KEYFRAME_EVERY 262144

/* The state beside a capture, for its keyframes and its index. */
struct tracker;

struct tracker *tracker_new(void);

/*
 * Takes the next item.  Returns whom an event is about, valid until the next
 * call.
 */
const struct frame_subject *tracker_put(struct tracker *tracker,
					const struct item *item);

/*
 * Would a keyframe hold all of the state?  Not what is counted from switch and
 * procinfo events (state_has_times).
 */
bool tracker_can_keyframe(const struct tracker *tracker);

/*
 * Fills the image (emptied first) and the point: the state after the events
 * that the tracker took, of which there were that many.
 */
void tracker_keyframe(struct tracker *tracker, uint64_t events,
		      struct buffer *image, struct resume_point *ret_point);

/*
 * Gives the state as the start of another file, events at that time, and goes
 * on from what a reader of that file will know.
 */
int tracker_restart(struct tracker *tracker, uint64_t ts_ns, state_put_fn *put,
		    void *user, struct error *err);

/* Accepts NULL. */
void tracker_free(struct tracker *tracker);

#endif
