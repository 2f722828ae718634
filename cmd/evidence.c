/* SPDX-License-Identifier: Apache-2.0 */
/* Reports the state of the evidence, for all commands. */
#include "core/file/evidence.h"
#include "cmd/cmd.h"
#include "core/bytes.h"

int cmd_evidence(const char *command, const struct evidence *evidence)
{
	struct buffer text = { 0 };

	evidence_text(&text, evidence);
	if (text.len)
		cmd_note(command, "%.*s", (int)text.len,
			 (const char *)text.data);
	buffer_free(&text);
	return evidence->is_damaged ? EXIT_ERROR : EXIT_OK;
}

int cmd_read_end(const char *command, const struct evidence *evidence, int code,
		 const struct error *err)
{
	if (code < 0 && !evidence->is_damaged)
		return cmd_fail(command, err);
	return cmd_evidence(command, evidence);
}
