#!/bin/sh
# A browser follows what `giji serve` shows.
set -eu
GIJI=${GIJI:-$PWD/build/release/giji}
GIJI_SHARE=${GIJI_SHARE:-$PWD}
export GIJI GIJI_SHARE
command -v node > /dev/null || { echo "no node"; exit 77; }
command -v "${CHROMIUM:-/usr/bin/chromium}" > /dev/null || { echo "no chromium"; exit 77; }
[ -e tests/browser/node_modules/playwright-core ] || (cd tests/browser && npm ci)
node tests/browser/serve.mjs "$@"
