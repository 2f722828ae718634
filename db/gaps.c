/* SPDX-License-Identifier: Apache-2.0 */
/* What is missing from a capture, as rows. */
#include <inttypes.h>
#include <string.h>

#include "core/file/parts.h"
#include "db/load.h"
#include "db/store.h"

static void put_gap(struct load *l, struct gap_record gap)
{
	gap.gap_id = load_next_id(l, TABLE_GAPS);
	rows_put_object(l, TABLE_GAPS, &gap);
}

/* Events that are missing anywhere in the capture. */
static void put_count_gap(struct load *l, const char *kind, uint64_t count,
			  const char *detail)
{
	if (count)
		put_gap(l, (struct gap_record){ .kind = bytes_of(kind),
						.detail = bytes_of(detail),
						.start_ns = NO_NUMBER,
						.end_ns = NO_NUMBER,
						.event_num = NO_NUMBER,
						.count = (int64_t)count });
}

/* What the recorder says in the health record of a file. */
static int64_t drops_of(const struct load *l, const char *path)
{
	struct parts *parts;
	struct bytes health;
	sqlite3_stmt *s;
	int64_t drops = NO_NUMBER;

	if (!l->fingerprint || parts_open(&parts, path, NULL))
		return NO_NUMBER;
	health = parts_health(parts);
	if (health.len &&
	    !sqlite3_prepare_v2(l->db, "SELECT json_extract(?, '$.drops')", -1,
				&s, NULL)) {
		sqlite3_bind_text(s, 1, (const char *)health.data,
				  (int)health.len, SQLITE_STATIC);
		if (sqlite3_step(s) == SQLITE_ROW)
			drops = sqlite3_column_int64(s, 0);
		sqlite3_finalize(s);
	}
	parts_close(parts);
	return drops;
}

static int64_t recorded_drops(const struct load *l, uint64_t files)
{
	int64_t sum = NO_NUMBER;

	for (uint64_t i = 0; i < files; i++) {
		int64_t drops = drops_of(l, l->files[i]);

		if (drops != NO_NUMBER)
			sum = drops + (sum == NO_NUMBER ? 0 : sum);
	}
	return sum;
}

void gaps_end(struct load *l, const struct file_stats *stats,
	      const struct error *damage)
{
	uint64_t drops = stats->drops;

	if (damage)
		put_gap(l,
			(struct gap_record){
				.kind = bytes_of(damage->code == ERROR_TRUNCATED
							 ? "truncated"
							 : "damaged"),
				.detail = bytes_of(damage->text),
				.start_ns = l->capture.last_ns,
				.end_ns = NO_NUMBER,
				.event_num = l->capture.events,
				.count = NO_NUMBER });
	put_count_gap(l, "damaged", stats->damaged_bytes,
		      "bytes passed over to reach readable data again");
	put_count_gap(l, "skipped", stats->skipped,
		      "events of types newer than this program");
	put_count_gap(l, "unpaired", stats->unpaired,
		      "ends of calls whose beginning is missing");
	l->capture.drops = recorded_drops(l, stats->files);
	if (l->capture.drops > 0)
		drops = (uint64_t)l->capture.drops;
	put_count_gap(l, "drops", drops,
		      "events that the recorder says it lost");
}

void gaps_event(struct load *l, const struct event *event)
{
	if (event->code == PPME_DROP_E)
		put_gap(l, (struct gap_record){
				   .kind = bytes_of("drops"),
				   .detail = bytes_of("the driver began to "
						      "leave out events"),
				   .start_ns = (int64_t)event->ts_ns,
				   .end_ns = NO_NUMBER,
				   .event_num = (int64_t)event->num,
				   .count = NO_NUMBER });
}
