/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The containers of a capture: made when a cgroup path names one, filled when
 * a container event tells more.  See container.h.
 */
#include "replay/state/container.h"

#include <jansson.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/map.h"

enum { CONTAINERS_MAX = 65536, ID_MAX = 256 };

struct containers {
	struct arena arena;
	struct map by_id;     /* hash of the short id -> struct container */
	struct map by_cgroup; /* hash of a cgroups list -> container or host */
	struct container host; /* stands for "no container" in by_cgroup */
};

static const char *const type_names[] = {
	"docker", "lxc", "libvirt-lxc", "mesos", "rkt", "custom",
	"cri", "containerd", "cri-o", "bpm", "static", "podman",
};

const char *container_type_name(int type)
{
	if (type < 0 ||
	    (size_t)type >= sizeof(type_names) / sizeof(type_names[0]))
		return "";
	return type_names[type];
}

struct containers *containers_new(void)
{
	return mem_zalloc(sizeof(struct containers));
}

void containers_free(struct containers *all)
{
	if (!all)
		return;
	map_free(&all->by_id);
	map_free(&all->by_cgroup);
	arena_free(&all->arena);
	free(all);
}

static uint64_t id_key(const char *id)
{
	return hash_bytes(id, strlen(id));
}

const struct container *containers_find(const struct containers *all,
					const char *id)
{
	const struct container *c = map_get(&all->by_id, id_key(id));

	return c && !strcmp(c->id, id) ? c : NULL;
}

const struct container *containers_next(const struct containers *all,
					size_t *at)
{
	struct map_slot *slot = map_next(&all->by_id, at);

	return slot ? slot->value : NULL;
}

static struct container *make(struct containers *all, const char *id,
			      const char *full_id)
{
	struct container *c;

	if (all->by_id.count >= CONTAINERS_MAX)
		return NULL;
	c = arena_alloc(&all->arena, sizeof(*c));
	c->id = arena_strdup(&all->arena, id);
	c->full_id = arena_strdup(&all->arena, full_id);
	c->name = c->image = c->image_id = c->image_repo = c->image_tag =
		c->image_digest = c->ip = c->cni_json = c->pod_sandbox_id =
			c->user = "";
	c->type = -1;
	map_put(&all->by_id, id_key(id), c);
	return c;
}

static struct container *find_or_make(struct containers *all, const char *id,
				      const char *full_id)
{
	struct container *c = (struct container *)(uintptr_t)
		containers_find(all, id);

	return c ? c : make(all, id, full_id);
}

/* Cuts "subsys=" off an entry. */
static const char *path_of(const char *entry)
{
	const char *equals = strchr(entry, '=');

	return equals ? equals + 1 : entry;
}

static struct container *search(struct containers *all, const char *list,
				size_t len)
{
	char id[ID_MAX];
	char full[ID_MAX];
	const char *end = list + len;

	for (const char *at = list; at < end; at += strlen(at) + 1)
		if (container_id_of_path(path_of(at), id, sizeof(id), full,
					 sizeof(full)))
			return find_or_make(all, id, full);
	return NULL;
}

const struct container *containers_of_cgroups(struct containers *all,
					      struct bytes cgroups)
{
	uint64_t key = hash_bytes(cgroups.data, cgroups.len);
	struct container *c = map_get(&all->by_cgroup, key);
	char *list;

	if (!cgroups.len)
		return NULL;
	if (c)
		return c == &all->host ? NULL : c;
	/* The memory is bounded: paths of short-lived units come and go. */
	if (all->by_cgroup.count >= CONTAINERS_MAX)
		map_free(&all->by_cgroup);
	list = mem_alloc(cgroups.len + 1);
	memcpy(list, cgroups.data, cgroups.len);
	list[cgroups.len] = '\0';
	c = search(all, list, cgroups.len);
	free(list);
	map_put(&all->by_cgroup, key, c ? c : &all->host);
	return c;
}

static const char *text_of(struct containers *all, const json_t *object,
			   const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? arena_strdup(&all->arena, text) : "";
}

static bool is_true(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

static const struct container_label *labels_of(struct containers *all,
					       json_t *object,
					       size_t *ret_count)
{
	struct container_label *labels;
	const char *key;
	json_t *value;
	size_t n = 0;

	*ret_count = 0;
	if (!json_is_object(object))
		return NULL;
	labels = arena_alloc(&all->arena,
			     (json_object_size(object) + 1) * sizeof(*labels));
	json_object_foreach(object, key, value) {
		const char *text = json_string_value(value);

		labels[n].key = arena_strdup(&all->arena, key);
		labels[n++].value = arena_strdup(&all->arena,
						 text ? text : "");
	}
	*ret_count = n;
	return labels;
}

static const struct container_mount *mounts_of(struct containers *all,
					       const json_t *array,
					       size_t *ret_count)
{
	size_t n = json_array_size(array);
	struct container_mount *mounts = arena_alloc(&all->arena,
						     (n + 1) *
							     sizeof(*mounts));

	for (size_t i = 0; i < n; i++) {
		const json_t *m = json_array_get(array, i);

		mounts[i].source = text_of(all, m, "Source");
		mounts[i].dest = text_of(all, m, "Destination");
		mounts[i].mode = text_of(all, m, "Mode");
		mounts[i].propagation = text_of(all, m, "Propagation");
		mounts[i].rdwr = is_true(m, "RW");
	}
	*ret_count = n;
	return mounts;
}

static void fill(struct containers *all, struct container *c,
		 const json_t *o)
{
	const char *full = json_string_value(json_object_get(o, "full_id"));

	c->has_metadata = true;
	if (full && *full)
		c->full_id = arena_strdup(&all->arena, full);
	c->type = (int)json_integer_value(json_object_get(o, "type"));
	c->name = text_of(all, o, "name");
	c->image = text_of(all, o, "image");
	c->image_id = text_of(all, o, "imageid");
	c->image_repo = text_of(all, o, "imagerepo");
	c->image_tag = text_of(all, o, "imagetag");
	c->image_digest = text_of(all, o, "imagedigest");
	c->ip = text_of(all, o, "ip");
	c->cni_json = text_of(all, o, "cni_json");
	c->user = text_of(all, o, "User");
	c->pod_sandbox_id = text_of(all, o, "pod_sandbox_id");
	c->privileged = is_true(o, "privileged");
	c->host_pid = is_true(o, "host_pid");
	c->host_network = is_true(o, "host_network");
	c->host_ipc = is_true(o, "host_ipc");
	c->is_pod_sandbox = is_true(o, "is_pod_sandbox");
	c->created_ns = (uint64_t)json_integer_value(
				json_object_get(o, "created_time")) *
			1000000000u;
	c->labels = labels_of(all, json_object_get(o, "labels"),
			      &c->label_count);
	c->pod_labels = labels_of(all, json_object_get(o, "pod_sandbox_labels"),
				  &c->pod_label_count);
	c->mounts = mounts_of(all, json_object_get(o, "Mounts"),
			      &c->mount_count);
}

/* The object with the container's facts: the value of "container", or all. */
static json_t *parse(struct bytes json, json_t **ret_object)
{
	size_t len = json.len;
	json_t *root;
	json_t *inner;

	while (len && json.data[len - 1] == '\0')
		len--;
	root = json_loadb((const char *)json.data, len, JSON_ALLOW_NUL, NULL);
	inner = json_object_get(root, "container");
	*ret_object = json_is_object(inner) ? inner : root;
	return root;
}

const struct container *containers_add_json(struct containers *all,
					    struct bytes json)
{
	struct container *c = NULL;
	json_t *object;
	json_t *root = parse(json, &object);
	const char *id = json_string_value(json_object_get(object, "id"));

	if (id && *id && strlen(id) < ID_MAX)
		c = find_or_make(all, id, id);
	if (c)
		fill(all, c, object);
	json_decref(root);
	return c;
}

const char *container_label(const struct container *c, const char *key,
			    bool of_pod)
{
	const struct container_label *labels = of_pod ? c->pod_labels
						      : c->labels;
	size_t n = of_pod ? c->pod_label_count : c->label_count;

	for (size_t i = 0; i < n; i++)
		if (!strcmp(labels[i].key, key))
			return labels[i].value;
	return NULL;
}

const struct container_mount *container_mount(const struct container *c,
					      const char *key, bool by_dest)
{
	const struct container_mount *found = NULL;
	char *end;
	unsigned long index = strtoul(key, &end, 10);
	regex_t regex;

	if (*key && !*end)
		return index < c->mount_count ? &c->mounts[index] : NULL;
	if (regcomp(&regex, key, REG_EXTENDED | REG_NOSUB | REG_NEWLINE))
		return NULL;
	for (size_t i = 0; i < c->mount_count && !found; i++)
		if (!regexec(&regex,
			     by_dest ? c->mounts[i].dest : c->mounts[i].source,
			     0, NULL, 0))
			found = &c->mounts[i];
	regfree(&regex);
	return found;
}
