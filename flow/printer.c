/* SPDX-License-Identifier: Apache-2.0 */
/* Prints events as lines in sysdig's format; see printer.h. */
#include "flow/printer.h"

#include "core/text.h"

static void put_json(struct printer *p, const struct field_context *c)
{
	struct buffer out = { 0 };
	struct format_item *items;
	bool complete;
	unsigned n =
		format_items(p->options.format, c, true, &items, &complete);

	buffer_u8(&out, '{');
	for (unsigned i = 0; i < n; i++) {
		const struct field_ref *ref = items[i].ref;

		if (i)
			buffer_u8(&out, ',');
		text_put_json(&out, ref->text, strlen(ref->text));
		buffer_u8(&out, ':');
		value_json(&out, ref, &items[i].value, items[i].is_present);
	}
	buffer_printf(&out, "}\n");
	fwrite(out.data, 1, out.len, p->options.out);
	buffer_free(&out);
}

static void put_hex(FILE *out, const uint8_t *data, size_t len, bool with_text)
{
	char text[17] = "";

	for (size_t i = 0; i < 16; i++) {
		if (i < len)
			fprintf(out, "%02x%s", data[i], i % 2 ? " " : "");
		else if (with_text)
			fputs(i % 2 ? "   " : "  ", out);
		if (i < len)
			text[i] = '.';
		if (i < len && data[i] >= 32 && data[i] < 127)
			text[i] = (char)data[i];
	}
	if (with_text)
		fprintf(out, " %s", text);
	putc('\n', out);
}

/* Prints data byte by byte, so that only line breaks move the cursor. */
static void put_lines(FILE *out, const char *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		putc((data[i] >= 32 && data[i] < 127) || data[i] == '\n'
			     ? data[i]
			     : '.',
		     out);
	putc('\n', out);
}

/* Prints the data of an event below its line, as tcpdump prints packets. */
static void put_data(const struct printer *p, const struct field_context *c)
{
	FILE *out = p->options.out;
	struct value v;

	if (!field_get(c, p->options.buffer, &v))
		return;
	if (p->options.dump == DUMP_LINES) {
		put_lines(out, v.text, v.len);
		return;
	}
	for (uint32_t i = 0; i < v.len; i += 16) {
		fprintf(out, "        0x%04x:  ", i);
		put_hex(out, (const uint8_t *)v.text + i, v.len - i,
			p->options.dump & DUMP_TEXT);
	}
}

static bool has_enough(const struct printer *p)
{
	return (p->options.limit && p->printed >= p->options.limit) ||
	       ferror(p->options.out);
}

static void on_event(void *user, const struct field_context *context)
{
	struct printer *p = user;
	struct field_context c;
	struct text t = { 0 };

	if (p->options.filter && !filter_match(p->options.filter, context))
		return;
	/*
	 * evt.deltatime counts from the previous line, not from events not
	 * shown.
	 */
	c = *context;
	c.previous_ts_ns = p->printed ? p->printed_ts_ns : c.about.event->ts_ns;
	c.output_count = p->printed + 1;
	if (p->options.json)
		put_json(p, &c);
	else if (!(p->options.raw ? format_text
				  : format_line)(p->options.format, &c, &t))
		return;
	else if (fwrite(t.data, 1, t.len, p->options.out) == t.len)
		putc('\n', p->options.out);
	if (p->options.dump && !p->options.json)
		put_data(p, &c);
	p->printed_ts_ns = c.about.event->ts_ns;
	p->printed++;
	if (has_enough(p))
		replay_stop(p->replay);
}

struct event_sink *printer_begin(struct printer *p)
{
	const struct replay_options options = { .event = on_event, .user = p };

	p->replay = replay_new(&options);
	return replay_sink(p->replay);
}

void printer_end(struct printer *p)
{
	replay_free(p->replay);
	p->replay = NULL;
}
