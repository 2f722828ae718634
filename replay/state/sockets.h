/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses as they stand in event parameters (state.md 4.4): SOCKADDR and
 * SOCKTUPLE, decoded with bounds checked; and their printed forms.
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

/* false: empty, damaged or of an unknown family. */
bool sock_tuple_decode(struct bytes param, struct sock_tuple *ret_tuple);

/* A SOCKADDR: its address is in sip and sport (or path). */
bool sock_addr_decode(struct bytes param, struct sock_tuple *ret_tuple);

/*
 * IPv4-mapped ends become IPv4 (both must be mapped, or "any"); with !both
 * only the source counts.  sock_*_decode have done it.
 */
void sock_tuple_unmap(struct sock_tuple *tuple, bool both);

struct fd; /* replay/state/state.h */

/*
 * The end of an IP socket that its process has, or else the far one, as the
 * calls told: a client's own is the source.  false: not known; a listening
 * socket has no far end.  The address is a view into the fd, in network order.
 */
bool sock_end_of(const struct fd *fd, bool own, const uint8_t **ret_ip,
		 uint16_t *ret_port);

enum { SOCK_TEXT_MAX = 256 };

/* "1.2.3.4:80", ":::80"; returns the length. */
size_t sock_end_print(char *out, size_t len, uint8_t family,
		      const uint8_t ip[16], uint16_t port);

/*
 * The name of a port in /etc/services, for a SCAP_L4_* protocol; its number
 * if it has none.  Returns the length.
 */
size_t port_name(char *out, size_t len, uint16_t port, uint8_t l4proto);

/* "1.2.3.4:80->5.6.7.8:443", "a3c->b7f /run/x" (unix). */
size_t sock_tuple_print(char *out, size_t len, const struct sock_tuple *tuple);

#endif
