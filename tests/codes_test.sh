#!/bin/sh
# Every code of a finding (src/base/codes.h) is what some golden site expects.
set -eu
codes=${1:-src/base/codes.h}
sites=${2:-tests/sites}

# No content leads to these: tests with a failing file system or a foreign output folder cover them.
elsewhere=' machine output-refused '

[ -d "$sites" ] || { echo "no $sites/"; exit 77; }
sed -nE 's/^[[:space:]]*X\([A-Z_]+, "([a-z-]+)".*/\1/p' "$codes" | {
	read=0
	wrong=0
	while read -r code; do
		read=$((read + 1))
		case $elsewhere in *" $code "*) continue ;; esac
		if ! grep -qsF "[$code]" "$sites"/*/expected.findings; then
			echo "$code: no $sites/*/expected.findings has it"
			wrong=1
		fi
	done
	[ $read -gt 0 ] && exit $wrong
	echo "$codes: no codes found"
	exit 1
}
