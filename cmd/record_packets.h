/* SPDX-License-Identifier: Apache-2.0 */
/* Packets beside a recording: a file beside each of its files. */
#ifndef SPOOR_CMD_RECORD_PACKETS_H
#define SPOOR_CMD_RECORD_PACKETS_H

#include "cmd/record.h"

/*
 * Begins to record packets, if they are asked for: before, the recording's
 * output was opened with record_packets_name() for what lies beside.
 */
int record_packets_start(struct recording *recording, struct error *err);

/* NAME.scap.zst0 -> NAME.pcapng.zst0, of len bytes. */
void record_packets_name(const char *path, char *ret_name, size_t len);

/* The recording goes on in its next file: so do packets.  Failure is said. */
void record_packets_next(struct recording *recording);

/* Ends them, and says how many there were: EXIT_OK, or EXIT_ERROR (said). */
int record_packets_stop(struct recording *recording);

#endif
