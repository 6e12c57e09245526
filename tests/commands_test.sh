#!/bin/bash
# The small commands: what a new user meets first, and what a shell and `man` are told.
set -u
unset LANGUAGE GIJI_LANG GIJI_OUTPUT SOURCE_DATE_EPOCH
export LC_ALL=C.UTF-8
giji=$(realpath "${GIJI:-build/release/giji}")
[ -x "$giji" ] || { echo "no program at $giji: set GIJI"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
	echo "FAILED: $*"
	head -20 "$work/out" | cut -c 1-200 | sed 's/^/  | /'
	failed=$((failed + 1))
}

# expect STATUS ARGUMENT…: what giji says stands in $work/out
expect() {
	local wanted=$1 status
	shift
	"$giji" "$@" > "$work/out" 2>&1 < /dev/null
	status=$?
	[ $status -eq "$wanted" ] || fail "giji $*: status $status, not $wanted"
}

says() {
	grep -qF -e "$1" "$work/out" || fail "does not say: $1"
}

# --- a new site has nothing that giji objects to, not even by a note ---
for language in en ja; do
	expect 0 init "$work/new-$language" --lang $language
	expect 0 check -C "$work/new-$language"
	says 'errors: 0, warnings: 0, notes: 0;'
	printf 'dareka: {name: だれか, labels: [だれか], page: false}\n' >> "$work/new-$language/content/people.yml"
	expect 0 check -C "$work/new-$language"
	says '「dareka」'
	says 'errors: 0, warnings: 0, notes: 1;'
done

# --- completion: bash is asked as it would ask itself ---

# completes WORDS… : the last word is the one at the cursor; the answers on one line
completes() {
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	COMPREPLY=()
	_giji 2> /dev/null
	[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s ' "${COMPREPLY[@]}"
}
expect 0 completion bash
# shellcheck source=/dev/null
. "$work/out" || fail 'bash cannot read its completion'
complete -p giji > /dev/null || fail 'nothing completes giji'
mkdir -p "$work/site/content/kotsu" "$work/site/content/sogo-keikaku"
cd "$work/site" || exit 1
asked() {
	local got wanted=$1
	shift
	got=$(completes "$@")
	[[ " $got" == *" $wanted"* ]] || fail "$* does not complete to $wanted but: $got"
}
asked 'build ' giji bu
asked 'completion ' giji c
asked '--drafts ' giji build --dr
asked 'closed-leak ' giji explain closed-l
asked 'closed-leak= ' giji build -W closed-l
asked 'closed-leak= ' giji build --warn = closed-l
asked 'human json github gitlab sarif junit ' giji check --format ''
asked 'sarif ' giji build --format = s
asked 'never ' giji help --color = n
asked 'zsh ' giji completion z
asked 'build ' giji help b
asked 'content ' giji build -C con
[ -z "$(completes giji help --dr)" ] || fail 'help completes what it does not take'
[ -z "$(completes giji build --now 2)" ] || fail 'a date was completed'
cd "$OLDPWD" || exit 1
command -v shellcheck > /dev/null && { shellcheck "$work/out" || fail 'shellcheck finds something in the completion'; }
for shell in zsh fish; do
	expect 0 completion $shell
	says 'closed-leak'
	command -v $shell > /dev/null && { $shell -n "$work/out" || fail "$shell cannot read its completion"; }
	expect 0 completion $shell --lang ja
	sed "s/'\\\\''//g" "$work/out" | tr -cd "'" | wc -c | grep -q '[02468]$' || fail "$shell: a quote is left open"
done
expect 2 completion
expect 2 completion tcsh
says 'bash, zsh or fish'

# --- a new user's first minute ---

for language in en ja; do
	site="$work/new site $language"
	expect 0 init "$site" --lang $language
	says "giji build -C '$site'"
	next=$(sed -n "s/^  giji new \\([a-z]*\\) .*/\\1/p" "$work/out")
	expect 0 build -C "$site" --strict
	says 'warnings: 0'
	[ -s "$site/public/index.html" ] || fail "the new site has no home page"
	grep -q "lang=\"$language\"" "$site/public/index.html" || fail "the new site is not in $language"
	grep -q public "$site/.gitignore" || fail 'version control would take the pages too'
	expect 0 new "$next" -C "$site" --date 2025-06-11
	says "content/$next/2.md"
	expect 0 build -C "$site" --strict
	expect 0 build -C "$site" -D --strict -o "$work/drafts-$language"
	[ -s "$work/drafts-$language/$next/2/index.html" ] || fail 'the next meeting has no page among the drafts'
done
expect 2 init "$work/new site en"
says 'is not empty'
expect 2 init
expect 2 init a b
mkdir -p "$work/versioned/.git"
expect 0 init "$work/versioned" -q
[ ! -s "$work/out" ] || fail 'init -q speaks'
: > "$work/a-file"
expect 3 init "$work/a-file/site"

# --- the next meeting ---

mkdir -p "$work/series/content/kyogi" "$work/series/content/nendo" "$work/series/content/hi" "$work/series/content/kara"
printf 'title: 見本\nbase_url: https://kaigi.example/\nlanguage: ja\n' > "$work/series/site.yml"
for body in kyogi: nendo:year hi: kara:; do
	printf -- '---\ntitle: %s会\nnumbering: %s\n---\n' "${body%%:*}" "${body#*:}" > "$work/series/content/${body%%:*}/index.md"
done
cat > "$work/series/content/kyogi/dai09kai.md" <<- 'END'
	---
	title: 第９回 協議会 議事要旨
	number: 9
	date: 2025-05-14
	time: 午後２時から４時まで
	place: 'Room: 3'
	status: confirmed
	attendees:
	  - group: 委員
	    people: [{label: 岡座長, online: true}, 森委員, {label: 原課長, proxy_for: 沢委員}, {label: 'Lee: chair', short: L}]
	    absent: [沢委員]
	  - {group: 傍聴者, count: 7}
	  - {group: 住民, public: true, people: [市民Ａ]}
	agenda: [{title: 予算, items: [内訳]}, 'はい: いいえ']
	---

	## （１）予算

	【岡座長】 始める。

	## 日程第２ はい: いいえ
END
expect 0 new kyogi -C "$work/series"
says 'content/kyogi/dai10kai.md'
cat > "$work/wanted" <<- 'END'
	---
	title: 第１０回 協議会 議事要旨
	number: 10
	date:  # 2026-06-11; without it no page shows the draft
	time: 14:00-16:00
	place: 'Room: 3'
	status: draft  # scheduled before the meeting, then provisional or confirmed
	attendees:  # as at the last meeting; who was absent goes under absent:
	  - group: 委員
	    people:
	      - 岡座長
	      - 森委員
	      - {label: 'Lee: chair', short: L}
	      - 沢委員
	  - group: 傍聴者
	    count:
	  - group: 住民
	    public: true
	    count:
	agenda:  # that of the last meeting: write the new one, here and in the headings
	  - 予算
	  - 'はい: いいえ'
	---

	## （１）予算

	## 日程第２　はい: いいえ
END
diff "$work/wanted" "$work/series/content/kyogi/dai10kai.md" > "$work/out" || fail 'the next file is another one'
expect 0 build -C "$work/series" -q
says 'dai10kai.md:4'
# A draft without a date has its number all the same, and is not forgotten.
expect 0 new kyogi rinji -C "$work/series"
grep -q '^number: 11$' "$work/series/content/kyogi/rinji.md" || fail 'two drafts have one number'
grep -q '^title: 第１１回 ' "$work/series/content/kyogi/rinji.md" || fail 'two drafts have one title'
expect 0 list drafts -C "$work/series"
says 'kyogi  10      draft'
says 'content/kyogi/rinji.md'
rm "$work/series/content/kyogi/rinji.md"
sed -i 's/^date: .*/date: 2025-06-11/' "$work/series/content/kyogi/dai10kai.md"
expect 0 build -C "$work/series" -D -q -o "$work/series-drafts"
echo mine > "$work/series/content/kyogi/x.md"
expect 2 new kyogi x -C "$work/series"
says 'is there already'
[ "$(cat "$work/series/content/kyogi/x.md")" = mine ] || fail 'new has overwritten a file'
rm "$work/series/content/kyogi/x.md"
for name in ../x '変 な' .x ''; do
	expect 2 new kyogi "$name" -C "$work/series"
	says 'is no name for a file'
done
expect 2 new kyogo -C "$work/series"
says 'did you mean kyogi?'
expect 2 new -C "$work/series"
expect 2 new kyogi --date soon -C "$work/series"
expect 0 new content/kara/ -C "$work/series"
says 'content/kara/1.md'
printf -- '---\ntitle: 令和７年度第５回 審議会\nnumber: 5\ndate: 2026-03-10\nstatus: confirmed\n---\n' > "$work/series/content/nendo/r7-5.md"
sed -i 's/^date: .*/date: 2025-06-11/' "$work/series/content/kara/1.md"
expect 0 new nendo --date 2026-03-20 -C "$work/series"
says 'content/nendo/r7-6.md'
expect 0 new nendo --date 2026-04-20 -C "$work/series"
says 'content/nendo/r8-1.md'
grep -q '^title: 令和８年度第１回 審議会$' "$work/series/content/nendo/r8-1.md" || fail 'the new year has another title'
printf -- '---\ntitle: Meeting of 14 May 2026\ndate: 2026-05-14\nstatus: confirmed\n---\n' > "$work/series/content/hi/2026-05-14.md"
expect 2 new hi -C "$work/series"
says '--date 2026-06-11'
expect 0 new hi --date '11 June 2026' -C "$work/series"
says 'content/hi/2026-06-11.md'
grep -q '^title: Meeting of 11 June 2026$' "$work/series/content/hi/2026-06-11.md" || fail 'a title has the old date'
if [ "$(id -u)" -ne 0 ]; then
	chmod a-w "$work/series/content/hi"
	expect 3 new hi --date 2026-07-11 -C "$work/series"
fi

# --- lists ---

lists() { expect 0 list "$@" -C "$work/new site ja" --lang ja; }
lists
says 'date        body      number  status       title                                   path'
says '2025-05-14  kyogikai  1       provisional  第１回 見本町まちづくり協議会 議事要旨  content/kyogikai/1.md'
lists drafts
says '2025-06-11  kyogikai  2       draft'
lists drafts --format csv
printf 'date,body,number,status,title,path\r\n2025-06-11,kyogikai,2,draft,第２回 見本町まちづくり協議会 議事要旨,content/kyogikai/2.md\r\n' |
	cmp - "$work/out" || fail 'the CSV is another one'
lists people
says 'hayama     葉山 みどり  はやま みどり    1         2'
lists actions kyogikai --format json
says '"due": "2025-06-30", "who": "事務局", "state": "open", "at": "content/kyogikai/1.md#a1"'
printf '\n\n> [!vote] 可決\n> - 議案：歩道の拡幅\n> - 賛成：8人\n' >> "$work/new site ja/content/kyogikai/1.md"
lists decisions --format json
says '"body": "kyogikai", "kind": "decision", "outcome": "了承", "at": "content/kyogikai/1.md#d1"'
says '"body": "kyogikai", "kind": "vote", "outcome": "可決", "at": "content/kyogikai/1.md#v1", "words": "議案：歩道の拡幅 賛成：8人"'
lists decisions --format csv
says '2025-05-14,kyogikai,vote,可決,content/kyogikai/1.md#v1,議案：歩道の拡幅 賛成：8人'
lists decisions
says '2025-05-14  kyogikai  vote      可決     content/kyogikai/1.md#v1  議案：歩道の拡幅 賛成：8人'
lists drafts --format excel
printf '\357\273\277date,' | cmp -n 8 - "$work/out" || fail 'Excel is not told that it is UTF-8'
for kind in meetings people topics documents decisions actions drafts; do
	lists $kind
	lists $kind --format csv
	[ "$(head -c 3 "$work/out" | od -An -tx1 | tr -d ' \n')" != efbbbf ] || fail "list $kind: a byte order mark"
	lists $kind --format json
	! command -v python3 > /dev/null || python3 -c 'import json, sys; sys.exit(not isinstance(json.load(open(sys.argv[1])), list))' "$work/out" ||
		fail "list $kind is no JSON"
	lists $kind -D
done
printf -- '---\ntitle: a "b", c\ndate: 2025-05-14\nstatus: confirmed\n---\n' > "$work/series/content/kara/2.md"
expect 0 list meetings kara --format csv -C "$work/series"
says '"a ""b"", c"'
expect 0 list meetings kara --format json -C "$work/series"
says '"number": null, "status": "confirmed", "title": "a \"b\", c"'
expect 2 list meeting -C "$work/series"
says 'did you mean meetings?'
expect 2 list meetings kora -C "$work/series"
says 'did you mean kara?'
expect 2 list --format xml -C "$work/series"
expect 2 list -C "$work"
says 'site.yml'
export GIJI_FORMAT=github
expect 0 list -C "$work/series"
unset GIJI_FORMAT

# --- the manual page ---

for language in en ja; do
	expect 0 help --man --lang $language
	says '.TH GIJI 1'
	says '\-\-write\-baseline'
	if command -v groff > /dev/null; then
		groff -man -ww -K utf8 -T utf8 "$work/out" > "$work/page" 2> "$work/complaints" || fail 'groff fails'
		# Of itself groff breaks no line of Japanese.
		sed -i "/can't break line/d" "$work/complaints"
		[ ! -s "$work/complaints" ] || fail "groff complains: $(head -3 "$work/complaints")"
		grep -q 'SOURCE_DATE_EPOCH' "$work/page" || fail 'the page is not whole'
	fi
done

[ $failed -eq 0 ] && echo 'commands: all as expected'
[ $failed -eq 0 ]
