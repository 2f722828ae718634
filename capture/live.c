/* SPDX-License-Identifier: Apache-2.0 */
/* A running capture as items: the start state, then encoded events. */
#include <stdlib.h>
#include <string.h>

#include "capture/capture.h"
#include "capture/encode.h"
#include "capture/snapshot.h"
#include "core/arena.h"

struct live {
	const struct capture_engine *engine;
	struct capture *capture;
	struct encoder *encoder;
	char why[256];
	pid_t command; /* 0: none */
	uint64_t events;
};

int live_open(struct live **ret_live, const struct live_options *options,
	      struct error *err)
{
	struct live *live = mem_zalloc(sizeof(*live));

	live->engine = capture_engine_find(
		options->engine ? options->engine : "auto", &options->capture,
		live->why, sizeof(live->why), err);
	if (!live->engine ||
	    live->engine->start(&live->capture, &options->capture, err)) {
		free(live);
		return -1;
	}
	if (options->capture.command)
		live->engine->pids(live->capture, &live->command, 1);
	live->encoder = encoder_new(options->capture.snaplen);
	*ret_live = live;
	return 0;
}

int live_snapshot(struct live *live,
		  int (*put)(void *user, const struct meta *meta,
			     struct error *err),
		  void *user, struct error *err)
{
	(void)live;
	return snapshot_take(put, user, err);
}

int live_next(struct live *live, int timeout_ms, struct item *ret_item,
	      bool *ret_done, struct error *err)
{
	*ret_done = false;
	for (;;) {
		const struct raw_record *record = NULL;
		int code;

		if (encoder_next(live->encoder, &ret_item->event)) {
			ret_item->kind = ITEM_EVENT;
			ret_item->event.num = ++live->events;
			return 1;
		}
		code = live->engine->next(live->capture, timeout_ms, &record,
					  ret_done, err);
		if (code <= 0)
			return code;
		encoder_put(live->encoder, record);
	}
}

const char *live_engine(const struct live *live)
{
	return live->engine->name;
}

const char *live_why(const struct live *live)
{
	return live->why;
}

pid_t live_command(const struct live *live)
{
	return live->command;
}

void live_stats(const struct live *live, struct capture_stats *ret_stats)
{
	live->engine->stats(live->capture, ret_stats);
}

int live_close(struct live *live)
{
	int status;

	if (!live)
		return -1;
	status = live->engine->stop(live->capture);
	encoder_free(live->encoder);
	free(live);
	return status;
}
