# SPDX-License-Identifier: MIT
# No packages are installed where Limbeck runs: each is unknown, but those that Limbeck is.


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return 'No package metadata was found for ' + self.name

    @property
    def name(self):
        return self.args[0]


def version(distribution_name):
    name = distribution_name.lower()
    if name in ('sqlalchemy', 'alembic'):
        return __import__(name).__version__
    raise PackageNotFoundError(distribution_name)


def distribution(distribution_name):
    raise PackageNotFoundError(distribution_name)


def metadata(distribution_name):
    raise PackageNotFoundError(distribution_name)


def requires(distribution_name):
    raise PackageNotFoundError(distribution_name)


def files(distribution_name):
    raise PackageNotFoundError(distribution_name)


def distributions(**kwargs):
    return iter(())


class _EntryPoints(tuple):
    def select(self, **params):
        return self

    def get(self, name, default=()):
        return default

    @property
    def names(self):
        return set()

    groups = names


def entry_points(**params):
    return _EntryPoints()


def packages_distributions():
    return {}
