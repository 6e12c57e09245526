#!/bin/bash
# The small commands: what a new user meets first, and what a shell and `man` are told.
set -u
unset LANGUAGE GIJI_LANG GIJI_OUTPUT SOURCE_DATE_EPOCH
export LC_ALL=C.UTF-8
giji=$(realpath "${GIJI:-build/release/giji}")
[ -x "$giji" ] || { echo "no program at $giji: set GIJI"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
	echo "FAILED: $*"
	head -20 "$work/out" | cut -c 1-200 | sed 's/^/  | /'
	failed=$((failed + 1))
}

# expect STATUS ARGUMENT…: what giji says stands in $work/out
expect() {
	local wanted=$1 status
	shift
	"$giji" "$@" > "$work/out" 2>&1 < /dev/null
	status=$?
	[ $status -eq "$wanted" ] || fail "giji $*: status $status, not $wanted"
}

says() {
	grep -qF -e "$1" "$work/out" || fail "does not say: $1"
}

# --- completion: bash is asked as it would ask itself ---

# completes WORDS… : the last word is the one at the cursor; the answers on one line
completes() {
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	COMPREPLY=()
	_giji 2> /dev/null
	[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s ' "${COMPREPLY[@]}"
}
expect 0 completion bash
# shellcheck source=/dev/null
. "$work/out" || fail 'bash cannot read its completion'
complete -p giji > /dev/null || fail 'nothing completes giji'
mkdir -p "$work/site/content/kotsu" "$work/site/content/sogo-keikaku"
cd "$work/site" || exit 1
asked() {
	local got wanted=$1
	shift
	got=$(completes "$@")
	[[ " $got" == *" $wanted"* ]] || fail "$* does not complete to $wanted but: $got"
}
asked 'build ' giji bu
asked 'completion ' giji c
asked '--drafts ' giji build --dr
asked 'closed-leak ' giji explain closed-l
asked 'closed-leak= ' giji build -W closed-l
asked 'closed-leak= ' giji build --warn = closed-l
asked 'never ' giji help --color = n
asked 'zsh ' giji completion z
asked 'build ' giji help b
asked 'content ' giji build -C con
[ -z "$(completes giji help --dr)" ] || fail 'help completes what it does not take'
[ -z "$(completes giji build --now 2)" ] || fail 'a date was completed'
cd "$OLDPWD" || exit 1
command -v shellcheck > /dev/null && { shellcheck "$work/out" || fail 'shellcheck finds something in the completion'; }
for shell in zsh fish; do
	expect 0 completion $shell
	says 'closed-leak'
	command -v $shell > /dev/null && { $shell -n "$work/out" || fail "$shell cannot read its completion"; }
	expect 0 completion $shell --lang ja
	sed "s/'\\\\''//g" "$work/out" | tr -cd "'" | wc -c | grep -q '[02468]$' || fail "$shell: a quote is left open"
done
expect 2 completion
expect 2 completion tcsh
says 'bash, zsh or fish'

# --- the manual page ---

for language in en ja; do
	expect 0 help --man --lang $language
	says '.TH GIJI 1'
	says '\-\-write\-baseline'
	if command -v groff > /dev/null; then
		groff -man -ww -K utf8 -T utf8 "$work/out" > "$work/page" 2> "$work/complaints" || fail 'groff fails'
		# Of itself groff breaks no line of Japanese.
		sed -i "/can't break line/d" "$work/complaints"
		[ ! -s "$work/complaints" ] || fail "groff complains: $(head -3 "$work/complaints")"
		grep -q 'SOURCE_DATE_EPOCH' "$work/page" || fail 'the page is not whole'
	fi
done

[ $failed -eq 0 ] && echo 'commands: all as expected'
[ $failed -eq 0 ]
