#!/bin/sh
# A build writes what changed, and nothing else; a build that fails writes nothing.
set -u
unset LANGUAGE
export LC_ALL=C.UTF-8 TZ=UTC
giji=${GIJI:-$PWD/build/release/giji}
[ -x "$giji" ] || { echo "no program at $giji: set GIJI"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
site=$work/site
public=$work/site/public
failed=0

fail() {
	echo "FAILED: $*"
	sed 's/^/  | /' "$work/said"
	failed=$((failed + 1))
}

build() {
	"$giji" build -C "$site" --now 2026-01-15 > "$work/said" 2>&1
}

record() {
	printf -- '---\ntitle: 第%s回 公園委員会\nnumber: %s\ndate: 2025-0%s-12\nstatus: confirmed\nattendees:\n' "$1" "$1" "$1"
	printf -- '  - {group: 委員, people: [%s]}\n---\n\n## 遊具について\n\n【%s】\n\n- %s\n' "$2" "$2" "$3"
}

# Which files of the output changed since `mark`: by time of change, and by name for those that are gone.
mark() {
	(cd "$public" && find . -type f | sort) > "$work/names"
	sleep 0.05
	touch "$work/mark"
	sleep 0.05
}

changed() {
	(cd "$public" && find . -type f -newercm "$work/mark" ! -name giji-manifest.json | sort)
	(cd "$public" && find . -type f | sort) | comm -23 "$work/names" - | sed 's/^/gone: /'
}

expect_changed() {
	changed > "$work/changed"
	printf '%s' "$2" > "$work/wanted"
	cmp -s "$work/wanted" "$work/changed" && return
	fail "$1: other files changed than expected"
	diff "$work/wanted" "$work/changed"
}

mkdir -p "$site/content/koen" "$site/content/kawa" "$site/templates"
printf 'title: 見本市の会議\nbase_url: https://kaigi.example/\nlanguage: ja\n' > "$site/site.yml"
printf -- '---\ntitle: 公園委員会\nrequired: []\n---\n' > "$site/content/koen/index.md"
printf -- '---\ntitle: 河川部会\nrequired: []\n---\n' > "$site/content/kawa/index.md"
record 1 梢委員長 古い遊具から取り替える。 > "$site/content/koen/1.md"
record 2 沼田委員 費用を確かめたい。 > "$site/content/koen/2.md"
record 3 堰委員 堤防を見る。 > "$site/content/kawa/3.md"
# Pages that show what they must and no more, so that which of them changes is known.
for kind in home body meeting speakers speaker topics topic decisions page not-found; do
	printf '<html lang="ja"><head><title>%s</title></head><body><p>%s</p></body></html>\n' "$kind" "$kind" \
		> "$site/templates/$kind.html"
done
cat > "$site/templates/meeting.html" << 'END'
<html lang="ja"><head><title>{{ page.title }}</title></head><body>
{% for item in each(page.meeting.items) %}
{% for speech in each(item.parts) %}<p>{{ speech.label }}</p>
{% for statement in each(speech.parts) %}<div>{{ statement.html? }}</div>{% end %}{% end %}{% end %}
</body></html>
END
build || fail 'the first build failed'

mark
build || fail 'the second build failed'
expect_changed 'the same site again' ''
[ -z "$(find "$public/giji-manifest.json" -newercm "$work/mark")" ] || fail 'the manifest was written again'
grep -q 'written: 0,' "$work/said" || fail 'the last line does not say that nothing was written'

mark
touch "$site/content/koen/1.md" "$site/site.yml"
build || fail 'a build after touch failed'
expect_changed 'sources that were only touched' ''

sed -i 's/古い遊具/すべての遊具/' "$site/content/koen/1.md"
build || fail 'the build after a changed word failed'
expect_changed 'one word of one record' './koen/1/index.html
'
grep -q 'すべての遊具' "$public/koen/1/index.html" || fail 'the page does not show the changed word'

# a broken template: its place is told, nothing changes
mark
cp "$site/templates/meeting.html" "$work/good.html"
sed -i 's/speech\.label/speech.lable/' "$site/templates/meeting.html"
sed -i 's/費用/予算/' "$site/content/koen/2.md"
build
status=$?
[ $status -eq 1 ] || fail "a broken template: status $status"
grep -q 'templates/meeting.html:3:[0-9]' "$work/said" || fail 'the place in the template is not told'
grep -q 'did you mean 「label」' "$work/said" || fail 'the right name is not suggested'
expect_changed 'a broken template' ''
find "$public" -name '.giji*' | grep -q . && fail 'a failed build left its stage behind'
cp "$work/good.html" "$site/templates/meeting.html"

# broken content likewise
printf '\n[地図](chizu.md)\n' >> "$site/content/koen/2.md"
build
status=$?
[ $status -eq 1 ] || fail "a broken link: status $status"
expect_changed 'a broken link' ''
sed -i '$d' "$site/content/koen/2.md"
build || fail 'the build after the repair failed'
expect_changed 'the record that was changed meanwhile' './koen/2/index.html
'

# what is not giji's
echo ours > "$public/koen/notes.txt"
mkdir -p "$public/.well-known"
echo token > "$public/.well-known/x"
echo '<!-- by hand -->' >> "$public/kawa/3/index.html"

# a meeting that is gone, with all that it alone caused: its page, its speaker's, its feed, its folder
mark
[ -e "$public/speakers/koen-沼田委員/index.html" ] || fail 'the speaker has no page'
rm "$site/content/koen/2.md" "$site/content/kawa/3.md"
build || fail 'the build after a deletion failed'
for gone in koen/2 speakers/koen-沼田委員; do
	[ ! -e "$public/$gone" ] || fail "$gone is still there"
done
[ -s "$public/koen/1/index.html" ] || fail 'another record is gone'
grep -q 'by hand' "$public/kawa/3/index.html" || fail 'a page that somebody changed was removed'
[ "$(cat "$public/koen/notes.txt" "$public/.well-known/x")" = 'ours
token' ] || fail 'a foreign file is gone'
grep -q '沼田\|koen/2/' -r "$public" --include='*.xml' --include='*.json' --include='*.html' &&
	fail 'the deleted record is still named'

# what somebody changed or deleted in the output is mended
echo oops > "$public/koen/1/index.html"
rm "$public/index.html"
build || fail 'the mending build failed'
grep -q 'すべての遊具' "$public/koen/1/index.html" || fail 'an overwritten page was not mended'
[ -s "$public/index.html" ] || fail 'a deleted page was not mended'

[ $failed -eq 0 ] && echo 'incremental: all as expected'
[ $failed -eq 0 ]
