/* SPDX-License-Identifier: Apache-2.0 */
/* What lookups.c, which finds messages, and dns.c, which reads them, share. */
#ifndef SPOOR_DB_DNS_H
#define SPOOR_DB_DNS_H

#include "db/load.h"

/* Whose rows they will be; the record has what all rows of a message share. */
struct dns_source {
	struct load *load;
	const struct field_context *context;
	struct dns_record record;
};

/* Rows of a message; is_cut: its last bytes were not recorded. */
void dns_message(const struct dns_source *from, struct bytes bytes,
		 bool is_cut);

#endif
