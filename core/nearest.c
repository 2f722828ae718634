/* SPDX-License-Identifier: Apache-2.0 */
/* Edit distance with exchanged neighbours; see nearest.h. */
#include "core/nearest.h"

#include <stdio.h>
#include <string.h>

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Row i of the distance table, from the two rows above it. */
static void fill_row(unsigned rows[3][NEAREST_LEN], const char *a,
		     const char *b, size_t i)
{
	unsigned *row = rows[i % 3];
	const unsigned *above = rows[(i + 2) % 3];
	const unsigned *two_above = rows[(i + 1) % 3];

	row[0] = (unsigned)i;
	for (size_t j = 1; b[j - 1]; j++) {
		row[j] = least(above[j], row[j - 1]) + 1;
		row[j] = least(row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
		    a[i - 2] == b[j - 1])
			row[j] = least(row[j], two_above[j - 2] + 1);
	}
}

/* Both are shorter than NEAREST_LEN. */
static unsigned edits(const char *a, const char *b)
{
	unsigned rows[3][NEAREST_LEN] = { { 0 } };
	size_t len = strlen(a), other = strlen(b);

	for (size_t j = 0; j <= other; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= len; i++)
		fill_row(rows, a, b, i);
	return rows[len % 3][other];
}

void nearest_offer(struct nearest *n, const char *name)
{
	size_t len = strlen(n->word);
	unsigned allowed = least((unsigned)(len + 2) / 3, 3);
	unsigned distance;

	if (!len || len >= NEAREST_LEN || strlen(name) >= NEAREST_LEN)
		return;
	distance = edits(n->word, name);
	if (distance > allowed || distance >= strlen(name))
		return;
	/* Of two equally close names, prefer one that contains the word. */
	if (*n->name &&
	    (distance > n->distance ||
	     (distance == n->distance && strncmp(name, n->word, len))))
		return;
	snprintf(n->name, sizeof(n->name), "%s", name);
	n->distance = distance;
}

void nearest_offer_list(struct nearest *n, const char *names)
{
	char name[NEAREST_LEN];

	while (*names) {
		size_t len = strcspn(names, ",");

		snprintf(name, sizeof(name), "%.*s", (int)len, names);
		nearest_offer(n, name);
		names += len + (names[len] == ',');
	}
}

void nearest_tell(const struct nearest *n, struct error *err)
{
	size_t len = strlen(err->text);

	if (*n->name)
		snprintf(err->text + len, sizeof(err->text) - len,
			 "; did you mean %s?", n->name);
}
