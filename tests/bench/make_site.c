/*
 * make_site: a site of invented meetings, to measure giji with. The same arguments give the same bytes.
 *
 *     make_site DIR MEETINGS
 *
 * 100 meetings a body, each a summary of about 37 KB: 15 of 300 people attend, 3 items, 24 to 48 speeches of
 * several statements, which use the terms of 100 topics. Towns, people and words are invented.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { A_BODY = 100, PEOPLE = 300, TOPICS = 100, ATTENDEES = 15, ITEMS = 3 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

struct name {
	const char *kanji, *kana;
};

static const struct name upper[] = { { "若", "わか" }, { "霧", "きり" }, { "葉", "は" }, { "鷺", "さぎ" },
	{ "雪", "ゆき" }, { "桐", "きり" }, { "楠", "くす" }, { "沢", "さわ" }, { "潮", "しお" }, { "茅", "かや" },
	{ "蓮", "はす" }, { "梅", "うめ" }, { "鴨", "かも" }, { "柚", "ゆず" }, { "萩", "はぎ" }, { "岬", "みさき" },
	{ "榎", "えのき" }, { "瀬", "せ" }, { "杉", "すぎ" }, { "苗", "なえ" } };
static const struct name lower[] = { { "ヶ浜", "がはま" }, { "ノ木", "のき" }, { "倉谷", "くらたに" },
	{ "見原", "みはら" }, { "之江", "のえ" }, { "口台", "ぐちだい" }, { "坂上", "さかうえ" }, { "戸越", "とごし" },
	{ "寄瀬", "よせ" }, { "床野", "とこの" }, { "積川", "つみかわ" }, { "渡津", "わたつ" }, { "波止", "はと" },
	{ "守山", "もりやま" }, { "宮路", "みやじ" } };

/* A topic's term is one of these with one of those behind it. */
static const struct name fields[] = { { "河川", "かせん" }, { "保育", "ほいく" }, { "商店街", "しょうてんがい" },
	{ "学校図書館", "がっこうとしょかん" }, { "上下水道", "じょうげすいどう" }, { "里山", "さとやま" },
	{ "高齢者福祉", "こうれいしゃふくし" }, { "観光案内", "かんこうあんない" }, { "生活道路", "せいかつどうろ" },
	{ "地域医療", "ちいきいりょう" } };
static const struct name aspects[] = { { "の費用負担", "のひようふたん" }, { "の担い手", "のにないて" },
	{ "の再整備", "のさいせいび" }, { "の情報公開", "のじょうほうこうかい" },
	{ "の安全対策", "のあんぜんたいさく" }, { "の長期計画", "のちょうきけいかく" },
	{ "の利用者数", "のりようしゃすう" }, { "の民間委託", "のみんかんいたく" },
	{ "の住民参加", "のじゅうみんさんか" }, { "の災害時対応", "のさいがいじたいおう" } };

static const char *const openings[] = { "ただいまの説明を聞いて感じたことだが、", "前回の会議でも申し上げたとおり、",
	"資料１の三頁にあるように、", "資料２の表を見ると、", "地区の懇談会で何度も耳にしたのは、",
	"現場を預かる立場から言えば、", "数字だけを見れば順調に見えるが、", "他の町の例と比べても、",
	"財政の見通しが厳しい中ではあるが、", "子どもを持つ世帯の声として、", "若い職員と話していて気付いたのは、",
	"先月の視察で見聞きした限りでは、", "十年前の計画を読み返してみると、", "反対の意見があることも承知の上で、",
	"細かい点になるが、", "大きな方向には賛成した上で、" };
static const char *const views[] = { "の進め方について住民の理解がまだ十分に得られていないと考える",
	"は、担当する課だけでなく庁内全体で取り組むべき課題である",
	"を三年のうちに形にするには、段階を分けた工程表が欠かせない",
	"に対する期待は大きいが、実際に動かす人の手当てが追い付いていない",
	"を評価する物差しが、回数や人数に偏っていないか確かめる必要がある",
	"については、費用の内訳と将来の負担を並べて示していただきたい",
	"の議論は、使う人の側から組み立て直したほうが分かりやすい",
	"をめぐる説明会は、夜間や休日にも開いてほしいという要望が多い",
	"は一つの施策で解決するものではなく、周りの仕組みと合わせて考えたい",
	"に関する資料は専門の言葉が多く、初めて読む人には難しいのではないか" };
static const char *const joints[] = { "。その上で、", "。一方で、", "。加えて、", "。なお、", "。そのためにも、" };
static const char *const plain[] = { "窓口を一つにまとめ、問い合わせた人がたらい回しにならないようにすることが先である",
	"試行の結果を半年ごとに公表し、うまくいかなかった点も隠さず示すことが信頼につながる",
	"隣接する自治体との役割分担を整理し、重なっている事業は思い切って見直すべきである",
	"冬の間は利用が半分近くまで落ち込むので、季節による違いも踏まえて試算をやり直してほしい",
	"委託先が変わるたびに積み上げた知識が失われるのは惜しく、記録の残し方から決めておきたい",
	"小さな集落ほど声が届きにくいので、こちらから出向いて話を聞く機会を設けてはどうか",
	"補助の期限が切れた後も続けられるかどうかを、始める前に確かめておかなければならない",
	"紙の案内を必要とする人がまだ多いことを忘れず、両方の手段を用意しておくことが望ましい",
	"十五歳以下の人口は二十年で四割ほど減っており、同じ規模を前提にした計画には無理がある",
	"事務局には、次回までに三つの案の長所と短所を一枚の表にまとめていただきたい" };
static const char *const endings[] = { "。", "と思う。", "のではないか。", "。この点は記録に残していただきたい。" };
static const char *const narratives[] = {
	"事務局から資料１に基づき、これまでの経過と今後の予定について説明が行われた。",
	"事務局から資料２により、関係団体への聞き取りの結果が報告された。",
	"事務局から資料３の素案について、前回からの変更点を中心に説明が行われた。"
};
static const char *const outcomes[] = { "了承", "継続審議", "一部修正の上、了承" };

static uint64_t seed;

/* xorshift64*: below `most`. */
static size_t any(size_t most)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return (size_t)((seed * UINT64_C(2685821657736338717)) >> 33) % most;
}

static FILE *create(const char *format, ...)
{
	char path[4096];
	va_list args;
	va_start(args, format);
	vsnprintf(path, sizeof path, format, args);
	va_end(args);
	FILE *f = fopen(path, "w");
	if (!f) {
		perror(path);
		exit(1);
	}
	return f;
}

static void folder(const char *format, ...)
{
	char path[4096];
	va_list args;
	va_start(args, format);
	vsnprintf(path, sizeof path, format, args);
	va_end(args);
	mkdir(path, 0777);
}

static void put_person(FILE *f, size_t i)
{
	fprintf(f, "%s%s", upper[i % COUNT(upper)].kanji, lower[i / COUNT(upper)].kanji);
}

static void put_term(FILE *f, size_t i)
{
	fprintf(f, "%s%s", fields[i % 10].kanji, aspects[i / 10].kanji);
}

static void write_registers(const char *dir, size_t meetings)
{
	FILE *f = create("%s/site.yml", dir);
	fprintf(f,
		"title: 鷺ノ木市の会議\ndescription: 測定のための架空のサイト\nbase_url: "
		"https://kaigi.saginoki.example/\n"
		"language: ja\npublisher: 鷺ノ木市\n");
	fclose(f);
	f = create("%s/content/people.yml", dir);
	for (size_t i = 0; i < PEOPLE; i++) {
		fprintf(f, "p%03zu:\n  name: ", i);
		put_person(f, i);
		fprintf(f, "\n  reading: %s%s\n  labels: [", upper[i % COUNT(upper)].kana,
			lower[i / COUNT(upper)].kana);
		put_person(f, i);
		fprintf(f, "委員]\n");
	}
	fclose(f);
	f = create("%s/content/topics.yml", dir);
	for (size_t i = 0; i < TOPICS; i++) {
		fprintf(f, "t%02zu:\n  name: ", i);
		put_term(f, i);
		fprintf(f, "\n  reading: %s%s\n  terms: [", fields[i % 10].kana, aspects[i / 10].kana);
		put_term(f, i);
		fprintf(f, "]\n");
	}
	fclose(f);
	for (size_t body = 0; body * A_BODY < meetings; body++) {
		folder("%s/content/b%zu", dir, body);
		f = create("%s/content/b%zu/index.md", dir, body);
		fprintf(f, "---\ntitle: 第%zu専門部会\n---\n\n鷺ノ木市の施策を話し合う部会です。\n", body + 1);
		fclose(f);
	}
}

static void write_statement(FILE *f, const size_t subjects[2])
{
	fputs("- ", f);
	fputs(openings[any(COUNT(openings))], f);
	if (any(3) == 0) {
		fputs(plain[any(COUNT(plain))], f);
	} else {
		put_term(f, subjects[any(2)]);
		fputs(views[any(COUNT(views))], f);
	}
	fputs(joints[any(COUNT(joints))], f);
	fputs(plain[any(COUNT(plain))], f);
	fprintf(f, "%s\n", endings[any(COUNT(endings))]);
}

static void write_front(FILE *f, size_t number, size_t first, size_t (*subjects)[2])
{
	size_t month = number % 12, year = 2014 + number / 12;
	fprintf(f,
		"---\ntitle: 第%zu回専門部会 議事要旨\nkind: summary\nnumber: %zu\ndate: %zu-%02zu-%02zu\ntime: "
		"14:00-16:00\n",
		number + 1, number + 1, year, month + 1, 1 + any(28));
	fprintf(f, "place: 鷺ノ木市役所 第二会議室\nstatus: confirmed\nattendees:\n  - group: 委員\n    people: [");
	for (size_t i = 0; i < ATTENDEES; i++) {
		fputs(i ? ", " : "", f);
		put_person(f, (first + i * 7) % PEOPLE);
		fputs("委員", f);
	}
	fputs("]\n  - {group: 傍聴者, count: 3}\nagenda:\n", f);
	for (size_t i = 0; i < ITEMS; i++) {
		fputs("  - ", f);
		put_term(f, subjects[i][0]);
		fputs("について\n", f);
	}
	fputs("documents:\n", f);
	for (size_t i = 1; i <= 3; i++)
		fprintf(f, "  - {label: 資料%s, title: 説明資料, url: https://kaigi.saginoki.example/d/%zu-%zu.pdf}\n",
			i == 1           ? "１"
				: i == 2 ? "２"
					 : "３",
			number, i);
	fputs("---\n", f);
}

static void write_meeting(const char *dir, size_t i)
{
	static const char *const numbers[] = { "１", "２", "３" };
	seed = UINT64_C(0x9E3779B97F4A7C15) ^ (i + 1) * UINT64_C(0xD1B54A32D192ED03);
	size_t number = i % A_BODY, first = any(PEOPLE), subjects[ITEMS][2], speeches = 24 + any(25);
	for (size_t k = 0; k < ITEMS; k++) {
		subjects[k][0] = (any(TOPICS / ITEMS) + k * (TOPICS / ITEMS)) % TOPICS; /* no two alike */
		subjects[k][1] = any(TOPICS);
	}
	FILE *f = create("%s/content/b%zu/%zu.md", dir, i / A_BODY, number + 1);
	write_front(f, number, first, subjects);
	size_t statements = 101 + any(9), said = 0;
	for (size_t s = 0, item = 0; s < speeches; s++) {
		if (s == item * speeches / ITEMS) {
			fprintf(f, "\n## （%s）", numbers[item]);
			put_term(f, subjects[item][0]);
			fprintf(f, "について\n\n%s\n", narratives[item]);
			item++;
		}
		fputs("\n【", f);
		put_person(f, (first + any(ATTENDEES) * 7) % PEOPLE);
		fputs("委員】\n\n", f);
		for (; said < (s + 1) * statements / speeches; said++)
			write_statement(f, subjects[item - 1]);
		if (s + 1 == item * speeches / ITEMS)
			fprintf(f, "\n> [!decision] %s\n> 原案のとおり進めることとし、次回に改めて報告を受ける。\n",
				outcomes[any(COUNT(outcomes))]);
	}
	fclose(f);
}

int main(int argc, char **argv)
{
	size_t meetings = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	if (meetings == 0) {
		fputs("usage: make_site DIR MEETINGS\n", stderr);
		return 2;
	}
	folder("%s", argv[1]);
	folder("%s/content", argv[1]);
	write_registers(argv[1], meetings);
	for (size_t i = 0; i < meetings; i++)
		write_meeting(argv[1], i);
	return 0;
}
