#include "site/names.h"

#include "markdown/html.h"
#include "markdown/scheme.h"
#include "site/anchors.h"
#include "text/fold.h"
#include "text/slug.h"

#include <string.h>

struct linker {
	struct build *build;
	struct names *names;
	struct map anchored; /* path of a source → its anchors, made when first asked for */
	struct buf anchors;  /* of struct map: anchors */
};

/* A link that is being settled. */
struct tie {
	struct linker *l;
	struct build *build;
	struct arena *scratch;
	const struct seeker *at;
	const struct md_link *link;
	const struct md_doc *doc;
	struct str query, anchor; /* behind ? and #; the anchor decoded unless it is ASCII */
	struct md_target *out;
};

static struct loc loc_of(const struct tie *t)
{
	struct loc loc = loc_at(t->at->path, t->link->line, t->link->column);
	loc.width = (uint32_t)str_points(t->link->target);
	return loc;
}

/* --- anchors --- */

/* The map of a source's anchors; *made tells that it is new and still empty. */
static struct map *anchors_of(struct linker *l, struct str path, bool *made)
{
	size_t count = VEC_COUNT(&l->anchors, struct map), at = map_intern(&l->anchored, path, count);
	*made = at == count;
	if (*made)
		VEC_ADD(&l->anchors, struct map);
	return &VEC_AT(&l->anchors, struct map)[at];
}

static bool doc_has(const struct tie *t, struct str path, const struct md_doc *doc)
{
	bool made;
	struct map *anchors = anchors_of(t->l, path, &made);
	size_t count = 0;
	struct md_heading *headings = made ? md_headings(doc, t->scratch, &count) : NULL;
	for (size_t i = 0; i < count; i++)
		map_add(anchors, headings[i].id, i);
	return map_get(anchors, slug_decode(t->scratch, t->anchor), NULL);
}

static bool meeting_has(struct linker *l, const struct meeting *m, struct str anchor)
{
	bool made;
	struct map *anchors = anchors_of(l, m->path, &made);
	if (!made)
		return map_get(anchors, anchor, NULL);
	struct buf list = { 0 };
	anchors_of_meeting(m, &list);
	for (struct str rest = buf_keep(&list, &l->build->scratch); rest.p;)
		map_add(anchors, str_cut(&rest, STR(" ")), 0);
	return map_get(anchors, anchor, NULL);
}

/* What may stand in an address as it is: #page=2 is the viewer's own language. */
static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= 0x20 || s.p[i] >= 0x7f)
			return false;
	return true;
}

static void point_at(const struct tie *t, struct str url, struct str language)
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
			slug_encode(&href, slug_decode(t->scratch, t->anchor));
	}
	t->out->href = buf_keep(&href, &t->build->site->arena);
	if (language.p && !str_eq(language, t->at->language))
		t->out->lang = language;
}

/* Points at a page of which it is known whether it has the anchor. */
static void point_into(const struct tie *t, bool has_anchor, struct str page, struct str url, struct str language)
{
	struct diags *ds = t->build->diags;
	if (str_empty(t->anchor) || has_anchor)
		point_at(t, url, language);
	else
		diag_add(ds, ANCHOR_BROKEN, loc_of(t),
			diag_text(ds, _("the address bar of the page shows its anchors; or leave #%.*s out"),
				STR_ARG(t->anchor)),
			_("%.*s has no 「#%.*s」"), STR_ARG(page), STR_ARG(t->anchor));
}

/* --- targets --- */

static void lead_to_meeting(const struct tie *t, uint32_t meeting)
{
	const struct site *s = t->build->site;
	if (meeting == NONE)
		return;
	const struct meeting *m = s->meetings[meeting];
	point_into(t, t->anchor.n && meeting_has(t->l, m, slug_decode(t->scratch, t->anchor)), m->path,
		s->places[meeting].url, m->language);
}

static void lead_to_page(const struct tie *t, uint32_t plain)
{
	if (plain == NONE || t->build->site->plains[plain].hidden)
		return;
	const struct plain *p = &t->build->site->plains[plain];
	point_into(t, t->anchor.n && doc_has(t, p->path, &p->doc), p->path, p->url, p->language);
}

static void lead_to_body(const struct tie *t, uint32_t body)
{
	const struct site *s = t->build->site;
	const struct body *b = site_body(s, t->at->edition, body);
	if (b->hidden)
		return;
	struct str path = arena_format(t->scratch, "%.*s/", STR_ARG(b->folder));
	struct str url = site_url(s, s->editions[t->at->edition].prefix, path, t->scratch);
	point_into(t, t->anchor.n && doc_has(t, b->path, &b->doc), b->path, url, STR_NONE);
}

static void lead_to_document(const struct tie *t, uint32_t document)
{
	struct site *s = t->build->site;
	const struct record_front *f = &t->at->meeting->front;
	const struct document *d = &f->documents.items[document];
	if (!str_empty(d->closed) || (str_empty(d->file) && str_empty(d->url))) {
		/* only named: the record's own list of documents says so */
		t->out->href =
			arena_format(&s->arena, "%.*s#doc%u", STR_ARG(s->places[t->at->index].url), document + 1);
		return;
	}
	if (str_empty(d->file)) {
		t->out->href = d->url;
		return;
	}
	t->out->href = build_publish_file(t->build, d->source_path, d->loc, true, &s->arena);
	if (t->out->href.p)
		t->out->file = d->source_path;
}

/* In an anonymous record a link must not say who is meant, any more than the words may. */
static bool names_attendee(const struct tie *t, uint32_t person)
{
	const struct meeting *m = t->at->meeting;
	if (!m || !m->front.anonymous)
		return false;
	for (size_t i = 0; i < m->front.attendees.attendee_count; i++)
		if (m->present[i].person == person) {
			diag_add(t->build->diags, ANONYMOUS_NAME, loc_of(t),
				diag_text(t->build->diags, _("take the link away")),
				_("this link leads to an attendee, and the record is anonymous"));
			return true;
		}
	return false;
}

static void lead_to(const struct tie *t, struct target target)
{
	struct build *b = t->build;
	const struct site *s = b->site;
	const struct seeker *at = t->at;
	switch (target.kind) {
	case TARGET_DOCUMENT:
		lead_to_document(t, target.index);
		return;
	case TARGET_RECORD:
		lead_to_meeting(t, build_version(b->record_versions, target.index, at->language));
		return;
	case TARGET_PLAIN:
		lead_to_page(t, build_version(b->plain_versions, target.index, at->language));
		return;
	case TARGET_BODY:
		lead_to_body(t, target.index);
		return;
	case TARGET_PERSON:
		if (names_attendee(t, target.index))
			return;
		if (s->people[target.index].has_page)
			point_at(t, s->editions[at->edition].people[target.index].url, STR_NONE);
		return;
	case TARGET_TOPIC:
		point_at(t, s->editions[at->edition].topics[target.index].url, STR_NONE);
		return;
	}
}

/* What a reader calls the target. */
static struct str title_of(const struct tie *t, struct target target)
{
	const struct build *b = t->build;
	const struct site *s = b->site;
	struct str language = t->at->language;
	switch (target.kind) {
	case TARGET_RECORD:
		return s->meetings[build_version(b->record_versions, target.index, language)]->front.title;
	case TARGET_PLAIN:
		return s->plains[build_version(b->plain_versions, target.index, language)].title;
	case TARGET_BODY:
		return site_body(s, t->at->edition, target.index)->title;
	case TARGET_PERSON:
		return words_in(&s->people[target.index].name, language);
	case TARGET_TOPIC:
		return words_in(&s->topics[target.index].name, language);
	default:
		return STR_NONE;
	}
}

/* [[kotsu/3]] names a file and [[oka]] an id; 第３回 is what a reader would say, too. */
static void name_target(const struct tie *t, struct str words, struct target target)
{
	if (t->link->bare && t->out->href.p && is_plain(words) &&
		str_ends(names_spell(t->l->names, t->at, target), words))
		t->out->words = title_of(t, target);
}

/* A place on the page where the link stands. */
static void lead_here(const struct tie *t)
{
	if (t->at->meeting)
		lead_to_meeting(t, t->at->index);
	else
		point_into(t, t->anchor.n && doc_has(t, t->at->path, t->doc), t->at->path, STR(""), STR_NONE);
}

/* --- kinds of links --- */

static void follow_wiki(struct tie *t)
{
	struct diags *ds = t->build->diags;
	struct names *names = t->l->names;
	struct str words = str_trim(str_cut(&t->anchor, STR("#")));
	struct target target, other;
	t->anchor = str_trim(t->anchor);
	if (str_empty(words)) {
		lead_here(t);
		return;
	}
	switch (names_find(names, t->at, words, &target, &other)) {
	case NAME_FOUND:
		lead_to(t, target);
		name_target(t, words, target);
		return;
	case NAME_AMBIGUOUS:
		diag_add(ds, LINK_AMBIGUOUS, loc_of(t),
			diag_text(ds, _("write which one: [[%.*s]] or [[%.*s]]"),
				STR_ARG(names_spell(names, t->at, target)), STR_ARG(names_spell(names, t->at, other))),
			_("「%.*s」 means more than one thing here"), STR_ARG(words));
		return;
	case NAME_UNKNOWN:
		diag_add(ds, LINK_BROKEN, loc_of(t), diag_did_you_mean(ds, names_nearest(names, t->at, words)),
			_("no document, meeting, page, person or topic is called 「%.*s」"), STR_ARG(words));
	}
}

static bool has_extension(struct str path)
{
	return str_find_byte(fs_path_name(path), '.', 0) != SIZE_MAX;
}

/* A Markdown file: this very version of what it became. */
static void follow_source(const struct tie *t, size_t file)
{
	struct build *b = t->build;
	uint32_t became = b->files[file].became;
	if (b->tree.files[file].kind == CONTENT_RECORD)
		lead_to_meeting(t, b->record_versions[became].shown);
	else if (b->tree.files[file].kind == CONTENT_BODY)
		lead_to_body(t, became);
	else
		lead_to_page(t, became);
}

/* A page by its address, from the root: "ict/5", "speakers/oka". */
static bool follow_address(const struct tie *t, struct str address)
{
	struct target target;
	struct str path = address, output = address;
	if (names_address(t->l->names, address, &target)) {
		lead_to(t, target);
		return true;
	}
	if (!has_extension(address)) {
		path = str_empty(address) ? address : arena_format(t->scratch, "%.*s/", STR_ARG(address));
		output = arena_format(t->scratch, "%.*sindex.html", STR_ARG(path));
	}
	if (!build_has_page(t->build, output))
		return false;
	point_at(t, site_url(t->build->site, STR(""), path, t->scratch), STR_NONE);
	return true;
}

/* `path` is "content" or below it. */
static void follow_path(const struct tie *t, struct str path)
{
	struct build *b = t->build;
	struct str address = str_from(path, sizeof "content/" - 1);
	size_t file = build_find_file(b, path);
	bool is_text = str_ends(path, STR(".md")) || str_ends(path, STR(".MD"));
	if (file != SIZE_MAX && b->tree.files[file].kind != CONTENT_DOCUMENT) {
		follow_source(t, file);
	} else if (file != SIZE_MAX) {
		struct str url = build_publish_file(b, path, loc_of(t), true, t->scratch);
		if (!url.p)
			return; /* it is withheld */
		t->out->file = arena_str(&b->site->arena, path);
		point_at(t, url, STR_NONE);
	} else if (follow_address(t, address)) {
		return;
	} else if (has_extension(path)) {
		build_miss_file(b, is_text ? LINK_BROKEN : DOCUMENT_MISSING, path, loc_of(t));
	} else {
		diag_add(b->diags, LINK_BROKEN, loc_of(t), STR_NONE, _("this site has no page 「/%.*s/」"),
			STR_ARG(address));
	}
}

/* Where an address leads inside the site's root; STR_NONE when it leads out. Absolute ones begin at content/, with
 * or without the path under which the site lives. */
static struct str path_of(const struct tie *t, struct str address)
{
	struct str folder = STR("content"), base = t->build->site->settings.base_path;
	if (!str_starts(address, STR("/")) && !str_empty(t->at->folder))
		folder = arena_format(t->scratch, "content/%.*s", STR_ARG(t->at->folder));
	if (str_starts(address, base))
		address = str_from(address, base.n);
	address = slug_decode(t->scratch, address);
	while (str_starts(address, STR("/")))
		address = str_from(address, 1);
	while (str_ends(address, STR("/")))
		address = str_but(address, 1);
	if (str_empty(address))
		return folder;
	struct str path = memchr(address.p, '\0', address.n) ? STR_NONE : fs_path_join(t->scratch, folder, address);
	return path.p ? fold_nfc(t->scratch, path) : path;
}

static bool is_external(struct str target)
{
	size_t colon = str_find_byte(target, ':', 0);
	return str_starts(target, STR("//")) ||
		(colon != SIZE_MAX && colon < str_find_byte(target, '/', 0) && colon < str_find_byte(target, '#', 0) &&
			colon < str_find_byte(target, '?', 0));
}

static void follow_url(struct tie *t)
{
	struct build *b = t->build;
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
		lead_here(t);
		return;
	}
	struct str path = path_of(t, address);
	if (t->at->is_draft) {
		/* It names its file already, so that nobody is told the file is unused. */
		build_publish_file(b, path, loc_of(t), false, t->scratch);
		return;
	}
	if (!str_eq(path, STR("content")) && !str_starts(path, STR("content/")))
		diag_add(b->diags, LINK_OUTSIDE, loc_of(t), diag_text(b->diags, _("put what it names below content/")),
			_("「%.*s」 leads out of content/"), STR_ARG(address));
	else
		follow_path(t, path);
}

static void follow_mention(const struct tie *t)
{
	const struct meeting *m = t->at->meeting;
	size_t documents = m->front.documents.count, number = t->link->number;
	if (number < documents) {
		lead_to_document(t, (uint32_t)number);
		return;
	}
	uint32_t person = m->present[number - documents].person;
	if (person != NONE)
		t->out->href = t->build->site->editions[t->at->edition].people[person].url;
}

/* Settles the links of a document. */
static struct md_target *follow(struct linker *l, const struct seeker *at, const struct md_doc *doc)
{
	struct build *b = l->build;
	struct md_target *targets = ARENA_ARRAY(&b->site->arena, struct md_target, doc->link_count);
	for (size_t i = 0; i < doc->link_count; i++) {
		const struct md_link *link = &doc->links[i];
		struct tie t = { l, b, &b->scratch, at, link, doc, .anchor = link->target, .out = &targets[i] };
		if (link->withheld)
			continue;
		if (link->kind == MD_LINK_URL)
			follow_url(&t);
		else if (at->is_draft)
			continue; /* a draft's words mean nothing yet */
		else if (link->kind == MD_LINK_WIKI)
			follow_wiki(&t);
		else
			follow_mention(&t);
	}
	return targets;
}

struct seeker seeker_of_record(const struct build *b, uint32_t record)
{
	const struct meeting *m = b->records[record].meeting;
	return (struct seeker){
		.meeting = m,
		.index = b->record_versions[record].shown,
		.body = b->records[record].body,
		.folder = m->folder,
		.path = m->path,
		.language = m->language,
		.edition = site_edition(b->site, m->language),
		.is_draft = b->record_versions[record].shown == NONE,
	};
}

static void follow_record(struct linker *l, uint32_t record)
{
	struct meeting *m = l->build->records[record].meeting;
	if (!m || m->doc.link_count == 0)
		return;
	struct seeker at = seeker_of_record(l->build, record);
	m->targets = follow(l, &at, &m->doc);
}

static void follow_bodies(struct linker *l)
{
	struct site *s = l->build->site;
	for (uint32_t i = 0; i < s->body_count; i++) {
		for (uint32_t e = 0; e < s->edition_count; e++) {
			struct body *b = s->bodies[i].in_edition[e];
			struct seeker at = { NULL, NONE, i, b->folder, b->path, b->text_language, e, b->hidden };
			if (!b->is_pages)
				b->targets = follow(l, &at, &b->doc);
		}
	}
}

static void follow_plains(struct linker *l)
{
	struct site *s = l->build->site;
	for (uint32_t i = 0; i < s->plain_count; i++) {
		struct plain *p = &s->plains[i];
		struct seeker at = { NULL, NONE, NONE, p->folder, p->path, p->language, site_edition(s, p->language),
			p->hidden };
		p->targets = follow(l, &at, &p->doc);
	}
}

void build_links(struct build *b)
{
	struct linker l = { .build = b, .names = names_open(b) };
	for (uint32_t i = 0; i < b->record_count; i++)
		follow_record(&l, i);
	follow_bodies(&l);
	follow_plains(&l);
	build_actions(b, l.names);
	build_ties(b, l.names);
	build_registers_settle(b);
	names_close(l.names);
	struct site *s = b->site;
	s->anchored = ARENA_ARRAY(&s->arena, struct str, l.anchored.count);
	for (; s->anchored_count < l.anchored.count; s->anchored_count++)
		s->anchored[s->anchored_count] = l.anchored.entries[s->anchored_count].key;
	for (size_t i = 0; i < VEC_COUNT(&l.anchors, struct map); i++)
		map_release(&VEC_AT(&l.anchors, struct map)[i]);
	buf_release(&l.anchors);
	map_release(&l.anchored);
}
