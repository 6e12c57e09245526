/*
 * plural and select are chosen here, not by ICU's umsg: that takes its
 * arguments by number and through C varargs, whose count and types would have
 * to be known when this is compiled. ICU still says which plural category a
 * number has (uplrules_open takes under 1 µs once its rules are cached).
 */
#include "text/message.h"

#include "text/icu.h"
#include "text/number.h"
#include "text/pattern.h"

#include <string.h>
#include <unicode/upluralrules.h>

struct message {
	struct pattern pattern;
	struct names names;
	struct number_style style;
	char locale[ULOC_FULLNAME_CAPACITY];
};

struct message *message_compile(struct arena *a, struct str pattern, struct str language, const char **why)
{
	struct message *m = ARENA_NEW(a, struct message);
	*why = NULL;
	if (!pattern_read(a, pattern, &m->pattern, &m->names, why))
		return NULL;
	if (!icu_locale(language, m->locale))
		m->locale[0] = '\0';
	number_style_load(&m->style, language);
	return m;
}

size_t message_arg_count(const struct message *m)
{
	return m->names.count;
}

struct str message_arg_name(const struct message *m, size_t i)
{
	return m->names.name[i];
}

/* One formatting: the arguments in the order of the message's names. */
struct sentence {
	const struct message *message;
	const struct message_arg *args[PATTERN_ARGS_MOST];
	struct buf *out;
};

static bool has_category(const struct part *part)
{
	for (size_t i = 0; i < part->branch_count; i++)
		if (!part->branches[i].exact && !str_eq(part->branches[i].key, STR("other")))
			return true;
	return false;
}

/* one, few … written into room; other when ICU cannot tell. */
static struct str plural_category(const char *locale, double number, char room[16])
{
	UErrorCode status = U_ZERO_ERROR;
	UChar keyword[16];
	UPluralRules *rules = uplrules_open(locale, &status);
	int32_t n = uplrules_select(rules, number, keyword, 16, &status);
	uplrules_close(rules);
	if (U_FAILURE(status) || n > 16)
		return STR("other");
	for (int32_t i = 0; i < n; i++)
		room[i] = (char)keyword[i]; /* ASCII all */
	return str_n(room, (size_t)n);
}

static const struct branch *find_branch(const struct part *part, struct str key)
{
	const struct branch *other = NULL;
	for (size_t i = 0; i < part->branch_count; i++) {
		const struct branch *b = &part->branches[i];
		if (!b->exact && str_eq(b->key, key))
			return b;
		if (!b->exact && str_eq(b->key, STR("other")))
			other = b;
	}
	return other;
}

static const struct branch *choose_plural(const struct message *m, const struct part *part, double number)
{
	char room[16];
	for (size_t i = 0; i < part->branch_count; i++)
		if (part->branches[i].exact && part->branches[i].number == number)
			return &part->branches[i];
	return find_branch(part, has_category(part) ? plural_category(m->locale, number, room) : STR("other"));
}

static const struct branch *choose_select(const struct part *part, const struct message_arg *arg)
{
	if (!arg->is_number)
		return find_branch(part, arg->text);
	struct buf number = { 0 };
	number_put_plain(&number, arg->number);
	const struct branch *found = find_branch(part, buf_str(&number));
	buf_release(&number);
	return found;
}

static void put_pattern(const struct sentence *s, const struct pattern *pattern, double hash);

/* Patterns nest PATTERN_DEPTH_MOST deep at most: pattern_read refuses more. */
static void put_part(const struct sentence *s, const struct part *part, double hash)
{
	const struct message_arg *arg = s->args[part->arg];
	switch (part->kind) {
	case PART_TEXT:
		buf_put(s->out, part->text);
		break;
	case PART_ARG:
		if (arg->is_number)
			number_put_plain(s->out, arg->number);
		else
			buf_put(s->out, arg->text);
		break;
	case PART_NUMBER:
		number_put(&s->message->style, s->out, arg->number);
		break;
	case PART_HASH:
		number_put(&s->message->style, s->out, hash);
		break;
	case PART_PLURAL:
		put_pattern(s, &choose_plural(s->message, part, arg->number)->body, arg->number);
		break;
	case PART_SELECT:
		put_pattern(s, &choose_select(part, arg)->body, hash);
		break;
	}
}

static void put_pattern(const struct sentence *s, const struct pattern *pattern, double hash)
{
	for (size_t i = 0; i < pattern->count; i++)
		put_part(s, &pattern->parts[i], hash);
}

/* False, with the part's argument, where a number is asked for and text was given. */
static bool check_numbers(const struct sentence *s, const struct pattern *pattern, size_t *wrong)
{
	for (size_t i = 0; i < pattern->count; i++) {
		const struct part *part = &pattern->parts[i];
		if ((part->kind == PART_PLURAL || part->kind == PART_NUMBER) && !s->args[part->arg]->is_number) {
			*wrong = part->arg;
			return false;
		}
		for (size_t k = 0; k < part->branch_count; k++)
			if (!check_numbers(s, &part->branches[k].body, wrong))
				return false;
	}
	return true;
}

static const struct message_arg *find_arg(const struct message_arg *args, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(args[i].name, name))
			return &args[i];
	return NULL;
}

bool message_format(
	const struct message *m, const struct message_arg *args, size_t count, struct buf *out, struct str *missing)
{
	struct sentence s = { .message = m, .out = out };
	size_t wrong;
	for (size_t i = 0; i < m->names.count; i++) {
		s.args[i] = find_arg(args, count, m->names.name[i]);
		if (!s.args[i]) {
			*missing = m->names.name[i];
			return false;
		}
	}
	if (!check_numbers(&s, &m->pattern, &wrong)) {
		*missing = m->names.name[wrong];
		return false;
	}
	put_pattern(&s, &m->pattern, 0);
	return true;
}
