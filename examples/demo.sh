#!/bin/sh
# SPDX-License-Identifier: MIT
# Plays the main job in a temporary folder: an Alembic project, a SQLite file, no Python.
#   examples/demo.sh build/limbeck
set -eu
limbeck=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$here/shop" "$folder/shop"
cd "$folder/shop"

play() {
    printf '\n$ limbeck %s\n' "$*"
    "$limbeck" "$@" 2>&1
}
play history
play upgrade head
play current
play downgrade -1
play upgrade 2b7d81e3f052:head --sql
play upgrade head
play revision -m "add phone"
