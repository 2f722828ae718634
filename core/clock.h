/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Converts between nanoseconds since 1970 and times as people write them, and
 * reads the steady clock.
 */
#ifndef SPOOR_CORE_CLOCK_H
#define SPOOR_CORE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The steady clock, in ns since the boot: it is never set, and runs during
 * suspend.  Engines order events and wait by it.
 */
uint64_t clock_steady_ns(void);

enum { CLOCK_ISO_LEN = 31 }; /* with the NUL */

/* Prints a time as "2026-11-25T14:42:03.474012518Z" (UTC, fixed width). */
void clock_iso(char out[CLOCK_ISO_LEN], uint64_t ns);

/*
 * Parses an ISO 8601 date, or date and time, in UTC unless it has a zone
 * ("2026-11-25", "2026-11-25 14:42", "2026-11-25T14:42:03.5+01:00"), or a
 * number: seconds since 1970 (also 1.5), or nanoseconds if it has 16 digits or
 * more.  false: text is neither.
 */
bool clock_parse(const char *text, size_t len, uint64_t *ret_ns);

#endif
