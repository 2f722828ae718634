/* SPDX-License-Identifier: Apache-2.0 */
/* Values of rows as JSON that is safe in an HTML page; see json.h. */
#include "query/json.h"

#include <math.h>
#include <sqlite3.h>

#include "core/text.h"

/* Length of the text cut after max bytes, at the end of a character. */
static size_t cut_len(struct bytes text, size_t max)
{
	size_t len = max && max < text.len ? max : text.len;

	while (len < text.len && text.data[len] >> 6 == 2)
		len++;
	return len;
}

void json_put_text(struct buffer *out, struct bytes text, size_t max)
{
	size_t len = cut_len(text, max);

	buffer_u8(out, '"');
	text_put_json_body(out, text.data, len,
			   TEXT_JSON_BYTES | TEXT_JSON_PAGE);
	if (len < text.len)
		buffer_printf(out, " \xe2\x80\xa6 (%zu bytes more)",
			      text.len - len);
	buffer_u8(out, '"');
}

static void put_blob(struct buffer *out, struct bytes data)
{
	buffer_u8(out, '"');
	buffer_base64(out, data.data, data.len);
	buffer_u8(out, '"');
}

void json_put_column(struct buffer *out, struct sqlite3_stmt *s, int i,
		     size_t max)
{
	int type = sqlite3_column_type(s, i);
	struct bytes text = { .data = sqlite3_column_blob(s, i),
			      .len = (size_t)sqlite3_column_bytes(s, i) };

	if (type == SQLITE_NULL ||
	    (type == SQLITE_FLOAT && !isfinite(sqlite3_column_double(s, i))))
		buffer_printf(out, "null");
	else if (type == SQLITE_INTEGER || type == SQLITE_FLOAT)
		buffer_put(out, text.data, text.len);
	else if (type == SQLITE_BLOB)
		put_blob(out, text);
	else
		json_put_text(out, text, max);
}
