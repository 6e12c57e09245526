#!/bin/sh
# The same site gives the same bytes: with any number of threads, in any locale and time zone, from any folder.
set -u
giji=${GIJI:-$PWD/build/release/giji}
[ -x "$giji" ] || { echo "no program at $giji: set GIJI"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
count=0

# compare WORDS: the output in $work/public against the first one.
compare() {
	count=$((count + 1))
	if [ ! -e "$work/first" ]; then
		mv "$work/public" "$work/first"
		return
	fi
	if ! diff -r "$work/first" "$work/public" > "$work/diff"; then
		echo "FAILED: $1 gives other bytes"
		head -c 2000 "$work/diff"
		failed=$((failed + 1))
	fi
	rm -rf "$work/public"
}

# built WORDS COMMAND…: runs a build and compares.
built() {
	words=$1
	shift
	"$@" > "$work/said" 2>&1 || {
		echo "FAILED: $words: status $?"
		head -n 20 "$work/said"
		failed=$((failed + 1))
		return
	}
	compare "$words"
}

# Which locales the machine has; C.UTF-8 always.
locales=$(locale -a 2> /dev/null | grep -iE '^(ja_JP|tr_TR|de_DE)\.utf-?8$')

check() {
	name=$1
	rm -rf "$work/first" "$work/public" "$work/a" "$work/第 2 フォルダ"
	mkdir "$work/a"
	cp -r "$2/site.yml" "$2/content" "$work/a/"
	for extra in templates themes; do
		[ ! -d "$2/$extra" ] || [ "$3" = own ] || cp -r "$2/$extra" "$work/a/"
	done
	set -- --now 2026-01-15 -o "$work/public"
	built "$name, -j1" "$giji" build -C "$work/a" -j 1 "$@"
	built "$name, -j2" "$giji" build -C "$work/a" -j 2 "$@"
	built "$name, -j8" "$giji" build -C "$work/a" -j 8 "$@"
	built "$name, again" "$giji" build -C "$work/a" "$@"
	for locale in C POSIX C.UTF-8 $locales; do
		built "$name, LC_ALL=$locale" env LC_ALL="$locale" "$giji" build -C "$work/a" "$@"
	done
	built "$name, LANGUAGE=ja" env LC_ALL=C.UTF-8 LANGUAGE=ja:tr "$giji" build -C "$work/a" "$@"
	for zone in UTC Asia/Tokyo Pacific/Kiritimati America/Adak Nonsense/Nowhere; do
		built "$name, TZ=$zone" env TZ=$zone "$giji" build -C "$work/a" "$@"
	done
	built "$name, an empty environment" env -i ${GIJI_SHARE:+"GIJI_SHARE=$GIJI_SHARE"} "$giji" build -C "$work/a" "$@"
	built "$name, another umask" sh -c 'umask 077; exec "$@"' - "$giji" build -C "$work/a" "$@"
	mv "$work/a" "$work/第 2 フォルダ"
	built "$name, another folder" "$giji" build -C "$work/第 2 フォルダ" "$@"
	# shellcheck disable=SC2016 # for the inner shell
	built "$name, from inside" sh -c 'cd "$1/content" && shift && exec "$@"' - "$work/第 2 フォルダ" "$giji" build "$@"
	find "$work/第 2 フォルダ" -exec touch -d 2001-02-03 {} +
	built "$name, other times" "$giji" build -C "$work/第 2 フォルダ" "$@"
	# over an output that another build left
	cp -r "$work/first" "$work/public"
	built "$name, over its own output" "$giji" build -C "$work/第 2 フォルダ" "$@"
}

check 'own site' . own
for site in ../shared/sites/*/; do
	[ -e "$site/site.yml" ] || continue
	"$giji" build -q -C "$site" --now 2026-01-15 -o "$work/try" > /dev/null 2>&1 || continue
	check "$site" "$site" other
done
# What is told of a site does not depend on who found it first.
for command in tests/sites/*/command; do
	site=${command%/command}
	[ "$(cat "$command")" = check ] || continue
	for jobs in 1 8; do
		"$giji" check -C "$site" --now 2026-01-15 -j $jobs --format json > "$work/told$jobs" 2> /dev/null
	done
	count=$((count + 1))
	cmp -s "$work/told1" "$work/told8" && continue
	echo "FAILED: $site: -j1 and -j8 tell different things"
	failed=$((failed + 1))
done
[ $failed -eq 0 ] && echo "determinism: $count builds, all alike"
[ $failed -eq 0 ]
