/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packets beside the events: libpcap on an interface, into a zstd-compressed
 * pcapng file, on the events' clock.  Runs in a thread of its own.
 */
#ifndef SPOOR_CAPTURE_PACKETS_H
#define SPOOR_CAPTURE_PACKETS_H

#include <stdint.h>

#include "core/error.h"

struct packets;

struct packets_options {
	const char *interface; /* "any", "eth0" ... */
	const char *filter;    /* pcap-filter(7); NULL: all */
	const char *path;      /* NAME.pcapng.zst, of the first file */
	uint32_t snaplen;      /* bytes per packet; 0: 262144 */
	int force;	       /* replace a file that is there */
};

struct packets_stats {
	uint64_t packets, bytes;
	uint64_t dropped; /* by the kernel or the interface */
};

/* Begins to record.  The interface's name is borrowed until it is stopped. */
int packets_start(struct packets **ret_packets,
		  const struct packets_options *options, struct error *err);

/*
 * Completes the file and goes on in another, without losing a packet.  -1: one
 * of both failed; nothing is recorded any more, and packets_stop fails, too.
 */
int packets_next(struct packets *packets, const char *path, struct error *err);

/*
 * Stops, completes the file, frees.  *ret_stats: of all files.  -1: the file is
 * cut.
 */
int packets_stop(struct packets *packets, struct packets_stats *ret_stats,
		 struct error *err);

/* Stops, frees, and takes the file back.  Accepts NULL. */
void packets_discard(struct packets *packets);

#endif
