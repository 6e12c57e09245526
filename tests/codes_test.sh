#!/bin/sh
# Every code of a finding (src/base/codes.h) is what some golden site expects, and is explained by the guide in
# Japanese and English (which `giji explain` prints): its level, an example and the way out.
set -eu
codes=${1:-src/base/codes.h}
sites=${2:-tests/sites}

# No content leads to these: tests with a failing file system or a foreign output folder cover them.
elsewhere=' machine output-refused '

[ -d "$sites" ] || { echo "no $sites/"; exit 77; }
# Compares the level that the page gives each code with that of the table.
page() { # FILE ERROR WARNING NOTE FATAL FIXED WAY-OUT
	awk -v error="$2" -v warning="$3" -v note="$4" -v fatal="$5" -v fixed="$6" -v out="$7" '
		NR == FNR {
			if (!match($0, /^\tX\([A-Z_]+, "[a-z-]+", [A-Z]+, [A-Z]+/)) next
			split(substr($0, RSTART, RLENGTH), word, /[",] */)
			level[word[3]] = word[5] == "ERROR" ? error : word[5] == "WARNING" ? warning : word[5] == "NOTE" ? note : fatal
			if (word[5] == "ERROR" && word[6] == "ERROR") level[word[3]] = level[word[3]] fixed
			next
		}
		/^```/ { fence = !fence }
		!fence && /^### / { code = substr($0, 5); seen[code] = 1; getline; getline; said[code] = $0; next }
		!fence && /^##/ { code = "" }
		/^```text$/ { example[code] = 1 }
		index($0, "**" out "**") == 1 { way[code] = 1 }
		END {
			for (code in level) {
				if (!seen[code]) { print FILENAME ": no section ### " code; wrong = 1; continue }
				if (index(said[code], level[code]) != 1) { print FILENAME ": " code " does not begin with " level[code]; wrong = 1 }
				if (!example[code] || !way[code]) { print FILENAME ": " code " lacks its example or " out; wrong = 1 }
			}
			for (code in seen) if (!(code in level)) { print FILENAME ": there is no code " code; wrong = 1 }
			exit wrong
		}' "$codes" "$1"
}
page content/guide/findings.md '**間違い**' '**注意**' '**参考**' '**中止**' '（変えられない）' '直し方'
page content/guide/findings.en.md '**Error**' '**Warning**' '**Note**' '**Fatal**' ' (cannot be lowered)' 'Way out:'

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
