/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes of users: each call that sets user, group or capabilities,
 * successful or not, and each exec that changed them.
 */
#include "db/command.h"
#include "db/load.h"

static int64_t known(uint32_t id)
{
	return id == UINT32_MAX ? NO_NUMBER : id;
}

static bool is_same(const struct thread_ids *a, const struct thread_ids *b)
{
	return a->uid == b->uid && a->gid == b->gid && a->ruid == b->ruid &&
	       a->rgid == b->rgid && a->cap_effective == b->cap_effective;
}

static struct bytes caps(uint64_t set, struct arena *scratch)
{
	struct text text = caps_text(set, scratch);

	return (struct bytes){ (const uint8_t *)text.data, text.len };
}

void user_changes_event(struct load *l, const struct field_context *c)
{
	const struct thread_ids *before = state_ids_before(c->state);
	uint16_t code = c->about.event->code;
	bool is_exec = code == PPME_SYSCALL_EXECVE_19_X ||
		       code == PPME_SYSCALL_EXECVEAT_X;
	struct user_change_record r = { 0 };
	struct row_source from = { l, c, &r };
	struct thread_ids now;

	if (!before || !c->about.thread || !l->rows[TABLE_USER_CHANGES])
		return;
	now = thread_ids(c->about.thread);
	if (is_exec && is_same(before, &now))
		return;
	r = (struct user_change_record){
		.uid_before = known(before->uid),
		.uid_after = known(now.uid),
		.ruid_before = known(before->ruid),
		.ruid_after = known(now.ruid),
		.gid_before = known(before->gid),
		.gid_after = known(now.gid),
		.rgid_before = known(before->rgid),
		.rgid_after = known(now.rgid),
	};
	/* The state does not follow what set*id calls do to capabilities. */
	if (is_exec || code == PPME_SYSCALL_CAPSET_X) {
		r.caps_before = caps(before->cap_effective, c->scratch);
		r.caps_after = caps(now.cap_effective, c->scratch);
	}
	rows_put(l, TABLE_USER_CHANGES, &from);
}
