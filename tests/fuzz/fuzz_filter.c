/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A condition: parsed, compiled and evaluated on one event.  Reaches the
 * parser, all operators, the regular expressions and transformers.
 *
 * fuzz-options: -max_len=4096 -dict=build/fuzz/fields.dict
 */
#include <stdlib.h>
#include <string.h>

#include "replay/rules/rules.h"

static void evaluate(const char *text, const struct field_context *context)
{
	struct filter *filter;
	struct error err;

	if (filter_compile(&filter, text, &fields_syscall, &err))
		return;
	filter_match(filter, context);
	filter_free(filter);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char name[] = "/tmp/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
	struct state *state = state_new();
	struct arena scratch = { 0 };
	struct event event = { .num = 1,
			       .ts_ns = 5,
			       .tid = 1,
			       .count = 2,
			       .code = PPME_SYSCALL_CHDIR_X };
	struct field_context context = { .state = state,
					 .scratch = &scratch,
					 .hostname = "h" };
	char *text = malloc(len + 1);

	memcpy(text, data, len);
	text[len] = '\0';
	event.params[0] =
		(struct bytes){ (const uint8_t *)"\0\0\0\0\0\0\0", 8 };
	event.params[1] = (struct bytes){ (const uint8_t *)name, sizeof(name) };
	state_apply(state, &event, &context.about);
	evaluate(text, &context);
	state_finish(state, &context.about);
	state_free(state);
	arena_free(&scratch);
	free(text);
	return 0;
}
