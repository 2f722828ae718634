/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens of a condition, according to the grammar in doc/rule-language.md. */
#include "replay/rules/lex.h"

#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name_char(char c)
{
	return is_letter(c) || is_digit(c) || c == '_';
}

/* White space of the grammar: without form feed and vertical tab. */
static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\b' || c == '\r' || c == '\n';
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static char char_at(const struct lexer *lexer, size_t i)
{
	return lexer->at.offset + i < lexer->len
		       ? lexer->text[lexer->at.offset + i]
		       : '\0';
}

static void advance(struct lexer *lexer, size_t len)
{
	while (len--) {
		char c = lexer->text[lexer->at.offset++];

		lexer->at.column++;
		if (c == '\r' || c == '\n') {
			lexer->at.line++;
			lexer->at.column = 1;
		}
	}
}

void lex_take(struct lexer *lexer, size_t len)
{
	lexer->token.data = lexer->text + lexer->at.offset;
	lexer->token.len = (uint32_t)len;
	advance(lexer, len);
}

static bool take_some(struct lexer *lexer, size_t len)
{
	if (!len)
		return false;
	lex_take(lexer, len);
	return true;
}

bool lex_blank(struct lexer *lexer)
{
	size_t len = 0;

	while (is_blank(char_at(lexer, len)))
		len++;
	advance(lexer, len);
	return len > 0;
}

bool lex_literal(struct lexer *lexer, const char *literal)
{
	size_t len = strlen(literal);

	if (lexer->len - lexer->at.offset < len ||
	    memcmp(lexer->text + lexer->at.offset, literal, len))
		return false;
	lex_take(lexer, len);
	return true;
}

bool lex_word(struct lexer *lexer, const char *word)
{
	size_t len = strlen(word);

	if (lexer->len - lexer->at.offset <= len ||
	    memcmp(lexer->text + lexer->at.offset, word, len) ||
	    !is_blank(char_at(lexer, len)))
		return false;
	lex_take(lexer, len);
	return true;
}

/* Takes "not" and the white space after it. */
bool lex_not(struct lexer *lexer)
{
	size_t len = 3;

	if (lexer->len - lexer->at.offset < len ||
	    memcmp(lexer->text + lexer->at.offset, "not", len))
		return false;
	while (is_space(char_at(lexer, len)))
		len++;
	return len > 3 && take_some(lexer, len);
}

static size_t name_len(const struct lexer *lexer, size_t from)
{
	size_t len = 0;

	if (!is_letter(char_at(lexer, from)))
		return 0;
	while (is_name_char(char_at(lexer, from + len)))
		len++;
	return len;
}

bool lex_name(struct lexer *lexer)
{
	return take_some(lexer, name_len(lexer, 0));
}

bool lex_field_name(struct lexer *lexer)
{
	size_t len = name_len(lexer, 0);
	bool has_dot = false;

	while (len && char_at(lexer, len) == '.') {
		size_t more = name_len(lexer, len + 1);

		if (!more)
			break;
		len += 1 + more;
		has_dot = true;
	}
	return has_dot && take_some(lexer, len);
}

static bool take_until(struct lexer *lexer, const char *stops)
{
	size_t len = 0;
	size_t left = lexer->len - lexer->at.offset;
	const char *text = lexer->text + lexer->at.offset;

	while (len < left && !is_space(text[len]) &&
	       (!text[len] || !strchr(stops, text[len])))
		len++;
	return take_some(lexer, len);
}

bool lex_field_arg(struct lexer *lexer)
{
	return take_until(lexer, "[]\"'");
}

bool lex_bare(struct lexer *lexer)
{
	return take_until(lexer, "()\"'=,");
}

static size_t hex_len(const struct lexer *lexer)
{
	size_t len = 2;

	if (char_at(lexer, 0) != '0' || (char_at(lexer, 1) | 32) != 'x')
		return 0;
	while (char_at(lexer, len) &&
	       strchr("0123456789abcdefABCDEF", char_at(lexer, len)))
		len++;
	return len > 2 ? len : 0;
}

static size_t digits_len(const struct lexer *lexer, size_t from)
{
	size_t len = 0;

	while (is_digit(char_at(lexer, from + len)))
		len++;
	return len;
}

static bool is_sign(char c)
{
	return c == '+' || c == '-';
}

/*
 * Length of a number: sign, digits, fraction, and an exponent, whose sign is
 * required.
 */
static size_t decimal_len(const struct lexer *lexer)
{
	size_t sign = is_sign(char_at(lexer, 0)) ? 1 : 0;
	size_t digits = digits_len(lexer, sign);
	size_t len = sign + digits;
	size_t exponent;

	if (!digits)
		return 0;
	if (char_at(lexer, len) == '.')
		len += 1 + digits_len(lexer, len + 1);
	if ((char_at(lexer, len) | 32) != 'e' ||
	    !is_sign(char_at(lexer, len + 1)))
		return len;
	exponent = digits_len(lexer, len + 2);
	return exponent ? len + 2 + exponent : len;
}

bool lex_number(struct lexer *lexer)
{
	size_t hex = hex_len(lexer);

	return take_some(lexer, hex ? hex : decimal_len(lexer));
}

int lex_quoted(struct lexer *lexer, struct error *err)
{
	char delimiter = char_at(lexer, 0);
	size_t len = 1;
	struct text value;

	if (delimiter != '"' && delimiter != '\'')
		return 0;
	/* Only the previous byte matters: "abc\\" does not end there. */
	while (char_at(lexer, len) != delimiter ||
	       char_at(lexer, len - 1) == '\\') {
		if (!char_at(lexer, len))
			return 0;
		len++;
	}
	lex_take(lexer, len + 1);
	if (text_unescape(&value, lexer->token, lexer->arena, err))
		return -1;
	lexer->token = value;
	return 1;
}
