/* SPDX-License-Identifier: Apache-2.0 */
/* A row for each of Falco's options without a counterpart; see the header. */
#include "cmd/falco_options.h"

#include <getopt.h>
#include <string.h>

#include "cmd/cmd.h"

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
	{ "--support", "collects Falco's setup: `spoor info FILE' tells about "
	               "a capture" },
	{ "--version", "is an option of spoor itself: `spoor --version'" },
	{ NULL, NULL },
};
/* clang-format on */

/* The option as it was typed, without its value; in a static buffer. */
static const char *typed(char **argv)
{
	static char name[64] = "-";
	const char *word = argv[optind - 1];

	if (optopt > 0 && optopt < 128) {
		name[1] = (char)optopt;
		name[2] = '\0';
		return name;
	}
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
	return name;
}

int falco_option_refused(const char *command, int answer, char **argv)
{
	const char *name = typed(argv);

	if (answer == ':')
		return cmd_usage_error(command, "%s wants a value", name);
	for (size_t i = 0; rows[i].name; i++)
		if (!strcmp(rows[i].name, name))
			return cmd_usage_error(command, "Falco's %s %s", name,
					       rows[i].what);
	return cmd_usage_error(command, "there is no option %s", name);
}
