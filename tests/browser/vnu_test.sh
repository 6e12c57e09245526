#!/bin/sh
# Every page of this project's site, and of two larger ones beside the project where they are there, is valid to the
# Nu Html Checker.
set -eu
giji=${GIJI:-$PWD/build/release/giji}
command -v java > /dev/null || { echo "no java"; exit 77; }
[ -e tests/browser/node_modules/vnu-jar ] || (cd tests/browser && npm ci)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0

# Builds the site in folder $1 with the other arguments, and checks its pages.
check() {
	site=$1
	shift
	if ! [ -d "$site" ]; then
		echo "$site: not there, skipped"
		return
	fi
	rm -rf "$work/public"
	if ! "$giji" build -C "$site" -o "$work/public" --now 2026-01-15 "$@" > "$work/said" 2>&1; then
		tail -n 40 "$work/said"
		echo "$site: does not build"
		wrong=1
	elif java -jar tests/browser/node_modules/vnu-jar/build/dist/vnu.jar \
		--errors-only --skip-non-html "$work/public" > "$work/said" 2>&1; then
		echo "$site: $(find "$work/public" -name '*.html' | wc -l) valid pages"
	else
		head -n 40 "$work/said"
		echo "$site: $(wc -l < "$work/said") errors"
		wrong=1
	fi
}

check .
check ../shared/sites/ict
check ../shared/sites/rust-council -W speaker-undeclared=warning
exit $wrong
