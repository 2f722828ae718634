/* SPDX-License-Identifier: Apache-2.0 */
/* Times as people write them, nanoseconds since 1970, and the steady clock. */
#ifndef SPOOR_CORE_CLOCK_H
#define SPOOR_CORE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The steady clock, in ns since the boot: nobody sets it, and it goes on in
 * suspend.  Engines order and wait by it.
 */
uint64_t clock_steady_ns(void);

enum { CLOCK_ISO_LEN = 31 }; /* with the NUL */

/* "2026-11-25T14:42:03.474012518Z": UTC, of fixed width. */
void clock_iso(char out[CLOCK_ISO_LEN], uint64_t ns);

/*
 * Reads an ISO 8601 date and time ("2026-11-25", "2026-11-25 14:42", "...T14:
 * 42:03.5Z", "...+01:00"; without a zone: UTC), or a number since 1970:
 * seconds (also 1.5), or if it has 16 digits or more nanoseconds.  false: it
 * is neither.
 */
bool clock_parse(const char *text, size_t len, uint64_t *ret_ns);

#endif
