/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What fills columns without a field: members of the row's object, and, for
 * tables with a row an event, values taken straight from the event.
 */
#include "db/fills.h"

#include "core/event/ppm_constants.h"
#include "db/load.h"
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

/* The nth path that the call names, resolved; false: it has none. */
static bool set_path(const struct field_context *c, unsigned n,
		     struct cell *cell)
{
	struct bytes path = event_path(c, n);

	if (path.data)
		set_text(cell, (const char *)path.data, path.len);
	return path.data != NULL;
}

void fill_name(const struct column *column, const struct row_source *from,
	       struct cell *cell)
{
	const struct fd *fd = from->context->about.fd;

	(void)column;
	if (fd)
		set_text(cell, fd->name.data, fd->name.len);
	else
		set_path(from->context, 0, cell);
}

/* A path as a field has it; one of a directory that it does not know: as the
 * call names it. */
static bool set_field(const struct field_context *c,
		      const struct field_ref *ref, struct cell *cell)
{
	static const char unknown[] = "<UNKNOWN>";
	const uint32_t unknown_len = sizeof(unknown) - 1;
	struct value v;
	const char *text;
	uint32_t len;

	if (!field_get(c, ref, &v) || !value_bytes(&v, &text, &len))
		return false;
	if (len >= unknown_len && !memcmp(text, unknown, unknown_len)) {
		text += unknown_len;
		len -= unknown_len;
	}
	set_text(cell, text, len);
	return true;
}

/* Of two paths that a call names: of link(2) the second is the one made. */
static bool is_reversed(const struct field_context *c)
{
	return !strncmp(event_kind(c->about.event)->name, "link", 4);
}

/*
 * Fields of calls with directories (renameat) have their paths below the
 * working directory, as with Falco: the path of the call goes before them.
 */
void fill_path(const struct column *column, const struct row_source *from,
	       struct cell *cell)
{
	struct field_ref *const *refs = from->load->refs;
	const struct field_context *c = from->context;

	if (event_kind(c->about.event)->flags & EF_CREATES_FD)
		fill_name(column, from, cell);
	else if (!set_path(c, is_reversed(c), cell) &&
		 !set_field(c, refs[PATH_NAME], cell))
		set_field(c, refs[PATH_SOURCE], cell);
}

void fill_target(const struct column *column, const struct row_source *from,
		 struct cell *cell)
{
	const struct field_context *c = from->context;

	(void)column;
	if (!(event_kind(c->about.event)->flags & EF_CREATES_FD) &&
	    !set_path(c, !is_reversed(c), cell))
		set_field(c, from->load->refs[PATH_TARGET], cell);
}

void fill_open_flags(const struct column *column, const struct row_source *from,
		     struct cell *cell)
{
	const struct event *e = from->context->about.event;
	const struct event_kind *kind = event_kind(e);

	(void)column;
	if (!(kind->flags & EF_CREATES_FD))
		return;
	/* creat(2) is open(2) to write, create and truncate. */
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
