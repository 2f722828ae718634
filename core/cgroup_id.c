/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Container ids in cgroup paths: one row per container engine, tried in order.
 * The first rows match as Falco does; the last ones are additions of spoor.
 */
#include "core/cgroup_id.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { HEX_LEN = 64, SHORT_LEN = 12, FULL_MAX = CGROUP_ID_MAX };

/* Is the id between a prefix and a suffix, both matched from the right? */
struct affixes {
	const char *prefix, *suffix;
};

/* clang-format off */
static const struct affixes podman[] = {
	{ "/libpod-", ".scope" },
	{ "/libpod-", ".scope/container" },
	{ "/libpod-", "" },
	{ "/libpod-payload-", ".scope" },
	{ "/libpod-payload-", ".scope/container" },
	{ "/libpod-payload-", "" },
	{ NULL, NULL },
};
/* clang-format on */
/* clang-format off */
static const struct affixes docker[] = {
	{ "/", "" },
	{ "/docker-", ".scope" },
	{ NULL, NULL },
};
/* clang-format on */
/* clang-format off */
static const struct affixes cri[] = {
	{ "/crio-", "" },
	{ "/cri-containerd-", ".scope" },
	{ "/crio-", ".scope" },
	{ ":cri-containerd:", "" },
	{ "/docker-", ".scope" },
	{ "/nerdctl-", ".scope" },
	{ NULL, NULL },
};
/* clang-format on */

static const char *find_last(const char *text, const char *part)
{
	const char *last = NULL;
	const char *at = text;

	while ((at = strstr(at, part))) {
		last = at;
		at++;
	}
	return last;
}

static bool is_hex_id(const char *id, size_t len)
{
	if (len != HEX_LEN)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isxdigit((unsigned char)id[i]))
			return false;
	return true;
}

/*
 * A hexadecimal id by the rows of a container engine: between prefix and
 * suffix.
 */
static bool by_affixes(const struct affixes *rows, const char *path,
		       char full[FULL_MAX])
{
	for (; rows->prefix; rows++) {
		const char *start = find_last(path, rows->prefix);
		const char *end;

		if (!start)
			continue;
		start += strlen(rows->prefix);
		end = *rows->suffix ? find_last(path, rows->suffix)
				    : path + strlen(path);
		if (!end || end < start ||
		    !is_hex_id(start, (size_t)(end - start)))
			continue;
		snprintf(full, FULL_MAX, "%.*s", HEX_LEN, start);
		return true;
	}
	return false;
}

static bool of_podman(const char *path, char full[FULL_MAX])
{
	return by_affixes(podman, path, full);
}

static bool of_docker(const char *path, char full[FULL_MAX])
{
	return by_affixes(docker, path, full);
}

static bool of_cri(const char *path, char full[FULL_MAX])
{
	return by_affixes(cri, path, full);
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text);
	size_t m = strlen(end);

	return n >= m && !strcmp(text + n - m, end);
}

/* A namespace: letters and digits, joined by single dots, dashes, bars. */
static size_t namespace_len(const char *at)
{
	size_t n = 0;

	while (isalnum((unsigned char)at[n]) ||
	       (n && strchr("._-", at[n]) && at[n] &&
		isalnum((unsigned char)at[n - 1]) &&
		isalnum((unsigned char)at[n + 1])))
		n++;
	return n;
}

/* Where old systemd and login managers put sessions and services. */
static bool is_of_sessions(const char *namespace, size_t len)
{
	return (len == 4 && !memcmp(namespace, "user", 4)) ||
	       (len == 6 && !memcmp(namespace, "system", 6));
}

/*
 * ctr: /NAMESPACE/ID, where the id is any text of 1 to 64 characters without
 * slash.  Falco's libs allow slashes: there, /user/NAME/0 of cgroup v1 is a
 * container.
 */
static bool of_containerd(const char *path, char full[FULL_MAX])
{
	const char *at;

	if (ends_with(path, ".service") || ends_with(path, ".slice") ||
	    ends_with(path, ".scope"))
		return false;
	for (at = strchr(path, '/'); at; at = strchr(at + 1, '/')) {
		size_t n = namespace_len(at + 1);
		const char *id;

		if (!n || at[1 + n] != '/')
			continue;
		id = at + n + 2;
		if (!*id || strlen(id) > HEX_LEN || strchr(id, '/') ||
		    is_of_sessions(at + 1, n))
			return false;
		snprintf(full, FULL_MAX, "%s", id);
		return true;
	}
	return false;
}

static bool up_to(const char *id, const char *stop, char full[FULL_MAX])
{
	size_t n = strcspn(id, stop);

	if (!n || n >= FULL_MAX)
		return false;
	snprintf(full, FULL_MAX, "%.*s", (int)n, id);
	return true;
}

/* lxc, in the three forms of its versions. */
static bool of_lxc(const char *path, char full[FULL_MAX])
{
	static const char *const marks[] = { "/lxc/", "/lxc.payload/",
					     "/lxc.payload." };

	for (size_t i = 0; i < 3; i++) {
		const char *at = strstr(path, marks[i]);

		if (at)
			return up_to(at + strlen(marks[i]), "/", full);
	}
	return false;
}

/* libvirt-lxc, in the three forms of its versions. */
static bool of_libvirt(const char *path, char full[FULL_MAX])
{
	static const char end[] = ".libvirt-lxc";
	static const char unit[] = "machine-lxc\\x2d";
	const char *at = strstr(path, unit);
	const char *slash = strrchr(path, '/');

	if (ends_with(path, end) && slash) {
		snprintf(full, FULL_MAX, "%.*s",
			 (int)(strlen(slash + 1) - strlen(end)), slash + 1);
		return full[0] != '\0';
	}
	if (at && strstr(at, ".scope")) {
		at += strlen(unit);
		snprintf(full, FULL_MAX, "%.*s",
			 (int)(strstr(at, ".scope") - at), at);
		return full[0] != '\0';
	}
	at = strstr(path, "/libvirt/lxc/");
	return at && up_to(at + strlen("/libvirt/lxc/"), "/", full);
}

/* Cloud Foundry's bpm: bpm-ID.scope. */
static bool of_bpm(const char *path, char full[FULL_MAX])
{
	const char *at = strstr(path, "bpm-");
	const char *end = at ? strstr(at, ".scope") : NULL;

	if (!end)
		return false;
	at += strlen("bpm-");
	for (const char *c = at; c < end; c++)
		if (!isalnum((unsigned char)*c) && !strchr("._-", *c))
			return false;
	snprintf(full, FULL_MAX, "%.*s", (int)(end - at), at);
	return full[0] != '\0';
}

/*
 * AWS Fargate: /ecs/<task, 32 hex>/<32 hex>-<digits>.  The whole last part is
 * what ECS calls DockerId; its first 32 digits are the task's, which all its
 * containers share.
 */
static bool of_fargate(const char *path, char full[FULL_MAX])
{
	const char *at = strstr(path, "/ecs/");
	const char *id = at ? strchr(at + 5, '/') : NULL;
	size_t hex;
	size_t digits;

	if (!id || id - (at + 5) != 32)
		return false;
	id++;
	hex = strspn(id, "0123456789abcdef");
	if (hex != 32 || id[hex] != '-')
		return false;
	digits = strspn(id + hex + 1, "0123456789");
	if (!digits || id[hex + 1 + digits])
		return false;
	snprintf(full, FULL_MAX, "%s", id);
	return true;
}

/* The engines, in order.  whole: the id is not cut to 12 characters. */
static const struct {
	bool (*find)(const char *path, char full[FULL_MAX]);
	bool whole;
} engines[] = {
	{ of_podman, false }, { of_docker, false },	{ of_cri, false },
	{ of_fargate, true }, { of_containerd, false }, { of_lxc, true },
	{ of_libvirt, true }, { of_bpm, true },
};

bool cgroup_id_of_path(const char *path, struct cgroup_id *ret_id)
{
	char full[FULL_MAX];

	for (size_t i = 0; i < sizeof(engines) / sizeof(engines[0]); i++) {
		if (!engines[i].find(path, full))
			continue;
		snprintf(ret_id->full, FULL_MAX, "%s", full);
		snprintf(ret_id->id, FULL_MAX, "%.*s",
			 engines[i].whole ? FULL_MAX - 1 : SHORT_LEN, full);
		return true;
	}
	return false;
}

/* Cuts "subsys=" off an entry. */
static const char *path_of(const char *entry)
{
	const char *equals = strchr(entry, '=');

	return equals ? equals + 1 : entry;
}

bool cgroup_id_of_list(struct bytes list, struct cgroup_id *ret_id)
{
	const char *at = (const char *)list.data;
	const char *end = at + list.len;

	for (; at < end; at += strlen(at) + 1)
		if (cgroup_id_of_path(path_of(at), ret_id))
			return true;
	return false;
}
