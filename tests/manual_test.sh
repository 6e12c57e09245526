#!/bin/sh
# The manual for theme authors names each field of each view, under a heading with the view's name, and nothing else;
# likewise each helper.
set -eu
manual=content/guide/templates.md
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

awk '
	/^##/ { view = "" }
	/^### .*（.*）$/ { view = $0; sub(/.*（/, "", view); sub(/）$/, "", view) }
	view != "" && /^\| `/ { split($0, word, "`"); print view " " word[2] }
' "$manual" | LC_ALL=C sort > "$work/manual"

sed -nE '/define HELPER_NAMES/,/^$/s/^[^"]*"([^"]*)".*/\1/p' src/render/helpers.h | tr ',' '\n' | sed '/^$/d' |
	while read -r helper; do
		grep -qE "\`${helper}[(\`]" "$manual" || echo "the manual does not name the helper $helper"
	done > "$work/helpers"

test "$(wc -l < "$work/code")" -gt 150
diff "$work/code" "$work/manual"
test ! -s "$work/helpers" || { cat "$work/helpers"; exit 1; }
