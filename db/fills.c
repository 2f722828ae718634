/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fills columns without a field: members of the row's object, and, for tables
 * with one row per event, values of the event.
 */
#include "db/fills.h"

#include "core/event/ppm_constants.h"
#include "db/command.h"
#include "db/load.h"
#include "db/objects.h"
#include "db/paths.h"

static void give(struct cell *cell, int64_t number)
{
	if (number == NO_NUMBER)
		return;
	cell->kind = CELL_INT;
	cell->number = number;
}

static void set_text(struct cell *cell, const void *data, size_t len)
{
	cell->kind = CELL_TEXT;
	cell->text = (struct bytes){ data, len };
}

static const void *member(const struct column *column,
			  const struct row_source *from)
{
	return (const char *)from->object + column->which;
}

void fill_number(const struct column *column, const struct row_source *from,
		 struct cell *cell)
{
	give(cell, *(const int64_t *)member(column, from));
}

void fill_text(const struct column *column, const struct row_source *from,
	       struct cell *cell)
{
	const struct bytes *text = member(column, from);

	if (text->data)
		set_text(cell, text->data, text->len);
}

void fill_capture_id(const struct column *column, const struct row_source *from,
		     struct cell *cell)
{
	(void)column;
	give(cell, from->load->capture.capture_id);
}

void fill_event_id(const struct column *column, const struct row_source *from,
		   struct cell *cell)
{
	(void)column;
	give(cell, (from->load->capture.capture_id << EVENT_ID_BITS) +
			   (int64_t)from->context->about.event->num);
}

void fill_ts_ns(const struct column *column, const struct row_source *from,
		struct cell *cell)
{
	(void)column;
	give(cell, (int64_t)from->context->about.event->ts_ns);
}

void fill_event_type(const struct column *column, const struct row_source *from,
		     struct cell *cell)
{
	(void)column;
	give(cell, from->load->type);
}

void fill_cpu(const struct column *column, const struct row_source *from,
	      struct cell *cell)
{
	(void)column;
	give(cell, (int16_t)from->context->about.event->cpu);
}

void fill_tid(const struct column *column, const struct row_source *from,
	      struct cell *cell)
{
	(void)column;
	if (from->context->about.thread)
		give(cell, from->context->about.thread->tid);
}

void fill_thread_id(const struct column *column, const struct row_source *from,
		    struct cell *cell)
{
	const struct thread *t = from->context->about.thread;
	uint32_t id = UINT32_MAX;

	if (t)
		memcpy(&id, (const char *)t + column->which, sizeof(id));
	if (id != UINT32_MAX)
		give(cell, id);
}

/* Device and inode are known of files that were opened in the capture. */
void fill_dev(const struct column *column, const struct row_source *from,
	      struct cell *cell)
{
	const struct fd *fd = from->context->about.fd;

	(void)column;
	if (fd && fd->ino)
		give(cell, fd->dev);
}

void fill_ino(const struct column *column, const struct row_source *from,
	      struct cell *cell)
{
	const struct fd *fd = from->context->about.fd;

	(void)column;
	if (fd && fd->ino)
		give(cell, (int64_t)fd->ino);
}

void fill_process_id(const struct column *column, const struct row_source *from,
		     struct cell *cell)
{
	(void)column;
	give(cell, from->load->process_id);
}

void fill_connection_id(const struct column *column,
			const struct row_source *from, struct cell *cell)
{
	(void)column;
	give(cell, from->load->connection_id);
}

void fill_fd(const struct column *column, const struct row_source *from,
	     struct cell *cell)
{
	const struct event_context *about = &from->context->about;

	(void)column;
	if (about->fd || about->fd_num >= 0)
		give(cell, about->fd_num);
}

void fill_res(const struct column *column, const struct row_source *from,
	      struct cell *cell)
{
	int64_t res;

	(void)column;
	if (event_result(from->context->about.event, &res))
		give(cell, res);
}

/* Like fill_fd, for operations on files, some of which have no event type. */
void fill_file_fd(const struct column *column, const struct row_source *from,
		  struct cell *cell)
{
	const struct given_call *given =
		state_given(from->context->state, from->context->about.event);

	if (!given)
		fill_fd(column, from, cell);
	else if (given->fd >= 0)
		give(cell, given->fd);
}

void fill_file_res(const struct column *column, const struct row_source *from,
		   struct cell *cell)
{
	const struct given_call *given =
		state_given(from->context->state, from->context->about.event);

	if (given)
		give(cell, given->res);
	else
		fill_res(column, from, cell);
}

/* Text of a path; one that is not known is counted as lacking. */
static void set_path(const struct row_source *from, enum path_state state,
		     struct bytes path, struct cell *cell)
{
	if (state == PATH_WHOLE)
		set_text(cell, path.data, path.len);
	else if (state == PATH_UNKNOWN)
		lacks_count(from->load, LACK_DIRECTORY,
			    from->context->about.event);
}

void fill_name(const struct column *column, const struct row_source *from,
	       struct cell *cell)
{
	struct bytes path;
	enum path_state state = event_object(from->context, &path);

	(void)column;
	set_path(from, state, path, cell);
}

/* The text of a symbolic link, as it was given. */
static void set_link_text(const struct field_context *c,
			  const struct field_ref *ref, struct cell *cell)
{
	const char *name = event_kind(c->about.event)->name;
	struct value v;
	const char *text;
	uint32_t len;

	if (!strncmp(name, "symlink", 7) && field_get(c, ref, &v) &&
	    value_bytes(&v, &text, &len))
		set_text(cell, text, len);
}

/* Is the second of two paths the one that the call creates, as for link(2)? */
static bool is_reversed(const struct field_context *c)
{
	return !strncmp(event_kind(c->about.event)->name, "link", 4);
}

static bool is_rename(const struct field_context *c)
{
	return !strncmp(event_kind(c->about.event)->name, "rename", 6);
}

void fill_path(const struct column *column, const struct row_source *from,
	       struct cell *cell)
{
	const struct field_context *c = from->context;
	enum path_state state = PATH_NONE;
	struct bytes path;

	(void)column;
	if (!(event_kind(c->about.event)->flags & EF_CREATES_FD))
		state = event_path(c, is_reversed(c), &path);
	if (state == PATH_NONE)
		state = event_object(c, &path);
	from->load->named = (struct bytes){ NULL, 0 };
	if (state == PATH_WHOLE)
		from->load->named = path;
	set_path(from, state, path, cell);
}

void fill_target(const struct column *column, const struct row_source *from,
		 struct cell *cell)
{
	const struct field_context *c = from->context;
	enum path_state state;
	struct bytes path;

	(void)column;
	if (event_kind(c->about.event)->flags & EF_CREATES_FD)
		return;
	state = event_path(c, !is_reversed(c), &path);
	set_path(from, state, path, cell);
	if (state == PATH_WHOLE && is_rename(c))
		from->load->named = path;
	if (state == PATH_NONE)
		set_link_text(c, from->load->refs[LINK_TEXT], cell);
}

/* Does the call follow a symbolic link at the end of its path? */
static bool follows_links(const struct field_context *c)
{
	const struct event *e = c->about.event;
	const struct event_kind *kind = event_kind(e);

	/* Captures do not tell O_NOFOLLOW of opens: it is rare. */
	if (kind->flags & EF_CREATES_FD)
		return true;
	switch (e->code) {
	case PPME_SYSCALL_CHMOD_X:
	case PPME_SYSCALL_FCHMODAT_X:
	case PPME_SYSCALL_CHOWN_X:
	case PPME_SYSCALL_MOUNT_X:
		return true;
	case PPME_SYSCALL_FCHOWNAT_X:
		return !(event_int(e, 5, 0) & PPM_AT_SYMLINK_NOFOLLOW);
	default:
		return false;
	}
}

/* Where the path, or of a rename the target, leads; NULL: to itself. */
void fill_object(const struct column *column, const struct row_source *from,
		 struct cell *cell)
{
	struct bytes named = from->load->named, object;

	(void)column;
	if (!named.data || *named.data != '/')
		return;
	object = objects_path(from->load->objects, from->context, named,
			      follows_links(from->context));
	if (!bytes_equal(object, named))
		set_text(cell, object.data, object.len);
}

void fill_open_flags(const struct column *column, const struct row_source *from,
		     struct cell *cell)
{
	const struct event *e = from->context->about.event;
	const struct event_kind *kind = event_kind(e);

	(void)column;
	if (!(kind->flags & EF_CREATES_FD))
		return;
	/* creat(2) is open(2) with write, create and truncate. */
	if (e->code == PPME_SYSCALL_CREAT_X)
		give(cell, PPM_O_WRONLY | PPM_O_CREAT | PPM_O_TRUNC |
				   PPM_O_F_CREATED);
	for (unsigned i = 0; i < kind->nparams; i++)
		if (kind->params[i].type == PT_FLAGS32 &&
		    event_param(e, i).len) {
			give(cell, event_int(e, i, 0));
			return;
		}
}

void fill_cmdline(const struct column *column, const struct row_source *from,
		  struct cell *cell)
{
	struct bytes line = command_line(from->context->about.thread,
					 from->context->scratch);

	(void)column;
	if (line.data)
		set_text(cell, line.data, line.len);
}

void fill_parent_cmdline(const struct column *column,
			 const struct row_source *from, struct cell *cell)
{
	const struct field_context *c = from->context;
	struct bytes line = command_line(
		thread_parent(c->state, c->about.thread), c->scratch);

	(void)column;
	if (line.data)
		set_text(cell, line.data, line.len);
}

void fill_cwd(const struct column *column, const struct row_source *from,
	      struct cell *cell)
{
	struct bytes cwd =
		command_cwd(from->context->state, from->context->about.thread);

	(void)column;
	if (cwd.data)
		set_text(cell, cwd.data, cwd.len);
}

void fill_root(const struct column *column, const struct row_source *from,
	       struct cell *cell)
{
	const struct text *root = &from->context->about.thread->root;

	(void)column;
	if (root->len)
		set_text(cell, root->data, root->len);
}

void fill_protocol(const struct column *column, const struct row_source *from,
		   struct cell *cell)
{
	const struct fd *fd = from->context->about.fd;
	const char *name = fd ? ends_protocol(fd) : NULL;

	(void)column;
	if (name)
		set_text(cell, name, strlen(name));
}

void fill_socket_name(const struct column *column,
		      const struct row_source *from, struct cell *cell)
{
	struct bytes name = { NULL, 0 };

	(void)column;
	if (from->context->about.fd)
		name = ends_name(from->context);
	if (name.data)
		set_text(cell, name.data, name.len);
}

void fill_local_address(const struct column *column,
			const struct row_source *from, struct cell *cell)
{
	struct ends ends;

	(void)column;
	ends_of(from->context, &ends);
	if (ends.local.data)
		set_text(cell, ends.local.data, ends.local.len);
}

void fill_remote_address(const struct column *column,
			 const struct row_source *from, struct cell *cell)
{
	struct ends ends;

	(void)column;
	ends_of(from->context, &ends);
	if (ends.remote.data)
		set_text(cell, ends.remote.data, ends.remote.len);
}

void fill_local_port(const struct column *column, const struct row_source *from,
		     struct cell *cell)
{
	struct ends ends;

	(void)column;
	ends_of(from->context, &ends);
	give(cell, ends.local_port);
}

void fill_remote_port(const struct column *column,
		      const struct row_source *from, struct cell *cell)
{
	struct ends ends;

	(void)column;
	ends_of(from->context, &ends);
	give(cell, ends.remote_port);
}
