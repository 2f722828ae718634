/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flags and numbers of system calls as the capture writes them, where they
 * differ from the kernel's: the rows of flags.c, grouped by the sets that the
 * steps of the syscall table name.
 */
#ifndef SPOOR_CAPTURE_ENCODE_FLAGS_H
#define SPOOR_CAPTURE_ENCODE_FLAGS_H

#include <stdint.h>

#include "capture/record/steps.h"

/* Translates each bit by its row; bits without a row are left out. */
uint32_t flag_bits(enum flag_set set, uint64_t kernel);

/* The value of the row with that number; 0 (unknown in all sets) if there is
 * none. */
uint32_t flag_value(enum flag_set set, uint64_t kernel);

/* Translates flags of open(2) and its kin, with the access mode. */
uint32_t flag_open(uint64_t kernel);

#endif
