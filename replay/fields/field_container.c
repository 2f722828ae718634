/* SPDX-License-Identifier: Apache-2.0 */
/* container.* and k8s.*: state.md section 6. */
#include <stddef.h>
#include <string.h>

#include "replay/fields/getters.h"
#include "replay/state/container.h"

/*
 * The container of the event's thread.  NULL: the host (*ret_host), or no
 * thread.
 */
static const struct container *container_of(const struct field_context *c,
					    bool *ret_host)
{
	*ret_host = c->about.thread && !c->about.thread->container;
	return c->about.thread ? c->about.thread->container : NULL;
}

static bool get_id(const struct field_context *c, const struct field_ref *ref,
		   struct value *v)
{
	bool host;
	const struct container *k = container_of(c, &host);

	(void)ref;
	if (host)
		return give_string(v, "host");
	return k && give_string(v, k->id);
}

/* which: offset of a text, plus HOST if the value for the host is "host". */
enum { HOST = 0x8000 };

static bool get_text(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	bool host;
	const struct container *k = container_of(c, &host);
	uint32_t which = ref->field->which;
	const char *text;

	if (host)
		return give_string(v, which & HOST ? "host" : "");
	if (!k || !k->has_metadata)
		return false;
	memcpy(&text, (const char *)k + (which & 0x7fff), sizeof(text));
	return give_string(v, text);
}

static bool get_type(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	bool host;
	const struct container *k = container_of(c, &host);

	(void)ref;
	if (host)
		return give_string(v, "host");
	return k && k->has_metadata &&
	       give_string(v, container_type_name(k->type));
}

static bool get_flag(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	bool host;
	const struct container *k = container_of(c, &host);

	if (host)
		return give_bool(v, false);
	return k && k->has_metadata &&
	       give_bool(v, *((const char *)k + ref->field->which));
}

static const struct container *with_metadata(const struct field_context *c)
{
	bool host;
	const struct container *k = container_of(c, &host);

	return k && k->has_metadata ? k : NULL;
}

/* The image without its tag: from the metadata, else cut off. */
static bool get_repository(const struct field_context *c,
			   const struct field_ref *ref, struct value *v)
{
	bool host;
	const struct container *k = container_of(c, &host);
	const char *colon;

	(void)ref;
	if (host)
		return give_string(v, "");
	if (!k || !k->has_metadata)
		return false;
	if (*k->image_repo)
		return give_string(v, k->image_repo);
	colon = strrchr(k->image, ':');
	return give_text(v, k->image,
			 colon && !strchr(colon, '/')
				 ? (size_t)(colon - k->image)
				 : strlen(k->image));
}

static void put_mount(struct buffer *b, const struct container_mount *m)
{
	buffer_printf(b, "%s:%s:%s:%s:%s", m->source, m->dest, m->mode,
		      m->rdwr ? "true" : "false", m->propagation);
}

static bool give_buffer(const struct field_context *c, struct value *v,
			struct buffer *b)
{
	give_text(v, arena_copy(c->scratch, b->data, b->len), b->len);
	buffer_free(b);
	return true;
}

static bool get_mounts(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	const struct container *k = with_metadata(c);
	struct buffer b = { 0 };

	(void)ref;
	if (!k)
		return false;
	for (size_t i = 0; i < k->mount_count; i++) {
		if (i)
			buffer_u8(&b, ',');
		put_mount(&b, &k->mounts[i]);
	}
	return give_buffer(c, v, &b);
}

/* which: 0 all, 1 source, 2 dest, 3 mode, 4 rdwr, 5 propagation. */
static bool get_mount(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	const struct container *k = with_metadata(c);
	const struct container_mount *m;
	struct buffer b = { 0 };

	/* Only .source searches the destinations: a quirk of Falco. */
	m = k ? container_mount(k, ref->arg, ref->field->which == 1) : NULL;
	if (!m)
		return false;
	switch (ref->field->which) {
	case 1:
		return give_string(v, m->source);
	case 2:
		return give_string(v, m->dest);
	case 3:
		return give_string(v, m->mode);
	case 4:
		return give_string(v, m->rdwr ? "true" : "false");
	case 5:
		return give_string(v, m->propagation);
	default:
		put_mount(&b, m);
		return give_buffer(c, v, &b);
	}
}

/*
 * container.start_ts, container.duration: from the start of the pid namespace.
 */
static bool get_start(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	bool host;
	uint64_t start;

	if (!container_of(c, &host) && !host)
		return false;
	start = c->about.thread->pidns_init_start_ns;
	if (!start)
		return false;
	if (!ref->field->which)
		return give_number(v, PT_ABSTIME, start);
	return give_number(v, PT_RELTIME, c->about.event->ts_ns - start);
}

static bool get_label(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	const struct container *k = with_metadata(c);
	const char *text =
		k ? container_label(k, ref->arg, ref->field->which) : NULL;

	return text && give_string(v, text);
}

static bool is_internal(const char *key)
{
	return !strncmp(key, "annotation.", 11) ||
	       !strncmp(key, "io.kubernetes.", 14);
}

/* container.labels, k8s.pod.labels: all labels as text. */
static bool get_labels(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	const struct container *k = with_metadata(c);
	const struct container_label *labels;
	struct buffer b = { 0 };
	size_t n;

	if (!k)
		return false;
	labels = ref->field->which ? k->pod_labels : k->labels;
	n = ref->field->which ? k->pod_label_count : k->label_count;
	for (size_t i = 0; i < n; i++)
		if (!is_internal(labels[i].key))
			buffer_printf(&b, "%s%s:%s", b.len ? ", " : "",
				      labels[i].key, labels[i].value);
	return give_buffer(c, v, &b);
}

/* The label of the container for each property of its pod. */
/* clang-format off */
static const char *const pod_label_keys[] = {
	"io.kubernetes.pod.name",
	"io.kubernetes.pod.namespace",
	"io.kubernetes.pod.uid",
};
/* clang-format on */

static bool get_pod(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	const struct container *k = with_metadata(c);
	const char *text =
		k ? container_label(k, pod_label_keys[ref->field->which], false)
		  : NULL;

	return text && give_string(v, text);
}

static bool get_sandbox(const struct field_context *c,
			const struct field_ref *ref, struct value *v)
{
	const struct container *k = with_metadata(c);
	size_t len;

	if (!k || !*k->pod_sandbox_id)
		return false;
	len = strlen(k->pod_sandbox_id);
	return give_text(v, k->pod_sandbox_id,
			 ref->field->which && len > 12 ? 12 : len);
}

static bool get_pod_text(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	const struct container *k = with_metadata(c);
	const char *text;

	if (!k || !container_label(k, pod_label_keys[0], false))
		return false;
	memcpy(&text, (const char *)k + ref->field->which, sizeof(text));
	return give_string(v, text);
}

#define AT(member) ((uint32_t)offsetof(struct container, member))
#define ROW(n, t, g, w, f, h)                                       \
 {                                                                  \
  .name = (n), .type = (t), .get = (g), .which = (w), .flags = (f), \
  .help = (h)                                                       \
 }
#define KEY (FIELD_ARG_REQUIRED | FIELD_ARG_KEY | FIELD_ARG_INDEX)
#define GONE(n)                                      \
 ROW(n, PT_CHARBUF, get_absent, 0, FIELD_DEPRECATED, \
     "deprecated: never has a value")
#define GONE_BOOL(n)                              \
 ROW(n, PT_BOOL, get_absent, 0, FIELD_DEPRECATED, \
     "deprecated: never has a value")
#define GONE_KEY(n)                                                         \
 ROW(n, PT_CHARBUF, get_absent, 0, FIELD_DEPRECATED | KEY | FIELD_ARG_NAME, \
     "deprecated: never has a value")

/* clang-format off */
const struct field fields_container[] = {
ROW("container.id", PT_CHARBUF, get_id, 0, FIELD_SUGGESTED,
    "short container id, or host"),
ROW("container.full_id", PT_CHARBUF, get_text, HOST | AT(full_id), 0,
    "whole container id"),
ROW("container.name", PT_CHARBUF, get_text, HOST | AT(name), FIELD_SUGGESTED,
    "container name, or host"),
ROW("container.image", PT_CHARBUF, get_text, AT(image), 0,
    "image with its tag"),
ROW("container.image.id", PT_CHARBUF, get_text, AT(image_id), 0, "image id"),
ROW("container.type", PT_CHARBUF, get_type, 0, 0,
    "docker, podman, containerd, cri-o ..."),
ROW("container.privileged", PT_BOOL, get_flag, AT(privileged), 0,
    "the container is privileged"),
ROW("container.mounts", PT_CHARBUF, get_mounts, 0, 0,
    "all mounts, source:dest:mode:rdwr:propagation"),
ROW("container.mount", PT_CHARBUF, get_mount, 0, KEY,
    "a mount by number or source"),
ROW("container.mount.source", PT_CHARBUF, get_mount, 1, KEY,
    "source of a mount by number or destination"),
ROW("container.mount.dest", PT_CHARBUF, get_mount, 2, KEY,
    "destination of a mount by number or source"),
ROW("container.mount.mode", PT_CHARBUF, get_mount, 3, KEY, "mode of a mount"),
ROW("container.mount.rdwr", PT_CHARBUF, get_mount, 4, KEY,
    "is a mount writable: true or false"),
ROW("container.mount.propagation", PT_CHARBUF, get_mount, 5, KEY,
    "propagation of a mount"),
ROW("container.image.repository", PT_CHARBUF, get_repository, 0,
    FIELD_SUGGESTED, "image without its tag"),
ROW("container.image.tag", PT_CHARBUF, get_text, AT(image_tag), FIELD_SUGGESTED,
    "tag of the image"),
ROW("container.image.digest", PT_CHARBUF, get_text, AT(image_digest), 0,
    "digest of the image"),
GONE("container.healthcheck"),
GONE("container.liveness_probe"),
GONE("container.readiness_probe"),
ROW("container.start_ts", PT_ABSTIME, get_start, 0, 0,
    "when the container began"),
ROW("container.duration", PT_RELTIME, get_start, 1, 0,
    "nanoseconds since the container began"),
ROW("container.ip", PT_CHARBUF, get_text, AT(ip), 0,
    "address of the container"),
ROW("container.cni.json", PT_CHARBUF, get_text, AT(cni_json), 0,
    "network set-up of the container, JSON"),
ROW("container.host_pid", PT_BOOL, get_flag, AT(host_pid), 0,
    "shares the host's pid namespace"),
ROW("container.host_network", PT_BOOL, get_flag, AT(host_network), 0,
    "shares the host's network"),
ROW("container.host_ipc", PT_BOOL, get_flag, AT(host_ipc), 0,
    "shares the host's IPC"),
ROW("container.label", PT_CHARBUF, get_label, 0, KEY | FIELD_ARG_NAME,
    "a label of the container"),
ROW("container.labels", PT_CHARBUF, get_labels, 0, 0,
    "all labels of the container, key:value"),
GONE_BOOL("proc.is_container_healthcheck"),
GONE_BOOL("proc.is_container_liveness_probe"),
GONE_BOOL("proc.is_container_readiness_probe"),
{ .name = NULL },
};

const struct field fields_k8s[] = {
ROW("k8s.pod.name", PT_CHARBUF, get_pod, 0, FIELD_SUGGESTED, "name of the pod"),
ROW("k8s.ns.name", PT_CHARBUF, get_pod, 1, FIELD_SUGGESTED,
    "namespace of the pod"),
ROW("k8s.pod.id", PT_CHARBUF, get_pod, 2, 0, "uid of the pod"),
ROW("k8s.pod.uid", PT_CHARBUF, get_pod, 2, 0, "uid of the pod"),
ROW("k8s.pod.sandbox_id", PT_CHARBUF, get_sandbox, 1, 0,
    "short id of the pod's sandbox"),
ROW("k8s.pod.full_sandbox_id", PT_CHARBUF, get_sandbox, 0, 0,
    "whole id of the pod's sandbox"),
ROW("k8s.pod.label", PT_CHARBUF, get_label, 1, KEY | FIELD_ARG_NAME,
    "a label of the pod"),
ROW("k8s.pod.labels", PT_CHARBUF, get_labels, 1, 0,
    "all labels of the pod, key:value"),
ROW("k8s.pod.ip", PT_CHARBUF, get_pod_text, AT(ip), 0, "address of the pod"),
ROW("k8s.pod.cni.json", PT_CHARBUF, get_pod_text, AT(cni_json), 0,
    "network set-up of the pod, JSON"),
GONE("k8s.rc.name"), GONE("k8s.rc.id"), GONE_KEY("k8s.rc.label"),
    GONE("k8s.rc.labels"),
GONE("k8s.svc.name"), GONE("k8s.svc.id"), GONE_KEY("k8s.svc.label"),
    GONE("k8s.svc.labels"),
GONE("k8s.ns.id"), GONE_KEY("k8s.ns.label"), GONE("k8s.ns.labels"),
GONE("k8s.rs.name"), GONE("k8s.rs.id"), GONE_KEY("k8s.rs.label"),
    GONE("k8s.rs.labels"),
GONE("k8s.deployment.name"), GONE("k8s.deployment.id"),
    GONE_KEY("k8s.deployment.label"), GONE("k8s.deployment.labels"),
{ .name = NULL },
};
/* clang-format on */
