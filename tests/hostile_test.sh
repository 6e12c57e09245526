#!/bin/sh
# Input made to hang, crash or fill a build: each ends soon, in a finding and exit status 1, with nothing written.
# Sanitized builds are slow: SECONDS_ALLOWED gives them more time.
set -u
unset LANGUAGE
export LC_ALL=C.UTF-8 TZ=UTC
giji=${GIJI:-$PWD/build/release/giji}
allowed=${SECONDS_ALLOWED:-10}
[ -x "$giji" ] || { echo "no program at $giji: set GIJI"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
record=$work/site/content/koen/1.md

new_site() {
	rm -rf "$work/site" "$work/public"
	mkdir -p "$work/site/content/koen" "$work/site/templates"
	printf 'title: 見本市の会議\nbase_url: https://kaigi.example/\nlanguage: ja\n' > "$work/site/site.yml"
	printf -- '---\ntitle: 公園委員会\nrequired: []\n---\n' > "$work/site/content/koen/index.md"
	head_of_record > "$record"
	printf '【梢委員長】\n\n- 始める。\n' >> "$record"
}

head_of_record() {
	printf -- '---\ntitle: 第１回\ndate: 2025-06-12\nstatus: confirmed\nattendees:\n  - {group: 委員, people: [梢委員長]}\n---\n\n'
}

# build STATUS: within the time, without a word from a sanitizer or a signal.
build() {
	start=$(date +%s%N)
	timeout "$allowed" "$giji" build -C "$work/site" -o "$work/public" --now 2026-01-15 > "$work/said" 2>&1 < /dev/null
	status=$?
	took=$((($(date +%s%N) - start) / 1000000))
	[ $status -eq "$1" ] && return 0
	echo "FAILED: $name: status $status, not $1"
	head -c 1000 "$work/said"
	failed=$((failed + 1))
	return 1
}

# refused NAME [CODE]: the site in $work/site is not published, and the finding has this code.
refused() {
	name=$1
	if build 1; then
		printf '%6d ms  %s\n' $took "$name"
		if ! grep -qE "^error\[${2:-.*}\]" "$work/said"; then
			echo "FAILED: $name: no error[${2-}]"
			head -c 1000 "$work/said"
			failed=$((failed + 1))
		fi
		if [ -n "$(find "$work/public" -mindepth 1 2> /dev/null)" ]; then
			echo "FAILED: $name: something was written"
			failed=$((failed + 1))
		fi
	fi
	new_site
}

# published NAME: strange, but allowed.
published() {
	name=$1
	build 0 && printf '%6d ms  %s (published)\n' $took "$name"
	new_site
}

# many N TEXT [END]: TEXT over and over, as awk prints it.
many() {
	awk -v n="$1" -v text="$2" -v end="${3-}" 'BEGIN { while (n-- > 0) printf "%s", text; printf "%s", end }'
}

new_site
published 'an ordinary site'

# tables
{ head_of_record; many 1000 '|a' '|\n'; many 1000 '|-' '|\n'; many 20 '|b\n'; } > "$record"
refused 'a table of 1,000 columns' limit-exceeded
{ head_of_record; printf '|a|b|\n|-|-|\n'; many 1500000 '|b\n'; } > "$record"
refused '4 MB of table rows' limit-exceeded
{ head_of_record; many 64 '|a' '|\n'; many 64 '|-' '|\n'; many 50000 '|b\n'; } > "$record"
refused 'rows that a table of 64 columns fills up' limit-exceeded

# inlines
{ head_of_record; many 24000 '![[]()'; } > "$record"
refused '140 KB of ![[]()' limit-exceeded
{
	head_of_record
	awk 'BEGIN { for (p = 0; p < 63; p++) { for (i = 0; i < 10900; i++) printf "![[]()"; printf "\n\n" } }'
} > "$record"
refused '4 MB of paragraphs of ![[]()' limit-exceeded
{ head_of_record; many 30000 '*a_ ' '\n'; } > "$record"
published '120 KB of emphasis that never closes'
{ head_of_record; many 3000 '**a **b _c __d ' '\n'; } > "$record"
published '45 KB of emphasis that never closes'
{ head_of_record; printf '\140a\140\140%.0s' $(seq 16000); printf '\n'; } > "$record"
published '64 KB of backquotes'
{ head_of_record; many 30000 '<!-- '; } > "$record"
refused 'comments that never end' text-lost
{ head_of_record; many 10000 '<a '; printf '\n'; } > "$record"
published '30 KB of tags that never end'
{ head_of_record; many 3000 '&#1;'; } > "$record"
published '3,000 entities of a character that no page may hold, shown as typed'
{ head_of_record; many 2500 '[a]: https://a.example/\n'; } > "$record"
published '2,500 definitions of one link'
{ head_of_record; awk 'BEGIN { for (i = 0; i < 5000; i++) printf "[^%d]: a\n", i }'; } > "$record"
refused '5,000 footnotes that nobody cites' text-lost

# checks of content
{ head_of_record; many 900000 '1月' '\n'; } > "$record"
published '4 MB of one line that is nearly dates'
{ head_of_record; many 100000 '**２月30日**（月）' '\n'; } > "$record"
published '100,000 days that do not exist'
{
	head_of_record | head -n -2
	echo corrections:
	many 6000 '  - {date: 2025-07-01, at: s1-1, before: 終, after: 始, reason: 誤記}\n  - {date: 2025-07-02, at: s1, kind: withdrawn, reason: 取消し}\n'
	printf -- '---\n\n【梢委員長】\n\n'
	many 6000 '- 始める。\n'
} > "$record"
published '12,000 corrections that withdraw each other'
{
	printf -- '---\ntitle: 第１回\ndate: 2025-06-12\nstatus: confirmed\nattendees:\n  - group: 委員\n    people:\n'
	awk 'BEGIN { for (i = 0; i < 20000; i++) printf "      - 委員%d\n", i % 10000 }'
	printf -- '---\n\n【委員1】 始める。\n'
} > "$record"
refused '10,000 people who attend twice' speaker-ambiguous

# nesting
{ head_of_record; many 5000 '> ' 'a\n'; } > "$record"
refused '5,000 quotes in one another' limit-exceeded
{ head_of_record; many 5000 '- ' 'a\n'; } > "$record"
refused '5,000 lists in one another' limit-exceeded
{ head_of_record; many 5000 '*' 'a\n'; } > "$record"
published '5,000 stars'
{ head_of_record; awk 'BEGIN { for (i = 0; i < 2000; i++) { printf "%*s- a\n", i * 2, "" } }'; } > "$record"
refused 'a list indented 2,000 deep' limit-exceeded

# minutes
{ head_of_record; awk 'BEGIN { for (i = 0; i < 30000; i++) printf "【%d番】\n\n", i }'; } > "$record"
published '30,000 speakers of their own'
{ head_of_record; awk 'BEGIN { for (i = 0; i < 60000; i++) printf "## 議題\n\n" }'; } > "$record"
published '60,000 headings'
{ head_of_record; many 50000 '#a' ' '; printf '\n'; } > "$record"
refused '100 KB of hashtags' limit-exceeded
{ head_of_record; many 5000 '[[楡]] '; printf '\n'; } > "$record"
refused '5,000 links that lead nowhere' link-broken
awk 'BEGIN { for (i = 0; i < 5000; i++) printf "p%d: {name: a, labels: [%s%d]}\n", i, "委員", i }' \
	> "$work/site/content/people.yml"
published 'a register of 5,000 people'
awk 'BEGIN { for (i = 0; i < 3000; i++) { printf "t%d: {name: n%d, terms: [", i, i; for (k = 0; k < 20; k++) printf "%saaaaaaa%d", k ? ", " : "", i * k; print "]}" } }' \
	> "$work/site/content/topics.yml"
{ head_of_record; many 60000 'a' '\n'; } > "$record"
published 'terms that all begin alike'

# front matter
{ printf -- '---\ntitle: '; many 20000 '['; printf '\n---\n'; } > "$record"
refused '20,000 nested [' limit-exceeded
{ printf -- '---\ntitle: a\nparams:\n'; awk 'BEGIN { for (i = 0; i < 40000; i++) printf "  k%d: v\n", i }'; printf -- '---\n'; } > "$record"
refused '40,000 keys'
{ printf -- '---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n'; } > "$record"
refused 'aliases that multiply' yaml-error
{ printf -- '---\ntitle: a\ndate: '; many 60000 '平成'; printf '\n---\n'; } > "$record"
refused 'a date of 360 KB' date-invalid
many 200000 '---\n' > "$record"
refused 'nothing but hyphens'

# bytes
head_of_record | sed 's/$/\xff\xfe/' > "$record"
refused 'bytes that are no UTF-8' encoding
{ head_of_record; printf 'a\000b\033[2J\177\n'; } > "$record"
refused 'control characters' encoding
{ head_of_record; head -c 3000000 /dev/zero; } > "$record"
refused '3 MB of zeros' encoding
{ head_of_record; head -c 100000 "$giji"; } > "$record"
refused 'a program instead of a text' encoding
{ head_of_record; many 700000 '長い行'; } > "$record"
refused 'a file of 6 MB' limit-exceeded
printf '' > "$record"
refused 'an empty record'
printf '\377\376t\000i\000' > "$work/site/site.yml"
name='settings in UTF-16'
build 2 && printf '%6d ms  %s\n' $took "$name"
new_site

# templates
template() {
	printf '<html lang="ja"><head><title>t</title></head><body>%s</body></html>\n' "$1" > "$work/site/templates/meeting.html"
}
template '{% while true do %}{% end %}'
refused 'a loop without end' template-error
template '{% while true do %}aaaaaaaa{% end %}'
refused 'a page without end' template-error
template '{{ ("x"):rep(10000000000) }}'
refused 'a text of 10 GB' template-error
template '{% local s = "x" %}{% while true do %}{% set s = s .. s %}{% end %}'
refused 'a text that doubles' template-error
template '{% local t = {} %}{% while true do %}{% set t = { t, t, t } %}{% end %}'
refused 'a table that grows' template-error
template '{{ ("x"):rep(400):find(".-.-.-.-b") }}'
refused 'a pattern that tries everything' template-error
template '{{ ("x"):rep(100000):gsub(".-b", "") }}'
refused 'a pattern that is tried everywhere' template-error
template '{{ ("%99d"):rep(1000):format(1) }}'
refused 'a format of many widths' template-error
template '{{ table.concat({}, "x", 1, 1000000000) }}'
published 'a list that is not there'
template '{% include "meeting" %}'
refused 'a template that includes itself' template-error
template "$(many 3000 '<b>')"
refused '3,000 elements in one another' template-error
template "{{ $(many 5000 '(')1$(many 5000 ')') }}"
refused '5,000 brackets' template-error
template '{% function f() return f() end %}{{ f() }}'
refused 'a function' template-error
head -c 100000 "$giji" > "$work/site/templates/meeting.html"
refused 'a program instead of a template'

# a style sheet of which each rule stands on the ground of all others
mkdir -p "$work/site/themes/own"
cp -r themes/default/. "$work/site/themes/own/"
printf 'theme: own\n' >> "$work/site/site.yml"
many 2400 'a { background: url(x) } a b { color: #777 } ' > "$work/site/themes/own/assets/style.css"
name='2,400 rules on a ground that is an image'
start=$(date +%s%N)
timeout "$allowed" "$giji" check -C "$work/site" --now 2026-01-15 > "$work/said" 2>&1 < /dev/null
if grep -qF 'error[contrast]' "$work/said"; then
	printf '%6d ms  %s\n' $((($(date +%s%N) - start) / 1000000)) "$name"
else
	echo "FAILED: $name"
	head -c 1000 "$work/said"
	failed=$((failed + 1))
fi
new_site

# what is not a file, and what is not of the site
if mkfifo "$work/site/content/koen/2.md" 2> /dev/null; then
	refused 'a pipe that nobody writes to'
fi
echo 'outside' > "$work/secret.md"
ln -s ../../../secret.md "$work/site/content/koen/2.md"
refused 'a link that leads out of the site' link-outside
ln -s /etc/passwd "$work/site/content/koen/2.md"
refused 'a link to a file of the machine' link-outside
ln -s .. "$work/site/content/koen/sub"
refused 'a folder that holds itself' link-outside
ln -s /dev/zero "$work/site/content/koen/2.md"
refused 'a link to a device' link-outside
mkdir -p "$work/site/content/$(many 20 'a/')"
echo a > "$work/site/content/$(many 20 'a/')/index.md"
refused 'folders 20 deep' limit-exceeded

[ $failed -eq 0 ] && echo 'hostile: all refused in time'
[ $failed -eq 0 ]
