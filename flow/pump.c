/* SPDX-License-Identifier: Apache-2.0 */
/* The loop between a source and its sinks; see flow.h. */
#include "flow/flow.h"

enum { LOOK_EVERY = 65536 };

/* The error of the first failure is kept. */
int pump_put(const struct pump *pump, const struct item *item,
	     struct error *err)
{
	int result = SINK_OK;

	for (struct event_sink *const *s = pump->sinks; *s; s++) {
		int code = sink_put(*s, item, result < 0 ? NULL : err);

		if (code && result >= 0)
			result = code;
	}
	return result;
}

static int put_idle(const struct pump *pump, struct error *err)
{
	int result = 0;

	for (struct event_sink *const *s = pump->sinks; *s; s++)
		if (sink_idle(*s, result ? NULL : err))
			result = SINK_FAILED;
	return result;
}

int pump_finish(const struct pump *pump, struct error *err)
{
	int result = 0;

	for (struct event_sink *const *s = pump->sinks; *s; s++)
		if (sink_finish(*s, result ? NULL : err))
			result = -1;
	return result;
}

static bool must_stop(const struct pump *pump)
{
	return pump->stop && *pump->stop;
}

enum pump_end pump_run(const struct pump *pump, struct error *err)
{
	unsigned every = pump->look_every ? pump->look_every : LOOK_EVERY;
	unsigned left = every;
	struct item item = { .kind = ITEM_EVENT };

	while (!must_stop(pump)) {
		int code = source_next(pump->source, &item, err);
		bool is_idle = code == SOURCE_IDLE;

		if (code <= 0)
			return code ? PUMP_SOURCE_FAILED : PUMP_ENDED;
		code = is_idle ? put_idle(pump, err)
			       : pump_put(pump, &item, err);
		if (code)
			return code < 0 ? PUMP_SINK_FAILED : PUMP_STOPPED;
		if (!is_idle && --left)
			continue;
		left = every;
		if (pump->look && !pump->look(pump->user))
			break;
	}
	return PUMP_STOPPED;
}
