#include "site/names.h"

#include "markdown/html.h"
#include "markdown/scheme.h"
#include "text/fold.h"
#include "text/slug.h"

#include <string.h>

struct linker {
	struct build *build;
	struct names *names;
	const struct md_doc *headed; /* whose headings these are */
	struct md_heading *headings;
	size_t heading_count;
	struct str **people; /* addresses of people, by edition and person; made when first needed */
};

/* A link that is being settled. */
struct tie {
	const struct seeker *at;
	const struct md_link *link;
	const struct md_doc *doc;
	struct str query, anchor; /* behind ? and #, as written */
	struct md_target *out;
};

static struct loc loc_of(const struct tie *t)
{
	struct loc loc = loc_at(t->at->path, t->link->line, t->link->column);
	loc.width = (uint32_t)str_points(t->link->target);
	return loc;
}

static bool doc_has(struct linker *l, const struct md_doc *doc, struct str anchor)
{
	if (l->headed != doc) {
		l->headed = doc;
		l->headings = md_headings(doc, &l->build->scratch, &l->heading_count);
	}
	for (size_t i = 0; i < l->heading_count; i++)
		if (str_eq(l->headings[i].id, anchor))
			return true;
	return false;
}

/* What may stand in an address as it is: #page=2 is the viewer's own language. */
static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= 0x20 || s.p[i] >= 0x7f)
			return false;
	return true;
}

static void point_at(struct linker *l, const struct tie *t, struct str url, struct str language)
{
	struct buf href = { 0 };
	buf_put(&href, url);
	if (t->query.n)
		buf_format(&href, "?%.*s", STR_ARG(t->query));
	if (t->anchor.n) {
		buf_byte(&href, '#');
		if (is_plain(t->anchor))
			buf_put(&href, t->anchor);
		else
			slug_encode(&href, build_decode(&l->build->scratch, t->anchor));
	}
	t->out->href = arena_str(&l->build->site->arena, buf_str(&href));
	if (language.p && !str_eq(language, t->at->language))
		t->out->lang = language;
	buf_release(&href);
}

static void miss_anchor(struct linker *l, const struct tie *t, struct str page)
{
	diag_add(l->build->diags, ANCHOR_BROKEN, loc_of(t),
		diag_text(l->build->diags, _("the address bar of the page shows its anchors; or leave #%.*s out"),
			STR_ARG(t->anchor)),
		_("%.*s has no 「#%.*s」"), STR_ARG(page), STR_ARG(t->anchor));
}

static void lead_to_meeting(struct linker *l, const struct tie *t, uint32_t meeting)
{
	const struct site *s = l->build->site;
	if (meeting == NONE)
		return;
	struct str anchor = build_decode(&l->build->scratch, t->anchor);
	if (anchor.n && !build_has_anchor(s->meetings[meeting], anchor))
		miss_anchor(l, t, s->meetings[meeting]->path);
	else
		point_at(l, t, s->places[meeting].url, s->meetings[meeting]->language);
}

static void lead_to_page(struct linker *l, const struct tie *t, const struct plain *p)
{
	struct str anchor = build_decode(&l->build->scratch, t->anchor);
	if (p->hidden)
		return;
	if (anchor.n && !doc_has(l, &p->doc, anchor))
		miss_anchor(l, t, p->path);
	else
		point_at(l, t, p->url, p->language);
}

/* The version of a page for readers of the language, or any that is published. */
static const struct plain *version_of(const struct site *s, const struct plain *p, struct str language)
{
	const struct plain *chosen = p;
	for (size_t i = 0; i < p->version_count; i++) {
		const struct plain *other = &s->plains[p->versions[i]];
		if (str_eq(other->language, language) || chosen->hidden)
			chosen = other;
	}
	return str_eq(p->language, language) && !p->hidden ? p : chosen;
}

static void lead_to_body(struct linker *l, const struct tie *t, uint32_t body)
{
	const struct site *s = l->build->site;
	const struct body *b = site_body(s, t->at->edition, body);
	struct str anchor = build_decode(&l->build->scratch, t->anchor);
	if (b->hidden)
		return;
	struct str path = arena_format(&l->build->scratch, "%.*s/", STR_ARG(b->folder));
	if (anchor.n && !doc_has(l, &b->doc, anchor))
		miss_anchor(l, t, b->path);
	else
		point_at(l, t, site_url(s, s->editions[t->at->edition].prefix, path, &l->build->scratch), STR_NONE);
}

static struct str person_url(struct linker *l, uint32_t edition, uint32_t person)
{
	const struct site *s = l->build->site;
	if (!l->people[edition])
		l->people[edition] = ARENA_ARRAY(&l->build->scratch, struct str, s->person_count);
	struct str *url = &l->people[edition][person];
	if (!url->p)
		*url = site_person_url(s, &s->editions[edition], person, &l->build->site->arena);
	return *url;
}

static void lead_to_document(struct linker *l, const struct tie *t, uint32_t document)
{
	const struct record_front *f = &t->at->meeting->front;
	const struct document *d = &f->documents.items[document];
	struct arena *a = &l->build->site->arena;
	if (!str_empty(d->closed) || f->closed_given)
		return;
	if (str_empty(d->file)) {
		t->out->href = str_empty(d->url) ? STR_NONE : d->url;
		return;
	}
	if (str_empty(d->source_path))
		return;
	t->out->href = build_publish_file(l->build, d->source_path, d->loc, true, a);
	if (t->out->href.p)
		t->out->file = d->source_path;
}

static void lead_to(struct linker *l, const struct tie *t, struct target target)
{
	struct build *b = l->build;
	const struct site *s = b->site;
	const struct edition *e = &s->editions[t->at->edition];
	struct str url;
	switch (target.kind) {
	case TARGET_DOCUMENT:
		lead_to_document(l, t, target.index);
		return;
	case TARGET_RECORD:
		lead_to_meeting(l, t, build_version(b, &b->groups[target.index], t->at->language));
		return;
	case TARGET_PLAIN:
		lead_to_page(l, t, version_of(s, &s->plains[target.index], t->at->language));
		return;
	case TARGET_BODY:
		lead_to_body(l, t, target.index);
		return;
	case TARGET_PERSON:
		url = person_url(l, t->at->edition, target.index);
		if (url.p)
			point_at(l, t, url, STR_NONE);
		return;
	case TARGET_TOPIC:
		point_at(l, t, site_topic_url(s, e, target.index, &b->scratch), STR_NONE);
		return;
	}
}

static void follow_wiki(struct linker *l, struct tie *t)
{
	struct diags *ds = l->build->diags;
	struct str rest = t->link->target, words = str_trim(str_cut(&rest, STR("#")));
	struct target target, other;
	t->anchor = str_trim(rest);
	if (str_empty(words)) {
		if (t->at->meeting)
			lead_to_meeting(l, t, t->at->index);
		else if (t->anchor.n && !doc_has(l, t->doc, t->anchor))
			miss_anchor(l, t, t->at->path);
		else if (t->anchor.n)
			point_at(l, t, STR(""), STR_NONE);
		return;
	}
	switch (names_find(l->names, t->at, words, &target, &other)) {
	case NAME_FOUND:
		lead_to(l, t, target);
		return;
	case NAME_AMBIGUOUS:
		diag_add(ds, LINK_AMBIGUOUS, loc_of(t),
			diag_text(ds, _("write which one: [[%.*s]] or [[%.*s]]"),
				STR_ARG(names_spell(l->names, t->at, target)),
				STR_ARG(names_spell(l->names, t->at, other))),
			_("「%.*s」 means more than one thing here"), STR_ARG(words));
		return;
	case NAME_UNKNOWN:
		diag_add(ds, LINK_BROKEN, loc_of(t), diag_did_you_mean(ds, names_nearest(l->names, t->at, words)),
			_("no document, meeting, page, person or topic is called 「%.*s」"), STR_ARG(words));
	}
}

static bool looks_like_file(struct str path)
{
	return str_find_byte(fs_path_name(path), '.', 0) != SIZE_MAX;
}

static bool is_markdown(struct str path)
{
	return str_ends(path, STR(".md")) || str_ends(path, STR(".MD"));
}

/* /speakers/oka/, with or without the path under which the site lives. */
static void follow_absolute(struct linker *l, const struct tie *t, struct str path)
{
	struct build *b = l->build;
	struct str base = b->site->settings.base_path;
	if (base.n > 1 && str_starts(path, base))
		path = str_from(path, base.n);
	while (str_starts(path, STR("/")))
		path = str_from(path, 1);
	struct str file = build_decode(&b->scratch, path), output = file;
	struct target target;
	if (str_empty(file) || str_ends(file, STR("/")))
		output = arena_format(&b->scratch, "%.*sindex.html", STR_ARG(file));
	if (names_address(l->names, file, &target)) {
		lead_to(l, t, target);
	} else if (build_has_page(b, output)) {
		point_at(l, t, site_url(b->site, STR(""), file, &b->scratch), STR_NONE);
	} else {
		struct str source = arena_format(&b->scratch, "content/%.*s", STR_ARG(file));
		struct str url = build_publish_file(b, source, loc_of(t), true, &b->scratch);
		if (url.p) {
			t->out->file = arena_str(&b->site->arena, source);
			point_at(l, t, url, STR_NONE);
		} else if (!build_file_is_there(b, source)) {
			diag_add(b->diags, LINK_BROKEN, loc_of(t), STR_NONE, _("this site has no page 「/%.*s」"),
				STR_ARG(file));
		}
	}
}

static void follow_source(struct linker *l, const struct tie *t, struct str path)
{
	struct build *b = l->build;
	struct target target;
	uint32_t record;
	if (!names_source(l->names, path, &target, &record))
		diag_add(b->diags, LINK_BROKEN, loc_of(t),
			diag_did_you_mean(b->diags, names_nearest_source(l->names, path)),
			_("there is no file 「%.*s」"), STR_ARG(path));
	else if (record != NONE)
		lead_to_meeting(l, t, b->records[record].index);
	else if (target.kind == TARGET_PLAIN)
		lead_to_page(l, t, &b->site->plains[target.index]);
	else
		lead_to_body(l, t, target.index);
}

static void follow_file(struct linker *l, const struct tie *t, struct str path)
{
	struct build *b = l->build;
	struct target target;
	struct str address = str_from(path, sizeof "content/" - 1);
	struct str url = build_publish_file(b, path, loc_of(t), true, &b->scratch);
	if (url.p) {
		t->out->file = arena_str(&b->site->arena, path);
		point_at(l, t, url, STR_NONE);
	} else if (!build_file_is_there(b, path)) {
		if (names_address(l->names, address, &target))
			lead_to(l, t, target);
		else if (looks_like_file(path))
			diag_add(b->diags, DOCUMENT_MISSING, loc_of(t),
				diag_did_you_mean(b->diags, build_nearest_file(b, path)),
				_("there is no file 「%.*s」"), STR_ARG(path));
		else
			diag_add(b->diags, LINK_BROKEN, loc_of(t), STR_NONE, _("there is no page or file 「%.*s」"),
				STR_ARG(path));
	}
}

/* Where a relative address leads inside the site's root; STR_NONE when it leads out. */
static struct str path_of(struct linker *l, const struct seeker *at, struct str address)
{
	struct arena *a = &l->build->scratch;
	struct str folder =
		str_empty(at->folder) ? STR("content") : arena_format(a, "content/%.*s", STR_ARG(at->folder));
	struct str path = build_decode(a, address);
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path = str_but(path, 1);
	if (memchr(path.p, '\0', path.n))
		return STR_NONE;
	path = fs_path_join(a, folder, path);
	return path.p ? fold_nfc(a, path) : path;
}

static bool is_external(struct str target)
{
	size_t colon = str_find_byte(target, ':', 0);
	return str_starts(target, STR("//")) ||
		(colon != SIZE_MAX && colon < str_find_byte(target, '/', 0) && colon < str_find_byte(target, '#', 0) &&
			colon < str_find_byte(target, '?', 0));
}

static void follow_url(struct linker *l, struct tie *t)
{
	struct build *b = l->build;
	struct str target = str_trim(t->link->target);
	if (!scheme_is_allowed(target))
		return; /* said where it was parsed */
	if (is_external(target)) {
		t->out->href = target;
		return;
	}
	t->anchor = target;
	t->query = str_cut(&t->anchor, STR("#"));
	struct str address = str_cut(&t->query, STR("?"));
	if (str_empty(address)) {
		if (t->at->meeting)
			lead_to_meeting(l, t, t->at->index);
		else if (t->anchor.n && !doc_has(l, t->doc, build_decode(&b->scratch, t->anchor)))
			miss_anchor(l, t, t->at->path);
		else
			point_at(l, t, STR(""), STR_NONE);
		return;
	}
	if (address.p[0] == '/') {
		follow_absolute(l, t, address);
		return;
	}
	struct str path = path_of(l, t->at, address);
	if (path.p && str_eq(path, STR("content")))
		follow_absolute(l, t, STR("/"));
	else if (!path.p || !str_starts(path, STR("content/")))
		diag_add(b->diags, LINK_OUTSIDE, loc_of(t), diag_text(b->diags, _("put what it names below content/")),
			_("「%.*s」 leads out of content/"), STR_ARG(address));
	else if (is_markdown(path) && !build_file_is_there(b, path))
		follow_source(l, t, path);
	else
		follow_file(l, t, path);
}

static void follow_mention(struct linker *l, const struct tie *t)
{
	const struct meeting *m = t->at->meeting;
	size_t documents = m->front.documents.count, number = t->link->number;
	if (number < documents) {
		lead_to_document(l, t, (uint32_t)number);
	} else if (number - documents < m->front.attendees.attendee_count) {
		uint32_t person = m->present[number - documents].person;
		if (person != NONE)
			t->out->href = person_url(l, t->at->edition, person);
	}
}

/* A draft's link names its file already, so that nobody is told the file is unused. */
static void name_file(struct linker *l, const struct seeker *at, const struct md_link *link)
{
	if (link->kind != MD_LINK_URL || is_external(link->target) || str_starts(link->target, STR("/")))
		return;
	struct str rest = link->target, address = str_cut(&rest, STR("#"));
	rest = address;
	address = str_cut(&rest, STR("?"));
	struct str path = str_empty(address) ? STR_NONE : path_of(l, at, address);
	if (path.p)
		build_publish_file(l->build, path, loc_file(at->path), false, &l->build->scratch);
}

/* Settles the links of a document; `withheld` may be NULL: all are published. */
static struct md_target *follow(
	struct linker *l, const struct seeker *at, const struct md_doc *doc, const bool *withheld)
{
	struct md_target *targets = ARENA_ARRAY(&l->build->site->arena, struct md_target, doc->link_count);
	for (size_t i = 0; i < doc->link_count; i++) {
		const struct md_link *link = &doc->links[i];
		struct tie t = { .at = at, .link = link, .doc = doc, .out = &targets[i] };
		if (withheld && withheld[i])
			continue;
		if (link->kind == MD_LINK_WIKI)
			follow_wiki(l, &t);
		else if (link->kind == MD_LINK_MENTION)
			follow_mention(l, &t);
		else
			follow_url(l, &t);
	}
	return targets;
}

static void follow_record(struct linker *l, const struct record *r)
{
	struct meeting *m = r->meeting;
	if (m->doc.link_count == 0)
		return;
	struct seeker at = {
		.meeting = m,
		.index = r->index,
		.body = r->body,
		.folder = m->folder,
		.path = m->path,
		.language = m->language,
		.edition = site_edition(l->build->site, m->language),
	};
	if (r->index == NONE)
		for (size_t i = 0; i < m->doc.link_count; i++)
			name_file(l, &at, &m->doc.links[i]);
	else
		m->targets = follow(l, &at, &m->doc, m->link_withheld);
}

static void follow_bodies(struct linker *l)
{
	struct site *s = l->build->site;
	for (uint32_t i = 0; i < s->body_count; i++) {
		for (uint32_t e = 0; e < s->edition_count; e++) {
			struct body *b = s->bodies[i].in_edition[e];
			struct seeker at = { .index = NONE,
				.body = i,
				.folder = b->folder,
				.path = b->path,
				.language = b->text_language,
				.edition = e };
			if (!b->hidden && !b->is_pages)
				b->targets = follow(l, &at, &b->doc, NULL);
		}
	}
}

static void follow_plains(struct linker *l)
{
	struct site *s = l->build->site;
	for (uint32_t i = 0; i < s->plain_count; i++) {
		struct plain *p = &s->plains[i];
		struct seeker at = { .index = NONE,
			.body = NONE,
			.folder = p->folder,
			.path = p->path,
			.language = p->language,
			.edition = site_edition(s, p->language) };
		if (!p->hidden)
			p->targets = follow(l, &at, &p->doc, NULL);
	}
}

void build_links(struct build *b)
{
	struct linker l = { .build = b, .names = names_open(b) };
	l.people = ARENA_ARRAY(&b->scratch, struct str *, b->site->edition_count);
	for (size_t i = 0; i < b->record_count; i++)
		if (b->records[i].meeting)
			follow_record(&l, &b->records[i]);
	follow_bodies(&l);
	follow_plains(&l);
	names_close(l.names);
}
