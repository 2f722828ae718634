/* SPDX-License-Identifier: Apache-2.0 */
/* Errors and warnings of loading, with the text that they concern. */
#include "replay/rules/load.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Most bytes of a snippet on either side of the position. */
enum { SNIPPET_HALF = 80 };

void *array_room(struct arena *arena, void *items, uint32_t count, size_t size)
{
	void *more;

	/* The array is full exactly when count is a power of two. */
	if (count & (count - 1))
		return items;
	more = arena_alloc(arena, (count ? count * 2 : 1) * size);
	if (count)
		memcpy(more, items, count * size);
	return more;
}

/* The line at an offset, with a caret below the position. */
static const char *snippet_at(struct loader *loader, struct bytes text,
			      size_t offset)
{
	const char *data = (const char *)text.data;
	size_t from, to;

	if (!text.len)
		return NULL;
	if (offset > text.len)
		offset = text.len;
	for (from = offset;
	     from > 0 && data[from - 1] != '\n' && offset - from < SNIPPET_HALF;
	     from--)
		;
	for (to = offset;
	     to < text.len && data[to] != '\n' && to - offset < SNIPPET_HALF;
	     to++)
		;
	return arena_printf(&loader->arena, "%.*s\n%*s^\n", (int)(to - from),
			    data + from, (int)(offset - from), "");
}

static size_t offset_of(struct bytes text, unsigned line, unsigned column)
{
	size_t offset = 0;

	while (line > 1 && offset < text.len)
		line -= text.data[offset++] == '\n';
	return offset + (column ? column - 1 : 0);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/*
 * Was the issue recorded by an earlier load?  Every load recompiles all rules.
 */
static bool is_known(const struct loader *loader,
		     const struct rule_issue *issue)
{
	for (uint32_t i = 0; i < loader->issue_count; i++) {
		const struct rule_issue *old = &loader->issues[i];

		if (old->line == issue->line && old->column == issue->column &&
		    same_text(old->file, issue->file) &&
		    same_text(old->code, issue->code) &&
		    same_text(old->message, issue->message))
			return true;
	}
	return false;
}

static void add_issue(struct loader *loader, const struct rule_issue *issue)
{
	if (!issue->is_error && is_known(loader, issue))
		return;
	loader->issues =
		array_room(&loader->arena, loader->issues, loader->issue_count,
			   sizeof(*loader->issues));
	loader->issues[loader->issue_count++] = *issue;
}

static void record(struct loader *loader, const struct rule_issue *issue,
		   const struct load_place *place)
{
	struct rule_issue full = *issue;

	full.file = place->file;
	full.item_type = place->item_type;
	full.item_name = place->item_name;
	full.line = place->line;
	full.column = place->column;
	if (place->line && same_text(place->file, loader->file))
		full.snippet = snippet_at(
			loader, loader->content,
			offset_of(loader->content, place->line, place->column));
	add_issue(loader, &full);
}

__attribute__((format(printf, 2, 0))) static const char *
make_message(struct loader *loader, const char *format, va_list args)
{
	char text[1024];

	vsnprintf(text, sizeof(text), format, args);
	return arena_strdup(&loader->arena, text);
}

int load_error(struct loader *loader, const char *code,
	       const struct load_place *place, const char *format, ...)
{
	struct rule_issue issue = { .is_error = true, .code = code };
	va_list args;

	va_start(args, format);
	issue.message = make_message(loader, format, args);
	va_end(args);
	record(loader, &issue, place);
	return -1;
}

void load_warning(struct loader *loader, const char *code,
		  const struct load_place *place, const char *format, ...)
{
	struct rule_issue issue = { .code = code };
	va_list args;

	va_start(args, format);
	issue.message = make_message(loader, format, args);
	va_end(args);
	record(loader, &issue, place);
}

void load_condition_issue(struct loader *loader, const struct load_place *place,
			  const struct condition_issue *about)
{
	struct rule_issue issue = {
		.is_error = about->is_error,
		.code = about->code,
		.message = arena_strdup(&loader->arena, about->message),
		.file = place->file,
		.item_type = place->item_type,
		.item_name = place->item_name,
		/* Lines of a block scalar begin below its key. */
		.line = place->line + about->at.line - 1,
		.column = about->at.line > 1
				  ? about->at.column
				  : place->column + about->at.column - 1,
		.snippet = snippet_at(
			loader,
			(struct bytes){ (const uint8_t *)about->condition,
					strlen(about->condition) },
			about->at.offset)
	};

	add_issue(loader, &issue);
}
