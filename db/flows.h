/* SPDX-License-Identifier: Apache-2.0 */
/* What flows.c, flow_events.c and connections.c share: flows. */
#ifndef SPOOR_DB_FLOWS_H
#define SPOOR_DB_FLOWS_H

#include "db/load.h"
#include "replay/state/sockets.h"

enum { ADDRESS_LEN = 64, LINE_LEN = 120 };

struct flow {
	struct flow_record record;
	enum table_id table;
	struct text name; /* path of the file or of the unix socket */
	char local[ADDRESS_LEN], remote[ADDRESS_LEN];
	char *line; /* the first one; NULL: none yet */
	uint64_t key;
	struct flow *next, **of; /* the flows of its process */
	/* Of sockets. */
	bool is_hidden;	   /* it moved nothing and waits for nothing: no row */
	bool is_unsettled; /* what connect came to may be told by later calls */
	struct sock_tuple ends; /* source: its own; without the path */
	/* Of a datagram socket: what it has with each peer is a flow, too. */
	struct flow *peers, *next_peer;
	struct flow *connected; /* the peer that connect named; or NULL */
	struct flow *socket;	/* of a peer; NULL once that has ended */
};

/* NULL: there is none of that key. */
struct flow *flow_find(const struct load *load, uint64_t key);

/* A flow of the current process, of the event's descriptor, from now on. */
struct flow *flow_new(struct load *load, const struct field_context *context,
		      struct flow **list, uint64_t key, enum table_id table);

/* It becomes a row, unless it is hidden; closed_ns: NO_NUMBER, not known. */
void flow_end(struct load *load, struct flow *flow, int64_t closed_ns);

/* The bytes that an event moved. */
void flow_count(struct flow *flow, const struct event *event);

struct peers;
struct peers *load_peers(const struct load *load);

/* connections.c: what an event does to the sockets of its process. */
void connections_event(struct load *load, const struct field_context *context,
		       struct flow **list);
/* The context's descriptor was there at the start: a row if it listens. */
void connections_begin(struct load *load, const struct field_context *context,
		       struct flow **list);

/* peers.c: what sockets of this capture know of each other. */
struct peers *peers_new(void);
/* Accepts NULL. */
void peers_free(struct peers *peers);
/* A datagram, of len bytes. */
void peers_sent(struct peers *peers, const struct sock_tuple *ends,
		int64_t len);
/*
 * The socket with the end in own's source received so many bytes.  Without
 * a known peer: own's destination becomes who sent it; false: not known.
 */
bool peers_received(struct peers *peers, struct sock_tuple *own, bool has_peer,
		    int64_t len);
/* The role at one end; if it is not known: if_new, or NULL. */
const char *peers_role(struct peers *peers, uint64_t key, const char *if_new);
/* role: a constant. */
void peers_set_role(struct peers *peers, uint64_t key, const char *role);

#endif
