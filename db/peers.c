/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the sockets of one capture know of each other.  recv(2) does not say
 * whose datagram it took: the one that was sent here first, and not received
 * yet, is it.  And which end is the client, for other processes that use the
 * socket later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/flows.h"

enum { UNDER_WAY_MAX = 256, ROLES_MAX = 65536 };

struct datagram {
	struct sock_tuple ends; /* source and destination, as sent */
	int64_t len;
	bool is_under_way;
};

struct peers {
	struct datagram ring[UNDER_WAY_MAX];
	unsigned at, under_way;
	struct map roles; /* key -> "client" or "server" */
};

struct peers *peers_new(void)
{
	return mem_zalloc(sizeof(struct peers));
}

void peers_free(struct peers *p)
{
	if (!p)
		return;
	map_free(&p->roles);
	free(p);
}

void peers_sent(struct peers *p, const struct sock_tuple *ends, int64_t len)
{
	struct datagram *to = &p->ring[p->at++ % UNDER_WAY_MAX];

	p->under_way += !to->is_under_way;
	*to = (struct datagram){ *ends, len, true };
}

static bool is_any(const uint8_t ip[16])
{
	static const uint8_t any[16];

	return !memcmp(ip, any, sizeof(any));
}

/* Was it sent to this socket, and by the peer if that is known? */
static bool is_for(const struct datagram *d, const struct sock_tuple *own,
		   bool has_peer, int64_t len)
{
	if (!d->is_under_way || d->ends.dport != own->sport || d->len < len)
		return false;
	if (!is_any(own->sip) && memcmp(own->sip, d->ends.dip, 16) != 0)
		return false;
	return !has_peer || d->ends.sport == own->dport;
}

void peers_set_role(struct peers *p, uint64_t key, const char *role)
{
	if (p->roles.count >= ROLES_MAX)
		map_free(&p->roles);
	map_put(&p->roles, key, (void *)(uintptr_t)role);
}

bool peers_received(struct peers *p, struct sock_tuple *own, bool has_peer,
		    int64_t len)
{
	for (unsigned i = 0; p->under_way && i < UNDER_WAY_MAX; i++) {
		struct datagram *from = &p->ring[(p->at + i) % UNDER_WAY_MAX];

		if (!is_for(from, own, has_peer, len))
			continue;
		from->is_under_way = false;
		p->under_way--;
		if (!has_peer) {
			own->family = from->ends.family;
			memcpy(own->dip, from->ends.sip, 16);
			own->dport = from->ends.sport;
		}
		return true;
	}
	return false;
}

const char *peers_role(struct peers *p, uint64_t key, const char *if_new)
{
	const char *role = map_get(&p->roles, key);

	if (!role && if_new)
		peers_set_role(p, key, if_new);
	return role ? role : if_new;
}
