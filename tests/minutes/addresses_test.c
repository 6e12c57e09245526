/* A thousand times somebody edits a record that was stamped: no anchor ever leads to other words, none vanishes
 * without a tombstone, and no number is used twice. Through the reader and the ledger's own text. */
#include "record.h"

#include "base/map.h"
#include "minutes/parts.h"
#include "minutes/stamped.h"

enum { LINES_MOST = 2000, WORDS_MOST = 4096, FROM_MOST = 8 };

/* An item, a marker, something said, a paragraph of nobody, a decision; from which lines of the version before it was
 * made. */
struct line {
	char kind; /* 'i', 's', 't', 'n', 'd' */
	char words[WORDS_MOST];
	uint32_t from[FROM_MOST]; /* 1 + number in the version before */
	bool touched;             /* it is not just what it was */
};

struct version {
	struct line *lines;
	size_t count;
};

struct world {
	struct version now, before;
	char (*anchors)[32]; /* of `before` */
	struct map ever;     /* every anchor ever used → 1 when it is a tombstone */
	struct buf ledger;
	struct arena arena; /* of what `ever` holds */
	uint64_t random;
	bool confirmed;
	size_t kept, fresh, removed, reworded;
};

static uint32_t roll(struct world *w, size_t sides)
{
	w->random = w->random * 6364136223846793005U + 1442695040888963407U;
	return (uint32_t)((w->random >> 33) % sides);
}

static const char *const labels[] = { "委員長", "岡委員", "森委員", "林委員", "事務局" };
static const char *const shorts[] = { "はい。", "異議なし。", "ありがとうございます。", "承知しました。", "賛成です。",
	"ほかに御意見はありますか。" };
static const char *const subjects[] = { "駅前広場の整備", "図書館の開館時間", "子ども会議の提案", "路線バスの減便", "公園の遊具の点検",
	"学校給食の費用", "防災倉庫の鍵の管理", "空き家の活用", "下水道の料金", "市民農園の募集", "観光案内所の移転", "道路照明の更新",
	"河川敷の草刈り", "保育所の定員", "体育館の耐震工事", "農道の舗装", "消防団の再編", "ごみの分別", "商店街の街路灯", "墓地の区画",
	"水道管の漏水", "集会所の使用料", "高齢者の見守り", "通学路の安全", "森林の間伐" };
static const char *const predicates[] = { "本年度のうちに設計を終える", "利用者の声を聞いてから決めたい",
	"実現できるものから始めてはどうか", "費用の内訳を示してほしい", "地元の自治会と協議を続けている", "来年の春まで見送ることとしたい",
	"県の補助を受けられる見込みである", "前回の資料と数字が合わない", "担当の職員を二人に増やした", "近隣の市の例を調べて報告する",
	"入札が不調に終わり再び公告した", "安全を第一に考えるべきである", "苦情が五件寄せられている", "条例の改正が必要になる",
	"専門家の意見を求めることにした", "予算の範囲で順次行っている", "住民説明会を三回開いた", "図面を修正して次回に諮る" };
static const char *const endings[] = { "と考える", "とのことであった", "ので了承願いたい", "ことを確認したい", "点が課題である",
	"という方針でよいか", "ように努める", "ことに賛成する" };

#define PICK(w, list) ((list)[roll(w, sizeof(list) / sizeof *(list))])

static void sentence(struct world *w, char *out, size_t size)
{
	if (roll(w, 3) == 0)
		snprintf(out, size, "%s", PICK(w, shorts));
	else
		snprintf(out, size, "%sは、%u番から%u番まで、%s%s。%sについても%s%s。", PICK(w, subjects), roll(w, 900), roll(w, 900),
			PICK(w, predicates), PICK(w, endings), PICK(w, subjects), PICK(w, predicates), PICK(w, endings));
}

static void add_words(struct line *l, const char *words)
{
	size_t n = strlen(l->words), more = strlen(words) + 1;
	assert_true(n + more <= WORDS_MOST);
	memmove(l->words + n, words, more);
}

static struct line *put_line(struct world *w, size_t at, char kind)
{
	struct version *v = &w->now;
	assert_true(v->count < LINES_MOST);
	memmove(v->lines + at + 1, v->lines + at, (v->count - at) * sizeof *v->lines);
	v->count++;
	v->lines[at] = (struct line){ .kind = kind, .touched = true };
	if (kind == 's')
		snprintf(v->lines[at].words, WORDS_MOST, "%s", PICK(w, labels));
	else if (kind == 'i')
		snprintf(v->lines[at].words, WORDS_MOST, "%sについて（%u）", PICK(w, subjects), roll(w, 100));
	else
		sentence(w, v->lines[at].words, WORDS_MOST);
	return &v->lines[at];
}

static void drop_line(struct world *w, size_t at)
{
	struct version *v = &w->now;
	memmove(v->lines + at, v->lines + at + 1, (v->count - at - 1) * sizeof *v->lines);
	v->count--;
}

static size_t end_of_speech(const struct version *v, size_t at)
{
	do
		at++;
	while (at < v->count && (v->lines[at].kind == 't' || v->lines[at].kind == 'd'));
	return at;
}

/* A line of the kind, or SIZE_MAX. */
static size_t find_line(struct world *w, char kind)
{
	for (int tries = 0; tries < 50; tries++) {
		size_t at = roll(w, w->now.count);
		if (w->now.lines[at].kind == kind)
			return at;
	}
	return SIZE_MAX;
}

static void put_speech(struct world *w, size_t at)
{
	put_line(w, at, 's');
	for (size_t n = 1 + roll(w, 4); n > 0; n--)
		put_line(w, ++at, 't');
	if (roll(w, 6) == 0)
		put_line(w, ++at, 'd');
}

static void begin(struct world *w)
{
	w->now.count = 0;
	for (size_t items = 2 + roll(w, 3); items > 0; items--) {
		put_line(w, w->now.count, 'i');
		if (roll(w, 2))
			put_line(w, w->now.count, 'n');
		for (size_t speeches = 2 + roll(w, 6); speeches > 0; speeches--)
			put_speech(w, w->now.count);
	}
}

static void add_descent(struct line *to, const struct line *from)
{
	size_t k = 0;
	for (size_t i = 0; i < FROM_MOST && from->from[i]; i++) {
		while (k < FROM_MOST && to->from[k])
			k++;
		if (k < FROM_MOST)
			to->from[k] = from->from[i];
	}
}

/* Some characters in the middle become others. */
static void reword(struct world *w, struct line *line)
{
	struct str words = str_c(line->words);
	size_t points = str_points(words), first = roll(w, points), length, at = 0;
	char out[WORDS_MOST];
	for (size_t i = 0; i < first; i++, at += length)
		str_point(words, at, &length);
	size_t end = at;
	for (size_t i = 0; i < 3 && end < words.n; i++, end += length)
		str_point(words, end, &length);
	snprintf(out, sizeof out, "%.*s改%u%s", (int)at, words.p, roll(w, 100), words.p + end);
	snprintf(line->words, WORDS_MOST, "%s", out);
	line->touched = true;
}

static void split(struct world *w, size_t at)
{
	size_t stop = str_find(str_c(w->now.lines[at].words), STR("。"), 0);
	if (stop == SIZE_MAX || w->now.lines[at].words[stop + 3] == '\0')
		return;
	struct line *second = put_line(w, at + 1, 't'), *first = &w->now.lines[at];
	second->words[0] = '\0';
	add_words(second, first->words + stop + 3);
	first->words[stop + 3] = '\0';
	first->touched = true;
	add_descent(second, first);
}

static void join(struct world *w, size_t at)
{
	struct line *first = &w->now.lines[at], *second = first + 1;
	if (at + 1 == w->now.count || second->kind != 't')
		return;
	add_words(first, second->words);
	first->touched = true;
	add_descent(first, second);
	drop_line(w, at + 1);
}

/* Takes a speech out and puts it before another. */
static void move(struct world *w, size_t from, size_t to)
{
	struct version *v = &w->now;
	size_t end = end_of_speech(v, from), count = end - from;
	if (to >= from && to <= end)
		return;
	struct line *held = mem_alloc(count * sizeof *held);
	memcpy(held, v->lines + from, count * sizeof *held);
	memmove(v->lines + from, v->lines + end, (v->count - end) * sizeof *held);
	v->count -= count;
	to -= to > from ? count : 0;
	memmove(v->lines + to + count, v->lines + to, (v->count - to) * sizeof *held);
	memcpy(v->lines + to, held, count * sizeof *held);
	v->count += count;
	free(held);
}

static void edit(struct world *w)
{
	size_t said = find_line(w, 't'), speech = find_line(w, 's'), other = find_line(w, 's');
	if (said == SIZE_MAX || speech == SIZE_MAX || other == SIZE_MAX) {
		put_speech(w, w->now.count);
		return;
	}
	switch (roll(w, 13)) {
	case 0:
	case 1:
		reword(w, &w->now.lines[said]);
		break;
	case 2:
		put_line(w, said, 't');
		break;
	case 3:
		drop_line(w, said);
		break;
	case 4:
		put_speech(w, speech);
		break;
	case 5:
		for (size_t n = end_of_speech(&w->now, speech) - speech; n > 0; n--)
			drop_line(w, speech);
		break;
	case 6:
		move(w, speech, other);
		break;
	case 7:
		split(w, said);
		break;
	case 8:
		join(w, said);
		break;
	case 9: /* the rest is another's */
		put_line(w, said, 's');
		break;
	case 10: /* two become one, where one stands before it */
		if (speech > 0 && (w->now.lines[speech - 1].kind == 't' || w->now.lines[speech - 1].kind == 'd'))
			drop_line(w, speech);
		break;
	case 11:
		snprintf(w->now.lines[speech].words, WORDS_MOST, "%s", PICK(w, labels));
		w->now.lines[speech].touched = true;
		break;
	default:
		put_line(w, speech, 'i');
	}
}

static void write_source(const struct world *w, struct buf *out)
{
	for (size_t i = 0; i < w->now.count; i++) {
		const struct line *l = &w->now.lines[i];
		const char *form = l->kind == 'i' ? "## %s\n\n" : l->kind == 's' ? "【%s】\n\n" : l->kind == 'd' ? "> [!decision] %s\n\n" : "%s\n\n";
		buf_format(out, form, l->words);
	}
	buf_byte(out, '\0');
}

/* --- what must hold --- */

static bool descends(const struct line *l, size_t from)
{
	for (size_t i = 0; i < FROM_MOST; i++)
		if (l->from[i] == from + 1)
			return true;
	return false;
}

static size_t count_words(const struct version *v, const char *words)
{
	size_t count = 0;
	for (size_t i = 0; i < v->count; i++)
		count += strcmp(v->lines[i].words, words) == 0;
	return count;
}

/* The marker before a line. */
static const char *label_before(const struct version *v, size_t at)
{
	while (at > 0 && v->lines[at].kind != 's' && v->lines[at].kind != 'i')
		at--;
	return v->lines[at].kind == 's' ? v->lines[at].words : "";
}

static void complain(const struct world *w, const char *what, size_t before, size_t now)
{
	print_error("%s: %s 「%s」 → 「%s」\n", what, before == SIZE_MAX ? "" : w->anchors[before],
		before == SIZE_MAX ? "" : w->before.lines[before].words, now == SIZE_MAX ? "" : w->now.lines[now].words);
	fail();
}

static size_t line_of_anchor(const struct world *w, struct str anchor)
{
	for (size_t i = 0; i < w->before.count; i++)
		if (str_eq(str_c(w->anchors[i]), anchor))
			return i;
	return SIZE_MAX;
}

/* A marker that was replaced by another is the same speech, corrected: by what was said in it. */
static bool shares_words(const struct world *w, size_t before, size_t now)
{
	for (size_t i = before + 1; i < end_of_speech(&w->before, before); i++)
		for (size_t k = now + 1; k < end_of_speech(&w->now, now); k++)
			if (descends(&w->now.lines[k], i) ||
				strcmp(w->now.lines[k].words, w->before.lines[i].words) == 0)
				return true;
	return false;
}

static void check_line(struct world *w, size_t now, struct str anchor)
{
	const struct line *l = &w->now.lines[now];
	size_t was = line_of_anchor(w, anchor), state;
	if (was == SIZE_MAX) {
		if (map_get(&w->ever, anchor, &state))
			complain(w, "a number is used twice", SIZE_MAX, now);
		w->fresh++;
	} else if (strcmp(w->before.lines[was].words, l->words) == 0) {
		w->kept++;
	} else {
		if (!w->confirmed) /* words may change freely */
			return;
		if (!descends(l, was) && !(l->kind == 's' && shares_words(w, was, now)))
			complain(w, "an anchor leads to other words", was, now);
		w->reworded++;
	}
	/* What stands only once and was not touched is found, wherever it is now. */
	if (l->kind != 't' || l->touched || count_words(&w->now, l->words) > 1 || count_words(&w->before, l->words) > 1)
		return;
	size_t own = l->from[0] - 1;
	if (was != own && strcmp(label_before(&w->now, now), label_before(&w->before, own)) == 0)
		complain(w, "an untouched remark lost its anchor", own, now);
}

static void check(struct world *w, const struct meeting *m)
{
	struct arena a;
	struct map here = { 0 };
	arena_init(&a);
	struct parts parts = meeting_parts(m, &a);
	assert_int_equal(parts.count, w->now.count);
	for (size_t i = 0; i < parts.count; i++) {
		struct str anchor = *parts.items[i].anchor;
		assert_true(anchor.n > 0 && map_add(&here, anchor, i));
		check_line(w, i, anchor);
	}
	for (size_t i = 0; i < m->tombstone_count; i++)
		assert_true(map_add(&here, m->tombstones[i].anchor, i));
	/* None vanishes, and none comes back. */
	for (size_t i = 0; i < w->ever.count; i++) {
		size_t at;
		assert_true(map_get(&here, w->ever.entries[i].key, &at));
		if (w->ever.entries[i].value == 1)
			assert_true(at < m->tombstone_count && str_eq(m->tombstones[at].anchor, w->ever.entries[i].key));
	}
	w->removed += m->tombstone_count;
	for (size_t i = 0; i < parts.count; i++) {
		struct str anchor = *parts.items[i].anchor;
		snprintf(w->anchors[i], sizeof *w->anchors, "%.*s", STR_ARG(anchor));
		if (!map_get(&w->ever, anchor, NULL))
			map_add(&w->ever, arena_str(&w->arena, anchor), 0);
	}
	for (size_t i = 0; i < m->tombstone_count; i++)
		map_put(&w->ever, m->tombstones[i].anchor, 1);
	map_release(&here);
	arena_release(&a);
}

static void read_ledger(struct world *w, struct record *r, struct ledger *l)
{
	fs_write(&r->fs, STR("content/kaigi/1.ledger"), buf_str(&w->ledger));
	assert_true(ledger_read(&r->fs, STR("content/kaigi/1.ledger"), &r->arena, l, &r->diags));
}

/* Stamped again nothing changes; what is written is what is read. */
static void stamp(struct world *w, struct record *r, const struct meeting *m, const struct ledger *old)
{
	struct stamping s = { .today = { 2026, 5, 1 }, .forget = STR(""), .arena = &r->arena };
	struct ledger next;
	meeting_stamp(m, old, &s);
	buf_clear(&w->ledger);
	ledger_write(&s.next, &w->ledger);
	read_ledger(w, r, &next);
	meeting_stamp(m, &next, &s);
	assert_false(s.differs);
}

static void remember(struct world *w)
{
	memcpy(w->before.lines, w->now.lines, w->now.count * sizeof *w->now.lines);
	w->before.count = w->now.count;
	for (size_t i = 0; i < w->now.count; i++) {
		memset(w->now.lines[i].from, 0, sizeof w->now.lines[i].from);
		w->now.lines[i].from[0] = (uint32_t)i + 1;
		w->now.lines[i].touched = false;
	}
}

/* Reads the version there is now, follows the ledger, and stamps it. */
static void publish(struct world *w, bool first)
{
	void *state = NULL;
	record_setup(&state);
	struct record *r = state;
	struct buf source = { 0 };
	struct ledger old = { .path = STR("content/kaigi/1.ledger"), .sound = true };
	r->people = NULL;
	r->attendees = "[]";
	write_source(w, &source);
	struct meeting *m = record_read(r, source.p);
	assert_non_null(m);
	m->front.status = w->confirmed ? STATUS_CONFIRMED : STATUS_PROVISIONAL;
	if (!first) {
		read_ledger(w, r, &old);
		meeting_follow(m, &old, &r->arena, &r->diags);
		meeting_name(m, NULL, &r->arena, &r->diags);
	}
	/* What `ever` holds must outlast the meeting. */
	for (size_t i = 0; i < m->tombstone_count; i++)
		m->tombstones[i].anchor = arena_str(&w->arena, m->tombstones[i].anchor);
	check(w, m);
	stamp(w, r, m, &old);
	remember(w);
	buf_release(&source);
	record_teardown(&state);
}

static void open_world(struct world *w, uint32_t seed, bool confirmed)
{
	*w = (struct world){ .random = seed, .confirmed = confirmed };
	w->now.lines = mem_alloc(LINES_MOST * sizeof(struct line));
	w->before.lines = mem_alloc(LINES_MOST * sizeof(struct line));
	w->anchors = mem_alloc(LINES_MOST * sizeof *w->anchors);
	arena_init(&w->arena);
}

static void close_world(struct world *w)
{
	free(w->now.lines);
	free(w->before.lines);
	free(w->anchors);
	map_release(&w->ever);
	buf_release(&w->ledger);
	arena_release(&w->arena);
}

static void live(struct world *w, size_t scripts)
{
	publish(w, true);
	for (size_t i = 0; i < scripts; i++) {
		for (size_t n = 1 + roll(w, 6); n > 0; n--)
			edit(w);
		publish(w, false);
	}
}

static void edit_records(bool confirmed, uint32_t seed, size_t records)
{
	size_t kept = 0, fresh = 0, removed = 0, reworded = 0;
	for (uint32_t i = 0; i < records; i++) {
		struct world w;
		open_world(&w, seed + i * 2654435761U, confirmed);
		begin(&w);
		live(&w, 20);
		kept += w.kept;
		fresh += w.fresh;
		removed += w.removed;
		reworded += w.reworded;
		close_world(&w);
	}
	/* Each kind of fate was met. */
	assert_true(kept > 1000 && fresh > 100 && removed > 100 && (!confirmed || reworded > 100));
}

static void eight_hundred_edits_of_confirmed_records(void **state)
{
	(void)state;
	edit_records(true, 20260401, 40);
}

static void two_hundred_edits_of_provisional_records(void **state)
{
	(void)state;
	edit_records(false, 20260402, 10);
}

/* Real minutes, where they are at hand. */
static void a_hundred_edits_of_a_real_record(void **state)
{
	(void)state;
	static const char *const sites[] = { "../shared/sites/ict", "../../shared/sites/ict" };
	struct fs fs;
	bool found = false;
	for (size_t i = 0; i < 2 && !found; i++)
		found = fs_disk_open(&fs, sites[i], false) == FS_OK;
	if (!found)
		skip();
	void *record_state = NULL;
	record_setup(&record_state);
	struct record *r = record_state;
	struct buf bytes = { 0 };
	assert_int_equal(fs_read(&fs, STR("content/ict-machizukuri/5.md"), CONTENT_FILE_MOST, &bytes), FS_OK);
	fs_close(&fs);
	fs_write(&r->fs, STR("content/kaigi/1.md"), buf_str(&bytes));
	r->settings.language = STR("ja");
	struct meeting *m = record_open(r, STR("content/kaigi/1.md"), STR("kaigi"), STR("1"));
	assert_non_null(m);
	struct world w;
	open_world(&w, 7, true);
	struct parts parts = meeting_parts(m, &r->arena);
	for (size_t i = 0; i < parts.count; i++) {
		const struct part *p = &parts.items[i];
		bool said = p->kind == PART_TEXT && m->statements[p->index].kind == SAID;
		char kind = p->kind != PART_TEXT ? (char)p->kind : said ? 't' : 'n';
		struct line *l = put_line(&w, w.now.count, kind);
		snprintf(l->words, WORDS_MOST, "%.*s", STR_ARG(part_words(m, p, &r->arena)));
	}
	live(&w, 100);
	assert_true(w.kept > 1000 && w.reworded > 10);
	close_world(&w);
	buf_release(&bytes);
	record_teardown(&record_state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eight_hundred_edits_of_confirmed_records),
		cmocka_unit_test(two_hundred_edits_of_provisional_records),
		cmocka_unit_test(a_hundred_edits_of_a_real_record),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
