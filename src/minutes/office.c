#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

/* Offices of which a meeting has one, and what its members are called: folded, without spaces. */
static const struct str offices = STR_INIT("|会長|副会長|会長代理|会長職務代理者|議長|副議長|委員長|副委員長|"
					   "委員長代理|座長|副座長|座長代理|部会長|副部会長|"
					   "部会長代理|分科会長|理事長|理事|幹事|監事|委員|構成員|議員|臨時委員|"
					   "専門委員|市長|副市長|町長|副町長|村長|副村長|"
					   "区長|副区長|知事|副知事|教育長|大臣|副大臣|政務官|部長|次長|局長|課長|"
					   "課長補佐|係長|室長|所長|館長|校長|園長|参事|"
					   "主幹|主査|書記|司会|司会者|進行|chair|chairman|chairwoman|chairperson|"
					   "thechair|vicechair|vice-chair|deputychair|"
					   "co-chair|president|vicepresident|mayor|deputymayor|governor|speaker|"
					   "moderator|facilitator|convener|secretary|clerk|"
					   "treasurer|director|member|commissioner|councillor|councilor|minister|"
					   "leader|deputyleader|");

/* What people are called by besides, likewise. */
static const char forms[] =
	"君|氏|さん|様|先生|教授|事務局|説明員|参考人|mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev|cllr|"
	"revd|hon|alderman|senator|representative|judge";

bool label_is_office(struct str label, struct arena *a)
{
	struct str folded = fold_label(a, label);
	return !str_empty(folded) && str_is_one_of(folded, offices.p);
}

static bool is_title(struct str folded)
{
	return !str_empty(folded) && (str_is_one_of(folded, offices.p) || str_is_one_of(folded, forms));
}

/* Takes what does not name anybody from the beginning of a label of words: The Revd, An hon. */
static bool take_titles(struct str *label, struct arena *a)
{
	bool titled = false;
	while (!str_empty(*label)) {
		struct str rest = *label, word = fold_label(a, str_cut(&rest, STR(" ")));
		bool title = is_title(str_ends(word, STR(".")) ? str_but(word, 1) : word);
		if (!title && !str_is_one_of(word, "the|a|an"))
			break;
		titled |= title;
		*label = str_trim(rest);
	}
	return titled;
}

struct called label_called(struct str label, struct arena *a)
{
	struct called c = { .name = fold_label(a, label) };
	size_t length, at = 0;
	if (point_is_latin(str_point(c.name, 0, &length))) {
		struct str role, party, rest = str_trim(label);
		c.titled = take_titles(&rest, a);
		c.whole = fold_label(a, rest);
		if (marker_split_name(rest, &role, &party)) /* Cllr Brown (Ref) */
			rest = role;
		for (c.name = STR(""); rest.p;)
			c.name = fold_label(a, str_cut(&rest, STR(" ")));
		return c;
	}
	for (; at < c.name.n && !is_title(str_from(c.name, at)); at += length)
		str_point(c.name, at, &length);
	c.titled = at < c.name.n;
	c.whole = c.name = str_n(c.name.p, at);
	return c;
}

struct str label_offices(void)
{
	return str_n(offices.p + 1, offices.n - 2);
}
