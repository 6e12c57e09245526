#!/bin/sh
# How long giji takes and how much memory it needs, against `cp -r` of what it wrote.
#
#     tests/bench/run.sh [MEETINGS [ROUNDS]]      2000 meetings, 3 rounds
#
# Builds the release preset unless GIJI names a program. Works below TMPDIR (/tmp), which should be a disk; needs
# about 3 GB there with 2000 meetings. Nothing is deleted before the end: a file system that still clears away an old
# tree measures that, too.
set -eu
cd "$(dirname "$0")/../.."
meetings=${1:-2000}
rounds=${2:-3}
giji=${GIJI:-}
if [ -z "$giji" ]; then
	cmake --preset release > /dev/null && cmake --build build/release > /dev/null
	giji=$PWD/build/release/giji
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for program in make_site measure; do
	cc -std=c17 -D_GNU_SOURCE -O2 -o "$work/$program" "tests/bench/$program.c"
done

bytes() {
	find "$1" -type f -printf '%s\n' | awk '{ n += $1 } END { printf "%d\n", n }'
}

# Bytes of the files below $1 whose names match $2.
bytes_of() {
	find "$1" -type f -name "$2" -printf '%s\n' | awk '{ n += $1 } END { printf "%d\n", n }'
}

# The middle one of the numbers on stdin.
median() {
	sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# build SITE OUTPUT NAME: one build; what it took goes to $work/NAME.took, what it said to $work/said.
build() {
	"$work/measure" "$work/$3.took" "$giji" build -C "$1" -o "$2" > "$work/said" 2>&1 || {
		tail -n 20 "$work/said"
		exit 1
	}
}

# told NAME WORDS: what NAME took, in words.
told() {
	awk -v words="$2" '{ printf "%-34s %7.2f s, %7.2f s of processor time, %4d MB\n", words, $1, $2, $3 / 1024 }' "$work/$1.took"
}

site=$work/site
"$work/make_site" "$site" "$meetings"
in=$(bytes "$site/content")
cat "$site"/content/*/*.md > /dev/null

round=1
while [ "$round" -le "$rounds" ]; do
	out=$work/out$round
	build "$site" "$out" "cold$round"
	"$work/measure" "$work/copy$round.took" cp -r "$out" "$work/copy-$round"
	cat "$work/cold$round.took" "$work/copy$round.took" | awk '{ t[NR] = $1; c[NR] = $2 } END { print t[1] / t[2], c[1] / c[2] }' > "$work/ratio$round.took"
	told "cold$round" "cold build, round $round"
	told "copy$round" "cp -r of its output"
	round=$((round + 1))
done
written=$(bytes "$out")
tail -n 1 "$work/said"
echo "bytes in $in, out $written ($(awk "BEGIN { printf \"%.2f\", $written / $in }") x), of it HTML $(bytes_of "$out" '*.html')"
echo "build / cp -r, median of $rounds: $(cut -d ' ' -f 1 "$work"/ratio*.took | median) of time, $(cut -d ' ' -f 2 "$work"/ratio*.took | median) of processor time"

build "$site" "$out" again
told again "the same build again"
tail -n 1 "$work/said"
echo 'speaker_pages: excerpt' >> "$site/site.yml"
build "$site" "$work/excerpt" excerpt
told excerpt "speaker_pages: excerpt"
written=$(bytes "$work/excerpt")
echo "bytes out $written ($(awk "BEGIN { printf \"%.2f\", $written / $in }") x)"

for n in $((meetings / 2)) $((meetings * 2)); do
	"$work/make_site" "$work/site$n" "$n"
	build "$work/site$n" "$work/out-$n" "size$n"
	told "size$n" "cold build of $n meetings"
done
