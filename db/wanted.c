/* SPDX-License-Identifier: Apache-2.0 */
/* Frames and events compared with what a scan looks for; see wanted.h. */
#include "db/wanted.h"

#include <string.h>

struct scan_want scan_everything(void)
{
	return (struct scan_want){ .to_ns = UINT64_MAX,
				   .to_id = UINT64_MAX,
				   .to_num = UINT64_MAX };
}

static bool has_pid(const struct frame_summary *s, int64_t pid)
{
	uint32_t low = 0, high = s->pid_count;

	while (low < high) {
		uint32_t middle = (low + high) / 2;

		if (s->pids[middle] == pid)
			return true;
		if (s->pids[middle] < pid)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* Is one of the numbers from..to-1 wanted? */
static bool has_any_num(const struct scan_want *want, uint64_t from,
			uint64_t to)
{
	unsigned low = 0, high = want->num_count;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (want->nums[middle] < (int64_t)from)
			low = middle + 1;
		else
			high = middle;
	}
	return low < want->num_count && want->nums[low] < (int64_t)to;
}

static bool has_any_pid(const struct frame_summary *s,
			const struct scan_want *want)
{
	if (s->any_pid)
		return true;
	for (unsigned i = 0; i < want->pid_count; i++)
		if (has_pid(s, want->pids[i]))
			return true;
	return false;
}

static bool has_any_container(const struct frame_summary *s,
			      const struct scan_want *want)
{
	if (s->any_container)
		return true;
	for (unsigned i = 0; i < want->container_count; i++)
		for (uint32_t k = 0; k < s->container_count; k++)
			if (!strcmp(want->containers[i], s->containers[k]))
				return true;
	return false;
}

static bool has_any_code(const struct frame_summary *s,
			 const struct scan_want *want)
{
	for (unsigned i = 0; i < FRAME_CODES_LEN; i++)
		if (s->codes[i] & want->codes[i])
			return true;
	return false;
}

bool wants_frame(const struct scan_want *want, const struct frame_summary *s,
		 const struct num_range *nums, uint64_t shift)
{
	uint64_t first = s->first_num + shift;

	return s->visible && s->last_ns >= want->from_ns &&
	       s->first_ns <= want->to_ns && first <= nums->to &&
	       first + s->events > nums->from &&
	       (!want->by_num || has_any_num(want, first, first + s->events)) &&
	       (!want->by_code || has_any_code(s, want)) &&
	       (!want->by_pid || has_any_pid(s, want)) &&
	       (!want->by_container || has_any_container(s, want));
}

bool wants_event(const struct scan_want *want, const struct event *e,
		 const struct num_range *nums)
{
	return e->ts_ns >= want->from_ns && e->ts_ns <= want->to_ns &&
	       e->num >= nums->from && e->num <= nums->to &&
	       (!want->by_num || has_any_num(want, e->num, e->num + 1)) &&
	       (!want->by_code || want->codes[e->code / 8] & 1 << e->code % 8);
}
