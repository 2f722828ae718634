/* SPDX-License-Identifier: Apache-2.0 */
/* The loop between a source and its sinks; see flow.h. */
#include "flow/flow.h"

enum { LOOK_EVERY = 65536 };

/* The sinks before gave that code: those behind them get the item, too. */
static int put_rest(struct event_sink *const *rest, int code,
		    const struct item *item, struct error *err)
{
	for (; *rest; rest++) {
		/* The error of the first failure is kept. */
		int next = sink_put(*rest, item, code < 0 ? NULL : err);

		if (next && code >= 0)
			code = next;
	}
	return code;
}

/* Most pumps have one sink, which nearly always says SINK_OK. */
int pump_put(const struct pump *pump, const struct item *item,
	     struct error *err)
{
	int code = sink_put(pump->sinks[0], item, err);

	return code || pump->sinks[1]
		       ? put_rest(pump->sinks + 1, code, item, err)
		       : SINK_OK;
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

/* Beside enum pump_end: so many items came; none came for a while. */
enum { CAME = PUMP_STOPPED + 1, IDLE };

/*
 * Takes so many items at most.  The loop that all events go through: what is
 * done now and then stays out of it.
 */
static int take_items(const struct pump *pump, unsigned count,
		      struct item *item, struct error *err)
{
	do {
		int code = source_next(pump->source, item, err);

		if (code != SOURCE_ITEM)
			return code == SOURCE_IDLE ? IDLE
			       : code		   ? PUMP_SOURCE_FAILED
						   : PUMP_ENDED;
		code = pump_put(pump, item, err);
		if (code)
			return code < 0 ? PUMP_SINK_FAILED : PUMP_STOPPED;
	} while (--count);
	return CAME;
}

static bool is_stopped(const struct pump *pump)
{
	return pump->stop && *pump->stop;
}

enum pump_end pump_run(const struct pump *pump, struct error *err)
{
	unsigned every = pump->look_every ? pump->look_every : LOOK_EVERY;
	unsigned step = pump->stop ? 1 : every, came = 0;
	struct item item = { .kind = ITEM_EVENT };

	while (!is_stopped(pump)) {
		int code = take_items(pump, step, &item, err);

		if (code <= PUMP_STOPPED)
			return (enum pump_end)code;
		if (code == IDLE && put_idle(pump, err))
			return PUMP_SINK_FAILED;
		came += step;
		if (came < every && code == CAME)
			continue;
		came = 0;
		if (pump->look && !pump->look(pump->user))
			break;
	}
	return PUMP_STOPPED;
}
