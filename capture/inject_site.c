/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patches: a call that trapped jumps to the injected code from then on.  Two
 * ways, both of which leave every instruction boundary of the program where
 * it was, so that other threads may be anywhere:
 *
 *   mov $nr, %eax; syscall	the mov becomes a jump; the call stays behind
 *				it for who jumps there
 *   syscall			becomes a short jump to padding between two
 *				functions, where a long jump has room
 *
 * Anything else, and code that is no file's (compiled at run time, and maybe
 * moved), keeps trapping.  Lengths are a decoder's, not guesses.
 */
#include <capstone/capstone.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "capture/inject.h"
#include "core/arena.h"

enum {
	BEFORE_LEN = 64,
	AFTER_LEN = 256,
	SHORT_REACH = 127,
	SITE_LEN = 48,
	DESC_AT = 24, /* in a trampoline: the descriptor of entry.S */
	JUMP_LEN = 5,
	JUMP = 0xe9,
	HOP = 0xeb,
	CACHE_LINE = 64,
	SKIPPED_MAX = 65536,
	NO_NR = 0xffff,
	POPULAR = 2, /* programs that made a call, before it is made ready */
	ALONE = 2    /* references to the arena of a single thread */
};

/*
 * What is known of the calls in a file's code, so that each is decoded once,
 * and those that other programs made are patched when the code is first seen.
 */
struct text_file {
	uint64_t device, inode;
	struct map sites; /* place in the file -> struct site */
	struct text_file *next;
};

struct site {
	bool can_patch;
	uint8_t len, before; /* bytes changed; the first is so far before */
	int16_t pad;	     /* of the long jump, from the call; or 0 */
	uint16_t nr;	     /* NO_NR: none to load */
	uint32_t programs;   /* that made this call */
};

/* The code around a call, and the mapping it is in. */
struct window {
	uint64_t from; /* address of bytes[0] */
	size_t len;
	uint8_t bytes[BEFORE_LEN + AFTER_LEN];
};

static int open_memory(pid_t pid)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	return open(path, O_WRONLY | O_CLOEXEC);
}

static bool put(int memory, uint64_t to, const void *from, size_t len)
{
	return pwrite(memory, from, len, (off_t)to) == (ssize_t)len;
}

int inject_write(pid_t pid, uint64_t to, const void *from, size_t len)
{
	int memory = open_memory(pid);
	bool ok;

	if (memory < 0)
		return -1;
	ok = put(memory, to, from, len);
	close(memory);
	return ok ? 0 : -1;
}

static struct text_file *file_of(struct capture *c, uint64_t device,
				 uint64_t inode)
{
	struct text_file *file;

	for (file = c->files; file; file = file->next)
		if (file->inode == inode && file->device == device)
			return file;
	file = mem_zalloc(sizeof(*file));
	file->device = device;
	file->inode = inode;
	file->next = c->files;
	c->files = file;
	return file;
}

/* The mapping at an address; patched is what is a file's and only code. */
static bool find_text(struct capture *c, pid_t pid, uint64_t at,
		      struct text_range *ret_range)
{
	unsigned long from = 0;
	unsigned long to = 0;
	unsigned long file_at;
	unsigned long inode;
	unsigned major;
	unsigned minor;
	char mode[5];
	char path[64];
	char line[512];
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	in = fopen(path, "re");
	while (in && fgets(line, sizeof(line), in))
		if (sscanf(line, "%lx-%lx %4s %lx %x:%x %lu", &from, &to, mode,
			   &file_at, &major, &minor, &inode) == 7 &&
		    at >= from && at < to)
			break;
	if (in)
		fclose(in);
	if (at < from || at >= to)
		return false;
	*ret_range = (struct text_range){ from, to, file_at, NULL };
	if (!strcmp(mode, "r-xp") && inode)
		ret_range->file =
			file_of(c, (uint64_t)major << 32 | minor, inode);
	return true;
}

static bool read_window(pid_t pid, const struct text_range *text, uint64_t at,
			struct window *w)
{
	uint64_t from =
		at - text->from > BEFORE_LEN ? at - BEFORE_LEN : text->from;
	uint64_t to = text->to - at > AFTER_LEN ? at + AFTER_LEN : text->to;
	struct iovec local = { w->bytes, to - from };
	struct iovec remote = { (void *)(uintptr_t)from, to - from };

	w->from = from;
	w->len = to - from;
	return process_vm_readv(pid, &local, 1, &remote, 1, 0) ==
	       (ssize_t)w->len;
}

/* Does decoding from `start' come by `boundary'?  1, 0, or -1: no code. */
static int comes_by(csh handle, cs_insn *insn, const struct window *w,
		    uint64_t start, uint64_t boundary)
{
	const uint8_t *code = w->bytes + (start - w->from);
	size_t len = w->len - (size_t)(start - w->from);
	uint64_t at = start;

	while (at < boundary)
		if (!cs_disasm_iter(handle, &code, &len, &at, insn))
			return -1;
	return at == boundary;
}

/*
 * Is there an instruction boundary?  Decoding falls in step after a few
 * instructions wherever it starts: most starts must say so.
 */
static bool is_boundary(csh handle, const struct window *w, uint64_t at)
{
	cs_insn *insn = cs_malloc(handle);
	int yes = 0;
	int no = 0;

	for (uint64_t start = w->from; start + 16 < at; start++) {
		int says = comes_by(handle, insn, w, start, at);

		yes += says == 1;
		no += says == 0;
	}
	cs_free(insn, 1);
	return yes > 8 && no * 4 < yes;
}

/* mov $nr, %eax (5 bytes), or mov $nr, %rax (7), before the call? */
static bool find_mov(csh handle, const struct window *w, uint64_t at,
		     uint64_t nr, struct site *site)
{
	const uint8_t *call = w->bytes + (at - w->from);
	uint32_t value;
	size_t len = 5;

	if (at - w->from < 32)
		return false;
	memcpy(&value, call - 4, sizeof(value));
	if (value != nr || nr >= SYSCALL_MAX)
		return false;
	if (call[-7] == 0x48 && call[-6] == 0xc7 && call[-5] == 0xc0)
		len = 7;
	else if (call[-5] != 0xb8 || (call[-6] & 0xf0) == 0x40)
		return false; /* or it has a prefix: another register */
	if (!is_boundary(handle, w, at - len))
		return false;
	site->before = (uint8_t)len;
	site->len = JUMP_LEN;
	site->nr = (uint16_t)nr;
	return true;
}

static bool ends_flow(const cs_insn *insn)
{
	return insn->id == X86_INS_RET || insn->id == X86_INS_JMP ||
	       insn->id == X86_INS_UD2 || insn->id == X86_INS_HLT;
}

/*
 * Padding that nothing runs: behind the end of a flow, up to the start of a
 * function, which is aligned.  Decoded from the call on, which is known to
 * begin an instruction.
 */
static uint64_t find_padding(csh handle, const struct window *w, uint64_t at)
{
	const uint8_t *code = w->bytes + (at - w->from);
	size_t len = w->len - (size_t)(at - w->from);
	cs_insn *insn = cs_malloc(handle);
	uint64_t address = at;
	uint64_t start = 0; /* of the padding being looked at */
	uint64_t found = 0;
	bool has_ended = false;

	while (!found && cs_disasm_iter(handle, &code, &len, &address, insn)) {
		bool pads = insn->id == X86_INS_NOP || insn->id == X86_INS_INT3;

		if (insn->address > at + SHORT_REACH)
			break;
		if (!pads && start && insn->address % 16 == 0 &&
		    insn->address - start >= JUMP_LEN &&
		    start <= at + SHORT_REACH)
			found = start;
		if (!pads || !has_ended)
			start = 0;
		else if (!start)
			start = insn->address;
		has_ended = ends_flow(insn) || (pads && has_ended);
	}
	cs_free(insn, 1);
	return found;
}

static bool find_jump(csh handle, const struct window *w, uint64_t at,
		      struct site *site)
{
	uint64_t pad = find_padding(handle, w, at);

	if (!pad)
		return false;
	site->before = 0;
	site->len = 2;
	site->pad = (int16_t)(pad - at);
	site->nr = NO_NR;
	return true;
}

/* One line of the cache is fetched as a whole: code may change only in it. */
static bool is_in_line(const struct site *site, uint64_t at)
{
	uint64_t from = at - site->before;

	return from / CACHE_LINE == (from + site->len - 1) / CACHE_LINE;
}

static bool study(struct capture *c, pid_t pid, const struct text_range *text,
		  uint64_t at, uint64_t nr, struct site *site)
{
	struct window w;

	if (!read_window(pid, text, at, &w) ||
	    memcmp(w.bytes + (at - w.from), "\x0f\x05", 2) != 0)
		return false;
	return (find_mov(c->decoder, &w, at, nr, site) &&
		is_in_line(site, at)) ||
	       (find_jump(c->decoder, &w, at, site) && is_in_line(site, at));
}

/* What is known of the call at `at', found out if it is new. */
static struct site *site_of(struct capture *c, pid_t pid,
			    const struct text_range *text, uint64_t at,
			    uint64_t nr)
{
	uint64_t key = at - text->from + text->file_at;
	struct site *site = map_get(&text->file->sites, key);

	if (site)
		return site;
	site = mem_zalloc(sizeof(*site));
	site->can_patch = study(c, pid, text, at, nr, site);
	map_put(&text->file->sites, key, site);
	return site;
}

static bool is_near(uint64_t a, uint64_t b)
{
	int64_t distance = (int64_t)(a - b);

	return distance > -0x7fff0000ll && distance < 0x7fff0000ll;
}

static void put_rel32(uint8_t *to, uint64_t from, uint64_t target)
{
	int32_t rel = (int32_t)(target - from);

	memcpy(to, &rel, sizeof(rel));
}

/* See entry.S. */
static void make_trampoline(uint8_t *code, uint64_t at, uint64_t after,
			    uint16_t nr)
{
	static const uint8_t jump[] = { 0x65, 0xff, 0x24, 0x25, 0, 0, 0, 0 };
	uint8_t *to = code;

	memset(code, 0xcc, SITE_LEN);
	if (nr != NO_NR) {
		uint32_t value = (uint32_t)nr;

		*to++ = 0xb8;
		memcpy(to, &value, sizeof(value));
		to += sizeof(value);
	}
	memcpy(to, "\x48\x8d\x0d", 3);
	put_rel32(to + 3, at + (uint64_t)(to + 7 - code), at + DESC_AT);
	memcpy(to + 7, jump, sizeof(jump));
	to = code + DESC_AT;
	memcpy(to, "\x0f\x05\xe9", 3);
	put_rel32(to + 3, at + DESC_AT + 7, after);
	memcpy(to + 8, &after, sizeof(after));
}

/* A trampoline near a call that goes on at `after'; 0: there is no room. */
static uint64_t place_trampoline(struct arena_map *arena, uint64_t after,
				 uint16_t nr)
{
	uint64_t at = arena->base + arena->sites_at;

	if (!is_near(after, at) || arena->sites_at + SITE_LEN > STUB_SLOTS)
		return 0;
	make_trampoline(arena->map + arena->sites_at, at, after, nr);
	arena->sites_at += SITE_LEN;
	return at;
}

/*
 * Changes code.  Where other threads may be running it, each step leaves whole
 * instructions; who meets the int3 in between is sent back (inject_trap.c).
 */
static bool write_patch(const struct arena_map *arena, int memory, uint64_t at,
			const uint8_t *bytes, size_t len)
{
	static const uint8_t int3 = 0xcc;

	if (arena->refs <= ALONE && !arena->is_one_of_many)
		return put(memory, at, bytes, len);
	return put(memory, at, &int3, 1) &&
	       put(memory, at + 1, bytes + 1, len - 1) &&
	       put(memory, at, bytes, 1);
}

/* What stood there, for inject_unpatch: up to 5 bytes, and how many. */
static bool remember(struct arena_map *arena, pid_t pid, uint64_t at,
		     size_t len)
{
	uint64_t was = 0;
	struct iovec local = { &was, len };
	struct iovec remote = { (void *)(uintptr_t)at, len };

	if (process_vm_readv(pid, &local, 1, &remote, 1, 0) != (ssize_t)len)
		return false;
	/* A thread of another arena was first. */
	if ((uint8_t)was == JUMP || (uint8_t)was == HOP)
		return false;
	was |= (uint64_t)len << 56;
	map_put(&arena->patched, at, (void *)(uintptr_t)was);
	return true;
}

bool inject_is_patched(const struct arena_map *arena, uint64_t at)
{
	return map_get(&arena->patched, at) != NULL;
}

static bool apply(struct arena_map *arena, const struct tracee *t, int memory,
		  const struct site *site, uint64_t at)
{
	uint64_t from = at - site->before;
	uint64_t pad = site->pad ? at + (uint64_t)(int64_t)site->pad : from;
	uint8_t jump[JUMP_LEN] = { JUMP };
	uint8_t hop[2] = { HOP, (uint8_t)(site->pad - 2) };
	uint64_t trampoline;

	if (!site->can_patch || inject_is_patched(arena, from))
		return false;
	trampoline = place_trampoline(arena, at + 2, site->nr);
	if (!trampoline || !remember(arena, t->tid, from, site->len))
		return false;
	put_rel32(jump + 1, pad + JUMP_LEN, trampoline);
	if (!site->pad)
		return write_patch(arena, memory, from, jump, sizeof(jump));
	return put(memory, pad, jump, sizeof(jump)) &&
	       write_patch(arena, memory, from, hop, sizeof(hop));
}

/* Code seen for the first time: the calls that others make of it. */
static void patch_known(struct arena_map *arena, const struct tracee *t,
			int memory, const struct text_range *text)
{
	struct map_slot *slot;
	size_t i = 0;

	while ((slot = map_next(&text->file->sites, &i))) {
		const struct site *site = slot->value;
		uint64_t at = slot->key - text->file_at + text->from;

		if (site->programs >= POPULAR && slot->key >= text->file_at &&
		    at >= text->from + BEFORE_LEN && at < text->to)
			apply(arena, t, memory, site, at);
	}
}

static const struct text_range *
text_of(struct capture *c, const struct tracee *t, int memory, uint64_t at)
{
	struct arena_map *arena = ((struct inject_thread *)t->user)->arena;
	struct text_range found;

	for (unsigned i = 0; i < arena->text_count; i++)
		if (at >= arena->texts[i].from && at < arena->texts[i].to)
			return &arena->texts[i];
	if (!find_text(c, t->tid, at, &found))
		return NULL;
	if (found.file)
		patch_known(arena, t, memory, &found);
	if (arena->text_count == TEXTS_MAX)
		arena->text_count = 0;
	arena->texts[arena->text_count] = found;
	return &arena->texts[arena->text_count++];
}

static bool patch(struct capture *c, struct tracee *t, int memory, uint64_t at,
		  uint64_t nr)
{
	struct arena_map *arena = ((struct inject_thread *)t->user)->arena;
	const struct text_range *text = text_of(c, t, memory, at);
	struct site *site;

	if (!text || !text->file)
		return false;
	site = site_of(c, t->tid, text, at, nr);
	site->programs++;
	/* It may have been done just now, as one of the known. */
	return inject_is_patched(arena, at - site->before) ||
	       apply(arena, t, memory, site, at);
}

void inject_patch(struct capture *c, struct tracee *t, uint64_t at, uint64_t nr)
{
	struct arena_map *arena = ((struct inject_thread *)t->user)->arena;
	int memory;

	if (arena->no_patches || map_get(&arena->skipped, at))
		return;
	memory = open_memory(t->tid);
	if ((memory < 0 || !patch(c, t, memory, at, nr)) &&
	    arena->skipped.count < SKIPPED_MAX)
		map_put(&arena->skipped, at, arena);
	if (memory >= 0)
		close(memory);
}

void inject_forget_files(struct capture *c)
{
	struct text_file *next;

	for (; c->files; c->files = next) {
		struct map_slot *slot;
		size_t at = 0;

		next = c->files->next;
		while ((slot = map_next(&c->files->sites, &at)))
			free(slot->value);
		map_free(&c->files->sites);
		free(c->files);
	}
}

void inject_unpatch(struct tracee *t)
{
	struct arena_map *arena = ((struct inject_thread *)t->user)->arena;
	struct map_slot *slot;
	size_t at = 0;

	arena->no_patches = true;
	while ((slot = map_next(&arena->patched, &at))) {
		uint64_t was = (uint64_t)(uintptr_t)slot->value;

		inject_write(t->tid, slot->key, &was, was >> 56);
	}
}
