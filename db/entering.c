/* SPDX-License-Identifier: Apache-2.0 */
/* Whose namespaces setns(2) joins; see entering.h. */
#include "db/entering.h"

#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"

/* A process of the namespace; -1: not known.  *ret_is_view: of files, pids. */
static int64_t joined_pid(const struct fd *fd, int64_t types, bool *ret_is_view)
{
	const char *name = fd->name.data;
	char *end;
	int64_t pid;

	*ret_is_view = types & (PPM_CL_CLONE_NEWNS | PPM_CL_CLONE_NEWPID);
	if (fd->type == SCAP_FD_PIDFD)
		return fd->pid;
	if (strncmp(name, "/proc/", 6) != 0)
		return -1;
	pid = strtoll(name + 6, &end, 10);
	*ret_is_view = !strcmp(end, "/ns/mnt") || !strcmp(end, "/ns/pid");
	return pid;
}

const char *entered_container(const struct field_context *c)
{
	const struct event *e = c->about.event;
	const struct thread *own = c->about.thread, *other;
	bool is_view;
	int64_t pid;

	/* Pids of another pid namespace are not those of the capture. */
	if (event_int(e, 0, -1) != 0 || !c->about.fd || own->vpid != own->pid)
		return NULL;
	pid = joined_pid(c->about.fd, event_int(e, 2, 0), &is_view);
	other = is_view ? state_thread(c->state, pid) : NULL;
	if (!other || !strcmp(other->container_id, own->container_id))
		return NULL;
	return *other->container_id ? other->container_id : "host";
}
