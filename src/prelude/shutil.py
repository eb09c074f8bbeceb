# SPDX-License-Identifier: MIT
"""What only looks is served; what writes is refused by name."""
import os

from _refused import refusals


class Error(OSError):
    pass


class SameFileError(Error):
    pass


def which(cmd, mode=1, path=None):
    def fits(name):
        return os.path.isfile(name) and os.access(name, mode)

    if os.path.dirname(cmd):
        return cmd if fits(cmd) else None
    for folder in (path or os.environ.get("PATH", "/bin:/usr/bin")).split(":"):
        name = os.path.join(folder, cmd)
        if fits(name):
            return name
    return None


def get_terminal_size(fallback=(80, 24)):
    return os.terminal_size((int(os.environ.get("COLUMNS", 0) or fallback[0]),
                             int(os.environ.get("LINES", 0) or fallback[1])))


_refused = refusals("write files", "shutil")


copy = _refused("copy")
copy2 = _refused("copy2")
copyfile = _refused("copyfile")
copyfileobj = _refused("copyfileobj")
copymode = _refused("copymode")
copystat = _refused("copystat")
copytree = _refused("copytree")
move = _refused("move")
rmtree = _refused("rmtree")
chown = _refused("chown")
make_archive = _refused("make_archive")
unpack_archive = _refused("unpack_archive")
