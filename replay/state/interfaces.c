/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The machine's network interfaces: which address a socket has that is bound
 * to all of them, as events of datagrams have it.
 */
#include <string.h>

#include "replay/state/internal.h"

static bool is_any(const uint8_t *ip, size_t len)
{
	static const uint8_t any[16];

	return !memcmp(ip, any, len);
}

static bool is_same_net(const struct meta_interface *it, const uint8_t *ip,
			size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((it->addr[i] ^ ip[i]) & it->netmask[i])
			return false;
	return true;
}

static bool is_loopback(const struct meta_interface *it)
{
	return it->is_ipv6 ? is_any(it->addr, 15) && it->addr[15] == 1
			   : it->addr[0] == 127;
}

/*
 * Replaces an unspecified local address by that of the interface towards
 * `other'.
 */
static void infer_ip(const struct state *state, uint8_t ip[16],
		     const uint8_t other[16], bool is_ipv6)
{
	const struct meta_interface *first = NULL;
	const struct meta_interface *near = NULL;
	size_t len = is_ipv6 ? 16 : 4;

	for (size_t i = 0; i < state->interface_count; i++) {
		const struct meta_interface *it = &state->interfaces[i];

		if (it->is_ipv6 != is_ipv6)
			continue;
		if (!memcmp(it->addr, other, len)) {
			memcpy(ip, it->addr, len);
			return;
		}
		if (!near && is_same_net(it, other, len))
			near = it;
		if (!first && !is_loopback(it))
			first = it;
	}
	if (near || first)
		memcpy(ip, near ? near->addr : first->addr, len);
}

void fd_patch_ends(const struct state *state, struct fd *fd)
{
	bool is_ipv6 = fd->type == SCAP_FD_IPV6_SOCK;
	size_t len = is_ipv6 ? 16 : 4;

	if (fd->type != SCAP_FD_IPV4_SOCK && !is_ipv6)
		return;
	if (is_any(fd->sip, len) && !is_any(fd->dip, len))
		infer_ip(state, fd->sip, fd->dip, is_ipv6);
	else if (is_any(fd->dip, len) && !is_any(fd->sip, len))
		infer_ip(state, fd->dip, fd->sip, is_ipv6);
}
