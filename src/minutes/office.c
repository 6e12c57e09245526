#include "minutes/voices.h"
#include "text/fold.h"

/* Offices of which a meeting has one, and what its members are called: folded, without spaces. */
static const struct str offices = STR_INIT(
	"|会長|副会長|会長代理|会長職務代理者|議長|副議長|委員長|副委員長|委員長代理|座長|副座長|座長代理|部会長|副部会長|"
	"部会長代理|分科会長|理事長|理事|幹事|監事|委員|構成員|議員|臨時委員|専門委員|市長|副市長|町長|副町長|村長|副村長|"
	"区長|副区長|知事|副知事|教育長|大臣|副大臣|政務官|部長|次長|局長|課長|課長補佐|係長|室長|所長|館長|校長|園長|参事|"
	"主幹|主査|書記|司会|司会者|進行|chair|chairman|chairwoman|chairperson|thechair|vicechair|vice-chair|deputychair|"
	"co-chair|president|vicepresident|mayor|deputymayor|governor|speaker|moderator|facilitator|convener|secretary|clerk|"
	"treasurer|director|member|commissioner|councillor|councilor|minister|");

bool label_is_office(struct str label, struct arena *a)
{
	struct str folded = fold_label(a, label);
	return !str_empty(folded) && str_find(folded, STR("|"), 0) == SIZE_MAX &&
		str_find(offices, arena_format(a, "|%.*s|", STR_ARG(folded)), 0) != SIZE_MAX;
}

struct str label_offices(void)
{
	return str_n(offices.p + 1, offices.n - 2);
}
