/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one encoder: raw records and what is known of the process become events
 * of the current capture dialect (scap-events.tsv; state.md).
 */
#ifndef SPOOR_CAPTURE_ENCODE_ENCODE_H
#define SPOOR_CAPTURE_ENCODE_ENCODE_H

#include "capture/record/raw.h"
#include "capture/record/syscalls.h"
#include "core/event/event.h"

struct encoder;

/* snaplen: bytes of data in an event.  Returns new (free with encoder_free). */
struct encoder *encoder_new(uint32_t snaplen);

/* What is added to the times of records from now on (wall.h); 0 at first. */
void encoder_set_offset(struct encoder *encoder, int64_t offset_ns);

/*
 * Makes the events of one record (0, 1 or more): call encoder_next until it
 * returns 0.  The record must live until then.
 */
void encoder_put(struct encoder *encoder, const struct raw_record *record);

/* 1 and an event, valid until the next call; 0 none left. */
int encoder_next(struct encoder *encoder, struct event *ret_event);

/* Accepts NULL. */
void encoder_free(struct encoder *encoder);

#endif
