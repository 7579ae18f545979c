"""Where Python looks for modules: not in the folder that the program happens to be started in.

That may be a folder of downloads with a `json.py` in it. This is loaded before anything else, so it needs only what
Python has loaded already.
"""

import os
from collections.abc import Iterable

_OF_PYTHON = ("site-packages", "dist-packages", "lib-dynload")


def trusted_path(entries: Iterable[str]) -> list[str]:
    """Return the entries of a search path without the current folder, by whatever name it stands there.

    It stays where it is the program's own folder, or one of Python's.
    """
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return [
        entry if os.path.isabs(entry) else own
        for entry in entries
        if _is_same(entry or os.curdir, own) or (os.path.isabs(entry) and not _is_foreign(entry))
    ]


def _is_foreign(folder: str) -> bool:
    """Return whether a folder is the current one, and none of Python's."""
    known = os.path.basename(folder) in _OF_PYTHON or _is_same(folder, os.path.dirname(os.__file__))
    return _is_same(folder, os.curdir) and not known


def _is_same(folder: str, other: str) -> bool:
    try:
        return os.path.samefile(folder, other)
    except OSError:
        # One of them is not there, or is a zip file.
        return False
