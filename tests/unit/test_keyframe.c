/* SPDX-License-Identifier: Apache-2.0 */
/* Items through a keyframe and back; damaged images. */
#include <CUnit/CUnit.h>
#include <string.h>

#include "core/file/keyframe.h"
#include "tests/unit/suites.h"

/* clang-format off */
#define TEXT(t) { (const uint8_t *)(t), sizeof(t) - 1 }
/* clang-format on */

static void pack_some(struct buffer *image)
{
	struct meta meta = { .kind = META_THREAD };
	struct item item = { .kind = ITEM_META, .meta = &meta };

	meta.thread =
		(struct meta_thread){ .tid = 7,
				      .pid = 6,
				      .comm = TEXT("cat"),
				      .is_exact = true,
				      .args = { (const uint8_t *)"a\0\0", 3 },
				      .reaper_tid = -1 };
	keyframe_pack(image, &item);
	meta = (struct meta){ .kind = META_FD };
	meta.fd = (struct meta_fd){
		.fd = 3, .name = TEXT("/x"), .role = 2, .sip = { 1, 2, 3 }
	};
	keyframe_pack(image, &item);
	item = (struct item){ .kind = ITEM_EVENT };
	item.event = (struct event){ .code = PPME_USER_ADDED_E,
				     .flags = 1,
				     .count = 2,
				     .params = { TEXT("p") } };
	keyframe_pack(image, &item);
}

static void test_roundtrip(void)
{
	struct keyframe_head head = { 99, { 5, 6, 7 } }, got;
	struct buffer image = { 0 }, frame = { 0 }, back = { 0 };
	struct bytes bytes;
	struct cursor at;
	struct meta meta;
	static struct item item;
	struct error err;

	pack_some(&image);
	keyframe_write(&frame, &head, &image);
	bytes = (struct bytes){ frame.data, frame.len };
	CU_ASSERT_FATAL(keyframe_read_head(bytes, &got));
	CU_ASSERT_EQUAL(memcmp(&got, &head, sizeof(got)), 0);
	CU_ASSERT_FATAL(!keyframe_read_image(bytes, &back, &err));
	at = cursor_of(back.data, back.len);
	/* Nothing is left of what the item was before. */
	memset(&meta, 0xff, sizeof(meta));
	memset(&item, 0xff, sizeof(item));
	CU_ASSERT_EQUAL(keyframe_unpack(&at, &meta, &item, &err), 1);
	CU_ASSERT_EQUAL(meta.thread.tid, 7);
	CU_ASSERT_EQUAL(meta.thread.reaper_tid, -1);
	CU_ASSERT_EQUAL(meta.thread.args.len, 3);
	CU_ASSERT_TRUE(meta.thread.is_exact);
	CU_ASSERT_STRING_EQUAL(meta.thread.comm.data, "cat");
	CU_ASSERT_EQUAL(keyframe_unpack(&at, &meta, &item, &err), 1);
	CU_ASSERT_EQUAL(meta.fd.role, 2);
	CU_ASSERT_EQUAL(meta.fd.sip[2], 3);
	CU_ASSERT_EQUAL(keyframe_unpack(&at, &meta, &item, &err), 1);
	CU_ASSERT_EQUAL(item.kind, ITEM_EVENT);
	CU_ASSERT_EQUAL(item.event.code, PPME_USER_ADDED_E);
	CU_ASSERT_EQUAL(item.event.count, 2);
	CU_ASSERT_EQUAL(item.event.num, 0);
	CU_ASSERT_EQUAL(item.event.params[2].len, 0);
	CU_ASSERT_EQUAL(item.event.params[0].len, 1);
	CU_ASSERT_PTR_NULL(item.event.params[1].data);
	CU_ASSERT_EQUAL(keyframe_unpack(&at, &meta, &item, &err), 0);
	buffer_free(&image);
	buffer_free(&frame);
	buffer_free(&back);
}

/* Cut anywhere, and with any byte changed: an end or an error. */
static void test_damage(void)
{
	struct buffer image = { 0 };
	struct meta meta;
	static struct item item;
	struct error err;

	pack_some(&image);
	for (size_t len = 0; len < image.len; len++) {
		struct cursor at = cursor_of(image.data, len);
		int code;

		do
			code = keyframe_unpack(&at, &meta, &item, &err);
		while (code > 0);
	}
	for (size_t i = 0; i < image.len; i++) {
		struct cursor at = cursor_of(image.data, image.len);

		image.data[i] ^= 0xa5;
		while (keyframe_unpack(&at, &meta, &item, &err) > 0)
			;
		image.data[i] ^= 0xa5;
	}
	CU_PASS("no crash");
	buffer_free(&image);
}

/* clang-format off */
CU_TestInfo tests_keyframe[] = {
	{ "items come back as they went", test_roundtrip },
	{ "damage is an error", test_damage },
	CU_TEST_INFO_NULL,
};
/* clang-format on */
