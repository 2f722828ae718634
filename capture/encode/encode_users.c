/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Users and groups of a container: an event for each line of its files, as the
 * field's recorders write them, before the event of the record that told.
 */
#include <stdlib.h>
#include <string.h>

#include "capture/encode/encode_internal.h"

/* The longest names and folders that readers take. */
enum { NAME_MAX_LEN = 255, PATH_MAX_LEN = 1023, MEMBERS = 7 };

/* The text up to its NUL, and what is behind. */
static struct bytes take_text(struct bytes *from)
{
	struct bytes text = { from->data,
			      strnlen((const char *)from->data, from->len) };
	size_t taken = text.len < from->len ? text.len + 1 : text.len;

	from->data += taken;
	from->len -= taken;
	return text;
}

void users_begin(struct encoder *e, const struct raw_record *record)
{
	struct bytes b = piece_bytes(record, PIECE_USERS, 0);
	struct users_reading *r = &e->users;

	if (!b.len)
		return;
	r->container = take_text(&b);
	r->users = take_text(&b);
	r->groups = take_text(&b);
	r->record = r->container.len ? record : NULL;
}

/* Cuts off the text before the mark, or all of it. */
static struct bytes cut_at(struct bytes *from, int mark)
{
	const uint8_t *at =
		from->len ? memchr(from->data, mark, from->len) : NULL;
	size_t len = at ? (size_t)(at - from->data) : from->len;
	struct bytes part = { from->data, len };

	from->data += len + (at != NULL);
	from->len -= len + (at != NULL);
	return part;
}

/* The members of a line, as passwd(5) and group(5) have them. */
static void read_line(struct bytes line, struct bytes members[MEMBERS])
{
	for (int i = 0; i < MEMBERS; i++)
		members[i] = cut_at(&line, ':');
}

/* A whole number of 32 bits and nothing else. */
static bool take_id(struct encoder *e, struct bytes text)
{
	uint64_t id = 0;
	uint32_t *kept = arena_alloc(&e->scratch, sizeof(*kept));

	if (!text.len || text.len > 10)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
		id = 10 * id + (text.data[i] - '0');
	}
	if (id > UINT32_MAX)
		return false;
	*kept = (uint32_t)id;
	e->event->params[e->event->count++] =
		(struct bytes){ (uint8_t *)kept, sizeof(*kept) };
	return true;
}

static bool take_member(struct encoder *e, struct bytes text, size_t most)
{
	char *copy;

	if (text.len > most)
		return false;
	copy = arena_copy(&e->scratch, text.data, text.len);
	e->event->params[e->event->count++] =
		(struct bytes){ (uint8_t *)copy, text.len + 1 };
	return true;
}

/* Makes the event of a line; false: the line names nobody. */
static bool make_user(struct encoder *e, struct bytes line)
{
	struct bytes m[MEMBERS];

	read_line(line, m);
	e->event->code = PPME_USER_ADDED_E;
	return m[0].len && take_id(e, m[2]) && take_id(e, m[3]) &&
	       take_member(e, m[0], NAME_MAX_LEN) &&
	       take_member(e, m[5], PATH_MAX_LEN) &&
	       take_member(e, m[6], PATH_MAX_LEN);
}

static bool make_group(struct encoder *e, struct bytes line)
{
	struct bytes m[MEMBERS];

	read_line(line, m);
	e->event->code = PPME_GROUP_ADDED_E;
	return m[0].len && take_id(e, m[2]) &&
	       take_member(e, m[0], NAME_MAX_LEN);
}

bool encode_user(struct encoder *e)
{
	struct users_reading *r = &e->users;
	bool is_user;

	e->event->tid = -1;
	e->event->flags |= EVENT_STATE_ONLY;
	while (r->users.len || r->groups.len) {
		e->event->count = 0;
		is_user = r->users.len;
		if (is_user ? !make_user(e, cut_at(&r->users, '\n'))
			    : !make_group(e, cut_at(&r->groups, '\n')))
			continue;
		take_member(e, r->container, NAME_MAX_LEN);
		return true;
	}
	r->record = NULL;
	return false;
}
