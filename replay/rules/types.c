/* SPDX-License-Identifier: Apache-2.0 */
/* Classes of types, and parsing of constants. */
#include "replay/rules/ops.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

/* Size of Falco's buffer for a constant, without the NUL. */
enum { CONSTANT_LEN_MAX = 255 };

/* clang-format off */
static const uint8_t classes[PT_COUNT] = {
	[PT_INT8] = CLASS_SIGNED, [PT_INT16] = CLASS_SIGNED,
	[PT_INT32] = CLASS_SIGNED, [PT_INT64] = CLASS_SIGNED,
	[PT_UINT8] = CLASS_UNSIGNED, [PT_UINT16] = CLASS_UNSIGNED,
	[PT_UINT32] = CLASS_UNSIGNED, [PT_UINT64] = CLASS_UNSIGNED,
	[PT_CHARBUF] = CLASS_TEXT, [PT_BYTEBUF] = CLASS_BYTES,
	[PT_ERRNO] = CLASS_SIGNED, [PT_FD] = CLASS_SIGNED,
	[PT_PID] = CLASS_SIGNED, [PT_FD32] = CLASS_SIGNED,
	[PT_PID32] = CLASS_SIGNED, [PT_FSPATH] = CLASS_TEXT,
	[PT_FSRELPATH] = CLASS_TEXT, [PT_SYSCALLID] = CLASS_UNSIGNED,
	[PT_SIGTYPE] = CLASS_UNSIGNED, [PT_RELTIME] = CLASS_UNSIGNED,
	[PT_ABSTIME] = CLASS_UNSIGNED, [PT_PORT] = CLASS_UNSIGNED,
	[PT_L4PROTO] = CLASS_UNSIGNED, [PT_FLAGS8] = CLASS_UNSIGNED,
	[PT_FLAGS16] = CLASS_UNSIGNED, [PT_FLAGS32] = CLASS_UNSIGNED,
	[PT_ENUMFLAGS8] = CLASS_UNSIGNED, [PT_ENUMFLAGS16] = CLASS_UNSIGNED,
	[PT_ENUMFLAGS32] = CLASS_UNSIGNED, [PT_MODE] = CLASS_UNSIGNED,
	[PT_BOOL] = CLASS_BOOL, [PT_DOUBLE] = CLASS_DOUBLE,
	[PT_IPADDR] = CLASS_IP, [PT_IPV4ADDR] = CLASS_IP,
	[PT_IPV6ADDR] = CLASS_IP, [PT_IPNET] = CLASS_NET,
	[PT_IPV4NET] = CLASS_NET, [PT_IPV6NET] = CLASS_NET,
};
/* clang-format on */

/* The width of a type: Falco truncates constants to 8 or 16 bits. */
static unsigned bits_of(enum param_type type)
{
	unsigned len = param_type_len(type);

	return len && len < 8 ? len * 8 : 64;
}

enum type_class type_class_of(enum param_type type)
{
	return (unsigned)type < PT_COUNT ? classes[type] : CLASS_OTHER;
}

static int bad_number(struct text text, struct error *err)
{
	return error_set(err, ERROR_SYNTAX, "%.*s is not a valid number",
			 (int)text.len, text.data);
}

/*
 * Parses a number like sscanf("%u%c") with one conversion: leading blanks and
 * a sign are allowed.
 */
static int parse_number(uint64_t *ret_number, struct text text, bool is_signed,
			struct error *err)
{
	char *end;

	if (!text.len)
		return bad_number(text, err);
	if (is_signed)
		*ret_number = (uint64_t)strtoll(text.data, &end, 10);
	else
		*ret_number = strtoull(text.data, &end, 10);
	if (end != text.data + text.len)
		return bad_number(text, err);
	return 0;
}

static uint64_t narrow(uint64_t number, unsigned bits, bool is_signed)
{
	unsigned shift = 64 - bits;

	if (is_signed)
		return (uint64_t)((int64_t)(number << shift) >> shift);
	return number << shift >> shift;
}

static int parse_whole(struct value *v, enum param_type type, struct text text,
		       struct error *err)
{
	bool is_signed = type_class_of(type) == CLASS_SIGNED;
	uint64_t number = 0;

	if (parse_number(&number, text, is_signed, err))
		return -1;
	give_number(v, type, narrow(number, bits_of(type), is_signed));
	return 0;
}

static int parse_double(struct value *v, struct text text, struct error *err)
{
	uint64_t number = 0;

	if (parse_number(&number, text, true, err))
		return -1;
	give_double(v, (double)(int32_t)number);
	return 0;
}

/* A port, by number or service name. */
static int parse_port(struct value *v, struct text text, struct error *err)
{
	struct servent *service;

	if (strspn(text.data, "0123456789") == text.len) {
		give_number(v, PT_PORT,
			    (uint16_t)strtoull(text.data, NULL, 10));
		return 0;
	}
	service = getservbyname(text.data, NULL);
	if (!service)
		return error_set(err, ERROR_SYNTAX, "unrecognized protocol %s",
				 text.data);
	give_number(v, PT_PORT, ntohs((uint16_t)service->s_port));
	return 0;
}

static int parse_bool(struct value *v, struct text text, struct error *err)
{
	give_bool(v, !strcmp(text.data, "true"));
	if (v->u64 || !strcmp(text.data, "false"))
		return 0;
	return error_set(err, ERROR_SYNTAX,
			 "filter error: unrecognized bool "
			 "value %s, expecting 'true' or 'false'",
			 text.data);
}

static int parse_ip(struct value *v, enum param_type type, const char *text,
		    struct arena *arena, struct error *err)
{
	bool is_v4 = strchr(text, '.');
	char *addr = arena_alloc(arena, 16);

	if (inet_pton(is_v4 ? AF_INET : AF_INET6, text, addr) != 1)
		return error_set(err, ERROR_SYNTAX,
				 "unrecognized %s address "
				 "%s",
				 is_v4 ? "IPv4" : "IPv6", text);
	give_bytes(v, type, addr, is_v4 ? 4 : 16);
	return 0;
}

/* Appends the mask to the address and clears the host bits. */
static void apply_mask(char *net, uint32_t len, unsigned bits)
{
	for (uint32_t i = 0; i < len; i++) {
		unsigned left = bits > i * 8 ? bits - i * 8 : 0;
		unsigned mask = left >= 8 ? 0xff : 0xff00u >> left;

		net[len + i] = (char)mask;
		net[i] = (char)(net[i] & mask);
	}
}

/* An IPv4 or IPv6 network: address, '/', and a prefix length or mask. */
static int parse_net(struct value *v, enum param_type type, struct text text,
		     struct arena *arena, struct error *err)
{
	const char *slash = strchr(text.data, '/');
	unsigned long bits;
	char *addr, *net, *end;

	if (!slash)
		return error_set(err, ERROR_SYNTAX,
				 "unrecognized IP network "
				 "%s",
				 text.data);
	addr = arena_copy(arena, text.data, (size_t)(slash - text.data));
	if (parse_ip(v, type, addr, arena, err))
		return -1;
	bits = strtoul(slash + 1, &end, 10);
	if (end == slash + 1 || *end ||
	    strspn(slash + 1, "0123456789") != strlen(slash + 1) ||
	    bits > v->len * 8 || (!bits && v->len == 16))
		return error_set(err, ERROR_SYNTAX, "invalid v%d netmask %s",
				 v->len == 4 ? 4 : 6, slash + 1);
	net = arena_alloc(arena, 32);
	memcpy(net, v->text, v->len);
	apply_mask(net, v->len, (unsigned)bits);
	give_bytes(v, type, net, v->len);
	return 0;
}

static int parse_text(struct value *v, enum param_type type, struct text text,
		      struct arena *arena, struct error *err)
{
	if (text.len > CONSTANT_LEN_MAX)
		return error_set(err, ERROR_SYNTAX,
				 "filter parameter too "
				 "long");
	give_bytes(v, type, arena_copy(arena, text.data, text.len), text.len);
	return 0;
}

int constant_parse_hex(struct value *ret_value, struct text text,
		       struct arena *arena, struct error *err)
{
	char *bytes = arena_bytes(arena, text.len / 2 + 1);

	if (text.len % 2 ||
	    strspn(text.data, "0123456789abcdefABCDEF") != text.len)
		return error_set(err, ERROR_SYNTAX,
				 "bcontains and bstartswith "
				 "operator support hex strings only");
	for (uint32_t i = 0; i < text.len / 2; i++) {
		char digits[3] = { text.data[2 * i], text.data[2 * i + 1], 0 };

		bytes[i] = (char)strtoul(digits, NULL, 16);
	}
	give_bytes(ret_value, PT_BYTEBUF, bytes, text.len / 2);
	return 0;
}

int constant_parse(struct value *ret_value, enum param_type type,
		   struct text text, struct arena *arena, struct error *err)
{
	enum type_class class = type_class_of(type);

	if (class != CLASS_BYTES && strlen(text.data) != text.len)
		return error_set(err, ERROR_SYNTAX,
				 "filter parameter holds "
				 "a NUL byte");
	if (type == PT_PORT)
		return parse_port(ret_value, text, err);
	switch (class) {
	case CLASS_SIGNED:
	case CLASS_UNSIGNED:
		return parse_whole(ret_value, type, text, err);
	case CLASS_DOUBLE:
		return parse_double(ret_value, text, err);
	case CLASS_BOOL:
		return parse_bool(ret_value, text, err);
	case CLASS_IP:
		return parse_ip(ret_value, type, text.data, arena, err);
	case CLASS_NET:
		return parse_net(ret_value, type, text, arena, err);
	default:
		return parse_text(ret_value, type, text, arena, err);
	}
}
