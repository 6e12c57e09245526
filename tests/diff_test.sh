#!/bin/sh
# giji diff tells a clerk what changed between two versions of a record, by statement, wherever the files lie.
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

# told STATUS OLD NEW: compares them, and what is said with the lines on standard input.
told() {
	expected=$1
	shift
	cat > wanted
	status=0
	"$giji" diff "$@" > got 2> said || status=$?
	[ $status -eq "$expected" ] || fail "diff $*: status $status, not $expected: $(cat said)"
	diff -u wanted got || fail "diff $*"
}

mkdir -p site/content/koen
cat > old.md << 'END'
---
title: 第１回 公園委員会
date: 2025-05-12
place: 市役所２階
status: confirmed
attendees: [森委員長, 谷委員, 原委員]
---

事務局から説明があった。

## １．遊具の点検

【森委員長】遊具は二十一基ある。点検は年に二回、春と秋に行い、その結果を市の広報とこの委員会で必ず報告することとしている。

【谷委員】大いに期待する。

費用はどうか。

> [!decision] 継続
> 次回も審議する。

## ２．その他

【原委員】次回は六月に開きたい。日程の調整をお願いする。

> [!note] 傍聴者 4人

【森委員長】承知した。
END

# Markup, line breaks and another way to write a date are no change.
sed -e 's/大いに期待する/大いに**期待**する/' -e 's/2025-05-12/令和７年５月12日（月）/' -e 's/、春と秋に/、\n春と秋に/' old.md > new.md
told 0 old.md new.md << 'END'
Both versions say the same.
END

# Words of Japanese are marked by character; what is far from a change is left out.
sed -e 's/期待/歓迎/' -e 's/二十一基/二十三基/' -e 's/市役所２階/市役所３階/' -e 's/傍聴者 4人/傍聴者 5人/' old.md > new.md
told 1 old.md new.md << 'END'
--- old.md
+++ new.md

place: 市役所[-２-]{+３+}階

s1-1 森委員長, line 13: changed
    遊具は二十[-一-]{+三+}基ある。点検は年に二回、春と秋に行い、その結果を…
s2-1 谷委員, line 15: changed
    大いに[-期待-]{+歓迎+}する。

[!note 1]: 傍聴者 [-4-]{+5+}人

changed: 3, added: 0, removed: 0, moved: 0; facts: 1
END

# Added, removed, moved; a remark keeps its own line although its address changes.
awk '/^【谷委員】/ { print "【原委員】新しく加えた発言である。\n" } /^費用は/ { next } { print }' old.md |
	sed 's/継続/了承/' > new.md
told 1 old.md new.md << 'END'
--- old.md
+++ new.md

s2 原委員, line 15: added
s2-1 原委員, line 15: added
    {+新しく加えた発言である。+}
s2-2 谷委員, line 17 of the old version: removed
    [-費用はどうか。-]
d1, line 20: changed
    [-継続-]{+了承+} 次回も審議する。

changed: 1, added: 2, removed: 1, moved: 0; facts: 0
END

# A speech in another place is moved, not removed and added; under another label it is another speaker's.
awk '/^【森委員長】遊具/ { print "【原委員】次回は六月に開きたい。日程の調整をお願いする。\n" } /^【原委員】/ { next } { print }' old.md > new.md
told 1 old.md new.md << 'END'
--- old.md
+++ new.md

s3 → s1 原委員, line 13: moved

changed: 0, added: 0, removed: 0, moved: 1; facts: 0
END
sed 's/^【谷委員】/【原委員】/' old.md > new.md
told 1 old.md new.md << 'END'
--- old.md
+++ new.md

s2 原委員, line 15: changed
    [-谷-]{+原+}委員

changed: 1, added: 0, removed: 0, moved: 0; facts: 0
END
awk '/^費用は/ { print "【原委員】費用はどうか。"; next } { print }' old.md > new.md
told 1 old.md new.md << 'END'
--- old.md
+++ new.md

s3 原委員, line 17: added
s2-2 → s3-1 原委員, line 17: another speaker
    [-谷-]{+原+}委員

changed: 1, added: 1, removed: 0, moved: 0; facts: 0
END

# A site's register tells who speaks; without it these two are one remark and a line of prose.
printf 'title: 会議\nbase_url: https://a.example/\nlanguage: ja\n' > site/site.yml
printf 'oka: {name: 岡, labels: [岡座長]}\n' > site/content/people.yml
printf -- '---\ntitle: 公園\n---\n' > site/content/koen/index.md
printf -- '---\ntitle: 甲\ndate: 2025-05-12\nstatus: confirmed\n---\n\n岡座長：公園は広い。\n' > site/content/koen/1.md
sed 's/広い/狭い/' site/content/koen/1.md > older.md
told 1 older.md site/content/koen/1.md -C site << 'END'
--- older.md
+++ site/content/koen/1.md

s1-1 岡座長, line 7: changed
    公園は[-狭-]{+広+}い。

changed: 1, added: 0, removed: 0, moved: 0; facts: 0
END

# From a pipe, in colour, for programs.
"$giji" diff - new.md < old.md > got && fail 'a pipe is not read'
[ "$(head -n 1 got)" = '--- -' ] || fail 'standard input is not named'
"$giji" diff old.md new.md --color=always > got && fail 'no difference in colour'
grep -q "$(printf '\033\\[31m\\[-谷-\\]\033\\[m')" got || fail 'no colour'
"$giji" diff old.md new.md --format json > got && fail 'no difference in JSON'
grep -qF '{"change": "speaker", "moved": false, "line": 17, "old_anchor": "s2-2", "anchor": "s3-1", "speaker": "原委員", "old_speaker": "谷委員"' got ||
	fail 'JSON'

# What was withheld is neither compared nor shown.
awk '{ print } /^費用は/ { print "\n> [!closed] 個人情報\n> 秘密の一。\n" }' old.md > closed.md
sed 's/秘密の一/秘密の二/' closed.md > new.md
told 0 closed.md new.md << 'END'
What stands in closed parts was not compared.
Both versions say the same.
END
sed 's/^status:/closed: 審議の内容\nstatus:/' old.md > closed.md
sed 's/二十一基/二十二基/' closed.md > new.md
told 0 closed.md new.md << 'END'
Of a record that is not public as a whole, only the facts were compared.
Both versions say the same.
END

# Trouble is 2, as diff has it.
: > empty.md
for bad in 'old.md' 'old.md none.md' 'old.md empty.md' '- -' 'old.md .' 'old.md new.md old.md'; do
	status=0
	# shellcheck disable=SC2086 # words of their own
	"$giji" diff $bad > got 2> said < /dev/null || status=$?
	[ $status -eq 2 ] || fail "diff $bad: status $status"
	[ -s said ] || fail "diff $bad says nothing"
	[ ! -s got ] || fail "diff $bad compares"
done

# Nothing of a file moves the cursor of a terminal or turns its writing.
printf -- '---\ntitle: 甲\342\200\256乙\ndate: 2025-05-12\nstatus: confirmed\n---\n\n話\342\200\256。\n' > loud.md
sed 's/話/語/; s/乙/丙/' loud.md > new.md
"$giji" diff loud.md new.md > got && fail 'loud.md'
! grep -q "$(printf '\342\200\256')" got || fail 'the direction of writing is turned'

# A stamped record is compared with its ledger, by the addresses that the page has; two versions have these too.
cp old.md site/content/koen/2.md
"$giji" stamp -C site --now 2025-06-01 koen/2 > said 2>&1 || fail "stamp: $(cat said)"
cp site/content/koen/2.md stamped.md
told 0 site/content/koen/2.md -C site << 'END'
A ledger holds no facts: date, place, attendees and the like were not compared.
Both versions say the same.
END
awk '/^【谷委員】/ { print "【原委員】新しく加えた発言である。\n" } /^費用は/ { next } { print }' stamped.md |
	sed 's/二十一基/二十三基/' > site/content/koen/2.md
told 1 site/content/koen/2.md -C site << 'END'
--- content/koen/2.ledger
+++ site/content/koen/2.md

s1-1 森委員長, line 13: changed
    遊具は二十[-一-]{+三+}基ある。点検は年に二回、春と秋に行い、その結果を…
s5 原委員, line 15: added
s5-1 原委員, line 15: added
    {+新しく加えた発言である。+}
s2-2 谷委員, line 8 of the old version: removed
    [-費用はどうか。-]

A ledger holds no facts: date, place, attendees and the like were not compared.
changed: 1, added: 2, removed: 1, moved: 0; facts: 0
END
told 1 stamped.md site/content/koen/2.md -C site << 'END'
--- stamped.md
+++ site/content/koen/2.md

s1-1 森委員長, line 13: changed
    遊具は二十[-一-]{+三+}基ある。点検は年に二回、春と秋に行い、その結果を…
s5 原委員, line 15: added
s5-1 原委員, line 15: added
    {+新しく加えた発言である。+}
s2-2 谷委員, line 17 of the old version: removed
    [-費用はどうか。-]

changed: 1, added: 2, removed: 1, moved: 0; facts: 0
END

"$giji" diff site/content/koen/1.md -C site > got 2> said && fail 'a record without a ledger is compared'
grep -q 'giji stamp' said || fail 'stamping is not named'
