/* SPDX-License-Identifier: Apache-2.0 */
/* Path parameters made whole; see paths.h. */
#include "db/paths.h"

#include "core/event/ppm_constants.h"

/* Parameter number n of those that are paths; -1: none. */
static int path_param(const struct event *event, unsigned n)
{
	const struct event_kind *kind = event_kind(event);

	for (unsigned i = 0; i < kind->nparams; i++)
		if ((kind->params[i].type == PT_FSPATH ||
		     kind->params[i].type == PT_FSRELPATH) &&
		    !n--)
			return (int)i;
	return -1;
}

/* The directory that it is relative to. */
static struct bytes directory_of(const struct field_context *c, int param)
{
	const struct thread *thread = c->about.thread;
	const struct event *e = c->about.event;
	uint8_t dirfd_param = event_kind(e)->params[param].dirfd_param;
	int64_t dirfd = PPM_AT_FDCWD;
	const struct fd *fd;
	struct text t = { "<UNKNOWN>", 9 };

	if (dirfd_param)
		dirfd = event_int(e, dirfd_param - 1u, PPM_AT_FDCWD);
	if (dirfd == PPM_AT_FDCWD) {
		t = thread_cwd(c->state, thread);
	} else if ((fd = state_fd(c->state, thread, dirfd))) {
		t.data = arena_printf(c->scratch, "%s/", fd->name.data);
		t.len = fd->name.len + 1;
	}
	return (struct bytes){ (const uint8_t *)t.data, t.len };
}

struct bytes event_path(const struct field_context *c, unsigned n)
{
	enum { LEN = 1040 };
	int param = path_param(c->about.event, n);
	struct bytes path = { NULL, 0 }, dir = { NULL, 0 };
	char *out;

	if (param >= 0 && c->about.thread)
		path = event_text(c->about.event, (unsigned)param);
	if (!path.data)
		return path;
	if (path.len && path.data[0] != '/')
		dir = directory_of(c, param);
	out = arena_bytes(c->scratch, LEN);
	return (struct bytes){ (uint8_t *)out, path_join(out, LEN, dir, path) };
}
