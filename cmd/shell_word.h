/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines as text. */
#ifndef SPOOR_CMD_SHELL_WORD_H
#define SPOOR_CMD_SHELL_WORD_H

#include "core/bytes.h"

/* Appends a blank and a word, quoted for a shell if necessary. */
void shell_word(struct buffer *out, const char *word);

#endif
