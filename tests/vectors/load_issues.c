/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compares what the check of rules files reports with what the peer reported;
 * see load_issues.h.
 */
#include "tests/vectors/load_issues.h"

#include <string.h>

static bool has_text(const json_t *object, const char *key, const json_t *want)
{
	const char *text = json_string_value(want);
	const char *got = json_string_value(json_object_get(object, key));

	return !text || (got && !strcmp(text, got));
}

/*
 * Messages that the peer has changed since 0.33.0: what it says today, as the
 * rule_load vectors have it.
 */
static const char *todays_message(const char *text)
{
	static const char *const changed[][2] = {
		{ "Can't decode YAML scalar value",
		  "Unable to parse engine version" },
		{ "List has 'append' key but no list by that name",
		  "List uses 'append' or 'override.items: append' but no list "
		  "by that name already exists" },
		{ "Macro has 'append' key but no macro by that name",
		  "Macro uses 'append' or 'override.condition: append' but no "
		  "macro by that name already exists" },
		{ "Rule has 'append' key but no rule by that name",
		  "Rule uses 'append' or 'override.<key>: append' but no rule "
		  "by that name already exists" },
	};

	for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); i++)
		if (!strncmp(text, changed[i][0], strlen(changed[i][0])))
			return changed[i][1];
	return text;
}

/* The YAML libraries word their errors differently: the place must agree. */
static bool has_message(const json_t *error, const json_t *want)
{
	static const char yaml[] = "yaml-cpp: error at ";
	const char *text = json_string_value(json_object_get(want, "message"));
	const char *got = json_string_value(json_object_get(error, "message"));
	size_t at;

	if (!text || !got)
		return !text;
	if (strncmp(text, yaml, strlen(yaml)))
		return strstr(got, todays_message(text)) != NULL;
	at = strlen("yaml-cpp: ");
	return !strncmp(got, text + at, strcspn(text + at, ":"));
}

/* Is there such an error in the result of the check? */
static bool has_issue(const json_t *issues, const json_t *want)
{
	const json_t *issue;
	size_t i;

	json_array_foreach(issues, i, issue)
	{
		const json_t *location = json_array_get(
			json_object_get(json_object_get(issue, "context"),
					"locations"),
			0);

		if (has_text(issue, "code", json_object_get(want, "code")) &&
		    has_text(location, "item_type",
			     json_object_get(want, "item_type")) &&
		    has_text(location, "item_name",
			     json_object_get(want, "item_name")) &&
		    has_message(issue, want))
			return true;
	}
	return false;
}

/* Is it said of any of the files? */
static bool is_said(const json_t *results, const char *kind, const json_t *want)
{
	const json_t *result;
	size_t i;

	json_array_foreach(results, i, result)
	{
		if (has_issue(json_object_get(result, kind), want))
			return true;
	}
	return false;
}

enum verdict check_issues(struct vector_run *run, const char *report,
			  const char *kind, const json_t *wanted)
{
	json_t *result = json_loads(report, 0, NULL);
	const json_t *results = json_object_get(result, "falco_load_results");
	enum verdict verdict = VECTOR_PASS;
	const json_t *want;
	size_t i;

	json_array_foreach(wanted, i, want)
	{
		const char *text =
			json_string_value(json_object_get(want, "message"));

		if (!is_said(results, kind, want))
			verdict = vector_fail(run, "no %s '%s'; %.600s", kind,
					      text ? text : "", report);
	}
	json_decref(result);
	return verdict;
}
