/* SPDX-License-Identifier: Apache-2.0 */
/* Values as cases write them, and as events hold them; see cases.h. */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/event/ppm_constants.h"
#include "tests/vectors/cases.h"

size_t case_unescape(char *text, size_t len)
{
	static const char from[] = "nt\\\"", to[] = "\n\t\\\"";
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		const char *at;
		char hex[3] = "";

		if (text[i] != '\\' || i + 1 == len) {
			text[n++] = text[i];
			continue;
		}
		at = strchr(from, text[i + 1]);
		if (text[i + 1] == 'x' && i + 3 < len) {
			memcpy(hex, text + i + 2, 2);
			text[n++] = (char)strtoul(hex, NULL, 16);
			i += 3;
		} else if (at) {
			text[n++] = to[at - from];
			i++;
		} else {
			text[n++] = text[i];
		}
	}
	text[n] = '\0';
	return n;
}

int case_word(struct cases *c, char **at, const char **ret_key,
	      struct text *ret_value)
{
	char *p = *at + strspn(*at, " \t");
	size_t len = strcspn(p, "= \t");
	bool is_quoted = p[len] == '=' && p[len + 1] == '"';
	char *value = p + len + 1 + is_quoted;
	char *end = value;

	if (!*p)
		return 0;
	*ret_key = p;
	*ret_value = (struct text){ NULL, 0 };
	if (p[len] != '=') {
		*at = p + len + (p[len] != '\0');
		p[len] = '\0';
		return 1;
	}
	p[len] = '\0';
	while (*end && (is_quoted ? *end != '"' : !isblank(*end)))
		end += end[0] == '\\' && end[1] ? 2 : 1;
	if (is_quoted && !*end)
		return case_fail(c, "no end of the quoted %s", p);
	*at = end + (*end != '\0');
	*end = '\0';
	ret_value->data = value;
	ret_value->len = (uint32_t)case_unescape(value, (size_t)(end - value));
	return 1;
}

/* One number or name, without |. */
static bool one_number(const char *text, const struct flag_name *names,
		       uint64_t *ret_number)
{
	char *end;

	for (; names && names->name; names++)
		if (!strcmp(names->name, text)) {
			*ret_number = names->value;
			return true;
		}
	if (text[0] == '-' && text[1] == 'E')
		for (int code = 1; code < 134; code++) {
			const char *name = strerrorname_np(code);

			if (name && !strcmp(name, text + 1)) {
				*ret_number = (uint64_t)-code;
				return true;
			}
		}
	*ret_number = text[0] == '-' ? (uint64_t)strtoll(text, &end, 0)
				     : strtoull(text, &end, 0);
	return *text && !*end;
}

int case_number(struct cases *c, const char *text,
		const struct flag_name *names, uint64_t *ret_number)
{
	char *copy = arena_strdup(&c->arena, text);
	char *rest = copy;
	char *part;

	*ret_number = 0;
	while ((part = strsep(&rest, "|"))) {
		uint64_t number;

		if (!one_number(part, names, &number))
			return case_fail(c, "'%s' is no number or name", part);
		*ret_number |= number;
	}
	return 0;
}

/* ADDRESS:PORT, the address of IPv6 in brackets. */
static int parse_end(struct cases *c, char *text, uint8_t *ret_addr,
		     uint16_t *ret_port, bool *ret_is_ipv6)
{
	char *colon = strrchr(text, ':');
	bool is_ipv6 = *text == '[';

	if (!colon || (is_ipv6 && colon[-1] != ']'))
		return case_fail(c, "'%s' is no address:port", text);
	colon[is_ipv6 ? -1 : 0] = '\0';
	if (inet_pton(is_ipv6 ? AF_INET6 : AF_INET, text + is_ipv6, ret_addr) !=
	    1)
		return case_fail(c, "'%s' is no address", text);
	*ret_port = (uint16_t)strtoul(colon + 1, NULL, 10);
	*ret_is_ipv6 = is_ipv6;
	return 0;
}

int case_ends(struct cases *c, char *text, struct case_ends *ret_ends)
{
	char *arrow = strstr(text, "->");

	if (!arrow)
		return case_fail(c, "no -> in '%s'", text);
	*arrow = '\0';
	*ret_ends = (struct case_ends){ .is_ipv6 = false };
	if (parse_end(c, text, ret_ends->sip, &ret_ends->sport,
		      &ret_ends->is_ipv6))
		return -1;
	return parse_end(c, arrow + 2, ret_ends->dip, &ret_ends->dport,
			 &ret_ends->is_ipv6);
}

/* unix:PATH or an address and a port. */
static int put_sockaddr(struct cases *c, struct buffer *out, char *text)
{
	uint8_t addr[16];
	uint16_t port;
	bool is_ipv6;

	if (!strncmp(text, "unix:", 5)) {
		buffer_u8(out, PPM_AF_UNIX);
		buffer_put(out, text + 5, strlen(text + 5) + 1);
		return 0;
	}
	if (parse_end(c, text, addr, &port, &is_ipv6))
		return -1;
	buffer_u8(out, is_ipv6 ? PPM_AF_INET6 : PPM_AF_INET);
	buffer_put(out, addr, is_ipv6 ? 16 : 4);
	buffer_u16(out, port);
	return 0;
}

/* unix:SOURCE->DEST PATH with two addresses in the kernel, or two ends. */
static int put_tuple(struct cases *c, struct buffer *out, char *text)
{
	struct case_ends ends;
	unsigned len;

	if (!strncmp(text, "unix:", 5)) {
		char *at;

		buffer_u8(out, PPM_AF_UNIX);
		buffer_u64(out, strtoull(text + 5, &at, 0));
		at += strspn(at, "->");
		buffer_u64(out, strtoull(at, &at, 0));
		at += strspn(at, " ");
		buffer_put(out, at, strlen(at) + 1);
		return 0;
	}
	if (case_ends(c, text, &ends))
		return -1;
	len = ends.is_ipv6 ? 16 : 4;
	buffer_u8(out, ends.is_ipv6 ? PPM_AF_INET6 : PPM_AF_INET);
	buffer_put(out, ends.sip, len);
	buffer_u16(out, ends.sport);
	buffer_put(out, ends.dip, len);
	buffer_u16(out, ends.dport);
	return 0;
}

/* FD:FLAGS,FD:FLAGS */
/* What poll found; no event names these flags. */
static const struct flag_name poll_flags[] = {
	{ "POLLIN", PPM_POLLIN },	  { "POLLPRI", PPM_POLLPRI },
	{ "POLLOUT", PPM_POLLOUT },	  { "POLLRDHUP", PPM_POLLRDHUP },
	{ "POLLERR", PPM_POLLERR },	  { "POLLHUP", PPM_POLLHUP },
	{ "POLLNVAL", PPM_POLLNVAL },	  { "POLLRDNORM", PPM_POLLRDNORM },
	{ "POLLRDBAND", PPM_POLLRDBAND }, { "POLLWRNORM", PPM_POLLWRNORM },
	{ "POLLWRBAND", PPM_POLLWRBAND }, { NULL, 0 },
};

static int put_fdlist(struct cases *c, struct buffer *out, char *text)
{
	size_t start = out->len;
	uint16_t count = 0;
	char *part;

	buffer_u16(out, 0);
	while ((part = strsep(&text, ","))) {
		char *colon = strchr(part, ':');
		uint64_t flags;

		if (!colon || case_number(c, colon + 1, poll_flags, &flags))
			return case_fail(c, "'%s' is no fd:flags", part);
		buffer_u64(out, (uint64_t)strtoll(part, NULL, 10));
		buffer_u16(out, (uint16_t)flags);
		count++;
	}
	memcpy(out->data + start, &count, sizeof(count));
	return 0;
}

static unsigned from_hex(char digit)
{
	return isdigit(digit) ? (unsigned)(digit - '0')
			      : (unsigned)(tolower(digit) - 'a' + 10);
}

static int put_hex(struct cases *c, struct buffer *out, const char *digits)
{
	size_t len = strlen(digits);

	if (len % 2 || strspn(digits, "0123456789abcdefABCDEF") != len)
		return case_fail(c, "'%s' is no row of bytes", digits);
	for (size_t i = 0; i < len; i += 2)
		buffer_u8(out, (uint8_t)(from_hex(digits[i]) << 4 |
					 from_hex(digits[i + 1])));
	return 0;
}

/* Bytes: 0x and hex digits, or the text itself. */
static int put_bytes(struct cases *c, struct buffer *out, struct text v)
{
	if (v.len >= 2 && !memcmp(v.data, "0x", 2))
		return put_hex(c, out, v.data + 2);
	buffer_put(out, v.data, v.len);
	return 0;
}

static int put_number(struct cases *c, struct buffer *out,
		      const struct param_kind *kind, const char *text)
{
	unsigned len = param_type_len((enum param_type)kind->type);
	uint64_t number;

	if (case_number(c, text, kind->flags, &number))
		return -1;
	buffer_put(out, &number, len ? len : sizeof(number));
	return 0;
}

/* INDEX:VALUE, of the alternative with that index. */
static int put_dyn(struct cases *c, struct buffer *out,
		   const struct param_kind *kind, struct text v)
{
	unsigned index = (unsigned)strtoul(v.data, NULL, 10);
	const char *colon = strchr(v.data, ':');
	uint32_t skip = colon ? (uint32_t)(colon + 1 - v.data) : 0;

	if (!colon || index >= kind->dyn_count)
		return case_fail(c, "'%s' is no index:value", v.data);
	buffer_u8(out, (uint8_t)index);
	return case_param(c, out, &kind->dyn[index],
			  (struct text){ v.data + skip, v.len - skip });
}

int case_param(struct cases *c, struct buffer *out,
	       const struct param_kind *kind, struct text value)
{
	char *text = arena_copy(&c->arena, value.data, value.len);

	if (*text == '!')
		return put_hex(c, out, text + 1);
	switch (kind->type) {
	case PT_CHARBUF:
	case PT_FSPATH:
	case PT_FSRELPATH:
		buffer_put(out, text, value.len + 1);
		return 0;
	case PT_BYTEBUF:
		return put_bytes(c, out, value);
	case PT_CHARBUFARRAY:
		for (uint32_t i = 0; i < value.len; i++)
			if (text[i] == ',')
				text[i] = '\0';
		buffer_put(out, text, value.len + (value.len > 0));
		return 0;
	case PT_SOCKADDR:
		return put_sockaddr(c, out, text);
	case PT_SOCKTUPLE:
		return put_tuple(c, out, text);
	case PT_FDLIST:
		return put_fdlist(c, out, text);
	case PT_DYN:
		return put_dyn(c, out, kind, value);
	default:
		return put_number(c, out, kind, text);
	}
}
