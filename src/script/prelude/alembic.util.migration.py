# SPDX-License-Identifier: MIT
"""What on_version_apply gets of a step."""


class MigrationInfo:
    def __init__(self, from_ids, to_ids, is_upgrade, is_stamp):
        self.is_upgrade = is_upgrade
        self.is_stamp = is_stamp
        self._from = list(from_ids)
        self._to = list(to_ids)

    @property
    def up_revision_ids(self):
        return tuple(self._to if self.is_upgrade else self._from)

    @property
    def up_revision_id(self):
        ids = self.up_revision_ids
        return ids[0] if ids else None

    @property
    def down_revision_ids(self):
        return tuple(self._from if self.is_upgrade else self._to)

    @property
    def is_downgrade(self):
        return not self.is_upgrade

    @property
    def is_migration(self):
        return not self.is_stamp

    @property
    def source_revision_ids(self):
        return tuple(self._from)

    @property
    def destination_revision_ids(self):
        return tuple(self._to)
