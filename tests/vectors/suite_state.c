/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of the small parts of the state: paths, container ids, mounts. */
#include <stdlib.h>
#include <string.h>

#include "core/cgroup_id.h"
#include "replay/state/container.h"
#include "replay/state/state.h"
#include "tests/vectors/suites.h"

static const json_t *member(const json_t *vector, const char *part,
			    const char *key)
{
	return json_object_get(json_object_get(vector, part), key);
}

static struct bytes bytes_of(const json_t *text)
{
	return (struct bytes){ (const uint8_t *)json_string_value(text),
			       json_string_length(text) };
}

/* Control characters that come from nowhere: the vector lost its input. */
static bool lost_bytes(const char *want, struct bytes dir, struct bytes path)
{
	for (; *want; want++)
		if ((unsigned char)*want < ' ' &&
		    !memchr(dir.data, *want, dir.len) &&
		    !memchr(path.data, *want, path.len))
			return true;
	return false;
}

enum verdict suite_concat_path(struct vector_run *run, const json_t *vector)
{
	const char *want =
		json_string_value(member(vector, "expected", "result"));
	struct bytes dir = bytes_of(member(vector, "input", "dir"));
	struct bytes path = bytes_of(member(vector, "input", "path"));
	char out[2048];

	if (dir.len + path.len < 100 && strstr(want, "DIR_TOO_LONG")) {
		vector_fail(run, "needs the peers' short buffer");
		return VECTOR_SKIP;
	}
	if (lost_bytes(want, dir, path)) {
		vector_fail(run, "the result has bytes the input has not");
		return VECTOR_SKIP;
	}
	path_join(out, sizeof(out), dir, path);
	if (strcmp(out, want))
		return vector_fail(run, "got %s", out);
	return VECTOR_PASS;
}

enum verdict suite_container_id(struct vector_run *run, const json_t *vector)
{
	const char *path =
		json_string_value(member(vector, "input", "cgroup_path"));
	const char *want =
		json_string_value(member(vector, "expected", "container_id"));
	bool match = json_is_true(member(vector, "expected", "match"));
	struct cgroup_id id = { 0 };
	bool found = cgroup_id_of_path(path, &id);

	if (found != match)
		return vector_fail(run, found ? "matches as %s" : "no match %s",
				   id.id);
	if (match && want && strcmp(want, id.id))
		return vector_fail(run, "got %s", id.id);
	return VECTOR_PASS;
}

enum verdict suite_container_mount_key(struct vector_run *run,
				       const json_t *vector)
{
	const char *key = json_string_value(member(vector, "input", "key"));
	const char *lookup =
		json_string_value(member(vector, "input", "lookup"));
	bool match = json_is_true(member(vector, "expected", "match"));
	struct container_mount mount = {
		.source = json_string_value(
			member(vector, "input", "mount_source")),
		.dest = json_string_value(
			member(vector, "input", "mount_dest")),
		.mode = "",
		.propagation = "",
	};
	struct container c = { .id = "", .mounts = &mount, .mount_count = 1 };
	bool by_dest = lookup && strstr(lookup, "dest");

	if ((container_mount(&c, key, by_dest) != NULL) != match)
		return vector_fail(run, match ? "no match" : "matches");
	return VECTOR_PASS;
}
