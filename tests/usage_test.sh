#!/bin/sh
# What giji says on the command line, and with which exit status: 0 clean, 1 content, 2 usage or settings, 3 machine.
set -u
unset LANGUAGE GIJI_OUTPUT GIJI_BASE_URL GIJI_JOBS GIJI_DRAFTS GIJI_STRICT GIJI_FORMAT GIJI_LANG SOURCE_DATE_EPOCH
export LC_ALL=C.UTF-8
giji=${GIJI:-$PWD/build/release/giji}
[ -x "$giji" ] || { echo "no program at $giji: set GIJI"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
	echo "FAILED: $*"
	sed 's/^/  | /' "$work/stdout" "$work/stderr"
	failed=$((failed + 1))
}

# expect STATUS ARGUMENT…: runs giji in the site.
expect() {
	wanted=$1
	shift
	(cd "$work/site" && "$giji" "$@") > "$work/stdout" 2> "$work/stderr" < /dev/null
	status=$?
	[ $status -eq "$wanted" ] || fail "giji $*: status $status, not $wanted"
}

says() {
	grep -qF -e "$2" "$work/$1" || fail "$1 does not say: $2"
}

silent() {
	[ ! -s "$work/$1" ] || fail "$1 is not empty"
}

new_site() {
	rm -rf "$work/site" "$work/public"
	mkdir -p "$work/site/content"
	printf 'title: 見本市の会議\nbase_url: https://kaigi.example/a/\nlanguage: ja\n' > "$work/site/site.yml"
	printf -- '---\ntitle: 案内\n---\n\n案内です。\n' > "$work/site/content/about.md"
}

new_site
expect 2
says stderr 'usage: giji COMMAND'
silent stdout
expect 0 help
says stdout 'usage: giji COMMAND'
silent stderr
for help in --help -h 'build --help' 'build -j 2 -h'; do
	# shellcheck disable=SC2086 # words
	expect 0 $help
	says stdout '--drafts'
done
# What a hand or a word processor gets wrong, before any work is done.
expect 2 build −−strict
says stderr 'two hyphens'
expect 2 build -W clsed-leak=error
says stderr 'did you mean closed-leak?'
expect 2 check --report "$work/none/a.json"
says stderr 'there is no such folder'
expect 2 serve -i localhost
GIJI_STRICT=maybe expect 2 build
says stderr 'GIJI_STRICT=maybe'
GIJI_FORMAT=xml expect 2 build
says stderr 'GIJI_FORMAT=xml'
GIJI_STRCT=1 expect 2 build
says stderr 'did you mean GIJI_STRICT?'
GIJI_VERSION=1 GIJI_SOURCE=x GIJI_STRICT=no expect 0 build -q
silent stderr
rm -rf "$work/site/public"
expect 0 --version
says stdout 'giji 0.'
expect 0 help build
says stdout 'usage: giji build [OPTION'
says stdout '--drafts'
expect 0 help help
says stdout '--color'
grep -q -e --drafts "$work/stdout" && fail 'giji help help lists what it does not take'
expect 2 help biuld
says stderr 'did you mean build?'
expect 2 help --drafts
says stderr 'help does not take --drafts; giji help help lists'
expect 2 help -D
says stderr 'help does not take --drafts'
export GIJI_JOBS=many
expect 0 help
unset GIJI_JOBS
expect 2 biuld
says stderr 'there is no command biuld; did you mean build?'
expect 2 zzzzzz
says stderr 'giji help lists them'
expect 2 build --drafs
says stderr 'unknown option: --drafs; did you mean --drafts?'
expect 2 build --zzzzzz
says stderr 'unknown option: --zzzzzz'
expect 2 build -qX
says stderr 'unknown option: -X'
expect 2 build --quiet=3
says stderr 'takes no value: --quiet=3'
expect 2 build --output
says stderr 'needs a value: --output'
expect 2 build -o
says stderr 'needs a value: -o'
for wrong in '-j 0' '-j 257' '-j two' '--now 2026-02-30' '--now yesterday' '--format xml' '--color yes' \
	'-W nonsense=off' '-W link-broken=loud' '-W closed-leak=warning'; do
	# shellcheck disable=SC2086 # words
	expect 2 build $wrong
	says stderr "${wrong#* }"
	[ ! -e "$work/site/public" ] || fail "build $wrong made an output folder"
done
expect 2 build extra
says stderr 'extra'
expect 2 build -C "$work/nowhere"
says stderr 'cannot open the folder'

expect 0 build
says stdout 'removed: 0; warnings: 0'
silent stderr
[ -s "$work/site/public/about/index.html" ] || fail 'there is no public/about/index.html'
expect 0 build -q
silent stdout
expect 0 build --timings
says stderr 'pages rendered'
expect 0 build --format json
says stdout '"findings": []'
silent stderr

# settings
mkdir "$work/empty"
expect 2 build -C "$work/empty"
says stderr 'site.yml'
printf 'titel: x\n' > "$work/empty/site.yml"
expect 2 build -C "$work/empty"
says stderr 'did you mean'

# A preview of no site would wait for ever.
new_site
mv "$work/site/site.yml" "$work/away.yml"
expect 2 serve --quiet
says stderr "giji: there is no site.yml in $work/site"
expect 2 serve -C "$work/empty/.." --lang ja
says stderr "$work/empty/.. に site.yml がありません"
says stderr 'giji init'

# One slip is one error, whatever YAML makes of the lines behind it.
printf 'title：x\nbase_url: https://kaigi.example/\nlanguage: ja\n' > "$work/empty/site.yml"
expect 2 build -C "$work/empty"
[ "$(grep -c '^error' "$work/stderr")" -eq 1 ] || fail 'one full-width colon is not one error'

# check does what build does and writes nothing
new_site
expect 0 check
says stdout 'errors: 0, warnings: 0'
[ ! -e "$work/site/public" ] || fail 'check wrote something'
expect 2 check extra
expect 2 check -C "$work/empty"

# --published: what was published must not be lost
expect 2 check --published "$work/nowhere.json"
says stderr 'there is no giji-manifest.json'
expect 2 check --published "$work/site/site.yml"
says stderr 'not a giji-manifest.json'
expect 0 build -o "$work/public"
expect 0 check --published "$work/public"
expect 0 check --published "$work/public/giji-manifest.json"
mv "$work/site/content/about.md" "$work/site/content/annai.md"
expect 1 check --published "$work/public"
says stderr 'error[address-lost]: 「/about/」'
expect 1 build --published "$work/public" -o "$work/public"
[ -e "$work/public/about/index.html" ] || fail 'a build that loses an address removed it'
sed 's|^title: 案内|&\naliases: /about/|' "$work/site/content/annai.md" > "$work/site/content/annai.new"
mv "$work/site/content/annai.new" "$work/site/content/annai.md"
expect 0 build --published "$work/public" -o "$work/public"
silent stderr
mv "$work/site/content/annai.md" "$work/site/content/about.md"
sed -i '/^aliases/d' "$work/site/content/about.md"
expect 0 build -D -o "$work/drafts"
expect 2 check --published "$work/drafts"
says stderr 'with drafts'
rm -rf "$work/public"

# the options' defaults come from the environment
export GIJI_OUTPUT="$work/public" SOURCE_DATE_EPOCH=1768435200
expect 0 build
[ -s "$work/public/about/index.html" ] || fail 'GIJI_OUTPUT was not heard'
grep -q '"now": "2026-01-15"' "$work/public/giji-manifest.json" || fail 'SOURCE_DATE_EPOCH was not heard'
expect 0 build --now 2026-01-16 -u https://other.example/
grep -q '"now": "2026-01-16", "base_url": "https://other.example/"' "$work/public/giji-manifest.json" ||
	fail '--now or -u was not heard'
SOURCE_DATE_EPOCH=soon
expect 2 build
unset GIJI_OUTPUT SOURCE_DATE_EPOCH

# content: warnings pass unless --strict, -W moves them
printf -- '---\ntitle: 案内\n---\n\n<b>案内</b>です。\n' > "$work/site/content/about.md"
expect 0 build
says stderr 'warning[html-raw]'
expect 1 build --strict
says stdout 'Nothing was written'
expect 1 build -W html-raw=error
says stderr 'error[html-raw]'
expect 0 build -W html-raw=off --strict
silent stderr
expect 0 build -W all=off
silent stderr
expect 0 build --color always
says stderr "$(printf '\033[33mwarning')"
expect 0 build
grep -q "$(printf '\033')" "$work/stderr" && fail 'colour where no terminal is'
printf -- '---\ntitle: 案内\n---\n\n[地図](chizu.md)\n' > "$work/site/content/about.md"
expect 1 build
says stderr 'error[link-broken]'
expect 1 build --format json
says stdout '"code": "link-broken"'
says stdout '"errors": 1'
silent stderr

# what findings mean
expect 0 explain
says stdout 'closed-leak            error    text follows'
expect 0 explain 'error[closed-leak]' html-raw
says stdout '    > [!closed] personal data'
says stdout 'Way out: Write Markdown'
grep -v '^    ' "$work/stdout" | grep -qE '<p>|\*\*|\]\(' && fail 'markup in the terminal'
expect 0 explain limit-exceeded --lang ja
says stdout '限度を超えました'
LC_ALL=ja_JP.UTF-8 "$giji" explain closed-reason > "$work/stdout"
says stdout '直し方　'
expect 0 explain CLOSED-LEAK
says stdout '<!- … ->'
grep -q '\\<' "$work/stdout" && fail 'explain prints signs of Markdown'
expect 2 explain votemismatch
says stderr "did you mean vote-mismatch?"
expect 2 explain closed-laek
says stderr 'did you mean closed-leak?'
expect 2 explain zzzzzzzzzzz
says stderr 'giji explain lists them'
expect 2 explain --lang fr html-raw
says stderr 'takes ja or en'

# findings to files; of a site that lies in a repository, from its root
report=$work/kekka
expect 1 build --report "$report.sarif" --report "$report.xml" --report "gitlab:$report.json" --report "$report.txt" --format github
says stdout '::error file=content/about.md,line=5,col='
grep -q '"uri": "content/about.md"' "$report.sarif" || fail 'no finding in .sarif'
grep -q '<failure type="link-broken"' "$report.xml" || fail 'no finding in .xml'
grep -q '"check_name": "link-broken"' "$report.json" || fail 'no finding in gitlab:'
grep -q '^error\[link-broken\]' "$report.txt" || fail 'no finding in .txt'
mkdir "$work/.git"
expect 1 build --format github
says stdout '::error file=site/content/about.md,'
rmdir "$work/.git"
(cd "$work" && "$giji" build -C site --format github > stdout 2> stderr)
says stdout '::error file=site/content/about.md,'
(cd / && "$giji" build -C "$work/site" --format github > "$work/stdout" 2> "$work/stderr")
says stdout "::error file=${work#/}/site/content/about.md,"
expect 2 build --report kekka
says stderr 'kekka'
expect 2 build --report frob:kekka.frob
expect 2 build --report "$work/nowhere/a.json"
says stderr 'nowhere/a.json: there is no such folder'
mkdir "$work/folder.json"
expect 3 build --report "$work/folder.json"
says stderr 'cannot write this file: Is a directory'
ln -s elsewhere.json "$work/link.json"
expect 1 build --report "$work/link.json"
grep -q '"link-broken"' "$work/elsewhere.json" || fail 'a link was not followed'
expect 1 build -q --report json:/dev/stdout
says stdout '"link-broken"'
echo before > "$work/log"
"$giji" check -C "$work/site" --report json:/dev/stdout >> "$work/log" 2> "$work/stderr"
grep -q '^before$' "$work/log" || fail 'a report to /dev/stdout takes away what stood there'
grep -q '"link-broken"' "$work/log" || fail 'what else is printed takes the place of a report to /dev/stdout'

# an old address that has no file of its own is remembered all the same
printf -- '---\ntitle: 案内\naliases: [/old/a.pdf, /a/old/b.pdf]\n---\n\n案内です。\n' > "$work/site/content/about.md"
expect 0 build -o "$work/aliases"
expect 0 check --published "$work/aliases"
sed -i '/^aliases/d' "$work/site/content/about.md"
expect 1 check --published "$work/aliases"
says stderr 'error[address-lost]: 「/old/a.pdf」'
says stderr 'error[address-lost]: 「/old/b.pdf」'

# what to upload and to remove, where an earlier build is published
printf -- '---\ntitle: 案内\n---\n\n案内です。\n' > "$work/site/content/about.md"
printf -- '---\ntitle: 窓口\n---\n\n窓口です。\n' > "$work/site/content/old.md"
: > "$work/before.json"
expect 0 build -o "$work/since" --since "$work/before.json"
says stdout '+ about/index.html'
tail -n 1 "$work/stdout" | grep -qx '+ giji-manifest.json' || fail 'the manifest is not the last to upload'
[ "$(wc -l < "$work/stdout")" -eq "$(find "$work/since" -type f | wc -l)" ] || fail 'not each file is listed once'
cp "$work/since/giji-manifest.json" "$work/before.json"
expect 0 build -o "$work/since" --since "$work/since"
silent stdout
for path in '../a' '/a' 'a\\n+ b' 'a\\u007f'; do # a server's word for what to remove
	sed "2s|^\"[^\"]*\"|\"$path\"|" "$work/before.json" > "$work/strange.json"
	expect 2 build -o "$work/since" --since "$work/strange.json"
	says stderr 'this is not a giji-manifest.json'
done
printf -- '---\ntitle: 改行\n---\n\n[a](a%%0Ab.pdf)\n' > "$work/site/content/broken.md"
: > "$work/site/content/a
b.pdf"
expect 1 build -o "$work/since"
says stderr 'error[value-invalid]: this address has a line break'
rm "$work/site/content/broken.md" "$work/site/content/a
b.pdf"
rm "$work/site/content/old.md"
printf -- '---\ntitle: 案内\n---\n\n新しい案内です。\n' > "$work/site/content/about.md"
expect 0 build -o "$work/since" --since "$work/before.json" -v
says stdout '+ about/index.html'
says stdout '- old/index.html'
[ "$(tail -n 1 "$work/stdout")" = '+ giji-manifest.json' ] || fail 'the manifest comes before what is removed'
grep -qv '^[+-] ' "$work/stdout" && fail 'something else is on stdout'
grep -q '+ 404.html' "$work/stdout" && grep -q '+ robots.txt' "$work/stdout" && fail 'what is the same is listed'
expect 0 build -o "$work/since" --since "$work/before.json" --format json
says stdout '"gone": ['
says stdout '    "old/index.html"'
printf -- '---\ntitle: 案内\n---\n\n[地図](chizu.md)\n' > "$work/site/content/about.md"
expect 1 build -o "$work/since" --since "$work/before.json" --format json
silent stdout
says stderr 'error[link-broken]'
expect 2 build --since "$work/nowhere.json"
says stderr 'nowhere.json'
echo '{}' > "$work/before.json"
expect 2 build --since "$work/before.json"

# what was there before checking began is accepted
expect 2 build --baseline "$work/hikae"
says stderr 'write-baseline'
expect 0 check --write-baseline "$work/hikae" -q
says stderr 'hikae: 1'
expect 0 build --baseline "$work/hikae"
silent stderr
printf -- '---\ntitle: 案内\n---\n\n前書き。\n\n[地図](chizu.md)\n\n[略図](ryakuzu.md)\n' > "$work/site/content/about.md"
expect 1 build --baseline "$work/hikae"
says stderr 'ryakuzu'
grep -q 'chizu' "$work/stderr" && fail 'what the baseline accepts is told'
echo frob > "$work/hikae"
expect 2 build --baseline "$work/hikae"
says stderr 'no baseline'
printf -- '---\ntitle: 案内\n---\n\n[地図](chizu.md)\n' > "$work/site/content/about.md"

# folders that are not giji's
new_site
mkdir "$work/foreign"
echo 'years of work' > "$work/foreign/thesis.txt"
expect 2 build -o "$work/foreign"
says stderr 'output-refused'
says stderr '--force'
[ "$(ls "$work/foreign")" = thesis.txt ] || fail 'a refused folder was written to'
expect 0 build -o "$work/foreign" --force
expect 2 build -D -o "$work/foreign"
mkdir "$work/site/templates"
for folder in . content content/new templates; do
	expect 2 build -o "$folder" --force
	says stderr 'output-refused'
	says stderr 'sources'
	grep -qF -e --force "$work/stderr" && fail "-o $folder: --force is proposed once more"
done
(cd "$work/site" && find giji-manifest.json content templates 2> /dev/null | LC_ALL=C sort) > "$work/there"
printf '%s\n' content content/about.md content/new templates | diff - "$work/there" || fail 'sources were written to'
rmdir "$work/site/templates" "$work/site/content/new"
expect 0 build -D -o "$work/with-drafts"

# the machine
expect 3 build -o /dev/null
says stderr 'fatal[machine]'
expect 3 build -o "$work/site/site.yml/public"
mkdir -m 555 "$work/locked"
# shellcheck disable=SC2016 # the words are the inner shell's: a folder that root cannot write to, either
read_only='mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && "$@"'
if [ "$(id -u)" -ne 0 ]; then
	for folder in locked locked/new; do
		expect 2 build -o "$work/$folder"
		says stderr "output-refused]: the output folder cannot be written: Permission denied"
		says stderr "$work/$folder"
	done
elif unshare -m sh -c "$read_only" - "$work/locked" true 2> "$work/stderr"; then
	for folder in locked locked/new; do
		(cd "$work/site" && unshare -m sh -c "$read_only" - "$work/locked" "$giji" build -o "$work/$folder") \
			> "$work/stdout" 2> "$work/stderr"
		status=$?
		[ $status -eq 2 ] || fail "build -o $folder, which is read-only: status $status"
		says stderr 'output-refused]: the output folder cannot be written: Read-only file system'
		says stderr "$work/$folder"
	done
fi
if [ -w /dev/full ]; then
	for words in help --version build; do
		(cd "$work/site" && "$giji" "$words") > /dev/full 2> "$work/stderr"
		status=$?
		[ $status -eq 3 ] || fail "giji $words > /dev/full: status $status"
	done
fi
for words in help build; do
	(cd "$work/site" && "$giji" "$words") >&- 2> "$work/stderr" <&-
	status=$?
	[ $status -eq 3 ] || fail "giji $words >&-: status $status"
done
(cd "$work/site" && "$giji" build -q) >&- 2>&- <&-
status=$?
[ $status -eq 0 ] || fail "giji build -q with no streams at all: status $status"

# settings that the machine cannot read are no mistake of use, for whichever command
mkdir "$work/loop"
ln -s site.yml "$work/loop/site.yml"
for words in build check list 'new council' stamp 'review a'; do
	# shellcheck disable=SC2086 # words
	expect 3 $words -C "$work/loop"
	says stderr 'fatal[machine]'
done

# A disk that is full: no file may grow beyond 8 KB (ulimit counts 512 bytes), and a page of this site does.
new_site
expect 0 build
(cd "$work/site/public" && find . -type f ! -name '.*' -exec cksum {} + | sort) > "$work/before"
awk 'BEGIN { for (i = 0; i < 2000; i++) print "長い段落がここに続きます。\n" }' >> "$work/site/content/about.md"
(cd "$work/site" && trap '' XFSZ && ulimit -f 16 && "$giji" build) > "$work/stdout" 2> "$work/stderr"
status=$?
[ $status -eq 3 ] || fail "a full disk: status $status"
says stderr 'fatal[machine]'
(cd "$work/site/public" && find . -type f -exec cksum {} + | sort) > "$work/after"
cmp -s "$work/before" "$work/after" || fail 'a full disk changed what was published'
expect 0 build
grep -q '長い段落' "$work/site/public/about/index.html" || fail 'the build after a full disk did not mend it'

# from inside the site
mkdir "$work/site/content/sub"
(cd "$work/site/content/sub" && "$giji" build -q) || fail 'the site was not found from a folder inside it'
[ ! -e "$work/site/content/sub/public" ] || fail 'the output went to the working directory, not to the site'

[ $failed -eq 0 ] && echo 'usage: all as expected'
[ $failed -eq 0 ]
