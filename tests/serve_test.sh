#!/bin/sh
# `giji serve` shows what a build would write, after any edit and beside any client. EDITS and SEED say how many edits
# are tried and which.
set -eu
GIJI=${GIJI:-$PWD/build/release/giji}
GIJI_SHARE=${GIJI_SHARE:-$PWD}
export GIJI GIJI_SHARE
command -v node > /dev/null || { echo "no node"; exit 77; }
node tests/serve/http.mjs
node tests/serve/hostile.mjs
# All kinds of edits, and those of somebody who writes, most of which are taken into the site as it is.
node tests/serve/edits.mjs "${EDITS:-60}" "${SEED:-20261115}"
node tests/serve/edits.mjs "${EDITS:-60}" "${SEED:-7}" 'ords|statement|paragraph|lineOut|hashtag|decision|anchor|saveByRename'
