/* SPDX-License-Identifier: Apache-2.0 */
#include <CUnit/CUnit.h>

#include "core/map.h"
#include "tests/unit/suites.h"

/* Against a plain array, with many colliding and removed keys. */
static void test_map_agrees_with_an_array(void)
{
	enum { KEYS = 512 };
	static char values[KEYS];
	void *mirror[KEYS] = { 0 };
	struct map map = { 0 };
	uint64_t random = 1;
	size_t count = 0;

	for (int i = 0; i < 100000; i++) {
		unsigned key;

		random = random * 6364136223846793005u + 1442695040888963407u;
		key = (unsigned)(random >> 33) % KEYS;
		if (random >> 63) {
			CU_ASSERT_PTR_EQUAL(map_put(&map, key, &values[key]),
					    mirror[key]);
			count += !mirror[key];
			mirror[key] = &values[key];
		} else {
			CU_ASSERT_PTR_EQUAL(map_remove(&map, key), mirror[key]);
			count -= mirror[key] != NULL;
			mirror[key] = NULL;
		}
	}
	CU_ASSERT_EQUAL(map.count, count);
	for (unsigned key = 0; key < KEYS; key++)
		CU_ASSERT_PTR_EQUAL(map_get(&map, key), mirror[key]);
	map_free(&map);
}

/* Databases know captures by this hash: it must stay what it is. */
static void test_hash_of_parts_is_that_of_the_whole(void)
{
	static const char text[] = "a capture";
	uint64_t hash = hash_begin();

	CU_ASSERT_EQUAL(hash_bytes(text, 9), 0x2e581cb932c323bfu);
	for (int i = 0; i < 9; i += 3)
		hash = hash_more(hash, text + i, 3);
	CU_ASSERT_EQUAL(hash_end(hash), hash_bytes(text, 9));
}

/* clang-format off */
CU_TestInfo tests_map[] = {
	{ "agrees with an array", test_map_agrees_with_an_array },
	{ "a hash of parts is that of the whole",
	  test_hash_of_parts_is_that_of_the_whole },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
