#!/bin/sh
# giji stamp: what it freezes, what it refuses, what it forgets; and, where real minutes are at hand, that an address of
# theirs lasts through insertion, correction and removal.
set -eu
unset LANGUAGE
export LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1767225600
giji=$(realpath "${GIJI:-build/release/giji}")
real=$(realpath -m ../shared/sites/ict)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
	echo "$1"
	[ ! -e said ] || cat said
	exit 1
}

# gives STATUS COMMAND… : its exit status; what it says is kept in `said`
gives() {
	want=$1
	shift
	status=0
	"$giji" "$@" > said 2>&1 < /dev/null || status=$?
	[ $status -eq "$want" ] || fail "giji $*: exit status $status, not $want"
}
says() { grep -qF -e "$1" said || fail "not said: $1"; }
holds() { grep -qF -e "$2" "$1" || fail "$1 does not hold: $2"; }
lacks() { ! grep -qF -e "$2" "$1" || fail "$1 holds: $2"; }
edit() { # FILE OLD NEW
	grep -qF -e "$2" "$1" || fail "$1 does not hold: $2"
	awk -v old="$2" -v new="$3" '{ at = index($0, old); if (at) $0 = substr($0, 1, at - 1) new substr($0, at + length(old)); print }' \
		"$1" > edited
	mv edited "$1"
}

mkdir -p site/content/koen
printf 'title: 公園\nbase_url: https://koen.example.jp/\nlanguage: ja\n' > site/site.yml
printf -- '---\ntitle: 公園委員会\nrequired: [date]\n---\n' > site/content/koen/index.md
record() { # FILE STATUS
	cat > "site/content/koen/$1.md" <<X
---
title: 公園委員会 $1
date: 2025-05-1$1
status: $2
attendees: [森委員長, 谷委員]
---

【森委員長】遊具は二十一基ある。<!-- 数は未確認 -->

【谷委員】ぶらんこの鎖は、六月のうちに取り替える。

電話番号は0120-000-000である。

> [!closed] 第７条第２号
> 谷委員の健康について話し合った。
X
}
record 1 confirmed
record 2 provisional
record 3 draft

# --- what is frozen ---
gives 1 stamp --check -C site
says 'content/koen/1.md: new 5'
[ ! -e site/content/koen/1.ledger ] || fail '--check wrote a ledger'
mkdir site/content/koen/.1.ledger.new
gives 3 stamp -C site
says 'fatal[machine]: the ledger cannot be written'
lacks said 'new 5'
rmdir site/content/koen/.1.ledger.new
gives 0 stamp -C site
says 'records stamped: 2; unchanged: 0'
holds site/content/koen/1.ledger 'confirmed	ぶらんこの鎖は、六月のうちに取り替える。'
holds site/content/koen/2.ledger 's2-1	2026-01-01	provisional	'
[ ! -e site/content/koen/3.ledger ] || fail 'a draft was stamped'
lacks site/content/koen/2.ledger ぶらんこ
for word in 未確認 健康 第７条; do lacks site/content/koen/1.ledger "$word"; done
gives 0 stamp -C site --now 2026-02-02
says 'records stamped: 0; unchanged: 2'
gives 0 stamp --check -C site
gives 0 stamp -C site content/ ./koen/ site/content/koen/1.md content/koen/2
gives 2 stamp -C site koen/3
says 'no published record'
(cd site/content/koen && gives 0 stamp 1.md && gives 0 stamp ../koen && gives 0 stamp koen/1) || exit 1
gives 2 stamp -C site --forget s2-2
gives 2 stamp -C site --forget 谷 koen/1

# --- a provisional record may change freely, and keeps its addresses ---
edit site/content/koen/2.md '【谷委員】ぶらんこ' '【森委員長】次に進む。

【谷委員】すべり台とぶらんこ'
gives 0 build -C site -o out -q
holds out/koen/2/index.html 'id="s2-1"><a class="p" href="#s2-1" aria-label="谷委員、1番目の発言へのリンク">#</a><p>すべり台'
lacks out/koen/2/index.html '文言が変わりました'
gives 1 stamp --check -C site
gives 0 stamp -C site -q --now 2026-02-02
gives 0 build -C site -o out -q
holds out/koen/2/index.html '令和8年2月2日に、文言が変わりました。'

# --- a confirmed one does not ---
edit site/content/koen/1.md 六月のうちに 七月のうちに
gives 1 build -C site -o out
says 'error[statement-changed]'
says '六月のうちに取り替える'
gives 1 stamp -C site
says 'Nothing was stamped'
holds site/content/koen/1.ledger 六月
edit site/content/koen/1.md 'attendees:' 'corrections:
  - {date: 2025-06-01, at: s2-1, before: 六月, after: 七月}
attendees:'
gives 0 stamp -C site
says 'content/koen/1.ledger: new 0, changed 1, removed 0, forgotten 0'
holds site/content/koen/1.ledger 'confirmed+1	ぶらんこの鎖は、七月'
lacks site/content/koen/1.ledger 六月
edit site/content/koen/1.md '遊具は二十一基ある。' '遊具は二十一基ある。

一基は使えない。'
gives 1 stamp -C site
says 'error[statement-added]: s1-2 was added'
edit site/content/koen/1.md 'attendees:' '  - {date: 2025-06-02, at: s1-2, kind: addition}
attendees:'
gives 0 stamp -C site -q

# --- a new speech is told as a whole, or by each of its statements ---
edit site/content/koen/1.md '【谷委員】ぶらんこ' '【森委員長】短く願う。

次に移る。

【谷委員】ぶらんこ'
gives 1 stamp -C site
says 'error[statement-added]: s3 was added'
edit site/content/koen/1.md 'attendees:' '  - {date: 2025-06-02, at: s3-1, kind: addition}
attendees:'
gives 1 stamp -C site
says 'error[statement-added]: s3 was added'
edit site/content/koen/1.md '次に移る。' ''
gives 0 stamp -C site -q
holds site/content/koen/1.ledger 's3-1	'

# --- what is withdrawn is not kept ---
gives 1 stamp -C site --forget s2-2 koen/1
says 's2-2 still stands in the record'
edit site/content/koen/1.md '電話番号は0120-000-000である。' ''
gives 1 build -C site -o out
says 'error[statement-removed]: s2-2'
lacks said 0120
edit site/content/koen/1.md 'attendees:' '  - {date: 2025-06-03, at: s2-2}
attendees:'
gives 0 build -C site -o out -q
holds out/koen/1/index.html 'class="s removed" id="s2-2"'
holds out/giji-manifest.json ' s2-2'
gives 0 stamp -C site -q
holds site/content/koen/1.ledger 's2-2	2025-06-03	removed	電話番号'
gives 1 stamp -C site --forget s9-9 koen/1
gives 0 stamp -C site --forget s2-2 koen/1
holds site/content/koen/1.ledger 's2-2	2025-06-03	forgotten'
lacks site/content/koen/1.ledger 電話番号
gives 0 build -C site -o out -q
holds out/koen/1/index.html 'class="s removed" id="s2-2"'

# --- nor is it in a ledger because an older entry named it more closely ---
edit site/content/koen/1.md 七月のうちに 八月のうちに
edit site/content/koen/1.md 'attendees:' '  - {date: 2025-06-04, at: s2-1, reason: 誤記}
attendees:'
gives 0 stamp -C site -q
edit site/content/koen/1.md '【谷委員】ぶらんこの鎖は、八月のうちに取り替える。' ''
edit site/content/koen/1.md 'attendees:' '  - {date: 2025-06-05, at: s2, kind: personal-data}
attendees:'
edit site/content/koen/1.md ', before: 六月, after: 七月' ''
gives 0 stamp -C site -q
holds site/content/koen/1.ledger 's2-1	2025-06-05	forgotten'
lacks site/content/koen/1.ledger 八月
gives 0 build -C site -o out -q

# --- an older version has what was withdrawn since by its old address ---
record 4 confirmed
gives 0 stamp -C site -q
cp site/content/koen/4.md older.md
awk '!/ぶらんこ|電話番号/' older.md > site/content/koen/4.md
edit site/content/koen/4.md 'attendees:' 'corrections:
  - {date: 2025-06-03, at: s2, kind: withdrawn}
attendees:'
gives 0 stamp -C site -q --now 2026-03-01
lacks site/content/koen/4.ledger 電話番号
gives 1 diff older.md site/content/koen/4.md
says 's2-1 谷委員'
says 's2-2 谷委員'
lacks said s3

# --- real minutes ---
[ -d "$real" ] || exit 0
cp -r "$real" ict
md=ict/content/ict-machizukuri/5.md
gives 0 stamp -C ict
edit $md '【清原構成員】' '【村上構成員】一言だけ申し上げたい。

【清原構成員】'
edit $md 検討を大いに歓迎。 検討を大いに期待。
gives 1 build -C ict -o ictout
says 'the words of s4-5 changed'
edit $md 'attendees:' 'corrections:
  - {date: 2014-02-01, at: s4-5, before: 歓迎, after: 期待, reason: 誤記}
attendees:'
gives 0 build -C ict -o ictout
holds ictout/ict-machizukuri/5/index.html 'id="s4-5"><a class="p" href="#s4-5" aria-label="清原構成員、5番目の発言へのリンク">#</a><p>共通ＩＤ利活用'
holds ictout/ict-machizukuri/5/index.html 'id="s12"'
awk '!/^- 秋のレビューでは厳しい評価を受けたものの/' $md > edited && mv edited $md
gives 1 build -C ict -o ictout
says 'error[statement-removed]: s5-1'
edit $md 'attendees:' '  - {date: 2014-03-01, at: s5-1, kind: withdrawn}
attendees:'
gives 0 build -C ict -o ictout
holds ictout/ict-machizukuri/5/index.html 'class="s removed" id="s5-1"'
holds ictout/ict-machizukuri/5/index.html 'id="s5-2"'
