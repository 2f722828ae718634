/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/shell_word.h"

#include <stdbool.h>
#include <string.h>

void shell_word(struct buffer *out, const char *word)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_-+=./,:@%";
	bool is_plain = *word && !word[strspn(word, plain)];

	buffer_printf(out, is_plain ? " " : " '");
	for (const char *c = word; *c; c++)
		if (*c == '\'')
			buffer_printf(out, "'\\''");
		else
			buffer_u8(out, (uint8_t)*c);
	buffer_printf(out, is_plain ? "" : "'");
}
