/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of events that must not be empty; see numbers.h. */
#include "core/event/numbers.h"

#include <pthread.h>

struct range {
	uint16_t code;
	uint8_t from, to; /* parameters */
};

/*
 * Measurements that a recorder may not have.  0 would be wrong (readers use a
 * size of 0 as the process's size from then on), and all parsers since "empty"
 * was defined accept empty values here.
 */
static const struct range measures[] = {
	{ PPME_SYSCALL_MMAP_X, 1, 3 }, /* sizes of memory, in KiB */
	{ PPME_SYSCALL_MMAP2_X, 1, 3 },
	{ PPME_SYSCALL_MUNMAP_X, 1, 3 },
	{ PPME_SYSCALL_BRK_4_X, 1, 3 },
	{ PPME_SOCKET_ACCEPT_5_X, 2, 4 }, /* length of the accept queue */
	{ PPME_SOCKET_ACCEPT4_6_X, 2, 4 },
};

/*
 * Upgrades leave these empty, as old versions of spoor did; 0 is neither a
 * device nor an inode, so readers treat 0 and empty alike.
 */
static const struct range files[] = {
	{ PPME_SYSCALL_OPEN_X, 4, 5 },
	{ PPME_SYSCALL_OPENAT_2_X, 5, 6 },
	{ PPME_SYSCALL_OPENAT2_X, 6, 7 },
	{ PPME_SYSCALL_CREAT_X, 3, 5 },
};

/* Only successful calls read limits: otherwise the drivers write -1. */
static const struct range limits[] = {
	{ PPME_SYSCALL_GETRLIMIT_X, 1, 2 },
	{ PPME_SYSCALL_PRLIMIT_X, 3, 4 },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static uint32_t bits_of(const struct range *r)
{
	return (UINT32_C(2) << r->to) - (UINT32_C(1) << r->from);
}

static bool is_limit(uint16_t code, unsigned param)
{
	for (size_t i = 0; i < COUNT(limits); i++)
		if (limits[i].code == code && bits_of(&limits[i]) >> param & 1)
			return true;
	return false;
}

/* By code: a bit for each parameter that an upgrade may leave empty. */
static uint32_t upgraded[EVENT_KIND_COUNT];

/*
 * The parameters that a rule leaves empty, given those that its input may
 * lack.
 */
static uint32_t left_empty(const struct converter_rule *rule)
{
	bool adds = rule->action == CONVERT_ADD_PARAMS;
	unsigned at = adds ? rule->nparams : 0;
	uint32_t bits = 0;

	for (unsigned i = 0; i < rule->step_count; i++, at++) {
		const struct converter_step *s = &rule->steps[i];

		if (s->source == CONVERT_EMPTY || s->or_empty ||
		    (s->source == CONVERT_OLD &&
		     (upgraded[rule->code] >> s->param & 1)))
			bits |= UINT32_C(1) << at;
	}
	return bits;
}

/* Rules apply to the results of rules: repeats until nothing changes. */
static void find_upgraded(void)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (unsigned i = 0; i < converter_rule_count; i++) {
			const struct converter_rule *r = &converter_rules[i];
			uint16_t code = r->action == CONVERT_CHANGE_TYPE
						? r->new_code
						: r->code;
			uint32_t bits = left_empty(r) & ~upgraded[code];

			upgraded[code] |= bits;
			changed |= bits != 0;
		}
	}
}

static uint32_t needed[EMPTY_UPGRADED + 1][EVENT_KIND_COUNT];

static uint32_t numbers_of(const struct event_kind *kind)
{
	uint32_t bits = 0;

	for (unsigned i = 0; i < kind->nparams; i++)
		if (param_type_len((enum param_type)kind->params[i].type))
			bits |= UINT32_C(1) << i;
	return bits;
}

static void find_needed(void)
{
	find_upgraded();
	for (size_t i = 0; i < COUNT(files); i++)
		upgraded[files[i].code] &= ~bits_of(&files[i]);
	for (unsigned code = 0; code < EVENT_KIND_COUNT; code++)
		needed[EMPTY_NONE][code] = needed[EMPTY_MEASURES][code] =
			numbers_of(&event_kinds[code]);
	for (size_t i = 0; i < COUNT(measures); i++)
		needed[EMPTY_MEASURES][measures[i].code] &=
			~bits_of(&measures[i]);
	for (unsigned code = 0; code < EVENT_KIND_COUNT; code++)
		needed[EMPTY_UPGRADED][code] =
			needed[EMPTY_MEASURES][code] & ~upgraded[code];
}

const uint32_t *numbers_needed(enum empty_numbers except)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, find_needed);
	return needed[except];
}

/* The value that the drivers write for an unknown number. */
static struct bytes no_number(const struct event *event, unsigned param)
{
	static const uint8_t zero[16];
	static const uint8_t minus_one[8] = { 0xff, 0xff, 0xff, 0xff,
					      0xff, 0xff, 0xff, 0xff };
	enum param_type type =
		(enum param_type)event_kind(event)->params[param].type;
	bool is_negative =
		type == PT_FD || type == PT_UID || type == PT_GID ||
		(is_limit(event->code, param) && event_int(event, 0, 0) < 0);

	return (struct bytes){ is_negative ? minus_one : zero,
			       param_type_len(type) };
}

void event_fill_numbers(struct event *event, const uint32_t *which)
{
	for (unsigned i = 0; i < event->count; i++)
		if (!event->params[i].len && which[event->code] >> i & 1)
			event->params[i] = no_number(event, i);
}
