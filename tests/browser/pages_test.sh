#!/bin/sh
# Every kind of page is accessible, fits a phone and keeps within its policy, to axe-core in a browser.
set -eu
GIJI=${GIJI:-$PWD/build/release/giji}
export GIJI
command -v node > /dev/null || { echo "no node"; exit 77; }
command -v "${CHROMIUM:-/usr/bin/chromium}" > /dev/null || { echo "no chromium"; exit 77; }
[ -e tests/browser/node_modules/axe-core ] || (cd tests/browser && npm ci)
node tests/browser/pages.mjs "$@"
