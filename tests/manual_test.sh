#!/bin/sh
# Each page of the guide is there in Japanese and in English, with as many headings and rows of tables: what is told in
# one is told in the other.
# The manual for theme authors, in both languages, names each field of each view, under a heading with the view's name,
# and nothing else; likewise each helper. Its example of a meeting's page is sound on the site that giji shows itself with.
set -eu
giji=${GIJI:-$PWD/build/release/giji}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "meeting title": each table of entries is followed by the type that has its name.
awk '
	/^static const struct view_field / { count = 0 }
	/^\tVIEW(_GET|_SAYS)?\(/ { split($0, word, "\""); field[++count] = word[2] }
	/struct view_type .*= (VIEW_TYPE\(|\{ )"/ {
		split($0, word, "\"")
		for (i = 1; i <= count; i++)
			print word[2] " " field[i]
	}
' src/render/view_*.c | LC_ALL=C sort > "$work/code"
test "$(wc -l < "$work/code")" -gt 150

# A view's heading has its name at the end in brackets in Japanese, and is its name in English.
for manual in content/guide/templates.md content/guide/templates.en.md; do
	awk '
		/^##/ { view = "" }
		/^### / { view = tolower(substr($0, 5)); sub(/.*（/, "", view); sub(/）$/, "", view) }
		view != "" && /^\| `/ { split($0, word, "`"); print view " " word[2] }
	' "$manual" | LC_ALL=C sort > "$work/manual"
	diff "$work/code" "$work/manual"

	sed -nE '/define HELPER_NAMES/,/^$/s/^[^"]*"([^"]*)".*/\1/p' src/render/helpers.h | tr ',' '\n' | sed '/^$/d' |
		while read -r helper; do
			grep -qE "\`${helper}[(\`]" "$manual" || echo "$manual does not name the helper $helper"
		done > "$work/helpers"
	test ! -s "$work/helpers" || { cat "$work/helpers"; exit 1; }

	# Two examples follow the sentences that give their files' names.
	rm -rf "$work/site"
	mkdir -p "$work/site/templates"
	cp -R content site.yml "$work/site"
	awk -v to="$work/site/templates/" '
		/^```$/ { file = "" }
		file != "" { print > file }
		match($0, /`templates\/(meeting|passage)\.html`/) { named = to substr($0, RSTART + 11, RLENGTH - 12) }
		/^```html$/ && named != "" { file = named; named = "" }
	' "$manual"
	test -s "$work/site/templates/meeting.html"
	test -s "$work/site/templates/passage.html"
	"$giji" check -C "$work/site" --strict --quiet --lang en
done

for page in content/guide/*.md; do
	page=${page%.md}
	for line in '#' '|'; do
		japanese=$(grep -c "^$line" "${page%.en}.md")
		english=$(grep -c "^$line" "${page%.en}.en.md") || test "$english" = 0
		test "$japanese" = "$english" || {
			echo "${page%.en}: $japanese lines begin with $line in Japanese, $english in English"
			exit 1
		}
	done
done
