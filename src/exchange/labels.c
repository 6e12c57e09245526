#include "exchange/labels.h"

struct str label_text(const struct theme *t, struct str language, const char *key, const struct message_arg *args,
	size_t count, struct arena *a)
{
	const struct theme_label *label = theme_label(theme_labels_in(t, language), str_c(key));
	struct buf out = { 0 };
	struct str missing;
	if (!label)
		return STR("");
	message_format(label->message, args, count, &out, &missing);
	return buf_keep(&out, a);
}

struct str label_title(const struct theme *t, struct str language, const struct meeting *m, struct arena *a)
{
	if (m->front.status == STATUS_CONFIRMED)
		return m->front.title;
	struct str status = arena_format(a, "status.%s", record_status_words[m->front.status]);
	struct message_arg args[] = { { .name = STR("title"), .text = m->front.title },
		{ .name = STR("status"), .text = label_text(t, language, status.p, NULL, 0, a) } };
	return label_text(t, language, "marked", args, 2, a);
}

struct str label_page(const struct theme *t, const struct site *s, const struct page *p, struct arena *a)
{
	struct str key = arena_format(a, "head.%s", theme_page_kinds[p->kind]);
	struct message_arg args[] = { { .name = STR("site"), .text = words_in(&s->settings.title, p->language) },
		{ .name = STR("title"), .text = site_page_title(s, p) } };
	return label_text(t, p->language, key.p, args, 2, a);
}
