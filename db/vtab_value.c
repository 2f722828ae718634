/* SPDX-License-Identifier: Apache-2.0 */
/* Values of columns, by their meaning or of fields; see vtab_value.h. */
#include "db/vtab_value.h"

#include <string.h>

#include "core/clock.h"
#include "core/event/ppm_constants.h"
#include "db/paths.h"

static void set_number(struct tally_value *v, int64_t number)
{
	v->kind = TALLY_INT;
	v->number = number;
}

static void set_text(struct tally_value *v, const char *text, size_t len)
{
	v->kind = TALLY_TEXT;
	v->text = (struct bytes){ (const uint8_t *)text, len };
}

static void set_field(struct tally_value *v, const struct field_context *c,
		      const struct field_ref *ref)
{
	struct value value;
	struct text t;

	if (!field_get(c, ref, &value))
		return;
	if (!value.is_list && (type_is_number((enum param_type)value.type) ||
			       value.type == PT_BOOL)) {
		set_number(v, value.s64);
		return;
	}
	if (value.type == PT_BYTEBUF && !value.is_list) {
		set_text(v, value.text, value.len);
		v->kind = TALLY_BLOB;
		return;
	}
	t = value_text(&value, (enum print_format)ref->field->format,
		       c->scratch);
	set_text(v, t.data, t.len);
}

static void set_time(struct tally_value *v, const struct field_context *c)
{
	char *text = arena_bytes(c->scratch, CLOCK_ISO_LEN);

	clock_iso(text, c->about.event->ts_ns);
	set_text(v, text, CLOCK_ISO_LEN - 1);
}

/* Gives the event type; its name is a constant, unless the event carries it. */
static void give_type(struct tally_value *v, const struct field_context *c,
		      const struct field_ref *ref)
{
	const char *name;

	if (c->about.event->code == PPME_ASYNCEVENT_E) {
		set_field(v, c, ref);
		return;
	}
	name = event_name(c->about.event);
	set_text(v, name, strlen(name));
	v->is_constant = true;
}

/* Gives fd.name, or without descriptor the path of the call. */
static void give_name(struct tally_value *v, const struct field_context *c)
{
	struct bytes path;

	if (event_object(c, &path) == PATH_WHOLE)
		set_text(v, (const char *)path.data, path.len);
}

struct tally_value vtab_value(const struct scan *scan,
			      const struct field_context *c, enum limit limit,
			      const struct field_ref *ref)
{
	const struct event *event = c->about.event;
	struct tally_value v = { .kind = TALLY_NULL };
	const char *path;
	unsigned capture = scan_capture(scan, &path);

	switch (limit) {
	case LIMIT_EVENT:
		set_number(&v, ((int64_t)capture << SCAN_NUM_BITS) +
				       (int64_t)event->num);
		break;
	case LIMIT_CAPTURE:
		set_number(&v, capture);
		break;
	case LIMIT_PATH:
		set_text(&v, path, strlen(path));
		break;
	case LIMIT_NUM:
		set_number(&v, (int64_t)event->num);
		break;
	case LIMIT_TS:
		set_number(&v, (int64_t)event->ts_ns);
		break;
	case LIMIT_TIME:
		set_time(&v, c);
		break;
	case LIMIT_FD:
		if (c->about.fd_num >= 0)
			set_number(&v, c->about.fd_num);
		break;
	case LIMIT_FD_NAME:
		give_name(&v, c);
		break;
	case LIMIT_TYPE:
		give_type(&v, c, ref);
		break;
	default:
		if (ref)
			set_field(&v, c, ref);
		break;
	}
	return v;
}
