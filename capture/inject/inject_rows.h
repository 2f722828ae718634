/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the syscall table, as the stubs needs them. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_ROWS_H
#define SPOOR_CAPTURE_INJECT_INJECT_ROWS_H

#include "capture/inject/injector.h"

/* Fills the row of a call; nr SYSCALL_MAX: of all unknown numbers. */
void inject_fill_row(struct stub_row *to, int nr,
		     const struct capture_options *options);

/* The row of a number, which may be any: a view, constant. */
const struct stub_row *inject_row(const struct injector *c, uint64_t nr);

#endif
