/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the 32-bit calls. */
#ifndef SPOOR_CAPTURE_RECORD_I386_H
#define SPOOR_CAPTURE_RECORD_I386_H

enum { I386_MAX = 470 };

/* By number; NULL: there is none. */
extern const char *const i386_names[I386_MAX];

#endif
