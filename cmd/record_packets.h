/* SPDX-License-Identifier: Apache-2.0 */
/* Recording of packets, in one file for each file of the recording. */
#ifndef SPOOR_CMD_RECORD_PACKETS_H
#define SPOOR_CMD_RECORD_PACKETS_H

#include "cmd/record.h"

/*
 * Starts to record packets, if the options ask for it.  The recording's output
 * must be open, with record_packets_name() as `beside'.  0 or -1.
 */
int record_packets_start(struct recording *recording, struct error *err);

/*
 * The packet file of a capture: NAME.scap.zst0 -> NAME.pcapng.zst0; at most
 * len bytes.
 */
void record_packets_name(const char *path, char *ret_name, size_t len);

/*
 * Starts the next packet file, after the output rotated.  Failure is reported.
 */
void record_packets_next(struct recording *recording);

/*
 * Stops, and prints the number of packets.  EXIT_OK or EXIT_ERROR (reported).
 */
int record_packets_stop(struct recording *recording);

#endif
