#!/bin/sh
# Everything that giji says is said in Japanese too: src/po/ja.po has each message of the source, and no other.
# UPDATE_PO=1 puts new messages into it, empty, and takes out those that are gone.
set -eu
giji=${GIJI:-build/release/giji}
po=src/po/ja.po
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find src -name '*.[ch]' | LC_ALL=C sort > "$work/files"
xgettext --from-code=UTF-8 --language=C -k_ -kN_ --no-location --no-wrap --sort-output -f "$work/files" -o "$work/giji.pot"
if [ -n "${UPDATE_PO:-}" ]; then
	msgmerge --quiet --no-fuzzy-matching --no-location --no-wrap --sort-output "$po" "$work/giji.pot" |
		msgattrib --no-obsolete --no-location --no-wrap --sort-output > "$work/ja.po"
	grep -v '^"\(Report-Msgid\|POT-Creation\)' "$work/ja.po" > "$po"
fi
msgfmt --check-format -o "$work/ja.mo" "$po"
msgcmp "$po" "$work/giji.pot"
msgattrib --only-obsolete "$po" > "$work/gone"
[ ! -s "$work/gone" ] || { echo "$po: messages that the source does not have:"; cat "$work/gone"; exit 1; }

# says WORDS ENVIRONMENT… : what an unknown command is answered with
says() {
	words=$1
	shift
	env -u LANGUAGE -u LC_ALL -u LC_MESSAGES -u LANG -u GIJI_LANG "$@" > "$work/said" 2>&1 < /dev/null || true
	grep -qF -e "$words" "$work/said" || { echo "$*: does not say $words but:"; cat "$work/said"; exit 1; }
}
says 'there is no command frob' "$giji" frob
says 'there is no command frob' LANG=C.UTF-8 "$giji" frob
says 'there is no command frob' LANG=fr_FR.UTF-8 "$giji" frob
says 'frob というコマンドはありません' LANG=ja_JP.UTF-8 "$giji" frob
says 'frob というコマンドはありません' LANG=C.UTF-8 GIJI_LANG=ja "$giji" frob
says 'frob というコマンドはありません' LANG=en_US.UTF-8 LANGUAGE=ja "$giji" frob
says 'unknown option' LANG=ja_JP.UTF-8 "$giji" build --lang en --frob
says '--lang' "$giji" build --lang xx
says '--lang には ja か en' LANG=ja_JP.UTF-8 "$giji" build --lang xx
