#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs the Debian packages that are missing for what is asked:
#   tools/deps.sh build          compile and run limbeck
#   tools/deps.sh build test     also run the tests
#   tools/deps.sh build bench    also run the benchmark
set -eu

build="gcc libc6-dev make meson ninja-build pkg-config python3-minimal
    libsqlite3-dev libpcre2-dev libjansson-dev libtommath-dev libutf8proc-dev libmd-dev"
test="libcmocka-dev clang libclang-rt-14-dev python3 sqlite3 universal-ctags git strace
    python3-sqlalchemy python3-psycopg2 alembic tzdata openssl
    postgresql postgresql-contrib pgbouncer npm"
bench="alembic sqlite3 strace npm postgresql python3-psycopg2"

wanted=
for group in "$@"; do
    case $group in
    build) wanted="$wanted $build" ;;
    test) wanted="$wanted $test" ;;
    bench) wanted="$wanted $bench" ;;
    *) echo "deps.sh: unknown group '$group': build, test or bench" >&2; exit 2 ;;
    esac
done

missing=
for package in $wanted; do
    # npm may have come with another Node.js than Debian's
    [ "$package" = npm ] && command -v npm >/dev/null && continue
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    echo "deps.sh: these packages are missing; install them as root:$missing" >&2
    exit 1
fi
echo "installing:$missing"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
