/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that run already. */
#ifndef SPOOR_CAPTURE_INJECT_INJECT_ATTACH_H
#define SPOOR_CAPTURE_INJECT_INJECT_ATTACH_H

#include "capture/inject/inject_thread.h"

/*
 * A thread has stopped (status: as of wait(2)) that was not launched by us.  At
 * the stop that we interrupted it for, it gets a slot in the arena of its
 * process, which the first thread makes by remote calls; at a stop of another
 * kind it is interrupted again.  In any case it stands when this returns, or is
 * gone.
 */
void inject_attach(struct injector *c, struct tracee *t, int status);

#endif
