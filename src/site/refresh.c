/* A record of which only what was said changed: the site stays as it is, and shows it. */
#include "site/anchors.h"
#include "site/keeper.h"

#include <stdlib.h>

enum { SUPERSEDED_MOST = 100 }; /* readings that are kept because the site still points into them */

/* Two readings of one record, and whether they are alike in all that others know of it. */
struct pair {
	const struct meeting *was, *is;
	bool alike;
};

static void same(struct pair *p, bool condition)
{
	p->alike = p->alike && condition;
}

static void compare_counts(struct pair *p)
{
	const struct meeting *a = p->was, *b = p->is;
	same(p, a->item_count == b->item_count && a->callout_count == b->callout_count);
	same(p, a->vote_count == b->vote_count && a->vote_line_count == b->vote_line_count);
	same(p, a->action_count == b->action_count && a->done_count == b->done_count);
	same(p, a->named_count == b->named_count && (a->statement_count > 0) == (b->statement_count > 0));
	same(p, a->doc.first_line == b->doc.first_line);
	same(p, a->stamped.found == b->stamped.found && a->stamped.confirmed == b->stamped.confirmed);
	/* What these say depends on words, or points into them. */
	same(p, a->stamped.stale == b->stamped.stale && a->tombstone_count + b->tombstone_count == 0);
	same(p, a->front.corrections.count == 0 && !a->withheld && a->front.anonymous == ANONYMOUS_NOT);
}

static bool same_voice(const struct voice *a, const struct voice *b)
{
	return a->registered == b->registered && a->attendee == b->attendee;
}

/* The first voice of each speaker, in order: so are people heard who stand in no register. */
static void gather_speakers(const struct meeting *m, struct buf *out)
{
	for (size_t i = 0; i < m->voice_count; i++) {
		bool known = false;
		for (size_t k = 0; k < VEC_COUNT(out, struct voice) && !known; k++)
			known = same_voice(&VEC_AT(out, struct voice)[k], &m->voices[i]);
		if (!known)
			*VEC_ADD(out, struct voice) = m->voices[i];
	}
}

static void compare_speakers(struct pair *p)
{
	struct buf was = { 0 }, is = { 0 };
	gather_speakers(p->was, &was);
	gather_speakers(p->is, &is);
	same(p, was.n == is.n);
	for (size_t i = 0; p->alike && i < VEC_COUNT(&was, struct voice); i++)
		same(p, same_voice(&VEC_AT(&was, struct voice)[i], &VEC_AT(&is, struct voice)[i]));
	for (size_t i = 0; p->alike && i < p->was->named_count; i++)
		same(p, same_voice(&p->was->named[i], &p->is->named[i]));
	buf_release(&was);
	buf_release(&is);
}

/* Hashtags that are no topic of a register, in order: they make topics. */
static void gather_tags(const struct meeting *m, struct map *out)
{
	for (size_t i = 0; i < m->topic_ref_count; i++)
		if (m->topic_refs[i].registered == NONE)
			map_add(out, m->topic_refs[i].word, m->topic_refs[i].topic);
}

static void compare_tags(struct pair *p)
{
	struct map was = { 0 }, is = { 0 };
	gather_tags(p->was, &was);
	gather_tags(p->is, &is);
	same(p, was.count == is.count);
	for (size_t i = 0; p->alike && i < was.count; i++)
		same(p, str_eq(was.entries[i].key, is.entries[i].key));
	map_release(&was);
	map_release(&is);
}

static void compare_items(struct pair *p)
{
	for (size_t i = 0; p->alike && i < p->was->item_count; i++) {
		const struct item *x = &p->was->items[i], *y = &p->is->items[i];
		same(p, str_eq(x->anchor, y->anchor) && str_eq(x->title, y->title) && str_eq(x->number, y->number));
		same(p, str_eq(x->closed, y->closed) && x->parent == y->parent && x->agenda == y->agenda);
	}
}

/* An action is closed by its words, so those of callouts must not change. */
static void compare_callouts(struct pair *p)
{
	struct buf was = { 0 }, is = { 0 };
	for (size_t i = 0; p->alike && i < p->was->callout_count; i++) {
		const struct callout *x = &p->was->callouts[i], *y = &p->is->callouts[i];
		same(p, x->kind == y->kind && x->detail == y->detail && x->item == y->item);
		same(p, str_eq(x->anchor, y->anchor) && str_eq(x->outcome, y->outcome));
		buf_clear(&was);
		buf_clear(&is);
		meeting_words(p->was, x->pieces, &was);
		meeting_words(p->is, y->pieces, &is);
		same(p, str_eq(buf_str(&was), buf_str(&is)));
	}
	for (size_t i = 0; p->alike && i < p->was->action_count; i++) {
		const struct action *x = &p->was->actions[i], *y = &p->is->actions[i];
		/* Its own `done:` is none of an action's words. */
		same(p, x->says_done == y->says_done && date_compare(x->done_on, y->done_on) == 0);
		same(p, str_eq(x->done_by, y->done_by) && str_eq(x->who, y->who));
		same(p, date_compare(x->due, y->due) == 0);
	}
	for (size_t i = 0; p->alike && i < p->was->done_count; i++)
		same(p, str_eq(p->was->dones[i].target, p->is->dones[i].target));
	buf_release(&was);
	buf_release(&is);
}

/* New anchors, or fewer, matter to whoever links to them. */
static void compare_anchors(struct pair *p, const struct site *s)
{
	struct buf was = { 0 }, is = { 0 };
	anchors_of_meeting(p->was, &was);
	anchors_of_meeting(p->is, &is);
	bool changed = !str_eq(buf_str(&was), buf_str(&is));
	for (size_t i = 0; changed && i < s->anchored_count; i++)
		same(p, !str_eq(s->anchored[i], p->was->path));
	buf_release(&was);
	buf_release(&is);
}

static bool alike(const struct site *s, const struct meeting *was, const struct meeting *is)
{
	struct pair p = { was, is, true };
	compare_counts(&p);
	if (!p.alike)
		return false;
	compare_items(&p);
	compare_callouts(&p);
	compare_speakers(&p);
	compare_tags(&p);
	compare_anchors(&p, s);
	return p.alike;
}

/* --- what src/site has found out about the one holds for the other --- */

static bool is_mention(const struct meeting *m, size_t link)
{
	return m->doc.links[link].kind == MD_LINK_MENTION;
}

/* The link that leads where this one does: the same mention anywhere, else the next that is none. SIZE_MAX without one. */
static size_t link_like(const struct meeting *from, const struct meeting *to, size_t link, size_t *next)
{
	const struct md_link *wanted = &to->doc.links[link];
	size_t i = is_mention(to, link) ? 0 : *next;
	for (; i < from->doc.link_count; i++) {
		const struct md_link *l = &from->doc.links[i];
		if (is_mention(from, i) != is_mention(to, link))
			continue;
		bool alike = l->kind == wanted->kind && l->bare == wanted->bare && l->image == wanted->image &&
			l->number == wanted->number && (is_mention(from, i) || str_eq(l->target, wanted->target)) &&
			l->withheld == wanted->withheld;
		if (!is_mention(to, link))
			*next = i + 1;
		if (alike)
			return i;
		if (!is_mention(to, link))
			return SIZE_MAX;
	}
	return SIZE_MAX;
}

static bool take_links(struct site *s, const struct meeting *from, struct meeting *to)
{
	size_t next = 0;
	to->targets = ARENA_ARRAY(&s->arena, struct md_target, to->doc.link_count);
	for (size_t i = 0; i < to->doc.link_count; i++) {
		size_t like = link_like(from, to, i, &next);
		if (like == SIZE_MAX)
			return false;
		to->targets[i] = from->targets[like];
	}
	while (next < from->doc.link_count && is_mention(from, next))
		next++;
	return next == from->doc.link_count; /* none is gone: it may have been the only one to publish a file */
}

static void take_topics(const struct meeting *from, struct meeting *to)
{
	struct map tags = { 0 };
	size_t topic;
	gather_tags(from, &tags);
	for (size_t i = 0; i < to->topic_ref_count; i++) {
		struct topic_ref *ref = &to->topic_refs[i];
		ref->topic = ref->registered;
		if (ref->registered == NONE && map_get(&tags, ref->word, &topic))
			ref->topic = (uint32_t)topic;
	}
	map_release(&tags);
}

static void tie_action(const struct action *from, struct action *to)
{
	to->done = from->done;
	to->closing = from->closing;
	to->closing_done = from->closing_done;
}

static bool take_ties(struct site *s, const struct meeting *from, struct meeting *to)
{
	for (size_t i = 0; i < to->front.attendees.attendee_count; i++)
		to->present[i].person = from->present[i].person;
	for (size_t i = 0; i < to->voice_count; i++) {
		struct voice *v = &to->voices[i];
		v->person = v->attendee == NONE ? v->registered : to->present[v->attendee].person;
	}
	for (size_t i = 0; i < to->named_count; i++)
		to->named[i].person = from->named[i].person;
	for (size_t i = 0; i < to->action_count; i++)
		tie_action(&from->actions[i], &to->actions[i]);
	for (size_t i = 0; i < to->done_count; i++) {
		to->dones[i].meeting = from->dones[i].meeting;
		to->dones[i].action = from->dones[i].action;
	}
	take_topics(from, to);
	return take_links(s, from, to);
}

static bool has_finding(const struct diags *ds, struct str path)
{
	for (size_t i = 0; i < diag_count(ds); i++)
		if (str_eq(diag_at(ds, i)->loc.path, path))
			return true;
	return ds->flooded;
}

static bool find_file(const struct kept *k, struct str path, size_t *file)
{
	return map_get(&k->tree->paths, path, file) && k->tree->tree.files[*file].kind == CONTENT_RECORD &&
		k->files[*file] && k->files[*file]->meeting;
}

static bool find_meeting(const struct site *s, const struct meeting *m, size_t *index)
{
	for (*index = 0; *index < s->meeting_count; ++*index)
		if (s->meetings[*index] == m)
			return true;
	return false;
}

/* Reads the file anew, aside. NULL when it cannot be read, or needs a finding. */
static struct kept_file *read_again(struct build *b, size_t file, const struct kept_file *was, struct diags *ds)
{
	struct record r = { .file = &b->tree.files[file],
		.language = was->meeting->language,
		.key = was->key,
		.body = build_body_of(b, was->meeting->folder) };
	b->records = &r;
	build_read_record(b, 0, 0, ds);
	return b->kept->added[file];
}

static bool tie(struct build *b, const struct kept_file *was, struct kept_file *is, uint32_t index)
{
	return take_ties(b->site, was->meeting, is->meeting) && build_regather(b->site, index, was->meeting, is->meeting);
}

static bool replace(struct build *b, size_t file, size_t index, struct diags *ds)
{
	struct kept *k = b->kept;
	struct kept_file *was = k->files[file];
	k->old[file] = was;
	k->files[file] = NULL;
	struct kept_file *is = read_again(b, file, was, ds);
	if (k->files[file]) /* the bytes are the same */
		return true;
	k->files[file] = was;
	k->old[file] = k->added[file] = NULL;
	if (!is)
		return false;
	if (b->options->before_settling)
		b->options->before_settling(b->options->shared);
	if (!is->meeting || diag_count(&is->diags) > 0 || !keeper_same_front(was, is) ||
		!alike(b->site, was->meeting, is->meeting) || !tie(b, was, is, (uint32_t)index)) {
		keeper_drop(is);
		return false;
	}
	b->site->meetings[index] = is->meeting;
	keeper_supersede(k, file, is);
	return true;
}

/* What an editor saved aside, and renamed since: it is no file of the site, and below it is none. */
static bool came_and_went(struct build *b, struct str path)
{
	struct fs_entry entry;
	return !keeper_holds(b->kept->tree, path) && !str_ends(path, STR(".ledger")) && !str_eq(path, STR("site.yml")) &&
		fs_stat(b->fs, path, &entry) == FS_ABSENT;
}

static bool refresh(struct build *b, struct str path, const struct diags *found)
{
	struct diags ds;
	size_t file, index;
	if (!find_file(b->kept, path, &file))
		return came_and_went(b, path);
	if (!find_meeting(b->site, b->kept->files[file]->meeting, &index))
		return false;
	if (b->kept->superseded_count >= SUPERSEDED_MOST || has_finding(found, path))
		return false;
	diags_init(&ds, b->options->levels);
	bool done = replace(b, file, index, &ds) && diag_count(&ds) == 0;
	diags_release(&ds);
	return done;
}

bool site_refresh(struct site *s, struct fs *fs, const struct site_options *options, const struct map *changed,
	const struct diags *found)
{
	struct arena scratch = { 0 };
	struct kept *k = options->kept;
	struct build b = { .site = s,
		.fs = fs,
		.options = options,
		.kept = k,
		.tree = k->tree->tree,
		.workers = 1,
		.scratches = &scratch };
	for (size_t i = 0; i < s->body_count; i++)
		map_add(&b.folders, s->bodies[i].folder, i);
	bool done = changed->count > 0;
	for (size_t i = 0; done && i < changed->count; i++)
		done = refresh(&b, changed->entries[i].key, found);
	map_release(&b.folders);
	arena_release(&scratch);
	return done;
}
