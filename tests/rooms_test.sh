#!/bin/sh
# Holds src/ to its map, src/rooms.txt: a room includes itself and the rooms above it, a foreign header
# stays in its room and out of what other rooms can see, and each header compiles alone.
set -eu
src=${1:-src}

# All #include lines as "file name", the name with its brackets or quotes.
includes=$(mktemp)
trap 'rm -f "$includes"' EXIT
find "$src" -name '*.[ch]' | LC_ALL=C sort | while read -r file; do
	sed -nE 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*([<"][^>"]*[>"]).*/\1/p' "$file" | sed "s|^|${file#"$src"/} |"
done > "$includes"

wrong=0
awk -v src="$src" '
	function trim(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }
	function room_of(file) { return substr(file, 1, index(file, "/") - 1) }
	function say(words) { print words; wrong = 1 }
	# The entry of the map that restricts a header, or "".
	function entry_for(header, dir) {
		if (header in owners)
			return header
		dir = header
		return sub(/\/[^\/]*$/, "/*", dir) && (dir in owners) ? dir : ""
	}
	# Marks what other rooms see through `file`.
	function expose(file, by, i) {
		if (file in seen_by)
			return
		seen_by[file] = by
		for (i = 1; i <= own_count[file]; i++)
			expose(own[file, i], by)
	}
	BEGIN {
		n = split("assert ctype errno float inttypes libintl limits locale math signal stdalign stdarg " \
			"stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string strings time wchar wctype", word, " ")
		for (i = 1; i <= n; i++)
			common[word[i] ".h"]
	}
	FNR == NR && (/^#/ || /^[ \t]*$/) { next }
	FNR == NR {
		split($0, field, "|")
		room = trim(field[1])
		level[room] = ++levels
		count = split(trim(field[2]), header, /[ \t]+/)
		for (i = 1; i <= count; i++)
			owners[header[i]] = owners[header[i]] " " room " "
		next
	}
	{
		file = $1
		room = room_of(file)
		name = substr($2, 2, length($2) - 2)
		if (!(room in level)) {
			if (!(file in refused))
				say(src "/" file ": no room of src/rooms.txt")
			refused[file]
		} else if ($2 ~ /^"/) {
			if (!(room_of(name) in level) || (getline line < (src "/" name)) < 0)
				say(src "/" file ": \"" name "\" is no file of a room")
			else if (level[room_of(name)] > level[room])
				say(src "/" file ": room " room " may not include \"" name "\", whose room is below it")
			close(src "/" name)
			own[file, ++own_count[file]] = name
			if (room_of(name) != room)
				crossed[name] = file
		} else if ((entry = entry_for(name)) != "") {
			if (index(owners[entry], " " room " ") == 0)
				say(src "/" file ": <" name "> belongs to room" owners[entry])
			if (file ~ /\.h$/)
				foreign[file] = name
		} else if (!(name in common)) {
			say(src "/" file ": <" name "> is in no room of src/rooms.txt")
		}
	}
	END {
		for (file in crossed)
			expose(file, crossed[file])
		for (file in foreign)
			if (file in seen_by)
				say(src "/" file ": shows <" foreign[file] "> to " seen_by[file])
		exit wrong
	}
' "$src/rooms.txt" "$includes" || wrong=1

# Where the foreign headers lie.
flags=$(pkg-config --cflags libcmark-gfm libxml-2.0 icu-uc lua5.4 yaml-0.1 libxxhash nettle libmicrohttpd)
for header in $(find "$src" -name '*.h' | LC_ALL=C sort); do
	# shellcheck disable=SC2086 # flags are words
	${CC:-cc} -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -I"$src" $flags -x c - <<-END || {
		#include "${header#"$src"/}"
		#include "${header#"$src"/}"
		typedef int not_empty;
	END
		echo "$header: does not compile alone, or not twice"
		wrong=1
	}
done
exit $wrong
