/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/captures.h"

#include <stdio.h>
#include <stdlib.h>

#include "cmd/cmd.h"
#include "core/file/folder.h"

int captures_take(struct captures *c, const char *command, char *const *words,
		  int count)
{
	struct folder_list list = { 0 };
	struct error err;

	for (int i = 0; i < count; i++) {
		if (folder_captures(&list, words[i], &c->names, &err))
			return cmd_usage_error(command, "%s", err.text);
		for (unsigned f = 0; f < list.count; f++)
			word_list_add(&c->files, list.paths[f]);
	}
	if (!c->files.count)
		return cmd_usage_error(command, "no capture is named");
	series_sort(c->files.items, c->files.count);
	return EXIT_OK;
}

/* Not before what its events gave is on the same terminal. */
static int report_end(const struct pass *pass,
		      const struct capture_source *source, enum pump_end end,
		      const struct error *err)
{
	const struct evidence *evidence = reader_evidence(source->reader);

	if (evidence->count || end)
		fflush(stdout);
	return cmd_read_end(pass->command, evidence, end, err);
}

/*
 * Processes the capture that begins at file *at; *at becomes the first file
 * after it.
 */
static int pass_one(const struct pass *pass, const struct word_list *files,
		    unsigned *at, enum pump_end *ret_end)
{
	const char *path = files->items[*at];
	struct capture_source source;
	struct pump pump = { .source = NULL };
	int result = EXIT_OK;
	struct error err;

	if (capture_source_open(&source, files->items + *at, files->count - *at,
				pass->seconds, &err)) {
		(*at)++;
		return cmd_fail(pass->command, &err);
	}
	pump.source = capture_source_items(&source);
	pump.sinks[0] = pass->begin(pass->user, path);
	*ret_end = pump_run(&pump, &err);
	pass->end(pass->user, &source, *ret_end);
	if (*ret_end != PUMP_STOPPED && !source.is_over && !pass->is_silent)
		result = report_end(pass, &source, *ret_end, &err);
	*at += capture_source_files(&source);
	capture_source_close(&source);
	return result;
}

int captures_pass(const struct word_list *files, const struct pass *pass)
{
	enum pump_end end = PUMP_ENDED;
	int result = EXIT_OK;

	for (unsigned at = 0; at < files->count && end != PUMP_STOPPED;)
		if (pass_one(pass, files, &at, &end))
			result = EXIT_ERROR;
	return result;
}

void captures_free(struct captures *c)
{
	free(c->files.items);
	arena_free(&c->names);
}
