/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fs.path.*: the paths of file calls that succeeded, resolved or as passed.
 * One row per event says which parameters are paths, and to what they are
 * relative: state.md 4.2.
 */
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/fields/getters.h"

enum base { CWD, NEW_FD, DIR_FD, DIR_OR_CWD, NOWHERE };

struct path_of {
	int8_t param; /* -1: none */
	int8_t dirfd; /* parameter of the directory, or -1 */
	uint8_t base; /* enum base */
};

struct fs_row {
	uint16_t code;
	struct path_of name, source, target;
};

/* clang-format off */
#define NONE { -1, -1, CWD }
#define ONE(c, p) { c, { p, -1, CWD }, NONE, NONE }

static const struct fs_row rows[] = {
	ONE(PPME_SYSCALL_MKDIR_2_X, 1),
	{ PPME_SYSCALL_MKDIRAT_X, { 2, 1, DIR_FD }, NONE, NONE },
	ONE(PPME_SYSCALL_RMDIR_2_X, 1),
	ONE(PPME_SYSCALL_UNLINK_2_X, 1),
	{ PPME_SYSCALL_UNLINKAT_2_X, { 2, 1, DIR_FD }, NONE, NONE },
	ONE(PPME_SYSCALL_OPEN_X, 1),
	{ PPME_SYSCALL_OPENAT_2_X, { 2, 1, NEW_FD }, NONE, NONE },
	{ PPME_SYSCALL_OPENAT2_X, { 2, 1, NEW_FD }, NONE, NONE },
	{ PPME_SYSCALL_FCHMODAT_X, { 2, 1, DIR_FD }, NONE, NONE },
	ONE(PPME_SYSCALL_CHMOD_X, 1),
	{ PPME_SYSCALL_FCHMOD_X, { -2, 1, CWD }, NONE, NONE },
	ONE(PPME_SYSCALL_CHOWN_X, 1),
	ONE(PPME_SYSCALL_LCHOWN_X, 1),
	{ PPME_SYSCALL_FCHOWN_X, { -2, 1, CWD }, NONE, NONE },
	{ PPME_SYSCALL_FCHOWNAT_X, { 2, 1, DIR_FD }, NONE, NONE },
	ONE(PPME_SYSCALL_QUOTACTL_X, 1),
	ONE(PPME_SYSCALL_UMOUNT_1_X, 1),
	ONE(PPME_SYSCALL_UMOUNT2_X, 1),
	{ PPME_SYSCALL_RENAME_X, NONE, { 1, -1, CWD }, { 2, -1, CWD } },
	{ PPME_SYSCALL_RENAMEAT_X, NONE, { 2, -1, CWD }, { 4, -1, CWD } },
	{ PPME_SYSCALL_RENAMEAT2_X, NONE, { 2, 1, DIR_OR_CWD },
	  { 4, 3, DIR_OR_CWD } },
	{ PPME_SYSCALL_LINK_2_X, NONE, { 2, -1, CWD }, { 1, -1, CWD } },
	{ PPME_SYSCALL_LINKAT_2_X, NONE, { 4, -1, CWD }, { 2, -1, CWD } },
	{ PPME_SYSCALL_SYMLINK_X, NONE, { 2, -1, CWD }, { 1, -1, CWD } },
	{ PPME_SYSCALL_SYMLINKAT_X, NONE, { 3, 2, DIR_FD },
	  { 1, -1, NOWHERE } },
	{ PPME_SYSCALL_MOUNT_X, NONE, { 1, -1, CWD }, { 2, -1, CWD } },
};
/* clang-format on */

static const struct fs_row *find_row(uint16_t code)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].code == code)
			return &rows[i];
	return NULL;
}

/* The directory of a relative path, ending in '/'. */
static struct bytes base_of(const struct field_context *c,
			    const struct path_of *p)
{
	static const struct text unknown = { "<UNKNOWN>", 9 };
	const struct thread *t = c->about.thread;
	int64_t num = p->dirfd < 0 ? -1
				   : event_int(c->about.event,
					       (unsigned)p->dirfd, -1);
	const struct fd *fd = NULL;

	if (p->base == NOWHERE)
		return text_view(unknown);
	if (p->base == CWD || (p->base == DIR_OR_CWD && num == PPM_AT_FDCWD))
		return text_view(thread_cwd(c->state, t));
	if (p->base == NEW_FD)
		fd = c->about.fd;
	else
		fd = state_fd(c->state, t, num);
	if (fd && p->base == DIR_FD && fd->type != SCAP_FD_DIRECTORY)
		fd = NULL;
	if (!fd)
		return text_view(unknown);
	if (p->base == NEW_FD)
		return text_view(fd->name);
	return text_view(
		(struct text){ arena_printf(c->scratch, "%s/", fd->name.data),
			       fd->name.len + 1 });
}

static bool succeeded(const struct event *e)
{
	int64_t res = event_int(e, 0, -1);

	return event_is_open(e, NULL, NULL) ? res >= 0 : res == 0;
}

/* which: 0 name, 1 source, 2 target; plus 4: as passed. */
static bool get_path(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	const struct fs_row *row = find_row(c->about.event->code);
	uint32_t which = ref->field->which & 3;
	const struct path_of *p;
	struct bytes path;
	char *out;
	size_t n;

	if (!row || !c->about.thread || !succeeded(c->about.event))
		return false;
	p = which == 0 ? &row->name : which == 1 ? &row->source : &row->target;
	if (p->param == -2)
		return c->about.fd && give_text(v, c->about.fd->name.data,
						c->about.fd->name.len);
	if (p->param < 0)
		return false;
	path = event_text(c->about.event, (unsigned)p->param);
	if (!path.data)
		return false;
	if (ref->field->which & 4)
		return give_text(v, (const char *)path.data, path.len);
	if (p->base == NEW_FD && path.len && path.data[0] != '/') {
		struct bytes name = base_of(c, p);

		if (c->about.fd)
			return give_text(v, (const char *)name.data, name.len);
	}
	out = arena_bytes(c->scratch, 1040);
	n = path_join(out, 1040,
		      path.len && path.data[0] == '/'
			      ? (struct bytes){ NULL, 0 }
			      : base_of(c, p),
		      path);
	return give_text(v, out, n);
}

#define ROW(n, w, h)                                                          \
 {                                                                            \
  .name = (n), .type = PT_CHARBUF, .get = get_path, .which = (w), .help = (h) \
 }

/* clang-format off */
const struct field fields_fs[] = {
	ROW("fs.path.name", 0, "path of a call with one path, resolved"),
	ROW("fs.path.nameraw", 4, "path of a call with one path, as passed"),
	ROW("fs.path.source", 1, "first path of a call with two, resolved"),
	ROW("fs.path.sourceraw", 5, "first path of a call with two, as passed"),
	ROW("fs.path.target", 2, "second path of a call with two, resolved"),
	ROW("fs.path.targetraw", 6,
	    "second path of a call with two, as passed"),
	{ .name = NULL },
};
/* clang-format on */
