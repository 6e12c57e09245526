#!/bin/sh
# giji check --external asks the links to other sites, with restraint, and remembers the answers; nothing else asks
# anything. The other site is a server on this machine.
set -u
unset LANGUAGE CI GIJI_NETWORK GIJI_EXTERNAL http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
export LC_ALL=C.UTF-8 GIJI_WARN=unstamped=off
giji=${GIJI:-$PWD/build/release/giji}
export GIJI_SHARE="${GIJI_SHARE:-$PWD}"
command -v node > /dev/null || { echo 'no node'; exit 77; }
work=$(mktemp -d)
node tests/external/server.mjs "$work" &
server=$!
trap 'kill $server; rm -rf "$work"' EXIT
failed=0

# Waits for what another process is about to write.
await() {
	for _ in $(seq 1 2000); do
		grep -qsF -e "$2" "$1" && return
		sleep 0.01
	done
	echo "$2 never came to $1"
	exit 1
}
await "$work/port" ''
here=http://127.0.0.1:$(cat "$work/port")
other=http://localhost:$(cat "$work/port")

fail() {
	echo "FAILED: $*"
	sed 's/^/  | /' "$work/stdout" "$work/stderr" "$work/requests" "$work/site/.giji-links"
	failed=$((failed + 1))
}

# write_site LINK…: each is a line of a page.
write_site() {
	rm -rf "$work/site"
	mkdir -p "$work/site/content"
	printf 'title: 会議\nbase_url: https://kaigi.example/a/\nlanguage: ja\nlicense: {name: 条件, url: "%s/license"}\n' \
		"$here" > "$work/site/site.yml"
	printf -- '---\ntitle: 案内\n---\n\n' > "$work/site/content/about.md"
	for link; do
		printf -- '- [行き先 %s の案内](%s)\n' "$link" "$link" >> "$work/site/content/about.md"
	done
	: > "$work/requests"
}

# check STATUS OPTION…
check() {
	wanted=$1
	shift
	timeout 120 "$giji" check -C "$work/site" --now 2026-01-15 "$@" > "$work/stdout" 2> "$work/stderr" < /dev/null
	status=$?
	[ $status -eq "$wanted" ] || fail "check $*: status $status, not $wanted"
}

# says CODE WORDS: one finding, at the line of content/about.md that has WORDS first.
says() {
	at=$(grep -nF -e "($2" "$work/site/content/about.md" | head -n 1 | cut -d : -f 1)
	grep -F -A 1 -e "[$1]" "$work/stderr" | grep -A 1 -F -e "$2」" | grep -q "content/about.md:$at:" ||
		fail "no $1 of $2 at line $at"
}

silent() {
	[ ! -s "$work/requests" ] || fail "$*: somebody was asked"
}

asked() {
	[ "$(cut -f 2,3 "$work/requests" | grep -cxF -e "$1	$2")" -eq "$3" ] || fail "not asked $3 times: $1 $2"
}

write_site "$here/good" "$here/good#part" "$here/moved" "$here/moved-on" "$here/for-now" "$here/moved-away" "$here/gone" \
	"$here/withdrawn" "$here/members" "$here/broken" "$here/head-lies" "$here/huge" "$here/slow" "$here/round" \
	"$here/file" "https://127.0.0.1:${here##*:}/" 'http://127.0.0.1:1/' "$other/busy" "$other/busy-2" \
	"$here/語?a=1" 'mailto:a@example.jp' '//localhost:1/' 'https://kaigi.example/a/'
printf '\n<!-- [秘密](%s/secret) -->\n' "$here" >> "$work/site/content/about.md"
printf -- '---\ntitle: 下書き\ndraft: true\n---\n\n[下書き](%s/draft)\n' "$here" > "$work/site/content/draft.md"

"$giji" build -C "$work/site" -o "$work/public" > "$work/stdout" 2>&1 || fail 'build'
check 0
CI=true check 0 --external
grep -q 'not asked: 21' "$work/stderr" || fail 'links that were not asked are not counted'
silent 'build, check, and check in CI'
[ ! -e "$work/site/.giji-links" ] || fail 'something is remembered of what was not asked'

CI=true check 0 --external --network always --pause 0 --timeout 3
for path in gone withdrawn; do says external-broken "$here/$path"; done
says external-broken "$here/moved-away"
says external-broken "https://127.0.0.1:${here##*:}/"
says external-moved "$here/moved"
grep -qF "write $here/good" "$work/stderr" || fail 'the new address is not told'
says external-moved "$here/moved-on"
grep -qF "write $here/for-now" "$work/stderr" || fail 'an address of today is told as the new one'
for path in members broken slow round file; do says external-unknown "$here/$path"; done
says external-unknown http://127.0.0.1:1/
says external-unknown "$other/busy"
grep -q 'not asked: 1' "$work/stderr" || fail 'a server that is busy is asked on'
[ "$(grep -c '\[external-' "$work/stderr")" -eq 15 ] || fail 'findings: not 15'
asked HEAD /good 4
asked GET /gone 2
asked GET /huge 1
asked GET /head-lies 1
asked GET /good 0
asked HEAD /語 0
asked HEAD /%E8%AA%9E 1
asked HEAD /license 1
asked HEAD /busy-2 0
asked HEAD /round 11
await "$work/closed" huge
grep -q 'secret\|draft' "$work/requests" && fail 'what is not public was asked'
grep -qv "	giji/[0-9.]* (link check)	no-cookie\$" "$work/requests" && fail 'a request has another name, or a cookie'
[ "$(wc -l < "$work/site/.giji-links")" -eq 20 ] || fail 'answers remembered: not 20'
find "$work/public" | grep giji-links && fail 'the answers are published'

# On that day nobody is asked again, but for the server that was busy; later all who gave no good answer.
cp "$work/stderr" "$work/first"
: > "$work/requests"
check 0 --external --network never
silent 'check --network never'
grep -v '= help: ' "$work/first" > "$work/a"
grep -v '= help: ' "$work/stderr" | diff "$work/a" - || fail 'what is remembered is told otherwise'
check 0 --external --pause 0
[ "$(cut -f 2,3 "$work/requests")" = "HEAD	/busy-2" ] || fail 'on the same day others are asked again'
: > "$work/requests"
check 0 --external --pause 0 --timeout 1 --now 2026-01-16
asked HEAD /good 0
asked HEAD /gone 2
check 0 --external --network never --now 2026-02-14
grep -q 'not asked: 21' "$work/stderr" || fail 'good answers hold for more than 30 days'

# What the settings say is found there.
write_site "$here/good"
sed -i 's|/license|/gone|' "$work/site/site.yml"
check 0 --external
grep -A 1 external-broken "$work/stderr" | grep -q 'site.yml:4:27' || fail 'no place in site.yml'
check 1 --external --strict
# A pause lies between an answer and the next request to its host.
awk -F '\t' 'NR > 1 && $1 - before < 990 { wrong = 1 } { before = $1 } END { exit wrong || NR != 3 }' "$work/requests" ||
	fail 'no pause of a second between requests'

# A name with so long a part is none, which the machine knows without asking. Where no name at all is found, it is the
# machine that has no network.
long=$(printf 'a%.0s' $(seq 1 64))
write_site "http://$long.example/" "http://b$long.example/"
check 0 --external --pause 0
says external-broken "http://$long.example/"
says external-broken "http://b$long.example/"
sed -i '/^license/d' "$work/site/site.yml"
check 0 --external --pause 0 --now 2026-01-16
grep -q 'external-broken' "$work/stderr" && fail 'without a network links are called broken'
grep -q 'not asked: 2' "$work/stderr" || fail 'without a network links are not counted'

# Ctrl-C ends it, and what was answered stays.
write_site "$here/good" "$here/slow"
"$giji" check -C "$work/site" --external --pause 0 --timeout 300 > "$work/stdout" 2> "$work/stderr" < /dev/null &
pid=$!
await "$work/requests" /slow
kill -TERM $pid
wait $pid
status=$?
[ $status -eq 130 ] || fail "interrupted: status $status, not 130"
grep -qF " 200 $here/good" "$work/site/.giji-links" || fail 'what was answered before Ctrl-C is lost'
[ $failed -eq 0 ] && echo 'external: all as expected'
exit $failed
