#!/bin/sh
# Ctrl-C during a build: nothing is published, nothing is left behind, and the exit status says so.
set -u
giji=${GIJI:-build/release/giji}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/site/content/kaigi"
printf 'title: 会議\nbase_url: https://example.org/\nlanguage: ja\n' > "$work/site/site.yml"
printf -- '---\ntitle: 会議\n---\n' > "$work/site/content/kaigi/index.md"
for i in $(seq 1 3000); do
	printf -- '---\ntitle: 第%s回\ndate: 2024-01-01\nstatus: confirmed\nattendees: [岡座長]\n---\n\n【岡座長】始める。\n' "$i" \
		> "$work/site/content/kaigi/$i.md"
done
# The moment in which pages are staged is waited for, not guessed.
GIJI_SHARE=${GIJI_SHARE:-$PWD} "$giji" build -C "$work/site" -o "$work/public" -j1 -W all=off > "$work/said" 2>&1 &
pid=$!
for _ in $(seq 1 2000); do
	[ -d "$work/public/.giji-stage/kaigi" ] && break
	sleep 0.005
done
kill -INT $pid
wait $pid
status=$?
if [ $status -ne 130 ]; then
	cat "$work/said"
	echo "exit status $status, not 130"
	exit 1
fi
grep -q 'Interrupted: nothing was written' "$work/said" || { cat "$work/said"; exit 1; }
left=$(ls -A "$work/public")
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
