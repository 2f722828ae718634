/* SPDX-License-Identifier: Apache-2.0 */
/* Links of a capture by their paths, and the links of /proc; see objects.h. */
#include "db/objects.h"

#include <stdlib.h>
#include <string.h>

#include "core/event/event_codes.h"
#include "core/map.h"
#include "db/paths.h"

/* clang-format off */
enum { LINKS_MAX = 16384, HOPS_MAX = 16, OBJECT_MAX = 1024 };
/* clang-format on */

struct link {
	uint64_t place; /* the container: others have other files */
	size_t path_len, target_len;
	char text[]; /* path, target */
};

struct objects {
	struct map links; /* hash of path -> struct link */
};

struct objects *objects_new(void)
{
	return mem_zalloc(sizeof(struct objects));
}

static void forget_all(struct objects *o)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_next(&o->links, &at)))
		free(slot->value);
	map_free(&o->links);
	o->links = (struct map){ 0 };
}

void objects_free(struct objects *o)
{
	if (!o)
		return;
	forget_all(o);
	free(o);
}

static struct bytes path_of(const struct link *link)
{
	return (struct bytes){ (const uint8_t *)link->text, link->path_len };
}

static struct bytes target_of(const struct link *link)
{
	return (struct bytes){ (const uint8_t *)link->text + link->path_len,
			       link->target_len };
}

/* Whose paths those of the context are. */
static uint64_t place_of(const struct field_context *c)
{
	const char *id = c->about.thread->container_id;

	return *id ? hash_bytes(id, strlen(id)) : 0;
}

static uint64_t key_of(uint64_t place, struct bytes path)
{
	return place ^ hash_bytes(path.data, path.len);
}

static const struct link *find(const struct objects *o, uint64_t place,
			       struct bytes path)
{
	const struct link *link = map_get(&o->links, key_of(place, path));

	return link && link->place == place && bytes_equal(path_of(link), path)
		       ? link
		       : NULL;
}

/* Takes the link at a path out; NULL: there is none. */
static struct link *take(struct objects *o, uint64_t place, struct bytes path)
{
	if (!o->links.count || !find(o, place, path))
		return NULL;
	return map_remove(&o->links, key_of(place, path));
}

/* A link of either kind was made; its target is absolute. */
static void add(struct objects *o, uint64_t place, struct bytes path,
		struct bytes target)
{
	struct link *link = mem_alloc(sizeof(*link) + path.len + target.len);

	/* So many are no lead; and memory is bounded. */
	if (o->links.count >= LINKS_MAX)
		forget_all(o);
	link->place = place;
	link->path_len = path.len;
	link->target_len = target.len;
	memcpy(link->text, path.data, path.len);
	memcpy(link->text + path.len, target.data, target.len);
	free(map_put(&o->links, key_of(place, path), link));
}

static void move(struct objects *o, uint64_t place, struct bytes from,
		 struct bytes to)
{
	struct link *link = take(o, place, from);

	if (link)
		add(o, place, to, target_of(link));
	else
		free(take(o, place, to));
	free(link);
}

/* head and what follows of the path after its first bytes. */
static struct bytes put_before(const struct field_context *c, struct bytes head,
			       struct bytes path, size_t from)
{
	struct bytes rest = { path.data + from, path.len - from };
	char *out;

	while (rest.len && *rest.data == '/') {
		rest.data++;
		rest.len--;
	}
	while (head.len && head.data[head.len - 1] == '/')
		head.len--;
	if (head.len + rest.len + 2 > OBJECT_MAX)
		return path;
	out = arena_bytes(c->scratch, OBJECT_MAX);
	memcpy(out, head.data, head.len);
	out[head.len] = '/';
	memcpy(out + head.len + 1, rest.data, rest.len);
	if (!rest.len && head.len)
		return (struct bytes){ (uint8_t *)out, head.len };
	return (struct bytes){ (uint8_t *)out, head.len + 1 + rest.len };
}

/* The next component of a path from *at, which is moved past it. */
static struct bytes take_part(struct bytes path, size_t *at)
{
	size_t from = *at + (*at < path.len && path.data[*at] == '/');
	const uint8_t *slash =
		from < path.len ? memchr(path.data + from, '/', path.len - from)
				: NULL;
	size_t to = slash ? (size_t)(slash - path.data) : path.len;

	*at = to;
	return (struct bytes){ path.data + from, to - from };
}

static bool is_word(struct bytes part, const char *word)
{
	return part.len == strlen(word) && !memcmp(part.data, word, part.len);
}

static bool to_number(struct bytes part, int64_t *ret_number)
{
	enum { DIGITS_MAX = 10 };
	int64_t n = 0;

	for (size_t i = 0; i < part.len; i++) {
		if (part.data[i] < '0' || part.data[i] > '9')
			return false;
		n = n * 10 + part.data[i] - '0';
	}
	*ret_number = n;
	return part.len > 0 && part.len <= DIGITS_MAX;
}

/*
 * Whose folder of /proc it is; *ret_thread is NULL of a process that is not
 * known by that number: in a pid namespace they are others.
 */
static bool proc_thread(const struct field_context *c, struct bytes part,
			const struct thread **ret_thread)
{
	const struct thread *own = c->about.thread;
	int64_t pid;

	*ret_thread = own;
	if (is_word(part, "self") || is_word(part, "thread-self"))
		return true;
	if (!to_number(part, &pid))
		return false;
	*ret_thread = own->vpid == own->pid || pid == own->vpid
			      ? state_thread(c->state,
					     pid == own->vpid ? own->pid : pid)
			      : NULL;
	return true;
}

/* The target of a link in a folder of /proc; data NULL: unknown. */
static struct bytes proc_link(const struct field_context *c,
			      const struct thread *t, struct bytes name,
			      struct bytes path, size_t *at)
{
	static const struct text slash = { "/", 1 };
	struct text to = { NULL, 0 };
	const struct fd *fd;
	int64_t num;

	if (is_word(name, "root")) {
		to = t && t->root.len ? t->root : slash;
	} else if (is_word(name, "cwd") && t) {
		to = thread_cwd(c->state, t);
	} else if (is_word(name, "exe") && t) {
		to = t->exepath;
	} else if (is_word(name, "fd") && t && *at < path.len &&
		   to_number(take_part(path, at), &num)) {
		fd = state_fd(c->state, t, num);
		if (fd)
			to = fd->name;
	}
	if (!to.len || *to.data != '/')
		to.data = NULL;
	return (struct bytes){ (const uint8_t *)to.data, to.len };
}

/* Replaces /proc/self by the pid, and the links there by their targets. */
static struct bytes through_proc(const struct field_context *c,
				 struct bytes path)
{
	const struct thread *t;
	struct bytes part, to;
	size_t at = 5, pid_end;

	part = take_part(path, &at);
	pid_end = at;
	if (!proc_thread(c, part, &t))
		return path;
	part = take_part(path, &at);
	if (is_word(part, "task")) {
		take_part(path, &at);
		part = take_part(path, &at);
	}
	to = proc_link(c, t, part, path, &at);
	if (to.data)
		return put_before(c, to, path, at);
	if (!is_word(take_part(path, &(size_t){ 5 }), "self"))
		return path;
	to.data = (uint8_t *)arena_printf(c->scratch, "/proc/%lld",
					  (long long)c->about.thread->pid);
	to.len = strlen((const char *)to.data);
	return put_before(c, to, path, pid_end);
}

static bool begins(struct bytes path, const char *word)
{
	size_t len = strlen(word);

	return path.len >= len && !memcmp(path.data, word, len);
}

/* One link less; the path itself: there is none in it. */
static struct bytes one_step(const struct objects *o,
			     const struct field_context *c, struct bytes path,
			     bool follows)
{
	uint64_t place = place_of(c);
	size_t at = 0;

	if (begins(path, "/proc/"))
		return through_proc(c, path);
	if (begins(path, "/dev/fd/"))
		return put_before(
			c,
			(struct bytes){ (const uint8_t *)"/proc/self/fd", 13 },
			path, 8);
	while (o->links.count && at < path.len) {
		struct bytes head = { path.data, 0 };
		const struct link *link;

		take_part(path, &at);
		head.len = at;
		link = at < path.len || follows ? find(o, place, head) : NULL;
		if (link)
			return put_before(c, target_of(link), path, at);
	}
	return path;
}

struct bytes objects_path(const struct objects *o,
			  const struct field_context *c, struct bytes path,
			  bool follows)
{
	if (!c->about.thread || (!o->links.count && !begins(path, "/proc/") &&
				 !begins(path, "/dev/fd/")))
		return path;
	for (int i = 0; i < HOPS_MAX; i++) {
		struct bytes next = one_step(o, c, path, follows);

		if (bytes_equal(next, path))
			break;
		path = next;
	}
	return path;
}

/* A symbolic link: its text is relative to its folder. */
static void symlink_made(struct objects *o, const struct field_context *c)
{
	struct bytes path, dir, text = event_text(c->about.event, 1);
	const uint8_t *slash;
	char *out;

	if (event_path(c, 0, &path) != PATH_WHOLE || !text.len)
		return;
	slash = memrchr(path.data, '/', path.len);
	dir = (struct bytes){ path.data, (size_t)(slash + 1 - path.data) };
	if (*text.data == '/')
		dir.len = 0;
	if (dir.len + text.len + 1 > OBJECT_MAX)
		return;
	out = arena_bytes(c->scratch, OBJECT_MAX + 2);
	add(o, place_of(c), path,
	    (struct bytes){ (uint8_t *)out,
			    path_join(out, OBJECT_MAX + 2, dir, text) });
}

void objects_event(struct objects *o, const struct field_context *c)
{
	struct bytes path, to;
	int64_t res;

	if (!c->about.thread || !event_result(c->about.event, &res) || res < 0)
		return;
	switch (c->about.event->code) {
	case PPME_SYSCALL_SYMLINK_X:
	case PPME_SYSCALL_SYMLINKAT_X:
		symlink_made(o, c);
		break;
	case PPME_SYSCALL_LINK_2_X:
	case PPME_SYSCALL_LINKAT_2_X:
		if (event_path(c, 0, &path) == PATH_WHOLE &&
		    event_path(c, 1, &to) == PATH_WHOLE)
			add(o, place_of(c), to,
			    objects_path(o, c, path, false));
		break;
	case PPME_SYSCALL_RENAME_X:
	case PPME_SYSCALL_RENAMEAT_X:
	case PPME_SYSCALL_RENAMEAT2_X:
		if (o->links.count && event_path(c, 0, &path) == PATH_WHOLE &&
		    event_path(c, 1, &to) == PATH_WHOLE)
			move(o, place_of(c), path, to);
		break;
	case PPME_SYSCALL_UNLINK_2_X:
	case PPME_SYSCALL_UNLINKAT_2_X:
		if (o->links.count && event_path(c, 0, &path) == PATH_WHOLE)
			free(take(o, place_of(c), path));
		break;
	default:
		break;
	}
}
