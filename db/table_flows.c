/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of what moved: connections, reads and writes of files, DNS. */
#include "db/fills.h"
#include "db/tables.h"

/* clang-format off */
/* Common columns of sockets and open files. */
#define FLOW_OWNER(whose) \
	CAPTURE_ID, \
	NUMBER("process_id", "INTEGER REFERENCES processes", flow_record, \
	       process_id, whose), \
	NUMBER("fd", "INTEGER", flow_record, fd, "descriptor number, as first seen")
#define FLOW_TIMES(first) \
	NUMBER("first_ns", "INTEGER NOT NULL", flow_record, first_ns, first), \
	NUMBER("last_ns", "INTEGER NOT NULL", flow_record, last_ns, \
	       "time of the last event"), \
	NUMBER("closed_ns", "INTEGER", flow_record, closed_ns, \
	       "time when this process closed it"), \
	MADE_TIME("first_time", "first_ns"), \
	MADE_TIME("last_time", "last_ns")

/* Calls by which descriptors come to stand for what they do. */
#define COPYING "close dup dup2 dup3 fcntl " PROCESS_CALLS
#define SOCKET_CALLS "connect socket sendto recvfrom sendmsg recvmsg sendmmsg " \
	"recvmmsg"

static const struct column connections[] = {
	NUMBER("connection_id", "INTEGER PRIMARY KEY", flow_record, flow_id,
	       "a connection as one process used it, by all its descriptors; of "
	       "datagrams, a peer"),
	FLOW_OWNER("process of the socket"),
	TEXT("role", "TEXT", flow_record, role,
	     "client, server, listener; NULL: unknown"),
	TEXT("made_by", "TEXT", flow_record, made_by,
	     "connect, accept, listen or bind; start: older than the "
	     "recording; NULL: inherited or received from another process"),
	TEXT("family", "TEXT", flow_record, family, "ipv4, ipv6, unix"),
	TEXT("protocol", "TEXT", flow_record, protocol, "tcp, udp ..."),
	TEXT("local_address", "TEXT", flow_record, local_address,
	     "local address"),
	NUMBER("local_port", "INTEGER", flow_record, local_port,
	       "local port"),
	TEXT("remote_address", "TEXT", flow_record, remote_address,
	     "remote address"),
	NUMBER("remote_port", "INTEGER", flow_record, remote_port,
	       "remote port"),
	TEXT("path", "TEXT", flow_record, path,
	     "path of a unix socket; @ and the name of an abstract one"),
	TEXT("first_line", "TEXT", flow_record, first_line,
	     "the first line that the client sent, as this process sent or "
	     "received it: ASCII, other bytes as dots; NULL: no data recorded"),
	NUMBER("res", "INTEGER", flow_record, res,
	       "result of connect: 0, or a negative errno; of a non-blocking "
	       "connect, the one that a later call told, else -115 (EINPROGRESS)"),
	FLOW_TIMES("time of the first event"),
	NUMBER("bytes_sent", "INTEGER NOT NULL", flow_record, bytes_out,
	       "bytes that this process sent"),
	NUMBER("bytes_received", "INTEGER NOT NULL", flow_record, bytes_in,
	       "bytes that this process received"),
	NUMBER("sends", "INTEGER NOT NULL", flow_record, calls_out,
	       "number of calls that sent"),
	NUMBER("receives", "INTEGER NOT NULL", flow_record, calls_in,
	       "number of calls that received"),
	END,
};

static const struct column file_io[] = {
	NUMBER("file_io_id", "INTEGER PRIMARY KEY", flow_record, flow_id,
	       "an open file of a process"),
	FLOW_OWNER("process of the descriptor"),
	{ .name = "path_id", .type = "INTEGER REFERENCES strings",
	  .fill = fill_text, .which = offsetof(struct flow_record, path),
	  .flags = COLUMN_CODED, .help = "fd.name" },
	FLOW_TIMES("time of the first read or write"),
	NUMBER("bytes_read", "INTEGER NOT NULL", flow_record, bytes_in,
	       "bytes read"),
	NUMBER("bytes_written", "INTEGER NOT NULL", flow_record, bytes_out,
	       "bytes written"),
	NUMBER("reads", "INTEGER NOT NULL", flow_record, calls_in,
	       "number of calls that read"),
	NUMBER("writes", "INTEGER NOT NULL", flow_record, calls_out,
	       "number of calls that wrote"),
	NUMBER("mapped", "INTEGER", flow_record, mapped,
	       "bytes of it mapped into memory, where they are read, and if "
	       "shared written, without calls"),
	END,
};

static const struct column dns[] = {
	NUMBER("dns_id", "INTEGER PRIMARY KEY", dns_record, dns_id,
	       "a question, or a record of an answer"),
	CAPTURE_ID,
	FILL("event_id", "INTEGER", fill_event_id,
	     "the event that sent or received it"),
	FILL("ts_ns", "INTEGER NOT NULL", fill_ts_ns, "time of the event"),
	MADE_TIME("time", "ts_ns"),
	NUMBER("process_id", "INTEGER REFERENCES processes", dns_record,
	       process_id, "process that sent the query, or received the "
	            "answer"),
	TEXT("server_address", "TEXT", dns_record, server_address,
	     "the name server"),
	NUMBER("server_port", "INTEGER", dns_record, server_port,
	       "port of the name server"),
	TEXT("direction", "TEXT NOT NULL", dns_record, direction,
	     "query or response"),
	TEXT("question", "TEXT", dns_record, question, "the queried name"),
	TEXT("name", "TEXT NOT NULL", dns_record, name,
	     "the name that the record is about: the queried name, or one that "
	     "a CNAME led to"),
	TEXT("type", "TEXT NOT NULL", dns_record, type, "A, AAAA, TXT ..."),
	NUMBER("rcode", "INTEGER", dns_record, rcode,
	       "result of a response: 0 found, 3 no such name ..."),
	TEXT("answer", "TEXT", dns_record, answer,
	     "address, name or text of the record"),
	NUMBER("ttl", "INTEGER", dns_record, ttl, "seconds it is valid"),
	NUMBER("is_cut", "INTEGER", dns_record, is_cut,
	       "1: the end of the message is not recorded; the name may be "
	       "longer, and there may be more answers"),
	END,
};

const struct table table_connections = {
	.name = "connections", .only = "connections",
	.help = "one row per connection and process that used it",
	.needs = SOCKET_CALLS " accept accept4 bind listen getsockopt read "
		 "write readv writev sendfile splice " COPYING,
	.columns = connections, .replaces = true,
};

const struct table table_file_io = {
	.name = "file_io", .only = "file_io",
	.help = "bytes read and written, per open file",
	.needs = "read write pread pwrite readv writev preadv pwritev sendfile "
		 "splice copy_file_range open openat openat2 creat " COPYING,
	.columns = file_io, .replaces = true,
};

const struct table table_dns = {
	.name = "dns", .only = "dns",
	.help = "DNS messages on port 53, as far as they were recorded",
	.needs = SOCKET_CALLS " read write readv writev " COPYING,
	.cut = "is_cut", .cut_help = "DNS messages of which the end is not "
	"recorded",
	.columns = dns,
};
/* clang-format on */
