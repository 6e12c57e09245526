#!/bin/sh
# Every shell script of the project is what shellcheck calls sound.
command -v shellcheck > /dev/null || { echo "no shellcheck"; exit 77; }
exec shellcheck run .ci/run tests/*.sh tests/browser/*.sh
