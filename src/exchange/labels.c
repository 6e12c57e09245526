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
	static const char *const keys[] = { [STATUS_NONE] = "status.draft",
		[STATUS_SCHEDULED] = "status.scheduled",
		[STATUS_POSTPONED] = "status.postponed",
		[STATUS_CANCELLED] = "status.cancelled",
		[STATUS_DRAFT] = "status.draft",
		[STATUS_PROVISIONAL] = "status.provisional" };
	if (m->front.status == STATUS_CONFIRMED)
		return m->front.title;
	struct message_arg args[] = { { .name = STR("title"), .text = m->front.title },
		{ .name = STR("status"), .text = label_text(t, language, keys[m->front.status], NULL, 0, a) } };
	return label_text(t, language, "marked", args, 2, a);
}

struct str label_page(const struct theme *t, const struct site *s, const struct page *p, struct arena *a)
{
	struct str title = STR(""), language = p->language;
	const char *key = "head.home";
	if (p->kind == PAGE_BODY) {
		key = "head.body";
		title = site_body(s, p->edition, p->subject)->title;
	} else if (p->kind == PAGE_SPEAKER) {
		key = "head.speaker";
		title = words_in(&s->people[p->subject].name, language);
	} else if (p->kind == PAGE_TOPIC) {
		key = "head.topic";
		title = words_in(&s->topics[p->subject].name, language);
	}
	struct message_arg args[] = { { .name = STR("site"), .text = words_in(&s->settings.title, language) },
		{ .name = STR("title"), .text = title } };
	return label_text(t, language, key, args, 2, a);
}
