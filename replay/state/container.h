/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Containers: to which one a cgroup path belongs, and their metadata from
 * container events of the capture.  state.md section 6.
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

/* Strings are never NULL; "" if unknown. */
struct container {
	const char *id; /* short: 12 characters, or the whole name */
	const char *full_id;
	bool has_metadata; /* false: known only by a cgroup path */
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
	struct bytes json;		 /* the JSON of the container event */
	struct container_memory *memory; /* private to container.c */
	uint64_t number;		 /* private: order of creation */
	/* threads in the container: container_use */
	uint32_t threads;
};

struct containers;

/* An empty set; free with containers_free. */
struct containers *containers_new(void);

/* Accepts NULL. */
void containers_free(struct containers *all);

/*
 * The container of a process by its cgroups (NUL-separated subsys=path); NULL:
 * the host.  Valid while a thread uses it, and until many others were created
 * after that.
 */
const struct container *containers_of_cgroups(struct containers *all,
					      struct bytes cgroups);

/*
 * Counts a thread that enters (1) or leaves (-1) a container.  NULL: the host,
 * no effect.
 */
void container_use(const struct container *container, int change);

/*
 * Adds the metadata of a container event; returns the container, or NULL if
 * the JSON is not a container event.
 */
const struct container *containers_add_json(struct containers *all,
					    struct bytes json);

/* Removes the metadata of a container, after the event that it was removed. */
void containers_remove_json(struct containers *all, struct bytes json);

/* Finds a container by its short id; NULL if unknown. */
const struct container *containers_find(const struct containers *all,
					const char *id);

/* Iterates over all known containers: start with *at = 0; NULL at the end. */
const struct container *containers_next(const struct containers *all,
					size_t *at);

/* The name of a type: "docker", "podman" ... */
const char *container_type_name(int type);

/* The value of a label of the container, or of its pod; NULL: none. */
const char *container_label(const struct container *container, const char *key,
			    bool of_pod);

/*
 * The mount that key selects: a number is its index, other keys an unanchored
 * regular expression for its source, or its destination if by_dest.  NULL:
 * none.
 */
const struct container_mount *container_mount(const struct container *container,
					      const char *key, bool by_dest);

#endif
