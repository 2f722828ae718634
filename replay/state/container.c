/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The containers of a capture: created when a cgroup path names one, completed
 * by its container event.  See container.h.
 */
#include "replay/state/container.h"

#include <jansson.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/cgroup_id.h"
#include "core/map.h"

/* clang-format off */
enum { CONTAINERS_MAX = 65536, CGROUPS_MAX = 4096, ID_MAX = 256,
       MOUNT_ANSWERS = 32, SWEPT_AT = 2048, KEPT_IDLE = 1024, FACTS_LEN = 512 };
/* clang-format on */

/* Cached result of looking up a mount key. */
struct mount_answer {
	const char *key; /* NULL: free */
	bool by_dest;
	const struct container_mount *mount;
};

/* The memory of a container's metadata, replaced as a whole. */
struct container_memory {
	struct arena arena;
	struct mount_answer answers[MOUNT_ANSWERS];
	unsigned next_answer;
};

/* Cached container of a list of cgroups. */
struct cgroups_answer {
	const struct container *container; /* NULL: the host */
	size_t len;
	uint8_t list[];
};

struct containers {
	uint64_t made;
	size_t sweep_at;      /* number of containers that triggers a sweep */
	struct map by_id;     /* hash of the short id -> struct container */
	struct map by_cgroup; /* hash of a list -> struct cgroups_answer */
};

/* clang-format off */
static const char *const type_names[] = {
	"docker", "lxc", "libvirt-lxc", "mesos", "rkt", "custom",
	"cri", "containerd", "cri-o", "bpm", "static", "podman",
};
/* clang-format on */

const char *container_type_name(int type)
{
	if (type < 0 ||
	    (size_t)type >= sizeof(type_names) / sizeof(type_names[0]))
		return "";
	return type_names[type];
}

struct containers *containers_new(void)
{
	struct containers *all = mem_zalloc(sizeof(*all));

	all->sweep_at = SWEPT_AT;
	return all;
}

static void forget(struct container *c)
{
	if (c->memory)
		arena_free(&c->memory->arena);
	free(c->memory);
	c->memory = NULL;
	c->has_metadata = false;
	c->type = -1;
	c->name = c->image = c->image_id = c->image_repo = c->image_tag =
		c->image_digest = c->ip = c->cni_json = c->pod_sandbox_id =
			c->user = "";
	c->labels = c->pod_labels = NULL;
	c->label_count = c->pod_label_count = 0;
	c->mounts = NULL;
	c->json = (struct bytes){ NULL, 0 };
	c->mount_count = 0;
}

static void container_free(struct container *c)
{
	forget(c);
	free((char *)(uintptr_t)c->id);
	free((char *)(uintptr_t)c->full_id);
	free(c);
}

static void forget_cgroups(struct containers *all)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&all->by_cgroup, &at)))
		free(slot->value);
	map_free(&all->by_cgroup);
}

void containers_free(struct containers *all)
{
	struct map_slot *slot;
	size_t at = 0;

	if (!all)
		return;
	while ((slot = map_next(&all->by_id, &at)))
		container_free(slot->value);
	map_free(&all->by_id);
	forget_cgroups(all);
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

/*
 * Frees containers without threads, except the latest, which may still get
 * some.
 */
static void sweep(struct containers *all)
{
	struct map kept = { 0 };
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&all->by_id, &at))) {
		struct container *c = slot->value;

		if (!c->threads && c->number + KEPT_IDLE < all->made)
			container_free(c);
		else
			map_put(&kept, slot->key, c);
	}
	map_free(&all->by_id);
	all->by_id = kept;
	forget_cgroups(all);
	all->sweep_at = 2 * kept.count > SWEPT_AT ? 2 * kept.count : SWEPT_AT;
}

/* Adds a container; NULL: too many. */
static struct container *make(struct containers *all, const char *id,
			      const char *full_id)
{
	struct container *c;

	if (all->by_id.count >= all->sweep_at)
		sweep(all);
	if (all->by_id.count >= CONTAINERS_MAX)
		return NULL;
	c = mem_zalloc(sizeof(*c));
	c->id = mem_strdup(id);
	c->full_id = mem_strdup(full_id);
	c->number = ++all->made;
	forget(c);
	map_put(&all->by_id, id_key(id), c);
	return c;
}

static struct container *find_or_make(struct containers *all, const char *id,
				      const char *full_id)
{
	struct container *c =
		(struct container *)(uintptr_t)containers_find(all, id);

	return c ? c : make(all, id, full_id);
}

/* Finds or creates the container of a NUL-terminated list of cgroups. */
static struct container *search(struct containers *all, const char *list,
				size_t len)
{
	struct bytes cgroups = { (const uint8_t *)list, len };
	struct cgroup_id found;

	return cgroup_id_of_list(cgroups, &found)
		       ? find_or_make(all, found.id, found.full)
		       : NULL;
}

void container_use(const struct container *container, int change)
{
	struct container *c = (struct container *)(uintptr_t)container;

	if (c)
		c->threads += (uint32_t)change;
}

/* Determines the container of a list of cgroups, and caches it. */
static const struct container *learn(struct containers *all, uint64_t key,
				     struct bytes cgroups)
{
	struct cgroups_answer *answer =
		mem_alloc(sizeof(*answer) + cgroups.len + 1);

	/* Bounds the memory: short-lived units have many different lists. */
	if (all->by_cgroup.count >= CGROUPS_MAX)
		forget_cgroups(all);
	answer->len = cgroups.len;
	memcpy(answer->list, cgroups.data, cgroups.len);
	answer->list[cgroups.len] = '\0';
	answer->container =
		search(all, (const char *)answer->list, cgroups.len);
	free(map_put(&all->by_cgroup, key, answer));
	return answer->container;
}

const struct container *containers_of_cgroups(struct containers *all,
					      struct bytes cgroups)
{
	const struct cgroups_answer *answer;
	uint64_t key;

	if (!cgroups.len)
		return NULL;
	key = hash_bytes(cgroups.data, cgroups.len);
	answer = map_get(&all->by_cgroup, key);
	if (answer && answer->len == cgroups.len &&
	    !memcmp(answer->list, cgroups.data, cgroups.len))
		return answer->container;
	return learn(all, key, cgroups);
}

static const char *text_of(struct arena *arena, const json_t *object,
			   const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? arena_strdup(arena, text) : "";
}

static bool is_true(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

static const struct container_label *
labels_of(struct arena *arena, json_t *object, size_t *ret_count)
{
	struct container_label *labels;
	const char *key;
	json_t *value;
	size_t n = 0;

	*ret_count = 0;
	if (!json_is_object(object))
		return NULL;
	labels = arena_alloc(arena,
			     (json_object_size(object) + 1) * sizeof(*labels));
	json_object_foreach(object, key, value)
	{
		const char *text = json_string_value(value);

		labels[n].key = arena_strdup(arena, key);
		labels[n++].value = arena_strdup(arena, text ? text : "");
	}
	*ret_count = n;
	return labels;
}

static const struct container_mount *
mounts_of(struct arena *arena, const json_t *array, size_t *ret_count)
{
	size_t n = json_array_size(array);
	struct container_mount *mounts =
		arena_alloc(arena, (n + 1) * sizeof(*mounts));

	for (size_t i = 0; i < n; i++) {
		const json_t *m = json_array_get(array, i);

		mounts[i].source = text_of(arena, m, "Source");
		mounts[i].dest = text_of(arena, m, "Destination");
		mounts[i].mode = text_of(arena, m, "Mode");
		mounts[i].propagation = text_of(arena, m, "Propagation");
		mounts[i].rdwr = is_true(m, "RW");
	}
	*ret_count = n;
	return mounts;
}

/* Replaces the metadata of a container by that of an event. */
static void fill(struct container *c, const json_t *o)
{
	struct arena *arena;

	forget(c);
	c->memory = mem_zalloc(sizeof(*c->memory));
	arena = &c->memory->arena;
	arena->block_len = FACTS_LEN;
	c->has_metadata = true;
	c->type = (int)json_integer_value(json_object_get(o, "type"));
	c->name = text_of(arena, o, "name");
	c->image = text_of(arena, o, "image");
	c->image_id = text_of(arena, o, "imageid");
	c->image_repo = text_of(arena, o, "imagerepo");
	c->image_tag = text_of(arena, o, "imagetag");
	c->image_digest = text_of(arena, o, "imagedigest");
	c->ip = text_of(arena, o, "ip");
	c->cni_json = text_of(arena, o, "cni_json");
	c->user = text_of(arena, o, "User");
	c->pod_sandbox_id = text_of(arena, o, "pod_sandbox_id");
	c->privileged = is_true(o, "privileged");
	c->host_pid = is_true(o, "host_pid");
	c->host_network = is_true(o, "host_network");
	c->host_ipc = is_true(o, "host_ipc");
	c->is_pod_sandbox = is_true(o, "is_pod_sandbox");
	c->created_ns = (uint64_t)json_integer_value(
				json_object_get(o, "created_time")) *
			1000000000u;
	c->labels =
		labels_of(arena, json_object_get(o, "labels"), &c->label_count);
	c->pod_labels =
		labels_of(arena, json_object_get(o, "pod_sandbox_labels"),
			  &c->pod_label_count);
	c->mounts =
		mounts_of(arena, json_object_get(o, "Mounts"), &c->mount_count);
}

/*
 * Parses container JSON; *ret_object: the value of "container", or the whole.
 */
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
	const char *full =
		json_string_value(json_object_get(object, "full_id"));

	/* Keeps the full id of the cgroup path: metadata may lack it. */
	if (id && *id && strlen(id) < ID_MAX)
		c = find_or_make(all, id, full && *full ? full : id);
	if (c) {
		fill(c, object);
		c->json.data = (uint8_t *)arena_copy(&c->memory->arena,
						     json.data, json.len);
		c->json.len = json.len;
	}
	json_decref(root);
	return c;
}

void containers_remove_json(struct containers *all, struct bytes json)
{
	json_t *object;
	json_t *root = parse(json, &object);
	const char *id = json_string_value(json_object_get(object, "id"));

	if (id && containers_find(all, id))
		forget(find_or_make(all, id, id));
	json_decref(root);
}

const char *container_label(const struct container *c, const char *key,
			    bool of_pod)
{
	const struct container_label *labels =
		of_pod ? c->pod_labels : c->labels;
	size_t n = of_pod ? c->pod_label_count : c->label_count;

	for (size_t i = 0; i < n; i++)
		if (!strcmp(labels[i].key, key))
			return labels[i].value;
	return NULL;
}

static const struct container_mount *match_mount(const struct container *c,
						 const char *key, bool by_dest)
{
	const struct container_mount *found = NULL;
	regex_t regex;

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

/*
 * The cached mount of a key.  Keys come from rules: few, and repeated at every
 * event.
 */
static const struct container_mount *remembered(const struct container *c,
						const char *key, bool by_dest)
{
	struct container_memory *memory = c->memory;
	struct mount_answer *answer;

	for (unsigned i = 0; i < MOUNT_ANSWERS; i++) {
		answer = &memory->answers[i];
		if (answer->key && answer->by_dest == by_dest &&
		    !strcmp(answer->key, key))
			return answer->mount;
	}
	/* More keys are not worth caching. */
	if (memory->next_answer == MOUNT_ANSWERS)
		return match_mount(c, key, by_dest);
	answer = &memory->answers[memory->next_answer++];
	answer->key = arena_strdup(&memory->arena, key);
	answer->by_dest = by_dest;
	answer->mount = match_mount(c, key, by_dest);
	return answer->mount;
}

const struct container_mount *container_mount(const struct container *c,
					      const char *key, bool by_dest)
{
	char *end;
	unsigned long index = strtoul(key, &end, 10);

	if (*key && !*end)
		return index < c->mount_count ? &c->mounts[index] : NULL;
	return c->memory ? remembered(c, key, by_dest)
			 : match_mount(c, key, by_dest);
}
