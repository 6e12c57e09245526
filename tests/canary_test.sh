#!/bin/sh
# What must not be published is in no byte of any output, and in no name of one. tests/canary/ is a site with a word of its
# own in every place that withholds something. What is to become of it stands in its first letters, so that a new place is
# one more word in that site:
#
#     kzh…  hidden: never published, and never in a finding
#     kzd…  a draft or what is not due yet: only with -D
#     kze…  until it expires
#     kzx…  only on the record's own page: too long for an excerpt, or of a body without speaker pages
#     kzr…  where it was said, but in nothing that lists people
#     kzo…  open: published, or the test sees nothing
#
# tests/canary-leaks lists what almost closes something: each line, put into a record, must stop the build. Those that
# begin with "ok " look like it and must not.
set -u
# shellcheck disable=SC2046 # names
unset LANGUAGE SOURCE_DATE_EPOCH CI $(env | sed -n 's/^\(GIJI_[A-Z_]*\)=.*/\1/p')
export LC_ALL=C.UTF-8
giji=${GIJI:-$PWD/build/release/giji}
[ -x "$giji" ] || { echo "no program at $giji: set GIJI"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
	echo "FAILED: $*"
	failed=$((failed + 1))
}

# fresh SITE: a copy of the site, with what stands in no repository: comments in templates.
fresh() {
	rm -rf "$1"
	cp -R tests/canary "$1"
	mkdir -p "$1/templates"
	{ echo '{# kzhtemplatecomment #}'; cat templates/shares.html; } > "$1/templates/shares.html"
}

# build SITE OUTPUT NOW ARGUMENT…: quietly, but for its findings, which tell nothing to other programs either.
build() {
	site=$1 output=$2 now=$3
	shift 3
	"$giji" build -C "$site" -o "$output" --now "$now" --report "$work/report.json" --report "$work/report.sarif" \
		--report "$work/report.xml" "$@" > "$work/stdout" 2> "$work/stderr" < /dev/null
	status=$?
	for report in "$work"/report.*; do
		sed -E -e 's/"(path|uri)": "[^"]*"//g' -e 's/(classname|file)="[^"]*"//g' "$report" > "$work/all"
		! grep -a -i -o '.\{0,60\}kzh.*' "$work/all" || fail "build $site $now $*: ${report##*/} tells what is hidden"
	done
	return $status
}

# must_build …: likewise, and it must succeed.
must_build() {
	build "$@" || { fail "build $*"; cat "$work/stderr"; exit 1; }
}

# Words of a kind as they may be encoded: itself, in base64 at each of three places, in the other width.
patterns() {
	cat "$work/kinds/$1"
	while read -r word; do
		for before in '' x xx; do
			printf '%s%s' "$before" "$word" | base64 -w 0 | cut -c 5-12
			echo
		done
	done < "$work/kinds/$1" | grep -v '^$' > "$work/base64"
	sed 'y/abcdefghijklmnopqrstuvwxyz/ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ/' "$work/kinds/$1"
}

# read_all FOLDER: names and bytes of all its files, unpacked, whatever the width of characters and however escaped.
read_all() {
	(
		cd "$1" || exit
		find . | LC_ALL=C sort
		find . -type f | LC_ALL=C sort | while read -r file; do
			case $file in
			*.gz) gzip -dc "$file" ;;
			*.br) brotli -dc "$file" ;;
			*) cat "$file" ;;
			esac
			echo
		done
	) | tr -d '\000' > "$work/all"
	# &#x6b; %6b \u006b of the letters, should anything ever write them so.
	awk 'BEGIN { for (i = 97; i < 123; i++) { c = sprintf("%c", i); x = sprintf("%02x", i)
			x = "(" x "|" toupper(x) ")"
			from[c] = "(&#[xX]0*" x ";|&#0*" i ";|%" x "|\\\\u00" x ")" } }
		/&#|%[67]|\\u00/ { for (c in from) gsub(from[c], c) }
		{ print }' "$work/all" > "$work/plain"
}

# absent FOLDER KIND WHAT: none of these words is in it.
absent() {
	read_all "$1"
	patterns "$2" > "$work/patterns"
	grep -a -i -o -F -f "$work/patterns" "$work/all" "$work/plain" | sort | uniq -c > "$work/found"
	grep -a -o -F -f "$work/base64" "$work/all" | sort | uniq -c >> "$work/found"
	[ ! -s "$work/found" ] || { fail "$3: words $2… are published:"; cat "$work/found"; }
}

# present FOLDER KIND WHAT: all of these words are.
present() {
	grep -r -h -a -o "${2}[a-z]*" "$1" | sort -u > "$work/there"
	comm -23 "$work/kinds/$2" "$work/there" > "$work/found"
	[ ! -s "$work/found" ] || { fail "$3: words $2… are missing:"; cat "$work/found"; }
}

# quiet WHAT: no finding tells what is hidden, except in the path of a file.
quiet() {
	if cat "$work/stdout" "$work/stderr" | grep -v -e '^  --> ' -e '^[+-] ' | grep -a -i 'kzh'; then
		fail "$1: a finding tells what is hidden"
	fi
}

mkdir "$work/kinds"
fresh "$work/site"
for kind in kzh kzd kze kzx kzr kzo; do
	{ grep -r -h -a -o "${kind}[a-z]*" "$work/site"; find "$work/site" | grep -o "${kind}[a-z]*"; } | sort -u > "$work/kinds/$kind"
	[ -s "$work/kinds/$kind" ] || fail "there are no words $kind…"
done

# Without drafts, before and behind the day on which something expires: into one folder.
must_build "$work/site" "$work/public" 2026-01-15 -v
absent "$work/public" kzh published
absent "$work/public" kzd published
present "$work/public" kze published
present "$work/public" kzo published
present "$work/public" kzr published
mkdir "$work/people"
(cd "$work/public" && find . -type f | grep -i -e speaker -e people -e person | tar -c -f - -T -) | tar -x -f - -C "$work/people"
[ -e "$work/people/speakers/index.html" ] || fail 'there are no pages of people'
absent "$work/people" kzr 'lists of people'
quiet published
grep -q '^Next to appear or expire: 2026-02-01, ' "$work/stdout" || fail "the day on which something expires is not told"
cp -R "$work/public" "$work/before"
find "$work/public" -type f | grep -e '/jinji/1/' -e '/kikan/1/' | xargs rm -f
absent "$work/public" kzx 'pages other than the record'
must_build "$work/site" "$work/public" 2026-02-01 -v
absent "$work/public" kze expired
for gone in annai/kigen koen/4 kigen-alias expired-alias koen/files/4.pdf; do
	[ ! -e "$work/public/$gone" ] || fail "$gone was not removed"
done
grep -q '^Next to appear or expire: 2026-06-01, ' "$work/stdout" || fail "the day on which something appears is not told"

# With drafts, in a folder of its own: each page is marked.
must_build "$work/site" "$work/drafts" 2026-01-15 -D
absent "$work/drafts" kzh 'with drafts'
present "$work/drafts" kzd 'with drafts'
present "$work/drafts" kze 'with drafts'
quiet 'with drafts'
find "$work/drafts" -name '*.html' | while read -r page; do
	grep -q 'class="draft"' "$page" && grep -q '<meta name="robots" content="noindex"' "$page" ||
		grep -q 'http-equiv="refresh"' "$page" || echo "$page"
done > "$work/found"
[ ! -s "$work/found" ] || { fail 'pages are not marked as drafts:'; cat "$work/found"; }
build "$work/site" "$work/public" 2026-02-01 -D && fail 'drafts were written into a published folder'
cp -R "$work/drafts" "$work/mixed"
build "$work/site" "$work/mixed" 2026-01-15
absent "$work/mixed" kzh 'published over drafts'
absent "$work/mixed" kzd 'published over drafts'

# The preview shows what a build with drafts writes, and findings on it, whose places are paths of files.
if command -v node > /dev/null; then
	GIJI=$giji node tests/serve/mirror.mjs "$work/site" "$work/drafts" "$work/preview" 2026-01-15 || fail 'giji serve'
	find "$work/preview" -type f -exec sed -i -e 's/"place":"[^"]*"//g' -e '/^  --> /d' {} +
	absent "$work/preview" kzh 'the preview'
	present "$work/preview" kzd 'the preview'
	[ -s "$work/preview/events" ] || fail 'the preview told of no page'
else
	echo "no node: the preview was not asked"
fi

# What is hidden makes no difference to any byte: with other words in its place, and longer ones, all files are the same.
# It is not in statistics either, then, nor in an index or a checksum.
fresh "$work/other"
find "$work/other" -type f -exec sed -i -e 's/kzh\([a-z]*\)/qjvv\1qjvv/g' -e 's/kzd\([a-z]*\)/qjww\1qjww/g' {} +
find "$work/other" -depth -name '*kz[hd]*' | while read -r path; do
	name=$(basename "$path" | sed -e 's/kzh\([a-z]*\)/qjvv\1qjvv/' -e 's/kzd\([a-z]*\)/qjww\1qjww/')
	mv "$path" "$(dirname "$path")/$name"
done
must_build "$work/other" "$work/public2" 2026-01-15
diff -r "$work/before" "$work/public2" > "$work/found" || { fail 'hidden words make a difference:'; head -20 "$work/found"; }

# Nor does that it is there at all: counts, neighbours, dates of change are the same without it.
fresh "$work/less"
(
	cd "$work/less/content" || exit
	rm -r koen/2.md koen/2.en.md koen/3.md koen/7.md koen/index.en.md koen/without-status.md kzdfolder annai/kzd* annai/yokoku* koen/files/kz*
	sed -i -e 's/<!--[^>]*-->//g' -e 's/\[第２回\](2.md#s1)、\[\[2|\(kzo[a-z]*\)\]\]/第２回、\1/' -e 's/, file: files\/kzh[a-z]*.pdf//' -e 's/, url: [^,]*kzh[a-z]*//' koen/1.md
	sed -i -e 's/\[\[[^|]*|\([^]]*\)\]\]/\1/g' -e 's/<!--.*-->//' -e 's/\[資料\]([^)]*)/資料/' index.md
	sed -i -e 's/<!--.*-->//' koen/index.md
	sed -i -e 's/ # kzh[a-z]*$//' -e '/kzh/d' koen/[15].md
)
must_build "$work/less" "$work/public5" 2026-01-15
diff -r "$work/before" "$work/public5" > "$work/found" || { fail 'what is hidden leaves a trace:'; head -20 "$work/found"; }

# Who said what in an anonymous record makes none: two people of one role change places in its body.
fresh "$work/swapped"
sed -i -e '9,$s/沼田委員/kzs/g' -e '9,$s/青木委員/沼田委員/g' -e '9,$s/kzs/青木委員/g' "$work/swapped/content/tokumei/1.md"
cmp -s "$work/swapped/content/tokumei/1.md" "$work/site/content/tokumei/1.md" && fail 'nobody changed places'
must_build "$work/swapped" "$work/public3" 2026-01-15
diff -r "$work/before" "$work/public3" > "$work/found" || { fail 'who spoke makes a difference:'; head -20 "$work/found"; }

# What members are sent before a record is confirmed holds no more of it than its page.
mkdir "$work/review"
for record in koen/1 koen/2 koen/5 tokumei/1; do
	"$giji" review -C "$work/site" --now 2026-01-15 -o "$work/review/$(dirname "$record").$(basename "$record").html" "$record" \
		> "$work/stdout" 2> "$work/stderr" || { fail "giji review $record"; cat "$work/stderr"; }
	quiet "giji review $record"
done
absent "$work/review" kzh 'giji review'
"$giji" review -C "$work/swapped" --now 2026-01-15 -o "$work/swapped.html" tokumei/1 > "$work/stdout" 2>&1
cmp -s "$work/review/tokumei.1.html" "$work/swapped.html" || fail 'giji review tells who spoke'
"$giji" review -C "$work/site" --now 2026-01-15 --person 沼田委員 -o "$work/person.html" tokumei/1 > "$work/stdout" 2>&1 &&
	fail 'giji review marks who spoke'

# Ledgers keep what is published, and are not published themselves. What is closed later leaves its place, but no words:
# nor does a ledger that was told to forget them.
for site in site swapped; do
	cp -R "$work/$site" "$work/$site-stamped"
	"$giji" stamp -C "$work/$site-stamped" --now 2026-01-15 > "$work/stdout" 2> "$work/stderr" || { fail 'giji stamp'; cat "$work/stderr"; }
	quiet 'giji stamp'
done
mkdir "$work/ledgers"
(cd "$work/site-stamped" && find . -name '*.ledger' -print0 | tar -c -f - --null -T -) | tar -x -f - -C "$work/ledgers"
[ -s "$work/ledgers/content/koen/1.ledger" ] || fail 'there are no ledgers'
absent "$work/ledgers" kzh ledgers
absent "$work/ledgers" kzd ledgers
cmp -s "$work/site-stamped/content/tokumei/1.ledger" "$work/swapped-stamped/content/tokumei/1.ledger" || fail 'a ledger tells who spoke'
sed -i -e 's/^【沼田委員】遊具 kzonumata。$/> [!closed] 理由\n> &\n\n---/' \
	-e 's/^documents:$/corrections: [{date: 2026-01-18, at: s4-1, kind: withdrawn, reason: 理由}, {date: 2026-01-18, at: s4, kind: withdrawn, reason: 理由}]\n&/' \
	"$work/site-stamped/content/koen/1.md"
must_build "$work/site-stamped" "$work/public7" 2026-01-20
grep -r -l kzonumata "$work/public7" && fail 'words that were closed after they were stamped are published'
grep -q 'id="s4-1"' "$work/public7/koen/1/index.html" || fail 'the place of what was closed is gone'
[ -z "$(find "$work/public7" -name '*.ledger')" ] || fail 'a ledger is published'
for anchor in s4-1 s4; do
	"$giji" stamp -C "$work/site-stamped" --now 2026-01-20 --forget "$anchor" koen/1 > "$work/stdout" 2> "$work/stderr" ||
		{ fail "giji stamp --forget $anchor"; cat "$work/stderr"; }
done
grep -q kzonumata "$work/site-stamped/content/koen/1.ledger" && fail 'a ledger remembers what it was to forget'

# What checks the whole site, and what lists it, say no more. A line that is quoted may have its comment with it.
"$giji" check -C "$work/site" --now 2026-01-15 > "$work/stdout" 2> "$work/all" || [ $? -eq 1 ] || fail 'giji check'
grep -v -e 'kzh[a-z]*comment' "$work/all" > "$work/stderr"
quiet 'giji check'
for what in meetings people topics documents decisions actions drafts; do
	"$giji" list "$what" -C "$work/site" --now 2026-01-15 --format json > "$work/stdout" 2> "$work/stderr" || fail "giji list $what"
	quiet "giji list $what"
done

# The same without registers, where hashtags make topics and labels make people.
fresh "$work/bare"
rm "$work/bare/content/people.yml" "$work/bare/content/topics.yml"
must_build "$work/bare" "$work/public4" 2026-01-15
absent "$work/public4" kzh 'without registers'
absent "$work/public4" kzd 'without registers'
quiet 'without registers'

# As other editors save it.
fresh "$work/crlf"
find "$work/crlf" -name '*.md' -exec sed -i -e 's/$/\r/' -e '1s/^/\xef\xbb\xbf/' {} +
must_build "$work/crlf" "$work/public6" 2026-01-15
diff -r "$work/before" "$work/public6" > "$work/found" || { fail 'CRLF and BOM make a difference:'; head -20 "$work/found"; }

# No level of any finding lets anything out.
levels=
sed -nE 's/^[[:space:]]*X\([A-Z_]+, "([a-z-]+)".*/\1/p' src/base/codes.h > "$work/codes"
while read -r code; do
	rm -rf "$work/level"
	if build "$work/site" "$work/level" 2026-01-15 -W "$code=off"; then
		levels="$levels -W $code=off"
		diff -r "$work/before" "$work/level" > "$work/found" || { fail "-W $code=off makes a difference:"; head -20 "$work/found"; }
	fi
	quiet "-W $code=off"
done < "$work/codes"
[ -n "$levels" ] || fail 'no level could be lowered'
rm -rf "$work/level"
# shellcheck disable=SC2086 # words
must_build "$work/site" "$work/level" 2026-01-15 $levels
diff -r "$work/before" "$work/level" > "$work/found" || { fail 'all levels off make a difference:'; head -20 "$work/found"; }
fresh "$work/leak"
# shellcheck disable=SC2086 # words
while IFS= read -r line; do
	[ -n "$line" ] || continue
	rm -rf "$work/level"
	open=${line#ok }
	{ sed -n '/^---$/,/^---$/p' tests/canary/content/koen/4.md | sed '/^expire_on/d'; printf '%b\n' "$open"; } > "$work/leak/content/koen/6.md"
	sed -i -e 's/kze/kzo/' -e '/^aliases/d' "$work/leak/content/koen/6.md"
	if [ "$open" != "$line" ]; then
		build "$work/leak" "$work/level" 2026-01-15 || { fail "this is not published: $open"; cat "$work/stderr"; }
		present "$work/level" kzo "$open"
		continue
	fi
	build "$work/leak" "$work/level" 2026-01-15 $levels && fail "this was published: $line"
	grep -q -e '^error\[closed-' -e '^error\[encoding' "$work/stderr" || { fail "no error about what is closed: $line"; cat "$work/stderr"; }
	quiet "$line"
done < tests/canary-leaks

[ $failed -eq 0 ]
