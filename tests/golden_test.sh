#!/bin/sh
# Whole sites: each folder of tests/sites/ is one case, its name the test's name.
#
#     <case>/content/, site.yml, …  the site that is built, with --now 2026-01-15
#     <case>/command                the command, if it is not build
#     <case>/args                   more arguments, one a line
#     <case>/expected.findings      what the build says on stderr
#     <case>/expected.stdout        what it says on stdout; without this file not looked at
#     <case>/expected.status        its exit status; 0 without this file
#     <case>/expected/              pages and other files that must come out just so; others are not looked at
#
# UPDATE_GOLDEN=1 rewrites what is expected and prints the difference: read it before you commit it. A new file of
# expected/, or expected.stdout, is asked for by an empty one. Arguments are names of cases; without any, all run.
set -u
unset LANGUAGE
export LC_ALL=C.UTF-8 TZ=UTC
# Few of these records are stamped, and few cases are about that: their args ask for -W unstamped=warning.
export GIJI_WARN=unstamped=off
giji=${GIJI:-build/release/giji}
update=${UPDATE_GOLDEN:-}
[ -x "$giji" ] || { echo "no program at $giji: set GIJI"; exit 1; }
[ -d tests/sites ] || { echo "no tests/sites/"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# Compares file $1 (expected) with file $2 (what came); both may be absent, which is the same as empty.
same() {
	expected=$1
	[ -e "$expected" ] || expected=/dev/null
	got=$2
	[ -e "$got" ] || got=/dev/null
	diff -u --label "$1" --label "$1 (now)" "$expected" "$got" && return
	if [ -z "$update" ]; then
		bad=1
	elif [ -s "$2" ]; then
		cp "$2" "$1"
	else
		rm -f "$1"
	fi
}

check() {
	site=tests/sites/$1
	bad=0
	rm -rf "${work:?}"/* && mkdir "$work/public"
	set -- -C "$site" --now 2026-01-15
	if [ -e "$site/command" ]; then
		set -- "$(cat "$site/command")" "$@"
	else
		set -- build "$@" -o "$work/public"
	fi
	if [ -e "$site/args" ]; then
		while read -r argument; do
			set -- "$@" "$argument"
		done < "$site/args"
	fi
	timeout 60 "$giji" "$@" > "$work/stdout" 2> "$work/stderr" < /dev/null
	status=$?
	# Lines of finished pages move with each change of a template.
	sed "s|$work|TMP|g; s|line [0-9]* of its HTML|line … of its HTML|" "$work/stderr" > "$work/findings"
	[ $status -eq 0 ] || echo $status > "$work/status"
	same "$site/expected.findings" "$work/findings"
	same "$site/expected.status" "$work/status"
	[ ! -e "$site/expected.stdout" ] || same "$site/expected.stdout" "$work/stdout"
	if [ -d "$site/expected" ]; then
		find "$site/expected" -type f | LC_ALL=C sort > "$work/list"
		while read -r file; do
			same "$file" "$work/public/${file#"$site"/expected/}"
		done < "$work/list"
	fi
	# The promise of every failed build: nothing of it is shown.
	if [ $status -ne 0 ] && [ -n "$(find "$work/public" -mindepth 1)" ]; then
		echo "$site: failed, but left in its output:"
		find "$work/public" -mindepth 1 | sed "s|^$work/public/|  |"
		bad=1
	fi
	[ $bad -eq 0 ] && return
	echo "FAILED $site"
	failed=$((failed + 1))
}

cases=0
if [ $# -eq 0 ]; then
	for folder in tests/sites/*/; do
		[ -d "$folder" ] || continue
		cases=$((cases + 1))
		check "$(basename "$folder")"
	done
else
	for name; do
		cases=$((cases + 1))
		check "$name"
	done
fi
echo "$cases golden sites, $failed failed"
[ $failed -eq 0 ]
