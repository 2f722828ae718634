/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Containers: which one a cgroup path belongs to, and what the capture's own
 * container events say of it.  state.md section 6.
 */
#ifndef SPOOR_REPLAY_STATE_CONTAINER_H
#define SPOOR_REPLAY_STATE_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

struct container_mount {
	const char *source, *dest, *mode, *propagation;
	bool rdwr;
};

struct container_label {
	const char *key, *value;
};

/* Strings are never NULL; "" where the metadata does not say. */
struct container {
	const char *id; /* short: 12 characters, or the whole name */
	const char *full_id;
	bool has_metadata; /* false: known by its cgroup only */
	int type;	   /* 0 docker ... state.md section 6 */
	const char *name, *image, *image_id, *image_repo, *image_tag,
		*image_digest, *ip, *cni_json, *pod_sandbox_id, *user;
	bool privileged, host_pid, host_network, host_ipc, is_pod_sandbox;
	const struct container_label *labels;
	size_t label_count;
	const struct container_label *pod_labels;
	size_t pod_label_count;
	const struct container_mount *mounts;
	size_t mount_count;
	uint64_t created_ns;
	struct bytes json;		 /* what the metadata came from */
	struct container_memory *memory; /* private to container.c */
	uint64_t number;		 /* private: of those made */
	uint32_t threads;		 /* that are in it: container_use */
};

struct containers;

struct containers *containers_new(void);
/* Accepts NULL. */
void containers_free(struct containers *all);

/*
 * The container of a process by its cgroups (NUL-separated subsys=path), or
 * NULL: the host.  Lives as long as a thread uses it, and until many others
 * were made after that.
 */
const struct container *containers_of_cgroups(struct containers *all,
					      struct bytes cgroups);

/* A thread comes (1) or goes (-1); NULL: the host, nothing is done. */
void container_use(const struct container *container, int change);

/*
 * Takes the JSON of a container event; returns its container, or NULL if the
 * text is no such thing.
 */
const struct container *containers_add_json(struct containers *all,
					    struct bytes json);

/* Forgets what the events told of a container that was removed. */
void containers_remove_json(struct containers *all, struct bytes json);

/* By short id; NULL if unknown. */
const struct container *containers_find(const struct containers *all,
					const char *id);

/* Walks all that were seen: start with *at = 0; NULL at the end. */
const struct container *containers_next(const struct containers *all,
					size_t *at);

const char *container_type_name(int type);
const char *container_label(const struct container *container, const char *key,
			    bool of_pod);

/*
 * The mount whose index, source or dest a key names: a number, or an
 * unanchored regular expression.  NULL: none.
 */
const struct container_mount *container_mount(const struct container *container,
					      const char *key, bool by_dest);

#endif
