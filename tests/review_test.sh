#!/bin/sh
# giji review makes one file of a record, draft or not, to circulate before it is confirmed.
set -eu
unset LANGUAGE
export LC_ALL=C.UTF-8 TZ=UTC
giji=$(realpath "${GIJI:-build/release/giji}")
GIJI_SHARE=$PWD
export GIJI_SHARE
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
	echo "$*"
	exit 1
}

# expect STATUS ARGUMENT…: what is said is left in `said`
expect() {
	expected=$1
	shift
	status=0
	"$giji" review --now 2026-01-15 "$@" > said 2>&1 < /dev/null || status=$?
	[ $status -eq "$expected" ] || fail "review $*: status $status, not $expected: $(cat said)"
}

has() {
	grep -qF -e "$2" "$1" || fail "$1 lacks $2"
}

lacks() {
	! grep -qF -e "$2" "$1" || fail "$1 holds $2"
}

mkdir -p content/koen/files
cat > site.yml << 'END'
title: 公園の会議
base_url: https://koen.example.jp/kaigi/
language: ja
languages: [ja, en]
END
cat > content/people.yml << 'END'
mori: {name: 森, labels: [森委員長]}
tani: {name: 谷, labels: [谷委員, Mr Tani]}
hara: {name: 原, labels: [原委員]}
END
printf -- '---\ntitle: 公園委員会\nrequired: [date]\n---\n' > content/koen/index.md
printf 'PNG' > content/koen/files/zu.png
cat > content/koen/1.md << 'END'
---
title: 第１回 公園委員会
date: 2025-05-12
time: 10:00-11:30
status: draft
summary: 遊具を直すことにした。
attendees:
  - 森委員長
  - {label: 谷委員, organization: 公園の会, proxy_for: 沢委員, online: true, arrived: "10:30"}
  - {label: 原委員, absent: true}
documents: [{label: 資料１, title: 点検の結果}, {label: 資料２, title: 名簿, closed: 個人情報}]
---

## １．遊具の点検

【森委員長】遊具は資料１のとおりである。<!-- 秘密の注 -->

![図](files/zu.png)

【谷委員】直すべきだ。[前の記録](2.md)と[外](https://soto.example/)を見よ。

> [!closed] 個人情報（第７条第２号）
> 秘密の話。

【谷委員】以上である。

> [!vote] 可決
> - 議案：遊具の更新
> - 方法：起立
> - 賛成：1人（谷委員）
> - 反対：
>   - 森委員長
>
> 附帯決議も同じ。
END
printf -- '---\ntitle: First meeting\ndate: 2025-05-12\nstatus: draft\nattendees: [Mr Tani]\n---\n\n**Mr Tani:** That is all.\n' > content/koen/1.en.md
printf -- '---\ntitle: 二\ndate: 2025-06-12\nstatus: confirmed\n---\n\n話。\n' > content/koen/2.md
printf -- '---\ntitle: 三\ndate: 2025-07-12\nstatus: draft\n---\n\n【だれか】[[ない]]\n' > content/koen/3.md

# A draft becomes one file here; what is wrong with another record does not matter.
expect 0 content/koen/1.md
has said '1-review.html: speeches: 3'
file=1-review.html
has $file '<title>案 第１回 公園委員会 令和7年5月12日</title>'
has $file '<p class="stamp">案</p>'
has $file '<span class="no">s2-1</span>'
has $file '原委員 <small>（欠席）</small>'
has $file '谷委員 <small>公園の会</small> <small>（沢委員の代理）</small> <small>（オンライン）</small> <small>（10:30から）</small>'
has $file '<p>遊具を直すことにした。</p>'
has $file '資料２　名簿 非公開：個人情報'
# Who voted how is what they are asked to confirm.
has $file '<b>採決</b> <span class="no">v1</span> 可決'
for words in '<th scope="row">議案</th>' '<div>遊具の更新</div>' '<div>起立</div>' '<th scope="row">賛成</th>' '>谷委員</a>）' \
	'<th scope="row">反対</th>' '>森委員長</a>'; do
	has $file "$words"
done
has $file '附帯決議も同じ。'
lacks $file 秘密
has $file '個人情報（第７条第２号）'
lacks $file 'class="mine"'

# It needs nothing from elsewhere, and leads where its reader can follow.
has $file 'src="data:image/png;base64,UE5H"'
has $file 'href="#doc1"'
has $file 'href="https://koen.example.jp/kaigi/koen/2/"'
has $file 'href="https://soto.example/"'
[ "$(grep -c ' src="' $file)" -eq 1 ] || fail 'more than one image'
lacks $file '<link'
lacks $file '<script'
lacks $file '@import'
lacks $file 'url('
! command -v xmllint > /dev/null || xmllint --noout $file || fail 'it is not well-formed'

# By other names, from another folder, in another language, to standard output.
expect 0 koen/1 -o -
cmp -s $file said || fail 'koen/1 is another file'
mkdir -p elsewhere/deep
(cd elsewhere/deep && expect 0 ../../content/koen/1.en.md -C ../..)
has elsewhere/deep/1.en-review.html '<html lang="en">'
has elsewhere/deep/1.en-review.html 'Draft for review: First meeting'

# A member's own remarks, by label and by id; one who said nothing has a file all the same.
expect 0 koen/1 --person 谷委員
has said '1-review-谷委員.html: speeches: 3, marked for 谷委員: 2'
[ "$(grep -c 'class="mine"' 1-review-谷委員.html)" -eq 2 ] || fail 'two speeches are to be marked'
expect 0 koen/1 --person tani
cmp -s 1-review-tani.html 1-review-谷委員.html || fail 'the id marks others than the label'
expect 0 koen/1 --person 原委員
has said 'marked for 原委員: 0'
expect 2 koen/1 --person 谷委圓
has said 'did you mean 谷委員?'
expect 2 koen/1 --person だれでもない

# A variable for builds is not meant for this; a file that cannot be written is the machine's fault.
GIJI_OUTPUT=public expect 0 koen/1
[ ! -e public ] || fail 'GIJI_OUTPUT was taken for the file'
expect 3 koen/1 -o none/1.html
has said 'none/1.html cannot be written'

# A confirmed record is no draft; where words were withdrawn, it says so.
printf -- '---\ntitle: 五\ndate: 2025-09-12\nstatus: confirmed\nattendees: [谷委員]\n---\n\n【谷委員】直す。\n\nすぐに直す。\n\n前の話。\n' > content/koen/5.md
mv content/koen/3.md aside
"$giji" stamp -q --now 2026-01-01 koen/5
cat > content/koen/5.md << 'END'
---
title: 五
date: 2025-09-12
status: confirmed
attendees: [谷委員]
corrections:
  - {date: 2026-01-05, at: s1-2, kind: withdrawn, reason: 言い間違い}
---

【谷委員】直す。

前の話。
END
"$giji" stamp -q --now 2026-01-05 koen/5
mv aside content/koen/3.md
expect 0 koen/5
has 5-review.html 'id="s1-2"'
has 5-review.html 'ここにあった記載は、'
has 5-review.html '（理由：言い間違い）'
has 5-review.html 'この文書は、確定した会議録の写しです'
lacks 5-review.html 案
rm content/koen/5.*

# Mistakes.
expect 2
expect 2 koen/9
has said 'did you mean koen/1?'
expect 1 koen/3
has said 'link-broken'
[ ! -e 3-review.html ] || fail 'a record with errors was written'
# Its errors count also where other records have more findings than are kept.
mkdir content/aki
printf -- '---\ntitle: 秋の会\nrequired: [date]\n---\n' > content/aki/index.md
printf -- '---\ntitle: 一\ndate: 2025-05-12\nstatus: confirmed\n---\n' > content/aki/1.md
i=0
while [ $i -lt 1100 ]; do
	printf '\n<b>話</b>\n'
	i=$((i + 1))
done >> content/aki/1.md
expect 1 koen/3
has said 'link-broken'
lacks said 'aki'
[ ! -e 3-review.html ] || fail 'a record with errors was written'
rm -r content/aki
sed 's/^status:/anonymous: true\nstatus:/; s/森委員長,/{label: 森委員長},/' content/koen/2.md > content/koen/4.md
expect 2 koen/4 --person tani
has said 'anonymous'

# A city's own template is used.
mkdir templates
printf '<!DOCTYPE html>\n<html lang="ja"><head><title>x</title></head><body><p>%s</p></body></html>\n' \
	'わが市の案' > templates/review.html
expect 0 koen/1 -o own.html
has own.html 'わが市の案'
