/* SPDX-License-Identifier: Apache-2.0 */
/* A capture as a JSON object; see info.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/info.h"
#include "core/bytes.h"
#include "core/text.h"

/* Keyframes, and the health record as it was written. */
static void put_frames(struct buffer *b, const struct info *info)
{
	char *health = NULL;

	if (info->health)
		health = json_dumps(info->health, JSON_COMPACT);
	buffer_printf(b, ",\"frames\":%zu,\"keyframes\":%zu,\"health\":%s",
		      info->frames, info->keyframes, health ? health : "null");
	free(health);
	if (info->origin) {
		char *origin = json_dumps(info->origin, JSON_COMPACT);

		buffer_printf(b, ",\"recorded\":%s", origin);
		free(origin);
	} else {
		buffer_printf(b, ",\"recorded\":null");
	}
}

static void put_member(struct buffer *b, const char *key, uint64_t number)
{
	if (number == GAP_UNKNOWN)
		buffer_printf(b, ",\"%s\":null", key);
	else
		buffer_printf(b, ",\"%s\":%" PRIu64, key, number);
}

static void put_text_member(struct buffer *b, const char *key, const char *text)
{
	buffer_printf(b, ",\"%s\":", key);
	text_put_json(b, text, strlen(text));
}

/* The state of the evidence. */
static void put_state(struct buffer *b, const struct evidence *e)
{
	put_text_member(b, "state", evidence_status(e));
	put_text_member(b, "checksums", e->checksums ? e->checksums : "none");
	put_member(b, "lost", evidence_lost(e));
	buffer_printf(b, ",\"gaps\":[");
	for (size_t i = 0; i < e->count; i++) {
		const struct gap *g = &e->gaps[i];

		buffer_printf(b, "%s{\"kind\":\"%s\"", i ? "," : "",
			      gap_name(g->kind));
		put_text_member(b, "file", g->path ? g->path : "");
		put_text_member(b, "detail", g->detail);
		put_member(b, "offset", g->offset);
		put_member(b, "bytes", g->bytes);
		put_member(b, "events", g->events);
		put_member(b, "after_num", g->after_num);
		put_member(b, "start_ns", g->start_ns);
		put_member(b, "end_ns", g->end_ns);
		buffer_u8(b, '}');
	}
	buffer_u8(b, ']');
}

static void put_boxes(struct buffer *b, const struct info *info)
{
	buffer_printf(b, ",\"containers\":[");
	for (unsigned i = 0; i < info->counts->box_count; i++) {
		const struct box *box = &info->counts->boxes[i];

		buffer_printf(b, "%s{\"id\":", i ? "," : "");
		text_put_json(b, box->id, strlen(box->id));
		buffer_printf(b, ",\"name\":");
		text_put_json(b, box->name, strlen(box->name));
		buffer_printf(b, ",\"image\":");
		text_put_json(b, box->image, strlen(box->image));
		buffer_printf(b, ",\"events\":%" PRIu64 "}", box->events);
	}
	buffer_u8(b, ']');
}

void info_print_json(const struct info *info, const struct file_stats *s)
{
	struct buffer b = { 0 };

	buffer_printf(&b, "{\"file\":");
	text_put_json(&b, info->path, strlen(info->path));
	buffer_printf(&b,
		      ",\"file_bytes\":%" PRIu64 ",\"scap_bytes\":%" PRIu64
		      ",\"sections\":%" PRIu64 ",\"event_blocks\":%" PRIu64
		      ",\"events\":%" PRIu64 ",\"first_ns\":%" PRIu64
		      ",\"last_ns\":%" PRIu64 ",\"processes\":%" PRIu64
		      ",\"threads\":%" PRIu64 ",\"fds\":%" PRIu64
		      ",\"skipped\":%" PRIu64 ",\"unpaired\":%" PRIu64
		      ",\"processes_started\":%" PRIu64
		      ",\"processes_ended\":%" PRIu64,
		      s->file_len, s->scap_len, s->sections, s->event_blocks,
		      s->events, info->counts->first_ns, info->counts->last_ns,
		      info->counts->processes, info->counts->threads,
		      info->counts->fds, s->skipped, s->unpaired,
		      info->counts->started, info->counts->ended);
	buffer_printf(&b, ",\"files\":%" PRIu64, s->files);
	put_frames(&b, info);
	put_state(&b, info->evidence);
	put_boxes(&b, info);
	buffer_printf(&b, ",\"types\":{");
	for (unsigned i = 0; i < info->counts->tally_count; i++)
		buffer_printf(&b, "%s\"%s\":%" PRIu64, i ? "," : "",
			      info->counts->tallies[i].name,
			      info->counts->tallies[i].count);
	printf("%.*s}}\n", (int)b.len, (char *)b.data);
	buffer_free(&b);
}
