#!/bin/sh
# minutes.sh: checks a site of minutes in CI, makes a preview of it and publishes it. The examples for GitHub Actions
# and GitLab CI call it.
#
#     sh ci/minutes.sh install    installs giji on debian:12
#     sh ci/minutes.sh check      checks; prints what it finds, also to results.sarif, results.xml, results.gitlab.json
#     sh ci/minutes.sh preview    makes a preview with drafts in preview/
#     sh ci/minutes.sh publish    makes the site in public/ and sends what changed since what is public
#
# The settings of CI give these variables:
#
#     GIJI_SOURCE, GIJI_VERSION  the address of giji's repository, and the version (a tag)
#     MINUTES_SITE               the site's folder; the top of the repository if there is none
#     MINUTES_URL                the address of the published site (with / at the end)
#     MINUTES_UPLOAD             how to send it: rsync, ftp, s3
#     MINUTES_TARGET             where to: user@www.example.org:/srv/meetings, ftps://www.example.org/meetings, s3://meetings
set -eu
site=${MINUTES_SITE:-.}
baseline=$site/accepted.txt

install() {
	apt-get update -q
	apt-get install -q -y --no-install-recommends ca-certificates curl git
	case ${MINUTES_UPLOAD-} in
	rsync) apt-get install -q -y --no-install-recommends openssh-client rsync ;;
	ftp) apt-get install -q -y --no-install-recommends lftp ;;
	s3) apt-get install -q -y --no-install-recommends awscli ;;
	esac
	git clone -q --depth 1 --branch "$GIJI_VERSION" "$GIJI_SOURCE" /opt/giji
	/opt/giji/run site
	ln -s /opt/giji/build/release/giji /usr/local/bin/giji
}

# The published manifest: an empty file if nothing is published yet (404), so that all is sent. Where it cannot be read
# for another reason, stop.
fetch_manifest() {
	: > before.json
	answer=$(curl -sSL --retry 3 -o before.json -w '%{http_code}' "${MINUTES_URL%/}/giji-manifest.json") || answer=000
	case $answer in
	200) ;;
	404) : > before.json ;;
	*)
		echo "Cannot read the published ${MINUTES_URL%/}/giji-manifest.json (HTTP $answer). Please try again later." >&2
		echo "If nothing is published yet, put an empty giji-manifest.json there." >&2
		exit 1
		;;
	esac
}

# A withdrawal (address-withdrawn) is told and stops nothing: one that is urgent must be published.
check() {
	set -- -C "$site" --strict -W address-withdrawn=note
	set -- "$@" --report results.sarif --report results.xml --report gitlab:results.gitlab.json
	[ ! -e "$baseline" ] || set -- "$@" --baseline "$baseline"
	[ -z "${GITHUB_ACTIONS-}" ] || set -- "$@" --format github
	fetch_manifest
	[ ! -s before.json ] || set -- "$@" --published before.json
	giji check "$@"
}

preview() {
	giji build -C "$site" --drafts --base-url http://localhost:8000/ --output preview
}

send() {
	case $MINUTES_UPLOAD in
	rsync)
		# Only what the list marks with - is removed; its folder must exist here, too. The manifest is sent last.
		sed -n 's|^- \(.*\)/[^/]*$|public/\1|p' changes.txt | xargs -r -d '\n' mkdir -p
		sed 's|^[+-] |./|; /^\.\/giji-manifest\.json$/d' changes.txt > upload.txt
		rsync --checksum --delete-missing-args --files-from=upload.txt public/ "$MINUTES_TARGET/"
		rsync --checksum public/giji-manifest.json "$MINUTES_TARGET/"
		;;
	ftp)
		{
			echo "set cmd:fail-exit yes"
			echo "open \"$MINUTES_TARGET\""
			sed 's|[\\"]|\\&|g; s|^+ \(.*\)/\([^/]*\)$|mkdir -f -p "\1"; put -O "\1" "public/\1/\2"|; s|^+ \([^/]*\)$|put "public/\1"|
				s|^- \(.*\)$|rm -f "\1"|' changes.txt
		} > upload.lftp
		lftp -f upload.lftp
		;;
	s3)
		while read -r sign path; do
			case $sign in
			+) aws s3 cp --only-show-errors "public/$path" "$MINUTES_TARGET/$path" ;;
			-) aws s3 rm --only-show-errors "$MINUTES_TARGET/$path" ;;
			esac
		done < changes.txt
		;;
	*)
		echo "MINUTES_UPLOAD is one of rsync, ftp, s3" >&2
		exit 2
		;;
	esac
}

publish() {
	set -- -C "$site" --strict --output public
	[ ! -e "$baseline" ] || set -- "$@" --baseline "$baseline"
	fetch_manifest
	giji build "$@" --since before.json > changes.txt
	cat changes.txt
	send
}

case ${1-} in
install | check | preview | publish) "$1" ;;
*)
	echo "usage: sh $0 install|check|preview|publish" >&2
	exit 2
	;;
esac
