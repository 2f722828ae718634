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
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "capture/inject.h"

enum {
	BEFORE_LEN = 64,
	AFTER_LEN = 256,
	SHORT_REACH = 127,
	SITE_LEN = 48,
	DESC_AT = 24, /* in a trampoline: the descriptor of entry.S */
	JUMP_LEN = 5,
	CACHE_LINE = 64,
	SKIPPED_MAX = 65536,
	ISLAND_LEN = 64 * 1024
};

/* The code around a call, and the mapping it is in. */
struct window {
	uint64_t from; /* address of bytes[0] */
	size_t len;
	uint8_t bytes[BEFORE_LEN + AFTER_LEN];
};

/* What to write where. */
struct patch {
	uint64_t at; /* the first byte changed, and how many change */
	size_t len;
	uint8_t bytes[JUMP_LEN];
	uint64_t pad; /* of the long jump; 0: `at' is it */
	uint64_t nr;  /* to load first; UINT64_MAX: none */
};

int inject_write(pid_t pid, uint64_t to, const void *from, size_t len)
{
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	n = pwrite(fd, from, len, (off_t)to);
	close(fd);
	return n == (ssize_t)len ? 0 : -1;
}

/* The private, executable, not writable mapping of a file at an address. */
static bool find_text(pid_t pid, uint64_t at, struct text_range *ret_range)
{
	char path[64];
	char line[512];
	bool found = false;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	in = fopen(path, "re");
	while (in && !found && fgets(line, sizeof(line), in)) {
		unsigned long from;
		unsigned long to;
		unsigned long inode;
		char mode[5];

		if (sscanf(line, "%lx-%lx %4s %*s %*s %lu", &from, &to, mode,
			   &inode) != 4 ||
		    at < from || at >= to)
			continue;
		if (strcmp(mode, "r-xp") != 0 || !inode)
			break;
		*ret_range = (struct text_range){ from, to };
		found = true;
	}
	if (in)
		fclose(in);
	return found;
}

static const struct text_range *text_of(struct arena_map *arena, pid_t pid,
					uint64_t at)
{
	struct text_range found;

	for (unsigned i = 0; i < arena->text_count; i++)
		if (at >= arena->texts[i].from && at < arena->texts[i].to)
			return &arena->texts[i];
	if (!find_text(pid, at, &found))
		return NULL;
	if (arena->text_count == TEXTS_MAX)
		arena->text_count = 0;
	arena->texts[arena->text_count] = found;
	return &arena->texts[arena->text_count++];
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
		     uint64_t nr, struct patch *patch)
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
	*patch = (struct patch){ .at = at - len, .len = JUMP_LEN, .nr = nr };
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
		      struct patch *patch)
{
	uint64_t pad = find_padding(handle, w, at);

	if (!pad)
		return false;
	*patch = (struct patch){
		.at = at, .len = 2, .pad = pad, .nr = UINT64_MAX
	};
	patch->bytes[0] = 0xeb;
	patch->bytes[1] = (uint8_t)(pad - at - 2);
	return true;
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
			    uint64_t nr)
{
	static const uint8_t jump[] = { 0x65, 0xff, 0x24, 0x25, 0, 0, 0, 0 };
	uint8_t *to = code;

	memset(code, 0xcc, SITE_LEN);
	if (nr != UINT64_MAX) {
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

/* A trampoline near `at'; 0: there is no room. */
static uint64_t place_trampoline(struct arena_map *arena,
				 const struct tracee *t, uint64_t near,
				 uint64_t after, uint64_t nr)
{
	uint8_t code[SITE_LEN];
	uint64_t at = arena->base + arena->sites_at;

	if (is_near(near, at)) {
		if (arena->sites_at + SITE_LEN > STUB_SLOTS)
			return 0;
		make_trampoline(arena->map + arena->sites_at, at, after, nr);
		arena->sites_at += SITE_LEN;
		return at;
	}
	at = arena->island + arena->island_at;
	if (!arena->island || !is_near(near, at) ||
	    arena->island_at + SITE_LEN > ISLAND_LEN)
		return 0;
	make_trampoline(code, at, after, nr);
	if (inject_write(t->tid, at, code, sizeof(code)))
		return 0;
	arena->island_at += SITE_LEN;
	return at;
}

/*
 * Changes code that other threads may be running: each step leaves whole
 * instructions.  Who meets the int3 in between is sent back (inject_trap.c).
 */
static bool write_patch(const struct tracee *t, const struct patch *p)
{
	static const uint8_t int3 = 0xcc;

	return !inject_write(t->tid, p->at, &int3, 1) &&
	       !inject_write(t->tid, p->at + 1, p->bytes + 1, p->len - 1) &&
	       !inject_write(t->tid, p->at, p->bytes, 1);
}

/* What stood there, for inject_unpatch: up to 5 bytes, and how many. */
static void remember(struct arena_map *arena, const struct window *w,
		     const struct patch *p)
{
	uint64_t was = 0;

	memcpy(&was, w->bytes + (p->at - w->from), p->len);
	was |= (uint64_t)p->len << 56;
	map_put(&arena->patched, p->at, (void *)(uintptr_t)was);
}

static bool apply(struct arena_map *arena, const struct tracee *t,
		  const struct window *w, struct patch *p, uint64_t after)
{
	uint64_t trampoline;
	uint8_t jump[JUMP_LEN] = { 0xe9 };

	/* One line of the cache is fetched as a whole. */
	if (p->at / CACHE_LINE != (p->at + p->len - 1) / CACHE_LINE)
		return false;
	trampoline = place_trampoline(arena, t, p->at, after, p->nr);
	if (!trampoline)
		return false;
	put_rel32(jump + 1, (p->pad ? p->pad : p->at) + JUMP_LEN, trampoline);
	if (!p->pad)
		memcpy(p->bytes, jump, sizeof(jump));
	else if (inject_write(t->tid, p->pad, jump, sizeof(jump)))
		return false;
	remember(arena, w, p);
	return write_patch(t, p);
}

static bool patch(struct capture *c, struct tracee *t, uint64_t at, uint64_t nr)
{
	struct inject_thread *i = t->user;
	const struct text_range *text = text_of(i->arena, t->tid, at);
	struct patch p;
	struct window w;

	if (!text || !read_window(t->tid, text, at, &w) ||
	    memcmp(w.bytes + (at - w.from), "\x0f\x05", 2) != 0)
		return false;
	if (find_mov(c->decoder, &w, at, nr, &p) &&
	    apply(i->arena, t, &w, &p, at + 2))
		return true;
	return find_jump(c->decoder, &w, at, &p) &&
	       apply(i->arena, t, &w, &p, at + 2);
}

void inject_patch(struct capture *c, struct tracee *t, uint64_t at, uint64_t nr)
{
	struct arena_map *arena = ((struct inject_thread *)t->user)->arena;

	if (arena->no_patches || map_get(&arena->skipped, at))
		return;
	if (!patch(c, t, at, nr) && arena->skipped.count < SKIPPED_MAX)
		map_put(&arena->skipped, at, arena);
}

bool inject_is_patched(const struct arena_map *arena, uint64_t at)
{
	return map_get(&arena->patched, at) != NULL;
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
