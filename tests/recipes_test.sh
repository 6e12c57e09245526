#!/bin/sh
# The guide's recipes for CI: shell and YAML are sound, and the script checks, previews and publishes a site: by each of
# its three ways what is public is the site, no more and no less.
set -u
unset LANGUAGE GITHUB_ACTIONS GIJI_OUTPUT GIJI_BASE_URL KAIGI_SITE
export LC_ALL=C.UTF-8
files=$PWD/content/guide/files
giji=${GIJI:-$PWD/build/release/giji}
[ -x "$giji" ] || { echo "no program at $giji: set GIJI"; exit 1; }
for need in shellcheck yamllint rsync; do
	command -v $need > /dev/null || { echo "no $need"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
	echo "FAILED: $*"
	failed=$((failed + 1))
}

shellcheck "$files/kaigi.sh" "$files/minutes.sh" || fail 'shellcheck'
# A key `on` is no truth value, and a line of Japanese is long in bytes.
rules='{extends: default, rules: {truthy: {check-keys: false}, line-length: {max: 120}}}'
yamllint -s -d "$rules" "$files"/*.yml || fail 'yamllint'

# The English recipes are the Japanese ones but for names, comments and what is said, so the tests below are theirs, too.
code() {
	sed '1!s/^[[:space:]]*# .*//; s/  # .*//; /^[[:space:]]*#*$/d; /name: [^ps]/d; /expose_as:/d; /cron:/d; /" >&2$/d' "$@"
}
for pair in kaigi.sh:minutes.sh github-actions.yml:github-actions.en.yml gitlab-ci.yml:gitlab-ci.en.yml; do
	code "$files/${pair%:*}" | sed 's/KAIGI_/MINUTES_/g; s/kaigi\.sh/minutes.sh/g; s/example\.jp/example.org/g
		s/kaigi/meetings/g; s/kekka/results/g; s/hikae/accepted/g; s/shitami/preview/g' > "$work/japanese"
	code "$files/${pair#*:}" | diff "$work/japanese" - || fail "${pair#*:} does other things than ${pair%:*}"
done

# What stands in "run: |" is shell, too.
awk '/^ *run: \|$/ { match($0, /^ */); depth = RLENGTH; inside = 1; print "#!/bin/sh"; next }
	inside { match($0, /^ */); if ($0 != "" && RLENGTH <= depth) inside = 0; else print }' \
	"$files/github-actions.yml" > "$work/steps.sh"
[ -s "$work/steps.sh" ] || fail 'no steps found'
shellcheck "$work/steps.sh" || fail 'shellcheck of steps'

# Neither a pull request nor a cache may come to a secret.
grep -q 'pull_request_target\|actions/cache\|^ *cache:' "$files"/*.yml && fail 'a recipe trusts or shares too much'

# A preview must not keep the check from being run.
sed -n '/^check:/,/^publish:/p' "$files/gitlab-ci.yml" | grep -o 'kaigi.sh [a-z]*' > "$work/order"
printf 'kaigi.sh %s\n' install check preview | diff - "$work/order" || fail 'GitLab: the check does not come first'
grep -q '^  after_script:' "$files/gitlab-ci.yml" || fail 'GitLab: no preview after a finding'

# Stand-ins for what uploads: they do to a folder what the real ones do to a server.
mkdir "$work/bin" "$work/site" "$work/site/content" "$work/public"
ln -s "$giji" "$work/bin/giji"
cat > "$work/bin/aws" << 'END'
#!/bin/sh
shift
case $1 in
cp) mkdir -p "$(dirname "$4")" && cp "$3" "$4" ;;
rm) rm "$3" ;;
esac
END
cat > "$work/bin/lftp" << 'END'
#!/bin/sh
# lftp -f FILE: open, mkdir -f -p, put [-O folder], rm -f
sed 's|^set .*||; s|^open "\(.*\)"|target=\1|; s|mkdir -f -p "|mkdir -p "$target/|
	s#put -O "\(\([^"\\]\|\\.\)*\)" "\(\([^"\\]\|\\.\)*\)"#cp "\3" "$target/\1/"#
	s#^put "\(\([^"\\]\|\\.\)*\)"#cp "\1" "$target/"#
	s|^rm -f "|rm -f "$target/|' "$2" | sh -eu
END
cat > "$work/bin/curl" << 'END'
#!/bin/sh
# curl … -o FILE … URL, last: a web server's answer from a folder, or the one in $SERVER_SAYS
for last; do :; done
if [ -n "${SERVER_SAYS-}" ]; then
	echo '<html>busy</html>' > before.json
	printf %s "$SERVER_SAYS"
	[ "$SERVER_SAYS" != 000 ] || exit 7
elif [ -e "${last#file://}" ]; then
	cp "${last#file://}" before.json
	printf 200
else
	echo '<html>no such page</html>' > before.json
	printf 404
fi
END
chmod +x "$work/bin/aws" "$work/bin/lftp" "$work/bin/curl"
PATH=$work/bin:$PATH

write_site() {
	printf 'title: 会議\nbase_url: %s\nlanguage: ja\n' "https://kaigi.example/" > "$work/site/site.yml"
	printf -- '---\ntitle: 案内\n---\n\n%s\n' "$1" > "$work/site/content/about.md"
}

run() {
	(cd "$work" && sh "$files/kaigi.sh" "$1") > "$work/said" 2>&1
}

export KAIGI_SITE=site KAIGI_URL="file://$work/public/" KAIGI_TARGET="$work/public"
for KAIGI_UPLOAD in rsync ftp s3; do
	export KAIGI_UPLOAD
	rm -rf "$work/public" "$work/server"
	mkdir "$work/server"
	echo 'others' > "$work/server/others.html"
	KAIGI_TARGET=$work/server KAIGI_URL=file://$work/server/
	write_site '一'
	printf -- '---\ntitle: 窓口\n---\n\n窓口です。[様式](%%231%%22a.pdf)と[案内図](files/%%231%%22b.pdf)。\n' \
		> "$work/site/content/contact.md"
	mkdir -p "$work/site/content/files"
	touch "$work/site/content/#1\"a.pdf" "$work/site/content/files/#1\"b.pdf" # names that mean something elsewhere
	run publish || { fail "$KAIGI_UPLOAD: first publication"; cat "$work/said"; }
	grep -q others "$work/server/others.html" || fail "$KAIGI_UPLOAD: the files of others are gone"
	diff -r -x others.html "$work/public" "$work/server" || fail "$KAIGI_UPLOAD: the site is not what was built"
	write_site '二'
	rm -r "$work/site/content/contact.md" "$work/site/content/files" "$work/site/content/#1\"a.pdf"
	rm -rf "$work/public" # a new machine, as CI has it
	run publish || { fail "$KAIGI_UPLOAD: second publication"; cat "$work/said"; }
	[ "$(tail -n 1 "$work/changes.txt")" = '+ giji-manifest.json' ] || fail "$KAIGI_UPLOAD: the manifest is not the last"
	grep -q '^- contact/index.html' "$work/said" || fail "$KAIGI_UPLOAD: what is gone is not told"
	[ -z "$(find "$work/server" -name '*.pdf')" ] || fail "$KAIGI_UPLOAD: a document whose name is a sign elsewhere stays"
	[ ! -e "$work/server/contact/index.html" ] || fail "$KAIGI_UPLOAD: what is gone is public"
	grep -q others "$work/server/others.html" || fail "$KAIGI_UPLOAD: the files of others are gone later"
	diff "$work/public/about/index.html" "$work/server/about/index.html" || fail "$KAIGI_UPLOAD: a change is not public"
	diff "$work/public/giji-manifest.json" "$work/server/giji-manifest.json" || fail "$KAIGI_UPLOAD: the manifest is old"
	write_site '[地図](chizu.md)'
	run publish && fail "$KAIGI_UPLOAD: a site with errors is published"
	grep -q '二' "$work/server/about/index.html" || fail "$KAIGI_UPLOAD: a failed build changed what is public"
done

run check && fail 'check passes a broken link'
grep -q 'error\[link-broken\]' "$work/said" || fail 'check does not tell the broken link'
for report in kekka.sarif kekka.xml kekka.gitlab.json; do
	grep -q link-broken "$work/$report" || fail "$report does not have the finding"
done
(export GITHUB_ACTIONS=true; run check)
grep -q '^::error file=site/content/about.md,line=5' "$work/said" || fail 'no annotation for GitHub'
write_site '三'
run check || { fail 'check of a sound site'; cat "$work/said"; }
run preview || { fail 'preview'; cat "$work/said"; }
grep -q '三' "$work/preview/about/index.html" || fail 'no preview'

# What is withdrawn in haste can be published at once: it is told, and stops nothing.
mkdir "$work/site/content/koen"
printf -- '---\ntitle: 公園の会\nrequired: []\n---\n' > "$work/site/content/koen/index.md"
printf -- '---\ntitle: 第１回\ndate: 2025-05-12\nstatus: provisional\n---\n\n> [!decision] 了承\n> 直す。\n' \
	> "$work/site/content/koen/1.md"
run publish || { fail 'publication of a record'; cat "$work/said"; }
sed -i 's/^status: .*/status: draft/' "$work/site/content/koen/1.md"
run check || { fail 'check of a withdrawal'; cat "$work/said"; }
grep -q 'note\[address-withdrawn\].*/koen/1/' "$work/said" || { fail 'a withdrawal is not told'; cat "$work/said"; }
grep -q 'address-lost' "$work/said" && { fail 'a list of what was withdrawn is missed'; cat "$work/said"; }
run publish || { fail 'publication of a withdrawal'; cat "$work/said"; }
for page in koen/1 decisions/2025; do
	[ ! -e "$work/server/$page/index.html" ] || fail "what was withdrawn is public at $page"
done
mv "$work/site/content/koen" "$work/gone"
run check && { fail 'a lost body passes'; cat "$work/said"; }
grep -q 'error\[address-lost\].*/koen/' "$work/said" || { fail 'a loss is not told'; cat "$work/said"; }

# Only where nothing is published yet, all is new: a server that is busy, or not there, is no reason to lose sight of
# what is public. What has no 404 says with an empty manifest that nothing is published.
for SERVER_SAYS in 403 500 503 000; do
	export SERVER_SAYS
	rm -rf "$work/public"
	run publish && fail "publishes though the server says $SERVER_SAYS"
	grep -q "giji-manifest.json.*$SERVER_SAYS" "$work/said" || { fail "$SERVER_SAYS is not told"; cat "$work/said"; }
	[ ! -e "$work/public" ] || fail "builds though the server says $SERVER_SAYS"
	run check && fail "checks though the server says $SERVER_SAYS"
done
unset SERVER_SAYS
rm -rf "$work/server"
mkdir "$work/server"
: > "$work/server/giji-manifest.json"
run check || { fail 'check against an empty manifest'; cat "$work/said"; }
run publish || { fail 'publication upon an empty manifest'; cat "$work/said"; }
diff -r "$work/public" "$work/server" || fail 'upon an empty manifest: the site is not what was built'
run frob && fail 'an unknown step passes'
[ $failed -eq 0 ] && echo 'recipes: all as expected'
exit $failed
