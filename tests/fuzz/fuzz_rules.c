/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rules file: YAML, definitions, exceptions, lists, macros, conditions,
 * outputs, the index, and an event against what came out of it.  Reaches all
 * of replay/rules/.
 */
#include <stdlib.h>
#include <string.h>

#include "replay/alerts/alerts.h"
#include "replay/replay.h"

static void on_alert(void *user, struct rule *rule,
		     const struct field_context *context)
{
	const struct alert_options options = ALERT_OPTIONS_INIT;
	const struct alert alert = { rule, context, "host" };
	struct buffer out = { 0 };

	(void)user;
	for (const struct alert_form *f = alert_forms; f->name; f++)
		f->write(&out, &alert, &options);
	buffer_free(&out);
}

static void put_open(struct replay *replay)
{
	static const int64_t fd = 3, dirfd = -100;
	static const uint32_t flags = 1, mode = 0, dev = 5;
	static const uint64_t ino = 77;
	static const char name[] = "/etc/shadow";
	struct item item = { .kind = ITEM_EVENT };
	struct event *e = &item.event;

	*e = (struct event){ .num = 1,
			     .ts_ns = 1000,
			     .tid = 1,
			     .code = PPME_SYSCALL_OPENAT_2_X,
			     .count = 7 };
	e->params[0] = (struct bytes){ (const uint8_t *)&fd, 8 };
	e->params[1] = (struct bytes){ (const uint8_t *)&dirfd, 8 };
	e->params[2] = (struct bytes){ (const uint8_t *)name, sizeof(name) };
	e->params[3] = (struct bytes){ (const uint8_t *)&flags, 4 };
	e->params[4] = (struct bytes){ (const uint8_t *)&mode, 4 };
	e->params[5] = (struct bytes){ (const uint8_t *)&dev, 4 };
	e->params[6] = (struct bytes){ (const uint8_t *)&ino, 8 };
	replay_put(replay, &item, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct ruleset_options options = { .min_priority = PRIORITY_DEBUG,
					   .all_matches = true };
	struct ruleset *set = ruleset_new(&options);
	struct replay_options replay_options = { .rules = set,
						 .alert = on_alert };
	struct error err;

	if (!ruleset_load_text(set, "rules.yaml", (const char *)data, len,
			       &err)) {
		struct replay *replay = replay_new(&replay_options);

		put_open(replay);
		replay_free(replay);
	}
	ruleset_free(set);
	return 0;
}
