/* SPDX-License-Identifier: Apache-2.0 */
/* How a program was called: its arguments, working directory and script. */
#ifndef SPOOR_DB_COMMAND_H
#define SPOOR_DB_COMMAND_H

#include "replay/fields/fields.h"

/*
 * argv as it was given, argv[0] first, with blanks between; the name of a
 * process without arguments (a kernel thread).  A view (valid until scratch
 * is reset).  thread may be NULL: data NULL.
 */
struct bytes command_line(const struct thread *thread, struct arena *scratch);

/*
 * Bytes of argv, a NUL between its members.  Captures hold at most
 * COMMAND_LEN_MAX: one of that length is cut.
 */
enum { COMMAND_LEN_MAX = 4095 };
uint32_t command_len(const struct thread *thread);

/*
 * The working directory without a slash at its end; data NULL: not known.
 * Borrows from the state.
 */
struct bytes command_cwd(const struct state *state,
			 const struct thread *thread);

/*
 * The script that an interpreter runs by a #! line, as the exec event of the
 * context says: its path, in the scratch arena; data NULL: there is none.
 */
struct bytes command_script(const struct field_context *context);

#endif
