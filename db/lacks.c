/* SPDX-License-Identifier: Apache-2.0 */
/* Counts what the events of a capture lack; gaps.c makes rows of the counts. */
#include "db/load.h"

void lacks_count(struct load *l, enum lack which, const struct event *event)
{
	struct lacking *lacking = &l->lacking[which];

	if (lacking->count && lacking->last_num == event->num)
		return;
	if (!lacking->count++)
		lacking->first_ns = (int64_t)event->ts_ns;
	lacking->last_ns = (int64_t)event->ts_ns;
	lacking->last_num = event->num;
}
