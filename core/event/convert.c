/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The upgrade of old events, driven by converter_rules; see convert.h and
 * scap-format.md section 9.
 */
#include "core/event/convert.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/map.h"

enum { STEPS_MAX = 50, EVENT_LEN_MAX = 65536, NO_RULE = 0xffff };

/* An enter event kept for its exit: a copy that owns its bytes. */
struct stored {
	struct event event;
	uint8_t *data;
	size_t capacity;
	struct stored *next; /* in the free list */
};

struct converter {
	uint16_t rules[EVENT_KIND_COUNT][EVENT_PARAMS_MAX + 1];
	struct map stored;     /* tid -> struct stored */
	struct stored *used;   /* the last delivered event has views of it */
	struct stored *unused; /* free list */
	struct arena scratch;  /* parameters built here, until the next event */
	bool has_upgraded;
	/*
	 * The number of parameters with which events of a code pass unchanged.
	 */
	uint8_t passes_at[EVENT_KIND_COUNT];
};

struct converter *converter_new(void)
{
	struct converter *c = mem_zalloc(sizeof(*c));

	memset(c->rules, 0xff, sizeof(c->rules));
	for (uint16_t code = 0; code < EVENT_KIND_COUNT; code++) {
		const struct event whole = {
			.code = code, .count = event_kinds[code].nparams
		};

		c->passes_at[code] =
			converter_classify(&whole) == CONVERT_CLASS_PASS
				? event_kinds[code].nparams
				: UINT8_MAX;
	}
	for (unsigned i = 0; i < converter_rule_count; i++) {
		const struct converter_rule *rule = &converter_rules[i];

		c->rules[rule->code][rule->nparams] = (uint16_t)i;
	}
	return c;
}

static void stored_free(struct stored *s)
{
	if (s)
		free(s->data);
	free(s);
}

void converter_free(struct converter *c)
{
	struct stored *next;

	if (!c)
		return;
	converter_reset(c);
	map_free(&c->stored);
	for (; c->unused; c->unused = next) {
		next = c->unused->next;
		stored_free(c->unused);
	}
	stored_free(c->used);
	arena_free(&c->scratch);
	free(c);
}

static void recycle(struct converter *c, struct stored *s)
{
	if (!s)
		return;
	s->next = c->unused;
	c->unused = s;
}

void converter_reset(struct converter *c)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&c->stored, &at)))
		recycle(c, slot->value);
	map_free(&c->stored);
	c->has_upgraded = false;
}

const struct event *converter_stored(const struct converter *c, int64_t tid)
{
	const struct stored *s = map_get(&c->stored, (uint64_t)tid);

	return s ? &s->event : NULL;
}

static size_t event_len(const struct event *event)
{
	size_t len = 26 + 2 * (size_t)event->count;

	for (unsigned i = 0; i < event->count; i++)
		len += event->params[i].len;
	return len;
}

static void store(struct converter *c, const struct event *event)
{
	struct stored *s = map_get(&c->stored, (uint64_t)event->tid);
	size_t len = event_len(event);
	uint8_t *to;

	if (!s) {
		s = c->unused;
		if (s)
			c->unused = s->next;
		else
			s = mem_zalloc(sizeof(*s));
		map_put(&c->stored, (uint64_t)event->tid, s);
	}
	s->data = mem_grow(s->data, &s->capacity, len, 1);
	s->event = *event;
	to = s->data;
	for (unsigned i = 0; i < event->count; i++) {
		size_t n = event->params[i].len;

		if (n)
			memcpy(to, event->params[i].data, n);
		s->event.params[i].data = to;
		to += n;
	}
}

enum convert_class converter_classify(const struct event *event)
{
	const struct event_kind *kind = event_kind(event);

	if (kind->flags & EF_UNUSED)
		return CONVERT_CLASS_DROP;
	if (!(kind->flags & EF_CONVERTER_MANAGED)) {
		if ((kind->flags & EF_OLD_VERSION) && !event_is_exit(event))
			return CONVERT_CLASS_DROP;
		return CONVERT_CLASS_PASS;
	}
	if (!event_is_exit(event) || (kind->flags & EF_OLD_VERSION) ||
	    event->count < kind->nparams)
		return CONVERT_CLASS_CONVERT;
	if (event->count > kind->nparams)
		return CONVERT_CLASS_ERROR;
	return CONVERT_CLASS_PASS;
}

/* Where rules can take parameters from. */
struct sources {
	struct converter *converter;
	const struct event *old;
	const struct event *enter; /* NULL: none of the right type */
	bool used_enter;
};

/* The value of a parameter without source: 0, or -1 for users and groups. */
static struct bytes default_value(const struct param_kind *param)
{
	static const uint8_t zero[16];
	static const uint8_t none[4] = { 0xff, 0xff, 0xff, 0xff };

	if (param->type == PT_UID || param->type == PT_GID)
		return (struct bytes){ none, sizeof(none) };
	return (struct bytes){ zero,
			       param_type_len((enum param_type)param->type) };
}

/* The JSON of an old CONTAINER event: id, type, name, image. */
static struct bytes callback_value(struct sources *s)
{
	const struct event *old = s->old;
	struct bytes id = event_text(old, 0);
	struct bytes name = event_text(old, 2);
	struct bytes image = event_text(old, 3);
	char *text =
		arena_printf(&s->converter->scratch,
			     "{\"id\":\"%.*s\",\"type\":%u,\"name\":\"%.*s\","
			     "\"image\":\"%.*s\"}",
			     (int)id.len, (const char *)id.data,
			     (unsigned)event_int(old, 1, 0), (int)name.len,
			     (const char *)name.data, (int)image.len,
			     (const char *)image.data);

	return (struct bytes){ (uint8_t *)text, strlen(text) + 1 };
}

/* Makes one parameter of the new event.  -1: it has no source. */
static int make_param(struct sources *s, const struct converter_step *step,
		      const struct param_kind *param, struct bytes *ret_value)
{
	const struct event *from = NULL;

	switch ((enum converter_source)step->source) {
	case CONVERT_OLD:
		from = s->old;
		break;
	case CONVERT_ENTER:
		from = s->enter;
		s->used_enter |= from != NULL;
		break;
	case CONVERT_DEFAULT:
		*ret_value = default_value(param);
		return 0;
	case CONVERT_EMPTY:
		*ret_value = (struct bytes){ NULL, 0 };
		return 0;
	case CONVERT_CALLBACK:
		*ret_value = callback_value(s);
		return 0;
	}
	if (!from) {
		*ret_value = step->or_empty ? (struct bytes){ NULL, 0 }
					    : default_value(param);
		return 0;
	}
	if (step->param >= from->count)
		return -1;
	*ret_value = from->params[step->param];
	return 0;
}

/* Rebuilds *event according to a rule. */
static int rebuild(struct sources *s, struct event *event,
		   const struct converter_rule *rule, struct error *err)
{
	struct event made = *event;

	if (rule->action == CONVERT_CHANGE_TYPE) {
		made.code = rule->new_code;
		made.count = 0;
	}
	for (unsigned i = 0; i < rule->step_count; i++) {
		const struct event_kind *kind = event_kind(&made);
		struct bytes *to = &made.params[made.count];

		if (made.count >= kind->nparams ||
		    make_param(s, &rule->steps[i], &kind->params[made.count],
			       to))
			return error_set(
				err, ERROR_FORMAT,
				"%s event of %u parameters cannot be upgraded",
				event_kind(event)->symbol, event->count);
		made.count++;
	}
	if (event_len(&made) > EVENT_LEN_MAX)
		return error_set(
			err, ERROR_FORMAT,
			"upgraded %s event outgrows the conversion buffer of %d bytes",
			event_kind(event)->symbol, EVENT_LEN_MAX);
	*event = made;
	return 0;
}

/*
 * Converts an event by its rule, with the thread's stored enter event if it
 * matches.
 */
static enum convert_result convert(struct converter *c, struct event *event,
				   const struct converter_rule *rule,
				   uint64_t *unpaired, struct error *err)
{
	struct sources s = { c, event, converter_stored(c, event->tid), false };
	struct stored *kept;

	if (s.enter && (int)s.enter->code != (int)event->code - 1)
		s.enter = NULL;
	for (unsigned i = 0; i < rule->step_count; i++)
		if (rule->steps[i].source == CONVERT_ENTER && !s.enter &&
		    converter_stored(c, event->tid)) {
			(*unpaired)++;
			break;
		}
	if (rebuild(&s, event, rule, err))
		return CONVERT_RESULT_ERROR;
	if (s.used_enter) {
		kept = map_remove(&c->stored, (uint64_t)event->tid);
		recycle(c, c->used);
		c->used = kept;
	}
	return converter_classify(event) == CONVERT_CLASS_CONVERT
		       ? CONVERT_RESULT_AGAIN
		       : CONVERT_RESULT_DONE;
}

enum convert_result converter_step(struct converter *c, struct event *event,
				   uint64_t *unpaired, struct error *err)
{
	unsigned index = c->rules[event->code][event->count];
	const struct converter_rule *rule;

	if (index == NO_RULE) {
		error_set(err, ERROR_FORMAT,
			  "%s event with %u parameters is unknown",
			  event_kind(event)->symbol, event->count);
		return CONVERT_RESULT_ERROR;
	}
	rule = &converter_rules[index];
	if (event_len(event) > EVENT_LEN_MAX) {
		error_set(err, ERROR_FORMAT,
			  "invalid event: %s of %zu bytes is too long",
			  event_kind(event)->symbol, event_len(event));
		return CONVERT_RESULT_ERROR;
	}
	switch ((enum converter_action)rule->action) {
	case CONVERT_STORE:
		store(c, event);
		return CONVERT_RESULT_DROP;
	case CONVERT_STORE_AND_PASS:
		store(c, event);
		return CONVERT_RESULT_UNCHANGED;
	case CONVERT_ADD_PARAMS:
	case CONVERT_CHANGE_TYPE:
		return convert(c, event, rule, unpaired, err);
	case CONVERT_PASS:
		break;
	}
	return CONVERT_RESULT_UNCHANGED;
}

/* Delivered: syscall enters are for the state parser alone. */
static inline int deliver(struct converter *c, struct event *event)
{
	if (!event_is_exit(event) && (event_kind(event)->category & EC_SYSCALL))
		event->flags |= EVENT_PARSER_ONLY;
	/* A dead thread's last enter event has no exit to wait for. */
	if (event->code == PPME_PROCEXIT_1_E && c->stored.count)
		recycle(c, map_remove(&c->stored, (uint64_t)event->tid));
	return 1;
}

/* Kept out of the way of the events that pass: those are nearly all. */
__attribute__((noinline)) static int upgrade(struct converter *c,
					     struct event *event,
					     uint64_t *unpaired,
					     struct error *err)
{
	const struct event_kind *was = event_kind(event);

	for (int i = 0; i < STEPS_MAX; i++) {
		enum convert_result result;

		switch (converter_classify(event)) {
		case CONVERT_CLASS_DROP:
			return 0;
		case CONVERT_CLASS_PASS:
			return deliver(c, event);
		case CONVERT_CLASS_ERROR:
			return error_set(
				err, ERROR_FORMAT,
				"%s event has %u parameters, at most %u are known",
				was->symbol, event->count,
				event_kind(event)->nparams);
		case CONVERT_CLASS_CONVERT:
			break;
		}
		if (i == 0)
			arena_reset(&c->scratch);
		c->has_upgraded = true;
		result = converter_step(c, event, unpaired, err);
		if (result == CONVERT_RESULT_DROP)
			return 0;
		if (result == CONVERT_RESULT_ERROR)
			return -1;
		if (result != CONVERT_RESULT_AGAIN)
			return deliver(c, event);
	}
	return error_set(err, ERROR_FORMAT,
			 "%s event: the upgrade does not "
			 "end",
			 was->symbol);
}

int converter_apply(struct converter *c, struct event *event,
		    uint64_t *unpaired, struct error *err)
{
	if (c->passes_at[event->code] == event->count)
		return deliver(c, event);
	return upgrade(c, event, unpaired, err);
}

bool converter_has_upgraded(const struct converter *c)
{
	return c->has_upgraded;
}
