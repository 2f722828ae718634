/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proc.a*: fields of ancestors.  With [N] a scalar (0 self, 1 parent ...);
 * without, the values of all strict ancestors, any of which satisfies a
 * condition.
 */
#include <stddef.h>
#include <string.h>

#include "replay/fields/getters.h"

enum { DEPTH_MAX = 1024, ENV_DEPTH_MAX = 20, ARGS_CHOICE = 0x8000 };

static const struct thread *ancestor(const struct field_context *c, uint64_t n)
{
	const struct thread *t = c->about.thread;

	t = t ? thread_main(c->state, t) : NULL;
	while (t && n--)
		t = thread_parent(c->state, t);
	return t;
}

/* The member of a thread that the field selects by its offset. */
static bool give_member(const struct field_context *c,
			const struct field_ref *ref, const struct thread *t,
			struct value *v)
{
	uint32_t which = ref->field->which;
	const char *member = (const char *)t + (which & 0x7fff);
	struct text text;

	if (ref->field->type == PT_INT64)
		return give_number(
			v, PT_INT64,
			(uint64_t) * (const int64_t *)(const void *)member);
	memcpy(&text, member, sizeof(text));
	if (which & ARGS_CHOICE) {
		char *out = arena_copy(c->scratch, text.data, text.len);

		for (uint32_t i = 0; i < text.len; i++)
			if (!out[i])
				out[i] = ' ';
		text.data = out;
	}
	return give_text(v, text.data, text.len);
}

/*
 * Gives the values of all strict ancestors: follows the ptid of each thread
 * until a thread is unknown; a loop ends at the depth limit.
 */
static bool give_all(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	const struct thread *main = ancestor(c, 0);
	const struct thread *t =
		main ? state_thread(c->state, main->ptid) : NULL;
	struct value *items;
	uint32_t n = 0;

	for (const struct thread *at = t; at && n < DEPTH_MAX;
	     at = state_thread(c->state, at->ptid))
		n++;
	items = arena_alloc(c->scratch, (n + 1) * sizeof(*items));
	for (uint32_t i = 0; i < n; i++) {
		give_member(c, ref, t, &items[i]);
		t = state_thread(c->state, t->ptid);
	}
	return n && give_list(v, (enum param_type)ref->type, items, n);
}

static bool get_ancestor(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	const struct thread *t;

	if (!c->about.thread)
		return false;
	if (!ref->arg)
		return give_all(c, ref, v);
	t = ancestor(c, ref->index);
	return t && give_member(c, ref, t, v);
}

/* The environment of a process, which is its leader's. */
static const struct text_list *env_of(const struct field_context *c,
				      const struct thread *t)
{
	const struct thread *main = thread_main(c->state, t);

	return main ? &main->env : &t->env;
}

/* [NAME]: the variable of the first ancestor that has it; "" if none has it. */
static bool give_variable(const struct field_context *c, const char *name,
			  struct value *v)
{
	const struct thread *t = ancestor(c, 1);

	give_text(v, "", 0);
	for (int i = 0; t && i < ENV_DEPTH_MAX && !v->len; i++) {
		give_env(c, env_of(c, t), name, v);
		t = thread_parent(c->state, t);
	}
	return true;
}

/* The environments of all ancestors, any of which satisfies a condition. */
static bool give_environments(const struct field_context *c, struct value *v)
{
	struct value items[DEPTH_MAX];
	const struct thread *t;
	uint32_t n = 0;

	for (t = ancestor(c, 1); t && n < DEPTH_MAX;
	     t = thread_parent(c->state, t))
		give_env(c, env_of(c, t), NULL, &items[n++]);
	return n &&
	       give_list(v, PT_CHARBUF,
			 memcpy(arena_alloc(c->scratch, n * sizeof(*items)),
				items, n * sizeof(*items)),
			 n);
}

/*
 * Conditions check all ancestors even for [N], as in Falco; output has the
 * environment of one process: [N], or the event's process.
 */
static bool get_aenv(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	const struct thread *t = c->about.thread;

	if (!t)
		return false;
	if (ref->arg && !ref->arg_is_number)
		return give_variable(c, ref->arg, v);
	if (!c->is_output)
		return give_environments(c, v);
	if (ref->index)
		t = ancestor(c, ref->index);
	return t && give_env(c, env_of(c, t), NULL, v);
}

/* Joins the items into one text, nearest ancestor first. */
static void join_items(struct arena *arena, struct value *v)
{
	struct buffer out = { 0 };

	for (uint32_t i = 0; i < v->len; i++) {
		if (i)
			buffer_u8(&out, ' ');
		buffer_put(&out, v->items[i].text, v->items[i].len);
	}
	give_text(v, arena_copy(arena, out.data, out.len), (uint32_t)out.len);
	buffer_free(&out);
}

static void encode(struct arena *arena, struct value *v)
{
	struct buffer out = { 0 };

	buffer_base64(&out, (const uint8_t *)v->text, v->len);
	give_text(v, arena_copy(arena, out.data, out.len), (uint32_t)out.len);
	buffer_free(&out);
}

bool field_get_output(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	const struct field_context output = context_for_output(c);
	bool is_any = ref->field->flags & FIELD_ANY;

	if (is_any && ref->field->type == PT_INT64 && !ref->arg) {
		const struct thread *t = ancestor(c, 0);

		return t && give_member(c, ref, t, v);
	}
	if (!field_get(&output, ref, v))
		return false;
	if (is_any && v->is_list)
		join_items(c->scratch, v);
	else if (c->base64 && v->type == PT_BYTEBUF)
		encode(c->scratch, v);
	return true;
}

enum {
	ANY = FIELD_ARG_ALLOWED | FIELD_ARG_INDEX | FIELD_ANY | FIELD_NO_RHS |
	      FIELD_NO_TRANSFORMER
};

/* clang-format off */
const struct field fields_ancestor[] = {
{ .name = "proc.aexe", .type = PT_CHARBUF, .get = get_ancestor, .flags = ANY,
  .which = offsetof(struct thread, exe),
  .help = "argv[0] of an ancestor ([0] self, [1] parent)" },
{ .name = "proc.aexepath", .type = PT_CHARBUF, .get = get_ancestor,
  .flags = ANY, .which = offsetof(struct thread, exepath),
  .help = "executable of an ancestor" },
{ .name = "proc.aname", .type = PT_CHARBUF, .get = get_ancestor, .flags = ANY,
  .which = offsetof(struct thread, comm), .help = "name of an ancestor" },
{ .name = "proc.aargs", .type = PT_CHARBUF, .get = get_ancestor,
  .flags = FIELD_ARG_ALLOWED | FIELD_ARG_INDEX | FIELD_ANY,
  .which = ARGS_CHOICE | offsetof(struct thread, args),
  .help = "arguments of an ancestor" },
{ .name = "proc.acmdline", .type = PT_CHARBUF, .get = get_ancestor,
  .flags = ANY, .which = offsetof(struct thread, cmdline),
  .help = "name and arguments of an ancestor" },
{ .name = "proc.aenv", .type = PT_CHARBUF, .get = get_aenv,
  .flags = ANY | FIELD_ARG_KEY,
  .help = "environment of an ancestor, or a variable of it" },
{ .name = "proc.apid", .type = PT_INT64, .format = PF_ID, .get = get_ancestor,
  .flags = ANY, .which = offsetof(struct thread, pid),
  .help = "process id of an ancestor" },
{ .name = NULL },
};
/* clang-format on */
