/* SPDX-License-Identifier: Apache-2.0 */
/* Meta events: containers, users and groups.  state.md sections 5 and 6. */
#include <stdlib.h>
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

/* "RESULT FD PATH" of the call whose event is the next. */
static void parse_note(struct state *state, struct event_context *c)
{
	struct bytes text = event_text(c->event, 1);
	const char *at;
	char *end;

	if (!bytes_are(event_text(c->event, 0), NOTE_OF_CALL) || !text.len)
		return;
	text_set(&state->given_path, text.data, text.len);
	at = state->given_path.data;
	state->given_tid = c->event->tid;
	state->given_ns = c->event->ts_ns;
	state->given.res = strtoll(at, &end, 10);
	state->given.fd = strtoll(end, &end, 10);
	end += *end == ' ';
	state->given.path = (struct bytes){ (const uint8_t *)end, strlen(end) };
}

/* clang-format off */
const struct parser_row parsers_meta[] = {
	{ PPME_NOTIFICATION_E, parse_note },
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
