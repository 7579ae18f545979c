"""Whose work is shipped, and under which terms: nothing of the GPL but what it lets be combined with anything."""

import json
import re
from dataclasses import replace
from importlib.metadata import distribution
from pathlib import Path

import debian
import lameenc
import parts
import pytest
import sbom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from freeze import FOLDER, Frozen
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = FOLDER.parent
LOCK = (FOLDER / "requirements.lock").read_text(encoding="utf-8")


def file_of(name: str, pattern: str) -> Path:
    """Return the first file of an installed distribution whose name fits."""
    found = distribution(name)
    return next(Path(str(file.locate())) for file in found.files or () if re.search(pattern, str(file)))


@pytest.fixture(scope="module")
def shipped() -> list[parts.Part]:
    """The parts of a program with one file of everything that it may hold, as far as this computer has it."""
    wanted = [Requirement(line.rstrip(" \\")) for line in LOCK.splitlines() if re.match(r"[a-z]", line)]
    names = [each.name for each in wanted if each.marker is None or each.marker.evaluate()]
    files = [file_of(name, r"\.(py|so)$") for name in names if canonicalize_name(name) != "pycparser"]
    files += [file_of("miniaudio", r"\.so$"), file_of("pyside6-essentials", r"libQt6Core\.so")]
    files += [file_of("pyside6-essentials", r"libicuuc\.so"), file_of("pyinstaller", "loader/pyiboot01_bootstrap.py")]
    files += [ROOT / "sessions" / "desk-break.session.yaml", Path(json.__file__)]
    return parts.parts_of(Frozen(Path("/nowhere"), tuple((path.name, path) for path in files)))


def test_every_part_has_a_version_a_licence_a_holder_and_a_place(shipped: list[parts.Part]) -> None:
    names = {part.name.lower() for part in shipped}
    assert {"qt", "icu", "python", "lame", "pyttsx3", "pyinstaller", "miniaudio", "cffi", "shiboken6"} <= names
    assert shipped[0].name == "guided-session-timer"
    for part in shipped:
        assert part.version[0].isdigit(), part
        assert part.copyright, part
        known = part is shipped[0] and not part.home  # our own addresses may not be set yet
        assert known or part.home.startswith("https://"), part
        assert known or part.source.startswith("https://"), part
        assert len(part.text) > 500, part


def test_the_licence_and_holder_of_what_other_systems_get_are_known_here() -> None:
    names = {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE)}
    nothing_of_theirs_is_shipped = {"pycparser", "pypiwin32"}
    assert names - nothing_of_theirs_is_shipped <= parts.TABLE["distributions"].keys()
    assert not any(parts.is_gpl(row.get("licence", "")) for row in parts.TABLE["distributions"].values())


def test_nothing_shipped_is_under_the_gpl(shipped: list[parts.Part]) -> None:
    gpl = [part for part in shipped if parts.is_gpl(part.licence)]
    assert gpl == []
    (starter,) = [part for part in shipped if "GPL-2.0-or-later WITH" in part.licence]
    assert starter.name.lower() == "pyinstaller"
    assert "unlimited permission to link or embed" in " ".join(starter.text.split())


def test_the_gpl_is_known_when_it_is_seen() -> None:
    assert parts.is_gpl("GPL-3.0-only")
    assert parts.is_gpl("AGPL-3.0-or-later")
    assert parts.is_gpl("GPL-2.0-only OR GPL-3.0-only")
    assert not parts.is_gpl("LGPL-3.0-only OR GPL-3.0-only")
    assert not parts.is_gpl("GPL-2.0-or-later WITH Bootloader-exception")


def test_what_is_compiled_in_is_of_the_version_that_is_told() -> None:
    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(44100)
    encoder.set_channels(1)
    sound = bytes(encoder.encode(bytes(88_200)) + encoder.flush())
    _miniaudio = pytest.importorskip("_miniaudio")
    told = {row["name"]: row["version"] for row in parts.TABLE["inside"]}
    assert f"LAME{told['LAME']}".encode() in sound
    assert _miniaudio.ffi.string(_miniaudio.lib.ma_version_string()).decode() == told["miniaudio (C)"]


def test_a_file_of_nobodys_ends_the_build(tmp_path: Path) -> None:
    stray = tmp_path / "stray.so"
    stray.touch()
    with pytest.raises(LookupError, match=r"whose work is .*stray\.so"):
        parts.parts_of(Frozen(tmp_path, (("stray.so", stray),)))


def test_the_list_of_parts_is_a_valid_cyclonedx_document(shipped: list[parts.Part]) -> None:
    text = sbom.document(shipped, 1_700_000_000)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    document = json.loads(text)
    assert document["metadata"]["component"]["name"] == "guided-session-timer"
    assert document["metadata"]["timestamp"].startswith("2023-11-14T22:13:20")
    assert {each["name"] for each in document["components"]} == {part.name for part in shipped[1:]}
    for component in document["components"]:
        assert component["licenses"]
        assert component["version"]
    assert sbom.document(shipped, 1_700_000_000) == text, "the same parts give the same document"
    assert sbom.document([replace(shipped[0], version="9.9.9"), *shipped[1:]], 1_700_000_000) != text


def test_debians_copyright_names_everybody_and_each_licence_once(shipped: list[parts.Part]) -> None:
    text = debian.copyright_file(shipped)
    paragraphs = [dict(re.findall(r"^(\S+): *(.*)$", each, re.MULTILINE)) for each in text.split("\n\n")]
    files = [each for each in paragraphs if "Files" in each]
    licences = [each["License"] for each in paragraphs if "License" in each and "Files" not in each]
    assert len(files) == len(shipped)
    assert files[0]["Files"] == "*"
    assert sorted(licences) == sorted({each["License"] for each in files})
    assert "/usr/share/common-licenses/LGPL-3" in text
    assert not re.search(r"^\S*\s*$(?<!^)", text.replace("\n\n", "\n"), re.MULTILINE), "no line of a text is empty"


def test_a_release_is_told_in_debians_form() -> None:
    from datetime import UTC, date, datetime

    from desktop import Release

    releases = [Release("1.2.0", date(2026, 11, 26), ("A thing that is new.", "Another " + "long " * 20 + "one."))]
    lines = debian.debian_changelog(releases, datetime(2026, 11, 26, 7, 30, tzinfo=UTC)).splitlines()
    assert lines[0] == "guided-session-timer (1.2.0-1) stable; urgency=medium"
    assert lines[2] == "  * A thing that is new."
    assert all(len(line) <= 80 for line in lines[:-1])
    assert lines[-1] == f" -- {debian._maintainer()}  Thu, 26 Nov 2026 07:30:00 +0000"
