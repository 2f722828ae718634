/* SPDX-License-Identifier: Apache-2.0 */
/* Meta events: containers, users and groups.  state.md sections 5 and 6. */
#include <string.h>

#include "replay/state/internal.h"

static const char *container_param(const struct event *event, unsigned i)
{
	struct bytes id = event_text(event, i);

	/* The text is NUL-terminated inside the parameter. */
	return id.data && id.len < event_param(event, i).len
		       ? (const char *)id.data
		       : "";
}

static void parse_user(struct state *state, struct event_context *c)
{
	const struct event *e = c->event;
	struct meta_user user = {
		.uid = (uint32_t)event_int(e, 0, 0xffffffff),
		.gid = (uint32_t)event_int(e, 1, 0xffffffff),
		.name = event_text(e, 2),
		.home = event_text(e, 3),
		.shell = event_text(e, 4),
	};
	const char *container = container_param(e, 5);

	if (e->code == PPME_USER_ADDED_E)
		user_db_add(state->users, container, &user);
	else
		user_db_remove(state->users, container, user.uid, false);
}

static void parse_group(struct state *state, struct event_context *c)
{
	const struct event *e = c->event;
	struct meta_group group = {
		.gid = (uint32_t)event_int(e, 0, 0xffffffff),
		.name = event_text(e, 1),
	};
	const char *container = container_param(e, 2);

	if (e->code == PPME_GROUP_ADDED_E)
		user_db_add_group(state->users, container, &group);
	else
		user_db_remove(state->users, container, group.gid, true);
}

static void parse_container(struct state *state, struct event_context *c)
{
	containers_add_json(state->containers, event_param(c->event, 0));
	user_db_sweep(state->users, state->containers);
}

static bool bytes_are(struct bytes bytes, const char *text)
{
	return bytes.len == strlen(text) &&
	       !memcmp(bytes.data, text, bytes.len);
}

/* Container metadata of current captures. */
static void parse_async(struct state *state, struct event_context *c)
{
	struct bytes name = event_text(c->event, 1);

	if (bytes_are(name, "container")) {
		containers_add_json(state->containers,
				    event_param(c->event, 2));
		user_db_sweep(state->users, state->containers);
	} else if (bytes_are(name, "container_removed")) {
		containers_remove_json(state->containers,
				       event_param(c->event, 2));
	}
}

/* clang-format off */
const struct parser_row parsers_meta[] = {
	{ PPME_USER_ADDED_E, parse_user },
	{ PPME_USER_DELETED_E, parse_user },
	{ PPME_GROUP_ADDED_E, parse_group },
	{ PPME_GROUP_DELETED_E, parse_group },
	{ PPME_CONTAINER_JSON_E, parse_container },
	{ PPME_CONTAINER_JSON_2_E, parse_container },
	{ PPME_ASYNCEVENT_E, parse_async },
	{ 0, NULL },
};
/* clang-format on */
