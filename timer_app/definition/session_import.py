"""Import session files: examine them in memory, then copy them when the user confirms.

What comes in is a session file, a zip of them, or the file of another timer. Nothing of a zip is unpacked to the disk,
and of the names in it only a plain file's own name is used.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from timer_app.atomic_write import MAX_BYTES, open_file, unreadable
from timer_app.definition.format_fields import FORMAT_KEY, STEPS
from timer_app.definition.library import SUFFIX
from timer_app.definition.model import Rounds, Session, Step
from timer_app.definition.other_timer_formats import Converted, convert
from timer_app.definition.parser import read_document
from timer_app.definition.serializer import save_text, write_session
from timer_app.definition.templates import free_stem, stem_for
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.plain_text import as_text
from timer_app.problems import Finding, Problem
from timer_app.schema.yaml_errors import clipped
from timer_app.schema.yaml_tree import MAX_ITEMS, decode

MAX_FILE = 4 * 1024 * 1024
MAX_MEMBERS = 1_000
MAX_UNPACKED = 16 * 1024 * 1024
MAX_RATIO = 200
"""How many times smaller a packed file may be: plain text packs 3 to 20 times."""

_MARKS = (FORMAT_KEY, STEPS)


class Candidate(Struct, frozen=True):
    """A session that can be brought in: the file name it would get, its text, and what is wrong with it, if anything.

    `origin` is what it was called where it came from; `lost` is what another program's file has that ours cannot.
    """

    name: str
    origin: str
    text: str
    session: Session | None
    findings: tuple[Finding, ...] = ()
    lost: tuple[str, ...] = ()


class LeftOut(Struct, frozen=True):
    """Something that is not imported, and the reason; `name` is empty where the reason has it."""

    name: str
    reason: str

    def __str__(self) -> str:
        return _("{name}: {reason}").format(name=self.name, reason=self.reason) if self.name else self.reason


class Examined(Struct, frozen=True):
    """What was found in a file."""

    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...] = ()


def examine(file: Path, catalogue: Catalogue) -> Examined:
    """Examine a file without copying anything. Raises Problem if it cannot be read or has no sessions."""
    try:
        with open_file(file) as stream:
            content = stream.read(MAX_FILE + 1)
            if len(content) > MAX_FILE:
                limit = _("{file} is larger than {limit} MiB.").format(file=file.name, limit=MAX_FILE // 1024 // 1024)
                raise Problem(limit, _("Bring its sessions in in smaller parts."))
            if content.startswith(b"PK"):
                with _opened(stream, file.name) as archive:
                    return _examine_zip(archive, catalogue)
    except OSError as error:
        raise unreadable(file, error) from error
    return _examine_content(file.name, content, catalogue)


def _opened(stream: BinaryIO, name: str) -> zipfile.ZipFile:
    """Return the zip in a file. Raises Problem when it is damaged."""
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise Problem(_("{file} is a damaged zip.").format(file=name), _("Fetch it again.")) from error


def copy_in(candidates: Sequence[Candidate], folder: Path) -> tuple[Path, ...]:
    """Copy sessions into a folder, each under a name that is free there. Raises Problem when one cannot be written.

    Broken ones are copied as they are: the library lists them with what is wrong.
    """
    copied: list[Path] = []
    for candidate in candidates:
        used = {entry.name.casefold() for entry in folder.iterdir()} if folder.is_dir() else set()
        target = folder / _free_name(candidate.name.removesuffix(SUFFIX), used)
        save_text(candidate.text, target)
        copied.append(target)
    return tuple(copied)


def _examine_content(name: str, content: bytes, catalogue: Catalogue) -> Examined:
    """Look through a single file that is no zip."""
    text = decode(content, name)
    if isinstance(text, str):
        converted = convert(text, catalogue)
        if converted is not None:
            return _examine_converted(name, converted, catalogue)
    candidate = _candidate(name, content, set(), catalogue)
    if candidate.session is None and not (name.endswith(SUFFIX) or _is_meant_as_session(candidate.text)):
        what = _("{file} is not a session file.").format(file=as_text(name))
        advice = _("Choose a file whose name ends in {suffix}, or a zip of such files.").format(suffix=SUFFIX)
        raise Problem(what, advice)
    return Examined((candidate,))


def _is_meant_as_session(text: str) -> bool:
    """Return whether an invalid text is meant to be a session, so that its findings help to correct it."""
    return all(re.search(rf"(^|[{{,])\s*[\"']?{key.name}[\"']?\s*:", text, re.MULTILINE) for key in _MARKS)


def _examine_converted(name: str, converted: Sequence[Converted], catalogue: Catalogue) -> Examined:
    """Look through the sessions of another timer's file, within the limits of a zip."""
    if not converted:
        raise Problem(_("{file} has no session in it.").format(file=name), _("Choose another file."))
    if len(converted) > MAX_MEMBERS:
        problem = _("{file} holds {count} sessions; {limit} are the limit.")
        message = problem.format(file=name, count=len(converted), limit=MAX_MEMBERS)
        raise Problem(message, _("Bring its sessions in in smaller parts."))
    used: set[str] = set()
    candidates: list[Candidate] = []
    left_out: list[LeftOut] = []
    budget = MAX_UNPACKED
    for conversion in converted:
        reason = _("there is too much in the file") if budget <= 0 else ""
        if _more_steps_than(MAX_ITEMS, conversion.session.steps):
            reason = _("it has more than {limit} steps").format(limit=MAX_ITEMS)
        written = "" if reason else write_session(conversion.session)
        budget -= len(written)
        if len(written) > MAX_BYTES:
            reason = _("it is larger than {limit} KiB").format(limit=MAX_BYTES // 1024)
        if reason:
            left_out.append(LeftOut(conversion.session.name, reason))
            continue
        reading = read_document(written, name, catalogue)
        own_name = _free_name(stem_for(conversion.session.name), used)
        used.add(own_name.casefold())
        candidates.append(Candidate(own_name, name, written, reading.session, reading.findings, conversion.lost))
    return Examined(tuple(candidates), tuple(left_out))


def _more_steps_than(limit: int, steps: Iterable[Step]) -> bool:
    """Whether there are more steps, those in rounds counted once each."""
    return sum(1 for _step in islice(_all_steps(steps), limit + 1)) > limit


def _all_steps(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        if isinstance(step, Rounds):
            yield from _all_steps(step.steps)


def _examine_zip(archive: zipfile.ZipFile, catalogue: Catalogue) -> Examined:
    """Look through the members of a zip, in memory."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        problem = _("The zip holds {count} files; {limit} are the limit.").format(count=len(members), limit=MAX_MEMBERS)
        raise Problem(problem, _("Bring its sessions in in smaller parts."))
    candidates: list[Candidate] = []
    left_out: list[LeftOut] = []
    used: set[str] = set()
    budget = MAX_UNPACKED
    for member in members:
        if member.is_dir():
            continue
        shown = clipped(member.filename)
        reason = next(_reasons(member), None) or (_("there is too much in the zip") if budget <= 0 else None)
        content = b"" if reason else _unpacked(archive, member)
        if content is None:
            reason = _("it is damaged")
        budget -= len(content or b"")
        if reason is not None or content is None:
            left_out.append(LeftOut(shown, reason or ""))
            continue
        candidates.append(_candidate(member.filename.replace("\\", "/").rsplit("/", 1)[-1], content, used, catalogue))
        used.add(candidates[-1].name.casefold())
    return Examined(tuple(candidates), tuple(left_out))


def _reasons(member: zipfile.ZipInfo) -> Iterator[str]:
    """Yield why a member of a zip is left out unread."""
    parts = member.filename.replace("\\", "/").split("/")
    if not parts[-1].endswith(SUFFIX):
        yield _("it is not called NAME{suffix}").format(suffix=SUFFIX)
    if ".." in parts or not parts[0] or parts[0].endswith(":"):
        yield _("its name points outside the zip")
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        yield _("it is a link, not a file")
    if member.flag_bits & 0x1:
        yield _("it is locked with a password")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield _("it is packed in a way that is not read here")
    if member.file_size > MAX_BYTES:
        yield _("it is larger than {limit} KiB").format(limit=MAX_BYTES // 1024)
    if member.file_size > MAX_RATIO * max(member.compress_size, 1):
        yield _("it is packed more tightly than a text can be")


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """Return a member's bytes, no more than its size says; None where it is damaged."""
    try:
        with archive.open(member) as stream:
            return stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return None


def _candidate(name: str, content: bytes, used: set[str], catalogue: Catalogue) -> Candidate:
    """Return a session file as a candidate, under a name that is safe and free."""
    reading = read_document(content, name, catalogue)
    text = decode(content, name)
    stem = name.removesuffix(SUFFIX)
    for ending in (".yaml", ".yml", ".json", ".txt"):
        stem = stem.removesuffix(ending)
    return Candidate(
        _free_name(stem_for(stem), used),
        name,
        text if isinstance(text, str) else content.decode("utf-8", "replace"),
        reading.session,
        reading.findings,
    )


def _free_name(stem: str, used: set[str]) -> str:
    """Return a file name that is not used, in any case of its letters."""
    return free_stem(stem, lambda free: f"{free}{SUFFIX}".casefold() in used) + SUFFIX
