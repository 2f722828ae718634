/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a replay as a keyframe image. */
#ifndef SPOOR_CMD_KEYFRAMES_H
#define SPOOR_CMD_KEYFRAMES_H

#include "core/file/keyframe.h"
#include "replay/replay.h"

/* Events between keyframes, while recording and in `spoor index'. */
enum { KEYFRAME_EVERY = 1 << 18 };

/*
 * Fills the image (emptied first) and the point: the state after the events
 * that the replay took, of which there were that many.
 */
void keyframe_of(struct replay *replay, uint64_t events, struct buffer *image,
		 struct resume_point *ret_point);

#endif
