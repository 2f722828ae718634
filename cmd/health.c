/* SPDX-License-Identifier: Apache-2.0 */
/* What the recorder says of its own recording. */
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "cmd/cmd.h"
#include "core/file/parts.h"

int cmd_lost_events(const struct parts *parts, uint64_t *ret_lost)
{
	struct bytes health = parts_health(parts);
	json_error_t error;
	json_t *json;

	if (!health.len)
		return -1;
	json = json_loadb((const char *)health.data, health.len, 0, &error);
	*ret_lost =
		(uint64_t)json_integer_value(json_object_get(json, "drops"));
	json_decref(json);
	return 0;
}

void cmd_warn_of_lost(const char *command, const char *path)
{
	struct parts *parts;
	struct error err;
	uint64_t lost;

	if (!strcmp(path, "-") || parts_open(&parts, path, &err))
		return;
	if (!cmd_lost_events(parts, &lost) && lost)
		fprintf(stderr,
			"spoor %s: %s: %" PRIu64 " events were lost "
			"while recording\n",
			command, path, lost);
	parts_close(parts);
}
