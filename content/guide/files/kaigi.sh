#!/bin/sh
# kaigi.sh: 会議録のサイトを、CI で確かめ、下見を作り、公開する。GitHub Actions と GitLab CI の見本が、これを呼ぶ。
#
#     sh ci/kaigi.sh install    debian:12 に giji を入れる
#     sh ci/kaigi.sh check      確かめる。結果は画面と、kekka.sarif、kekka.xml、kekka.gitlab.json に出る
#     sh ci/kaigi.sh preview    下書きも入れた下見を preview/ に作る
#     sh ci/kaigi.sh publish    public/ に作り、公開中のものから変わったところだけを送る
#
# 次の変数は、CI の設定で決める。
#
#     GIJI_SOURCE, GIJI_VERSION  giji のリポジトリのアドレスと、版（タグ）
#     KAIGI_SITE                 サイトのフォルダ。何もなければ、リポジトリの一番上
#     KAIGI_URL                  公開中のサイトのアドレス（/ で終わる）
#     KAIGI_UPLOAD               送り方：rsync、ftp、s3
#     KAIGI_TARGET               送り先：user@www.example.jp:/srv/kaigi、ftps://www.example.jp/kaigi、s3://kaigi
set -eu
site=${KAIGI_SITE:-.}
baseline=$site/hikae.txt

install() {
	apt-get update -q
	apt-get install -q -y --no-install-recommends ca-certificates curl git
	case ${KAIGI_UPLOAD-} in
	rsync) apt-get install -q -y --no-install-recommends openssh-client rsync ;;
	ftp) apt-get install -q -y --no-install-recommends lftp ;;
	s3) apt-get install -q -y --no-install-recommends awscli ;;
	esac
	git clone -q --depth 1 --branch "$GIJI_VERSION" "$GIJI_SOURCE" /opt/giji
	/opt/giji/run site
	ln -s /opt/giji/build/release/giji /usr/local/bin/giji
}

# 公開中の目録。まだ何も公開していなければ（404）、空のファイル（すべてを送る）。ほかの理由で読めなければ、止まる。
fetch_manifest() {
	: > before.json
	answer=$(curl -sSL --retry 3 -o before.json -w '%{http_code}' "${KAIGI_URL%/}/giji-manifest.json") || answer=000
	case $answer in
	200) ;;
	404) : > before.json ;;
	*)
		echo "公開中の ${KAIGI_URL%/}/giji-manifest.json を読めません（HTTP $answer）。時間をおいて、やり直してください。" >&2
		echo "まだ何も公開していなければ、空の giji-manifest.json をそこに置いてください。" >&2
		exit 1
		;;
	esac
}

# 取り下げ（address-withdrawn）は、知らせるが、止めない。急いで取り下げるときに、公開できなければ困る。
check() {
	set -- -C "$site" --strict -W address-withdrawn=note
	set -- "$@" --report kekka.sarif --report kekka.xml --report gitlab:kekka.gitlab.json
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
	case $KAIGI_UPLOAD in
	rsync)
		# 送り先では、一覧に - と出たものだけを消す。そのフォルダは、こちらにもなければならない。目録は最後に送る。
		sed -n 's|^- \(.*\)/[^/]*$|public/\1|p' changes.txt | xargs -r -d '\n' mkdir -p
		sed 's|^[+-] |./|; /^\.\/giji-manifest\.json$/d' changes.txt > upload.txt
		rsync --checksum --delete-missing-args --files-from=upload.txt public/ "$KAIGI_TARGET/"
		rsync --checksum public/giji-manifest.json "$KAIGI_TARGET/"
		;;
	ftp)
		{
			echo "set cmd:fail-exit yes"
			echo "open \"$KAIGI_TARGET\""
			sed 's|[\\"]|\\&|g; s|^+ \(.*\)/\([^/]*\)$|mkdir -f -p "\1"; put -O "\1" "public/\1/\2"|; s|^+ \([^/]*\)$|put "public/\1"|
				s|^- \(.*\)$|rm -f "\1"|' changes.txt
		} > upload.lftp
		lftp -f upload.lftp
		;;
	s3)
		while read -r sign path; do
			case $sign in
			+) aws s3 cp --only-show-errors "public/$path" "$KAIGI_TARGET/$path" ;;
			-) aws s3 rm --only-show-errors "$KAIGI_TARGET/$path" ;;
			esac
		done < changes.txt
		;;
	*)
		echo "KAIGI_UPLOAD は rsync、ftp、s3 のどれかにします" >&2
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
	echo "使い方: sh $0 install|check|preview|publish" >&2
	exit 2
	;;
esac
