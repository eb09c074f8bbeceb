# SPDX-License-Identifier: MIT
# A front for Meson. Each target installs what it needs of Debian's packages first.
#   make          build/limbeck, optimised
#   make demo     plays the main job on SQLite
#   make check    everything that must hold before a change lands
#   make install  DESTDIR= and prefix= as usual
#   make asan     build-asan/: AddressSanitizer and UBSan
#   make bench    measures against Alembic, dbmate and the sqlite3 shell
prefix ?= /usr/local
DESTDIR ?=

all: build/build.ninja
	@ninja -C build

build/build.ninja:
	@tools/deps.sh build
	@meson setup build --prefix=$(prefix) --buildtype=release -Doptimization=2 \
	    -Dtests=false >/dev/null

demo: all
	@sh examples/demo.sh build/limbeck

check:
	@tools/deps.sh build test
	@python3 tests/run.py

install: all
	@meson configure build -Dprefix=$(prefix)
	@meson install -C build --destdir "$(DESTDIR)"

asan:
	@tools/deps.sh build test
	@test -f build-asan/build.ninja || meson setup build-asan --buildtype=debug -Doptimization=1 \
	    -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
	@ninja -C build-asan

bench: all
	@tools/deps.sh build bench
	@python3 bench/bench.py build/limbeck
	@python3 bench/postgresql.py build/limbeck
	@python3 bench/models.py build/limbeck

clean:
	@rm -rf build build-check build-clang build-asan

.PHONY: all demo check install asan bench clean
