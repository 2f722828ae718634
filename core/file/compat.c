/* SPDX-License-Identifier: Apache-2.0 */
/* Events in the layout of before; see compat.h. */
#include "core/file/compat.h"

#include "core/arena.h"
#include "core/event/event_codes.h"

/* clang-format off */
/* Calls that had no event of their own were events of their elder brothers:
 * what is lost in the step is a flag. */
static const struct converter_step dup_steps[] = {
	{ CONVERT_OLD, 0, 0 }, { CONVERT_ENTER, 0, 0 },
};
static const struct converter_step pipe_steps[] = {
	{ CONVERT_OLD, 0, 0 }, { CONVERT_OLD, 1, 0 }, { CONVERT_OLD, 2, 0 },
	{ CONVERT_OLD, 3, 0 },
};
static const struct converter_step eventfd_steps[] = {
	{ CONVERT_OLD, 0, 0 }, { CONVERT_EMPTY, 0, 0 }, { CONVERT_ENTER, 0, 0 },
};
static const struct converter_step inotify_steps[] = {
	{ CONVERT_OLD, 0, 0 }, { CONVERT_EMPTY, 0, 0 },
};
static const struct converter_step signalfd_steps[] = {
	{ CONVERT_OLD, 0, 0 }, { CONVERT_EMPTY, 0, 0 }, { CONVERT_ENTER, 0, 0 },
	{ CONVERT_ENTER, 1, 0 },
};
static const struct converter_step umount_steps[] = {
	{ CONVERT_OLD, 0, 0 }, { CONVERT_OLD, 1, 0 }, { CONVERT_ENTER, 0, 0 },
};

#define ELDER(old, count, new, steps) \
	{ old, count, CONVERT_CHANGE_TYPE, new, \
	  sizeof(steps) / sizeof((steps)[0]), steps }
static const struct converter_rule elders[] = {
	ELDER(PPME_SYSCALL_DUP_X, 1, PPME_SYSCALL_DUP2_X, dup_steps),
	ELDER(PPME_SYSCALL_DUP_X, 1, PPME_SYSCALL_DUP3_X, dup_steps),
	ELDER(PPME_SYSCALL_PIPE_X, 4, PPME_SYSCALL_PIPE2_X, pipe_steps),
	ELDER(PPME_SYSCALL_EVENTFD_X, 1, PPME_SYSCALL_EVENTFD2_X,
	      eventfd_steps),
	ELDER(PPME_SYSCALL_INOTIFY_INIT_X, 1, PPME_SYSCALL_INOTIFY_INIT1_X,
	      inotify_steps),
	ELDER(PPME_SYSCALL_SIGNALFD_X, 1, PPME_SYSCALL_SIGNALFD4_X,
	      signalfd_steps),
	ELDER(PPME_SYSCALL_UMOUNT_X, 2, PPME_SYSCALL_UMOUNT2_X, umount_steps),
};
/* clang-format on */

static bool needs_enter(const struct converter_rule *r)
{
	for (unsigned i = 0; i < r->step_count; i++)
		if (r->steps[i].source == CONVERT_ENTER)
			return true;
	return false;
}

static size_t len_of(uint16_t code, unsigned param)
{
	return param_type_len(
		(enum param_type)event_kinds[code].params[param].type);
}

/* Are the parameters that both events have as wide in both? */
static bool is_alike(const struct converter_rule *r)
{
	for (unsigned i = 0; i < r->step_count; i++)
		if (r->steps[i].source == CONVERT_OLD &&
		    len_of(r->new_code, i) !=
			    len_of(r->code, r->steps[i].param))
			return false;
	return true;
}

/* Rules of the same code: an event that is known stays of its kind, with as few
 * parameters as the oldest; one that is not becomes the latest that is. */
static void take(struct compat *c, const struct converter_rule *r)
{
	bool changes = r->action == CONVERT_CHANGE_TYPE;
	uint16_t code = changes ? r->new_code : r->code;
	const struct converter_rule *was = c->rules[code];

	if (changes &&
	    (code < COMPAT_CODES || r->code >= COMPAT_CODES || !is_alike(r)))
		return;
	if (!changes && (r->action != CONVERT_ADD_PARAMS ||
			 code >= COMPAT_CODES || !needs_enter(r)))
		return;
	if (!was || (r->nparams > was->nparams) == changes)
		c->rules[code] = r;
}

struct compat *compat_new(void)
{
	struct compat *c = mem_zalloc(sizeof(*c));

	for (unsigned i = 0; i < converter_rule_count; i++) {
		const struct converter_rule *r = &converter_rules[i];

		take(c, r);
		c->is_enter[r->code] |= r->action == CONVERT_STORE ||
					r->action == CONVERT_STORE_AND_PASS;
	}
	c->is_enter[PPME_SYSCALL_UMOUNT_E] = true; /* and not even read */
	for (unsigned i = 0; i < sizeof(elders) / sizeof(elders[0]); i++)
		take(c, &elders[i]);
	return c;
}

bool compat_has_form(const struct compat *c, uint16_t code)
{
	return code < COMPAT_CODES ||
	       (code < EVENT_KIND_COUNT && c->rules[code]);
}

/* An event of the code whose parameters are all 0 or empty. */
static struct event blank(const struct event *like, uint16_t code,
			  uint32_t count)
{
	static const uint8_t zero[16];
	const struct event_kind *kind = &event_kinds[code];
	struct event event = *like;

	event.code = code;
	event.count = count;
	for (unsigned i = 0; i < count; i++)
		event.params[i] = (struct bytes){
			zero,
			param_type_len((enum param_type)kind->params[i].type)
		};
	return event;
}

/* As wide as the parameter is; a text or bytes: as long as it likes. */
static void give(struct event *to, unsigned i, struct bytes value)
{
	const struct event_kind *kind = event_kind(to);
	size_t len =
		i < kind->nparams
			? param_type_len((enum param_type)kind->params[i].type)
			: 0;

	if (i < to->count && (!len || len == value.len))
		to->params[i] = value;
}

bool compat_split(const struct compat *c, const struct event *event,
		  struct event *enter, struct event *exit)
{
	const struct converter_rule *r = c->rules[event->code];
	unsigned first;

	*exit = *event;
	if (!r)
		return false;
	if (r->action == CONVERT_CHANGE_TYPE)
		*exit = blank(event, r->code, r->nparams);
	else if (exit->count > r->nparams)
		exit->count = r->nparams;
	first = r->action == CONVERT_CHANGE_TYPE ? 0 : r->nparams;
	*enter = blank(event, (uint16_t)(r->code - 1),
		       event_kinds[r->code - 1].nparams);
	for (unsigned i = 0; i < r->step_count; i++) {
		struct event *to = r->steps[i].source == CONVERT_ENTER ? enter
				   : r->steps[i].source == CONVERT_OLD ? exit
								       : NULL;

		if (to && first + i < event->count)
			give(to, r->steps[i].param, event->params[first + i]);
	}
	/* Calls without an event of their own have no descriptor. */
	return needs_enter(r) && c->is_enter[enter->code] &&
	       event->code != PPME_GENERIC_X;
}
