/* SPDX-License-Identifier: Apache-2.0 */
/* Dates to nanoseconds and back; see clock.h. */
#include "core/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/bytes.h"

static const uint64_t second_ns = 1000000000;

uint64_t clock_steady_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void clock_iso(char out[CLOCK_ISO_LEN], uint64_t ns)
{
	time_t seconds = (time_t)(ns / second_ns);
	struct tm tm;
	size_t n;

	gmtime_r(&seconds, &tm);
	n = strftime(out, CLOCK_ISO_LEN, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(out + n, CLOCK_ISO_LEN - n, ".%09uZ",
		 (unsigned)(ns % second_ns));
}

static bool at_digit(const struct cursor *c)
{
	return cursor_left(c) && *c->next >= '0' && *c->next <= '9';
}

/* Takes one of the characters, if it comes next. */
static bool take_any(struct cursor *c, const char *any)
{
	if (!cursor_left(c) || !*c->next || !strchr(any, *c->next))
		return false;
	c->next++;
	return true;
}

/* `digits' digits; anything else fails. */
static int number(struct cursor *c, int digits)
{
	int n = 0;

	while (digits--) {
		if (!at_digit(c)) {
			c->failed = true;
			return 0;
		}
		n = n * 10 + (cursor_u8(c) - '0');
	}
	return n;
}

/* What follows a decimal point, as nanoseconds. */
static uint64_t fraction(struct cursor *c)
{
	uint64_t ns = 0, unit = second_ns / 10;

	for (; at_digit(c); unit /= 10)
		ns += (uint64_t)(cursor_u8(c) - '0') * unit;
	return ns;
}

/* Seconds that a zone is ahead of UTC. */
static int zone(struct cursor *c)
{
	int sign = 1, seconds;

	if (take_any(c, "Zz"))
		return 0;
	if (!take_any(c, "+")) {
		if (!take_any(c, "-"))
			return 0;
		sign = -1;
	}
	seconds = number(c, 2) * 3600;
	take_any(c, ":");
	if (at_digit(c))
		seconds += number(c, 2) * 60;
	return sign * seconds;
}

/* A date, with an optional time and zone. */
static bool parse_date(struct cursor c, uint64_t *ret_ns)
{
	struct tm tm = { .tm_year = number(&c, 4) - 1900 };
	uint64_t ns = 0;
	int64_t seconds;

	c.failed |= !take_any(&c, "-");
	tm.tm_mon = number(&c, 2) - 1;
	c.failed |= !take_any(&c, "-");
	tm.tm_mday = number(&c, 2);
	if (take_any(&c, "T ")) {
		tm.tm_hour = number(&c, 2);
		c.failed |= !take_any(&c, ":");
		tm.tm_min = number(&c, 2);
		if (take_any(&c, ":")) {
			tm.tm_sec = number(&c, 2);
			if (take_any(&c, ".,"))
				ns = fraction(&c);
		}
	}
	seconds = -(int64_t)zone(&c);
	if (c.failed || cursor_left(&c))
		return false;
	seconds += timegm(&tm);
	if (seconds > (int64_t)(UINT64_MAX / second_ns) - 1)
		return false; /* after the year 2554 */
	*ret_ns = seconds < 0 ? 0 : (uint64_t)seconds * second_ns + ns;
	return true;
}

/* Seconds since 1970, or nanoseconds if there are 16 digits or more. */
static bool parse_number(struct cursor c, uint64_t *ret_ns)
{
	enum { SECONDS_DIGITS = 11, NS_DIGITS = 16, DIGITS_MAX = 19 };
	uint64_t n = 0;
	unsigned digits = 0;

	for (; at_digit(&c) && digits <= DIGITS_MAX; digits++)
		n = n * 10 + (uint64_t)(cursor_u8(&c) - '0');
	if (!digits || digits > DIGITS_MAX)
		return false;
	if (digits < NS_DIGITS) {
		if (digits > SECONDS_DIGITS)
			return false; /* maybe microseconds: ambiguous */
		n *= second_ns;
		if (take_any(&c, "."))
			n += fraction(&c);
	}
	*ret_ns = n;
	return !cursor_left(&c);
}

bool clock_parse(const char *text, size_t len, uint64_t *ret_ns)
{
	struct cursor c = cursor_of(text, len);

	return parse_number(c, ret_ns) || parse_date(c, ret_ns);
}
