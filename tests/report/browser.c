/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A page in headless Chromium, driven through the DevTools protocol over two
 * pipes: JSON messages, each ended by a zero byte, in on fd 3, out on fd 4
 * (--remote-debugging-pipe).  For tests and for looking at the report.
 *
 *     browser CHROMIUM PAGE [WIDTH [HEIGHT [light|dark]]] < steps
 *
 * A step is a line: "eval JAVASCRIPT" prints its value as JSON, "key NAME"
 * presses a key, "drag X Y X2 Y2" drags the pointer, "shot FILE" and
 * "pdf FILE" write a picture and the printed page.  At the end come a line
 * "problem ..." for each error the page reported and "request URL" for each
 * it made.  Exit code 1: the browser did not answer.
 */
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/bytes.h"

enum { ANSWER_MS = 120000 };

struct browser {
	pid_t pid;
	int in, out;
	struct buffer got; /* bytes behind the last whole message */
	json_int_t last_id;
	const char *session; /* of the page; NULL: the browser itself */
	char session_text[64];
	bool is_loaded;
	struct buffer notes; /* lines about problems and requests */
};

static void fail(const char *what)
{
	fprintf(stderr, "browser: %s\n", what);
	exit(1);
}

static void start(struct browser *b, const char *program, const char *profile)
{
	char data_dir[512];
	int in[2], out[2];

	snprintf(data_dir, sizeof(data_dir), "--user-data-dir=%s", profile);
	if (pipe(in) || pipe(out))
		fail("no pipe");
	b->pid = fork();
	if (!b->pid) {
		int null = open("/dev/null", O_RDWR);
		int from = fcntl(in[0], F_DUPFD, 10);
		int to = fcntl(out[1], F_DUPFD, 10);

		dup2(null, 0);
		dup2(null, 1);
		dup2(null, 2);
		dup2(from, 3);
		dup2(to, 4);
		for (int fd = 5; fd < 64; fd++)
			close(fd);
		execlp(program, program, "--headless", "--no-sandbox",
		       "--disable-gpu", "--disable-quic", "--no-first-run",
		       "--disable-background-networking",
		       "--disable-component-update", "--disable-sync",
		       "--hide-scrollbars", "--remote-debugging-pipe", data_dir,
		       "about:blank", (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	b->in = in[1];
	b->out = out[0];
}

/* The next message; NULL after ANSWER_MS of silence. */
static json_t *receive(struct browser *b)
{
	for (;;) {
		uint8_t *end =
			b->got.len ? memchr(b->got.data, 0, b->got.len) : NULL;
		struct pollfd p = { .fd = b->out, .events = POLLIN };
		ssize_t n;

		if (end) {
			size_t len = (size_t)(end - b->got.data) + 1;
			json_t *m = json_loads((char *)b->got.data, 0, NULL);

			b->got.len -= len;
			memmove(b->got.data, b->got.data + len, b->got.len);
			return m;
		}
		if (poll(&p, 1, ANSWER_MS) <= 0)
			return NULL;
		n = read(b->out, buffer_reserve(&b->got, 65536), 65536);
		if (n <= 0)
			return NULL;
		b->got.len += (size_t)n;
	}
}

static const char *text_at(const json_t *m, const char *a, const char *key)
{
	const char *s =
		json_string_value(json_object_get(json_object_get(m, a), key));

	return s ? s : "";
}

/* Notes what an event of the page tells. */
static void note(struct browser *b, const json_t *m)
{
	const char *method = json_string_value(json_object_get(m, "method"));
	const json_t *p = json_object_get(m, "params");

	if (!method)
		return;
	if (!strcmp(method, "Page.loadEventFired"))
		b->is_loaded = true;
	else if (!strcmp(method, "Network.requestWillBeSent"))
		buffer_printf(&b->notes, "request %s\n",
			      text_at(p, "request", "url"));
	else if (!strcmp(method, "Runtime.exceptionThrown"))
		buffer_printf(&b->notes, "problem exception: %s\n",
			      text_at(json_object_get(p, "exceptionDetails"),
				      "exception", "description"));
	else if (!strcmp(method, "Log.entryAdded"))
		buffer_printf(&b->notes, "problem %s: %s\n",
			      text_at(p, "entry", "level"),
			      text_at(p, "entry", "text"));
	else if (!strcmp(method, "Runtime.consoleAPICalled"))
		buffer_printf(&b->notes, "problem console.%s\n",
			      text_at(m, "params", "type"));
}

/* Sends a command (params stolen) and waits for its result (borrowed by
 * nobody: json_decref it). */
static json_t *call(struct browser *b, const char *method, json_t *params)
{
	json_t *m = json_pack("{sI ss so}", "id", ++b->last_id, "method",
			      method, "params", params);
	char *text;

	if (b->session)
		json_object_set_new(m, "sessionId", json_string(b->session));
	text = json_dumps(m, JSON_COMPACT);
	json_decref(m);
	if (write(b->in, text, strlen(text) + 1) < 0)
		fail("the browser went away");
	free(text);
	while ((m = receive(b))) {
		json_t *id = json_object_get(m, "id");

		if (id && json_integer_value(id) == b->last_id) {
			json_t *result =
				json_incref(json_object_get(m, "result"));

			if (!result)
				fprintf(stderr, "browser: %s: %s\n", method,
					text_at(m, "error", "message"));
			json_decref(m);
			return result ? result : json_object();
		}
		note(b, m);
		json_decref(m);
	}
	kill(b->pid, SIGKILL);
	fail("no answer");
	return NULL;
}

static void tell(struct browser *b, const char *method, json_t *params)
{
	json_decref(call(b, method, params));
}

static void open_page(struct browser *b, const char *url, char **options)
{
	int width = options[0] ? atoi(options[0]) : 1400;
	int height = options[0] && options[1] ? atoi(options[1]) : 900;
	bool dark = options[0] && options[1] && options[2] &&
		    !strcmp(options[2], "dark");
	json_t *r = call(b, "Target.createTarget",
			 json_pack("{ss}", "url", "about:blank"));
	json_t *s = call(
		b, "Target.attachToTarget",
		json_pack("{ss sb}", "targetId",
			  json_string_value(json_object_get(r, "targetId")),
			  "flatten", 1));

	snprintf(b->session_text, sizeof(b->session_text), "%s",
		 json_string_value(json_object_get(s, "sessionId")));
	b->session = b->session_text;
	json_decref(r);
	json_decref(s);
	tell(b, "Page.enable", json_object());
	tell(b, "Runtime.enable", json_object());
	tell(b, "Log.enable", json_object());
	tell(b, "Network.enable", json_object());
	tell(b, "Emulation.setDeviceMetricsOverride",
	     json_pack("{si si si sb}", "width", width, "height", height,
		       "deviceScaleFactor", 1, "mobile", 0));
	tell(b, "Emulation.setEmulatedMedia",
	     json_pack("{s[{ss ss}]}", "features", "name",
		       "prefers-color-scheme", "value",
		       dark ? "dark" : "light"));
	tell(b, "Page.navigate", json_pack("{ss}", "url", url));
	while (!b->is_loaded) {
		json_t *m = receive(b);

		if (!m)
			fail("the page did not load");
		note(b, m);
		json_decref(m);
	}
}

static void evaluate(struct browser *b, const char *script)
{
	json_t *r = call(b, "Runtime.evaluate",
			 json_pack("{ss sb sb}", "expression", script,
				   "returnByValue", 1, "awaitPromise", 1));
	const char *error = text_at(json_object_get(r, "exceptionDetails"),
				    "exception", "description");
	json_t *value = json_object_get(json_object_get(r, "result"), "value");

	if (*error) {
		printf("exception: %s\n", error);
	} else {
		char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

		puts(text ? text : "undefined");
		free(text);
	}
	json_decref(r);
}

static void press(struct browser *b, const char *key)
{
	bool is_text = !key[1] || !strcmp(key, "Enter");
	json_t *down =
		json_pack("{ss ss}", "type", is_text ? "keyDown" : "rawKeyDown",
			  "key", key);

	if (is_text)
		json_object_set_new(down, "text",
				    json_string(key[1] ? "\r" : key));
	tell(b, "Input.dispatchKeyEvent", down);
	tell(b, "Input.dispatchKeyEvent",
	     json_pack("{ss ss}", "type", "keyUp", "key", key));
}

static void point(struct browser *b, const char *type, double x, double y)
{
	tell(b, "Input.dispatchMouseEvent",
	     json_pack("{ss sf sf ss si si}", "type", type, "x", x, "y", y,
		       "button", "left", "buttons", 1, "clickCount", 1));
}

static void drag(struct browser *b, const char *where)
{
	double x, y, to_x, to_y;

	if (sscanf(where, "%lf %lf %lf %lf", &x, &y, &to_x, &to_y) != 4)
		fail("drag wants X Y X2 Y2");
	point(b, "mousePressed", x, y);
	for (int i = 1; i <= 4; i++)
		point(b, "mouseMoved", x + (to_x - x) * i / 4,
		      y + (to_y - y) * i / 4);
	point(b, "mouseReleased", to_x, to_y);
}

static void put_base64(const char *text, const char *path)
{
	FILE *out = fopen(path, "wb");
	uint32_t bits = 0;
	int n = 0;

	if (!out)
		fail("cannot write the picture");
	for (; *text && *text != '='; text++) {
		static const char digits[] =
			"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			"0123456789+/";

		bits = bits << 6 | (uint32_t)(strchr(digits, *text) - digits);
		if (++n % 4 != 1)
			fputc((int)(bits >> (8 - n % 4 * 2) % 8 & 255), out);
	}
	fclose(out);
}

static void save(struct browser *b, const char *method, json_t *params,
		 const char *path)
{
	json_t *r = call(b, method, params);

	put_base64(json_string_value(json_object_get(r, "data")), path);
	json_decref(r);
}

static void step(struct browser *b, char *line)
{
	char *rest = strchr(line, ' ');

	if (!rest)
		return;
	*rest++ = '\0';
	if (!strcmp(line, "eval"))
		evaluate(b, rest);
	else if (!strcmp(line, "key"))
		press(b, rest);
	else if (!strcmp(line, "drag"))
		drag(b, rest);
	else if (!strcmp(line, "shot"))
		save(b, "Page.captureScreenshot", json_object(), rest);
	else if (!strcmp(line, "pdf"))
		save(b, "Page.printToPDF", json_object(), rest);
}

int main(int argc, char **argv)
{
	static struct browser b;
	char profile[] = "/tmp/spoor-browser.XXXXXX";
	char url[4200], command[128];
	char *full = argc > 2 ? realpath(argv[2], NULL) : NULL;
	char *line = NULL;
	size_t room = 0;

	if (!full || !mkdtemp(profile))
		fail("usage: browser CHROMIUM PAGE [WIDTH [HEIGHT [dark]]]");
	snprintf(url, sizeof(url), "file://%s", full);
	signal(SIGPIPE, SIG_IGN);
	start(&b, argv[1], profile);
	open_page(&b, url, argv + 3);
	setvbuf(stdout, NULL, _IOLBF, 0);
	while (getline(&line, &room, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		step(&b, line);
	}
	fwrite(b.notes.data, 1, b.notes.len, stdout);
	b.session = NULL;
	tell(&b, "Browser.close", json_object());
	waitpid(b.pid, NULL, 0);
	snprintf(command, sizeof(command), "rm -rf %s", profile);
	if (system(command))
		fail("cannot remove the profile");
	free(line);
	free(full);
	buffer_free(&b.got);
	buffer_free(&b.notes);
	return 0;
}
