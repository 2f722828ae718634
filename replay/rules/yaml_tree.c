/* SPDX-License-Identifier: Apache-2.0 */
/* Builds a tree from libyaml's events. */
#include "replay/rules/yaml_tree.h"

#include <string.h>
#include <yaml.h>

/* Limits for nesting and anchors, beyond those of any real rules file. */
enum { DEPTH_MAX = 64, ANCHORS_MAX = 1000 };

struct anchor {
	struct anchor *next;
	const char *name;
	struct yaml_node *node;
};

struct reader {
	yaml_parser_t parser;
	struct arena *arena;
	struct error *err;
	struct anchor *anchors;
	struct yaml_node *place; /* of an error */
	unsigned depth, anchor_count;
};

static int fail_at(struct reader *r, yaml_mark_t mark, const char *what)
{
	r->place->line = (unsigned)mark.line + 1;
	r->place->column = (unsigned)mark.column + 1;
	return error_set(r->err, ERROR_SYNTAX,
			 "error at line %u, column %u: "
			 "%s",
			 r->place->line, r->place->column, what);
}

static int next_event(struct reader *r, yaml_event_t *ret_event)
{
	if (yaml_parser_parse(&r->parser, ret_event))
		return 0;
	/* Errors of libyaml's reader (invalid UTF-8) have no mark. */
	return fail_at(
		r,
		r->parser.error == YAML_READER_ERROR ? r->parser.mark
						     : r->parser.problem_mark,
		r->parser.problem ? r->parser.problem : "unreadable YAML");
}

static struct yaml_node *new_node(struct reader *r, enum yaml_kind kind,
				  const yaml_event_t *event)
{
	struct yaml_node *node = arena_alloc(r->arena, sizeof(*node));

	node->kind = kind;
	node->line = (unsigned)event->start_mark.line + 1;
	node->column = (unsigned)event->start_mark.column + 1;
	return node;
}

static void add_item(struct reader *r, struct yaml_node *node,
		     struct yaml_node *item)
{
	if (node->count == node->capacity) {
		uint32_t capacity = node->capacity ? node->capacity * 2 : 4;
		struct yaml_node **items =
			arena_alloc(r->arena, capacity * sizeof(*items));

		if (node->count)
			memcpy(items, node->items,
			       node->count * sizeof(*items));
		node->items = items;
		node->capacity = capacity;
	}
	node->items[node->count++] = item;
}

/*
 * Registers an anchor after its node is complete, so that no node can contain
 * itself.
 */
static void keep_anchor(struct reader *r, const yaml_char_t *name,
			struct yaml_node *node)
{
	struct anchor *anchor;

	if (!name || ++r->anchor_count > ANCHORS_MAX)
		return;
	anchor = arena_alloc(r->arena, sizeof(*anchor));
	anchor->name = arena_strdup(r->arena, (const char *)name);
	anchor->node = node;
	anchor->next = r->anchors;
	r->anchors = anchor;
}

static int read_alias(struct reader *r, const yaml_event_t *event,
		      struct yaml_node **ret_node)
{
	const char *name = (const char *)event->data.alias.anchor;

	for (const struct anchor *a = r->anchors; a; a = a->next)
		if (!strcmp(a->name, name)) {
			*ret_node = a->node;
			return 0;
		}
	return fail_at(r, event->start_mark,
		       "the referenced anchor is not "
		       "defined");
}

static bool is_null_word(const yaml_event_t *event)
{
	static const char *const words[] = { "",     "~",    "null",
					     "Null", "NULL", NULL };
	const char *text = (const char *)event->data.scalar.value;

	if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
		return false;
	for (const char *const *w = words; *w; w++)
		if (!strcmp(text, *w))
			return true;
	return false;
}

static struct yaml_node *read_scalar(struct reader *r,
				     const yaml_event_t *event)
{
	struct yaml_node *node = new_node(
		r, is_null_word(event) ? YAML_NULL : YAML_SCALAR, event);

	node->text.len = (uint32_t)event->data.scalar.length;
	node->text.data = arena_copy(r->arena, event->data.scalar.value,
				     event->data.scalar.length);
	return node;
}

static int read_node(struct reader *r, const yaml_event_t *event,
		     struct yaml_node **ret_node);

/* Reads items up to the end of a sequence, a map or the stream. */
static int read_items(struct reader *r, struct yaml_node *node)
{
	bool at_end = false;

	if (++r->depth > DEPTH_MAX)
		return fail_at(r, r->parser.mark, "nesting is too deep");
	while (!at_end) {
		struct yaml_node *item = NULL;
		yaml_event_t event;
		int failed = 0;

		if (next_event(r, &event))
			return -1;
		at_end = event.type == YAML_SEQUENCE_END_EVENT ||
			 event.type == YAML_MAPPING_END_EVENT ||
			 event.type == YAML_STREAM_END_EVENT;
		if (!at_end)
			failed = read_node(r, &event, &item);
		yaml_event_delete(&event);
		if (failed)
			return -1;
		if (item)
			add_item(r, node, item);
	}
	r->depth--;
	return 0;
}

/* Reads a node; *ret_node remains NULL for an event that is not a node. */
static int read_node(struct reader *r, const yaml_event_t *event,
		     struct yaml_node **ret_node)
{
	struct yaml_node *node;

	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return read_alias(r, event, ret_node);
	case YAML_SCALAR_EVENT:
		*ret_node = read_scalar(r, event);
		keep_anchor(r, event->data.scalar.anchor, *ret_node);
		return 0;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		node = new_node(r,
				event->type == YAML_MAPPING_START_EVENT
					? YAML_MAP
					: YAML_SEQUENCE,
				event);
		if (read_items(r, node))
			return -1;
		keep_anchor(r,
			    event->type == YAML_MAPPING_START_EVENT
				    ? event->data.mapping_start.anchor
				    : event->data.sequence_start.anchor,
			    node);
		*ret_node = node;
		return 0;
	default:
		return 0;
	}
}

int yaml_read(struct yaml_node **ret_node, struct bytes text,
	      struct arena *arena, struct yaml_node *ret_place,
	      struct error *err)
{
	struct reader r = { .arena = arena, .err = err, .place = ret_place };
	struct yaml_node *root = arena_alloc(arena, sizeof(*root));
	int failed;

	root->kind = YAML_SEQUENCE;
	root->line = root->column = 1;
	if (!yaml_parser_initialize(&r.parser))
		return error_set(err, ERROR_SYNTAX, "YAML parser");
	yaml_parser_set_input_string(&r.parser, text.data, text.len);
	failed = read_items(&r, root);
	yaml_parser_delete(&r.parser);
	if (!failed)
		*ret_node = root;
	return failed;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
	for (uint32_t i = 0; map->kind == YAML_MAP && i + 1 < map->count;
	     i += 2)
		if (map->items[i]->kind == YAML_SCALAR &&
		    !strcmp(map->items[i]->text.data, key))
			return map->items[i + 1];
	return NULL;
}
