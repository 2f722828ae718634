/* SPDX-License-Identifier: Apache-2.0 */
/* The code around a call: is there room for a patch?  Lengths of instructions
 * come from a decoder (capstone). */
#include "capture/inject/inject_study.h"

#include <capstone/capstone.h>
#include <string.h>
#include <sys/uio.h>

enum { BEFORE_LEN = 64, AFTER_LEN = 256, SHORT_REACH = 127, NUMBER_REACH = 32 };

/* The code around a call, within its mapping. */
struct window {
	uint64_t from; /* address of bytes[0] */
	size_t len;
	uint8_t bytes[BEFORE_LEN + AFTER_LEN];
};

/* Reads the code around a call; false: it is not all there. */
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

/* Does decoding from `start' come by `boundary'? 1: yes; 0: no; -1: there is
 * something else than code. */
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

/* Is `at' an instruction boundary?  Wherever decoding starts, it falls in step
 * after a few instructions: most starts must come by `at'. */
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

/* Can the instruction run elsewhere as it is?  These only compute with their
 * operands, none of which may depend on rip. */
static bool is_movable(const cs_insn *insn)
{
	static const unsigned ids[] = {
		X86_INS_MOV,	   X86_INS_LEA,	   X86_INS_MOVZX,
		X86_INS_MOVSX,	   X86_INS_MOVSXD, X86_INS_MOVUPS,
		X86_INS_MOVAPS,	   X86_INS_MOVDQU, X86_INS_MOVDQA,
		X86_INS_MOVQ,	   X86_INS_ADD,	   X86_INS_SUB,
		X86_INS_AND,	   X86_INS_OR,	   X86_INS_XOR,
		X86_INS_CMP,	   X86_INS_TEST,   X86_INS_NOP,
		X86_INS_PUNPCKLQDQ
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		if (insn->id == ids[i])
			return !strstr(insn->op_str, "rip");
	return false;
}

/* mov $nr, %eax, or mov $nr, %rax? */
static bool is_number(const uint8_t *code, uint64_t nr)
{
	static const uint8_t long_form[] = { 0x48, 0xc7, 0xc0 };
	size_t at = 1;
	uint32_t value;

	if (!memcmp(code, long_form, sizeof(long_form)))
		at = sizeof(long_form);
	else if (code[0] != 0xb8)
		return false;
	memcpy(&value, code + at, sizeof(value));
	return value == nr && nr < SYSCALL_MAX;
}

/* The length of the last instruction before the call, if decoding from `from'
 * leads to the call and each instruction can be moved; or 0. */
static size_t last_before(csh handle, const struct window *w, uint64_t from,
			  uint64_t at)
{
	const uint8_t *code = w->bytes + (from - w->from);
	size_t left = w->len - (size_t)(from - w->from);
	cs_insn *insn = cs_malloc(handle);
	size_t len = 0;

	while (from < at && cs_disasm_iter(handle, &code, &left, &from, insn) &&
	       is_movable(insn))
		len = insn->size;
	cs_free(insn, 1);
	return from == at ? len : 0;
}

/*
 * Can the instruction before the call be moved into the trampoline, to make
 * room for a jump?  Where it begins is known from the instruction that loads
 * the call's number: as a rule that one itself.
 */
static bool find_before(csh handle, const struct window *w, uint64_t at,
			uint64_t nr, struct site *site)
{
	uint64_t from = at - JUMP_LEN;
	size_t len = 0;

	for (; from >= w->from && from + NUMBER_REACH >= at && !len; from--)
		if (is_number(w->bytes + (from - w->from), nr))
			len = last_before(handle, w, from, at);
	if (len < JUMP_LEN || len > MOVED_MAX ||
	    !is_boundary(handle, w, at - len))
		return false;
	site->before = (uint8_t)len;
	memcpy(site->was, w->bytes + (at - len - w->from), len);
	return true;
}

static bool ends_flow(const cs_insn *insn)
{
	return insn->id == X86_INS_RET || insn->id == X86_INS_JMP ||
	       insn->id == X86_INS_UD2 || insn->id == X86_INS_HLT;
}

/*
 * Finds padding that no thread runs: behind the end of a flow, up to the start
 * of a function, which is aligned.  Decodes from the call on, which is known to
 * begin an instruction.  Its address, or 0.
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

/* Is there padding for a long jump, near enough for a short one? */
static bool find_jump(csh handle, const struct window *w, uint64_t at,
		      struct site *site)
{
	uint64_t pad = find_padding(handle, w, at);

	if (!pad)
		return false;
	site->before = 0;
	site->pad = (int16_t)(pad - at);
	memcpy(site->was, w->bytes + (pad - w->from), JUMP_LEN);
	return true;
}

/* Are all bytes to change in one page?  Pages are replaced one by one. */
static bool is_in_page(const struct site *site, uint64_t at)
{
	uint64_t from = at - site->before;

	return from / CODE_PAGE == (from + site_changed(site) - 1) / CODE_PAGE;
}

bool site_study(size_t decoder, const struct made_call *call, struct site *site)
{
	uint64_t at = call->at;
	struct window w;

	if (!read_window(call->pid, call->text, at, &w) ||
	    !is_call(w.bytes + (at - w.from)))
		return false;
	return (find_before(decoder, &w, at, call->nr, site) &&
		is_in_page(site, at)) ||
	       (find_jump(decoder, &w, at, site) && is_in_page(site, at));
}
