/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every field and every form of an argument, read from every kind of event
 * with parameters of all sizes: nothing is read outside of a parameter (each is
 * a block of its own, for the sanitizers), and no text depends on where the
 * blocks are, as it would if a number were taken for a pointer or the reverse.
 */
#include <stdlib.h>

#include "core/event/ppm_constants.h"
#include "replay/rules/rules.h"
#include "tests/unit/suites.h"

/* clang-format off */
enum shape { MISSING, EMPTY, ODD, ZEROS, ONES, TYPED, SHAPES };
/* clang-format on */

enum { LONG = 4096 };

static struct bytes block(const void *data, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	memcpy(copy, data, len);
	return (struct bytes){ copy, len };
}

static struct bytes filled(int byte, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	memset(copy, byte, len);
	return (struct bytes){ copy, len };
}

/* A value that a driver could have written. */
static struct bytes typed(const struct param_kind *kind)
{
	static const uint8_t tuple[] = { PPM_AF_INET, 127, 0, 0, 1,  5, 0,
					 127,	      0,   0, 1, 80, 0 };
	static const uint8_t fds[] = { 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0 };
	static const uint8_t three[16] = { 3 };

	switch (kind->type) {
	case PT_SOCKADDR:
		return block(tuple, 7);
	case PT_SOCKTUPLE:
		return block(tuple, sizeof(tuple));
	case PT_FDLIST:
		return block(fds, sizeof(fds));
	case PT_DYN:
		return block("\1\3\0\0\0\0\0\0\0", 9);
	default:
		break;
	}
	if (param_type_len((enum param_type)kind->type))
		return block(three,
			     param_type_len((enum param_type)kind->type));
	return block("../a", 5);
}

static struct bytes shaped(const struct param_kind *kind, enum shape shape)
{
	size_t len = param_type_len((enum param_type)kind->type);

	switch (shape) {
	case ODD:
		return filled(3, 3);
	case ZEROS:
		return filled(0, len ? len : 1);
	case ONES:
		return filled(255, len ? len : LONG);
	case TYPED:
		return typed(kind);
	default:
		return filled(0, 0);
	}
}

static struct event event_of(unsigned code, enum shape shape)
{
	struct event e = { .num = 1,
			   .ts_ns = 1600000000000000000,
			   .tid = 1,
			   .code = (uint16_t)code };
	const struct event_kind *kind = event_kind(&e);

	e.count = shape == MISSING ? 0 : kind->nparams;
	for (unsigned i = 0; i < e.count; i++)
		e.params[i] = shaped(&kind->params[i], shape);
	return e;
}

static void free_event(struct event *e)
{
	for (unsigned i = 0; i < e->count; i++)
		free((void *)e->params[i].data);
}

#define TEXT(t)                   \
 {                                \
  (const uint8_t *)(t), sizeof(t) \
 }

static struct state *new_state(void)
{
	struct state *state = state_new();
	struct meta meta = { .kind = META_THREAD };

	meta.thread = meta_thread_unknown();
	meta.thread.tid = meta.thread.pid = meta.thread.vtid = 1;
	meta.thread.comm = (struct bytes)TEXT("sh");
	meta.thread.args = (struct bytes)TEXT("-c\0ls -l");
	meta.thread.env = (struct bytes)TEXT("HOME=/root");
	meta.thread.cwd = (struct bytes)TEXT("/root/");
	state_meta(state, &meta);
	meta = (struct meta){ .kind = META_FD,
			      .fd = { .tid = 1,
				      .fd = 3,
				      .type = SCAP_FD_FILE_V2,
				      .name = TEXT("/x") } };
	state_meta(state, &meta);
	state_meta(state, &(struct meta){ .kind = META_EVENTS });
	return state;
}

/* What is done with an event; the texts that it gives go into out. */
typedef void visit_fn(void *user, const struct field_context *context,
		      struct buffer *out);

static void visit(unsigned code, enum shape shape, visit_fn *fn, void *user,
		  struct buffer *out)
{
	struct arena scratch = { 0 };
	struct field_context c = { .scratch = &scratch, .hostname = "h" };
	struct state *state = new_state();
	struct event event = event_of(code, shape);

	c.state = state;
	state_apply(state, &event, &c.about);
	fn(user, &c, out);
	state_finish(state, &c.about);
	free_event(&event);
	state_free(state);
	arena_free(&scratch);
}

/* All events in all shapes, twice, in memory that differs. */
static unsigned differing_events(visit_fn *fn, void *user)
{
	unsigned differing = 0;

	for (unsigned code = 0; code < EVENT_KIND_COUNT; code++)
		for (int shape = 0; shape < SHAPES; shape++) {
			struct buffer a = { 0 }, b = { 0 };
			void *between;

			visit(code, (enum shape)shape, fn, user, &a);
			between = malloc(100 + code);
			visit(code, (enum shape)shape, fn, user, &b);
			if (a.len != b.len ||
			    (a.len && memcmp(a.data, b.data, a.len)))
				differing++;
			free(between);
			buffer_free(&a);
			buffer_free(&b);
		}
	return differing;
}

static struct arena arena;
static struct field_ref **refs;
static size_t ref_count, ref_capacity;

/* A form with the name of a field for each @. */
static const char *expand(const char *form, const char *name)
{
	struct buffer out = { 0 };
	const char *text;

	for (; *form; form++)
		if (*form == '@')
			buffer_put(&out, name, strlen(name));
		else
			buffer_u8(&out, (uint8_t)*form);
	text = arena_copy(&arena, out.data, out.len);
	buffer_free(&out);
	return text;
}

static void add_ref(const char *text)
{
	struct field_ref *ref;

	if (field_find(&fields_syscall, text, &arena, &ref, NULL))
		return;
	refs = mem_grow(refs, &ref_capacity, ref_count + 1, sizeof(*refs));
	refs[ref_count++] = ref;
}

/* clang-format off */
static const char *const field_forms[] = {
	"@", "@[0]", "@[1]", "@[31]", "@[HOME]", "@.name", "@.res", "@.src",
	"@.dst", "@.open", "@[/mnt*]", NULL
};

static const char *const transformed_forms[] = {
	"*%tolower(@)", "*%b64(@)", "*%basename(@)", "*%len(@)", "*%len((@))",
	"*%tolower((@))", "*%join(\",\", (@, proc.pid))", "*%join(@, (@))",
	"*%concat(@, \"x\")", "*%getopt((@), \"a:\")",
	"*%getopt(@, \"a:\")", "*%getopt((\"-a\"), @)", NULL
};

static const char *const raw_tests[] = {
	"evt.rawarg.@ = 1", "evt.rawarg.@ != 1", "evt.rawarg.@ < 1",
	"evt.rawarg.@ in (1, 2, 3)", "evt.rawarg.@ contains a",
	"evt.rawarg.@ startswith abcdefghi", "evt.rawarg.@ glob a*",
	"evt.rawarg.@ exists", "evt.rawarg.@ = 1.2.3.4",
	"evt.rawarg.@ bcontains 00", NULL
};
/* clang-format on */

typedef void name_fn(const char *text);

/* Each form with the name of each field. */
static void for_fields(const char *const *forms, name_fn *fn)
{
	for (int t = 0; fields_syscall.tables[t]; t++)
		for (const struct field *f = fields_syscall.tables[t]; f->name;
		     f++)
			for (int i = 0; forms[i]; i++)
				fn(expand(forms[i], f->name));
}

/* Each form with the name of each parameter of each event. */
static void for_params(const char *const *forms, name_fn *fn)
{
	for (unsigned code = 0; code < EVENT_KIND_COUNT; code++)
		for (unsigned i = 0; i < event_kinds[code].nparams; i++)
			for (int k = 0; forms[k]; k++)
				fn(expand(forms[k],
					  event_kinds[code].params[i].name));
}

static void visit_fields(void *user, const struct field_context *c,
			 struct buffer *out)
{
	unsigned *odd = user;
	struct value v;
	struct text t;

	for (size_t i = 0; i < ref_count; i++) {
		enum print_format format =
			(enum print_format)refs[i]->field->format;

		if (field_get(c, refs[i], &v)) {
			t = value_text(&v, format, c->scratch);
			buffer_put(out, t.data, t.len);
		}
		if (!field_get_output(c, refs[i], &v))
			continue;
		value_json(out, refs[i], &v, true);
		/* A number has no length, and a text is somewhere. */
		if (!v.is_list &&
		    (value_form(v.type) == FORM_BYTES ? v.len && !v.text
						      : v.len))
			++*odd;
	}
	t = event_args_text(c);
	buffer_put(out, t.data, t.len);
}

static void test_fields(void)
{
	static const char *const raw[] = { "evt.rawarg.@", NULL };
	unsigned odd = 0;

	for_fields(field_forms, add_ref);
	for_params(raw, add_ref);
	CU_ASSERT(ref_count > 700);
	CU_ASSERT_EQUAL(differing_events(visit_fields, &odd), 0);
	CU_ASSERT_EQUAL(odd, 0);
	arena_free(&arena);
	free(refs);
	refs = NULL;
	ref_count = ref_capacity = 0;
}

static struct format *formats[4096];
static unsigned format_count;

static void add_format(const char *text)
{
	if (format_count < sizeof(formats) / sizeof(formats[0]) &&
	    !format_compile(&formats[format_count], text, &fields_syscall,
			    NULL))
		format_count++;
}

static void visit_formats(void *user, const struct field_context *c,
			  struct buffer *out)
{
	(void)user;
	/* They are many, and most of them do not look at the event. */
	for (unsigned i = c->about.event->code % 7; i < format_count; i += 7) {
		struct text t;

		format_text(formats[i], c, &t);
		buffer_put(out, t.data, t.len);
	}
}

static void test_transformers(void)
{
	for_fields(transformed_forms, add_format);
	CU_ASSERT(format_count > 1000);
	CU_ASSERT_EQUAL(differing_events(visit_formats, NULL), 0);
	while (format_count)
		format_free(formats[--format_count]);
	arena_free(&arena);
}

static struct filter *filters[8192];
static unsigned filter_count;

static void add_filter(const char *text)
{
	if (filter_count < sizeof(filters) / sizeof(filters[0]) &&
	    !filter_compile(&filters[filter_count], text, &fields_syscall,
			    NULL))
		filter_count++;
}

static void visit_filters(void *user, const struct field_context *c,
			  struct buffer *out)
{
	(void)user;
	for (unsigned i = c->about.event->code % 7; i < filter_count; i += 7)
		buffer_u8(out, filter_match(filters[i], c));
}

static void test_conditions(void)
{
	for_params(raw_tests, add_filter);
	CU_ASSERT(filter_count > 1000);
	CU_ASSERT_EQUAL(differing_events(visit_filters, NULL), 0);
	while (filter_count)
		filter_free(filters[--filter_count]);
	arena_free(&arena);
}

CU_TestInfo tests_fields[] = {
	{ "all fields of all events", test_fields },
	{ "transformers over all fields", test_transformers },
	{ "conditions on all raw arguments", test_conditions },
	CU_TEST_INFO_NULL,
};
