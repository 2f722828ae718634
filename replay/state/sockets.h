/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses in event parameters (state.md 4.4): decoding of SOCKADDR and
 * SOCKTUPLE, with bounds checks, and printing.
 */
#ifndef SPOOR_REPLAY_STATE_SOCKETS_H
#define SPOOR_REPLAY_STATE_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

/* One or both ends; IPv4-mapped IPv6 addresses are given as IPv4. */
struct sock_tuple {
	uint8_t family;		  /* PPM_AF_INET, _INET6, _UNIX; 0 none */
	uint8_t sip[16], dip[16]; /* network order; IPv4 uses 4 bytes */
	uint16_t sport, dport;	  /* host order */
	uint64_t unix_source, unix_dest;
	struct bytes path; /* UNIX: a view, without the NUL */
};

/* Decodes a SOCKTUPLE.  false: empty, damaged, or of an unknown family. */
bool sock_tuple_decode(struct bytes param, struct sock_tuple *ret_tuple);

/* Decodes a SOCKADDR into sip and sport (or path). */
bool sock_addr_decode(struct bytes param, struct sock_tuple *ret_tuple);

/*
 * Converts IPv4-mapped ends to IPv4, if both are mapped (or "any"); with !both
 * only the source matters.  The decoders do this already.
 */
void sock_tuple_unmap(struct sock_tuple *tuple, bool both);

struct fd; /* replay/state/state.h */

/*
 * The local end of an IP socket, or with !own the remote end, as derived from
 * the calls: a client's local end is the source.  false: unknown; a listening
 * socket has no remote end.  The address is a view into fd, in network order.
 */
bool sock_end_of(const struct fd *fd, bool own, const uint8_t **ret_ip,
		 uint16_t *ret_port);

enum { SOCK_TEXT_MAX = 256 };

/* Prints "1.2.3.4:80", ":::80"; returns the length. */
size_t sock_end_print(char *out, size_t len, uint8_t family,
		      const uint8_t ip[16], uint16_t port);

/*
 * Prints the name of a port in /etc/services for a SCAP_L4_* protocol, or its
 * number.  Returns the length.
 */
size_t port_name(char *out, size_t len, uint16_t port, uint8_t l4proto);

/*
 * Prints "1.2.3.4:80->5.6.7.8:443", "a3c->b7f /run/x" (unix); returns the
 * length.
 */
size_t sock_tuple_print(char *out, size_t len, const struct sock_tuple *tuple);

#endif
