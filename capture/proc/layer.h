/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which layer of a container's root an open file or program is of: the image
 * (lower), or what was made since (upper).
 */
#ifndef SPOOR_CAPTURE_PROC_LAYER_H
#define SPOOR_CAPTURE_PROC_LAYER_H

#include <sys/stat.h>
#include <sys/types.h>

enum layer { LAYER_NONE, LAYER_UPPER, LAYER_LOWER };

/*
 * name: "exe" or "fd/N" of /proc/TID, st: its stat(2).  LAYER_NONE where
 * the file is in no overlay, or its upper folder cannot be reached from here.
 */
enum layer overlay_layer(pid_t tid, const char *name, const struct stat *st);

#endif
