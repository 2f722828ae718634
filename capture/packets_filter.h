/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packet filters (pcap-filter(7)), compiled within limits of time and memory.
 */
#ifndef SPOOR_CAPTURE_PACKETS_FILTER_H
#define SPOOR_CAPTURE_PACKETS_FILTER_H

#include <pcap/pcap.h>

#include "core/error.h"

/*
 * Sets the filter of an activated handle.  The work of libpcap grows without
 * bounds with some expressions, and cannot be interrupted: a process of its
 * own does it, for at most 10 s.
 */
int packets_filter(pcap_t *pcap, const char *filter, struct error *err);

#endif
