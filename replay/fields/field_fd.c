/* SPDX-License-Identifier: Apache-2.0 */
/* fd.*: the file descriptor of the event.  state.md section 4. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "replay/fields/getters.h"
#include "replay/state/sockets.h"

static bool is_server_socket(const struct fd *fd)
{
	return fd->type == SCAP_FD_IPV4_SERVSOCK ||
	       fd->type == SCAP_FD_IPV6_SERVSOCK;
}

static unsigned ip_len(const struct fd *fd)
{
	return fd->type == SCAP_FD_IPV6_SOCK ||
			       fd->type == SCAP_FD_IPV6_SERVSOCK
		       ? 16
		       : 4;
}

static bool get_num(const struct field_context *c, const struct field_ref *ref,
		    struct value *v)
{
	(void)ref;
	if (!c->about.fd && c->about.fd_num < 0 &&
	    !event_is_open(c->about.event, NULL, NULL))
		return false;
	return give_number(v, PT_INT64, (uint64_t)c->about.fd_num);
}

static bool get_type(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	const struct fd *fd = c->about.fd;

	(void)ref;
	return fd && give_string(v, fd_type_name(fd->type));
}

/* fd.typechar: the letter of the descriptor's type. */
static bool get_typechar(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	static const char letters[] = "fd46puXsolintbremP?";
	const struct fd *fd = c->about.fd;
	const char *at;
	char letter;

	(void)ref;
	if (!fd) {
		/* Without descriptor, the class of the event decides. */
		uint16_t category = event_kind(c->about.event)->category & 0xff;
		bool is_open =
			c->about.event->code & 1 &&
			event_kind(c->about.event)->flags & EF_CREATES_FD;

		if (!is_open)
			return false;
		if (category != EC_FILE && category != EC_NET)
			return give_string(v, "o");
		return give_string(v, category == EC_FILE ? "f" : "o");
	}
	letter = fd_type_char(fd->type);
	at = strchr(letters, letter);
	return give_text(v, at ? at : "?", 1);
}

/* The path of a failed open, rebuilt from the event. */
static struct text failed_path(const struct field_context *c)
{
	const struct event *e = c->about.event;
	const struct event_kind *kind = event_kind(e);
	int64_t dirfd = PPM_AT_FDCWD;
	struct text none = { NULL, 0 };
	struct bytes path;

	if (!event_is_open(e, NULL, NULL) || !c->about.thread)
		return none;
	for (unsigned i = 0; i < kind->nparams; i++) {
		uint8_t type = kind->params[i].type;

		if (type != PT_FSPATH && type != PT_FSRELPATH)
			continue;
		path = event_text(e, i);
		if (kind->params[i].dirfd_param)
			dirfd = event_int(e, kind->params[i].dirfd_param - 1u,
					  PPM_AT_FDCWD);
		return path.data ? resolve_param(c, path, dirfd) : none;
	}
	return none;
}

bool get_fd_name(const struct field_context *c, const struct field_ref *ref,
		 struct value *v)
{
	const struct fd *fd = c->about.fd;
	struct text path;

	(void)ref;
	if (fd)
		return give_text(v, fd->name.data, fd->name.len);
	path = failed_path(c);
	return path.data && give_text(v, path.data, path.len);
}

static bool is_path(const struct fd *fd)
{
	return fd->type == SCAP_FD_FILE || fd->type == SCAP_FD_FILE_V2 ||
	       fd->type == SCAP_FD_DIRECTORY;
}

static bool directory_of(struct text path, struct value *v)
{
	const char *slash = path.len ? memrchr(path.data, '/', path.len) : NULL;

	if (!slash || slash == path.data)
		return give_text(v, "/", 1);
	return give_text(v, path.data, (size_t)(slash - path.data));
}

bool get_fd_directory(const struct field_context *c,
		      const struct field_ref *ref, struct value *v)
{
	const struct fd *fd = c->about.fd;
	struct text path;

	(void)ref;
	if (fd && !is_path(fd))
		return false;
	if (fd && fd->type == SCAP_FD_DIRECTORY)
		return give_text(v, fd->name.data, fd->name.len);
	path = fd ? fd->name : failed_path(c);
	return path.data && directory_of(path, v);
}

static bool get_filename(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	const struct fd *fd = c->about.fd;
	const char *slash;

	(void)ref;
	if (!fd || !is_path(fd) || fd->type == SCAP_FD_DIRECTORY)
		return false;
	slash = memrchr(fd->name.data, '/', fd->name.len);
	return give_string(v, slash ? slash + 1 : fd->name.data);
}

/* Which end of a socket a field is about. */
enum end { CLIENT, SERVER, LOCAL, REMOTE };

/*
 * Is an end the source (client), or else the destination (server)?  The local
 * end is that of the event's process, whose role follows from its calls.
 * (Falco looks for the local end among the machine's interfaces, which lack
 * those of containers.  In a capture that lists none, it takes the local end
 * for the server's: so do these fields.)
 */
static bool end_is_source(const struct field_context *c, const struct fd *fd,
			  enum end end)
{
	bool client_is_local =
		fd->role == FD_ROLE_CLIENT && state_has_interfaces(c->state);

	if (end == CLIENT || end == SERVER)
		return end == CLIENT;
	return client_is_local == (end == LOCAL);
}

/* The address and port of an end; false: unknown. */
static bool end_of(const struct field_context *c, enum end end,
		   const uint8_t **ret_ip, uint16_t *ret_port)
{
	const struct fd *fd = c->about.fd;
	bool source;

	if (!fd || !fd_is_inet(fd))
		return false;
	if (is_server_socket(fd)) {
		if (end != SERVER)
			return false;
		*ret_ip = fd->sip;
		*ret_port = fd->sport;
		return true;
	}
	if (fd->role == FD_ROLE_NONE)
		return false;
	source = end_is_source(c, fd, end);
	*ret_ip = source ? fd->sip : fd->dip;
	*ret_port = source ? fd->sport : fd->dport;
	return true;
}

static bool give_ip(struct value *v, enum param_type type, const struct fd *fd,
		    const uint8_t *ip)
{
	return give_bytes(v, type, ip, ip_len(fd));
}

/* which: the end. */
static bool get_end_ip(const struct field_context *c,
		       const struct field_ref *ref, struct value *v)
{
	const uint8_t *ip;
	uint16_t port;

	return end_of(c, (enum end)ref->field->which, &ip, &port) &&
	       give_ip(v, (enum param_type)ref->type, c->about.fd, ip);
}

static bool get_end_port(const struct field_context *c,
			 const struct field_ref *ref, struct value *v)
{
	const uint8_t *ip;
	uint16_t port;

	return end_of(c, (enum end)ref->field->which, &ip, &port) &&
	       give_number(v, PT_PORT, port);
}

static bool give_service(const struct field_context *c, struct value *v,
			 uint16_t port)
{
	char text[256];

	port_name(text, sizeof(text), port, c->about.fd->l4proto);
	return give_string(v, arena_strdup(c->scratch, text));
}

static bool get_end_service(const struct field_context *c,
			    const struct field_ref *ref, struct value *v)
{
	const uint8_t *ip;
	uint16_t port;

	return end_of(c, (enum end)ref->field->which, &ip, &port) &&
	       give_service(c, v, port);
}

/* Both ends as a list; which: 0 addresses, 1 ports. */
static bool get_both(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	const struct fd *fd = c->about.fd;
	struct value *items;
	uint32_t n;

	if (!fd)
		return false;
	n = !fd_is_inet(fd) ? 0 : is_server_socket(fd) ? 1 : 2;
	items = arena_alloc(c->scratch, 2 * sizeof(*items));
	for (uint32_t i = 0; i < n; i++) {
		if (ref->field->which)
			give_number(&items[i], PT_PORT,
				    i ? fd->dport : fd->sport);
		else
			give_ip(&items[i], (enum param_type)ref->type, fd,
				i ? fd->dip : fd->sip);
	}
	return give_list(v, (enum param_type)ref->type, items, n);
}

/* fd.l4proto: known once the socket has a role; raw sockets have none. */
static bool get_l4proto(const struct field_context *c,
			const struct field_ref *ref, struct value *v)
{
	static const char *const names[] = { "<NA>", "<NA>", "tcp",
					     "udp",  "icmp", "raw" };
	const struct fd *fd = c->about.fd;
	uint8_t proto = fd ? fd_l4proto(fd) : SCAP_L4_NA;

	(void)ref;
	return fd && give_string(v, proto < 6 ? names[proto] : "<NA>");
}

static bool get_sockfamily(const struct field_context *c,
			   const struct field_ref *ref, struct value *v)
{
	const struct fd *fd = c->about.fd;

	(void)ref;
	if (!fd || (!fd_is_inet(fd) && fd->type != SCAP_FD_UNIX_SOCK))
		return false;
	return give_string(v, fd_is_inet(fd) ? "ip" : "unix");
}

static bool get_is_server(const struct field_context *c,
			  const struct field_ref *ref, struct value *v)
{
	const struct fd *fd = c->about.fd;

	(void)ref;
	if (!fd)
		return false;
	return give_bool(v,
			 is_server_socket(fd) ||
				 (fd_is_inet(fd) && fd->role != FD_ROLE_NONE &&
				  !end_is_source(c, fd, LOCAL)));
}

/* which: the bit. */
static bool get_flag(const struct field_context *c, const struct field_ref *ref,
		     struct value *v)
{
	const struct fd *fd = c->about.fd;

	return fd && give_bool(v, fd->flags & ref->field->which);
}

#define ROW(n, t, f, g, w, h)                                        \
 {                                                                   \
  .name = (n), .type = (t), .format = (f), .get = (g), .which = (w), \
  .help = (h)                                                        \
 }
#define FILTER (FIELD_FILTER_ONLY | FIELD_NO_RHS | FIELD_NO_TRANSFORMER)
#define NAME   (FIELD_NO_RHS | FIELD_NO_TRANSFORMER)

/* clang-format off */
const struct field fields_fd[] = {
ROW("fd.num", PT_INT64, PF_ID, get_num, 0, "number of the file descriptor"),
ROW("fd.type", PT_CHARBUF, PF_DEC, get_type, 0,
    "file, directory, ipv4, ipv6, unix, pipe, event ..."),
ROW("fd.typechar", PT_CHARBUF, PF_DEC, get_typechar, 0,
    "its type as one letter"),
ROW("fd.name", PT_CHARBUF, PF_NA, get_fd_name, 0,
    "path of a file, ends of a connection"),
ROW("fd.directory", PT_CHARBUF, PF_NA, get_fd_directory, 0,
    "directory of a file"),
ROW("fd.filename", PT_CHARBUF, PF_NA, get_filename, 0,
    "name of a file without its directory"),
{ .name = "fd.ip", .type = PT_IPADDR, .get = get_both,
  .flags = FILTER | FIELD_TWO_SIDED, .help = "address of either end" },
ROW("fd.cip", PT_IPADDR, PF_NA, get_end_ip, CLIENT, "address of the client"),
ROW("fd.sip", PT_IPADDR, PF_NA, get_end_ip, SERVER, "address of the server"),
ROW("fd.lip", PT_IPADDR, PF_NA, get_end_ip, LOCAL, "address of the local end"),
ROW("fd.rip", PT_IPADDR, PF_NA, get_end_ip, REMOTE,
    "address of the remote end"),
{ .name = "fd.port", .type = PT_PORT, .format = PF_DEC, .get = get_both,
  .which = 1, .flags = FILTER | FIELD_TWO_SIDED, .help = "port of either end" },
ROW("fd.cport", PT_PORT, PF_DEC, get_end_port, CLIENT, "port of the client"),
ROW("fd.sport", PT_PORT, PF_DEC, get_end_port, SERVER, "port of the server"),
ROW("fd.lport", PT_PORT, PF_DEC, get_end_port, LOCAL, "port of the local end"),
ROW("fd.rport", PT_PORT, PF_DEC, get_end_port, REMOTE,
    "port of the remote end"),
ROW("fd.l4proto", PT_CHARBUF, PF_NA, get_l4proto, 0, "tcp, udp, icmp or raw"),
ROW("fd.sockfamily", PT_CHARBUF, PF_NA, get_sockfamily, 0, "ip or unix"),
ROW("fd.is_server", PT_BOOL, PF_NA, get_is_server, 0,
    "this machine is the server of the connection"),
{ .name = "fd.proto", .type = PT_PORT, .get = get_both, .which = 1,
  .flags = FILTER | FIELD_TWO_SIDED,
  .help = "port of either end, by service name" },
ROW("fd.cproto", PT_CHARBUF, PF_NA, get_end_service, CLIENT,
    "service of the client's port"),
ROW("fd.sproto", PT_CHARBUF, PF_NA, get_end_service, SERVER,
    "service of the server's port"),
ROW("fd.lproto", PT_CHARBUF, PF_NA, get_end_service, LOCAL,
    "service of the local port"),
ROW("fd.rproto", PT_CHARBUF, PF_NA, get_end_service, REMOTE,
    "service of the remote port"),
{ .name = "fd.net", .type = PT_IPNET, .get = get_both,
  .flags = FILTER | FIELD_TWO_SIDED, .help = "either end is in a network" },
{ .name = "fd.cnet", .type = PT_IPNET, .get = get_end_ip, .which = CLIENT,
  .flags = FILTER, .help = "the client is in a network" },
{ .name = "fd.snet", .type = PT_IPNET, .get = get_end_ip, .which = SERVER,
  .flags = FILTER, .help = "the server is in a network" },
{ .name = "fd.lnet", .type = PT_IPNET, .get = get_end_ip, .which = LOCAL,
  .flags = FILTER, .help = "the local end is in a network" },
{ .name = "fd.rnet", .type = PT_IPNET, .get = get_end_ip, .which = REMOTE,
  .flags = FILTER, .help = "the remote end is in a network" },
ROW("fd.connected", PT_BOOL, PF_NA, get_flag, FD_CONNECTED,
    "the socket is connected"),
ROW("fd.name_changed", PT_BOOL, PF_NA, get_flag, FD_NAME_CHANGED,
    "this event changed its name"),
{ .name = "fd.cip.name", .type = PT_CHARBUF, .get = get_absent, .flags = NAME,
  .help = "domain name of the client (live only)" },
{ .name = "fd.sip.name", .type = PT_CHARBUF, .get = get_absent, .flags = NAME,
  .help = "domain name of the server (live only)" },
{ .name = "fd.lip.name", .type = PT_CHARBUF, .get = get_absent, .flags = NAME,
  .help = "domain name of the local end (live only)" },
{ .name = "fd.rip.name", .type = PT_CHARBUF, .get = get_absent, .flags = NAME,
  .help = "domain name of the remote end (live only)" },
ROW("fd.is_upper_layer", PT_BOOL, PF_NA, get_flag, FD_UPPER_LAYER,
    "the file is not of the container's image"),
ROW("fd.is_lower_layer", PT_BOOL, PF_NA, get_flag, FD_LOWER_LAYER,
    "the file is of the container's image"),
{ .name = NULL },
};
/* clang-format on */
