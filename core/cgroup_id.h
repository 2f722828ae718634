/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Container ids in the cgroup paths of a process, as both the recorder and
 * replay determine them.
 */
#ifndef SPOOR_CORE_CGROUP_ID_H
#define SPOOR_CORE_CGROUP_ID_H

#include <stdbool.h>
#include <stddef.h>

#include "core/bytes.h"

enum { CGROUP_ID_MAX = 256 };

/*
 * `id' is the form that users see: the first 12 characters for container
 * engines that shorten their ids, else the same as `full'.
 */
struct cgroup_id {
	char id[CGROUP_ID_MAX], full[CGROUP_ID_MAX];
};

/* Finds the container id in one cgroup path; false: not of a container. */
bool cgroup_id_of_path(const char *path, struct cgroup_id *ret_id);

/*
 * Finds the id in the first path that has one, in a list of NUL-terminated
 * texts "subsystem=path"; false: none of them is of a container.
 */
bool cgroup_id_of_list(struct bytes list, struct cgroup_id *ret_id);

#endif
