/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A condition: parsed, compiled and evaluated on an event that the first four
 * bytes choose.  Reaches the parser, all operators on the values of all fields,
 * the regular expressions and transformers.
 *
 * fuzz-options: -max_len=4096 -dict=build/fuzz/fields.dict
 */
#include <stdlib.h>
#include <string.h>

#include "replay/rules/rules.h"
#include "tests/fuzz/any_event.h"

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
	struct state *state = state_new();
	struct arena scratch = { 0 };
	struct event event = { .num = 1, .ts_ns = 5, .tid = 1 };
	int64_t numbers[EVENT_PARAMS_MAX];
	uint8_t noise[1024];
	struct field_context context = { .state = state,
					 .scratch = &scratch,
					 .hostname = "h" };
	char *text = malloc(len + 1);

	if (len >= ANY_EVENT_HEAD) {
		len -= ANY_EVENT_HEAD;
		memcpy(text, data + ANY_EVENT_HEAD, len);
		text[len] = '\0';
		event_of_head(data, &event, noise, numbers);
		state_apply(state, &event, &context.about);
		evaluate(text, &context);
		state_finish(state, &context.about);
	}
	state_free(state);
	arena_free(&scratch);
	free(text);
	return 0;
}
