"""The one way in which a file is written, and the one in which it is read.

Written so that a crash or a power cut leaves the old file or the new one, never a mixture, for its owner's eyes alone.
Read only where it is a file, never a pipe or a device that could hold the program up, and no more of it than is wanted.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from timer_app.i18n import _
from timer_app.plain_text import as_text
from timer_app.problems import Problem

MAX_BYTES = 256 * 1024
"""The largest text file of a session or an exercise that is read, in bytes."""

_FOR_OTHERS = 0o077
_KIB, _MIB = 1 << 10, 1 << 20


def open_file(file: Path) -> BinaryIO:
    """Open a file to read it, without waiting. Raises OSError, also for a folder, a pipe or a device."""
    return os.fdopen(open_handle(file, os.O_RDONLY), "rb")


def open_handle(file: Path, flags: int) -> int:
    """Open a file with `flags` of `os.open`, without waiting; a new one is its owner's alone. Raises as `open_file`."""
    # A terminal or a pipe must neither become ours nor hold us up before it is known what it is.
    flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(file, flags, 0o600)
    try:
        _refuse_others(os.fstat(handle), file)
    except BaseException:
        os.close(handle)
        raise
    return handle


def size_of(file: Path) -> int:
    """Return how many bytes a file has, opened or not. Raises OSError as `open_file` does."""
    status = file.stat()
    _refuse_others(status, file)
    return status.st_size


def read_start(file: Path, most: int) -> bytes:
    """Return the first bytes of a file, `most` of them at most. Raises OSError as `open_file` does."""
    with open_file(file) as stream:
        return stream.read(most)


def read_whole(file: Path, limit: int = MAX_BYTES) -> bytes:
    """Return all of a file. Raises OSError as `open_file` does, and for one of more than `limit` bytes, read or not."""
    with open_file(file) as stream:
        # Check the file system's size first, so that a huge file costs nothing; it need not be true.
        if os.fstat(stream.fileno()).st_size <= limit and len(content := stream.read(limit + 1)) <= limit:
            return content
    size = _("{size} MiB").format(size=limit // _MIB) if limit >= _MIB else _("{size} KiB").format(size=limit // _KIB)
    raise OSError(errno.EFBIG, _("it is larger than {size}").format(size=size), str(file))


def unreadable(file: Path, error: OSError, *, by_path: bool = False) -> Problem:
    """Return the problem of a file that cannot be read, called by its name or, for one of several, by its path."""
    name, reason = as_text(str(file) if by_path else file.name), error.strerror or error
    what = _("{file} cannot be read: {reason}.").format(file=name, reason=reason)
    return Problem(what, _("Look whether it is still there, and who may read it."))


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone, where it is missing, and so those above it. Raises OSError."""
    try:
        folder.mkdir(mode=0o700)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        if folder.is_dir():
            return
        if folder.is_symlink():
            raise _leads_nowhere(folder) from None
        raise


def write_atomically(file: Path, content: bytes) -> None:
    """Replace `file` by one with `content`, safe against a power cut at any moment. Raises OSError as `drafting`."""
    with replacing(file) as out:
        out.write(content)


def write_new(file: Path, content: bytes) -> None:
    """Make `file` with `content`, all of it or not at all. Raises FileExistsError, and OSError as `drafting`."""
    if os.path.lexists(file):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
    write_atomically(file, content)


@contextmanager
def replacing(file: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content becomes `file` when all has gone well. Raises OSError as `drafting` does."""
    with drafting(file) as draft, draft.open("wb") as out:
        yield out


@contextmanager
def drafting(file: Path) -> Iterator[Path]:
    """Give an empty file that becomes `file` when all has gone well, and leaves no trace when not. Raises OSError.

    A file that was there keeps its permissions, a new one is its owner's alone, and so are missing folders, which are
    made. Of a link the file that it leads to is written. What is no file, such as a device, is refused.
    """
    target = _target(file)
    make_folder(target.parent)
    # Short enough for any name, and never taken for what it will be.
    draft = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}.partial")
    try:
        os.close(open_handle(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        yield draft
        _sync(draft, os.O_RDWR)
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    if os.name != "nt":
        # So that the new name lasts through a power cut too; Windows knows no such thing.
        _sync(target.parent, os.O_RDONLY)


def restrict_to_owner(path: Path, depth: int = 0) -> None:
    """Take from everybody else what they may do with a file, or with a folder and what is in it, `depth` folders deep.

    A link, and what the system does not let us change, is left. What is in a folder that is closed already is closed.
    """
    with suppress(OSError):
        known = path.lstat()
        is_folder = stat.S_ISDIR(known.st_mode)
        if not known.st_mode & _FOR_OTHERS or not (is_folder or stat.S_ISREG(known.st_mode)):
            return
        if is_folder and depth:
            for inner in path.iterdir():
                restrict_to_owner(inner, depth - 1)
        path.chmod(stat.S_IMODE(known.st_mode) & ~_FOR_OTHERS)


def _target(file: Path) -> Path:
    """Return the file that is written where `file` is: of a link the one at its end, there or not. Raises OSError."""
    target = Path(os.path.realpath(file)) if file.is_symlink() else file
    if target.is_symlink() or (target != file and not target.parent.is_dir()):
        raise _leads_nowhere(file)
    with suppress(FileNotFoundError):
        _refuse_others(target.stat(), file)
    return target


def _leads_nowhere(link: Path) -> OSError:
    reason = _("{name} is a link to a place that is not there").format(name=link.name)
    return FileNotFoundError(errno.ENOENT, reason, str(link))


def _refuse_others(status: os.stat_result, file: Path) -> None:
    """Raise OSError for what is no file."""
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, _("it is a folder"), str(file))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, _("it is not a file but a pipe or a device"), str(file))


def _sync(path: Path, flags: int) -> None:
    """Bring a file or a folder to the disk."""
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
