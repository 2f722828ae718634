/* SPDX-License-Identifier: Apache-2.0 */
/* How a program was called; see command.h. */
#include "db/command.h"

#include <string.h>

#include "core/event/ppm_constants.h"
#include "db/paths.h"

/* clang-format off */
enum { EXEC_FILENAME = 30,
       /* #! lines pass the script behind argv[0], or behind one option. */
       SCRIPT_ARG_MAX = 2 };
/* clang-format on */

struct bytes command_line(const struct thread *t, struct arena *scratch)
{
	const struct text *first;
	size_t len;
	char *out;

	if (!t)
		return (struct bytes){ NULL, 0 };
	first = t->exe.len || t->args.count ? &t->exe : &t->comm;
	len = first->len;
	out = arena_bytes(scratch, len + 1 + t->args.bytes.len);
	memcpy(out, first->data, len);
	if (t->args.count) {
		out[len++] = ' ';
		for (uint32_t i = 0; i < t->args.bytes.len; i++) {
			char c = t->args.bytes.data[i];

			out[len++] = c ? c : ' ';
		}
	}
	return (struct bytes){ (uint8_t *)out, len };
}

uint32_t command_len(const struct thread *t)
{
	return t->exe.len + (t->args.count ? 1 + t->args.bytes.len : 0);
}

struct bytes command_cwd(const struct state *state, const struct thread *t)
{
	struct text cwd = thread_cwd(state, t);

	if (!cwd.len || *cwd.data != '/')
		return (struct bytes){ NULL, 0 };
	if (cwd.len > 1 && cwd.data[cwd.len - 1] == '/')
		cwd.len--;
	return (struct bytes){ (const uint8_t *)cwd.data, cwd.len };
}

static struct bytes last_part(struct bytes path)
{
	const uint8_t *slash = memrchr(path.data, '/', path.len);
	size_t from = slash ? (size_t)(slash + 1 - path.data) : 0;

	return (struct bytes){ path.data + from, path.len - from };
}

static bool is_among_first(const struct thread *t, struct bytes name)
{
	for (uint32_t i = 0; i < SCRIPT_ARG_MAX; i++) {
		struct text arg = text_list_get(&t->args, i);

		if (arg.data &&
		    bytes_equal((struct bytes){ (const uint8_t *)arg.data,
						arg.len },
				name))
			return true;
	}
	return false;
}

struct bytes command_script(const struct field_context *c)
{
	const struct thread *t = c->about.thread;
	struct bytes none = { NULL, 0 }, name, program;

	if (c->about.event->code != PPME_SYSCALL_EXECVE_19_X || !t)
		return none;
	name = event_text(c->about.event, EXEC_FILENAME);
	program = (struct bytes){ (const uint8_t *)t->exe.data, t->exe.len };
	/* argv[0] may be the path of the program itself. */
	if (!name.len || !is_among_first(t, name) ||
	    bytes_equal(last_part(name), last_part(program)))
		return none;
	return named_path(c, name, &program) == PATH_WHOLE ? program : none;
}
