/* SPDX-License-Identifier: Apache-2.0 */
/* Names of priorities and of rules. */
#include "replay/rules/rules.h"

#include <string.h>

/* clang-format off */
static const char *const priorities[PRIORITY_COUNT] = {
	"Emergency", "Alert", "Critical", "Error", "Warning", "Notice",
	"Informational", "Debug"
};
/* clang-format on */

const char *priority_name(enum priority priority)
{
	return (unsigned)priority < PRIORITY_COUNT ? priorities[priority] : "";
}

int priority_find(const char *name)
{
	for (int i = 0; i < PRIORITY_COUNT; i++)
		if (!strcasecmp(priorities[i], name))
			return i;
	return strcasecmp(name, "info") ? -1 : PRIORITY_INFORMATIONAL;
}

/* After a mismatch, only the last '*' needs to match more. */
bool wildcard_match(const char *pattern, const char *name)
{
	const char *star = NULL, *retry = NULL;

	while (*name) {
		if (*pattern == '*') {
			star = pattern++;
			retry = name;
		} else if (*pattern == *name) {
			pattern++;
			name++;
		} else if (star) {
			pattern = star + 1;
			name = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}
