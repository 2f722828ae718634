/* SPDX-License-Identifier: Apache-2.0 */
/* The tokens of a condition; private to the parser. */
#ifndef SPOOR_REPLAY_RULES_LEX_H
#define SPOOR_REPLAY_RULES_LEX_H

#include "replay/rules/ast.h"

/* `at' is the next position; token is the last token taken. */
struct lexer {
	const char *text;
	size_t len;
	struct ast_place at;
	struct text token;
	struct arena *arena;
};

/* The next byte, 0 at the end. */
static inline char lex_peek(const struct lexer *lexer)
{
	return lexer->at.offset < lexer->len ? lexer->text[lexer->at.offset]
					     : '\0';
}

/* Each of these functions takes its kind of token if it is next; true if so. */
bool lex_blank(struct lexer *lexer);
bool lex_literal(struct lexer *lexer, const char *literal);
bool lex_not(struct lexer *lexer);
bool lex_name(struct lexer *lexer);
bool lex_field_name(struct lexer *lexer);
bool lex_field_arg(struct lexer *lexer);
bool lex_number(struct lexer *lexer);
bool lex_bare(struct lexer *lexer);

/* Takes a word of letters if a blank follows; the blank is not taken. */
bool lex_word(struct lexer *lexer, const char *word);

/*
 * Takes a quoted string.  1: taken, the token is its value; 0: no quoted
 * string here; -1: an invalid escape.
 */
int lex_quoted(struct lexer *lexer, struct error *err);

/* Takes len bytes as the token. */
void lex_take(struct lexer *lexer, size_t len);

#endif
