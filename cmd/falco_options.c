/* SPDX-License-Identifier: Apache-2.0 */
/* A row for each of Falco's options without a counterpart; see the header. */
#include "cmd/falco_options.h"

#include <stddef.h>
#include <string.h>

static const char live[] = "is about a running monitor: spoor reads captures, "
			   "and `spoor record -r RULES' alerts live";
static const char no_plugins[] = "is about plugins: spoor has the fields of "
				 "system calls and containers built in";
static const char check[] = "is what `spoor check RULES...' does";
static const char list[] = "lists rules: `spoor check -L RULES...' does";
static const char fields[] = "lists fields: `spoor fields [PREFIX]' does";
static const char no_config[] =
	"names a falco.yaml, which is not read: give its settings with "
	"-o KEY=VALUE and its rules files with -r";

/* clang-format off */
static const struct {
	const char *name, *what;
} rows[] = {
	{ "-c", no_config },
	{ "--config-schema", no_config },
	{ "-d", live }, { "--daemon", live },
	{ "-P", live }, { "--pidfile", live },
	{ "-k", live }, { "-K", live }, { "--k8s-api", live },
	{ "-m", live }, { "--cri", live }, { "--disable-cri-async", live },
	{ "-s", live }, { "--stats-interval", live }, { "-u", live },
	{ "--userspace", live }, { "--modern-bpf", live },
	{ "-g", live }, { "--gvisor-config", live },
	{ "-E", live }, { "--enable-source", live },
	{ "--disable-source", live }, { "--nodriver", live },
	{ "-S", "cuts data in Falco: captures hold what was recorded "
	        "(`spoor record -s LENGTH')" },
	{ "--snaplen", "cuts data in Falco: captures hold what was recorded "
	               "(`spoor record -s LENGTH')" },
	{ "-i", "lists what Falco ignores: spoor ignores no event" },
	{ "--list-syscall-events", "lists events: doc/fields.md and `spoor "
	                           "print' name those of a capture" },
	{ "--list-events", "lists events: doc/fields.md and `spoor print' name "
	                   "those of a capture" },
	{ "--list-plugins", no_plugins }, { "--plugin-info", no_plugins },
	{ "-V", check }, { "--validate", check }, { "--dry-run", check },
	{ "-L", list }, { "-l", list },
	{ "--list", fields }, { "--list-fields", fields }, { "-N", fields },
	{ "--markdown", fields },
	{ "--support", "collects Falco's setup: `spoor info FILE' describes a "
	               "capture" },
	{ "--version", "is an option of spoor itself: `spoor --version'" },
	{ NULL, NULL },
};
/* clang-format on */

const char *falco_option(const char *name)
{
	for (size_t i = 0; rows[i].name; i++)
		if (!strcmp(rows[i].name, name))
			return rows[i].what;
	return NULL;
}
