/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of replay/fields/; no other file includes this header. */
#ifndef SPOOR_REPLAY_FIELDS_GETTERS_H
#define SPOOR_REPLAY_FIELDS_GETTERS_H

#include "core/event/ppm_constants.h"
#include "replay/fields/fields.h"

/* The tables, one per family; each ends with a NULL name. */
extern const struct field fields_evt[];
extern const struct field fields_evt_args[];
extern const struct field fields_proc[];
extern const struct field fields_ancestor[];
extern const struct field fields_thread[];
extern const struct field fields_fd[];
extern const struct field fields_fd_misc[];
extern const struct field fields_fs[];
extern const struct field fields_container[];
extern const struct field fields_k8s[];

/* A text as struct bytes. */
static inline struct bytes text_view(struct text t)
{
	return (struct bytes){ (const uint8_t *)t.data, t.len };
}

/* A getter for fields that never have a value here. */
static inline bool get_absent(const struct field_context *c,
			      const struct field_ref *ref, struct value *v)
{
	(void)c;
	(void)ref;
	(void)v;
	return false;
}

/* Gives the environment as text, or the variable `name' ("" if unset). */
bool give_env(const struct field_context *c, const struct text_list *env,
	      const char *name, struct value *v);

/*
 * The getter of fd.name; for an open that failed, from the event's parameters.
 */
bool get_fd_name(const struct field_context *c, const struct field_ref *ref,
		 struct value *v);

/* The getter of fd.directory; as get_fd_name. */
bool get_fd_directory(const struct field_context *c,
		      const struct field_ref *ref, struct value *v);

/* The name of a descriptor type, as fd.type prints it. */
const char *fd_type_name(uint8_t type);

/* The letter of a descriptor type, as fd.typechar prints it. */
char fd_type_char(uint8_t type);

static inline bool fd_is_inet(const struct fd *fd)
{
	return fd->type >= SCAP_FD_IPV4_SOCK &&
	       fd->type <= SCAP_FD_IPV6_SERVSOCK;
}

/* The transport protocol of a descriptor (SCAP_L4_...), as fields show it. */
uint8_t fd_l4proto(const struct fd *fd);

/* The name of a negative result (-2: ENOENT), or NULL. */
const char *errno_name(int64_t result);

/* The name of a signal (SIGKILL), or NULL. */
const char *signal_name(int64_t number);

/*
 * Is the event the exit of open, openat, openat2, creat or open_by_handle_at?
 * Then the parameters of its flags and mode are returned; -1: none.
 */
bool event_is_open(const struct event *event, int *ret_flags_param,
		   int *ret_mode_param);

/* A path parameter as fields show it: joined to the directory dirfd. */
struct text resolve_param(const struct field_context *c, struct bytes path,
			  int64_t dirfd);

#endif
