/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that are looked up, in a network namespace of its own: a name server
 * answers from a table by UDP and, in pieces, by TCP; of what is asked here
 * each question and each record of an answer is a fact:
 *   name PID DIRECTION QUESTION NAME TYPE ANSWER
 * and so is what a connection's address was called, "-" if nobody had asked:
 *   called PID ADDRESS NAME
 */
#include <sched.h>
#include <signal.h>

#include "network.h"

enum {
	PORT = 53,
	MESSAGE_MAX = 65535,
	HEADER_LEN = 12,
	TYPE_A = 1,
	TYPE_CNAME = 5,
	TYPE_TXT = 16,
	TYPE_AAAA = 28
};

#define SIXTY "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz01234567"

struct message {
	uint8_t bytes[MESSAGE_MAX];
	size_t len;
};

/* A question and what the records of its answer have. */
struct entry {
	const char *name;
	int type, count;
};

static const struct entry entries[] = {
	{ "short.test", TYPE_A, 1 },
	{ SIXTY "." SIXTY "." SIXTY ".long.test", TYPE_A, 1 },
	{ "many.test", TYPE_A, 5 },
	{ "six.test", TYPE_AAAA, 200 },
	{ "text.test", TYPE_TXT, 2 },
	{ "alias.test", TYPE_CNAME, 3 },
	{ "none.test", TYPE_A, 0 },
};

enum { ENTRIES = sizeof(entries) / sizeof(entries[0]) };

static void put(struct message *m, const void *data, size_t len)
{
	memcpy(m->bytes + m->len, data, len);
	m->len += len;
}

static void put_u16(struct message *m, int value)
{
	const uint8_t bytes[2] = { (uint8_t)(value >> 8), (uint8_t)value };

	put(m, bytes, 2);
}

static void put_name(struct message *m, const char *name)
{
	for (size_t n; *name; name += n + (name[n] == '.')) {
		uint8_t len = (uint8_t)(n = strcspn(name, "."));

		put(m, &len, 1);
		put(m, name, n);
	}
	put(m, "", 1);
}

static void put_question(struct message *m, const struct entry *e)
{
	m->len = 0;
	put_u16(m, 7);
	put_u16(m, 0x0100);
	put_u16(m, 1);
	put(m, "\0\0\0\0\0\0", 6);
	put_name(m, e->name);
	put_u16(m, e->type == TYPE_CNAME ? TYPE_A : e->type);
	put_u16(m, 1);
}

static void put_record(struct message *m, const char *name, int type,
		       const void *data, size_t len)
{
	put_name(m, name);
	put_u16(m, type);
	put_u16(m, 1);
	put(m, "\0\0\0\74", 4);
	put_u16(m, (int)len);
	put(m, data, len);
}

/* Of a CNAME two names before the address. */
static void put_chain(struct message *m)
{
	struct message name = { .len = 0 };

	put_name(&name, "second.test");
	put_record(m, "alias.test", TYPE_CNAME, name.bytes, name.len);
	name.len = 0;
	put_name(&name, "third.test");
	put_record(m, "second.test", TYPE_CNAME, name.bytes, name.len);
	put_record(m, "third.test", TYPE_A, "\177\0\0\12", 4);
}

static void put_answer(struct message *m, const struct entry *e)
{
	uint8_t address[16] = { 0 };

	m->bytes[2] = 0x81;
	m->bytes[3] = e->count ? 0x80 : 0x83;
	m->bytes[7] = (uint8_t)(e->type == TYPE_TXT ? 1 : e->count);
	if (e->type == TYPE_CNAME) {
		put_chain(m);
		return;
	}
	if (e->type == TYPE_TXT) {
		put_record(m, e->name, TYPE_TXT, "\5hello\5world", 12);
		return;
	}
	for (int i = 0; i < e->count; i++) {
		address[0] = e->type == TYPE_A ? 127 : 0xfd;
		address[e->type == TYPE_A ? 3 : 15] = (uint8_t)(20 + i);
		put_record(m, e->name, e->type, address,
			   e->type == TYPE_A ? 4 : 16);
	}
}

static void tell_answer(const struct entry *e)
{
	static const char six[] = "fd00::%x";
	const char *type = e->type == TYPE_A ? "A" : "AAAA";

	if (!e->count)
		fact("name %d response %s %s A -", getpid(), e->name, e->name);
	for (int i = 0;
	     i < e->count && e->type != TYPE_CNAME && e->type != TYPE_TXT;
	     i++) {
		char text[32];

		snprintf(text, sizeof(text),
			 e->type == TYPE_A ? "127.0.0.%d" : six, 20 + i);
		fact("name %d response %s %s %s %s", getpid(), e->name, e->name,
		     type, text);
	}
	if (e->type == TYPE_TXT)
		fact("name %d response %s %s TXT \"hello\" \"world\"", getpid(),
		     e->name, e->name);
	if (e->type != TYPE_CNAME)
		return;
	fact("name %d response alias.test alias.test CNAME second.test",
	     getpid());
	fact("name %d response alias.test second.test CNAME third.test",
	     getpid());
	fact("name %d response alias.test third.test A 127.0.0.10", getpid());
}

static void tell(const struct entry *e)
{
	const char *type = e->type == TYPE_TXT	  ? "TXT"
			   : e->type == TYPE_AAAA ? "AAAA"
						  : "A";

	fact("name %d query %s %s %s -", getpid(), e->name, e->name, type);
	tell_answer(e);
}

static const struct entry *find(const struct message *m)
{
	static struct message question;

	for (int i = 0; i < ENTRIES; i++) {
		put_question(&question, &entries[i]);
		if (question.len == m->len &&
		    !memcmp(question.bytes, m->bytes, m->len))
			return &entries[i];
	}
	require(0, "a question that was asked");
	return NULL;
}

static void serve_datagrams(int fd)
{
	static struct message m;

	for (;;) {
		struct address from = { .len = sizeof(from.local) };
		ssize_t n = recvfrom(fd, m.bytes, sizeof(m.bytes), 0, &from.any,
				     &from.len);

		require(n > 0, "recvfrom");
		m.len = (size_t)n;
		put_answer(&m, find(&m));
		require(sendto(fd, m.bytes, m.len, 0, &from.any, from.len) > 0,
			"sendto");
	}
}

static void take(int fd, void *to, size_t len)
{
	require(recv(fd, to, len, MSG_WAITALL) == (ssize_t)len, "recv");
}

/* The length in two pieces, the message in three, two answers in one. */
static void serve_streams(int fd)
{
	static struct message m, all;

	for (;;) {
		int c = accept(fd, NULL, NULL);
		uint8_t len[2];

		require(c >= 0, "accept");
		take(c, len, 2);
		m.len = (size_t)(len[0] << 8 | len[1]);
		take(c, m.bytes, m.len);
		put_answer(&m, find(&m));
		all.len = 0;
		put_u16(&all, (int)m.len);
		put(&all, m.bytes, m.len);
		for (size_t at = 0, n; at < all.len; at += n) {
			n = at < 2 ? 1 : at == 2 ? 20 : all.len - at;
			require(send(c, all.bytes + at, n, MSG_MORE) ==
					(ssize_t)n,
				"send");
		}
		close(c);
	}
}

static pid_t serve(void (*run)(int fd), int fd)
{
	pid_t pid = fork();

	if (!pid)
		run(fd);
	close(fd);
	return pid;
}

/* By a socket that is connected, or by one that is not, read(2) or recvmsg. */
static void ask(const struct entry *e, const struct address *server, int way)
{
	static struct message m;
	struct iovec part = { m.bytes, sizeof(m.bytes) };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	int fd = make(server->any.sa_family, SOCK_DGRAM);
	ssize_t n;

	put_question(&m, e);
	if (way)
		require(!connect(fd, &server->any, server->len), "connect");
	n = way == 2 ? write(fd, m.bytes, m.len)
	    : way    ? send(fd, m.bytes, m.len, 0)
		     : sendto(fd, m.bytes, m.len, 0, &server->any, server->len);
	require(n == (ssize_t)m.len, "ask");
	n = way == 2   ? read(fd, m.bytes, sizeof(m.bytes))
	    : way == 1 ? recvmsg(fd, &message, 0)
		       : recv(fd, m.bytes, sizeof(m.bytes), 0);
	require(n >= HEADER_LEN, "an answer");
	close(fd);
	tell(e);
}

static void ask_by_stream(const struct entry *e, const struct address *server)
{
	static struct message m;
	uint8_t len[2];
	int fd = make(AF_INET, SOCK_STREAM);

	require(!connect(fd, &server->any, server->len), "connect");
	put_question(&m, e);
	len[0] = (uint8_t)(m.len >> 8);
	len[1] = (uint8_t)m.len;
	require(send(fd, len, 2, MSG_MORE) == 2, "send");
	require(send(fd, m.bytes, m.len, 0) == (ssize_t)m.len, "send");
	take(fd, len, 2);
	take(fd, m.bytes, (size_t)(len[0] << 8 | len[1]));
	close(fd);
	tell(e);
}

static void connect_to(const char *ip, int port, const char *name)
{
	struct address to = v4(ip, port);
	int fd = make(AF_INET, SOCK_STREAM);

	require(!connect(fd, &to.any, to.len), "connect");
	close(fd);
	fact("called %d %s %s", getpid(), ip, name);
}

static void in_child(const struct entry *e, const struct address *server,
		     int port)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		if (e)
			ask(e, server, 0);
		else
			connect_to("127.0.0.10", port, "-");
		_exit(0);
	}
	require(waitpid(pid, &status, 0) == pid && !status, "a child");
}

/* The name is that which this process asked for, before it connected. */
static void use_names(const struct address *server)
{
	int fd = bound(AF_INET, SOCK_STREAM, v4("0.0.0.0", 0));
	int port = port_of(fd);

	require(!listen(fd, 8), "listen");
	connect_to("127.0.0.20", port, "-");
	ask(&entries[0], server, 0);
	connect_to("127.0.0.20", port, "short.test");
	ask(&entries[5], server, 0);
	in_child(&entries[2], server, port); /* 127.0.0.20, too */
	connect_to("127.0.0.20", port, "short.test");
	connect_to("127.0.0.10", port, "alias.test");
	in_child(NULL, server, port);
	ask(&entries[2], server, 0);
	connect_to("127.0.0.20", port, "many.test");
	close(fd);
}

int main(void)
{
	struct address server = v4("127.0.0.1", PORT), six = v6("::1", PORT);
	pid_t servers[3];
	int fd;

	if (unshare(CLONE_NEWNET))
		return 0; /* it says nothing: not possible here */
	raise_loopback();
	servers[0] = serve(serve_datagrams, bound(AF_INET, SOCK_DGRAM, server));
	servers[1] = serve(serve_datagrams, bound(AF_INET6, SOCK_DGRAM, six));
	fd = bound(AF_INET, SOCK_STREAM, server);
	require(!listen(fd, 8), "listen");
	servers[2] = serve(serve_streams, fd);
	use_names(&server);
	for (int i = 0; i < ENTRIES; i++) {
		ask(&entries[i], &server, i % 3);
		ask(&entries[i], &six, (i + 1) % 3);
		ask_by_stream(&entries[i], &server);
	}
	for (int i = 0; i < 3; i++)
		kill(servers[i], SIGKILL);
	while (wait(NULL) > 0)
		;
	return 0;
}
