/* SPDX-License-Identifier: Apache-2.0 */
/* spoor engines: which engines work here, why not, and what each is worth. */
#include <stdio.h>
#include <string.h>

#include "capture/capture.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "core/text.h"

enum { WHAT_COLUMN = 8, TEXT_COLUMN = 17, TEXT_MAX = 512 };

/* What engines are for; their probes answer for each. */
static char *const any_command[] = { (char[]){ "true" }, NULL };
static const struct use {
	const char *name;
	struct capture_options options;
} uses[] = {
	{ "command", { .command = any_command } },
	{ "attach", { .command = NULL } },
};

enum { USE_COUNT = sizeof(uses) / sizeof(uses[0]) };

/* What one engine can do here, for one use. */
struct answer {
	bool works;
	struct error why_not;
	struct buffer limits; /* lines */
};

static void ask(const struct capture_engine *engine, const struct use *use,
		struct answer *ret_answer)
{
	*ret_answer = (struct answer){ .works = false };
	ret_answer->works = !engine->probe(&use->options, &ret_answer->why_not);
	if (ret_answer->works)
		engine->limits(&use->options, &ret_answer->limits);
}

/* The line of limits at *at; NULL: there are no more.  Its end becomes NUL. */
static char *next_line(const struct answer *answer, size_t *at)
{
	char *line = (char *)answer->limits.data + *at;
	char *end;

	if (*at >= answer->limits.len)
		return NULL;
	end = memchr(line, '\n', answer->limits.len - *at);
	*end = '\0';
	*at += (size_t)(end - line) + 1;
	return line;
}

/* Appends a row: what it is about, and a text in a column of its own. */
static void put_row(struct buffer *out, const char *engine, const char *what,
		    const char *text)
{
	buffer_printf(out, "%-*s%-*s", WHAT_COLUMN, engine,
		      TEXT_COLUMN - WHAT_COLUMN, what);
	options_wrap(out, text, TEXT_COLUMN, TEXT_COLUMN);
}

static void put_answer(struct buffer *out, const char *engine, const char *name,
		       const struct answer *answer)
{
	char text[sizeof(answer->why_not.text) + 8];
	const char *limit;
	size_t at = 0;

	snprintf(text, sizeof(text), "no: %s", answer->why_not.text);
	put_row(out, engine, name, answer->works ? "works" : text);
	while ((limit = next_line(answer, &at))) {
		snprintf(text, sizeof(text), "but %s", limit);
		put_row(out, "", "", text);
	}
}

/* Appends the rows of an engine.  Does it work? */
static bool put_engine(struct buffer *out, const struct capture_engine *engine)
{
	bool works = false;

	for (size_t i = 0; i < USE_COUNT; i++) {
		struct answer answer;

		ask(engine, &uses[i], &answer);
		put_answer(out, i ? "" : engine->name, uses[i].name, &answer);
		works = works || answer.works;
		buffer_free(&answer.limits);
	}
	put_row(out, "", "needs", engine->needs);
	put_row(out, "", "trust", engine->trust);
	put_row(out, "", "cost", engine->cost);
	return works;
}

/* Appends what auto takes for each use, and why. */
static void put_auto(struct buffer *out)
{
	for (size_t i = 0; i < USE_COUNT; i++) {
		char why[TEXT_MAX];
		struct error err;

		put_row(out, i ? "" : "auto", uses[i].name,
			capture_engine_find("auto", &uses[i].options, why,
					    sizeof(why), &err)
				? why
				: err.text);
	}
}

static void put_member(struct buffer *out, const char *key, const char *text)
{
	buffer_printf(out, ",\"%s\":", key);
	text_put_json(out, text, strlen(text));
}

/* Appends the member of a use. */
static void put_use(struct buffer *out, const struct use *use,
		    const struct answer *answer, bool is_auto)
{
	const char *limit;
	size_t at = 0;

	buffer_printf(out, ",\"%s\":{\"works\":%s,\"auto\":%s", use->name,
		      answer->works ? "true" : "false",
		      is_auto ? "true" : "false");
	if (answer->works)
		buffer_printf(out, ",\"why_not\":null");
	else
		put_member(out, "why_not", answer->why_not.text);
	buffer_printf(out, ",\"limits\":[");
	while ((limit = next_line(answer, &at))) {
		if (limit != (char *)answer->limits.data)
			buffer_u8(out, ',');
		text_put_json(out, limit, strlen(limit));
	}
	buffer_printf(out, "]}");
}

/* Appends the object of an engine.  Does it work?  has_auto: for which uses
 * auto takes one before this one. */
static bool put_object(struct buffer *out, const struct capture_engine *engine,
		       bool *has_auto)
{
	bool works = false;

	buffer_printf(out, "{\"engine\":\"%s\"", engine->name);
	put_member(out, "help", engine->help);
	for (size_t i = 0; i < USE_COUNT; i++) {
		struct answer answer;

		ask(engine, &uses[i], &answer);
		put_use(out, &uses[i], &answer, answer.works && !has_auto[i]);
		works = works || answer.works;
		has_auto[i] = has_auto[i] || answer.works;
		buffer_free(&answer.limits);
	}
	buffer_printf(out, ",\"works\":%s", works ? "true" : "false");
	put_member(out, "needs", engine->needs);
	put_member(out, "trust", engine->trust);
	put_member(out, "cost", engine->cost);
	buffer_u8(out, '}');
	return works;
}

struct engines {
	bool json;
};

static const struct option_row option_rows[] = {
	{ .name = "json",
	  .take = option_flag,
	  .at = offsetof(struct engines, json),
	  .help = "print an array of JSON objects, one an engine" },
	{ .take = NULL },
};

static const struct option_group option_groups[] = { { option_rows, 0 },
						     { NULL, 0 } };

static int run(int argc, char **argv)
{
	struct engines e = { .json = false };
	const int result = options_parse(&command_engines, &e, argc, argv);
	struct buffer out = { 0 };
	bool has_auto[USE_COUNT] = { false };
	bool works = false;

	if (result)
		return result < 0 ? EXIT_OK : result;
	if (optind < argc)
		return cmd_usage_error("engines", "takes no argument: '%s'",
				       argv[optind]);
	for (size_t i = 0; capture_engines[i]; i++) {
		if (e.json)
			buffer_u8(&out, i ? ',' : '[');
		if (e.json ? put_object(&out, capture_engines[i], has_auto)
			   : put_engine(&out, capture_engines[i]))
			works = true;
	}
	if (e.json)
		buffer_printf(&out, "]\n");
	else
		put_auto(&out);
	cmd_say_lines(stdout, (char *)out.data, out.len);
	buffer_free(&out);
	return works ? EXIT_OK : EXIT_ERROR;
}

const struct command command_engines = {
	.name = "engines",
	.help = "tell which capture engines work here, and why others do not",
	.run = run,
	.usage = "spoor engines [--json]\n",
	.about = "Tries each capture engine: can it record a command, can it "
		 "attach to running\n"
		 "processes (-p, --container), what can it not record here, "
		 "and why. Also says\n"
		 "what each engine needs and costs, how far its records can "
		 "be trusted, and which\n"
		 "engine `record --engine auto' takes. Nothing is recorded or "
		 "changed: a child of\n"
		 "spoor is traced for a moment.\n",
	.options = option_groups,
	.notes = "Exit code: 0 if an engine works, 1 if none does.\n",
};
