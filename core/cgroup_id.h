/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Container ids in the cgroups of a process: what recording and replay must
 * see alike.
 */
#ifndef SPOOR_CORE_CGROUP_ID_H
#define SPOOR_CORE_CGROUP_ID_H

#include <stdbool.h>
#include <stddef.h>

#include "core/bytes.h"

enum { CGROUP_ID_MAX = 256 };

/* The short form is what users see: 12 characters of the engines that do so. */
struct cgroup_id {
	char id[CGROUP_ID_MAX], full[CGROUP_ID_MAX];
};

/* The id in one cgroup path; false: no container. */
bool cgroup_id_of_path(const char *path, struct cgroup_id *ret_id);

/*
 * That of the first path which has one, in a list of texts "subsys=path", each
 * of which ends with a NUL.
 */
bool cgroup_id_of_list(struct bytes list, struct cgroup_id *ret_id);

#endif
